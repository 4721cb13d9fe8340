package view

import (
	"net/url"

	"github.com/a-h/templ"

	"entente/internal/calendar"
	"entente/internal/directory"
	"entente/internal/governance"
	"entente/internal/i18n"
)

// MessagesData is a page of the outbox.
type MessagesData struct {
	Root     string // of the space
	Kind     string // the only one shown; empty for all
	State    string // the only one shown; empty for all
	Mails    bool   // messages leave by mail
	Subject  string // what the messages shown are about; empty for all
	About    string // its name
	Messages []governance.Message
	Meetings map[string]governance.Meeting // that messages are about, by identifier
	People   map[string]directory.Person
	Paging   Paging
	Total    int

	Undecided int // messages of the space that somebody has to send once more, or not
}

// MessagesHref is the address of the outbox, of one subject alone where it is given.
func MessagesHref(root, subject string) string {
	if subject == "" {
		return root + "/messages"
	}
	return root + "/messages?objet=" + url.QueryEscape(subject)
}

// UndecidedMessages chooses, in the place of a state, the messages that somebody has to send once more, or not.
const UndecidedMessages = "a-decider"

// messageKinds in the order of the screen.
var messageKinds = []governance.MessageKind{governance.MessageConvocation, governance.MessageChange, governance.MessageReminder, governance.MessageCancellation,
	governance.MessagePoll, governance.MessagePollReminder, governance.MessageEvaluation, governance.MessageMinutes, governance.MessageFollowUp, governance.MessageProposal, governance.MessageDigest}

func (d MessagesData) filter(p *i18n.Printer) Filter {
	kind := Field{Kind: SelectField, Name: "nature", Value: d.Kind, Label: p.T("message.kind"), Options: []Option{{Label: p.T("message.all-kinds")}}}
	for _, k := range messageKinds {
		kind.Options = append(kind.Options, Option{Value: string(k), Label: p.T("message.kind." + string(k))})
	}
	state := Field{Kind: SelectField, Name: "etat", Value: d.State, Label: p.T("message.state"), Options: []Option{{Label: p.T("message.all-states")}, {Value: UndecidedMessages, Label: p.T("message.state.undecided")}}}
	for _, x := range governance.MessageStates() {
		state.Options = append(state.Options, Option{Value: string(x), Label: p.T("message.state." + string(x))})
	}
	fields := []Field{kind, state}
	if d.Subject != "" {
		fields = append(fields, Field{Kind: SelectField, Name: "objet", Value: d.Subject, Label: p.T("message.about"),
			Options: []Option{{Label: p.T("message.all-subjects")}, {Value: d.Subject, Label: d.About}}})
	}
	return Filter{Action: MessagesHref(d.Root, ""), Fields: fields, Active: d.Kind != "" || d.State != "" || d.Subject != ""}
}

// messageGroup is a run of messages about one thing, written on one day.
type messageGroup struct {
	about    string // identifier
	day      calendar.Date
	messages []governance.Message
}

func (d MessagesData) groups() []messageGroup {
	var out []messageGroup
	for _, m := range d.Messages {
		day := calendar.On(m.At, calendar.Paris)
		if n := len(out); n == 0 || out[n-1].about != m.Subject || out[n-1].day != day {
			out = append(out, messageGroup{about: m.Subject, day: day})
		}
		last := &out[len(out)-1]
		last.messages = append(last.messages, m)
	}
	return out
}

// heading says what the messages of a group are about, and when they were written.
func (d MessagesData) heading(p *i18n.Printer, g messageGroup) string {
	if m, ok := d.Meetings[g.about]; ok {
		return p.T("message.group-meeting", "meeting", m.Day, "day", g.day)
	}
	return p.T("message.group", "kind", p.T("message.kind."+string(g.messages[0].Kind)), "day", g.day)
}

func (d MessagesData) table(p *i18n.Printer, g messageGroup) Table {
	t := Table{Caption: d.heading(p, g), Hidden: true, Columns: []Column{{Title: p.T("message.to")}, {Title: p.T("message.title")},
		{Title: p.T("message.address")}, {Title: p.T("message.kind")}, {Title: p.T("message.at")}, {Title: p.T("message.state")}}}
	for _, m := range g.messages {
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{
			LinkText(Link{Label: d.People[m.Person].Name(), Href: d.Root + "/messages/" + url.PathEscape(m.ID)}), Text(m.Title), addressOf(p, m.Email),
			Text(p.T("message.kind." + string(m.Kind))), Text(p.ShortInstant(m.At)), MessageBadge(p, m.State)}})
	}
	return t
}

// MessageData is one message of the outbox.
type MessageData struct {
	Root    string // of the space
	Message governance.Message
	Person  directory.Person
	Mails   bool // messages leave by mail
}

// lede says how messages leave.
func (d MessagesData) lede(p *i18n.Printer) string {
	if d.Mails {
		return p.T("message.lede-mail")
	}
	return p.T("message.lede")
}

// messageLook is the icon and the tone of a state of a message.
var messageLook = map[governance.MessageState]BadgeData{
	governance.MessageUnposted: {Tone: ToneUnknown, Icon: "person"},
	governance.MessageWaiting:  {Tone: ToneInfo, Icon: "clock"},
	governance.MessageHeld:     {Tone: ToneInfo, Icon: "order"},
	governance.MessageSent:     {Tone: ToneGood, Icon: "mail"},
	governance.MessageUnknown:  {Tone: ToneWarning, Icon: "at-risk"},
	governance.MessageRefused:  {Tone: ToneBad, Icon: "broken"},
	governance.MessageDropped:  {Tone: ToneNeutral, Icon: "not-applicable"},
}

// MessageBadge says how far a message has come.
func MessageBadge(p *i18n.Printer, s governance.MessageState) templ.Component {
	b := messageLook[s]
	b.Word = p.T("message.state." + string(s))
	return Badge(p, b)
}

// state says how far the message has come, since when and why.
func (d MessageData) state(p *i18n.Printer) []Definition {
	m := d.Message
	out := []Definition{{Term: p.T("message.state"), Value: MessageBadge(p, m.State)}}
	if !m.Sent.IsZero() {
		out = append(out, Definition{Term: p.T("message.sent-at"), Text: p.Instant(m.Sent)})
	}
	if m.Reason != "" {
		out = append(out, Definition{Term: p.T("message.reason"), Text: p.T(m.Reason)})
	}
	if m.Reply != "" {
		out = append(out, Definition{Term: p.T("message.reply"), Text: m.Reply})
	}
	return out
}

// resend is the form that sends the message once more; nil where there is nothing to send, or no way.
func (d MessageData) resend(p *i18n.Printer) *Form {
	if !d.Mails || !d.Message.Resendable() || d.Person.Email == "" {
		return nil
	}
	return &Form{ID: "resend", Action: d.Root + "/messages/" + url.PathEscape(d.Message.ID) + "/envoi", Submit: p.T("message.resend." + string(d.Message.State)),
		FirstPara: p.T("message.resend-to", "address", d.Person.Email)}
}

// byHand tells that the message is to be copied and passed on.
func (d MessageData) byHand() bool { return d.Message.Resendable() }

// described ties the text to what explains it.
func (d MessageData) described() templ.Attributes {
	if !d.byHand() {
		return nil
	}
	return templ.Attributes{"aria-describedby": "message-body-hint"}
}

func (d MessageData) facts(p *i18n.Printer) []Definition {
	out := []Definition{{Term: p.T("message.to"), Text: d.Person.Name()}, {Term: p.T("message.address"), Value: addressOf(p, d.Message.Email)}}
	if d.Person.Phone != "" {
		out = append(out, Definition{Term: p.T("person.field.phone"), Text: d.Person.Phone})
	}
	out = append(out, Definition{Term: p.T("message.kind"), Text: p.T("message.kind." + string(d.Message.Kind))}, Definition{Term: p.T("message.at"), Text: p.Instant(d.Message.At)})
	return append(out, d.state(p)...)
}
