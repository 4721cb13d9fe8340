package store_test

import (
	"testing"

	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/plan"
	"entente/internal/store"
	"entente/internal/testkit"
)

// aim is an objective of the first axis of a shipped convention, which has one.
func aim(t testing.TB, sp *store.Space) string {
	t.Helper()
	h := must(sp.History(t.Context()))(t)
	return h[0].Text.Axes[0].Objectives[0].ID
}

// throughCommittees lets each committee in its turn give an outcome until nobody's turn is left; it gives what the last one settled.
func throughCommittees(t testing.TB, sp *store.Space, p governance.Proposal, o governance.Outcome, reasons string) (governance.Proposal, governance.Settlement) {
	t.Helper()
	var s governance.Settlement
	for p.State == governance.ProposalWaiting {
		outcome := o
		if c := must(sp.Courses(t.Context(), p.ID))(t)[p.ID]; o == governance.Rejected {
			if stage, ok := c.StageAt(p, p.Turn, today); ok && !stage.Settles {
				outcome = governance.Adopted
			}
		}
		p, s = decided(t, sp, p, p.Turn, outcome, reasons)
	}
	return p, s
}

// TestActionThroughTheCircuit: an idea is proposed, adopted by the committee with the power and tied to its decision; where the sitting
// is closed again with another outcome, the action follows, in the same transaction.
func TestActionThroughTheCircuit(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, st *store.Store) {
		ctx := t.Context()
		for _, convention := range []string{firstShipped, secondShipped} {
			sp := shippedSpace(t, st, convention[:5], convention)
			a := must(sp.CreateAction(ctx, me, plan.Action{Title: "Ludobus", Objective: aim(t, sp)}))(t)
			if a.Reference != "1.1.1" || a.State != plan.Idea {
				t.Fatalf("%+v", a)
			}
			proposal := governance.Proposal{Text: "Aller vers les familles.", Author: somebody(t, sp).ID}
			if _, err := sp.ProposeAction(ctx, me, a.ID, a.Version+1, proposal); !fault.Is(err, fault.Conflict) {
				t.Errorf("an old reading is put forward: %v", err)
			}
			p := must(sp.ProposeAction(ctx, me, a.ID, a.Version, proposal))(t)
			actionIs(t, sp, a.ID, plan.Proposed, 0)
			if _, err := sp.ProposeAction(ctx, me, a.ID, must(sp.Action(ctx, a.ID))(t).Version, proposal); !fault.Is(err, fault.Invalid) {
				t.Errorf("it is put forward twice: %v", err)
			}
			p, last := throughCommittees(t, sp, p, governance.Adopted, "")
			if now := actionIs(t, sp, a.ID, plan.Adopted, 1); now.Decisions[0] != last.Decision {
				t.Errorf("tied to %v, not to %s", now.Decisions, last.Decision)
			}
			last.Outcome, last.Reasons = governance.Rejected, "Trop cher"
			must(sp.SettleProposal(ctx, me, p.ID, last))(t)
			actionIs(t, sp, a.ID, plan.Idea, 0)
			last.Outcome = governance.Adopted
			must(sp.SettleProposal(ctx, me, p.ID, last))(t)
			now := actionIs(t, sp, a.ID, plan.Adopted, 1)
			must(sp.UpdateAction(ctx, me, a.ID, now.Version, func(a *plan.Action) error { return a.Pass(plan.UnderWay, today, "", "") }))(t)
			must(sp.SettleProposal(ctx, me, p.ID, last))(t)
			actionIs(t, sp, a.ID, plan.UnderWay, 1)
			whole(t, sp)
		}
	})
}

func actionIs(t testing.TB, sp *store.Space, id string, state plan.State, decisions int) plan.Action {
	t.Helper()
	a := must(sp.Action(t.Context(), id))(t)
	if a.State != state || len(a.Decisions) != decisions {
		t.Fatalf("%s with %d decisions, want %s with %d", a.State, len(a.Decisions), state, decisions)
	}
	return a
}

// TestRejectedAndWithdrawnActionsAreIdeasAgain: the proposal keeps the answer, and the action may be put forward again.
func TestRejectedAndWithdrawnActionsAreIdeasAgain(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, st *store.Store) {
		ctx, sp := t.Context(), shippedSpace(t, st, "idea", firstShipped)
		a := must(sp.CreateAction(ctx, me, plan.Action{Title: "Ludobus", Objective: aim(t, sp)}))(t)
		proposal := governance.Proposal{Text: "Aller vers les familles.", Author: somebody(t, sp).ID}
		p, _ := throughCommittees(t, sp, must(sp.ProposeAction(ctx, me, a.ID, a.Version, proposal))(t), governance.Rejected, "Trop cher")
		if p.State != governance.ProposalRejected || p.Answer != "Trop cher" {
			t.Fatalf("%+v", p)
		}
		a = actionIs(t, sp, a.ID, plan.Idea, 0)
		again := must(sp.ProposeAction(ctx, me, a.ID, a.Version, proposal))(t)
		must(sp.PassProposal(ctx, me, again.ID, again.Version, governance.Withdraw, ""))(t)
		if a = actionIs(t, sp, a.ID, plan.Idea, 0); a.Proposal != again.ID {
			t.Errorf("tied to %s", a.Proposal)
		}
	})
}

// TestAProposalMakesItsAction: what a partner has proposed and the committees have adopted has its sheet, once; without an objective
// of the text it has none.
func TestAProposalMakesItsAction(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, st *store.Store) {
		ctx, sp := t.Context(), shippedSpace(t, st, "partner", firstShipped)
		for i, objective := range []string{aim(t, sp), "", "ancien-objectif"} {
			p := must(sp.CreateProposal(ctx, me, governance.Proposal{Subject: governance.AboutAction, Title: "Ludobus", Text: "Aller vers les familles.", Objective: objective, Author: somebody(t, sp).ID}))(t)
			p = must(sp.PassProposal(ctx, me, p.ID, p.Version, governance.Submit, ""))(t)
			p, last := throughCommittees(t, sp, p, governance.Adopted, "")
			must(sp.SettleProposal(ctx, me, p.ID, last))(t)
			made := must(sp.Actions(ctx))(t)
			if len(made) != 1 {
				t.Fatalf("%d: %d actions", i, len(made))
			}
			if a := made[0]; a.State != plan.Adopted || a.Title != "Ludobus" || a.Description != "Aller vers les familles." || a.Objective != aim(t, sp) || len(a.Decisions) != 1 || a.Since != today {
				t.Errorf("%+v", a)
			}
		}
	})
}
