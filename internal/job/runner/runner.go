// Package runner does the work that the store keeps: it claims jobs with a lease, does a few at once, tries again what fails,
// and asks for periodic work.
//
// It knows no kind of work: whoever wires it gives a handler for each. The invariants that it owns: a job whose program is
// killed is done by another, or by the next one, once its lease has run out; one that is told to stop ends its work or gives it back.
package runner

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime/debug"
	"sync"
	"time"

	"github.com/google/uuid"

	"entente/internal/job"
	"entente/internal/store"
)

// Handler does one kind of job.
type Handler struct {
	Policy job.Policy
	// Do does the work. It may be called again for work that was done already, where a program ended before it could say so.
	Do func(ctx context.Context, run *Run) error
}

// Periodic is work that is asked for once a period, in no space, whatever the number of nodes.
type Periodic struct {
	Kind   string
	Period job.Period
}

// Options are what a runner is made of.
type Options struct {
	Store    *store.Store
	Log      *slog.Logger
	Clock    func() time.Time
	Handlers map[string]Handler
	Periodic []Periodic
	Workers  int           // jobs at once; 0 for 2
	Lease    time.Duration // how long a job is another node's after its own fell silent; 0 for two minutes
	Poll     time.Duration // how often it looks for work; 0 for a second
	Grace    time.Duration // how long work under way may take once it was told to stop; 0 for eight seconds
}

// Runner does jobs. Its zero value is of no use: see New.
type Runner struct {
	Options
	node  string
	kinds []string
	asked map[string]string // period last asked for, by kind
}

// Causes for which work under way is broken off.
var (
	errStopping = errors.New("the program is stopping")
	// ErrStopped says that somebody asked to stop the job.
	ErrStopped = errors.New("somebody asked to stop it")
)

// New makes a runner.
func New(o Options) *Runner {
	r := &Runner{Options: o, node: uuid.NewString(), asked: map[string]string{}}
	r.Workers = orElse(o.Workers, 2)
	r.Lease, r.Poll, r.Grace = orElse(o.Lease, 2*time.Minute), orElse(o.Poll, time.Second), orElse(o.Grace, 8*time.Second)
	for kind := range o.Handlers {
		r.kinds = append(r.kinds, kind)
	}
	return r
}

func orElse[T ~int | ~int64](x, usual T) T {
	if x == 0 {
		return usual
	}
	return x
}

// Work does jobs until the context ends, then lets those under way end for the grace, and gives back the others.
func (r *Runner) Work(ctx context.Context) {
	doing, stop := context.WithCancelCause(context.WithoutCancel(ctx))
	var wait sync.WaitGroup
	free := make(chan struct{}, r.Workers)
	for ctx.Err() == nil {
		r.askPeriodic(ctx)
		select {
		case <-ctx.Done():
			continue
		case free <- struct{}{}:
		}
		j, due, err := r.Store.ClaimJob(ctx, r.node, r.Lease, r.kinds)
		if err != nil || !due {
			<-free
			r.rest(ctx, err)
			continue
		}
		wait.Go(func() {
			defer func() { <-free }()
			r.do(doing, j)
		})
	}
	late := time.AfterFunc(r.Grace, func() { stop(errStopping) })
	wait.Wait()
	late.Stop()
	stop(nil)
}

// rest waits until it is time to look again.
func (r *Runner) rest(ctx context.Context, err error) {
	if err != nil && ctx.Err() == nil {
		r.Log.Error("looking for work", "error", err)
	}
	select {
	case <-ctx.Done():
	case <-time.After(r.Poll):
	}
}

// DoDue asks for periodic work and does every job that is due, one after the other, and tells how many they were.
func (r *Runner) DoDue(ctx context.Context) (int, error) {
	r.askPeriodic(ctx)
	for n := 0; ; n++ {
		j, due, err := r.Store.ClaimJob(ctx, r.node, r.Lease, r.kinds)
		if err != nil || !due {
			return n, err
		}
		r.do(ctx, j)
	}
}

// askPeriodic asks for the work of periods that have begun. The key of the job keeps other nodes from asking again.
func (r *Runner) askPeriodic(ctx context.Context) {
	now := r.Clock()
	for _, p := range r.Periodic {
		period := p.Period(now)
		if r.asked[p.Kind] == period {
			continue
		}
		if _, err := r.Store.Installation().Enqueue(ctx, job.Spec{Kind: p.Kind, Key: period}); err != nil {
			r.Log.Error("asking for periodic work", "kind", p.Kind, "error", err)
			continue
		}
		r.asked[p.Kind] = period
	}
}

// do does one job and notes what came of it.
func (r *Runner) do(ctx context.Context, j job.Job) {
	doing, cancel := context.WithCancelCause(ctx)
	run := &Run{Job: j, runner: r, cancel: cancel}
	beating := make(chan struct{})
	go func() {
		defer close(beating)
		run.beat(doing)
	}()
	err := r.attempt(doing, run)
	cause := context.Cause(doing)
	cancel(nil)
	<-beating
	if err := r.settle(context.WithoutCancel(ctx), run, err, cause); err != nil {
		r.Log.Error("job", "kind", j.Kind, "id", j.ID, "error", err)
	}
}

// attempt calls the handler. One that died with its program too often is not tried again: it may be what killed it.
func (r *Runner) attempt(ctx context.Context, run *Run) (err error) {
	h := r.Handlers[run.Job.Kind]
	switch {
	case run.Job.Stop:
		return ErrStopped
	case run.Job.Attempts > h.Policy.Attempts:
		return job.Abandon(fmt.Errorf("its program ended %d times while it ran; %s", run.Job.Attempts-1, run.Job.Error))
	}
	defer func() {
		if x := recover(); x != nil {
			r.Log.Error("panic", "kind", run.Job.Kind, "id", run.Job.ID, "value", fmt.Sprint(x), "stack", string(debug.Stack()))
			err = fmt.Errorf("panic: %v", x)
		}
	}()
	return h.Do(ctx, run)
}

// settle writes down how an attempt ended; cause is why it was broken off, nil where it was not.
func (r *Runner) settle(ctx context.Context, run *Run, err, cause error) error {
	j := run.Job
	switch {
	case err == nil:
		return r.Store.FinishJob(ctx, r.node, j, job.Done, run.word, run.fault)
	case errors.Is(cause, store.ErrLeaseLost):
		return cause
	case errors.Is(cause, errStopping):
		return r.Store.GiveBackJob(ctx, r.node, j)
	case errors.Is(cause, ErrStopped) || errors.Is(err, ErrStopped):
		return r.Store.FinishJob(ctx, r.node, j, job.Cancelled, "", "")
	}
	r.Log.Warn("job failed", "kind", j.Kind, "id", j.ID, "attempt", j.Attempts) // why may name somebody: it is kept with the job, and not in the log
	wait, again := r.Handlers[j.Kind].Policy.Next(j.Attempts, rand.Float64())   //nolint:gosec // it spreads waits, and guards nothing
	if !again || job.IsAbandoned(err) {
		return r.Store.FinishJob(ctx, r.node, j, job.SetAside, "", err.Error())
	}
	return r.Store.RetryJob(ctx, r.node, j, wait, err.Error())
}
