package store

import (
	"context"

	"entente/internal/fault"
	"entente/internal/governance"
)

var leads = aggregate[governance.Lead]{
	subject: "lead",
	table:   "lead",
	columns: "person_id, action, objective, co_lead, from_day, to_day, action_id",
	ident:   func(x *governance.Lead) (*string, *int64) { return &x.ID, &x.Version },
	fields: func(x *governance.Lead) []any {
		return []any{&x.Person, &x.Action, &x.Objective, &x.CoLead, &x.Period.From, &x.Period.To, &x.ActionID}
	},
	label: func(ctx context.Context, l *ledger, x governance.Lead) (string, error) {
		return personLabel(ctx, l, x.Action, x.Person)
	},
	check: func(ctx context.Context, l *ledger, x governance.Lead) error {
		if err := x.Check(); err != nil {
			return err
		}
		return checkBearer(ctx, l, "lead", x.ID, x.Person)
	},
}

// CreateLead gives the carrying of an action to a person.
func (sp *Space) CreateLead(ctx context.Context, by Actor, x governance.Lead) (governance.Lead, error) {
	return leads.create(ctx, sp, by, x)
}

// Lead reads one lead.
func (sp *Space) Lead(ctx context.Context, id string) (governance.Lead, error) {
	return leads.get(ctx, sp.q(), sp.id, id)
}

// UpdateLead changes a lead that was read at a version.
func (sp *Space) UpdateLead(ctx context.Context, by Actor, id string, version int64, fn func(*governance.Lead) error) (governance.Lead, error) {
	return leads.update(ctx, sp, by, id, version, fn)
}

// RemoveLead takes away a lead that was entered by mistake; one that is over gets a last day instead.
func (sp *Space) RemoveLead(ctx context.Context, by Actor, id string, version int64) error {
	return leads.remove(ctx, sp, by, id, version)
}

// Leads lists every lead and co-lead of the space by action, oldest first.
func (sp *Space) Leads(ctx context.Context) ([]governance.Lead, error) {
	return leads.find(ctx, sp, "ORDER BY action, from_day, id")
}

var panels = aggregate[governance.Panel]{
	subject: "panel",
	table:   "panel",
	columns: "committee, name, scope, actions, from_day, to_day, set_up_by, meeting_id",
	ident:   func(p *governance.Panel) (*string, *int64) { return &p.ID, &p.Version },
	fields: func(p *governance.Panel) []any {
		return []any{&p.Committee, &p.Name, asJSON{&p.Scope}, asJSON{&p.Actions}, &p.Period.From, &p.Period.To, &p.By, &p.Meeting}
	},
	label:  func(_ context.Context, _ *ledger, p governance.Panel) (string, error) { return p.Name, nil },
	check:  checkPanel,
	refers: []reference{{"meeting", "panel", "store.panel.has-meetings"}},
}

// checkPanel asks that the meeting at which it was set up is one of the committee that set it up.
func checkPanel(ctx context.Context, l *ledger, p governance.Panel) error {
	if err := p.Check(); err != nil || p.Meeting == "" {
		return err
	}
	m, err := meetings.get(ctx, l.tx, l.space, p.Meeting)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	var f fault.Fields
	if m.Committee != p.By || err != nil {
		f.Add("meeting", "fault.field.choice")
	}
	return f.Err()
}

// CreatePanel sets up a technical committee.
func (sp *Space) CreatePanel(ctx context.Context, by Actor, p governance.Panel) (governance.Panel, error) {
	return panels.create(ctx, sp, by, p)
}

// Panel reads one technical committee.
func (sp *Space) Panel(ctx context.Context, id string) (governance.Panel, error) {
	return panels.get(ctx, sp.q(), sp.id, id)
}

// UpdatePanel changes a technical committee that was read at a version.
func (sp *Space) UpdatePanel(ctx context.Context, by Actor, id string, version int64, fn func(*governance.Panel) error) (governance.Panel, error) {
	return panels.update(ctx, sp, by, id, version, fn)
}

// RemovePanel takes away a technical committee that was set up by mistake; one that is over gets a last day instead.
func (sp *Space) RemovePanel(ctx context.Context, by Actor, id string, version int64) error {
	return panels.remove(ctx, sp, by, id, version)
}

// Panels lists the technical committees of the space, oldest first.
func (sp *Space) Panels(ctx context.Context) ([]governance.Panel, error) {
	return panels.find(ctx, sp, "ORDER BY from_day, id")
}
