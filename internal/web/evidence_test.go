package web

import (
	"net/http"
	"strings"
	"testing"

	"entente/internal/compliance"
	"entente/internal/store"
	"entente/internal/web/view"
)

// file is what a coordinator of a party types to show that it gave its means.
func filing(party string, more ...string) []string {
	return append([]string{"obligation", "commitment/moyens/" + party, "kind", "moyens", "party", party, "title", "Temps de travail", "day", "2026-01-22"}, more...)
}

func TestFilingEvidence(t *testing.T) {
	st := newSite(t)
	c, key := st.as(coordinator), "commitment/moyens/"+st.party()
	add := st.path("preuves", "ajouter")
	form := c.get(add + "?" + values("obligation", key).Encode()).wants(http.StatusOK)
	for name, want := range map[string]string{"obligation": key, "kind": "moyens", "party": st.party(), "day": "2026-11-23"} {
		if got := form.form(add).Get(name); got != want {
			t.Errorf("%s begins as %q, want %q", name, got, want)
		}
	}
	c.submit(form, add, "title", "Temps de travail", "address", "https://exemple.fr/x").leadsTo(view.FindingHref(st.path(), key))
	page := c.get(st.path("obligations")).says("La preuve est versée.").says("Temps de travail (23 novembre 2026)")
	own := byID(page.html(), view.FindingAnchor(key))
	if !strings.Contains(words(own), "Respecté") {
		t.Errorf("the obligation is not kept: %s", words(own))
	}
	last, err := st.store.In(st.own.ID).JournalEntries(t.Context(), store.JournalFilter{Limit: 1})
	st.must(err)
	if e := last[0]; e.Action != "evidence.create" || e.For != st.party() || e.Article != "4-1" {
		t.Errorf("the journal says %s for %q under %q", e.Action, e.For, e.Article)
	}
	change := st.path("preuves", last[0].Key, "modifier")
	if len(page.linksTo(change)) != 1 {
		t.Error("the evidence cannot be changed from its obligation")
	}
	c.submit(c.get(change), change, "title", "Autre titre").leadsTo(view.FindingHref(st.path(), key))
	remove := st.path("preuves", last[0].Key, "retirer")
	c.submit(c.get(change), remove).leadsTo(st.path("obligations"))
	if strings.Contains(c.get(st.path("obligations")).words(), "Autre titre") {
		t.Error("the evidence is still there")
	}
}

// A refused form comes back filled, with the fault beside the field, and changes nothing.
func TestFilingIsRefused(t *testing.T) {
	st := newSite(t)
	add := st.path("preuves", "ajouter")
	for name, x := range map[string]struct {
		who    string
		status int
		field  string
		form   []string
	}{
		"no title":               {coordinator, 422, "title", filing(st.party(), "title", "")},
		"a day to come":          {coordinator, 422, "day", filing(st.party(), "day", "2027-01-01")},
		"no obligation":          {coordinator, 422, "obligation", filing(st.party(), "obligation", "")},
		"an unknown obligation":  {coordinator, 422, "obligation", filing(st.party(), "obligation", "mission/x/y")},
		"one with a register":    {coordinator, 422, "obligation", filing(st.party(), "obligation", "signatures")},
		"another party than its": {administrator, 422, "party", filing(st.party(), "party", st.peer())},
		"no such party":          {administrator, 422, "party", filing(st.party(), "obligation", "evaluation/annuelle", "party", "nobody")},
		"no web address":         {coordinator, 422, "address", filing(st.party(), "address", "classeur")},
		"a peer's":               {coordinator, 403, "", filing(st.peer())},
		"not theirs at all":      {reader, 403, "", filing(st.party())},
	} {
		form := values(x.form...)
		for k, list := range form { // the later of two values counts
			form[k] = list[len(list)-1:]
		}
		before, err := st.store.In(st.own.ID).Evidence(t.Context(), "")
		st.must(err)
		page := st.as(x.who).postValues(add, form)
		if page.status != x.status {
			t.Errorf("%s: status %d, want %d", name, page.status, x.status)
			continue
		}
		if x.field != "" && attr(page.field(x.field), "aria-invalid") != "true" {
			t.Errorf("%s: no fault beside %s:\n%s", name, x.field, page.excerpt())
		}
		if x.status == 422 && x.field != "title" && attr(page.field("title"), "value") != "Temps de travail" {
			t.Errorf("%s: what was typed is lost", name)
		}
		after, err := st.store.In(st.own.ID).Evidence(t.Context(), "")
		st.must(err)
		if len(after) != len(before) {
			t.Errorf("%s: something was kept", name)
		}
	}
}

// The form offers what the visitor may file evidence for: the own party's and the common obligations, that are judged by
// evidence.
func TestObligationsOffered(t *testing.T) {
	st := newSite(t)
	offered := func(who string) map[string]bool {
		out := map[string]bool{}
		page := st.as(who).get(st.path("preuves", "ajouter")).wants(http.StatusOK)
		for _, o := range nodes(page.field("obligation"), tagged("option")) {
			out[attr(o, "value")] = true
		}
		return out
	}
	own, all := offered(coordinator), offered(administrator)
	for key, want := range map[string][2]bool{
		"commitment/moyens/" + st.party(): {true, true},
		"commitment/moyens/" + st.peer():  {false, true},
		"evaluation/annuelle":             {true, true},
		"signatures":                      {false, false},
		"cadence/operationnel":            {false, false},
	} {
		if got := [2]bool{own[key], all[key]}; got != want {
			t.Errorf("%s is offered to coordinator and administrator: %v", key, got)
		}
	}
}

// An obligation that somebody typed into the address is asked again and fails nothing.
func TestFilingFromAnAddress(t *testing.T) {
	st := newSite(t)
	page := st.as(coordinator).get(st.path("preuves", "ajouter") + "?obligation=%22%3E%00x").wants(http.StatusOK)
	if got := selected(page.field("obligation")); got != "" {
		t.Errorf("%q is chosen", got)
	}
}

// A record under an obligation that no version has stays open to who may change it.
func TestStrayEvidence(t *testing.T) {
	st := newSite(t)
	r, err := st.store.In(st.own.ID).CreateEvidence(t.Context(), store.Actor{}, compliance.Record{Obligation: "mission/disparue/x", Kind: "document",
		Party: st.party(), Day: st.server.store.Today(), Title: "Ancien"})
	st.must(err)
	change := st.path("preuves", r.ID, "modifier")
	c := st.as(coordinator)
	c.submit(c.get(change).wants(http.StatusOK), change, "obligation", "evaluation/annuelle").wants(http.StatusSeeOther)
}
