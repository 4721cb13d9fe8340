package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"entente/internal/authority"
	"entente/internal/fault"
	"entente/internal/i18n"
	"entente/internal/job"
	"entente/internal/post"
	"entente/internal/store"
)

// standings is what everybody is in the own space; in the other one nobody but the administrator is anything.
func (st *site) standings(who string, own bool) authority.Standing {
	s := authority.Standing{Administrator: who == administrator}
	if own {
		s.Reader, s.Member = who == reader, who == member
		if who == coordinator {
			s.Coordinates = []string{st.party()}
		}
	}
	return s
}

// outcome is what a route answers to somebody, as its access column says.
type outcome string

const (
	toSignIn outcome = "led to sign in"
	unsigned outcome = "refused: not signed in"
	hidden   outcome = "not there"
	refused  outcome = "refused, with the reason"
	admitted outcome = "admitted"
)

// expected reads the outcome off the access column of a route.
func (st *site) expected(rt route, who string, own bool) outcome {
	standing := st.standings(who, own)
	switch {
	case rt.access == open:
		return admitted
	case who == anonymous && rt.method == http.MethodGet:
		return toSignIn
	case who == anonymous:
		return unsigned
	case strings.Contains(rt.path, "{space}") && standing.Stranger():
		return hidden
	case rt.access == signedIn || canForSome(standing, rt.access).Allowed:
		return admitted
	}
	return refused
}

// address fills in the path of a route with things that are there.
func (st *site) address(rt route, who, slug string) string {
	st.t.Helper()
	st.withEvaluation()
	kind := strings.TrimPrefix(rt.path, "/espaces/{space}/")
	kind = kind[:max(0, strings.Index(kind, "/{id}"))]
	replacer := strings.NewReplacer("{paper}/{id}", "ordre-du-jour/"+st.ids["reunions"], "{table}", "decisions", "{format}", formatOf(rt.path), "{day}", "2026-03-10", "{tab}", "seance", "{$}", "", "{space}", slug, "{id}", st.ids[kind], "{committee}", st.text.Committees[0].ID,
		"{account}", st.accounts[stranger].ID, "{secret}", st.secret(rt.path, who),
		"{reading}", st.ids["lectures"], "{owner}", "propositions", "{name}", "odj.txt", "{number}", "1", "{job}", st.ids["travaux"], "{errand}", st.errand(who),
		"{comment}", st.ids["observations"], "{reference}", st.ids["decisions"], "{document}", st.ids["documents"])
	path := replacer.Replace(rt.path)
	if strings.ContainsAny(path, "{}") || strings.Contains(path, "//") {
		st.t.Fatalf("the walk does not know how to fill in %s", rt.path)
	}
	return path
}

// errand is something that whoever asks has asked for.
func (st *site) errand(who string) string {
	st.t.Helper()
	if who == anonymous {
		return "personne"
	}
	id, err := st.store.In(st.own.ID).AskErrand(st.t.Context(), job.Errand{Account: st.accounts[who].ID, Kind: "registre", Title: "Relevé"})
	st.must(err)
	return id
}

// secret makes a fresh secret for a route of personal links; an invitation is for whoever asks.
func (st *site) secret(path, who string) string {
	st.t.Helper()
	if !strings.Contains(path, "{secret}") {
		return ""
	}
	ctx := st.t.Context()
	var secret string
	var err error
	switch {
	case strings.HasPrefix(path, signInLinkPath):
		secret, err = st.store.IssueToken(ctx, store.Token{Kind: store.SignIn, Account: st.accounts[stranger].ID}, time.Hour)
	case strings.HasPrefix(path, installLinkPath):
		secret, err = st.store.IssueToken(ctx, store.Token{Kind: store.First}, time.Hour)
	case strings.HasPrefix(path, answerLinkPath):
		link := store.Link{Kind: store.LinkAnswer, Subject: st.ids["reunions"], Person: st.ids["annuaire/personnes"]}
		secret, _, err = st.store.In(st.own.ID).IssueLink(ctx, store.Actor{Name: "Camille"}, link, time.Hour)
	case strings.HasPrefix(path, invitationLinkPath):
		secret, err = st.store.In(st.elsewhere().ID).Invite(ctx, store.Actor{Name: "Camille"}, store.Invitation{Email: emailOf(who), Role: store.Reader}, time.Hour)
	case strings.HasPrefix(path, post.UnsubscribePath):
		link := store.Link{Kind: store.LinkNews, Subject: st.ids["annuaire/personnes"], Person: st.ids["annuaire/personnes"]}
		secret, _, err = st.store.In(st.own.ID).IssueLink(ctx, store.Actor{Name: "Camille"}, link, time.Hour)
	case strings.HasPrefix(path, personalLinks[store.LinkPoll]):
		secret = st.pollSecret()
	case strings.HasPrefix(path, evaluationLinkPath):
		secret, _, err = st.store.In(st.own.ID).IssueLink(ctx, store.Actor{Name: "Camille"}, store.Link{Kind: store.LinkEvaluation, Subject: st.ids["fiche"],
			Person: st.ids["annuaire/personnes"]}, time.Hour)
	case strings.HasPrefix(path, minutesLinkPath):
		secret, _, err = st.store.In(st.own.ID).IssueLink(ctx, store.Actor{Name: "Camille"}, store.Link{Kind: store.LinkComment, Subject: st.ids["reunions"],
			Person: st.ids["annuaire/personnes"]}, time.Hour)
	case strings.HasPrefix(path, feedLinkPath):
		secret, err = st.store.IssueFeed(ctx, store.Actor{Name: "Camille"}, store.Feed{Account: st.accounts[member].ID})
	default:
		st.t.Fatalf("the walk does not know the links of %s", path)
	}
	st.must(err)
	return secret
}

// elsewhere is a third space, which invitations of the walk lead to, so that accepting one changes nobody's standing.
func (st *site) elsewhere() store.SpaceInfo {
	st.t.Helper()
	info, err := st.store.SpaceBySlug(st.t.Context(), "ailleurs")
	if fault.Is(err, fault.NotFound) {
		return st.load(store.Actor{}, "ailleurs", "contrat-local-sante-val-ambre-2025-2029", "2025-03-01")
	}
	st.must(err)
	return info
}

// TestEveryRouteAsEverybody walks the whole table as everybody, in a space of theirs and in another, and compares what is
// answered with what the access column promises.
func TestEveryRouteAsEverybody(t *testing.T) {
	st := newSite(t)
	for _, who := range everyone {
		c := st.as(who)
		for _, rt := range st.server.routes() {
			for _, own := range []bool{true, false} {
				if !own && !strings.Contains(rt.path, "{space}") {
					continue
				}
				st.walk(c, rt, own)
				if endsSession(rt) {
					c = st.as(who)
				}
			}
		}
	}
}

// endsSession tells a route that leaves another or nobody signed in.
func endsSession(rt route) bool {
	return rt.method == http.MethodPost && (rt.path == "/deconnexion" || strings.HasPrefix(rt.path, "/lien/"))
}

func (st *site) walk(c *client, rt route, own bool) {
	st.t.Helper()
	slug := st.own.Slug
	if !own {
		slug = st.other.Slug
	}
	path := st.address(rt, c.who, slug)
	var got *answer
	if rt.method == http.MethodGet {
		got = c.get(path)
	} else {
		got = c.post(path) // an empty form: what is admitted is refused for what it says, not for who says it
	}
	want := st.expected(rt, c.who, own)
	if why := got.contradicts(want, rt, own); why != "" {
		st.t.Errorf("%s (access %s, own space %v): %s, but %s (%d to %q)\n%s", got.asked, rt.access, own, want, why, got.status,
			got.header.Get("Location"), got.excerpt())
	}
}

// contradicts says in what an answer is not the outcome; empty where it is.
func (a *answer) contradicts(want outcome, rt route, own bool) string {
	if a.status >= http.StatusInternalServerError {
		return "the server failed"
	}
	switch want {
	case toSignIn:
		if a.status != http.StatusSeeOther || !strings.HasPrefix(a.header.Get("Location"), "/connexion?retour=") {
			return "it is not led to sign in"
		}
	case unsigned:
		if a.status != http.StatusUnauthorized {
			return "it is not refused as not signed in"
		}
	case hidden:
		if a.status != http.StatusNotFound {
			return "it is told that the space exists"
		}
	case refused:
		return a.contradictsRefusal()
	case admitted:
		return a.contradictsAdmission(rt, own)
	}
	return ""
}

// contradictsRefusal: a refusal says who could.
func (a *answer) contradictsRefusal() string {
	switch {
	case a.status != http.StatusForbidden:
		return "it is not refused"
	case !strings.Contains(a.words(), "cette tâche revient à"):
		return "the refusal does not say whose task it is"
	}
	return ""
}

// contradictsAdmission: a page that is admitted is shown; a form that is admitted is answered in some way.
func (a *answer) contradictsAdmission(rt route, own bool) string {
	switch {
	case a.status == http.StatusUnauthorized, a.status == http.StatusForbidden:
		return "it is refused"
	case !own:
		return "" // what the path names is in the own space: not found here
	case a.status == http.StatusNotFound:
		return "what it is about is not found"
	case rt.method == http.MethodGet && a.status != http.StatusOK && !leadsOn(rt):
		return "the page is not shown"
	case rt.method == http.MethodGet && strings.Contains(a.body, "⟦"):
		return "a sentence is missing"
	}
	return ""
}

// leadsOn tells a page that only leads to another, for whoever is signed in or not.
func leadsOn(rt route) bool {
	return rt.path == "/{$}" || rt.path == "/connexion" || strings.Contains(rt.path, "/le/{day}/")
}

// formatOf is a format of the files at a path.
func formatOf(path string) string {
	if strings.Contains(path, "/tableaux/") {
		return "xlsx"
	}
	return "odt"
}

// TestEveryPageSpeaksBothLanguages opens every page in each language: none lacks a sentence, and each says its language.
func TestEveryPageSpeaksBothLanguages(t *testing.T) {
	st := newSite(t)
	c := st.as(administrator)
	for _, lang := range i18n.Languages() {
		c.post("/langue", "langue", lang, "retour", "/espaces").wants(http.StatusSeeOther)
		for _, rt := range st.server.routes() {
			if rt.method != http.MethodGet {
				continue
			}
			got := c.get(st.address(rt, administrator, st.own.Slug))
			if !strings.HasPrefix(got.header.Get("Content-Type"), "text/html") || got.status == http.StatusSeeOther {
				continue
			}
			if i := strings.Index(got.body, "⟦"); i >= 0 {
				t.Errorf("%s in %s: %s", got.asked, lang, got.body[i:min(i+60, len(got.body))])
			}
			if root := nodes(got.html(), tagged("html")); len(root) != 1 || attr(root[0], "lang") != lang {
				t.Errorf("%s is not in %s", got.asked, lang)
			}
		}
	}
}

// TestWalkMeetsEveryOutcome keeps the walk honest: a table in which nothing was ever refused would pass it.
func TestWalkMeetsEveryOutcome(t *testing.T) {
	st := newSite(t)
	seen := map[outcome]int{}
	for _, rt := range st.server.routes() {
		for _, who := range everyone {
			for _, own := range []bool{true, false} {
				seen[st.expected(rt, who, own)]++
			}
		}
	}
	for _, o := range []outcome{toSignIn, unsigned, hidden, refused, admitted} {
		if seen[o] < 5 {
			t.Errorf("the walk meets %q %d times", o, seen[o])
		}
	}
}

// TestTasksOfOnePartyAreAskedForThatParty: where a route admits the coordinator of any party, its handler refuses what
// bears on another party, and says so.
func TestTasksOfOnePartyAreAskedForThatParty(t *testing.T) {
	st := newSite(t)
	c := st.as(coordinator)
	for name, got := range map[string]*answer{
		"a coordinator of a peer is invited":   c.post(st.path("acces", "invitations"), "email", "neuf@exemple.fr", "role", rolePrefix+st.peer()),
		"a coordinator of a peer is withdrawn": c.post(st.path("acces", "retrait"), "account", st.accounts[reader].ID, "role", "coordinator", "party", st.peer()),
		"a seat of a peer is filled": c.post(st.path("mandats", "ajouter"), "seat", st.seat(st.peer()).Key, "person", st.ids["annuaire/personnes"],
			"role", "holder", "from", "2026-01-01"),
	} {
		if got.status != http.StatusForbidden || !strings.Contains(got.words(), "Les parties sont des pairs") {
			t.Errorf("%s: %d\n%s", name, got.status, got.excerpt())
		}
	}
}
