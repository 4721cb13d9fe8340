package store

import (
	"context"

	"entente/internal/authority"
	"entente/internal/calendar"
	"entente/internal/fault"
	"entente/internal/governance"
)

// Standing is what an account is in a space on a day, with the mandates of its person that are in force.
type Standing struct {
	authority.Standing
	Mandates []governance.Mandate
}

// Standing reads what an account is in a space on a day, in at most two queries. An account that is disabled or has no
// role is a stranger; so is everybody in a space that does not exist.
func (s *Store) Standing(ctx context.Context, account, space string, day calendar.Date) (Standing, error) {
	st, leads, err := s.roles(ctx, account, space, day)
	if err != nil || st.Person == "" {
		return st, fault.Wrap(err, "store.standing", account)
	}
	list, err := mandates.find(ctx, s.In(space), `AND person_id = $2 AND from_day <= $3 AND (to_day = '' OR to_day >= $3 OR carried_over >= $3)
		ORDER BY from_day, id`, st.Person, day)
	for _, m := range list {
		if m.InForce(day) {
			st.Mandates = append(st.Mandates, m)
		}
	}
	st.Member = len(st.Mandates) > 0 || leads
	return st, fault.Wrap(err, "store.standing", account)
}

// role is a row of what Standing reads: the account, with its person and one of its grants where there are any.
type role struct {
	administrator       bool
	person, role, party string
	leads               bool // the person leads an action
}

func (s *Store) roles(ctx context.Context, account, space string, day calendar.Date) (st Standing, leads bool, err error) {
	rows, err := s.db.Query(ctx, `SELECT a.administrator, coalesce(p.id, ''), coalesce(g.role, ''), coalesce(g.party, ''),
		EXISTS (SELECT 1 FROM lead l WHERE l.space_id = p.space_id AND l.person_id = p.id AND l.from_day <= $3 AND (l.to_day = '' OR l.to_day >= $3))
		FROM account a JOIN space s ON s.id = $2
		LEFT JOIN person p ON p.space_id = s.id AND p.account_id = a.id
		LEFT JOIN space_grant g ON g.space_id = s.id AND g.account_id = a.id
		WHERE a.id = $1 AND a.disabled_at IS NULL ORDER BY g.party`, account, space, day)
	if err != nil {
		return st, false, err
	}
	list, err := collect(rows, func(r *role) []any { return []any{&r.administrator, &r.person, &r.role, &r.party, &r.leads} })
	for _, r := range list {
		st.Administrator, st.Person, leads = r.administrator, r.person, r.leads
		switch Role(r.role) {
		case Reader:
			st.Reader = true
		case Coordinator:
			st.Coordinates = append(st.Coordinates, r.party)
		}
	}
	return st, leads, err
}

// SpaceRoles is a space with what an account was given in it.
type SpaceRoles struct {
	SpaceInfo
	Coordinates []string // parties
	Reader      bool
	Person      string // identifier in that space; empty where the account has no person there
}

// SpacesOf lists the spaces that an account may enter, by name, in one query: all of them for an administrator. Total is
// not counted.
func (s *Store) SpacesOf(ctx context.Context, a Account, p Paging) (Page[SpaceRoles], error) {
	c := conditions{noSpace: true, args: []any{a.ID}}
	if !a.Administrator {
		c.add(`id IN (SELECT space_id FROM space_grant WHERE account_id = $1 UNION SELECT space_id FROM person WHERE account_id = $1)`)
	}
	order, err := c.seek(p)
	if err != nil {
		return Page[SpaceRoles]{}, err
	}
	direction := "ASC"
	if p.Before != "" {
		direction = "DESC"
	}
	rows, err := s.db.Query(ctx, `SELECT s.sort, s.id, s.version, s.slug, s.name, s.created_at, coalesce(p.id, ''), coalesce(g.role, ''), coalesce(g.party, '')
		FROM (SELECT sort, id, version, slug, name, created_at FROM space WHERE TRUE`+c.text.String()+order+`) s
		LEFT JOIN person p ON p.space_id = s.id AND p.account_id = $1
		LEFT JOIN space_grant g ON g.space_id = s.id AND g.account_id = $1 ORDER BY s.sort `+direction+`, s.id `+direction+`, g.party`, c.args...)
	if err != nil {
		return Page[SpaceRoles]{}, fault.Wrap(err, "store.spaces", a.ID)
	}
	var out Page[SpaceRoles]
	list, err := collect(rows, func(r *spaceRow) []any {
		return append(append([]any{&r.at.sort}, r.x.targets()...), &r.x.Person, &r.role, &r.party)
	})
	out.fill(merge(list), p)
	return out, fault.Wrap(err, "store.spaces", a.ID)
}

// spaceRow is a space with one of the roles in it.
type spaceRow struct {
	row[SpaceRoles]
	role, party string
}

// merge makes one row a space of the rows that follow each other.
func merge(list []spaceRow) []row[SpaceRoles] {
	var out []row[SpaceRoles]
	for _, r := range list {
		if n := len(out); n == 0 || out[n-1].x.ID != r.x.ID {
			r.at.id = r.x.ID
			out = append(out, r.row)
		}
		x := &out[len(out)-1].x
		switch Role(r.role) {
		case Reader:
			x.Reader = true
		case Coordinator:
			x.Coordinates = append(x.Coordinates, r.party)
		}
	}
	return out
}
