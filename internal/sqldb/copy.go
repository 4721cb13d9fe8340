package sqldb

import (
	"context"
	"errors"
	"fmt"
	"os"
)

// ErrNotSQLite says that something only SQLite files offer was asked of PostgreSQL.
var ErrNotSQLite = errors.New("sqldb: not an SQLite database")

// CopyTo writes the whole database, as it stands at one moment, to a new SQLite file. Readers and writers go on
// meanwhile. The file must not exist.
func (db *DB) CopyTo(ctx context.Context, file string) error {
	if db.engine != SQLite {
		return ErrNotSQLite
	}
	p, err := openPool(ctx, "sqlite", sqliteDSN(db.path, "_txlock=deferred"), 1)
	if err != nil {
		return err
	}
	defer p.Close() //nolint:errcheck // it only read
	if _, err := p.ExecContext(ctx, `VACUUM INTO $1`, file); err != nil {
		return fmt.Errorf("copying %s to %s: %w", db.path, file, err)
	}
	return nil
}

// Intact lets the engine check the whole file and every reference in it.
func (db *DB) Intact(ctx context.Context) error {
	if db.engine != SQLite {
		return ErrNotSQLite
	}
	var said string
	if err := db.read.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&said); err != nil {
		return fmt.Errorf("checking %s: %w", db.path, err)
	}
	if said != "ok" {
		return fmt.Errorf("checking %s: %s", db.path, said)
	}
	rows, err := db.read.QueryContext(ctx, `PRAGMA foreign_key_check`)
	if err != nil {
		return err
	}
	defer rows.Close() //nolint:errcheck // the error of rows.Err covers it
	if rows.Next() {
		return fmt.Errorf("checking %s: a row refers to one that is not there", db.path)
	}
	return rows.Err()
}

// InUse tells whether another connection, of this program or another, has an SQLite file open. A file that is missing, or
// is no database, is not in use.
func InUse(ctx context.Context, path string) bool {
	if _, err := os.Stat(path); err != nil {
		return false
	}
	p, err := openPool(ctx, "sqlite", sqliteName(path)+"?_pragma=busy_timeout(0)&_pragma=locking_mode(EXCLUSIVE)&_txlock=exclusive", 1)
	if err != nil {
		return busy.has(err)
	}
	defer p.Close() //nolint:errcheck // it changed nothing
	return busy.has(p.touch(ctx))
}

// touch takes and gives back the lock of a whole file.
func (p *pool) touch(ctx context.Context) error {
	tx, err := p.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	return tx.Rollback()
}
