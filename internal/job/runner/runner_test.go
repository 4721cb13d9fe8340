package runner_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"entente/internal/job"
	. "entente/internal/job/runner"
	"entente/internal/store"
	"entente/internal/testkit"
)

// tries is a policy that waits a minute once, and gives up after the second failure.
var tries = job.Policy{Attempts: 2, Wait: time.Minute, Longest: time.Hour}

// bench is a runner on a store whose clock stands still.
type bench struct {
	*testing.T
	store *store.Store
	clock *testkit.Clock
	log   bytes.Buffer
}

// onBoth runs a test on both engines.
func onBoth(t *testing.T, test func(b *bench)) {
	clock := testkit.NewClock(testkit.Noon)
	testkit.EnginesAt(t, clock, func(t *testing.T, s *store.Store) { test(&bench{T: t, store: s, clock: clock}) })
}

func (b *bench) runner(do func(ctx context.Context, run *Run) error) *Runner {
	return b.runnerWith(Options{Handlers: map[string]Handler{"work": {tries, do}}})
}

func (b *bench) runnerWith(o Options) *Runner {
	o.Store, o.Clock, o.Log, o.Poll = b.store, b.clock.Now, slog.New(slog.NewTextHandler(&b.log, nil)), 5*time.Millisecond
	return New(o)
}

func (b *bench) ask(spec job.Spec) string {
	b.Helper()
	id, err := b.store.Installation().Enqueue(b.Context(), spec)
	if err != nil {
		b.Fatal(err)
	}
	return id
}

func (b *bench) job(id string) job.Job {
	b.Helper()
	j, err := b.store.Installation().Job(b.Context(), id)
	if err != nil {
		b.Fatal(err)
	}
	return j
}

// due does what is due and compares how many jobs that were.
func (b *bench) due(r *Runner, want int) {
	b.Helper()
	if n, err := r.DoDue(b.Context()); err != nil || n != want {
		b.Fatalf("%d jobs were due, %v; want %d\n%s", n, err, want, b.log.String())
	}
}

func TestJobIsDoneOnceWithWhatItNeeds(t *testing.T) {
	onBoth(t, func(b *bench) {
		var got []string
		r := b.runner(func(_ context.Context, run *Run) error {
			got = append(got, string(run.Job.Payload))
			run.Came("word", "")
			return nil
		})
		id := b.ask(job.Spec{Kind: "work", Key: "k", Payload: json.RawMessage(`{"n":1}`)})
		if again := b.ask(job.Spec{Kind: "work", Key: "k", Payload: json.RawMessage(`{"n":2}`)}); again != "" {
			b.Error("the same work was kept twice")
		}
		b.due(r, 1)
		if again := b.ask(job.Spec{Kind: "work", Key: "k"}); again != "" {
			b.Error("work that was done is kept again")
		}
		b.due(r, 0)
		if len(got) != 1 || got[0] != `{"n":1}` {
			b.Errorf("done with %v", got)
		}
		if j := b.job(id); j.State != job.Done || j.Attempts != 1 || j.Progress.Word != "word" || string(j.Payload) != "{}" || !j.Finished.Equal(testkit.Noon) {
			b.Errorf("afterwards: %+v", j)
		}
	})
}

func TestJobWaitsForItsTime(t *testing.T) {
	onBoth(t, func(b *bench) {
		r := b.runner(func(context.Context, *Run) error { return nil })
		b.ask(job.Spec{Kind: "work", After: time.Minute})
		b.due(r, 0)
		b.clock.Advance(time.Minute)
		b.due(r, 1)
	})
}

func TestFailureIsTriedAgainThenSetAside(t *testing.T) {
	onBoth(t, func(b *bench) {
		r := b.runner(func(context.Context, *Run) error { return errors.New("no line") })
		id := b.ask(job.Spec{Kind: "work", Payload: json.RawMessage(`{"n":1}`)})
		b.due(r, 1)
		if j := b.job(id); j.State != job.Waiting || j.Error != "no line" || !j.RunAt.After(testkit.Noon.Add(40*time.Second)) {
			b.Fatalf("after a failure: %+v", j)
		}
		b.due(r, 0)
		b.clock.Advance(2 * time.Minute)
		b.due(r, 1)
		if j := b.job(id); j.State != job.SetAside || string(j.Payload) != `{"n":1}` || j.Failed.IsZero() {
			b.Fatalf("after the last: %+v", j)
		}
		b.clock.Advance(24 * time.Hour)
		b.due(r, 0)
		b.resumed(r, id)
	})
}

// resumed takes a job that was set aside up again, then gives it up.
func (b *bench) resumed(r *Runner, id string) {
	b.Helper()
	by := store.Actor{Name: "Camille"}
	if err := b.store.ResumeJob(b.Context(), by, "", id); err != nil {
		b.Fatal(err)
	}
	b.due(r, 1)
	b.clock.Advance(2 * time.Minute)
	b.due(r, 1)
	if err := b.store.AbandonJob(b.Context(), by, "", id); err != nil {
		b.Fatal(err)
	}
	if err := b.store.AbandonJob(b.Context(), by, "", id); err == nil {
		b.Error("it was given up twice")
	}
	if j := b.job(id); j.State != job.Cancelled || string(j.Payload) != "{}" {
		b.Errorf("given up: %+v", j)
	}
}

func TestPanicAndHopelessFailure(t *testing.T) {
	onBoth(t, func(b *bench) {
		r := b.runner(func(_ context.Context, run *Run) error {
			if run.Job.Key == "panic" {
				panic("hole")
			}
			return job.Abandon(errors.New("no such thing"))
		})
		panicked, hopeless := b.ask(job.Spec{Kind: "work", Key: "panic"}), b.ask(job.Spec{Kind: "work", Key: "hopeless"})
		b.due(r, 2)
		if j := b.job(panicked); j.State != job.Waiting || j.Error != "panic: hole" {
			b.Errorf("after a panic: %+v", j)
		}
		if j := b.job(hopeless); j.State != job.SetAside {
			b.Errorf("after a hopeless failure: %+v", j)
		}
	})
}

// TestLeaseOfADeadNode: what a node held when it fell silent is done by another once the lease has run out; the node that wakes
// up too late changes nothing; work that its program did not survive several times is set aside.
func TestLeaseOfADeadNode(t *testing.T) {
	onBoth(t, func(b *bench) {
		id := b.ask(job.Spec{Kind: "work"})
		claim := func() (job.Job, bool) {
			j, due, err := b.store.ClaimJob(b.Context(), "dead", time.Minute, []string{"work"})
			if err != nil {
				b.Fatal(err)
			}
			return j, due
		}
		held, _ := claim()
		if _, due := claim(); due {
			b.Fatal("it was claimed twice within its lease")
		}
		b.clock.Advance(2 * time.Minute)
		done := 0
		r := b.runner(func(context.Context, *Run) error { done++; return nil })
		if again, due := claim(); !due || again.Attempts != 2 {
			b.Fatalf("after the lease: %+v", again)
		}
		if err := b.store.FinishJob(b.Context(), "dead", held, job.Done, "", ""); !errors.Is(err, store.ErrLeaseLost) {
			b.Errorf("the one that woke up late: %v", err)
		}
		b.clock.Advance(2 * time.Minute)
		b.due(r, 1)
		if j := b.job(id); done != 0 || j.State != job.SetAside {
			b.Errorf("a third attempt at work of two: done %d, %+v", done, j)
		}
	})
}

func TestPeriodicWorkIsAskedForOnceAPeriodByAllNodes(t *testing.T) {
	onBoth(t, func(b *bench) {
		var done atomic.Int64
		nodes := make([]*Runner, 4)
		for i := range nodes {
			nodes[i] = b.runnerWith(Options{Periodic: []Periodic{{"work", job.Hourly}},
				Handlers: map[string]Handler{"work": {tries, func(context.Context, *Run) error { done.Add(1); return nil }}}})
		}
		for hour := range 3 {
			var wait sync.WaitGroup
			for _, r := range nodes {
				wait.Go(func() {
					if _, err := r.DoDue(context.WithoutCancel(b.Context())); err != nil {
						b.Error(err)
					}
				})
			}
			wait.Wait()
			if done.Load() != int64(hour+1) {
				b.Fatalf("after %d hours it was done %d times", hour+1, done.Load())
			}
			b.clock.Advance(time.Hour)
		}
	})
}

// TestManyNodesDoEachJobOnce lets several nodes with several workers at one line of work.
func TestManyNodesDoEachJobOnce(t *testing.T) {
	onBoth(t, func(b *bench) {
		const jobs = 120
		for i := range jobs {
			b.ask(job.Spec{Kind: "work", Key: strconv.Itoa(i)})
		}
		var mu sync.Mutex
		seen := map[string]int{}
		ctx, stop := context.WithCancel(b.Context())
		all := make(chan struct{})
		var wait sync.WaitGroup
		for range 3 {
			r := b.runnerWith(Options{Workers: 3, Handlers: map[string]Handler{"work": {tries, func(_ context.Context, run *Run) error {
				mu.Lock()
				defer mu.Unlock()
				if seen[run.Job.Key]++; len(seen) == jobs {
					close(all)
				}
				return nil
			}}}})
			wait.Go(func() { r.Work(ctx) })
		}
		select {
		case <-all:
		case <-time.After(time.Minute):
		}
		stop()
		wait.Wait()
		counts, err := b.store.JobCounts(context.WithoutCancel(ctx))
		if err != nil || counts[job.Done] != jobs {
			b.Errorf("%v, %v", counts, err)
		}
		for key, n := range seen {
			if n != 1 {
				b.Errorf("%s was done %d times", key, n)
			}
		}
	})
}

func TestStopEndsOrGivesBack(t *testing.T) {
	onBoth(t, func(b *bench) {
		begun := make(chan struct{}, 2)
		r := b.runnerWith(Options{Grace: 100 * time.Millisecond, Handlers: map[string]Handler{"work": {tries, func(ctx context.Context, run *Run) error {
			begun <- struct{}{}
			if run.Job.Key == "long" {
				<-ctx.Done()
				return ctx.Err()
			}
			time.Sleep(30 * time.Millisecond)
			return ctx.Err()
		}}}})
		long, short := b.ask(job.Spec{Kind: "work", Key: "long"}), b.ask(job.Spec{Kind: "work", Key: "short"})
		ctx, stop := context.WithCancel(b.Context())
		over := make(chan struct{})
		go func() { r.Work(ctx); close(over) }()
		<-begun
		<-begun
		stop()
		<-over
		if j := b.job(short); j.State != job.Done {
			b.Errorf("the short one: %+v", j)
		}
		if j := b.job(long); j.State != job.Waiting || j.Attempts != 0 || j.Error != "" {
			b.Errorf("the long one was not given back: %+v", j)
		}
	})
}

func TestProgressIsSeenAndWorkCanBeStopped(t *testing.T) {
	onBoth(t, func(b *bench) {
		r := b.runner(func(ctx context.Context, run *Run) error {
			if err := run.Progress(ctx, 3, 10, "some.word"); err != nil {
				return err
			}
			if j := b.job(run.Job.ID); j.State != job.Running || j.Progress != (job.Progress{Count: 3, Total: 10, Word: "some.word"}) {
				b.Errorf("under way: %+v", j)
			}
			if err := b.store.Installation().StopJob(ctx, run.Job.ID); err != nil {
				return err
			}
			time.Sleep(1100 * time.Millisecond) // progress is written down once a second
			return run.Progress(ctx, 4, 10, "some.word")
		})
		running, waiting := b.ask(job.Spec{Kind: "work"}), b.ask(job.Spec{Kind: "work", After: time.Hour})
		b.due(r, 1)
		if j := b.job(running); j.State != job.Cancelled || j.Error != "" {
			b.Errorf("stopped while it ran: %+v", j)
		}
		if err := b.store.Installation().StopJob(b.Context(), waiting); err != nil {
			b.Fatal(err)
		}
		b.clock.Advance(2 * time.Hour)
		b.due(r, 0)
		if j := b.job(waiting); j.State != job.Cancelled {
			b.Errorf("stopped while it waited: %+v", j)
		}
	})
}

// TestAskedForInTheTransactionOfTheChange: what is undone asks for nothing.
func TestAskedForInTheTransactionOfTheChange(t *testing.T) {
	onBoth(t, func(b *bench) {
		undone := errors.New("undone")
		err := b.store.Installation().Together(b.Context(), func(sp *store.Space) error {
			if _, err := sp.Enqueue(b.Context(), job.Spec{Kind: "work"}); err != nil {
				return err
			}
			return undone
		})
		if !errors.Is(err, undone) {
			b.Fatal(err)
		}
		b.due(b.runner(func(context.Context, *Run) error { return nil }), 0)
	})
}

// TestOldJobsAreSweptAway: those that are over go after a while, those that wait stay.
func TestOldJobsAreSweptAway(t *testing.T) {
	onBoth(t, func(b *bench) {
		over, waits := b.ask(job.Spec{Kind: "work"}), b.ask(job.Spec{Kind: "work", After: 1000 * time.Hour})
		b.due(b.runner(func(context.Context, *Run) error { return nil }), 1)
		b.clock.Advance(41 * 24 * time.Hour)
		if err := b.store.Sweep(b.Context()); err != nil {
			b.Fatal(err)
		}
		if _, err := b.store.Installation().Job(b.Context(), over); err == nil {
			b.Error("a job that was over stays")
		}
		if j := b.job(waits); j.State != job.Waiting {
			b.Errorf("a job that waits: %+v", j)
		}
	})
}
