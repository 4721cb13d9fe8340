package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"entente/internal/authority"
	"entente/internal/store"
)

// issuedLink is the link that a page shows once.
func issuedLink(t *testing.T, a *answer) string {
	t.Helper()
	found := nodes(a.html(), func(n *html.Node) bool { return attr(n, "id") == "issued-link" })
	if len(found) != 1 {
		t.Fatalf("%s: the page shows no link:\n%s", a.asked, a.excerpt())
	}
	return attr(found[0], "value")
}

func (st *site) standing(account string) authority.Standing {
	st.t.Helper()
	s, err := st.store.Standing(st.t.Context(), account, st.own.ID, st.store.Today())
	st.must(err)
	return s.Standing
}

// TestInviteSomebodyNew: the link is shown once and announced; it makes the account, the person and the role.
func TestInviteSomebodyNew(t *testing.T) {
	st := newSite(t)
	c := st.as(coordinator)
	page := c.get(st.path("acces"))
	page.says("Camille Coordinator").says("Camille Reader")
	done := c.submit(page, st.path("acces", "invitations"), "email", "Dominique@exemple.fr", "given", "Dominique", "family", "Petit",
		"role", rolePrefix+st.party()).wants(http.StatusOK)
	link := issuedLink(t, done)
	if said := st.lastAnnounced(); said.purpose != "invitation" || said.email != "Dominique@exemple.fr" || said.link != link {
		t.Errorf("announced: %+v", said)
	}
	if strings.Contains(c.get(st.path("acces")).body, "/lien/") {
		t.Error("the link is shown twice")
	}
	path := strings.TrimPrefix(link, siteAddress)
	guest := st.browser("dominique")
	form := guest.get(path).wants(http.StatusOK)
	form.says("Camille Coordinator").says("dominique@exemple.fr").says("Tenir l’espace pour CAESE")
	if attr(form.field("given"), "value") != "Dominique" {
		t.Error("the names of the invitation are not proposed")
	}
	refused := guest.submit(form, path, "family", "", "password", "court").wants(http.StatusUnprocessableEntity)
	guest.follow(guest.submit(refused, path, "family", "Petit", "password", "quatre mots sans rapport")).wants(http.StatusOK).
		says("Vous avez rejoint l’espace")
	account, err := st.store.AccountByEmail(t.Context(), "dominique@exemple.fr")
	st.must(err)
	if s := st.standing(account.ID); !s.Coordinator(st.party()) || s.Person == "" || account.Name != "Dominique Petit" {
		t.Errorf("%s is %+v", account.Name, s)
	}
	st.browser("late").get(path).wants(http.StatusNotFound)
}

// TestInviteSomebodyKnown: the link alone does not open an account that exists; signed in, one click accepts.
func TestInviteSomebodyKnown(t *testing.T) {
	st := newSite(t)
	path := st.invitationFor(stranger)
	guest := st.browser(stranger)
	guest.get(path).leadsTo("/connexion?retour=" + strings.ReplaceAll(path, "/", "%2F"))
	guest.get("/connexion").says("Vous avez déjà un compte")
	guest.post(path, "family", "X", "password", "quatre mots sans rapport").wants(http.StatusSeeOther)
	if s := st.standing(st.accounts[stranger].ID); !s.Stranger() {
		t.Fatalf("accepted without sign-in: %+v", s)
	}
	signed := st.as(stranger)
	page := signed.get(path).wants(http.StatusOK)
	if len(page.form(path)) != 0 {
		t.Errorf("an account is asked for %v", page.form(path))
	}
	signed.submit(page, path).leadsTo(st.path())
	if s := st.standing(st.accounts[stranger].ID); !s.Reader {
		t.Errorf("accepted: %+v", s)
	}
}

// invitationFor makes an invitation to read the own space, and gives the path of its link.
func (st *site) invitationFor(who string) string {
	st.t.Helper()
	c := st.as(coordinator)
	done := c.post(st.path("acces", "invitations"), "email", emailOf(who), "role", "reader").wants(http.StatusOK)
	return strings.TrimPrefix(issuedLink(st.t, done), siteAddress)
}

func TestAnInvitationIsForItsAddress(t *testing.T) {
	st := newSite(t)
	path := st.invitationFor("neuf")
	c := st.as(stranger)
	c.get(path).wants(http.StatusForbidden).says("Cette invitation s’adresse à neuf@exemple.fr").says("stranger@exemple.fr")
	c.post(path).wants(http.StatusForbidden)
	if s := st.standing(st.accounts[stranger].ID); !s.Stranger() {
		t.Errorf("the wrong account was let in: %+v", s)
	}
}

func TestAnInvitationExpires(t *testing.T) {
	st := newSite(t)
	path := st.invitationFor("neuf")
	st.clock.Advance(invitationLife + time.Second)
	st.browser(anonymous).get(path).wants(http.StatusNotFound).says("d’en renvoyer une")
}

func TestRefusedInvitations(t *testing.T) {
	st := newSite(t)
	c := st.as(coordinator)
	for _, x := range []struct {
		name   string
		pairs  []string
		status int
		says   string
	}{
		{"all at once", []string{"email", "neuf"}, http.StatusUnprocessableEntity, "2 champs sont à corriger"},
		{"nothing", nil, http.StatusUnprocessableEntity, "Renseignez ce champ"},
		{"no role", []string{"email", "neuf@exemple.fr"}, http.StatusUnprocessableEntity, "À quel titre"},
		{"no such role", []string{"email", "neuf@exemple.fr", "role", "maire"}, http.StatusUnprocessableEntity, "Choisissez une des réponses"},
		{"no such party", []string{"email", "neuf@exemple.fr", "role", rolePrefix + "personne"}, http.StatusUnprocessableEntity, "Choisissez une des réponses"},
		{"no address", []string{"email", "neuf", "role", "reader"}, http.StatusUnprocessableEntity, "Cette adresse électronique n’est pas complète"},
		{"has it", []string{"email", "READER@exemple.fr", "role", "reader"}, http.StatusUnprocessableEntity, "Camille Reader a déjà cet accès"},
		{"a peer", []string{"email", "neuf@exemple.fr", "role", rolePrefix + st.peer()}, http.StatusForbidden, "Les parties sont des pairs"},
	} {
		c.post(st.path("acces", "invitations"), x.pairs...).wants(x.status).says(x.says)
	}
	if len(st.announced) != 0 {
		t.Errorf("announced: %v", st.announced)
	}
}

// TestEachNamesItsOwn: the form offers a coordinator their own party only, an administrator every party.
func TestEachNamesItsOwn(t *testing.T) {
	st := newSite(t)
	for who, want := range map[string]int{coordinator: 2, administrator: 1 + len(st.text.Parties)} {
		page := st.as(who).get(st.path("acces")).wants(http.StatusOK)
		got := nodes(page.html(), func(n *html.Node) bool { return attr(n, "name") == "role" && attr(n, "type") == "radio" })
		if len(got) != want {
			t.Errorf("%s may give %d roles instead of %d", who, len(got), want)
		}
	}
}

func TestWithdraw(t *testing.T) {
	st := newSite(t)
	c := st.as(coordinator)
	retrait := st.path("acces", "retrait")
	c.submit(c.get(st.path("acces")), retrait, "account", st.accounts[reader].ID, "role", "reader", "party", "").leadsTo(st.path("acces"))
	if s := st.standing(st.accounts[reader].ID); !s.Stranger() {
		t.Errorf("withdrawn: %+v", s)
	}
	c.get(st.path("acces")).says("L’accès est retiré").says("Personne n’est invité en lecture")
	c.post(retrait, "account", st.accounts[reader].ID, "role", "reader").wants(http.StatusUnprocessableEntity).says("déjà retiré")
	c.post(retrait, "role", "maire").wants(http.StatusUnprocessableEntity).says("Choisissez dans la liste")
	c.post(retrait, "account", st.accounts[coordinator].ID, "role", "coordinator", "party", st.party()).leadsTo("/espaces")
	c.get(st.path()).wants(http.StatusNotFound)
}

// TestWithdrawalIsInTheJournal: who did it, for whom, and what stood before.
func TestWithdrawalIsInTheJournal(t *testing.T) {
	st := newSite(t)
	st.as(coordinator).post(st.path("acces", "retrait"), "account", st.accounts[reader].ID, "role", "reader").wants(http.StatusSeeOther)
	last, err := st.store.In(st.own.ID).JournalEntries(t.Context(), store.JournalFilter{Limit: 1})
	st.must(err)
	if e := last[0]; e.Action != "grant.remove" || e.Name != "Camille Coordinator" || e.For != st.party() || e.Label != "Camille Reader" || e.Before == nil {
		t.Errorf("the journal says %+v", e)
	}
}
