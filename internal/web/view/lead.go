package view

import (
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/governance"
	"entente/internal/i18n"
)

// LeadsData is the register of who carries the actions.
type LeadsData struct {
	Text    *convention.Convention
	Root    string // of the space
	Today   calendar.Date
	Leads   []governance.Lead
	People  map[string]string // names
	Parties map[string]string // for whose organization somebody works today
	May     bool              // the reader may change the register
}

// MemberRow is a member of a derived committee on a day.
type MemberRow struct {
	Member governance.Member
	Name   string
	Party  string // empty for who works for none
}

// axisLeads are the leads of one axis; Title is empty for those that no axis of the present text has.
type axisLeads struct {
	ID, Title string
	Leads     []governance.Lead
}

// byAxis gathers the leads by axis, in the order of the text; those whose objective the text does not know come last.
func (d LeadsData) byAxis(p *i18n.Printer) []axisLeads {
	axisOf := map[string]string{}
	var out []axisLeads
	for _, x := range d.Text.Axes {
		axisOf[x.ID] = x.ID
		for _, o := range x.Objectives {
			axisOf[o.ID] = x.ID
		}
		out = append(out, axisLeads{ID: x.ID, Title: axisTitle(p, x)})
	}
	out = append(out, axisLeads{ID: "other", Title: p.T("lead.other-objectives")})
	for _, l := range d.Leads {
		i := slices.IndexFunc(out, func(g axisLeads) bool { return g.ID == axisOf[l.Objective] })
		if i < 0 {
			i = len(out) - 1
		}
		out[i].Leads = append(out[i].Leads, l)
	}
	if last := len(out) - 1; len(out[last].Leads) == 0 {
		out = out[:last]
	}
	return out
}

func axisTitle(p *i18n.Printer, x convention.Axis) string {
	return p.T("convention-page.axis", "number", x.Number, "name", x.Name)
}

// aimName names an axis or an objective of the text; what it does not know is named as it was kept.
func aimName(p *i18n.Printer, c *convention.Convention, id string) string {
	for _, x := range c.Axes {
		if x.ID == id {
			return axisTitle(p, x)
		}
		for _, o := range x.Objectives {
			if o.ID == id {
				return o.Name
			}
		}
	}
	return id
}

func (d LeadsData) actions(p *i18n.Printer) []Link {
	if !d.May {
		return nil
	}
	return []Link{{Label: p.T("lead.add"), Href: d.Root + "/pilotes/ajouter", Icon: "add"}}
}

func (d LeadsData) table(p *i18n.Printer, g axisLeads) Table {
	t := Table{Caption: p.T("lead.caption", "axis", g.Title), Hidden: true, Columns: []Column{{Title: p.T("lead.field.action")}, {Title: p.T("lead.field.objective")},
		{Title: p.T("lead.field.person")}, {Title: p.T("lead.field.part")}, {Title: p.T("lead.dates")}}}
	if d.May {
		t.Columns = append(t.Columns, Column{Title: p.T("form.actions")})
	}
	for _, l := range g.Leads {
		part := "lead"
		if l.CoLead {
			part = "co-lead"
		}
		cells := []templ.Component{Text(l.Action), Text(aimName(p, d.Text, l.Objective)), memberCell(p, d.Text, d.Root, l.Person, d.People[l.Person], d.Parties[l.Person]),
			Text(p.T("lead.part." + part)), Text(p.Period(l.Period))}
		if d.May {
			cells = append(cells, editLink(p, d.Root+"/pilotes/"+url.PathEscape(l.ID)+"/modifier", l.Action+" – "+d.People[l.Person]))
		}
		t.Rows = append(t.Rows, Row{Cells: cells})
	}
	return t
}

// memberTable lists the members of a derived committee, with the actions that make them so.
func memberTable(p *i18n.Printer, c *convention.Convention, root string, members []MemberRow) Table {
	t := Table{Caption: p.T("panel.members"), Hidden: true, Columns: []Column{{Title: p.T("person.name")}, {Title: p.T("panel.leads")}}}
	for _, m := range members {
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{memberCell(p, c, root, m.Member.Person, m.Name, m.Party), Text(p.List(m.Member.Actions))}})
	}
	return t
}
