// Package governance holds the life of the committees: who holds which seat, who stands in, which meetings were planned
// and held, who signed.
//
// It knows people and organizations by identifier only, and nothing of what a committee may do: that is authority. The
// invariant that it owns: a seat is held by at most one person on any day, and nobody holds a seat outside the dates of a
// mandate.
package governance

import (
	"time"

	"entente/internal/calendar"
	"entente/internal/fault"
)

// Role is how a person is tied to a seat.
type Role string

// The roles. A substitute sits only where the convention admits one and the holder does not.
const (
	Holder     Role = "holder"
	Substitute Role = "substitute"
)

// Mandate gives a seat to a person from a day to a day. Seat is the key of convention.Seat.
type Mandate struct {
	ID      string
	Version int64
	Seat    string
	Person  string
	Role    Role
	Period  calendar.Period
	// CarriedOver is the last day to which a mandate that has ended was expressly carried over until a successor is
	// named; zero where it was not. It is an act of a coordinator, never automatic.
	CarriedOver calendar.Date
	ActDate     calendar.Date // of the decision that named the person; zero where none is on file
	ActDocument string        // its reference
}

// InForce tells whether the mandate lets its person sit on the day.
func (m Mandate) InForce(day calendar.Date) bool {
	return m.Period.Contains(day) || (!m.CarriedOver.IsZero() && m.Period.To.Before(day) && !day.After(m.CarriedOver))
}

// Last is the last day on which the mandate is in force; zero where it is open.
func (m Mandate) Last() calendar.Date {
	if !m.CarriedOver.IsZero() {
		return m.CarriedOver
	}
	return m.Period.To
}

// Check tells what is wrong with the mandate, field by field, beside the other mandates of its seat: its own dates, and a
// holder who would sit on the days of another. Others may hold the mandate itself, which is passed over.
func (m Mandate) Check(others []Mandate) error {
	var f fault.Fields
	if m.Person == "" {
		f.Add("person", "fault.field.required")
	}
	if m.Role != Holder && m.Role != Substitute {
		f.Add("role", "fault.field.choice")
	}
	if m.Period.From.IsZero() {
		f.Add("from", "fault.field.required")
	}
	if !m.Period.To.IsZero() && m.Period.To.Before(m.Period.From) {
		f.Add("to", "fault.field.end-before-start")
	}
	if !m.CarriedOver.IsZero() && (m.Period.To.IsZero() || !m.CarriedOver.After(m.Period.To)) {
		f.Add("carried-over", "fault.mandate.carried-over")
	}
	if len(f) > 0 || m.Role != Holder {
		return f.Err()
	}
	mine := calendar.Period{From: m.Period.From, To: m.Last()}
	for _, o := range others {
		if o.ID == m.ID || o.Seat != m.Seat || o.Role != Holder {
			continue
		}
		if shared, clash := mine.Overlap(calendar.Period{From: o.Period.From, To: o.Last()}); clash {
			f.Add("from", "fault.mandate.seat-taken", "from", shared.From, "until", o.Last())
			break
		}
	}
	return f.Err()
}

// SeatState is how a seat stands on a day.
type SeatState string

// The states of a seat.
const (
	Filled      SeatState = "filled"
	EndsSoon    SeatState = "ends-soon" // filled, and its mandate ends within EndsSoonDays
	CarriedOver SeatState = "carried-over"
	Vacant      SeatState = "vacant"
)

// EndsSoonDays is how long before its end a mandate is said to end soon, in days.
const EndsSoonDays = 60

// Occupation is a seat on a day: who holds it and who may stand in.
type Occupation struct {
	State       SeatState
	Holder      *Mandate  // nil when vacant
	Substitutes []Mandate // in force on the day
	Next        *Mandate  // the holder's mandate that begins next, where one is known
}

// Occupy reads how a seat stands on the day from the mandates given, those of other seats being passed over.
func Occupy(seat string, mandates []Mandate, day calendar.Date) Occupation {
	o := Occupation{State: Vacant}
	for i := range mandates {
		m := &mandates[i]
		if m.Seat != seat {
			continue
		}
		switch {
		case m.Role == Substitute && m.InForce(day):
			o.Substitutes = append(o.Substitutes, *m)
		case m.Role == Holder && m.InForce(day):
			o.Holder, o.State = m, stateOf(m, day)
		case m.Role == Holder && m.Period.From.After(day) && (o.Next == nil || m.Period.From.Before(o.Next.Period.From)):
			o.Next = m
		}
	}
	return o
}

func stateOf(m *Mandate, day calendar.Date) SeatState {
	switch {
	case !m.Period.Contains(day):
		return CarriedOver
	case !m.Last().IsZero() && m.Last().DaysSince(day) < EndsSoonDays:
		return EndsSoon
	}
	return Filled
}

// Delegation is a dated act by which the signatory of a party lets somebody else act in its name ("ayant reçu
// délégation").
type Delegation struct {
	ID       string
	Version  int64
	Party    string
	Person   string // who received it
	Function string // as the act names it
	Date     calendar.Date
	Document string // reference of the act on file
	Period   calendar.Period
}

// Check tells what is wrong with the delegation, field by field.
func (d Delegation) Check() error {
	var f fault.Fields
	for _, x := range []struct {
		name  string
		blank bool
	}{{"party", d.Party == ""}, {"person", d.Person == ""}, {"date", d.Date.IsZero()}, {"document", d.Document == ""}, {"from", d.Period.From.IsZero()}} {
		if x.blank {
			f.Add(x.name, "fault.field.required")
		}
	}
	if !d.Period.To.IsZero() && d.Period.To.Before(d.Period.From) {
		f.Add("to", "fault.field.end-before-start")
	}
	return f.Err()
}

// MeetingState is where a meeting stands.
type MeetingState string

// The states of a meeting.
const (
	Planned   MeetingState = "planned"
	Held      MeetingState = "held"
	Cancelled MeetingState = "cancelled"
)

// Meeting is a sitting of a committee on a day, as the register of meetings keeps it.
type Meeting struct {
	ID        string
	Version   int64
	Committee string
	Day       calendar.Date
	Time      string // "14:00", local time; empty where unknown
	State     MeetingState
	Place     string
	Document  string // address or reference of its minutes
}

// Check tells what is wrong with the meeting on a day: a meeting cannot have been held in the future.
func (m Meeting) Check(today calendar.Date) error {
	var f fault.Fields
	if m.Committee == "" {
		f.Add("committee", "fault.field.required")
	}
	if m.Day.IsZero() {
		f.Add("day", "fault.field.required")
	}
	if m.State != Planned && m.State != Held && m.State != Cancelled {
		f.Add("state", "fault.field.choice")
	}
	if m.State == Held && m.Day.After(today) {
		f.Add("state", "fault.meeting.held-in-future")
	}
	if !ValidTime(m.Time) {
		f.Add("time", "fault.field.time")
	}
	return f.Err()
}

// ValidTime tells an hour of the form "14:00", or none.
func ValidTime(s string) bool {
	if s == "" {
		return true
	}
	_, err := time.Parse("15:04", s)
	return err == nil && len(s) == 5
}

// Signature is the row of a party in the ledger of signatures: one row a party, no rank between them.
type Signature struct {
	ID       string
	Version  int64
	Text     string // identifier of the version of the convention that was signed
	Party    string
	Date     calendar.Date
	Place    string
	Function string // who signed, by function
	Document string // reference of the signed copy
}

// Check tells what is wrong with the signature on a day.
func (s Signature) Check(today calendar.Date) error {
	var f fault.Fields
	if s.Party == "" {
		f.Add("party", "fault.field.required")
	}
	if s.Date.IsZero() {
		f.Add("date", "fault.field.required")
	}
	if s.Date.After(today) {
		f.Add("date", "fault.field.future")
	}
	return f.Err()
}
