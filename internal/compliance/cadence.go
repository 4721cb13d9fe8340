package compliance

import (
	"slices"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
)

// lookahead is how far a rolling cadence looks for a day on which too few meetings would be left, in days.
const lookahead = 60

// cadences judges how often each committee meets, over the civil year or the twelve months that hold the day.
func cadences(c *docket) []Finding {
	var out []Finding
	for i := range c.text.Committees {
		if k := &c.text.Committees[i]; k.Cadence != nil {
			out = append(out, c.cadence(k))
		}
	}
	return out
}

func (c *docket) cadence(k *convention.Committee) Finding {
	f := Finding{
		Obligation: obligation("cadence/"+k.ID, k.Cadence.Place, fault.Say("compliance.cadence.subject", "committee", k.Name)),
		Words:      fault.Say("compliance.cadence.words", "committee", k.Name, "cadence", k.Cadence.Say(), "cite", c.text.Cite(k.Cadence.Place)),
	}
	f.Obligation.Committee = k.ID
	if c.phase == before {
		return f
	}
	w := c.current(k)
	f.Evidence = meetingLinks(c.meetings(k.ID, w.span))
	f.History = c.cadenceHistory(k, w)
	if k.Cadence.AsNeeded {
		f.Status = NotApplicable
		f.Figures = fault.Say("compliance.cadence.as-needed", "held", w.sayHeld())
		return f
	}
	f.Status = w.status()
	f.Figures = w.figures()
	f.Next = w.next(f.Status)
	return f
}

// window is a span of twelve months over which the meetings of a committee are counted.
type window struct {
	span     calendar.Period // the twelve months
	applies  calendar.Period // the part of them on which the convention binds
	due      int             // meetings that the rules of its days ask for, prorated, rounded down
	limit    int             // meetings that they allow, prorated, rounded up; -1 where there is no limit
	held     int
	planned  int             // still to come
	open     []calendar.Date // planned for a day that has passed: nobody said whether they were held
	empty    bool            // the register of meetings holds nothing at all
	recorded bool            // the register covers the span, so that what is not there did not take place
	over     bool            // no day is left in it
	ended    bool            // the convention has ended with it or since
	left     int             // days left after the day
	notice   int             // days that the text asks between convocation and meeting
	last     calendar.Date   // of the part that applies
	lapse    calendar.Date   // first day to come on which a rolling count would fall short or exceed; zero where none
	excess   calendar.Date   // day of the planned meeting that would exceed the limit; zero where none
	future   calendar.Date   // of the next planned meeting; zero where none
}

// current is the window that the day lies in; after the end of the convention, the last.
func (c *docket) current(k *convention.Committee) *window {
	if k.Cadence.Over != convention.Rolling12 {
		return c.window(k, calendar.CivilYear(c.asOf.Year()), c.phase == after)
	}
	first := c.firstSpan(convention.Rolling12)
	w := c.window(k, first, c.phase == after)
	if !first.Contains(c.asOf) {
		w = c.window(k, calendar.RollingMonths(c.asOf, 12), true)
	}
	if c.phase == during && w.held >= w.due {
		c.watch(k, w, first.To)
	}
	return w
}

// window counts the meetings of a committee over a span, and what the rules of its days ask for.
func (c *docket) window(k *convention.Committee, span calendar.Period, over bool) *window {
	w := &window{span: span, over: over, ended: c.phase == after, notice: k.Notice, empty: len(c.Meetings) == 0, limit: -1}
	parts := c.within(span)
	if len(parts) == 0 {
		return w
	}
	w.applies = calendar.Period{From: parts[0].From, To: parts[len(parts)-1].To}
	w.last, w.left = w.applies.To, w.applies.To.DaysSince(c.asOf)
	w.due, w.limit = required(k.ID, parts, span)
	for _, m := range c.meetings(k.ID, span) {
		switch {
		case m.Day.After(c.day) || m.Day == c.day && m.Pending():
			w.plan(m.Day)
		case m.State == governance.Held:
			w.held++
		default:
			w.open = append(w.open, m.Day)
		}
	}
	w.recorded = c.recorded(k.ID, span)
	if over && w.last == c.asOf {
		w.future = c.nextMeeting(k.ID)
	}
	return w
}

// nextMeeting is the day of the next planned meeting of a committee; zero where there is none.
func (c *docket) nextMeeting(committee string) calendar.Date {
	for _, m := range c.meetings(committee, calendar.Period{From: c.day}) {
		if m.Pending() {
			return m.Day
		}
	}
	return calendar.Date{}
}

func (w *window) plan(day calendar.Date) {
	w.planned++
	if w.future.IsZero() {
		w.future = day
	}
	if w.limit >= 0 && w.held+w.planned > w.limit && w.excess.IsZero() {
		w.excess = day
	}
}

// required gives the least and the greatest number of meetings over a span, each day counting under the rule of the
// version that binds on it. The least is rounded down and the greatest up: a partial year never asks for more than its
// share. There is no limit (-1) where some day has none.
func required(committee string, parts []stretch, span calendar.Period) (due, limit int) {
	whole := months(span)
	least, most, unlimited := 0, 0, false
	for _, s := range parts {
		k := s.version.Text.Committee(committee)
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

// meetings lists the meetings of a committee in a span that were not cancelled, oldest first.
func (c *docket) meetings(committee string, span calendar.Period) []governance.Meeting {
	var out []governance.Meeting
	for _, m := range c.Meetings {
		if m.Committee == committee && m.State != governance.Cancelled && span.Contains(m.Day) {
			out = append(out, m)
		}
	}
	slices.SortStableFunc(out, func(a, b governance.Meeting) int { return a.Day.Compare(b.Day) })
	return out
}

// recorded tells whether the register of meetings covers the span: the space was recording when it began, or a meeting
// of the committee held by its end is on record.
func (c *docket) recorded(committee string, span calendar.Period) bool {
	if len(c.Meetings) == 0 {
		return false
	}
	return !c.Since.After(span.From) || slices.ContainsFunc(c.Meetings, func(m governance.Meeting) bool {
		return m.Committee == committee && m.State == governance.Held && !m.Day.After(span.To)
	})
}

// watch looks for the first day to come on which the twelve months behind it would hold too few meetings, or too many,
// counting those planned. Days by the end of the first twelve months, which are not whole before, are passed over.
func (c *docket) watch(k *convention.Committee, w *window, first calendar.Date) {
	end := c.version.Until()
	known := c.meetings(k.ID, calendar.Period{From: c.day.AddMonths(-12)})
	for day := c.day.AddDays(1); day.DaysSince(c.day) <= lookahead && (end.IsZero() || !day.After(end)); day = day.AddDays(1) {
		if !day.After(first) {
			continue
		}
		span := calendar.RollingMonths(day, 12)
		n := 0
		for _, m := range known {
			if span.Contains(m.Day) && (m.State == governance.Held || !m.Day.Before(c.day)) {
				n++
			}
		}
		due, limit := required(k.ID, c.within(span), span)
		if limit >= 0 && n > limit && w.excess.IsZero() {
			w.excess = day
		}
		if n < due {
			w.lapse = day
			return
		}
	}
}

// cadenceHistory reports the spans before the one in hand: civil years, or runs of twelve months from the first effect.
func (c *docket) cadenceHistory(k *convention.Committee, now *window) []Row {
	if k.Cadence.AsNeeded {
		return nil
	}
	var out []Row
	for span := c.firstSpan(k.Cadence.Over); span.To.Before(now.last) && span.To.Before(c.asOf); span = following(span) {
		w := c.window(k, span, true)
		if w.applies.From.IsZero() {
			continue
		}
		out = append(out, Row{From: span.From, To: span.To, Status: w.status(), Figures: w.figures()})
	}
	return out
}

func (c *docket) firstSpan(over convention.Window) calendar.Period {
	if over != convention.Rolling12 {
		return calendar.CivilYear(c.start().Year())
	}
	return calendar.Period{From: c.start(), To: c.start().AddMonths(12).AddDays(-1)}
}

// following is the next twelve months.
func following(p calendar.Period) calendar.Period {
	from := p.To.AddDays(1)
	return calendar.Period{From: from, To: from.AddMonths(12).AddDays(-1)}
}

// status judges the window. The time left decides while meetings are missing: on course while half of the regular
// interval is left for each meeting that still has to be planned, at risk below that, broken once there is no day left to
// hold them on or to convene them for.
func (w *window) status() Status {
	switch {
	case w.limit >= 0 && w.held > w.limit:
		return Broken
	case !w.excess.IsZero():
		return AtRisk
	case w.due == 0 && (w.held == 0 || w.limit < 0):
		return NotApplicable
	case w.held >= w.due && !w.lapse.IsZero():
		return AtRisk
	case w.held >= w.due:
		return Kept
	case w.empty:
		return Unknown
	case w.over:
		return w.missed()
	case w.held+w.planned >= w.due:
		return OnCourse
	}
	need := w.due - w.held - w.planned
	switch {
	case need > w.left+1 || w.left < w.notice:
		return w.missed()
	case w.left*2 < need*w.applies.Days()/w.due:
		return AtRisk
	}
	return OnCourse
}

// missed is the status of a window that can no longer be kept: unknown where the register may lack meetings.
func (w *window) missed() Status {
	if !w.recorded || w.held+len(w.open) >= w.due {
		return Unknown
	}
	return Broken
}
