package office

import (
	"context"
	"strings"
	"testing"

	"entente/internal/calendar"
	"entente/internal/compliance"
	"entente/internal/governance"
	"entente/internal/journal"
	"entente/internal/store"
	"entente/internal/testkit"
)

// TestMemoryIsBounded: the oldest leaves, what stands is made once, and what failed is made again.
func TestMemoryIsBounded(t *testing.T) {
	m, made, head := newMemory[int, int](2), 0, journal.Head{Seq: 1, Hash: "a"}
	get := func(key int, head journal.Head) {
		t.Helper()
		if got, err := m.of(t.Context(), key, head, func(context.Context) (int, error) { made++; return key, nil }); got != key || err != nil {
			t.Fatalf("%d, %v", got, err)
		}
	}
	get(1, head)
	get(1, head)
	if made != 1 {
		t.Errorf("made %d times", made)
	}
	get(2, head)
	get(3, head)
	if len(m.kept) != 2 || len(m.order) != 2 || m.kept[1] != nil {
		t.Errorf("kept %d of 2", len(m.kept))
	}
	get(3, journal.Head{Seq: 1, Hash: "b"}) // the same number in another journal
	if made != 4 {
		t.Errorf("made %d times", made)
	}
	failed := 0
	for range 2 {
		_, _ = m.of(t.Context(), 9, head, func(context.Context) (int, error) { failed++; return 0, context.Canceled })
	}
	if failed != 2 {
		t.Error("a failure was kept")
	}
}

// nodes are two stores on one database, each with what it keeps.
func nodes(t *testing.T, test func(t *testing.T, here, there *hall)) {
	t.Helper()
	clock := newMorning()
	testkit.Nodes(t, clock, func(t *testing.T, s, other *store.Store) {
		here := hallIn(t, s, clock, realFile, "operationnel")
		there := *here
		there.sp = other.In(here.sp.ID())
		test(t, here, &there)
	})
}

// TestAChangeIsJudgedAtOnce: also where another node made it.
func TestAChangeIsJudgedAtOnce(t *testing.T) {
	nodes(t, func(t *testing.T, here, there *hall) {
		ctx, day := t.Context(), calendar.Must("2026-11-23")
		a := NewAssessor()
		held := func() int {
			t.Helper()
			info, err := here.sp.Info(ctx)
			check(t, err)
			e, err := a.Of(ctx, here.sp, info, here.h, day)
			check(t, err)
			f, _ := e.Assess(here.h, day).Of("cadence/operationnel")
			return len(f.Evidence)
		}
		hold := func(sp *store.Space, on string) {
			t.Helper()
			_, err := sp.CreateMeeting(ctx, author, governance.Meeting{Committee: "operationnel", Day: calendar.Must(on), State: governance.Held})
			check(t, err)
		}
		if held() != 0 {
			t.Fatal("something was held already")
		}
		hold(here.sp, "2026-03-10")
		if held() != 1 {
			t.Error("a change of this node is not judged")
		}
		hold(there.sp, "2026-04-10")
		if held() != 2 {
			t.Error("a change of another node is not judged")
		}
	})
}

// TestAWatchedSittingIsTheSittingThatIs: also where another node has written to it.
func TestAWatchedSittingIsTheSittingThatIs(t *testing.T) {
	nodes(t, func(t *testing.T, here, there *hall) {
		l, m := NewHall(), here.meeting("2026-11-24")
		i := here.item(m.ID, 1, governance.ForInformation, "Un point")
		here.open(m)
		read := func() governance.Outcome {
			t.Helper()
			s, err := l.Read(t.Context(), here.sp, here.h, m.ID, here.clock.Now())
			check(t, err)
			return s.Record(i.ID).Outcome
		}
		if read() != governance.NoOutcome {
			t.Fatal("an outcome already")
		}
		there.record(i, governance.Noted, "")
		if read() != governance.Noted {
			t.Error("what another node wrote is not seen")
		}
		here.record(i, governance.Postponed, "Trop tard.")
		if read() != governance.Postponed {
			t.Error("what this node wrote is not seen")
		}
	})
}

// TestWhatIsKeptIsNotJudgedAgain: between two changes the same judgement is given.
func TestWhatIsKeptIsNotJudgedAgain(t *testing.T) {
	l, a, day := newHall(t, realFile, "operationnel"), NewAssessor(), calendar.Must("2026-11-23")
	info, err := l.sp.Info(t.Context())
	check(t, err)
	var kept [2]*compliance.Report
	for n := range kept {
		e, err := a.Of(t.Context(), l.sp, info, l.h, day)
		check(t, err)
		kept[n] = e.judged
	}
	if kept[0] == nil || kept[0] != kept[1] {
		t.Error("judged twice")
	}
}

// TestSuggestionsFollowEveryChange: also where another node made it.
func TestSuggestionsFollowEveryChange(t *testing.T) {
	nodes(t, func(t *testing.T, here, there *hall) {
		a, m := NewAssessor(), here.meeting("2026-12-10")
		info, err := here.sp.Info(t.Context())
		check(t, err)
		waits := func() bool {
			t.Helper()
			list, err := a.Suggestions(t.Context(), here.sp, info, here.h, m, calendar.Must("2026-11-24"))
			check(t, err)
			for _, x := range list {
				if strings.HasPrefix(x.Key, "proposal/") {
					return true
				}
			}
			return false
		}
		if waits() {
			t.Fatal("a proposal waits already")
		}
		there.proposal(governance.AboutOrientation, "")
		if !waits() {
			t.Error("a proposal that another node sent on its way is not suggested")
		}
	})
}
