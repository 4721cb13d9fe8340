package store_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"entente/internal/sqldb"
	"entente/internal/store"
	"entente/internal/store/migrations"
	"entente/internal/testkit"
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
	db := must(sqldb.Open(t.Context(), backup))(t)
	if err := db.Migrate(t.Context(), firstMigrations(t, 3)); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := store.Restore(t.Context(), backup, target, false); err != nil {
		t.Fatal(err)
	}
	restored := must(sqldb.Open(t.Context(), target))(t)
	defer restored.Close() //nolint:errcheck // it only read
	fresh := must(sqldb.Open(t.Context(), testkit.Database(t)))(t)
	defer fresh.Close() //nolint:errcheck // it only read
	if got, want := must(restored.Version(t.Context()))(t), must(fresh.Version(t.Context()))(t); got != want {
		t.Errorf("the restored database is at version %d, not %d", got, want)
	}
}

// firstMigrations are the first n migrations: the tables of an older program.
func firstMigrations(t *testing.T, n int) fstest.MapFS {
	t.Helper()
	older := fstest.MapFS{}
	for _, name := range must(fs.Glob(migrations.FS, "*.sql"))(t)[:n] {
		older[name] = &fstest.MapFile{Data: must(fs.ReadFile(migrations.FS, name))(t)}
	}
	return older
}
