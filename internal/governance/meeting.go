package governance

import (
	"strings"
	"time"

	"entente/internal/calendar"
	"entente/internal/fault"
)

// MeetingState is where a meeting stands.
type MeetingState string

// The states of a meeting. Open is a sitting that has begun and is not closed.
const (
	Planned   MeetingState = "planned"
	Open      MeetingState = "open"
	Held      MeetingState = "held"
	Cancelled MeetingState = "cancelled"
)

// Meeting is a sitting of a committee on a day. A meeting of before Entente is entered as held, with its minutes elsewhere;
// one that is run in Entente goes planned, open, held, and is closed when it is over.
type Meeting struct {
	ID        string
	Version   int64
	Committee string
	Panel     string // identifier of the technical committee that meets, where the committee is derived and has several
	Day       calendar.Date
	Time      string // "14:00", local time; empty where unknown
	Minutes   int    // how long it is planned to last; 0 where nobody said
	State     MeetingState
	Place     string
	Remote    string // address at which one takes part from afar; empty where one cannot
	Document  string // address or reference of minutes that are kept elsewhere
	Opened    time.Time
	Closed    time.Time // when what it decided took effect; zero for a meeting that was only entered
	Reason    string    // why it was cancelled or reopened
}

// Pending tells a meeting that is still to come to its end: planned or sitting.
func (m Meeting) Pending() bool { return m.State == Planned || m.State == Open }

// Frozen tells a meeting that was closed: its agenda, attendance and outcomes change no more until it is reopened.
func (m Meeting) Frozen() bool { return !m.Closed.IsZero() }

// maxMinutes bounds how long a meeting may be planned to last.
const maxMinutes = 24 * 60

// Check tells what is wrong with the meeting on a day: a meeting cannot have been held in the future.
func (m Meeting) Check(today calendar.Date) error {
	var f fault.Fields
	if m.Committee == "" {
		f.Add("committee", "fault.field.required")
	}
	if m.Day.IsZero() {
		f.Add("day", "fault.field.required")
	}
	if m.State != Planned && m.State != Open && m.State != Held && m.State != Cancelled {
		f.Add("state", "fault.field.choice")
	}
	if (m.State == Held || m.State == Open) && m.Day.After(today) {
		f.Add("state", "fault.meeting.held-in-future")
	}
	if !ValidTime(m.Time) {
		f.Add("time", "fault.field.time")
	}
	if m.Minutes < 0 || m.Minutes > maxMinutes {
		f.Add("minutes", "fault.field.minutes")
	}
	if m.Remote != "" && !strings.HasPrefix(m.Remote, "https://") {
		f.Add("remote", "fault.field.secure-address")
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
