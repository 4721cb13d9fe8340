package web

import (
	"net/http"
	"strings"
	"testing"

	"entente/internal/governance"
	"entente/internal/store"
)

func TestCustomsOfACommittee(t *testing.T) {
	st := newSite(t)
	c, k := st.as(coordinator), st.text.Committees[0]
	path := st.path("comites", k.ID, "usages")
	if a := c.get(st.path("comites", k.ID)); !strings.Contains(a.body, `"`+path+`"`) {
		t.Error("the committee does not lead to its customs")
	}
	form := c.get(path).wants(http.StatusOK).says("La convention ne fixe aucun de ces délais").says("l’usage de l’espace")
	if got := form.form(path).Get("convocation"); got != "15" {
		t.Errorf("convocation %q", got)
	}
	c.submit(form, path, "convocation", "21", "time", "9:75").wants(http.StatusUnprocessableEntity)
	c.submit(form, path, "silence", "").wants(http.StatusUnprocessableEntity)
	refused := c.submit(form, path, "documents", "huit", "place", "Mairie").wants(http.StatusUnprocessableEntity)
	if byID(refused.html(), "f-documents-fault") == nil || refused.form(path).Get("place") != "Mairie" {
		t.Error("the refused form is not as it was typed")
	}
	c.submit(form, path, "convocation", "21", "time", "09:30", "minutes", "90", "place", "Salle des mariages").leadsTo(st.path("comites", k.ID))
	c.submit(form, path, "convocation", "10").wants(http.StatusConflict).says("21").says("10") // read before
	add := c.get(st.path("reunions", "ajouter") + "?comite=" + k.ID).form(st.path("reunions", "ajouter"))
	if add.Get("time") != "09:30" || add.Get("minutes") != "90" || add.Get("place") != "Salle des mariages" {
		t.Errorf("a new meeting is %v", add)
	}
	m := st.planned(k.ID)
	c.get(st.path("reunions", m.ID)).says("mardi 24 novembre 2026").says("21 jours avant la réunion :").says("usage de l’espace")
	seen := st.as(reader).get(path).wants(http.StatusOK).says("21 jours avant la réunion").says("jamais")
	if strings.Contains(seen.body, "Enregistrer les usages") {
		t.Error("a reader is offered the form")
	}
	st.as(reader).post(path, "convocation", "1").wants(http.StatusForbidden)
}

func TestTwoPeopleSetTheCustoms(t *testing.T) {
	st := newSite(t)
	c, k := st.as(coordinator), st.text.Committees[0].ID
	path := st.path("comites", k, "usages")
	first := c.get(path)
	c.submit(first, path, "place", "Mairie").wants(http.StatusSeeOther)
	both := c.submit(first, path, "place", "Gymnase").wants(http.StatusConflict).says("Mairie").says("Gymnase")
	c.submit(both, path).wants(http.StatusSeeOther)
	kept, err := st.store.In(st.own.ID).Custom(t.Context(), k)
	st.must(err)
	if kept.Place != "Gymnase" || kept.Version != 2 {
		t.Errorf("%+v", kept)
	}
}

// Where the convention has a notice, it prevails: the page says so, and no custom shortens the deadline.
func TestTheNoticeOfTheConventionPrevails(t *testing.T) {
	st := newSite(t)
	sp := st.store.In(st.other.ID)
	h, err := sp.History(t.Context())
	st.must(err)
	k := h[0].Text.Committees[0]
	c := st.as(administrator)
	path := spacePath(st.other.Slug, "comites", k.ID, "usages")
	c.submit(c.get(path).says("fixe un délai de convocation de 15 jours").says("Ce délai prévaut"), path, "convocation", "5").wants(http.StatusSeeOther)
	m, err := sp.CreateMeeting(t.Context(), store.Actor{}, governance.Meeting{Committee: k.ID, Day: st.server.store.Today().AddDays(30), State: governance.Planned})
	st.must(err)
	page := c.get(spacePath(st.other.Slug, "reunions", m.ID)).says("15 jours avant la réunion, selon la convention :")
	if strings.Contains(page.words(), " 5 jours avant la réunion") {
		t.Error("the custom shortens the notice")
	}
}
