package authority

import (
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
)

// Answer is whether somebody may do something, and why. A yes carries By or Role; a no carries who could: committees for
// a power, roles for a task. Message says it in one sentence in both cases.
type Answer struct {
	Allowed bool
	Reason  Reason
	Message fault.Message

	By    *Basis  // what a power was exercised under; nil for a no and for a task
	Could []Bench // committees that could instead, in the order of the convention; only in a no about a power

	Role  Role   // role under which a task is allowed; empty for a no and for a power
	Roles []Role // roles that could instead; only in a no about a task
	Party string // party that the task or the signature bears on; empty where it bears on none
}

// Err is nil for a yes, else a Forbidden error that carries the explanation.
func (a Answer) Err() error {
	if a.Allowed {
		return nil
	}
	return &fault.Error{Kind: fault.Forbidden, Message: a.Message}
}

// Article is the reference of the clause that the answer rests on: of the mission exercised, or of the first committee
// that could; empty where no clause is involved.
func (a Answer) Article() string {
	switch {
	case a.By != nil:
		return a.By.Ref
	case len(a.Could) > 0:
		return a.Could[0].Ref
	}
	return ""
}

// Reason says in one word why the answer is what it is, so that callers can tell without reading the sentence.
type Reason string

// The reasons. The first five allow, the others refuse.
const (
	AsHolder      Reason = "holder"       // a mandate of holder in force
	AsSubstitute  Reason = "substitute"   // stands in for the holder of a seat, in the holder's absence
	AsLead        Reason = "lead"         // member of a derived committee by the lead of an action
	AsSignatory   Reason = "signatory"    // holds the function that signs for the party, or its delegation
	AsRole        Reason = "role"         // an administrative role allows the task
	BeforeEffect  Reason = "before"       // no convention has taken effect on that day
	AfterEnd      Reason = "after"        // the convention has ended
	NotGranted    Reason = "not-granted"  // the convention gives the power to no committee
	NotMember     Reason = "not-member"   // somebody else's committee
	NotAdmitted   Reason = "not-admitted" // a substitute or a delegate that the convention does not admit
	NotSignatory  Reason = "not-signatory"
	UnknownParty  Reason = "unknown-party" // the convention names no such party
	RoleMissing   Reason = "role-missing"  // no role held allows the task
	OtherParty    Reason = "other-party"   // coordinator of another party
	TaskUndefined Reason = "undefined"     // no such task
)

// Basis is what lets a person exercise a power: the seat or the lead, and the mission of the committee that grants it.
type Basis struct {
	Grant      convention.Grant
	Ref        string              // of the clause of the mission
	Anchor     string              // of the same clause on the convention's page
	Seat       string              // key of the seat; empty for a derived member
	Party      string              // whose seat it is; empty for a derived member
	Mandate    *governance.Mandate // nil for a derived member
	Lead       *Lead               // nil for a member by seat
	Substitute bool                // acts in the holder's absence
	Carried    bool                // by a mandate that ended and was expressly carried over
}

// Bench is a committee that could exercise a power, and who sits in it on the day.
type Bench struct {
	Grant  convention.Grant
	Ref    string
	Anchor string
	Seated []Seated // in the order of the seats, holders before substitutes; empty where nobody sits yet
}

// Seated is somebody who sits on a day.
type Seated struct {
	Person     string
	Seat       string // key of the seat; empty for a derived member
	Party      string // whose seat it is; empty for a derived member
	Substitute bool
	Action     string // action that makes a derived member; empty for a member by seat
}

// Subject is what a power bears on.
type Subject struct {
	Kind      string // kind of thing, as in the journal: "orientation", SubjectAction
	ID        string // identifier of the thing; empty for one not yet made
	Committee string // committee organised; only for convention.OrganizeCommittees
}

// SubjectAction is the kind of a subject that is an action. An action is carried out by its own leads.
const SubjectAction = "action"

// Lead is the dated lead or co-lead of an action by a person: what a derived committee is made of.
type Lead struct {
	Person string
	Action string
	Period calendar.Period
}

// Signatory is the dated holding, by a person, of the function that signs for a party.
type Signatory struct {
	Person string
	Party  string
	Period calendar.Period
}
