// Package outline finds the structure of a convention in its text: title, preamble, parties, articles and sub-articles
// however they are numbered, items of lists, the foot with the signatures, annexes.
//
// It reads no fact. The invariant that it owns: every line of the text belongs to exactly one section, in order, and the
// clauses made of them hold the text word for word.
package outline

import (
	"regexp"
	"sort"
	"strings"

	"entente/internal/reading/french"
	"entente/internal/reading/rule"
	"entente/internal/reading/source"
)

// Kind says what sort of line a block is.
type Kind int

// The kinds of block.
const (
	Paragraph Kind = iota
	Heading
	Item
	Row
	Contents // a line of a table of contents
)

// Block is a line of the text with its structure.
type Block struct {
	Kind       Kind
	Start, End int    // of its words, in bytes of the text, without the mark of an item
	Line       [2]int // of the whole line
	From, To   int    // of its words, in bytes of the folded text
	Mark       string // of an item: "-", "1"
	Depth      int    // of an item, from 1
	Section    int
	Page       int
	Gap        bool // a blank line stands before it
}

// Part is the role of a section in a convention.
type Part int

// The parts of a convention.
const (
	Body Part = iota
	Title
	Preamble
	Parties
	Signature
	Annex
)

// Section is a heading with what stands under it, up to the next heading of any level.
type Section struct {
	Head   int    // its block; -1 for the first lines of the text
	Level  int    // 1 for the title, 2 for articles, more below
	Number string // "4", "4-2"; empty where it has none
	Title  string // folded, without number or colon
	Part   Part
	Parent int // section above it, -1 for none
	Blocks [2]int
}

// Document is a text with its structure.
type Document struct {
	Text     *source.Text
	Fold     *french.Folded
	Blocks   []Block
	Sections []Section
	book     *rule.Book
}

// Read finds the structure of a text.
func Read(t *source.Text, book *rule.Book) *Document {
	d := &Document{Text: t, Fold: french.Fold(t.Body), book: book}
	d.blocks()
	d.sections()
	d.parts()
	return d
}

// Folded gives the folded words of a block.
func (d *Document) Folded(b Block) string { return d.Fold.S[b.From:b.To] }

// Words gives the words of a block as written.
func (d *Document) Words(b Block) string { return d.Text.Body[b.Start:b.End] }

// Span gives the bytes of the text behind a part of the folded text of a block.
func (d *Document) Span(b Block, from, to int) (int, int) { return d.Fold.Span(b.From+from, b.From+to) }

// index gives the first byte of the folded text that comes from offset or later.
func (d *Document) index(offset int) int {
	return sort.Search(len(d.Fold.S), func(i int) bool { a, _ := d.Fold.Span(i, i+1); return a >= offset })
}

// blocks makes a block of every line and tells items, rows and lines of a table of contents.
func (d *Document) blocks() {
	d.Blocks = make([]Block, 0, len(d.Text.Lines))
	for _, l := range d.Text.Lines {
		b := Block{Line: [2]int{l.Start, l.End}, From: d.index(l.Start), To: d.index(l.End), Page: l.Page, Gap: l.Gap}
		b.Start, b.End = d.Fold.Span(b.From, b.To)
		text := d.Folded(b)
		switch {
		case l.Heading > 0:
			b.Kind = Heading
		case contents(text):
			b.Kind = Contents
		case strings.Count(text, " | ") > 0:
			b.Kind = Row
		default:
			d.item(&b, l)
		}
		d.Blocks = append(d.Blocks, b)
	}
}

var (
	leader  = regexp.MustCompile(`\.{4}|(?:\. ){4}`)
	pageEnd = regexp.MustCompile(`(?:\.{3}|\. ) ?(?:p\.? ?|page )?\d{1,3}$`)
)

// contents tells a line of a table of contents: leaders up to a page number, or a short line with leaders. A sentence with
// blanks to fill in ("par délibération du ………, ci-après") is none.
func contents(s string) bool {
	return leader.MatchString(s) && (pageEnd.MatchString(s) || len(s) < 100 && !strings.ContainsAny(s, ",;") && !strings.HasPrefix(s, "fait "))
}

// item takes the bullet of a list item off its words.
func (d *Document) item(b *Block, l source.Line) {
	m, ok := d.book.First("marker", d.Folded(*b))
	bullet := ok && m.Values["class"] == "bullet"
	if starred.MatchString(d.Text.Text(l)) {
		b.Kind, b.Depth, b.Mark = Item, max(l.Item, 1), "*"
		return
	}
	if !bullet && l.Item == 0 {
		if ok {
			b.Mark = m.Values["number"]
		}
		return
	}
	b.Kind, b.Depth = Item, max(l.Item, 1)
	if l.Item == 0 && indented(d.Text.Text(l)) {
		b.Depth = 2
	}
	if ok {
		b.Mark = m.Values["number"]
		if bullet {
			b.Mark = firstRune(d.Text.Text(l))
		}
		b.From += m.To
		b.Start, _ = d.Fold.Span(b.From, b.To)
	}
}

// starred matches a bullet that folding takes for emphasis.
var starred = regexp.MustCompile(`^\s*\*\s+[^*\s]`)

func indented(s string) bool { return strings.HasPrefix(s, " ") || strings.HasPrefix(s, "\t") }

func firstRune(s string) string {
	for _, r := range strings.TrimSpace(s) {
		return string(r)
	}
	return ""
}

// unmark takes the number of a numbered item off its words.
func (d *Document) unmark(b *Block) {
	if m, ok := d.book.First("marker", d.Folded(*b)); ok && m.Values["number"] != "" {
		b.Kind, b.Depth = Item, max(b.Depth, 1)
		b.Mark = m.Values["number"]
		b.From += m.To
		b.Start, _ = d.Fold.Span(b.From, b.To)
	}
}
