package store

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"entente/internal/auth"
	"entente/internal/fault"
	"entente/internal/job"
	"entente/internal/sqldb"
)

// TokenKind is what a link with a secret lets its bearer do, once.
type TokenKind string

// The kinds of token.
const (
	First    TokenKind = "first"      // create the first administrator
	Invited  TokenKind = "invitation" // enter a space
	SignIn   TokenKind = "sign-in"    // sign in without a password
	Recovery TokenKind = "recovery"   // choose a new password
)

// Token is what stands behind a secret. The secret itself is given once, to whoever it is meant for, and never kept.
type Token struct {
	Kind    TokenKind
	Account string          // identifier; empty where the bearer has none yet
	Space   string          // identifier; empty where it is about no space
	Email   string          // lower case; empty where it is bound to no address
	Payload json.RawMessage // what its use needs
	Created time.Time
	Expires time.Time
}

// IssueToken makes a token that can be used once within ttl, and gives its secret.
func (s *Store) IssueToken(ctx context.Context, t Token, ttl time.Duration) (secret string, err error) {
	err = s.db.Write(ctx, func(tx *sqldb.Tx) (err error) {
		secret, err = s.issueToken(ctx, tx, t, ttl)
		return err
	})
	return secret, fault.Wrap(err, "store.token.issue", string(t.Kind))
}

// IssueTokenWith is IssueToken with work that is asked for in the same transaction: it is given the secret.
func (s *Store) IssueTokenWith(ctx context.Context, t Token, ttl time.Duration, work func(secret string) (job.Spec, error)) (secret string, err error) {
	err = s.db.Write(ctx, func(tx *sqldb.Tx) (err error) {
		if secret, err = s.issueToken(ctx, tx, t, ttl); err != nil {
			return err
		}
		spec, err := work(secret)
		if err == nil {
			_, err = s.enqueue(ctx, tx, installation, spec)
		}
		return err
	})
	return secret, fault.Wrap(err, "store.token.issue", string(t.Kind))
}

func (s *Store) issueToken(ctx context.Context, tx *sqldb.Tx, t Token, ttl time.Duration) (string, error) {
	secret, now := auth.NewSecret(), s.now()
	if t.Payload == nil {
		t.Payload = json.RawMessage("{}")
	}
	_, err := tx.Exec(ctx, `INSERT INTO token (hash, kind, account_id, space_id, email, payload, created_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, auth.HashSecret(secret), string(t.Kind), optional{&t.Account}, optional{&t.Space},
		strings.ToLower(strings.TrimSpace(t.Email)), string(t.Payload), now, now.Add(ttl))
	return secret, err
}

const tokenColumns = `kind, account_id, space_id, email, payload, created_at, expires_at`

func (t *Token) targets() []any {
	return []any{&t.Kind, optional{&t.Account}, optional{&t.Space}, &t.Email, rawJSON{&t.Payload}, &t.Created, &t.Expires}
}

// PeekToken reads a token that can still be used, without using it: for the page that its link opens. A secret that is
// unknown, used or expired is NotFound, without difference.
func (s *Store) PeekToken(ctx context.Context, kind TokenKind, secret string) (Token, error) {
	var t Token
	err := s.db.QueryRow(ctx, `SELECT `+tokenColumns+` FROM token WHERE hash = $1 AND kind = $2 AND used_at IS NULL AND expires_at > $3`,
		auth.HashSecret(secret), string(kind), s.now()).Scan(t.targets()...)
	return t, unusable(sqldb.Classify(err), kind)
}

// TakeToken uses a token: of two who try at once, one succeeds. A secret that is unknown, used or expired is NotFound,
// without difference.
func (s *Store) TakeToken(ctx context.Context, kind TokenKind, secret string) (Token, error) {
	var t Token
	err := s.db.Write(ctx, func(tx *sqldb.Tx) (err error) {
		t, err = s.takeToken(ctx, tx, kind, secret)
		return err
	})
	return t, err
}

func (s *Store) takeToken(ctx context.Context, tx *sqldb.Tx, kind TokenKind, secret string) (Token, error) {
	var t Token
	hash := auth.HashSecret(secret)
	n, err := tx.Exec(ctx, `UPDATE token SET used_at = $3 WHERE hash = $1 AND kind = $2 AND used_at IS NULL AND expires_at > $3`, hash, string(kind), s.now())
	if err != nil {
		return t, err
	}
	if n == 0 {
		return t, unusable(notFound("store.token", ""), kind)
	}
	err = tx.QueryRow(ctx, `SELECT `+tokenColumns+` FROM token WHERE hash = $1`, hash).Scan(t.targets()...)
	return t, sqldb.Classify(err)
}

// unusable says in the words of a link why there is nothing.
func unusable(err error, kind TokenKind) error {
	if fault.Is(err, fault.NotFound) {
		return &fault.Error{Kind: fault.NotFound, Op: "store.token", Key: string(kind), Message: fault.Say("store.token.unusable")}
	}
	return err
}

// Sweep removes what is over: tokens used or expired for a week, sessions and attempts that no longer count, jobs and files asked for that were
// over long ago.
func (s *Store) Sweep(ctx context.Context) error {
	now := s.now()
	err := s.db.Write(ctx, func(tx *sqldb.Tx) error {
		if _, err := tx.Exec(ctx, `DELETE FROM token WHERE expires_at < $1`, now.Add(-7*24*time.Hour)); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM session WHERE expiry < $1`, now); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM attempt WHERE at < $1`, now.Add(-24*time.Hour)); err != nil {
			return err
		}
		if err := sweepErrands(ctx, tx, now); err != nil {
			return err
		}
		return sweepJobs(ctx, tx, now)
	})
	if err == nil {
		err = s.sweepFiles(ctx)
	}
	return fault.Wrap(err, "store.sweep", "")
}
