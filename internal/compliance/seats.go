package compliance

import (
	"slices"
	"strings"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
)

// seats judges whether the seats of each appointed committee are filled on the day. A derived committee is judged by the
// leads of its actions, as an obligation of KindAction.
func seats(c *docket) []Finding {
	var out []Finding
	for i := range c.text.Committees {
		k := &c.text.Committees[i]
		if places := k.Places(); len(places) > 0 {
			out = append(out, c.seating(k, places))
		}
	}
	return out
}

func (c *docket) seating(k *convention.Committee, places []convention.Seat) Finding {
	f := Finding{
		Obligation: obligation("seats/"+k.ID, places[0].Place, fault.Say("compliance.seats.subject", "committee", k.Name)),
		Words:      fault.Say("compliance.seats.words", "committee", k.Name, "count", len(places), "cite", c.text.Cite(places[0].Place)),
	}
	f.Obligation.Committee = k.ID
	if c.phase == after {
		f.Status, f.Figures = NotApplicable, fault.Say("compliance.ended", "end", c.asOf)
		return f
	}
	s := c.tally(places)
	f.Evidence = s.links
	f.Status = s.status(c.anyMandate(k.ID))
	f.Figures = s.figures(len(places))
	if f.Status == Unknown {
		f.Figures = fault.Say("compliance.seats.none", "count", len(places))
	}
	f.Next = s.next(f.Status, k.Name)
	return f
}

// seating is how the seats of a committee stand on a day.
type seating struct {
	filled  int
	vacant  []fault.Message // seats that nobody holds and for which no successor is on record
	awaited []fault.Message // seats that nobody holds, whose next holder is on record
	soon    []fault.Message // seats whose mandate ends soon, without a successor on record
	carried []fault.Message // seats held by a mandate carried over
	by      calendar.Date   // first day on which something is due
	links   []Link
}

func (c *docket) tally(places []convention.Seat) seating {
	var s seating
	for _, p := range places {
		o := governance.Occupy(p.Key, c.Mandates, c.day)
		s.add(c.text.SaySeat(p), o)
		if o.Holder != nil {
			s.links = append(s.links, Link{Kind: LinkMandate, ID: o.Holder.ID, Day: o.Holder.Period.From, Label: c.mandateLabel(p, o.Holder.Person)})
		}
	}
	slices.SortStableFunc(s.links, func(a, b Link) int { return b.Day.Compare(a.Day) })
	return s
}

func (s *seating) add(seat fault.Message, o governance.Occupation) {
	switch {
	case o.State == governance.Vacant && o.Next != nil:
		s.awaited = append(s.awaited, seat)
		s.due(o.Next.Period.From)
		return
	case o.State == governance.Vacant:
		s.vacant = append(s.vacant, seat)
		return
	case o.State == governance.CarriedOver:
		s.carried = append(s.carried, seat)
		s.due(o.Holder.Last())
	case o.State == governance.EndsSoon && !follows(o):
		s.soon = append(s.soon, seat)
		s.due(o.Holder.Last())
	}
	s.filled++
}

// follows tells whether the next holder's mandate begins as soon as the present one ends.
func follows(o governance.Occupation) bool {
	return o.Next != nil && !o.Next.Period.From.After(o.Holder.Last().AddDays(1))
}

func (s *seating) due(day calendar.Date) {
	if s.by.IsZero() || day.Before(s.by) {
		s.by = day
	}
}

func (s *seating) status(recorded bool) Status {
	switch {
	case !recorded:
		return Unknown
	case len(s.vacant) > 0:
		return Broken
	case len(s.awaited)+len(s.soon)+len(s.carried) > 0:
		return AtRisk
	}
	return Kept
}

func (s *seating) figures(of int) fault.Message {
	filled := fault.Say("compliance.seats.filled", "count", s.filled, "of", of)
	parts := []fault.Message{filled}
	for _, x := range []struct {
		key   string
		seats []fault.Message
	}{{"vacant", s.vacant}, {"awaited", s.awaited}, {"soon", s.soon}, {"carried", s.carried}} {
		if n := len(x.seats); n > 0 {
			parts = append(parts, fault.Say("compliance.seats."+x.key, "count", n, "seats", apart(x.seats)))
		}
	}
	return chain(parts)
}

// apart lists seats with semicolons between them, because the name of a seat may hold commas.
func apart(seats []fault.Message) fault.Message {
	m := seats[0]
	for _, s := range seats[1:] {
		m = fault.Say("compliance.apart", "first", m, "then", s)
	}
	return m
}

// chain joins parts of a sentence from left to right.
func chain(parts []fault.Message) fault.Message {
	m := parts[0]
	for _, p := range parts[1:] {
		m = fault.Say("compliance.and", "first", m, "then", p)
	}
	return fault.Say("compliance.sentence", "text", m)
}

func (s *seating) next(status Status, committee string) *Step {
	switch {
	case status == Unknown:
		return step(calendar.Date{}, "compliance.seats.next.record", "committee", committee)
	case len(s.vacant) > 0:
		return step(calendar.Date{}, "compliance.seats.next.fill", "seats", apart(s.vacant), "count", len(s.vacant))
	case len(s.soon)+len(s.carried) > 0:
		return step(s.by, "compliance.seats.next.renew", "seats", apart(append(slices.Clone(s.soon), s.carried...)), "count", len(s.soon)+len(s.carried))
	case len(s.awaited) > 0:
		return step(s.by, "compliance.seats.next.awaited", "date", s.by)
	}
	return nil
}

// anyMandate tells whether a mandate in the committee was ever recorded, whatever its dates.
func (c *docket) anyMandate(committee string) bool {
	return slices.ContainsFunc(c.Mandates, func(m governance.Mandate) bool {
		return m.Role == governance.Holder && strings.HasPrefix(m.Seat, committee+"/")
	})
}

func (c *docket) mandateLabel(s convention.Seat, person string) fault.Message {
	seat := c.text.SaySeat(s)
	if name := c.People[person]; name != "" {
		return fault.Say("compliance.link.mandate.named", "seat", seat, "name", name)
	}
	return fault.Say("compliance.link.mandate.seat", "seat", seat)
}
