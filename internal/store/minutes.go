package store

import (
	"context"

	"entente/internal/governance"
)

var minutes = aggregate[governance.Minutes]{
	subject: "minutes",
	table:   "meeting_minutes",
	keyed:   true,
	columns: "state, body, audience, comments_until, submitted_on, approved_on, approved_by, published_on",
	ident:   func(m *governance.Minutes) (*string, *int64) { return &m.ID, &m.Version },
	fields: func(m *governance.Minutes) []any {
		return []any{&m.State, &m.Body, &m.Audience, &m.CommentsUntil, &m.Submitted, &m.Approved, &m.ApprovedBy, &m.Published}
	},
	label: func(ctx context.Context, l *ledger, m governance.Minutes) (string, error) {
		return meetingLabel(ctx, l, m.ID)
	},
	check: func(context.Context, *ledger, governance.Minutes) error { return nil },
}

// meetingLabel is how the journal calls a meeting.
func meetingLabel(ctx context.Context, l *ledger, id string) (string, error) {
	m, err := meetings.get(ctx, l.tx, l.space, id)
	if err != nil {
		return "", err
	}
	return meetings.label(ctx, l, m)
}

// CreateMinutes begins the minutes of a meeting; their identifier is that of the meeting.
func (sp *Space) CreateMinutes(ctx context.Context, by Actor, m governance.Minutes) (governance.Minutes, error) {
	return minutes.create(ctx, sp, by, m)
}

// Minutes reads the minutes of a meeting.
func (sp *Space) Minutes(ctx context.Context, meeting string) (governance.Minutes, error) {
	return minutes.get(ctx, sp.q(), sp.id, meeting)
}

// UpdateMinutes changes minutes that were read at a version.
func (sp *Space) UpdateMinutes(ctx context.Context, by Actor, meeting string, version int64, fn func(*governance.Minutes) error) (governance.Minutes, error) {
	return minutes.update(ctx, sp, by, meeting, version, fn)
}
