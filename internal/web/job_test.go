package web

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"entente/internal/config"
	"entente/internal/directory"
	"entente/internal/governance"
	"entente/internal/job"
	"entente/internal/job/runner"
	"entente/internal/mail"
	"entente/internal/post"
	"entente/internal/store"
)

// mailbox is where the mail of a site goes.
type mailbox struct {
	*site
	dir    string
	runner *runner.Runner
}

// newMailbox makes a site whose messages leave by mail, into a folder.
func newMailbox(t *testing.T) *mailbox {
	t.Helper()
	dir := t.TempDir()
	st := newSiteWith(t, config.Config{Address: siteAddress, Mail: "folder://" + dir})
	way, err := mail.Open(st.server.config.Mail, st.server.config.Sender())
	st.must(err)
	st.store.DeliverMail(2 * time.Minute)
	h := post.New(post.Options{Store: st.store, Mail: way, Clock: st.clock.Now, URL: st.server.config.URL}).Handlers()
	return &mailbox{site: st, dir: dir, runner: runner.New(runner.Options{Store: st.store, Clock: st.clock.Now, Log: slog.New(slog.DiscardHandler), Handlers: h})}
}

// letters lets the post work and reads what has left, as it was written.
func (m *mailbox) letters() []string {
	m.t.Helper()
	_, err := m.runner.DoDue(m.t.Context())
	m.must(err)
	files, err := filepath.Glob(filepath.Join(m.dir, "*.eml"))
	m.must(err)
	var out []string
	for _, f := range files {
		b, err := os.ReadFile(f)
		m.must(err)
		out = append(out, strings.ReplaceAll(strings.ReplaceAll(string(b), "=\r\n", ""), "=3D", "="))
	}
	return out
}

func TestLinksTravelByMail(t *testing.T) {
	m := newMailbox(t)
	m.browser(anonymous).post("/connexion/lien", "email", emailOf(reader)).wants(http.StatusSeeOther)
	m.browser(anonymous).post("/connexion/lien", "email", "nobody@exemple.fr").wants(http.StatusSeeOther)
	c := m.as(administrator)
	if got := c.post("/administration/invitations", "name", "Dominique", "email", "dominique@exemple.fr"); !strings.Contains(got.words(), "Le lien est parti à dominique@exemple.fr") {
		t.Errorf("the page does not say that the link has left:\n%s", got.excerpt())
	}
	if got := c.post(m.path("acces", "invitations"), "email", "nouveau@exemple.fr", "role", "reader"); !strings.Contains(got.words(), "Le lien est parti à nouveau@exemple.fr") {
		t.Errorf("the page does not say that the invitation has left:\n%s", got.excerpt())
	}
	if got := m.browser(anonymous).get("/connexion?lien=demande"); !strings.Contains(got.words(), "un lien de connexion y est parti") {
		t.Errorf("the page of sign-in does not say that the link has left:\n%s", got.excerpt())
	}
	all := m.letters()
	if len(all) != 3 || len(m.announced) != 0 {
		t.Fatalf("%d letters, %v announced", len(all), m.announced)
	}
	joined := strings.Join(all, "\n")
	for _, want := range []string{signInLinkPath, invitationLinkPath, "<" + emailOf(reader) + ">", "dominique@exemple.fr", "nouveau@exemple.fr"} {
		if !strings.Contains(joined, want) {
			t.Errorf("the letters lack %s", want)
		}
	}
	m.signInFrom(all)
}

// signInFrom opens the sign-in link of the letter to the reader.
func (m *mailbox) signInFrom(all []string) {
	m.t.Helper()
	for _, l := range all {
		if !strings.Contains(l, emailOf(reader)) {
			continue
		}
		_, rest, _ := strings.Cut(l, siteAddress+signInLinkPath)
		secret, _, _ := strings.Cut(rest, "\r\n")
		m.browser(anonymous).post(signInLinkPath + secret).wants(http.StatusSeeOther)
		return
	}
	m.t.Error("no letter to the reader")
}

func TestOutboxShowsWhatCameOfAMessageAndSendsItAgain(t *testing.T) {
	m := newMailbox(t)
	c := m.as(coordinator)
	sp := m.store.In(m.own.ID)
	made, err := sp.CreateMessage(t.Context(), store.Actor{Name: "Camille"}, governance.Message{Kind: governance.MessageMinutes, Person: m.ids["annuaire/personnes"],
		Title: "Compte rendu", Body: "Bonjour"}) // written while the person had no address
	m.must(err)
	m.ids["messages"] = made.ID
	page := c.get(m.path("messages", m.ids["messages"]))
	if !strings.Contains(page.words(), "À remettre autrement") || !strings.Contains(page.words(), "Envoyer par messagerie") {
		t.Errorf("a message to somebody who had no address:\n%s", page.words())
	}
	c.post(m.path("messages", m.ids["messages"], "envoi")).leadsTo(m.path("messages", m.ids["messages"]))
	if got := c.get(m.path("messages")); !strings.Contains(got.words(), "En attente d’envoi") || !strings.Contains(got.words(), "part de lui-même") {
		t.Errorf("the outbox does not say that it waits:\n%s", got.words())
	}
	if all := m.letters(); len(all) != 1 || !strings.Contains(all[0], emailOf(member)) {
		t.Fatalf("%d letters", len(all))
	}
	if got := c.get(m.path("messages") + "?etat=sent"); !strings.Contains(got.words(), "Envoyé") || strings.Contains(got.words(), "Aucun message") {
		t.Errorf("the outbox does not say that it was sent:\n%s", got.words())
	}
	before := len(m.letters())
	c.post(m.path("messages", m.ids["messages"], "envoi")).wants(http.StatusSeeOther)
	if got := c.get(m.path("messages", m.ids["messages"])); len(m.letters()) != before || !strings.Contains(got.words(), "son état a changé entre-temps") {
		t.Errorf("what was sent is sent again:\n%s", got.words())
	}
	x, err := sp.Message(t.Context(), m.ids["messages"])
	if err != nil || x.State != governance.MessageSent {
		t.Errorf("%+v, %v", x, err)
	}
}

func TestNewsAreChosen(t *testing.T) {
	m := newMailbox(t)
	c := m.as(member)
	c.post("/compte/nouvelles", "news", "weekly").leadsTo("/compte#nouvelles")
	if got := c.post("/compte/nouvelles", "news", "often"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("a choice that does not exist: %d", got.status)
	}
	sp := m.store.In(m.own.ID)
	choice := func(person string) governance.NewsChoice {
		x, err := sp.News(t.Context(), person)
		m.must(err)
		return x
	}
	if got := choice(m.ids["annuaire/personnes"]); got != governance.NewsWeekly {
		t.Errorf("the account chose weekly, the person has %s", got)
	}
	other, err := sp.CreatePerson(t.Context(), store.Actor{Name: "Camille"}, directory.Person{Family: "Sans compte", Email: "sans@exemple.fr"})
	m.must(err)
	for _, person := range []string{m.ids["annuaire/personnes"], other.ID} {
		secret, _, err := sp.IssueLink(t.Context(), store.Actor{}, store.Link{Kind: store.LinkNews, Subject: person, Person: person}, time.Hour)
		m.must(err)
		b := m.browser(anonymous)
		b.get(post.UnsubscribePath + secret).wants(http.StatusOK)
		if got := choice(person); got == governance.NewsNone {
			t.Error("to open the link ended the news")
		}
		b.post(post.UnsubscribePath+secret, "List-Unsubscribe", "One-Click").wants(http.StatusSeeOther)
		if got := choice(person); got != governance.NewsNone {
			t.Errorf("after one request the choice is %s", got)
		}
		if got := b.get(post.UnsubscribePath + secret); !strings.Contains(got.words(), "ne reçoit pas les nouvelles") {
			t.Errorf("the page does not say so:\n%s", got.words())
		}
		b.post(post.UnsubscribePath+secret, "news", "each").wants(http.StatusSeeOther)
		if got := choice(person); got != governance.NewsEach {
			t.Errorf("asked for again, the choice is %s", got)
		}
	}
}

func TestPageOfWorkAndMail(t *testing.T) {
	m := newMailbox(t)
	c := m.as(administrator)
	id, err := m.store.Installation().Enqueue(t.Context(), job.Spec{Kind: post.JobTrial, Payload: json.RawMessage(`"broken"`)})
	m.must(err)
	m.letters()
	got := c.get("/administration/travaux")
	for _, want := range []string{"Mis de côté (2)", "Message d’essai", "Réglée", "Reprendre"} { // the harness asks for a trial to nobody
		if !strings.Contains(got.words(), want) && !strings.Contains(got.words(), "Le dernier envoi a échoué") {
			t.Errorf("the page lacks %q:\n%s", want, got.words())
		}
	}
	c.post("/administration/travaux/"+id, "space", "", "action", "dance").wants(http.StatusUnprocessableEntity)
	c.post("/administration/travaux/"+id, "space", "", "action", "resume").leadsTo("/administration/travaux")
	m.letters()
	c.post("/administration/travaux/"+id, "space", "", "action", "abandon").leadsTo("/administration/travaux")
	if got := c.post("/administration/travaux/"+id, "space", "", "action", "abandon"); got.status != http.StatusConflict {
		t.Errorf("given up twice: %d", got.status)
	}
	m.clock.Advance(time.Minute)
	c.post("/administration/travaux/essai").leadsTo("/administration/travaux")
	if all := m.letters(); len(all) != 1 || !strings.Contains(all[0], emailOf(administrator)) {
		t.Errorf("%d letters", len(all))
	}
	if got := c.get("/administration/travaux"); !strings.Contains(got.words(), "En service") {
		t.Errorf("after a trial:\n%s", got.words())
	}
}

func TestMailAddressIsShownWithoutItsPassword(t *testing.T) {
	for address, want := range map[string]string{"smtp://user:p@ss@mail.exemple.fr:587?timeout=5s": "smtp://mail.exemple.fr:587", "folder:///var/mail": "/var/mail"} {
		if got := mailWay(address); got != want {
			t.Errorf("%s is shown as %s", address, got)
		}
	}
}
