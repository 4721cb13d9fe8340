package store

import (
	"context"
	"time"

	"entente/internal/fault"
	"entente/internal/job"
	"entente/internal/sqldb"
)

// JobCounts counts the jobs of the whole installation by state.
func (s *Store) JobCounts(ctx context.Context) (map[job.State]int, error) {
	rows, err := s.db.Query(ctx, `SELECT state, count(*) FROM job GROUP BY state`)
	if err != nil {
		return nil, fault.Wrap(err, "store.jobs", "")
	}
	type count struct {
		state job.State
		n     int
	}
	list, err := collect(rows, func(c *count) []any { return []any{&c.state, &c.n} })
	out := map[job.State]int{}
	for _, c := range list {
		out[c.state] = c.n
	}
	return out, fault.Wrap(err, "store.jobs", "")
}

// Jobs lists jobs of the whole installation that stand in a state, those that are due first, at most PageSize.
func (s *Store) Jobs(ctx context.Context, state job.State) ([]job.Job, error) {
	rows, err := s.db.Query(ctx, `SELECT `+jobColumns+` FROM job WHERE state = $1 ORDER BY run_at, id LIMIT $2`, string(state), PageSize)
	if err != nil {
		return nil, fault.Wrap(err, "store.jobs", string(state))
	}
	list, err := collect(rows, jobTargets)
	return list, fault.Wrap(err, "store.jobs", string(state))
}

// ResumeJob lets a job that was set aside be tried again, as if it had never been.
func (s *Store) ResumeJob(ctx context.Context, by Actor, space, id string) error {
	err := s.decideJob(ctx, by, space, id, "resume", job.Waiting, `state = 'waiting', run_at = $3, attempts = 0, done_at = NULL`)
	return fault.Wrap(err, "store.job.resume", id)
}

// AbandonJob gives up a job that was set aside, and throws away what it needed.
func (s *Store) AbandonJob(ctx context.Context, by Actor, space, id string) error {
	err := s.decideJob(ctx, by, space, id, "abandon", job.Cancelled, `state = 'cancelled', done_at = $3, payload = '{}'`)
	return fault.Wrap(err, "store.job.abandon", id)
}

// decideJob changes a job that was set aside; one that somebody else decided meanwhile is a Conflict.
func (s *Store) decideJob(ctx context.Context, by Actor, space, id, verb string, state job.State, set string) error {
	return s.change(ctx, installation, func(l *ledger) error {
		var kind string
		err := sqldb.Classify(l.tx.QueryRow(ctx, `SELECT kind FROM job WHERE space_id = $1 AND id = $2`, space, id).Scan(&kind))
		if err != nil {
			return err
		}
		n, err := l.tx.Exec(ctx, `UPDATE job SET `+set+` WHERE space_id = $1 AND id = $2 AND state = 'set-aside'`, space, id, s.now())
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Conflict, "job.decided")
		}
		return l.record(ctx, by, event{subject: "job", verb: verb, key: id, label: kind,
			before: map[string]any{"state": job.SetAside}, after: map[string]any{"state": state}})
	})
}

// LastJobs tells when a job of some kinds last ended with a word, and which one failed last; zero values where none did.
func (s *Store) LastJobs(ctx context.Context, word string, kinds ...string) (done time.Time, failed job.Job, err error) {
	marks, args := sqldb.In(2, kinds)
	err = s.db.QueryRow(ctx, `SELECT done_at FROM job WHERE word = $1 AND state = 'done' AND kind IN (`+marks+`) ORDER BY done_at DESC LIMIT 1`,
		append([]any{word}, args...)...).Scan(optionalTime{&done})
	if err = sqldb.Classify(err); err != nil && !fault.Is(err, fault.NotFound) {
		return done, failed, fault.Wrap(err, "store.jobs.last", word)
	}
	marks, args = sqldb.In(1, kinds)
	err = s.db.QueryRow(ctx, `SELECT `+jobColumns+` FROM job WHERE failed_at IS NOT NULL AND kind IN (`+marks+`) ORDER BY failed_at DESC LIMIT 1`, args...).Scan(jobTargets(&failed)...)
	if err = sqldb.Classify(err); fault.Is(err, fault.NotFound) {
		err = nil
	}
	return done, failed, fault.Wrap(err, "store.jobs.last", word)
}
