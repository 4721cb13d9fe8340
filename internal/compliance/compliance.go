// Package compliance judges every clause of the convention against what is on record, on a given day.
//
// It is pure and total: any history, any evidence and any day give a report, and nothing is kept or read elsewhere. It
// knows no screen; what it has to say, it says in messages of the catalogues, neutral ones: a report is read by elected
// members about their partners, and blame is no part of it.
//
// The invariant that it owns: nothing is green by default. An obligation is Kept only where evidence on record shows it;
// where no evidence exists it is Unknown, and the next step says what to record. Every clause of the text is listed, and
// one that gives nothing to check says so. docs/decisions/0001-compliance-statuses.md gives each boundary.
package compliance

import (
	"cmp"
	"slices"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
)

// rule finds the obligations of one kind in the text and how each stands. A rule that is read always has something to say
// before the convention takes effect; the others are not applicable until then.
type rule struct {
	kind   Kind
	always bool
	find   func(c *docket) []Finding
}

// rules are the kinds of obligation, in the order in which findings of one clause and one status are read. Another kind
// is another row.
func rules() []rule {
	return []rule{
		{KindTerm, true, term},
		{KindSignatures, true, signatures},
		{KindCadence, false, cadences},
		{KindSeats, false, seats},
		{KindMission, false, missions},
		{KindEvaluation, false, evaluations},
		{KindCommitment, false, commitments},
		{KindOrientation, false, orientations},
		{KindAction, false, actions},
		{KindProposal, false, proposals},
		{KindAmendment, false, amendments},
	}
}

// phase is where the day lies beside the life of the convention.
type phase int

const (
	before phase = iota // no version has taken effect
	during              // a version binds
	after               // the last one has ended
)

// docket is what the rules read: the text that applies, the evidence, and the day.
type docket struct {
	Evidence
	stretches []stretch // when each version binds, oldest first
	version   *convention.Version
	text      *convention.Convention
	phase     phase
	day       calendar.Date
	asOf      calendar.Date // the day, or the last day of the convention once it has ended
}

// Assess reports how every clause of the convention stands on the day. The text judged is that of the version whose rules
// apply on the day: the one in force, or the last once it has ended, or the first to come before any takes effect. An
// empty history gives a report without clauses that says so.
func Assess(h convention.History, e Evidence, day calendar.Date) Report {
	c := open(h, e, day)
	r := Report{Day: day, State: c.state(), InForce: c.phase == during, Clauses: []Clause{}, Findings: []Finding{}}
	if c.version == nil {
		return r
	}
	r.VersionID, r.Number = c.version.ID, c.version.Number
	for _, x := range rules() {
		for _, f := range x.find(c) {
			f.Obligation.Kind = x.kind
			if c.phase == before && !x.always {
				f = c.notYet(f)
			}
			if f.Evidence == nil {
				f.Evidence = []Link{}
			}
			r.Findings = append(r.Findings, f)
		}
	}
	r.Clauses = c.clauses(r.Findings)
	c.sort(r.Findings)
	return r
}

func open(h convention.History, e Evidence, day calendar.Date) *docket {
	c := &docket{Evidence: e, stretches: stretchesOf(h), day: day, asOf: day}
	switch v := h.On(day); {
	case v != nil && h.InForce(day) != nil:
		c.version, c.phase = v, during
	case v != nil:
		c.version, c.phase, c.asOf = v, after, v.Until()
		if c.asOf.Before(v.Effective) {
			c.asOf = v.Effective
		}
	default:
		c.version, c.phase = firstOf(h), before
	}
	if c.version != nil {
		c.text = c.version.Text
	}
	return c
}

// state says in one sentence whether the convention binds on the day.
func (c *docket) state() fault.Message {
	switch {
	case c.version == nil:
		return fault.Say("compliance.state.none", "day", c.day)
	case c.phase == before:
		return fault.Say("compliance.state.before", "from", c.version.Effective)
	case c.phase == after:
		return fault.Say("compliance.state.after", "end", c.asOf)
	case c.version.Until().IsZero():
		return fault.Say("compliance.state.open")
	}
	return fault.Say("compliance.state.during", "end", c.version.Until())
}

// notYet is what a finding becomes before the convention takes effect.
func (c *docket) notYet(f Finding) Finding {
	f.Status, f.Next, f.History = NotApplicable, nil, nil
	f.Figures = fault.Say("compliance.not-yet", "from", c.version.Effective)
	return f
}

// clauses lists every clause of the text; one that no finding rests on says so.
func (c *docket) clauses(findings []Finding) []Clause {
	used := make(map[string]bool, len(findings))
	for _, f := range findings {
		used[f.Obligation.Anchor] = true
	}
	out := make([]Clause, 0, len(c.text.Clauses))
	for _, k := range c.text.Clauses {
		x := Clause{Anchor: k.Anchor, Ref: k.Ref, Heading: k.Heading, Level: k.Level}
		if !used[k.Anchor] {
			x.Nothing = fault.Say("compliance.clause.nothing")
		}
		out = append(out, x)
	}
	return out
}

// sort puts findings worst first, then in the order of the text, then in the order of the rules.
func (c *docket) sort(findings []Finding) {
	rank := make(map[Status]int)
	for i, s := range Statuses() {
		rank[s] = i
	}
	place := make(map[string]int)
	for i, k := range c.text.Clauses {
		place[k.Anchor] = i
	}
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(rank[a.Status], rank[b.Status]), cmp.Compare(place[a.Obligation.Anchor], place[b.Obligation.Anchor]))
	})
}

// obligation makes an obligation of a key, read at a place, with its title.
func obligation(key string, at convention.Place, subject fault.Message) Obligation {
	return Obligation{Key: key, Ref: at.Ref, Anchor: at.Anchor, Subject: subject}
}

// step makes a next step that is due by a day, none where the day is zero.
func step(by calendar.Date, key string, pairs ...any) *Step {
	return &Step{Message: fault.Say(key, pairs...), By: by}
}
