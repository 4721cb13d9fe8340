package view

import (
	"entente/internal/calendar"
	"entente/internal/compliance"
	"entente/internal/convention"
	"entente/internal/governance"
	"entente/internal/i18n"
	"entente/internal/journal"
)

// HomeData is the home of a space: what waits for the reader, and how the convention stands today.
type HomeData struct {
	Root          string // of the space
	Today         calendar.Date
	Version       *convention.Version // whose rules apply today, or the first to come
	First         calendar.Date       // day on which the first version took effect
	Report        compliance.Report
	Keeps         bool   // the reader keeps the space, for a party or for all
	Mine          []Todo // what waits for the reader as a person, whoever keeps the space
	Todos         []Todo // what waits for who keeps the space
	More          int    // how many more there are on the page of obligations
	FollowUps     []Todo // what the reader has to do because of decisions
	MoreFollowUps int    // how many more of these there are
	Begin         []Todo // first steps, while a register is still empty
	Seats         []HeldCommittee
	Dates         []Event
	Committees    []CommitteeRow
	Journal       bool // the reader may read the journal
	Names         Names
	Recent        []journal.Entry
}

// HeldCommittee is a committee in which the reader sits, with its next meeting where one is planned.
type HeldCommittee struct {
	Committee *convention.Committee
	Role      governance.Role
	Next      *governance.Meeting
}

func (d HomeData) text() *convention.Convention { return d.Version.Text }

func (d HomeData) heading(p *i18n.Printer) Heading {
	h := Heading{Title: p.T("nav.home"), Lede: p.Say(d.Report.State)}
	if id := d.text().Identity; id != nil {
		h.Title, h.Kicker = id.Title, id.Kind
	}
	return h
}

// countdown counts to the end of the convention, where it has one.
func (d HomeData) countdown(p *i18n.Printer) (Countdown, bool) {
	until := d.Version.Until()
	if until.IsZero() {
		return Countdown{}, false
	}
	return Countdown{Days: until.DaysSince(d.Today), Until: until, Label: p.T("home.end"), Start: d.First, Day: d.Today}, true
}

// state says which version applies, whether it binds, and whether it is signed.
func (d HomeData) state(p *i18n.Printer) []Definition {
	label := p.T("home.version-text", "number", d.Version.Number, "from", d.Version.Effective)
	if d.Version.Effective.After(d.Today) {
		label = p.T("home.version-text-future", "number", d.Version.Number, "from", d.Version.Effective)
	}
	out := []Definition{{Term: p.T("home.version"), Value: LinkText(Link{Label: label, Href: d.Root + "/convention"})}}
	if f, ok := d.Report.Of("signatures"); ok {
		out = append(out, Definition{Term: p.T("signature.list"), Value: LinkText(Link{Label: p.Say(f.Figures), Href: d.Root + "/signatures"})})
	}
	return out
}

func (d HomeData) breakdown(p *i18n.Printer) Breakdown {
	return StatusBreakdown(p, d.Root, d.Report, calendar.Date{})
}

// obligationsHref is the page of obligations, worst first.
func (d HomeData) obligationsHref() string { return ComplianceQuery{ByStatus: true}.Href(d.Root) }

// filledSeats says how many seats of a committee are held; nothing for one whose members are not appointed.
func (r CommitteeRow) filledSeats(p *i18n.Printer) string {
	if r.Committee.Derived() {
		return p.T("committee.derived")
	}
	return p.T("committee.seats-filled", "count", r.filled(), "total", len(r.Seats))
}
