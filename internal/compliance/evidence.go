package compliance

import (
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/governance"
)

// Evidence is everything on record in a space that the clauses are judged by. Assess reads it and changes nothing.
//
// An empty list of a register that Entente keeps says that nothing was recorded. A nil pointer says that Entente does not
// keep that register yet, so that what depends on it is Unknown.
type Evidence struct {
	Since        calendar.Date // day on which the space began to record; what lies before it is unknown, not broken. Zero: from the start
	Meetings     []governance.Meeting
	Mandates     []governance.Mandate
	Signatures   []governance.Signature
	Records      []Record
	Attendances  []Attendance // at the meetings closed in the months before the day that EvidenceMonths gives
	Decisions    []Decision   // the newest under each power of each committee, the newest orientations that each adopted, and all on evaluation and communication
	Pending      []Pending
	People       map[string]string // names of people by identifier, for the labels of links; may be nil
	Campaigns    []Campaign        // of evaluation, that are closed, oldest first
	Orientations *[]Orientation
	Actions      *[]Action
}

// Attendance is how a party took part in a meeting that was closed.
type Attendance struct {
	Meeting   string
	Committee string
	Day       calendar.Date
	Party     string
	There     int // its seats that were taken, there or from afar
}

// Decision is what the register of decisions says of one.
type Decision struct {
	Reference string // "2026-12"
	Committee string
	Power     convention.Power   // that was exercised; empty where none was
	Subject   governance.Subject // of the proposal that it settled or sent on; empty where there was none
	Day       calendar.Date
	Title     string
	Outcome   governance.Outcome
}

// settles tells a decision by which a committee adopted a proposal about a subject.
func (d Decision) settles(about governance.Subject) bool {
	if d.Subject != about || !d.Outcome.Favourable() {
		return false
	}
	_, proposes := d.Power.SettledBy() // else it was sent on, and not settled
	return !proposes
}

// Pending is a proposal that waits for the answer of a committee.
type Pending struct {
	Reference string // "2026-3"
	Title     string
	Committee string
	Since     calendar.Date
	Within    int // days after which the custom of the space expects an answer; 0 for none
}

// Due is the day by which an answer is expected; zero where none is.
func (p Pending) Due() calendar.Date {
	if p.Within == 0 {
		return calendar.Date{}
	}
	return p.Since.AddDays(p.Within)
}

// Campaign is an evaluation that was carried out.
type Campaign struct {
	ID    string
	Title string
	Day   calendar.Date // on which it was closed
	Axes  []string      // that it bore on as a whole
}

// Orientation is what the register of orientations says of one.
type Orientation struct {
	ID          string
	Name        string
	Validated   calendar.Date // day of its validation; zero while it is only proposed
	Implemented int           // how many actions stand under it
}

// Action is what the register of actions says of one.
type Action struct {
	ID        string
	Name      string
	Leads     int           // leads and co-leads on the day
	Evaluated calendar.Date // day of its last evaluation; zero where there is none
}
