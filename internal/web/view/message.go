package view

import (
	"net/url"

	"github.com/a-h/templ"

	"entente/internal/directory"
	"entente/internal/governance"
	"entente/internal/i18n"
)

// MessagesData is a page of the outbox.
type MessagesData struct {
	Root     string // of the space
	Kind     string // the only one shown; empty for all
	Subject  string // what the messages shown are about; empty for all
	About    string // its name
	Messages []governance.Message
	People   map[string]directory.Person
	Paging   Paging
	Total    int
}

// MessagesHref is the address of the outbox, of one subject alone where it is given.
func MessagesHref(root, subject string) string {
	if subject == "" {
		return root + "/messages"
	}
	return root + "/messages?objet=" + url.QueryEscape(subject)
}

// messageKinds in the order of the screen.
var messageKinds = []governance.MessageKind{governance.MessageConvocation, governance.MessageChange, governance.MessageReminder, governance.MessageCancellation,
	governance.MessagePoll, governance.MessageMinutes, governance.MessageProposal}

func (d MessagesData) filter(p *i18n.Printer) Filter {
	kind := Field{Kind: SelectField, Name: "nature", Value: d.Kind, Label: p.T("message.kind"), Options: []Option{{Label: p.T("message.all-kinds")}}}
	for _, k := range messageKinds {
		kind.Options = append(kind.Options, Option{Value: string(k), Label: p.T("message.kind." + string(k))})
	}
	fields := []Field{kind}
	if d.Subject != "" {
		fields = append(fields, Field{Kind: SelectField, Name: "objet", Value: d.Subject, Label: p.T("message.about"),
			Options: []Option{{Label: p.T("message.all-subjects")}, {Value: d.Subject, Label: d.About}}})
	}
	return Filter{Action: MessagesHref(d.Root, ""), Fields: fields, Active: d.Kind != "" || d.Subject != ""}
}

func (d MessagesData) table(p *i18n.Printer) Table {
	t := Table{Caption: p.T("message.list"), Hidden: true, Columns: []Column{{Title: p.T("message.to")}, {Title: p.T("message.title")},
		{Title: p.T("message.address")}, {Title: p.T("message.kind")}, {Title: p.T("message.at")}}}
	for _, m := range d.Messages {
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{
			LinkText(Link{Label: d.People[m.Person].Name(), Href: d.Root + "/messages/" + url.PathEscape(m.ID)}), Text(m.Title), addressOf(p, m.Email),
			Text(p.T("message.kind." + string(m.Kind))), Text(p.ShortInstant(m.At))}})
	}
	return t
}

// MessageData is one message of the outbox.
type MessageData struct {
	Root    string // of the space
	Message governance.Message
	Person  directory.Person
}

func (d MessageData) facts(p *i18n.Printer) []Definition {
	out := []Definition{{Term: p.T("message.to"), Text: d.Person.Name()}, {Term: p.T("message.address"), Value: addressOf(p, d.Message.Email)}}
	if d.Person.Phone != "" {
		out = append(out, Definition{Term: p.T("person.field.phone"), Text: d.Person.Phone})
	}
	return append(out, Definition{Term: p.T("message.kind"), Text: p.T("message.kind." + string(d.Message.Kind))}, Definition{Term: p.T("message.at"), Text: p.Instant(d.Message.At)})
}
