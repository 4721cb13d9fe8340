package governance

import (
	"strings"
	"time"

	"entente/internal/fault"
)

// ItemKind is what a committee is asked to do with an item of its agenda.
type ItemKind string

// The kinds of item.
const (
	ForInformation ItemKind = "information"
	ForDiscussion  ItemKind = "discussion"
	ForDecision    ItemKind = "decision"   // on a proposal, or on what the item says
	ForMinutes     ItemKind = "minutes"    // approval of the minutes of an earlier meeting
	ForEvaluation  ItemKind = "evaluation" // the evaluation of actions, objectives or axes
)

// ItemKinds lists the kinds in the order of the screen.
func ItemKinds() []ItemKind {
	return []ItemKind{ForInformation, ForDiscussion, ForDecision, ForMinutes, ForEvaluation}
}

// Settles tells a kind of item that ends with an outcome.
func (k ItemKind) Settles() bool { return k == ForDecision || k == ForMinutes || k == ForEvaluation }

// Audience is who may read something.
type Audience string

// The audiences, from the narrowest.
const (
	ForCoordinators Audience = "coordinators" // those who keep the space
	ForCommittee    Audience = "committee"    // they, and who sits in the committee or is called to the meeting
	ForSpace        Audience = "space"        // whoever reads the space
)

// Audiences lists the audiences in the order of the screen.
func Audiences() []Audience { return []Audience{ForSpace, ForCommittee, ForCoordinators} }

// Item is one item of the agenda of a meeting.
type Item struct {
	ID        string
	Version   int64
	Meeting   string
	Rank      int // from 1
	Kind      ItemKind
	Title     string
	Text      string // what is asked, in Markdown
	Presenter string // who presents it: a name or a function
	Minutes   int    // planned; 0 where nobody said
	Audience  Audience
	Proposal  string // proposal that is decided on; empty where none
	Approves  string // meeting whose minutes are approved; empty where none
	Carried   string // item of an earlier meeting that it carries on; empty where none
	Source    string // key of the suggestion that it was added from; empty where somebody thought of it
}

// Check tells what is wrong with the item, field by field.
func (i Item) Check() error {
	var f fault.Fields
	if strings.TrimSpace(i.Title) == "" {
		f.Add("title", "fault.field.required")
	}
	if !oneOf(i.Kind, ItemKinds()) {
		f.Add("kind", "fault.field.choice")
	}
	if !oneOf(i.Audience, Audiences()) {
		f.Add("audience", "fault.field.choice")
	}
	if i.Minutes < 0 || i.Minutes > maxMinutes {
		f.Add("minutes", "fault.field.minutes")
	}
	if i.Kind == ForMinutes && i.Approves == "" {
		f.Add("approves", "fault.field.required")
	}
	return f.Err()
}

func oneOf[T comparable](x T, all []T) bool {
	for _, y := range all {
		if x == y {
			return true
		}
	}
	return false
}

// ItemRecord is what the sitting kept of an item. Its identifier is that of the item. What each institution thought stands in
// positions, and single votes, where the convention has them, in ballots.
type ItemRecord struct {
	ID      string
	Version int64
	Meeting string
	State   ItemState
	Started time.Time // when it last became the current item; zero while it is not
	Seconds int       // spent on it before Started
	Notes   string    // what was said, in Markdown
	Outcome Outcome
	Text    string    // what was decided, in the words of the decision
	Reasons string    // of the outcome, where it refuses, postpones or changes
	Axis    string    // axis or objective that the decision serves, where the sitting chose another than the proposal's
	Ended   time.Time // when it was last left for another; zero while it waits or is current
}

// ItemState is where a sitting stands with an item.
type ItemState string

// The states of an item in a sitting.
const (
	Waiting ItemState = "waiting"
	Current ItemState = "current" // at most one in a meeting
	Treated ItemState = "treated"
)

// Outcome is what became of an item.
type Outcome string

// The outcomes. NoOutcome is an item that nothing was decided on, or not yet.
const (
	NoOutcome          Outcome = ""
	Adopted            Outcome = "adopted"
	AdoptedWithChanges Outcome = "adopted-with-changes"
	Postponed          Outcome = "postponed"
	Rejected           Outcome = "rejected"
	Noted              Outcome = "noted" // the committee took note
)

// The outcomes of a committee that does not settle what it was put: opinions, which adopt nothing. A sitting never records
// one: the register has it in the place of the outcome, by the power that was exercised.
const (
	FavourableOpinion            Outcome = "opinion-favourable"
	FavourableOpinionWithChanges Outcome = "opinion-favourable-with-changes"
	UnfavourableOpinion          Outcome = "opinion-unfavourable"
)

// AsOpinion is the outcome as it reads where the committee does not settle.
func (o Outcome) AsOpinion() Outcome {
	switch o {
	case Adopted:
		return FavourableOpinion
	case AdoptedWithChanges:
		return FavourableOpinionWithChanges
	case Rejected:
		return UnfavourableOpinion
	}
	return o
}

// Outcomes lists the outcomes in the order of the screen.
func Outcomes() []Outcome {
	return []Outcome{Adopted, AdoptedWithChanges, Postponed, Rejected, Noted}
}

// RegisterOutcomes lists the outcomes that the register of decisions may hold, in the order of the screen.
func RegisterOutcomes() []Outcome {
	return append(Outcomes(), FavourableOpinion, FavourableOpinionWithChanges, UnfavourableOpinion)
}

// Favourable tells an outcome that lets what was put to the committee take effect.
func (o Outcome) Favourable() bool { return o == Adopted || o == AdoptedWithChanges }

// NeedsReasons tells an outcome that is not kept without its reasons.
func (o Outcome) NeedsReasons() bool {
	return o == AdoptedWithChanges || o == Postponed || o == Rejected
}

// Stance is what an institution thinks of what is put to the committee.
type Stance string

// The stances. NotGiven is never counted as agreement.
const (
	NotGiven                   Stance = ""
	Favourable                 Stance = "favourable"
	FavourableWithReservations Stance = "reservations"
	Unfavourable               Stance = "unfavourable"
	Abstains                   Stance = "abstains"
)

// Stances lists the stances in the order of the screen.
func Stances() []Stance {
	return []Stance{Favourable, FavourableWithReservations, Unfavourable, Abstains, NotGiven}
}

// Position is what one institution thinks of one item: agreement is recorded so, because a convention without vote counts
// no heads.
type Position struct {
	ID      string
	Version int64
	Item    string
	Party   string
	Stance  Stance
	Text    string // of the reservations, or why not
}

// Check tells what is wrong with the position, field by field.
func (p Position) Check() error {
	var f fault.Fields
	if p.Party == "" {
		f.Add("party", "fault.field.required")
	}
	if !oneOf(p.Stance, Stances()) {
		f.Add("stance", "fault.field.choice")
	}
	if p.Stance == FavourableWithReservations && strings.TrimSpace(p.Text) == "" {
		f.Add("text", "fault.position.reservations")
	}
	return f.Err()
}

// Ballot is the vote of one seat on one item; it exists only where the convention has a majority.
type Ballot struct {
	ID      string
	Version int64
	Item    string
	Seat    string
	Holder  string // person whose seat it is
	Caster  string // person who voted
	Choice  Choice
}

// Choice is a vote.
type Choice string

// The choices.
const (
	NoVote       Choice = "" // none cast, or taken back
	VotesFor     Choice = "for"
	VotesAgainst Choice = "against"
	VotesBlank   Choice = "blank"
)

// Choices lists the votes in the order of the screen.
func Choices() []Choice { return []Choice{VotesFor, VotesAgainst, VotesBlank} }
