package plan

import (
	"slices"

	"entente/internal/calendar"
	"entente/internal/convention"
)

// PlaceOf finds an aim in a text: the number of its axis and the rank of the objective in it, 0 for the axis as a whole.
func PlaceOf(c *convention.Convention, aim string) (axis, objective int, ok bool) {
	for _, x := range c.Axes {
		if x.ID == aim {
			return x.Number, 0, true
		}
		if i := slices.IndexFunc(x.Objectives, func(o convention.Objective) bool { return o.ID == aim }); i >= 0 {
			return x.Number, i + 1, true
		}
	}
	return 0, 0, false
}

// ByHand lists the states to which a keeper may take the action. A convention with a circuit for actions leaves adoption to it; while
// a proposal carries the action, the circuit alone moves it.
func (a Action) ByHand(circuit bool) []State {
	if circuit && a.State == Proposed && a.Proposal != "" {
		return nil
	}
	return slices.DeleteFunc(a.State.Next(), func(to State) bool { return to == Proposed || circuit && to == Adopted })
}

// Settle takes the action to where the circuit of its proposal has come, whatever the table of transitions says: a sitting that is
// reopened undoes an adoption. What was adopted stays where it is while it is carried out.
func (a *Action) Settle(to State, day calendar.Date) {
	if a.State == to || to == Adopted && (a.State.Live() || a.State == Done) {
		return
	}
	a.State, a.Since, a.Reason, a.Resume = to, day, "", ""
}
