package view

import (
	"net/url"

	"github.com/a-h/templ"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
)

// CommitteesData is the page of all the committees.
type CommitteesData struct {
	Text       *convention.Convention
	Root       string // of the space
	Year       int
	Committees []CommitteeRow
}

// CommitteeRow is a committee with its seats and its meetings.
type CommitteeRow struct {
	Committee *convention.Committee
	Seats     []SeatRow
	Tally     Tally
}

// SeatRow is a seat as it stands on a day.
type SeatRow struct {
	Seat       convention.Seat
	Occupation governance.Occupation
}

// CommitteeData is the page of one committee.
type CommitteeData struct {
	Text      *convention.Convention
	Committee *convention.Committee
	Root      string // of the space
	Today     calendar.Date
	Seats     []SeatRow
	People    map[string]directory.Person
	Meetings  []governance.Meeting
	Files     map[string]int // documents of each meeting, by identifier
	Past      []governance.Mandate
	Tally     Tally
	Derived   DerivedData // of a derived committee alone
	Feed      FeedData
	MayRecord bool                    // the reader may enter meetings
	MayName   func(party string) bool // the reader may fill the seats of a party
}

// partySeats are the seats of one party in a committee.
type partySeats struct {
	Party convention.Party
	Rank  int
	Seats []SeatRow
}

// byParty gathers seats by party, in the order of the convention: peers, without rank between them.
func byParty(c *convention.Convention, seats []SeatRow) []partySeats {
	var out []partySeats
	for i, party := range c.Parties {
		g := partySeats{Party: party, Rank: i}
		for _, s := range seats {
			if s.Seat.Party == party.ID {
				g.Seats = append(g.Seats, s)
			}
		}
		if len(g.Seats) > 0 {
			out = append(out, g)
		}
	}
	return out
}

// filled counts the seats that somebody holds.
func (g partySeats) filled() int {
	n := 0
	for _, s := range g.Seats {
		if s.Occupation.Holder != nil {
			n++
		}
	}
	return n
}

func (r CommitteeRow) filled() int { return partySeats{Seats: r.Seats}.filled() }

func (r CommitteeRow) tally(p *i18n.Printer, year int) Tally {
	return tallyOf(p, r.Committee, r.Tally, year)
}

// tallyOf names what is counted: meetings of the civil year, or of the last twelve months.
func tallyOf(p *i18n.Printer, k *convention.Committee, t Tally, year int) Tally {
	t.Label = p.T("committee.tally.year", "year", itoa(year))
	if k.Cadence != nil && k.Cadence.Over == convention.Rolling12 {
		t.Label = p.T("committee.tally.rolling")
	}
	return t
}

func committeeHref(root, id string) string { return root + "/comites/" + url.PathEscape(id) }

// clauseHref is the address of a clause on the page of the convention.
func clauseHref(root, anchor string) string { return root + "/convention#" + url.PathEscape(anchor) }

func citation(p *i18n.Printer, c *convention.Convention, root string, at convention.Place) Citation {
	return Citation{Text: p.Say(c.Cite(at)), Href: clauseHref(root, at.Anchor)}
}

// seatsTitle is the key of the heading over who sits: seats, or members where the committee is derived.
func (d CommitteeData) seatsTitle() string {
	if d.Committee.Derived() {
		return "panel.members"
	}
	return "committee.seats"
}

func (d CommitteeData) actions(p *i18n.Printer) []Link {
	if !d.MayRecord {
		return nil
	}
	return []Link{{Label: p.T("meeting.add"), Href: d.Root + "/reunions/ajouter?comite=" + url.QueryEscape(d.Committee.ID), Icon: "add"}}
}

// rules are what the text says of the committee, in words, and where.
func (d CommitteeData) rules(p *i18n.Printer) []Definition {
	return append(committeeRules(p, d.Text, d.Committee),
		Definition{Term: p.T("committee.clause"), Value: Cite(p, citation(p, d.Text, d.Root, d.Committee.Place))})
}

// committeeRules are the rules of a committee that are not its seats: its rhythm, who may stand in, how it agrees.
func committeeRules(p *i18n.Printer, c *convention.Convention, k *convention.Committee) []Definition {
	out := []Definition{
		{Term: p.T("committee.cadence"), Text: p.T("committee.meets", "cadence", k.Cadence.Say())},
		{Term: p.T("committee.substitution"), Text: p.Say(k.Substitution.Say())},
	}
	if k.Quorum != nil {
		out = append(out, Definition{Term: p.T("committee.quorum"), Text: p.Say(k.Quorum.Say())})
	}
	decides := Definition{Term: p.T("committee.majority"), Text: p.T("committee.no-vote")}
	if k.Majority != nil {
		decides.Text = p.Say(k.Majority.Say())
	}
	out = append(out, decides)
	if k.Notice > 0 {
		out = append(out, Definition{Term: p.T("committee.notice"), Text: p.T("common.days", "count", k.Notice)})
	}
	if len(k.ConvenedBy) > 0 {
		out = append(out, Definition{Term: p.T("convention-page.committee.convened-by"), Text: p.List(calledAll(c, k.ConvenedBy))})
	}
	return out
}

// powers are the powers that a mission grants, in words.
func powers(m convention.Mission) []fault.Message {
	out := make([]fault.Message, len(m.Powers))
	for i, x := range m.Powers {
		out[i] = x.Say()
	}
	return out
}

// seatName is what a seat is called under the name of its party.
func (d CommitteeData) seatName(p *i18n.Printer, s SeatRow) string { return p.Say(s.Seat.Say()) }

func (d CommitteeData) name(person string) string { return d.People[person].Name() }

func (d CommitteeData) nameHref(s SeatRow, role governance.Role) string {
	q := url.Values{"siege": {s.Seat.Key}}
	if role == governance.Substitute {
		q.Set("role", string(role))
	}
	return d.Root + "/mandats/ajouter?" + q.Encode()
}

func (d CommitteeData) mandateHref(id string) string {
	return d.Root + "/mandats/" + url.PathEscape(id) + "/modifier"
}

// substitutes tells whether substitutes are named in advance.
func (d CommitteeData) substitutes() bool {
	return d.Committee.Substitution != convention.SubstitutionNone
}

func (d CommitteeData) pastTable(p *i18n.Printer) Table {
	t := Table{Caption: p.T("committee.past"), Hidden: true, Columns: []Column{{Title: p.T("person.name")}, {Title: p.T("mandate.field.seat")},
		{Title: p.T("mandate.dates")}}}
	for _, m := range d.Past {
		seat := m.Seat
		if s, ok := d.Text.Seat(m.Seat); ok {
			seat = p.Say(d.Text.SaySeat(s))
		}
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{personLink(d.Root, m.Person, d.name(m.Person)), Text(seat), Text(mandateDates(p, m))}})
	}
	return t
}
