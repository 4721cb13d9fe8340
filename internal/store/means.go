package store

import (
	"context"

	"entente/internal/plan"
)

var means = aggregate[plan.Means]{
	subject: "means",
	table:   "means",
	columns: "action_id, organization, funder, year, kind, label, promised, granted, spent",
	ident:   func(x *plan.Means) (*string, *int64) { return &x.ID, &x.Version },
	fields: func(x *plan.Means) []any {
		return []any{&x.Action, &x.Organization, &x.Funder, &x.Year, &x.Kind, &x.Label, &x.Promised, &x.Granted, &x.Spent}
	},
	label: func(_ context.Context, _ *ledger, x plan.Means) (string, error) { return x.Funder, nil },
	check: func(_ context.Context, _ *ledger, x plan.Means) error { return x.Check() },
}

// CreateMeans notes what a funder gives.
func (sp *Space) CreateMeans(ctx context.Context, by Actor, x plan.Means) (plan.Means, error) {
	return means.create(ctx, sp, by, x)
}

// Means reads one.
func (sp *Space) Means(ctx context.Context, id string) (plan.Means, error) {
	return means.get(ctx, sp.q(), sp.id, id)
}

// UpdateMeans changes one that was read at a version.
func (sp *Space) UpdateMeans(ctx context.Context, by Actor, id string, version int64, fn func(*plan.Means) error) (plan.Means, error) {
	return means.update(ctx, sp, by, id, version, fn)
}

// RemoveMeans takes away one that was entered by mistake.
func (sp *Space) RemoveMeans(ctx context.Context, by Actor, id string, version int64) error {
	return means.remove(ctx, sp, by, id, version)
}

// MeansOf lists the means of an action, of the running of the committees where it is empty, by year.
func (sp *Space) MeansOf(ctx context.Context, action string) ([]plan.Means, error) {
	return means.find(ctx, sp, "AND action_id = $2 ORDER BY year, id", action)
}
