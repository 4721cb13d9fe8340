package store

import (
	"context"

	"entente/internal/calendar"
	"entente/internal/fault"
	"entente/internal/governance"
)

var meetings = aggregate[governance.Meeting]{
	subject: "meeting",
	table:   "meeting",
	columns: "committee, held_on, start_time, state, place, document, panel, minutes, remote, opened_at, closed_at, reason",
	ident:   func(m *governance.Meeting) (*string, *int64) { return &m.ID, &m.Version },
	fields: func(m *governance.Meeting) []any {
		return []any{&m.Committee, &m.Day, &m.Time, &m.State, &m.Place, &m.Document, &m.Panel, &m.Minutes, &m.Remote,
			optionalTime{&m.Opened}, optionalTime{&m.Closed}, &m.Reason}
	},
	label: func(_ context.Context, _ *ledger, m governance.Meeting) (string, error) {
		return m.Committee + " · " + m.Day.String(), nil
	},
	check: func(_ context.Context, l *ledger, m governance.Meeting) error { return m.Check(l.today) },
	refers: []reference{
		{"agenda_item", "meeting_id", "store.meeting.has-agenda"},
		{"convocation", "meeting_id", "store.meeting.has-convocations"},
		{"attendance", "meeting_id", "store.meeting.has-attendance"},
		{"decision", "meeting_id", "store.meeting.has-decisions"},
		{"follow_up", "meeting_id", "store.meeting.has-follow-ups"},
		{"meeting_minutes", "id", "store.meeting.has-minutes"},
		hasAttachments,
	},
}

// unfrozen refuses a change of what belongs to a meeting that was closed: it is reopened first, with a reason.
func unfrozen(ctx context.Context, l *ledger, meeting string) error {
	m, err := meetings.get(ctx, l.tx, l.space, meeting)
	if err == nil && m.Frozen() {
		err = fault.New(fault.Invalid, "store.meeting.frozen")
	}
	return err
}

// unfrozenItem is unfrozen for what belongs to an item of an agenda.
func unfrozenItem(ctx context.Context, l *ledger, item string) error {
	i, err := items.get(ctx, l.tx, l.space, item)
	if err != nil {
		return err
	}
	return unfrozen(ctx, l, i.Meeting)
}

// CreateMeeting enters a meeting in the register.
func (sp *Space) CreateMeeting(ctx context.Context, by Actor, m governance.Meeting) (governance.Meeting, error) {
	return meetings.create(ctx, sp, by, m)
}

// Meeting reads one meeting.
func (sp *Space) Meeting(ctx context.Context, id string) (governance.Meeting, error) {
	return meetings.get(ctx, sp.q(), sp.id, id)
}

// PlanMeeting enters a meeting to come as its committee usually has it: what m leaves out of its length and its place is the
// custom of the space.
func (sp *Space) PlanMeeting(ctx context.Context, by Actor, m governance.Meeting) (governance.Meeting, error) {
	custom, err := sp.Custom(ctx, m.Committee)
	if err != nil {
		return m, err
	}
	m.State = governance.Planned
	if m.Minutes == 0 {
		m.Minutes = custom.Minutes
	}
	if m.Place == "" {
		m.Place = custom.Place
	}
	return sp.CreateMeeting(ctx, by, m)
}

// UpdateMeeting changes a meeting that was read at a version.
func (sp *Space) UpdateMeeting(ctx context.Context, by Actor, id string, version int64, fn func(*governance.Meeting) error) (governance.Meeting, error) {
	return meetings.update(ctx, sp, by, id, version, fn)
}

// RemoveMeeting takes away a meeting that was entered by mistake; one that did not take place is cancelled instead.
func (sp *Space) RemoveMeeting(ctx context.Context, by Actor, id string, version int64) error {
	return meetings.remove(ctx, sp, by, id, version)
}

// MeetingFilter chooses meetings; zero fields choose all. From and To are both included.
type MeetingFilter struct {
	From, To  calendar.Date
	Committee string
}

// Meetings lists meetings by day.
func (sp *Space) Meetings(ctx context.Context, f MeetingFilter) ([]governance.Meeting, error) {
	var c conditions
	c.addIf("committee = ?", f.Committee)
	c.addIf("held_on >= ?", f.From.String())
	c.addIf("held_on <= ?", f.To.String())
	return meetings.find(ctx, sp, c.text.String()+" ORDER BY held_on, start_time, id", c.args...)
}

// MeetingsByID reads several meetings at once; those that do not exist are left out.
func (sp *Space) MeetingsByID(ctx context.Context, ids ...string) (map[string]governance.Meeting, error) {
	return byID(ctx, sp, &meetings, ids)
}
