package store

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"time"

	"entente/internal/calendar"
	"entente/internal/fault"
	"entente/internal/journal"
	"entente/internal/sqldb"
)

// installation is the journal of what belongs to no space: accounts, the making of spaces.
const installation = ""

// ledger is the journal of a space, open in a transaction. To open it locks its head, so that on PostgreSQL too the
// writers of one space stand in line: what a change has checked still holds when it commits.
type ledger struct {
	tx    *sqldb.Tx
	space string
	head  journal.Head
	at    time.Time
	today calendar.Date
}

// change runs fn in a transaction with the journal of a space open.
func (s *Store) change(ctx context.Context, space string, fn func(*ledger) error) error {
	return s.db.Write(ctx, func(tx *sqldb.Tx) error {
		l, err := s.openLedger(ctx, tx, space)
		if err != nil {
			return err
		}
		if err := fn(l); err != nil {
			return err
		}
		return l.close(ctx)
	})
}

// openLedger locks the head of a journal. Who needs two journals opens that of the installation first.
func (s *Store) openLedger(ctx context.Context, tx *sqldb.Tx, space string) (*ledger, error) {
	n, err := tx.Exec(ctx, `UPDATE journal_head SET seq = seq WHERE space_id = $1`, space)
	if err != nil {
		return nil, err
	}
	if n == 0 {
		return nil, notFound("store.openLedger", space)
	}
	l := &ledger{tx: tx, space: space, at: s.now(), today: s.Today()}
	var last time.Time
	err = tx.QueryRow(ctx, `SELECT seq, hash, at FROM journal_head WHERE space_id = $1`, space).Scan(&l.head.Seq, &l.head.Hash, optionalTime{&last})
	if last.After(l.at) {
		l.at = last // a clock that was set back must not turn the order of the entries
	}
	return l, sqldb.Classify(err)
}

// newLedger begins the journal of a new space.
func (s *Store) newLedger(ctx context.Context, tx *sqldb.Tx, space string) (*ledger, error) {
	_, err := tx.Exec(ctx, `INSERT INTO journal_head (space_id, seq, hash) VALUES ($1, 0, '')`, space)
	return &ledger{tx: tx, space: space, at: s.now(), today: s.Today()}, err
}

// close keeps the head.
func (l *ledger) close(ctx context.Context) error {
	_, err := l.tx.Exec(ctx, `UPDATE journal_head SET seq = $2, hash = $3, at = $4 WHERE space_id = $1`, l.space, l.head.Seq, l.head.Hash, l.at)
	return err
}

// event is what an entry of the journal tells, beside who and when.
type event struct {
	subject, verb, key, label string
	before, after             any // nil where there is nothing; else made into JSON
}

// record appends an entry.
func (l *ledger) record(ctx context.Context, by Actor, ev event) error {
	e := journal.Entry{Space: l.space, At: l.at, Actor: by.Account, Name: by.Name, For: by.For, Article: by.Article,
		Action: ev.subject + "." + ev.verb, Subject: ev.subject, Key: ev.key, Label: ev.label}
	var err error
	if e.Before, err = encode(ev.before); err != nil {
		return err
	}
	if e.After, err = encode(ev.after); err != nil {
		return err
	}
	l.head = journal.Seal(l.head, &e, rand.Text)
	return l.insert(ctx, e)
}

func (l *ledger) insert(ctx context.Context, e journal.Entry) error {
	d := e.Digests
	_, err := l.tx.Exec(ctx, `INSERT INTO journal_entry (space_id, seq, at, actor, actor_name, on_behalf, action, subject,
		subject_key, label, article, before_json, after_json, prev, hash, label_salt, label_sum, before_salt, before_sum, after_salt, after_sum)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`,
		e.Space, e.Seq, e.At, e.Actor, e.Name, e.For, e.Action, e.Subject,
		e.Key, e.Label, e.Article, text(e.Before), text(e.After), e.Prev, e.Hash, d.Label.Salt, d.Label.Sum, d.Before.Salt, d.Before.Sum, d.After.Salt, d.After.Sum)
	return fault.Wrap(err, "store.journal", e.Space)
}

func encode(v any) (json.RawMessage, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case json.RawMessage:
		return v, nil
	}
	b, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("journal: %w", err)
	}
	return b, nil
}

// text is what a column for JSON keeps: nothing for nothing.
func text(b json.RawMessage) any {
	if b == nil {
		return nil
	}
	return string(b)
}
