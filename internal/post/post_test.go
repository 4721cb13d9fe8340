package post_test

import (
	"errors"
	"io"
	"log/slog"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"entente/conventions"
	"entente/internal/calendar"
	"entente/internal/directory"
	"entente/internal/governance"
	"entente/internal/job"
	"entente/internal/job/runner"
	"entente/internal/mail"
	"entente/internal/mail/mailtest"
	. "entente/internal/post"
	"entente/internal/store"
	"entente/internal/testkit"
)

// delay is how long notifications wait in these tests.
const delay = 2 * time.Minute

var me = store.Actor{Name: "Camille"}

// bureau is a space whose mail goes to a real server, by a clock that stands still.
type bureau struct {
	*testing.T
	clock  *testkit.Clock
	store  *store.Store
	space  *store.Space
	server *mailtest.Server
	runner *runner.Runner
	author store.Actor
}

func newBureau(t *testing.T, clock *testkit.Clock, s *store.Store) *bureau {
	t.Helper()
	o := &bureau{T: t, clock: clock, store: s, server: (&mailtest.Server{}).Start(t)}
	s.DeliverMail(delay)
	source, err := conventions.Read("contrat-local-sante-val-ambre-2025-2029")
	o.must(err)
	info, err := s.CreateSpace(t.Context(), me, "val", "Val d’Ambre", source, calendar.Must("2025-03-01"))
	o.must(err)
	o.space = s.In(info.ID)
	account, err := s.CreateAccount(t.Context(), me, store.Account{Email: "camille@exemple.fr", Name: "Camille"})
	o.must(err)
	o.author = store.Actor{Account: account.ID, Name: "Camille"}
	o.runner = newRunner(s, way(t, o.server), clock.Now)
	return o
}

// onBoth runs a test on both engines.
func onBoth(t *testing.T, test func(o *bureau)) {
	clock := testkit.NewClock(testkit.Noon)
	testkit.EnginesAt(t, clock, func(t *testing.T, s *store.Store) { test(newBureau(t, clock, s)) })
}

func way(t *testing.T, s *mailtest.Server) mail.Post {
	t.Helper()
	u := url.URL{Scheme: "smtp", Host: s.Addr, User: url.UserPassword(mailtest.User, mailtest.Password), RawQuery: "timeout=5s"}
	p, err := mail.Open(u.String(), "Entente <entente@exemple.fr>")
	if err != nil {
		t.Fatal(err)
	}
	if err := p.(*mail.SMTP).Trust(s.Client); err != nil {
		t.Fatal(err)
	}
	return p
}

func newRunner(s *store.Store, p mail.Post, clock func() time.Time) *runner.Runner {
	h := New(Options{Store: s, Mail: p, Sender: "Entente <entente@exemple.fr>", Clock: clock, URL: func(path string) string { return "https://entente.exemple.fr" + path }}).Handlers()
	return runner.New(runner.Options{Store: s, Clock: clock, Log: slog.New(slog.DiscardHandler), Handlers: h,
		Periodic: []runner.Periodic{{Kind: JobDigests, Period: job.Daily(DigestHour, calendar.Paris)}}})
}

func (o *bureau) must(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err)
	}
}

func (o *bureau) person(name, email string) directory.Person {
	o.Helper()
	p, err := o.space.CreatePerson(o.Context(), me, directory.Person{Given: name, Family: "Exemple", Email: email})
	o.must(err)
	return p
}

func (o *bureau) meeting() governance.Meeting {
	o.Helper()
	h, err := o.space.History(o.Context())
	o.must(err)
	m, err := o.space.CreateMeeting(o.Context(), me, governance.Meeting{Committee: h[0].Text.Committees[0].ID, Day: calendar.Must("2026-12-08"), State: governance.Planned})
	o.must(err)
	return m
}

func (o *bureau) write(m governance.Message) governance.Message {
	o.Helper()
	if m.Title == "" {
		m.Title, m.Body = "Objet", "Bonjour,\n\nTexte.\n"
	}
	made, err := o.space.CreateMessage(o.Context(), o.author, m)
	o.must(err)
	return made
}

// pass lets the delay pass and the post work.
func (o *bureau) pass() {
	o.Helper()
	o.clock.Advance(delay)
	_, err := o.runner.DoDue(o.Context())
	o.must(err)
}

// stands compares a message as it stands.
func (o *bureau) stands(id string, state governance.MessageState, reason string) governance.Message {
	o.Helper()
	m, err := o.space.Message(o.Context(), id)
	o.must(err)
	if m.State != state || m.Reason != reason {
		o.Errorf("the message is %s (%s), want %s (%s); %s", m.State, m.Reason, state, reason, m.Reply)
	}
	return m
}

func (o *bureau) arrived(n int) []mailtest.Delivery {
	o.Helper()
	got := o.server.Deliveries()
	if len(got) != n {
		o.Fatalf("%d letters arrived, want %d", len(got), n)
	}
	return got
}

func TestMessageLeavesAfterItsDelay(t *testing.T) {
	onBoth(t, func(o *bureau) {
		zoe := o.person("Zoé", "zoe@exemple.fr")
		m := o.write(governance.Message{Kind: governance.MessageConvocation, Person: zoe.ID, Email: zoe.Email})
		_, err := o.runner.DoDue(o.Context())
		o.must(err)
		o.arrived(0)
		o.pass()
		got := o.arrived(1)[0]
		sent := o.stands(m.ID, governance.MessageSent, "")
		if got.To != zoe.Email || got.ID != "<"+m.ID+"@exemple.fr>" || !sent.Sent.Equal(testkit.Noon.Add(delay)) {
			o.Errorf("%s to %s, at %v", got.ID, got.To, sent.Sent)
		}
		letter, err := got.Message()
		o.must(err)
		if letter.Header.Get("Reply-To") != "<camille@exemple.fr>" || letter.Header.Get("List-Unsubscribe") != "" {
			o.Errorf("headers: %v", letter.Header)
		}
		o.pass()
		o.arrived(1)
		report, err := o.space.VerifyJournal(o.Context())
		if err != nil || !report.Whole() {
			o.Errorf("the journal: %+v, %v", report, err)
		}
	})
}

func TestACorrectionTakesThePlaceOfWhatWaits(t *testing.T) {
	onBoth(t, func(o *bureau) {
		zoe, leo, m := o.person("Zoé", "zoe@exemple.fr"), o.person("Léo", "leo@exemple.fr"), o.meeting()
		call := func(p directory.Person) governance.Message {
			return o.write(governance.Message{Kind: governance.MessageConvocation, Subject: m.ID, Person: p.ID, Email: p.Email})
		}
		first, other, second := call(zoe), call(leo), call(zoe)
		o.pass()
		o.arrived(2)
		o.stands(first.ID, governance.MessageDropped, "message.reason.replaced")
		o.stands(second.ID, governance.MessageSent, "")
		o.stands(other.ID, governance.MessageSent, "")
	})
}

func TestWhatMakesNoSenseAnyMoreDoesNotLeave(t *testing.T) {
	onBoth(t, func(o *bureau) {
		zoe, leo, kim, m := o.person("Zoé", "zoe@exemple.fr"), o.person("Léo", "leo@exemple.fr"), o.person("Kim", "kim@exemple.fr"), o.meeting()
		secret, link, err := o.space.IssueLink(o.Context(), me, store.Link{Kind: store.LinkAnswer, Subject: m.ID, Person: zoe.ID}, time.Hour)
		o.must(err)
		revoked := o.write(governance.Message{Kind: governance.MessageReminder, Subject: m.ID, Person: zoe.ID, Email: zoe.Email, Body: secret, Title: "Rappel", Link: link.ID})
		o.must(o.space.RevokeLink(o.Context(), me, link.ID))
		o.pass()
		o.stands(revoked.ID, governance.MessageDropped, "message.reason.link")

		cancelled := o.write(governance.Message{Kind: governance.MessageConvocation, Subject: m.ID, Person: leo.ID, Email: leo.Email})
		gone := o.write(governance.Message{Kind: governance.MessageConvocation, Subject: m.ID, Person: kim.ID, Email: kim.Email})
		_, err = o.space.UpdateMeeting(o.Context(), me, m.ID, m.Version, func(x *governance.Meeting) error { x.State = governance.Cancelled; return nil })
		o.must(err)
		o.must(o.space.ErasePerson(o.Context(), me, kim.ID, kim.Version, "Personne effacée"))
		o.pass()
		o.stands(cancelled.ID, governance.MessageDropped, "message.reason.cancelled")
		if _, err := o.space.Message(o.Context(), gone.ID); err == nil {
			o.Error("a message to somebody whose data were erased is still there")
		}
		o.arrived(0)
	})
}

func TestAddressesThatChangeAreFollowed(t *testing.T) {
	onBoth(t, func(o *bureau) {
		zoe, leo, kim := o.person("Zoé", "old@exemple.fr"), o.person("Léo", "leo@exemple.fr"), o.person("Kim", "")
		moved := o.write(governance.Message{Kind: governance.MessageMinutes, Person: zoe.ID, Email: zoe.Email})
		lost := o.write(governance.Message{Kind: governance.MessageMinutes, Person: leo.ID, Email: leo.Email})
		none := o.write(governance.Message{Kind: governance.MessageMinutes, Person: kim.ID})
		for _, x := range []struct {
			p     directory.Person
			email string
		}{{zoe, "new@exemple.fr"}, {leo, ""}} {
			_, err := o.space.UpdatePerson(o.Context(), me, x.p.ID, x.p.Version, func(p *directory.Person) error { p.Email = x.email; return nil })
			o.must(err)
		}
		o.pass()
		if got := o.arrived(1)[0]; got.To != "new@exemple.fr" || o.stands(moved.ID, governance.MessageSent, "").Email != got.To {
			o.Errorf("it went to %s", got.To)
		}
		o.stands(lost.ID, governance.MessageUnposted, "message.reason.no-address")
		o.stands(none.ID, governance.MessageUnposted, "message.reason.no-address")
	})
}

// TestRefusalsFailuresAndSendingAgain: for good, for a while, and once more on purpose.
func TestRefusalsFailuresAndSendingAgain(t *testing.T) {
	onBoth(t, func(o *bureau) {
		unknown := &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "User unknown"}
		busy := &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "Try later"}
		replies := map[string]error{"zoe@exemple.fr": unknown, "leo@exemple.fr": busy}
		o.server.Reply = func(to string) error { return replies[to] }
		zoe, leo := o.person("Zoé", "zoe@exemple.fr"), o.person("Léo", "leo@exemple.fr")
		bad := o.write(governance.Message{Kind: governance.MessageMinutes, Person: zoe.ID, Email: zoe.Email})
		slow := o.write(governance.Message{Kind: governance.MessageMinutes, Person: leo.ID, Email: leo.Email})
		o.pass()
		o.arrived(0)
		if m := o.stands(bad.ID, governance.MessageRefused, "message.reason.address"); !strings.Contains(m.Reply, "User unknown") {
			o.Errorf("the server said %q", m.Reply)
		}
		o.stands(slow.ID, governance.MessageWaiting, "")
		clear(replies)
		o.pass()
		o.arrived(1)
		o.stands(slow.ID, governance.MessageSent, "")
		o.must(o.space.ResendMessage(o.Context(), me, bad.ID))
		if err := o.space.ResendMessage(o.Context(), me, bad.ID); err == nil {
			o.Error("what waits already is sent once more")
		}
		o.pass()
		o.arrived(2)
		o.stands(bad.ID, governance.MessageSent, "")
	})
}

// TestAServerThatIsAwayForADay: the coordinator is told.
func TestAServerThatIsAwayForADay(t *testing.T) {
	onBoth(t, func(o *bureau) {
		zoe := o.person("Zoé", "zoe@exemple.fr")
		o.server.Reply = func(string) error { return &smtp.SMTPError{Code: 421, Message: "Not now"} }
		m := o.write(governance.Message{Kind: governance.MessageMinutes, Person: zoe.ID, Email: zoe.Email})
		tries := 0
		for range 60 {
			o.clock.Advance(time.Hour)
			n, err := o.runner.DoDue(o.Context())
			o.must(err)
			tries += n
		}
		if m := o.stands(m.ID, governance.MessageRefused, "message.reason.unreachable"); m.Reply == "" || tries < 16 {
			o.Errorf("after %d jobs the reason is %q", tries, m.Reply)
		}
	})
}

// TestInDoubtSomebodyDecides: what a program that ended has handed over is not sent again, but shown; and sent where somebody asks for it.
func TestInDoubtSomebodyDecides(t *testing.T) {
	onBoth(t, func(o *bureau) {
		zoe := o.person("Zoé", "zoe@exemple.fr")
		m := o.write(governance.Message{Kind: governance.MessageMinutes, Person: zoe.ID, Email: zoe.Email})
		o.must(o.space.HandMessage(o.Context(), m.ID)) // and the program ends here
		if err := o.space.HandMessage(o.Context(), m.ID); !errors.Is(err, store.ErrNotWaiting) {
			o.Errorf("it is handed over a second time: %v", err)
		}
		o.pass()
		o.arrived(0)
		o.stands(m.ID, governance.MessageUnknown, "message.reason.doubt")
		o.must(o.space.ResendMessage(o.Context(), me, m.ID))
		o.pass()
		o.arrived(1)
		o.stands(m.ID, governance.MessageSent, "")
	})
}

func TestNewsAreDigestedAndCanBeEnded(t *testing.T) {
	onBoth(t, func(o *bureau) {
		o.pass() // makes the digests of today up for, which are empty
		zoe := o.person("Zoé", "zoe@exemple.fr")
		o.must(o.space.ChooseNews(o.Context(), me, zoe.ID, governance.NewsDaily))
		news := func(title string) governance.Message {
			return o.write(governance.Message{Kind: governance.MessageProposal, Subject: title, Person: zoe.ID, Email: zoe.Email, Title: title, Body: "Texte de " + title})
		}
		one, two := news("Première"), news("Seconde")
		ask := o.write(governance.Message{Kind: governance.MessageMinutes, Person: zoe.ID, Email: zoe.Email})
		o.pass()
		o.arrived(1)
		o.stands(ask.ID, governance.MessageSent, "")
		o.stands(one.ID, governance.MessageHeld, "")
		o.clock.Advance(24 * time.Hour)
		o.pass()
		o.pass()
		o.stands(one.ID, governance.MessageDropped, "message.reason.in-digest")
		o.stands(two.ID, governance.MessageDropped, "message.reason.in-digest")
		o.checkDigest(o.arrived(2)[1])
		o.clock.Advance(48 * time.Hour) // nothing to tell: no digest
		o.pass()
		o.pass()
		o.arrived(2)
		three := news("Troisième")
		o.must(o.space.ChooseNews(o.Context(), me, zoe.ID, governance.NewsNone))
		o.clock.Advance(24 * time.Hour)
		o.pass()
		o.pass()
		o.stands(three.ID, governance.MessageDropped, "message.reason.unsubscribed")
		o.stands(news("Quatrième").ID, governance.MessageDropped, "message.reason.unsubscribed")
		o.arrived(2)
	})
}

// checkDigest looks for the news in the digest, and for the way to end them.
func (o *bureau) checkDigest(d mailtest.Delivery) {
	o.Helper()
	m, err := d.Message()
	o.must(err)
	body, err := io.ReadAll(m.Body)
	o.must(err)
	if !strings.Contains(string(body), "Texte de Premi") || !strings.Contains(string(body), "Texte de Seconde") {
		o.Errorf("the digest lacks news:\n%s", body)
	}
	secret, ok := strings.CutPrefix(strings.Trim(m.Header.Get("List-Unsubscribe"), "<>"), "https://entente.exemple.fr"+UnsubscribePath)
	if !ok || m.Header.Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" {
		o.Fatalf("no way to end the news: %v", m.Header)
	}
	if _, err := o.store.OpenLink(o.Context(), store.LinkNews, secret); err != nil {
		o.Error(err)
	}
}

func TestLinksOfAccountsLeaveAndAreForgotten(t *testing.T) {
	onBoth(t, func(o *bureau) {
		send := func(l Link) string {
			spec, err := l.Spec("")
			o.must(err)
			id, err := o.store.Installation().Enqueue(o.Context(), spec)
			o.must(err)
			return id
		}
		l := Link{Purpose: "sign-in", Email: "camille@exemple.fr", Name: "Camille", Lang: "fr", Link: "https://entente.exemple.fr/lien/connexion/secret", Until: testkit.Noon.Add(time.Hour)}
		sent := send(l)
		l.Link = "" // nobody has the address: the same work, and no letter
		send(l)
		l.Link, l.Until = "https://late", testkit.Noon
		send(l)
		o.pass()
		got := o.arrived(1)[0]
		if !strings.Contains(strings.ReplaceAll(string(got.Data), "=\r\n", ""), "/lien/connexion/secret") {
			o.Errorf("the letter lacks its link:\n%s", got.Data)
		}
		j, err := o.store.Installation().Job(o.Context(), sent)
		if err != nil || strings.Contains(string(j.Payload), "secret") || j.Progress.Word != CameSent {
			o.Errorf("afterwards the job is %+v, %v", j, err)
		}
	})
}

func TestMailThatIsNotSetLeavesMessagesInTheOutbox(t *testing.T) {
	o := newBureau(t, testkit.NewClock(testkit.Noon), testkit.Store(t))
	plain := testkit.Store(t)
	source, err := conventions.Read("contrat-local-sante-val-ambre-2025-2029")
	o.must(err)
	info, err := plain.CreateSpace(t.Context(), me, "val", "Val", source, calendar.Must("2025-03-01"))
	o.must(err)
	o.store, o.space = plain, plain.In(info.ID)
	zoe := o.person("Zoé", "zoe@exemple.fr")
	m, err := o.space.CreateMessage(t.Context(), me, governance.Message{Kind: governance.MessageConvocation, Person: zoe.ID, Email: zoe.Email, Title: "x"})
	o.must(err)
	o.stands(m.ID, governance.MessageUnposted, "message.reason.no-mail")
	if counts, err := plain.JobCounts(t.Context()); err != nil || len(counts) != 0 {
		o.Errorf("%v, %v", counts, err)
	}
}
