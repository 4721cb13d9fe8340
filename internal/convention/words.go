package convention

import (
	"strings"

	"entente/internal/calendar"
	"entente/internal/fault"
)

// Cite names a clause by its Ref, as it stands inside a sentence or between brackets: "art. 4-2", "préambule". A slug that
// no catalogue knows is given with spaces for hyphens; Convention.Cite does better, because it has the heading.
func Cite(ref string) fault.Message {
	switch {
	case isNumber(ref):
		return fault.Say("convention.cite.article", "ref", ref)
	case knownHeadings[ref]:
		return fault.Say("convention.cite.heading." + ref)
	}
	return fault.Say("convention.cite.clause", "heading", strings.ReplaceAll(ref, "-", " "))
}

// Cite names the clause that a fact was read from; an unnumbered clause is named by its heading as written.
func (c *Convention) Cite(p Place) fault.Message {
	if k := c.Clause(p.Anchor); k != nil && !isNumber(k.Ref) && !knownHeadings[k.Ref] {
		return fault.Say("convention.cite.clause", "heading", k.Heading)
	}
	return Cite(p.Ref)
}

// knownHeadings are the unnumbered headings that have a word of their own in the catalogues.
var knownHeadings = map[string]bool{"preambule": true, "signatures": true, "soussignes": true, "entre-les-soussignes": true}

// isNumber tells the number of an article: digits, in groups joined by single hyphens.
func isNumber(ref string) bool {
	digit := false // the last byte was one
	for i := range len(ref) {
		switch c := ref[i]; {
		case '0' <= c && c <= '9':
			digit = true
		case c == '-' && digit:
			digit = false
		default:
			return false
		}
	}
	return digit
}

// Say gives the rhythm as it follows "se réunit": "au moins 4 fois par an", "autant que de besoin". A nil cadence says
// that the text fixes none.
func (k *Cadence) Say() fault.Message {
	if k == nil {
		return fault.Say("convention.cadence.none")
	}
	switch {
	case k.AsNeeded:
		return fault.Say("convention.cadence.as-needed")
	case k.Min > 0 && k.Max == k.Min:
		return fault.Say("convention.cadence.exact."+k.window(), "count", k.Min)
	case k.Min > 0 && k.Max > 0:
		return fault.Say("convention.cadence.range."+k.window(), "min", k.Min, "max", k.Max)
	case k.Min > 0:
		return fault.Say("convention.cadence.min."+k.window(), "count", k.Min)
	case k.Max > 0:
		return fault.Say("convention.cadence.max."+k.window(), "count", k.Max)
	}
	return fault.Say("convention.cadence.none")
}

// window names the span in the keys of the catalogues.
func (k *Cadence) window() string {
	if k.Over == Rolling12 {
		return "rolling"
	}
	return "year"
}

// Say names the seat without its party: the function that holds it, or "membre 1 sur 2" with from whom it is filled.
func (s Seat) Say() fault.Message {
	switch {
	case s.Function != "":
		return fault.Say("convention.seat.function", "function", s.Function)
	case s.Among != "":
		return fault.Say("convention.seat.among", "rank", s.Rank, "of", s.Of, "among", s.Among)
	}
	return fault.Say("convention.seat.counted", "rank", s.Rank, "of", s.Of)
}

// SaySeat names the seat with the short name of its party: "la Communauté, membre 1 sur 2".
func (c *Convention) SaySeat(s Seat) fault.Message {
	return fault.Say("convention.seat.of", "party", c.short(s.Party), "seat", s.Say())
}

// SayRule tells what one rule of composition gives: "2 membres pour la Communauté", a function, or the leads of the actions.
func (c *Convention) SayRule(r SeatRule) fault.Message {
	switch {
	case r.Derived != "":
		return fault.Say("convention.seat.derived")
	case r.Function != "":
		return fault.Say("convention.seat.rule.function", "party", c.short(r.Party), "function", r.Function)
	case r.Among != "":
		return fault.Say("convention.seat.rule.among", "party", c.short(r.Party), "count", r.Count, "among", r.Among)
	}
	return fault.Say("convention.seat.rule.count", "party", c.short(r.Party), "count", r.Count)
}

// short is the short name of a party, or its identifier where it has none.
func (c *Convention) short(party string) string {
	if p := c.Party(party); p != nil && p.Short != "" {
		return p.Short
	}
	return party
}

// Say tells from when to when the convention applies: "de la signature au 31 décembre 2026". A nil duration says that the
// text fixes none.
func (d *Duration) Say() fault.Message {
	switch {
	case d == nil:
		return fault.Say("convention.duration.none")
	case !d.To.IsZero():
		return fault.Say("convention.duration.until", "from", d.From.Say(), "to", d.To)
	}
	return fault.Say("convention.duration.months", "from", d.From.Say(), "count", d.Months)
}

// Say tells the first day: "la signature" or a date.
func (s Start) Say() fault.Message {
	if d, ok := s.Date(); ok {
		return fault.Say("convention.start.date", "date", d)
	}
	return fault.Say("convention.start.signature")
}

// Date is the day on which the convention starts, where the text gives one.
func (s Start) Date() (calendar.Date, bool) {
	d, err := calendar.Parse(string(s))
	return d, err == nil && !d.IsZero()
}

// Say gives a moment with the precision that it has: a day, a month or a year.
func (m Moment) Say() fault.Message {
	p, err := m.Period()
	switch {
	case err != nil || m == "":
		return fault.Say("convention.moment.unknown", "text", string(m))
	case len(m) == len("2018"):
		return fault.Say("convention.moment.year", "year", string(m))
	case len(m) == len("2018-10"):
		return fault.Say("convention.moment.month."+string(m[5:7]), "year", string(m[:4]))
	}
	return fault.Say("convention.moment.day", "date", p.From)
}

// Say tells the share in words: "la moitié des sièges", "plus des 2/3 des présents". A nil threshold says none.
func (t *Threshold) Say() fault.Message {
	switch {
	case t == nil:
		return fault.Say("convention.threshold.none")
	case t.Strict:
		return fault.Say("convention.threshold.more."+t.Of, "share", t.Share)
	}
	return fault.Say("convention.threshold.least."+t.Of, "share", t.Share)
}

// Say names the level of a committee.
func (l Level) Say() fault.Message { return fault.Say("convention.level." + string(l)) }

// Say names the power as what a committee may do: "valider les orientations".
func (p Power) Say() fault.Message { return fault.Say("convention.power." + string(p)) }

// Say names the kind of evidence.
func (e EvidenceKind) Say() fault.Message { return fault.Say("convention.evidence." + string(e)) }

// Say tells who may sit in the place of a member.
func (s Substitution) Say() fault.Message {
	if s == SubstitutionNone {
		return fault.Say("convention.substitution.aucune")
	}
	return fault.Say("convention.substitution." + string(s))
}

// Say tells what is evaluated and how often: "les axes, tous les ans".
func (e *Evaluation) Say() fault.Message {
	object := fault.Say("convention.object." + e.Object)
	if e.EveryMonths%12 == 0 {
		return fault.Say("convention.evaluation.years", "object", object, "count", e.EveryMonths/12)
	}
	return fault.Say("convention.evaluation.months", "object", object, "count", e.EveryMonths)
}

// SayAgreement tells whose agreement an amendment needs.
func (a *AmendmentRule) SayAgreement() fault.Message {
	return fault.Say("convention.agreement." + a.Agreement)
}
