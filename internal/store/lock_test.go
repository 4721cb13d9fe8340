package store_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/internal/plan"
	"entente/internal/store"
	"entente/internal/testkit"
)

// TestLockedYearNeverChanges: whatever is tried after a year is closed, its values and its progress stay as they were, while an
// open year still moves.
func TestLockedYearNeverChanges(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, st *store.Store) {
		ctx, sp, by := t.Context(), newSpace(t, st, "lock"), me
		a, err := sp.CreateAction(ctx, by, plan.Action{Objective: "o", Title: "Accueil"})
		if err != nil {
			t.Fatal(err)
		}
		base := plan.Quantity(0)
		x, err := sp.CreateIndicator(ctx, by, plan.Indicator{Action: a.ID, Name: "Familles", Unit: "familles", Kind: plan.OfOutput, Rhythm: plan.Quarterly,
			Baseline: &base, Targets: map[int]plan.Quantity{2025: 40_000, 2026: 80_000}, Cumulative: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, year := range []int{2025, 2026} {
			v := plan.Value{Indicator: x.ID, Year: year, Period: fmt.Sprint(year, "-T1"), Amount: 10_000, State: plan.ValueApproved}
			if _, err := sp.CreateValue(ctx, by, v); err != nil {
				t.Fatal(err)
			}
		}
		if err := sp.LockYear(ctx, by, 2025); err != nil {
			t.Fatal(err)
		}
		figures := func() ([]plan.Value, plan.Progress, int64) {
			values, err := sp.ValuesIn(ctx, 2025)
			if err != nil {
				t.Fatal(err)
			}
			now, err := sp.Indicator(ctx, x.ID)
			if err != nil {
				t.Fatal(err)
			}
			return values, plan.IndicatorProgress(now, 2025, values), now.Version
		}
		values, progress, first := figures()
		if progress.Points != plan.Whole/4 {
			t.Fatalf("before: %+v", progress)
		}
		rapid.Check(t, func(r *rapid.T) {
			n := plan.Quantity(rapid.Int64Range(-99_000, 99_000).Draw(r, "n"))
			_, _, version := figures()
			change := func(fn func(*plan.Indicator)) {
				_, _ = sp.UpdateIndicator(ctx, by, x.ID, version, func(i *plan.Indicator) error { fn(i); return nil })
			}
			switch rapid.IntRange(0, 8).Draw(r, "edit") {
			case 0:
				_, _ = sp.UpdateValue(ctx, by, values[0].ID, values[0].Version, func(v *plan.Value) error { v.Amount = n; return nil })
			case 1:
				_, _ = sp.UpdateValue(ctx, by, values[0].ID, values[0].Version, func(v *plan.Value) error { v.Year, v.Period = 2026, "2026-T2"; return nil })
			case 2:
				_ = sp.RemoveValue(ctx, by, values[0].ID, values[0].Version)
			case 3:
				_, _ = sp.CreateValue(ctx, by, plan.Value{Indicator: x.ID, Year: 2025, Period: "2025-T2", Amount: n, State: plan.ValueApproved})
			case 4:
				change(func(i *plan.Indicator) { i.Baseline = &n })
			case 5:
				change(func(i *plan.Indicator) { i.Targets = map[int]plan.Quantity{2025: n, 2026: 80_000} })
			case 6:
				change(func(i *plan.Indicator) { i.Targets = map[int]plan.Quantity{2026: n} })
			case 7:
				change(func(i *plan.Indicator) { i.Cumulative, i.Rhythm = n > 0, plan.Yearly })
			case 8:
				change(func(i *plan.Indicator) { i.Targets = map[int]plan.Quantity{2025: 40_000, 2026: n} })
			}
			if v, p, _ := figures(); p != progress || cmp.Diff(values, v) != "" {
				r.Fatalf("the closed year moved: %+v, %s", p, cmp.Diff(values, v))
			}
		})
		if _, err := sp.UpdateIndicator(ctx, by, x.ID, last(figures()), func(i *plan.Indicator) error {
			i.Targets = map[int]plan.Quantity{2025: 40_000, 2026: 1_000}
			return nil
		}); err != nil {
			t.Errorf("the target of an open year is refused: %v", err)
		}
		if now := last(figures()); now == first {
			t.Error("no edit of an open year went through: the test shows nothing")
		}
	})
}

func last(_ []plan.Value, _ plan.Progress, version int64) int64 { return version }
