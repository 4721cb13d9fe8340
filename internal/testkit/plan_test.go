package testkit_test

import (
	"testing"

	"entente/conventions"
	"entente/internal/calendar"
	"entente/internal/store"
	"entente/internal/testkit"
)

// TestFillPlan spreads actions over every objective, each with its sheet.
func TestFillPlan(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		source, err := conventions.Read("etampois-sud-essonne-2023-2026")
		if err != nil {
			t.Fatal(err)
		}
		ctx, day := t.Context(), calendar.Must("2025-06-02")
		info, err := s.CreateSpace(ctx, store.Actor{}, "plan", "Plan", source, calendar.Must("2023-06-27"))
		if err != nil {
			t.Fatal(err)
		}
		sp := s.In(info.ID)
		history, err := sp.History(ctx)
		if err != nil {
			t.Fatal(err)
		}
		last, err := testkit.FillPlan(ctx, s, info.ID, history[0].Text, nil, 20, day)
		if err != nil {
			t.Fatal(err)
		}
		all, err := sp.Actions(ctx)
		if err != nil || len(all) != 20 {
			t.Fatalf("%d actions, %v", len(all), err)
		}
		objectives := map[string]bool{}
		for _, a := range all {
			objectives[a.Objective] = true
		}
		steps, err := sp.MilestonesOf(ctx, last.ID)
		if err != nil || len(steps) != 3 || len(objectives) != 9 {
			t.Errorf("%d steps of the last, %d objectives, %v", len(steps), len(objectives), err)
		}
		values, err := sp.ValuesIn(ctx, 2024)
		if err != nil || len(values) != 20 {
			t.Errorf("%d values, %v", len(values), err)
		}
	})
}
