package runner_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"entente/conventions"
	"entente/internal/calendar"
	"entente/internal/directory"
	"entente/internal/job"
	. "entente/internal/job/runner"
	"entente/internal/store"
	"entente/internal/testkit"
)

// killFile names the variable that makes this program, started again, do jobs until somebody kills it; its value is the file.
const killFile = "ENTENTE_TEST_WORK_UNTIL_KILLED"

func TestMain(m *testing.M) {
	if file := os.Getenv(killFile); file != "" {
		workUntilKilled(file)
		return
	}
	testkit.Main(m)
}

// TestKill kills a program in the middle of its work, many times. Each job comes in two steps, tied by a key: nothing is lost, and
// the second step is asked for once and leaves one trace.
func TestKill(t *testing.T) {
	const jobs, kills = 150, 12
	file := testkit.Database(t)
	s, err := store.Open(t.Context(), file, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close() //nolint:errcheck // what it wrote was read
	source, err := conventions.Read("contrat-local-sante-val-ambre-2025-2029")
	if err != nil {
		t.Fatal(err)
	}
	info, err := s.CreateSpace(t.Context(), store.Actor{}, "kill", "Kill", source, calendar.Must("2025-03-01"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range jobs {
		if _, err := s.In(info.ID).Enqueue(t.Context(), job.Spec{Kind: "first", Key: strconv.Itoa(i)}); err != nil {
			t.Fatal(err)
		}
	}
	killed := 0
	for range kills {
		killed += killWorker(t, file)
	}
	if killed < kills/2 {
		t.Errorf("only %d of %d programs were killed at work: little was proved", killed, kills)
	}
	finish(t, s)
	checkTraces(t, s, info.ID, jobs)
	t.Logf("%d jobs of two steps survived %d kills", jobs, killed)
}

// killWorker starts a program that works and kills it after a random while; 1 where it was killed, 0 where there was no work left.
func killWorker(t *testing.T, file string) int {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env, cmd.Stderr = append(os.Environ(), killFile+"="+file), os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_, err = out.Read(make([]byte, 1)) // the first work done starts the clock; an end without any says that nothing is left
	if err == nil {
		time.Sleep(time.Duration(rand.IntN(40)) * time.Millisecond)
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	if err != nil {
		return 0
	}
	return 1
}

// finish lets one more program work until nothing waits or runs.
func finish(t *testing.T, s *store.Store) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	go worker(s, nil).Work(ctx)
	for ctx.Err() == nil {
		counts, err := s.JobCounts(ctx)
		if err == nil && counts[job.Waiting]+counts[job.Running] == 0 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("the work does not end")
}

func checkTraces(t *testing.T, s *store.Store, space string, jobs int) {
	t.Helper()
	counts, err := s.JobCounts(t.Context())
	if err != nil || counts[job.Done] != 2*jobs || len(counts) != 1 {
		t.Errorf("jobs: %v, %v; want %d done", counts, err, 2*jobs)
	}
	found := map[string]int{}
	for after := ""; ; {
		page, err := s.In(space).People(t.Context(), store.PersonFilter{Paging: store.Paging{After: after, Limit: store.MaxPageSize}})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range page.Items {
			found[p.Family]++
		}
		if after = page.Next; after == "" {
			break
		}
	}
	for i := range jobs {
		if n := found[trace(strconv.Itoa(i))]; n != 1 {
			t.Errorf("job %d left %d traces", i, n)
		}
	}
	if err := store.VerifyAll(t.Context(), s); err != nil {
		t.Error(err)
	}
}

func trace(key string) string { return "Trace" + key }

// worker does both steps; told, where it is not nil, hears of each second step done.
func worker(s *store.Store, told func()) *Runner {
	many := job.Policy{Attempts: 100, Wait: time.Millisecond, Longest: time.Millisecond}
	return New(Options{Store: s, Clock: time.Now, Log: slog.New(slog.DiscardHandler), Workers: 3, Lease: 300 * time.Millisecond, Poll: 10 * time.Millisecond,
		Handlers: map[string]Handler{
			"first": {many, func(ctx context.Context, run *Run) error {
				_, err := s.In(run.Job.Space).Enqueue(ctx, job.Spec{Kind: "second", Key: run.Job.Key})
				return err
			}},
			"second": {many, func(ctx context.Context, run *Run) error {
				err := leaveTrace(ctx, s.In(run.Job.Space), trace(run.Job.Key))
				if err == nil && told != nil {
					told()
				}
				return err
			}},
		}})
}

// leaveTrace does the work where no earlier attempt has.
func leaveTrace(ctx context.Context, sp *store.Space, name string) error {
	return sp.Together(ctx, func(sp *store.Space) error {
		page, err := sp.People(ctx, store.PersonFilter{Text: name})
		if err != nil {
			return err
		}
		for _, p := range page.Items {
			if p.Family == name {
				return nil
			}
		}
		_, err = sp.CreatePerson(ctx, store.Actor{Name: "Kill"}, directory.Person{Family: name})
		return err
	})
}

func workUntilKilled(file string) {
	s, err := store.Open(context.Background(), file, time.Now)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	ctx, stop := context.WithTimeout(context.Background(), 3*time.Second) // where nothing is left to do
	defer stop()
	worker(s, func() { _, _ = os.Stdout.WriteString(".") }).Work(ctx)
}
