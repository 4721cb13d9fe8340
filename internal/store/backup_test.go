package store_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"
	"time"

	"entente/internal/store"
)

// TestRestoreNamesTheBackup: a refused restore names the file that was given, not the copy that was being made of it.
func TestRestoreNamesTheBackup(t *testing.T) {
	dir := t.TempDir()
	backup, target := filepath.Join(dir, "mardi.db"), filepath.Join(dir, "entente.db")
	if err := os.WriteFile(backup, []byte("this is no database at all, and long enough to be looked into"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := store.Restore(t.Context(), backup, target, false)
	e := asFault(err)
	if e == nil || e.Message.Key != "store.restore.unfit" || e.Message.Args["file"] != "mardi.db" {
		t.Errorf("got %v, want a refusal that names mardi.db", err)
	}
	checkOnly(t, dir, "mardi.db")
}

// TestRestoreBringsAnOlderBackupUpToDate: a backup made before the last migration is restored with the tables of today.
func TestRestoreBringsAnOlderBackupUpToDate(t *testing.T) {
	dir := t.TempDir()
	backup, target := filepath.Join(dir, "ancienne.db"), filepath.Join(dir, "entente.db")
	s, err := store.Open(t.Context(), backup, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	older := must(sql.Open("sqlite", backup))(t)
	// As it stood before the fourth migration: without its indexes, and without the tables of those that came later.
	must(older.Exec(`DROP INDEX person_folded; DROP INDEX organization_folded;
		DROP TABLE personal_link; DROP TABLE school_holiday; DROP TABLE poll_answer; DROP TABLE poll_call; DROP TABLE poll;
		DELETE FROM goose_db_version WHERE version_id >= 4`))(t)
	if err := older.Close(); err != nil {
		t.Fatal(err)
	}
	if err := store.Restore(t.Context(), backup, target, false); err != nil {
		t.Fatal(err)
	}
	db := must(sql.Open("sqlite", target))(t)
	defer db.Close() //nolint:errcheck // it only read
	var n int
	if err := db.QueryRow(`SELECT count(*) FROM sqlite_master WHERE name IN ('person_folded', 'organization_folded')`).Scan(&n); err != nil || n != 2 {
		t.Errorf("%d indexes, %v", n, err)
	}
}
