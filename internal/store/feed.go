package store

import (
	"context"
	"time"

	"entente/internal/auth"
	"entente/internal/fault"
	"entente/internal/sqldb"
)

// Feed is an address at which an account's own calendar program reads meetings. There is one at most of an account for a choice; who has
// its secret reads what the account may read that day. The secret is given once and never kept.
type Feed struct {
	Account   string
	Space     string // identifier; empty for every space
	Committee string // empty for those of the account
	Created   time.Time
	Used      time.Time // when it was last read, to the hour; zero where never
}

// IssueFeed makes the address of a choice anew, and gives its secret: one that was made before serves no more.
func (s *Store) IssueFeed(ctx context.Context, by Actor, f Feed) (string, error) {
	secret := auth.NewSecret()
	err := s.change(ctx, installation, func(l *ledger) error {
		if _, err := l.dropFeed(ctx, f); err != nil {
			return err
		}
		_, err := l.tx.Exec(ctx, `INSERT INTO calendar_feed (hash, account_id, space_id, committee, created_at) VALUES ($1, $2, $3, $4, $5)`,
			auth.HashSecret(secret), f.Account, f.Space, f.Committee, l.at)
		if err != nil {
			return err
		}
		return l.recordFeed(ctx, by, "create", f)
	})
	return secret, fault.Wrap(err, "store.feed.issue", f.Account)
}

// RevokeFeed ends the address of a choice at once; where there is none nothing happens.
func (s *Store) RevokeFeed(ctx context.Context, by Actor, f Feed) error {
	err := s.change(ctx, installation, func(l *ledger) error {
		n, err := l.dropFeed(ctx, f)
		if err != nil || n == 0 {
			return err
		}
		return l.recordFeed(ctx, by, "revoke", f)
	})
	return fault.Wrap(err, "store.feed.revoke", f.Account)
}

func (l *ledger) dropFeed(ctx context.Context, f Feed) (int64, error) {
	return l.tx.Exec(ctx, `DELETE FROM calendar_feed WHERE account_id = $1 AND space_id = $2 AND committee = $3`, f.Account, f.Space, f.Committee)
}

func (l *ledger) recordFeed(ctx context.Context, by Actor, verb string, f Feed) error {
	return l.record(ctx, by, event{subject: "calendar-feed", verb: verb, key: f.Account, label: f.Committee, after: map[string]any{"space_id": f.Space, "committee": f.Committee}})
}

// Feed reads the address of a choice, without its secret; NotFound where there is none.
func (s *Store) Feed(ctx context.Context, f Feed) (Feed, error) {
	err := s.db.QueryRow(ctx, `SELECT created_at, last_used_at FROM calendar_feed WHERE account_id = $1 AND space_id = $2 AND committee = $3`,
		f.Account, f.Space, f.Committee).Scan(&f.Created, optionalTime{&f.Used})
	return f, fault.Wrap(sqldb.Classify(err), "store.feed", f.Account)
}

// feedUseEvery is how fine the time of the last use is kept.
const feedUseEvery = time.Hour

// OpenFeed reads the address that a secret opens, and notes that it was used. A secret that is unknown or was made anew, and that of an account
// that is closed, is NotFound, without difference.
func (s *Store) OpenFeed(ctx context.Context, secret string) (Feed, error) {
	var f Feed
	hash, now := auth.HashSecret(secret), s.now()
	err := s.db.QueryRow(ctx, `SELECT f.account_id, f.space_id, f.committee, f.created_at, f.last_used_at FROM calendar_feed f
		JOIN account a ON a.id = f.account_id WHERE f.hash = $1 AND a.disabled_at IS NULL`, hash).Scan(&f.Account, &f.Space, &f.Committee, &f.Created, optionalTime{&f.Used})
	if err = sqldb.Classify(err); err != nil || now.Sub(f.Used) < feedUseEvery {
		return f, fault.Wrap(err, "store.feed", "")
	}
	err = s.db.Write(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE calendar_feed SET last_used_at = $2 WHERE hash = $1`, hash, now)
		return err
	})
	f.Used = now
	return f, fault.Wrap(err, "store.feed.use", f.Account)
}
