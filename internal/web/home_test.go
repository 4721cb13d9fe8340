package web

import (
	"net/http"
	"strings"
	"testing"

	"entente/internal/calendar"
	"entente/internal/governance"
	"entente/internal/store"
)

// linksTo lists the addresses under a part of the page that begin with a path.
func (a *answer) linksTo(prefix string) []string {
	a.t.Helper()
	var out []string
	for _, n := range nodes(a.html(), tagged("a")) {
		if href := attr(n, "href"); strings.HasPrefix(href, prefix) {
			out = append(out, href)
		}
	}
	return out
}

func TestHomeByRole(t *testing.T) {
	st := newSite(t)
	for _, x := range []struct {
		who      string
		says     []string
		saysNone []string
	}{
		{coordinator, []string{"Ce qui vous attend", "38 jours avant la fin de la convention", "Derniers changements", "art. 6"}, []string{"Vos comités"}},
		{administrator, []string{"Ce qui vous attend"}, []string{"Vos comités"}},
		{member, []string{"Vos comités", "Titulaire"}, []string{"Ce qui vous attend", "Pour commencer"}},
		{reader, []string{"État de la convention", "Prochaines dates"}, []string{"Ce qui vous attend", "Vos comités"}},
	} {
		page := st.as(x.who).get(st.path()).wants(http.StatusOK)
		for _, want := range x.says {
			page.says(want)
		}
		for _, no := range x.saysNone {
			if strings.Contains(page.words(), no) {
				t.Errorf("the home of the %s says %q", x.who, no)
			}
		}
	}
}

// A space in which nothing is recorded yet leads to the first steps, one for each register that is empty.
func TestHomeBegins(t *testing.T) {
	st := newSite(t)
	c := st.as(administrator)
	page := c.get(spacePath(st.other.Slug)).wants(http.StatusOK)
	page.says("Pour commencer").says("Attribuer les sièges").says("Saisir les réunions").says("Enregistrer les signatures")
	sp := st.store.In(st.other.ID)
	h, err := sp.History(t.Context())
	st.must(err)
	_, err = sp.CreateMeeting(t.Context(), store.Actor{}, governance.Meeting{Committee: h[0].Text.Committees[0].ID, Day: calendar.Must("2026-05-05"), State: governance.Held})
	st.must(err)
	page = c.get(spacePath(st.other.Slug)).wants(http.StatusOK)
	if strings.Contains(page.words(), "Saisir les réunions tenues et prévues") {
		t.Error("a step that is done is still there")
	}
}

// A coordinator is asked for the seats and signatures of its own party, never for those of a peer.
func TestHomeAsksForOwnThings(t *testing.T) {
	st := newSite(t)
	own, peer := st.text.Party(st.party()).Short, st.text.Party(st.peer()).Short
	page := st.as(coordinator).get(st.path()).wants(http.StatusOK)
	if words := page.words(); strings.Contains(words, "Engagement de "+peer) || strings.Contains(words, "Enregistrer la signature") {
		t.Errorf("the coordinator of %s is asked for what belongs to %s:\n%s", own, peer, page.excerpt())
	}
	if strings.Contains(st.as(administrator).get(st.path()).words(), "Rien ne vous attend") {
		t.Error("nothing waits for the administrator")
	}
}

// What is planned stands among the next dates, what is cancelled or past does not.
func TestHomeDates(t *testing.T) {
	st := newSite(t)
	ctx, sp, by := t.Context(), st.store.In(st.own.ID), store.Actor{Name: "Essai"}
	committee := st.text.Committees[0].ID
	for _, m := range []governance.Meeting{
		{Committee: committee, Day: calendar.Must("2027-02-03"), Time: "14:00", Place: "Saclas", State: governance.Planned},
		{Committee: committee, Day: calendar.Must("2026-12-04"), State: governance.Cancelled, Place: "Annulée"},
		{Committee: committee, Day: calendar.Must("2026-10-01"), State: governance.Planned, Place: "Passée"},
	} {
		_, err := sp.CreateMeeting(ctx, by, m)
		st.must(err)
	}
	page := st.as(member).get(st.path()).wants(http.StatusOK)
	page.says("3 février 2027").says("14 h, Saclas").says("Prochaine réunion : mercredi 3 février 2027 à 14 h")
	if words := page.words(); strings.Contains(words, "Annulée") || strings.Contains(words, "Passée") {
		t.Error("a meeting that is no next date is among them")
	}
	st.clock.Set(calendar.Must("2027-03-01").Time())
	st.as(member).get(st.path()).wants(http.StatusOK).says("jours depuis la fin de la convention")
}

func TestHomeSpeaksBothLanguages(t *testing.T) {
	st := newSite(t)
	c := st.as(coordinator)
	c.post("/langue", "langue", "en", "retour", st.path()).leadsTo(st.path())
	page := c.get(st.path()).wants(http.StatusOK).says("What waits for you").says("Next dates")
	if strings.Contains(page.body, "⟦") {
		t.Error("a sentence is missing")
	}
}

// The counts lead to the obligations that they count.
func TestHomeCountsLead(t *testing.T) {
	st := newSite(t)
	c := st.as(reader)
	links := c.get(st.path()).linksTo(st.path("obligations") + "?etat=")
	if len(links) != 6 {
		t.Fatalf("%d counts", len(links))
	}
	for _, href := range links {
		c.get(href).wants(http.StatusOK)
	}
}
