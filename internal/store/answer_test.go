package store_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/testkit"
)

// planned makes a meeting to come.
func planned(t testing.TB, sp *store.Space) governance.Meeting {
	t.Helper()
	return must(sp.CreateMeeting(t.Context(), me, governance.Meeting{Committee: "pilotage", Day: today.AddDays(20), Time: "14:00", Place: "Mairie", State: governance.Planned}))(t)
}

func answers(answer governance.Answer, bearer string) func(*governance.Attendance) error {
	return func(a *governance.Attendance) error { a.Answer, a.ProxyTo = answer, bearer; return nil }
}

// TestTwoProxiesAtOnce: two people who give their proxies to each other at the same moment: one of them is refused, and no
// circle is ever stored.
func TestTwoProxiesAtOnce(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		sp := newSpace(t, s, "proxies")
		for round := range 5 {
			m := planned(t, sp)
			errs := make([]error, 2)
			var wg sync.WaitGroup
			for i, seat := range []string{"pilotage/nord/1", "pilotage/nord/2"} {
				wg.Go(func() {
					other := fmt.Sprintf("pilotage/nord/%d", 2-i)
					_, errs[i] = sp.KeepAttendance(context.Background(), me, governance.Attendance{Meeting: m.ID, Seat: seat, Party: "nord", Holder: seat}, answers(governance.GivesProxy, other))
				})
			}
			wg.Wait()
			if (errs[0] == nil) == (errs[1] == nil) || !fault.Is(errors.Join(errs...), fault.Invalid) {
				t.Fatalf("round %d: %v and %v, want one refused", round, errs[0], errs[1])
			}
			if circle := governance.ProxyCircle(must(sp.Attendance(t.Context(), m.ID))(t)); circle != nil {
				t.Fatalf("round %d: the circle %v is stored", round, circle)
			}
		}
	})
}

// TestACircleIsRefusedWhoeverStoresIt: of three, the one who would close the circle is refused.
func TestACircleIsRefusedWhoeverStoresIt(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		sp := newSpace(t, s, "circle")
		m := planned(t, sp)
		keep := func(seat, bearer string) error {
			_, err := sp.KeepAttendance(t.Context(), me, governance.Attendance{Meeting: m.ID, Seat: seat, Holder: seat}, answers(governance.GivesProxy, bearer))
			return err
		}
		if err := errors.Join(keep("a", "b"), keep("b", "c")); err != nil {
			t.Fatal(err)
		}
		if err := keep("c", "a"); !fault.Is(err, fault.Invalid) || asFault(err).Fields[0].Name != "proxy" {
			t.Errorf("the circle is closed: %v", err)
		}
		for _, e := range must(sp.JournalEntries(t.Context(), store.JournalFilter{Subject: "attendance"}))(t) {
			checkSentences(t, e)
		}
		whole(t, sp)
	})
}

func TestReadingIsNotedOnce(t *testing.T) {
	clock := testkit.NewClock(testkit.Noon)
	testkit.EnginesAt(t, clock, func(t *testing.T, s *store.Store) {
		clock.Set(testkit.Noon)
		ctx, sp := t.Context(), newSpace(t, s, "reading")
		m := planned(t, sp)
		if err := sp.NoteReading(ctx, me, m.ID, "pilotage/nord/1"); err != nil {
			t.Fatalf("a seat that was not called: %v", err)
		}
		must(sp.KeepAttendance(ctx, me, governance.Attendance{Meeting: m.ID, Seat: "pilotage/nord/1", Holder: "ana"}, answers(governance.WillCome, "")))(t)
		for range 2 {
			clock.Advance(time.Hour)
			if err := sp.NoteReading(ctx, me, m.ID, "pilotage/nord/1"); err != nil {
				t.Fatal(err)
			}
		}
		if a := must(sp.AttendanceOf(ctx, m.ID, "pilotage/nord/1"))(t); !a.Read.Equal(testkit.Noon.Add(time.Hour)) || a.Version != 2 || a.Answer != governance.WillCome {
			t.Errorf("read at %v, version %d, answer %q", a.Read, a.Version, a.Answer)
		}
	})
}

// TestConvocations: sendings are numbered, kept as their digest says, and known to their own space alone.
func TestConvocations(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, sp, other := t.Context(), newSpace(t, s, "own"), newSpace(t, s, "other")
		m := planned(t, sp)
		manifest := governance.Compose(governance.Convening{Meeting: m, Name: "Comité", Committee: must(sp.History(ctx))(t)[0].Text.Committee("pilotage"), ByMail: func(string) bool { return false },
			Items: []governance.Item{{ID: "i", Title: "Bilan <2026> & suites", Audience: governance.ForSpace}}})
		for n := range 2 {
			if c := must(sp.CreateConvocation(ctx, me, m.ID, manifest))(t); c.Number != n+1 || c.Digest != manifest.SHA256() {
				t.Errorf("sending %d has number %d", n+1, c.Number)
			}
		}
		c := must(sp.Convocation(ctx, m.ID, 2))(t)
		if c.Manifest.SHA256() != c.Digest || c.Manifest.Items[0].Title != "Bilan <2026> & suites" {
			t.Errorf("what is kept is not what was sent: %+v", c)
		}
		if list := must(other.Convocations(ctx, m.ID))(t); len(list) != 0 {
			t.Errorf("another space sees %d sendings", len(list))
		}
		if _, err := other.CreateConvocation(ctx, me, m.ID, manifest); !fault.Is(err, fault.NotFound) {
			t.Errorf("another space sends it: %v", err)
		}
		for _, e := range must(sp.JournalEntries(ctx, store.JournalFilter{Subject: "convocation"}))(t) {
			checkSentences(t, e)
			if !strings.Contains(string(e.After), c.Digest) || strings.Contains(string(e.After), "Bilan") {
				t.Errorf("the journal keeps %s, want the digest alone", e.After)
			}
		}
		whole(t, sp)
	})
}

// TestOutbox: the journal repeats neither text nor address of a message; the list is paged, newest first.
func TestOutbox(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, sp := t.Context(), newSpace(t, s, "outbox")
		p := somebody(t, sp)
		kinds := []governance.MessageKind{governance.MessageConvocation, governance.MessageReminder}
		for i := range 5 {
			must(sp.CreateMessage(ctx, me, governance.Message{Kind: kinds[i%2], Subject: "m", Person: p.ID, Email: "cachee@exemple.fr", Title: fmt.Sprint(i), Body: "lien-secret"}))(t)
		}
		titles := func(f store.MessageFilter) (string, store.Page[governance.Message]) {
			page := must(sp.Messages(ctx, f))(t)
			var out string
			for _, m := range page.Items {
				out += m.Title
			}
			return out, page
		}
		two := store.Paging{Limit: 2}
		first, page := titles(store.MessageFilter{Paging: two})
		second, middle := titles(store.MessageFilter{Paging: store.Paging{Limit: 2, After: page.Next}})
		third, last := titles(store.MessageFilter{Paging: store.Paging{Limit: 2, After: middle.Next}})
		back, _ := titles(store.MessageFilter{Paging: store.Paging{Limit: 2, Before: last.Previous}})
		if first != "43" || second != "21" || third != "0" || back != "21" || page.Total != 5 || page.Previous != "" || last.Next != "" {
			t.Errorf("pages %q, %q, %q, back %q; %d in all; ends %q %q", first, second, third, back, page.Total, page.Previous, last.Next)
		}
		if got, _ := titles(store.MessageFilter{Kind: governance.MessageReminder, Subject: "m"}); got != "31" {
			t.Errorf("reminders: %q", got)
		}
		if got := must(newSpace(t, s, "elsewhere").Messages(ctx, store.MessageFilter{}))(t); got.Total != 0 {
			t.Errorf("another space sees %d messages", got.Total)
		}
		for _, e := range must(sp.JournalEntries(ctx, store.JournalFilter{Subject: "message"}))(t) {
			checkSentences(t, e)
			if text := string(e.After) + e.Label; strings.Contains(text, "lien-secret") || strings.Contains(text, "cachee@") {
				t.Errorf("the journal keeps %s", text)
			}
		}
	})
}
