package governance

import (
	"strings"

	"entente/internal/fault"
)

// EntryStates are the states that a form may give a meeting that stands as m: a sitting is opened and closed from its own
// page, so Open is neither given nor taken away by hand, and a closed meeting stays held until it is reopened. The zero
// meeting is one that is entered.
func (m Meeting) EntryStates() []MeetingState {
	switch {
	case m.State == Open:
		return []MeetingState{Open}
	case m.Frozen():
		return []MeetingState{m.State}
	}
	return []MeetingState{Planned, Held, Cancelled}
}

// CheckEntry tells what is wrong with a change that a form makes to a meeting that stood as before, field by field.
func (m Meeting) CheckEntry(before Meeting) error {
	var f fault.Fields
	if !oneOf(m.State, before.EntryStates()) {
		f.Add("state", "fault.meeting.state")
	}
	if m.State == Cancelled && before.State != Cancelled && strings.TrimSpace(m.Reason) == "" {
		f.Add("reason", "fault.meeting.reason")
	}
	if before.Frozen() || before.State == Open {
		for _, x := range []struct {
			name string
			same bool
		}{{"committee", m.Committee == before.Committee}, {"panel", m.Panel == before.Panel}, {"day", m.Day == before.Day}} {
			if !x.same {
				f.Add(x.name, "fault.meeting.begun")
			}
		}
	}
	return f.Err()
}

// Outdated lists in what a meeting differs from what its convocation said: "day", "time", "place", "remote", "minutes",
// "agenda", in that order; empty where the convocation still holds.
func (m Manifest) Outdated(x Meeting, items []Item) []string {
	var out []string
	for _, part := range []struct {
		name string
		same bool
	}{
		{"day", m.Day == x.Day}, {"time", m.Time == x.Time}, {"place", m.Place == x.Place}, {"remote", m.Remote == x.Remote},
		{"minutes", m.Minutes == x.Minutes}, {"agenda", m.sameAgenda(items)},
	} {
		if !part.same {
			out = append(out, part.name)
		}
	}
	return out
}

// sameAgenda compares the items that a convocation tells of: what is for the coordinators alone is left out of it.
func (m Manifest) sameAgenda(items []Item) bool {
	n := 0
	for _, x := range items {
		if x.Audience == ForCoordinators {
			continue
		}
		if n == len(m.Items) {
			return false
		}
		if s := m.Items[n]; s.ID != x.ID || s.Kind != x.Kind || s.Title != x.Title || s.Presenter != x.Presenter || s.Minutes != x.Minutes {
			return false
		}
		n++
	}
	return n == len(m.Items)
}
