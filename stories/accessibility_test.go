package stories_test

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"entente/internal/calendar"
	"entente/internal/demo"
	"entente/internal/governance"
	"entente/internal/office"
	"entente/internal/store"
	"entente/internal/testkit"
)

// look is one way in which somebody sees a page.
type look struct {
	width int
	dark  bool
	lang  string
}

// looks pair widths, colours and languages so that each meets each.
var looks = []look{{1280, false, "fr"}, {360, true, "fr"}, {1280, true, "en"}, {360, false, "en"}}

// TestAccessibility follows every link of the demonstration from where an administrator, a coordinator and a reader begin,
// and every page that they meet is checked by axe, for its width on a phone, and for sentences that nobody wrote.
func TestAccessibility(t *testing.T) {
	s := newSite(t, today)
	if err := demo.Fill(t.Context(), s.store, s.words()); err != nil {
		t.Fatal(err)
	}
	t.Run("anonymous", func(t *testing.T) {
		secret, err := s.store.IssueToken(t.Context(), store.Token{Kind: store.First}, time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		b := testkit.NewTab(t, s.URL)
		for _, at := range []string{"/connexion", "/composants", "/nulle-part", "/lien/installation/" + secret, "/lien/invitation/perdu"} {
			see(b, t, at, look{1280, false, "fr"})
			see(b, t, at, look{360, true, "fr"})
		}
	})
	t.Run("by link", func(t *testing.T) { byLink(t, s) })
	t.Run("meetings", func(t *testing.T) { meetings(t, s) })
	for _, who := range []struct {
		email string
		looks []look
	}{
		{"anne.ferrand@caese.example", looks},
		{"administration@entente.example", looks[:2]},
		{"paul.guerin@chambre.example", looks[:2]},
	} {
		t.Run(who.email, func(t *testing.T) { crawl(t, s, who.email, who.looks) })
	}
	t.Run("refused", func(t *testing.T) { refused(t, s) })
	t.Run("reviewed", func(t *testing.T) { reviewed(t, s) })
}

// enter signs somebody of the demonstration in.
func enter(t *testing.T, s *site, email string) (*testkit.Tab, store.Account) {
	t.Helper()
	account, err := s.store.AccountByEmail(t.Context(), email)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := s.store.IssueToken(t.Context(), store.Token{Kind: store.SignIn, Account: account.ID, Email: email}, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	b := testkit.NewTab(t, s.URL)
	b.Open("/lien/connexion/" + secret)
	b.Press("Entrer")
	return b, account
}

// crawl visits one page of each sort that links lead to.
func crawl(t *testing.T, s *site, email string, looks []look) {
	b, account := enter(t, s, email)
	var pages []string
	seen := map[string]bool{}
	for next := []string{"/espaces"}; len(next) > 0; {
		at := next[0]
		next = next[1:]
		b.Open(at)
		pages = append(pages, at)
		var links []string
		b.Ask(`return [...document.querySelectorAll('a[href]')].filter(a => !a.hasAttribute('download')).map(a => a.href)`, &links)
		for _, href := range links {
			path, ok := strings.CutPrefix(href, s.URL)
			if sort := sortOf(path); ok && sort != "" && !seen[sort] {
				seen[sort] = true
				next = append(next, path)
			}
		}
	}
	t.Logf("%d sorts of pages", len(pages))
	papers := opened(t, s)
	for _, l := range looks {
		if err := s.store.SetLocale(t.Context(), store.Actor{}, account.ID, l.lang); err != nil {
			t.Fatal(err)
		}
		for _, at := range pages {
			if path, query, _ := strings.Cut(at, "?"); strings.HasSuffix(path, "/html") {
				at = papers + path + "?langue=" + l.lang + "&" + query
			}
			see(b, t, at, l)
		}
	}
}

// opened serves the site without the policy that lets a paper run no script, and gives its address: axe is one.
func opened(t *testing.T, s *site) string {
	t.Helper()
	to, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httptest.NewServer(&httputil.ReverseProxy{
		Rewrite:        func(r *httputil.ProxyRequest) { r.SetURL(to) },
		ModifyResponse: func(r *http.Response) error { r.Header.Del("Content-Security-Policy"); return nil },
	})
	t.Cleanup(proxy.Close)
	return proxy.URL
}

// identifier is what tells one thing from another of its sort. Proposals keep their numbers: their pages differ by how they stand.
var identifier = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}|decisions/\d{4}-\d+`)

// written is the end of an address that gives a file to keep: a paper, a table, a calendar, an archive.
var written = regexp.MustCompile(`/(odt|docx|pdf|xlsx|csv|json|ics|archive)$`)

// sortOf is what pages of one sort have in common: the address without identifiers and values. What is no page has none.
func sortOf(path string) string {
	u, err := url.Parse(path)
	if err != nil || strings.Contains(u.Path+"/", "/fichier/") || written.MatchString(u.Path) || u.Path == "/compte/donnees" || strings.HasPrefix(u.Path, "/espaces/val-ambre/") {
		return ""
	}
	keys := make([]string, 0, 4)
	for k := range u.Query() {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return identifier.ReplaceAllString(u.Path, "{id}") + "?" + strings.Join(keys, "&")
}

// see looks at a page one way and tells everything that is wrong with it.
func see(b *testkit.Tab, t *testing.T, at string, l look) {
	t.Helper()
	b.Size(l.width, 900)
	b.Dark(l.dark)
	b.Open(at)
	judge(b, t, at, l)
}

func judge(b *testkit.Tab, t *testing.T, at string, l look) {
	t.Helper()
	for _, v := range b.Axe() {
		t.Errorf("%s at %d px, %s: %s", at, l.width, l.lang, v)
	}
	var page struct {
		Wide  int
		Title string
		Lang  string
	}
	b.Ask(`return {Wide: document.documentElement.scrollWidth, Title: document.title, Lang: document.documentElement.lang}`, &page)
	if page.Wide > l.width {
		t.Errorf("%s is %d px wide at %d px", at, page.Wide, l.width)
	}
	if page.Title == "" || page.Lang != l.lang {
		t.Errorf("%s has the title %q and the language %q", at, page.Title, page.Lang)
	}
	if strings.Contains(b.Words(), "⟦") {
		t.Errorf("%s shows a sentence that nobody wrote: %s", at, firstMissing(b.Words()))
	}
	b.Picture(strings.NewReplacer("://", "_", "/", "_", "?", "-", "&", "-", "=", "-").Replace(strings.Trim(at, "/?")) + "-" + l.name())
}

func (l look) name() string {
	name := "phone"
	if l.width > 360 {
		name = "desk"
	}
	if l.dark {
		name += "-dark"
	}
	return name + "-" + l.lang
}

func firstMissing(s string) string {
	_, rest, _ := strings.Cut(s, "⟦")
	key, _, _ := strings.Cut(rest, "⟧")
	return key
}

// refused checks the pages that forms come back as: faults beside fields, and two texts side by side.
func refused(t *testing.T, s *site) {
	b, _ := enter(t, s, "samir.moreau@caf91.example")
	for _, l := range looks[:2] {
		b.Size(l.width, 900)
		b.Dark(l.dark)
		b.Open("/espaces/etampois-sud-essonne/annuaire/organismes/ajouter")
		b.Ask(`document.querySelector('main form').noValidate = true`, nil)
		b.Fill("Adresse électronique", "sans arobase")
		b.Fill("Numéro SIREN", "123")
		b.Press("Ajouter l’organisme")
		b.Sees("À corriger")
		judge(b, t, "/refused", l)
	}
	conflict(t, s, b)
}

// conflict: two people change the same thing; the second sees both texts, and nobody's words are lost.
func conflict(t *testing.T, s *site, first *testkit.Tab) {
	second, _ := enter(t, s, "beatrice.lenoir@msa-idf.example")
	first.Open("/espaces/etampois-sud-essonne/annuaire?q=petits")
	first.Follow("Les Petits Pas")
	first.Follow("Modifier l’organisme")
	second.Open(first.Address())
	first.Fill("Téléphone", "01 00 00 01 01")
	first.Press("Enregistrer l’organisme")
	second.Fill("Téléphone", "01 00 00 02 02")
	second.Press("Enregistrer l’organisme")
	second.Sees("01 00 00 01 01", "Samir Moreau")
	judge(second, t, "/conflict", look{1280, false, "fr"})
	second.Press("Enregistrer l’organisme")
	second.Sees("01 00 00 02 02")
}

// demonstrated is the first space of the demonstration.
func demonstrated(t *testing.T, s *site) *store.Space {
	t.Helper()
	info, err := s.store.SpaceBySlug(t.Context(), "etampois-sud-essonne")
	if err != nil {
		t.Fatal(err)
	}
	return s.store.In(info.ID)
}

// byLink looks at the pages that people without an account open from their messages: the newest of each sort, and one that
// serves no more.
func byLink(t *testing.T, s *site) {
	sp := demonstrated(t, s)
	page, err := sp.Messages(t.Context(), store.MessageFilter{})
	if err != nil {
		t.Fatal(err)
	}
	links := map[string]string{}
	for _, m := range page.Items {
		at := regexp.MustCompile(`/lien/[a-z-]+/\S+`).FindString(m.Body)
		kind, _ := path.Split(at)
		if links[kind] == "" {
			links[kind] = at
		}
	}
	links["/lien/sondage/"] = pollLink(t, sp)
	b := testkit.NewTab(t, s.URL)
	for _, kind := range []string{"/lien/sondage/", "/lien/reponse/", "/lien/compte-rendu/"} {
		if links[kind] == "" {
			t.Errorf("the demonstration has no link %s…", kind)
		}
		for _, at := range []string{links[kind], kind + "perdu"} {
			see(b, t, at, look{1280, false, "fr"})
			see(b, t, at, look{360, true, "fr"})
		}
	}
}

// pollLink gives somebody who is asked in a poll a new link.
func pollLink(t *testing.T, sp *store.Space) string {
	t.Helper()
	polls, err := sp.Polls(t.Context(), "")
	if err != nil || len(polls) == 0 {
		t.Fatalf("%d polls, %v", len(polls), err)
	}
	calls, err := sp.PollCalls(t.Context(), polls[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := sp.RenewPollLink(t.Context(), store.Actor{}, polls[0].ID, calls[0].Person)
	if err != nil {
		t.Fatal(err)
	}
	return "/lien/sondage/" + secret
}

// meetings looks at the tabs of meetings in each of their states: a crawl sees those of one meeting.
func meetings(t *testing.T, s *site) {
	sp := demonstrated(t, s)
	list, err := sp.Meetings(t.Context(), store.MeetingFilter{From: calendar.Must("2026-09-01")})
	if err != nil {
		t.Fatal(err)
	}
	sits, err := sp.CreateMeeting(t.Context(), store.Actor{}, governance.Meeting{Committee: "operationnel", Day: s.store.Today(), Time: "09:00", State: governance.Planned})
	if err != nil {
		t.Fatal(err)
	}
	for _, title := range []string{"Un point d’information", "Un point à décider"} {
		if _, err := sp.CreateItem(t.Context(), store.Actor{}, governance.Item{Meeting: sits.ID, Kind: governance.ForDecision, Title: title, Audience: governance.ForSpace}); err != nil {
			t.Fatal(err)
		}
	}
	if err := office.BeginSitting(t.Context(), sp, store.Actor{}, sits.ID, sits.Version, s.clock.Now()); err != nil {
		t.Fatal(err)
	}
	b, _ := enter(t, s, "anne.ferrand@caese.example")
	for _, m := range append(list, sits) {
		tabs := []string{"", "/convocation", "/seance", "/compte-rendu"}
		if m.ID == sits.ID {
			tabs = append(tabs, "/seance/clore", "/seance?ecran=1")
		}
		for _, tab := range tabs {
			at := "/espaces/etampois-sud-essonne/reunions/" + m.ID + tab
			see(b, t, at, look{1280, false, "fr"})
			see(b, t, at, look{360, true, "fr"})
		}
	}
}
