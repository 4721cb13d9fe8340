package governance

import (
	"time"

	"entente/internal/calendar"
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
	Partner   string // organization in whose name it is made; empty otherwise
	State     ProposalState
	Turn      string        // committee whose turn it is; empty where it is nobody's or the author's
	Since     calendar.Date // of the turn
	Stage     int           // index in its route, from 0
	Postponed int           // how often its present stage was postponed
	Answer    string        // what its author is told
	Settled   calendar.Date // day on which it was adopted, rejected or withdrawn
}

// Step is one passage of a proposal, never changed: from where to where, by whom, where and why.
type Step struct {
	ID        string
	Proposal  string
	Seq       int
	At        time.Time
	By        string // name of who made it
	From, To  ProposalState
	Committee string  // whose turn it was; empty for its author
	Meeting   string  // at which it was settled; empty where none
	Decision  string  // by which; empty where none
	Power     string  // convention.Power exercised; empty where none
	Article   string  // reference of the clause
	Outcome   Outcome // empty where the passage is no outcome of a meeting
	Reasons   string
}
