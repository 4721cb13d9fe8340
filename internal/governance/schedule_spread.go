package governance

import (
	"math"
	"slices"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
)

// What a day costs that is not the ideal one, in days of distance.
const (
	otherWeekday = 10 // not the day of the week that the committee likes
	noUpstream   = 40 // no committee that proposes has met at a good distance before
)

// fillYear proposes what a civil year lacks.
func (p *planner) fillYear(k *convention.Committee, year int) {
	span := calendar.CivilYear(year)
	parts := convention.Within(p.stretches, span)
	if len(parts) == 0 {
		return
	}
	due, limit := convention.Required(k.ID, parts, span)
	applies := calendar.Period{From: parts[0].From, To: parts[len(parts)-1].To}
	target := due
	if p.Period.To.Before(applies.To) {
		sought := calendar.Period{From: applies.From, To: p.Period.To}
		target = (2*due*sought.Days() + applies.Days()) / (2 * applies.Days()) // the share of the part, to the nearest
	}
	need := target - p.count(k.ID, span)
	if need <= 0 {
		return
	}
	usable := calendar.Period{From: laterOf(p.earliest(k), applies.From), To: earlierOf(p.Period.To, applies.To)}
	placed := 0
	if !usable.To.Before(usable.From) {
		free := func(day calendar.Date) bool {
			return p.closure(k.ID, day) == "" && p.binds(k.ID, day) && (limit < 0 || p.count(k.ID, span) < limit)
		}
		for _, ideal := range p.ideals(k, usable, applies.Days()/due, need) {
			if day, ok := p.nearest(k, ideal, usable, free); ok {
				p.propose(k, day, ideal, fault.Say("schedule.reason.spread"))
				placed++
			}
		}
	}
	if placed < need {
		p.out.Shortfalls = append(p.out.Shortfalls, Shortfall{Committee: k.ID, Span: applies, Missing: need - placed, Cause: p.cause(k, usable, limit, span)})
	}
}

// cause tells why a civil year cannot be filled.
func (p *planner) cause(k *convention.Committee, usable calendar.Period, limit int, span calendar.Period) Cause {
	switch {
	case limit >= 0 && p.count(k.ID, span) >= limit:
		return CauseLimit
	case !usable.To.Before(usable.From):
		return CauseClosed
	case usable.To.After(p.Today):
		return CauseNotice
	}
	return CauseElapsed
}

// count is how many meetings a committee has in a span, on record and proposed.
func (p *planner) count(committee string, span calendar.Period) int {
	n := 0
	for _, d := range p.days[committee] {
		if span.Contains(d) {
			n++
		}
	}
	return n
}

// ideals are n days that spread the meetings of a committee evenly over a period, with those that are there already. Every is
// its regular interval in days: after a meeting shortly before the period, half of it is waited for where there is room.
func (p *planner) ideals(k *convention.Committee, in calendar.Period, every, n int) []calendar.Date {
	from := in.From
	var anchors []calendar.Date
	for _, d := range p.days[k.ID] {
		switch {
		case d.Before(in.From):
			if wait := d.AddDays(every / 2); wait.After(from) && in.To.DaysSince(wait) >= 7*n {
				from = wait
			}
		case !d.After(in.To):
			anchors = append(anchors, d)
		}
	}
	gaps := gapsBetween(from, in.To, anchors)
	for range n {
		widest := 0
		for i := range gaps {
			if gaps[i].step() > gaps[widest].step() {
				widest = i
			}
		}
		gaps[widest].meetings++
	}
	var out []calendar.Date
	for _, g := range gaps {
		out = append(out, g.days()...)
	}
	return out
}

// gap is a run of days between two meetings, or between one and an end of the period, with how many meetings go into it.
type gap struct {
	from, to            calendar.Date
	openLeft, openRight bool // an end of the period: half a step is enough
	meetings            int
}

func gapsBetween(from, to calendar.Date, anchors []calendar.Date) []gap {
	var out []gap
	left, open := from, true
	for _, a := range anchors {
		if a.After(left) {
			out = append(out, gap{from: left, to: a, openLeft: open})
		}
		left, open = a, false
	}
	return append(out, gap{from: left, to: laterOf(left, to), openLeft: open, openRight: true})
}

// steps is how many steps the gap has room for, in halves.
func (g gap) steps() int {
	n := 2*g.meetings + 2
	if g.openLeft {
		n--
	}
	if g.openRight {
		n--
	}
	return n
}

// step is the distance between its meetings, in days.
func (g gap) step() float64 {
	if g.steps() == 0 {
		return math.Inf(1)
	}
	return 2 * float64(g.to.DaysSince(g.from)) / float64(g.steps())
}

func (g gap) days() []calendar.Date {
	out := make([]calendar.Date, 0, g.meetings)
	first := 1.0
	if g.openLeft {
		first = 0.5
	}
	for i := range g.meetings {
		out = append(out, g.from.AddDays(int(math.Round((first+float64(i))*g.step()))))
	}
	return out
}

// nearest finds the free day of a period that costs least beside the ideal one; of two that cost the same, the earlier.
func (p *planner) nearest(k *convention.Committee, ideal calendar.Date, in calendar.Period, free func(calendar.Date) bool) (calendar.Date, bool) {
	best, least := calendar.Date{}, math.MaxInt
	for day := in.From; !day.After(in.To); day = day.AddDays(1) {
		if cost := p.cost(k, day, ideal); cost < least && free(day) {
			best, least = day, cost
		}
	}
	return best, !best.IsZero()
}

func (p *planner) cost(k *convention.Committee, day, ideal calendar.Date) int {
	cost := max(day.DaysSince(ideal), ideal.DaysSince(day))
	if want := p.Preferences[k.ID].Weekday; want != 0 && day.Weekday() != want {
		cost += otherWeekday
	}
	if p.waitsFor(k) {
		if _, _, ok := p.upstreamOf(k, day); !ok {
			cost += noUpstream
		}
	}
	return cost
}

// waitsFor tells whether some committee whose proposals this one settles meets at all.
func (p *planner) waitsFor(k *convention.Committee) bool {
	return slices.ContainsFunc(p.text.Committees, func(u convention.Committee) bool {
		return len(p.days[u.ID]) > 0 && Upstream(p.text, u.ID, k.ID)
	})
}

func laterOf(a, b calendar.Date) calendar.Date {
	if a.After(b) {
		return a
	}
	return b
}

func earlierOf(a, b calendar.Date) calendar.Date {
	if a.Before(b) {
		return a
	}
	return b
}
