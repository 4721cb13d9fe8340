package compliance

import (
	"strconv"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
)

// within gives the parts of a closed span on which versions bind.
func (c *docket) within(span calendar.Period) []convention.Stretch {
	return convention.Within(c.stretches, span)
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

// sayspan names a span inside a sentence: "en 2026", or from when to when.
func sayspan(p calendar.Period) fault.Message {
	if p == calendar.CivilYear(p.From.Year()) {
		return fault.Say("compliance.span.year", "year", strconv.Itoa(p.From.Year()))
	}
	return fault.Say("compliance.span.dates", "from", p.From, "to", p.To)
}
