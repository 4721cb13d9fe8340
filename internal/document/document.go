// Package document holds one model of a document, and writes it as HTML, ODT, DOCX and plain text; and beside it workbooks
// (XLSX, CSV) and calendars (RFC 5545). Its subpackage pdf prints documents.
//
// It knows nothing of conventions or meetings, reads no clock and no network: who composes a document gives it every word,
// already in its language, and a writer to go to. The invariant that it owns: whatever the format, the document has the same
// headings in the same order, the same words, tables with header cells, figures with their alternative text, a language and a
// title, so that a screen reader reads the same everywhere. A heading never skips a level.
package document

import (
	"math"
	"strconv"
)

// Document is a text with its structure and what surrounds it.
type Document struct {
	Title      string
	Subtitle   string // under the title; may be empty
	Lang       string // "fr", "en"
	Author     string
	Facts      []Fact // date, version, where the current one stands: under the title
	Letterhead Letterhead
	Footer     string // at the foot of each page, before the page number
	Landscape  bool
	Paper      Paper
	Contents   bool   // a table of contents after the title
	Watermark  string // across each page, for a draft; empty for none
	Words      Words
	Body       []Block
}

// Words are the few words that writers add, in the language of the document.
type Words struct {
	Page     string // "Page"
	Of       string // "sur", between the number of the page and how many there are
	Contents string // "Sommaire"
}

// Paper is the size of the pages.
type Paper string

// The papers. The zero value is A4.
const (
	A4 Paper = ""
	A3 Paper = "A3"
)

// millimetres are the width and height of the pages, as they are laid.
func (d *Document) millimetres() (width, height int) {
	width, height = 210, 297
	if d.Paper == A3 {
		width, height = 297, 420
	}
	if d.Landscape {
		width, height = height, width
	}
	return width, height
}

// Fact is one line under the title: a term and its value.
type Fact struct{ Term, Value string }

// Letterhead is who the document comes from.
type Letterhead struct {
	Name   string
	Lines  []string // address and the rest
	Logo   []byte   // PNG; nil for none
	Colour string   // "#1f4e5f", of rules and headings; empty for the document's own
}

// colour is that of the letterhead where it is one, without its sign: for rules and lines.
func (l Letterhead) colour() string {
	if len(l.Colour) == 7 && l.Colour[0] == '#' {
		for _, c := range l.Colour[1:] {
			if (c < '0' || c > '9') && (c < 'a' || c > 'f') && (c < 'A' || c > 'F') {
				return house
			}
		}
		return l.Colour[1:]
	}
	return house
}

// house is the colour of documents without a letterhead of their own.
const house = "1f4e5f"

// House is the same as a letterhead writes it.
const House = "#" + house

// ink is the colour of headings: that of the letterhead where it can be read on white (WCAG 1.4.3), else the document's own.
func (l Letterhead) ink() string {
	n, err := strconv.ParseUint(l.colour(), 16, 32)
	if err != nil {
		return house
	}
	light := func(channel uint64) float64 {
		x := float64(channel&255) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	if 1.05/(0.2126*light(n>>16)+0.7152*light(n>>8)+0.0722*light(n)+0.05) < 4.5 {
		return house
	}
	return l.colour()
}

// Block is a part of the body: one of Heading, Paragraph, List, Table, Figure, PageBreak.
type Block interface{ block() }

// Heading opens a section. Levels begin at 1, under the title of the document.
type Heading struct {
	Level int
	Text  string
}

// Paragraph is a run of text.
type Paragraph struct {
	Text  Text
	Style Style
}

// Style is what a paragraph is for.
type Style string

// The styles.
const (
	Plain     Style = ""
	Lede      Style = "lede" // says at the top what follows
	Note      Style = "note" // small, beside the matter
	Quote     Style = "quote"
	Signature Style = "signature" // with room above it for a hand
)

// List is a list of items, each a text with blocks under it.
type List struct {
	Ordered bool
	Items   []Item
}

// Item is an item of a list.
type Item struct {
	Text Text
	Sub  []Block // lists, paragraphs and figures; a table becomes a list of its rows, a heading a bold paragraph
}

// under are the blocks under the item as they are written: what has no place inside a list, or would escape the outline, is
// turned into what has one.
func (i Item) under() []Block {
	var out []Block
	for _, b := range i.Sub {
		switch b := b.(type) {
		case Heading:
			out = append(out, Paragraph{Text: B(b.Text)})
		case Table:
			out = append(out, b.list())
		case PageBreak:
		default:
			out = append(out, b)
		}
	}
	return out
}

// Table is a table with a header row. The first cell of each row is its header where RowHeaders says so.
type Table struct {
	Caption    string
	Columns    []Column
	Rows       [][]Text
	RowHeaders bool
	Tall       bool // rows high enough to sign in by hand
}

// Column is a column of a table.
type Column struct {
	Title  string
	Width  int  // share of the width beside the others; 0 reads as 1
	Number bool // figures, set to the right
}

// shares are the widths of the columns in hundredths of the whole, which they fill.
func (t Table) shares() []int {
	total := 0
	for _, c := range t.Columns {
		total += max(c.Width, 1)
	}
	out := make([]int, len(t.Columns))
	left := 100
	for i, c := range t.Columns {
		out[i] = max(c.Width, 1) * 100 / total
		left -= out[i]
	}
	if len(out) > 0 {
		out[len(out)-1] += left
	}
	return out
}

// cells are those of a row, one a column: those that lack are empty.
func (t Table) cells(row []Text) []Text {
	out := make([]Text, len(t.Columns))
	copy(out, row)
	return out
}

// list tells the rows one by one, each figure after the title of its column.
func (t Table) list() List {
	var l List
	for _, row := range t.Rows {
		var text Text
		for i, cell := range t.cells(row) {
			if len(cell) == 0 {
				continue
			}
			if len(text) > 0 {
				text = append(text, Span{Text: " ; "})
			}
			text = append(append(text, Span{Text: t.Columns[i].Title + "\u00a0: "}), cell...)
		}
		l.Items = append(l.Items, Item{Text: text})
	}
	return l
}

// Figure is a picture with its alternative text. SVG is used where pages show it, PNG in word processors; either may be
// missing, and then its table or its alternative text stands for it.
type Figure struct {
	SVG           string
	PNG           []byte
	Width, Height int // millimetres
	Alt           string
	Caption       string
}

// PageBreak begins a page.
type PageBreak struct{}

func (Heading) block()   {}
func (Paragraph) block() {}
func (List) block()      {}
func (Table) block()     {}
func (Figure) block()    {}
func (PageBreak) block() {}

// Text is a run of spans.
type Text []Span

// Span is text of one kind.
type Span struct {
	Text   string
	Bold   bool
	Italic bool
	Href   string // absolute address; empty for none
	Break  bool   // a new line after it
}

// T is text of the plain kind.
func T(s string) Text { return Text{{Text: s}} }

// B is text set bold.
func B(s string) Text { return Text{{Text: s, Bold: true}} }

// P is a plain paragraph.
func P(s string) Paragraph { return Paragraph{Text: T(s)} }

// String is the words alone.
func (t Text) String() string {
	s := ""
	for _, x := range t {
		s += x.Text
		if x.Break {
			s += "\n"
		}
	}
	return s
}

// outline are the headings of the body with the levels that they are written at: none is skipped, whatever was asked.
func (d *Document) outline() []Heading {
	var out []Heading
	level := 0
	for _, b := range d.Body {
		h, ok := b.(Heading)
		if !ok {
			continue
		}
		level = max(1, min(h.Level, level+1, 5))
		out = append(out, Heading{Level: level, Text: h.Text})
	}
	return out
}

// listed tells whether the document has a table of contents: one that is asked for, of something.
func (d *Document) listed(outline []Heading) bool { return d.Contents && len(outline) > 0 }
