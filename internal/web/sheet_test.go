package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"entente/internal/governance"
	"entente/internal/i18n"
	"entente/internal/store"
)

// Every sheet has the sentences that its pages need, in every language.
func TestSheetsHaveTheirSentences(t *testing.T) {
	for _, sh := range new(Server).sheets() {
		for _, key := range sh.words() {
			for _, lang := range i18n.Languages() {
				if !i18n.For(lang).Has(key) {
					t.Errorf("no sentence for %s in %s", key, lang)
				}
			}
		}
	}
}

// refusals are forms that must come back filled, each with a fault beside the field named.
var refusals = []struct {
	path  string
	form  []string
	fault string // name of the field at fault
	kept  string // name of a field whose value must still be there
}{
	{"annuaire/organismes", []string{"name", "", "phone", "01 02"}, "name", "phone"},
	{"annuaire/organismes", []string{"name", "Association", "kind", "club"}, "kind", "name"},
	{"annuaire/personnes", []string{"given", "Anne", "email", "anne@"}, "email", "given"},
	{"annuaire/fonctions", []string{"title", "Directrice", "from", "2026-01-01", "to", "2025-01-01"}, "to", "title"},
	{"annuaire/fonctions", []string{"title", "Directrice", "from", "31/02/2026"}, "from", "title"},
	{"reunions", []string{"committee", "operationnel", "day", "2027-01-01", "state", "held"}, "state", "day"},
	{"reunions", []string{"committee", "operationnel", "day", "2026-02-30", "state", "held"}, "day", "state"},
	{"reunions", []string{"committee", "operationnel", "day", "2026-12-08", "state", "cancelled"}, "reason", "day"},
	{"reunions", []string{"committee", "operationnel", "day", "2026-12-08", "state", "planned", "remote", "http://visio.exemple.fr"}, "remote", "day"},
	{"reunions", []string{"committee", "operationnel", "day", "2026-12-08", "state", "planned", "minutes", "deux heures"}, "minutes", "day"},
	{"delegations", []string{"party", "caese", "document", "", "date", "2026-01-01"}, "document", "date"},
	{"signatures", []string{"party", "caese", "date", "2027-01-01", "place", "Étampes"}, "date", "place"},
	{"mandats", []string{"seat", "", "person", "", "from", "2026-01-01"}, "seat", "from"},
}

func TestEverySheetRefusesAndComesBackFilled(t *testing.T) {
	st := newSite(t)
	c := st.as(coordinator)
	for _, x := range refusals {
		add := st.path(x.path, "ajouter")
		a := c.post(add, x.form...).wants(http.StatusUnprocessableEntity)
		if field := byID(a.html(), "f-"+x.fault+"-fault"); field == nil {
			t.Errorf("%s: no fault beside %s", x.path, x.fault)
		}
		if got, want := a.form(add).Get(x.kept), values(x.form...).Get(x.kept); got != want {
			t.Errorf("%s: %s came back as %q, want %q", x.path, x.kept, got, want)
		}
	}
}

// A coordinator keeps what belongs to the own party, and is told who keeps the rest; what was typed is not lost.
func TestSheetsOfAnotherParty(t *testing.T) {
	st := newSite(t)
	c := st.as(coordinator)
	person := st.ids["annuaire/personnes"]
	seat := st.seat(st.peer())
	add := st.path("mandats", "ajouter")
	a := c.post(add, "seat", seat.Key, "person", person, "role", string(governance.Holder), "from", "2026-01-01").wants(http.StatusForbidden)
	if got := a.form(add).Get("from"); got != "2026-01-01" {
		t.Errorf("what was typed came back as %q", got)
	}
	c.post(st.path("signatures", "ajouter"), "party", st.peer(), "date", "2026-01-01").wants(http.StatusForbidden)
	c.post(st.path("delegations", "ajouter"), "party", st.peer(), "person", person, "date", "2026-01-01", "document", "x", "from", "2026-01-01").wants(http.StatusForbidden)
	mandates, err := st.store.In(st.own.ID).Mandates(t.Context(), store.MandateFilter{Seat: seat.Key})
	if err != nil || len(mandates) != 0 {
		t.Errorf("%d mandates, %v", len(mandates), err)
	}
}

// Two people change the same thing: the second sees both texts and decides.
func TestConflictShowsBothTexts(t *testing.T) {
	st := newSite(t)
	c := st.as(coordinator)
	change := st.path("annuaire", "organismes", st.ids["annuaire/organismes"], "modifier")
	mine := c.get(change).wants(http.StatusOK)
	c.submit(c.get(change), change, "phone", "01 00 00 00 01").wants(http.StatusSeeOther)
	both := c.submit(mine, change, "phone", "01 00 00 00 02").wants(http.StatusConflict)
	both.says("01 00 00 00 01").says("01 00 00 00 02")
	if got := both.form(change).Get("phone"); got != "01 00 00 00 02" {
		t.Errorf("my text came back as %q", got)
	}
	c.submit(both, change).wants(http.StatusSeeOther)
	if got := c.get(change).form(change).Get("phone"); got != "01 00 00 00 02" {
		t.Errorf("my text was not kept: %q", got)
	}
	// Taking away what changed meanwhile is refused too, and shows what stands.
	remove := st.path("annuaire", "organismes", st.ids["annuaire/organismes"], "retirer")
	c.post(remove, "version", "1").wants(http.StatusConflict)
}

func TestAddChangeRemove(t *testing.T) {
	st := newSite(t)
	c := st.as(coordinator)
	add := st.path("reunions", "ajouter")
	form := c.get(add + "?comite=strategique").wants(http.StatusOK)
	list := st.path("reunions") + "?comite=strategique"
	made := c.submit(form, add, "day", "2026-06-11", "time", "14:00", "state", "held", "place", "Étampes").wants(http.StatusSeeOther)
	entries, err := st.store.In(st.own.ID).JournalEntries(t.Context(), store.JournalFilter{Subject: "meeting", Limit: 1})
	st.must(err)
	made.leadsTo(st.path("reunions", entries[0].Key))
	c.get(made.header.Get("Location")).says("La réunion est ajoutée").says("jeudi 11 juin 2026 à 14 h")
	change := st.path("reunions", entries[0].Key, "modifier")
	if entries[0].Article != "4-2" {
		t.Errorf("the meeting was entered under %q", entries[0].Article)
	}
	c.submit(c.get(change), change, "state", "cancelled").wants(http.StatusUnprocessableEntity).says("Dites pourquoi la réunion est annulée")
	c.submit(c.get(change), change, "state", "cancelled", "reason", "Trop d’absents.").wants(http.StatusSeeOther)
	c.get(list).says("annulée")
	c.submit(c.get(change), st.path("reunions", entries[0].Key, "retirer")).leadsTo(st.path("reunions"))
	c.get(change).wants(http.StatusNotFound)
}

// An organization in which somebody holds a function stays, and the page says why.
func TestRemovalIsRefusedWithItsReason(t *testing.T) {
	st := newSite(t)
	c := st.as(coordinator)
	sp := st.store.In(st.own.ID)
	parties, err := sp.Parties(t.Context())
	st.must(err)
	o := parties[st.party()]
	people := c.get(st.path("annuaire", "fonctions", "ajouter") + "?" + url.Values{"organisme": {o.ID}}.Encode()).wants(http.StatusOK)
	c.submit(people, st.path("annuaire", "fonctions", "ajouter"), "person", st.ids["annuaire/personnes"], "title", "Directrice").wants(http.StatusSeeOther)
	change := st.path("annuaire", "organismes", o.ID, "modifier")
	c.submit(c.get(change), st.path("annuaire", "organismes", o.ID, "retirer")).wants(http.StatusUnprocessableEntity).says("fonction")
	c.get(st.path("annuaire", "organismes", o.ID)).wants(http.StatusOK).says("Directrice")
}

// Where the convention admits no substitute, the form offers none and a forged one is refused.
func TestNoSubstituteWhereTheConventionAdmitsNone(t *testing.T) {
	st := newSite(t)
	c := st.as(coordinator)
	var seat string
	for i := range st.text.Committees {
		for _, s := range st.text.Committees[i].Places() {
			if s.Party == st.party() && st.text.Committees[i].Substitution == "" {
				seat = s.Key
			}
		}
	}
	add := st.path("mandats", "ajouter")
	form := c.get(add + "?" + url.Values{"siege": {seat}}.Encode()).wants(http.StatusOK)
	if form.form(add).Get("role") != "holder" || strings.Contains(form.words(), "Suppléant") {
		t.Error("the form offers a choice that the convention does not give")
	}
	c.submit(form, add, "person", st.ids["annuaire/personnes"], "role", "substitute").wants(http.StatusUnprocessableEntity).says("ne prévoit pas de suppléant")
	c.submit(form, add, "person", st.ids["annuaire/personnes"]).wants(http.StatusSeeOther)
}
