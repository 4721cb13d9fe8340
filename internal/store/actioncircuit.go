package store

import (
	"cmp"
	"context"
	"slices"

	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/plan"
)

// proposalStates gives where an action stands while its proposal stands so. A draft moves nothing.
var proposalStates = map[governance.ProposalState]plan.State{
	governance.ProposalWaiting: plan.Proposed, governance.ProposalReturned: plan.Proposed, governance.ProposalAdopted: plan.Adopted,
	governance.ProposalRejected: plan.Idea, governance.ProposalWithdrawn: plan.Idea,
}

// carry takes the action of a proposal to where its circuit has come, in the transaction of the passage: what is adopted is tied to
// its decision, and a sitting that closes again with another outcome undoes what it had done. A proposal about an action that nobody
// had written a sheet for makes one once it is adopted, where it says which objective it serves.
func (sp *Space) carry(ctx context.Context, l *ledger, by Actor, p governance.Proposal, c governance.Course) error {
	to, moves := proposalStates[p.State]
	if p.Subject != governance.AboutAction || !moves {
		return nil
	}
	inside := &Space{store: sp.store, id: sp.id, open: l}
	last := c.Last()
	a, err := inside.ActionOfProposal(ctx, p.ID)
	if fault.Is(err, fault.NotFound) {
		if to != plan.Adopted || p.Objective == "" {
			return nil
		}
		return inside.makeAction(ctx, by, p, last)
	}
	if err != nil {
		return err
	}
	_, err = inside.UpdateAction(ctx, by, a.ID, a.Version, func(a *plan.Action) error {
		a.Settle(to, cmp.Or(p.Settled, p.Since))
		a.Decisions = slices.DeleteFunc(slices.Clone(a.Decisions), func(id string) bool {
			return slices.ContainsFunc(c.Steps, func(s governance.Step) bool { return s.Decision == id })
		})
		if to == plan.Adopted && last != nil && last.Decision != "" {
			a.Decisions = append(a.Decisions, last.Decision)
		}
		return nil
	})
	return err
}

// makeAction writes the sheet of a proposal that was adopted. Where the present text has no such objective any more nothing is made: the
// page of the proposal says so.
func (sp *Space) makeAction(ctx context.Context, by Actor, p governance.Proposal, last *governance.Step) error {
	a := plan.Action{Title: p.Title, Description: cmp.Or(p.Decided, p.Text), Objective: p.Objective, State: plan.Adopted, Since: p.Settled, Proposal: p.ID, Author: p.Author}
	if last != nil && last.Decision != "" {
		a.Decisions = []string{last.Decision}
	}
	_, err := sp.CreateAction(ctx, by, a)
	if fault.Is(err, fault.Invalid) {
		return nil
	}
	return err
}

// ProposeAction puts an action that was read at a version to the committees: a proposal about it, tied to it and submitted, all in one
// transaction.
func (sp *Space) ProposeAction(ctx context.Context, by Actor, id string, version int64, p governance.Proposal) (governance.Proposal, error) {
	err := sp.Together(ctx, func(sp *Space) error {
		a, err := sp.Action(ctx, id)
		if err != nil {
			return err
		}
		if a.Version != version {
			return conflict(a)
		}
		if a.State != plan.Idea && (a.State != plan.Proposed || a.Proposal != "") {
			return fault.New(fault.Invalid, "fault.action.transition")
		}
		p.Subject, p.Objective = governance.AboutAction, a.Objective
		p.Title = cmp.Or(p.Title, a.Title)
		if p, err = sp.CreateProposal(ctx, by, p); err != nil {
			return err
		}
		if _, err := sp.UpdateAction(ctx, by, id, version, func(a *plan.Action) error { a.Proposal = p.ID; return nil }); err != nil {
			return err
		}
		p, err = sp.PassProposal(ctx, by, p.ID, p.Version, governance.Submit, "")
		return err
	})
	return p, fault.Wrap(err, "store.action.propose", id)
}
