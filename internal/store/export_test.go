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

// Texts reads the only column of a statement, for tests that look behind the store's back.
func Texts(ctx context.Context, s *Store, text string, args ...any) ([]string, error) {
	rows, err := s.db.Query(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(x *string) []any { return []any{x} })
}
