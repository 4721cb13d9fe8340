package governance_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/internal/convention"
	"entente/internal/fault"
	. "entente/internal/governance"
)

func TestCalled(t *testing.T) {
	var got []string
	for _, c := range Called(fourChairs()) {
		line := c.Person
		for _, s := range c.Seats {
			line += " " + s.Seat
			if s.Substitute {
				line += "*"
			}
		}
		got = append(got, line)
	}
	want := []string{"ana k/n/1", "bea k/n/2", "cleo k/n/2* k/s/1", "zoe k/n/2*"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("called (-want +got):\n%s", diff)
	}
	if got := Vacancies(fourChairs()); len(got) != 1 || got[0].Seat != "k/s/2" {
		t.Errorf("vacancies: %v", got)
	}
}

// TestNobodyIsCalledTwice: nobody is called twice, no seat that is held is forgotten, and for a vacant one nobody is called.
func TestNobodyIsCalledTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		chairs := drawChairs(t)
		people, seats := map[string]bool{}, map[string]bool{}
		for _, c := range Called(chairs) {
			if people[c.Person] {
				t.Fatalf("%s is called twice", c.Person)
			}
			people[c.Person] = true
			for _, s := range c.Seats {
				if s.Holder == "" || s.Substitute == (s.Holder == c.Person) {
					t.Fatalf("%s is called for %+v", c.Person, s)
				}
				seats[s.Seat] = seats[s.Seat] || !s.Substitute
			}
		}
		for _, c := range chairs {
			if seats[c.Seat] != (c.Holder != "") {
				t.Fatalf("seat %s with holder %q: called %v", c.Seat, c.Holder, seats[c.Seat])
			}
		}
	})
}

// convening is a call that lacks nothing, of a committee with a notice of fifteen days.
func convening() Convening {
	text := &convention.Convention{Facts: convention.Facts{Parties: []convention.Party{{ID: "n", Short: "le Nord"}, {ID: "s", Short: "le Sud"}},
		Committees: []convention.Committee{{ID: "k", Name: "Comité", Notice: 15, ConvenedBy: []string{"n"}, Place: convention.Place{Ref: "4"}}}}}
	return Convening{
		Meeting: Meeting{Committee: "k", Day: must("2026-12-08"), Time: "14:00", State: Planned, Place: "Mairie"}, Name: "Comité", Text: text,
		Committee: &text.Committees[0], Custom: Usual("k"), By: "n", Today: must("2026-11-23"),
		Chairs: fourChairs()[:3], ByMail: func(person string) bool { return person != "zoe" },
		Items: []Item{{ID: "i1", Rank: 1, Kind: ForInformation, Title: "Point d’étape", Audience: ForSpace},
			{ID: "i2", Rank: 2, Kind: ForDecision, Title: "Notes internes", Audience: ForCoordinators},
			{ID: "i3", Rank: 3, Kind: ForDecision, Title: "Orientation", Audience: ForCommittee}},
		Documents: []ManifestDocument{{ID: "d1", Name: "Bilan.pdf", Digest: "aa"}},
	}
}

func TestComposeIsCanonical(t *testing.T) {
	m := Compose(convening())
	if len(m.Items) != 2 || m.Items[1].Title != "Orientation" || m.Items[1].Rank != 2 {
		t.Errorf("what is for the coordinators alone is sent, or ranks have holes: %+v", m.Items)
	}
	if len(m.Recipients) != 5 || m.Recipients[4].ByMail || !m.Recipients[0].ByMail || m.Late != 0 {
		t.Errorf("recipients: %+v, late %d", m.Recipients, m.Late)
	}
	var back Manifest
	if err := json.Unmarshal(m.Canonical(), &back); err != nil || back.SHA256() != m.SHA256() || len(m.SHA256()) != 64 {
		t.Errorf("read back, it has another digest (%v)", err)
	}
	if empty := Compose(Convening{Committee: &convention.Committee{}, ByMail: func(string) bool { return false }}); string(empty.Canonical()) !=
		`{"committee":"","name":"","day":"","time":"","minutes":0,"place":"","remote":"","items":[],"documents":[],"recipients":[],"changes":[],"late":0}` {
		t.Errorf("empty: %s", empty.Canonical())
	}
}

func keysOf(list []fault.Message) []string {
	out := []string{}
	for _, m := range list {
		out = append(out, m.Key)
	}
	return out
}

func TestComplete(t *testing.T) {
	for _, c := range []struct {
		name              string
		edit              func(*Convening)
		missing, warnings []string
	}{
		{"everything there", func(*Convening) {}, nil, nil},
		{"no hour, no place", func(c *Convening) { c.Meeting.Time, c.Meeting.Place = "", "" }, []string{"convocation.missing.time", "convocation.missing.place"}, nil},
		{"at a distance", func(c *Convening) { c.Meeting.Place, c.Meeting.Remote = "", "https://visio.exemple.fr" }, nil, nil},
		{"only items of the coordinators", func(c *Convening) { c.Items = c.Items[1:2] }, []string{"convocation.missing.items"}, nil},
		{"nobody", func(c *Convening) { c.Chairs = fourChairs()[3:] }, []string{"convocation.missing.recipients"}, []string{"convocation.warning.vacant"}},
		{"over", func(c *Convening) { c.Today = must("2026-12-09") }, []string{"convocation.missing.past"}, []string{"convocation.warning.notice"}},
		{"cancelled", func(c *Convening) { c.Meeting.State = Cancelled }, []string{"convocation.missing.state"}, nil},
		{"a day late", func(c *Convening) { c.Today = must("2026-11-24") }, nil, []string{"convocation.warning.notice"}},
		{"against the custom alone", func(c *Convening) { c.Committee.Notice, c.Today = 0, must("2026-11-30") }, nil, []string{"convocation.warning.custom"}},
		{"called by a party that may not", func(c *Convening) { c.By = "s" }, nil, []string{"convocation.warning.convened-by"}},
		{"called by nobody in particular", func(c *Convening) { c.By = "" }, nil, []string{"convocation.warning.convened-by"}},
		{"nobody is named to call", func(c *Convening) { c.Committee.ConvenedBy, c.By = nil, "" }, nil, nil},
		{"called for a committee in which the party sits", func(c *Convening) {
			c.Text.Committees = append(c.Text.Committees, convention.Committee{ID: "o", Name: "Autre", Seats: []convention.SeatRule{{Party: "s", Count: 1}}})
			c.Committee.ConvenedBy, c.By = []string{"o"}, "s"
		}, nil, nil},
		{"no document", func(c *Convening) { c.Documents = nil }, nil, []string{"convocation.warning.documents"}},
		{"one person for two institutions", func(c *Convening) { c.Chairs[0].Holder = "cleo" }, nil, []string{"convocation.warning.two-parties"}},
	} {
		x := convening()
		c.edit(&x)
		got := Complete(x, Compose(x))
		if !slices.Equal(keysOf(got.Missing), c.missing) || !slices.Equal(keysOf(got.Warnings), c.warnings) || got.Ready() != (c.missing == nil) {
			t.Errorf("%s: missing %v, warnings %v", c.name, keysOf(got.Missing), keysOf(got.Warnings))
		}
	}
}

// TestLateness: a call that mends an earlier one for the same day is as late as that one; one for another day counts anew.
func TestLateness(t *testing.T) {
	x := convening()
	first := Compose(x)
	x.Earlier, x.Today = &first, must("2026-12-01")
	x.Items = x.Items[:1]
	if m := Compose(x); m.Late != 0 || slices.Contains(keysOf(Complete(x, m).Warnings), "convocation.warning.notice") {
		t.Errorf("mended a week before: %d days late", m.Late)
	}
	x.Meeting.Day = must("2026-12-10")
	if m := Compose(x); m.Late != 6 {
		t.Errorf("moved to another day: %d days late, want 6", m.Late)
	}
}

func TestDifferences(t *testing.T) {
	for _, c := range []struct {
		name string
		edit func(*Convening)
		want []string
	}{
		{"nothing", func(*Convening) {}, nil},
		{"the version of a meeting is no matter", func(c *Convening) { c.Meeting.Version = 9 }, nil},
		{"day and hour", func(c *Convening) { c.Meeting.Day, c.Meeting.Time = must("2026-12-09"), "15:30" }, []string{"day", "time"}},
		{"length", func(c *Convening) { c.Meeting.Minutes = 90 }, []string{"minutes"}},
		{"place", func(c *Convening) { c.Meeting.Place = "Préfecture" }, []string{"place"}},
		{"no place any more", func(c *Convening) { c.Meeting.Place, c.Meeting.Remote = "", "https://visio.exemple.fr" }, []string{"no-place", "remote"}},
		{"item added", func(c *Convening) { c.Items = append(c.Items, Item{ID: "i4", Title: "Divers", Audience: ForSpace}) }, []string{"item-added"}},
		{"item added before the others", func(c *Convening) {
			c.Items = append([]Item{{ID: "i4", Title: "Divers", Audience: ForSpace}}, c.Items...)
		}, []string{"item-added"}},
		{"item removed", func(c *Convening) { c.Items = c.Items[1:] }, []string{"item-removed"}},
		{"item of the coordinators", func(c *Convening) { c.Items[1].Title = "Autres notes" }, nil},
		{"another title", func(c *Convening) { c.Items[0].Title = "Autre" }, []string{"item-renamed"}},
		{"another presenter", func(c *Convening) { c.Items[0].Presenter = "Zoé" }, []string{"item"}},
		{"order", func(c *Convening) { c.Items[0], c.Items[2] = c.Items[2], c.Items[0] }, []string{"order"}},
		{"document replaced", func(c *Convening) { c.Documents[0].Digest = "bb" }, []string{"document-replaced"}},
		{"document replaced by another of its name", func(c *Convening) { c.Documents[0].ID, c.Documents[0].Digest = "d2", "bb" }, []string{"document-replaced"}},
		{"document renamed", func(c *Convening) { c.Documents[0].Name = "Bilan 2.pdf" }, []string{"document-renamed"}},
		{"document removed", func(c *Convening) { c.Documents = nil }, []string{"document-removed"}},
		{"document added", func(c *Convening) { c.Documents = append(c.Documents, ManifestDocument{ID: "d2", Name: "Annexe"}) }, []string{"document-added"}},
		{"another holder", func(c *Convening) { c.Chairs[0].Holder = "dan" }, []string{"person-added", "person-removed"}},
		{"another seat of the same person", func(c *Convening) { c.Chairs[2].Holder = "" }, []string{"person-seats"}},
		{"an address", func(c *Convening) { c.ByMail = func(string) bool { return true } }, nil},
	} {
		x := convening()
		first := Compose(x)
		c.edit(&x)
		var want []string
		for _, k := range c.want {
			want = append(want, "convocation.change."+k)
		}
		x.Earlier = &first
		m := Compose(x)
		if got := keysOf(Differences(first, m)); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", c.name, got, want)
		}
		if !slices.Equal(m.Changes, want) {
			t.Errorf("%s: the manifest keeps %v, want %v", c.name, m.Changes, want)
		}
	}
}
