package sqldb

import (
	"context"
	"database/sql"
	"math/rand/v2"
	"time"

	"entente/internal/fault"
)

// maxTries is how often a transaction that PostgreSQL could not serialize is run in all.
const maxTries = 8

// Tx is a running transaction.
type Tx struct {
	tx    *sql.Tx
	pool  *pool
	stmts map[string]*sql.Stmt // met in this transaction; nil after the first meeting
}

// Queryer reads: a DB outside of a transaction, a Tx inside.
type Queryer interface {
	Query(ctx context.Context, text string, args ...any) (*sql.Rows, error)
	QueryRow(ctx context.Context, text string, args ...any) *sql.Row
}

// Read runs fn in a transaction that only reads and sees one state of the database throughout.
func (db *DB) Read(ctx context.Context, fn func(*Tx) error) error {
	opts := &sql.TxOptions{ReadOnly: true}
	if db.engine == Postgres {
		opts.Isolation = sql.LevelRepeatableRead
	}
	return db.read.run(ctx, opts, fn)
}

// Write runs fn in a transaction and commits it where fn returns nil. On PostgreSQL fn is run again, a bounded number of
// times, when the transaction met another: fn must touch nothing but its transaction and what it sets anew.
//
// On SQLite writers stand in line. On PostgreSQL the isolation is "read committed": whoever checks before it writes must
// first lock what the check depends on, as package store does with the head of a space's journal.
func (db *DB) Write(ctx context.Context, fn func(*Tx) error) error {
	var err error
	for try := range maxTries {
		err = db.write.run(ctx, nil, fn)
		if err == nil || !serialization(err) {
			return err
		}
		if !pause(ctx, try) {
			break
		}
	}
	return fault.Of(fault.Unavailable, err, "sqldb.Write", "")
}

// pause waits a little longer after each try, and tells whether there is still somebody to wait for.
func pause(ctx context.Context, try int) bool {
	wait := time.Duration(rand.IntN(5<<try)+1) * time.Millisecond
	select {
	case <-ctx.Done():
		return false
	case <-time.After(wait):
		return true
	}
}

func (p *pool) run(ctx context.Context, opts *sql.TxOptions, fn func(*Tx) error) error {
	tx, err := p.BeginTx(ctx, opts)
	if err != nil {
		return Classify(err)
	}
	defer tx.Rollback() //nolint:errcheck // after a commit it does nothing, else the error of fn matters more
	if err := fn(&Tx{tx: tx, pool: p, stmts: map[string]*sql.Stmt{}}); err != nil {
		return err
	}
	return Classify(tx.Commit())
}

// stmt gives the statement to run a text with, nil to run the text as it is. It takes one that is kept for the pool,
// where there is one; it makes none there, since that could wait for the very connection that this transaction holds.
// A text that comes twice in one transaction is prepared for its duration.
func (t *Tx) stmt(ctx context.Context, text string) *sql.Stmt {
	if !t.pool.keep {
		return nil
	}
	if s, met := t.stmts[text]; met {
		return t.again(ctx, text, s)
	}
	t.pool.mu.RLock()
	s := t.pool.stmts[text]
	t.pool.mu.RUnlock()
	if s != nil {
		s = t.tx.StmtContext(ctx, s)
	}
	t.stmts[text] = s
	return s
}

func (t *Tx) again(ctx context.Context, text string, s *sql.Stmt) *sql.Stmt {
	if s != nil || len(t.stmts) > maxStatements {
		return s
	}
	s, err := t.tx.PrepareContext(ctx, text)
	if err != nil {
		return nil // the text itself, when run, will say what is wrong
	}
	t.stmts[text] = s
	return s
}

// Query reads rows.
func (t *Tx) Query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	tell(ctx, text)
	if s := t.stmt(ctx, text); s != nil {
		rows, err := s.QueryContext(ctx, normal(args)...)
		return rows, Classify(err)
	}
	rows, err := t.tx.QueryContext(ctx, text, normal(args)...)
	return rows, Classify(err)
}

// QueryRow reads one row. The error of its Scan is not classified: pass it to Classify.
func (t *Tx) QueryRow(ctx context.Context, text string, args ...any) *sql.Row {
	tell(ctx, text)
	if s := t.stmt(ctx, text); s != nil {
		return s.QueryRowContext(ctx, normal(args)...)
	}
	return t.tx.QueryRowContext(ctx, text, normal(args)...)
}

// Exec runs a statement and gives the number of rows that it touched.
func (t *Tx) Exec(ctx context.Context, text string, args ...any) (int64, error) {
	tell(ctx, text)
	exec := func() (sql.Result, error) { return t.tx.ExecContext(ctx, text, normal(args)...) }
	if s := t.stmt(ctx, text); s != nil {
		exec = func() (sql.Result, error) { return s.ExecContext(ctx, normal(args)...) }
	}
	res, err := exec()
	if err != nil {
		return 0, Classify(err)
	}
	n, err := res.RowsAffected()
	return n, Classify(err)
}
