package store

import (
	"context"

	"entente/internal/governance"
)

var delegations = aggregate[governance.Delegation]{
	subject: "delegation",
	table:   "delegation",
	columns: "party, person_id, function, act_date, document, from_day, to_day",
	ident:   func(d *governance.Delegation) (*string, *int64) { return &d.ID, &d.Version },
	fields: func(d *governance.Delegation) []any {
		return []any{&d.Party, &d.Person, &d.Function, &d.Date, &d.Document, &d.Period.From, &d.Period.To}
	},
	label: func(ctx context.Context, l *ledger, d governance.Delegation) (string, error) {
		return personLabel(ctx, l, d.Document, d.Person)
	},
	check: func(ctx context.Context, l *ledger, d governance.Delegation) error {
		if err := d.Check(); err != nil {
			return err
		}
		return checkBearer(ctx, l, "delegation", d.ID, d.Person)
	},
}

// CreateDelegation puts an act of delegation on file.
func (sp *Space) CreateDelegation(ctx context.Context, by Actor, d governance.Delegation) (governance.Delegation, error) {
	return delegations.create(ctx, sp, by, d)
}

// Delegation reads one delegation.
func (sp *Space) Delegation(ctx context.Context, id string) (governance.Delegation, error) {
	return delegations.get(ctx, sp.q(), sp.id, id)
}

// UpdateDelegation changes a delegation that was read at a version.
func (sp *Space) UpdateDelegation(ctx context.Context, by Actor, id string, version int64, fn func(*governance.Delegation) error) (governance.Delegation, error) {
	return delegations.update(ctx, sp, by, id, version, fn)
}

// RemoveDelegation takes away a delegation that was entered by mistake; one that is over gets a last day instead.
func (sp *Space) RemoveDelegation(ctx context.Context, by Actor, id string, version int64) error {
	return delegations.remove(ctx, sp, by, id, version)
}

// Delegations lists the delegations of the space, by party, oldest first.
func (sp *Space) Delegations(ctx context.Context) ([]governance.Delegation, error) {
	return delegations.find(ctx, sp, "ORDER BY party, from_day, id")
}
