package store

import (
	"context"

	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/sqldb"
)

var organizations = aggregate[directory.Organization]{
	subject: "organization",
	table:   "organization",
	columns: "kind, name, short, party, siren, address, email, phone, website",
	derived: "folded, sort",
	ident:   func(o *directory.Organization) (*string, *int64) { return &o.ID, &o.Version },
	fields: func(o *directory.Organization) []any {
		return []any{&o.Kind, &o.Name, &o.Short, &o.Party, &o.SIREN, &o.Address, &o.Email, &o.Phone, &o.Website}
	},
	derive: func(o directory.Organization) []any { return []any{searchable(o.Name, o.Short), sortKey(o.Name)} },
	label:  func(_ context.Context, _ *ledger, o directory.Organization) (string, error) { return o.Name, nil },
	check:  checkOrganization,
	refers: []reference{{"person_function", "organization_id", "store.organization.has-functions"}},
}

// checkOrganization refuses a second organization for a party: the convention knows each party once.
func checkOrganization(ctx context.Context, l *ledger, o directory.Organization) error {
	if err := o.Check(); err != nil || o.Party == "" {
		return err
	}
	var n int
	err := l.tx.QueryRow(ctx, `SELECT count(*) FROM organization WHERE space_id = $1 AND party = $2 AND id <> $3`, l.space, o.Party, o.ID).Scan(&n)
	if err != nil {
		return sqldb.Classify(err)
	}
	var f fault.Fields
	if n > 0 {
		f.Add("party", "store.organization.party-taken")
	}
	return f.Err()
}

// CreateOrganization adds an organization to the directory.
func (sp *Space) CreateOrganization(ctx context.Context, by Actor, o directory.Organization) (directory.Organization, error) {
	return organizations.create(ctx, sp, by, o)
}

// Organization reads one organization.
func (sp *Space) Organization(ctx context.Context, id string) (directory.Organization, error) {
	return organizations.get(ctx, sp.q(), sp.id, id)
}

// UpdateOrganization changes an organization that was read at a version.
func (sp *Space) UpdateOrganization(ctx context.Context, by Actor, id string, version int64, fn func(*directory.Organization) error) (directory.Organization, error) {
	return organizations.update(ctx, sp, by, id, version, fn)
}

// RemoveOrganization takes an organization in which nobody holds a function out of the directory.
func (sp *Space) RemoveOrganization(ctx context.Context, by Actor, id string, version int64) error {
	return organizations.remove(ctx, sp, by, id, version)
}

// OrganizationFilter chooses organizations; empty fields choose all.
type OrganizationFilter struct {
	Kind    directory.Kind
	Party   string // the organization of one party
	Parties bool   // only organizations that are a party
	Text    string // beginnings of words of the name, without regard to accents
	Paging
}

// Organizations lists organizations by name.
func (sp *Space) Organizations(ctx context.Context, f OrganizationFilter) (Page[directory.Organization], error) {
	var c conditions
	c.addIf("kind = ?", string(f.Kind))
	c.addIf("party = ?", f.Party)
	if f.Parties {
		c.add("party <> ''")
	}
	c.addWords(f.Text)
	return organizations.page(ctx, sp, &c, f.Paging)
}

// Parties lists the organizations that are parties to the convention, by party identifier.
func (sp *Space) Parties(ctx context.Context) (map[string]directory.Organization, error) {
	list, err := organizations.find(ctx, sp, "AND party <> ''")
	out := make(map[string]directory.Organization, len(list))
	for _, o := range list {
		out[o.Party] = o
	}
	return out, err
}

// OrganizationsByID reads several organizations at once; those that do not exist are left out.
func (sp *Space) OrganizationsByID(ctx context.Context, ids ...string) (map[string]directory.Organization, error) {
	return byID(ctx, sp, &organizations, ids)
}

// byID reads several things in one query.
func byID[T any](ctx context.Context, sp *Space, a *aggregate[T], ids []string) (map[string]T, error) {
	out := make(map[string]T, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	marks, args := sqldb.In(2, ids)
	list, err := a.find(ctx, sp, "AND id IN ("+marks+")", args...)
	for i := range list {
		id, _ := a.ident(&list[i])
		out[*id] = list[i]
	}
	return out, err
}
