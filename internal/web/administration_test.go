package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"entente/internal/i18n"
	"entente/internal/store"
)

// change sends the button of an account.
func (st *site) change(c *client, who, action string) *answer {
	st.t.Helper()
	path := "/administration/comptes/" + st.accounts[who].ID
	return c.submit(c.get("/administration"), path, "action", action)
}

func (st *site) now(who string) store.Account {
	st.t.Helper()
	a, err := st.store.Account(st.t.Context(), st.accounts[who].ID)
	st.must(err)
	return a
}

func TestChangeAccounts(t *testing.T) {
	st := newSite(t)
	c := st.as(administrator)
	session := st.as(reader)
	c.follow(st.change(c, reader, "disable")).says("Le compte est fermé")
	session.get("/espaces").leadsTo("/connexion?retour=%2Fespaces")
	c.follow(st.change(c, reader, "enable")).says("Le compte est rouvert")
	c.follow(st.change(c, reader, "promote")).says("L’administration est donnée")
	if a := st.now(reader); a.Disabled() || !a.Administrator {
		t.Errorf("the account is %+v", a)
	}
	st.change(c, administrator, "demote").leadsTo("/espaces")
	c.get("/administration").wants(http.StatusForbidden)
}

// TestTheLastAdministratorStays: neither closed nor demoted, and the page says why.
func TestTheLastAdministratorStays(t *testing.T) {
	st := newSite(t)
	c := st.as(administrator)
	for _, action := range []string{"demote", "disable"} {
		got := st.change(c, administrator, action).wants(http.StatusUnprocessableEntity)
		if !strings.Contains(got.words(), i18n.For("fr").T("store.account.last-administrator")) {
			t.Errorf("%s is refused without the reason:\n%s", action, got.excerpt())
		}
	}
	if a := st.now(administrator); !a.Administrator || a.Disabled() {
		t.Errorf("the last administrator is %+v", a)
	}
}

func TestAStaleChangeOfRightsIsRefused(t *testing.T) {
	st := newSite(t)
	c := st.as(administrator)
	page := c.get("/administration")
	path := "/administration/comptes/" + st.accounts[reader].ID
	c.submit(page, path, "action", "promote").wants(http.StatusSeeOther)
	c.submit(page, path, "action", "demote").wants(http.StatusConflict)
	c.submit(page, path, "action", "rien").wants(http.StatusUnprocessableEntity)
	c.post("/administration/comptes/personne", "action", "disable").wants(http.StatusNotFound)
}

// TestOpenAnAccount: the link signs the new account in once and leads to where a password is chosen.
func TestOpenAnAccount(t *testing.T) {
	st := newSite(t)
	c := st.as(administrator)
	done := c.submit(c.get("/administration"), "/administration/invitations", "name", "Dominique Petit", "email", "dominique@exemple.fr",
		"administrator", "oui").wants(http.StatusOK)
	path := strings.TrimPrefix(issuedLink(t, done), siteAddress)
	guest := st.browser("dominique")
	guest.follow(guest.submit(guest.get(path), path)).wants(http.StatusOK).says("Mon compte")
	guest.post("/compte/mot-de-passe", "new", "quatre mots sans rapport").leadsTo("/compte")
	guest.get("/administration").wants(http.StatusOK)
	again := c.post("/administration/invitations", "name", "Dominique", "email", "Dominique@exemple.fr").wants(http.StatusUnprocessableEntity)
	if attr(again.field("email"), "aria-invalid") != "true" {
		t.Errorf("an address that is taken: %s", again.excerpt())
	}
}

func TestAccountsInPages(t *testing.T) {
	st := newSite(t)
	for i := range store.PageSize {
		_, err := st.store.CreateAccount(t.Context(), store.Actor{}, store.Account{Name: fmt.Sprintf("Zoé %03d", i), Email: fmt.Sprintf("z%d@exemple.fr", i), Locale: "fr"})
		st.must(err)
	}
	c := st.as(administrator)
	first := c.get("/administration")
	first.says("55 comptes").says("Camille Reader")
	next := nodes(first.html(), tagged("a"))
	for _, a := range next {
		if attr(a, "rel") == "next" {
			second := c.get(attr(a, "href")).wants(http.StatusOK)
			second.says("Zoé 049")
			if strings.Contains(second.words(), "Camille Reader") {
				t.Error("the second page begins anew")
			}
			return
		}
	}
	t.Error("the list has no second page")
}
