package runner

import (
	"context"
	"errors"
	"sync"
	"time"

	"entente/internal/job"
	"entente/internal/store"
)

// Run is one attempt at a job, as its handler sees it.
type Run struct {
	Job job.Job

	runner *Runner
	cancel context.CancelCauseFunc
	word   string
	fault  string

	mu       sync.Mutex
	progress job.Progress
	told     time.Time
}

// tellEvery is how often progress is written down at most: pages that show it are looked at by people.
const tellEvery = time.Second

// Progress notes how far the work has come, for the pages that show it; word is the key of a sentence. The error says that
// the work is to be broken off: somebody asked to stop it, or another node has it.
func (r *Run) Progress(ctx context.Context, count, total int64, word string) error {
	r.mu.Lock()
	r.progress = job.Progress{Count: count, Total: total, Word: word}
	due := time.Since(r.told) >= tellEvery
	r.mu.Unlock()
	if !due {
		return context.Cause(ctx)
	}
	return r.renew(ctx)
}

// Last tells that the work will not be tried again if it fails now.
func (r *Run) Last() bool { return r.Job.Attempts >= r.runner.Handlers[r.Job.Kind].Policy.Attempts }

// Came notes what came of the work once it is done, as the key of a sentence, and what was wrong although it is not to be tried again;
// either may be empty.
func (r *Run) Came(word, fault string) { r.word, r.fault = word, fault }

// renew lengthens the lease and writes the progress down. Where the work is to be broken off, its context ends.
func (r *Run) renew(ctx context.Context) error {
	r.mu.Lock()
	p := r.progress
	r.told = time.Now()
	r.mu.Unlock()
	stop, err := r.runner.Store.RenewJob(ctx, r.runner.node, r.Job, r.runner.Lease, p)
	if stop {
		err = ErrStopped
	}
	if errors.Is(err, ErrStopped) || errors.Is(err, store.ErrLeaseLost) {
		r.cancel(err)
	}
	return err
}

// beat renews the lease while the work goes on. A failure to reach the database is tried again: until the lease has run out
// the job is still this node's.
func (r *Run) beat(ctx context.Context) {
	for tick := time.NewTicker(r.runner.Lease / 3); ; {
		select {
		case <-ctx.Done():
			tick.Stop()
			return
		case <-tick.C:
			_ = r.renew(ctx)
		}
	}
}
