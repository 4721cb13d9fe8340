package governance_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	. "entente/internal/governance"
)

func lineKeys(lines []Line) []string {
	var out []string
	for _, l := range lines {
		if l.Say.IsZero() {
			out = append(out, l.Text)
		} else {
			out = append(out, strings.TrimPrefix(l.Say.Key, "compose."))
		}
	}
	return out
}

func itself(s string) string { return s }

// TestComposeMinutes tells a meeting in the order in which it is read.
func TestComposeMinutes(t *testing.T) {
	p := Proceedings{Party: itself, Person: itself, Clock: itself, Quorum: "5",
		Chairs: []Chair{{Seat: "s/a/1", Party: "a"}, {Seat: "s/b/1", Party: "b"}, {Seat: "s/c/1", Party: "c"}},
		Seats: []Attendance{
			{Seat: "s/c/1", Party: "c", Holder: "Cléo", Presence: ByProxy, ProxyTo: "s/a/1"},
			{Seat: "s/a/1", Party: "a", Holder: "Ada", Sitter: "Al", Presence: Remote, Arrived: "14:10"},
			{Seat: "s/b/1", Party: "b", Holder: "Bo", Presence: Excused},
			{Seat: "s/z/1", Party: "z", Holder: "Zoé", Presence: Absent},
		},
		Items:     []Item{{ID: "1", Title: "Avis *net*", Audience: ForSpace}, {ID: "2", Title: "Caché", Audience: ForCoordinators}, {ID: "3", Title: "Report", Audience: ForCommittee}, {ID: "4", Title: "Rien", Audience: ForSpace}},
		Records:   map[string]ItemRecord{"1": {Notes: "On a dit.", State: Treated}, "3": {Outcome: Postponed, Reasons: "Trop tôt.", State: Treated}},
		Positions: []Position{{Item: "1", Party: "a", Stance: Favourable}, {Item: "1", Party: "b", Stance: FavourableWithReservations, Text: "Si budget."}, {Item: "1", Party: "c"}},
		Decisions: []Decision{{Item: "1", Year: 2026, Number: 4, Outcome: AdoptedWithChanges, Text: "Oui.", Reasons: "Prudence.", Vote: &Vote{For: 2, Quorum: true}}},
		FollowUps: []FollowUp{{Item: "1", Text: "Écrire", Person: "Ada", Due: must("2026-12-01")}, {Item: "1", Text: "Relire"}},
		Next:      &Meeting{Day: must("2027-01-05"), Time: "14:00", Place: "Mairie"},
	}
	lines := ComposeMinutes(p)
	want := []string{"participants", "there", "proxy", "excused", "absent", "quorum",
		"item", "On a dit.", "stance.favourable", "stance-because.reservations", "Si budget.", "stance.none", "vote", "not-carried", "decision.adopted-with-changes", "Oui.", "reasons",
		"follow-ups", "follow-up.who-when", "Relire",
		"item", "outcome.postponed", "reasons", "item", "not-treated", "next", "next-time-place"}
	if got := lineKeys(lines); !slices.Equal(got, want) {
		t.Errorf("told\n%v, want\n%v", got, want)
	}
	if p.Left() != 1 {
		t.Errorf("%d items left out", p.Left())
	}
	if title := lines[6].Say.Args["title"]; title != `Avis \*net\*` {
		t.Errorf("a title is taken for marks: %v", title)
	}
	if lines[6].Say.Args["number"] != "1" || lines[20].Say.Args["number"] != "2" {
		t.Error("the items are not numbered without gap")
	}
}

// TestComposeTellsAgreementOnce where every institution is favourable.
func TestComposeTellsAgreementOnce(t *testing.T) {
	p := Proceedings{Party: itself, Person: itself, Clock: itself, Items: []Item{{ID: "1", Title: "Avis", Audience: ForSpace}},
		Positions: []Position{{Item: "1", Party: "a", Stance: Favourable}, {Item: "1", Party: "b", Stance: Favourable}}}
	got := lineKeys(ComposeMinutes(p))
	if !slices.Contains(got, "all-favourable") || slices.Contains(got, "stance.favourable") || !slices.Contains(got, "nobody") {
		t.Errorf("told %v", got)
	}
	p.Positions = []Position{{Item: "1", Party: "a"}, {Item: "1", Party: "b"}}
	if got := lineKeys(ComposeMinutes(p)); slices.Contains(got, "stance.none") {
		t.Errorf("positions that nobody asked for are told: %v", got)
	}
}

// TestEveryPositionIsTold: whatever the stances, each institution stands in exactly one sentence.
func TestEveryPositionIsTold(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p := Proceedings{Party: itself, Person: itself, Clock: itself, Items: []Item{{ID: "1", Audience: ForSpace}}}
		given := false
		for _, party := range []string{"a", "b", "c", "d"}[:rapid.IntRange(1, 4).Draw(r, "parties")] {
			x := Position{Item: "1", Party: party, Stance: rapid.SampledFrom(Stances()).Draw(r, "stance"), Text: rapid.SampledFrom([]string{"", "Mots."}).Draw(r, "text")}
			given = given || x.Stance != NotGiven
			p.Positions = append(p.Positions, x)
		}
		told := map[string]int{}
		for _, l := range ComposeMinutes(p) {
			if one, ok := l.Say.Args["party"].(string); ok {
				told[one]++
			}
			many, _ := l.Say.Args["parties"].([]string)
			for _, one := range many {
				told[one]++
			}
		}
		for _, x := range p.Positions {
			if want := map[bool]int{true: 1}[given]; told[x.Party] != want {
				r.Fatalf("%s is told %d times, want %d", x.Party, told[x.Party], want)
			}
		}
	})
}

func TestNextAfter(t *testing.T) {
	list := []Meeting{{ID: "a", Day: must("2026-01-01"), State: Planned}, {ID: "b", Day: must("2026-02-01"), State: Cancelled}, {ID: "c", Day: must("2026-03-01"), State: Planned}}
	if got := NextAfter(list, must("2026-01-01")); got == nil || got.ID != "c" {
		t.Errorf("next is %v", got)
	}
	if got := NextAfter(list, must("2026-03-01")); got != nil {
		t.Errorf("next is %v", got)
	}
}
