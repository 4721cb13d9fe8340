package store

import (
	"context"

	"entente/internal/plan"
)

var indicators = aggregate[plan.Indicator]{
	subject: "indicator",
	table:   "indicator",
	columns: "action_id, name, kind, unit, decreasing, baseline, targets, rhythm, source, method, cumulative, breakdown, parts",
	ident:   func(x *plan.Indicator) (*string, *int64) { return &x.ID, &x.Version },
	fields: func(x *plan.Indicator) []any {
		return []any{&x.Action, &x.Name, &x.Kind, &x.Unit, &x.Decreasing, asJSON{&x.Baseline}, asJSON{&x.Targets}, &x.Rhythm, &x.Source, &x.Method,
			&x.Cumulative, &x.Breakdown, asJSON{&x.Parts}}
	},
	label:  func(_ context.Context, _ *ledger, x plan.Indicator) (string, error) { return x.Name, nil },
	check:  func(_ context.Context, _ *ledger, x plan.Indicator) error { return x.Check() },
	refers: []reference{{"indicator_value", "indicator_id", "store.indicator.has-values"}},
}

// CreateIndicator adds an indicator to an action.
func (sp *Space) CreateIndicator(ctx context.Context, by Actor, x plan.Indicator) (plan.Indicator, error) {
	return indicators.create(ctx, sp, by, x)
}

// Indicator reads one.
func (sp *Space) Indicator(ctx context.Context, id string) (plan.Indicator, error) {
	return indicators.get(ctx, sp.q(), sp.id, id)
}

// UpdateIndicator changes one that was read at a version.
func (sp *Space) UpdateIndicator(ctx context.Context, by Actor, id string, version int64, fn func(*plan.Indicator) error) (plan.Indicator, error) {
	return indicators.update(ctx, sp, by, id, version, fn)
}

// RemoveIndicator takes away one that was entered by mistake.
func (sp *Space) RemoveIndicator(ctx context.Context, by Actor, id string, version int64) error {
	return indicators.remove(ctx, sp, by, id, version)
}

// IndicatorsOf lists the indicators of an action.
func (sp *Space) IndicatorsOf(ctx context.Context, action string) ([]plan.Indicator, error) {
	return indicators.find(ctx, sp, "AND action_id = $2 ORDER BY id", action)
}

// Indicators lists every indicator of the space by action.
func (sp *Space) Indicators(ctx context.Context) ([]plan.Indicator, error) {
	return indicators.find(ctx, sp, "ORDER BY action_id, id")
}
