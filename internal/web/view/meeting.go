package view

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/governance"
	"entente/internal/i18n"
)

// MeetingsData is a year of the register of meetings.
type MeetingsData struct {
	Text      *convention.Convention
	Root      string // of the space
	Today     calendar.Date
	Year      int
	Committee string // the only one shown; empty for all
	Meetings  []governance.Meeting
	Add       bool           // the reader may enter meetings
	Files     map[string]int // documents of each, by identifier
}

func itoa(n int) string { return strconv.Itoa(n) }

func (d MeetingsData) actions(p *i18n.Printer) []Link {
	if !d.Add {
		return nil
	}
	href := d.Root + "/reunions/ajouter"
	if d.Committee != "" {
		href += "?comite=" + url.QueryEscape(d.Committee)
	}
	return []Link{{Label: p.T("meeting.add"), Href: href, Icon: "add"}, {Label: p.T("message.list"), Href: MessagesHref(d.Root, ""), Icon: "mail"}}
}

func (d MeetingsData) filter(p *i18n.Printer) Filter {
	committees := Field{Kind: SelectField, Name: "comite", Value: d.Committee, Label: p.T("meeting.field.committee"),
		Options: []Option{{Label: p.T("meeting.all-committees")}}}
	for _, k := range d.Text.Committees {
		committees.Options = append(committees.Options, Option{Value: k.ID, Label: k.Name})
	}
	year := Field{Kind: NumberField, Name: "annee", Value: itoa(d.Year), Label: p.T("meeting.year"), Short: true}
	return Filter{Action: d.Root + "/reunions", Fields: []Field{committees, year}, Active: d.Committee != "" || d.Year != d.Today.Year()}
}

// paging leads to the years before and after.
func (d MeetingsData) paging(p *i18n.Printer) Paging {
	at := func(year int) string {
		q := url.Values{"annee": {itoa(year)}}
		if d.Committee != "" {
			q.Set("comite", d.Committee)
		}
		return d.Root + "/reunions?" + q.Encode()
	}
	return Paging{Previous: at(d.Year - 1), Next: at(d.Year + 1), Summary: p.T("meeting.shown", "count", len(d.Meetings), "year", itoa(d.Year))}
}

// meetingTable lists meetings; who may record them finds a link to change each.
func meetingTable(p *i18n.Printer, c *convention.Convention, root string, list []governance.Meeting, files map[string]int, may, named bool) Table {
	t := Table{Caption: p.T("meeting.list"), Hidden: true, Columns: []Column{{Title: p.T("meeting.field.day")}}}
	if named {
		t.Columns = append(t.Columns, Column{Title: p.T("meeting.field.committee")})
	}
	t.Columns = append(t.Columns, Column{Title: p.T("meeting.field.state")}, Column{Title: p.T("meeting.field.place")}, Column{Title: p.T("attachment.meeting-column")})
	if may {
		t.Columns = append(t.Columns, Column{Title: p.T("form.actions")})
	}
	for _, m := range list {
		cells := []templ.Component{LinkText(Link{Label: meetingDay(p, m), Href: MeetingHref(root, m.ID, "")})}
		if named {
			cells = append(cells, committeeCell(c, root, m.Committee))
		}
		cells = append(cells, MeetingBadge(p, m.State), Text(m.Place), meetingDocuments(p, m, documentsLink(p, root, governance.OwnerMeeting, m.ID, files[m.ID], may)))
		if may {
			cells = append(cells, editLink(p, root+"/reunions/"+url.PathEscape(m.ID)+"/modifier", meetingDay(p, m)))
		}
		t.Rows = append(t.Rows, Row{Cells: cells})
	}
	return t
}

func committeeCell(c *convention.Convention, root, id string) templ.Component {
	if k := c.Committee(id); k != nil {
		return LinkText(Link{Label: k.Name, Href: committeeHref(root, id)})
	}
	return Text(id)
}

// meetingDay is the day of a meeting with its hour where that is known: "mardi 8 décembre 2026 à 14 h".
func meetingDay(p *i18n.Printer, m governance.Meeting) string {
	return p.At(m.Day, m.Time)
}

// isWeb tells an address that leads somewhere from the reference of a paper.
func isWeb(s string) bool { return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") }

// DelegationsData is the list of the acts of delegation.
type DelegationsData struct {
	Text        *convention.Convention
	Root        string // of the space
	Today       calendar.Date
	Delegations []governance.Delegation
	People      map[string]directory.Person
	Add         bool
	May         func(party string) bool
}

func (d DelegationsData) actions(p *i18n.Printer) []Link {
	if !d.Add {
		return nil
	}
	return []Link{{Label: p.T("delegation.add"), Href: d.Root + "/delegations/ajouter", Icon: "add"}}
}

func (d DelegationsData) table(p *i18n.Printer) Table {
	t := Table{Caption: p.T("delegation.list"), Hidden: true, Columns: []Column{{Title: p.T("delegation.field.person")}, {Title: p.T("delegation.field.party")},
		{Title: p.T("delegation.field.document")}, {Title: p.T("delegation.dates")}}}
	if d.Add {
		t.Columns = append(t.Columns, Column{Title: p.T("form.actions")})
	}
	for _, x := range d.Delegations {
		name := d.People[x.Person].Name()
		cells := []templ.Component{personLink(d.Root, x.Person, name), partyTag(p, d.Text, x.Party),
			Text(p.T("delegation.act", "document", x.Document, "date", x.Date)), Text(p.Period(x.Period))}
		if d.Add {
			cells = append(cells, editIf(d.May(x.Party), p, d.Root+"/delegations/"+url.PathEscape(x.ID)+"/modifier", name))
		}
		t.Rows = append(t.Rows, Row{Cells: cells, Current: x.Period.Contains(d.Today)})
	}
	return t
}

// partyTag names a party of the convention by its identifier.
func partyTag(p *i18n.Printer, c *convention.Convention, id string) templ.Component {
	for i, party := range c.Parties {
		if party.ID == id {
			return PartyTag(p, Party{Short: party.Short, Rank: i})
		}
	}
	return Text(id)
}

func editIf(may bool, p *i18n.Printer, href, label string) templ.Component {
	if !may {
		return Text("")
	}
	return editLink(p, href, label)
}

// SignaturesData is the ledger of signatures of a version: one row a party, no rank between them.
type SignaturesData struct {
	Version    *convention.Version
	Root       string // of the space
	Signatures []governance.Signature
	May        func(party string) bool
}

func (d SignaturesData) signed() int {
	n := 0
	for _, party := range d.Version.Text.Parties {
		if _, ok := d.of(party.ID); ok {
			n++
		}
	}
	return n
}

// may tells whether the reader keeps the row of some party.
func (d SignaturesData) may() bool {
	return slices.ContainsFunc(d.Version.Text.Parties, func(p convention.Party) bool { return d.May(p.ID) })
}

func (d SignaturesData) of(party string) (governance.Signature, bool) {
	for _, s := range d.Signatures {
		if s.Party == party {
			return s, true
		}
	}
	return governance.Signature{}, false
}

func (d SignaturesData) table(p *i18n.Printer) Table {
	t := Table{Caption: p.T("signature.list"), Hidden: true, Columns: []Column{{Title: p.T("signature.field.party")}, {Title: p.T("signature.field.function")},
		{Title: p.T("signature.field.date")}, {Title: p.T("signature.field.place")}, {Title: p.T("signature.field.document")}}}
	if d.may() {
		t.Columns = append(t.Columns, Column{Title: p.T("form.actions")})
	}
	for i, party := range d.Version.Text.Parties {
		s, ok := d.of(party.ID)
		function := s.Function
		if function == "" {
			function = party.Signatory
		}
		tag := PartyTag(p, Party{Short: party.Short, Name: party.Name, Rank: i})
		cells := []templ.Component{tag, Text(function)}
		action := recordSignature(p, d, party.ID, party.Short)
		if ok {
			cells = append(cells, Text(p.Day(s.Date)), Text(s.Place), documentValue(p, s.Document))
			action = editIf(d.May(party.ID), p, d.Root+"/signatures/"+url.PathEscape(s.ID)+"/modifier", party.Short)
		} else {
			cells = append(cells, missingSignature(p), Text(""), Text(""))
		}
		if d.may() {
			cells = append(cells, action)
		}
		t.Rows = append(t.Rows, Row{Cells: cells})
	}
	return t
}
