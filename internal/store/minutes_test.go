package store_test

import (
	"testing"

	"entente/internal/calendar"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/testkit"
)

// heldMeeting enters a meeting of the steering committee as held on a day.
func heldMeeting(t testing.TB, sp *store.Space, day calendar.Date) governance.Meeting {
	t.Helper()
	return must(sp.CreateMeeting(t.Context(), me, governance.Meeting{Committee: "pilotage", Day: day, State: governance.Held}))(t)
}

// minutesIn makes the minutes of a new meeting in a state.
func minutesIn(t testing.TB, sp *store.Space, state governance.MinutesState) governance.Minutes {
	t.Helper()
	m := heldMeeting(t, sp, today.AddDays(-40))
	return must(sp.CreateMinutes(t.Context(), me, governance.Minutes{ID: m.ID, State: state, Body: "Texte", Audience: governance.ForCommittee, Submitted: today.AddDays(-30)}))(t)
}

// TestApproveMinutes approves what was submitted, and nothing else, within the transaction of a closing.
func TestApproveMinutes(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, sp := t.Context(), newSpace(t, s, "approve")
		next := heldMeeting(t, sp, today)
		for _, state := range governance.MinutesStates() {
			m := minutesIn(t, sp, state)
			err := sp.Together(ctx, func(sp *store.Space) error { return sp.ApproveMinutes(ctx, me, m.ID, next.ID, today) })
			got := must(sp.Minutes(ctx, m.ID))(t)
			if state == governance.MinutesSubmitted {
				if err != nil || got.State != governance.MinutesApproved || got.Approved != today || got.ApprovedBy != next.ID {
					t.Errorf("submitted: %v, %+v", err, got)
				}
				continue
			}
			if !fault.Is(err, fault.Invalid) || got != m {
				t.Errorf("%s: %v, %+v", state, err, got)
			}
		}
		if err := sp.ApproveMinutes(ctx, me, next.ID, next.ID, today); !fault.Is(err, fault.NotFound) {
			t.Errorf("no minutes: %v", err)
		}
		whole(t, sp)
	})
}

// TestSubmittedMinutes lists what waits for an approval, of one committee or of all.
func TestSubmittedMinutes(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, sp := t.Context(), newSpace(t, s, "submitted")
		for _, state := range governance.MinutesStates() {
			minutesIn(t, sp, state)
		}
		for committee, want := range map[string]int{"pilotage": 1, "": 1, "autre": 0} {
			if list := must(sp.SubmittedMinutes(ctx, committee))(t); len(list) != want {
				t.Errorf("committee %q: %d, want %d", committee, len(list), want)
			}
		}
	})
}
