package governance

import (
	"slices"
	"strings"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
)

// Event is what happens to a proposal.
type Event string

// The events. Which one an outcome of a meeting is follows from the power of the committee: see EventOf.
const (
	Submit       Event = "submit"        // its author sends it on its way
	Favour       Event = "favour"        // a committee that does not settle gives a favourable opinion: to the next stage
	Adopt        Event = "adopt"         // the committee that settles
	AdoptChanged Event = "adopt-changed" // the same, with the text of its decision
	Postpone     Event = "postpone"      // it stays where it is
	TakeNote     Event = "take-note"     // it stays where it is
	Reject       Event = "reject"        // the committee that settles
	Return       Event = "return"        // to its author, with a question or an unfavourable opinion
	Resubmit     Event = "resubmit"      // its author has answered
	Withdraw     Event = "withdraw"      // by its author
	PassOver     Event = "pass-over"     // the convention no longer gives the committee a part in it
	Reopen       Event = "reopen"        // the meeting that settled it was reopened, and closes with another outcome
)

// Settlement is one outcome of a meeting for a proposal whose turn is that committee's.
type Settlement struct {
	Meeting   string
	Decision  string // identifier of the decision in the register; empty where none was made
	Committee string
	Day       calendar.Date
	Outcome   Outcome
	Reasons   string
}

// Passage is an event as it reaches a proposal.
type Passage struct {
	Event   Event
	Day     calendar.Date
	By      string // name of who makes it
	Reasons string // of an outcome, or the question, or the answer
	Text    string // of the decision, where it adopts with changes

	Settlement Settlement // zero where it is no outcome of a meeting
}

// Course is what a passage is judged by: the versions of the convention, and what happened before, oldest first.
type Course struct {
	History convention.History
	Steps   []Step
}

// transition is one row of the table: the state that follows, and what must hold for it.
type transition struct {
	to    ProposalState
	guard func(Course, Proposal, Passage) fault.Message // says why not; nothing where it may
}

// circuit is the one table of how proposals move: what is not in it does not happen. No row leads to adopted but by adopted:
// the committee must settle the subject by the version in force on the day.
var circuit = map[ProposalState]map[Event]transition{
	ProposalDraft: {
		Submit:   {ProposalWaiting, routed},
		Withdraw: {ProposalWithdrawn, nil},
	},
	ProposalWaiting: {
		Favour:       {ProposalWaiting, both(onTurn, examining)},
		Adopt:        {ProposalAdopted, both(onTurn, settles)},
		AdoptChanged: {ProposalAdopted, both(onTurn, settles)},
		Reject:       {ProposalRejected, both(onTurn, both(settles, reasoned))},
		Postpone:     {ProposalWaiting, both(onTurn, reasoned)},
		TakeNote:     {ProposalWaiting, onTurn},
		Return:       {ProposalReturned, both(onTurnIfMet, reasoned)},
		PassOver:     {ProposalWaiting, both(routed, gone)},
		Withdraw:     {ProposalWithdrawn, nil},
		Reopen:       {ProposalWaiting, sameMeeting},
	},
	ProposalReturned: {
		Resubmit: {ProposalWaiting, both(routed, reasoned)},
		Withdraw: {ProposalWithdrawn, nil},
		Reopen:   {ProposalWaiting, sameMeeting},
	},
	ProposalAdopted:  {Reopen: {ProposalWaiting, sameMeeting}},
	ProposalRejected: {Reopen: {ProposalWaiting, sameMeeting}},
}

// Allows says why an event cannot happen to a proposal as it stands; it says nothing where it can.
func (c Course) Allows(p Proposal, x Passage) fault.Message {
	t, known := circuit[p.State][x.Event]
	switch {
	case !known:
		return fault.Say("circuit.refused.state", "event", x.Event.Say(), "state", p.State.Say())
	case t.guard == nil:
		return fault.Message{}
	}
	return t.guard(c, p, x)
}

// Take lets an event happen: it gives the proposal as it stands then and the step that records it. The error is fault.Invalid
// and says why not.
func (c Course) Take(p Proposal, x Passage) (Proposal, Step, error) {
	if why := c.Allows(p, x); !why.IsZero() {
		return p, Step{}, &fault.Error{Kind: fault.Invalid, Message: why}
	}
	to := circuit[p.State][x.Event].to
	step := Step{Proposal: p.ID, Event: x.Event, By: x.By, Day: x.Day, From: p.State, To: to, Committee: p.Turn, Meeting: x.Settlement.Meeting,
		Decision: x.Settlement.Decision, Outcome: x.Settlement.Outcome, Reasons: strings.TrimSpace(x.Reasons)}
	if x.Event == Reopen { // what replaces the outcome is the next step
		step.Committee, step.Outcome, step.Reasons = c.lastTurn(), NoOutcome, ""
	}
	step.Power, step.Article = c.under(p, step)
	p.State = to
	c.move(&p, x, step)
	return p, step, nil
}

// move changes what the state does not say: whose turn it is since when, what its author is told, when it was settled.
func (c Course) move(p *Proposal, x Passage, step Step) {
	switch x.Event {
	case Submit, Favour, PassOver:
		c.advance(p, x.Day)
	case Resubmit:
		p.Answer = ""
		c.enter(p, c.lastTurn(), x.Day)
	case Reopen:
		p.Answer, p.Settled, p.Decided = "", calendar.Date{}, ""
		c.enter(p, c.lastTurn(), c.turnBegan(x.Day))
		p.Postponed = c.postponedBefore()
	case Postpone:
		p.Postponed++
	case Return:
		p.Turn, p.Since, p.Answer, p.Postponed = "", x.Day, step.Reasons, 0
	case Adopt, AdoptChanged, Reject, Withdraw:
		p.Turn, p.Since, p.Settled, p.Postponed, p.Answer = "", x.Day, x.Day, 0, step.Reasons
		if x.Event == AdoptChanged {
			p.Decided = strings.TrimSpace(x.Text)
		}
	}
}

// advance gives the turn to the stage after the present one, by the version of the day.
func (c Course) advance(p *Proposal, day calendar.Date) {
	next, ok := c.next(*p, day)
	if ok && next.Committee != p.Turn {
		c.enter(p, next.Committee, day)
	}
}

// enter gives the turn to a committee. One that the version of the day gives no part any more is entered all the same: it is
// passed over by an event of its own, which says so.
func (c Course) enter(p *Proposal, committee string, day calendar.Date) {
	p.Turn, p.Since, p.Postponed = committee, day, 0
	p.Stage = max(indexOf(c.Route(*p, day), committee), 0)
}

// Route is the route of a proposal by the version in force on a day; empty where no convention is, or where none may settle.
func (c Course) Route(p Proposal, day calendar.Date) []Stage {
	v := c.History.InForce(day)
	if v == nil {
		return nil
	}
	return RouteOf(v.Text, p)
}

// next is the stage that follows the present one. Where the text changed under the proposal, it is the first that has not
// examined it; the stage that settles is never passed.
func (c Course) next(p Proposal, day calendar.Date) (Stage, bool) {
	route := c.Route(p, day)
	if i := indexOf(route, p.Turn); i >= 0 {
		route = route[i+1:]
	}
	for _, s := range route {
		if s.Settles || !c.examinedBy(s.Committee) {
			return s, true
		}
	}
	return Stage{}, false
}

// examinedBy tells whether a committee has given its favourable opinion.
func (c Course) examinedBy(committee string) bool {
	return slices.ContainsFunc(c.Steps, func(s Step) bool { return s.Event == Favour && s.Committee == committee })
}

// lastTurn is the committee whose turn it was last.
func (c Course) lastTurn() string {
	for i := len(c.Steps) - 1; i >= 0; i-- {
		if c.Steps[i].Committee != "" {
			return c.Steps[i].Committee
		}
	}
	return ""
}

// present is the run of last steps at the committee whose turn it was last.
func (c Course) present() []Step {
	i, turn := len(c.Steps), c.lastTurn()
	for i > 0 && c.Steps[i-1].Committee == turn {
		i--
	}
	return c.Steps[i:]
}

// turnBegan is the day since which it was the last turn; otherwise where nothing says.
func (c Course) turnBegan(otherwise calendar.Date) calendar.Date {
	if before := len(c.Steps) - len(c.present()); before > 0 {
		return c.Steps[before-1].Day
	}
	return otherwise
}

// postponedBefore is how often the last turn was postponed, what is being undone left out.
func (c Course) postponedBefore() int {
	n := 0
	run := c.present()
	for i, s := range run {
		undone := i+1 == len(run) || run[i+1].Event == Reopen
		if s.Event == Postpone && !undone {
			n++
		}
	}
	return n
}

// Gone tells that the version in force on a day gives the committee whose turn it is no part any more in the proposal.
func (c Course) Gone(p Proposal, day calendar.Date) bool {
	route := c.Route(p, day)
	return p.State == ProposalWaiting && len(route) > 0 && indexOf(route, p.Turn) < 0
}

// Last is the last step; nil where there is none.
func (c Course) Last() *Step {
	if len(c.Steps) == 0 {
		return nil
	}
	return &c.Steps[len(c.Steps)-1]
}

// Repeats tells an outcome that says again what the last step has recorded of the same meeting.
func (c Course) Repeats(p Proposal, x Passage) bool {
	last, s := c.Last(), x.Settlement
	return last != nil && s.Meeting != "" && last.Meeting == s.Meeting && last.Outcome == s.Outcome && last.Reasons == strings.TrimSpace(s.Reasons) &&
		(last.Event != AdoptChanged || p.Decided == strings.TrimSpace(x.Text))
}

// EventOf tells what an outcome of a meeting is for the proposal, by the power of the committee on the day. A committee that
// does not settle gives an opinion: a favourable one moves the proposal on, an unfavourable one returns it to its author.
func (c Course) EventOf(p Proposal, s Settlement) Event {
	power := c.Settles(p, s.Committee, s.Day)
	switch {
	case s.Outcome.Favourable() && !power:
		return Favour
	case s.Outcome == Adopted:
		return Adopt
	case s.Outcome == AdoptedWithChanges:
		return AdoptChanged
	case s.Outcome == Rejected && !power:
		return Return
	case s.Outcome == Rejected:
		return Reject
	case s.Outcome == Postponed:
		return Postpone
	}
	return TakeNote
}

// Settles tells whether a committee may settle the proposal by the version in force on a day.
func (c Course) Settles(p Proposal, committee string, day calendar.Date) bool {
	v := c.History.InForce(day)
	return v != nil && MaySettle(v.Text, p.Subject, committee)
}

// under is the power that the committee of a step exercises, and the clause that gives it; neither where no committee met.
func (c Course) under(p Proposal, step Step) (power, article string) {
	if step.Meeting == "" {
		return "", ""
	}
	at, _ := c.StageAt(p, step.Committee, step.Day)
	return string(at.Power), at.Ref
}

// StageAt is the part that a committee has in the proposal by the version in force on a day, and whether it has any.
func (c Course) StageAt(p Proposal, committee string, day calendar.Date) (Stage, bool) {
	route := c.Route(p, day)
	if i := indexOf(route, committee); i >= 0 {
		return route[i], true
	}
	return Stage{}, false
}

// Say names the event as what somebody does: "adopter la proposition".
func (e Event) Say() fault.Message { return fault.Say("circuit.event." + string(e)) }

// Say names the state: "adoptée".
func (s ProposalState) Say() fault.Message { return fault.Say("proposal.state." + string(s)) }

// Done tells an end of the way.
func (s ProposalState) Done() bool {
	return s == ProposalAdopted || s == ProposalRejected || s == ProposalWithdrawn
}
