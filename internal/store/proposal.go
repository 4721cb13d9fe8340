package store

import (
	"context"

	"entente/internal/governance"
)

var proposals = aggregate[governance.Proposal]{
	subject: "proposal",
	table:   "proposal",
	columns: "year, number, subject, title, body, objective, author, committee, partner, state, turn, since, stage, postponed, answer, settled_on",
	derived: "folded",
	ident:   func(p *governance.Proposal) (*string, *int64) { return &p.ID, &p.Version },
	fields: func(p *governance.Proposal) []any {
		return []any{&p.Year, &p.Number, &p.Subject, &p.Title, &p.Text, &p.Objective, &p.Author, &p.Committee, &p.Partner, &p.State, &p.Turn,
			&p.Since, &p.Stage, &p.Postponed, &p.Answer, &p.Settled}
	},
	derive: func(p governance.Proposal) []any { return []any{searchable(p.Title, p.Text)} },
	label:  func(_ context.Context, _ *ledger, p governance.Proposal) (string, error) { return p.Title, nil },
	check:  func(context.Context, *ledger, governance.Proposal) error { return nil },
}

// Proposal reads one proposal.
func (sp *Space) Proposal(ctx context.Context, id string) (governance.Proposal, error) {
	return proposals.get(ctx, sp.q(), sp.id, id)
}

// ProposalsByID reads several proposals at once; those that do not exist are left out.
func (sp *Space) ProposalsByID(ctx context.Context, ids ...string) (map[string]governance.Proposal, error) {
	return byID(ctx, sp, &proposals, ids)
}
