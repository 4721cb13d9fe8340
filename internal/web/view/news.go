package view

import (
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
)

// NewsData is how often somebody wishes to have news, on the page of their account.
type NewsData struct {
	Choice  governance.NewsChoice
	Mails   bool // messages leave by mail
	Faults  fault.Fields
	Message fault.Message
}

func (d NewsData) form(p *i18n.Printer) Form {
	f := Form{ID: "news", Action: AccountPath + "/nouvelles", Faults: d.Faults, Message: d.Message, Submit: p.T("news.submit"), Quiet: true, FirstPara: p.T("news.text")}
	if !d.Mails {
		f.FirstPara = p.T("news.no-mail")
	}
	field := Field{Kind: RadioField, Name: "news", Label: p.T("news.how-often"), Value: string(d.Choice)}
	for _, c := range governance.NewsChoices() {
		field.Options = append(field.Options, Option{Value: string(c), Label: p.T("news.choice." + string(c))})
	}
	f.Fields = []Field{field}
	return f
}

// NewsLinkData is what the link of a letter of news opens.
type NewsLinkData struct {
	Action      string
	Space       string
	Person      string
	Choice      governance.NewsChoice
	WithAccount bool // the choice counts for their account, in every space
	Done        bool // it has just been made
}

// now says how the news stand.
func (d NewsLinkData) now(p *i18n.Printer) string {
	return p.T("news.now."+string(d.Choice), "person", d.Person, "space", d.Space)
}

// form makes the other choice: to have none, or to have them again.
func (d NewsLinkData) form(p *i18n.Printer) Form {
	other := governance.NewsNone
	if d.Choice == governance.NewsNone {
		other = governance.NewsEach
	}
	return Form{Action: d.Action, Submit: p.T("news.link." + string(other)), Quiet: d.Done, Fields: []Field{{Kind: HiddenField, Name: "news", Value: string(other)}}}
}
