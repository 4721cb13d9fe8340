package store_test

import (
	"slices"
	"testing"

	"entente/internal/calendar"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/testkit"
)

// TestFollowUpsByFilter lists what is asked for, soonest first, and page by page.
func TestFollowUpsByFilter(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, sp := t.Context(), newSpace(t, s, "follow")
		ada, meeting := somebody(t, sp), heldMeeting(t, sp, today.AddDays(-60))
		note := func(text, person string, due calendar.Date) governance.FollowUp {
			return must(sp.CreateFollowUp(ctx, me, governance.FollowUp{Meeting: meeting.ID, Text: text, Person: person, Due: due, State: governance.ToDo}))(t)
		}
		note("sans date", "", calendar.Date{})
		note("en retard", ada.ID, today.AddDays(-2))
		note("plus en retard", ada.ID, today.AddDays(-9))
		note("à venir", ada.ID, today)
		done := note("faite", "", today.AddDays(-20))
		must(sp.UpdateFollowUp(ctx, me, done.ID, done.Version, func(u *governance.FollowUp) error {
			u.State, u.Word, u.DoneOn = governance.Done, "envoyée", today
			return nil
		}))(t)

		for name, c := range map[string]struct {
			filter store.FollowUpFilter
			want   []string
		}{
			"all":        {store.FollowUpFilter{}, []string{"faite", "plus en retard", "en retard", "à venir", "sans date"}},
			"of ada":     {store.FollowUpFilter{Person: ada.ID}, []string{"plus en retard", "en retard", "à venir"}},
			"done":       {store.FollowUpFilter{State: governance.Done}, []string{"faite"}},
			"late":       {store.FollowUpFilter{LateOn: today}, []string{"plus en retard", "en retard"}},
			"elsewhere":  {store.FollowUpFilter{Committee: "autre"}, nil},
			"by a page":  {store.FollowUpFilter{Committee: "pilotage", Paging: store.Paging{Limit: 2}}, []string{"faite", "plus en retard"}},
			"a decision": {store.FollowUpFilter{Decision: "x"}, nil},
		} {
			if got := textsOf(must(sp.FollowUps(ctx, c.filter))(t).Items); !slices.Equal(got, c.want) {
				t.Errorf("%s: %v, want %v", name, got, c.want)
			}
		}
		if got := textsOf(must(sp.LateFollowUps(ctx, "pilotage", today))(t)); !slices.Equal(got, []string{"plus en retard", "en retard"}) {
			t.Errorf("late: %v", got)
		}
	})
}

func textsOf(list []governance.FollowUp) []string {
	var out []string
	for _, u := range list {
		out = append(out, u.Text)
	}
	return out
}
