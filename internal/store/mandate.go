package store

import (
	"context"

	"entente/internal/governance"
)

var mandates = aggregate[governance.Mandate]{
	subject: "mandate",
	table:   "mandate",
	columns: "seat, person_id, role, from_day, to_day, carried_over, act_date, act_document",
	ident:   func(m *governance.Mandate) (*string, *int64) { return &m.ID, &m.Version },
	fields: func(m *governance.Mandate) []any {
		return []any{&m.Seat, &m.Person, &m.Role, &m.Period.From, &m.Period.To, &m.CarriedOver, &m.ActDate, &m.ActDocument}
	},
	label: func(ctx context.Context, l *ledger, m governance.Mandate) (string, error) {
		return personLabel(ctx, l, m.Seat, m.Person)
	},
	check: checkMandate,
}

// checkMandate compares the mandate with the others of its seat. The journal's head is locked, so no other mandate can
// appear between the look and the writing.
func checkMandate(ctx context.Context, l *ledger, m governance.Mandate) error {
	rows, err := l.tx.Query(ctx, `SELECT id, seat, role, from_day, to_day, carried_over FROM mandate
		WHERE space_id = $1 AND seat = $2`, l.space, m.Seat)
	if err != nil {
		return err
	}
	others, err := collect(rows, func(o *governance.Mandate) []any {
		return []any{&o.ID, &o.Seat, &o.Role, &o.Period.From, &o.Period.To, &o.CarriedOver}
	})
	if err != nil {
		return err
	}
	if err := m.Check(others); err != nil {
		return err
	}
	return checkBearer(ctx, l, "mandate", m.ID, m.Person)
}

// CreateMandate gives a seat to a person. A holder whose days another holder of the seat shares is refused.
func (sp *Space) CreateMandate(ctx context.Context, by Actor, m governance.Mandate) (governance.Mandate, error) {
	return mandates.create(ctx, sp, by, m)
}

// Mandate reads one mandate.
func (sp *Space) Mandate(ctx context.Context, id string) (governance.Mandate, error) {
	return mandates.get(ctx, sp.q(), sp.id, id)
}

// UpdateMandate changes a mandate that was read at a version.
func (sp *Space) UpdateMandate(ctx context.Context, by Actor, id string, version int64, fn func(*governance.Mandate) error) (governance.Mandate, error) {
	return mandates.update(ctx, sp, by, id, version, fn)
}

// RemoveMandate takes away a mandate that was entered by mistake; one that is over gets a last day instead.
func (sp *Space) RemoveMandate(ctx context.Context, by Actor, id string, version int64) error {
	return mandates.remove(ctx, sp, by, id, version)
}

// MandateFilter chooses mandates; empty fields choose all.
type MandateFilter struct {
	Committee string
	Seat      string
	Person    string
}

// Mandates lists mandates by seat, oldest first.
func (sp *Space) Mandates(ctx context.Context, f MandateFilter) ([]governance.Mandate, error) {
	var c conditions
	c.addIf("seat = ?", f.Seat)
	c.addIf("person_id = ?", f.Person)
	if f.Committee != "" {
		c.add("substr(seat, 1, ?) = ?", len([]rune(f.Committee))+1, f.Committee+"/")
	}
	return mandates.find(ctx, sp, c.text.String()+" ORDER BY seat, from_day, id", c.args...)
}
