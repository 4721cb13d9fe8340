package governance_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"entente/conventions"
	"entente/internal/convention"
	. "entente/internal/governance"
)

// committee reads a committee of a shipped convention: the real one, or the one of another shape.
func committee(t testing.TB, file, id string) *convention.Committee {
	t.Helper()
	src, err := conventions.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	c, _ := convention.Parse(file, src) // what it warns of stands in its own test
	return c.Committee(id)
}

const (
	real   = "etampois-sud-essonne-2023-2026"
	second = "contrat-local-sante-val-ambre-2025-2029"
)

// chairsOf are the seats of a committee, each held by the person of its number: "p0", "p1"…
func chairsOf(k *convention.Committee) []Chair {
	var out []Chair
	for i, s := range k.Places() {
		out = append(out, Chair{Seat: s.Key, Party: s.Party, Name: s.Say(), Holder: "p" + string(rune('0'+i))})
	}
	return out
}

// seen is a seat taken by a person; an empty person is its holder.
func seen(c Chair, presence Presence, sitter string) Attendance {
	return Attendance{ID: c.Seat, Seat: c.Seat, Party: c.Party, Holder: c.Holder, Presence: presence, Sitter: sitter}
}

func keys(r Roll) []string {
	var out []string
	for _, m := range r.Warnings {
		out = append(out, m.Key)
	}
	return out
}

func TestRoll(t *testing.T) {
	k := committee(t, real, "strategique") // two seats for each of caese, caf, cd, msa; representation is free
	named := committee(t, second, "suivi") // substitutes named in advance
	silent := committee(t, real, "operationnel")
	type hand struct {
		k       *convention.Committee
		chairs  []Chair
		records []Attendance
	}
	for _, c := range []struct {
		name  string
		deal  func(h *hand)
		there int
		proxy int
		warn  []string
	}{
		{"holders in the room and from afar", func(h *hand) {
			h.records = []Attendance{seen(h.chairs[0], Present, ""), seen(h.chairs[2], Remote, ""), seen(h.chairs[3], Excused, "")}
		}, 2, 0, nil},
		{"a person sent by an institution", func(h *hand) {
			h.records = []Attendance{seen(h.chairs[0], Present, "somebody")}
		}, 1, 0, nil},
		{"a representative who is only named", func(h *hand) {
			a := seen(h.chairs[0], Present, "")
			a.SitterName = "Mme Aubier"
			h.records = []Attendance{a}
		}, 1, 0, nil},
		{"nobody can be sent where the text names substitutes", func(h *hand) {
			h.k, h.chairs = named, chairsOf(named)
			h.chairs[1].Substitutes = []string{"sub"}
			h.records = []Attendance{seen(h.chairs[0], Present, "somebody"), seen(h.chairs[1], Present, "sub")}
		}, 1, 0, []string{"roll.not-admitted"}},
		{"where the text says nothing of substitutes and counts no heads, that one came is kept", func(h *hand) {
			h.k, h.chairs = silent, chairsOf(silent)
			h.chairs[1].Substitutes = []string{"sub"}
			h.records = []Attendance{seen(h.chairs[1], Present, "sub"), seen(h.chairs[0], Present, "")}
		}, 2, 0, []string{"roll.not-foreseen"}},
		{"where it counts heads, they do not count", func(h *hand) {
			counting := *silent
			counting.Majority = named.Majority
			h.k, h.chairs = &counting, chairsOf(silent)
			h.records = []Attendance{seen(h.chairs[1], Present, "sub"), seen(h.chairs[0], Present, "")}
		}, 1, 0, []string{"roll.not-admitted"}},
		{"a holder of two institutions counts once for each, with a warning", func(h *hand) {
			h.chairs[2].Holder = "p0"
			h.records = []Attendance{seen(h.chairs[0], Present, ""), seen(h.chairs[2], Present, "")}
		}, 2, 0, []string{"roll.two-institutions"}},
		{"nobody counts twice for one institution", func(h *hand) {
			h.chairs[1].Holder = "p0"
			h.records = []Attendance{seen(h.chairs[0], Present, ""), seen(h.chairs[1], Present, "")}
		}, 1, 0, []string{"roll.one-seat"}},
		{"a substitute who holds a seat has that one", func(h *hand) {
			h.chairs[0].Substitutes = []string{"p4"}
			h.records = []Attendance{seen(h.chairs[0], Present, "p4"), seen(h.chairs[4], Present, "")}
		}, 1, 0, []string{"roll.one-seat"}},
		{"unless it was said that they sit for the other", func(h *hand) {
			h.chairs[0].Substitutes = []string{"p4"}
			h.records = []Attendance{seen(h.chairs[0], Present, "p4"), seen(h.chairs[4], Excused, "")}
		}, 1, 0, nil},
		{"a seat vacated since the call", func(h *hand) {
			h.chairs[0].Holder = ""
			h.k, h.records = named, []Attendance{seen(h.chairs[0], Present, "p0")}
		}, 0, 0, []string{"roll.not-admitted"}},
		{"nobody in a vacant seat", func(h *hand) {
			h.chairs[0].Holder = ""
			h.records = []Attendance{seen(h.chairs[0], Present, "")}
		}, 0, 0, []string{"roll.vacant"}},
		{"a person sent for a vacant seat", func(h *hand) {
			h.chairs[0].Holder = ""
			h.records = []Attendance{seen(h.chairs[0], Present, "somebody")}
		}, 1, 0, []string{"roll.vacant-represented"}},
		{"a proxy borne", func(h *hand) {
			h.records = []Attendance{proxy(h.chairs[0], h.chairs[1]), seen(h.chairs[1], Present, "")}
		}, 1, 1, nil},
		{"a proxy whose bearer is away", func(h *hand) {
			h.records = []Attendance{proxy(h.chairs[0], h.chairs[1]), seen(h.chairs[1], Excused, "")}
		}, 0, 0, []string{"roll.proxy-bearer-away"}},
		{"a circle of proxies", func(h *hand) {
			h.records = []Attendance{proxy(h.chairs[0], h.chairs[1]), proxy(h.chairs[1], h.chairs[2]), proxy(h.chairs[2], h.chairs[0])}
		}, 0, 0, []string{"roll.proxy-bearer-away", "roll.proxy-bearer-away", "roll.proxy-bearer-away"}},
		{"a proxy to oneself", func(h *hand) {
			h.records = []Attendance{proxy(h.chairs[0], h.chairs[0])}
		}, 0, 0, []string{"roll.proxy-to-nobody"}},
		{"a seat that the text does not have any more", func(h *hand) {
			h.records = []Attendance{{Seat: "strategique/caese/9", Presence: Present}}
		}, 0, 0, []string{"roll.no-such-seat"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := hand{k: k, chairs: chairsOf(k)}
			c.deal(&h)
			r := CallRoll(h.k, h.chairs, h.records, "")
			got := r.Turnout("")
			if got.There() != c.there || got.Proxies != c.proxy || !slices.Equal(keys(r), c.warn) {
				t.Errorf("%d there, %d proxies, %v; want %d, %d, %v", got.There(), got.Proxies, keys(r), c.there, c.proxy, c.warn)
			}
		})
	}
}

func proxy(from, to Chair) Attendance {
	a := seen(from, ByProxy, "")
	a.ProxyTo = to.Seat
	return a
}

func TestRollAtAnHour(t *testing.T) {
	k := committee(t, real, "strategique")
	chairs := chairsOf(k)
	late, early := seen(chairs[0], Present, ""), seen(chairs[1], Remote, "")
	late.Arrived, early.Left = "14:30", "15:00"
	records := []Attendance{late, early, proxy(chairs[2], chairs[1])}
	for hour, want := range map[string][2]int{"14:00": {1, 1}, "14:30": {2, 1}, "15:00": {1, 0}, "": {2, 1}} {
		got := CallRoll(k, chairs, records, hour).Turnout("")
		if got.There() != want[0] || got.Proxies != want[1] {
			t.Errorf("at %q: %d there and %d proxies, want %v", hour, got.There(), got.Proxies, want)
		}
	}
}

// somebody draws attendance: any record of any seat, of seats that are none, of people who hold and who do not, proxies
// anywhere, hours anywhere.
func somebody(t *rapid.T, chairs []Chair) []Attendance {
	seat := rapid.SampledFrom(append(seatsOf(chairs), "no/such/seat"))
	person := rapid.SampledFrom([]string{"", "p0", "p1", "p2", "p3", "p4", "sub", "stranger"})
	hour := rapid.SampledFrom([]string{"", "14:00", "14:30", "15:00"})
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Attendance {
		return Attendance{ID: rapid.StringMatching("[a-z]{3}").Draw(t, "id"), Seat: seat.Draw(t, "seat"), Presence: rapid.SampledFrom(append(Presences(), Unrecorded)).Draw(t, "presence"),
			Sitter: person.Draw(t, "sitter"), SitterName: rapid.SampledFrom([]string{"", "Mme Aubier"}).Draw(t, "name"), ProxyTo: seat.Draw(t, "proxy"),
			Arrived: hour.Draw(t, "arrived"), Left: hour.Draw(t, "left")}
	}), 0, 20).Draw(t, "records")
}

func seatsOf(chairs []Chair) []string {
	var out []string
	for _, c := range chairs {
		out = append(out, c.Seat)
	}
	return out
}

// anybody gives the seats of a committee to anybody: to one person several of them, to nobody some.
func anybody(t *rapid.T, k *convention.Committee) []Chair {
	out := chairsOf(k)
	for i := range out {
		out[i].Holder = rapid.SampledFrom([]string{"", "p0", "p1", "p2", "p3", "p4"}).Draw(t, "holder")
		out[i].Substitutes = rapid.SliceOfN(rapid.SampledFrom([]string{"p0", "p1", "sub"}), 0, 2).Draw(t, "substitutes")
	}
	return out
}

// TestRollHolds: whatever was answered, seen and proxied, in whatever order, no seat counts twice, nobody sits twice for one
// institution, and a proxy never counts without its bearer.
func TestRollHolds(t *testing.T) {
	for _, k := range []*convention.Committee{committee(t, real, "strategique"), committee(t, real, "operationnel"), committee(t, second, "suivi")} {
		rapid.Check(t, func(t *rapid.T) {
			chairs := anybody(t, k)
			records := somebody(t, chairs)
			hour := rapid.SampledFrom([]string{"", "14:00", "14:45"}).Draw(t, "hour")
			r := CallRoll(k, append(chairs, chairs[0]), records, hour) // a chair that is called twice is one chair
			all := r.Turnout("")
			if all.Seats != len(chairs) || all.There()+all.Proxies > all.Seats {
				t.Fatalf("%d there and %d proxies for %d seats", all.There(), all.Proxies, all.Seats)
			}
			sits := map[string]bool{}
			for _, s := range r.Seats {
				if s.There && s.Proxied {
					t.Fatalf("%s counts twice", s.Seat)
				}
				if s.Proxied && !r.Of(s.Record.ProxyTo).There {
					t.Fatalf("the proxy of %s counts without its bearer", s.Seat)
				}
				if !s.There || s.Sitter == "" {
					continue
				}
				if key := s.Sitter + " for " + s.Party; sits[key] {
					t.Fatalf("%s sits twice", key)
				} else {
					sits[key] = true
				}
			}
			again := CallRoll(k, chairs, rapid.Permutation(records).Draw(t, "order"), hour)
			if uniqueIDs(records) && again.Turnout("") != all {
				t.Fatalf("in another order: %+v, not %+v", again.Turnout(""), all)
			}
		})
	}
}

// uniqueIDs tells whether order can be made of the records: the store has given each an identifier of its own.
func uniqueIDs(records []Attendance) bool {
	seen := map[string]bool{}
	for _, a := range records {
		if seen[a.ID] {
			return false
		}
		seen[a.ID] = true
	}
	return true
}

func TestFrozenRollIsTheSame(t *testing.T) {
	k := committee(t, real, "strategique")
	rapid.Check(t, func(t *rapid.T) {
		chairs := anybody(t, k)
		records := somebody(t, chairs)
		if !uniqueIDs(records) {
			t.Skip()
		}
		before := CallRoll(k, chairs, records, "")
		frozen := before.Frozen("m")
		for i := range chairs { // every mandate is another since
			chairs[i].Holder, chairs[i].Substitutes = "new", nil
		}
		after := CallRoll(k, FrozenChairs(chairs, frozen), frozen, "")
		if before.Turnout("") != after.Turnout("") {
			t.Fatalf("%+v became %+v", before.Turnout(""), after.Turnout(""))
		}
	})
}

func TestTurnTo(t *testing.T) {
	noon := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	agenda := []Item{{ID: "a"}, {ID: "b"}, {ID: "c"}}
	kept := map[string]ItemRecord{}
	turn := func(to string, at time.Time) {
		for _, r := range TurnTo(to, kept, at) {
			kept[r.ID] = r
		}
	}
	if got := NextItem(agenda, kept); got != "a" {
		t.Fatalf("begins with %q", got)
	}
	turn("a", noon)
	turn("c", noon.Add(5*time.Minute))
	if got := NextItem(agenda, kept); got != "b" {
		t.Errorf("after the last, what waits is %q, not b", got)
	}
	turn("a", noon.Add(7*time.Minute))
	turn("", noon.Add(8*time.Minute))
	if a, c := kept["a"], kept["c"]; a.Seconds != 360 || c.Seconds != 120 || a.State != Treated || CurrentItem(kept) != "" {
		t.Errorf("a took %d s, c %d s, a is %s, %q is current", a.Seconds, c.Seconds, a.State, CurrentItem(kept))
	}
	if got := kept["a"].Ended; !got.Equal(noon.Add(8 * time.Minute)) {
		t.Errorf("a ended %v", got)
	}
}

func TestTakeAnswer(t *testing.T) {
	for answer, want := range map[Answer]Presence{NoAnswer: Unrecorded, WillCome: Present, WillComeRemote: Remote, WillBeSubst: Present, GivesProxy: ByProxy, WillNotCome: Excused} {
		a := Attendance{Answer: answer, Substitute: "sub", Named: ""}
		if a.TakeAnswer(); a.Presence != want || (a.Sitter == "sub") != (answer == WillBeSubst) {
			t.Errorf("%q: %q, sat by %q", answer, a.Presence, a.Sitter)
		}
	}
}
