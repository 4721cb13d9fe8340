package view

import (
	"strconv"

	"github.com/a-h/templ"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/i18n"
)

// identityRows are what sort of convention it is and where it applies; its title is that of the page.
func identityRows(p *i18n.Printer, f convention.Facts) []Definition {
	var out []Definition
	if x := f.Identity; x != nil {
		out = appendGiven(out, p.T("convention-page.identity.kind"), x.Kind)
		out = appendGiven(out, p.T("convention-page.identity.short"), x.Short)
	}
	if x := f.Territory; x != nil {
		out = append(out, Definition{Term: p.T("convention-page.territory.name"), Text: x.Name})
		out = appendGiven(out, p.T("convention-page.territory.siren"), grouped(x.SIREN))
		out = appendGiven(out, p.T("convention-page.territory.department"), x.Department)
		out = appendGiven(out, p.T("convention-page.territory.school-zone"), x.SchoolZone)
	}
	return out
}

// appendGiven adds a definition where the text gives it: a blank of the text is no fact.
func appendGiven(list []Definition, term, text string) []Definition {
	if text == "" {
		return list
	}
	return append(list, Definition{Term: term, Text: text})
}

// grouped writes a SIREN as people read it: three times three digits, with spaces that do not break.
func grouped(siren string) string {
	if len(siren) != 9 {
		return siren
	}
	return siren[:3] + "\u00a0" + siren[3:6] + "\u00a0" + siren[6:]
}

// called names a party, a committee or an axis by its identifier; what is none is a name already.
func called(c *convention.Convention, id string) string {
	if x := c.Party(id); x != nil {
		return x.Short
	}
	if x := c.Committee(id); x != nil {
		return x.Name
	}
	for _, x := range c.Axes {
		if x.ID == id {
			return x.Name
		}
	}
	return id
}

func calledAll(c *convention.Convention, ids []string) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = called(c, id)
	}
	return out
}

// lineage is the line of agreements that ends with this one.
func (d ConventionData) lineage(p *i18n.Printer, list []convention.Predecessor) []Event {
	out := make([]Event, 0, len(list)+1)
	for _, x := range list {
		e := Event{When: p.Say(x.From.Say()), Title: x.Title}
		if x.To != "" {
			e.When = p.T("convention-page.lineage.span", "from", x.From.Say(), "to", x.To.Say())
		}
		if len(x.Parties) > 0 {
			e.Body = p.T("convention-page.lineage.between", "parties", calledAll(d.text(), x.Parties))
		}
		out = append(out, e)
	}
	here := Event{When: p.Period(calendar.Period{From: d.Version.Effective, To: d.Version.Until()}), Title: p.T("convention-page.lineage.here"), Current: true}
	if id := d.text().Identity; id != nil {
		here.Title = id.Title
	}
	return append(out, here)
}

// formerAxes are the axes of earlier agreements that the text says something of.
func formerAxes(list []convention.Predecessor) []convention.Predecessor {
	var out []convention.Predecessor
	for _, x := range list {
		if len(x.Axes) > 0 {
			out = append(out, x)
		}
	}
	return out
}

// formerAxis tells what became of an axis of an earlier agreement.
func formerAxis(p *i18n.Printer, c *convention.Convention, rank int, a convention.PredecessorAxis) string {
	name := fault.Say("convention-page.former.unnamed", "rank", rank+1)
	if a.Name != "" {
		name = fault.Say("convention-page.former.named", "name", a.Name)
	}
	switch {
	case a.Outcome == "":
		return p.T("convention-page.former.unknown", "axis", name)
	case len(a.Becomes) == 0:
		return p.T("convention-page.former.outcome", "axis", name, "outcome", fault.Say("convention.outcome."+a.Outcome))
	}
	return p.T("convention-page.former.becomes", "axis", name, "outcome", fault.Say("convention.outcome."+a.Outcome),
		"axes", calledAll(c, a.Becomes))
}

func (d ConventionData) partyTable(p *i18n.Printer, list []convention.Party) Table {
	t := Table{Caption: p.T("convention-page.parties", "count", len(list)), Columns: []Column{{Title: p.T("convention-page.party")},
		{Title: p.T("convention-page.party.name")}, {Title: p.T("convention-page.party.signatory")}}}
	for _, x := range list {
		represented := x.Signatory
		if x.Delegate != "" {
			represented = p.T("convention-page.party.or-delegate", "signatory", x.Signatory, "delegate", x.Delegate)
		}
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{partyTag(p, d.text(), x.ID), legalName(x), Text(represented)}})
	}
	return t
}

func (d ConventionData) commitmentTable(p *i18n.Printer, list []convention.Commitment) Table {
	t := Table{Caption: p.T("convention-page.commitments", "count", len(list)), Columns: []Column{{Title: p.T("convention-page.commitment")},
		{Title: p.T("convention-page.commitment.parties")}, {Title: p.T("convention-page.commitment.evidence")}}}
	for _, x := range list {
		who := p.T("convention-page.commitment.all")
		if len(x.Parties) > 0 {
			who = p.List(calledAll(d.text(), x.Parties))
		}
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{Text(x.Text), Text(who), Text(p.Say(x.Evidence.Say()))}})
	}
	return t
}

// seatTable lists the seats of a committee with who holds each on the day.
func (d ConventionData) seatTable(p *i18n.Printer, k *convention.Committee) Table {
	seats := d.Seats[k.ID]
	t := Table{Caption: p.T("convention-page.seats", "count", len(seats)), Columns: []Column{{Title: p.T("convention-page.seat")},
		{Title: p.T("convention-page.party")}, {Title: p.T("convention-page.seat.holder")}, {Title: p.T("convention-page.seat.state")}}}
	for _, s := range seats {
		holder := Text(p.T("convention-page.seat.nobody"))
		if m := s.Occupation.Holder; m != nil {
			holder = personLink(d.Root, m.Person, d.People[m.Person].Name())
		}
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{Text(p.Say(s.Seat.Say())), partyTag(p, d.text(), s.Seat.Party), holder,
			SeatBadge(p, s.Occupation.State)}})
	}
	return t
}

// objectiveNumber is the number of an objective: 1.2 is the second of axis 1.
func objectiveNumber(axis, rank int) string { return strconv.Itoa(axis) + "." + strconv.Itoa(rank+1) }

// evaluation tells a duty to evaluate: what, how often, and who carries it.
func (d ConventionData) evaluation(p *i18n.Printer, e convention.Evaluation) string {
	if e.By == "" {
		return p.T("convention-page.evaluation", "evaluation", e.Say())
	}
	return p.T("convention-page.evaluation.by", "evaluation", e.Say(), "committee", called(d.text(), e.By))
}

// durationRows are the term, as the text puts it and as it falls with the date of effect.
func (d ConventionData) durationRows(p *i18n.Printer, x *convention.Duration) []Definition {
	out := []Definition{
		{Term: p.T("convention-page.duration"), Text: p.Say(x.Say())},
		{Term: p.T("convention-page.duration.effective"), Text: p.Date(d.Version.Effective)},
	}
	if end := d.Version.Until(); !end.IsZero() {
		out = append(out, Definition{Term: p.T("convention-page.duration.end"), Text: p.Date(end)})
	}
	if x.Tacit > 0 {
		out = append(out, Definition{Term: p.T("convention-page.duration.tacit"), Text: p.T("convention-page.months", "count", x.Tacit)})
	}
	return out
}

func (d ConventionData) signatureTable(p *i18n.Printer, list []convention.SignatureLine) Table {
	t := Table{Caption: p.T("convention-page.signatures", "count", len(list)), Columns: []Column{{Title: p.T("convention-page.party")}, {Title: p.T("convention-page.signature.function")}}}
	for _, x := range list {
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{partyTag(p, d.text(), x.Party), Text(x.Function)}})
	}
	return t
}
