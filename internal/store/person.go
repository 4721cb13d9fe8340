package store

import (
	"context"

	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/sqldb"
)

var people = aggregate[directory.Person]{
	subject: "person",
	table:   "person",
	columns: "given, family, email, phone, account_id",
	derived: "folded, sort",
	ident:   func(p *directory.Person) (*string, *int64) { return &p.ID, &p.Version },
	fields: func(p *directory.Person) []any {
		return []any{&p.Given, &p.Family, &p.Email, &p.Phone, optional{&p.Account}}
	},
	derive: func(p directory.Person) []any {
		return []any{searchable(p.Given, p.Family), sortKey(p.Family, p.Given)}
	},
	label: func(_ context.Context, _ *ledger, p directory.Person) (string, error) { return p.Name(), nil },
	check: checkPerson,
	refers: []reference{
		{"mandate", "person_id", "store.person.has-mandates"},
		{"delegation", "person_id", "store.person.has-delegations"},
		{"person_function", "person_id", "store.person.has-functions"},
		{"personal_link", "person_id", "store.person.has-links"},
	},
}

// checkPerson refuses a person whose data were erased, and an account that belongs to somebody else of the space.
func checkPerson(ctx context.Context, l *ledger, p directory.Person) error {
	if err := p.Check(); err != nil {
		return err
	}
	erased, err := isErased(ctx, l, p.ID)
	switch {
	case err != nil && !fault.Is(err, fault.NotFound):
		return err
	case erased:
		return fault.New(fault.Invalid, "store.person.erased")
	case p.Account == "":
		return nil
	}
	var n int
	err = l.tx.QueryRow(ctx, `SELECT count(*) FROM person WHERE space_id = $1 AND account_id = $2 AND id <> $3`, l.space, p.Account, p.ID).Scan(&n)
	if err != nil {
		return sqldb.Classify(err)
	}
	var f fault.Fields
	if n > 0 {
		f.Add("account", "store.person.account-taken")
	}
	return f.Err()
}

// CreatePerson adds a person to the directory.
func (sp *Space) CreatePerson(ctx context.Context, by Actor, p directory.Person) (directory.Person, error) {
	return people.create(ctx, sp, by, p)
}

// Person reads one person.
func (sp *Space) Person(ctx context.Context, id string) (directory.Person, error) {
	return people.get(ctx, sp.q(), sp.id, id)
}

// UpdatePerson changes a person who was read at a version.
func (sp *Space) UpdatePerson(ctx context.Context, by Actor, id string, version int64, fn func(*directory.Person) error) (directory.Person, error) {
	return people.update(ctx, sp, by, id, version, fn)
}

// RemovePerson takes a person who never held a mandate, a delegation or a function out of the directory. Whoever did
// stays; ErasePerson takes away what is known of them.
func (sp *Space) RemovePerson(ctx context.Context, by Actor, id string, version int64) error {
	return people.remove(ctx, sp, by, id, version)
}

// PersonFilter chooses people; empty fields choose all.
type PersonFilter struct {
	Organization string // holds, held or will hold a function in it
	Text         string // beginnings of words of the name, without regard to accents
	Paging
}

// People lists people by family name. Those whose data were erased are in no list.
func (sp *Space) People(ctx context.Context, f PersonFilter) (Page[directory.Person], error) {
	var c conditions
	c.add("erased_by = 0")
	if f.Organization != "" {
		c.add("id IN (SELECT person_id FROM person_function WHERE space_id = $1 AND organization_id = ?)", f.Organization)
	}
	c.addWords(f.Text)
	return people.page(ctx, sp, &c, f.Paging)
}

// PeopleByID reads several people at once; those who do not exist are left out.
func (sp *Space) PeopleByID(ctx context.Context, ids ...string) (map[string]directory.Person, error) {
	return byID(ctx, sp, &people, ids)
}

// PersonOf reads the person to whom an account belongs in the space.
func (sp *Space) PersonOf(ctx context.Context, account string) (directory.Person, error) {
	return one(ctx, sp, &people, "AND account_id = $2", account)
}

// one reads the only thing that the rest of the statement asks for.
func one[T any](ctx context.Context, sp *Space, a *aggregate[T], rest string, args ...any) (T, error) {
	list, err := a.find(ctx, sp, rest, args...)
	if err != nil || len(list) == 0 {
		var none T
		if err == nil {
			err = notFound("store."+a.subject, "")
		}
		return none, err
	}
	return list[0], nil
}

// personLabel puts the name of a person after what the thing is called by itself.
func personLabel(ctx context.Context, l *ledger, what, person string) (string, error) {
	p, err := people.get(ctx, l.tx, l.space, person)
	return what + " · " + p.Name(), err
}

// checkPersonExists gives the fault to the field of a form where a reference to a person leads nowhere, or to somebody
// whose data were erased.
func checkPersonExists(ctx context.Context, l *ledger, person string) error {
	erased, err := isErased(ctx, l, person)
	var f fault.Fields
	switch {
	case fault.Is(err, fault.NotFound):
		f.Add("person", "store.person.unknown")
	case err != nil:
		return err
	case erased:
		f.Add("person", "store.person.erased")
	}
	return f.Err()
}

// checkBearer is checkPersonExists for what a person bears, a row of the table: where it is theirs already, their erasure
// does not keep its dates from being corrected.
func checkBearer(ctx context.Context, l *ledger, table, id, person string) error {
	var n int
	err := l.tx.QueryRow(ctx, "SELECT count(*) FROM "+table+" WHERE space_id = $1 AND id = $2 AND person_id = $3", l.space, id, person).Scan(&n)
	if err != nil || n > 0 {
		return sqldb.Classify(err)
	}
	return checkPersonExists(ctx, l, person)
}
