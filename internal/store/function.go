package store

import (
	"context"
	"errors"

	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/sqldb"
)

var functions = aggregate[directory.Function]{
	subject: "function",
	table:   "person_function",
	columns: "person_id, organization_id, title, from_day, to_day",
	ident:   func(n *directory.Function) (*string, *int64) { return &n.ID, &n.Version },
	fields: func(n *directory.Function) []any {
		return []any{&n.Person, &n.Organization, &n.Title, &n.Period.From, &n.Period.To}
	},
	label: func(ctx context.Context, l *ledger, n directory.Function) (string, error) {
		return personLabel(ctx, l, n.Title, n.Person)
	},
	check: checkFunction,
}

func checkFunction(ctx context.Context, l *ledger, n directory.Function) error {
	if err := n.Check(); err != nil {
		return err
	}
	if err := checkBearer(ctx, l, "person_function", n.ID, n.Person); err != nil {
		return err
	}
	_, err := organizations.get(ctx, l.tx, l.space, n.Organization)
	if fault.Is(err, fault.NotFound) {
		var f fault.Fields
		f.Add("organization", "store.organization.unknown")
		return f.Err()
	}
	return err
}

// CreateFunction adds a function that a person holds in an organization.
func (sp *Space) CreateFunction(ctx context.Context, by Actor, n directory.Function) (directory.Function, error) {
	return functions.create(ctx, sp, by, n)
}

// Function reads one function.
func (sp *Space) Function(ctx context.Context, id string) (directory.Function, error) {
	return functions.get(ctx, sp.q(), sp.id, id)
}

// UpdateFunction changes a function that was read at a version.
func (sp *Space) UpdateFunction(ctx context.Context, by Actor, id string, version int64, fn func(*directory.Function) error) (directory.Function, error) {
	return functions.update(ctx, sp, by, id, version, fn)
}

// RemoveFunction takes away a function that was entered by mistake; one that is over gets a last day instead.
func (sp *Space) RemoveFunction(ctx context.Context, by Actor, id string, version int64) error {
	return functions.remove(ctx, sp, by, id, version)
}

// FunctionsOf lists the functions of people, by person, oldest first.
func (sp *Space) FunctionsOf(ctx context.Context, people ...string) ([]directory.Function, error) {
	return in(ctx, sp, &functions, "person_id", people, "ORDER BY person_id, from_day, id")
}

// FunctionsIn lists the functions held in organizations, by organization, oldest first.
func (sp *Space) FunctionsIn(ctx context.Context, organizations ...string) ([]directory.Function, error) {
	return in(ctx, sp, &functions, "organization_id", organizations, "ORDER BY organization_id, from_day, id")
}

// in lists the things whose column has one of the values, in one query.
func in[T any](ctx context.Context, sp *Space, a *aggregate[T], column string, values []string, order string) ([]T, error) {
	switch {
	case len(values) == 0:
		return nil, nil
	case len(values) > MaxPageSize:
		return nil, errors.New("store: more values than a page holds")
	}
	marks, args := sqldb.In(2, values)
	return a.find(ctx, sp, "AND "+column+" IN ("+marks+") "+order, args...)
}
