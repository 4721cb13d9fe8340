package view

import (
	"net/url"

	"github.com/a-h/templ"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/governance"
	"entente/internal/i18n"
	"entente/internal/journal"
)

// DirectoryData is a page of the directory: organizations, or people.
type DirectoryData struct {
	Root          string // address of the directory
	People        bool   // people rather than organizations
	Text          string // searched for
	Kind          directory.Kind
	Organizations []directory.Organization
	Persons       []PersonRow
	Total         int
	Paging        Paging
	May           bool // the reader may add to it
}

// PersonRow is a person with the functions that they hold.
type PersonRow struct {
	Person directory.Person
	Posts  []Post
}

// Post is a function with the organization in which it is held.
type Post struct {
	Function     directory.Function
	Organization directory.Organization
	Current      bool // held on the day of the page
}

// OrganizationData is the page of an organization.
type OrganizationData struct {
	Organization directory.Organization
	Text         *convention.Convention
	Root         string // of the space
	Today        calendar.Date
	Functions    []directory.Function
	People       map[string]directory.Person
	May          bool
}

// PersonData is the page of a person.
type PersonData struct {
	Person   directory.Person
	Root     string // of the space
	Today    calendar.Date
	Posts    []Post
	Mandates []HeldSeat
	Erasure  *journal.Entry // of the data of the person; nil while they are kept
	May      bool           // may change the directory
	MayName  bool           // may give a seat
}

// HeldSeat is a mandate with the seat that it gives; Committee is nil where no version knows the seat any more.
type HeldSeat struct {
	Mandate   governance.Mandate
	Seat      convention.Seat
	Text      *convention.Convention
	Committee *convention.Committee
}

// tabs are the two lists of the directory.
func (d DirectoryData) tabs(p *i18n.Printer) []Tab {
	return []Tab{
		{Label: p.T("organization.list"), Href: d.Root, Current: !d.People},
		{Label: p.T("person.list"), Href: d.Root + "?vue=personnes", Current: d.People},
	}
}

// filter narrows the list.
func (d DirectoryData) filter(p *i18n.Printer) Filter {
	f := Filter{Action: d.Root, Active: d.Text != "" || d.Kind != ""}
	f.Fields = append(f.Fields, Field{Kind: SearchField, Name: "q", Value: d.Text, Label: p.T("directory.search")})
	if d.People {
		f.Fields = append(f.Fields, Field{Kind: HiddenField, Name: "vue", Value: "personnes"})
		return f
	}
	kinds := Field{Kind: SelectField, Name: "categorie", Value: string(d.Kind), Label: p.T("organization.field.kind"),
		Options: []Option{{Label: p.T("directory.kind.all")}}}
	for _, k := range directory.Kinds() {
		kinds.Options = append(kinds.Options, Option{Value: string(k), Label: p.T("organization.kind." + string(k))})
	}
	f.Fields = append(f.Fields, kinds)
	return f
}

func (d DirectoryData) shown() int { return len(d.Organizations) + len(d.Persons) }

func (d DirectoryData) actions(p *i18n.Printer) []Link {
	if !d.May {
		return nil
	}
	return []Link{
		{Label: p.T("organization.add"), Href: d.Root + "/organismes/ajouter", Icon: "add"},
		{Label: p.T("person.add"), Href: d.Root + "/personnes/ajouter", Icon: "add"},
	}
}

func (d DirectoryData) organizationTable(p *i18n.Printer) Table {
	t := Table{Caption: p.T("organization.list"), Hidden: true, Columns: []Column{{Title: p.T("organization.field.name")},
		{Title: p.T("organization.field.kind")}, {Title: p.T("directory.contact")}}}
	for _, o := range d.Organizations {
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{
			LinkText(Link{Label: o.Name, Href: d.Root + "/organismes/" + url.PathEscape(o.ID)}),
			Text(p.T("organization.kind." + string(o.Kind))),
			contact(p, o.Email, o.Phone),
		}})
	}
	return t
}

func (d DirectoryData) peopleTable(p *i18n.Printer) Table {
	t := Table{Caption: p.T("person.list"), Hidden: true, Columns: []Column{{Title: p.T("person.name")},
		{Title: p.T("person.functions")}, {Title: p.T("directory.contact")}}}
	for _, r := range d.Persons {
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{
			LinkText(Link{Label: r.Person.Name(), Href: d.Root + "/personnes/" + url.PathEscape(r.Person.ID)}),
			currentPosts(p, r.Posts),
			contact(p, r.Person.Email, r.Person.Phone),
		}})
	}
	return t
}

// mandateDates says from when to when, and until when it was carried over.
func mandateDates(p *i18n.Printer, m governance.Mandate) string {
	if !m.CarriedOver.IsZero() {
		return p.T("mandate.dates.carried-over", "period", m.Period, "until", m.CarriedOver)
	}
	return p.Period(m.Period)
}
