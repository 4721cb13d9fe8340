package governance

import (
	"slices"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
)

// Subjects lists the subjects in the order of the screen.
func Subjects() []Subject {
	return []Subject{AboutOrientation, AboutAction, AboutDiagnosis, AboutPlan, AboutCommunication, AboutEvaluation, AboutAmendment, AboutFree}
}

// subjectPowers gives, for each subject, the power under which it is proposed. A power that SettledBy answers is settled by
// another; one that it does not answer is a charge of its own, and who has it settles it. A free subject is proposed under
// none.
var subjectPowers = map[Subject]convention.Power{
	AboutOrientation:   convention.ProposeOrientations,
	AboutAction:        convention.ProposeActions,
	AboutDiagnosis:     convention.UpdateDiagnosis,
	AboutPlan:          convention.UpdatePlan,
	AboutCommunication: convention.ProposeCommunication,
	AboutEvaluation:    convention.EvaluateActions,
	AboutAmendment:     convention.ProposeAmendments,
}

// ProposedUnder is the power under which a committee proposes the subject; empty where none is needed.
func (s Subject) ProposedUnder() convention.Power { return subjectPowers[s] }

// Stage is one committee that a proposal passes on its way.
type Stage struct {
	Committee string
	Power     convention.Power // under which it examines or settles
	Settles   bool             // its favourable outcome adopts; any other stage gives an opinion
	Ref       string           // of the clause of the mission
	Anchor    string
}

// Route is the way of a proposal about a subject by a text: the committees that may propose it, from the lowest level, then those
// between that coordinate, then the one that settles. It is empty where no committee may settle.
// docs/decisions/0009-circuits.md gives the reasons.
func Route(c *convention.Convention, s Subject) []Stage {
	last, ok := settling(c, s)
	if !ok {
		return nil
	}
	grants := append(proposing(c, s), between(c, s, last.Committee)...)
	slices.SortStableFunc(grants, func(a, b convention.Grant) int { return rank(a.Committee) - rank(b.Committee) })
	var out []Stage
	for _, g := range grants {
		if g.Committee.ID != last.Committee.ID && !passes(out, g.Committee.ID) {
			out = append(out, stageOf(g, false))
		}
	}
	return append(out, stageOf(last, true))
}

// RouteOf is the route of one proposal: a committee that is on record as having made it has examined it, and so have those below.
// A member who proposes in the name of a committee commits it to nothing: it examines.
func RouteOf(c *convention.Convention, p Proposal) []Stage {
	route := Route(c, p.Subject)
	author := c.Committee(p.Committee)
	if author == nil || !p.Examined || !passes(route, author.ID) {
		return route
	}
	return slices.DeleteFunc(route, func(s Stage) bool {
		return !s.Settles && rank(c.Committee(s.Committee)) <= rank(author)
	})
}

// Proposing lists the committees that may propose the subject in their own name, in the order of the text. A free subject may be
// put by any committee.
func Proposing(c *convention.Convention, s Subject) []*convention.Committee {
	var out []*convention.Committee
	if s.ProposedUnder() == "" {
		for i := range c.Committees {
			out = append(out, &c.Committees[i])
		}
		return out
	}
	for _, g := range proposing(c, s) {
		if !slices.Contains(out, g.Committee) {
			out = append(out, g.Committee)
		}
	}
	return out
}

func proposing(c *convention.Convention, s Subject) []convention.Grant {
	if s.ProposedUnder() == "" {
		return nil
	}
	return slices.Clone(c.Grants(s.ProposedUnder()))
}

// settling is the grant under which the subject is settled: of its own power, else of the power to validate proposals; the
// first in the order of the text where several committees have it.
func settling(c *convention.Convention, s Subject) (convention.Grant, bool) {
	power := s.ProposedUnder()
	grants := c.Settling(power)
	if _, proposes := power.SettledBy(); power != "" && !proposes {
		if own := c.Grants(power); len(own) > 0 {
			grants = own
		}
	}
	if len(grants) == 0 {
		return convention.Grant{}, false
	}
	return grants[0], true
}

// MaySettle finds the grant under which a committee may settle the subject, whichever it is of those that may.
func MaySettle(c *convention.Convention, s Subject, committee string) bool {
	g, ok := settling(c, s)
	return ok && slices.ContainsFunc(c.Grants(g.Power), func(x convention.Grant) bool { return x.Committee.ID == committee })
}

// between lists the committees of a level between those that propose and the one that settles, where the text charges them
// with coordinating: what goes up passes them.
func between(c *convention.Convention, s Subject, last *convention.Committee) []convention.Grant {
	lowest := rank(last)
	for _, g := range proposing(c, s) {
		lowest = min(lowest, rank(g.Committee))
	}
	return slices.DeleteFunc(slices.Clone(c.Grants(convention.Coordinate)), func(g convention.Grant) bool {
		return rank(g.Committee) <= lowest || rank(g.Committee) >= rank(last)
	})
}

// rank orders the levels of committees, the lowest first.
func rank(k *convention.Committee) int {
	return slices.Index([]convention.Level{convention.Technical, convention.Operational, convention.Strategic, convention.Single}, k.Level)
}

func stageOf(g convention.Grant, settles bool) Stage {
	return Stage{Committee: g.Committee.ID, Power: g.Power, Settles: settles, Ref: g.Mission.Place.Ref, Anchor: g.Mission.Place.Anchor}
}

func passes(route []Stage, committee string) bool { return indexOf(route, committee) >= 0 }

func indexOf(route []Stage, committee string) int {
	return slices.IndexFunc(route, func(s Stage) bool { return s.Committee == committee })
}

// Unsettled says why a proposal about a subject cannot be submitted on a day; it says nothing where it can.
func Unsettled(h convention.History, s Subject, day calendar.Date) fault.Message {
	v := h.InForce(day)
	switch {
	case v == nil:
		return fault.Say("circuit.refused.no-convention", "day", day)
	case len(Route(v.Text, s)) > 0:
		return fault.Message{}
	case s.ProposedUnder() == "":
		return fault.Say("circuit.refused.unsettled-free", "power", convention.ValidateProposals.Say())
	}
	for _, g := range proposing(v.Text, s) {
		return fault.Say("convention.warning.settling", "committee", g.Committee.Name, "power", g.Power.Say())
	}
	return fault.Say("circuit.refused.unsettled", "subject", s.Say())
}

// Say names the subject.
func (s Subject) Say() fault.Message { return fault.Say("proposal.subject." + string(s)) }
