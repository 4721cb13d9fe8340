package web

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"entente/internal/auth"
	"entente/internal/governance"
	"entente/internal/store"
)

func TestUpdateAccount(t *testing.T) {
	st := newSite(t)
	c := st.as(reader)
	c.follow(c.submit(c.get("/compte"), "/compte", "name", "Camille Durand", "langue", "en")).says("Your account is saved.")
	a, err := st.store.Account(t.Context(), st.accounts[reader].ID)
	st.must(err)
	if a.Name != "Camille Durand" || a.Locale != "en" {
		t.Errorf("kept: %+v", a)
	}
}

// TestTwoWindowsOfOneAccount: the second to save sees both texts, and can keep its own knowingly.
func TestTwoWindowsOfOneAccount(t *testing.T) {
	st := newSite(t)
	c := st.as(reader)
	first, second := c.get("/compte"), c.get("/compte")
	c.submit(first, "/compte", "name", "Camille Durand").leadsTo("/compte")
	both := c.submit(second, "/compte", "name", "Camille Dupont").wants(http.StatusConflict)
	both.says("Camille Durand").says("Camille Dupont").says("lundi 23 novembre 2026")
	c.submit(both, "/compte").leadsTo("/compte")
	if got := attr(c.get("/compte").field("name"), "value"); got != "Camille Dupont" {
		t.Errorf("kept: %q", got)
	}
}

func TestChangePassword(t *testing.T) {
	st := newSite(t)
	st.setPassword(reader)
	c, elsewhere := st.as(reader), st.as(reader)
	st.clock.Advance(linkTrust) // a session that began with a link is asked for the password after a while
	const fresh = "quatre mots sans rapport"
	page := c.get("/compte")
	c.submit(page, "/compte/mot-de-passe", "current", "ce n’est pas le bon", "new", fresh).wants(http.StatusUnprocessableEntity).
		says("Ce n’est pas votre mot de passe actuel")
	c.submit(page, "/compte/mot-de-passe", "current", passwordOf(reader), "new", "court").wants(http.StatusUnprocessableEntity)
	c.follow(c.submit(page, "/compte/mot-de-passe", "current", passwordOf(reader), "new", fresh)).says("Votre mot de passe est changé")
	elsewhere.get("/compte").leadsTo("/connexion?retour=%2Fcompte")
	st.browser(reader).post("/connexion", "email", emailOf(reader), "password", passwordOf(reader)).wants(http.StatusUnprocessableEntity)
	st.browser(reader).post("/connexion", "email", emailOf(reader), "password", fresh).leadsTo(st.path())
}

// TestForgottenPassword: whoever has just come by a personal link chooses a new password without the old one.
func TestForgottenPassword(t *testing.T) {
	st := newSite(t)
	st.setPassword(reader)
	c := st.as(reader)
	page := c.get("/compte")
	if page.form("/compte/mot-de-passe").Has("current") {
		t.Error("the present password is asked of somebody who came by a link")
	}
	c.submit(page, "/compte/mot-de-passe", "new", "quatre mots sans rapport").leadsTo("/compte")
	if !c.get("/compte").form("/compte/mot-de-passe").Has("current") {
		t.Error("the trust of the link outlives the change")
	}
}

func TestGuessesOfThePresentPasswordAreLimited(t *testing.T) {
	st := newSite(t)
	st.setPassword(reader)
	c := st.as(reader)
	st.clock.Advance(linkTrust + time.Second)
	for range auth.AccountLimit.Max {
		c.post("/compte/mot-de-passe", "current", "ce n’est pas le bon", "new", "quatre mots sans rapport").wants(http.StatusUnprocessableEntity)
	}
	c.post("/compte/mot-de-passe", "current", passwordOf(reader), "new", "quatre mots sans rapport").wants(http.StatusTooManyRequests)
}

func TestOwnData(t *testing.T) {
	st := newSite(t)
	st.setPassword(member)
	c := st.as(member)
	c.submit(c.get("/compte"), "/compte", "name", "Camille Membre").leadsTo("/compte")
	got := c.get("/compte/donnees").wants(http.StatusOK)
	if !strings.Contains(got.header.Get("Content-Disposition"), `filename="entente-2026-11-23.json"`) {
		t.Errorf("the file is %q", got.header.Get("Content-Disposition"))
	}
	var d ownData
	st.must(json.Unmarshal([]byte(got.body), &d))
	a, err := st.store.Account(t.Context(), st.accounts[member].ID)
	st.must(err)
	switch {
	case d.Account.Email != emailOf(member) || !d.Account.HasPassword:
		t.Errorf("account: %+v", d.Account)
	case len(d.Spaces) != 1 || d.Spaces[0].Person == nil || len(d.Spaces[0].Functions) != 1 || len(d.Spaces[0].Mandates) != 1 || len(d.Spaces[0].Delegations) != 1:
		t.Errorf("spaces: %+v", d.Spaces)
	case len(d.Spaces[0].Attendance) != 1 || !d.Spaces[0].Attendance[0].Holder || d.Spaces[0].Attendance[0].Presence != string(governance.Present) || len(d.Spaces[0].FollowUps) != 1 ||
		len(d.Spaces[0].Proposals) == 0 || len(d.Spaces[0].Comments) == 0 || len(d.Spaces[0].Leads) == 0 || len(d.Spaces[0].Messages) == 0:
		t.Errorf("the life of committees: %+v", d.Spaces[0])
	case len(d.Changes) != 1 || d.Changes[0].Action != "account.update":
		t.Errorf("changes: %+v", d.Changes)
	case strings.Contains(got.body, a.PasswordHash):
		t.Error("the file has the hash of the password")
	}
}

// TestOwnDataHasEveryChange: the file does not stop at the first page of the journal.
func TestOwnDataHasEveryChange(t *testing.T) {
	st := newSite(t)
	sp, by := st.store.In(st.own.ID), store.Actor{Account: st.accounts[coordinator].ID, Name: "Camille"}
	n := store.MaxPageSize/2 + 10
	st.must(sp.Together(t.Context(), func(sp *store.Space) error {
		g := store.Grant{Account: st.accounts[stranger].ID, Role: store.Reader}
		for range n {
			if err := sp.SetGrant(t.Context(), by, g); err != nil {
				return err
			}
			if err := sp.RemoveGrant(t.Context(), by, g); err != nil {
				return err
			}
		}
		return nil
	}))
	var d ownData
	st.must(json.Unmarshal([]byte(st.as(coordinator).get("/compte/donnees").body), &d))
	if len(d.Spaces) != 1 || len(d.Spaces[0].Changes) != 2*n {
		t.Errorf("%d changes instead of %d", len(d.Spaces[0].Changes), 2*n)
	}
}
