package store_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entente/internal/calendar"
	"entente/internal/fault"
	"entente/internal/store"
	"entente/internal/testkit"
)

// TestCreateSpace proves that a space is there whole or not at all.
func TestCreateSpace(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		sp := newSpace(t, s, "val")
		info := must(s.SpaceBySlug(ctx, "val"))(t)
		if got := must(sp.Info(ctx))(t); got != info || !got.CreatedAt.Equal(testkit.Noon) {
			t.Errorf("info %+v, by slug %+v", got, info)
		}
		for slug, source := range map[string]string{"val": text, "Val": text, "v": text, "a--b": text, "other": "no convention"} {
			if _, err := s.CreateSpace(ctx, me, slug, "Nom", []byte(source), start); !fault.Is(err, fault.Invalid) {
				t.Errorf("space %q: %v, want invalid", slug, err)
			}
		}
		if _, err := s.CreateSpace(ctx, me, "nodate", "Nom", []byte(text), calendar.Date{}); !fault.Is(err, fault.Invalid) {
			t.Errorf("without a date of effect: %v", err)
		}
		if list := must(s.AllSpaces(ctx))(t); len(list) != 1 {
			t.Errorf("refused spaces were kept: %+v", list)
		}
		renamed := must(sp.Rename(ctx, me, 1, "Autre nom"))(t)
		if renamed.Version != 2 || must(s.SpaceBySlug(ctx, "val"))(t).Name != "Autre nom" {
			t.Errorf("renamed %+v", renamed)
		}
		if _, err := sp.Rename(ctx, me, 1, "Encore"); !fault.Is(err, fault.Conflict) {
			t.Errorf("an old reading: %v", err)
		}
		whole(t, sp)
		whole(t, s.Installation())
	})
}

// TestVersions puts an amendment in force and reads which text applied on which day.
func TestVersions(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		sp, other := newSpace(t, s, "versions"), newSpace(t, s, "other")
		amended := strings.Replace(text, "nombre: 1", "nombre: 2", 1)
		v := must(sp.AddVersion(ctx, me, []byte(amended), today))(t)
		h := must(sp.History(ctx))(t)
		if len(h) != 2 || h[1].ID != v.ID || h[1].Number != 2 || !bytes.Equal(h[1].Source, []byte(amended)) || !h[1].LoadedAt.Equal(testkit.Noon) {
			t.Fatalf("history %+v", h)
		}
		if h.On(today.AddDays(-1)).Number != 1 || h.On(today).Number != 2 || len(h[1].Text.Seats()) != 4 {
			t.Error("the wrong text applies")
		}
		if again := must(sp.History(ctx))(t); again[0] != h[0] {
			t.Error("the text was read twice")
		}
		if _, err := other.Version(ctx, v.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("the version is seen from another space: %v", err)
		}
		if got := must(sp.Version(ctx, v.ID))(t); got.Number != 2 {
			t.Errorf("version %+v", got)
		}
		_, err := sp.AddVersion(ctx, me, []byte(text), today.AddDays(-1))
		checkField(t, err, "effective", "store.version.before-last")
		if _, err := sp.AddVersion(ctx, me, []byte("# nothing"), today); !fault.Is(err, fault.Invalid) {
			t.Errorf("a faulty text: %v", err)
		}
		whole(t, sp)
	})
}

// TestBackup saves a running database and restores it elsewhere.
func TestBackup(t *testing.T) {
	ctx := t.Context()
	s, dir := testkit.Store(t), t.TempDir()
	sp := newSpace(t, s, "backup")
	p := somebody(t, sp)
	file, target := filepath.Join(dir, "copy.db"), filepath.Join(dir, "restored.db")
	if err := s.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	after := somebody(t, sp) // what comes later is not in the copy
	if err := s.Backup(ctx, file); asFault(err) == nil || asFault(err).Message.Key != "store.backup.exists" {
		t.Errorf("over an existing file: %v", err)
	}
	if err := store.Restore(ctx, file, target, false); err != nil {
		t.Fatal(err)
	}
	if err := store.Restore(ctx, file, target, false); asFault(err) == nil || asFault(err).Message.Key != "store.backup.exists" {
		t.Errorf("over an existing database: %v", err)
	}
	if err := store.Restore(ctx, file, target, true); err != nil {
		t.Errorf("over an existing database, when told to: %v", err)
	}
	must(os.Stat(target + ".old"))(t)
	r := must(store.Open(ctx, target, testkit.NewClock(testkit.Noon).Now))(t)
	defer r.Close() //nolint:errcheck // it only read
	if got := must(r.In(sp.ID()).Person(ctx, p.ID))(t); got != p {
		t.Errorf("restored %+v, want %+v", got, p)
	}
	if _, err := r.In(sp.ID()).Person(ctx, after.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("what came after the copy: %v", err)
	}
	if err := store.Restore(ctx, file, target, true); asFault(err) == nil || asFault(err).Message.Key != "store.restore.in-use" {
		t.Errorf("over a database in use: %v", err)
	}
	checkOnly(t, dir, "copy.db", "restored.db", "restored.db.old", "restored.db-shm", "restored.db-wal", "restored.db.lock")
}

// checkOnly checks that nothing else was left in a folder.
func checkOnly(t *testing.T, dir string, names ...string) {
	t.Helper()
	for _, e := range must(os.ReadDir(dir))(t) {
		found := false
		for _, n := range names {
			found = found || n == e.Name()
		}
		if !found {
			t.Errorf("%s was left behind", e.Name())
		}
	}
}

// TestRestoreRefused proves that a broken backup replaces nothing.
func TestRestoreRefused(t *testing.T) {
	ctx := t.Context()
	dir := t.TempDir()
	s := testkit.Store(t)
	sp := newSpace(t, s, "tampered")
	must(store.Exec(ctx, s, `UPDATE journal_entry SET label = 'x' WHERE space_id = $1 AND seq = 1`, sp.ID()))(t)
	tampered, garbage, target := filepath.Join(dir, "t.db"), filepath.Join(dir, "g.db"), filepath.Join(dir, "target.db")
	if err := s.Backup(ctx, tampered); err != nil {
		t.Errorf("a damaged journal keeps nobody from saving what there is: %v", err)
	}
	if err := os.WriteFile(garbage, []byte("not a database, whatever its name says"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(target, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	for backup, kind := range map[string]fault.Kind{garbage: fault.Invalid, tampered: fault.Invalid, filepath.Join(dir, "none.db"): fault.NotFound} {
		if err := store.Restore(ctx, backup, target, true); !fault.Is(err, kind) {
			t.Errorf("%s: %v, want %v", backup, err, kind)
		}
	}
	if got := must(os.ReadFile(target))(t); string(got) != "old" {
		t.Error("a refused backup replaced the database")
	}
	checkOnly(t, dir, "t.db", "g.db", "target.db")
}

// TestBackupOfPostgres says plainly that another program does it.
func TestBackupOfPostgres(t *testing.T) {
	s := must(store.Open(t.Context(), testkit.PostgresDatabase(t), testkit.NewClock(testkit.Noon).Now))(t)
	t.Cleanup(func() { _ = s.Close() })
	if err := s.Backup(t.Context(), filepath.Join(t.TempDir(), "x")); asFault(err) == nil || asFault(err).Message.Key != "store.backup.postgres" {
		t.Errorf("got %v", err)
	}
}
