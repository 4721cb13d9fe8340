package store

import (
	"context"

	"entente/internal/governance"
)

var followUps = aggregate[governance.FollowUp]{
	subject: "follow-up",
	table:   "follow_up",
	columns: "meeting_id, item_id, decision_id, body, person_id, due, state, done_on, word",
	ident:   func(u *governance.FollowUp) (*string, *int64) { return &u.ID, &u.Version },
	fields: func(u *governance.FollowUp) []any {
		return []any{&u.Meeting, &u.Item, &u.Decision, &u.Text, &u.Person, &u.Due, &u.State, &u.DoneOn, &u.Word}
	},
	label: func(_ context.Context, _ *ledger, u governance.FollowUp) (string, error) { return u.Text, nil },
	check: func(_ context.Context, l *ledger, u governance.FollowUp) error { return u.Check(l.today) },
}

// CreateFollowUp notes something that somebody has to do.
func (sp *Space) CreateFollowUp(ctx context.Context, by Actor, u governance.FollowUp) (governance.FollowUp, error) {
	return followUps.create(ctx, sp, by, u)
}

// FollowUp reads one follow-up.
func (sp *Space) FollowUp(ctx context.Context, id string) (governance.FollowUp, error) {
	return followUps.get(ctx, sp.q(), sp.id, id)
}

// UpdateFollowUp changes a follow-up that was read at a version.
func (sp *Space) UpdateFollowUp(ctx context.Context, by Actor, id string, version int64, fn func(*governance.FollowUp) error) (governance.FollowUp, error) {
	return followUps.update(ctx, sp, by, id, version, fn)
}

// RemoveFollowUp takes away a follow-up that was noted by mistake; one that is not needed any more is dropped with a word.
func (sp *Space) RemoveFollowUp(ctx context.Context, by Actor, id string, version int64) error {
	return followUps.remove(ctx, sp, by, id, version)
}

// FollowUpsOf lists the follow-ups of a meeting, soonest first.
func (sp *Space) FollowUpsOf(ctx context.Context, meeting string) ([]governance.FollowUp, error) {
	return followUps.find(ctx, sp, "AND meeting_id = $2 ORDER BY due, id", meeting)
}
