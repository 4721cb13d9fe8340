package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"
	"unicode/utf8"

	"entente/internal/fault"
	"entente/internal/sqldb"
)

// Bounds of what is kept of signed texts that are being read.
const (
	MaxReadings    = 20       // of one account
	MaxReadingSize = 20 << 20 // of one file, in bytes
	maxDecisions   = 4 << 20  // of what was decided about one, in bytes
	maxReadingName = 255      // characters
)

// Reading is a signed text that an account is reading to make a space of it, with what was decided so far of what it says.
// It is a draft: it belongs to its account alone, and nobody else is told that it exists. The journal of the installation
// tells when it was deposited and removed; the decisions on the way are no change of any space and are not journaled.
type Reading struct {
	ID        string
	Version   int64
	Account   string // whose it is
	Name      string // of the file
	Digest    string // of name and content: the same for the same file
	Size      int64  // of the file, in bytes
	Names     bool   // names of persons are kept in what is read
	Facts     int    // found when it was last read
	Decided   int    // of these, decided
	Decisions string // as JSON, in the words of who keeps them
	CreatedAt time.Time
	UpdatedAt time.Time
}

const readingColumns = `id, version, account_id, name, digest, size, names, facts, decided, decisions, created_at, updated_at`

func (r *Reading) targets() []any {
	return []any{&r.ID, &r.Version, &r.Account, &r.Name, &r.Digest, &r.Size, &r.Names, &r.Facts, &r.Decided, &r.Decisions, &r.CreatedAt, &r.UpdatedAt}
}

// content is what the journal keeps: neither the file nor the decisions.
func (r *Reading) content() map[string]any {
	return map[string]any{"name": r.Name, "size": r.Size, "digest": r.Digest}
}

// Check tells what is wrong with the reading.
func (r *Reading) Check() error {
	var f fault.Fields
	switch {
	case r.Name == "":
		f.Add("name", "fault.field.required")
	case utf8.RuneCountInString(r.Name) > maxReadingName:
		f.Add("name", "fault.field.too-long", "max", maxReadingName)
	default:
		checkText(&f, "name", r.Name)
	}
	if r.Size > MaxReadingSize {
		f.Add("file", "store.reading.too-large", "max", MaxReadingSize>>20)
	}
	if len(r.Decisions) > maxDecisions {
		f.Add("decisions", "store.reading.decisions")
	}
	return f.Err()
}

// ReadingDigest is the fingerprint of a file by its name and content: both decide how it is read.
func ReadingDigest(name string, data []byte) string {
	h := sha256.New()
	h.Write([]byte(name))
	h.Write([]byte{0})
	h.Write(data)
	return hex.EncodeToString(h.Sum(nil))
}

// CreateReading keeps a deposited file for its account. An account that has MaxReadings already is refused.
func (s *Store) CreateReading(ctx context.Context, by Actor, r Reading, data []byte) (Reading, error) {
	err := s.change(ctx, installation, func(l *ledger) error {
		r.ID, r.Version, r.CreatedAt, r.UpdatedAt = newID(), 1, l.at, l.at
		r.Size, r.Digest = int64(len(data)), ReadingDigest(r.Name, data)
		if err := r.Check(); err != nil {
			return err
		}
		if err := roomForReading(ctx, l, r.Account); err != nil {
			return err
		}
		_, err := l.tx.Exec(ctx, `INSERT INTO reading (`+readingColumns+`, data) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
			r.ID, r.Version, r.Account, r.Name, r.Digest, r.Size, r.Names, r.Facts, r.Decided, r.Decisions, r.CreatedAt, r.UpdatedAt, data)
		if err != nil {
			return err
		}
		return l.record(ctx, by, event{subject: "reading", verb: "create", key: r.ID, label: r.Name, after: r.content()})
	})
	return r, fault.Wrap(err, "store.reading.create", r.Name)
}

// roomForReading refuses one more than an account may keep.
func roomForReading(ctx context.Context, l *ledger, account string) error {
	var n int
	if err := l.tx.QueryRow(ctx, `SELECT count(*) FROM reading WHERE account_id = $1`, account).Scan(&n); err != nil {
		return sqldb.Classify(err)
	}
	if n >= MaxReadings {
		return fault.New(fault.Invalid, "store.reading.too-many", "count", MaxReadings)
	}
	return nil
}

// Reading reads one of an account's; of another account's it is NotFound.
func (s *Store) Reading(ctx context.Context, account, id string) (Reading, error) {
	return findReading(ctx, s.db, account, id)
}

func findReading(ctx context.Context, q sqldb.Queryer, account, id string) (Reading, error) {
	var r Reading
	err := q.QueryRow(ctx, `SELECT `+readingColumns+` FROM reading WHERE account_id = $1 AND id = $2`, account, id).Scan(r.targets()...)
	return r, fault.Wrap(sqldb.Classify(err), "store.reading", id)
}

// ReadingData is the file of a reading, which is long: it is asked for alone.
func (s *Store) ReadingData(ctx context.Context, account, id string) ([]byte, error) {
	var data []byte
	err := s.db.QueryRow(ctx, `SELECT data FROM reading WHERE account_id = $1 AND id = $2`, account, id).Scan(&data)
	return data, fault.Wrap(sqldb.Classify(err), "store.reading.data", id)
}

// ReadingsOf lists the readings of an account, the latest touched first; there are MaxReadings at most.
func (s *Store) ReadingsOf(ctx context.Context, account string) ([]Reading, error) {
	rows, err := s.db.Query(ctx, `SELECT `+readingColumns+` FROM reading WHERE account_id = $1 ORDER BY updated_at DESC, id DESC`, account)
	if err != nil {
		return nil, fault.Wrap(err, "store.readings", account)
	}
	out, err := collect(rows, (*Reading).targets)
	return out, fault.Wrap(err, "store.readings", account)
}

// DecideReading loads a reading, lets fn change its decisions and their counts, and keeps it. It asks for no version:
// decisions on different facts do not disturb each other, and fn sees what was decided last, so that it can refuse to
// decide over it.
func (s *Store) DecideReading(ctx context.Context, account, id string, fn func(*Reading) error) (Reading, error) {
	var out Reading
	err := s.db.Write(ctx, func(tx *sqldb.Tx) error {
		// Locks the row, so that on PostgreSQL too those who decide stand in line.
		if _, err := tx.Exec(ctx, `UPDATE reading SET version = version + 1 WHERE account_id = $1 AND id = $2`, account, id); err != nil {
			return err
		}
		before, err := findReading(ctx, tx, account, id)
		if err != nil {
			return err
		}
		out = before
		if err := fn(&out); err != nil {
			return err
		}
		out.UpdatedAt = s.now()
		if err := out.Check(); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE reading SET facts = $3, decided = $4, decisions = $5, updated_at = $6 WHERE account_id = $1 AND id = $2`,
			account, id, out.Facts, out.Decided, out.Decisions, out.UpdatedAt)
		return err
	})
	return out, fault.Wrap(err, "store.reading.decide", id)
}

// RemoveReading deletes a reading that was seen at a version, with its file.
func (s *Store) RemoveReading(ctx context.Context, by Actor, account, id string, version int64) error {
	err := s.change(ctx, installation, func(l *ledger) error {
		r, err := findReading(ctx, l.tx, account, id)
		if err != nil {
			return err
		}
		n, err := l.tx.Exec(ctx, `DELETE FROM reading WHERE account_id = $1 AND id = $2 AND version = $3`, account, id, version)
		if err != nil {
			return err
		}
		if n != 1 {
			return &fault.Error{Kind: fault.Conflict, Message: fault.Say("store.conflict"), Err: &ConflictError[Reading]{r}}
		}
		return l.record(ctx, by, event{subject: "reading", verb: "remove", key: id, label: r.Name, before: r.content()})
	})
	return fault.Wrap(err, "store.reading.remove", id)
}
