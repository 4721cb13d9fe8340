package plan

import (
	"fmt"
	"slices"
	"strings"

	"entente/internal/calendar"
	"entente/internal/fault"
)

// State is where an action stands.
type State string

// The states of an action.
const (
	Idea      State = "idea"
	Proposed  State = "proposed"  // on its way through the committees
	Adopted   State = "adopted"   // by the committee with the power
	UnderWay  State = "under-way" // begun
	Paused    State = "paused"    // with a reason and a condition to resume
	Done      State = "done"
	Abandoned State = "abandoned" // with a reason
)

// States lists the states in the order of an action's life.
func States() []State { return []State{Idea, Proposed, Adopted, UnderWay, Paused, Done, Abandoned} }

// transitions is the one table of the passages from state to state. Adoption, and the return to an idea, come from the circuit
// of the proposal where the convention has one.
var transitions = map[State][]State{
	Idea:      {Proposed, Adopted, Abandoned},
	Proposed:  {Adopted, Idea, Abandoned},
	Adopted:   {UnderWay, Paused, Abandoned},
	UnderWay:  {Paused, Done, Abandoned},
	Paused:    {UnderWay, Abandoned},
	Done:      {UnderWay},
	Abandoned: {Idea},
}

// Next lists the states to which an action may pass from a state.
func (s State) Next() []State { return slices.Clone(transitions[s]) }

// Live tells a state in which the action is to be carried out: adopted, under way or paused.
func (s State) Live() bool { return s == Adopted || s == UnderWay || s == Paused }

// NeedsReason tells a state that is entered with a reason.
func (s State) NeedsReason() bool { return s == Paused || s == Abandoned }

// Participation is how far inhabitants take part in an action, on the usual ladder.
type Participation string

// The steps of the ladder. The zero value is not said.
const (
	Information    Participation = "information"
	Consultation   Participation = "consultation"
	CoConstruction Participation = "co-construction"
)

// Ladder lists the steps of participation, lowest first.
func Ladder() []Participation { return []Participation{Information, Consultation, CoConstruction} }

// PartnerCategory is what kind of partner somebody is for an action.
type PartnerCategory string

// The categories of partners (préambule of the convention).
const (
	PartnerInstitution  PartnerCategory = "institution"
	PartnerCommune      PartnerCategory = "commune"
	PartnerAssociation  PartnerCategory = "association"
	PartnerProfessional PartnerCategory = "professional"
	PartnerInhabitants  PartnerCategory = "inhabitants"
	PartnerOther        PartnerCategory = "other"
)

// PartnerCategories lists the categories in the order of the screen.
func PartnerCategories() []PartnerCategory {
	return []PartnerCategory{PartnerInstitution, PartnerCommune, PartnerAssociation, PartnerProfessional, PartnerInhabitants, PartnerOther}
}

// Partner takes part in an action without leading it.
type Partner struct {
	Name         string          `json:"name"`                   // as it is written on the sheet
	Organization string          `json:"organization,omitempty"` // of the directory; empty where it is not in it
	Category     PartnerCategory `json:"category"`
	Role         string          `json:"role,omitempty"`
}

// TieKind is how an action stands to another.
type TieKind string

// The ties between actions.
const (
	Needs       TieKind = "needs"       // cannot begin without the other
	Complements TieKind = "complements" // the other's public, place or means
	Continues   TieKind = "continues"   // takes up an action of this plan
)

// TieKinds lists the ties in the order of the screen.
func TieKinds() []TieKind { return []TieKind{Needs, Complements, Continues} }

// Tie is a link to another action of the space.
type Tie struct {
	Action string  `json:"action"`
	Kind   TieKind `json:"kind"`
}

// Origin is what an action comes from in an earlier convention: "continued", "merged", or dropped where nothing has it as origin.
type Origin struct {
	Axis  string `json:"axis"`            // as the earlier convention named or numbered it
	Title string `json:"title,omitempty"` // of the earlier action; empty where the text gives none
}

// Action is a fiche action: what the partners do for an objective of the convention.
type Action struct {
	ID      string
	Version int64

	Reference string // "1.2.3": axis, objective, rank; given once, never changes, even when the action moves
	Number    int    // rank under the objective at which it was numbered
	Objective string // identifier of an objective of the convention, or of an axis

	Title       string
	Finding     string // what is observed, that the action answers
	Description string
	Aims        string
	Audience    string   // public
	Communes    []string // names; none is the whole territory

	Partners      []Partner
	Participation Participation
	Involvement   string // how inhabitants take part

	Period calendar.Period // schedule; either day may be missing
	Rhythm int             // months that may pass without news; 0 where the sheet does not say
	Weight int             // in the figures of its objective; 0 counts as 1

	Communication string
	Risks         string

	Stakes       []string // identifiers of stakes of the convention
	Orientations []string // identifiers of adopted proposals of orientations
	Decisions    []string // identifiers of decisions
	Ties         []Tie
	Origins      []Origin

	State    State
	Since    calendar.Date // of the state
	Reason   string        // of a pause or of giving up
	Resume   string        // what would let a paused action go on
	Proposal string        // identifier of the proposal by which it is adopted; empty where none
	Author   string        // person who had the idea; empty where nobody is known
}

// Label is how an action is named in a list: "1.2.3 · Title".
func (a Action) Label() string { return a.Reference + " · " + a.Title }

// Share is the weight of the action in the figures of its objective, at least 1.
func (a Action) Share() int { return max(a.Weight, 1) }

// MaxRhythm bounds the months without news, MaxWeight the weight.
const (
	MaxRhythm = 24
	MaxWeight = 10
)

// Check tells what is wrong with the action, field by field.
func (a Action) Check() error {
	var f fault.Fields
	if strings.TrimSpace(a.Title) == "" {
		f.Add("title", "fault.field.required")
	}
	if a.Objective == "" {
		f.Add("objective", "fault.field.required")
	}
	if !slices.Contains(States(), a.State) {
		f.Add("state", "fault.field.choice")
	}
	if a.Participation != "" && !slices.Contains(Ladder(), a.Participation) {
		f.Add("participation", "fault.field.choice")
	}
	if a.Rhythm < 0 || a.Rhythm > MaxRhythm {
		f.Add("rhythm", "fault.field.range", "min", 0, "max", MaxRhythm)
	}
	if a.Weight < 0 || a.Weight > MaxWeight {
		f.Add("weight", "fault.field.range", "min", 0, "max", MaxWeight)
	}
	if !a.Period.To.IsZero() && a.Period.To.Before(a.Period.From) {
		f.Add("to", "fault.field.end-before-start")
	}
	if a.State.NeedsReason() && strings.TrimSpace(a.Reason) == "" {
		f.Add("reason", "fault.field.required")
	}
	if a.State == Paused && strings.TrimSpace(a.Resume) == "" {
		f.Add("resume", "fault.field.required")
	}
	a.checkLinks(&f)
	return f.Err()
}

func (a Action) checkLinks(f *fault.Fields) {
	for _, p := range a.Partners {
		if strings.TrimSpace(p.Name) == "" || !slices.Contains(PartnerCategories(), p.Category) {
			f.Add("partners", "fault.field.choice")
			break
		}
	}
	for _, t := range a.Ties {
		if t.Action == "" || t.Action == a.ID || !slices.Contains(TieKinds(), t.Kind) {
			f.Add("ties", "fault.field.choice")
			break
		}
	}
}

// Pass takes the action to another state on a day, with the reason and the condition to resume where the state wants them. What
// the table of transitions does not allow is a fault of the field "state" and changes nothing.
func (a *Action) Pass(to State, day calendar.Date, reason, resume string) error {
	if to == a.State {
		return nil
	}
	var f fault.Fields
	if !slices.Contains(transitions[a.State], to) {
		f.Add("state", "fault.action.transition")
		return f.Err()
	}
	next := *a
	next.State, next.Since, next.Reason, next.Resume = to, day, "", ""
	if to.NeedsReason() {
		next.Reason = reason
	}
	if to == Paused {
		next.Resume = resume
	}
	if err := next.Check(); err != nil {
		return err
	}
	*a = next
	return nil
}

// ReferenceOf writes the permanent reference of the action of a rank under an objective: the number of its axis, the rank of
// the objective in the axis (0 for the axis as a whole, which is then left out), and its own.
func ReferenceOf(axis, objective, number int) string {
	if objective == 0 {
		return fmt.Sprintf("%d.%d", axis, number)
	}
	return fmt.Sprintf("%d.%d.%d", axis, objective, number)
}
