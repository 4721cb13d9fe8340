package office

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"entente/conventions"
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/testkit"
)

var author = store.Actor{Name: "Essai"}

// hall is a space with a committee whose every seat is held, and the clock that dates what happens there.
type hall struct {
	t     *testing.T
	sp    *store.Space
	clock *testkit.Clock
	h     convention.History
	k     *convention.Committee
}

const (
	realFile   = "etampois-sud-essonne-2023-2026"
	secondFile = "contrat-local-sante-val-ambre-2025-2029"
)

// newHall opens a hall on the morning of 24 November 2026.
func newHall(t *testing.T, file, committee string) *hall {
	t.Helper()
	clock := newMorning()
	return hallIn(t, testkit.StoreAt(t, clock), clock, file, committee)
}

func newMorning() *testkit.Clock {
	return testkit.NewClock(time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC))
}

func hallIn(t *testing.T, s *store.Store, clock *testkit.Clock, file, committee string) *hall {
	t.Helper()
	source, err := conventions.Read(file)
	check(t, err)
	info, err := s.CreateSpace(t.Context(), author, "essai", "Espace d’essai", source, calendar.Must("2025-03-01"))
	check(t, err)
	l := &hall{t: t, sp: s.In(info.ID), clock: clock}
	l.h, err = l.sp.History(t.Context())
	check(t, err)
	l.k = l.h[0].Text.Committee(committee)
	for i, seat := range l.k.Places() {
		l.hold(seat.Key, l.person(fmt.Sprintf("Titulaire %d", i)), governance.Holder)
	}
	return l
}

func (l *hall) person(family string) string {
	l.t.Helper()
	p, err := l.sp.CreatePerson(l.t.Context(), author, directory.Person{Given: "Anne", Family: family})
	check(l.t, err)
	return p.ID
}

func (l *hall) hold(seat, person string, role governance.Role) governance.Mandate {
	l.t.Helper()
	m, err := l.sp.CreateMandate(l.t.Context(), author, governance.Mandate{Seat: seat, Person: person, Role: role, Period: calendar.Period{From: calendar.Must("2025-03-01")}})
	check(l.t, err)
	return m
}

func (l *hall) meeting(day string) governance.Meeting {
	l.t.Helper()
	m, err := l.sp.CreateMeeting(l.t.Context(), author, governance.Meeting{Committee: l.k.ID, Day: calendar.Must(day), State: governance.Planned})
	check(l.t, err)
	return m
}

func (l *hall) item(meeting string, rank int, kind governance.ItemKind, title string) governance.Item {
	l.t.Helper()
	return l.put(governance.Item{Meeting: meeting, Rank: rank, Kind: kind, Title: title, Audience: governance.ForSpace})
}

func (l *hall) put(i governance.Item) governance.Item {
	l.t.Helper()
	i, err := l.sp.CreateItem(l.t.Context(), author, i)
	check(l.t, err)
	return i
}

// open opens the sitting and puts everybody in the room.
func (l *hall) open(m governance.Meeting) {
	l.t.Helper()
	check(l.t, BeginSitting(l.t.Context(), l.sp, author, m.ID, l.now(m.ID).Version, l.clock.Now()))
	for _, seat := range l.k.Places() {
		l.seat(m.ID, seat.Key, func(a *governance.Attendance) { a.Presence = governance.Present })
	}
}

func (l *hall) now(meeting string) governance.Meeting {
	l.t.Helper()
	m, err := l.sp.Meeting(l.t.Context(), meeting)
	check(l.t, err)
	return m
}

func (l *hall) read(meeting string) Sitting {
	l.t.Helper()
	s, err := ReadSitting(l.t.Context(), l.sp, l.h, meeting, l.clock.Now())
	check(l.t, err)
	return s
}

func (l *hall) seat(meeting, key string, change func(*governance.Attendance)) {
	l.t.Helper()
	s := l.read(meeting)
	a, known := s.Seat(key)
	if !known {
		l.t.Fatalf("no seat %s", key)
	}
	_, err := l.sp.KeepAttendance(l.t.Context(), author, a, func(x *governance.Attendance) error { change(x); return nil })
	check(l.t, err)
}

func (l *hall) record(i governance.Item, outcome governance.Outcome, reasons string) {
	l.t.Helper()
	s := l.read(i.Meeting)
	r := s.Record(i.ID)
	_, err := l.sp.KeepItemRecord(l.t.Context(), author, i.ID, r.Version, func(r *governance.ItemRecord) error {
		r.State, r.Outcome, r.Reasons = governance.Treated, outcome, reasons
		return nil
	})
	check(l.t, err)
}

// vote casts the same vote for the first n seats.
func (l *hall) vote(i governance.Item, n int, choice governance.Choice) {
	l.t.Helper()
	for _, seat := range l.k.Places()[:n] {
		_, err := l.sp.KeepBallot(l.t.Context(), author, governance.Ballot{Item: i.ID, Seat: seat.Key, Choice: choice})
		check(l.t, err)
	}
}

func (l *hall) ending(meeting string) Ending {
	l.t.Helper()
	e, err := EndingOf(l.t.Context(), l.sp, l.h, meeting, l.clock.Now())
	check(l.t, err)
	return e
}

func (l *hall) close(meeting string) error {
	l.t.Helper()
	return CloseMeeting(l.t.Context(), l.sp, l.h, author, meeting, l.ending(meeting).Digest, l.clock.Now())
}

// proposal puts one on its way, until it is the committee's turn.
func (l *hall) proposal(subject governance.Subject, committee string) governance.Proposal {
	l.t.Helper()
	ctx := l.t.Context()
	p, err := l.sp.CreateProposal(ctx, author, governance.Proposal{Subject: subject, Title: "Un guichet commun", Text: "…", Author: l.person("Auteur"), Committee: committee, Objective: l.h[0].Text.Axes[0].Objectives[0].ID})
	check(l.t, err)
	p, err = l.sp.PassProposal(ctx, author, p.ID, p.Version, governance.Submit, "")
	check(l.t, err)
	return p
}

// settled is a subject that the committee settles.
func (l *hall) settled() governance.Subject {
	if l.k.ID == "suivi" {
		return governance.AboutOrientation
	}
	return governance.AboutFree
}

// keysOf are the keys of remarks.
func keysOf(list []governance.Remark) []string {
	var out []string
	for _, x := range list {
		out = append(out, x.Message.Key)
	}
	return out
}

// both runs a test on the real convention and on the one of another shape.
func both(t *testing.T, test func(*testing.T, *hall)) {
	t.Helper()
	t.Run("real", func(t *testing.T) { test(t, newHall(t, realFile, "strategique")) })
	t.Run("second", func(t *testing.T) { test(t, newHall(t, secondFile, "suivi")) })
}

// adopt records an adoption, with the votes where the convention counts them.
func (l *hall) adopt(i governance.Item) {
	l.t.Helper()
	if l.k.Majority != nil {
		l.vote(i, len(l.k.Places()), governance.VotesFor)
	}
	l.record(i, governance.Adopted, "")
}

func TestClosing(t *testing.T) {
	both(t, func(t *testing.T, l *hall) {
		ctx := t.Context()
		m, next := l.meeting("2026-11-24"), l.meeting("2026-12-15")
		l.item(next.ID, 1, governance.ForInformation, "Déjà prévu")
		one, two, three := l.item(m.ID, 1, governance.ForDecision, "Adopter"), l.item(m.ID, 2, governance.ForDecision, "Reporter"), l.item(m.ID, 3, governance.ForInformation, "Informer")
		p := l.proposal(l.settled(), "")
		four := l.put(governance.Item{Meeting: m.ID, Rank: 4, Kind: governance.ForDecision, Title: "Proposition", Audience: governance.ForSpace, Proposal: p.ID})
		never := l.item(m.ID, 5, governance.ForDiscussion, "Jamais abordé")
		l.open(m)
		l.adopt(one)
		l.adopt(four)
		l.record(two, governance.Postponed, "Le dossier n’est pas prêt")
		l.record(three, governance.Noted, "")
		u, err := l.sp.CreateFollowUp(ctx, author, governance.FollowUp{Meeting: m.ID, Item: one.ID, Text: "Écrire", State: governance.ToDo})
		check(t, err)
		check(t, l.close(m.ID))

		decisions, err := l.sp.DecisionsOf(ctx, m.ID)
		check(t, err)
		if len(decisions) != 3 || decisions[0].Reference() != "2026-1" || decisions[2].Reference() != "2026-3" {
			t.Fatalf("decisions %+v", decisions)
		}
		first := decisions[0]
		if first.Text != "Adopter" || len(first.Positions) != len(l.read(m.ID).Roll.Parties()) || (first.Vote != nil) != (l.k.Majority != nil) {
			t.Errorf("the first decision is %+v", first)
		}
		if first.Vote != nil && (first.Vote.For != 6 || first.Vote.Ballots[0].Holder == "" || first.Vote.Ballots[0].Caster == "") {
			t.Errorf("its vote is %+v", first.Vote)
		}
		if got, _ := l.sp.Proposal(ctx, p.ID); got.State != governance.ProposalAdopted || decisions[2].Power == "" || decisions[2].Article == "" || decisions[2].Axis != p.Objective {
			t.Errorf("the proposal is %s, by %+v", got.State, decisions[2])
		}
		agenda, err := l.sp.Items(ctx, next.ID)
		check(t, err)
		if len(agenda) != 3 || agenda[1].Carried != two.ID || agenda[2].Carried != never.ID || agenda[1].Rank != 2 || agenda[2].Rank != 3 {
			t.Errorf("carried over: %+v", agenda)
		}
		if u, _ = l.sp.FollowUp(ctx, u.ID); u.Decision != first.ID {
			t.Errorf("the follow-up is tied to %q", u.Decision)
		}
		if m := l.now(m.ID); m.State != governance.Held || !m.Frozen() {
			t.Errorf("the meeting is %+v", m)
		}
		for _, a := range l.read(m.ID).Attendance {
			if a.Sitter == "" || a.Sitter != a.Holder {
				t.Errorf("who sat in %s is not kept: %+v", a.Seat, a)
			}
		}
		if err := l.close(m.ID); !fault.Is(err, fault.Invalid) {
			t.Errorf("closed twice: %v", err)
		}
		_, err = l.sp.KeepItemRecord(ctx, author, one.ID, l.read(m.ID).Kept[one.ID].Version, func(r *governance.ItemRecord) error { r.Notes = "après coup"; return nil })
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("what was closed has changed: %v", err)
		}
	})
}

func TestClosingTwiceAtOnceDoesItOnce(t *testing.T) {
	l := newHall(t, realFile, "strategique")
	m := l.meeting("2026-11-24")
	l.adoptAll(m)
	digest := l.ending(m.ID).Digest
	errs := make(chan error, 2)
	for range 2 {
		go func() { errs <- CloseMeeting(t.Context(), l.sp, l.h, author, m.ID, digest, l.clock.Now()) }()
	}
	a, b := <-errs, <-errs
	if (a == nil) == (b == nil) {
		t.Errorf("%v and %v", a, b)
	}
	if list, _ := l.sp.DecisionsOf(t.Context(), m.ID); len(list) != 1 {
		t.Errorf("%d decisions", len(list))
	}
}

func (l *hall) adoptAll(m governance.Meeting) governance.Item {
	l.t.Helper()
	i := l.item(m.ID, 1, governance.ForDecision, "Adopter")
	l.open(m)
	l.adopt(i)
	return i
}

func TestWhatChangedSinceItWasShownIsShownAgain(t *testing.T) {
	l := newHall(t, realFile, "strategique")
	m := l.meeting("2026-11-24")
	i := l.adoptAll(m)
	shown := l.ending(m.ID).Digest
	l.record(i, governance.Rejected, "Coût")
	if err := CloseMeeting(t.Context(), l.sp, l.h, author, m.ID, shown, l.clock.Now()); !fault.Is(err, fault.Conflict) {
		t.Errorf("what was confirmed is not what is done: %v", err)
	}
}

func TestRefusals(t *testing.T) {
	second := newHall(t, secondFile, "suivi")
	m := second.meeting("2026-11-24")
	items := map[string]governance.Item{}
	for n, name := range []string{"carried", "not carried", "no ballot", "no reasons", "rejected though carried"} {
		items[name] = second.item(m.ID, n+1, governance.ForDecision, name)
	}
	second.open(m)
	second.adopt(items["carried"])
	second.vote(items["not carried"], 3, governance.VotesFor)
	second.record(items["not carried"], governance.Adopted, "")
	second.record(items["no ballot"], governance.Adopted, "")
	second.vote(items["rejected though carried"], 6, governance.VotesFor)
	second.record(items["rejected though carried"], governance.Rejected, "Trop cher")
	second.record(items["no reasons"], governance.Postponed, " ")
	e := second.ending(m.ID)
	want := []string{"closing.refuse.majority", "closing.refuse.no-ballot", "closing.refuse.reasons", "closing.refuse.carried"}
	if got := keysOf(e.Closing.Refusals); !slices.Equal(got, want) {
		t.Errorf("refused for %v, want %v", got, want)
	}
	if err := second.close(m.ID); !fault.Is(err, fault.Invalid) {
		t.Errorf("closed all the same: %v", err)
	}
	if list, _ := second.sp.DecisionsOf(t.Context(), m.ID); len(list) != 0 || second.now(m.ID).State != governance.Open {
		t.Error("a refused closing left something behind")
	}
	for _, seat := range second.k.Places()[:3] {
		second.seat(m.ID, seat.Key, func(a *governance.Attendance) { a.Presence = governance.Excused })
	}
	if got := keysOf(second.ending(m.ID).Closing.Refusals); !slices.Contains(got, "closing.refuse.quorum") {
		t.Errorf("without quorum: %v", got)
	}
}

func TestWhoLeftIsNotOfTheElectorate(t *testing.T) {
	l := newHall(t, secondFile, "suivi")
	ctx, m := t.Context(), l.meeting("2026-11-24")
	one, two := l.item(m.ID, 1, governance.ForDecision, "Avant"), l.item(m.ID, 2, governance.ForDecision, "Après")
	l.open(m)
	check(t, TurnTo(ctx, l.sp, author, m.ID, "", one.ID, l.clock.Now()))
	l.vote(one, 6, governance.VotesFor)
	l.clock.Advance(30 * time.Minute)
	check(t, TurnTo(ctx, l.sp, author, m.ID, one.ID, two.ID, l.clock.Now()))
	l.clock.Advance(10 * time.Minute)
	leaves := governance.HourOf(l.clock.Now())
	for _, seat := range l.k.Places()[:2] {
		l.seat(m.ID, seat.Key, func(a *governance.Attendance) { a.Left = leaves })
	}
	l.vote(two, 6, governance.VotesFor)
	l.clock.Advance(10 * time.Minute)
	check(t, TurnTo(ctx, l.sp, author, m.ID, two.ID, "", l.clock.Now()))
	l.record(one, governance.Adopted, "")
	l.record(two, governance.Adopted, "")
	e := l.ending(m.ID)
	if a, b := e.Closing.Decisions[0].Vote, e.Closing.Decisions[1].Vote; a.Present != 6 || a.For != 6 || b.Present != 4 || b.For != 4 {
		t.Errorf("%+v before, %+v after", a, b)
	}
	if got := keysOf(e.Closing.Warnings); !slices.Contains(got, "closing.warn.ballots") {
		t.Errorf("nothing says that two ballots do not count: %v", got)
	}
	if err := TurnTo(ctx, l.sp, author, m.ID, two.ID, one.ID, l.clock.Now()); !fault.Is(err, fault.Conflict) {
		t.Errorf("a page that somebody else has turned was turned again: %v", err)
	}
}

func TestHeldWithoutConvocation(t *testing.T) {
	both(t, func(t *testing.T, l *hall) {
		m := l.meeting("2026-11-24")
		l.adoptAll(m)
		if got := keysOf(l.ending(m.ID).Closing.Warnings); !slices.Contains(got, "closing.warn.not-called") {
			t.Errorf("nothing says it: %v", got)
		}
		check(t, l.close(m.ID))
	})
}

func TestSeatVacatedSinceTheCall(t *testing.T) {
	both(t, func(t *testing.T, l *hall) {
		ctx, m := t.Context(), l.meeting("2026-11-24")
		i := l.item(m.ID, 1, governance.ForDecision, "Adopter")
		seat := l.k.Places()[0].Key
		mandates, err := l.sp.Mandates(ctx, store.MandateFilter{Seat: seat})
		check(t, err)
		former := mandates[0].Person
		l.seat(m.ID, seat, func(a *governance.Attendance) { a.Answer = governance.WillCome })
		_, err = l.sp.UpdateMandate(ctx, author, mandates[0].ID, mandates[0].Version, func(x *governance.Mandate) error {
			x.Period.To = calendar.Must("2026-11-20")
			return nil
		})
		check(t, err)
		l.open(m)
		s := l.read(m.ID)
		if taken := s.Roll.Of(seat); taken.Holder != "" || taken.Counts() {
			t.Errorf("a vacant seat counts: %+v", taken)
		}
		l.seat(m.ID, seat, func(a *governance.Attendance) { a.Sitter = former })
		free := l.k.Substitution == convention.SubstitutionFree
		s = l.read(m.ID)
		if got := s.Roll.Of(seat).Counts(); got != free {
			t.Errorf("who held the seat counts: %v; the text lets an institution send anybody: %v", got, free)
		}
		l.seat(m.ID, seat, func(a *governance.Attendance) { a.Presence = governance.Absent })
		l.adopt(i)
		check(t, l.close(m.ID))
	})
}

func TestAmendmentBetweenCallAndMeeting(t *testing.T) {
	for _, c := range []struct{ file, committee, from, to string }{
		{realFile, "strategique", "      - partie: caese\n        nombre: 2\n", "      - partie: caese\n        nombre: 1\n"},
		{secondFile, "suivi", "      - partie: communaute\n        nombre: 3\n", "      - partie: communaute\n        nombre: 2\n"},
	} {
		t.Run(c.committee, func(t *testing.T) {
			l := newHall(t, c.file, c.committee)
			ctx, m := t.Context(), l.meeting("2026-11-24")
			i := l.item(m.ID, 1, governance.ForDecision, "Adopter")
			places := l.k.Places()
			gone := ""
			for _, p := range places {
				if p.Rank == p.Of && p.Rank > 1 && gone == "" {
					gone = p.Key
				}
			}
			l.seat(m.ID, gone, func(a *governance.Attendance) { a.Answer = governance.WillCome })
			amended := replaceOnce(t, string(l.h[0].Source), c.from, c.to)
			_, err := l.sp.AddVersion(ctx, author, []byte(amended), calendar.Must("2026-11-23"))
			check(t, err)
			l.h, err = l.sp.History(ctx)
			check(t, err)
			l.k = l.h[1].Text.Committee(c.committee)
			l.open(m)
			s := l.read(m.ID)
			if len(s.Chairs) != len(places)-1 || s.Roll.Of(gone) != nil {
				t.Errorf("%d chairs; the seat that is gone is there: %v", len(s.Chairs), s.Roll.Of(gone) != nil)
			}
			l.adopt(i)
			if got := keysOf(l.ending(m.ID).Closing.Warnings); !slices.Contains(got, "closing.warn.seats-gone") {
				t.Errorf("nothing says that a seat that was called is gone: %v", got)
			}
			check(t, l.close(m.ID))
			if v := l.read(m.ID).Roll.Tally(""); v.Seats != len(places)-1 && v.Seats != len(places) {
				t.Errorf("%+v", v)
			}
		})
	}
}

func replaceOnce(t *testing.T, s, from, to string) string {
	t.Helper()
	if !strings.Contains(s, from) {
		t.Fatalf("the text does not have %q", from)
	}
	return strings.Replace(s, from, to, 1)
}

func TestPostponedThreeTimes(t *testing.T) {
	both(t, func(t *testing.T, l *hall) {
		ctx := t.Context()
		p := l.proposal(l.settled(), "")
		m := l.meeting("2026-11-24")
		l.put(governance.Item{Meeting: m.ID, Rank: 1, Kind: governance.ForDecision, Title: "Proposition", Audience: governance.ForSpace, Proposal: p.ID})
		for n := range 3 {
			l.clock.Set(m.Day.Time().Add(9 * time.Hour))
			next := l.meeting(m.Day.AddDays(7).String())
			l.open(m)
			agenda, err := l.sp.Items(ctx, m.ID)
			check(t, err)
			if len(agenda) != 1 || agenda[0].Proposal != p.ID || agenda[0].Title != "Proposition" {
				t.Fatalf("agenda %d: %+v", n, agenda)
			}
			l.record(agenda[0], governance.Postponed, "Pas prêt")
			check(t, l.close(m.ID))
			if got, _ := l.sp.Proposal(ctx, p.ID); got.Postponed != n+1 || got.State != governance.ProposalWaiting {
				t.Errorf("after %d: %+v", n+1, got)
			}
			m = next
		}
		l.clock.Set(m.Day.Time().Add(9 * time.Hour))
		l.open(m)
		agenda, _ := l.sp.Items(ctx, m.ID)
		l.adopt(agenda[0])
		check(t, l.close(m.ID))
		if got, _ := l.sp.Proposal(ctx, p.ID); got.State != governance.ProposalAdopted {
			t.Errorf("at last: %+v", got)
		}
		if list, _ := l.sp.DecisionsOf(ctx, m.ID); len(list) != 1 || list[0].Number != 1 {
			t.Errorf("a postponement took a number: %+v", list)
		}
	})
}

func TestAnOpinionGoesOn(t *testing.T) {
	l := newHall(t, realFile, "operationnel") // proposes orientations, which the strategic committee validates
	ctx, m := t.Context(), l.meeting("2026-11-24")
	p := l.proposal(governance.AboutOrientation, "")
	i := l.put(governance.Item{Meeting: m.ID, Rank: 1, Kind: governance.ForDecision, Title: "Orientation", Audience: governance.ForSpace, Proposal: p.ID})
	l.open(m)
	l.record(i, governance.Adopted, "")
	e := l.ending(m.ID)
	if s := e.Closing.Settling; len(s) != 1 || !s[0].Ruling.Opinion || s[0].Ruling.Turn != "strategique" {
		t.Fatalf("%+v, refused %v", s, keysOf(e.Closing.Refusals))
	}
	check(t, l.close(m.ID))
	if got, _ := l.sp.Proposal(ctx, p.ID); got.State != governance.ProposalWaiting || got.Turn != "strategique" {
		t.Errorf("%+v", got)
	}
}

func TestOneProposalTwice(t *testing.T) {
	l := newHall(t, realFile, "strategique")
	m := l.meeting("2026-11-24")
	p := l.proposal(governance.AboutFree, "")
	var items []governance.Item
	for n := range 2 {
		items = append(items, l.put(governance.Item{Meeting: m.ID, Rank: n + 1, Kind: governance.ForDecision, Title: "Deux fois", Audience: governance.ForSpace, Proposal: p.ID}))
	}
	l.open(m)
	for _, i := range items {
		l.adopt(i)
	}
	if got := keysOf(l.ending(m.ID).Closing.Refusals); !slices.Contains(got, "closing.refuse.twice") {
		t.Errorf("%v", got)
	}
}

func TestReopening(t *testing.T) {
	l := newHall(t, realFile, "strategique")
	ctx, m := t.Context(), l.meeting("2026-11-24")
	p := l.proposal(governance.AboutFree, "")
	i := l.put(governance.Item{Meeting: m.ID, Rank: 1, Kind: governance.ForDecision, Title: "Proposition", Audience: governance.ForSpace, Proposal: p.ID})
	other := l.item(m.ID, 2, governance.ForDecision, "Autre")
	l.open(m)
	l.adopt(i)
	l.adopt(other)
	check(t, l.close(m.ID))
	reopen := func(reason string) error {
		return ReopenMeeting(ctx, l.sp, author, m.ID, l.now(m.ID).Version, reason)
	}
	if err := reopen(" "); !fault.Is(err, fault.Invalid) {
		t.Errorf("reopened without a reason: %v", err)
	}
	check(t, reopen("Une erreur de saisie"))
	if got := l.now(m.ID); got.State != governance.Open || got.Frozen() || got.Reason != "Une erreur de saisie" {
		t.Errorf("%+v", got)
	}
	l.record(i, governance.Rejected, "Le budget manque")
	l.record(other, governance.NoOutcome, "")
	if got := keysOf(l.ending(m.ID).Closing.Refusals); !slices.Equal(got, []string{"closing.refuse.number"}) {
		t.Errorf("a numbered decision may vanish: %v", got)
	}
	l.record(other, governance.AdoptedWithChanges, "Après débat")
	check(t, l.close(m.ID))
	decisions, _ := l.sp.DecisionsOf(ctx, m.ID)
	if len(decisions) != 2 || decisions[0].Outcome != governance.Rejected || decisions[1].Number != 2 || decisions[1].Outcome != governance.AdoptedWithChanges {
		t.Errorf("%+v", decisions)
	}
	if got, _ := l.sp.Proposal(ctx, p.ID); got.State != governance.ProposalRejected {
		t.Errorf("the proposal is %s", got.State)
	}
	check(t, reopen("Encore")) // nothing changed: nothing is done twice
	check(t, l.close(m.ID))
	steps, err := l.sp.ProposalSteps(ctx, p.ID)
	check(t, err)
	if last := steps[len(steps)-1]; last.Event != governance.Reject || len(steps) != 4 {
		t.Errorf("%d steps, the last %s", len(steps), last.Event)
	}
}

func TestWhatHasGoneOnIsNotReopened(t *testing.T) {
	clock := newMorning()
	testkit.EnginesAt(t, clock, func(t *testing.T, s *store.Store) {
		whatHasGoneOnIsNotReopened(t, hallIn(t, s, clock, realFile, "operationnel"))
	})
}

func whatHasGoneOnIsNotReopened(t *testing.T, l *hall) {
	ctx, m := t.Context(), l.meeting("2026-11-24")
	p := l.proposal(governance.AboutOrientation, "")
	i := l.put(governance.Item{Meeting: m.ID, Rank: 1, Kind: governance.ForDecision, Title: "Orientation", Audience: governance.ForSpace, Proposal: p.ID})
	l.open(m)
	l.record(i, governance.Adopted, "")
	left := l.item(m.ID, 2, governance.ForDecision, "Reste")
	next := l.meeting("2026-12-15")
	check(t, l.close(m.ID))
	check(t, ReopenMeeting(ctx, l.sp, author, m.ID, l.now(m.ID).Version, "Une erreur"))
	check(t, l.close(m.ID))
	if agenda, _ := l.sp.Items(ctx, next.ID); len(agenda) != 1 || agenda[0].Carried != left.ID {
		t.Errorf("carried over twice, or not: %+v", agenda)
	}
	strategic, err := l.sp.CreateMeeting(ctx, author, governance.Meeting{Committee: "strategique", Day: calendar.Must("2026-11-24"), State: governance.Planned})
	check(t, err)
	_, err = l.sp.SettleProposal(ctx, author, p.ID, governance.Settlement{Meeting: strategic.ID, Committee: "strategique", Day: strategic.Day, Outcome: governance.Adopted})
	check(t, err)
	if err := ReopenMeeting(ctx, l.sp, author, m.ID, l.now(m.ID).Version, "Une erreur"); !fault.Is(err, fault.Invalid) {
		t.Errorf("reopened: %v", err)
	}
}

func TestMinutesAreApproved(t *testing.T) {
	both(t, func(t *testing.T, l *hall) {
		ctx, before, m := t.Context(), l.meeting("2026-11-10"), l.meeting("2026-11-24")
		i := l.put(governance.Item{Meeting: m.ID, Rank: 1, Kind: governance.ForMinutes, Title: "Compte rendu", Audience: governance.ForSpace, Approves: before.ID})
		l.open(m)
		l.record(i, governance.Adopted, "")
		if got := keysOf(l.ending(m.ID).Closing.Warnings); !slices.Contains(got, "closing.warn.minutes-elsewhere") {
			t.Errorf("minutes that are kept elsewhere: %v", got)
		}
		minutes, err := l.sp.CreateMinutes(ctx, author, governance.Minutes{ID: before.ID, State: governance.MinutesDraft, Body: "…", Audience: governance.ForSpace})
		check(t, err)
		if got := keysOf(l.ending(m.ID).Closing.Refusals); !slices.Contains(got, "closing.refuse.minutes") {
			t.Errorf("a draft is approved: %v", got)
		}
		_, err = l.sp.UpdateMinutes(ctx, author, before.ID, minutes.Version, func(m *governance.Minutes) (err error) {
			*m, err = m.To(governance.MinutesSubmitted, governance.MinutesTerms{Today: calendar.Must("2026-11-20")})
			return err
		})
		check(t, err)
		check(t, l.close(m.ID))
		if got, _ := l.sp.Minutes(ctx, before.ID); got.State != governance.MinutesApproved || got.ApprovedBy != m.ID {
			t.Errorf("%+v", got)
		}
	})
}

func TestTwoHundredItems(t *testing.T) {
	both(t, func(t *testing.T, l *hall) {
		m, next := l.meeting("2026-11-24"), l.meeting("2026-12-15")
		err := l.sp.Together(t.Context(), func(sp *store.Space) error {
			for n := range 200 {
				if _, err := sp.CreateItem(t.Context(), author, governance.Item{Meeting: m.ID, Rank: n + 1, Kind: governance.ForDecision, Title: fmt.Sprint("Point ", n+1), Audience: governance.ForSpace}); err != nil {
					return err
				}
			}
			return nil
		})
		check(t, err)
		l.open(m)
		s := l.read(m.ID)
		for _, i := range s.Agenda[:100] {
			_, err := l.sp.KeepItemRecord(t.Context(), author, i.ID, 0, func(r *governance.ItemRecord) error {
				r.State, r.Outcome = governance.Treated, governance.Noted
				return nil
			})
			check(t, err)
		}
		check(t, l.close(m.ID))
		decisions, _ := l.sp.DecisionsOf(t.Context(), m.ID)
		agenda, _ := l.sp.Items(t.Context(), next.ID)
		if len(decisions) != 100 || len(agenda) != 100 || decisions[99].Number != 100 || agenda[0].Title != "Point 101" || agenda[99].Rank != 100 {
			t.Errorf("%d decisions, %d items carried over", len(decisions), len(agenda))
		}
	})
}
