package governance_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
	. "entente/internal/governance"
)

func chair(seat, party, holder string, substitutes ...string) Chair {
	return Chair{Seat: seat, Party: party, Holder: holder, Substitutes: substitutes}
}

// fourChairs are two seats of the north, of which the second has a substitute who holds the first of the south, and one vacant.
func fourChairs() []Chair {
	return []Chair{chair("k/n/1", "n", "ana"), chair("k/n/2", "n", "bea", "cleo", "zoe"), chair("k/s/1", "s", "cleo"), chair("k/s/2", "s", "")}
}

func says(seat, holder string, answer Answer, edit ...func(*Attendance)) Attendance {
	a := Attendance{Seat: seat, Holder: holder, Answer: answer}
	for _, e := range edit {
		e(&a)
	}
	return a
}

func by(person string) func(*Attendance) { return func(a *Attendance) { a.Substitute = person } }
func named(name string) func(*Attendance) {
	return func(a *Attendance) { a.Named = name }
}
func to(seat string) func(*Attendance) { return func(a *Attendance) { a.ProxyTo = seat } }

func TestCheckAnswer(t *testing.T) {
	all := []Attendance{says("k/s/1", "cleo", GivesProxy, to("k/n/1"))}
	for _, c := range []struct {
		name string
		a    Attendance
		rule convention.Substitution
		want []string
	}{
		{"present", says("k/n/1", "ana", WillCome), "", nil},
		{"nothing said", says("k/n/1", "ana", NoAnswer), "", []string{"answer"}},
		{"represented where nobody may be", says("k/n/2", "bea", WillBeSubst, by("zoe")), convention.SubstitutionNone, []string{"answer"}},
		{"represented by a named substitute", says("k/n/2", "bea", WillBeSubst, by("zoe")), convention.SubstitutionNamed, nil},
		{"represented by somebody else's substitute", says("k/n/1", "ana", WillBeSubst, by("zoe")), convention.SubstitutionNamed, []string{"substitute"}},
		{"represented by nobody", says("k/n/2", "bea", WillBeSubst), convention.SubstitutionNamed, []string{"substitute"}},
		{"a name where substitutes are named in advance", says("k/n/2", "bea", WillBeSubst, named("Eve")), convention.SubstitutionNamed, []string{"named"}},
		{"a name where anybody may be mandated", says("k/n/1", "ana", WillBeSubst, named("Eve, directrice")), convention.SubstitutionFree, nil},
		{"two representatives", says("k/n/2", "bea", WillBeSubst, by("zoe"), named("Eve")), convention.SubstitutionFree, []string{"named"}},
		{"nobody named, and nobody to choose", says("k/n/1", "ana", WillBeSubst), convention.SubstitutionFree, []string{"named"}},
		{"proxy", says("k/n/2", "bea", GivesProxy, to("k/n/1")), "", nil},
		{"proxy to nobody", says("k/n/2", "bea", GivesProxy), "", []string{"proxy"}},
		{"proxy to oneself", says("k/n/2", "bea", GivesProxy, to("k/n/2")), "", []string{"proxy"}},
		{"proxy to a vacant seat", says("k/n/2", "bea", GivesProxy, to("k/s/2")), "", []string{"proxy"}},
		{"proxy to a seat of another committee", says("k/n/2", "bea", GivesProxy, to("x/n/1")), "", []string{"proxy"}},
		{"proxy to who has given theirs", says("k/n/2", "bea", GivesProxy, to("k/s/1")), "", []string{"proxy"}},
		{"proxy in a circle", says("k/n/1", "ana", GivesProxy, to("k/s/1")), "", []string{"proxy"}},
	} {
		if got := faulty(CheckAnswer(c.a, all, fourChairs(), c.rule)); !slices.Equal(got, c.want) {
			t.Errorf("%s: faults on %v, want %v", c.name, got, c.want)
		}
	}
	for _, seat := range []string{"k/s/2", "x/n/1"} {
		if err := CheckAnswer(says(seat, "ana", WillCome), nil, fourChairs(), ""); !fault.Is(err, fault.Invalid) {
			t.Errorf("an answer for %s: %v, want refused", seat, err)
		}
	}
}

func TestProxyCircle(t *testing.T) {
	a, b, c := says("a", "x", GivesProxy, to("b")), says("b", "y", GivesProxy, to("c")), says("c", "z", GivesProxy, to("a"))
	if got := ProxyCircle([]Attendance{a, b, c}); !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Errorf("circle of three: %v", got)
	}
	if got := ProxyCircle([]Attendance{says("d", "w", GivesProxy, to("a")), a, says("b", "y", GivesProxy, to("a"))}); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("a way into a circle: %v, want the circle alone", got)
	}
	if got := ProxyCircle([]Attendance{a, b, says("c", "z", WillCome, to("a"))}); got != nil {
		t.Errorf("no circle: %v", got)
	}
}

func TestTidyAndAskAgain(t *testing.T) {
	a := Attendance{Seat: "k/n/2", Answer: WillCome, Substitute: "zoe", Named: "Eve", ProxyTo: "k/n/1", Declined: []string{"zoe"}, ForDay: must("2026-12-08"), ForTime: "14:00"}
	if got := a.Tidy(); got.Substitute != "" || got.Named != "" || got.ProxyTo != "" {
		t.Errorf("tidied: %+v", got)
	}
	for _, c := range []struct {
		m    Meeting
		want bool
	}{{Meeting{Day: must("2026-12-08"), Time: "14:00"}, false}, {Meeting{Day: must("2026-12-09"), Time: "14:00"}, true}, {Meeting{Day: must("2026-12-08"), Time: "15:00"}, true}} {
		if got := a.Stale(c.m); got != c.want {
			t.Errorf("stale for %v %s: %v", c.m.Day, c.m.Time, got)
		}
	}
	got := a.Ask()
	if got.Declared() || got.Former != WillCome || got.ForDay != a.ForDay || len(got.Declined) != 0 {
		t.Errorf("asked again: %+v", got)
	}
}

func TestConcernsAndCounts(t *testing.T) {
	all := []Attendance{
		says("k/n/1", "ana", GivesProxy, to("k/s/2")),
		says("k/n/2", "bea", WillBeSubst, by("cleo")),
		says("k/s/1", "cleo", WillComeRemote),
		says("k/s/2", "gone", WillCome),
	}
	want := []Concern{{BearerAway, "k/n/1", "k/s/2"}, {CountedElsewhere, "k/n/2", "cleo"}, {NotCalled, "k/s/2", ""}}
	if diff := cmp.Diff(want, Concerns(fourChairs(), all)); diff != "" {
		t.Errorf("concerns (-want +got):\n%s", diff)
	}
	counts := []Tally{{Party: "n", Proxy: 1, Doubled: 1}, {Party: "s", Remote: 1, Vacant: 1}}
	if diff := cmp.Diff(counts, Expected(fourChairs(), all)); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	all[1].Substitute, all[1].Declined = "zoe", []string{"zoe"}
	if got := Concerns(fourChairs(), all); !slices.Contains(got, Concern{CannotStandIn, "k/n/2", "zoe"}) {
		t.Errorf("a substitute who said that they cannot: %v", got)
	}
}

func TestWithDelegates(t *testing.T) {
	in := calendar.Period{From: must("2026-01-01")}
	acts := []Delegation{{Party: "n", Person: "dan", Period: in}, {Party: "n", Person: "ana", Period: in}, {Party: "s", Person: "eve", Period: period("2025-01-01", "2025-12-31")}}
	chairs := fourChairs()
	got := WithDelegates(chairs, acts, must("2026-12-08"))
	if !slices.Equal(got[0].Substitutes, []string{"dan"}) || !slices.Equal(got[1].Substitutes, []string{"cleo", "zoe", "dan", "ana"}) || len(got[2].Substitutes) != 0 {
		t.Errorf("substitutes: %v, %v, %v", got[0].Substitutes, got[1].Substitutes, got[2].Substitutes)
	}
	if len(chairs[0].Substitutes) != 0 {
		t.Error("the chairs given were changed")
	}
}

// TestNoSeatCountsTwice: whatever the order of answers, no circle of proxies is ever admitted, every seat is counted once, and
// nobody who stands in counts for more than one seat.
func TestNoSeatCountsTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		chairs := drawChairs(t)
		var all []Attendance
		for range rapid.IntRange(0, 30).Draw(t, "answers") {
			c := rapid.SampledFrom(chairs).Draw(t, "chair")
			a := Attendance{Seat: c.Seat, Holder: c.Holder, Answer: rapid.SampledFrom(Answers()).Draw(t, "answer")}
			a.ProxyTo = rapid.SampledFrom(chairs).Draw(t, "bearer").Seat
			if len(c.Substitutes) > 0 {
				a.Substitute = rapid.SampledFrom(c.Substitutes).Draw(t, "substitute")
			}
			a = a.Tidy()
			if CheckAnswer(a, all, chairs, convention.SubstitutionNamed) == nil {
				all = Replace(all, a)
			}
			if circle := ProxyCircle(all); circle != nil {
				t.Fatalf("a circle was admitted: %v", circle)
			}
		}
		counts := Expected(chairs, all)
		if got := Sum(counts); got.Seats() != len(chairs) {
			t.Fatalf("%d seats counted of %d", got.Seats(), len(chairs))
		}
		if got := Sum(counts); got.Coming() > len(chairs) || got.Represented > distinctStandIns(all) {
			t.Fatalf("%+v with %d who stand in", got, distinctStandIns(all))
		}
	})
}

func drawChairs(t *rapid.T) []Chair {
	people := []string{"", "ana", "bea", "cleo", "dan", "eve", "zoe"}
	var out []Chair
	for i := range rapid.IntRange(1, 8).Draw(t, "chairs") {
		out = append(out, chair(fmt.Sprintf("k/%d", i), rapid.SampledFrom([]string{"n", "s"}).Draw(t, "party"), rapid.SampledFrom(people).Draw(t, "holder"),
			rapid.SliceOfNDistinct(rapid.SampledFrom(people[1:]), 0, 3, rapid.ID[string]).Draw(t, "substitutes")...))
	}
	return out
}

func distinctStandIns(all []Attendance) int {
	seen := map[string]bool{}
	for _, a := range all {
		if a.Answer == WillBeSubst {
			seen[a.Substitute] = true
		}
	}
	return len(seen)
}
