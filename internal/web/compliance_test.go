package web

import (
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"entente/internal/web/view"
)

func byID(root *html.Node, id string) *html.Node {
	for _, n := range nodes(root, func(n *html.Node) bool { return attr(n, "id") == id }) {
		return n
	}
	return nil
}

func TestCompliancePage(t *testing.T) {
	st := newSite(t)
	c := st.as(coordinator)
	page := c.get(st.path("obligations")).wants(http.StatusOK)
	page.says("lundi 23 novembre 2026").says("Durée de la convention").says("Clauses qui ne créent pas d’obligation à vérifier").says("1 réunion tenue en 2026")
	for _, who := range []string{reader, member, administrator} {
		st.as(who).get(st.path("obligations")).wants(http.StatusOK)
	}
	st.as(administrator).get(spacePath(st.other.Slug, "obligations")).wants(http.StatusOK)
}

// Any day has its answer: before the convention, on it, after it; a day that does not exist is said.
func TestComplianceOnAnyDay(t *testing.T) {
	st := newSite(t)
	c := st.as(reader)
	for day, want := range map[string]string{
		"2022-06-01": "La convention prend effet le 1er janvier 2023",
		"2026-12-31": "La convention est en vigueur jusqu’au 31 décembre 2026",
		"2027-01-01": "la dernière a pris fin le 31 décembre 2026",
		"31/12/2026": "La convention est en vigueur jusqu’au 31 décembre 2026",
		"2026-02-30": "« 2026-02-30 » n’est pas une date qui existe",
		"demain":     "« demain » n’est pas une date qui existe",
	} {
		for _, page := range []string{"obligations", "obligations/releve"} {
			c.get(st.path(page) + "?" + values("le", day).Encode()).wants(http.StatusOK).says(want)
		}
	}
	if got := attr(c.get(st.path("obligations")+"?le=2026-02-30").field("le"), "value"); got != "2026-11-23" {
		t.Errorf("a bad day shows %s and not today", got)
	}
}

func TestComplianceNarrowed(t *testing.T) {
	st := newSite(t)
	key := view.FindingAnchor("commitment/moyens/" + st.party())
	for _, x := range []struct {
		who, query   string
		shown, other bool // the means of the own party; the cadence of the operational committee
	}{
		{coordinator, "", true, true},
		{coordinator, "?partie=" + st.party(), true, false},
		{coordinator, "?partie=" + st.peer(), false, false},
		{coordinator, "?comite=operationnel", false, true},
		{coordinator, "?comite=nowhere&etat=nothing&partie=nobody", true, true},
		{coordinator, "?vue=etat", true, true},
		{reader, "?partie=" + st.party(), true, true}, // no list by partner for those who do not keep the space
	} {
		root := st.as(x.who).get(st.path("obligations") + x.query).wants(http.StatusOK).html()
		if shown := byID(root, key) != nil; shown != x.shown {
			t.Errorf("%s %q shows the means of the party: %v", x.who, x.query, shown)
		}
		if other := byID(root, view.FindingAnchor("cadence/operationnel")) != nil; other != x.other {
			t.Errorf("%s %q shows the cadence: %v", x.who, x.query, other)
		}
	}
	st.as(reader).get(st.path("obligations") + "?etat=broken&comite=technique").says("Aucune obligation ne correspond")
}

// What would show an obligation kept is offered to those who may do it, and to nobody else.
func TestDeedsFollowAuthority(t *testing.T) {
	st := newSite(t)
	for who, want := range map[string]struct{ own, peer, meeting, load bool }{
		coordinator:   {own: true, meeting: true},
		administrator: {own: true, peer: true, meeting: true, load: true},
		reader:        {}, member: {},
	} {
		page := st.as(who).get(st.path("obligations")).wants(http.StatusOK)
		for href, offered := range map[string]bool{
			st.path("preuves", "ajouter") + "?obligation=commitment%2Fmoyens%2F" + st.party(): want.own,
			st.path("preuves", "ajouter") + "?obligation=commitment%2Fmoyens%2F" + st.peer():  want.peer,
			st.path("reunions", "ajouter") + "?comite=operationnel":                           want.meeting,
			st.path("convention", "charger"):                                                  want.load,
		} {
			if got := len(page.linksTo(href)) > 0; got != offered {
				t.Errorf("%s is offered %s: %v", who, href, got)
			}
		}
	}
}

// Whatever is offered opens.
func TestDeedsLeadSomewhere(t *testing.T) {
	st := newSite(t)
	c := st.as(administrator)
	page := c.get(st.path("obligations")).wants(http.StatusOK)
	seen := map[string]bool{}
	for _, n := range nodes(page.html(), func(n *html.Node) bool { return attr(n, "class") == "deed" }) {
		for _, a := range nodes(n, tagged("a")) {
			if href := attr(a, "href"); !seen[href] {
				seen[href] = true
				c.get(href).wants(http.StatusOK)
			}
		}
	}
	if len(seen) < 5 {
		t.Errorf("only %d deeds are offered", len(seen))
	}
}

func TestStatement(t *testing.T) {
	st := newSite(t)
	page := st.as(reader).get(st.path("obligations", "releve") + "?le=2026-11-23").wants(http.StatusOK)
	head, err := st.store.In(st.own.ID).VerifyJournal(t.Context())
	st.must(err)
	page.says(head.Head.Hash).says("entente journal verify " + st.own.Slug).says("Version 1, applicable à compter du 1er janvier 2023").
		says("L’espace enregistre depuis le 23 novembre 2026")
	for _, k := range st.text.Clauses {
		page.says(k.Heading)
	}
	if strings.Contains(page.body, "⟦") {
		t.Error("a sentence is missing")
	}
}
