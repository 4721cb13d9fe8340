package store_test

import (
	"testing"

	"entente/internal/fault"
	"entente/internal/plan"
	"entente/internal/store"
	"entente/internal/testkit"
)

// TestPlanKept: what is kept of a plan is read back whole, references are permanent, and a year that is closed does not change.
func TestPlanKept(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, st *store.Store) {
		ctx, sp, by := t.Context(), newSpace(t, st, "plan"), me
		var refs []string
		for range 11 {
			a, err := sp.CreateAction(ctx, by, plan.Action{Objective: "o", Title: "Accueil", Partners: []plan.Partner{{Name: "CCAS", Category: plan.PartnerCommune}}})
			if err != nil {
				t.Fatal(err)
			}
			refs = append(refs, a.Reference)
		}
		list, err := sp.Actions(ctx)
		if err != nil || len(list) != 11 || list[10].Reference != "1.2.11" || refs[8] != "1.2.9" || list[0].Partners[0].Name != "CCAS" {
			t.Fatalf("%v %v %v", refs, list, err)
		}
		base := 4 * plan.Thousandth
		x, err := sp.CreateIndicator(ctx, by, plan.Indicator{Action: list[0].ID, Name: "Familles", Unit: "familles", Kind: plan.OfOutput, Rhythm: plan.Yearly, Baseline: &base})
		if err != nil {
			t.Fatal(err)
		}
		v, err := sp.CreateValue(ctx, by, plan.Value{Indicator: x.ID, Year: 2025, Period: "2025", Amount: 12500, State: plan.ValueDraft})
		if err != nil {
			t.Fatal(err)
		}
		if err := sp.LockYear(ctx, by, 2025); err != nil {
			t.Fatal(err)
		}
		_, err = sp.UpdateValue(ctx, by, v.ID, v.Version, func(v *plan.Value) error { v.Amount = 1; return nil })
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("a value of a closed year changed: %v", err)
		}
		if err := sp.RemoveValue(ctx, by, v.ID, v.Version); !fault.Is(err, fault.Invalid) {
			t.Errorf("a value of a closed year was taken away: %v", err)
		}
		if err := sp.RemoveIndicator(ctx, by, x.ID, x.Version); !fault.Is(err, fault.Invalid) {
			t.Errorf("an indicator with values was taken away: %v", err)
		}
	})
}
