package store_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"entente/internal/calendar"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/testkit"
)

// polled is a poll in a space of its own, with two people who are asked, one of them for two seats.
type polled struct {
	sp       *store.Space
	poll     governance.Poll
	two, one directory.Person
	secrets  map[string]string
}

func newPoll(t *testing.T, s *store.Store) polled {
	t.Helper()
	x := polled{sp: newSpace(t, s, "poll")}
	x.two = must(x.sp.CreatePerson(t.Context(), me, directory.Person{Given: "Odile", Family: "Valmont"}))(t)
	x.one = somebody(t, x.sp)
	calls := []governance.Asked{{Seat: "pilotage/nord/1", Person: x.two.ID, Role: governance.Holder}, {Seat: "pilotage/sud/1", Person: x.two.ID, Role: governance.Holder},
		{Seat: "pilotage/nord/2", Person: x.one.ID, Role: governance.Substitute}}
	p := governance.Poll{Committee: "pilotage", Title: "Première réunion de 2027", Note: "À la mairie", Closes: today.AddDays(7),
		Slots: governance.Slots{{Day: today.AddDays(20), Time: "14:00"}, {Day: today.AddDays(22), Time: "09:30"}}}
	var err error
	if x.poll, x.secrets, err = x.sp.CreatePoll(t.Context(), me, p, calls); err != nil {
		t.Fatal(err)
	}
	return x
}

func (x polled) slot(i int) string { return x.poll.Slots[i].Key() }

// TestPollIsKept: what was asked is read back, with one link a person, however many seats they hold.
func TestPollIsKept(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, x := t.Context(), newPoll(t, s)
		back := must(x.sp.Poll(ctx, x.poll.ID))(t)
		if back.Title != x.poll.Title || len(back.Slots) != 2 || back.Slots[1] != x.poll.Slots[1] || back.State != governance.PollOpen {
			t.Errorf("the poll came back as %+v", back)
		}
		if n := len(must(x.sp.PollCalls(ctx, x.poll.ID))(t)); n != 3 || len(x.secrets) != 2 {
			t.Errorf("%d calls, %d links", n, len(x.secrets))
		}
		link := must(s.OpenLink(ctx, store.LinkPoll, x.secrets[x.two.ID]))(t)
		if link.Subject != x.poll.ID || link.Person != x.two.ID || link.Space != x.sp.ID() {
			t.Errorf("the link is %+v", link)
		}
		if list := must(x.sp.Polls(ctx, "pilotage"))(t); len(list) != 1 || list[0].ID != x.poll.ID {
			t.Errorf("the list is %+v", list)
		}
		other := newSpace(t, s, "elsewhere")
		if _, err := other.Poll(ctx, x.poll.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("from another space: %v", err)
		}
		if n := len(must(other.PollAnswers(ctx, x.poll.ID))(t)) + len(must(other.PollCalls(ctx, x.poll.ID))(t)) + len(must(other.Polls(ctx, ""))(t)); n != 0 {
			t.Error("another space reads the poll")
		}
		whole(t, x.sp)
	})
}

func TestPollIsRefused(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		x := newPoll(t, s)
		late := x.poll
		late.Closes = today.AddDays(30)
		for name, try := range map[string]func() error{
			"nobody to ask": func() error { _, _, err := x.sp.CreatePoll(t.Context(), me, x.poll, nil); return err },
			"closes after its first date": func() error {
				_, _, err := x.sp.CreatePoll(t.Context(), me, late, []governance.Asked{{Seat: "pilotage/nord/1", Person: x.one.ID}})
				return err
			},
		} {
			if err := try(); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n := len(must(x.sp.Polls(t.Context(), ""))(t)); n != 1 {
			t.Errorf("%d polls after refusals", n)
		}
	})
}

// TestPollAnswers: the last word of each person stands; the journal says by which way it came.
func TestPollAnswers(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, x := t.Context(), newPoll(t, s)
		theirs := store.Actor{Name: x.two.Name(), For: "nord"}
		for _, a := range []governance.PollAnswer{governance.AnswerNo, governance.AnswerYes, governance.AnswerYes} {
			if err := x.sp.AnswerPoll(ctx, theirs, x.poll.ID, x.two.ID, store.AnsweredByLink, map[string]governance.PollAnswer{x.slot(0): a}); err != nil {
				t.Fatal(err)
			}
		}
		if err := x.sp.AnswerPoll(ctx, me, x.poll.ID, x.one.ID, store.AnsweredEnter, map[string]governance.PollAnswer{x.slot(1): governance.AnswerIfNeedBe}); err != nil {
			t.Fatal(err)
		}
		got := must(x.sp.PollAnswers(ctx, x.poll.ID))(t)
		if got[x.two.ID][x.slot(0)] != governance.AnswerYes || got[x.one.ID][x.slot(1)] != governance.AnswerIfNeedBe || len(got[x.two.ID]) != 1 {
			t.Errorf("answers %v", got)
		}
		entries := must(x.sp.JournalEntries(ctx, store.JournalFilter{Subject: "poll-answer"}))(t)
		if len(entries) != 3 || entries[0].Action != "poll-answer.enter" || entries[0].Name != me.Name ||
			entries[1].Action != "poll-answer.link" || entries[1].Name != "Odile Valmont" || entries[1].Actor != "" || entries[1].For != "nord" {
			t.Errorf("the journal says %+v", entries)
		}
		for _, e := range entries {
			checkSentences(t, e)
		}
		for name, try := range map[string]func() error{
			"somebody who is not asked": func() error {
				return x.sp.AnswerPoll(ctx, me, x.poll.ID, somebody(t, x.sp).ID, store.AnsweredEnter, nil)
			},
			"a date of another poll": func() error {
				return x.sp.AnswerPoll(ctx, me, x.poll.ID, x.one.ID, store.AnsweredEnter, map[string]governance.PollAnswer{"2030-01-01": governance.AnswerYes})
			},
			"an answer that is none": func() error {
				return x.sp.AnswerPoll(ctx, me, x.poll.ID, x.one.ID, store.AnsweredEnter, map[string]governance.PollAnswer{x.slot(0): "maybe"})
			},
		} {
			if err := try(); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		whole(t, x.sp)
	})
}

// TestNoAnswerAfterTheEnd: neither after the last day, nor once the poll was closed.
func TestNoAnswerAfterTheEnd(t *testing.T) {
	clock := testkit.NewClock(testkit.Noon)
	testkit.EnginesAt(t, clock, func(t *testing.T, s *store.Store) {
		ctx, x := t.Context(), newPoll(t, s)
		answer := func() error {
			return x.sp.AnswerPoll(context.Background(), me, x.poll.ID, x.one.ID, store.AnsweredEnter, map[string]governance.PollAnswer{x.slot(0): governance.AnswerYes})
		}
		closed := must(x.sp.EndPoll(ctx, me, x.poll.ID, 1, governance.PollClosed))(t)
		if err := answer(); !fault.Is(err, fault.Invalid) || asFault(err).Message.Key != "poll.fault.not-open" {
			t.Errorf("after it was closed: %v", err)
		}
		if _, err := x.sp.EndPoll(ctx, me, x.poll.ID, 1, governance.PollCancelled); !fault.Is(err, fault.Conflict) {
			t.Errorf("an old reading: %v", err)
		}
		must(x.sp.EndPoll(ctx, me, x.poll.ID, closed.Version, governance.PollOpen))(t)
		if err := answer(); err != nil {
			t.Errorf("opened again: %v", err)
		}
		clock.Advance(8 * 24 * 3600e9)
		if err := answer(); !fault.Is(err, fault.Invalid) {
			t.Errorf("after the last day: %v", err)
		}
		if _, err := x.sp.RenewPollLink(ctx, me, x.poll.ID, x.one.ID); !fault.Is(err, fault.Invalid) {
			t.Errorf("a link after the last day: %v", err)
		}
		must(s.OpenLink(ctx, store.LinkPoll, x.secrets[x.one.ID]))(t) // still shows what came of it
	})
}

// TestAcceptSlot: the meeting and the end of the poll are kept together, or neither is.
func TestAcceptSlot(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, x := t.Context(), newPoll(t, s)
		if _, err := x.sp.AcceptSlot(ctx, me, x.poll.ID, 1, "2030-01-01", ""); !fault.Is(err, fault.Invalid) {
			t.Errorf("a date of no poll: %v", err)
		}
		broken := errors.New("broken")
		err := x.sp.Together(ctx, func(sp *store.Space) error {
			if _, err := sp.AcceptSlot(ctx, me, x.poll.ID, 1, x.slot(1), "Mairie"); err != nil {
				return err
			}
			return broken
		})
		if !errors.Is(err, broken) || len(must(x.sp.Meetings(ctx, store.MeetingFilter{}))(t)) != 0 || must(x.sp.Poll(ctx, x.poll.ID))(t).State != governance.PollOpen {
			t.Errorf("half of it was kept (%v)", err)
		}
		got := atOnce(6, func(int) error {
			_, err := x.sp.AcceptSlot(context.Background(), me, x.poll.ID, 1, x.slot(1), "Mairie")
			return err
		})
		if got[-1] != 1 || got[fault.Conflict] != 5 {
			t.Errorf("six accept at once: %v", got)
		}
		meetings := must(x.sp.Meetings(ctx, store.MeetingFilter{}))(t)
		p := must(x.sp.Poll(ctx, x.poll.ID))(t)
		if len(meetings) != 1 || p.State != governance.PollPlanned || p.Meeting != meetings[0].ID || meetings[0].Day != x.poll.Slots[1].Day ||
			meetings[0].Time != "09:30" || meetings[0].State != governance.Planned || meetings[0].Place != "Mairie" {
			t.Errorf("planned %+v of %+v", meetings, p)
		}
		if _, err := x.sp.AcceptSlot(ctx, me, x.poll.ID, p.Version, x.slot(0), ""); !fault.Is(err, fault.Invalid) {
			t.Errorf("a second date: %v", err)
		}
		whole(t, x.sp)
	})
}

func TestRenewPollLink(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, x := t.Context(), newPoll(t, s)
		secret := must(x.sp.RenewPollLink(ctx, me, x.poll.ID, x.one.ID))(t)
		refused(t, s, store.LinkPoll, x.secrets[x.one.ID])
		must(s.OpenLink(ctx, store.LinkPoll, secret))(t)
		must(s.OpenLink(ctx, store.LinkPoll, x.secrets[x.two.ID]))(t)
		if _, err := x.sp.RenewPollLink(ctx, me, x.poll.ID, somebody(t, x.sp).ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("for somebody who is not asked: %v", err)
		}
	})
}

// TestErasureKeepsTheCount: the answers of somebody whose data are erased stay those of the seat; their name goes.
func TestErasureKeepsTheCount(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, x := t.Context(), newPoll(t, s)
		if err := x.sp.AnswerPoll(ctx, me, x.poll.ID, x.two.ID, store.AnsweredEnter, map[string]governance.PollAnswer{x.slot(0): governance.AnswerYes}); err != nil {
			t.Fatal(err)
		}
		if n := len(must(x.sp.EntriesAbout(ctx, x.two))(t)); n != 3 { // added, link, answer
			t.Errorf("%d entries about the person", n)
		}
		if !strings.Contains(dump(t, s, x.sp), "Valmont") {
			t.Fatal("the name was never there: the test proves nothing")
		}
		if err := x.sp.ErasePerson(ctx, me, x.two.ID, x.two.Version, erasedName); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(dump(t, s, x.sp), "Valmont") {
			t.Error("the name is still there")
		}
		refused(t, s, store.LinkPoll, x.secrets[x.two.ID])
		if got := must(x.sp.PollAnswers(ctx, x.poll.ID))(t); got[x.two.ID][x.slot(0)] != governance.AnswerYes {
			t.Errorf("the answers are %v", got)
		}
		whole(t, x.sp)
	})
}

// TestSchoolHolidays: an import takes the place of what it covers, zone by zone, and comes to the same when it is run again.
func TestSchoolHolidays(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		h := func(zone, name, from, to string) governance.SchoolHoliday {
			return governance.SchoolHoliday{Zone: zone, Name: name, Period: calendar.Period{From: calendar.Must(from), To: calendar.Must(to)}}
		}
		winter, spring, other := h("C", "Hiver", "2027-02-06", "2027-02-21"), h("C", "Printemps", "2027-04-03", "2027-04-18"), h("A", "Hiver", "2027-02-13", "2027-02-28")
		autumn := h("C", "Toussaint", "2027-10-23", "2027-11-07")
		list := []governance.SchoolHoliday{other, winter, spring}
		if plan := must(s.PlanSchoolHolidays(ctx, list))(t); len(plan.Added) != 3 {
			t.Errorf("planned %+v", plan)
		}
		if n := len(must(s.SchoolHolidays(ctx, "", calendar.Period{}))(t)); n != 0 {
			t.Fatalf("a plan wrote %d rows", n)
		}
		for i, want := range []store.SchoolChange{{Added: list}, {Same: 3}} {
			got := must(s.ImportSchoolHolidays(ctx, me, "vacances.csv", []byte("file"), list))(t)
			if len(got.Added) != len(want.Added) || got.Same != want.Same || len(got.Removed) != 0 {
				t.Errorf("import %d: %+v", i+1, got)
			}
		}
		must(s.ImportSchoolHolidays(ctx, me, "automne.csv", nil, []governance.SchoolHoliday{autumn}))(t)
		moved := h("C", "Hiver", "2027-02-13", "2027-02-28")
		got := must(s.ImportSchoolHolidays(ctx, me, "corrigé.csv", nil, []governance.SchoolHoliday{moved, spring}))(t)
		if len(got.Added) != 1 || len(got.Removed) != 1 || got.Removed[0] != winter {
			t.Errorf("the correction: %+v", got)
		}
		now := must(s.SchoolHolidays(ctx, "C", calendar.CivilYear(2027)))(t)
		if len(now) != 3 || now[0] != moved || now[1] != spring || now[2] != autumn {
			t.Errorf("zone C holds %v", now)
		}
		if n := len(must(s.SchoolHolidays(ctx, "C", calendar.Period{From: calendar.Must("2027-04-18"), To: calendar.Must("2027-04-18")}))(t)); n != 1 {
			t.Errorf("%d holidays on a last day", n)
		}
		entries := must(s.Installation().JournalEntries(ctx, store.JournalFilter{Subject: "school"}))(t)
		if len(entries) != 3 { // the import that changed nothing has none
			t.Errorf("%d entries", len(entries))
		}
		for _, e := range entries {
			checkSentences(t, e)
		}
	})
}
