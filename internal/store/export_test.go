package store

import (
	"context"

	"entente/internal/sqldb"
)

// Exec runs a statement behind the store's back, for tests that tamper.
func Exec(ctx context.Context, s *Store, text string, args ...any) (n int64, err error) {
	err = s.db.Write(ctx, func(tx *sqldb.Tx) (err error) {
		n, err = tx.Exec(ctx, text, args...)
		return err
	})
	return n, err
}

// Fold is fold, for tests.
func Fold(texts ...string) string { return fold(texts...) }
