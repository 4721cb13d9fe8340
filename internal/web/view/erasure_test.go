package view

import (
	"strings"
	"testing"

	"github.com/a-h/templ"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
	"entente/internal/journal"
)

// erasurePages are the pages of an erasure: what stands in its way, what it does, the last question, and what is left.
func erasurePages(lang string) map[string]templ.Component {
	p := samplePage(lang)
	nobody := func(string) bool { return false }
	text := &convention.Convention{Facts: convention.Facts{Parties: []convention.Party{{ID: "nord", Short: "le Nord"}}}}
	free := ErasureData{Person: directory.Person{ID: "1", Version: 2, Given: "Odile", Family: "Valmont"}, Root: "/espaces/val", Text: text, MayName: nobody, MayDelegate: nobody}
	held := free
	held.Role = true
	held.Mandates = []HeldSeat{{Mandate: governance.Mandate{ID: "m", Seat: "pilotage/nord/1", Period: calendar.Period{From: calendar.Must("2024-01-01")}}}}
	held.Delegations = []governance.Delegation{{ID: "d", Party: "nord", Document: "A-1", Period: calendar.Period{From: calendar.Must("2024-01-01")}},
		{ID: "e", Party: "sud", Document: "A-2", Period: calendar.Period{From: calendar.Must("2024-01-01")}}}
	refused := free
	refused.Faults.Add("family", "erasure.family.other", "family", "Valmont")
	refused.Message = fault.Say("erasure.changed")
	return map[string]templ.Component{
		"free": ErasurePage(p, free), "held": ErasurePage(p, held), "confirm": ErasureConfirmPage(p, free), "refused": ErasureConfirmPage(p, refused),
		"person": PersonPage(p, PersonData{Person: directory.Person{ID: "1", Family: "Personne effacée"}, Root: "/espaces/val", May: true,
			Erasure: &journal.Entry{Seq: 12, Name: "Camille"}}),
	}
}

func TestErasurePages(t *testing.T) {
	for _, lang := range i18n.Languages() {
		for name, c := range erasurePages(lang) {
			t.Run(lang+"/"+name, func(t *testing.T) {
				root, src := render(t, c)
				checkIDs(t, root)
				checkLabels(t, root)
				checkHeadings(t, root)
				checkNothingInline(t, root)
				if i := strings.Index(src, "⟦"); i >= 0 {
					t.Errorf("a sentence is missing: %s", src[i:min(i+80, len(src))])
				}
			})
		}
	}
}

// TestTies: each tie leads to where it is ended for who may end it, and to where it is seen for others.
func TestTies(t *testing.T) {
	d := ErasureData{Root: "/r", Role: true, Text: &convention.Convention{}, MayDelegate: func(party string) bool { return party == "nord" },
		MayName:     func(string) bool { return false },
		Mandates:    []HeldSeat{{Mandate: governance.Mandate{ID: "m", Seat: "gone/nord/1"}}},
		Delegations: []governance.Delegation{{ID: "d", Party: "nord"}, {ID: "e", Party: "sud"}}}
	var got []string
	for _, l := range d.ties(i18n.For("fr")) {
		got = append(got, l.Href)
	}
	if want := "/r/comites /r/delegations/d/modifier /r/delegations /r/acces"; strings.Join(got, " ") != want {
		t.Errorf("they lead to %q, want %q", got, want)
	}
}

// TestSeatsFilledAgrees: the noun follows the number of seats that are filled, not that of all seats.
func TestSeatsFilledAgrees(t *testing.T) {
	p := i18n.For("fr")
	for filled, want := range map[int]string{0: "0 siège pourvu sur 8", 1: "1 siège pourvu sur 8", 2: "2 sièges pourvus sur 8"} {
		if got := p.T("committee.seats-filled", "count", filled, "total", 8); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
