package sqldb_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"entente/internal/fault"
	"entente/internal/sqldb"
	"entente/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// migrations are tables for these tests, one file for each engine alone.
var migrations = fstest.MapFS{
	"00001_both.sql":          {Data: []byte("-- +goose Up\nCREATE TABLE parent (id TEXT PRIMARY KEY);\nCREATE TABLE child (id TEXT PRIMARY KEY, parent_id TEXT NOT NULL REFERENCES parent (id), at TIMESTAMP, ok BOOLEAN);\n")},
	"00002_lite.sqlite.sql":   {Data: []byte("-- +goose Up\nCREATE TABLE engine (name TEXT);\nINSERT INTO engine (name) VALUES ('sqlite');\n")},
	"00002_pg.postgres.sql":   {Data: []byte("-- +goose Up\nCREATE TABLE engine (name TEXT);\nINSERT INTO engine (name) VALUES ('postgres');\n")},
	"00003_counter_table.sql": {Data: []byte("-- +goose Up\nCREATE TABLE counter (n BIGINT NOT NULL);\nINSERT INTO counter (n) VALUES (0);\n")},
}

// engines runs a test on both engines, each with the tables above.
func engines(t *testing.T, test func(t *testing.T, db *sqldb.DB)) {
	t.Helper()
	for name, address := range map[string]func(testing.TB) string{
		"sqlite":   func(t testing.TB) string { return filepath.Join(t.TempDir(), "a b%?#é.db") },
		"postgres": testkit.EmptyPostgresDatabase,
	} {
		t.Run(name, func(t *testing.T) {
			db, err := sqldb.Open(t.Context(), address(t))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = db.Close() })
			if err := db.Migrate(t.Context(), migrations); err != nil {
				t.Fatal(err)
			}
			test(t, db)
		})
	}
}

func exec(t testing.TB, db *sqldb.DB, text string, args ...any) error {
	t.Helper()
	return db.Write(t.Context(), func(tx *sqldb.Tx) error {
		_, err := tx.Exec(t.Context(), text, args...)
		return err
	})
}

func TestMigrate(t *testing.T) {
	engines(t, func(t *testing.T, db *sqldb.DB) {
		if err := db.Migrate(t.Context(), migrations); err != nil {
			t.Errorf("again: %v", err)
		}
		var name string
		if err := db.QueryRow(t.Context(), `SELECT name FROM engine`).Scan(&name); err != nil || name != string(db.Engine()) {
			t.Errorf("migrated as %q, %v", name, err)
		}
		if v, err := db.Version(t.Context()); v != 3 || err != nil {
			t.Errorf("version %d, %v", v, err)
		}
		if (db.Engine() == sqldb.SQLite) != (db.Path() != "") {
			t.Errorf("path %q", db.Path())
		}
	})
}

// TestStrangePath proves that a file is made where it was asked for, whatever its name.
func TestStrangePath(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a b%20?mode=memory#é.db")
	db, err := sqldb.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // nothing was written
	if err := db.Migrate(t.Context(), migrations); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(file); err != nil {
		t.Error(err)
	}
}

// TestMigrateAtOnce proves that programs which start together leave one set of tables.
func TestMigrateAtOnce(t *testing.T) {
	for name, address := range map[string]string{"sqlite": filepath.Join(t.TempDir(), "x.db"), "postgres": ""} {
		t.Run(name, func(t *testing.T) {
			if name == "postgres" {
				address = testkit.EmptyPostgresDatabase(t)
			}
			var wg sync.WaitGroup
			for range 4 {
				wg.Go(func() {
					db, err := sqldb.Open(context.Background(), address)
					if err != nil {
						t.Error(err)
						return
					}
					defer db.Close() //nolint:errcheck // what matters is the migration
					if err := db.Migrate(context.Background(), migrations); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
		})
	}
}

func TestOpenFails(t *testing.T) {
	for _, address := range []string{filepath.Join(t.TempDir(), "no", "such", "folder.db"), "postgres://u:secret@127.0.0.1:1/x?connect_timeout=1"} {
		_, err := sqldb.Open(t.Context(), address)
		if !fault.Is(err, fault.Unavailable) {
			t.Errorf("%s: %v, want unavailable", address, err)
		}
		var e *fault.Error
		if errors.As(err, &e) && e.Key != address && e.Key != "postgres://127.0.0.1:1/x?connect_timeout=1" {
			t.Errorf("the error names %q", e.Key)
		}
	}
}

func TestClassify(t *testing.T) {
	engines(t, func(t *testing.T, db *sqldb.DB) {
		if err := exec(t, db, `INSERT INTO parent (id) VALUES ('p')`); err != nil {
			t.Fatal(err)
		}
		unique := exec(t, db, `INSERT INTO parent (id) VALUES ('p')`)
		if !sqldb.IsUnique(unique) || sqldb.IsForeignKey(unique) || !fault.Is(unique, fault.Invalid) {
			t.Errorf("twice the same: %v", unique)
		}
		orphan := exec(t, db, `INSERT INTO child (id, parent_id) VALUES ('c', 'x')`)
		if !sqldb.IsForeignKey(orphan) || sqldb.IsUnique(orphan) || !fault.Is(orphan, fault.Invalid) {
			t.Errorf("a child of nobody: %v", orphan)
		}
		var id string
		none := sqldb.Classify(db.QueryRow(t.Context(), `SELECT id FROM parent WHERE id = 'x'`).Scan(&id))
		if !fault.Is(none, fault.NotFound) {
			t.Errorf("no row: %v", none)
		}
		if err := exec(t, db, `SELECT nonsense`); err == nil || fault.KindOf(err) != fault.Internal {
			t.Errorf("a slip of ours: %v", err)
		}
	})
}

// TestInstants proves that an instant comes back as it was sent, from whatever zone, and sorts by time.
func TestInstants(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	base := time.Date(2026, 7, 1, 12, 0, 0, 0, paris)
	want := []time.Time{base, base.Add(time.Microsecond), base.Add(500 * time.Millisecond), base.Add(550 * time.Millisecond), base.Add(time.Second)}
	engines(t, func(t *testing.T, db *sqldb.DB) {
		if err := exec(t, db, `INSERT INTO parent (id) VALUES ('p')`); err != nil {
			t.Fatal(err)
		}
		for i, at := range want {
			if err := exec(t, db, `INSERT INTO child (id, parent_id, at, ok) VALUES ($1, 'p', $2, $3)`, fmt.Sprint(9-i), at.Add(999*time.Nanosecond), true); err != nil {
				t.Fatal(err)
			}
		}
		rows, err := db.Query(t.Context(), `SELECT at, ok FROM child WHERE at >= $1 ORDER BY at`, base)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close() //nolint:errcheck // rows.Err covers it
		var got []time.Time
		for rows.Next() {
			var at time.Time
			var ok bool
			if err := rows.Scan(&at, &ok); err != nil || !ok {
				t.Fatal(err, ok)
			}
			got = append(got, at)
		}
		if !slices.EqualFunc(got, want, time.Time.Equal) || rows.Err() != nil {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}

// TestWriteIsWhole proves that a refused transaction leaves nothing, and that many lose nothing.
func TestWriteIsWhole(t *testing.T) {
	engines(t, func(t *testing.T, db *sqldb.DB) {
		refusal := errors.New("no")
		err := db.Write(t.Context(), func(tx *sqldb.Tx) error {
			for range 3 { // the text comes again, and is prepared
				if n, err := tx.Exec(t.Context(), `UPDATE counter SET n = n + 1`); err != nil || n != 1 {
					t.Errorf("%d rows, %v", n, err)
				}
			}
			return refusal
		})
		if !errors.Is(err, refusal) {
			t.Errorf("got %v", err)
		}
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				if err := exec(t, db, `UPDATE counter SET n = n + 1`); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		for range 3 {
			var n int
			if err := db.QueryRow(t.Context(), `SELECT n FROM counter`).Scan(&n); err != nil || n != 20 {
				t.Errorf("counted %d, %v", n, err)
			}
		}
	})
}

// TestDeadlock proves that two transactions that wait for each other both come to their end.
func TestDeadlock(t *testing.T) {
	engines(t, func(t *testing.T, db *sqldb.DB) {
		for _, id := range []string{"a", "b"} {
			if err := exec(t, db, `INSERT INTO parent (id) VALUES ($1)`, id); err != nil {
				t.Fatal(err)
			}
		}
		var wg sync.WaitGroup
		for _, order := range [][]string{{"a", "b"}, {"b", "a"}} {
			wg.Go(func() {
				err := db.Write(context.Background(), func(tx *sqldb.Tx) error {
					for _, id := range order {
						if _, err := tx.Exec(context.Background(), `UPDATE parent SET id = id WHERE id = $1`, id); err != nil {
							return err
						}
						time.Sleep(20 * time.Millisecond)
					}
					return nil
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	})
}

// TestReadOnly proves that a reading transaction sees one state and writes nothing.
func TestReadOnly(t *testing.T) {
	engines(t, func(t *testing.T, db *sqldb.DB) {
		read := func(tx *sqldb.Tx) (n int) {
			if err := tx.QueryRow(t.Context(), `SELECT n FROM counter`).Scan(&n); err != nil {
				t.Error(err)
			}
			return n
		}
		err := db.Read(t.Context(), func(tx *sqldb.Tx) error {
			before := read(tx)
			if err := exec(t, db, `UPDATE counter SET n = n + 1`); err != nil {
				t.Error(err)
			}
			if after := read(tx); after != before {
				t.Errorf("%d became %d within one reading", before, after)
			}
			_, err := tx.Exec(t.Context(), `UPDATE counter SET n = 9`)
			return err
		})
		if err == nil {
			t.Error("a reading transaction wrote")
		}
	})
}

func TestIn(t *testing.T) {
	marks, args := sqldb.In(2, []string{"a", "b", "c"})
	if marks != "$2, $3, $4, $5" || !slices.Equal(args, []any{"a", "b", "c", "c"}) {
		t.Errorf("%s %v", marks, args)
	}
}

func TestCopy(t *testing.T) {
	engines(t, func(t *testing.T, db *sqldb.DB) {
		file := filepath.Join(t.TempDir(), "copy.db")
		err, check := db.CopyTo(t.Context(), file), db.Intact(t.Context())
		if db.Engine() == sqldb.Postgres {
			if !errors.Is(err, sqldb.ErrNotSQLite) || !errors.Is(check, sqldb.ErrNotSQLite) {
				t.Errorf("got %v, %v", err, check)
			}
			return
		}
		if err != nil || check != nil {
			t.Errorf("got %v, %v", err, check)
		}
		if err := db.CopyTo(t.Context(), file); err == nil {
			t.Error("a file was overwritten")
		}
	})
}
