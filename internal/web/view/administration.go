package view

import (
	"github.com/a-h/templ"

	"entente/internal/calendar"
	"entente/internal/fault"
	"entente/internal/i18n"
)

// AccountsData is every account of the installation and the form that makes another.
type AccountsData struct {
	Accounts  []AccountRow
	Total     int
	Paging    Paging
	Invite    AccountForm
	Issued    *IssuedLink // the link of the account that was just made
	Documents DocumentSettings
	Refused   fault.Message // why what was just asked for was not done; may say nothing
}

// AccountRow is one account in the list.
type AccountRow struct {
	ID            string
	Version       int64
	Name          string
	Email         string
	Administrator bool
	Closed        bool
	Own           bool // the visitor's: it is not closed by its own hand
	Since         calendar.Date
}

// AccountForm is what was typed to make an account.
type AccountForm struct {
	Email         string
	Name          string
	Administrator bool
	Faults        fault.Fields
}

func (d AccountsData) form(p *i18n.Printer) Form {
	i := d.Invite
	return Form{
		ID: "invite", Action: AdminPath + "/invitations", Faults: i.Faults, Submit: p.T("administration.invite.submit"),
		Fields: []Field{
			{Name: "name", Label: p.T("account.field.name"), Value: i.Name, Required: true, Autocomplete: "off"},
			{Kind: EmailField, Name: "email", Label: p.T("account.field.email"), Hint: p.T("account.field.email-hint"), Value: i.Email,
				Required: true, Autocomplete: "off"},
			{Kind: CheckboxField, Name: "administrator", Label: p.T("administration.field.administrator"),
				Hint: p.T("administration.field.administrator-hint"), Checked: i.Administrator},
		},
	}
}

func (d AccountsData) table(p *i18n.Printer) Table {
	t := Table{Caption: p.T("administration.accounts"), Hidden: true, Columns: []Column{{Title: p.T("access.column.who")},
		{Title: p.T("administration.column.state")}, {Title: p.T("access.column.since")}, {Title: p.T("access.column.change")}}}
	for _, a := range d.Accounts {
		who := holder(p, AccessHolder{Name: a.Name, Email: a.Email, Own: a.Own})
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{who, accountState(p, a), Text(p.Short(a.Since)), accountChanges(p, a)}})
	}
	return t
}

// accountChange is one button beside an account.
type accountChange struct {
	Action  string
	Confirm bool // it is asked again where script runs
}

// changes are what can be done to an account as it stands.
func (a AccountRow) changes() []accountChange {
	if a.Closed {
		return []accountChange{{Action: "enable"}}
	}
	var out []accountChange
	if a.Administrator {
		out = append(out, accountChange{"demote", true})
	} else {
		out = append(out, accountChange{"promote", true})
	}
	if !a.Own {
		out = append(out, accountChange{"disable", true})
	}
	return out
}
