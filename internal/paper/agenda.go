package paper

import (
	"strconv"

	"entente/internal/document"
	"entente/internal/governance"
)

// AgendaData is the agenda of a meeting as its readers may have it: what is for the coordinators alone is not in it.
type AgendaData struct {
	Meeting
	Items     []governance.Item
	Documents []governance.Attachment
	Link      func(governance.Attachment) string // address of a document
	Called    int                                // convocations sent before it was made
}

// Agenda is the agenda of a meeting, with what is said of each item and the list of its documents.
func Agenda(f Frame, d AgendaData) *document.Document {
	p := f.P
	version := p.T("paper.agenda.unsent")
	if d.Called > 0 {
		version = p.T("paper.agenda.sent", "number", d.Called)
	}
	out := f.begin(p.T("paper.agenda.title"), p.T("paper.at", "committee", d.Name, "when", d.when(p)), version, d.foot(p, p.T("paper.agenda.title")))
	b := body{Frame: f}
	b.facts(d.Meeting.Meeting)
	b.agenda(d, 1)
	out.Body = b.blocks
	return out
}

// agenda is the list of items with their hours, then each that says more, then the documents; headings begin at a level.
func (b *body) agenda(d AgendaData, level int) {
	if len(d.Items) == 0 {
		b.say("agenda.none")
		return
	}
	b.timetable(d)
	for i, x := range d.Items {
		if x.Text != "" || len(b.attached(d, x.ID)) > 0 {
			b.item(d, i, x, level)
		}
	}
	if own := b.attached(d, d.ID); len(own) > 0 {
		b.heading(level, b.P.T("paper.documents"))
		b.add(document.List{Items: own})
	}
}

func (b *body) timetable(d AgendaData) {
	p := b.P
	times := governance.TimetableOf(d.Time, d.Items)
	t := document.Table{Caption: p.T("paper.agenda.caption"), Columns: columns(p, "paper.agenda.rank", -1, "paper.agenda.hour", 2, "paper.agenda.item", 8, "paper.agenda.kind", 3, "paper.agenda.presenter", 3, "paper.agenda.length", -2)}
	for i, x := range d.Items {
		t.Rows = append(t.Rows, cells(strconv.Itoa(i+1), p.Clock(times.Starts[i]), x.Title, p.T("convocation.item."+string(x.Kind)), x.Presenter, p.Duration(x.Minutes)))
	}
	b.add(t)
	if times.Total > 0 && times.End != "" {
		b.note(p.T("paper.agenda.total", "time", p.Duration(times.Total), "end", p.Clock(times.End)))
	}
}

func (b *body) item(d AgendaData, i int, x governance.Item, level int) {
	b.heading(level, b.P.T("paper.agenda.numbered", "number", i+1, "title", x.Title))
	b.add(prose(x.Text, level+1)...)
	if own := b.attached(d, x.ID); len(own) > 0 {
		b.add(document.List{Items: own})
	}
}

// attached are the documents of a thing, each at its address.
func (b *body) attached(d AgendaData, owner string) []document.Item {
	var out []document.Item
	for _, a := range d.Documents {
		if a.OwnerID == owner {
			out = append(out, document.Item{Text: document.Text{{Text: a.Name, Href: d.Link(a)}}})
		}
	}
	return out
}
