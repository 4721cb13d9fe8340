package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"entente/internal/directory"
	"entente/internal/store"
)

// entriesShown are the numbers of the entries on a page, as their ids say.
func (a *answer) entriesShown() []string {
	a.t.Helper()
	var out []string
	for _, n := range nodes(a.html(), func(n *html.Node) bool { return attr(n, "class") == "entry" }) {
		out = append(out, attr(n, "id"))
	}
	return out
}

func TestJournalPage(t *testing.T) {
	st := newSite(t)
	page := st.as(reader).get(st.path("journal")).wants(http.StatusOK)
	page.says("lundi 23 novembre 2026").says("Mandat donné").says("Rapport d’évaluation 2025").says("Vérifier la chaîne").says("entente journal verify " + st.own.Slug)
	if strings.Contains(page.body, "⟦") {
		t.Error("a sentence is missing")
	}
	list, err := st.store.In(st.own.ID).JournalEntries(t.Context(), store.JournalFilter{})
	st.must(err)
	if got := page.entriesShown(); len(got) != min(len(list), entriesShown) || got[0] != fmt.Sprintf("e-%d", list[0].Seq) {
		t.Errorf("%d entries of %d, the first %s", len(got), len(list), got[0])
	}
	page.says(list[0].Hash[:12])
	for _, raw := range []string{"person_id", "from_day", "version_id", st.seat(st.party()).Key} {
		if strings.Contains(page.words(), raw) {
			t.Errorf("%q is shown in place of words", raw)
		}
	}
	st.as(administrator).get(spacePath(st.other.Slug, "journal")).wants(http.StatusOK)
}

func TestJournalFilters(t *testing.T) {
	st := newSite(t)
	c, sp, ctx := st.as(coordinator), st.store.In(st.own.ID), t.Context()
	st.clock.Advance(48 * time.Hour)
	by := store.Actor{Account: st.accounts[coordinator].ID, Name: "Camille Coordinator", For: st.party(), Article: "4-2"}
	p, err := sp.CreatePerson(ctx, by, directory.Person{Given: "Ada", Family: "Lune"})
	st.must(err)
	st.clock.Advance(time.Hour)
	for query, want := range map[string]int{
		"?objet=person&cle=" + p.ID:                 1,
		"?acteur=" + by.Account:                     1,
		"?partie=" + st.party():                     1,
		"?partie=" + st.peer():                      0,
		"?du=2026-11-25":                            1,
		"?au=2026-11-22":                            0,
		"?du=2026-11-24&au=2026-11-24&objet=person": 0,
		"?objet=delegation":                         1,
		"?avant=1":                                  0,
	} {
		page := c.get(st.path("journal") + query).wants(http.StatusOK)
		if got := page.entriesShown(); len(got) != want {
			t.Errorf("%s shows %v, want %d entries", query, got, want)
		}
		if want == 0 {
			page.says("Aucune entrée ne correspond")
		}
	}
	c.get(st.path("journal") + "?objet=person&cle=" + p.ID).says("Ada Lune").says("art. 4-2").says("Camille Coordinator")
	c.get(st.path("journal") + "?du=2026-02-30").says("« 2026-02-30 » n’est pas une date qui existe")
	c.get(st.path("journal") + "?du=2026-12-02&au=2026-12-01").says("avant son début")
	c.get(st.path("journal") + "?objet=nothing&avant=x&acteur=nobody").wants(http.StatusOK)
}

// A long journal is read page by page, no entry twice and none left out.
func TestJournalPages(t *testing.T) {
	st := newSite(t)
	sp, by := st.store.In(st.own.ID), store.Actor{Name: "Essai"}
	st.must(sp.Together(t.Context(), func(sp *store.Space) error {
		for i := range 2 * store.PageSize {
			if _, err := sp.CreatePerson(t.Context(), by, directory.Person{Family: fmt.Sprintf("N%d", i)}); err != nil {
				return err
			}
		}
		return nil
	}))
	report, err := sp.VerifyJournal(t.Context())
	st.must(err)
	c, seen := st.as(reader), map[string]bool{}
	next := st.path("journal")
	for next != "" {
		page := c.get(next).wants(http.StatusOK)
		for _, id := range page.entriesShown() {
			if seen[id] {
				t.Errorf("%s is shown twice", id)
			}
			seen[id] = true
		}
		next = ""
		for _, a := range nodes(page.html(), func(n *html.Node) bool { return attr(n, "rel") == "next" }) {
			next = attr(a, "href")
		}
	}
	if len(seen) != int(report.Head.Seq) {
		t.Errorf("%d entries of %d", len(seen), report.Head.Seq)
	}
}
