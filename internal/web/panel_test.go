package web

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"

	"entente/internal/calendar"
	"entente/internal/governance"
)

// TestTechnicalCommittees: set up by form for a theme, its members come and go with the leads.
func TestTechnicalCommittees(t *testing.T) {
	st := newSite(t)
	sp := st.store.In(st.own.ID)
	c := st.as(coordinator)
	page := c.get(st.path("comites-techniques")).wants(http.StatusOK)
	page.says("Les créer revient au comité « Comité de pilotage opérationnel »").says("art. 4-2").says("Petite enfance")
	form := c.get(st.path("comites-techniques/ajouter")).says("Décision à venir").says("Action « Ludobus »")
	c.submit(form, st.path("comites-techniques/ajouter"), "name", "Vide").wants(http.StatusUnprocessableEntity).says("Choisissez au moins un axe")
	c.submit(form, st.path("comites-techniques/ajouter"), "name", "Jeu", "scope", "nulle-part").wants(http.StatusUnprocessableEntity)
	c.submit(form, st.path("comites-techniques/ajouter"), "name", "Jeu", "meeting", st.ids["reunions"], "scope", "conciliation").wants(http.StatusUnprocessableEntity)
	box := actionPrefix + base64.RawURLEncoding.EncodeToString([]byte("Ludobus"))
	c.submit(form, st.path("comites-techniques/ajouter"), "name", "Jeu", box, "oui").wants(http.StatusSeeOther)
	list, err := sp.Panels(t.Context())
	st.must(err)
	made := list[len(list)-1]
	if made.By != "operationnel" || made.Committee != "technique" || len(made.Actions) != 1 {
		t.Fatalf("set up as %+v", made)
	}
	c.get(st.path("comites-techniques", made.ID)).says("Camille Member").says("Ludobus").says("Les membres changent avec les pilotes").says("Comité de pilotage opérationnel")
	c.get(st.path("comites/technique")).says("Camille Member").says("Jeu")
	lead, err := sp.Lead(t.Context(), st.ids["pilotes"])
	st.must(err)
	_, err = sp.UpdateLead(t.Context(), st.actorOf(coordinator), lead.ID, lead.Version, func(l *governance.Lead) error { l.Period.To = calendar.Must("2026-11-22"); return nil })
	st.must(err)
	if strings.Contains(c.get(st.path("comites-techniques", made.ID)).words(), "Camille Member") {
		t.Error("who no longer leads is still a member")
	}
	_, err = sp.CreateMeeting(t.Context(), st.actorOf(coordinator), governance.Meeting{Committee: "technique", Panel: made.ID, Day: calendar.Must("2026-12-01"), State: governance.Planned})
	st.must(err)
	c.get(st.path("comites-techniques", made.ID)).says("mardi 1er décembre 2026")
	c.submit(c.get(st.path("comites-techniques", made.ID, "modifier")), st.path("comites-techniques", made.ID, "retirer")).wants(http.StatusUnprocessableEntity).says("Une réunion est enregistrée")
}

// TestLeads: the register by axis; who leads an action sits in the derived committee and is a member of the space.
func TestLeads(t *testing.T) {
	st := newSite(t)
	c := st.as(coordinator)
	c.get(st.path("pilotes")).says("Axe 1").says("Ludobus").says("Camille Member").says("CAESE")
	form := c.get(st.path("pilotes/ajouter"))
	c.submit(form, st.path("pilotes/ajouter"), "action", "Bus santé").wants(http.StatusUnprocessableEntity)
	c.submit(form, st.path("pilotes/ajouter"), "action", "Bus santé", "person", st.ids["annuaire/personnes"], "objective", "nulle-part", "part", "co-lead").wants(http.StatusUnprocessableEntity)
	c.submit(form, st.path("pilotes/ajouter"), "action", "Bus santé", "person", st.ids["annuaire/personnes"], "objective", st.text.Axes[2].Objectives[0].ID, "part", "co-lead").leadsTo(st.path("pilotes"))
	st.as(reader).get(st.path("pilotes")).says("Bus santé").says("Co-pilote")
	st.as(reader).get(st.path("attributions")).says("proposer des actions").says("Y siègent : Camille Member")
	st.as(member).get(st.path("attributions")).says("Pilotage d’une action, qui fait siéger")
	st.as(member).get(st.path("pilotes/ajouter")).wants(http.StatusForbidden)
}

// TestWhoOnlyLeadsIsAMember: no mandate, an action that one leads; then none.
func TestWhoOnlyLeadsIsAMember(t *testing.T) {
	st := newSite(t)
	sp := st.store.In(st.own.ID)
	mandate, err := sp.Mandate(t.Context(), st.ids["mandats"])
	st.must(err)
	st.must(sp.RemoveMandate(t.Context(), st.actorOf(administrator), mandate.ID, mandate.Version))
	if s := st.standing(st.accounts[member].ID); !s.Member {
		t.Error("who leads an action is no member")
	}
	lead, err := sp.Lead(t.Context(), st.ids["pilotes"])
	st.must(err)
	st.must(sp.RemoveLead(t.Context(), st.actorOf(administrator), lead.ID, lead.Version))
	if s := st.standing(st.accounts[member].ID); s.Member {
		t.Error("who leads nothing any more is still a member")
	}
}
