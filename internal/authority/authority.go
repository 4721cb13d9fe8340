// Package authority answers who may do what on a given day, and by which article.
//
// Two sources give authority and they never mix. The convention in force on the day gives powers to committees, and
// mandates in force on that day give committees their members: May. The keeping of a space, which no clause speaks of,
// goes by a small closed table of administrative roles: Can. The package keeps nothing, reads no clock and knows no
// account; names of people are the caller's to add.
//
// The invariant that it owns: nobody has a power without a mandate (or a lead) in force on the day, in a committee to
// which the convention in force on the day gives that power; and a refusal always names who could, when somebody could.
package authority

import (
	"slices"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
)

// Rules are what powers follow from: the versions of the text, and everything dated that gives committees their members
// and parties their signatories. The zero value gives nobody anything.
type Rules struct {
	History     convention.History
	Mandates    []governance.Mandate
	Leads       []Lead // leads and co-leads of actions, of which derived committees are made
	Delegations []governance.Delegation
	Signatories []Signatory // who holds the signing function of each party
}

// May tells whether a person may exercise a power over a subject on a day. The power must be one that the convention in
// force gives to a committee, and the person must sit in it: by a mandate of holder; by a mandate of substitute, in the
// holder's absence, where the committee admits substitutes; or by the lead of an action in a derived committee.
//
// A power to settle that no committee has of its own goes to those that validate proposals in general, as in
// convention.Settling.
func (r Rules) May(person string, power convention.Power, subject Subject, day calendar.Date) Answer {
	v := r.History.InForce(day)
	if v == nil {
		return r.outside(power, day)
	}
	grants := granting(v.Text, power, subject)
	if len(grants) == 0 {
		return Answer{Reason: NotGranted, Message: fault.Say("authority.no.not-granted", "power", power.Say())}
	}
	var best *Basis
	refused := false
	for _, g := range grants {
		b, notAdmitted := r.basis(person, g, subject, day)
		refused = refused || notAdmitted
		if b != nil && (best == nil || best.Substitute && !b.Substitute) {
			best = b
		}
	}
	if best != nil {
		return yes(v.Text, power, best)
	}
	return r.no(v.Text, power, grants, subject, day, refused)
}

// SitsIn tells whether a person sits in a committee on a day, as May would have it: by a mandate that the committee admits, or
// by the lead of an action.
func (r Rules) SitsIn(person, committee string, day calendar.Date) bool {
	v := r.History.InForce(day)
	if v == nil {
		return false
	}
	k := v.Text.Committee(committee)
	if k == nil {
		return false
	}
	b, _ := r.basis(person, convention.Grant{Committee: k, Mission: &convention.Mission{Place: k.Place}}, Subject{}, day)
	return b != nil
}

// granting lists the grants under which the power may be exercised over the subject.
func granting(text *convention.Convention, power convention.Power, subject Subject) []convention.Grant {
	grants := text.Grants(power)
	if len(grants) == 0 && settles(power) {
		grants = text.Grants(convention.ValidateProposals)
	}
	if power != convention.OrganizeCommittees || subject.Committee == "" {
		return grants
	}
	return slices.DeleteFunc(slices.Clone(grants), func(g convention.Grant) bool {
		return len(g.Mission.Over) > 0 && !slices.Contains(g.Mission.Over, subject.Committee)
	})
}

// settles tells whether the power is one that settles proposals.
func settles(power convention.Power) bool {
	for _, p := range convention.Powers() {
		if s, ok := p.SettledBy(); ok && s == power {
			return true
		}
	}
	return false
}

// basis finds under what a person sits in the committee of a grant, a holder's mandate before a substitute's. The second
// result tells that the person is a substitute whom the committee does not admit.
func (r Rules) basis(person string, g convention.Grant, subject Subject, day calendar.Date) (best *Basis, notAdmitted bool) {
	if person == "" {
		return nil, false
	}
	for _, s := range g.Committee.Places() {
		for i := range r.Mandates {
			m := &r.Mandates[i]
			if m.Seat != s.Key || m.Person != person || !m.InForce(day) {
				continue
			}
			if !r.admits(g.Committee, s, m, day) {
				notAdmitted = true
				continue
			}
			b := basisOf(g, s, m, day)
			if best == nil || best.Substitute && !b.Substitute {
				best = b
			}
		}
	}
	if best == nil {
		best = r.byLead(person, g, subject, day)
	}
	return best, notAdmitted && best == nil
}

func basisOf(g convention.Grant, s convention.Seat, m *governance.Mandate, day calendar.Date) *Basis {
	return &Basis{Grant: g, Ref: g.Mission.Place.Ref, Anchor: g.Mission.Place.Anchor, Seat: s.Key, Party: s.Party, Mandate: m,
		Substitute: m.Role == governance.Substitute, Carried: !m.Period.Contains(day)}
}

// byLead finds the lead that makes a person a member of a derived committee for the subject; nil where there is none.
func (r Rules) byLead(person string, g convention.Grant, subject Subject, day calendar.Date) *Basis {
	if !g.Committee.Derived() {
		return nil
	}
	for i := range r.Leads {
		if l := &r.Leads[i]; l.Person == person && l.bears(g.Power, subject, day) {
			return &Basis{Grant: g, Ref: g.Mission.Place.Ref, Anchor: g.Mission.Place.Anchor, Lead: l}
		}
	}
	return nil
}

// bears tells whether the lead gives a place for the power over the subject on the day. An action that exists is carried
// out by its own leads; every other power belongs to the derived committee as a whole.
func (l *Lead) bears(power convention.Power, subject Subject, day calendar.Date) bool {
	if !l.Period.Contains(day) {
		return false
	}
	if power == convention.CarryOutActions && subject.Kind == SubjectAction && subject.ID != "" {
		return l.Action == subject.ID
	}
	return true
}

// admits tells whether a mandate lets its person sit in the seat: a holder always does; a substitute where the committee
// admits substitutes, and with a delegation of the party in force where it admits only those.
func (r Rules) admits(k *convention.Committee, s convention.Seat, m *governance.Mandate, day calendar.Date) bool {
	if m.Role == governance.Holder {
		return true
	}
	switch k.Substitution {
	case convention.SubstitutionFree, convention.SubstitutionNamed:
		return true
	case convention.SubstitutionDelegation:
		return r.delegated(m.Person, s.Party, day)
	}
	return false
}

func (r Rules) delegated(person, party string, day calendar.Date) bool {
	return slices.ContainsFunc(r.Delegations, func(d governance.Delegation) bool {
		return d.Person == person && d.Party == party && d.Period.Contains(day)
	})
}

// bench lists who sits in the committee of a grant, for the subject, on the day.
func (r Rules) bench(g convention.Grant, subject Subject, day calendar.Date) Bench {
	b := Bench{Grant: g, Ref: g.Mission.Place.Ref, Anchor: g.Mission.Place.Anchor}
	for _, s := range g.Committee.Places() {
		for _, role := range []governance.Role{governance.Holder, governance.Substitute} {
			b.Seated = append(b.Seated, r.seated(g.Committee, s, role, day)...)
		}
	}
	if g.Committee.Derived() {
		for i := range r.Leads {
			if l := &r.Leads[i]; l.bears(g.Power, subject, day) {
				b.Seated = append(b.Seated, Seated{Person: l.Person, Action: l.Action})
			}
		}
	}
	return b
}

func (r Rules) seated(k *convention.Committee, s convention.Seat, role governance.Role, day calendar.Date) []Seated {
	var out []Seated
	for i := range r.Mandates {
		m := &r.Mandates[i]
		if m.Seat == s.Key && m.Role == role && m.InForce(day) && r.admits(k, s, m, day) {
			out = append(out, Seated{Person: m.Person, Seat: s.Key, Party: s.Party, Substitute: role == governance.Substitute})
		}
	}
	return out
}
