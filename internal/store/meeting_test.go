package store_test

import (
	"testing"

	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/testkit"
)

// TestPlanMeeting: a meeting that is planned has the length and the place that its committee is used to, where none are said.
func TestPlanMeeting(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, sp := t.Context(), newSpace(t, s, "planned")
		must(sp.KeepCustom(ctx, me, governance.Custom{Committee: "pilotage", Minutes: 90, Place: "Mairie"}))(t)
		asked := governance.Meeting{Committee: "pilotage", Day: today.AddDays(30), Time: "10:00"}
		if m := must(sp.PlanMeeting(ctx, me, asked))(t); m.State != governance.Planned || m.Minutes != 90 || m.Place != "Mairie" || m.Time != "10:00" {
			t.Errorf("planned as %+v", m)
		}
		asked.Minutes, asked.Place = 45, "Préfecture"
		if m := must(sp.PlanMeeting(ctx, me, asked))(t); m.Minutes != 45 || m.Place != "Préfecture" {
			t.Errorf("what was said is lost: %+v", m)
		}
	})
}
