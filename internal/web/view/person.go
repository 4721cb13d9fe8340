package view

import (
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"entente/internal/directory"
	"entente/internal/i18n"
)

// paging adds to the addresses how much of the list is shown.
func (d DirectoryData) paging(p *i18n.Printer) Paging {
	g := d.Paging
	key := "organization.shown"
	if d.People {
		key = "person.shown"
	}
	g.Summary = p.T(key, "count", d.shown(), "total", d.Total)
	return g
}

// telephone keeps of a number what a telephone dials.
func telephone(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '+' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

func currentOnly(posts []Post) []Post {
	var out []Post
	for _, x := range posts {
		if x.Current {
			out = append(out, x)
		}
	}
	return out
}

// shortName is the short name of an organization, its name where it has none.
func shortName(o directory.Organization) string {
	if o.Short != "" {
		return o.Short
	}
	return o.Name
}

func (d OrganizationData) actions(p *i18n.Printer) []Link {
	if !d.May {
		return nil
	}
	id := url.PathEscape(d.Organization.ID)
	return []Link{
		{Label: p.T("organization.change"), Href: d.Root + "/annuaire/organismes/" + id + "/modifier", Icon: "change"},
		{Label: p.T("function.add"), Href: d.Root + "/annuaire/fonctions/ajouter?organisme=" + url.QueryEscape(d.Organization.ID), Icon: "add"},
	}
}

// partyRank is the place of the organization among the parties, and whether it is one.
func (d OrganizationData) partyRank() (int, bool) {
	for i, party := range d.Text.Parties {
		if party.ID == d.Organization.Party {
			return i, true
		}
	}
	return 0, false
}

func (d OrganizationData) definitions(p *i18n.Printer) []Definition {
	o := d.Organization
	out := []Definition{
		{Term: p.T("organization.field.address"), Text: o.Address},
		{Term: p.T("directory.contact"), Value: contact(p, o.Email, o.Phone)},
	}
	if o.Website != "" {
		out = append(out, Definition{Term: p.T("organization.field.website"), Value: LinkText(Link{Label: o.Website, Href: o.Website})})
	}
	if o.SIREN != "" {
		out = append(out, Definition{Term: p.T("organization.field.siren"), Text: o.SIREN[:3] + " " + o.SIREN[3:6] + " " + o.SIREN[6:]})
	}
	return out
}

func (d OrganizationData) table(p *i18n.Printer) Table {
	t := Table{Caption: p.T("organization.people"), Hidden: true, Columns: []Column{{Title: p.T("person.name")},
		{Title: p.T("function.field.title")}, {Title: p.T("function.dates")}}}
	for _, n := range d.Functions {
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{
			personLink(d.Root, n.Person, d.People[n.Person].Name()),
			Text(n.Title), Text(p.Period(n.Period)),
		}})
	}
	return t
}

func (d PersonData) actions(p *i18n.Printer) []Link {
	var out []Link
	if d.Erasure != nil {
		return nil
	}
	if d.May {
		out = append(out,
			Link{Label: p.T("person.change"), Href: d.sheet() + "/modifier", Icon: "change"},
			Link{Label: p.T("function.add"), Href: d.Root + "/annuaire/fonctions/ajouter?personne=" + url.QueryEscape(d.Person.ID), Icon: "add"})
	}
	if d.MayName {
		out = append(out, Link{Label: p.T("mandate.add"), Href: d.Root + "/mandats/ajouter?personne=" + url.QueryEscape(d.Person.ID), Icon: "add"})
	}
	return out
}

// rights are what a person may ask of whoever keeps the directory: a copy of their data, and their erasure.
func (d PersonData) rights(p *i18n.Printer) []Link {
	if !d.May || d.Erasure != nil {
		return nil
	}
	return []Link{
		{Label: p.T("person.export"), Href: d.sheet() + "/fichier", Icon: "download"},
		{Label: p.T("person.erase"), Href: d.sheet() + "/effacer", Icon: "remove"},
	}
}

// sheet is the address of the page of the person.
func (d PersonData) sheet() string {
	return d.Root + "/annuaire/personnes/" + url.PathEscape(d.Person.ID)
}

func (d PersonData) definitions(p *i18n.Printer) []Definition {
	return []Definition{
		{Term: p.T("person.field.email"), Value: mailValue(p, d.Person.Email)},
		{Term: p.T("person.field.phone"), Text: d.Person.Phone},
		{Term: p.T("person.account"), Text: p.T(d.accountKey())},
	}
}

func (d PersonData) accountKey() string {
	if d.Person.Account == "" {
		return "person.without-account"
	}
	return "person.with-account"
}

func (d PersonData) postTable(p *i18n.Printer) Table {
	t := Table{Caption: p.T("person.functions"), Hidden: true, Columns: []Column{{Title: p.T("function.field.title")},
		{Title: p.T("function.field.organization")}, {Title: p.T("function.dates")}}}
	if d.May {
		t.Columns = append(t.Columns, Column{Title: p.T("form.actions")})
	}
	for _, x := range d.Posts {
		cells := []templ.Component{
			Text(x.Function.Title),
			LinkText(Link{Label: x.Organization.Name, Href: d.Root + "/annuaire/organismes/" + url.PathEscape(x.Organization.ID)}),
			Text(p.Period(x.Function.Period)),
		}
		if d.May {
			cells = append(cells, editLink(p, d.Root+"/annuaire/fonctions/"+url.PathEscape(x.Function.ID)+"/modifier", x.Function.Title))
		}
		t.Rows = append(t.Rows, Row{Cells: cells, Current: x.Current})
	}
	return t
}

func (d PersonData) seatTable(p *i18n.Printer) Table {
	t := Table{Caption: p.T("person.seats"), Hidden: true, Columns: []Column{{Title: p.T("mandate.field.seat")},
		{Title: p.T("mandate.committee")}, {Title: p.T("mandate.field.role")}, {Title: p.T("mandate.dates")}}}
	for _, h := range d.Mandates {
		seat, committee := h.Mandate.Seat, ""
		if h.Committee != nil {
			seat, committee = p.Say(h.Text.SaySeat(h.Seat)), h.Committee.Name
		}
		t.Rows = append(t.Rows, Row{Current: h.Mandate.InForce(d.Today), Cells: []templ.Component{
			Text(seat), Text(committee), Text(p.T("mandate.role." + string(h.Mandate.Role))), Text(mandateDates(p, h.Mandate)),
		}})
	}
	return t
}
