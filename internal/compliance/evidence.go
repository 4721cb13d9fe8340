package compliance

import (
	"entente/internal/calendar"
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
	People       map[string]string // names of people by identifier, for the labels of links; may be nil
	Orientations *[]Orientation
	Actions      *[]Action
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
