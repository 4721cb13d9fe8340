package view

import (
	"github.com/a-h/templ"

	"entente/internal/calendar"
	"entente/internal/fault"
	"entente/internal/i18n"
)

// IssuedLink is a personal link that was just made. It is shown this once: only its trace is kept.
type IssuedLink struct {
	Email string
	Link  string
	Until calendar.Date // the last day on which it can be used

	Mailed bool // it has left by mail too
}

// AccessData is who may enter a space, by what right, and the form that invites others.
type AccessData struct {
	Root         string // address of the page
	Coordinators []AccessParty
	Readers      []AccessHolder
	Pending      []PendingInvite
	Members      Link // where it is seen who sits in the committees
	Invite       InviteForm
	Issued       *IssuedLink   // the link of the invitation that was just made
	Refused      fault.Message // why what was just asked for was not done; may say nothing
}

// AccessParty is a party with those who coordinate for it.
type AccessParty struct {
	ID      string
	Party   Party
	Holders []AccessHolder
	May     bool // the visitor may name and withdraw its coordinators
}

// AccessHolder is somebody with a role that was given.
type AccessHolder struct {
	Account string // identifier
	Name    string
	Email   string
	Since   calendar.Date
	Closed  bool // the account is closed: the role gives nothing
	Own     bool // the visitor
	May     bool // the visitor may withdraw the role
}

// PendingInvite is an invitation that nobody has accepted yet.
type PendingInvite struct {
	ID    string
	Email string
	Role  string // in words
	Until calendar.Date
	May   bool // the visitor may withdraw it
}

// InviteForm is what was typed to invite somebody.
type InviteForm struct {
	Email  string
	Given  string
	Family string
	Role   string   // "reader", or "coordinator:" and the identifier of a party
	Roles  []Option // those that the visitor may give
	Faults fault.Fields
}

func (d AccessData) form(p *i18n.Printer) Form {
	i := d.Invite
	return Form{
		ID: "invite", Action: d.Root + "/invitations", Faults: i.Faults, Submit: p.T("access.invite.submit"),
		Fields: []Field{
			{Kind: EmailField, Name: "email", Label: p.T("account.field.email"), Hint: p.T("access.invite.email-hint"), Value: i.Email,
				Required: true, Autocomplete: "off"},
			{Name: "given", Label: p.T("account.field.given"), Value: i.Given, Autocomplete: "off"},
			{Name: "family", Label: p.T("account.field.family"), Value: i.Family, Autocomplete: "off"},
			{Kind: RadioField, Name: "role", Label: p.T("access.invite.role"), Value: i.Role, Options: i.Roles, Required: true},
		},
	}
}

func (d AccessData) coordinators(p *i18n.Printer) Table {
	t := Table{Caption: p.T("access.coordinators"), Hidden: true, Columns: []Column{{Title: p.T("access.column.party")},
		{Title: p.T("access.column.who")}, {Title: p.T("access.column.since")}, {Title: p.T("access.column.change")}}}
	for _, x := range d.Coordinators {
		for _, h := range x.Holders {
			t.Rows = append(t.Rows, Row{Cells: append([]templ.Component{PartyTag(p, x.Party)}, d.cells(p, h, "coordinator", x.ID)...)})
		}
		if len(x.Holders) == 0 {
			none := absent(p.T("access.coordinators.none"))
			t.Rows = append(t.Rows, Row{Cells: []templ.Component{PartyTag(p, x.Party), none, Text(""), Text("")}})
		}
	}
	return t
}

func (d AccessData) readers(p *i18n.Printer) Table {
	t := Table{Caption: p.T("access.readers"), Hidden: true, Columns: []Column{{Title: p.T("access.column.who")},
		{Title: p.T("access.column.since")}, {Title: p.T("access.column.change")}}}
	for _, h := range d.Readers {
		t.Rows = append(t.Rows, Row{Cells: d.cells(p, h, "reader", "")})
	}
	return t
}

func (d AccessData) pending(p *i18n.Printer) Table {
	t := Table{Caption: p.T("access.pending"), Hidden: true, Columns: []Column{{Title: p.T("access.column.who")}, {Title: p.T("access.invite.role")},
		{Title: p.T("access.column.until")}, {Title: p.T("access.column.change")}}}
	for _, x := range d.Pending {
		change := Text("")
		if x.May {
			change = invitationWithdrawal(p, d.Root+"/invitations/retrait", x)
		}
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{Text(x.Email), Text(x.Role), Text(p.Short(x.Until)), change}})
	}
	return t
}

// cells say who somebody is, since when, and offer to withdraw the role.
func (d AccessData) cells(p *i18n.Printer, h AccessHolder, role, party string) []templ.Component {
	change := Text("")
	if h.May {
		change = withdrawal(p, d.Root+"/retrait", h, role, party)
	}
	return []templ.Component{holder(p, h), Text(p.Short(h.Since)), change}
}
