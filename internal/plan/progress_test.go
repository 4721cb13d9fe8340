package plan

import (
	"fmt"
	"maps"
	"testing"

	"pgregory.net/rapid"

	"entente/internal/calendar"
)

func quantity(n int64) *Quantity { q := Quantity(n) * Thousandth; return &q }

func TestMilestoneProgress(t *testing.T) {
	day := calendar.Must("2026-03-01")
	if p := MilestoneProgress(nil); p.Why != NothingToCount {
		t.Errorf("no milestone: %+v", p)
	}
	p := MilestoneProgress([]Milestone{{Weight: 3, Done: day}, {}})
	if p.Points != 7500 || p.Weight != 4 || !p.Computed() {
		t.Errorf("3 of 4 by weight: %+v", p)
	}
}

func TestIndicatorProgress(t *testing.T) {
	for name, c := range map[string]struct {
		base       *Quantity
		target     *Quantity
		decreasing bool
		value      *Quantity
		points     int
		why        Why
	}{
		"rises":       {quantity(10), quantity(20), false, quantity(15), 5000, ""},
		"falls":       {quantity(20), quantity(10), true, quantity(18), 2000, ""},
		"wrong way":   {quantity(10), quantity(20), false, quantity(5), -5000, ""},
		"falls wrong": {quantity(20), quantity(10), true, quantity(25), -5000, ""},
		"passed":      {quantity(0), quantity(4), false, quantity(5), 12500, ""},
		"bounded":     {quantity(0), quantity(1), false, quantity(1_000_000_000_000), MaxPoints, ""},
		"bounded low": {quantity(0), quantity(1), false, quantity(-1_000_000_000_000), -MaxPoints, ""},
		"no baseline": {nil, quantity(4), false, quantity(5), 0, NoBaseline},
		"no target":   {quantity(0), nil, false, quantity(5), 0, NoTarget},
		"same":        {quantity(4), quantity(4), false, quantity(4), 0, TargetIsStart},
		"against":     {quantity(4), quantity(8), true, quantity(6), 0, AgainstWay},
		"no value":    {quantity(0), quantity(4), false, nil, 0, NoValue},
	} {
		x := Indicator{ID: "i", Rhythm: Yearly, Baseline: c.base, Decreasing: c.decreasing}
		if c.target != nil {
			x.Targets = map[int]Quantity{2026: *c.target}
		}
		var values []Value
		if c.value != nil {
			values = []Value{{Indicator: "i", Year: 2026, Period: "2026", State: ValueApproved, Amount: *c.value}}
		}
		if p := IndicatorProgress(x, 2026, values); p.Points != c.points || p.Why != c.why {
			t.Errorf("%s: %+v", name, p)
		}
	}
}

func TestYearOf(t *testing.T) {
	at := func(period, part string, s ValueState, n int64) Value {
		return Value{Indicator: "i", Year: 2026, Period: period, Part: part, State: s, Amount: *quantity(n)}
	}
	values := []Value{
		at("2026-T2", "", ValueApproved, 7), at("2026-T1", "", ValueApproved, 5), at("2026-T3", "", ValueSubmitted, 100),
		at("2026-T4", "", ValueDraft, 100), at("2026-T2", "0-3 ans", ValueApproved, 100), at("2026-01", "", ValueApproved, 100),
	}
	x := Indicator{ID: "i", Rhythm: Quarterly}
	if f := YearOf(x, 2026, values); f != (YearFigure{*quantity(7), 2, 4}) {
		t.Errorf("last: %+v", f)
	}
	x.Cumulative = true
	if f := YearOf(x, 2026, values); f != (YearFigure{*quantity(12), 2, 4}) {
		t.Errorf("cumulative: %+v", f)
	}
	if list := Monthly.PeriodsOf(2026); len(list) != 12 || list[0] != "2026-01" || list[11] != "2026-12" {
		t.Errorf("months: %v", list)
	}
}

// Only approved values weigh: whatever else is added changes no figure.
func TestOnlyApprovedValuesCount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := Indicator{ID: "i", Rhythm: Monthly, Baseline: quantity(0), Targets: map[int]Quantity{2026: *quantity(50)}, Cumulative: rapid.Bool().Draw(t, "cumulative")}
		var approved, all []Value
		for i, p := range Monthly.PeriodsOf(2026) {
			v := Value{Indicator: "i", Year: 2026, Period: p, Amount: Quantity(rapid.Int64Range(-9000, 9000).Draw(t, fmt.Sprint("amount", i)))}
			v.State = rapid.SampledFrom(ValueStates()).Draw(t, fmt.Sprint("state", i))
			all = append(all, v)
			if v.State == ValueApproved {
				approved = append(approved, v)
			}
		}
		all = rapid.Permutation(all).Draw(t, "order")
		if a, b := IndicatorProgress(x, 2026, approved), IndicatorProgress(x, 2026, all); a != b {
			t.Fatalf("%+v, with values not approved %+v", a, b)
		}
	})
}

// Figures kept through any sequence of edits are those of a computation from scratch, by objective and for the axis as a whole.
func TestRollUpEqualsRecomputation(t *testing.T) {
	objectives := []string{"o1", "o2", "o3"}
	rapid.Check(t, func(t *rapid.T) {
		actions, of := map[string]Action{}, map[string]Progress{}
		kept := map[string]Tally{}
		var axis Tally
		part := func(id string) (string, Tally) {
			a, has := actions[id]
			if !has || !a.Counts() {
				return a.Objective, Tally{}
			}
			return a.Objective, TallyOf(of[id], a.Share())
		}
		for i := range rapid.IntRange(1, 30).Draw(t, "edits") {
			id := rapid.SampledFrom([]string{"a", "b", "c", "d", "e"}).Draw(t, fmt.Sprint("action", i))
			o, old := part(id)
			kept[o], axis = kept[o].Minus(old), axis.Minus(old)
			if rapid.IntRange(0, 4).Draw(t, fmt.Sprint("remove", i)) == 0 {
				delete(actions, id)
				continue
			}
			actions[id] = Action{ID: id, Objective: rapid.SampledFrom(objectives).Draw(t, fmt.Sprint("objective", i)),
				State: rapid.SampledFrom(States()).Draw(t, fmt.Sprint("state", i)), Weight: rapid.IntRange(0, MaxWeight).Draw(t, fmt.Sprint("weight", i))}
			of[id] = Progress{Points: rapid.IntRange(-MaxPoints, MaxPoints).Draw(t, fmt.Sprint("points", i)),
				Why: rapid.SampledFrom([]Why{"", "", "", NoValue}).Draw(t, fmt.Sprint("why", i))}
			o, now := part(id)
			kept[o], axis = kept[o].Plus(now), axis.Plus(now)
		}
		var list []Action
		for a := range maps.Values(actions) {
			list = append(list, a)
		}
		scratch, whole := RollUp(list, of), Tally{}
		for _, o := range objectives {
			if kept[o] != scratch[o] {
				t.Fatalf("%s: kept %+v, from scratch %+v", o, kept[o], scratch[o])
			}
			whole = whole.Plus(scratch[o])
		}
		p := whole.Progress()
		if axis != whole || p.Computed() != (whole.Of > 0 && whole.Counted == whole.Of) || p.Points < 0 || p.Points > Whole {
			t.Fatalf("axis: kept %+v, from scratch %+v, progress %+v", axis, whole, p)
		}
	})
}

func TestPartialDataIsNotComputed(t *testing.T) {
	actions := []Action{{ID: "a", Objective: "o", State: UnderWay}, {ID: "b", Objective: "o", State: Done}, {ID: "c", Objective: "o", State: Idea}}
	p := RollUp(actions, map[string]Progress{"a": {Points: Whole}})["o"].Progress()
	if p.Why != Incomplete || p.Counted != 1 || p.Of != 2 || p.Points != 0 {
		t.Errorf("one of two has a figure: %+v", p)
	}
}
