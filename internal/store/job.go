package store

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"entente/internal/fault"
	"entente/internal/job"
	"entente/internal/sqldb"
)

// keepJobs is how long jobs are kept once they are over. While they are, their key keeps the work from being done again.
const keepJobs = 40 * 24 * time.Hour

// ErrLeaseLost says that a job is not, or no more, in the hands of the node that speaks of it.
var ErrLeaseLost = errors.New("store: the lease of the job is lost")

const jobColumns = `space_id, id, kind, key, payload, state, run_at, attempts, last_error, failed_at, locked_until, progress, total, word, cancelled, created_at, done_at`

func jobTargets(j *job.Job) []any {
	return []any{&j.Space, &j.ID, &j.Kind, &j.Key, rawJSON{&j.Payload}, &j.State, &j.RunAt, &j.Attempts, &j.Error, optionalTime{&j.Failed},
		optionalTime{&j.Until}, &j.Progress.Count, &j.Progress.Total, &j.Progress.Word, &j.Stop, &j.Created, optionalTime{&j.Finished}}
}

// Enqueue asks for work, in the running transaction of Together where there is one, and gives the identifier of the job;
// empty where one of that kind and key was asked for before.
func (sp *Space) Enqueue(ctx context.Context, spec job.Spec) (id string, err error) {
	enqueue := func(tx *sqldb.Tx) (err error) {
		id, err = sp.store.enqueue(ctx, tx, sp.id, spec)
		return err
	}
	if sp.open != nil {
		err = enqueue(sp.open.tx)
	} else {
		err = sp.store.db.Write(ctx, enqueue)
	}
	return id, fault.Wrap(err, "store.job.enqueue", spec.Kind)
}

func (s *Store) enqueue(ctx context.Context, tx *sqldb.Tx, space string, spec job.Spec) (string, error) {
	id, now := newID(), s.now()
	if spec.Key == "" {
		spec.Key = id
	}
	if spec.Payload == nil {
		spec.Payload = json.RawMessage("{}")
	}
	n, err := tx.Exec(ctx, `INSERT INTO job (space_id, id, kind, key, payload, state, run_at, attempts, last_error, locked_by, progress, total, word, cancelled, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 0, '', '', 0, 0, '', FALSE, $8) ON CONFLICT (space_id, kind, key) DO NOTHING`,
		space, id, spec.Kind, spec.Key, string(spec.Payload), string(job.Waiting), now.Add(spec.After), now)
	if err != nil || n == 0 {
		return "", err
	}
	return id, nil
}

// ClaimJob gives the job of some kinds that has waited longest past its time, or whose node let its lease run out, and puts
// it into the hands of a node for the length of a lease. The second value is false where none is due.
func (s *Store) ClaimJob(ctx context.Context, node string, lease time.Duration, kinds []string) (j job.Job, due bool, err error) {
	now := s.now()
	if due, err = s.jobDue(ctx, s.db, now, "", kinds, &j); err != nil || !due { // most looks find nothing: they must not stand in the line of writers
		return job.Job{}, false, fault.Wrap(err, "store.job.claim", "")
	}
	err = s.db.Write(ctx, func(tx *sqldb.Tx) (err error) {
		if due, err = s.jobDue(ctx, tx, now, s.db.SkipLocked(), kinds, &j); err != nil || !due {
			return err
		}
		j.State, j.Until, j.Attempts = job.Running, sqldb.Instant(now.Add(lease)), j.Attempts+1
		_, err = tx.Exec(ctx, `UPDATE job SET state = $3, attempts = $4, locked_by = $5, locked_until = $6 WHERE space_id = $1 AND id = $2`,
			j.Space, j.ID, string(j.State), j.Attempts, node, j.Until)
		return err
	})
	if err != nil || !due {
		return job.Job{}, false, fault.Wrap(err, "store.job.claim", "")
	}
	return j, true, nil
}

// jobDue reads the next job: one whose lease ran out before one whose time has come.
func (s *Store) jobDue(ctx context.Context, q sqldb.Queryer, now time.Time, lock string, kinds []string, j *job.Job) (bool, error) {
	if len(kinds) == 0 {
		return false, nil
	}
	marks, args := sqldb.In(3, kinds)
	for _, x := range []struct{ state, where string }{
		{string(job.Running), " AND locked_until < $2 AND kind IN (" + marks + ") ORDER BY locked_until, id"},
		{string(job.Waiting), " AND run_at <= $2 AND kind IN (" + marks + ") ORDER BY run_at, id"},
	} {
		err := q.QueryRow(ctx, `SELECT `+jobColumns+` FROM job WHERE state = $1`+x.where+` LIMIT 1`+lock, append([]any{x.state, now}, args...)...).Scan(jobTargets(j)...)
		if err := sqldb.Classify(err); !fault.Is(err, fault.NotFound) {
			return err == nil, err
		}
	}
	return false, nil
}

// held changes a job that a node holds; ErrLeaseLost where it does not.
func (s *Store) held(ctx context.Context, node string, j job.Job, set string, args ...any) error {
	err := s.db.Write(ctx, func(tx *sqldb.Tx) error {
		n, err := tx.Exec(ctx, `UPDATE job SET `+set+` WHERE space_id = $1 AND id = $2 AND state = 'running' AND locked_by = $3 AND attempts = $4`,
			append([]any{j.Space, j.ID, node, j.Attempts}, args...)...)
		if err == nil && n == 0 {
			err = ErrLeaseLost
		}
		return err
	})
	return fault.Wrap(err, "store.job", j.ID)
}

// RenewJob lengthens the lease of a job that a node holds, notes how far it has come, and tells whether somebody asked to stop it.
func (s *Store) RenewJob(ctx context.Context, node string, j job.Job, lease time.Duration, p job.Progress) (stop bool, err error) {
	err = s.held(ctx, node, j, `locked_until = $5, progress = $6, total = $7, word = $8`, s.now().Add(lease), p.Count, p.Total, p.Word)
	if err != nil {
		return false, err
	}
	now, err := s.In(j.Space).Job(ctx, j.ID)
	return now.Stop, err
}

// FinishJob ends a job that a node holds: done, set aside or cancelled, with the word of what came of it and why it failed,
// either empty. What it needed is thrown away unless it is set aside, where it may be taken up again.
func (s *Store) FinishJob(ctx context.Context, node string, j job.Job, state job.State, word, reason string) error {
	payload := "{}"
	if state == job.SetAside {
		payload = string(j.Payload)
	}
	failed := j.Failed
	if reason != "" {
		failed = s.now()
	}
	return s.held(ctx, node, j, `state = $5, word = $6, last_error = $7, failed_at = $8, done_at = $9, payload = $10, locked_by = '', locked_until = NULL, cancelled = FALSE`,
		string(state), word, clip(reason), orNull(failed), s.now(), payload)
}

// RetryJob lets a job that a node holds wait after a failure.
func (s *Store) RetryJob(ctx context.Context, node string, j job.Job, wait time.Duration, reason string) error {
	now := s.now()
	return s.held(ctx, node, j, `state = 'waiting', run_at = $5, last_error = $6, failed_at = $7, locked_by = '', locked_until = NULL`, now.Add(wait), clip(reason), now)
}

// GiveBackJob lets another node take a job that a node holds and could not end before it had to stop. The attempt does not count.
func (s *Store) GiveBackJob(ctx context.Context, node string, j job.Job) error {
	return s.held(ctx, node, j, `state = 'waiting', attempts = attempts - 1, locked_by = '', locked_until = NULL`)
}

// maxReason bounds how much of an error is kept, in bytes.
const maxReason = 1000

// clip keeps of an error what every engine takes.
func clip(s string) string {
	return strings.ToValidUTF8(strings.ReplaceAll(s[:min(len(s), maxReason)], "\x00", ""), "")
}

// Job reads a job of the space.
func (sp *Space) Job(ctx context.Context, id string) (job.Job, error) {
	var j job.Job
	err := sp.q().QueryRow(ctx, `SELECT `+jobColumns+` FROM job WHERE space_id = $1 AND id = $2`, sp.id, id).Scan(jobTargets(&j)...)
	return j, fault.Wrap(sqldb.Classify(err), "store.job", id)
}

// StopJob asks to stop a job of the space: one that waits is cancelled at once, one that runs as soon as it looks.
func (sp *Space) StopJob(ctx context.Context, id string) error {
	err := sp.store.db.Write(ctx, func(tx *sqldb.Tx) error {
		if _, err := tx.Exec(ctx, `UPDATE job SET cancelled = TRUE WHERE space_id = $1 AND id = $2 AND state = 'running'`, sp.id, id); err != nil {
			return err
		}
		return cancelJobs(ctx, tx, sp.store.now(), `space_id = $3 AND id = $4`, sp.id, id)
	})
	return fault.Wrap(err, "store.job.stop", id)
}

// cancelJobs cancels jobs that wait; where begins at $3.
func cancelJobs(ctx context.Context, tx *sqldb.Tx, now time.Time, where string, args ...any) error {
	_, err := tx.Exec(ctx, `UPDATE job SET state = $1, done_at = $2, payload = '{}' WHERE state = 'waiting' AND `+where,
		append([]any{string(job.Cancelled), now}, args...)...)
	return err
}

// sweepJobs throws away jobs that have been over for long.
func sweepJobs(ctx context.Context, tx *sqldb.Tx, now time.Time) error {
	_, err := tx.Exec(ctx, `DELETE FROM job WHERE state IN ('done', 'cancelled', 'set-aside') AND done_at < $1`, now.Add(-keepJobs))
	return err
}
