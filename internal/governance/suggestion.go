package governance

import (
	"slices"
	"strings"

	"entente/internal/calendar"
	"entente/internal/fault"
)

// SuggestionReason is why something is suggested for an agenda.
type SuggestionReason string

// The reasons, in the order in which suggestions are made. Their words stand in the catalogues under "suggestion.reason.".
const (
	ApproveMinutes SuggestionReason = "minutes"    // minutes are submitted and not approved
	TurnOfProposal SuggestionReason = "proposal"   // a proposal waits for this committee
	WasPostponed   SuggestionReason = "postponed"  // an earlier meeting put it off
	WasNotTreated  SuggestionReason = "untreated"  // an earlier meeting was closed before it came to it
	LateFollowUp   SuggestionReason = "follow-up"  // something should have been done by now
	AtRiskOrBroken SuggestionReason = "obligation" // an obligation that bears on the committee needs somebody to act
)

// Suggestion is an item that an agenda could have, and why.
type Suggestion struct {
	Key    string // of what waits, stable: "proposal/ID"; Item.Source once it is added
	Reason SuggestionReason
	Title  fault.Message // of the item
	Why    fault.Message
	item   Item
}

// On is the suggestion as an item of a meeting, under the title that the suggestion has in words.
func (s Suggestion) On(meeting, title string) Item {
	x := s.item
	x.Meeting, x.Title, x.Source = meeting, title, s.Key
	if x.Audience == "" {
		x.Audience = ForSpace
	}
	return x
}

// Duty is an obligation that needs somebody to act, as compliance says it.
type Duty struct {
	Key   string // "cadence/operationnel"
	Kind  ItemKind
	Title fault.Message
	Next  fault.Message // what would be useful
}

// Backlog is everything that waits for a committee while one of its meetings is prepared. Meetings, items and records are
// those of the committee (and of the same technical committee), this meeting's included.
type Backlog struct {
	Meeting   Meeting
	Meetings  []Meeting
	Items     []Item
	Records   []ItemRecord
	Proposals []Proposal
	FollowUps []FollowUp
	Minutes   []Minutes
	Duties    []Duty
	Today     calendar.Date
}

// Suggest lists what could stand on the agenda, each once. What an agenda still to come has already, this one or that of
// another meeting, is not suggested again.
func Suggest(w Backlog) []Suggestion {
	b := gathering{Backlog: w, meetings: map[string]Meeting{}, records: map[string]ItemRecord{}, seen: map[string]bool{}}
	for _, m := range w.Meetings {
		b.meetings[m.ID] = m
	}
	for _, r := range w.Records {
		b.records[r.ID] = r
	}
	for _, i := range w.Items {
		b.have(i)
	}
	b.minutes()
	b.proposals()
	b.leftOver()
	b.followUps()
	b.duties()
	return b.out
}

// gathering is a Backlog with what was seen of it. Seen holds the keys of what an agenda has already, or was suggested.
type gathering struct {
	Backlog
	meetings map[string]Meeting
	records  map[string]ItemRecord
	seen     map[string]bool
	out      []Suggestion
}

// have marks what an item stands for. What was carried on is so for ever; the rest only on an agenda still to come: after
// the meeting it may wait again.
func (b *gathering) have(i Item) {
	if i.Carried != "" {
		b.seen["item/"+i.Carried] = true
	}
	m := b.meetings[i.Meeting]
	if i.Meeting != b.Meeting.ID && !m.Pending() {
		return
	}
	b.seen[i.Source] = true
	if i.Proposal != "" {
		b.seen["proposal/"+i.Proposal] = true
	}
	if i.Approves != "" {
		b.seen["minutes/"+i.Approves] = true
	}
}

func (b *gathering) suggest(s Suggestion) {
	if b.seen[s.Key] {
		return
	}
	b.seen[s.Key] = true
	b.out = append(b.out, s)
}

func (b *gathering) minutes() {
	for _, x := range b.Minutes {
		m, known := b.meetings[x.ID]
		if !known || x.State != MinutesSubmitted || x.ID == b.Meeting.ID || m.Day.After(b.Meeting.Day) {
			continue
		}
		b.suggest(Suggestion{Key: "minutes/" + x.ID, Reason: ApproveMinutes, Title: fault.Say("suggestion.title.minutes", "day", m.Day),
			Why: fault.Say("suggestion.why.minutes", "day", x.Submitted), item: Item{Kind: ForMinutes, Approves: x.ID}})
	}
}

func (b *gathering) proposals() {
	for _, x := range b.Proposals {
		if x.State != ProposalWaiting || x.Turn != b.Meeting.Committee {
			continue
		}
		b.suggest(Suggestion{Key: "proposal/" + x.ID, Reason: TurnOfProposal, Title: fault.Say("suggestion.title.proposal", "title", x.Title),
			Why: fault.Say("suggestion.why.proposal", "day", x.Since), item: Item{Kind: ForDecision, Proposal: x.ID}})
	}
}

// leftOver suggests what earlier meetings put off or did not come to. What was about a proposal returns with the proposal,
// where it is still this committee's turn.
func (b *gathering) leftOver() {
	for _, i := range b.Items {
		m := b.meetings[i.Meeting]
		if i.Meeting == b.Meeting.ID || m.State != Held || m.Day.After(b.Meeting.Day) || i.Proposal != "" {
			continue
		}
		r, recorded := b.records[i.ID]
		key := "item/" + i.ID
		switch {
		case i.Approves != "" && b.seen["minutes/"+i.Approves]: // it returns with the minutes
		case r.Outcome == Postponed:
			b.suggest(Suggestion{Key: key, Reason: WasPostponed, Title: fault.Say("suggestion.title.item", "title", i.Title),
				Why: fault.Say("suggestion.why.postponed", "day", m.Day), item: carriedOn(i)})
		case m.Frozen() && (!recorded || r.State == Waiting) && r.Outcome == NoOutcome:
			b.suggest(Suggestion{Key: key, Reason: WasNotTreated, Title: fault.Say("suggestion.title.item", "title", i.Title),
				Why: fault.Say("suggestion.why.untreated", "day", m.Day), item: carriedOn(i)})
		}
	}
}

// carriedOn is an item as a later agenda takes it up.
func carriedOn(i Item) Item {
	return Item{Kind: i.Kind, Text: i.Text, Presenter: i.Presenter, Minutes: i.Minutes, Audience: i.Audience, Approves: i.Approves, Carried: i.ID}
}

func (b *gathering) followUps() {
	late := slices.DeleteFunc(slices.Clone(b.FollowUps), func(u FollowUp) bool { return !u.Late(b.Today) })
	slices.SortStableFunc(late, func(x, y FollowUp) int { return x.Due.Compare(y.Due) })
	for _, u := range late {
		i := Item{Kind: ForDiscussion}
		title, whole := headline(u.Text)
		if !whole {
			i.Text = u.Text
		}
		b.suggest(Suggestion{Key: "follow-up/" + u.ID, Reason: LateFollowUp, Title: fault.Say("suggestion.title.follow-up", "text", title),
			Why: fault.Say("suggestion.why.follow-up", "day", u.Due), item: i})
	}
}

// maxHeadline is how much of a text becomes a title, in characters.
const maxHeadline = 120

// headline is the first line of a text, cut where it is long, and whether that is all of it.
func headline(text string) (line string, whole bool) {
	line, _, more := strings.Cut(strings.TrimSpace(text), "\n")
	if r := []rune(line); len(r) > maxHeadline {
		return strings.TrimSpace(string(r[:maxHeadline-1])) + "…", false
	}
	return strings.TrimSpace(line), !more
}

func (b *gathering) duties() {
	for _, c := range b.Duties {
		b.suggest(Suggestion{Key: "obligation/" + c.Key, Reason: AtRiskOrBroken, Title: fault.Say("suggestion.title.obligation", "subject", c.Title),
			Why: c.Next, item: Item{Kind: c.Kind}})
	}
}
