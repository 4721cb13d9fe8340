package store

import (
	"context"
	"strconv"

	"entente/internal/fault"
	"entente/internal/plan"
)

var values = aggregate[plan.Value]{
	subject: "value",
	table:   "indicator_value",
	columns: "indicator_id, year, period, part, amount, state, note, person_id",
	ident:   func(x *plan.Value) (*string, *int64) { return &x.ID, &x.Version },
	fields: func(x *plan.Value) []any {
		return []any{&x.Indicator, &x.Year, &x.Period, &x.Part, &x.Amount, &x.State, &x.Note, &x.Person}
	},
	label: func(ctx context.Context, l *ledger, x plan.Value) (string, error) { return valueLabel(ctx, l, x) },
	check: func(ctx context.Context, l *ledger, x plan.Value) error { return checkValue(ctx, l, x) },
	guard: refuseLocked,
}

// CreateValue gives the value of an indicator in a period. In a locked year it is refused.
func (sp *Space) CreateValue(ctx context.Context, by Actor, x plan.Value) (plan.Value, error) {
	return values.create(ctx, sp, by, x)
}

// Value reads one.
func (sp *Space) Value(ctx context.Context, id string) (plan.Value, error) {
	return values.get(ctx, sp.q(), sp.id, id)
}

// UpdateValue changes one that was read at a version.
func (sp *Space) UpdateValue(ctx context.Context, by Actor, id string, version int64, fn func(*plan.Value) error) (plan.Value, error) {
	return values.update(ctx, sp, by, id, version, fn)
}

// RemoveValue takes away one that was entered by mistake.
func (sp *Space) RemoveValue(ctx context.Context, by Actor, id string, version int64) error {
	return values.remove(ctx, sp, by, id, version)
}

// ValuesIn lists the values of every indicator in a year.
func (sp *Space) ValuesIn(ctx context.Context, year int) ([]plan.Value, error) {
	return values.find(ctx, sp, "AND year = $2 ORDER BY indicator_id, period, part", year)
}

func valueLabel(ctx context.Context, l *ledger, x plan.Value) (string, error) {
	i, err := indicators.get(ctx, l.tx, l.space, x.Indicator)
	return i.Name + " · " + x.Period, err
}

// checkValue asks that the value is well formed and that its year is open.
func checkValue(ctx context.Context, l *ledger, x plan.Value) error {
	if err := x.Check(); err != nil {
		return err
	}
	return refuseLocked(ctx, l, x)
}

// refuseLocked refuses any change of a value in a year that is closed.
func refuseLocked(ctx context.Context, l *ledger, x plan.Value) error {
	var n int
	err := l.tx.QueryRow(ctx, `SELECT COUNT(*) FROM period_lock WHERE space_id = $1 AND year = $2`, l.space, x.Year).Scan(&n)
	if err == nil && n > 0 {
		return fault.New(fault.Invalid, "store.value.locked", "year", x.Year)
	}
	return err
}

// LockYear closes a year: the values of its indicators no longer change. A year that is closed already stays so.
func (sp *Space) LockYear(ctx context.Context, by Actor, year int) error {
	return fault.Wrap(sp.change(ctx, func(l *ledger) error { return l.lockYear(ctx, by, year) }), "store.year.lock", "")
}

func (l *ledger) lockYear(ctx context.Context, by Actor, year int) error {
	done, err := l.tx.Exec(ctx, `INSERT INTO period_lock (space_id, year, locked_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, l.space, year, l.at)
	if err != nil {
		return err
	}
	if done == 0 {
		return nil
	}
	return l.record(ctx, by, event{subject: "year", verb: "lock", key: strconv.Itoa(year), label: strconv.Itoa(year), after: map[string]any{"year": year}})
}

// LockedYears lists the years that are closed.
func (sp *Space) LockedYears(ctx context.Context) ([]int, error) {
	rows, err := sp.q().Query(ctx, `SELECT year FROM period_lock WHERE space_id = $1 ORDER BY year`, sp.id)
	if err != nil {
		return nil, fault.Wrap(err, "store.year", "")
	}
	return collect(rows, func(y *int) []any { return []any{y} })
}
