package view

import (
	"strings"
	"testing"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/governance"
	"entente/internal/i18n"
)

func sampleHome(t testing.TB) HomeData {
	t.Helper()
	v, c := shippedVersion(t, realConvention), compliant(t, "2026-11-23")
	d := HomeData{Root: c.Root, Today: c.Today, Version: v, First: v.Effective, Report: c.Report, Keeps: true, Journal: true,
		Names: sampleNames(t), Recent: sampleEntries(), More: 3,
		Todos: []Todo{{Title: "À faire", Href: "/x", Body: "corps", By: calendar.Must("2026-12-31"), Cite: &Citation{Text: "art. 6", Href: "/y"}}},
		Begin: []Todo{{Title: "Commencer", Href: "/z"}},
		Dates: []Event{{Day: calendar.Must("2026-12-08"), Title: "Comité"}},
		Seats: []HeldCommittee{{Committee: &v.Text.Committees[0], Role: governance.Holder,
			Next: &governance.Meeting{Committee: "strategique", Day: calendar.Must("2026-12-08"), Time: "14:00", Place: "Saclas"}},
			{Committee: &v.Text.Committees[1], Role: governance.Substitute}}}
	for i := range v.Text.Committees {
		k := &v.Text.Committees[i]
		row := CommitteeRow{Committee: k, Tally: Tally{Held: 1, Min: 2}}
		for _, seat := range k.Places() {
			row.Seats = append(row.Seats, SeatRow{Seat: seat})
		}
		d.Committees = append(d.Committees, row)
	}
	return d
}

func TestHomePage(t *testing.T) {
	for _, lang := range i18n.Languages() {
		for name, change := range map[string]func(*HomeData){
			"full":   func(*HomeData) {},
			"reader": func(d *HomeData) { d.Keeps, d.Journal, d.Todos, d.Begin, d.Seats = false, false, nil, nil, nil },
			"bare": func(d *HomeData) {
				d.Todos, d.Begin, d.Dates, d.Seats, d.Recent, d.Committees, d.More = nil, nil, nil, nil, nil, nil, 0
			},
			"to come": func(d *HomeData) { d.Version.Effective = calendar.Must("2027-01-01") },
			"no end":  func(d *HomeData) { d.Version.Text.Duration = &convention.Duration{From: "2024-01-01"} },
		} {
			t.Run(lang+"/"+name, func(t *testing.T) {
				d := sampleHome(t)
				change(&d)
				checkPage(t, HomePage(samplePage(lang), d))
			})
		}
	}
}

func TestHomeIsSaid(t *testing.T) {
	d := sampleHome(t)
	said := checkPage(t, HomePage(samplePage("fr"), d))
	for _, want := range []string{"38 jours avant la fin de la convention", "À faire", "Prochaine réunion : mardi 8 décembre 2026 à 14 h", "Saclas",
		"Aucune réunion n’est encore prévue.", "Version 1, applicable depuis le 1er juillet 2023", "1 signature enregistrée sur 4.", "0 siège pourvu sur 8",
		"Voir les 3 autres étapes"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not said in\n%s", want, said)
		}
	}
	d.Keeps = false
	if said := checkPage(t, HomePage(samplePage("fr"), d)); strings.Contains(said, "Ce qui vous attend") {
		t.Error("a reader has something waiting")
	}
}
