package plan

import (
	"math/rand/v2"
	"slices"
	"testing"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
)

var today = calendar.Must("2026-11-23")

func sheetIn(s State) Action {
	return Action{ID: "a", Title: "Ludobus", Objective: "o", State: s, Since: today, Reason: "Un départ", Resume: "Un recrutement"}
}

// TestPassFollowsTheTable tries every passage between two states: those of the table are made, all others refused and change nothing.
func TestPassFollowsTheTable(t *testing.T) {
	for _, from := range States() {
		for _, to := range States() {
			a := sheetIn(from)
			err := a.Pass(to, today, "Un départ", "Un recrutement")
			allowed := from == to || slices.Contains(from.Next(), to)
			if allowed != (err == nil) || allowed && a.State != to || !allowed && a.State != from {
				t.Errorf("%s to %s: %v, now %s", from, to, err, a.State)
			}
		}
	}
}

// TestPassAsksForWords: a pause wants a reason and a condition, giving up wants a reason, and what was said of a pause goes with it.
func TestPassAsksForWords(t *testing.T) {
	for _, x := range []struct {
		to             State
		reason, resume string
		ok             bool
	}{{Paused, "", "Un recrutement", false}, {Paused, "Un départ", " ", false}, {Paused, "Un départ", "Un recrutement", true}, {Abandoned, "", "", false}, {Abandoned, "Plus de besoin", "", true}} {
		a := sheetIn(UnderWay)
		if err := a.Pass(x.to, today, x.reason, x.resume); (err == nil) != x.ok || err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: %v", x, err)
		}
	}
	a := sheetIn(Paused)
	if err := a.Pass(UnderWay, today, "", ""); err != nil || a.Reason != "" || a.Resume != "" || a.Since != today {
		t.Errorf("%+v, %v", a, err)
	}
}

// TestByHand: where the convention has a circuit nobody adopts by hand, and a proposal on its way alone moves what it carries.
func TestByHand(t *testing.T) {
	for _, x := range []struct {
		a       Action
		circuit bool
		want    []State
	}{
		{Action{State: Idea}, true, []State{Abandoned}},
		{Action{State: Idea}, false, []State{Adopted, Abandoned}},
		{Action{State: Proposed, Proposal: "p"}, true, nil},
		{Action{State: Proposed}, true, []State{Idea, Abandoned}},
		{Action{State: Proposed}, false, []State{Adopted, Idea, Abandoned}},
		{Action{State: Adopted}, true, []State{UnderWay, Paused, Abandoned}},
		{Action{State: Done}, true, []State{UnderWay}},
		{Action{State: Abandoned}, true, []State{Idea}},
	} {
		if got := x.a.ByHand(x.circuit); !slices.Equal(got, x.want) {
			t.Errorf("%+v, circuit %v: %v, want %v", x.a.State, x.circuit, got, x.want)
		}
	}
}

// TestSettle: a circuit that adopts again leaves what is carried out alone; one that takes back takes back whatever has begun.
func TestSettle(t *testing.T) {
	for _, x := range []struct{ from, to, want State }{{Proposed, Adopted, Adopted}, {UnderWay, Adopted, UnderWay}, {Done, Adopted, Done}, {UnderWay, Idea, Idea}, {Adopted, Proposed, Proposed},
		{Abandoned, Adopted, Adopted}} {
		a := sheetIn(x.from)
		if a.Settle(x.to, today); a.State != x.want {
			t.Errorf("%s settled as %s is %s, want %s", x.from, x.to, a.State, x.want)
		}
	}
}

func TestPlaceOf(t *testing.T) {
	c := &convention.Convention{Facts: convention.Facts{Axes: []convention.Axis{{ID: "a", Number: 1}, {ID: "b", Number: 2, Objectives: []convention.Objective{{ID: "x"}, {ID: "y"}}}}}}
	for aim, want := range map[string]string{"a": "1.7", "b": "2.7", "x": "2.1.7", "y": "2.2.7"} {
		axis, objective, ok := PlaceOf(c, aim)
		if got := ReferenceOf(axis, objective, 7); !ok || got != want {
			t.Errorf("%s: %s, want %s", aim, got, want)
		}
	}
	if _, _, ok := PlaceOf(c, "z"); ok {
		t.Error("an aim that the text has not")
	}
}

// TestTotalsEqualTheSumOfLines: whatever is added up in whatever order, the totals are those of the lines, kind by kind and year by year.
func TestTotalsEqualTheSumOfLines(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		var list []Means
		for range r.IntN(30) {
			list = append(list, Means{Funder: []string{"A", "B ", "B"}[r.IntN(3)], Year: 2023 + r.IntN(4), Kind: MeansKinds()[r.IntN(3)], Promised: r.Int64N(1000), Granted: r.Int64N(1000), Spent: r.Int64N(1000)})
		}
		lines, totals := Lines(list), Totals(list)
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		if !slices.Equal(lines, Lines(list)) || !slices.Equal(totals, Totals(list)) {
			t.Fatal("the order of entry changes the sums")
		}
		for _, total := range totals {
			var sum Sums
			for _, l := range lines {
				if l.Year == total.Year && l.Kind == total.Kind {
					sum = sum.Plus(l.Sums)
				}
			}
			if sum != total.Sums {
				t.Fatalf("%+v is not the sum of its lines %+v", total, sum)
			}
		}
	}
}

func TestParseAmount(t *testing.T) {
	for s, want := range map[string]int64{"": 0, "12 000": 1200000, "1 250,50": 125050, "0,5": 50, "-3": -300} {
		if got, ok := ParseAmount(s); !ok || got != want {
			t.Errorf("%q: %d %v, want %d", s, got, ok, want)
		}
	}
	for _, s := range []string{"beaucoup", "1,005", "99999999999999999999", "1;2"} {
		if got, ok := ParseAmount(s); ok {
			t.Errorf("%q is read as %d", s, got)
		}
	}
}
