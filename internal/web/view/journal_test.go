package view

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente/internal/calendar"
	"entente/internal/fault"
	"entente/internal/i18n"
	"entente/internal/journal"
)

func sampleNames(t testing.TB) Names {
	t.Helper()
	n := NamesOf(shippedVersion(t, realConvention).Text)
	n.People, n.Organizations = map[string]string{"p1": "Anne Aubier"}, map[string]string{"o1": "Crèche des Lilas"}
	n.Versions, n.Obligations = map[string]int{"v1": 1}, map[string]fault.Message{"evaluation/annuelle": fault.Say("compliance.term.subject")}
	return n
}

// entries are of two days in Paris, although of one in UTC.
func sampleEntries() []journal.Entry {
	at := time.Date(2026, 11, 23, 23, 30, 0, 0, time.UTC)
	return []journal.Entry{
		{Seq: 3, At: at, Actor: "a1", Name: "Camille Aubry", For: "caf", Action: "mandate.update", Subject: "mandate", Key: "m1",
			Label: "strategique/caf/1 · Anne Aubier", Article: "4-2", Hash: strings.Repeat("c", 64),
			Before: json.RawMessage(`{"seat":"strategique/caf/1","to_day":"","role":"holder"}`), After: json.RawMessage(`{"seat":"strategique/caf/1","to_day":"2026-12-31","role":"substitute"}`)},
		{Seq: 2, At: at.Add(-2 * time.Hour), Name: "Camille Aubry", Action: "meeting.create", Subject: "meeting", Key: "r1", Label: "operationnel · 2026-03-10",
			After: json.RawMessage(`{"committee":"operationnel","held_on":"2026-03-10","state":"held","place":""}`), Hash: "short"},
		{Seq: 1, At: at.Add(-3 * time.Hour), Action: "thing.bend", Subject: "thing", Label: "?", Article: "99", Before: json.RawMessage(`[1]`)},
	}
}

func sampleJournal(t testing.TB) JournalData {
	return JournalData{Root: "/espaces/val", Slug: "val", Names: sampleNames(t), Entries: sampleEntries(), Older: 1, Head: journal.Head{Seq: 3, Hash: "ccc"},
		Actors: []Option{{Value: "a1", Label: "Camille Aubry"}}}
}

func TestJournalPage(t *testing.T) {
	for _, lang := range i18n.Languages() {
		for name, change := range map[string]func(*JournalData){
			"whole":      func(*JournalData) {},
			"empty":      func(d *JournalData) { d.Entries, d.Older, d.Head = nil, 0, journal.Head{} },
			"none found": func(d *JournalData) { d.Entries, d.Asked.Party = nil, "caf" },
			"one thing":  func(d *JournalData) { d.Asked = JournalQuery{Subject: "mandate", Key: "m1", Before: 9} },
			"wrong":      func(d *JournalData) { d.Wrong = []fault.Message{fault.Say("journal-page.bad-day", "day", "hier")} },
		} {
			t.Run(lang+"/"+name, func(t *testing.T) {
				d := sampleJournal(t)
				change(&d)
				checkPage(t, JournalPage(samplePage(lang), d))
			})
		}
	}
}

func TestJournalIsSaid(t *testing.T) {
	said := checkPage(t, JournalPage(samplePage("fr"), sampleJournal(t)))
	for _, want := range []string{"mardi 24 novembre 2026", "lundi 23 novembre 2026", "0 h 30", "Camille Aubry", "CAF 91", "art. 4-2",
		"Comité de pilotage stratégique", "Anne Aubier", "Comité de pilotage opérationnel, 10 mars 2026", "31 décembre 2026", "Suppléant", "cccccccccccc",
		"thing.bend", "entente journal verify val"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not said in\n%s", want, said)
		}
	}
	if strings.Contains(said, "strategique/caf/1") {
		t.Error("an identifier is shown in place of its words")
	}
}

func TestDifferences(t *testing.T) {
	p, n := i18n.For("fr"), sampleNames(t)
	for _, c := range []struct {
		name, subject, before, after string
		want                         []difference
	}{
		{"changed alone", "person", `{"given":"Anne","phone":"1"}`, `{"given":"Anne","phone":"2"}`, []difference{{"Téléphone", "1", "2"}}},
		{"created, without blanks", "person", ``, `{"given":"Anne","phone":""}`, []difference{{"Prénom", "", "Anne"}}},
		{"removed", "function", `{"person_id":"p1","organization_id":"o1"}`, ``, []difference{{"Organisation", "Crèche des Lilas", ""}, {"Personne", "Anne Aubier", ""}}},
		{"somebody who is gone", "function", `{"person_id":"p9"}`, ``, []difference{{"Personne", "p9", ""}}},
		{"a closed set", "organization", `{"kind":"commune"}`, `{"kind":"association"}`, []difference{{"Nature", "Commune ou groupement", "Association"}}},
		{"evidence", "evidence", ``, `{"kind":"moyens","obligation":"evaluation/annuelle"}`, []difference{{"Nature", "", "moyens déclarés"}, {"Obligation", "", "Durée de la convention"}}},
		{"an unknown code", "meeting", ``, `{"state":"bent"}`, []difference{{"État", "", "bent"}}},
		{"a role", "grant", ``, `{"role":"coordinator","party":"caf"}`, []difference{{"Partie", "", "CAF 91"}, {"Rôle", "", "Coordination"}}},
		{"yes, numbers and the rest", "version", ``, `{"number":2,"disabled":true,"unheard":{"a":1}}`,
			[]difference{{"Désactivé", "", "oui"}, {"Numéro", "", "2"}, {"unheard", "", `{"a":1}`}}},
		{"a text", "signature", ``, `{"version_id":"v1"}`, []difference{{"Texte", "", "Version 1"}}},
		{"nothing readable", "thing", `[1]`, `"x"`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := journal.Entry{Subject: c.subject, Before: json.RawMessage(c.before), After: json.RawMessage(c.after)}
			if diff := cmp.Diff(c.want, n.differences(p, e), cmp.AllowUnexported(difference{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What was created has no side before, what was removed none after.
func TestDifferenceColumns(t *testing.T) {
	p, n := i18n.For("fr"), sampleNames(t)
	side := json.RawMessage(`{"given":"Anne"}`)
	for want, e := range map[int]journal.Entry{2: {After: side}, 3: {Before: json.RawMessage(`{"given":"Ana"}`), After: side}} {
		table := n.differenceTable(p, e)
		if len(table.Columns) != want || len(table.Rows) != 1 || len(table.Rows[0].Cells) != want {
			t.Errorf("%d columns, %d rows, want %d columns", len(table.Columns), len(table.Rows), want)
		}
	}
}

func TestJournalQueryHref(t *testing.T) {
	for _, c := range []struct {
		q        JournalQuery
		want     string
		narrowed bool
	}{
		{JournalQuery{}, "/e/journal", false},
		{JournalQuery{Before: 7}, "/e/journal?avant=7", false},
		{JournalQuery{Actor: "a", Subject: "mandate", Key: "k", Party: "caf", From: calendar.Must("2026-01-01"), To: calendar.Must("2026-12-31")},
			"/e/journal?acteur=a&au=2026-12-31&cle=k&du=2026-01-01&objet=mandate&partie=caf", true},
	} {
		if got := c.q.Href("/e"); got != c.want || c.q.narrowed() != c.narrowed {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
}

func TestJournalPaging(t *testing.T) {
	p := i18n.For("fr")
	d := JournalData{Root: "/e", Asked: JournalQuery{Party: "caf", Before: 60}, Older: 10}
	g := d.paging(p)
	if g.Previous != "/e/journal?partie=caf" || g.Next != "/e/journal?avant=10&partie=caf" {
		t.Errorf("%+v", g)
	}
	d.Asked.Before, d.Older = 0, 0
	if g := d.paging(p); g.Previous != "" || g.Next != "" {
		t.Errorf("a whole list has pages: %+v", g)
	}
}

// BenchmarkJournalPage is a full page of entries.
func BenchmarkJournalPage(b *testing.B) {
	d := sampleJournal(b)
	for len(d.Entries) < 50 {
		d.Entries = append(d.Entries, sampleEntries()[:2]...)
	}
	c := JournalPage(samplePage("fr"), d)
	var out strings.Builder
	b.ReportAllocs()
	for b.Loop() {
		out.Reset()
		if err := c.Render(b.Context(), &out); err != nil {
			b.Fatal(err)
		}
	}
}
