package paper

import (
	"strconv"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/document"
	"entente/internal/governance"
)

// ConvocationData is a call to a meeting as it was sent.
type ConvocationData struct {
	Sent      governance.Convocation
	Text      *convention.Convention // of the day of the meeting
	Committee *convention.Committee
	People    map[string]directory.Person // recipients, by identifier
	By        string                      // who sent it; empty where that is not known any more
	Changes   []string                    // since the sending before, in words; none for the first
}

// Convocation is the call to a meeting, from what was frozen when it was sent.
func Convocation(f Frame, d ConvocationData) *document.Document {
	p, m := f.P, d.Sent.Manifest
	meeting := governance.Meeting{Day: m.Day, Time: m.Time, Minutes: m.Minutes, Place: m.Place, Remote: m.Remote}
	out := f.begin(p.T("paper.convocation.title"), p.T("paper.at", "committee", m.Name, "when", p.At(m.Day, m.Time)),
		p.T("paper.convocation.version", "number", d.Sent.Number, "at", d.Sent.Sent), p.T("paper.foot", "what", p.T("paper.convocation.title"), "committee", m.Name, "day", m.Day))
	b := body{Frame: f}
	b.say("letter.greeting")
	b.say("letter.intro.convocation")
	b.terms(p.T("meeting.field.committee"), m.Name)
	b.facts(meeting)
	b.changes(d)
	b.heading(1, p.T("letter.agenda"))
	b.sentItems(m)
	b.sentDocuments(m)
	b.recipients(d)
	b.say("paper.convocation.under", "title", title(d.Text), "article", d.Text.Cite(d.Committee.Place))
	b.timeliness(d)
	if d.By != "" {
		b.sign(d.By)
	}
	b.note(p.T("paper.convocation.digest", "digest", d.Sent.Digest))
	out.Body = b.blocks
	return out
}

func (b *body) changes(d ConvocationData) {
	if len(d.Changes) == 0 {
		return
	}
	b.heading(1, b.P.T("paper.convocation.changed"))
	b.bullets(d.Changes)
}

func (b *body) sentItems(m governance.Manifest) {
	t := document.Table{Columns: columns(b.P, "paper.agenda.rank", -1, "paper.agenda.item", 8, "paper.agenda.kind", 3, "paper.agenda.presenter", 3, "paper.agenda.length", -2)}
	for _, i := range m.Items {
		t.Rows = append(t.Rows, cells(strconv.Itoa(i.Rank), i.Title, b.P.T("convocation.item."+string(i.Kind)), i.Presenter, b.P.Duration(i.Minutes)))
	}
	b.add(t)
}

func (b *body) sentDocuments(m governance.Manifest) {
	b.heading(1, b.P.T("paper.documents"))
	if len(m.Documents) == 0 {
		b.say("paper.no-document")
		return
	}
	l := document.List{}
	for _, x := range m.Documents {
		l.Items = append(l.Items, document.Item{Text: document.T(x.Name), Sub: []document.Block{
			document.Paragraph{Text: document.T(b.P.T("paper.digest", "digest", x.Digest)), Style: document.Note}}})
	}
	b.add(l)
}

// recipients lists who was called, institution by institution in the order of the text.
func (b *body) recipients(d ConvocationData) {
	b.heading(1, b.P.T("paper.convocation.recipients"))
	t := document.Table{RowHeaders: true, Columns: columns(b.P, "paper.party", 3, "paper.seat", 4, "paper.person", 3, "paper.quality", 2)}
	for _, r := range d.Sent.Manifest.Recipients {
		role := governance.Holder
		if r.Substitute {
			role = governance.Substitute
		}
		t.Rows = append(t.Rows, cells(b.institution(d.Text, r.Party), b.seatName(d.Text, r.Seat), d.People[r.Person].Name(), b.P.T("paper.role."+string(role))))
	}
	b.add(t)
}

// institution is the short name of a party; those who sit for none have a word of their own.
func (b *body) institution(c *convention.Convention, id string) string {
	if id == "" {
		return b.P.T("paper.attendance.no-party")
	}
	return party(c, id)
}

// seatName is what a seat is called under the name of its party; that of a derived committee is its member.
func (b *body) seatName(c *convention.Convention, key string) string {
	if s, ok := c.Seat(key); ok {
		return b.P.Say(s.Say())
	}
	return b.P.T("paper.member")
}

// timeliness says what notice the convention asks for, where it does, and what was given.
func (b *body) timeliness(d ConvocationData) {
	if d.Committee.Notice == 0 {
		return
	}
	m := d.Sent.Manifest
	b.note(b.P.T("paper.convocation.notice", "count", d.Committee.Notice, "article", d.Text.Cite(d.Committee.Place),
		"given", m.Day.DaysSince(calendar.On(d.Sent.Sent, calendar.Paris))))
}
