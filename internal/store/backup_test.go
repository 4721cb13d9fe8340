package store_test

import (
	"os"
	"path/filepath"
	"testing"

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
