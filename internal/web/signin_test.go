package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"entente/internal/auth"
	"entente/internal/config"
	"entente/internal/store"
)

func TestFront(t *testing.T) {
	st := newSite(t)
	st.as(anonymous).get("/").leadsTo("/connexion")
	st.as(reader).get("/").leadsTo("/espaces")
	st.as(reader).get("/connexion?retour=/compte").leadsTo("/compte")
}

func TestSignInWithPassword(t *testing.T) {
	st := newSite(t)
	st.setPassword(reader)
	c := st.browser(reader)
	page := c.follow(c.get(st.path("annuaire")))
	c.submit(page, "/connexion", "email", " Reader@Exemple.fr ", "password", passwordOf(reader)).leadsTo(st.path("annuaire"))
	c.get(st.path("annuaire")).wants(http.StatusOK)
	c.post("/deconnexion").leadsTo("/connexion")
	c.get(st.path("annuaire")).wants(http.StatusSeeOther)
}

// TestLanding: whoever has one space arrives in it, whoever has none or several arrives at the list.
func TestLanding(t *testing.T) {
	st := newSite(t)
	for who, to := range map[string]string{reader: st.path(), member: st.path(), stranger: "/espaces", administrator: "/espaces"} {
		st.browser(anonymous).post("/connexion/lien", "email", emailOf(who))
		st.browser(who).post(signInLinkPath + secretOf(t, st.lastAnnounced().link)).leadsTo(to)
	}
}

func TestSessionsEnd(t *testing.T) {
	st := newSite(t)
	st.setPassword(reader)
	c := st.as(reader)
	c.get("/compte").wants(http.StatusOK)
	st.must(st.store.DisableAccount(t.Context(), store.Actor{}, st.accounts[reader].ID))
	c.get("/compte").leadsTo("/connexion?retour=%2Fcompte")
	st.must(st.store.EnableAccount(t.Context(), store.Actor{}, st.accounts[reader].ID))
	c.get("/compte").leadsTo("/connexion?retour=%2Fcompte")

	other := st.as(reader)
	st.setPassword(reader)
	other.get("/compte").leadsTo("/connexion?retour=%2Fcompte")
}

// TestSignInLink: the link is announced to whoever runs the server, works once, and is not used up by being opened.
func TestSignInLink(t *testing.T) {
	st := newSite(t)
	c := st.browser(anonymous)
	form := c.get("/connexion?retour=" + url.QueryEscape(st.path("comites"))).wants(http.StatusOK)
	got := c.submit(form, "/connexion/lien", "email", "READER@exemple.fr")
	c.follow(got).says("Si un compte existe à cette adresse")
	said := st.lastAnnounced()
	if said.purpose != "sign-in" || said.email != emailOf(reader) {
		t.Fatalf("announced: %+v", said)
	}
	path := strings.TrimPrefix(said.link, siteAddress)
	for range 3 {
		c.get(path).wants(http.StatusOK).says("Bonjour Camille Reader")
	}
	c.submit(c.get(path), path).leadsTo(st.path("comites"))
	c.get(st.path("comites")).wants(http.StatusOK)
	again := st.browser(anonymous)
	again.get(path).wants(http.StatusNotFound).says("Un lien personnel ne sert qu’une fois")
	again.post(path).wants(http.StatusNotFound)
}

func TestSignInLinkExpires(t *testing.T) {
	st := newSite(t)
	st.browser(anonymous).post("/connexion/lien", "email", emailOf(reader))
	path := strings.TrimPrefix(st.lastAnnounced().link, siteAddress)
	st.clock.Advance(signInLinkLife + time.Second)
	st.browser(anonymous).post(path).wants(http.StatusNotFound)
}

// TestALinkForNobodyLooksTheSame: the answer is that for an account, and nothing is announced.
func TestALinkForNobodyLooksTheSame(t *testing.T) {
	st := newSite(t)
	st.must(st.store.DisableAccount(t.Context(), store.Actor{}, st.accounts[member].ID))
	for _, email := range []string{"personne@exemple.fr", emailOf(member)} {
		st.browser(anonymous).post("/connexion/lien", "email", email).leadsTo("/connexion?lien=demande")
	}
	if len(st.announced) != 0 {
		t.Errorf("announced: %v", st.announced)
	}
	st.browser(anonymous).post("/connexion/lien", "email", "sans arobase").wants(http.StatusUnprocessableEntity)
}

func TestLinksAreLimited(t *testing.T) {
	st := newSite(t)
	for range linkLimit.Max {
		st.browser(anonymous).post("/connexion/lien", "email", emailOf(reader)).wants(http.StatusSeeOther)
	}
	got := st.browser(anonymous).post("/connexion/lien", "email", emailOf(reader)).wants(http.StatusTooManyRequests)
	if got.field("email") == nil || got.header.Get("Retry-After") == "" {
		t.Errorf("refused without a time: %v", got.header)
	}
	if len(st.announced) != linkLimit.Max {
		t.Errorf("%d links were announced", len(st.announced))
	}
}

// TestALinkOfAClosedAccountIsNoLink: closing an account closes the links that were under way.
func TestALinkOfAClosedAccountIsNoLink(t *testing.T) {
	st := newSite(t)
	st.browser(anonymous).post("/connexion/lien", "email", emailOf(reader))
	path := strings.TrimPrefix(st.lastAnnounced().link, siteAddress)
	st.must(st.store.DisableAccount(t.Context(), store.Actor{}, st.accounts[reader].ID))
	st.browser(anonymous).get(path).wants(http.StatusNotFound)
	st.browser(anonymous).post(path).wants(http.StatusNotFound)
}

// TestAnOldHashIsRenewed: whoever signs in with a hash of weaker parameters has a hash of today's afterwards.
func TestAnOldHashIsRenewed(t *testing.T) {
	st := newSite(t)
	weak := auth.NewHasher(auth.Params{Memory: 8 * 1024, Passes: 1, Threads: 1}, 1)
	old, err := weak.Hash(t.Context(), passwordOf(reader))
	st.must(err)
	st.must(st.store.SetPassword(t.Context(), store.Actor{}, st.accounts[reader].ID, old))
	c := st.browser(reader)
	c.post("/connexion", "email", emailOf(reader), "password", passwordOf(reader)).leadsTo(st.path())
	c.get("/compte").wants(http.StatusOK)
	a, err := st.store.Account(t.Context(), st.accounts[reader].ID)
	st.must(err)
	if a.PasswordHash == old {
		t.Error("the old hash is still there")
	}
}

func TestLanguage(t *testing.T) {
	st := newSite(t)
	c := st.browser(anonymous)
	if got := c.get("/connexion").title(); got != "Connexion" {
		t.Errorf("without a choice: %q", got)
	}
	c.submit(c.get("/connexion"), "/langue", "langue", "en").leadsTo("/connexion")
	if got := c.get("/connexion").title(); got != "Sign in" {
		t.Errorf("after the choice: %q", got)
	}
	c.post("/langue", "langue", "de").wants(http.StatusUnprocessableEntity)

	signed := st.as(reader)
	signed.submit(signed.get("/compte"), "/langue", "langue", "en").leadsTo("/compte")
	if got := st.as(reader).get("/compte").title(); got != "My account" {
		t.Errorf("the account does not keep the choice: %q", got)
	}
}

// TestLanguageLeadsBackToAPage: the foot of a refused form leads to the page of the form, not to where it was sent.
func TestLanguageLeadsBackToAPage(t *testing.T) {
	st := newSite(t)
	c := st.as(administrator)
	for _, page := range []*answer{
		st.browser(anonymous).post("/connexion/lien", "email", "sans arobase"),
		c.post("/compte/mot-de-passe", "new", "court"),
		c.post("/administration/invitations"),
		c.post(st.path("acces", "invitations")),
		c.post(st.path("acces", "retrait")),
		c.get("/deconnexion"),
	} {
		back := page.form("/langue").Get("retour")
		if got := c.get(back); got.status != http.StatusOK && got.status != http.StatusSeeOther {
			t.Errorf("%s leads back to %s: %d", page.asked, back, got.status)
		}
	}
}

func TestInstallation(t *testing.T) {
	st := newEmptySite(t, config.Config{Address: siteAddress})
	secret, err := st.store.IssueToken(t.Context(), store.Token{Kind: store.First}, time.Hour)
	st.must(err)
	path := installLinkPath + secret
	c := st.browser("first")
	page := c.get(path).wants(http.StatusOK)
	page = c.submit(page, path, "name", "Claude Martin", "email", "claude", "password", "court").wants(http.StatusUnprocessableEntity)
	if attr(page.field("name"), "value") != "Claude Martin" {
		t.Error("the refused form comes back empty")
	}
	page = c.submit(page, path, "email", "claude@exemple.fr", "password", "quatre mots sans rapport")
	c.follow(page).says("Votre compte est créé")
	c.get("/administration").wants(http.StatusOK)
	st.browser("second").get(path).wants(http.StatusNotFound)

	another, err := st.store.IssueToken(t.Context(), store.Token{Kind: store.First}, time.Hour)
	st.must(err)
	got := st.browser("second").post(installLinkPath+another, "name", "Autre", "email", "autre@exemple.fr", "password", "quatre mots sans rapport")
	got.wants(http.StatusUnprocessableEntity)
}

func TestSpaces(t *testing.T) {
	st := newSite(t)
	st.as(stranger).get("/espaces").wants(http.StatusOK).says("Aucun espace pour l’instant")
	st.as(reader).get("/espaces").says("Espace etampois")
	if strings.Contains(st.as(reader).get("/espaces").words(), "Espace val-d-ambre") {
		t.Error("a reader sees a space of others")
	}
	page := st.as(administrator).get("/espaces")
	page.says("Espace val-d-ambre").says("Créer un espace")
}
