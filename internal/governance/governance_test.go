package governance_test

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"entente/internal/calendar"
	"entente/internal/fault"
	. "entente/internal/governance"
)

var must = calendar.Must

func period(from, to string) calendar.Period { return calendar.Period{From: must(from), To: must(to)} }

func faulty(err error) []string {
	var e *fault.Error
	if !errors.As(err, &e) {
		return nil
	}
	var out []string
	for _, f := range e.Fields {
		out = append(out, f.Name)
	}
	return out
}

func TestMandateCheck(t *testing.T) {
	taken := []Mandate{{ID: "a", Seat: "s/p/1", Person: "x", Role: Holder, Period: period("2024-01-01", "2025-12-31")}}
	good := Mandate{ID: "b", Seat: "s/p/1", Person: "y", Role: Holder, Period: period("2026-01-01", "")}
	for _, c := range []struct {
		name string
		edit func(*Mandate)
		want []string
	}{
		{"the day after another ends", func(*Mandate) {}, nil},
		{"its last day is taken", func(m *Mandate) { m.Period.From = must("2025-12-31") }, []string{"from"}},
		{"a substitute may stand beside a holder", func(m *Mandate) { m.Role, m.Period.From = Substitute, must("2025-01-01") }, nil},
		{"another seat", func(m *Mandate) { m.Seat, m.Period.From = "s/p/2", must("2025-01-01") }, nil},
		{"the mandate itself", func(m *Mandate) { m.ID, m.Period.From = "a", must("2024-06-01") }, nil},
		{"nobody", func(m *Mandate) { m.Person = "" }, []string{"person"}},
		{"no start", func(m *Mandate) { m.Period = calendar.Period{} }, []string{"from"}},
		{"ends before it begins", func(m *Mandate) { m.Period.To = must("2025-12-31") }, []string{"to"}},
		{"unknown role", func(m *Mandate) { m.Role = "guest" }, []string{"role"}},
		{"carried over without an end", func(m *Mandate) { m.CarriedOver = must("2027-01-01") }, []string{"carried-over"}},
		{"carried over to before its end", func(m *Mandate) {
			m.Period.To, m.CarriedOver = must("2026-12-31"), must("2026-12-31")
		}, []string{"carried-over"}},
	} {
		m := good
		c.edit(&m)
		if got := faulty(m.Check(taken)); !slices.Equal(got, c.want) {
			t.Errorf("%s: faults on %v, want %v", c.name, got, c.want)
		}
	}
}

func TestACarriedOverMandateKeepsTheSeat(t *testing.T) {
	old := Mandate{ID: "a", Seat: "s", Person: "x", Role: Holder, Period: period("2024-01-01", "2025-12-31"), CarriedOver: must("2026-03-31")}
	next := Mandate{ID: "b", Seat: "s", Person: "y", Role: Holder, Period: period("2026-03-31", "")}
	if got := faulty(next.Check([]Mandate{old})); !slices.Equal(got, []string{"from"}) {
		t.Errorf("two holders on one day: faults on %v", got)
	}
	next.Period.From = must("2026-04-01")
	if err := next.Check([]Mandate{old}); err != nil {
		t.Error(err)
	}
}

func TestOccupy(t *testing.T) {
	mandates := []Mandate{
		{ID: "1", Seat: "s", Person: "x", Role: Holder, Period: period("2024-01-01", "2025-12-31"), CarriedOver: must("2026-02-28")},
		{ID: "2", Seat: "s", Person: "y", Role: Holder, Period: period("2026-06-01", "2026-12-31")},
		{ID: "3", Seat: "s", Person: "z", Role: Substitute, Period: period("2026-01-01", "")},
		{ID: "4", Seat: "other", Person: "w", Role: Holder, Period: period("2020-01-01", "")},
	}
	for _, c := range []struct {
		day    string
		state  SeatState
		holder string
		next   string
		subs   int
	}{
		{"2023-12-31", Vacant, "", "1", 0},
		{"2024-01-01", Filled, "1", "2", 0},
		{"2025-12-31", EndsSoon, "", "", 0}, // carried over until 28 February: its last day is 59 days ahead
		{"2025-12-30", Filled, "1", "2", 0},
		{"2026-01-01", CarriedOver, "1", "2", 1},
		{"2026-02-28", CarriedOver, "1", "2", 1},
		{"2026-03-01", Vacant, "", "2", 1},
		{"2026-06-01", Filled, "2", "", 1},
		{"2026-11-01", Filled, "2", "", 1},
		{"2026-11-02", EndsSoon, "2", "", 1},
		{"2026-12-31", EndsSoon, "2", "", 1},
		{"2027-01-01", Vacant, "", "", 1},
	} {
		o := Occupy("s", mandates, must(c.day))
		if o.State != c.state {
			t.Errorf("on %s the seat is %s, want %s", c.day, o.State, c.state)
		}
		if c.holder != "" && (o.Holder == nil || o.Holder.ID != c.holder) || len(o.Substitutes) != c.subs && c.state != EndsSoon {
			t.Errorf("on %s: holder %v, %d substitutes", c.day, o.Holder, len(o.Substitutes))
		}
		if c.next != "" && (o.Next == nil || o.Next.ID != c.next) {
			t.Errorf("on %s the next mandate is %v", c.day, o.Next)
		}
	}
}

// Whatever mandates a seat was accepted with, no day has two holders.
func TestNoDayHasTwoHolders(t *testing.T) {
	start := must("2024-01-01")
	rapid.Check(t, func(t *rapid.T) {
		var held []Mandate
		for i := range rapid.IntRange(1, 8).Draw(t, "n") {
			m := Mandate{ID: string(rune('a' + i)), Seat: "s", Person: "p", Role: Holder,
				Period: calendar.Period{From: start.AddDays(rapid.IntRange(0, 400).Draw(t, "from"))}}
			if rapid.Bool().Draw(t, "closed") {
				m.Period.To = m.Period.From.AddDays(rapid.IntRange(0, 100).Draw(t, "days"))
				if rapid.Bool().Draw(t, "carried") {
					m.CarriedOver = m.Period.To.AddDays(rapid.IntRange(1, 50).Draw(t, "more"))
				}
			}
			if m.Check(held) == nil {
				held = append(held, m)
			}
		}
		for d := range 600 {
			n := 0
			for _, m := range held {
				if m.InForce(start.AddDays(d)) {
					n++
				}
			}
			if n > 1 {
				t.Fatalf("%d holders on %v: %+v", n, start.AddDays(d), held)
			}
		}
	})
}

func TestMeetingCheck(t *testing.T) {
	today := must("2026-11-23")
	for _, c := range []struct {
		name string
		m    Meeting
		want []string
	}{
		{"held today", Meeting{Committee: "c", Day: today, State: Held, Time: "14:00"}, nil},
		{"held tomorrow", Meeting{Committee: "c", Day: today.AddDays(1), State: Held}, []string{"state"}},
		{"planned in the past", Meeting{Committee: "c", Day: today.AddDays(-1), State: Planned}, nil},
		{"nothing", Meeting{}, []string{"committee", "day", "state"}},
		{"25 o'clock", Meeting{Committee: "c", Day: today, State: Planned, Time: "25:00"}, []string{"time"}},
		{"a time of letters", Meeting{Committee: "c", Day: today, State: Planned, Time: "ab:cd"}, []string{"time"}},
		{"a half time", Meeting{Committee: "c", Day: today, State: Planned, Time: "1x:00"}, []string{"time"}},
	} {
		if got := faulty(c.m.Check(today)); !slices.Equal(got, c.want) {
			t.Errorf("%s: faults on %v, want %v", c.name, got, c.want)
		}
	}
}

func TestDelegationAndSignatureCheck(t *testing.T) {
	today := must("2026-11-23")
	d := Delegation{Party: "p", Person: "x", Date: today, Document: "arrêté 12", Period: period("2026-11-23", "")}
	if err := d.Check(); err != nil {
		t.Error(err)
	}
	d.Document, d.Period.To = "", must("2026-01-01")
	if got := faulty(d.Check()); !slices.Equal(got, []string{"document", "to"}) {
		t.Errorf("faults on %v", got)
	}
	if got := faulty((Signature{Party: "p", Date: today.AddDays(1)}).Check(today)); !slices.Equal(got, []string{"date"}) {
		t.Errorf("faults on %v", got)
	}
	if got := faulty((Signature{}).Check(today)); !slices.Equal(got, []string{"party", "date"}) {
		t.Errorf("faults on %v", got)
	}
}
