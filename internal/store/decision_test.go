package store_test

import (
	"fmt"
	"slices"
	"testing"

	"entente/internal/calendar"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/testkit"
)

// decide enters a decision of a meeting, on an item of its own.
func decide(t testing.TB, sp *store.Space, m governance.Meeting, d governance.Decision) governance.Decision {
	t.Helper()
	audience := d.Audience
	if audience == "" {
		audience = governance.ForSpace
	}
	i := must(sp.CreateItem(t.Context(), me, governance.Item{Meeting: m.ID, Rank: 1, Kind: governance.ForDecision, Title: "Point", Audience: audience}))(t)
	d.Meeting, d.Item, d.Committee, d.Day, d.Audience = m.ID, i.ID, m.Committee, m.Day, ""
	if d.Title == "" {
		d.Title = "Titre"
	}
	return must(sp.CreateDecision(t.Context(), me, d))(t)
}

func stances(of ...any) []governance.Position {
	var out []governance.Position
	for i := 0; i < len(of); i += 2 {
		out = append(out, governance.Position{Party: of[i].(string), Stance: of[i+1].(governance.Stance)})
	}
	return out
}

func refs(list []governance.Decision) []string {
	var out []string
	for _, d := range list {
		out = append(out, d.Reference())
	}
	return out
}

// TestRegister finds decisions by everything that the register is filtered by.
func TestRegister(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, sp := t.Context(), newSpace(t, s, "register")
		ada := somebody(t, sp)
		last, now := heldMeeting(t, sp, calendar.Must("2025-06-01")), heldMeeting(t, sp, today)
		decide(t, sp, last, governance.Decision{Title: "Créer un guichet", Outcome: governance.Adopted, Positions: stances("nord", governance.Favourable, "sud", governance.Unfavourable)})
		two := decide(t, sp, now, governance.Decision{Title: "Œuvrer à l’école", Outcome: governance.Rejected, Positions: stances("nord", governance.Unfavourable, "sud", governance.NotGiven)})
		three := decide(t, sp, now, governance.Decision{Title: "Budget", Text: "Ouvrir un guichet", Outcome: governance.Adopted, Axis: "a", Audience: governance.ForCommittee})
		decide(t, sp, now, governance.Decision{Title: "Réservé", Outcome: governance.Noted, Audience: governance.ForCoordinators})
		must(sp.KeepAttendance(ctx, me, governance.Attendance{Meeting: now.ID, Seat: "pilotage/nord/1", Party: "nord", Holder: ada.ID}, func(a *governance.Attendance) error {
			a.Presence = governance.Present
			return nil
		}))(t)
		due := today.AddDays(-3)
		late := must(sp.CreateFollowUp(ctx, me, governance.FollowUp{Meeting: now.ID, Decision: two.ID, Text: "Écrire", State: governance.ToDo, Due: due}))(t)
		must(sp.CreateFollowUp(ctx, me, governance.FollowUp{Meeting: now.ID, Decision: three.ID, Text: "Publier", State: governance.ToDo, Due: today}))(t)

		all := store.Viewer{All: true}
		for name, c := range map[string]struct {
			filter store.DecisionFilter
			want   []string
		}{
			"everything":          {store.DecisionFilter{Viewer: all}, []string{"2026-3", "2026-2", "2026-1", "2025-1"}},
			"by a reader":         {store.DecisionFilter{}, []string{"2026-1", "2025-1"}},
			"by a member":         {store.DecisionFilter{Viewer: store.Viewer{Committees: []string{"autre", "pilotage"}}}, []string{"2026-2", "2026-1", "2025-1"}},
			"by who was called":   {store.DecisionFilter{Viewer: store.Viewer{Person: ada.ID}}, []string{"2026-2", "2026-1", "2025-1"}},
			"by who was not":      {store.DecisionFilter{Viewer: store.Viewer{Person: "x"}}, []string{"2026-1", "2025-1"}},
			"a year":              {store.DecisionFilter{Viewer: all, Year: 2025}, []string{"2025-1"}},
			"one":                 {store.DecisionFilter{Viewer: all, Year: 2026, Number: 2}, []string{"2026-2"}},
			"one, not for them":   {store.DecisionFilter{Year: 2026, Number: 2}, nil},
			"words":               {store.DecisionFilter{Viewer: all, Text: "GUICHET ouvr"}, []string{"2026-2"}},
			"folded words":        {store.DecisionFilter{Viewer: all, Text: "oeuvrer ecole"}, []string{"2026-1"}},
			"a reference":         {store.DecisionFilter{Viewer: all, Text: "2026-2"}, []string{"2026-2"}},
			"a committee":         {store.DecisionFilter{Viewer: all, Committee: "autre"}, nil},
			"an outcome":          {store.DecisionFilter{Viewer: all, Outcome: governance.Adopted}, []string{"2026-2", "2025-1"}},
			"an axis":             {store.DecisionFilter{Viewer: all, Axis: "a"}, []string{"2026-2"}},
			"an objective":        {store.DecisionFilter{Viewer: all, Objective: "a"}, []string{"2026-2"}},
			"a stance":            {store.DecisionFilter{Viewer: all, Party: "sud", Stance: governance.Unfavourable}, []string{"2025-1"}},
			"a silence":           {store.DecisionFilter{Viewer: all, Party: "sud", Stance: governance.NotGiven}, []string{"2026-1"}},
			"a stance and a year": {store.DecisionFilter{Viewer: all, Party: "nord", Stance: governance.Unfavourable, Year: 2025}, nil},
			"a stance, a word":    {store.DecisionFilter{Party: "nord", Stance: governance.Unfavourable, Text: "ecole"}, []string{"2026-1"}},
			"to do":               {store.DecisionFilter{Viewer: all, FollowUp: store.OpenFollowUp}, []string{"2026-2", "2026-1"}},
			"late":                {store.DecisionFilter{Viewer: all, FollowUp: store.LateFollowUp, Today: today}, []string{"2026-1"}},
			"nothing to do":       {store.DecisionFilter{Viewer: all, FollowUp: store.NoFollowUp}, []string{"2026-3", "2025-1"}},
			"done":                {store.DecisionFilter{Viewer: all, FollowUp: store.DoneFollowUp}, nil},
		} {
			got := must(sp.Decisions(ctx, c.filter))(t)
			if !slices.Equal(refs(got.Items), c.want) || got.Total != len(c.want) {
				t.Errorf("%s: %v of %d, want %v", name, refs(got.Items), got.Total, c.want)
			}
		}

		late = must(sp.UpdateFollowUp(ctx, me, late.ID, late.Version, func(u *governance.FollowUp) error {
			u.State, u.Word = governance.Done, "écrit"
			return nil
		}))(t)
		if got := refs(must(sp.Decisions(ctx, store.DecisionFilter{Viewer: all, FollowUp: store.DoneFollowUp}))(t).Items); !slices.Equal(got, []string{"2026-1"}) {
			t.Errorf("once done: %v", got)
		}
		if err := sp.RemoveFollowUp(ctx, me, late.ID, late.Version); err != nil {
			t.Fatal(err)
		}
		if got := must(sp.Decisions(ctx, store.DecisionFilter{Viewer: all, FollowUp: store.DoneFollowUp}))(t); got.Total != 0 {
			t.Errorf("once removed: %v", refs(got.Items))
		}
		whole(t, sp)
	})
}

// TestDecisionKeepsItsNumber: whatever a second closing changes, the reference and the register follow.
func TestDecisionKeepsItsNumber(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, sp := t.Context(), newSpace(t, s, "number")
		m := heldMeeting(t, sp, today)
		d := decide(t, sp, m, governance.Decision{Outcome: governance.Adopted, Positions: stances("nord", governance.Favourable)})
		changed := must(sp.UpdateDecision(ctx, me, d.ID, d.Version, func(d *governance.Decision) error {
			d.Year, d.Number, d.Positions = 1999, 7, stances("nord", governance.Abstains)
			return nil
		}))(t)
		if changed.Reference() != d.Reference() {
			t.Errorf("cited %s, then %s", d.Reference(), changed.Reference())
		}
		for stance, want := range map[governance.Stance]int{governance.Favourable: 0, governance.Abstains: 1} {
			if got := must(sp.Decisions(ctx, store.DecisionFilter{Viewer: store.Viewer{All: true}, Party: "nord", Stance: stance}))(t); got.Total != want {
				t.Errorf("%s: %d, want %d", stance, got.Total, want)
			}
		}
		if _, err := sp.Decision(ctx, 1999, 7); !fault.Is(err, fault.NotFound) {
			t.Errorf("an old number: %v", err)
		}
	})
}

// TestRegisterByPages reads all of it, forward and back, with nothing twice and nothing left out.
func TestRegisterByPages(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, sp := t.Context(), newSpace(t, s, "pages")
		m := heldMeeting(t, sp, today)
		for range 25 {
			decide(t, sp, m, governance.Decision{Outcome: governance.Adopted, Positions: stances("nord", governance.Favourable)})
		}
		for _, f := range []store.DecisionFilter{{}, {Party: "nord", Stance: governance.Favourable}} {
			f.Limit = 10
			var seen []string
			for {
				p := must(sp.Decisions(ctx, f))(t)
				if p.Total != 25 {
					t.Fatalf("total %d", p.Total)
				}
				if seen = append(seen, refs(p.Items)...); p.Next == "" {
					f.After, f.Before = "", p.Previous
					break
				}
				f.After = p.Next
			}
			if len(seen) != 25 || seen[0] != "2026-25" || seen[24] != "2026-1" {
				t.Errorf("read %v", seen)
			}
			if back := refs(must(sp.Decisions(ctx, f))(t).Items); !slices.Equal(back, seen[10:20]) {
				t.Errorf("back: %v", back)
			}
		}
	})
}

// BenchmarkRegister times the pages of a register of 10,000 decisions.
func BenchmarkRegister(b *testing.B) {
	s := testkit.Store(b)
	sp, ctx := newSpace(b, s, "bench"), b.Context()
	ada := somebody(b, sp)
	if err := sp.Together(ctx, func(sp *store.Space) error {
		for n := range 100 {
			m := heldMeeting(b, sp, calendar.Must("2016-01-10").AddDays(n*36))
			if n%10 == 0 {
				must(sp.KeepAttendance(ctx, me, governance.Attendance{Meeting: m.ID, Seat: "pilotage/nord/1", Holder: ada.ID}, func(*governance.Attendance) error { return nil }))(b)
			}
			for k := range 100 {
				fill(b, sp, m, n, k)
			}
		}
		return nil
	}); err != nil {
		b.Fatal(err)
	}
	all := store.Viewer{All: true}
	middle := must(sp.Decisions(ctx, store.DecisionFilter{Viewer: all, Year: 2020, Paging: store.Paging{Limit: 300}}))(b).Next
	for name, f := range map[string]store.DecisionFilter{
		"all":           {Viewer: all},
		"middle":        {Viewer: all, Paging: store.Paging{After: middle}},
		"member":        {Viewer: store.Viewer{Person: ada.ID, Committees: []string{"pilotage"}}},
		"called":        {Viewer: store.Viewer{Person: ada.ID}},
		"reader":        {},
		"axis":          {Viewer: all, Axis: "a1"},
		"rare axis":     {Viewer: all, Axis: "a9"},
		"stance":        {Viewer: all, Party: "sud", Stance: governance.Favourable},
		"rare stance":   {Viewer: all, Party: "sud", Stance: governance.Unfavourable},
		"reader stance": {Party: "sud", Stance: governance.Favourable},
		"outcome":       {Viewer: all, Outcome: governance.Adopted},
		"committee":     {Viewer: all, Committee: "pilotage"},
		"to do":         {Viewer: all, FollowUp: store.OpenFollowUp},
		"year":          {Viewer: all, Year: 2020},
		"word":          {Viewer: all, Text: "guichet"},
		"rare word":     {Viewer: all, Text: "oiseau"},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := sp.Decisions(ctx, f); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func fill(b *testing.B, sp *store.Space, m governance.Meeting, n, k int) {
	d := governance.Decision{Title: fmt.Sprintf("Ouvrir le guichet unique numéro %d des familles de la vallée", n*100+k), Outcome: governance.Outcomes()[k%3],
		Text:      "Le comité décide d’ouvrir un guichet unique dans chaque bourg, ouvert le mercredi et le samedi, avec l’appui des partenaires de la convention.",
		Axis:      fmt.Sprintf("a%d", k%3),
		Positions: stances("nord", governance.Favourable, "sud", governance.Favourable)}
	if n%20 == 7 && k == 5 {
		d.Positions[1].Stance, d.Axis, d.Text = governance.Unfavourable, "a9", d.Text+" Oiseaux."
	}
	if k%10 == 0 {
		d.Audience = governance.ForCommittee
	}
	made := decide(b, sp, m, d)
	if k%25 == 0 {
		must(sp.CreateFollowUp(b.Context(), me, governance.FollowUp{Meeting: m.ID, Decision: made.ID, Text: "Faire", State: governance.ToDo, Due: today}))(b)
	}
}
