package compliance

import (
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
)

// proposals judges whether what was put to each committee that settles has an answer in time. The convention fixes no delay:
// it is the custom of the space, so that a late answer is never said to break the convention.
func proposals(c *docket) []Finding {
	var out []Finding
	for i := range c.text.Committees {
		k := &c.text.Committees[i]
		if m := settles(k); m != nil {
			out = append(out, c.answers(k, m))
		}
	}
	return out
}

// settles is the first mission by which a committee settles what is proposed to it; nil where it has none.
func settles(k *convention.Committee) *convention.Mission {
	for i := range k.Missions {
		for _, p := range k.Missions[i].Powers {
			if p.Settles() {
				return &k.Missions[i]
			}
		}
	}
	return nil
}

func (c *docket) answers(k *convention.Committee, m *convention.Mission) Finding {
	f := Finding{
		Obligation: obligation("proposals/"+k.ID, m.Place, fault.Say("compliance.proposal.subject", "committee", k.Name)),
		Words:      fault.Say("compliance.proposal.words", "committee", k.Name, "text", m.Text, "cite", c.text.Cite(m.Place)),
		Status:     NotApplicable,
		Figures:    fault.Say("compliance.proposal.none"),
	}
	f.Obligation.Committee = k.ID
	waiting, late := 0, 0
	var oldest calendar.Date
	for _, p := range c.Pending {
		if p.Committee != k.ID || p.Since.After(c.day) {
			continue
		}
		waiting++
		f.Evidence = append(f.Evidence, Link{Kind: LinkProposal, ID: p.Reference, Day: p.Since, Label: fault.Say("compliance.link.proposal", "title", p.Title, "day", p.Since)})
		if due := p.Due(); !due.IsZero() && due.Before(c.day) {
			late++
		}
		if oldest.IsZero() || p.Since.Before(oldest) {
			oldest = p.Since
		}
	}
	switch {
	case late > 0:
		f.Status, f.Figures = AtRisk, fault.Say("compliance.proposal.late", "count", late, "of", waiting, "since", oldest)
		f.Next = step(calendar.Date{}, "compliance.proposal.next")
	case waiting > 0:
		f.Status, f.Figures = OnCourse, fault.Say("compliance.proposal.waiting", "count", waiting, "since", oldest)
	}
	return f
}
