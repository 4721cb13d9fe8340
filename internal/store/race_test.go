package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"entente/internal/calendar"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/testkit"
)

func asFault(err error) *fault.Error {
	var e *fault.Error
	errors.As(err, &e)
	return e
}

// atOnce runs fn n times at the same moment and counts the errors by kind; -1 counts the successes.
func atOnce(n int, fn func(i int) error) map[fault.Kind]int {
	var wg sync.WaitGroup
	errs := make([]error, n)
	begin := make(chan struct{})
	for i := range n {
		wg.Go(func() {
			<-begin
			errs[i] = fn(i)
		})
	}
	close(begin)
	wg.Wait()
	count := map[fault.Kind]int{}
	for _, err := range errs {
		if err == nil {
			count[-1]++
		} else {
			count[fault.KindOf(err)]++
		}
	}
	return count
}

// TestMandateRace proves that of many who fill one seat at once, one does.
func TestMandateRace(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		sp := newSpace(t, s, "race")
		p := somebody(t, sp)
		got := atOnce(12, func(int) error {
			_, err := sp.CreateMandate(context.Background(), me, governance.Mandate{Seat: "pilotage/nord/1", Person: p.ID,
				Role: governance.Holder, Period: calendar.Period{From: start}})
			return err
		})
		if got[-1] != 1 || got[fault.Invalid] != 11 {
			t.Errorf("outcomes %v, want one success and eleven refusals", got)
		}
		if n := len(must(sp.Mandates(t.Context(), store.MandateFilter{Seat: "pilotage/nord/1"}))(t)); n != 1 {
			t.Errorf("%d holders of one seat", n)
		}
		whole(t, sp)
	})
}

// TestUpdateRace proves that of many who change one reading at once, one does and nobody's change is lost unseen.
func TestUpdateRace(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		sp := newSpace(t, s, "race")
		p := somebody(t, sp)
		got := atOnce(12, func(i int) error {
			_, err := sp.UpdatePerson(context.Background(), me, p.ID, p.Version, func(p *directory.Person) error {
				p.Phone = fmt.Sprint(i)
				return nil
			})
			return err
		})
		if got[-1] != 1 || got[fault.Conflict] != 11 {
			t.Errorf("outcomes %v, want one success and eleven conflicts", got)
		}
	})
}

// TestWritersOfManySpaces proves that journals stay whole while many write in several spaces and others read.
func TestWritersOfManySpaces(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		spaces := []*store.Space{newSpace(t, s, "one"), newSpace(t, s, "two"), newSpace(t, s, "three")}
		got := atOnce(60, func(i int) error {
			sp := spaces[i%len(spaces)]
			if i%4 == 0 {
				_, err := sp.People(context.Background(), store.PersonFilter{Text: "a"})
				return err
			}
			_, err := sp.CreatePerson(context.Background(), me, directory.Person{Family: fmt.Sprint("N", i)})
			return err
		})
		if got[-1] != 60 {
			t.Errorf("outcomes %v, want sixty successes", got)
		}
		if err := store.VerifyAll(t.Context(), s); err != nil {
			t.Error(err)
		}
	})
}

// TestTogether proves that changes made together stand or fall together, with their journal.
func TestTogether(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		sp := newSpace(t, s, "together")
		before := must(sp.VerifyJournal(t.Context()))(t).Head
		refusal := errors.New("no")
		err := sp.Together(t.Context(), func(sp *store.Space) error {
			p := somebody(t, sp)
			if _, err := sp.Person(t.Context(), p.ID); err != nil {
				t.Errorf("what was created is not seen within: %v", err)
			}
			return refusal
		})
		if !errors.Is(err, refusal) || must(sp.VerifyJournal(t.Context()))(t).Head != before {
			t.Errorf("a refused transaction left a trace: %v", err)
		}
		err = sp.Together(t.Context(), func(sp *store.Space) error {
			somebody(t, sp)
			somebody(t, sp)
			return nil
		})
		if r := must(sp.VerifyJournal(t.Context()))(t); err != nil || r.Head.Seq != before.Seq+2 || !r.Whole() {
			t.Errorf("two changes together: %v, %+v", err, r)
		}
	})
}
