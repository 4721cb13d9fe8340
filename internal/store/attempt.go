package store

import (
	"context"
	"time"

	"entente/internal/auth"
	"entente/internal/fault"
	"entente/internal/sqldb"
)

// Attempt notes an attempt to sign in by a subject ("account:…", "address:…") and tells whether the limit lets it pass. A
// refused attempt is fault.TooMany with the minutes to wait, and is not counted.
func (s *Store) Attempt(ctx context.Context, subject string, limit auth.Limit) error {
	err := s.db.Write(ctx, func(tx *sqldb.Tx) error { return s.attempt(ctx, tx, subject, limit) })
	return fault.Wrap(err, "store.attempt", "")
}

func (s *Store) attempt(ctx context.Context, tx *sqldb.Tx, subject string, limit auth.Limit) error {
	now := s.now()
	// Written before it is counted: of many attempts at once, none can overlook the others for long.
	if _, err := tx.Exec(ctx, `INSERT INTO attempt (subject, id, at) VALUES ($1, $2, $3)`, subject, newID(), now); err != nil {
		return err
	}
	rows, err := tx.Query(ctx, `SELECT at FROM attempt WHERE subject = $1 AND at > $2 ORDER BY at DESC LIMIT $3`, subject, now.Add(-limit.Window), limit.Max+1)
	if err != nil {
		return err
	}
	times, err := collect(rows, func(t *time.Time) []any { return []any{t} })
	if err != nil {
		return err
	}
	if wait := limit.Wait(times[1:], now); wait > 0 {
		return fault.New(fault.TooMany, "store.attempt.wait", "count", int(wait/time.Minute)+1)
	}
	return nil
}

// ClearAttempts forgets the attempts of a subject: somebody has signed in.
func (s *Store) ClearAttempts(ctx context.Context, subject string) error {
	err := s.db.Write(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM attempt WHERE subject = $1`, subject)
		return err
	})
	return fault.Wrap(err, "store.attempt.clear", "")
}

// Waits tells whether the limit lets one more attempt of a subject pass, without noting one: for what counts its failures
// alone. A refusal is fault.TooMany with the minutes to wait.
func (s *Store) Waits(ctx context.Context, subject string, limit auth.Limit) error {
	now := s.now()
	rows, err := s.db.Query(ctx, `SELECT at FROM attempt WHERE subject = $1 AND at > $2 ORDER BY at DESC LIMIT $3`, subject, now.Add(-limit.Window), limit.Max)
	if err != nil {
		return fault.Wrap(err, "store.attempt", "")
	}
	times, err := collect(rows, func(t *time.Time) []any { return []any{t} })
	if wait := limit.Wait(times, now); err == nil && wait > 0 {
		err = fault.New(fault.TooMany, "store.attempt.wait", "count", int(wait/time.Minute)+1)
	}
	return fault.Wrap(err, "store.attempt", "")
}
