package governance

import (
	"slices"
	"time"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
)

// How far a committee that settles what another proposes meets after it, in days: time for the documents to be written and
// read, and not so long that what was proposed is forgotten. The space's own custom: no convention fixes it.
const (
	RoomDays   = 14
	SeasonDays = 75
)

// ScheduleRequest is what dates are proposed for.
type ScheduleRequest struct {
	History     convention.History
	Meetings    []Meeting // on record, of every committee, from twelve months before the period to twelve after
	Today       calendar.Date
	Period      calendar.Period       // in which dates are sought; closed
	School      []calendar.Period     // school holidays of the territory's zone; none where they are not known
	Preferences map[string]Preference // by committee
}

// Preference is when a committee likes to meet.
type Preference struct {
	Weekday time.Weekday // Sunday for no preference
	Time    string       // "14:00"; empty for no preference

	SkipAugust bool // see Custom
}

// ProposedDate is a date proposed for a committee.
type ProposedDate struct {
	Committee string
	Day       calendar.Date
	Time      string // empty where neither a preference nor an earlier meeting tells
	Reasons   []fault.Message
}

// Cause is why a cadence cannot be satisfied.
type Cause string

// The causes.
const (
	CauseElapsed Cause = "elapsed" // no day is left in the span
	CauseNotice  Cause = "notice"  // days are left, but fewer than the notice that the text asks for
	CauseClosed  Cause = "closed"  // every day that is left is to be avoided
	CauseLimit   Cause = "limit"   // another meeting would exceed the maximum
	CausePast    Cause = "past"    // the twelve months that roll are short already
)

// Shortfall is what a cadence lacks in spite of the proposals: so many meetings over a civil year, or, where twelve months
// roll, on each day of the span at most so many.
type Shortfall struct {
	Committee string
	Span      calendar.Period
	Missing   int
	Cause     Cause
	Rolling   bool
}

// Say tells what lacks and why.
func (s Shortfall) Say(committee string) fault.Message {
	key := "schedule.short."
	if s.Rolling {
		key = "schedule.short-rolling."
	}
	return fault.Say(key+string(s.Cause), "committee", committee, "count", s.Missing, "from", s.Span.From, "to", s.Span.To)
}

// Schedule is what is proposed, by day, and what could not be.
type Schedule struct {
	Proposals  []ProposedDate
	Shortfalls []Shortfall
	AsNeeded   []string // committees that meet as needed, or for which the text fixes no rhythm: nothing is proposed for them
}

// ProposeDates proposes dates that satisfy every cadence of the convention over a period, counting what was held and what
// is planned. It avoids weekends, public holidays, school holidays and days on which any committee meets, respects notices,
// spreads the meetings of a committee evenly, and lets a committee that settles proposals meet after the one that makes
// them. It never exceeds a maximum. What it cannot satisfy it says. The same request always gives the same dates. A meeting
// planned for a day that has passed counts as held: somebody has to say whether it was.
func ProposeDates(r ScheduleRequest) Schedule {
	p := newPlanner(r)
	if p.text == nil {
		return Schedule{}
	}
	for _, k := range p.order() {
		switch {
		case k.Cadence == nil || k.Cadence.AsNeeded || k.Cadence.Min == 0 && k.Cadence.Max == 0:
			p.out.AsNeeded = append(p.out.AsNeeded, k.ID)
		case k.Cadence.Over == convention.Rolling12:
			p.roll(k)
		default:
			for year := r.Period.From.Year(); year <= r.Period.To.Year(); year++ {
				p.fillYear(k, year)
			}
		}
	}
	slices.SortStableFunc(p.out.Proposals, func(a, b ProposedDate) int { return a.Day.Compare(b.Day) })
	return p.out
}

// planner holds what is known while dates are sought.
type planner struct {
	ScheduleRequest
	stretches []convention.Stretch
	text      *convention.Convention             // in force when the search begins
	days      map[string][]calendar.Date         // on which each committee met, will, or would: sorted
	taken     map[calendar.Date]bool             // by any committee
	bounds    map[string]map[calendar.Date]bound // of the twelve months that end on a day, by committee
	out       Schedule
}

// bound is what a cadence asks for over a span; limit is -1 for none.
type bound struct{ due, limit int }

func newPlanner(r ScheduleRequest) *planner {
	p := &planner{ScheduleRequest: r, stretches: r.History.Stretches(), days: map[string][]calendar.Date{}, taken: map[calendar.Date]bool{},
		bounds: map[string]map[calendar.Date]bound{}}
	from := r.Period.From
	if r.Today.After(from) {
		from = r.Today
	}
	if v := r.History.On(from); v != nil {
		p.text = v.Text
	} else if len(p.stretches) > 0 {
		p.text = p.stretches[0].Version.Text
	}
	for _, m := range r.Meetings {
		if m.State != Cancelled {
			p.take(m.Committee, m.Day)
		}
	}
	return p
}

// take notes that a committee meets on a day.
func (p *planner) take(committee string, day calendar.Date) {
	list := p.days[committee]
	i, _ := slices.BinarySearchFunc(list, day, calendar.Date.Compare)
	p.days[committee] = slices.Insert(list, i, day)
	p.taken[day] = true
}

// order gives the committees so that one comes after those whose proposals it settles; where they settle each other's, in
// the order of the text.
func (p *planner) order() []*convention.Committee {
	var out []*convention.Committee
	var left []*convention.Committee
	for i := range p.text.Committees {
		left = append(left, &p.text.Committees[i])
	}
	for len(left) > 0 {
		next := slices.IndexFunc(left, func(k *convention.Committee) bool {
			return !slices.ContainsFunc(left, func(u *convention.Committee) bool { return u != k && Upstream(p.text, u.ID, k.ID) })
		})
		next = max(next, 0)
		out = append(out, left[next])
		left = slices.Delete(left, next, next+1)
	}
	return out
}

// Upstream tells whether a committee proposes something that the other settles.
func Upstream(c *convention.Convention, from, to string) bool {
	for _, power := range convention.Powers() {
		if _, proposes := power.SettledBy(); !proposes || from == to || !grants(c.Grants(power), from) {
			continue
		}
		if grants(c.Settling(power), to) {
			return true
		}
	}
	return false
}

func grants(list []convention.Grant, committee string) bool {
	return slices.ContainsFunc(list, func(g convention.Grant) bool { return g.Committee.ID == committee })
}

// Closure is why a day is to be avoided; empty where it is not.
type Closure string

// The closures.
const (
	ClosedWeekend Closure = "weekend"
	ClosedHoliday Closure = "holiday"
	ClosedSchool  Closure = "school"
	ClosedAugust  Closure = "august" // by the custom of the committee
	ClosedTaken   Closure = "taken"  // a committee meets on it
)

// ClosureOf tells why a day is to be avoided, given the school holidays.
func ClosureOf(day calendar.Date, school []calendar.Period) Closure {
	if day.IsWeekend() {
		return ClosedWeekend
	}
	if _, is := calendar.HolidayOn(day); is {
		return ClosedHoliday
	}
	if slices.ContainsFunc(school, func(s calendar.Period) bool { return s.Contains(day) }) {
		return ClosedSchool
	}
	return ""
}

// closed tells why a committee avoids a day, other meetings apart.
func (p *planner) closed(committee string, day calendar.Date) Closure {
	c := ClosureOf(day, p.School)
	if c == "" && day.Month() == time.August && p.Preferences[committee].SkipAugust {
		return ClosedAugust
	}
	return c
}

func (p *planner) closure(committee string, day calendar.Date) Closure {
	if c := p.closed(committee, day); c != "" || !p.taken[day] {
		return c
	}
	return ClosedTaken
}

// binds tells whether the committee exists, by a version in force, on a day.
func (p *planner) binds(committee string, day calendar.Date) bool {
	return slices.ContainsFunc(p.stretches, func(s convention.Stretch) bool {
		return s.Contains(day) && s.Version.Text.Committee(committee) != nil
	})
}

// earliest is the first day on which a meeting that is convened today could be held: the notice later, and tomorrow at the
// soonest.
func (p *planner) earliest(k *convention.Committee) calendar.Date {
	day := p.Today.AddDays(max(1, k.Notice))
	if p.Period.From.After(day) {
		return p.Period.From
	}
	return day
}

// propose adds a date to the proposals. Ideal is the day that was looked for.
func (p *planner) propose(k *convention.Committee, day, ideal calendar.Date, why fault.Message) {
	x := ProposedDate{Committee: k.ID, Day: day, Time: p.hour(k.ID), Reasons: []fault.Message{why}}
	if c := p.closure(k.ID, ideal); day != ideal && c != "" {
		x.Reasons = append(x.Reasons, c.say("schedule.reason.moved.", ideal))
	}
	if u, before, ok := p.upstreamOf(k, day); ok {
		x.Reasons = append(x.Reasons, fault.Say("schedule.reason.upstream", "committee", u.Name, "day", before))
	}
	p.out.Proposals = append(p.out.Proposals, x)
	p.take(k.ID, day)
}

// hour is when a committee meets: as preferred, else as it last did.
func (p *planner) hour(committee string) string {
	if t := p.Preferences[committee].Time; t != "" {
		return t
	}
	var last Meeting
	for _, m := range p.Meetings {
		if m.Committee == committee && m.Time != "" && m.State != Cancelled && !m.Day.Before(last.Day) {
			last = m
		}
	}
	return last.Time
}

// upstreamOf finds the latest meeting, held at a good distance before a day, of a committee whose proposals this one settles.
func (p *planner) upstreamOf(k *convention.Committee, day calendar.Date) (*convention.Committee, calendar.Date, bool) {
	var from *convention.Committee
	var last calendar.Date
	for i := range p.text.Committees {
		u := &p.text.Committees[i]
		if !Upstream(p.text, u.ID, k.ID) {
			continue
		}
		for _, d := range p.days[u.ID] {
			if n := day.DaysSince(d); n >= RoomDays && n <= SeasonDays && d.After(last) {
				from, last = u, d
			}
		}
	}
	return from, last, from != nil
}
