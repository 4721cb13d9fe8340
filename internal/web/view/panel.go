package view

import (
	"net/url"

	"github.com/a-h/templ"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/governance"
	"entente/internal/i18n"
)

// PanelsData lists the technical committees of a space.
type PanelsData struct {
	Text      *convention.Convention
	Root      string // of the space
	Today     calendar.Date
	Derived   []*convention.Committee // empty where the convention has none: then there is nothing to set up
	Organized convention.Grant        // by which committee, under which mission, one is set up
	Rows      []PanelRow
	May       bool // the reader may enter one
}

// PanelRow is a technical committee with its members of the day.
type PanelRow struct {
	Panel   governance.Panel
	Members []MemberRow
}

// PanelData is the page of one technical committee.
type PanelData struct {
	Text      *convention.Convention
	Root      string // of the space
	Today     calendar.Date
	Panel     governance.Panel
	Organized convention.Grant
	SetUp     governance.Meeting // zero where nobody said
	Members   []MemberRow
	Meetings  []governance.Meeting
	May       bool
}

// DerivedData is what the page of a derived committee shows in place of seats.
type DerivedData struct {
	Members []MemberRow
	Panels  []PanelRow
	May     bool // the reader may set one up
}

func panelHref(root, id string) string { return root + "/comites-techniques/" + url.PathEscape(id) }

func (d PanelsData) actions(p *i18n.Printer) []Link {
	if !d.May {
		return nil
	}
	return []Link{{Label: p.T("panel.add"), Href: d.Root + "/comites-techniques/ajouter", Icon: "add"}}
}

// aims are what a technical committee bears on, in words.
func aims(p *i18n.Printer, c *convention.Convention, x governance.Panel) string {
	var out []string
	for _, id := range x.Scope {
		out = append(out, aimName(p, c, id))
	}
	if len(x.Actions) > 0 {
		out = append(out, p.T("panel.actions", "count", len(x.Actions), "actions", x.Actions))
	}
	return p.List(out)
}

func panelTable(p *i18n.Printer, c *convention.Convention, root string, rows []PanelRow, today calendar.Date) Table {
	t := Table{Caption: p.T("panel.list"), Hidden: true, Columns: []Column{{Title: p.T("panel.field.name")}, {Title: p.T("panel.field.scope")},
		{Title: p.T("panel.members-today"), Number: true}, {Title: p.T("panel.dates")}}}
	for _, r := range rows {
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{LinkText(Link{Label: r.Panel.Name, Href: panelHref(root, r.Panel.ID)}),
			Text(aims(p, c, r.Panel)), Text(p.Number(len(r.Members))), Text(p.Period(r.Panel.Period))}})
	}
	return t
}

func (d PanelData) actions(p *i18n.Printer) []Link {
	if !d.May {
		return nil
	}
	q := url.Values{"comite": {d.Panel.Committee}, "panel": {d.Panel.ID}}
	return []Link{
		{Label: p.T("panel.change"), Href: panelHref(d.Root, d.Panel.ID) + "/modifier", Icon: "change"},
		{Label: p.T("meeting.add"), Href: d.Root + "/reunions/ajouter?" + q.Encode(), Icon: "add"},
	}
}

func (d PanelData) kicker() string {
	if k := d.Text.Committee(d.Panel.Committee); k != nil {
		return k.Name
	}
	return ""
}

func (d PanelData) definitions(p *i18n.Printer) []Definition {
	out := []Definition{{Term: p.T("panel.field.scope"), Text: aims(p, d.Text, d.Panel)}}
	if k := d.Text.Committee(d.Panel.By); k != nil {
		out = append(out, Definition{Term: p.T("panel.by"), Value: panelBy(p, d, k)})
	}
	setUp := Definition{Term: p.T("panel.field.meeting"), Text: p.T("panel.decision-to-come")}
	if d.SetUp.ID != "" {
		setUp = Definition{Term: p.T("panel.field.meeting"), Value: LinkText(Link{Label: meetingDay(p, d.SetUp), Href: MeetingHref(d.Root, d.SetUp.ID, "")})}
	}
	return append(out, setUp, Definition{Term: p.T("panel.dates"), Text: p.Period(d.Panel.Period)})
}
