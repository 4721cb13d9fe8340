package office

import (
	"fmt"
	"testing"
	"time"

	"entente/conventions"
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/directory"
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
	return CloseMeeting(l.t.Context(), l.sp, l.h, author, meeting, l.ending(meeting).Digest, l.clock.Now(), nil)
}

// proposal puts one on its way, until it is the committee's turn.
func (l *hall) proposal(subject governance.Subject, committee string) governance.Proposal {
	l.t.Helper()
	ctx := l.t.Context()
	p, err := l.sp.CreateProposal(ctx, author, governance.Proposal{Subject: subject, Title: "Un guichet commun", Text: "…", Author: l.person("Auteur"), Committee: committee, Examined: committee != "", Objective: l.h[0].Text.Axes[0].Objectives[0].ID})
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
