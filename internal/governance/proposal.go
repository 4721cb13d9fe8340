package governance

import (
	"strings"
	"time"

	"entente/internal/calendar"
	"entente/internal/fault"
)

// Subject is what a proposal is about. Each is proposed and settled under powers of the convention.
type Subject string

// The subjects. The circuit of each follows from the convention's powers.
const (
	AboutOrientation   Subject = "orientation"
	AboutAction        Subject = "action"
	AboutDiagnosis     Subject = "diagnosis"
	AboutPlan          Subject = "plan"
	AboutCommunication Subject = "communication"
	AboutEvaluation    Subject = "evaluation"
	AboutAmendment     Subject = "amendment"
	AboutFree          Subject = "free"
)

// ProposalState is where a proposal stands on its way.
type ProposalState string

// The states of a proposal.
const (
	ProposalDraft     ProposalState = "draft"     // with its author
	ProposalWaiting   ProposalState = "waiting"   // for the committee whose turn it is
	ProposalReturned  ProposalState = "returned"  // to its author, with a question
	ProposalAdopted   ProposalState = "adopted"   // settled: it takes effect
	ProposalRejected  ProposalState = "rejected"  // settled: it does not
	ProposalWithdrawn ProposalState = "withdrawn" // by its author
)

// Proposal is something put to the committees. One mechanism carries them all; the way follows from the powers.
type Proposal struct {
	ID        string
	Version   int64
	Year      int
	Number    int // within the year, from 1; never changes
	Subject   Subject
	Title     string
	Text      string // Markdown
	Objective string // axis or objective of the convention that it serves; empty where none
	Author    string // person
	Committee string // committee in whose name it is made; empty for a person or a partner
	Examined  bool   // who keeps the register records that the committee made it: its own examination is behind it
	Partner   string // organization in whose name it is made; empty otherwise
	State     ProposalState
	Turn      string        // committee whose turn it is; empty where it is nobody's or the author's
	Since     calendar.Date // of the turn
	Stage     int           // index in its route, from 0
	Postponed int           // how often its present stage was postponed
	Answer    string        // what its author is told: reasons of the outcome, or the question that it was returned with
	Settled   calendar.Date // day on which it was adopted, rejected or withdrawn
	Decided   string        // text in which it was adopted, where the committee changed it; Text stays as it was proposed
}

// Reference is how a proposal is cited for ever: "2026-3".
func (p Proposal) Reference() string { return Reference(p.Year, p.Number) }

// WithAuthor tells a proposal that its author may change: not on its way.
func (p Proposal) WithAuthor() bool { return p.State == ProposalDraft || p.State == ProposalReturned }

// Awaits tells whether it is the turn of a committee to examine or settle the proposal.
func (p Proposal) Awaits(committee string) bool {
	return p.State == ProposalWaiting && committee != "" && p.Turn == committee
}

// OftenPostponed is how many times a stage may postpone before the page says that it should be settled.
const OftenPostponed = 3

// Stuck tells a proposal that was postponed so often at one stage that it should be settled.
func (p Proposal) Stuck() bool { return p.State == ProposalWaiting && p.Postponed >= OftenPostponed }

// Late tells a proposal that has waited on a day for longer than its committee is used to answer in.
func (p Proposal) Late(c Custom, day calendar.Date) bool {
	return p.State == ProposalWaiting && c.AnswerDays > 0 && day.DaysSince(p.Since) > c.AnswerDays
}

// Check tells what is wrong with the proposal, field by field.
func (p Proposal) Check() error {
	var f fault.Fields
	if !oneOf(p.Subject, Subjects()) {
		f.Add("subject", "fault.field.choice")
	}
	if strings.TrimSpace(p.Title) == "" {
		f.Add("title", "fault.field.required")
	}
	if strings.TrimSpace(p.Text) == "" {
		f.Add("text", "fault.field.required")
	}
	if p.Author == "" && p.Committee == "" && p.Partner == "" {
		f.Add("author", "fault.field.required")
	}
	return f.Err()
}

// Step is one passage of a proposal, never changed: from where to where, by whom, where and why.
type Step struct {
	ID        string
	Proposal  string
	Seq       int
	Event     Event
	Day       calendar.Date // on which it happened: of the meeting, where it is an outcome
	At        time.Time     // when it was recorded
	By        string        // name of who made it
	From, To  ProposalState
	Committee string  // whose turn it was; empty for its author
	Meeting   string  // at which it was settled; empty where none
	Decision  string  // by which; empty where none
	Power     string  // convention.Power exercised; empty where none
	Article   string  // reference of the clause
	Outcome   Outcome // empty where the passage is no outcome of a meeting
	Reasons   string
}
