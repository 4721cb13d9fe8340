package compliance

import (
	"slices"
	"strconv"
	"time"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
)

// stretch is a run of days on which one version binds. An open one has no last day.
type stretch struct {
	version *convention.Version
	calendar.Period
}

// stretchesOf gives the days on which each version binds, oldest first: from its effect to its own term or the day before
// the next takes effect, whichever comes first. A version that another replaces on the very day of its effect has none.
func stretchesOf(h convention.History) []stretch {
	sorted := slices.Clone(h)
	slices.SortStableFunc(sorted, func(a, b *convention.Version) int { return a.Effective.Compare(b.Effective) })
	var out []stretch
	for i, v := range sorted {
		p := calendar.Period{From: v.Effective, To: v.Until()}
		if i+1 < len(sorted) {
			next := calendar.Period{To: sorted[i+1].Effective.AddDays(-1)}
			p, _ = p.Overlap(next)
		}
		if p.To.IsZero() || !p.To.Before(p.From) {
			out = append(out, stretch{v, p})
		}
	}
	return out
}

// within gives the parts of a closed span on which versions bind.
func (c *docket) within(span calendar.Period) []stretch {
	var out []stretch
	for _, s := range c.stretches {
		if p, shared := s.Overlap(span); shared {
			out = append(out, stretch{s.version, p})
		}
	}
	return out
}

// firstOf is the version that takes effect first; nil for an empty history.
func firstOf(h convention.History) *convention.Version {
	var first *convention.Version
	for _, v := range h {
		if first == nil || v.Effective.Before(first.Effective) {
			first = v
		}
	}
	return first
}

// start is the first day on which any version binds.
func (c *docket) start() calendar.Date {
	if len(c.stretches) == 0 {
		return c.version.Effective
	}
	return c.stretches[0].From
}

// allMonths is divisible by 28, 29, 30 and 31, so that the share of any month is a whole number and a proration is exact.
const allMonths = 4 * 7 * 29 * 3 * 5 * 31

// months measures a closed period in months, in units of 1/allMonths: each civil month counts for one, and a part of it for its
// share of days.
func months(p calendar.Period) int {
	y1, m1, d1 := p.From.Time().Date()
	y2, m2, d2 := p.To.Time().Date()
	first, last := daysIn(y1, m1), daysIn(y2, m2)
	between := (y2-y1)*12 + int(m2) - int(m1)
	return between*allMonths - (d1-1)*allMonths/first + d2*allMonths/last
}

// daysIn is the length of a month, in days.
func daysIn(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// sayspan names a span inside a sentence: "en 2026", or from when to when.
func sayspan(p calendar.Period) fault.Message {
	if p == calendar.CivilYear(p.From.Year()) {
		return fault.Say("compliance.span.year", "year", strconv.Itoa(p.From.Year()))
	}
	return fault.Say("compliance.span.dates", "from", p.From, "to", p.To)
}
