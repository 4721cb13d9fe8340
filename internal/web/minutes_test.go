package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/governance"
	"entente/internal/store"
)

// fillMinutes gives the meeting of the own space somebody who was there, a decision with what follows from it, and minutes that
// are open to comments.
func (st *site) fillMinutes(by store.Actor, sp *store.Space, m governance.Meeting, person directory.Person) {
	st.t.Helper()
	ctx := st.t.Context()
	seat := st.seat(st.party())
	_, err := sp.KeepAttendance(ctx, by, governance.Attendance{Meeting: m.ID, Seat: seat.Key, Party: seat.Party, Holder: person.ID}, func(a *governance.Attendance) error {
		a.Presence = governance.Present
		return nil
	})
	st.must(err)
	item, err := sp.CreateItem(ctx, by, governance.Item{Meeting: m.ID, Rank: 1, Kind: governance.ForDecision, Title: "Guichet unique", Audience: governance.ForSpace})
	st.must(err)
	_, err = sp.KeepPosition(ctx, by, governance.Position{Item: item.ID, Party: st.peer(), Stance: governance.FavourableWithReservations, Text: "Sous réserve du budget."})
	st.must(err)
	d, err := sp.CreateDecision(ctx, by, governance.Decision{Meeting: m.ID, Item: item.ID, Committee: m.Committee, Day: m.Day, Title: item.Title,
		Text: "Un guichet unique est ouvert.", Outcome: governance.Adopted, Article: "4-2", Axis: st.text.Axes[0].Objectives[0].ID,
		Positions: []governance.Position{{Party: st.party(), Stance: governance.Favourable}, {Party: st.peer(), Stance: governance.FavourableWithReservations, Text: "Sous réserve du budget."}}})
	st.must(err)
	u, err := sp.CreateFollowUp(ctx, by, governance.FollowUp{Meeting: m.ID, Item: item.ID, Decision: d.ID, Text: "Écrire aux communes", Person: person.ID,
		Due: calendar.Must("2026-10-01"), State: governance.ToDo})
	st.must(err)
	_, err = sp.CreateMinutes(ctx, by, governance.Minutes{ID: m.ID, State: governance.MinutesComments, Body: "## Participants\n\nTexte du compte rendu.",
		Audience: governance.ForCommittee, CommentsUntil: calendar.Must("2026-12-01")})
	st.must(err)
	c, err := sp.AddComment(ctx, by, governance.Comment{Minutes: m.ID, Person: person.ID, Text: "Il manque un mot."})
	st.must(err)
	st.ids["observations"], st.ids["decisions"], st.ids["suites"] = c.ID, d.Reference(), u.ID
}

// minutesPage is the address of the minutes of the own meeting.
func (st *site) minutesPage(parts ...string) string {
	return st.path(append([]string{"reunions", st.ids["reunions"], "compte-rendu"}, parts...)...)
}

// kept reads the minutes of the own meeting.
func (st *site) kept() governance.Minutes {
	st.t.Helper()
	m, err := st.store.In(st.own.ID).Minutes(st.t.Context(), st.ids["reunions"])
	st.must(err)
	return m
}

// state puts the minutes of the own meeting where a test wants them, behind the pages' back.
func (st *site) state(to ...governance.MinutesState) {
	st.t.Helper()
	ctx, sp := st.t.Context(), st.store.In(st.own.ID)
	for _, s := range to {
		m := st.kept()
		_, err := sp.UpdateMinutes(ctx, store.Actor{}, m.ID, m.Version, func(m *governance.Minutes) error {
			m.State = s
			switch s {
			case governance.MinutesSubmitted:
				m.Submitted = calendar.Must("2026-11-20")
			case governance.MinutesApproved:
				m.Approved = calendar.Must("2026-11-22")
			}
			return nil
		})
		st.must(err)
	}
}

// TestWhoReadsMinutes follows the minutes through their states, and looks at them as everybody.
func TestWhoReadsMinutes(t *testing.T) {
	const text, comment = "Texte du compte rendu", "Il manque un mot"
	st := newSite(t)
	for _, c := range []struct {
		to   []governance.MinutesState
		want string // of reader, member (who was there), coordinator, administrator: t reads the text, c the comments too, - neither
	}{
		{nil, "-ccc"},
		{[]governance.MinutesState{governance.MinutesDraft}, "--cc"},
		{[]governance.MinutesState{governance.MinutesSubmitted}, "-ccc"},
		{[]governance.MinutesState{governance.MinutesApproved}, "-ccc"},
		{[]governance.MinutesState{governance.MinutesPublished}, "-ccc"},
	} {
		st.state(c.to...)
		for i, who := range []string{reader, member, coordinator, administrator} {
			body := st.as(who).get(st.minutesPage()).wants(http.StatusOK).body
			got := "-"
			if strings.Contains(body, text) {
				got = "t"
			}
			if strings.Contains(body, comment) {
				got = "c"
			}
			if got != c.want[i:i+1] {
				t.Errorf("%s, as %s: %s, want %s", st.kept().State, who, got, c.want[i:i+1])
			}
		}
	}
	m := st.kept()
	_, err := st.store.In(st.own.ID).UpdateMinutes(t.Context(), store.Actor{}, m.ID, m.Version, func(m *governance.Minutes) error { m.Audience = governance.ForSpace; return nil })
	st.must(err)
	got := st.as(reader).get(st.minutesPage()).says(text)
	if strings.Contains(got.body, comment) {
		t.Error("a reader is shown the comments")
	}
}

// TestMinutesFromDraftToPublished lives it in the pages, with what is refused on the way.
func TestMinutesFromDraftToPublished(t *testing.T) {
	st := newSite(t)
	c, sp := st.as(coordinator), st.store.In(st.own.ID)
	version := func() string { return itoa(st.kept().Version) }
	c.post(st.minutesPage("etat"), "to", "submitted", "version", version()).wants(http.StatusUnprocessableEntity).says("Ceux qui étaient là peuvent faire leurs observations jusqu’au")
	c.post(st.minutesPage("etat"), "to", "draft", "version", version()).leadsTo(st.minutesPage())

	c.get(st.minutesPage("composer")).says("remplace le texte enregistré").says("Décision n° 2026-1").says("Sous réserve du budget.").says("Écrire aux communes")
	c.post(st.minutesPage("composer"), "version", version()).wants(http.StatusUnprocessableEntity)
	c.post(st.minutesPage("composer"), "version", version(), "replace", "1").leadsTo(st.minutesPage())
	for _, want := range []string{"## Participants", "## 1. Guichet unique", "> Un guichet unique est ouvert.", "se prononce favorablement, avec les réserves suivantes"} {
		if !strings.Contains(st.kept().Body, want) {
			t.Errorf("composed without %q:\n%s", want, st.kept().Body)
		}
	}

	read := version()
	c.post(st.minutesPage("modifier"), "version", read, "body", "## Un titre\n\nMon texte.", "preview", "1").wants(http.StatusOK).says("Un titre")
	c.post(st.minutesPage("modifier"), "version", read, "body", " ").wants(http.StatusUnprocessableEntity)
	c.post(st.minutesPage("modifier"), "version", read, "body", "Mon texte.").leadsTo(st.minutesPage())
	c.post(st.minutesPage("modifier"), "version", read, "body", "Un autre texte.").wants(http.StatusConflict).says("Un autre texte.").says("Mon texte.")

	c.post(st.minutesPage("etat"), "to", "comments", "version", version(), "until", "2026-11-01").wants(http.StatusUnprocessableEntity).says("Cette date est passée")
	c.post(st.minutesPage("etat"), "to", "comments", "version", version(), "until", "2026-11-25").leadsTo(st.minutesPage())
	messages, err := sp.MessagesAbout(t.Context(), st.ids["reunions"])
	st.must(err)
	messages = slices.DeleteFunc(messages, func(m governance.Message) bool { return m.Kind != governance.MessageMinutes })
	if len(messages) != 1 || !strings.Contains(messages[0].Body, siteAddress+minutesLinkPath) {
		t.Fatalf("messages: %+v", messages)
	}
	st.clock.Advance(3 * 24 * time.Hour)
	c.get(st.minutesPage()).says("Soumettre à l’approbation")
	c.post(st.minutesPage("etat"), "to", "submitted", "version", version()).leadsTo(st.minutesPage())
	c.post(st.minutesPage("modifier"), "version", version(), "body", "Trop tard.").wants(http.StatusUnprocessableEntity).says("ne change plus")
	c.post(st.minutesPage("etat"), "to", "approved", "version", version()).wants(http.StatusUnprocessableEntity).says("n’admet pas l’approbation par silence")
	c.post(st.minutesPage("errata"), "text", "Lire 13.").wants(http.StatusUnprocessableEntity)

	next, err := sp.CreateMeeting(t.Context(), store.Actor{}, governance.Meeting{Committee: st.text.Committees[0].ID, Day: calendar.Must("2026-11-24"), State: governance.Held})
	st.must(err)
	c.post(st.minutesPage("etat"), "to", "approved", "at", "", "version", version()).wants(http.StatusUnprocessableEntity)
	c.post(st.minutesPage("etat"), "to", "approved", "at", next.ID, "version", version()).leadsTo(st.minutesPage())
	c.get(st.minutesPage()).says("à la réunion du 24 novembre 2026")
	c.post(st.minutesPage("etat"), "to", "published", "version", version()).wants(http.StatusUnprocessableEntity)
	c.post(st.minutesPage("etat"), "to", "published", "version", version(), "audience", "space").leadsTo(st.minutesPage())
	c.post(st.minutesPage("errata"), "text", "Lire 13.").leadsTo(st.minutesPage())
	st.as(reader).get(st.minutesPage()).says("Mon texte.").says("Erratum du 26 novembre 2026").says("Lire 13.")
	if body := st.kept().Body; body != "Mon texte." {
		t.Errorf("the text became %q", body)
	}
}

// TestSilenceApproves: the page says since when, reading it changes nothing, and publishing records it.
func TestSilenceApproves(t *testing.T) {
	st := newSite(t)
	sp := st.store.In(st.own.ID)
	custom := governance.Usual(st.text.Committees[0].ID)
	custom.SilenceDays = 3
	_, err := sp.KeepCustom(t.Context(), store.Actor{}, custom)
	st.must(err)
	st.state(governance.MinutesSubmitted)
	before := st.kept()
	st.as(coordinator).get(st.minutesPage()).says("approuvé par silence depuis le 23 novembre 2026").says("Publier le compte rendu").says("Enregistrer l’approbation par silence")
	if st.kept() != before {
		t.Error("reading the page changed the minutes")
	}
	st.as(coordinator).post(st.minutesPage("etat"), "to", "draft", "version", itoa(before.Version)).wants(http.StatusUnprocessableEntity).says("par silence depuis le")
	st.as(coordinator).post(st.minutesPage("etat"), "to", "published", "audience", "committee", "version", itoa(before.Version)).leadsTo(st.minutesPage())
	if got := st.kept(); got.State != governance.MinutesPublished || got.Approved != calendar.Must("2026-11-23") || got.ApprovedBy != "" {
		t.Errorf("published: %+v", got)
	}
}

// TestCommentsAreOfThoseWhoWereThere: by account, by link, never by another, never after the day.
func TestCommentsAreOfThoseWhoWereThere(t *testing.T) {
	st := newSite(t)
	link := minutesLinkPath + st.secret(minutesLinkPath+"{secret}", member)
	st.as(member).post(st.minutesPage("observations"), "text", "Par mon compte.").leadsTo(st.minutesPage())
	st.as(reader).post(st.minutesPage("observations"), "text", "Je n’y étais pas.").wants(http.StatusForbidden)
	visitor := st.browser(anonymous)
	visitor.get(link).says("Texte du compte rendu").says("Par mon compte.").says("Page personnelle de Camille Member")
	visitor.post(link, "text", "").wants(http.StatusUnprocessableEntity)
	visitor.post(link, "text", "Par le lien.").leadsTo(link)
	st.as(coordinator).post(st.minutesPage("observations", st.ids["observations"]), "version", "1", "answer", "C’est corrigé.").leadsTo(st.minutesPage())
	visitor.get(link).says("Par le lien.").says("C’est corrigé.")
	st.clock.Advance(30 * 24 * time.Hour)
	visitor.get(link).wants(http.StatusNotFound) // made for an hour
	st.as(member).post(st.minutesPage("observations"), "text", "Trop tard.").wants(http.StatusUnprocessableEntity).says("étaient attendues jusqu’au")
}

// TestALinkOpensNoDraft: once the minutes are taken back, who has a link reads nothing.
func TestALinkOpensNoDraft(t *testing.T) {
	st := newSite(t)
	link := minutesLinkPath + st.secret(minutesLinkPath+"{secret}", member)
	st.state(governance.MinutesDraft)
	got := st.browser(anonymous).get(link).wants(http.StatusOK)
	if strings.Contains(got.body, "Texte du compte rendu") || strings.Contains(got.body, "Il manque") {
		t.Error("the link shows a draft")
	}
	st.browser(anonymous).get(minutesLinkPath + "nulle-part").wants(http.StatusNotFound)
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// TestTheJournalKeepsMinutesForTheirReaders: a draft is not read in the journal by who may not read it on its page, nor is a
// decision that is for some.
func TestTheJournalKeepsMinutesForTheirReaders(t *testing.T) {
	st := newSite(t)
	st.decide(st.store.In(st.own.ID), &governance.Decision{Committee: st.text.Committees[0].ID, Title: "Objet réservé", Outcome: governance.Adopted}, governance.ForCoordinators)
	for who, shown := range map[string]bool{reader: false, member: false, coordinator: true} {
		minutes, decisions := st.as(who).get(st.path("journal")+"?objet=minutes"), st.as(who).get(st.path("journal")+"?objet=decision")
		if strings.Contains(minutes.body, "Texte du compte rendu") != shown {
			t.Errorf("as %s, the text of minutes is shown: %v", who, !shown)
		}
		if strings.Contains(decisions.body, "Objet réservé") != shown || !strings.Contains(decisions.body, "Guichet unique") {
			t.Errorf("as %s, the decisions are not those that they read", who)
		}
	}
}

// TestMinutesOfTheOtherConvention are composed with its quorum and its votes.
func TestMinutesOfTheOtherConvention(t *testing.T) {
	st := newSite(t)
	ctx, sp := t.Context(), st.store.In(st.other.ID)
	h, err := sp.History(ctx)
	st.must(err)
	text := h[0].Text
	i := slices.IndexFunc(text.Committees, func(k convention.Committee) bool { return k.Quorum != nil && k.Majority != nil })
	if i < 0 {
		t.Fatal("the other convention has no committee that votes")
	}
	k := &text.Committees[i]
	m, err := sp.CreateMeeting(ctx, store.Actor{}, governance.Meeting{Committee: k.ID, Day: calendar.Must("2026-03-10"), State: governance.Held})
	st.must(err)
	item, err := sp.CreateItem(ctx, store.Actor{}, governance.Item{Meeting: m.ID, Rank: 1, Kind: governance.ForDecision, Title: "Budget", Audience: governance.ForSpace})
	st.must(err)
	hidden, err := sp.CreateItem(ctx, store.Actor{}, governance.Item{Meeting: m.ID, Rank: 2, Kind: governance.ForInformation, Title: "Point caché", Audience: governance.ForCoordinators})
	st.must(err)
	_, err = sp.CreateDecision(ctx, store.Actor{}, governance.Decision{Meeting: m.ID, Item: item.ID, Committee: k.ID, Day: m.Day, Title: "Budget", Text: "Le budget est adopté.",
		Outcome: governance.Adopted, Vote: &governance.Vote{Seats: 9, Present: 7, For: 5, Against: 1, Blank: 1, Quorum: true, Carried: true}})
	st.must(err)
	page := spacePath(st.other.Slug, "reunions", m.ID, "compte-rendu")
	c := st.as(administrator)
	c.get(page).says("Un point réservé à la coordination").says("Composer le compte rendu")
	c.post(page + "/composer").leadsTo(page)
	got := c.get(page).says("Vote : 5 pour, 1 contre, 1 blanc. Sièges présents ou représentés : 7 sur 9.").says("La majorité prévue par la convention est atteinte.").
		says("le quorum relève de l’article " + k.Quorum.Place.Ref)
	if strings.Contains(got.body, hidden.Title) {
		t.Error("the minutes tell of an item that is for the coordination alone")
	}
	c.get(spacePath(st.other.Slug, "decisions", "2026-1")).says("Majorité atteinte").says("7 sur 9")
}

// TestMinutesOfAMeetingThatIsNotHeld cannot be composed.
func TestMinutesOfAMeetingThatIsNotHeld(t *testing.T) {
	st := newSite(t)
	m, err := st.store.In(st.own.ID).CreateMeeting(t.Context(), store.Actor{}, governance.Meeting{Committee: st.text.Committees[0].ID, Day: calendar.Must("2026-12-10"), State: governance.Planned})
	st.must(err)
	page := st.path("reunions", m.ID, "compte-rendu")
	st.as(coordinator).get(page).says("La réunion n’est pas close")
	st.as(coordinator).post(page + "/composer").wants(http.StatusUnprocessableEntity).says("La réunion n’est pas close")
	if _, err := st.store.In(st.own.ID).Minutes(t.Context(), m.ID); err == nil {
		t.Error("minutes were begun")
	}
}
