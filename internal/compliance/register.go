package compliance

import (
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
)

// orientations judges whether each validated orientation has something under it. The duty rests on the mission that lets a
// committee validate orientations, or else define them; a convention that gives neither power has none.
func orientations(c *docket) []Finding {
	grants := append(c.text.Grants(convention.ValidateOrientations), c.text.Grants(convention.DefineOrientations)...)
	if len(grants) == 0 {
		return nil
	}
	at := grants[0].Mission.Place
	f := Finding{
		Obligation: obligation("orientations", at, fault.Say("compliance.orientation.subject")),
		Words:      fault.Say("compliance.orientation.words", "cite", c.text.Cite(at)),
	}
	validated, bare := 0, []string{}
	if c.Orientations != nil {
		for _, o := range *c.Orientations {
			if o.Validated.IsZero() || o.Validated.After(c.day) {
				continue
			}
			if validated++; o.Implemented == 0 {
				bare = append(bare, o.Name)
			}
		}
	}
	judgeRegister(&f, c.Orientations != nil, validated, bare, "compliance.orientation")
	return []Finding{f}
}

// actions judges whether each action has a lead, which is also what a derived committee is made of.
func actions(c *docket) []Finding {
	var out []Finding
	for i := range c.text.Committees {
		if k := &c.text.Committees[i]; k.Derived() {
			out = append(out, c.led(k))
		}
	}
	return out
}

func (c *docket) led(k *convention.Committee) Finding {
	at := derivedPlace(k)
	f := Finding{
		Obligation: obligation("actions/"+k.ID, at, fault.Say("compliance.action.subject", "committee", k.Name)),
		Words:      fault.Say("compliance.action.words", "committee", k.Name, "cite", c.text.Cite(at)),
	}
	f.Obligation.Committee = k.ID
	total, bare := 0, []string{}
	if c.Actions != nil {
		total = len(*c.Actions)
		for _, a := range *c.Actions {
			if a.Leads == 0 {
				bare = append(bare, a.Name)
			}
		}
	}
	judgeRegister(&f, c.Actions != nil, total, bare, "compliance.action")
	return f
}

func derivedPlace(k *convention.Committee) convention.Place {
	for _, s := range k.Seats {
		if s.Derived != "" {
			return s.Place
		}
	}
	return k.Place
}

// judgeRegister fills a finding from a register whose entries must each have something under them: unknown without the
// register or with an empty one, at risk while some are bare, for no day is fixed by which they must not be.
func judgeRegister(f *Finding, exists bool, total int, bare []string, topic string) {
	switch {
	case !exists:
		f.Status, f.Figures = Unknown, fault.Say(topic+".no-register")
	case total == 0:
		f.Status, f.Figures = Unknown, fault.Say(topic+".empty")
		f.Next = step(calendar.Date{}, topic+".next.record")
	case len(bare) > 0:
		f.Status, f.Figures = AtRisk, fault.Say(topic+".bare", "count", len(bare), "of", total, "names", bare)
		f.Next = step(calendar.Date{}, topic+".next.bare")
	default:
		f.Status, f.Figures = Kept, fault.Say(topic+".kept", "count", total)
	}
}
