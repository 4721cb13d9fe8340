package office

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"entente/internal/calendar"
	"entente/internal/compliance"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/testkit"
)

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
			if v := l.read(m.ID).Roll.Turnout(""); v.Seats != len(places)-1 && v.Seats != len(places) {
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
	if d := e.Closing.Decisions; len(d) != 1 || d[0].Outcome != governance.FavourableOpinion {
		t.Errorf("the register would say %+v", d)
	}
	if s := l.read(m.ID); s.Reads(i, governance.Rejected) != governance.UnfavourableOpinion || s.Reads(governance.Item{}, governance.Adopted) != governance.Adopted {
		t.Error("the sitting offers other words than the register has")
	}
	check(t, l.close(m.ID))
	if got, _ := l.sp.Proposal(ctx, p.ID); got.State != governance.ProposalWaiting || got.Turn != "strategique" {
		t.Errorf("%+v", got)
	}
}

// TestAnAdoptedOrientationIsEvidence: what was adopted under the power to validate shows that orientations are defined.
func TestAnAdoptedOrientationIsEvidence(t *testing.T) {
	l := newHall(t, realFile, "strategique")
	ctx, m := t.Context(), l.meeting("2026-11-24")
	of := func() compliance.Finding {
		t.Helper()
		r, err := Compliance(ctx, l.sp, m.Day)
		check(t, err)
		f, _ := r.Of("mission/strategique/definir-orientations")
		return f
	}
	if f := of(); f.Status != compliance.Unknown {
		t.Fatalf("before: %s", f.Status)
	}
	p := l.proposal(governance.AboutOrientation, "operationnel")
	i := l.put(governance.Item{Meeting: m.ID, Rank: 1, Kind: governance.ForDecision, Title: "Orientation", Audience: governance.ForSpace, Proposal: p.ID})
	l.open(m)
	l.adopt(i)
	check(t, l.close(m.ID))
	if f := of(); f.Status != compliance.Kept || len(f.Evidence) != 1 || f.Evidence[0].Kind != compliance.LinkDecision {
		t.Errorf("after: %s by %+v", f.Status, f.Evidence)
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
