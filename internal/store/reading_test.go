package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"entente/internal/fault"
	"entente/internal/store"
	"entente/internal/testkit"
)

// reader makes an account that reads texts.
func reader(t *testing.T, s *store.Store, name string) store.Account {
	t.Helper()
	return must(s.CreateAccount(t.Context(), me, store.Account{Email: name + "@exemple.fr", Name: name}))(t)
}

// TestReadingBelongsToItsAccount keeps a file, gives it back whole, and hides it from everybody else.
func TestReadingBelongsToItsAccount(t *testing.T) {
	clock := testkit.NewClock(testkit.Noon)
	testkit.EnginesAt(t, clock, func(t *testing.T, s *store.Store) {
		ctx, data := t.Context(), []byte("%PDF-1.7 \x00\xff\xfe")
		mine, other := reader(t, s, "ada"), reader(t, s, "bea")
		r := must(s.CreateReading(ctx, me, store.Reading{Account: mine.ID, Name: "convention.pdf", Names: true, Facts: 3, Decisions: "{}"}, data))(t)
		if r.Version != 1 || r.Size != int64(len(data)) || r.Digest != store.ReadingDigest("convention.pdf", data) {
			t.Errorf("made %+v", r)
		}
		clock.Advance(time.Minute)
		second := must(s.CreateReading(ctx, me, store.Reading{Account: mine.ID, Name: "b.txt", Decisions: "{}"}, []byte("b")))(t)
		if got := must(s.Reading(ctx, mine.ID, r.ID))(t); got != r {
			t.Errorf("read %+v, want %+v", got, r)
		}
		if got := must(s.ReadingData(ctx, mine.ID, r.ID))(t); !bytes.Equal(got, data) {
			t.Errorf("the file comes back as %q", got)
		}
		if got := must(s.ReadingsOf(ctx, mine.ID))(t); len(got) != 2 || got[0].ID != second.ID {
			t.Errorf("the list is %+v", got)
		}
		if got := must(s.ReadingsOf(ctx, other.ID))(t); len(got) != 0 {
			t.Errorf("another account sees %+v", got)
		}
		_, one := s.Reading(ctx, other.ID, r.ID)
		_, two := s.ReadingData(ctx, other.ID, r.ID)
		_, three := s.DecideReading(ctx, other.ID, r.ID, func(*store.Reading) error { return nil })
		for i, err := range []error{one, two, three, s.RemoveReading(ctx, me, other.ID, r.ID, 1)} {
			if !fault.Is(err, fault.NotFound) {
				t.Errorf("another account, %d: %v", i, err)
			}
		}
	})
}

// TestDecideReading holds that decisions made at once are all kept, that a refused one changes nothing, and that none is
// journaled while the deposit and the removal are.
func TestDecideReading(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, mine := t.Context(), reader(t, s, "ada")
		r := must(s.CreateReading(ctx, me, store.Reading{Account: mine.ID, Name: "a.txt", Decisions: ""}, []byte("a")))(t)
		var wait sync.WaitGroup
		for range 8 {
			wait.Go(func() {
				_, err := s.DecideReading(ctx, mine.ID, r.ID, func(r *store.Reading) error {
					r.Decided++
					r.Decisions += "x"
					return nil
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		refusal := errors.New("no")
		if _, err := s.DecideReading(ctx, mine.ID, r.ID, func(r *store.Reading) error { r.Decided = 99; return refusal }); !errors.Is(err, refusal) {
			t.Errorf("the refusal is %v", err)
		}
		got := must(s.Reading(ctx, mine.ID, r.ID))(t)
		if got.Decided != 8 || got.Decisions != "xxxxxxxx" || got.Version != 9 {
			t.Errorf("after eight decisions: %+v", got)
		}
		if err := s.RemoveReading(ctx, me, mine.ID, r.ID, 1); !fault.Is(err, fault.Conflict) {
			t.Errorf("removed at an old version: %v", err)
		}
		if err := s.RemoveReading(ctx, me, mine.ID, r.ID, got.Version); err != nil {
			t.Fatal(err)
		}
		entries := must(s.Installation().JournalEntries(ctx, store.JournalFilter{Subject: "reading", Key: r.ID}))(t)
		if len(entries) != 2 || entries[0].Action != "reading.remove" || entries[1].Action != "reading.create" {
			t.Errorf("the journal has %+v", entries)
		}
	})
}

// TestReadingBounds refuses what would fill the database.
func TestReadingBounds(t *testing.T) {
	s := testkit.Store(t)
	ctx, mine := t.Context(), reader(t, s, "ada")
	for name, r := range map[string]store.Reading{
		"no name":            {Account: mine.ID},
		"a long name":        {Account: mine.ID, Name: strings.Repeat("é", 256)},
		"many decisions":     {Account: mine.ID, Name: "a", Decisions: strings.Repeat("x", 5<<20)},
		"a name of no text":  {Account: mine.ID, Name: "a\x00b"},
		"a name in no UTF-8": {Account: mine.ID, Name: "a\xff"},
	} {
		if _, err := s.CreateReading(ctx, me, r, nil); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := s.CreateReading(ctx, me, store.Reading{Account: mine.ID, Name: "a"}, make([]byte, store.MaxReadingSize+1)); !fault.Is(err, fault.Invalid) {
		t.Errorf("a large file: %v", err)
	}
	for i := range store.MaxReadings {
		must(s.CreateReading(ctx, me, store.Reading{Account: mine.ID, Name: fmt.Sprint(i)}, []byte("a")))(t)
	}
	if _, err := s.CreateReading(ctx, me, store.Reading{Account: mine.ID, Name: "one more"}, nil); !fault.Is(err, fault.Invalid) {
		t.Errorf("one more: %v", err)
	}
}
