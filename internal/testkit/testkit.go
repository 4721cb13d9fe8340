// Package testkit gives tests a store of their own, on both engines, and a clock that stands still.
//
// It is imported by tests and by the benchmark only.
package testkit

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"entente/internal/store"
)

// Clock is a clock that moves only when it is told to. It is safe for concurrent use.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// Noon is where the clock of a test's store stands at first: 23 November 2026, noon in Paris.
var Noon = time.Date(2026, time.November, 23, 11, 0, 0, 0, time.UTC)

// NewClock makes a clock that stands at an instant.
func NewClock(at time.Time) *Clock { return &Clock{now: at} }

// Now is the instant at which the clock stands.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Set moves the clock to an instant.
func (c *Clock) Set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = at
}

// Advance moves the clock by a span.
func (c *Clock) Advance(d time.Duration) { c.Set(c.Now().Add(d)) }

// Store gives the test an SQLite store of its own, whose clock stands at Noon.
func Store(t testing.TB) *store.Store {
	t.Helper()
	return StoreAt(t, NewClock(Noon))
}

// StoreAt gives the test an SQLite store of its own with a clock of its own.
func StoreAt(t testing.TB, clock *Clock) *store.Store {
	t.Helper()
	return open(t, Database(t), clock)
}

// Database gives the test a fresh SQLite file, with all tables and no rows, and returns its path.
func Database(t testing.TB) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "entente.db")
	template, err := sqliteTemplate()
	if err != nil {
		t.Fatalf("making the template database: %v", err)
	}
	if err := os.WriteFile(file, template, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// sqliteTemplate is a file with all tables, made once.
var sqliteTemplate = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "entente-template-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // what stays is in the temporary folder
	file := filepath.Join(dir, "template.db")
	s, err := store.Open(context.Background(), file, time.Now)
	if err != nil {
		return nil, err
	}
	if err := s.Close(); err != nil { // the last connection writes everything into the one file
		return nil, err
	}
	return os.ReadFile(file)
})

func open(t testing.TB, address string, clock *Clock) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), address, clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("closing the store: %v", err)
		}
	})
	return s
}

// Engines runs a test on SQLite and on PostgreSQL, each time with a store of its own. Where PostgreSQL is missing that half
// is skipped and says so; with CI=true it fails. The package's TestMain must call Main.
func Engines(t *testing.T, test func(t *testing.T, s *store.Store)) {
	t.Helper()
	EnginesAt(t, NewClock(Noon), test)
}

// EnginesAt is Engines with a clock, set back to where it stood before each run.
func EnginesAt(t *testing.T, clock *Clock, test func(t *testing.T, s *store.Store)) {
	t.Helper()
	start := clock.Now()
	t.Run("sqlite", func(t *testing.T) { test(t, StoreAt(t, clock)) })
	t.Run("postgres", func(t *testing.T) {
		clock.Set(start)
		test(t, open(t, PostgresDatabase(t), clock))
	})
}

// Nodes runs a test on SQLite and on PostgreSQL with two stores on one database, as two nodes have them.
func Nodes(t *testing.T, clock *Clock, test func(t *testing.T, here, there *store.Store)) {
	t.Helper()
	start := clock.Now()
	t.Run("sqlite", func(t *testing.T) {
		file := Database(t)
		test(t, open(t, file, clock), open(t, file, clock))
	})
	t.Run("postgres", func(t *testing.T) {
		clock.Set(start)
		address := PostgresDatabase(t)
		test(t, open(t, address, clock), open(t, address, clock))
	})
}
