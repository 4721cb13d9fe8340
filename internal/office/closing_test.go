package office

import (
	"slices"
	"testing"
	"time"

	"entente/internal/fault"
	"entente/internal/governance"
)

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
		go func() { errs <- CloseMeeting(t.Context(), l.sp, l.h, author, m.ID, digest, l.clock.Now(), nil) }()
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
	if err := CloseMeeting(t.Context(), l.sp, l.h, author, m.ID, shown, l.clock.Now(), nil); !fault.Is(err, fault.Conflict) {
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
