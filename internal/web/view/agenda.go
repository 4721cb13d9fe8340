package view

import (
	"github.com/a-h/templ"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
)

// AgendaData is the page of a meeting with its agenda, as its reader may see it. Items, times and totals are those of what
// the reader may read, as if there were nothing else: a gap would tell what is kept from them.
type AgendaData struct {
	Head      MeetingHeadData
	Today     calendar.Date
	Items     []governance.Item
	Times     governance.Timetable
	Proposals map[string]governance.Proposal     // that items are about
	Meetings  map[string]governance.Meeting      // whose minutes are approved, or from which items are carried on; by identifier
	Earlier   map[string]governance.Item         // items that others carry on
	Own       []governance.Attachment            // documents of the meeting itself
	Files     map[string][]governance.Attachment // documents of items, by item
	Previous  *governance.Meeting
	Next      *governance.Meeting
	AsMember  bool             // who keeps the space looks at it as the committee reads it
	Admitted  bool             // the reader is called to the meeting, or keeps the space
	Desk      *PreparationDesk // what who keeps the space sees besides; nil for others
}

// Documents counts the documents of the meeting and of its items.
func (d AgendaData) Documents() int {
	n := len(d.Own)
	for _, list := range d.Files {
		n += len(list)
	}
	return n
}

// PreparationDesk is what who keeps the space sees of a meeting besides its agenda.
type PreparationDesk struct {
	May         bool // the agenda may still change
	Needs       []governance.Need
	Deadlines   []governance.Deadline
	Sent        calendar.Date // of the first convocation
	Outdated    []string      // what differs from the last convocation
	Called      []string      // names of who was called by it
	Suggestions []governance.Suggestion
}

func (d AgendaData) meeting() governance.Meeting { return d.Head.Assembly.Meeting }
func (d AgendaData) root() string                { return d.Head.Root }
func (d AgendaData) may() bool                   { return d.Desk != nil && d.Desk.May }

// href is the address of a page or a change of the meeting.
func (d AgendaData) href(tab string) string { return MeetingHref(d.root(), d.meeting().ID, tab) }

// AddItemHref is the form that adds an item to the agenda of a meeting.
func AddItemHref(root, meeting string) string {
	return address(root+"/points/ajouter", "reunion", meeting)
}

// ItemAnchor is the place of an item on the page of its meeting.
func ItemAnchor(id string) string { return "point-" + id }

// memberHref is the page as the committee reads it, to print.
func (d AgendaData) memberHref() string { return address(d.href(""), "pour", "comite") }

// nothing says that the agenda is empty, and what to do about it.
func (d AgendaData) nothing(p *i18n.Printer) Empty {
	e := Empty{Title: p.T("agenda.none")}
	if !d.may() {
		return e
	}
	e.Text, e.Action = p.T("agenda.none-text"), &Link{Label: p.T("agenda-item.add"), Href: AddItemHref(d.root(), d.meeting().ID), Icon: "add"}
	if len(d.Desk.Suggestions) > 0 {
		e.Text = p.T("agenda.none-but-suggestions")
	}
	return e
}

// facts are when, where and by what clause the meeting is held.
func (d AgendaData) facts(p *i18n.Printer) []Definition {
	a := d.Head.Assembly
	m := a.Meeting
	out := []Definition{{Term: p.T("meeting.field.committee"), Value: committeeCited(p, a.Version.Text, a.Committee, d.root())}}
	if a.Panel != nil {
		out = append(out, Definition{Term: p.T("meeting.field.panel"), Text: a.Panel.Name})
	}
	out = append(out, Definition{Term: p.T("meeting.field.day"), Text: p.Date(m.Day)},
		Definition{Term: p.T("meeting.field.time"), Text: p.Clock(m.Time)})
	if m.Minutes > 0 {
		out = append(out, Definition{Term: p.T("agenda.length"), Text: Duration(p, m.Minutes)})
	}
	out = append(out, Definition{Term: p.T("meeting.field.place"), Text: m.Place})
	if m.Remote != "" && d.Admitted {
		out = append(out, Definition{Term: p.T("meeting.field.remote"), Value: LinkText(Link{Label: m.Remote, Href: m.Remote})})
	}
	if m.Reason != "" && m.State == governance.Cancelled {
		out = append(out, Definition{Term: p.T("meeting.field.reason"), Text: m.Reason})
	}
	return out
}

// Duration says minutes as people do: "1 h 50", "45 min".
func Duration(p *i18n.Printer, minutes int) string { return p.Duration(minutes) }

// summary counts the agenda: how many items, how long they last, when they end.
func (d AgendaData) summary(p *i18n.Printer) string {
	s := p.T("agenda.count", "count", len(d.Items))
	if d.Times.Total > 0 {
		s = p.T("agenda.count-lasting", "count", len(d.Items), "time", Duration(p, d.Times.Total))
	}
	switch {
	case d.Times.End != "":
		s += p.T("agenda.ends", "time", p.Clock(d.Times.End))
	case d.Times.Untimed > 0 && d.Times.Total > 0:
		s += p.T("agenda.untimed", "count", d.Times.Untimed)
	}
	return s
}

// over says by how much the items exceed what is planned; ok is false where they fit.
func (d AgendaData) over(p *i18n.Printer) (Notice, bool) {
	planned := d.meeting().Minutes
	over := d.Times.Over(planned)
	if over == 0 || !d.meeting().Pending() {
		return Notice{}, false
	}
	return Notice{Tone: ToneWarning, Text: p.T("agenda.over", "total", Duration(p, d.Times.Total), "planned", Duration(p, planned), "over", Duration(p, over))}, true
}

// recall says that the convocation which went out does not hold any more, and to whom; ok is false where it does.
func (d AgendaData) recall(p *i18n.Printer) (Notice, bool) {
	if d.Desk == nil || len(d.Desk.Outdated) == 0 {
		return Notice{}, false
	}
	changed := make([]string, len(d.Desk.Outdated))
	for i, x := range d.Desk.Outdated {
		changed[i] = p.T("agenda.changed." + x)
	}
	n := Notice{Tone: ToneWarning, Title: p.T("agenda.recall"), Text: p.T("agenda.recall-text", "changed", p.List(changed), "count", len(d.Desk.Called), "people", p.List(d.Desk.Called)),
		Link: &Link{Label: p.T("agenda.recall-link"), Href: d.href("convocation")}}
	if d.meeting().State == governance.Cancelled {
		n.Title = p.T("agenda.recall-cancelled")
		n.Text = p.T("agenda.recall-cancelled-text", "count", len(d.Desk.Called), "people", p.List(d.Desk.Called))
	}
	return n, true
}

// kindIcons draw the kinds of item; a word stands beside each.
var kindIcons = map[governance.ItemKind]string{governance.ForInformation: "info", governance.ForDiscussion: "discussion",
	governance.ForDecision: "decision", governance.ForMinutes: "document", governance.ForEvaluation: "evaluation"}

// ItemKindBadge says what is asked of the committee with an item.
func ItemKindBadge(p *i18n.Printer, k governance.ItemKind) templ.Component {
	tone := ToneNeutral
	if k.Settles() {
		tone = ToneInfo
	}
	return Badge(p, BadgeData{Tone: tone, Icon: kindIcons[k], Word: p.T("agenda-item.kind." + string(k))})
}

// meta says who presents an item, how long it lasts and who may read it.
func (d AgendaData) meta(p *i18n.Printer, i governance.Item) []string {
	var out []string
	if i.Presenter != "" {
		out = append(out, p.T("agenda.presented-by", "who", i.Presenter))
	}
	if i.Minutes > 0 {
		out = append(out, Duration(p, i.Minutes))
	}
	if i.Audience != governance.ForSpace {
		out = append(out, p.T("agenda.audience."+string(i.Audience)))
	}
	return out
}

// links lead from an item to what it is about.
func (d AgendaData) links(p *i18n.Printer, i governance.Item) []Link {
	var out []Link
	if x, ok := d.Proposals[i.Proposal]; ok {
		out = append(out, Link{Label: p.T("agenda.proposal", "title", x.Title), Href: d.root() + "/propositions/" + x.ID, Icon: "decision"})
	}
	if m, ok := d.Meetings[i.Approves]; ok {
		out = append(out, Link{Label: p.T("agenda.approves", "day", m.Day), Href: MeetingHref(d.root(), m.ID, "compte-rendu"), Icon: "document"})
	}
	if from, ok := d.Earlier[i.Carried]; ok {
		if m, ok := d.Meetings[from.Meeting]; ok {
			out = append(out, Link{Label: p.T("agenda.carried", "day", m.Day), Href: MeetingHref(d.root(), m.ID, "") + "#" + ItemAnchor(from.ID), Icon: "carried-over"})
		}
	}
	return out
}

// neighbours lead to the meetings of the same committee before and after.
func (d AgendaData) neighbours(p *i18n.Printer) []Link {
	var out []Link
	for _, x := range []struct {
		m    *governance.Meeting
		key  string
		icon string
	}{{d.Previous, "agenda.previous", "previous"}, {d.Next, "agenda.next", "next"}} {
		if x.m != nil {
			out = append(out, Link{Label: p.T(x.key, "day", meetingDay(p, *x.m)), Href: MeetingHref(d.root(), x.m.ID, ""), Icon: x.icon})
		}
	}
	return out
}

// itemProse sets a text that people typed.
func itemProse(text string) templ.Component {
	html, err := proseHTML(text)
	if err != nil {
		return Text(text)
	}
	return templ.Raw(html)
}

// needTones give each state of what a meeting needs its colour and its shape.
var needTones = map[governance.NeedState]BadgeData{governance.Ready: {Tone: ToneGood, Icon: "kept"}, governance.Partly: {Tone: ToneInfo, Icon: "on-course"},
	governance.NotReady: {Tone: ToneUnknown, Icon: "unknown"}, governance.Overdue: {Tone: ToneWarning, Icon: "at-risk"}}

func needBadge(p *i18n.Printer, n governance.Need) templ.Component {
	b := needTones[n.State]
	b.Word = p.T("readiness.state." + string(n.State))
	return Badge(p, b)
}

// needHref is where what a meeting needs is seen to.
func (d AgendaData) needHref(n governance.Need) string {
	switch n.Key {
	case "date", "place":
		return d.href("modifier")
	case "agenda":
		return AddItemHref(d.root(), d.meeting().ID)
	}
	return d.href("convocation")
}

// deadlineBadge says how a deadline stands: kept, passed or to come. What only custom asks for is never said to be broken.
func (d AgendaData) deadlineBadge(p *i18n.Printer, x governance.Deadline) templ.Component {
	sent := d.Desk.Sent
	switch {
	case x.Kind == governance.ConvocationDue && !sent.IsZero() && x.Passed(sent):
		return Badge(p, BadgeData{Tone: ToneWarning, Icon: "at-risk", Word: p.T("deadline.state.kept-late")})
	case x.Kind == governance.ConvocationDue && !sent.IsZero():
		return Badge(p, BadgeData{Tone: ToneGood, Icon: "kept", Word: p.T("deadline.state.kept")})
	case x.Passed(d.Today) && x.FromText():
		return Badge(p, BadgeData{Tone: ToneBad, Icon: "broken", Word: p.T("deadline.state.passed")})
	case x.Passed(d.Today):
		return Badge(p, BadgeData{Tone: ToneWarning, Icon: "at-risk", Word: p.T("deadline.state.passed")})
	}
	return Badge(p, BadgeData{Tone: ToneInfo, Icon: "on-course", Word: p.T("deadline.state.to-come")})
}

// deadlineBasis says what a deadline rests on.
func (d AgendaData) deadlineBasis(p *i18n.Printer, x governance.Deadline) string {
	if x.FromText() {
		return p.T("deadline.by-text", "count", x.Days)
	}
	return p.T("deadline.by-custom", "count", x.Days)
}

// AgendaOrderData is the page on which the items of an agenda are put in order.
type AgendaOrderData struct {
	Head    MeetingHeadData
	Items   []governance.Item
	Refused fault.Message // why the order was not kept
	Mine    []string      // titles in the order that was asked for, where somebody else changed the agenda meanwhile
}

func (d AgendaOrderData) action() string {
	return MeetingHref(d.Head.Root, d.Head.Assembly.Meeting.ID, "ordre")
}

func (d AgendaOrderData) seal() string { return governance.SealOf(governance.IDs(d.Items)) }

func committeeCited(p *i18n.Printer, c *convention.Convention, k *convention.Committee, root string) templ.Component {
	return linkCited(p, Link{Label: k.Name, Href: committeeHref(root, k.ID)}, citation(p, c, root, k.Place))
}
