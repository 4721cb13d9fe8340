package store

import (
	"context"
	"strings"
	"time"

	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/sqldb"
)

// Account is what somebody signs in with.
type Account struct {
	ID            string
	Version       int64
	Email         string // lower case; unique in the installation
	Name          string
	Locale        string // "fr" or "en"
	Administrator bool   // of the installation
	PasswordHash  string // of package auth; empty where only links sign in. It never goes into the journal
	DisabledAt    time.Time
	CreatedAt     time.Time
	News          governance.NewsChoice // how often they wish to have news; empty at the making is each
}

// Disabled tells that the account may not sign in.
func (a Account) Disabled() bool { return !a.DisabledAt.IsZero() }

// Check tells what is wrong with the account, field by field.
func (a Account) Check() error {
	var f fault.Fields
	if !directory.ValidEmail(a.Email) {
		f.Add("email", "fault.field.email")
	}
	if strings.TrimSpace(a.Name) == "" {
		f.Add("name", "fault.field.required")
	}
	if a.Locale != "fr" && a.Locale != "en" {
		f.Add("locale", "fault.field.choice")
	}
	if !a.News.Valid() {
		f.Add("news", "fault.field.choice")
	}
	return f.Err()
}

const accountColumns = `id, version, email, name, locale, administrator, password_hash, disabled_at, created_at, news`

func (a *Account) targets() []any {
	return []any{&a.ID, &a.Version, &a.Email, &a.Name, &a.Locale, &a.Administrator, &a.PasswordHash, optionalTime{&a.DisabledAt}, &a.CreatedAt, &a.News}
}

// content is what the journal keeps.
func (a *Account) content() map[string]any {
	return map[string]any{"email": a.Email, "name": a.Name, "locale": a.Locale, "administrator": a.Administrator, "disabled": a.Disabled(), "news": a.News}
}

// CreateAccount makes an account.
func (s *Store) CreateAccount(ctx context.Context, by Actor, a Account) (Account, error) {
	err := s.change(ctx, installation, func(l *ledger) error { return addAccount(ctx, l, by, &a) })
	return a, fault.Wrap(err, "store.account.create", "")
}

func addAccount(ctx context.Context, l *ledger, by Actor, a *Account) error {
	a.ID, a.Version, a.CreatedAt = newID(), 1, l.at
	a.Email = strings.ToLower(strings.TrimSpace(a.Email))
	if a.Locale == "" {
		a.Locale = "fr"
	}
	if a.News == "" {
		a.News = governance.NewsEach
	}
	if err := a.Check(); err != nil {
		return err
	}
	_, err := l.tx.Exec(ctx, `INSERT INTO account (id, version, email, name, locale, administrator, password_hash, disabled_at, created_at, sort, news)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		a.ID, a.Version, a.Email, a.Name, a.Locale, a.Administrator, a.PasswordHash, orNull(a.DisabledAt), a.CreatedAt, sortKey(a.Name), string(a.News))
	if sqldb.IsUnique(err) {
		var f fault.Fields
		f.Add("email", "store.account.email-taken")
		return f.Err()
	}
	if err != nil {
		return err
	}
	return l.record(ctx, by, event{subject: "account", verb: "create", key: a.ID, label: a.Name, after: a.content()})
}

// Account reads an account.
func (s *Store) Account(ctx context.Context, id string) (Account, error) {
	return readAccount(ctx, s.db, "id", id)
}

// AccountByEmail finds an account by its address, whatever its capitals.
func (s *Store) AccountByEmail(ctx context.Context, email string) (Account, error) {
	return readAccount(ctx, s.db, "email", strings.ToLower(strings.TrimSpace(email)))
}

func readAccount(ctx context.Context, q sqldb.Queryer, column, value string) (Account, error) {
	var a Account
	err := q.QueryRow(ctx, `SELECT `+accountColumns+` FROM account WHERE `+column+` = $1`, value).Scan(a.targets()...)
	return a, fault.Wrap(sqldb.Classify(err), "store.account", value)
}

// UpdateAccount changes name, locale or rights of an account that was read at a version. The last administrator who may
// sign in stays one.
func (s *Store) UpdateAccount(ctx context.Context, by Actor, id string, version int64, fn func(*Account) error) (Account, error) {
	return s.changeAccount(ctx, by, id, "update", func(a *Account) error {
		if a.Version != version {
			return &fault.Error{Kind: fault.Conflict, Message: fault.Say("store.conflict"), Err: &ConflictError[Account]{*a}}
		}
		return fn(a)
	})
}

// SetPassword keeps the hash of a new password.
func (s *Store) SetPassword(ctx context.Context, by Actor, id, hash string) error {
	_, err := s.changeAccount(ctx, by, id, "password", func(a *Account) error {
		a.PasswordHash = hash
		return nil
	})
	return err
}

// SetLocale chooses the language of an account.
func (s *Store) SetLocale(ctx context.Context, by Actor, id, locale string) error {
	_, err := s.changeAccount(ctx, by, id, "locale", func(a *Account) error {
		a.Locale = locale
		return nil
	})
	return err
}

// DisableAccount keeps an account from signing in. The last administrator cannot be disabled.
func (s *Store) DisableAccount(ctx context.Context, by Actor, id string) error {
	_, err := s.changeAccount(ctx, by, id, "disable", func(a *Account) error {
		if !a.Disabled() {
			a.DisabledAt = s.now()
		}
		return nil
	})
	return err
}

// EnableAccount lets an account sign in again.
func (s *Store) EnableAccount(ctx context.Context, by Actor, id string) error {
	_, err := s.changeAccount(ctx, by, id, "enable", func(a *Account) error {
		a.DisabledAt = time.Time{}
		return nil
	})
	return err
}

func (s *Store) changeAccount(ctx context.Context, by Actor, id, verb string, fn func(*Account) error) (Account, error) {
	var a Account
	err := s.change(ctx, installation, func(l *ledger) error {
		before, err := readAccount(ctx, l.tx, "id", id)
		if err != nil {
			return err
		}
		a = before
		if err := fn(&a); err != nil {
			return err
		}
		a.ID, a.Version, a.CreatedAt, a.Email = before.ID, before.Version, before.CreatedAt, before.Email
		if a == before {
			return nil
		}
		return saveAccount(ctx, l, by, verb, before, &a)
	})
	return a, fault.Wrap(err, "store.account."+verb, id)
}

func saveAccount(ctx context.Context, l *ledger, by Actor, verb string, before Account, a *Account) error {
	if err := a.Check(); err != nil {
		return err
	}
	if before.Administrator && (!a.Administrator || a.Disabled()) {
		if err := refuseLast(ctx, l, a.ID); err != nil {
			return err
		}
	}
	a.Version++
	_, err := l.tx.Exec(ctx, `UPDATE account SET version = $2, name = $3, locale = $4, administrator = $5, password_hash = $6, disabled_at = $7, sort = $8, news = $9 WHERE id = $1`,
		a.ID, a.Version, a.Name, a.Locale, a.Administrator, a.PasswordHash, orNull(a.DisabledAt), sortKey(a.Name), string(a.News))
	if err != nil {
		return err
	}
	return l.record(ctx, by, event{subject: "account", verb: verb, key: a.ID, label: a.Name, before: before.content(), after: a.content()})
}

// refuseLast says no where the account is the only administrator who may sign in.
func refuseLast(ctx context.Context, l *ledger, id string) error {
	var others int
	err := l.tx.QueryRow(ctx, `SELECT count(*) FROM account WHERE administrator AND disabled_at IS NULL AND id <> $1`, id).Scan(&others)
	if err == nil && others == 0 {
		return fault.New(fault.Invalid, "store.account.last-administrator")
	}
	return sqldb.Classify(err)
}

// Accounts lists the accounts by name.
func (s *Store) Accounts(ctx context.Context, p Paging) (Page[Account], error) {
	var out Page[Account]
	if err := s.db.QueryRow(ctx, `SELECT count(*) FROM account`).Scan(&out.Total); err != nil {
		return out, fault.Wrap(sqldb.Classify(err), "store.accounts", "")
	}
	c := conditions{noSpace: true}
	order, err := c.seek(p)
	if err != nil {
		return out, err
	}
	rows, err := s.db.Query(ctx, `SELECT sort, `+accountColumns+` FROM account WHERE TRUE`+c.text.String()+order, c.args...)
	if err != nil {
		return out, fault.Wrap(err, "store.accounts", "")
	}
	found, err := collect(rows, func(r *row[Account]) []any { return append([]any{&r.at.sort}, r.x.targets()...) })
	for i := range found {
		found[i].at.id = found[i].x.ID
	}
	out.fill(found, p)
	return out, fault.Wrap(err, "store.accounts", "")
}

// NeedsFirstAdministrator tells that the installation is new: nobody could sign in and invite others.
func (s *Store) NeedsFirstAdministrator(ctx context.Context) (bool, error) {
	var n int
	err := s.db.QueryRow(ctx, `SELECT count(*) FROM account WHERE administrator`).Scan(&n)
	return n == 0, fault.Wrap(sqldb.Classify(err), "store.first", "")
}

// CreateFirstAdministrator makes the first account with the secret of a token of kind First. Where there is an
// administrator already it is refused.
func (s *Store) CreateFirstAdministrator(ctx context.Context, secret string, a Account) (Account, error) {
	a.Administrator = true
	err := s.change(ctx, installation, func(l *ledger) error {
		if _, err := s.takeToken(ctx, l.tx, First, secret); err != nil {
			return err
		}
		var n int
		if err := l.tx.QueryRow(ctx, `SELECT count(*) FROM account WHERE administrator`).Scan(&n); err != nil {
			return sqldb.Classify(err)
		}
		if n > 0 {
			return fault.New(fault.Invalid, "store.account.not-first")
		}
		return addAccount(ctx, l, Actor{Name: a.Name}, &a)
	})
	return a, fault.Wrap(err, "store.first", "")
}
