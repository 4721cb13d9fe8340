package store

import (
	"context"

	"entente/internal/calendar"
	"entente/internal/fault"
	"entente/internal/governance"
)

var minutes = aggregate[governance.Minutes]{
	subject: "minutes",
	table:   "meeting_minutes",
	keyed:   true,
	columns: "state, body, audience, comments_until, submitted_on, approved_on, approved_by, published_on",
	ident:   func(m *governance.Minutes) (*string, *int64) { return &m.ID, &m.Version },
	fields: func(m *governance.Minutes) []any {
		return []any{&m.State, longText{&m.Body}, &m.Audience, &m.CommentsUntil, &m.Submitted, &m.Approved, &m.ApprovedBy, &m.Published}
	},
	label: func(ctx context.Context, l *ledger, m governance.Minutes) (string, error) {
		return meetingLabel(ctx, l, m.ID)
	},
	check: func(_ context.Context, _ *ledger, m governance.Minutes) error {
		var f fault.Fields
		checkLongText(&f, "body", m.Body)
		return f.Err()
	},
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

// UpdateMinutes changes minutes that were read at a version, as governance.Minutes.Becomes lets them change: whatever fn does,
// an approved text stays as it is.
func (sp *Space) UpdateMinutes(ctx context.Context, by Actor, meeting string, version int64, fn func(*governance.Minutes) error) (governance.Minutes, error) {
	return minutes.update(ctx, sp, by, meeting, version, func(m *governance.Minutes) error {
		before := *m
		if err := fn(m); err != nil {
			return err
		}
		return before.Becomes(*m)
	})
}

// ApproveMinutes records that a meeting (at) has approved, on a day, the minutes of an earlier meeting. Minutes that are not
// submitted are refused.
func (sp *Space) ApproveMinutes(ctx context.Context, by Actor, meeting, at string, day calendar.Date) error {
	err := sp.change(ctx, func(l *ledger) error {
		m, err := minutes.get(ctx, l.tx, l.space, meeting)
		if err != nil {
			return err
		}
		_, err = minutes.modify(ctx, l, by, m.ID, m.Version, func(m *governance.Minutes) error {
			approved, err := m.To(governance.MinutesApproved, governance.MinutesTerms{Today: day, At: at})
			*m = approved
			return err
		})
		return err
	})
	return fault.Wrap(err, "store.minutes.approve", meeting)
}

// SubmittedMinutes lists the minutes of a committee that are submitted and that no meeting has approved yet, oldest first. An
// empty committee is all of them.
func (sp *Space) SubmittedMinutes(ctx context.Context, committee string) ([]governance.Minutes, error) {
	var c conditions
	c.add("state = ?", string(governance.MinutesSubmitted))
	if committee != "" {
		c.add("id IN (SELECT id FROM meeting WHERE space_id = $1 AND committee = ?)", committee)
	}
	return minutes.find(ctx, sp, c.text.String()+" ORDER BY submitted_on, id", c.args...)
}
