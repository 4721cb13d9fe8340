package convention

import (
	"slices"
	"time"

	"entente/internal/calendar"
)

// Stretch is a run of days on which one version binds. An open one has no last day.
type Stretch struct {
	Version *Version
	calendar.Period
}

// Stretches gives the days on which each version binds, oldest first: from its effect to its own term or the day before
// the next takes effect, whichever comes first. A version that another replaces on the very day of its effect has none.
func (h History) Stretches() []Stretch {
	sorted := slices.Clone(h)
	slices.SortStableFunc(sorted, func(a, b *Version) int { return a.Effective.Compare(b.Effective) })
	var out []Stretch
	for i, v := range sorted {
		p := calendar.Period{From: v.Effective, To: v.Until()}
		if i+1 < len(sorted) {
			next := calendar.Period{To: sorted[i+1].Effective.AddDays(-1)}
			p, _ = p.Overlap(next)
		}
		if p.To.IsZero() || !p.To.Before(p.From) {
			out = append(out, Stretch{v, p})
		}
	}
	return out
}

// Within gives the parts of a closed span on which versions bind.
func Within(all []Stretch, span calendar.Period) []Stretch {
	var out []Stretch
	for _, s := range all {
		if p, shared := s.Overlap(span); shared {
			out = append(out, Stretch{s.Version, p})
		}
	}
	return out
}

// Required gives the least and the greatest number of meetings of a committee over a span of twelve months, of which parts
// are the runs of days that bind, each day counting under the rule of its version. The least is rounded down and the
// greatest up: a partial year never asks for more than its share. There is no limit (-1) where some day has none.
func Required(committee string, parts []Stretch, span calendar.Period) (due, limit int) {
	whole := months(span)
	least, most, unlimited := 0, 0, false
	for _, s := range parts {
		k := s.Version.Text.Committee(committee)
		if k == nil || k.Cadence == nil || k.Cadence.Max == 0 {
			unlimited = true
		}
		if k == nil || k.Cadence == nil {
			continue
		}
		least += k.Cadence.Min * months(s.Period)
		most += k.Cadence.Max * months(s.Period)
	}
	if unlimited {
		return least / whole, -1
	}
	return least / whole, (most + whole - 1) / whole
}

// FirstSpan is the first twelve months over which a cadence is counted, for a convention that binds from start: the civil
// year, or the twelve months that begin with it.
func FirstSpan(over Window, start calendar.Date) calendar.Period {
	if over != Rolling12 {
		return calendar.CivilYear(start.Year())
	}
	return calendar.Period{From: start, To: start.AddMonths(12).AddDays(-1)}
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
