package web

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"entente/internal/auth"
	"entente/internal/config"
	"entente/internal/fault"
	"entente/internal/store"
)

// directives reads a content security policy.
func directives(policy string) map[string]string {
	out := map[string]string{}
	for _, d := range strings.Split(policy, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(d), " ")
		out[name] = value
	}
	return out
}

// TestEveryPageIsGuarded: every page carries the policy, nothing inline, and forms that stay on the site.
func TestEveryPageIsGuarded(t *testing.T) {
	st := newSite(t)
	c := st.as(administrator)
	for _, rt := range st.server.routes() {
		if rt.method != http.MethodGet {
			continue
		}
		got := c.get(st.address(rt, administrator, st.own.Slug))
		checkHeaders(t, got)
		if strings.HasPrefix(got.header.Get("Content-Type"), "text/html") {
			checkNothingInline(t, got)
		}
	}
	checkHeaders(t, c.get("/nulle-part").wants(http.StatusNotFound))
	checkHeaders(t, c.get("/static/nulle-part"))
	checkHeaders(t, c.get("/healthz").wants(http.StatusOK))
}

func checkHeaders(t *testing.T, a *answer) {
	t.Helper()
	csp := a.header.Get("Content-Security-Policy")
	d := directives(csp)
	if strings.Contains(csp, "unsafe-") || d["default-src"] != "'none'" || d["script-src"] != "'self'" || d["style-src"] != "'self'" ||
		d["frame-ancestors"] != "'none'" || d["base-uri"] != "'none'" || d["form-action"] != "'self'" {
		t.Errorf("%s: the policy is %q", a.asked, csp)
	}
	for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
		"Cross-Origin-Opener-Policy": "same-origin", "Strict-Transport-Security": "max-age=31536000; includeSubDomains"} {
		if name == "Referrer-Policy" && byPersonalLink(strings.Fields(a.asked)[1]) {
			want = "no-referrer"
		}
		if got := a.header.Get(name); got != want {
			t.Errorf("%s: %s is %q", a.asked, name, got)
		}
	}
	if !regexp.MustCompile(`^[0-9a-f]{8}$`).MatchString(a.header.Get("X-Request-Id")) {
		t.Errorf("%s: the reference is %q", a.asked, a.header.Get("X-Request-Id"))
	}
}

func checkNothingInline(t *testing.T, a *answer) {
	t.Helper()
	for _, n := range nodes(a.html(), func(*html.Node) bool { return true }) {
		if has(n, "style") || n.Data == "style" || n.Data == "script" && attr(n, "src") == "" {
			t.Errorf("%s: inline style or script in <%s>", a.asked, n.Data)
		}
		for _, x := range n.Attr {
			if strings.HasPrefix(x.Key, "on") || strings.HasPrefix(strings.ToLower(strings.TrimSpace(x.Val)), "javascript:") {
				t.Errorf("%s: <%s %s=%q>", a.asked, n.Data, x.Key, x.Val)
			}
			if (x.Key == "src" || x.Key == "action" || n.Data == "link" && x.Key == "href") && !strings.HasPrefix(x.Val, "/") && !strings.HasPrefix(x.Val, "#") {
				t.Errorf("%s: <%s> reaches out to %q", a.asked, n.Data, x.Val)
			}
		}
	}
	if a.status != http.StatusSeeOther && a.header.Get("Cache-Control") != "no-store" {
		t.Errorf("%s: the page may be kept: %q", a.asked, a.header.Get("Cache-Control"))
	}
}

func TestCookieIsBoundToTheHost(t *testing.T) {
	st := newSite(t)
	secret, err := st.store.IssueToken(t.Context(), store.Token{Kind: store.SignIn, Account: st.accounts[reader].ID}, time.Hour)
	st.must(err)
	got := st.browser(reader).post(signInLinkPath + secret)
	cookies := (&http.Response{Header: got.header}).Cookies()
	if len(cookies) != 1 {
		t.Fatalf("cookies: %v", cookies)
	}
	c := cookies[0]
	if c.Name != "__Host-entente" || !c.Secure || !c.HttpOnly || c.Path != "/" || c.Domain != "" || c.SameSite != http.SameSiteLaxMode {
		t.Errorf("the cookie is %s", c)
	}
}

func TestWithoutTLSTheCookieIsPlain(t *testing.T) {
	st := newEmptySite(t, config.Config{Address: "http://entente.interne"})
	got := st.browser(anonymous).post("/langue", "langue", "en", "retour", "/connexion")
	cookies := (&http.Response{Header: got.header}).Cookies()
	if len(cookies) != 1 || cookies[0].Name != "entente" || cookies[0].Secure || !cookies[0].HttpOnly {
		t.Errorf("cookies: %v", cookies)
	}
	if got.header.Get("Strict-Transport-Security") != "" {
		t.Error("a site without TLS asks for it")
	}
}

// TestAnonymousPagesSetNoCookie: whoever only looks is given no session.
func TestAnonymousPagesSetNoCookie(t *testing.T) {
	st := newEmptySite(t, config.Config{Address: siteAddress})
	for _, path := range []string{"/", "/connexion", "/composants", "/espaces", "/nulle-part"} {
		if got := st.browser(anonymous).get(path); got.header.Get("Set-Cookie") != "" {
			t.Errorf("%s sets %s", path, got.header.Get("Set-Cookie"))
		}
	}
}

func TestFormsFromOtherSitesAreRefused(t *testing.T) {
	st := newSite(t)
	c := st.as(administrator)
	for _, headers := range [][]string{
		{"Sec-Fetch-Site", "cross-site"},
		{"Sec-Fetch-Site", "same-site"},
		{"Sec-Fetch-Site", "", "Origin", "https://ailleurs.test"},
		{"Sec-Fetch-Site", "", "Origin", "null"},
	} {
		body := strings.NewReader(url.Values{"action": {"disable"}}.Encode())
		path := "/administration/comptes/" + st.accounts[reader].ID
		got := c.do(http.MethodPost, path, body, append(headers, "Content-Type", "application/x-www-form-urlencoded")...)
		if got.status != http.StatusForbidden || !strings.Contains(got.words(), "vient d’un autre site") {
			t.Errorf("%v: %d %s", headers, got.status, got.excerpt())
		}
	}
	if a, err := st.store.Account(t.Context(), st.accounts[reader].ID); err != nil || a.Disabled() {
		t.Errorf("a form of another site closed the account (%v)", err)
	}
}

// TestTheSessionOfBeforeSignInIsNotThatOfAfter: who plants a cookie in a browser gains nothing when its owner signs in.
func TestTheSessionOfBeforeSignInIsNotThatOfAfter(t *testing.T) {
	st := newSite(t)
	st.setPassword(reader)
	c := st.browser(reader)
	c.post("/langue", "langue", "fr", "retour", "/connexion").wants(http.StatusSeeOther)
	planted := st.cookie(c)
	if planted == nil {
		t.Fatal("no session before sign-in")
	}
	c.post("/connexion", "email", emailOf(reader), "password", passwordOf(reader)).leadsTo(st.path())
	if now := st.cookie(c); now == nil || now.Value == planted.Value {
		t.Error("the token of the session stays the same at sign-in")
	}
	thief := st.browser("thief")
	thief.plant(planted)
	thief.get("/compte").leadsTo("/connexion?retour=%2Fcompte")
}

// cookie is the session's cookie in a browser; nil where it has none.
func (st *site) cookie(c *client) *http.Cookie {
	u, err := url.Parse(siteAddress)
	st.must(err)
	for _, x := range c.http.Jar.Cookies(u) {
		return x
	}
	return nil
}

// plant puts a cookie into a browser.
func (c *client) plant(x *http.Cookie) {
	u, err := url.Parse(siteAddress)
	c.site.must(err)
	c.http.Jar.SetCookies(u, []*http.Cookie{{Name: x.Name, Value: x.Value, Path: "/", Secure: true}})
}

// TestAWrongPasswordAndAnUnknownAccountLookTheSame: status, headers and page are equal but for the address typed.
func TestAWrongPasswordAndAnUnknownAccountLookTheSame(t *testing.T) {
	st := newSite(t)
	st.setPassword(reader)
	st.setPassword(member)
	st.must(st.store.DisableAccount(t.Context(), store.Actor{}, st.accounts[member].ID))
	var first string
	for _, c := range []struct{ name, email, password string }{
		{"a wrong password", emailOf(reader), "ce n’est pas le bon"},
		{"an unknown account", "personne@exemple.fr", "ce n’est pas le bon"},
		{"a closed account", emailOf(member), passwordOf(member)},
		{"an account without password", emailOf(coordinator), "ce n’est pas le bon"},
	} {
		got := st.browser(anonymous).post("/connexion", "email", c.email, "password", c.password).wants(http.StatusUnprocessableEntity)
		got.says("L’adresse ou le mot de passe ne convient pas")
		if strings.Contains(got.body, c.password) {
			t.Errorf("%s: the page repeats the password", c.name)
		}
		seen := fmt.Sprint(got.status, got.header.Get("Set-Cookie"), strings.ReplaceAll(got.body, c.email, "…"))
		if first == "" {
			first = seen
		}
		if seen != first {
			t.Errorf("%s is told from a wrong password:\n%s\n%s", c.name, first, seen)
		}
	}
}

// TestAnUnknownAccountTakesAsLongToRefuse compares the quickest of a few tries: without the same work for an unknown account
// the difference would be tenfold.
func TestAnUnknownAccountTakesAsLongToRefuse(t *testing.T) {
	st := newSite(t)
	st.setPassword(reader)
	quickest := func(email string) time.Duration {
		best := time.Hour
		for range 4 {
			begin := time.Now()
			st.browser(anonymous).post("/connexion", "email", email, "password", "ce n’est pas le bon").wants(http.StatusUnprocessableEntity)
			best = min(best, time.Since(begin))
		}
		return best
	}
	wrong, unknown := quickest(emailOf(reader)), quickest("personne@exemple.fr")
	if unknown < wrong/3 || wrong < unknown/3 {
		t.Errorf("a wrong password takes %v, an unknown account %v", wrong, unknown)
	}
}

func TestAttemptsAreLimited(t *testing.T) {
	st := newSite(t)
	st.setPassword(reader)
	c := st.browser(anonymous)
	for range auth.AccountLimit.Max {
		c.post("/connexion", "email", emailOf(reader), "password", "ce n’est pas le bon").wants(http.StatusUnprocessableEntity)
	}
	got := c.post("/connexion", "email", strings.ToUpper(emailOf(reader)), "password", passwordOf(reader)).wants(http.StatusTooManyRequests)
	if wait := got.header.Get("Retry-After"); wait == "" || wait == "0" {
		t.Errorf("Retry-After is %q", wait)
	}
	if attr(got.field("email"), "value") == "" {
		t.Error("the refused form comes back empty")
	}
	c.post("/connexion", "email", "personne@exemple.fr", "password", "ce n’est pas le bon").wants(http.StatusUnprocessableEntity)
	st.clock.Advance(auth.AccountLimit.Window + time.Second)
	c.post("/connexion", "email", emailOf(reader), "password", passwordOf(reader)).leadsTo(st.path())
}

func TestAttemptsAreLimitedByAddress(t *testing.T) {
	st := newEmptySite(t, config.Config{Address: siteAddress})
	c := st.browser(anonymous)
	for i := range auth.AddressLimit.Max {
		c.post("/connexion/lien", "email", fmt.Sprintf("a%d@exemple.fr", i)).wants(http.StatusSeeOther)
	}
	c.post("/connexion/lien", "email", "b@exemple.fr").wants(http.StatusTooManyRequests)
	body := strings.NewReader("email=b@exemple.fr")
	c.do(http.MethodPost, "/connexion/lien", body, "Content-Type", "application/x-www-form-urlencoded", "Test-Remote-Addr", "198.51.100.9:80").
		wants(http.StatusSeeOther)
}

func TestOrigin(t *testing.T) {
	for _, c := range []struct {
		name, remote, forwarded string
		trust                   bool
		want                    string
	}{
		{"as it connects", "192.0.2.7:4711", "", false, "192.0.2.7"},
		{"a header that nobody vouches for", "192.0.2.7:4711", "203.0.113.9", false, "192.0.2.7"},
		{"behind a proxy", "127.0.0.1:4711", "203.0.113.9", true, "203.0.113.9"},
		{"behind a proxy, with what the client claims before", "127.0.0.1:4711", "10.0.0.1, 203.0.113.9", true, "203.0.113.9"},
		{"a proxy that says nothing", "127.0.0.1:4711", "", true, "127.0.0.1"},
		{"neighbours of one network", "[2001:db8:1:2:3::4]:80", "", false, "2001:db8:1:2::/64"},
		{"IPv4 in the clothes of IPv6", "[::ffff:192.0.2.7]:80", "", false, "192.0.2.7"},
		{"nonsense", "127.0.0.1:1", "rien", true, "unknown"},
	} {
		s := &Server{config: config.Config{TrustProxy: c.trust}}
		r := &http.Request{RemoteAddr: c.remote, Header: http.Header{}}
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := s.origin(r); got != c.want {
			t.Errorf("%s: %q instead of %q", c.name, got, c.want)
		}
	}
}

func TestLocalPath(t *testing.T) {
	for asked, want := range map[string]string{
		"/espaces/x?le=2026-01-01#art": "/espaces/x?le=2026-01-01#art",
		"":                             "/fallback", "espaces": "/fallback", "//ailleurs.test": "/fallback", `/\ailleurs.test`: "/fallback",
		"https://ailleurs.test/": "/fallback", "javascript:alert(1)": "/fallback", "/\t/ailleurs.test": "/fallback", "/a\nb": "/fallback",
		"///ailleurs.test": "/fallback", "/%zz": "/fallback",
	} {
		if got := localPath(asked, "/fallback"); got != want {
			t.Errorf("localPath(%q) is %q", asked, got)
		}
	}
}

func FuzzLocalPath(f *testing.F) {
	for _, s := range []string{"/", "//x", `/\x`, "/a?b=//c", "https://x", "/a\t/b"} {
		f.Add(s)
	}
	base, _ := url.Parse(siteAddress + "/connexion")
	f.Fuzz(func(t *testing.T, asked string) {
		to, err := base.Parse(localPath(asked, "/"))
		if err != nil || to.Host != base.Host || to.Scheme != base.Scheme {
			t.Errorf("%q leads to %v (%v)", asked, to, err)
		}
	})
}

// TestReturnsStayOnTheSite: no form that leads on leads elsewhere.
func TestReturnsStayOnTheSite(t *testing.T) {
	st := newSite(t)
	st.setPassword(reader)
	for _, elsewhere := range []string{"https://ailleurs.test/", "//ailleurs.test", `/\ailleurs.test`} {
		c := st.browser(reader)
		c.post("/langue", "langue", "fr", "retour", elsewhere).leadsTo("/")
		c.post("/connexion", "email", emailOf(reader), "password", passwordOf(reader), "retour", elsewhere).leadsTo(st.path())
		c.get("/connexion?retour=" + url.QueryEscape(elsewhere)).leadsTo("/espaces")
		st.browser(anonymous).post("/connexion/lien", "email", emailOf(member), "retour", elsewhere).leadsTo("/connexion?lien=demande")
		secret := secretOf(t, st.lastAnnounced().link)
		st.browser(member).post(signInLinkPath + secret).leadsTo(st.path())
	}
}

// secretOf is the secret at the end of a personal link.
func secretOf(t *testing.T, link string) string {
	t.Helper()
	i := strings.LastIndex(link, "/")
	if !strings.HasPrefix(link, siteAddress+"/lien/") || i < 0 {
		t.Fatalf("not a personal link: %s", link)
	}
	return link[i+1:]
}

// TestTheLogKeepsNoSecret: neither passwords, nor the secrets of links, nor the tokens of sessions.
func TestTheLogKeepsNoSecret(t *testing.T) {
	st := newSite(t)
	st.setPassword(reader)
	c := st.browser(reader)
	c.post("/connexion", "email", emailOf(reader), "password", passwordOf(reader)).wants(http.StatusSeeOther)
	c.post("/connexion", "email", emailOf(reader), "password", "un autre secret")
	st.browser(anonymous).post("/connexion/lien", "email", emailOf(reader)).wants(http.StatusSeeOther)
	secret := secretOf(t, st.lastAnnounced().link)
	c.get(signInLinkPath + secret).wants(http.StatusOK)
	c.get("/connexion?retour=" + url.QueryEscape(signInLinkPath+secret))
	c.post(signInLinkPath + secret).wants(http.StatusSeeOther)
	c.post(signInLinkPath + secret).wants(http.StatusNotFound)
	log := st.log.String()
	if !strings.Contains(log, "path=/lien/…") || !strings.Contains(log, "status=404") {
		t.Fatalf("the log does not tell of the requests:\n%s", log)
	}
	for _, s := range []string{passwordOf(reader), "un autre secret", url.QueryEscape(passwordOf(reader)), secret, st.cookie(c).Value} {
		if strings.Contains(log, s) {
			t.Errorf("the log has %q", s)
		}
	}
}

func TestMethods(t *testing.T) {
	st := newSite(t)
	c := st.as(reader)
	for path, status := range map[string]int{"/connexion": http.StatusSeeOther, "/espaces": http.StatusOK, st.path(): http.StatusOK, "/nulle-part": http.StatusNotFound} {
		if got := c.do(http.MethodHead, path, nil); got.status != status {
			t.Errorf("HEAD %s: %d", path, got.status)
		}
	}
	for _, x := range []struct{ method, path, allow string }{
		{http.MethodPut, "/espaces", "GET, HEAD"},
		{http.MethodDelete, st.path("annuaire"), "GET, HEAD"},
		{http.MethodGet, "/deconnexion", "POST"},
		{http.MethodGet, "/compte/mot-de-passe", "POST"},
	} {
		got := c.do(x.method, x.path, nil).wants(http.StatusMethodNotAllowed)
		if got.header.Get("Allow") != x.allow || got.title() == "" {
			t.Errorf("%s %s: allows %q, page %q", x.method, x.path, got.header.Get("Allow"), got.title())
		}
	}
}

// TestHeadKeepsTheNotice: a program that only asks for the head of a page does not use up what the page has to say.
func TestHeadKeepsTheNotice(t *testing.T) {
	st := newSite(t)
	c := st.as(reader)
	c.post("/compte", "name", "Camille Reader", "langue", "fr", "version", "1").leadsTo("/compte")
	c.do(http.MethodHead, "/compte", nil).wants(http.StatusOK)
	c.get("/compte").says("Votre compte est enregistré")
	if strings.Contains(c.get("/compte").words(), "Votre compte est enregistré") {
		t.Error("the notice is said twice")
	}
}

func TestATooLargeFormIsRefused(t *testing.T) {
	st := newSite(t)
	body := "name=" + strings.Repeat("a", maxBody+1)
	got := st.as(reader).do(http.MethodPost, "/compte", strings.NewReader(body), "Content-Type", "application/x-www-form-urlencoded")
	got.wants(statuses[fault.Invalid]).says("dépasse la taille admise")
}

// TestRefusedFormsComeBackFilled: what was typed stays, and what is wrong stands beside its field.
func TestRefusedFormsComeBackFilled(t *testing.T) {
	st := newSite(t)
	coordinator, admin := st.as(coordinator), st.as(administrator)
	for _, c := range []struct {
		name   string
		got    *answer
		kept   map[string]string
		faulty string
	}{
		{"sign-in", st.browser(anonymous).post("/connexion", "email", "camille@exemple.fr"), map[string]string{"email": "camille@exemple.fr"}, "password"},
		{"account", admin.post("/compte", "name", " ", "langue", "en", "version", "1"), nil, "name"},
		{"password", admin.post("/compte/mot-de-passe", "new", "court"), nil, "new"},
		{"new account", admin.post("/administration/invitations", "name", "Dominique", "email", "dominique"), map[string]string{"name": "Dominique"}, "email"},
		{"invitation", coordinator.post(st.path("acces", "invitations"), "email", "dominique@exemple.fr", "family", "Martin"), map[string]string{"family": "Martin"}, "role"},
		{"organization", coordinator.post(st.path("annuaire/organismes/ajouter"), "short", "ADMR"), map[string]string{"short": "ADMR"}, "name"},
		{"person", coordinator.post(st.path("annuaire/personnes/ajouter"), "given", "Dominique"), map[string]string{"given": "Dominique"}, "family"},
		{"delegation", coordinator.post(st.path("delegations/ajouter"), "document", "Arrêté 3"), map[string]string{"document": "Arrêté 3"}, "party"},
		{"signature", coordinator.post(st.path("signatures/ajouter"), "place", "Étampes"), map[string]string{"place": "Étampes"}, "party"},
		{"meeting", coordinator.post(st.path("reunions/ajouter"), "day", "31/02/2026", "place", "Mairie"), map[string]string{"place": "Mairie"}, "day"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.got.wants(http.StatusUnprocessableEntity)
			for name, want := range c.kept {
				if got := attr(c.got.field(name), "value"); got != want {
					t.Errorf("%s holds %q instead of %q", name, got, want)
				}
			}
			if n := c.got.field(c.faulty); attr(n, "aria-invalid") != "true" && attr(n, "type") != "radio" {
				t.Errorf("nothing is said beside %s:\n%s", c.faulty, c.got.excerpt())
			}
			if len(nodes(c.got.html(), func(n *html.Node) bool { return attr(n, "role") == "alert" })) == 0 {
				t.Error("no summary of what is wrong")
			}
		})
	}
}
