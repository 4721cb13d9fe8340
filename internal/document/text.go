package document

import (
	"bufio"
	"io"
	"strconv"
	"strings"
)

// WriteText writes the words of the document, structure shown by signs: what a reader of any format meets, in its order. Mails
// carry it, and tests compare it.
func WriteText(w io.Writer, d *Document) error {
	b := bufio.NewWriter(w)
	t := textWriter{b}
	if d.Letterhead.Name != "" {
		t.line(d.Letterhead.Name)
		t.line(d.Letterhead.Lines...)
		t.line("")
	}
	t.line("# "+d.Title, d.Subtitle)
	for _, f := range d.Facts {
		t.line(f.Term + "\u00a0: " + f.Value)
	}
	outline := d.outline()
	for _, block := range d.Body {
		t.line("")
		if h, ok := block.(Heading); ok {
			t.line(strings.Repeat("#", outline[0].Level+1) + " " + h.Text)
			outline = outline[1:]
			continue
		}
		t.block(block, "")
	}
	if d.Footer != "" {
		t.line("", d.Footer)
	}
	return b.Flush()
}

// told are the words with the addresses that they lead to: a mail in plain text has no other way to show them.
func told(t Text) string {
	s := ""
	for i, x := range t {
		s += x.Text
		last := i+1 == len(t) || t[i+1].Href != x.Href
		if x.Href != "" && last && x.Text != x.Href && "mailto:"+x.Text != x.Href {
			s += " <" + x.Href + ">"
		}
		if x.Break {
			s += "\n"
		}
	}
	return s
}

type textWriter struct{ *bufio.Writer }

// line writes lines; blank ones that follow each other in one call are left out, but for a call of one.
func (t textWriter) line(lines ...string) {
	for _, s := range lines {
		if s == "" && len(lines) > 1 {
			continue
		}
		_, _ = t.WriteString(strings.TrimRight(s, " ") + "\n") // an error stays in the writer until Flush
	}
}

func (t textWriter) block(block Block, indent string) {
	switch x := block.(type) {
	case Paragraph:
		mark := ""
		if x.Style == Quote {
			mark = "> "
		}
		for _, s := range strings.Split(strings.TrimRight(told(x.Text), "\n"), "\n") {
			t.line(indent + mark + s)
		}
	case List:
		for i, item := range x.Items {
			mark := "– "
			if x.Ordered {
				mark = strconv.Itoa(i+1) + ". "
			}
			t.line(indent + mark + strings.ReplaceAll(told(item.Text), "\n", " "))
			for _, s := range item.under() {
				t.block(s, indent+"   ")
			}
		}
	case Table:
		t.table(x)
	case Figure:
		t.line(indent+"["+x.Alt+"]", x.Caption)
	case PageBreak:
		t.line("----")
	}
}

func (t textWriter) table(x Table) {
	if len(x.Columns) == 0 {
		return
	}
	if x.Caption != "" {
		t.line(x.Caption)
	}
	titles := make([]string, len(x.Columns))
	for i, c := range x.Columns {
		titles[i] = c.Title
	}
	t.line("| " + strings.Join(titles, " | ") + " |")
	for _, row := range x.Rows {
		cells := make([]string, len(x.Columns))
		for i, c := range x.cells(row) {
			cells[i] = strings.ReplaceAll(told(c), "\n", " ")
		}
		t.line("| " + strings.Join(cells, " | ") + " |")
	}
}
