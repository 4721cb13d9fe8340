package web

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"entente/internal/calendar"
	"entente/internal/governance"
	"entente/internal/store"
)

// decide enters a decision of the first committee for an audience.
func (st *site) decide(sp *store.Space, text *governance.Decision, audience governance.Audience) governance.Decision {
	st.t.Helper()
	ctx := st.t.Context()
	m, err := sp.CreateMeeting(ctx, store.Actor{}, governance.Meeting{Committee: text.Committee, Day: calendar.Must("2026-06-10"), State: governance.Held})
	st.must(err)
	i, err := sp.CreateItem(ctx, store.Actor{}, governance.Item{Meeting: m.ID, Rank: 1, Kind: governance.ForDecision, Title: text.Title, Audience: audience})
	st.must(err)
	text.Meeting, text.Item, text.Day = m.ID, i.ID, m.Day
	d, err := sp.CreateDecision(ctx, store.Actor{}, *text)
	st.must(err)
	return d
}

// TestRegisterIsReadByItsAudience: what is for some is neither listed nor opened nor exported for others.
func TestRegisterIsReadByItsAudience(t *testing.T) {
	st := newSite(t)
	sp := st.store.In(st.own.ID)
	committee := st.text.Committees[0].ID
	hidden := st.decide(sp, &governance.Decision{Committee: committee, Title: "Réservée à la coordination", Outcome: governance.Adopted}, governance.ForCoordinators)
	inside := st.decide(sp, &governance.Decision{Committee: committee, Title: "Réservée au comité", Outcome: governance.Adopted}, governance.ForCommittee)
	for who, want := range map[string]int{reader: 1, member: 2, coordinator: 3, administrator: 3} {
		c := st.as(who)
		got := 0
		for _, d := range []struct{ title, reference string }{{"Guichet unique", "2026-1"}, {inside.Title, inside.Reference()}, {hidden.Title, hidden.Reference()}} {
			listed := strings.Contains(c.get(st.path("decisions")).body, d.title)
			opened := c.get(st.path("decisions", d.reference)).status == http.StatusOK
			exported := strings.Contains(c.get(st.path("tableaux", "decisions", "csv")).body, d.title)
			if listed != opened || listed != exported {
				t.Errorf("%s, as %s: listed %v, opened %v, exported %v", d.title, who, listed, opened, exported)
			}
			if listed {
				got++
			}
		}
		if got != want {
			t.Errorf("%s reads %d decisions, want %d", who, got, want)
		}
	}
	for _, path := range []string{"0", "2026", "2026-99", "2026-01", "x-1"} {
		st.as(coordinator).get(st.path("decisions", path)).wants(http.StatusNotFound)
	}
}

// TestRegisterIsFiltered by what stands in the address, and says when nothing is found.
func TestRegisterIsFiltered(t *testing.T) {
	st := newSite(t)
	c := st.as(reader)
	axis := st.text.Axes[0]
	for name, x := range map[string]struct {
		query []string
		found bool
	}{
		"words":                {[]string{"texte", "guichet UNIQ"}, true},
		"a number":             {[]string{"texte", "2026-1"}, true},
		"other words":          {[]string{"texte", "piscine"}, false},
		"its axis":             {[]string{"axe", axis.ID}, true},
		"its objective":        {[]string{"axe", axis.Objectives[0].ID}, true},
		"another axis":         {[]string{"axe", st.text.Axes[1].ID}, false},
		"a reservation":        {[]string{"position", st.peer() + ":reservations"}, true},
		"nobody against":       {[]string{"position", st.peer() + ":unfavourable"}, false},
		"its outcome":          {[]string{"issue", "adopted"}, true},
		"late":                 {[]string{"suites", "late"}, true},
		"done":                 {[]string{"suites", "done"}, false},
		"its year":             {[]string{"annee", "2026"}, true},
		"another year":         {[]string{"annee", "2025"}, false},
		"its committee":        {[]string{"comite", st.text.Committees[0].ID}, true},
		"several at once":      {[]string{"axe", axis.ID, "position", st.party() + ":favourable", "suites", "to-do", "texte", "guichet"}, true},
		"several, one of them": {[]string{"axe", axis.ID, "position", st.party() + ":abstains"}, false},
	} {
		q := url.Values{}
		for i := 0; i < len(x.query); i += 2 {
			q.Set(x.query[i], x.query[i+1])
		}
		got := c.get(st.path("decisions") + "?" + q.Encode()).wants(http.StatusOK)
		if found := strings.Contains(got.words(), "Guichet unique"); found != x.found {
			t.Errorf("%s: found %v", name, found)
		}
		if !x.found {
			got.says("Aucune décision ne correspond")
		}
	}
}

// TestDecisionPage says everything of a decision.
func TestDecisionPage(t *testing.T) {
	st := newSite(t)
	got := st.as(reader).get(st.path("decisions", "2026-1"))
	for _, want := range []string{"Décision n° 2026-1", "Un guichet unique est ouvert.", "Adoption", "favorable avec réserves", "Sous réserve du budget.", "Écrire aux communes",
		"En retard", "mardi 10 mars 2026", st.text.Axes[0].Objectives[0].Name, "Compte rendu de la réunion"} {
		got.says(want)
	}
	if strings.Contains(got.words(), "Ajouter une suite") {
		t.Error("a reader is offered to add a follow-up")
	}
	st.as(coordinator).get(st.path("decisions", "2026-1")).says("Ajouter une suite à donner")
}

// TestDecisionsAsAFile opens in a spreadsheet: marked, with semicolons, and no formula.
func TestDecisionsAsAFile(t *testing.T) {
	st := newSite(t)
	st.decide(st.store.In(st.own.ID), &governance.Decision{Committee: st.text.Committees[0].ID, Title: "=SOMME(A1)", Outcome: governance.Noted,
		Text: "Une; \"deux\"\ntrois"}, governance.ForSpace)
	got := st.as(reader).get(st.path("tableaux", "decisions", "csv") + "?issue=noted").wants(http.StatusOK)
	body, marked := strings.CutPrefix(got.body, "\ufeff")
	if !marked || !strings.HasPrefix(got.header.Get("Content-Type"), "text/csv") {
		t.Errorf("type %q, marked %v", got.header.Get("Content-Type"), marked)
	}
	r := csv.NewReader(strings.NewReader(body))
	r.Comma = ';'
	rows, err := r.ReadAll()
	st.must(err)
	if len(rows) != 2 || rows[0][0] != "Numéro" || rows[1][0] != "2026-2" || rows[1][3] != "'=SOMME(A1)" || rows[1][4] != "Une; \"deux\"\ntrois" {
		t.Errorf("rows: %q", rows)
	}
}
