package paper

import (
	"cmp"
	"time"

	"entente/internal/calendar"
	"entente/internal/document"
	"entente/internal/governance"
)

// Appointment is a meeting as calendars keep it. Its UID is the identifier of the meeting, whatever becomes of it.
func Appointment(m governance.Meeting, name string) document.Event {
	e := document.Event{UID: m.ID, Summary: name, Location: cmp.Or(m.Place, m.Remote)}
	begin(&e, m.Day, m.Time, m.Minutes)
	if m.State == governance.Cancelled {
		e.Status = document.CalledOff
	}
	return e
}

// Called is a meeting as one was called to it: what was sent, whatever has changed since.
func Called(meeting string, m governance.Manifest) document.Event {
	return Appointment(governance.Meeting{ID: meeting, Day: m.Day, Time: m.Time, Minutes: m.Minutes, Place: m.Place, Remote: m.Remote}, m.Name)
}

// begin says when: a whole day where nobody said at what time.
func begin(e *document.Event, day calendar.Date, hour string, minutes int) {
	at, err := time.Parse("15:04", hour)
	if err != nil {
		e.Day = day
		return
	}
	e.Start = time.Date(day.Year(), day.Month(), day.Day(), at.Hour(), at.Minute(), 0, 0, calendar.Paris)
	e.End = e.Start.Add(time.Duration(minutes) * time.Minute)
}

// CallSequence numbers what is sent of a meeting to calendars, so that a later sending counts: each call is above those before, and its
// cancellation above it. Number is that of the last call.
func CallSequence(number int, cancelled bool) int {
	n := 2 * max(number-1, 0)
	if cancelled {
		n++
	}
	return n
}
