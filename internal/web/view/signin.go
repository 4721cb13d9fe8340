package view

import (
	"cmp"

	"entente/internal/fault"
	"entente/internal/i18n"
)

// MinPassword is the least length of a password, in characters, as the hints say it; package auth holds the rule.
const MinPassword = 12

// SignInData is the sign-in page. Message is what went wrong, the same for an unknown account and a wrong password.
type SignInData struct {
	Email    string
	Return   string // address to come back to; empty for the list of spaces
	Faults   fault.Fields
	Message  fault.Message
	LinkSent bool // a personal link was asked for: says so whether or not the account exists
	Mails    bool // it leaves by mail

	LinkEmail   string // as typed into the form that asks for a link
	LinkFaults  fault.Fields
	LinkMessage fault.Message
}

// byMail is a sentence as it is where links leave by mail, or where they do not.
func (d SignInData) byMail(p *i18n.Printer, key string) string {
	if d.Mails {
		key += "-mail"
	}
	return p.T(key)
}

func (d SignInData) form(p *i18n.Printer) Form {
	return Form{
		ID: "sign-in", Action: SignInPath, Faults: d.Faults, Message: d.Message, Submit: p.T("account.sign-in.submit"),
		Fields: []Field{
			{Kind: HiddenField, Name: "retour", Value: d.Return},
			{Kind: EmailField, Name: "email", Label: p.T("account.field.email"), Value: d.Email, Required: true, Autocomplete: "username"},
			{Kind: PasswordField, Name: "password", Label: p.T("account.field.password"), Required: true, Autocomplete: "current-password"},
		},
	}
}

func (d SignInData) linkForm(p *i18n.Printer) Form {
	return Form{
		ID: "link", Action: SignInPath + "/lien", Faults: d.LinkFaults, Message: d.LinkMessage, Submit: p.T("account.link.ask"), Quiet: true,
		Fields: []Field{
			{Kind: HiddenField, Name: "retour", Value: d.Return},
			{Kind: EmailField, Name: "email", Label: p.T("account.field.email"), Value: cmp.Or(d.LinkEmail, d.Email), Autocomplete: "username"},
		},
	}
}

// LinkData is the page that a personal sign-in link opens. The link is used up by the button, not by opening the page:
// mail programs open links to look at them.
type LinkData struct {
	Action string
	Name   string // whom the link signs in
}

func (d LinkData) form(p *i18n.Printer) Form {
	return Form{Action: d.Action, Submit: p.T("account.link.submit")}
}

// InstallData is the page of the first administrator.
type InstallData struct {
	Action  string
	Name    string
	Email   string
	Faults  fault.Fields
	Message fault.Message
}

func (d InstallData) form(p *i18n.Printer) Form {
	return Form{
		Action: d.Action, Faults: d.Faults, Message: d.Message, Submit: p.T("account.install.submit"),
		Fields: []Field{
			{Name: "name", Label: p.T("account.field.name"), Value: d.Name, Required: true, Autocomplete: "name"},
			{Kind: EmailField, Name: "email", Label: p.T("account.field.email"), Hint: p.T("account.field.email-hint"), Value: d.Email,
				Required: true, Autocomplete: "username"},
			newPassword(p),
		},
	}
}

// InvitationData is the page that an invitation opens.
type InvitationData struct {
	Action  string
	Space   string // name of the space; empty for an invitation to the installation
	By      string // who invited
	Role    string // what the invitation gives, as a sentence
	Email   string // to which it was sent; it becomes the name of the account
	Given   string
	Family  string
	Known   bool // an account with that address exists: nothing to fill in
	Faults  fault.Fields
	Message fault.Message
}

func (d InvitationData) form(p *i18n.Printer) Form {
	f := Form{Action: d.Action, Faults: d.Faults, Message: d.Message, Submit: p.T("account.invitation.submit")}
	if d.Known {
		return f
	}
	f.Fields = []Field{
		{Name: "given", Label: p.T("account.field.given"), Value: d.Given, Autocomplete: "given-name"},
		{Name: "family", Label: p.T("account.field.family"), Value: d.Family, Required: true, Autocomplete: "family-name"},
		newPassword(p),
	}
	return f
}

func newPassword(p *i18n.Printer) Field {
	return Field{Kind: PasswordField, Name: "password", Label: p.T("account.field.new-password"),
		Hint: p.T("account.field.new-password-hint", "min", MinPassword), Required: true, Autocomplete: "new-password"}
}

func (d InvitationData) title(p *i18n.Printer) string {
	if d.Space == "" {
		return p.T("account.invitation.title")
	}
	return p.T("account.invitation.title-space", "space", d.Space)
}
