// Package store holds the SQL of every table, one file an aggregate, and the transaction in which a change and its journal
// entry stand or fall together.
//
// It decides nothing: what is right comes from the pure packages, who may do what from authority and the web. The
// invariants that it owns: Store.In is the only door to the rows of a space, and every statement behind it names the
// space; no change is kept without its entry in the journal; a row is changed only by who has read it as it stands.
package store

import (
	"context"
	"time"

	"github.com/google/uuid"

	"entente/internal/calendar"
	"entente/internal/fault"
	"entente/internal/sqldb"
	"entente/internal/store/migrations"
)

// Store is the database with the clock that dates changes. It is safe for concurrent use.
type Store struct {
	db    *sqldb.DB
	clock func() time.Time
	texts *textCache
	mail  *time.Duration // how long notifications wait before they leave; nil where nothing leaves by mail
}

// New makes a store of a database whose tables are up to date.
func New(db *sqldb.DB, clock func() time.Time) *Store {
	return &Store{db: db, clock: clock, texts: newTextCache(maxTexts)}
}

// Open opens the database at an address (see sqldb.Open), brings its tables up to date and makes a store of it.
func Open(ctx context.Context, address string, clock func() time.Time) (*Store, error) {
	db, err := sqldb.Open(ctx, address)
	if err != nil {
		return nil, err
	}
	if err := db.Migrate(ctx, migrations.FS); err != nil {
		_ = db.Close()
		return nil, err
	}
	return New(db, clock), nil
}

// At is the same store by another clock: for whoever enters what happened earlier.
func (s *Store) At(clock func() time.Time) *Store {
	return &Store{db: s.db, clock: clock, texts: s.texts}
}

// Close closes the database.
func (s *Store) Close() error { return s.db.Close() }

// Ping tells whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.db.Ping(ctx) }

// Engine names the database engine: "sqlite" or "postgres".
func (s *Store) Engine() string { return string(s.db.Engine()) }

// Today is the civil day in Paris by the store's clock.
func (s *Store) Today() calendar.Date { return calendar.On(s.clock(), calendar.Paris) }

// now is the instant as both engines keep it.
func (s *Store) now() time.Time { return sqldb.Instant(s.clock()) }

// Actor is who makes a change. It is passed to every change expressly, and goes into its journal entry.
type Actor struct {
	Account string // identifier; empty for the program itself
	Name    string
	For     string // party on whose behalf; empty where none
	Article string // reference of the clause under which it is done; empty where none
}

// Space is the door to the rows of one space.
type Space struct {
	store *Store
	id    string
	open  *ledger // of the transaction in Together; nil outside
}

// In opens the door to a space by its identifier. It does not look whether the space exists: in one that does not,
// nothing is found and every change is refused with fault.NotFound.
func (s *Store) In(space string) *Space { return &Space{store: s, id: space} }

// ID is the identifier of the space.
func (sp *Space) ID() string { return sp.id }

// Together runs fn in one transaction: all the changes that it makes through the space given to it are kept, or none is.
// On PostgreSQL fn may run more than once, so it should touch nothing else.
func (sp *Space) Together(ctx context.Context, fn func(*Space) error) error {
	return sp.change(ctx, func(l *ledger) error {
		return fn(&Space{store: sp.store, id: sp.id, open: l})
	})
}

// change runs fn with the journal of the space open, in the running transaction of Together where there is one.
func (sp *Space) change(ctx context.Context, fn func(*ledger) error) error {
	if sp.open != nil {
		return fn(sp.open)
	}
	return sp.store.change(ctx, sp.id, fn)
}

// q reads: within the transaction of Together where there is one.
func (sp *Space) q() sqldb.Queryer {
	if sp.open != nil {
		return sp.open.tx
	}
	return sp.store.db
}

// newID makes an identifier that sorts by the time of its making.
func newID() string { return uuid.Must(uuid.NewV7()).String() }

func notFound(op, key string) error {
	return &fault.Error{Kind: fault.NotFound, Op: op, Key: key, Message: fault.Say("store.not-found")}
}
