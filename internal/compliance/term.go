package compliance

import (
	"slices"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
)

// RenewalMonths is how long before the end of a convention its renewal becomes the matter of the day.
const RenewalMonths = 12

// term judges whether a convention binds the parties, and whether what follows it is prepared in time.
func term(c *docket) []Finding {
	d := c.text.Duration
	if d == nil {
		return nil
	}
	f := Finding{
		Obligation: obligation("term", d.Place, fault.Say("compliance.term.subject")),
		Words:      fault.Say("compliance.term.words", "duration", d.Say(), "cite", c.text.Cite(d.Place)),
		Evidence:   []Link{c.versionLink(c.version)},
	}
	end := c.version.Until()
	switch {
	case c.phase == before:
		f.Status, f.Figures = OnCourse, fault.Say("compliance.term.before", "from", c.version.Effective)
	case c.phase == after:
		c.ended(&f, end)
	case end.IsZero():
		f.Status, f.Figures = OnCourse, fault.Say("compliance.term.open", "from", c.version.Effective)
	default:
		c.running(&f, end)
	}
	return []Finding{f}
}

// running fills the finding of a convention in force that has a last day.
func (c *docket) running(f *Finding, end calendar.Date) {
	f.Status = OnCourse
	f.Figures = fault.Say("compliance.term.running", "end", end, "count", end.DaysSince(c.day))
	if c.day == end {
		f.Figures = fault.Say("compliance.term.last-day", "end", end)
	}
	if c.day.Before(end.AddMonths(-RenewalMonths)) {
		return
	}
	switch next := c.successor(end); {
	case next != nil:
		f.Evidence = append([]Link{c.versionLink(next)}, f.Evidence...)
		f.Next = step(next.Effective, "compliance.term.next.successor", "from", next.Effective)
	case c.text.Duration.Tacit > 0:
		f.Next = step(end, "compliance.term.next.tacit", "count", c.text.Duration.Tacit, "end", end)
	default:
		f.Status = AtRisk
		f.Next = step(end, "compliance.term.next.renew", "end", end)
	}
}

// ended fills the finding of a convention whose last day has passed.
func (c *docket) ended(f *Finding, end calendar.Date) {
	f.Status = Broken
	f.Figures = fault.Say("compliance.term.ended", "since", end.AddDays(1))
	tacit := c.text.Duration.Tacit
	limit := end.AddMonths(tacit)
	next := c.upcoming()
	switch {
	case next != nil:
		f.Next = step(next.Effective, "compliance.term.next.successor", "from", next.Effective)
	case tacit > 0 && !c.day.After(limit):
		f.Status = Unknown
		f.Figures = fault.Say("compliance.term.ended-tacit", "end", end, "count", tacit)
		f.Next = step(limit, "compliance.term.next.record-tacit")
	default:
		f.Next = step(calendar.Date{}, "compliance.term.next.sign")
	}
}

// successor is a version on record that takes effect the day after the end at the latest and binds beyond it.
func (c *docket) successor(end calendar.Date) *convention.Version {
	next := c.upcoming()
	if next == nil || next.Effective.After(end.AddDays(1)) {
		return nil
	}
	if u := next.Until(); !u.IsZero() && !u.After(end) {
		return nil
	}
	return next
}

// upcoming is the next version to take effect after the day; nil where none is on record.
func (c *docket) upcoming() *convention.Version {
	for _, s := range c.stretches {
		if s.Version.Effective.After(c.day) {
			return s.Version
		}
	}
	return nil
}

func (c *docket) versionLink(v *convention.Version) Link {
	return Link{Kind: LinkVersion, ID: v.ID, Day: v.Effective, Label: fault.Say("compliance.link.version", "number", v.Number, "from", v.Effective)}
}

// signatures judges whether every party has signed the version.
func signatures(c *docket) []Finding {
	parties, at := c.signing()
	if len(parties) == 0 {
		return nil
	}
	f := Finding{
		Obligation: obligation("signatures", at, fault.Say("compliance.signatures.subject")),
		Words:      fault.Say("compliance.signatures.words", "parties", c.names(parties), "cite", c.text.Cite(at)),
	}
	c.judgeSignatures(&f, c.version, parties, len(parties))
	return []Finding{f}
}

// judgeSignatures fills a finding that needs the signatures of so many of the parties to a version.
func (c *docket) judgeSignatures(f *Finding, v *convention.Version, parties []string, need int) {
	var missing []string
	for _, p := range parties {
		if s, ok := c.signature(v.ID, p); ok {
			f.Evidence = append(f.Evidence, Link{Kind: LinkSignature, ID: s.ID, Day: s.Date,
				Label: fault.Say("compliance.link.signature", "party", c.short(p), "day", s.Date)})
			continue
		}
		missing = append(missing, p)
	}
	got := len(parties) - len(missing)
	f.Figures = fault.Say("compliance.signatures.figures", "count", got, "of", len(parties))
	slices.SortStableFunc(f.Evidence, func(a, b Link) int { return b.Day.Compare(a.Day) })
	switch {
	case got >= need:
		f.Status = Kept
		f.Figures = fault.Say("compliance.signatures.complete", "count", got, "of", len(parties), "date", f.Evidence[0].Day)
		return
	case got == 0:
		f.Status = Unknown
		f.Figures = fault.Say("compliance.signatures.none", "of", len(parties))
	case c.day.Before(v.Effective):
		f.Status = OnCourse
	default:
		f.Status = AtRisk
	}
	var by calendar.Date
	if c.day.Before(v.Effective) {
		by = v.Effective
	}
	f.Next = step(by, "compliance.signatures.next", "parties", c.names(missing), "count", len(missing))
}

// signature finds the signature of a party to a version by the day.
func (c *docket) signature(version, party string) (governance.Signature, bool) {
	for _, s := range c.Signatures {
		if s.Text == version && s.Party == party && !s.Date.After(c.day) {
			return s, true
		}
	}
	return governance.Signature{}, false
}

// signing lists the parties that sign, each once, and the clause that says so: the lines at the foot of the text, or the
// parties where it has none.
func (c *docket) signing() (parties []string, at convention.Place) {
	for _, l := range c.text.Signatures {
		if !slices.Contains(parties, l.Party) {
			parties = append(parties, l.Party)
		}
	}
	if len(parties) > 0 {
		return parties, c.text.Signatures[0].Place
	}
	for _, p := range c.text.Parties {
		parties = append(parties, p.ID)
	}
	if len(parties) > 0 {
		at = c.text.Parties[0].Place
	}
	return parties, at
}

// amendments judges whether the last amendment has the agreement that the text asks for. There is nothing to judge until
// one has taken effect.
func amendments(c *docket) []Finding {
	a := c.text.Amendment
	if a == nil {
		return nil
	}
	f := Finding{
		Obligation: obligation("amendment", a.Place, fault.Say("compliance.amendment.subject")),
		Words:      fault.Say("compliance.amendment.words", "agreement", a.SayAgreement(), "cite", c.text.Cite(a.Place)),
	}
	parties, _ := c.signing()
	if c.version.Number <= 1 || len(parties) == 0 {
		f.Status, f.Figures = NotApplicable, fault.Say("compliance.amendment.none")
		return []Finding{f}
	}
	need := len(parties)
	if a.Agreement == "majorite-des-parties" {
		need = len(parties)/2 + 1
	}
	c.judgeSignatures(&f, c.version, parties, need)
	return []Finding{f}
}

// short is the short name of a party, or its identifier where it has none.
func (c *docket) short(party string) string {
	if p := c.text.Party(party); p != nil && p.Short != "" {
		return p.Short
	}
	return party
}

func (c *docket) names(parties []string) []string {
	out := make([]string, 0, len(parties))
	for _, p := range parties {
		out = append(out, c.short(p))
	}
	return out
}
