package store

import (
	"context"

	"entente/internal/plan"
)

var milestones = aggregate[plan.Milestone]{
	subject: "milestone",
	table:   "milestone",
	columns: "action_id, name, due, done_on, weight",
	ident:   func(x *plan.Milestone) (*string, *int64) { return &x.ID, &x.Version },
	fields: func(x *plan.Milestone) []any {
		return []any{&x.Action, &x.Name, &x.Due, &x.Done, &x.Weight}
	},
	label: func(_ context.Context, _ *ledger, x plan.Milestone) (string, error) { return x.Name, nil },
	check: func(_ context.Context, l *ledger, x plan.Milestone) error { return x.Check(l.today) },
}

// CreateMilestone adds a step to an action.
func (sp *Space) CreateMilestone(ctx context.Context, by Actor, x plan.Milestone) (plan.Milestone, error) {
	return milestones.create(ctx, sp, by, x)
}

// Milestone reads one.
func (sp *Space) Milestone(ctx context.Context, id string) (plan.Milestone, error) {
	return milestones.get(ctx, sp.q(), sp.id, id)
}

// UpdateMilestone changes one that was read at a version.
func (sp *Space) UpdateMilestone(ctx context.Context, by Actor, id string, version int64, fn func(*plan.Milestone) error) (plan.Milestone, error) {
	return milestones.update(ctx, sp, by, id, version, fn)
}

// RemoveMilestone takes away one that was entered by mistake.
func (sp *Space) RemoveMilestone(ctx context.Context, by Actor, id string, version int64) error {
	return milestones.remove(ctx, sp, by, id, version)
}

// MilestonesOf lists the milestones of an action by their days.
func (sp *Space) MilestonesOf(ctx context.Context, action string) ([]plan.Milestone, error) {
	return milestones.find(ctx, sp, "AND action_id = $2 ORDER BY due, id", action)
}

// Milestones lists every milestone of the space by action and day.
func (sp *Space) Milestones(ctx context.Context) ([]plan.Milestone, error) {
	return milestones.find(ctx, sp, "ORDER BY action_id, due, id")
}
