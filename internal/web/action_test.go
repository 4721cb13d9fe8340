package web

import (
	"net/http"
	"strings"
	"testing"

	"entente/internal/plan"
	"entente/internal/store"
)

// TestPlan: a keeper enters an action, which is numbered under its objective, follows it with steps and notes, and takes it from state
// to state along the table; readers see it once it is more than an idea.
func TestPlan(t *testing.T) {
	st := newSite(t)
	c, add := st.as(coordinator), st.path("actions", "ajouter")
	aim := st.text.Axes[0].Objectives[1]
	c.submit(c.get(add), add, "title", "", "objective", aim.ID).wants(http.StatusUnprocessableEntity).says("Renseignez ce champ")
	c.submit(c.get(add), add, "title", "Bus", "objective", "nulle-part").wants(http.StatusUnprocessableEntity)
	here := c.submit(c.get(add), add, "title", "Un bus des services", "objective", aim.ID, "communes", "Méréville, Angerville", "partners", "Centre social : accueil").wants(http.StatusSeeOther).header.Get("Location")
	c.get(here).wants(http.StatusOK).says("1.2.1").says("Méréville et Angerville").says("Centre social").says("Aucun point d’avancement")
	c.get(st.path("actions")).says("Un bus des services").says("Idée").says("Aucune action ne sert encore cet objectif")
	st.as(reader).get(here).wants(http.StatusNotFound)
	if strings.Contains(st.as(reader).get(st.path("actions")).words(), "Un bus des services") {
		t.Error("a reader sees an idea")
	}
	if strings.Contains(st.as(reader).get(st.path("journal")).words(), "Un bus des services") {
		t.Error("a reader sees an idea in the journal")
	}
	c.get(st.path("journal")).says("Un bus des services")

	id := here[strings.LastIndex(here, "/")+1:]
	pass := here + "/etat"
	c.submit(c.get(here), pass, "state", "done").wants(http.StatusUnprocessableEntity).says("ne passe pas de cet état")
	c.submit(c.get(here), here+"/proposition").wants(http.StatusUnprocessableEntity).says("n’a pas pu être proposée")
	c.submit(c.get(here), pass, "state", "adopted").leadsTo(here)
	c.submit(c.get(here), pass, "state", "paused", "reason", "Plus de chauffeur").wants(http.StatusUnprocessableEntity).says("Plus de chauffeur")
	c.submit(c.get(here), pass, "state", "paused", "reason", "Plus de chauffeur", "resume", "Un recrutement").leadsTo(here)
	st.as(reader).get(here).wants(http.StatusOK).says("Suspendue").says("Un recrutement")
	st.as(reader).post(pass, "state", "under-way").wants(http.StatusForbidden)

	step, note := st.path("etapes", "ajouter"), st.path("avancement", "ajouter")
	c.submit(c.get(step+"?action="+id), step, "name", "Le bus est acheté", "done", "2020-01-02").leadsTo(here)
	c.submit(c.get(step), step, "name", "Le bus roule", "action", "inconnue").wants(http.StatusUnprocessableEntity)
	c.submit(c.get(note+"?action="+id), note, "did", "", "weather", "").wants(http.StatusUnprocessableEntity)
	c.submit(c.get(note+"?action="+id), note, "did", "Trois essais", "weather", "cloudy").leadsTo(here)
	c.get(here).says("Franchie le").says("Trois essais").says("Nuages")
	c.get(st.path("actions")).says("100 %").says("Nuages")

	lead := st.path("pilotes", "ajouter")
	c.submit(c.get(lead+"?action=Un+bus+des+services&objectif="+aim.ID), lead, "person", st.ids["annuaire/personnes"]).leadsTo(st.path("pilotes"))
	c.get(here).says("Pilote, depuis")

	a, err := st.store.In(st.own.ID).Action(t.Context(), id)
	st.must(err)
	change := here + "/modifier"
	form := c.get(change).wants(http.StatusOK)
	_, err = st.store.In(st.own.ID).UpdateAction(t.Context(), store.Actor{Name: "Camille"}, id, a.Version, func(a *plan.Action) error { a.Audience = "Les aînés"; return nil })
	st.must(err)
	c.submit(form, change, "audience", "Les familles").wants(http.StatusConflict).says("Les familles").says("Les aînés")
	c.submit(c.get(change), here+"/retirer").wants(http.StatusUnprocessableEntity).says("Seule une idée")
}

// TestActionProposed: an idea that is put to the committees waits for the one with the power, and nobody adopts it by hand meanwhile.
func TestActionProposed(t *testing.T) {
	st := newSite(t)
	by, person := store.Actor{Name: "Camille"}, st.ids["annuaire/personnes"]
	a, err := st.store.In(st.own.ID).CreateAction(t.Context(), by, plan.Action{Title: "Navette", Description: "Une navette le samedi.", Objective: st.text.Axes[0].ID, State: plan.Idea, Author: person})
	st.must(err)
	c, here := st.as(coordinator), st.path("actions", a.ID)
	c.submit(c.get(here), here+"/proposition").leadsTo(here)
	c.get(here).says("Proposée").says("Voir la proposition")
	c.post(here+"/etat", "state", "adopted", "version", "3").wants(http.StatusUnprocessableEntity)
	st.as(reader).get(here).wants(http.StatusOK).says("Navette")
}
