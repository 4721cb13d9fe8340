package store

import (
	"context"
	"reflect"

	"entente/internal/fault"
	"entente/internal/plan"
	"entente/internal/sqldb"
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
	check:  func(ctx context.Context, l *ledger, x plan.Indicator) error { return checkIndicator(ctx, l, x) },
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

// checkIndicator asks that the indicator is well formed and that the figures of closed years stay as they were: neither their
// targets change nor, once a closed year has a value or a target, what its figure is reckoned by.
func checkIndicator(ctx context.Context, l *ledger, x plan.Indicator) error {
	if err := x.Check(); err != nil {
		return err
	}
	var old plan.Indicator
	err := sqldb.Classify(l.tx.QueryRow(ctx, `SELECT unit, decreasing, baseline, targets, rhythm, cumulative FROM indicator
		WHERE space_id = $1 AND id = $2`, l.space, x.ID).
		Scan(&old.Unit, &old.Decreasing, asJSON{&old.Baseline}, asJSON{&old.Targets}, &old.Rhythm, &old.Cumulative))
	if fault.Is(err, fault.NotFound) {
		return nil // it is being added: no closed year has a value of it
	}
	if err != nil {
		return err
	}
	years, err := closedYears(ctx, l, x.ID)
	if err != nil {
		return err
	}
	var f fault.Fields
	for year, measured := range years {
		before, had := old.Targets[year]
		after, has := x.Targets[year]
		if before != after || had != has {
			f.Add("targets", "store.indicator.locked", "year", year)
			break
		}
		if (measured || had) && !sameReckoning(old, x) {
			f.Add("baseline", "store.indicator.locked", "year", year)
			break
		}
	}
	return f.Err()
}

// sameReckoning tells that a year's figure comes out the same by both.
func sameReckoning(a, b plan.Indicator) bool {
	return reflect.DeepEqual(a.Baseline, b.Baseline) && a.Unit == b.Unit && a.Rhythm == b.Rhythm && a.Cumulative == b.Cumulative &&
		a.Decreasing == b.Decreasing
}

// closedYears tells of every closed year whether it has a value of the indicator.
func closedYears(ctx context.Context, l *ledger, indicator string) (map[int]bool, error) {
	rows, err := l.tx.Query(ctx, `SELECT p.year, COUNT(v.id) FROM period_lock p
		LEFT JOIN indicator_value v ON v.space_id = p.space_id AND v.year = p.year AND v.indicator_id = $2
		WHERE p.space_id = $1 GROUP BY p.year`, l.space, indicator)
	if err != nil {
		return nil, err
	}
	type count struct{ year, values int }
	list, err := collect(rows, func(c *count) []any { return []any{&c.year, &c.values} })
	years := map[int]bool{}
	for _, c := range list {
		years[c.year] = c.values > 0
	}
	return years, err
}
