package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/governance"
	"entente/internal/store"
)

// sitting is a planned meeting of a committee every seat of which is held.
type calledMeeting struct {
	st     *site
	place  store.SpaceInfo
	sp     *store.Space
	id     string
	seats  []convention.Seat
	people map[string]string // by seat, and "substitute" of the first
}

var atCalls = store.Actor{Name: "Essai"}

// called makes one in a space, of the first committee of its convention.
func (st *site) called(place store.SpaceInfo) *calledMeeting {
	st.t.Helper()
	ctx := st.t.Context()
	m := &calledMeeting{st: st, place: place, sp: st.store.In(place.ID), people: map[string]string{}}
	history, err := m.sp.History(ctx)
	st.must(err)
	k := &history[0].Text.Committees[0]
	m.seats = k.Places()
	held, err := m.sp.Mandates(ctx, store.MandateFilter{Committee: k.ID})
	st.must(err)
	for _, x := range held {
		m.people[x.Seat] = x.Person
	}
	for i, seat := range m.seats {
		if m.people[seat.Key] == "" {
			m.people[seat.Key] = m.seat(seat.Key, "Titulaire"+strconv.Itoa(i+1), "t"+strconv.Itoa(i+1)+"@exemple.fr", governance.Holder)
		}
	}
	m.people["substitute"] = m.seat(m.seats[0].Key, "Suppléant", "", governance.Substitute)
	meeting, err := m.sp.CreateMeeting(ctx, atCalls, governance.Meeting{Committee: k.ID, Day: calendar.Must("2026-12-10"), Time: "14:00", Place: "Mairie", State: governance.Planned})
	st.must(err)
	m.id = meeting.ID
	_, err = m.sp.CreateItem(ctx, atCalls, governance.Item{Meeting: m.id, Rank: 1, Kind: governance.ForInformation, Title: "Point d’étape", Audience: governance.ForSpace})
	st.must(err)
	_, err = m.sp.CreateItem(ctx, atCalls, governance.Item{Meeting: m.id, Rank: 2, Kind: governance.ForDiscussion, Title: "Entre coordinateurs", Audience: governance.ForCoordinators})
	st.must(err)
	return m
}

func (m *calledMeeting) seat(key, family, email string, role governance.Role) string {
	m.st.t.Helper()
	p, err := m.sp.CreatePerson(m.st.t.Context(), atCalls, directory.Person{Given: "Dominique", Family: family, Email: email, Phone: "01 02 03 04 05"})
	m.st.must(err)
	_, err = m.sp.CreateMandate(m.st.t.Context(), atCalls, governance.Mandate{Seat: key, Person: p.ID, Role: role, Period: calendar.Period{From: calendar.Must("2026-01-01")}})
	m.st.must(err)
	return p.ID
}

func (m *calledMeeting) path(parts ...string) string {
	return spacePath(m.place.Slug, append([]string{"reunions", m.id, "convocation"}, parts...)...)
}

// hidden is the value of a hidden field, in the form of a page where one is named.
func (a *answer) hidden(form, name string) string {
	for _, f := range nodes(a.html(), tagged("form")) {
		if form != "" && attr(f, "id") != form {
			continue
		}
		for _, n := range nodes(f, tagged("input")) {
			if attr(n, "name") == name {
				return attr(n, "value")
			}
		}
	}
	return ""
}

// send sends the call as it is shown.
func (m *calledMeeting) send(c *client) *answer {
	m.st.t.Helper()
	got := c.post(m.path(), "seen", c.get(m.path()).wants(http.StatusOK).hidden("send", "seen"))
	m.st.clock.Advance(time.Minute)
	return got
}

var linkInText = regexp.MustCompile(`/lien/reponse/\S+`)

// link is the newest personal link that was written to somebody.
func (m *calledMeeting) link(person string) string {
	m.st.t.Helper()
	list, err := m.sp.MessagesAbout(m.st.t.Context(), m.id)
	m.st.must(err)
	link := ""
	for _, x := range list {
		if found := linkInText.FindString(x.Body); x.Person == person && found != "" {
			link = found
		}
	}
	if link == "" {
		m.st.t.Fatalf("no link was written to %s", person)
	}
	return link
}

func (m *calledMeeting) attendance(seat string) governance.Attendance {
	m.st.t.Helper()
	a, err := m.sp.AttendanceOf(m.st.t.Context(), m.id, seat)
	m.st.must(err)
	return a
}

// bothPlaces runs a test in a space of each convention.
func bothPlaces(t *testing.T, test func(t *testing.T, st *site, m *calledMeeting)) {
	for _, own := range []bool{true, false} {
		st := newSite(t)
		place := st.own
		if !own {
			place = st.other
		}
		t.Run(place.Slug, func(t *testing.T) { st.t = t; test(t, st, st.called(place)) })
	}
}

// TestCallingAndAnswering lives the page of a coordinator and that of somebody without an account, one after the other.
func TestCallingAndAnswering(t *testing.T) {
	bothPlaces(t, func(t *testing.T, st *site, m *calledMeeting) {
		c := st.as(administrator)
		c.get(m.path()).wants(http.StatusOK).says("La convocation n’est pas encore envoyée").says("1. Point d’étape").says("Sans adresse, à prévenir par téléphone").
			says("[le lien personnel sera écrit ici à l’envoi]").says("Suppléance")
		if strings.Contains(c.get(m.path()).body, "Entre coordinateurs") {
			t.Error("what is for the coordinators alone is in the letter")
		}
		m.send(c).wants(http.StatusSeeOther)
		page := c.get(m.path()).wants(http.StatusOK).says("Relancer ceux qui n’ont pas répondu")
		if page.hidden("send", "seen") != "" {
			t.Error("it offers to send again what has not changed")
		}
		first := m.seats[0].Key
		guest, link := st.browser(anonymous), m.link(m.people[first])
		form := guest.get(link).wants(http.StatusOK).says("Point d’étape").says("Lien personnel").says("Enregistrer la réponse")
		if strings.Contains(form.body, "Entre coordinateurs") || form.header.Get("Set-Cookie") != "" {
			t.Error("the page of the link says too much, or sets a cookie")
		}
		guest.post(link, "seat", first, "seen", form.hidden("", "seen"), "answer", "represented").wants(http.StatusUnprocessableEntity).says("Dites qui représentera ce siège")
		guest.post(link, "seat", first, "seen", form.hidden("", "seen"), "answer", "represented", "substitute", m.people["substitute"], "note", "Merci").wants(http.StatusSeeOther)
		if a := m.attendance(first); a.Substitute != m.people["substitute"] || a.Channel != governance.ByLink || a.Note != "Merci" {
			t.Errorf("kept: %+v", a)
		}
		entries, err := m.sp.JournalEntries(t.Context(), store.JournalFilter{Subject: "attendance", Limit: 1})
		st.must(err)
		if e := entries[0]; e.Name == "" || e.Actor != "" || e.For != m.seats[0].Party || e.Article == "" {
			t.Errorf("the journal says %q (%q) for %q under %q", e.Name, e.Actor, e.For, e.Article)
		}
		guest.get(link).wants(http.StatusOK).says("Représentation par Dominique Suppléant")
		c.get(m.path()).wants(http.StatusOK).says("Remarque : Merci").says("Représentation par Dominique Suppléant")
		c.get(m.path("1")).wants(http.StatusOK).says("Le contenu gardé correspond à l’empreinte").says("Titulaire")
	})
}

// TestALinkAnswersForItsBearerAlone: not for another seat, not for another meeting, not in another space.
func TestALinkAnswersForItsBearerAlone(t *testing.T) {
	st := newSite(t)
	c := st.as(administrator)
	own, other := st.called(st.own), st.called(st.other)
	own.send(c).wants(http.StatusSeeOther)
	other.send(c).wants(http.StatusSeeOther)
	link := own.link(own.people[own.seats[0].Key])
	for _, seat := range []string{own.seats[1].Key, other.seats[0].Key, "", "nulle/part/1"} {
		st.browser(anonymous).post(link, "seat", seat, "answer", "absent").wants(http.StatusUnprocessableEntity)
	}
	for m, seat := range map[*calledMeeting]string{own: own.seats[1].Key, other: other.seats[0].Key} {
		if m.attendance(seat).Declared() {
			t.Errorf("%s was answered by somebody else", seat)
		}
	}
	secret, _, err := own.sp.IssueLink(t.Context(), atCalls, store.Link{Kind: store.LinkPoll, Subject: own.id, Person: own.people[own.seats[0].Key]}, time.Hour)
	st.must(err)
	st.browser(anonymous).get(answerLinkPath + secret).wants(http.StatusNotFound)
}

// TestLinksThatOpenNothing: expired, replaced, handed back, made up; and whoever tries many is made to wait, while good links still open.
func TestLinksThatOpenNothing(t *testing.T) {
	st := newSite(t)
	c, m := st.as(administrator), st.called(st.own)
	m.send(c).wants(http.StatusSeeOther)
	person := m.people[m.seats[1].Key]
	guest, replaced := st.browser(anonymous), m.link(person)
	c.post(m.path("rappel")).wants(http.StatusSeeOther)
	gone := func(why, link string) {
		t.Helper()
		if got := guest.get(link); got.status != http.StatusNotFound || !strings.Contains(got.words(), "demandez un nouveau lien à la coordination") || strings.Contains(got.words(), "inviter") {
			t.Errorf("%s: %d %s", why, got.status, got.excerpt())
		}
	}
	gone("replaced", replaced)
	link := m.link(person)
	guest.get(link).wants(http.StatusOK).says("Ce n’est pas moi")
	guest.post(link + "/retour").wants(http.StatusOK).says("Ce lien ne sert plus")
	gone("handed back", link)
	c.get(m.path()).wants(http.StatusOK).says("Son lien est parvenu à quelqu’un d’autre")
	c.post(m.path("rappel"), "person", person).wants(http.StatusSeeOther)
	guest.get(m.link(person)).wants(http.StatusOK)
	for range guessLimit.Max {
		guest.get(answerLinkPath + "invente")
	}
	guest.get(answerLinkPath + "invente").wants(http.StatusTooManyRequests)
	guest.get(m.link(person)).wants(http.StatusOK)
	st.clock.Set(time.Date(2026, 12, 10, 22, 59, 0, 0, time.UTC)) // 23:59 in Paris
	guest.get(m.link(person)).wants(http.StatusOK)
	st.clock.Advance(2 * time.Hour)
	gone("expired", m.link(person))
	if strings.Contains(st.log.String(), strings.TrimPrefix(link, answerLinkPath)) {
		t.Error("the log holds a secret")
	}
}

// TestASubstituteAnswersForThemselves: they see what the holder said, and there is nothing to answer once the holder comes.
func TestASubstituteAnswersForThemselves(t *testing.T) {
	bothPlaces(t, func(t *testing.T, st *site, m *calledMeeting) {
		m.send(st.as(administrator)).wants(http.StatusSeeOther)
		first := m.seats[0].Key
		guest, link := st.browser(anonymous), m.link(m.people["substitute"])
		page := guest.get(link).wants(http.StatusOK).says("Vous suppléez").says("Sans réponse").says("Je ne pourrai pas siéger")
		guest.post(link, "seat", first, "seen", page.hidden("answer-1", "seen")).wants(http.StatusUnprocessableEntity).says("Choisissez une réponse")
		guest.post(link, "seat", first, "seen", page.hidden("answer-1", "seen"), "answer", "sits").wants(http.StatusSeeOther)
		if a := m.attendance(first); a.Answer != governance.WillBeSubst || a.Substitute != m.people["substitute"] {
			t.Errorf("kept: %+v", a)
		}
		holder := st.browser(anonymous)
		stale := m.link(m.people[first])
		holder.post(stale, "seat", first, "answer", "present").wants(http.StatusConflict).says("Une autre réponse a été enregistrée")
		st.clock.Advance(time.Minute)
		form := holder.get(stale)
		holder.post(stale, "seat", first, "seen", form.hidden("answer-1", "seen"), "answer", "present").wants(http.StatusSeeOther)
		guest.get(link).wants(http.StatusOK).says("Vous n’avez rien à répondre pour ce siège")
	})
}

// TestAnswersByPhone: a coordinator enters an answer for any seat, and both the page and the journal say so.
func TestAnswersByPhone(t *testing.T) {
	st := newSite(t)
	m, c := st.called(st.own), st.as(coordinator)
	m.send(c).wants(http.StatusSeeOther)
	seat := m.seats[3].Key
	entry := m.path("reponse") + "?siege=" + url.QueryEscape(seat)
	form := c.get(entry).wants(http.StatusOK).says("Établir un nouveau lien")
	c.post(m.path("reponse"), "seat", seat, "seen", form.hidden("", "seen"), "answer", "proxy", "proxy", seat).wants(http.StatusUnprocessableEntity)
	c.post(m.path("reponse"), "seat", seat, "seen", form.hidden("", "seen"), "answer", "proxy", "proxy", m.seats[0].Key).wants(http.StatusSeeOther)
	if a := m.attendance(seat); a.Channel != governance.ByCoordinator || a.ProxyTo != m.seats[0].Key {
		t.Errorf("kept: %+v", a)
	}
	c.get(m.path()).wants(http.StatusOK).says("Réponse saisie par la coordination").says("Pouvoir à Camille Member")
	entries, err := m.sp.JournalEntries(t.Context(), store.JournalFilter{Subject: "attendance", Limit: 1})
	st.must(err)
	if e := entries[0]; e.Actor != st.accounts[coordinator].ID || !strings.Contains(string(e.After), `"channel":"coordinator"`) {
		t.Errorf("the journal says %+v", e)
	}
	// The one who bears the proxy will not come: the page says that nobody will bear it.
	// The reminder is shown as somebody who has not answered will read it.
	silent := c.get(m.path()).field("pour")
	if silent == nil || len(nodes(silent, func(n *html.Node) bool { return n.Data == "option" && attr(n, "value") == m.people[seat] })) != 0 {
		t.Error("who has answered is offered to be reminded")
	}
	other := c.get(m.path("reponse") + "?siege=" + url.QueryEscape(m.seats[0].Key))
	c.post(m.path("reponse"), "seat", m.seats[0].Key, "seen", other.hidden("", "seen"), "answer", "absent").wants(http.StatusSeeOther)
	c.get(m.path()).says("Pouvoir sans porteur : Camille Member")
}

// TestAnsweringSignedIn: who has an account answers on the page of the meeting, by the same form and the same rules as by their link.
func TestAnsweringSignedIn(t *testing.T) {
	st := newSite(t)
	m, c := st.called(st.own), st.as(member)
	own := spacePath(m.place.Slug, "reunions", m.id, "ma-reponse")
	seat := m.seats[0].Key
	c.get(own).wants(http.StatusOK).says("La convocation n’est pas encore envoyée")
	c.post(own, "seat", seat, "answer", "present").wants(http.StatusUnprocessableEntity)
	m.send(st.as(coordinator)).wants(http.StatusSeeOther)
	c.get(m.path()).wants(http.StatusOK).says("Répondre à la convocation")
	c.get(spacePath(m.place.Slug, "reunions", m.id)).says("Répondre à la convocation")
	page := c.get(own).wants(http.StatusOK)
	if page.field("answer") == nil || strings.Contains(page.words(), "Ce n’est pas moi") {
		t.Fatalf("the page: %s", page.excerpt())
	}
	c.post(own, "seat", seat, "seen", page.hidden("", "seen"), "answer", "proxy").wants(http.StatusUnprocessableEntity)
	c.post(own, "seat", m.seats[1].Key, "answer", "present").wants(http.StatusUnprocessableEntity).says("Ce siège n’est pas convoqué")
	c.post(own, "seat", seat, "seen", page.hidden("", "seen"), "answer", "remote").wants(http.StatusSeeOther).leadsTo(own)
	if a := m.attendance(seat); a.Channel != governance.ByAccount || a.Answer != governance.WillComeRemote {
		t.Errorf("kept: %+v", a)
	}
	e, err := m.sp.JournalEntries(t.Context(), store.JournalFilter{Subject: "attendance", Limit: 1})
	st.must(err)
	if e[0].Actor != st.accounts[member].ID {
		t.Errorf("the journal says %+v", e[0])
	}
	// The link that was sent still answers, and sees what was said.
	st.browser(anonymous).get(m.link(m.people[seat])).wants(http.StatusOK).says("à distance")
	st.as(reader).get(own).wants(http.StatusOK).says("Vous n’êtes pas convoqué")
	st.as(reader).post(own, "seat", seat, "answer", "present").wants(http.StatusUnprocessableEntity)
}

// TestWhatChangedIsSaid: nothing leaves unread, what changed is said, and a meeting that moved asks again.
func TestWhatChangedIsSaid(t *testing.T) {
	bothPlaces(t, func(t *testing.T, st *site, m *calledMeeting) {
		c, first := st.as(administrator), m.seats[0].Key
		m.send(c).wants(http.StatusSeeOther)
		link := m.link(m.people[first])
		st.browser(anonymous).post(link, "seat", first, "answer", "present").wants(http.StatusSeeOther)
		meeting, err := m.sp.Meeting(t.Context(), m.id)
		st.must(err)
		_, err = m.sp.UpdateMeeting(t.Context(), atCalls, m.id, meeting.Version, func(x *governance.Meeting) error { x.Day, x.Time = calendar.Must("2026-12-11"), "15:30"; return nil })
		st.must(err)
		c.get(m.path()).says("La date passe du 10 décembre 2026 au 11 décembre 2026").says("L’heure passe de 14 h à 15 h 30").says("Renvoyer, en disant ce qui a changé")
		c.post(m.path(), "seen", "an older page").wants(http.StatusConflict).says("Rien n’est parti")
		m.send(c).wants(http.StatusSeeOther)
		c.get(m.path()).says("Réponse donnée pour l’ancienne date (jeudi 10 décembre 2026 à 14 h) : présence")
		c.get(m.path("2")).wants(http.StatusOK).says("La date passe du 10 décembre 2026")
		st.browser(anonymous).get(m.link(m.people[first])).says("Réponse donnée pour l’ancienne date")

		c.post(m.path("annulation"), "version", "2").wants(http.StatusUnprocessableEntity).says("Renseignez ce champ")
		c.post(m.path("annulation"), "version", "2", "reason", "Neige").wants(http.StatusSeeOther)
		c.get(m.path()).says("les personnes convoquées en sont prévenues")
		outbox := c.get(spacePath(m.place.Slug, "messages") + "?nature=cancellation&objet=" + m.id).wants(http.StatusOK).says("Réunion annulée")
		hrefs := nodes(outbox.html(), func(n *html.Node) bool {
			return strings.HasPrefix(attr(n, "href"), spacePath(m.place.Slug, "messages")+"/")
		})
		if len(hrefs) != len(m.seats)+1 {
			t.Fatalf("%d messages of cancellation, want %d", len(hrefs), len(m.seats)+1)
		}
		c.get(attr(hrefs[0], "href")).wants(http.StatusOK).says("Raison : Neige").says("ne l’ouvrez pas à sa place")
	})
}

// TestTheCallIsReadByThoseCalled: a reader learns that it was sent; whoever is called reads what it said; neither sees the outbox.
func TestTheCallIsReadByThoseCalled(t *testing.T) {
	st := newSite(t)
	m := st.called(st.own)
	st.as(reader).get(m.path()).wants(http.StatusOK).says("La convocation n’est pas encore envoyée")
	m.send(st.as(coordinator)).wants(http.StatusSeeOther)
	for _, path := range []string{m.path(), m.path("1")} {
		got := st.as(reader).get(path).wants(http.StatusOK).says("réservé aux personnes convoquées")
		if strings.Contains(got.body, "@exemple.fr") || strings.Contains(got.body, "Titulaire2") {
			t.Errorf("a reader sees who was called: %s", path)
		}
	}
	st.as(member).get(m.path("1")).wants(http.StatusOK).says("Point d’étape")
	st.as(member).get(m.path("7")).wants(http.StatusNotFound)
	for _, who := range []string{reader, member} {
		st.as(who).get(st.path("messages")).wants(http.StatusForbidden)
		st.as(who).post(m.path(), "seen", "x").wants(http.StatusForbidden)
	}
}

// TestDocumentsByLink: what the committee may read is sent with its digest and read from the link, the first time noted; a working
// paper is not, and a document that replaces another is said.
func TestDocumentsByLink(t *testing.T) {
	st := newSite(t)
	m, c := st.called(st.own), st.as(coordinator)
	attach := func(name, text string, to governance.Audience) governance.Attachment {
		a, err := m.sp.Attach(t.Context(), atCalls, governance.Attachment{Owner: governance.OwnerMeeting, OwnerID: m.id, Name: name, FileName: "a.txt", Type: "text/plain", Audience: to}, strings.NewReader(text))
		st.must(err)
		return a
	}
	report, working := attach("Bilan", "Le bilan.", governance.ForSpace), attach("Notes", "Entre nous.", governance.ForCoordinators)
	m.send(c).wants(http.StatusSeeOther)
	c.get(m.path("1")).wants(http.StatusOK).says("Bilan").says(report.Digest)
	seat := m.seats[1].Key
	link, guest := m.link(m.people[seat]), st.browser(anonymous)
	page := guest.get(link).wants(http.StatusOK).says("Bilan")
	if strings.Contains(page.body, "Notes") || !m.attendance(seat).Read.IsZero() {
		t.Error("a working paper is shown, or documents count as read that nobody has opened")
	}
	if got := guest.get(link + "/documents/" + report.ID).wants(http.StatusOK); got.body != "Le bilan." {
		t.Errorf("the document reads %q", got.body)
	}
	guest.get(link + "/documents/" + working.ID).wants(http.StatusNotFound)
	guest.get(link + "/documents/" + st.ids["pieces"]).wants(http.StatusNotFound) // of another meeting
	read := m.attendance(seat).Read
	st.clock.Advance(time.Hour)
	guest.get(link + "/documents/" + report.ID).wants(http.StatusOK)
	if a := m.attendance(seat); read.IsZero() || !a.Read.Equal(read) || m.attendance(m.seats[0].Key).Read.Equal(read) {
		t.Errorf("read at %v, then %v", read, a.Read)
	}
	guest.get(link + "/documents/" + report.ID).wants(http.StatusOK)
	c.get(m.path()).says("Documents ouverts le")
	st.must(m.sp.RemoveAttachment(t.Context(), atCalls, report.ID, report.Version))
	attach("Bilan", "Le bilan corrigé.", governance.ForSpace)
	c.get(m.path()).says("Document remplacé : Bilan")
}

// TestTwoProxiesByLinkAtOnce: of two who give their proxies to each other at the same moment, one is refused.
func TestTwoProxiesByLinkAtOnce(t *testing.T) {
	st := newSite(t)
	m := st.called(st.own)
	m.send(st.as(coordinator)).wants(http.StatusSeeOther)
	a, b := m.seats[1].Key, m.seats[2].Key
	links := map[string]string{a: m.link(m.people[a]), b: m.link(m.people[b])}
	statuses := make(chan int, 2)
	var wg sync.WaitGroup
	for from, to := range map[string]string{a: b, b: a} {
		wg.Go(func() {
			statuses <- st.browser(anonymous).post(links[from], "seat", from, "answer", "proxy", "proxy", to).status
		})
	}
	wg.Wait()
	if x, y := <-statuses, <-statuses; x+y != http.StatusSeeOther+http.StatusUnprocessableEntity {
		t.Errorf("answered %d and %d, want one kept and one refused", x, y)
	}
}

// TestTheMeetingHasOpened: the page stays to be read, the form is gone, and an answer that comes late is refused.
func TestTheMeetingHasOpened(t *testing.T) {
	st := newSite(t)
	m := st.called(st.own)
	m.send(st.as(coordinator)).wants(http.StatusSeeOther)
	seat := m.seats[0].Key
	link := m.link(m.people[seat])
	st.clock.Set(time.Date(2026, 12, 10, 13, 5, 0, 0, time.UTC))
	meeting, err := m.sp.Meeting(t.Context(), m.id)
	st.must(err)
	_, err = m.sp.UpdateMeeting(t.Context(), atCalls, m.id, meeting.Version, func(x *governance.Meeting) error { x.State = governance.Open; return nil })
	st.must(err)
	got := st.browser(anonymous).get(link).wants(http.StatusOK).says("les réponses ne changent plus").says("Point d’étape")
	if len(nodes(got.html(), func(n *html.Node) bool { return attr(n, "name") == "answer" })) != 0 {
		t.Error("the form is still there")
	}
	st.browser(anonymous).post(link, "seat", seat, "answer", "present").wants(http.StatusUnprocessableEntity)
	if m.attendance(seat).Declared() {
		t.Error("an answer was kept after the opening")
	}
}
