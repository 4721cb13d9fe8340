package sqldb

import (
	"context"
	"fmt"
	"io/fs"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"entente/internal/fault"
)

// Migrate brings the tables up to date with the migrations of fsys. A file named "….sqlite.sql" or "….postgres.sql" is for
// that engine alone. Several processes may start at once: one migrates, the others wait.
func (db *DB) Migrate(ctx context.Context, fsys fs.FS) error {
	err := db.migrate(ctx, fsys)
	return fault.Wrap(err, "sqldb.Migrate", string(db.engine))
}

func (db *DB) migrate(ctx context.Context, fsys fs.FS) error {
	p, err := db.provider(fsys)
	if err != nil {
		return err
	}
	if db.engine == SQLite {
		release, err := lockFile(ctx, db.path+".lock")
		if err != nil {
			return err
		}
		defer release()
	}
	_, err = p.Up(ctx)
	return err
}

func (db *DB) provider(fsys fs.FS) (*goose.Provider, error) {
	dialect, other := goose.DialectSQLite3, ".postgres.sql"
	if db.engine == Postgres {
		dialect, other = goose.DialectPostgres, ".sqlite.sql"
	}
	names, err := fs.Glob(fsys, "*"+other)
	if err != nil {
		return nil, fmt.Errorf("listing migrations: %w", err)
	}
	opts := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true), goose.WithExcludeNames(names), goose.WithLogger(goose.NopLogger())}
	if db.engine == Postgres {
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return nil, err
		}
		opts = append(opts, goose.WithSessionLocker(locker))
	}
	return goose.NewProvider(dialect, db.write.DB, fsys, opts...)
}

// Version is the number of the last migration applied; 0 for none.
func (db *DB) Version(ctx context.Context) (int64, error) {
	var n int64
	err := db.QueryRow(ctx, `SELECT coalesce(max(version_id), 0) FROM goose_db_version`).Scan(&n)
	if err != nil && strings.Contains(err.Error(), "goose_db_version") {
		return 0, nil
	}
	return n, Classify(err)
}
