package view

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"entente/conventions"
	"entente/internal/calendar"
	"entente/internal/compliance"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/governance"
	"entente/internal/i18n"
)

var conventionToday = calendar.Must("2026-11-23")

// sampleConvention is the page of a shipped convention on a day, the first seat being held.
func sampleConvention(t *testing.T, name string, day calendar.Date) ConventionData {
	t.Helper()
	c := parsed(t, shipped(t, name))
	v := &convention.Version{ID: "v1", Number: 1, Effective: calendar.Must("2023-06-05"), Text: c, Source: []byte(shipped(t, name))}
	doc, err := NewDocument(c)
	if err != nil {
		t.Fatal(err)
	}
	h := convention.History{v}
	d := ConventionData{Document: doc, Version: v, History: h, Root: "/espaces/val", Day: day, Today: conventionToday, Typed: day.String(),
		Seats: map[string][]SeatRow{}, People: map[string]directory.Person{"p1": {ID: "p1", Given: "Camille", Family: "Aubry"}}, MayLoad: true}
	first := c.Seats()[0].Key
	mandates := []governance.Mandate{{ID: "m1", Seat: first, Person: "p1", Role: governance.Holder, Period: calendar.Period{From: calendar.Must("2023-09-01")}}}
	for i := range c.Committees {
		for _, s := range c.Committees[i].Places() {
			d.Seats[c.Committees[i].ID] = append(d.Seats[c.Committees[i].ID], SeatRow{Seat: s, Occupation: governance.Occupy(s.Key, mandates, day)})
		}
	}
	d.Report = compliance.Assess(h, compliance.Evidence{Mandates: mandates}, day)
	return d
}

func TestConventionPage(t *testing.T) {
	for _, name := range conventions.Names() {
		for _, lang := range i18n.Languages() {
			t.Run(name+"/"+lang, func(t *testing.T) {
				p := samplePage(lang)
				p.Wide = true
				d := sampleConvention(t, name, conventionToday)
				root, src := render(t, ConventionPage(p, d))
				checkIDs(t, root)
				checkLabels(t, root)
				checkHeadings(t, root)
				checkNothingInline(t, root)
				if i := strings.Index(src, "⟦"); i >= 0 {
					t.Errorf("a sentence is missing: %s", src[i:min(i+80, len(src))])
				}
				for _, k := range d.text().Clauses {
					checkClause(t, root, d, k)
				}
			})
		}
	}
}

// checkClause holds that a clause stands at its anchor with the state of each of its obligations in its margin, and with a
// word in it where it has none.
func checkClause(t *testing.T, root *html.Node, d ConventionData, k convention.Clause) {
	t.Helper()
	n := withID(root, k.Anchor)
	if n == nil {
		t.Errorf("no clause at %q", k.Anchor)
		return
	}
	notes := all(n, func(x *html.Node) bool { return strings.HasPrefix(attr(x, "class"), "side-note tone-") })
	if want := len(d.Report.ByClause(k.Anchor)); len(notes) != want {
		t.Errorf("%s: %d notes, want %d", k.Anchor, len(notes), want)
	}
	if strings.Contains(words(n), "```") {
		t.Errorf("%s shows a block", k.Anchor)
	}
}

// TestConventionGives holds what the clauses of the real convention give, as the text fixes it.
func TestConventionGives(t *testing.T) {
	d := sampleConvention(t, "etampois-sud-essonne-2023-2026", conventionToday)
	root, _ := render(t, ConventionPage(samplePage("fr"), d))
	tests := []struct {
		clause string
		want   []string
	}{
		{"preambule", []string{"Les accords successifs", "2014", "19 octobre 2018 – 2022", "Axe 4, que le texte ne nomme pas"}},
		{"entre-les-soussignes", []string{"4 parties", "Caisse d’allocations familiales de l’Essonne", "ou par délégation : Vice-président ayant reçu délégation"}},
		{"article-2", []string{"3 enjeux"}},
		{"article-4-1", []string{"3 engagements", "moyens déclarés", "CAESE, CAF 91, MSA IDF et CD 91"}},
		{"comite-de-pilotage-strategique", []string{"de 1 à 2 fois par an", "8 sièges", "Camille Aubry", "valider les orientations", "vacant"}},
		{"comite-de-pilotage-operationnel", []string{"au moins 4 fois par an", "Chef de service Allocation personnalisée d’autonomie territorialisé Sud", "6 missions"}},
		{"comite-technique", []string{"autant que de besoin", "Ses membres sont les pilotes et co-pilotes des actions", "3 missions"}},
		{"article-5", []string{"3 axes", "1.2 Faciliter l’accès aux loisirs", "3.3 Étendre le réseau", "À évaluer : les axes, chaque année"}},
		{"article-6", []string{"de la signature au 31 décembre 2026", "jeudi 31 décembre 2026", "accord de toutes les parties"}},
		{"signatures", []string{"4 signatures prévues", "Directeur général"}},
	}
	for _, x := range tests {
		n := withID(root, x.clause)
		if n == nil {
			t.Errorf("no clause %q", x.clause)
			continue
		}
		for _, w := range x.want {
			if !strings.Contains(plain(words(n)), w) {
				t.Errorf("%s does not say %q: %s", x.clause, w, words(n))
			}
		}
	}
}

// plain writes no-break spaces as spaces.
func plain(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestConventionOnOtherDays(t *testing.T) {
	tests := []struct {
		day    string
		want   []string
		absent string
	}{
		{"2026-11-23", nil, "Revenir à aujourd’hui"},
		{"2025-01-15", []string{"sont ceux du 15 janvier 2025", "Revenir à aujourd’hui"}, "aucune version ne s’appliquait"},
		{"2020-01-15", []string{"Le 15 janvier 2020, aucune version ne s’appliquait encore"}, ""},
	}
	for _, x := range tests {
		d := sampleConvention(t, "etampois-sud-essonne-2023-2026", calendar.Must(x.day))
		root, _ := render(t, ConventionPage(samplePage("fr"), d))
		got := plain(words(root))
		for _, w := range x.want {
			if !strings.Contains(got, w) {
				t.Errorf("%s: no %q", x.day, w)
			}
		}
		if x.absent != "" && strings.Contains(got, x.absent) {
			t.Errorf("%s says %q", x.day, x.absent)
		}
	}
}

// TestApplies holds when each version gives the rules: to its own end, or to the day before the next.
func TestApplies(t *testing.T) {
	at := func(number int, from, to string) *convention.Version {
		return &convention.Version{Number: number, Effective: calendar.Must(from),
			Text: &convention.Convention{Facts: convention.Facts{Duration: &convention.Duration{To: calendar.Must(to)}}}}
	}
	h := convention.History{at(1, "2023-06-05", "2026-12-31"), at(2, "2024-03-01", "2026-12-31"), at(3, "2024-03-01", "2027-12-31"), at(4, "2028-01-01", "")}
	var got []string
	for _, v := range h {
		got = append(got, plain(span(i18n.For("fr"), h, v)))
	}
	want := []string{"du 5 juin 2023 au 29 février 2024", "remplacée le jour même, le 1er mars 2024", "du 1er mars 2024 au 31 décembre 2027", "depuis le 1er janvier 2028"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestFormerAxis(t *testing.T) {
	c := &convention.Convention{Facts: convention.Facts{Axes: []convention.Axis{{ID: "a", Name: "Santé"}, {ID: "b", Name: "Droits"}}}}
	tests := []struct {
		axis convention.PredecessorAxis
		want string
	}{
		{convention.PredecessorAxis{ID: "x"}, "Axe 2, que le texte ne nomme pas : son devenir n’est pas dit"},
		{convention.PredecessorAxis{ID: "x", Name: "Logement", Outcome: "abandonne"}, "« Logement » : abandonné"},
		{convention.PredecessorAxis{ID: "x", Name: "Soins", Outcome: "fusionne", Becomes: []string{"a", "b"}}, "« Soins » : fusionné, dans Santé et Droits"},
	}
	for _, x := range tests {
		if got := plain(formerAxis(i18n.For("fr"), c, 1, x.axis)); got != x.want {
			t.Errorf("got %q, want %q", got, x.want)
		}
	}
}

func TestGrouped(t *testing.T) {
	for in, want := range map[string]string{"200017846": "200\u00a0017\u00a0846", "": "", "12": "12"} {
		if got := grouped(in); got != want {
			t.Errorf("grouped(%q) is %q, want %q", in, got, want)
		}
	}
}
