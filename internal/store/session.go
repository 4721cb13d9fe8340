package store

import (
	"context"
	"errors"
	"time"

	"entente/internal/fault"
	"entente/internal/sqldb"
)

// Sessions keeps the sessions of browsers for github.com/alexedwards/scs (its Store and CtxStore). The manager hashes the
// token before it gets here (auth.NewSessions sees to it), so that a copy of the table opens no session.
type Sessions struct{ store *Store }

// Sessions gives the table of sessions.
func (s *Store) Sessions() *Sessions { return &Sessions{s} }

// FindCtx reads a session that has not expired.
func (t *Sessions) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	err = t.store.db.QueryRow(ctx, `SELECT data FROM session WHERE token_hash = $1 AND expiry > $2`, token, t.store.now()).Scan(&data)
	err = sqldb.Classify(err)
	if fault.Is(err, fault.NotFound) {
		return nil, false, nil
	}
	return data, err == nil, fault.Wrap(err, "store.session.find", "")
}

// CommitCtx keeps a session until its expiry, over the one that was there.
func (t *Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	err := t.store.db.Write(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO session (token_hash, data, expiry) VALUES ($1, $2, $3)
			ON CONFLICT (token_hash) DO UPDATE SET data = excluded.data, expiry = excluded.expiry`, token, data, expiry)
		return err
	})
	return fault.Wrap(err, "store.session.commit", "")
}

// DeleteCtx removes a session; none is no error.
func (t *Sessions) DeleteCtx(ctx context.Context, token string) error {
	err := t.store.db.Write(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM session WHERE token_hash = $1`, token)
		return err
	})
	return fault.Wrap(err, "store.session.delete", "")
}

// errNoContext is for callers that would have no way to stop a query.
var errNoContext = errors.New("store: sessions need a context")

// Find, Commit and Delete are there because scs asks for them; it calls the methods with a context.
func (t *Sessions) Find(string) ([]byte, bool, error) { return nil, false, errNoContext }

// Commit is never called: see Find.
func (t *Sessions) Commit(string, []byte, time.Time) error { return errNoContext }

// Delete is never called: see Find.
func (t *Sessions) Delete(string) error { return errNoContext }
