package governance

import (
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
)

// CheckDates tells, for each of the dates that somebody chose, what speaks against it: a closed day, another committee on it, a
// maximum that it exceeds, a notice that it leaves no time for, a convention that does not bind on it. None of it forbids the
// date. Each is judged beside those before it.
func CheckDates(r ScheduleRequest, dates []ProposedDate) [][]fault.Message {
	p := newPlanner(r)
	out := make([][]fault.Message, len(dates))
	for i, x := range dates {
		k := p.committee(x.Committee)
		if k == nil || x.Day.IsZero() {
			continue
		}
		out[i] = p.warnings(k, x.Day)
		p.take(x.Committee, x.Day)
	}
	return out
}

func (p *planner) committee(id string) *convention.Committee {
	if p.text == nil {
		return nil
	}
	return p.text.Committee(id)
}

func (p *planner) warnings(k *convention.Committee, day calendar.Date) []fault.Message {
	var out []fault.Message
	if c := p.closed(k.ID, day); c != "" {
		out = append(out, c.say("schedule.warning.", day))
	}
	if p.taken[day] {
		out = append(out, ClosedTaken.say("schedule.warning.", day))
	}
	if limit, over := p.tooMany(k, day); over {
		out = append(out, fault.Say("schedule.warning.limit", "day", day, "committee", k.Name, "count", limit))
	}
	if !p.binds(k.ID, day) {
		out = append(out, fault.Say("schedule.warning.not-in-force", "day", day))
	}
	if n := day.DaysSince(p.Today); n < k.Notice {
		out = append(out, fault.Say("schedule.warning.notice", "day", day, "count", k.Notice))
	}
	return out
}

// say names the closure of a day after a stem of the catalogues.
func (c Closure) say(stem string, day calendar.Date) fault.Message {
	if c != ClosedHoliday {
		return fault.Say(stem+string(c), "day", day)
	}
	h, _ := calendar.HolidayOn(day)
	return fault.Say(stem+string(c), "day", day, "name", fault.Say("holiday."+h.Key))
}

// tooMany tells whether one more meeting on a day exceeds the maximum of the cadence, and what that is.
func (p *planner) tooMany(k *convention.Committee, day calendar.Date) (limit int, over bool) {
	if k.Cadence == nil || k.Cadence.AsNeeded {
		return 0, false
	}
	if k.Cadence.Over == convention.Rolling12 {
		return k.Cadence.Max, p.exceeds(k.ID, day)
	}
	span := calendar.CivilYear(day.Year())
	parts := convention.Within(p.stretches, span)
	if len(parts) == 0 {
		return 0, false
	}
	_, limit = convention.Required(k.ID, parts, span)
	return limit, limit >= 0 && p.count(k.ID, span) >= limit
}
