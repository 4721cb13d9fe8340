package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/plan"
)

var actions = aggregate[plan.Action]{
	subject: "action",
	table:   "action",
	columns: "reference, number, objective, title, finding, description, aims, audience, communes, partners, participation, involvement, " +
		"from_day, to_day, rhythm, weight, communication, risks, stakes, orientations, decisions, ties, origins, state, since, reason, resume, proposal, author",
	derived: "folded, sort",
	ident:   func(a *plan.Action) (*string, *int64) { return &a.ID, &a.Version },
	fields: func(a *plan.Action) []any {
		return []any{&a.Reference, &a.Number, &a.Objective, &a.Title, &a.Finding, &a.Description, &a.Aims, &a.Audience, asJSON{&a.Communes},
			asJSON{&a.Partners}, &a.Participation, &a.Involvement, &a.Period.From, &a.Period.To, &a.Rhythm, &a.Weight, &a.Communication, &a.Risks,
			asJSON{&a.Stakes}, asJSON{&a.Orientations}, asJSON{&a.Decisions}, asJSON{&a.Ties}, asJSON{&a.Origins}, &a.State, &a.Since, &a.Reason,
			&a.Resume, &a.Proposal, &a.Author}
	},
	derive: func(a plan.Action) []any {
		return []any{searchable(a.Reference, a.Title, a.Description, a.Audience), referenceKey(a.Reference)}
	},
	label: func(_ context.Context, _ *ledger, a plan.Action) (string, error) { return a.Label(), nil },
	check: func(_ context.Context, _ *ledger, a plan.Action) error { return a.Check() },
	refers: []reference{{"milestone", "action_id", "store.action.has-more"}, {"action_note", "action_id", "store.action.has-more"},
		{"indicator", "action_id", "store.action.has-more"}, {"means", "action_id", "store.action.has-more"}, {"lead", "action_id", "store.action.has-more"}},
}

// referenceKey orders references by their numbers: 1.2.10 stands after 1.2.9.
func referenceKey(reference string) []byte {
	var b strings.Builder
	for part := range strings.SplitSeq(reference, ".") {
		n, _ := strconv.Atoi(part)
		fmt.Fprintf(&b, "%06d.", n)
	}
	return []byte(b.String())
}

// CreateAction keeps a new action under the next number of its objective, which the text whose rules apply today must have. Numbers
// follow each other and never return: an action is given up, never removed.
func (sp *Space) CreateAction(ctx context.Context, by Actor, a plan.Action) (plan.Action, error) {
	err := sp.Together(ctx, func(sp *Space) error {
		axis, objective, err := sp.placeOf(ctx, a.Objective)
		if err != nil {
			return err
		}
		return sp.change(ctx, func(l *ledger) error {
			prefix := strings.TrimSuffix(plan.ReferenceOf(axis, objective, 0), "0")
			err := l.tx.QueryRow(ctx, `SELECT COALESCE(MAX(number), 0) + 1 FROM action WHERE space_id = $1 AND reference LIKE $2 AND reference NOT LIKE $3`,
				l.space, prefix+"%", prefix+"%.%").Scan(&a.Number)
			if err != nil {
				return err
			}
			a.Reference = plan.ReferenceOf(axis, objective, a.Number)
			if a.State == "" {
				a.State = plan.Idea
			}
			if a.Since.IsZero() {
				a.Since = l.today
			}
			return actions.add(ctx, l, by, &a)
		})
	})
	return a, fault.Wrap(err, "store.action.create", "")
}

// placeOf finds an aim in the text whose rules apply today, the first text where none does yet; what it has not is a fault of the
// field "objective".
func (sp *Space) placeOf(ctx context.Context, aim string) (axis, objective int, err error) {
	h, err := sp.History(ctx)
	if err != nil || len(h) == 0 {
		return 0, 0, err
	}
	text := h.On(sp.store.Today())
	if text == nil {
		text = h[0]
	}
	axis, objective, ok := plan.PlaceOf(text.Text, aim)
	if !ok {
		var f fault.Fields
		f.Add("objective", "fault.field.choice")
		return 0, 0, f.Err()
	}
	return axis, objective, nil
}

// Action reads one action.
func (sp *Space) Action(ctx context.Context, id string) (plan.Action, error) {
	return actions.get(ctx, sp.q(), sp.id, id)
}

// ActionCalled reads the action of a title under an objective; the first where several have the same.
func (sp *Space) ActionCalled(ctx context.Context, objective, title string) (plan.Action, error) {
	return one(ctx, sp, &actions, "AND objective = $2 AND title = $3 ORDER BY number LIMIT 1", objective, title)
}

// ActionOfProposal reads the action that a proposal carries to its adoption.
func (sp *Space) ActionOfProposal(ctx context.Context, proposal string) (plan.Action, error) {
	return one(ctx, sp, &actions, "AND proposal = $2", proposal)
}

// UpdateAction changes an action that was read at a version. Its reference and number stay; the names and the objective of its
// leads follow.
func (sp *Space) UpdateAction(ctx context.Context, by Actor, id string, version int64, fn func(*plan.Action) error) (plan.Action, error) {
	var a plan.Action
	err := sp.change(ctx, func(l *ledger) (err error) {
		a, err = actions.modify(ctx, l, by, id, version, func(a *plan.Action) error {
			reference, number := a.Reference, a.Number
			if err := fn(a); err != nil {
				return err
			}
			a.Reference, a.Number = reference, number
			return nil
		})
		if err != nil {
			return err
		}
		_, err = l.tx.Exec(ctx, `UPDATE lead SET action = $3, objective = $4 WHERE space_id = $1 AND action_id = $2 AND (action <> $3 OR objective <> $4)`,
			l.space, a.ID, a.Title, a.Objective)
		return err
	})
	return a, fault.Wrap(err, "store.action.update", id)
}

// RemoveAction takes away an idea that was entered by mistake and to which nothing belongs yet; any other action is given up instead.
func (sp *Space) RemoveAction(ctx context.Context, by Actor, id string, version int64) error {
	a, err := sp.Action(ctx, id)
	if err == nil && a.State != plan.Idea {
		err = fault.New(fault.Invalid, "store.action.not-idea")
	}
	if err != nil {
		return err
	}
	return actions.remove(ctx, sp, by, id, version)
}

// Actions lists every action of the space by reference.
func (sp *Space) Actions(ctx context.Context) ([]plan.Action, error) {
	return actions.find(ctx, sp, "ORDER BY sort, id")
}

// LeadsOf lists the leads and co-leads of an action, leads first, oldest first.
func (sp *Space) LeadsOf(ctx context.Context, action string) ([]governance.Lead, error) {
	return leads.find(ctx, sp, "AND action_id = $2 ORDER BY co_lead, from_day, id", action)
}
