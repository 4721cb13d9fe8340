package paper

import (
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/document"
	"entente/internal/governance"
)

// CommitteesData is who sits in the committees on a day.
type CommitteesData struct {
	Text       *convention.Convention
	Day        calendar.Date
	Committees []CommitteeSeats
	People     map[string]directory.Person
}

// CommitteeSeats is one committee with who sits in it: the seats of one that is appointed, the members of one that is derived.
type CommitteeSeats struct {
	Committee *convention.Committee
	Seats     []SeatOn
	Members   []Member
}

// SeatOn is a seat as it stands on a day.
type SeatOn struct {
	Seat       convention.Seat
	Occupation governance.Occupation
}

// Member is a member of a derived committee, with the actions that make them so.
type Member struct {
	Name    string
	Party   string // for whose organization they work; empty where for none
	Actions []string
}

// Committees is the directory of the committees: who sits, by institution.
func Committees(f Frame, d CommitteesData) *document.Document {
	p := f.P
	name := p.T("paper.committees.title")
	if len(d.Committees) == 1 {
		name = d.Committees[0].Committee.Name
	}
	out := f.begin(name, p.T("paper.committees.subtitle", "day", d.Day), title(d.Text), p.T("paper.foot-space", "what", name, "space", p.Day(d.Day)))
	b := body{Frame: f}
	for _, k := range d.Committees {
		if len(d.Committees) > 1 {
			b.heading(1, k.Committee.Name)
		}
		b.terms(p.T("committee.clause"), p.Say(d.Text.Cite(k.Committee.Place)), p.T("committee.cadence"), p.T("committee.meets", "cadence", k.Committee.Cadence.Say()),
			p.T("committee.substitution"), p.Say(k.Committee.Substitution.Say()))
		if k.Committee.Derived() {
			b.members(d.Text, k)
			continue
		}
		b.seats(d, k)
	}
	out.Body = b.blocks
	return out
}

// seats lists the seats by institution, in the order of the convention.
func (b *body) seats(d CommitteesData, k CommitteeSeats) {
	t := document.Table{Caption: b.P.T("paper.committees.caption", "committee", k.Committee.Name), RowHeaders: true,
		Columns: columns(b.P, "paper.party", 3, "paper.seat", 4, "paper.attendance.holder", 3, "paper.committees.since", 4, "paper.attendance.substitutes", 4)}
	for _, party := range d.Text.Parties {
		for _, s := range k.Seats {
			if s.Seat.Party != party.ID {
				continue
			}
			who, since := b.P.T("paper.vacant"), ""
			if m := s.Occupation.Holder; m != nil {
				who, since = d.People[m.Person].Name(), b.P.Period(calendar.Period{From: m.Period.From, To: m.Last()})
			}
			var instead []string
			for _, m := range s.Occupation.Substitutes {
				instead = append(instead, d.People[m.Person].Name())
			}
			t.Rows = append(t.Rows, cells(party.Short, b.P.Say(s.Seat.Say()), who, since, b.P.List(instead)))
		}
	}
	b.add(t)
}

func (b *body) members(c *convention.Convention, k CommitteeSeats) {
	b.say("committee.derived")
	if len(k.Members) == 0 {
		return
	}
	t := document.Table{Caption: b.P.T("paper.committees.caption", "committee", k.Committee.Name), RowHeaders: true, Columns: columns(b.P, "paper.person", 4, "paper.party", 4, "panel.leads", 8)}
	for _, m := range k.Members {
		t.Rows = append(t.Rows, cells(m.Name, b.institution(c, m.Party), b.P.List(m.Actions)))
	}
	b.add(t)
}
