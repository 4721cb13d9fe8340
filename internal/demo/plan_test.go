package demo_test

import (
	"testing"
	"time"

	"entente/internal/calendar"
	"entente/internal/plan"
)

func TestThePlanOfTheDemonstration(t *testing.T) {
	st, sp := lived(t, time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC))
	ctx := t.Context()
	all, err := sp.Actions(ctx)
	states, objectives, news := map[plan.State]int{}, map[string]int{}, 0
	last, _ := sp.LastNotes(ctx)
	for _, a := range all {
		states[a.State]++
		objectives[a.Objective]++
		if !last[a.ID].Day.IsZero() {
			news++
		}
	}
	wants(t, err, "actions of the plan, one made by an adopted proposal", len(all), 26)
	wants(t, nil, "objectives served", len(objectives), 9)
	wants(t, nil, "actions with news", news, 24)
	for state, n := range map[plan.State]int{plan.UnderWay: 21, plan.Adopted: 2, plan.Paused: 1, plan.Done: 1, plan.Abandoned: 1} {
		wants(t, nil, string(state), states[state], n)
	}
	leads, err := sp.Leads(ctx)
	for _, l := range leads {
		if l.ActionID == "" {
			t.Errorf("nobody wrote the sheet of %s", l.Action)
		}
	}
	wants(t, err, "no lead is missing", min(len(leads), 25), 25)

	steps, err := sp.Milestones(ctx)
	late := 0
	for _, m := range steps {
		if m.Late(calendar.Must("2026-11-23")) {
			late++
		}
		if m.Name == "Couvrir quinze hameaux" && m.Done != calendar.Must("2026-07-08") {
			t.Errorf("a milestone reached after the sheet was entered is dated %s", m.Done)
		}
	}
	wants(t, err, "late milestones", late, 3)

	info, err := st.SpaceBySlug(ctx, "val-ambre")
	if err != nil {
		t.Fatal(err)
	}
	second, err := st.In(info.ID).Actions(ctx)
	wants(t, err, "actions of the second convention, one made by an adopted proposal", len(second), 6)
}
