package governance

import (
	"slices"
	"strings"
	"time"

	"entente/internal/calendar"
	"entente/internal/fault"
)

// Reopen makes a closed meeting sit again. What it decided keeps its numbers, and is brought up to date when it is closed
// again.
func (m *Meeting) Reopen(reason string) error {
	if !m.Frozen() {
		return fault.New(fault.Invalid, "closing.not-closed")
	}
	if strings.TrimSpace(reason) == "" {
		var f fault.Fields
		f.Add("reason", "fault.field.required")
		return f.Err()
	}
	m.State, m.Closed, m.Reason = Open, time.Time{}, strings.TrimSpace(reason)
	return nil
}

// Begin opens the sitting on a day, at an instant.
func (m *Meeting) Begin(day calendar.Date, at time.Time) error {
	switch {
	case m.Frozen():
		return fault.New(fault.Invalid, "sitting.closed")
	case m.State == Cancelled:
		return fault.New(fault.Invalid, "sitting.cancelled")
	case m.State == Open:
		return fault.New(fault.Invalid, "sitting.already-open")
	case m.Day.After(day):
		return fault.New(fault.Invalid, "sitting.too-early", "day", m.Day)
	}
	m.State, m.Opened = Open, at
	return nil
}

// HourOf is the hour of an instant in Paris as attendance writes it: "14:05".
func HourOf(t time.Time) string { return t.In(calendar.Paris).Format("15:04") }

// TurnTo makes an item the current one, at an instant: what was current is treated, and its time is added up. An empty item
// ends the last one. Given the records of a meeting by item, it gives those that change.
func TurnTo(item string, records map[string]ItemRecord, now time.Time) []ItemRecord {
	var out []ItemRecord
	for _, r := range records {
		if r.State == Current && r.ID != item {
			out = append(out, r.ended(now))
		}
	}
	if item == "" || records[item].State == Current {
		return out
	}
	r := records[item]
	r.ID, r.State, r.Started, r.Ended = item, Current, now, time.Time{}
	return append(out, r)
}

// ended is a record that is current no more.
func (r ItemRecord) ended(now time.Time) ItemRecord {
	r.Seconds = r.Spent(now)
	r.State, r.Started, r.Ended = Treated, time.Time{}, now
	return r
}

// Spent is how long an item has taken up to an instant, in seconds.
func (r ItemRecord) Spent(now time.Time) int {
	if r.Started.IsZero() || now.Before(r.Started) {
		return r.Seconds
	}
	return r.Seconds + int(now.Sub(r.Started)/time.Second)
}

// CurrentItem is the item that the sitting treats; empty where it treats none.
func CurrentItem(records map[string]ItemRecord) string {
	for id, r := range records {
		if r.State == Current {
			return id
		}
	}
	return ""
}

// NextItem is the item that comes after the current one in the agenda: the first that waits behind it, else the first that
// waits at all; empty where none does.
func NextItem(agenda []Item, records map[string]ItemRecord) string {
	at := slices.IndexFunc(agenda, func(i Item) bool { return records[i.ID].State == Current })
	waiting := func(i Item) bool { s := records[i.ID].State; return s != Current && s != Treated }
	for _, i := range agenda[at+1:] {
		if waiting(i) {
			return i.ID
		}
	}
	for _, i := range agenda {
		if waiting(i) {
			return i.ID
		}
	}
	return ""
}
