package store

import (
	"context"
	"time"

	"entente/internal/fault"
	"entente/internal/sqldb"
)

// Role is what an account was given in a space. Everything else that somebody may do comes from mandates.
type Role string

// The roles that are given.
const (
	Reader      Role = "reader"      // reads the space
	Coordinator Role = "coordinator" // keeps the space for one party
)

// Grant is a role of an account in a space.
type Grant struct {
	Account string
	Role    Role
	Party   string // of a coordinator; empty for a reader
}

// Check tells what is wrong with the grant, field by field.
func (g Grant) Check() error {
	var f fault.Fields
	if g.Role != Reader && g.Role != Coordinator {
		f.Add("role", "fault.field.choice")
	}
	if (g.Role == Coordinator) != (g.Party != "") {
		f.Add("party", "fault.field.required")
	}
	return f.Err()
}

// SetGrant gives a role. Where the account has it already, nothing changes.
func (sp *Space) SetGrant(ctx context.Context, by Actor, g Grant) error {
	err := sp.change(ctx, func(l *ledger) error { return setGrant(ctx, l, by, g) })
	return fault.Wrap(err, "store.grant.set", g.Account)
}

func setGrant(ctx context.Context, l *ledger, by Actor, g Grant) error {
	if err := g.Check(); err != nil {
		return err
	}
	a, err := readAccount(ctx, l.tx, "id", g.Account)
	if err != nil {
		return err
	}
	n, err := l.tx.Exec(ctx, `INSERT INTO space_grant (space_id, account_id, role, party, created_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT DO NOTHING`, l.space, g.Account, string(g.Role), g.Party, l.at)
	if err != nil || n == 0 {
		return err
	}
	return l.record(ctx, by, event{subject: "grant", verb: "create", key: g.Account, label: a.Name, after: g.content()})
}

func (g Grant) content() map[string]string {
	return map[string]string{"role": string(g.Role), "party": g.Party}
}

// RemoveGrant takes a role back; one that was not given is NotFound.
func (sp *Space) RemoveGrant(ctx context.Context, by Actor, g Grant) error {
	err := sp.change(ctx, func(l *ledger) error {
		a, err := readAccount(ctx, l.tx, "id", g.Account)
		if err != nil {
			return err
		}
		n, err := l.tx.Exec(ctx, `DELETE FROM space_grant WHERE space_id = $1 AND account_id = $2 AND role = $3 AND party = $4`,
			l.space, g.Account, string(g.Role), g.Party)
		if err != nil {
			return err
		}
		if n == 0 {
			return notFound("store.grant", g.Account)
		}
		return l.record(ctx, by, event{subject: "grant", verb: "remove", key: g.Account, label: a.Name, before: g.content()})
	})
	return fault.Wrap(err, "store.grant.remove", g.Account)
}

// Holder is a grant with the account that holds it.
type Holder struct {
	Grant
	Name, Email string
	Disabled    bool
	Since       time.Time
}

// GrantsIn lists who was given a role in the space, by role, party and name.
func (sp *Space) GrantsIn(ctx context.Context) ([]Holder, error) {
	rows, err := sp.q().Query(ctx, `SELECT g.account_id, g.role, g.party, a.name, a.email, a.disabled_at IS NOT NULL, g.created_at
		FROM space_grant g JOIN account a ON a.id = g.account_id WHERE g.space_id = $1 ORDER BY g.role, g.party, a.sort, a.id`, sp.id)
	if err != nil {
		return nil, fault.Wrap(err, "store.grants", sp.id)
	}
	list, err := collect(rows, func(h *Holder) []any {
		return []any{&h.Account, &h.Role, &h.Party, &h.Name, &h.Email, &h.Disabled, &h.Since}
	})
	return list, fault.Wrap(err, "store.grants", sp.id)
}

// SpaceGrant is a grant with the space in which it was given.
type SpaceGrant struct {
	Grant
	Space string
	Slug  string
	Name  string
}

// GrantsOf lists what an account was given, by space.
func (s *Store) GrantsOf(ctx context.Context, account string) ([]SpaceGrant, error) {
	rows, err := s.db.Query(ctx, `SELECT g.account_id, g.role, g.party, s.id, s.slug, s.name
		FROM space_grant g JOIN space s ON s.id = g.space_id WHERE g.account_id = $1 ORDER BY s.sort, s.id, g.role, g.party`, account)
	if err != nil {
		return nil, fault.Wrap(err, "store.grants", account)
	}
	list, err := collect(rows, func(g *SpaceGrant) []any {
		return []any{&g.Account, &g.Role, &g.Party, &g.Space, &g.Slug, &g.Name}
	})
	return list, fault.Wrap(sqldb.Classify(err), "store.grants", account)
}
