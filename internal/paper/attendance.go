package paper

import (
	"entente/internal/document"
	"entente/internal/governance"
)

// guests is how many rows a sheet leaves for those who have no seat.
const guests = 6

// Attendance is the sheet that those who come sign by hand: institution by institution, each seat with who holds it and who may
// stand in.
func Attendance(f Frame, d Meeting) *document.Document {
	p := f.P
	out := f.begin(p.T("paper.attendance.title"), p.T("paper.at", "committee", d.Name, "when", d.when(p)), "", d.foot(p, p.T("paper.attendance.title")))
	out.Landscape = true
	b := body{Frame: f}
	b.terms(p.T("meeting.field.place"), d.Place)
	for _, id := range parties(d.Chairs) {
		b.heading(1, b.institution(d.Text, id))
		t := document.Table{Tall: true, RowHeaders: true,
			Columns: columns(p, "paper.seat", 3, "paper.attendance.holder", 3, "paper.attendance.substitutes", 3, "paper.attendance.other", 3, "paper.attendance.hours", 2, "paper.attendance.signature", 4)}
		for _, c := range d.Chairs {
			if c.Party == id {
				t.Rows = append(t.Rows, cells(p.Say(c.Name), b.holder(d, c), p.List(names(d, c.Substitutes)), "", "", ""))
			}
		}
		b.add(t)
	}
	b.heading(1, p.T("paper.attendance.guests"))
	t := document.Table{Tall: true,
		Columns: columns(p, "paper.attendance.name", 4, "paper.attendance.body", 4, "paper.attendance.function", 4, "paper.attendance.hours", 2, "paper.attendance.signature", 4)}
	for range guests {
		t.Rows = append(t.Rows, cells("", "", "", "", ""))
	}
	b.add(t)
	b.sign(p.T("minutes.signature"))
	out.Body = b.blocks
	return out
}

func (b *body) holder(d Meeting, c governance.Chair) string {
	if c.Holder == "" {
		return b.P.T("paper.vacant")
	}
	return d.People[c.Holder].Name()
}

func names(d Meeting, people []string) []string {
	var out []string
	for _, id := range people {
		out = append(out, d.People[id].Name())
	}
	return out
}

// parties are the institutions of chairs in their order; those without come last, as "".
func parties(chairs []governance.Chair) []string {
	var out []string
	seen, without := map[string]bool{}, false
	for _, c := range chairs {
		if c.Party == "" {
			without = true
		} else if !seen[c.Party] {
			seen[c.Party] = true
			out = append(out, c.Party)
		}
	}
	if without {
		out = append(out, "")
	}
	return out
}
