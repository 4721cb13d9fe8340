package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"entente/internal/calendar"
	"entente/internal/directory"
	"entente/internal/governance"
	"entente/internal/store"
)

// newPoll opens a poll for the committee of the member's seat, which the member alone holds.
func (st *site) newPoll() governance.Poll {
	st.t.Helper()
	p, _ := st.openPoll(st.own, st.seat(st.party()).Committee)
	return p
}

// openPoll opens a poll for a committee of a space and gives the secrets by person.
func (st *site) openPoll(in store.SpaceInfo, committee string) (governance.Poll, map[string]string) {
	st.t.Helper()
	ctx, sp := st.t.Context(), st.store.In(in.ID)
	h, err := sp.History(ctx)
	st.must(err)
	mandates, err := sp.Mandates(ctx, store.MandateFilter{Committee: committee})
	st.must(err)
	today := st.store.Today()
	calls, _ := governance.AskedFor(h[0].Text.Committee(committee).Places(), mandates, today)
	p, secrets, err := sp.CreatePoll(ctx, store.Actor{Name: "Camille"}, governance.Poll{Committee: committee, Title: "Réunion de décembre", Note: "À l’hôtel communautaire",
		Closes: today.AddDays(7), Slots: governance.Slots{{Day: today.AddDays(15), Time: "14:00"}, {Day: today.AddDays(16), Time: "09:30"}}}, calls)
	st.must(err)
	return p, secrets
}

// pollSecret is the secret of a new link of the member.
func (st *site) pollSecret() string {
	st.t.Helper()
	secret, err := st.store.In(st.own.ID).RenewPollLink(st.t.Context(), store.Actor{Name: "Camille"}, st.newPoll().ID, st.ids["annuaire/personnes"])
	st.must(err)
	return secret
}

// seatPerson puts somebody on a seat of a space.
func (st *site) seatPerson(in store.SpaceInfo, given, seat string) directory.Person {
	st.t.Helper()
	sp := st.store.In(in.ID)
	p, err := sp.CreatePerson(st.t.Context(), store.Actor{}, directory.Person{Given: given, Family: "Martin"})
	st.must(err)
	_, err = sp.CreateMandate(st.t.Context(), store.Actor{}, governance.Mandate{Seat: seat, Person: p.ID, Role: governance.Holder, Period: calendar.Period{From: calendar.Must("2025-06-01")}})
	st.must(err)
	return p
}

// A poll is opened, answered by link without an account and by telephone, and the date that is kept becomes a meeting.
func TestPollFromEndToEnd(t *testing.T) {
	st := newSite(t)
	sp := st.store.In(st.own.ID)
	other := st.seatPerson(st.own, "Anne", st.text.Committee("strategique").Places()[3].Key)
	c := st.as(coordinator)
	add := st.path("sondages", "ajouter")
	page := c.submit(c.get(add+"?comite=strategique").wants(http.StatusOK), add, "title", "Réunion d’hiver", "note", "En mairie", "closes", "2026-11-30",
		"jour-0", "2026-12-08", "heure-0", "14:00", "jour-1", "10/12/2026", "heure-1", "").wants(http.StatusOK)
	page.says("Le sondage est ouvert").says("2 liens à transmettre").says("Message pour Camille Member").says("6 sièges sans titulaire ni suppléant ne sont pas consultés")
	list, err := sp.Polls(t.Context(), "strategique")
	st.must(err)
	here := st.path("sondages", list[0].ID)
	if strings.Contains(c.get(here).body, "/lien/sondage/") {
		t.Error("the links are shown twice")
	}
	secret := between(t, page.body, "Message pour Camille Member", "/lien/sondage/", "<")

	// By link: no account, both ways, until the poll closes.
	phone := st.browser(anonymous)
	link := "/lien/sondage/" + secret
	form := phone.get(link).wants(http.StatusOK)
	form.says("Camille Member répond pour ce siège").says("En mairie").says("mardi 8 décembre 2026 à 14 h").says("jeudi 10 décembre 2026")
	if form.header.Get("Referrer-Policy") != "no-referrer" || form.header.Get("Set-Cookie") != "" {
		t.Errorf("headers %v", form.header)
	}
	if strings.Contains(form.body, "Anne Martin") || strings.Contains(form.body, "/espaces/") {
		t.Error("the page of the link shows more than its bearer needs")
	}
	phone.post(link).wants(http.StatusUnprocessableEntity).says("Répondez pour au moins une date")
	phone.post(link, "date-0", "no").leadsTo(link + "?recu=oui")
	phone.submit(phone.get(link), link, "date-0", "if-need-be", "date-1", "yes").leadsTo(link + "?recu=oui")
	phone.get(link + "?recu=oui").says("Vos réponses sont enregistrées")
	if got := phone.get(link).form(link); got.Get("date-0") != "if-need-be" || got.Get("date-1") != "yes" {
		t.Errorf("the form came back as %v", got)
	}

	// By telephone.
	answer := here + "/reponse"
	c.get(answer + "?personne=inconnue").wants(http.StatusOK).says("n’est pas consultée")
	entry := c.get(answer + "?personne=" + other.ID).wants(http.StatusOK).says("Le journal dira que vous l’avez saisie")
	c.submit(entry, answer, "date-1", "yes").leadsTo(here)
	c.get(here).says("la plus favorable").says("Institutions").says("2 oui, 0 si nécessaire")
	st.checkPollJournal(list[0].ID)

	// The date that is kept.
	c.post(here+"/date", "version", "9", "slot", "2026-12-10").wants(http.StatusConflict).says("Ce sondage a changé")
	c.post(here+"/date", "version", "1", "slot", "2026-12-10").leadsTo(here)
	meetings, err := sp.Meetings(t.Context(), store.MeetingFilter{From: calendar.Must("2026-12-01")})
	st.must(err)
	if len(meetings) != 1 || meetings[0].Day != calendar.Must("2026-12-10") || meetings[0].Committee != "strategique" {
		t.Errorf("planned %+v", meetings)
	}
	phone.get(link).wants(http.StatusOK).says("La réunion est prévue : jeudi 10 décembre 2026")
	phone.post(link, "date-0", "yes").wants(http.StatusUnprocessableEntity).says("n’est plus ouvert aux réponses")
	c.get(st.path("sondages")).says("réunion prévue").says("Réunion d’hiver")
}

// checkPollJournal: who answered by link is named for their party, without an account; who entered an answer is the coordinator.
func (st *site) checkPollJournal(poll string) {
	st.t.Helper()
	entries, err := st.store.In(st.own.ID).JournalEntries(st.t.Context(), store.JournalFilter{Subject: "poll-answer", Key: poll})
	st.must(err)
	if len(entries) != 3 {
		st.t.Fatalf("%d entries", len(entries))
	}
	if e := entries[0]; e.Action != "poll-answer.enter" || e.Actor == "" || e.For != st.party() {
		st.t.Errorf("by telephone: %+v", e)
	}
	if e := entries[1]; e.Action != "poll-answer.link" || e.Actor != "" || e.Name != "Camille Member" || e.For != st.party() || e.Article != "4-2" {
		st.t.Errorf("by link: %+v", e)
	}
	st.as(reader).get(st.path("journal")).wants(http.StatusOK).says("Réponse reçue par lien personnel").says("Réponse saisie par la coordination")
}

// between finds what stands from a mark to an end, after a word.
func between(t *testing.T, body, after, mark, end string) string {
	t.Helper()
	_, rest, ok := strings.Cut(body, after)
	_, rest, found := strings.Cut(rest, mark)
	out, _, closed := strings.Cut(rest, end)
	if !ok || !found || !closed {
		t.Fatalf("no %s after %s", mark, after)
	}
	return strings.TrimSpace(out)
}

func TestPollIsRefusedWithItsReason(t *testing.T) {
	st := newSite(t)
	c := st.as(coordinator)
	add := st.path("sondages", "ajouter")
	good := []string{"committee", "strategique", "title", "Hiver", "closes", "2026-11-30", "lignes", "2", "jour-0", "2026-12-08", "jour-1", "2026-12-10"}
	with := func(pairs ...string) []string {
		v := append([]string{}, good...)
		for i := 0; i < len(pairs); i += 2 {
			for j := 0; j < len(v); j += 2 {
				if v[j] == pairs[i] {
					v[j+1] = pairs[i+1]
				}
			}
		}
		return v
	}
	for name, x := range map[string]struct {
		form []string
		says string
	}{
		"a derived committee":    {with("committee", "technique"), "pilotes et co-pilotes"},
		"nobody to ask":          {with("committee", "operationnel"), "il n’y a personne à consulter"},
		"one date":               {with("jour-1", ""), "Proposez de 2 à 20 dates"},
		"a date that has passed": {with("jour-0", "2026-11-02"), "n’est plus à venir"},
		"closes too late":        {with("closes", "2026-12-09"), "avant la première date proposée"},
		"a date that is none":    {with("jour-1", "bientôt"), "Date 2"},
		"no subject":             {with("title", ""), "Objet"},
	} {
		a := c.post(add, x.form...).wants(http.StatusUnprocessableEntity)
		if !strings.Contains(a.words(), x.says) {
			t.Errorf("%s: the page does not say %q\n%s", name, x.says, a.excerpt())
		}
		if got := a.form(add); got.Get("jour-0") != values(x.form...).Get("jour-0") || got.Get("title") != values(x.form...).Get("title") {
			t.Errorf("%s: the form came back as %v", name, got)
		}
	}
	more := c.post(add, append(with(), "action", "lignes")...).wants(http.StatusOK)
	if got := more.form(add); got.Get("lignes") != "7" || got.Get("jour-1") != "2026-12-10" {
		t.Errorf("with more lines: %v", got)
	}
	if list, err := st.store.In(st.own.ID).Polls(t.Context(), "operationnel"); err != nil || len(list) != 0 {
		t.Errorf("%d polls (%v)", len(list), err)
	}
}

// A link serves until it expires or is revoked, whoever holds it; the log never has it.
func TestPollLinks(t *testing.T) {
	st := newSite(t)
	sp, id := st.store.In(st.own.ID), st.ids["sondages"]
	person := st.ids["annuaire/personnes"]
	first, err := sp.RenewPollLink(t.Context(), store.Actor{}, id, person)
	st.must(err)
	// Forwarded: somebody else who has it, signed in or not, answers for the same seat.
	st.as(reader).post("/lien/sondage/"+first, "date-0", "yes").wants(http.StatusSeeOther)
	answers, err := sp.PollAnswers(t.Context(), id)
	st.must(err)
	if len(answers) != 1 || len(answers[person]) != 1 {
		t.Errorf("answers %v", answers)
	}
	// Revoked.
	c := st.as(coordinator)
	page := c.post(st.path("sondages", id, "lien"), "person", person).wants(http.StatusOK).says("Un lien à transmettre")
	second := between(t, page.body, "Message pour", "/lien/sondage/", "<")
	st.browser(anonymous).get("/lien/sondage/" + first).wants(http.StatusNotFound).says("demandez un nouveau lien à la coordination")
	st.browser(anonymous).get("/lien/sondage/" + second).wants(http.StatusOK)
	c.post(st.path("sondages", id, "lien"), "person", "inconnue").wants(http.StatusUnprocessableEntity)
	// Closed: it shows, and takes nothing; cancelled: too.
	c.post(st.path("sondages", id, "etat"), "version", "1", "action", "clore").leadsTo(st.path("sondages", id))
	st.browser(anonymous).get("/lien/sondage/" + second).says("Ce sondage est clos").says("Vos réponses")
	st.browser(anonymous).post("/lien/sondage/"+second, "date-0", "no").wants(http.StatusUnprocessableEntity)
	c.post(st.path("sondages", id, "etat"), "version", "2", "action", "rouvrir").wants(http.StatusSeeOther)
	c.post(st.path("sondages", id, "etat"), "version", "3", "action", "annuler").wants(http.StatusSeeOther)
	c.post(st.path("sondages", id, "etat"), "version", "4", "action", "rouvrir").wants(http.StatusUnprocessableEntity).says("Ce sondage est terminé")
	st.browser(anonymous).get("/lien/sondage/" + second).says("Ce sondage a été annulé")
	// Expired.
	st.clock.Advance(60 * 24 * time.Hour)
	st.browser(anonymous).get("/lien/sondage/" + second).wants(http.StatusNotFound)
	if log := st.log.String(); strings.Contains(log, first) || strings.Contains(log, second) || !strings.Contains(log, "path=/lien/…") {
		t.Error("the log has a secret, or not the request")
	}
}

// Attempts to guess a link are limited by address; who has a link that works is never hindered.
func TestGuessingLinksIsLimited(t *testing.T) {
	st := newSite(t)
	secret := st.pollSecret()
	c := st.browser(anonymous)
	for range guessLimit.Max {
		c.get("/lien/sondage/rien").wants(http.StatusNotFound)
	}
	c.get("/lien/sondage/rien").wants(http.StatusTooManyRequests)
	c.get("/lien/sondage/" + secret).wants(http.StatusOK)
	c.do(http.MethodGet, "/lien/sondage/rien", nil, "Test-Remote-Addr", "198.51.100.9:80").wants(http.StatusNotFound)
	st.clock.Advance(guessLimit.Window + time.Second)
	c.get("/lien/sondage/rien").wants(http.StatusNotFound)
}

// On the second convention the quorum is told, and somebody who holds two seats counts for each, and is one person.
func TestPollWithQuorum(t *testing.T) {
	st := newSite(t)
	h, err := st.store.In(st.other.ID).History(t.Context())
	st.must(err)
	k := h[0].Text.Committees[0]
	seats := k.Places()
	first := st.seatPerson(st.other, "Anne", seats[0].Key)
	_, err = st.store.In(st.other.ID).CreateMandate(t.Context(), store.Actor{}, governance.Mandate{Seat: seats[1].Key, Person: first.ID, Role: governance.Holder,
		Period: calendar.Period{From: calendar.Must("2025-06-01")}})
	st.must(err)
	for _, s := range seats[2:] {
		st.seatPerson(st.other, "Bo", s.Key)
	}
	p, secrets := st.openPoll(st.other, k.ID)
	if len(secrets) != len(seats)-1 {
		t.Errorf("%d links for %d people", len(secrets), len(seats)-1)
	}
	phone := st.browser(anonymous)
	phone.get("/lien/sondage/" + secrets[first.ID]).wants(http.StatusOK).says("Anne Martin répond pour 2 sièges")
	for person, secret := range secrets {
		said := "if-need-be"
		if person == first.ID {
			said = "yes"
		}
		phone.post("/lien/sondage/"+secret, "date-1", said).wants(http.StatusSeeOther)
	}
	page := st.as(administrator).get(spacePath(st.other.Slug, "sondages", p.ID)).wants(http.StatusOK)
	page.says("Une personne tient plusieurs sièges").says("Quorum").says("plus de 1/2 des sièges").says("atteint si nécessaire").says("2 oui, ").says("1 oui, ")
}

// Forms of a personal link come from pages that tell no site where they come from: their origin may be unknown.
func TestAnswersByLinkNeedNoOrigin(t *testing.T) {
	st := newSite(t)
	body := strings.NewReader("date-0=yes")
	st.browser(anonymous).do(http.MethodPost, "/lien/sondage/"+st.pollSecret(), body, "Content-Type", "application/x-www-form-urlencoded",
		"Sec-Fetch-Site", "", "Origin", "null").wants(http.StatusSeeOther)
}
