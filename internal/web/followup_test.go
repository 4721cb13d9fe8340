package web

import (
	"net/http"
	"strings"
	"testing"

	"entente/internal/governance"
	"entente/internal/store"
)

func (st *site) followUp() governance.FollowUp {
	st.t.Helper()
	u, err := st.store.In(st.own.ID).FollowUp(st.t.Context(), st.ids["suites"])
	st.must(err)
	return u
}

// TestFollowUpIsDoneWithAWord: by who does it, by the coordination, by nobody else, never without a word nor twice.
func TestFollowUpIsDoneWithAWord(t *testing.T) {
	st := newSite(t)
	page := st.path("suites", st.ids["suites"])
	st.as(reader).post(page, "version", "1", "word", "Fait.").wants(http.StatusForbidden)
	c := st.as(member)
	c.get(st.path()).says("Vos suites à donner").says("Écrire aux communes")
	c.get(st.path("suites")).says("Écrire aux communes").says("En retard")
	c.post(page, "version", "1", "word", " ").wants(http.StatusUnprocessableEntity).says("Dites en un mot")
	c.post(page, "version", "7", "word", "Mon mot.").wants(http.StatusConflict).says("Mon mot.")
	c.post(page, "version", "1", "word", "Lettres parties.").leadsTo(page)
	if u := st.followUp(); u.State != governance.Done || u.Word != "Lettres parties." || u.DoneOn.String() != "2026-11-23" {
		t.Errorf("done: %+v", u)
	}
	c.get(page).says("Lettres parties.").says("Faite")
	c.post(page, "version", "2", "word", "Encore.").wants(http.StatusUnprocessableEntity).says("déjà donnée")
	if got := c.get(st.path()); strings.Contains(got.words(), "Vos suites à donner") {
		t.Error("the home page still asks for it")
	}
	st.as(reader).get(st.path("suites") + "?vue=toutes&etat=done").says("Écrire aux communes")
}

// TestFollowUpIsKeptByTheCoordination: added from a decision, given to another, dropped with a word.
func TestFollowUpIsKeptByTheCoordination(t *testing.T) {
	st := newSite(t)
	c, add := st.as(coordinator), st.path("suites", "ajouter")
	c.get(add + "?decision=2026-1").says("Ce qui est à faire")
	c.post(add, "decision", "2026-9", "text", "Écrire", "state", "to-do").wants(http.StatusUnprocessableEntity).says("Aucune décision ne porte ce numéro")
	c.post(add, "decision", "2026-1", "text", "", "state", "to-do").wants(http.StatusUnprocessableEntity)
	c.post(add, "decision", "2026-1", "text", "Publier l’avis", "state", "to-do", "due", "2026-12-15").wants(http.StatusSeeOther)
	c.get(st.path("decisions", "2026-1")).says("Publier l’avis")
	change := st.path("suites", st.ids["suites"], "modifier")
	c.post(change, "version", "1", "text", "Écrire aux communes", "person", "", "state", "dropped", "word", "").wants(http.StatusUnprocessableEntity).says("Dites en un mot")
	c.post(change, "version", "1", "text", "Écrire aux communes", "person", "", "state", "dropped", "word", "Plus d’objet.").wants(http.StatusSeeOther)
	if u := st.followUp(); u.State != governance.Dropped || u.Person != "" || u.Decision == "" {
		t.Errorf("dropped: %+v", u)
	}
	st.as(member).post(change, "version", "2", "text", "x", "state", "to-do").wants(http.StatusForbidden)
}

// TestFollowUpsAreReadByTheirAudience: what comes of an item that is for some is not listed for others, but for who does it.
func TestFollowUpsAreReadByTheirAudience(t *testing.T) {
	st := newSite(t)
	sp := st.store.In(st.own.ID)
	d := st.decide(sp, &governance.Decision{Committee: st.text.Committees[0].ID, Title: "Réservée", Outcome: governance.Adopted}, governance.ForCoordinators)
	for text, person := range map[string]string{"Suite cachée": "", "Suite confiée": st.ids["annuaire/personnes"]} {
		_, err := sp.CreateFollowUp(t.Context(), store.Actor{}, governance.FollowUp{Meeting: d.Meeting, Item: d.Item, Decision: d.ID, Text: text, Person: person, State: governance.ToDo})
		st.must(err)
	}
	for who, want := range map[string]string{reader: "--", member: "-c", coordinator: "hc"} {
		body := st.as(who).get(st.path("suites") + "?vue=toutes").body
		for i, text := range []string{"Suite cachée", "Suite confiée"} {
			if shown := strings.Contains(body, text); shown != (want[i] != '-') {
				t.Errorf("%s, as %s: shown %v", text, who, shown)
			}
		}
	}
}
