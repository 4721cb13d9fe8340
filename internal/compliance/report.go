package compliance

import (
	"slices"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
)

// Status is how an obligation stands on a day. The words for people stand in the catalogues under "compliance.status.".
type Status string

// The statuses. None is a default: Unknown says that nothing was recorded, and is never shown as kept.
const (
	Broken        Status = "broken"         // the clause was not kept, and the time to keep it has passed
	AtRisk        Status = "at-risk"        // it will not be kept unless somebody acts; Next says what, and by when
	Unknown       Status = "unknown"        // no evidence exists; Next says what to record
	OnCourse      Status = "on-course"      // not yet due, and what is planned would keep it
	Kept          Status = "kept"           // kept on that day, with evidence
	NotApplicable Status = "not-applicable" // nothing to keep on that day, or nothing that evidence could show
)

// Statuses lists the statuses, worst first.
func Statuses() []Status { return []Status{Broken, AtRisk, Unknown, OnCourse, Kept, NotApplicable} }

// Report is how every clause of the convention stands on a day.
type Report struct {
	Day       calendar.Date `json:"day"`
	VersionID string        `json:"version_id,omitempty"` // version whose rules were judged; empty where none applied yet
	Number    int           `json:"version,omitempty"`    // its number
	State     fault.Message `json:"state"`                // whether the convention binds on the day, and until when
	InForce   bool          `json:"in_force"`
	Clauses   []Clause      `json:"clauses"`  // every clause of the text, in its order
	Findings  []Finding     `json:"findings"` // worst first, then in the order of the text
}

// Clause is a clause of the text. Nothing is a sentence where it gives no obligation, and says nothing elsewhere.
type Clause struct {
	Anchor  string        `json:"anchor"`
	Ref     string        `json:"ref"`
	Heading string        `json:"heading"`
	Level   int           `json:"level"`
	Nothing fault.Message `json:"nothing,omitzero"`
}

// Obligation is one thing that a clause requires.
type Obligation struct {
	Key       string        `json:"key"`  // stable from version to version: "cadence/operationnel"
	Kind      Kind          `json:"kind"` // what sort of duty
	Ref       string        `json:"ref"`
	Anchor    string        `json:"anchor"`
	Subject   fault.Message `json:"subject"`             // what it is about, as a title
	Committee string        `json:"committee,omitempty"` // identifier, where it is about one
	Party     string        `json:"party,omitempty"`     // identifier, where it is about one
}

// Finding is how an obligation stands.
type Finding struct {
	Obligation Obligation    `json:"obligation"`
	Status     Status        `json:"status"`
	Words      fault.Message `json:"words"`             // what the clause says
	Figures    fault.Message `json:"figures"`           // what is on record beside it, with figures
	Evidence   []Link        `json:"evidence"`          // newest first; empty where nothing is on record
	Next       *Step         `json:"next,omitempty"`    // the next useful step; nil where none is
	History    []Row         `json:"history,omitempty"` // earlier spans, oldest first
}

// Link leads to a piece of evidence. The page of a kind is the web layer's to know.
type Link struct {
	Label fault.Message `json:"label"`
	Kind  LinkKind      `json:"kind"`
	ID    string        `json:"id"`
	Day   calendar.Date `json:"day,omitzero"`
}

// LinkKind is the sort of thing that a link leads to, named as in the journal.
type LinkKind string

// The kinds of link.
const (
	LinkMeeting   LinkKind = "meeting"
	LinkMandate   LinkKind = "mandate"
	LinkSignature LinkKind = "signature"
	LinkEvidence  LinkKind = "evidence"
	LinkVersion   LinkKind = "version"
	LinkDecision  LinkKind = "decision" // by its reference
	LinkProposal  LinkKind = "proposal" // by its reference
	LinkCampaign  LinkKind = "campaign"
)

// Step is what would be useful next, and by which day; a zero day leaves it open.
type Step struct {
	Message fault.Message `json:"message"`
	By      calendar.Date `json:"by,omitzero"`
}

// SaysBy tells whether the sentence names the day itself, so that it need not stand beside it again.
func (s Step) SaysBy() bool {
	for _, v := range s.Message.Args {
		if v == any(s.By) {
			return true
		}
	}
	return false
}

// Row is how an obligation stood over an earlier span.
type Row struct {
	From    calendar.Date `json:"from"`
	To      calendar.Date `json:"to"`
	Status  Status        `json:"status"`
	Figures fault.Message `json:"figures"`
}

// Kind is a sort of obligation. The words for people stand in the catalogues under "compliance.kind.".
type Kind string

// The kinds of obligation.
const (
	KindTerm        Kind = "term"        // the convention binds, and is renewed in time
	KindSignatures  Kind = "signatures"  // every party has signed
	KindCadence     Kind = "cadence"     // a committee meets as often as the text says
	KindSeats       Kind = "seats"       // its seats are filled
	KindMission     Kind = "mission"     // it does what it is charged with
	KindEvaluation  Kind = "evaluation"  // what is to be evaluated is, at its interval
	KindCommitment  Kind = "commitment"  // parties give what they promised
	KindOrientation Kind = "orientation" // every orientation has something under it
	KindAction      Kind = "action"      // every action has a lead and is evaluated
	KindProposal    Kind = "proposal"    // what is put to a committee has an answer in time
	KindAmendment   Kind = "amendment"   // the text changed only as it allows
)

// Kinds lists the kinds in the order of the documentation.
func Kinds() []Kind {
	return []Kind{KindTerm, KindSignatures, KindCadence, KindSeats, KindMission, KindEvaluation, KindCommitment,
		KindOrientation, KindAction, KindProposal, KindAmendment}
}

// Filed tells whether obligations of the kind are judged by evidence that people file; the others have registers of their
// own.
func (k Kind) Filed() bool {
	return k == KindMission || k == KindEvaluation || k == KindCommitment
}

// ByClause gives the findings of a clause, worst first.
func (r Report) ByClause(anchor string) []Finding {
	var out []Finding
	for _, f := range r.Findings {
		if f.Obligation.Anchor == anchor {
			out = append(out, f)
		}
	}
	return out
}

// InTextOrder gives the findings of a clause in the order of the text: their kind, then what they are about, then their party. Who
// reads clause by clause compares with the text, and no partner comes first for being late.
func InTextOrder(c *convention.Convention, findings []Finding) []Finding {
	out := slices.Clone(findings)
	slices.SortStableFunc(out, func(a, b Finding) int { return slices.Compare(textOrder(c, a.Obligation), textOrder(c, b.Obligation)) })
	return out
}

func textOrder(c *convention.Convention, o Obligation) []int {
	about := slices.IndexFunc(c.Commitments, func(k convention.Commitment) bool {
		return o.Key == "commitment/"+k.ID || o.Key == "commitment/"+k.ID+"/"+o.Party
	})
	if k := c.Committee(o.Committee); k != nil {
		about = slices.IndexFunc(k.Missions, func(m convention.Mission) bool { return o.Key == "mission/"+k.ID+"/"+m.ID })
	}
	return []int{slices.IndexFunc(c.Committees, func(k convention.Committee) bool { return k.ID == o.Committee }),
		slices.Index(Kinds(), o.Kind), about,
		slices.IndexFunc(c.Parties, func(p convention.Party) bool { return p.ID == o.Party })}
}

// Of gives the finding of an obligation by its key, and whether there is one.
func (r Report) Of(key string) (Finding, bool) {
	for _, f := range r.Findings {
		if f.Obligation.Key == key {
			return f, true
		}
	}
	return Finding{}, false
}

// Counts gives how many findings have each status; every status has its entry.
func (r Report) Counts() map[Status]int {
	out := make(map[Status]int, len(Statuses()))
	for _, s := range Statuses() {
		out[s] = 0
	}
	for _, f := range r.Findings {
		out[f.Status]++
	}
	return out
}
