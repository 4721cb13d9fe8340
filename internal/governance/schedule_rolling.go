package governance

import (
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
)

// roll proposes what the twelve months that end on any day of the period lack: first at regular intervals, then before
// each day on which they would still be short. Twelve months that are short already are not mended by meetings one upon
// the other: they are said.
func (p *planner) roll(k *convention.Committee) {
	usable := calendar.Period{From: p.earliest(k), To: p.Period.To}
	if b := p.boundOf(k.ID, usable.To); b.due > 0 {
		p.pace(k, usable, 365/b.due)
	}
	p.mend(k, usable)
	p.sayShort(k, usable)
}

// pace proposes a meeting each time that so many days would have passed without one, sooner where the twelve months would fall
// short before.
func (p *planner) pace(k *convention.Committee, usable calendar.Period, every int) {
	last := usable.From.AddDays(-every)
	for {
		if met := p.lastBefore(k.ID, last.AddDays(every+1)); met.After(last) {
			last = met
			continue
		}
		ideal, why := laterOf(last.AddDays(every), usable.From), fault.Say("schedule.reason.pace", "count", every)
		if lapse := p.lapse(k.ID, usable); lapse.After(last) && lapse.Before(ideal) {
			ideal, why = lapse, fault.Say("schedule.reason.lapse", "day", lapse)
		}
		if ideal.After(usable.To) {
			return
		}
		before := calendar.Period{From: laterOf(usable.From, ideal.AddDays(-every/2)), To: ideal}
		after := calendar.Period{From: ideal.AddDays(1), To: earlierOf(usable.To, ideal.AddDays(every/2))}
		day, ok := p.nearest(k, ideal, before, p.rollingFree(k))
		if !ok {
			day, ok = p.nearest(k, ideal, after, p.rollingFree(k))
		}
		last = ideal
		if ok {
			p.propose(k, day, ideal, why)
			last = day
		}
	}
}

// lapse is the first day of a period on which the twelve months fall short although they did not the day before; zero where
// there is none.
func (p *planner) lapse(committee string, in calendar.Period) calendar.Date {
	enough := false
	for day := in.From; !day.After(in.To); day = day.AddDays(1) {
		short := p.count(committee, calendar.RollingMonths(day, 12)) < p.boundOf(committee, day).due
		if short && enough {
			return day
		}
		enough = !short
	}
	return calendar.Date{}
}

// lastBefore is the last day before another on which the committee meets; zero where there is none.
func (p *planner) lastBefore(committee string, day calendar.Date) calendar.Date {
	var last calendar.Date
	for _, d := range p.days[committee] {
		if d.Before(day) {
			last = d
		}
	}
	return last
}

// mend looks for days on which the twelve months fall short although they did not before, and proposes a meeting by then.
func (p *planner) mend(k *convention.Committee, usable calendar.Period) {
	short := false // it fell short on the day before, and nothing could be done
	for day := usable.From; !day.After(usable.To); day = day.AddDays(1) {
		b := p.boundOf(k.ID, day)
		for p.count(k.ID, calendar.RollingMonths(day, 12)) < b.due {
			if short || day == usable.From {
				short = true
				break
			}
			in := calendar.Period{From: laterOf(usable.From, day.AddMonths(-12).AddDays(1)), To: day}
			found, ok := p.nearest(k, day, in, p.rollingFree(k))
			if !ok {
				short = true
				break
			}
			p.propose(k, found, day, fault.Say("schedule.reason.lapse", "day", day))
		}
		if p.count(k.ID, calendar.RollingMonths(day, 12)) >= b.due {
			short = false
		}
	}
}

// rollingFree tells the days on which one more meeting may be held without exceeding the maximum of any twelve months.
func (p *planner) rollingFree(k *convention.Committee) func(calendar.Date) bool {
	return func(day calendar.Date) bool {
		return p.closure(k.ID, day) == "" && p.binds(k.ID, day) && !p.exceeds(k.ID, day)
	}
}

// exceeds tells whether one more meeting on a day would be too many for some twelve months that hold it.
func (p *planner) exceeds(committee string, day calendar.Date) bool {
	for end := day; end.Before(day.AddMonths(12)); end = end.AddDays(1) {
		if b := p.boundOf(committee, end); b.limit >= 0 && p.count(committee, calendar.RollingMonths(end, 12)) >= b.limit {
			return true
		}
	}
	return false
}

// boundOf is what the cadence asks for over the twelve months that end on a day. Before the first twelve months are whole,
// and once no version binds, it asks for nothing; the limit holds all the same.
func (p *planner) boundOf(committee string, end calendar.Date) bound {
	if b, known := p.bounds[committee][end]; known {
		return b
	}
	span := calendar.RollingMonths(end, 12)
	b := bound{limit: -1}
	if parts := convention.Within(p.stretches, span); len(parts) > 0 && p.binds(committee, end) {
		b.due, b.limit = convention.Required(committee, parts, span)
		if end.Before(convention.FirstSpan(convention.Rolling12, p.stretches[0].From).To) {
			b.due = 0
		}
	}
	if p.bounds[committee] == nil {
		p.bounds[committee] = map[calendar.Date]bound{}
	}
	p.bounds[committee][end] = b
	return b
}

// sayShort lists the runs of days on which the twelve months remain short.
func (p *planner) sayShort(k *convention.Committee, usable calendar.Period) {
	var run *Shortfall
	for day := laterOf(p.Today, p.Period.From); !day.After(p.Period.To); day = day.AddDays(1) {
		lack := p.boundOf(k.ID, day).due - p.count(k.ID, calendar.RollingMonths(day, 12))
		if lack <= 0 {
			run = nil
			continue
		}
		if run == nil {
			p.out.Shortfalls = append(p.out.Shortfalls, Shortfall{Committee: k.ID, Span: calendar.Period{From: day}, Rolling: true, Cause: p.rollingCause(k, day, usable)})
			run = &p.out.Shortfalls[len(p.out.Shortfalls)-1]
		}
		run.Span.To, run.Missing = day, max(run.Missing, lack)
	}
}

func (p *planner) rollingCause(k *convention.Committee, day calendar.Date, usable calendar.Period) Cause {
	switch {
	case !day.After(usable.From):
		return CausePast
	case p.exceeds(k.ID, day):
		return CauseLimit
	}
	return CauseClosed
}
