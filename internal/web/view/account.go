package view

import (
	"entente/internal/fault"
	"entente/internal/i18n"
)

// AccountData is the page of one's own account: two forms, each with its own faults.
type AccountData struct {
	Name            string
	Email           string
	Locale          string // language of the account
	Version         int64
	Faults          fault.Fields
	Message         fault.Message
	Both            *BothTexts // what was typed beside what was kept meanwhile; nil otherwise
	PasswordFaults  fault.Fields
	PasswordMessage fault.Message
	ByLink          bool // the session began with a personal link: a new password needs no present one
	News            NewsData
	Feed            FeedData
	DataHref        string // where to fetch what Entente keeps about the person; empty leaves it out
}

func (d AccountData) form(p *i18n.Printer) Form {
	langs := make([]Option, 0, len(i18n.Languages()))
	for _, lang := range i18n.Languages() {
		langs = append(langs, Option{Value: lang, Label: p.T("layout.language." + lang)})
	}
	return Form{
		ID: "account", Action: AccountPath, Faults: d.Faults, Message: d.Message, Version: d.Version, Submit: p.T("common.action.save"),
		Fields: []Field{
			{Name: "name", Label: p.T("account.field.name"), Value: d.Name, Required: true, Autocomplete: "name"},
			{Kind: RadioField, Name: "langue", Label: p.T("account.field.language"), Value: d.Locale, Options: langs},
		},
	}
}

func (d AccountData) passwordForm(p *i18n.Printer) Form {
	fresh := newPassword(p)
	fresh.Name = "new"
	f := Form{ID: "password", Action: AccountPath + "/mot-de-passe", Faults: d.PasswordFaults, Message: d.PasswordMessage,
		Submit: p.T("account.password.submit"), Quiet: true, Fields: []Field{fresh}}
	if d.ByLink {
		return f
	}
	current := Field{Kind: PasswordField, Name: "current", Label: p.T("account.field.current-password"), Required: true, Autocomplete: "current-password"}
	f.Fields = []Field{current, fresh}
	return f
}

// SpacesData is the list of the spaces that the visitor may enter.
type SpacesData struct {
	Spaces  []SpaceRow
	NewHref string // where to create one; empty where the visitor may not
	Paging  Paging
}

// SpaceRow is one space in the list. Every text but Name may be empty.
type SpaceRow struct {
	Name  string
	Href  string
	Text  string   // what its convention is
	Roles []string // what the visitor is there, in words
	Ends  string   // until when the convention runs
}

func (d SpacesData) actions(p *i18n.Printer) []Link {
	if d.NewHref == "" {
		return nil
	}
	return []Link{{Label: p.T("account.spaces.new"), Href: d.NewHref, Icon: "add"}}
}
