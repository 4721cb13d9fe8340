package web

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"sync"
	"testing"
	"time"

	"entente/conventions"
	"entente/internal/calendar"
	"entente/internal/compliance"
	"entente/internal/config"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/governance"
	"entente/internal/job"
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
	item, err := sp.CreateItem(ctx, by, governance.Item{Meeting: meeting.ID, Kind: governance.ForDiscussion, Title: "Bilan de l’année", Audience: governance.ForSpace})
	st.must(err)
	signature, err := sp.CreateSignature(ctx, by, governance.Signature{Text: version, Party: st.party(), Date: calendar.Must("2023-03-14"), Place: "Étampes",
		Function: "Présidente"})
	st.must(err)
	evidence, err := sp.CreateEvidence(ctx, by, compliance.Record{Obligation: st.obligation(sp), Kind: convention.EvidenceKinds()[0], Party: st.party(),
		Day: calendar.Must("2025-12-01"), Title: "Rapport d’évaluation 2025"})
	st.must(err)
	_, err = sp.CreateConvocation(ctx, by, meeting.ID, governance.Manifest{Committee: meeting.Committee, Day: meeting.Day,
		Recipients: []governance.ManifestRecipient{{Person: person.ID, Seat: mandate.Seat, Party: st.party(), ByMail: true}}})
	st.must(err)
	message, err := sp.CreateMessage(ctx, by, governance.Message{Kind: governance.MessageConvocation, Subject: meeting.ID, Person: person.ID, Email: person.Email,
		Title: "Convocation", Body: "Bonjour"})
	st.must(err)
	attached, err := sp.Attach(ctx, by, governance.Attachment{Owner: governance.OwnerMeeting, OwnerID: meeting.ID, Name: "Ordre du jour", FileName: "odj.txt",
		Type: "text/plain", Audience: governance.ForSpace}, strings.NewReader("Un ordre du jour."))
	st.must(err)
	_, err = sp.KeepLetterhead(ctx, by, governance.Letterhead{Name: "Convention de l’Étampois", Lines: "4 place du Vieux-Lavoir"}.WithLogo(picturePNG(st.t, 20, 10)))
	st.must(err)
	st.ids = map[string]string{"annuaire/organismes": parties[st.party()].ID, "annuaire/personnes": person.ID, "annuaire/fonctions": function.ID,
		"mandats": mandate.ID, "delegations": delegation.ID, "reunions": meeting.ID, "signatures": signature.ID, "preuves": evidence.ID, "lectures": st.readingOf(administrator, smallText).ID}
	st.ids["sondages"] = st.newPoll().ID
	st.ids["messages"] = message.ID
	st.ids["travaux"], err = st.store.Installation().Enqueue(ctx, job.Spec{Kind: "trial"})
	st.must(err)
	st.ids["points"] = item.ID
	st.ids["documents"] = attached.ID
	st.fillMinutes(by, sp, meeting, person)
	st.fillCircuit(by, person.ID)
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
