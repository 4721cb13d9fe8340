package office

import (
	"context"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
)

// Assembly is a meeting with who is called to it: the chairs of its committee by the text and the mandates of its day.
type Assembly struct {
	Meeting   governance.Meeting
	Version   *convention.Version // whose rules apply on the day of the meeting
	Committee *convention.Committee
	Panel     *governance.Panel // technical committee that meets; nil for the committee itself
	Chairs    []governance.Chair
	People    map[string]directory.Person // holders and substitutes, by identifier
}

// AssemblyOf reads a meeting and who is called to it, in at most five queries. Where the version of its day does not know the
// committee any more, the last one that does gives its name, and nobody is called.
func AssemblyOf(ctx context.Context, sp *store.Space, h convention.History, meeting string) (Assembly, error) {
	m, err := sp.Meeting(ctx, meeting)
	if err != nil {
		return Assembly{}, err
	}
	a := Assembly{Meeting: m}
	if !a.find(h) {
		return a, fault.New(fault.NotFound, "fault.no-committee")
	}
	if a.Version.Text.Committee(m.Committee) != nil && h.On(m.Day) == a.Version {
		if err := a.seat(ctx, sp); err != nil {
			return a, fault.Wrap(err, "office.assembly", meeting)
		}
	}
	a.People, err = sp.PeopleByID(ctx, a.persons()...)
	return a, fault.Wrap(err, "office.assembly", meeting)
}

// find chooses the version of the day, else the newest that knows the committee.
func (a *Assembly) find(h convention.History) bool {
	if v := h.On(a.Meeting.Day); v != nil {
		a.Version, a.Committee = v, v.Text.Committee(a.Meeting.Committee)
	}
	for i := len(h) - 1; i >= 0 && a.Committee == nil; i-- {
		a.Version, a.Committee = h[i], h[i].Text.Committee(a.Meeting.Committee)
	}
	return a.Committee != nil
}

func (a *Assembly) seat(ctx context.Context, sp *store.Space) (err error) {
	if !a.Committee.Derived() {
		mandates, err := sp.Mandates(ctx, store.MandateFilter{Committee: a.Committee.ID})
		a.Chairs = governance.Chairs(a.Committee, mandates, a.Meeting.Day)
		return err
	}
	if a.Meeting.Panel != "" {
		panel, err := sp.Panel(ctx, a.Meeting.Panel)
		if err != nil {
			return err
		}
		a.Panel = &panel
	}
	leads, err := sp.Leads(ctx)
	if err != nil {
		return err
	}
	members := governance.Members(leads, a.Panel, AxisOf(a.Version.Text), a.Meeting.Day)
	parties, err := PartiesOf(ctx, sp, members, a.Meeting.Day)
	a.Chairs = governance.DerivedChairs(a.Committee.ID, members, func(person string) string { return parties[person] })
	return err
}

// AxisOf gives the axis that an objective of the text belongs to; an axis, and what the text does not know, belong to none.
func AxisOf(text *convention.Convention) func(objective string) string {
	axes := map[string]string{}
	for _, x := range text.Axes {
		for _, o := range x.Objectives {
			axes[o.ID] = x.ID
		}
	}
	return func(objective string) string { return axes[objective] }
}

// PartiesOf gives the party for whose organization each member works on a day, in two queries; who works for none is left out.
func PartiesOf(ctx context.Context, sp *store.Space, members []governance.Member, day calendar.Date) (map[string]string, error) {
	parties, err := sp.Parties(ctx)
	if err != nil {
		return nil, err
	}
	byOrganization := make(map[string]string, len(parties))
	for party, o := range parties {
		byOrganization[o.ID] = party
	}
	ids := make([]string, 0, len(members))
	for _, m := range members {
		ids = append(ids, m.Person)
	}
	functions, err := sp.FunctionsOf(ctx, ids...)
	out := make(map[string]string, len(ids))
	for _, f := range functions {
		if party := byOrganization[f.Organization]; party != "" && f.Period.Contains(day) {
			out[f.Person] = party
		}
	}
	return out, err
}

// persons are everybody who may sit.
func (a *Assembly) persons() []string {
	var out []string
	for _, c := range a.Chairs {
		if c.Holder != "" {
			out = append(out, c.Holder)
		}
		out = append(out, c.Substitutes...)
	}
	return out
}

// Admits tells whether a person is called to the meeting, as a holder or as a substitute: who may read what is for the
// committee alone.
func (a *Assembly) Admits(person string) bool {
	if person == "" {
		return false
	}
	for _, p := range a.persons() {
		if p == person {
			return true
		}
	}
	return false
}
