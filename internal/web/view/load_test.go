package view

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
)

// realName is the convention that the tests of loading start from.
const realName = "etampois-sud-essonne-2023-2026"

// amended is the real convention with a committee that meets less often, and a seat under another key.
func amended(t *testing.T) string {
	t.Helper()
	src := strings.Replace(shipped(t, realName), "minimum: 4", "minimum: 3", 1)
	return strings.Replace(src, "id: services-population", "id: services-habitants", 1)
}

// loadSamples are the states of the page.
func loadSamples(t *testing.T) map[string]LoadData {
	t.Helper()
	src, wrong := shipped(t, realName), strings.Replace(shipped(t, realName), "niveau: strategique", "niveau: haut", 1)
	before := &convention.Version{ID: "v1", Number: 1, Effective: calendar.Must("2023-06-05"), Text: parsed(t, src)}
	_, faults := convention.Parse("convention.md", []byte(wrong))
	after := parsed(t, amended(t))
	effect := Compared(before, after)
	seat := before.Text.Committees[1].Places()[0]
	effect.Lost = []HeldSeat{{Mandate: governance.Mandate{Seat: seat.Key, Person: "p1"}, Seat: seat, Text: before.Text, Committee: &before.Text.Committees[1]},
		{Mandate: governance.Mandate{Seat: "a/b/c", Person: "p1"}}}
	effect.People = map[string]directory.Person{"p1": {ID: "p1", Given: "Camille", Family: "Aubry"}}
	effect.Other = true
	var refused fault.Fields
	refused.Add("slug", "store.space.slug-taken")
	refused.Add("effective", "fault.field.required")
	space := LoadData{Action: "/espaces/nouveau", Cancel: "/espaces"}
	version := LoadData{Action: "/espaces/val/convention/charger", Cancel: "/espaces/val/convention", Root: "/espaces/val",
		Models: []Link{{Label: "m", Href: "/espaces/val/convention/charger?depuis=1", Icon: "document"}}}
	with := func(d LoadData, change func(*LoadData)) LoadData { change(&d); return d }
	return map[string]LoadData{
		"new":    space,
		"change": version,
		"faulty": with(space, func(d *LoadData) { d.Draft = Draft{File: "convention.md", Text: wrong, Faults: faults} }),
		"right":  with(space, func(d *LoadData) { d.Draft = Draft{File: "convention.md", Text: src, Read: before.Text, Seal: "s"} }),
		"refused": with(space, func(d *LoadData) {
			d.Draft, d.Faults = Draft{File: "convention.md", Text: src, Read: before.Text, Seal: "s"}, refused
		}),
		"doubtful": with(version, func(d *LoadData) {
			d.Draft = Draft{File: "convention.md", Text: amended(t), Read: after, Seal: "s",
				Faults: convention.Faults{{Line: 3, Severity: convention.Warning, Message: fault.Say("convention.fault.fence-open")}}}
			d.Effect, d.Notice = effect, fault.Say("load.stale")
		}),
	}
}

func TestLoadPage(t *testing.T) {
	for name, d := range loadSamples(t) {
		for _, lang := range i18n.Languages() {
			t.Run(name+"/"+lang, func(t *testing.T) {
				root, src := render(t, LoadPage(samplePage(lang), d))
				checkIDs(t, root)
				checkLabels(t, root)
				checkHeadings(t, root)
				checkNothingInline(t, root)
				if i := strings.Index(src, "⟦"); i >= 0 {
					t.Errorf("a sentence is missing: %s", src[i:min(i+80, len(src))])
				}
				area := all(root, tagged("textarea"))
				if len(area) != 1 || words(area[0]) != strings.Join(strings.Fields(d.Draft.Text), " ") {
					t.Error("the text is not in the form")
				}
				checkApply(t, root, d)
			})
		}
	}
}

// checkApply holds that only a right text can be applied.
func checkApply(t *testing.T, root *html.Node, d LoadData) {
	t.Helper()
	apply := all(root, func(n *html.Node) bool { return n.Data == "button" && attr(n, "name") == "apply" })
	if got, want := len(apply) == 1, d.Draft.Read != nil; got != want {
		t.Errorf("applying is offered: %v, want %v", got, want)
	}
}

func TestLoadSays(t *testing.T) {
	tests := map[string][]string{
		"new":      {"Déposer le texte", "Vérifier le texte"},
		"change":   {"s’applique à partir d’une date"},
		"faulty":   {"1 erreur", "À corriger dans le texte", "niveau: haut", "Ligne "},
		"right":    {"3 comités", "CAESE", "3 axes, 9 objectifs", "indiquez le jour de la dernière signature"},
		"refused":  {"2 champs sont à corriger", "Un autre espace porte déjà cette adresse courte."},
		"doubtful": {"au moins 3 fois par an au lieu de 4", "Camille Aubry", "Comité de pilotage opérationnel : CAESE, Directeur des services à la population", "1 siège serait créé", "Ce qu’un juriste demanderait", "se présente comme une autre convention"},
	}
	for name, d := range loadSamples(t) {
		root, _ := render(t, LoadPage(samplePage("fr"), d))
		got := plain(words(root))
		for _, w := range tests[name] {
			if !strings.Contains(got, w) {
				t.Errorf("%s does not say %q", name, w)
			}
		}
	}
}

func TestExtract(t *testing.T) {
	var lines []string
	for n := 1; n <= 30; n++ {
		lines = append(lines, fmt.Sprintf("ligne %d", n))
	}
	lines[19] = strings.Repeat("é", 500)
	at := func(line int) convention.Fault {
		return convention.Fault{Line: line, Column: 2, Message: fault.Say("convention.fault.fence-open")}
	}
	tests := []struct {
		name   string
		faults convention.Faults
		lines  string
		left   int
	}{
		{"the first line", convention.Faults{at(1)}, "1* 2 3", 0},
		{"two faults on a line", convention.Faults{at(10), at(10)}, "8 9 10** 11 12", 0},
		{"faults that are near share their lines", convention.Faults{at(10), at(13)}, "8 9 10* 11 12 13* 14 15", 0},
		{"a fault beyond the end stands on the last line", convention.Faults{at(99)}, "28 29 30*", 0},
		{"a fault without line stands on the first", convention.Faults{at(0)}, "1* 2 3", 0},
		{"none", nil, "", 0},
	}
	for _, x := range tests {
		src, left := Extract("a.md", strings.Join(lines, "\n"), x.faults)
		var got []string
		for _, l := range src.Lines {
			got = append(got, fmt.Sprint(l.Number)+strings.Repeat("*", len(l.Faults)))
		}
		if strings.Join(got, " ") != x.lines || left != x.left {
			t.Errorf("%s: lines %v and %d left, want %s and %d", x.name, got, left, x.lines, x.left)
		}
	}
	many := make(convention.Faults, sourceFaults+5)
	for i := range many {
		many[i] = at(20)
	}
	src, left := Extract("a.md", strings.Join(lines, "\n"), many)
	if left != 5 {
		t.Errorf("%d faults left, want 5", left)
	}
	if got := []rune(src.Lines[2].Text); len(got) != sourceWidth+1 || got[sourceWidth] != '…' {
		t.Errorf("a long line has %d characters", len(got))
	}
}

func TestProposed(t *testing.T) {
	p := i18n.For("fr")
	long := &convention.Convention{Facts: convention.Facts{Identity: &convention.Identity{ID: strings.Repeat("abcde-", 12), Title: "Titre"},
		Duration: &convention.Duration{From: "2025-01-01"}}}
	tests := []struct {
		name  string
		typed LoadValues
		text  *convention.Convention
		want  LoadValues
	}{
		{"the real convention", LoadValues{}, parsed(t, shipped(t, realName)), LoadValues{Name: "PST Étampois Sud-Essonne", Slug: realName}},
		{"what was typed stays", LoadValues{"2023-06-05", "N", "s"}, long, LoadValues{"2023-06-05", "N", "s"}},
		{"a long identifier is cut", LoadValues{}, long, LoadValues{"2025-01-01", "Titre", strings.TrimSuffix(strings.Repeat("abcde-", 10), "-")}},
	}
	for _, x := range tests {
		if got := x.typed.Proposed(p, x.text); got != x.want {
			t.Errorf("%s: got %+v, want %+v", x.name, got, x.want)
		}
	}
}
