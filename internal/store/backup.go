package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"entente/internal/fault"
	"entente/internal/sqldb"
	"entente/internal/store/migrations"
)

// Backup writes everything, as it stands at one moment, to one new file, while the program goes on running. An existing
// file is never overwritten. The file is checked before it gets its name; the journals are not, for a damaged journal is
// one more reason to keep a copy. For PostgreSQL it is refused: pg_dump does it.
func (s *Store) Backup(ctx context.Context, file string) error {
	if s.db.Engine() != sqldb.SQLite {
		return fault.New(fault.Invalid, "store.backup.postgres")
	}
	if err := absent(file); err != nil {
		return err
	}
	part := file + ".part"
	_ = os.Remove(part) // of a backup that was cut short
	err := s.db.CopyTo(ctx, part)
	if err == nil {
		err = examine(ctx, part, file, false)
	}
	if err == nil {
		err = settle(part, file)
	}
	if err != nil {
		discard(part)
	}
	return fault.Wrap(err, "store.backup", file)
}

// Restore copies a backup to the place of the database. An existing database is left alone unless overwrite says otherwise;
// then it is set aside under its name with ".old" added, once the copy has proved whole: the file is intact and the
// journals verify. A database that a program has open is never replaced.
func Restore(ctx context.Context, backup, database string, overwrite bool) error {
	if sqldb.IsPostgres(database) {
		return fault.New(fault.Invalid, "store.backup.postgres")
	}
	if _, err := os.Stat(backup); err != nil {
		return fault.New(fault.NotFound, "store.restore.missing", "file", backup)
	}
	if err := absent(database); err != nil && !overwrite {
		return err
	}
	if sqldb.InUse(ctx, database) {
		return fault.New(fault.Invalid, "store.restore.in-use", "file", database)
	}
	err := restore(ctx, backup, database)
	return fault.Wrap(err, "store.restore", backup)
}

func restore(ctx context.Context, backup, database string) error {
	part := database + ".part"
	discard(part)
	if err := copyFile(backup, part); err != nil {
		return err
	}
	if err := examine(ctx, part, backup, true); err != nil {
		discard(part)
		return err
	}
	if err := setAside(database); err != nil {
		return err
	}
	return settle(part, database)
}

// setAside keeps the database that another will replace, with what a program that was killed had left beside it: in the
// place of the new one, SQLite would take that for a part of it.
func setAside(database string) error {
	discard(database + ".old")
	for _, suffix := range []string{"-wal", ""} {
		err := os.Rename(database+suffix, database+".old"+suffix)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	discardBeside(database)
	return nil
}

func absent(file string) error {
	_, err := os.Lstat(file)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return err
	}
	return fault.New(fault.Invalid, "store.backup.exists", "file", file)
}

// examine proves that a copy is a whole database of ours and, where it is asked, brings its tables up to date and proves
// that its journals verify. A refusal names the file as whoever asked knows it.
func examine(ctx context.Context, part, known string, journals bool) error {
	db, err := sqldb.Open(ctx, part)
	if err != nil {
		return unfit(err, known)
	}
	defer db.Close() //nolint:errcheck // it only read
	if err := db.Intact(ctx); err != nil {
		return unfit(err, known)
	}
	if version, err := db.Version(ctx); err != nil || version == 0 {
		return unfit(errors.Join(err, errors.New("it has no tables of ours")), known)
	}
	if !journals {
		return nil
	}
	if err := db.Migrate(ctx, migrations.FS); err != nil { // a backup may be older than the program
		return unfit(err, known)
	}
	if err := VerifyAll(ctx, New(db, time.Now)); err != nil {
		var broken *BrokenJournal
		if errors.As(err, &broken) {
			return err
		}
		return unfit(err, known)
	}
	return nil
}

func unfit(err error, file string) error {
	return &fault.Error{Kind: fault.Invalid, Message: fault.Say("store.restore.unfit", "file", filepath.Base(file)), Err: err}
}

// BrokenJournal says that a journal does not verify; the fault that carries it has the sentence.
type BrokenJournal struct{ Space string }

// Error names the space, for the log.
func (b *BrokenJournal) Error() string {
	return fmt.Sprintf("the journal of space %q is broken", b.Space)
}

// VerifyAll verifies the journal of the installation and of every space; the error is a *BrokenJournal for the first that
// is damaged.
func VerifyAll(ctx context.Context, s *Store) error {
	spaces, err := s.AllSpaces(ctx)
	if err != nil {
		return err
	}
	for _, i := range append([]SpaceInfo{{}}, spaces...) {
		report, err := s.In(i.ID).VerifyJournal(ctx)
		if err != nil {
			return err
		}
		if !report.Whole() {
			return &fault.Error{Kind: fault.Invalid, Message: report.Break.Message, Err: &BrokenJournal{Space: i.Slug}}
		}
	}
	return nil
}

// settle gives a finished file its name, on the disk and not in a cache.
func settle(part, file string) error {
	f, err := os.Open(part)
	if err != nil {
		return err
	}
	err = f.Sync()
	_ = f.Close()
	if err != nil {
		return err
	}
	discardBeside(part)
	if err := os.Rename(part, file); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(file))
	if err != nil {
		return err
	}
	defer dir.Close() //nolint:errcheck // it was only read
	return dir.Sync()
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close() //nolint:errcheck // it was only read
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err := out.ReadFrom(in); err != nil {
		_ = out.Close()
		return err
	}
	return out.Close()
}

func discard(file string) {
	_ = os.Remove(file)
	discardBeside(file)
}

// discardBeside removes what SQLite keeps beside a file.
func discardBeside(file string) {
	for _, suffix := range []string{"-wal", "-shm", ".lock"} {
		_ = os.Remove(file + suffix)
	}
}
