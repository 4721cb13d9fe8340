package web

import (
	"bytes"
	"cmp"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"

	"entente/conventions"
	"entente/internal/calendar"
	"entente/internal/compliance"
	"entente/internal/config"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/governance"
	"entente/internal/office"
	"entente/internal/store"
	"entente/internal/testkit"
)

// Who asks, in the tests.
const (
	anonymous     = "anonymous"
	stranger      = "stranger" // has an account and no role in any space
	reader        = "reader"
	member        = "member"      // sits in a committee of the own space
	coordinator   = "coordinator" // of the first party of the own space
	administrator = "administrator"
)

// everyone lists who asks, from the least that they may do to the most.
var everyone = []string{anonymous, stranger, reader, member, coordinator, administrator}

// siteAddress is where the site of a test is reached. Nothing listens there: requests go to the handler directly.
const siteAddress = "https://entente.test"

// site is a server with two spaces and somebody of each role. Its clock stands at testkit.Noon.
type site struct {
	t      *testing.T
	clock  *testkit.Clock
	store  *store.Store
	server *Server
	own    store.SpaceInfo // the real convention
	other  store.SpaceInfo // a convention of another shape, in which only the administrator is anybody
	text   *convention.Convention
	ids    map[string]string // of one thing of each kind in the own space, by the path of its pages

	log       *logBuffer
	mu        sync.Mutex
	announced []announcement
	accounts  map[string]store.Account
}

// announcement is a personal link as the server gave it to whoever runs it.
type announcement struct{ purpose, email, link string }

// newSite makes a site with both conventions loaded, and in the own space one thing of each kind.
func newSite(t *testing.T) *site {
	t.Helper()
	return newSiteWith(t, config.Config{Address: siteAddress})
}

func newSiteWith(t *testing.T, c config.Config) *site {
	t.Helper()
	st := newEmptySite(t, c)
	st.accounts = map[string]store.Account{}
	for _, who := range everyone[1:] {
		st.accounts[who] = st.account(who)
	}
	by := store.Actor{Account: st.accounts[administrator].ID, Name: st.accounts[administrator].Name}
	st.own = st.load(by, "etampois", "etampois-sud-essonne-2023-2026", "2023-01-01")
	st.other = st.load(by, "val-d-ambre", "contrat-local-sante-val-ambre-2025-2029", "2025-03-01")
	history, err := st.store.In(st.own.ID).History(t.Context())
	st.must(err)
	st.text = history[0].Text
	st.fill(by, history[0].ID)
	return st
}

// newEmptySite makes a site as it is on the first day: no account, no space.
func newEmptySite(t *testing.T, c config.Config) *site {
	t.Helper()
	clock := testkit.NewClock(testkit.Noon)
	st := &site{t: t, clock: clock, store: testkit.StoreAt(t, clock), log: &logBuffer{}}
	st.server = New(Options{Store: st.store, Config: c, Clock: clock.Now, Log: slog.New(slog.NewTextHandler(st.log, nil)),
		Announce: func(purpose, email, link string) {
			st.mu.Lock()
			defer st.mu.Unlock()
			st.announced = append(st.announced, announcement{purpose, email, link})
		}})
	// The manager of sessions counts from the machine's clock, the store from the test's: a long life keeps them apart.
	st.server.sessions.Lifetime = 100 * 365 * 24 * time.Hour
	return st
}

func (st *site) must(err error) {
	st.t.Helper()
	if err != nil {
		st.t.Fatal(err)
	}
}

// emailOf is the address of whoever asks.
func emailOf(who string) string { return who + "@exemple.fr" }

// passwordOf is the password of whoever asks, where the test has set it.
func passwordOf(who string) string { return "phrase de passe de " + who }

func (st *site) account(who string) store.Account {
	st.t.Helper()
	a, err := st.store.CreateAccount(st.t.Context(), store.Actor{}, store.Account{Email: emailOf(who), Name: "Camille " + strings.ToUpper(who[:1]) + who[1:],
		Locale: "fr", Administrator: who == administrator})
	st.must(err)
	return a
}

// setPassword gives an account the password of its name. It is slow on purpose, so only tests of passwords call it.
func (st *site) setPassword(who string) {
	st.t.Helper()
	hash, err := st.server.hasher.Hash(st.t.Context(), passwordOf(who))
	st.must(err)
	st.must(st.store.SetPassword(st.t.Context(), store.Actor{}, st.accounts[who].ID, hash))
}

func (st *site) load(by store.Actor, slug, file, effective string) store.SpaceInfo {
	st.t.Helper()
	source, err := conventions.Read(file)
	st.must(err)
	info, err := st.store.CreateSpace(st.t.Context(), by, slug, "Espace "+slug, source, calendar.Must(effective))
	st.must(err)
	return info
}

// party is the party that the coordinator coordinates, the first of the own convention; peer is another.
func (st *site) party() string { return st.text.Parties[0].ID }
func (st *site) peer() string  { return st.text.Parties[1].ID }

// seat is the first seat of a party.
func (st *site) seat(party string) convention.Seat {
	st.t.Helper()
	for i := range st.text.Committees {
		for _, s := range st.text.Committees[i].Places() {
			if s.Party == party {
				return s
			}
		}
	}
	st.t.Fatalf("no seat for %s", party)
	return convention.Seat{}
}

// fill gives everybody their role in the own space and puts one thing of each kind into it.
func (st *site) fill(by store.Actor, version string) {
	st.t.Helper()
	ctx, sp := st.t.Context(), st.store.In(st.own.ID)
	st.must(sp.SetGrant(ctx, by, store.Grant{Account: st.accounts[reader].ID, Role: store.Reader}))
	st.must(sp.SetGrant(ctx, by, store.Grant{Account: st.accounts[coordinator].ID, Role: store.Coordinator, Party: st.party()}))
	parties, err := sp.Parties(ctx)
	st.must(err)
	person, err := sp.CreatePerson(ctx, by, directory.Person{Given: "Camille", Family: "Member", Email: emailOf(member), Account: st.accounts[member].ID})
	st.must(err)
	since := calendar.Period{From: calendar.Must("2024-01-01")}
	function, err := sp.CreateFunction(ctx, by, directory.Function{Person: person.ID, Organization: parties[st.party()].ID, Title: "Directrice", Period: since})
	st.must(err)
	mandate, err := sp.CreateMandate(ctx, by, governance.Mandate{Seat: st.seat(st.party()).Key, Person: person.ID, Role: governance.Holder, Period: since})
	st.must(err)
	delegation, err := sp.CreateDelegation(ctx, by, governance.Delegation{Party: st.party(), Person: person.ID, Function: "Vice-présidente",
		Date: calendar.Must("2024-01-15"), Document: "Arrêté 2024-12", Period: since})
	st.must(err)
	meeting, err := sp.CreateMeeting(ctx, by, governance.Meeting{Committee: st.text.Committees[0].ID, Day: calendar.Must("2026-03-10"), State: governance.Held})
	st.must(err)
	signature, err := sp.CreateSignature(ctx, by, governance.Signature{Text: version, Party: st.party(), Date: calendar.Must("2023-03-14"), Place: "Étampes",
		Function: "Présidente"})
	st.must(err)
	evidence, err := sp.CreateEvidence(ctx, by, compliance.Record{Obligation: st.obligation(sp), Kind: compliance.EvidenceKinds()[0], Party: st.party(),
		Day: calendar.Must("2025-12-01"), Title: "Rapport d’évaluation 2025"})
	st.must(err)
	st.ids = map[string]string{"annuaire/organismes": parties[st.party()].ID, "annuaire/personnes": person.ID, "annuaire/fonctions": function.ID,
		"mandats": mandate.ID, "delegations": delegation.ID, "reunions": meeting.ID, "signatures": signature.ID, "preuves": evidence.ID}
}

// obligation is the key of an obligation that bears on the first party.
func (st *site) obligation(sp *store.Space) string {
	st.t.Helper()
	report, err := office.Compliance(st.t.Context(), sp, calendar.Must("2026-11-23"))
	st.must(err)
	for _, f := range report.Findings {
		if f.Obligation.Party == st.party() {
			return f.Obligation.Key
		}
	}
	st.t.Fatal("no obligation of the first party")
	return ""
}

// lastAnnounced is the newest link that was announced.
func (st *site) lastAnnounced() announcement {
	st.t.Helper()
	st.mu.Lock()
	defer st.mu.Unlock()
	if len(st.announced) == 0 {
		st.t.Fatal("no link was announced")
	}
	return st.announced[len(st.announced)-1]
}

// path is an address in the own space.
func (st *site) path(parts ...string) string { return spacePath(st.own.Slug, parts...) }

// as gives a browser in which somebody is signed in, by a personal link.
func (st *site) as(who string) *client {
	st.t.Helper()
	c := st.browser(who)
	if who == anonymous {
		return c
	}
	secret, err := st.store.IssueToken(st.t.Context(), store.Token{Kind: store.SignIn, Account: st.accounts[who].ID, Email: emailOf(who)}, time.Hour)
	st.must(err)
	c.post(signInLinkPath + secret).wants(http.StatusSeeOther)
	return c
}

// browser gives a browser in which nobody is signed in.
func (st *site) browser(who string) *client {
	jar, err := cookiejar.New(nil)
	st.must(err)
	return &client{site: st, who: who, http: &http.Client{Transport: direct{st.server}, Jar: jar,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// direct carries requests to a handler without a network.
type direct struct{ handler http.Handler }

// RoundTrip answers a request as the server would receive it.
func (d direct) RoundTrip(r *http.Request) (*http.Response, error) {
	in := httptest.NewRequestWithContext(r.Context(), r.Method, r.URL.String(), r.Body)
	in.Header, in.RemoteAddr = r.Header.Clone(), cmp.Or(r.Header.Get("Test-Remote-Addr"), "192.0.2.7:4711")
	in.RequestURI, in.ContentLength = r.URL.RequestURI(), r.ContentLength
	w := httptest.NewRecorder()
	d.handler.ServeHTTP(w, in)
	out := w.Result()
	out.Request = r
	return out, nil
}

// client is a browser without script.
type client struct {
	site *site
	who  string
	http *http.Client
}

// answer is what a browser received.
type answer struct {
	t      *testing.T
	asked  string
	status int
	header http.Header
	body   string
	root   *html.Node
}

// do sends a request as a page of the site itself would; headers are pairs of name and value.
func (c *client) do(method, path string, body io.Reader, headers ...string) *answer {
	t := c.site.t
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, siteAddress+path, body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	got, err := c.http.Do(r)
	if err != nil {
		t.Fatalf("%s %s as %s: %v", method, path, c.who, err)
	}
	defer got.Body.Close()
	text, err := io.ReadAll(got.Body)
	if err != nil {
		t.Fatal(err)
	}
	return &answer{t: t, asked: method + " " + path + " as " + c.who, status: got.StatusCode, header: got.Header, body: string(text)}
}

// get opens a page.
func (c *client) get(path string) *answer {
	c.site.t.Helper()
	return c.do(http.MethodGet, path, nil)
}

// post sends a form of pairs of name and value.
func (c *client) post(path string, pairs ...string) *answer {
	c.site.t.Helper()
	return c.postValues(path, values(pairs...))
}

func (c *client) postValues(path string, v url.Values) *answer {
	c.site.t.Helper()
	return c.do(http.MethodPost, path, strings.NewReader(v.Encode()), "Content-Type", "application/x-www-form-urlencoded")
}

// submit fills in the form of a page that goes to an address, and sends it as a browser does: fields that are not named
// keep what stands in them.
func (c *client) submit(page *answer, action string, pairs ...string) *answer {
	c.site.t.Helper()
	v := page.form(action)
	for name, list := range values(pairs...) {
		v[name] = list
	}
	return c.postValues(action, v)
}

// follow opens the page that a redirect leads to.
func (c *client) follow(a *answer) *answer {
	c.site.t.Helper()
	a.wants(http.StatusSeeOther)
	return c.get(a.header.Get("Location"))
}

func values(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

// wants fails the test where the status is another.
func (a *answer) wants(status int) *answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("%s: status %d instead of %d, to %q\n%s", a.asked, a.status, status, a.header.Get("Location"), a.excerpt())
	}
	return a
}

// leadsTo fails the test where the answer does not redirect to an address.
func (a *answer) leadsTo(path string) *answer {
	a.t.Helper()
	if got := a.wants(http.StatusSeeOther).header.Get("Location"); got != path {
		a.t.Fatalf("%s: leads to %q instead of %q", a.asked, got, path)
	}
	return a
}

// says fails the test where the main part of the page does not have the words.
func (a *answer) says(text string) *answer {
	a.t.Helper()
	if !strings.Contains(a.words(), plainSpaces(text)) {
		a.t.Errorf("%s: the page does not say %q:\n%s", a.asked, text, a.excerpt())
	}
	return a
}

func (a *answer) excerpt() string {
	text := []rune(a.words())
	return string(text[:min(len(text), 900)])
}

// html is the page, read.
func (a *answer) html() *html.Node {
	a.t.Helper()
	if a.root == nil {
		root, err := html.Parse(strings.NewReader(a.body))
		if err != nil {
			a.t.Fatal(err)
		}
		a.root = root
	}
	return a.root
}

// words is the text of the main part of the page, with every blank as one space.
func (a *answer) words() string {
	a.t.Helper()
	if main := nodes(a.html(), tagged("main")); len(main) > 0 {
		return words(main[0])
	}
	return words(a.html())
}

// title is the heading of the page.
func (a *answer) title() string {
	a.t.Helper()
	if h := nodes(a.html(), tagged("h1")); len(h) > 0 {
		return words(h[0])
	}
	return ""
}

// field is the first control of a name that can be seen.
func (a *answer) field(name string) *html.Node {
	a.t.Helper()
	found := nodes(a.html(), func(n *html.Node) bool { return attr(n, "name") == name && n.Data != "meta" && attr(n, "type") != "hidden" })
	if len(found) == 0 {
		a.t.Fatalf("%s: no field %q", a.asked, name)
	}
	return found[0]
}

// form is what a browser would send of the form that goes to an address, before anything is typed.
func (a *answer) form(action string) url.Values {
	a.t.Helper()
	forms := nodes(a.html(), func(n *html.Node) bool { return n.Data == "form" && attr(n, "action") == action })
	if len(forms) == 0 {
		a.t.Fatalf("%s: no form to %s", a.asked, action)
	}
	v := url.Values{}
	for _, n := range nodes(forms[0], tagged("input", "select", "textarea")) {
		if value, sent := control(n); sent {
			v.Add(attr(n, "name"), value)
		}
	}
	return v
}

// control is what a control sends, and whether it sends anything.
func control(n *html.Node) (value string, sent bool) {
	switch kind := attr(n, "type"); {
	case n.Data == "textarea":
		return strings.TrimPrefix(text(n), "\n"), true
	case n.Data == "select":
		return selected(n), true
	case kind == "checkbox" || kind == "radio":
		return cmp.Or(attr(n, "value"), "on"), has(n, "checked")
	case kind == "submit" || kind == "file" || attr(n, "name") == "":
		return "", false
	}
	return attr(n, "value"), true
}

// selected is the value of a list of choices: of the one selected, else of the first.
func selected(n *html.Node) string {
	options := nodes(n, tagged("option"))
	for _, o := range options {
		if has(o, "selected") {
			return attr(o, "value")
		}
	}
	if len(options) == 0 {
		return ""
	}
	return attr(options[0], "value")
}

// nodes are the elements under a node that a test keeps, in the order of the page.
func nodes(n *html.Node, keep func(*html.Node) bool) []*html.Node {
	var out []*html.Node
	for x := range n.Descendants() {
		if x.Type == html.ElementNode && keep(x) {
			out = append(out, x)
		}
	}
	return out
}

func tagged(names ...string) func(*html.Node) bool {
	return func(n *html.Node) bool { return slices.Contains(names, n.Data) }
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// text is the text of a node as it stands.
func text(n *html.Node) string {
	var b strings.Builder
	for x := range n.Descendants() {
		if x.Type == html.TextNode {
			b.WriteString(x.Data)
		}
	}
	return b.String()
}

// words is the text of a node, with every blank as one space.
func words(n *html.Node) string {
	var b strings.Builder
	for x := range n.Descendants() {
		if x.Type == html.TextNode {
			b.WriteString(x.Data)
			b.WriteByte(' ')
		}
	}
	return plainSpaces(b.String())
}

// plainSpaces makes one space of every run of blanks, so that a test need not type no-break spaces.
func plainSpaces(s string) string { return strings.Join(strings.Fields(s), " ") }

// logBuffer keeps the lines of the log. It is safe for concurrent use.
type logBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write adds a line.
func (b *logBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

// String is the whole log.
func (b *logBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}
