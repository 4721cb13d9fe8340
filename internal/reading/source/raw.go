package source

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// raw is a text as a format gives it, before layout is taken away.
type raw struct {
	pages   int
	lines   []rawLine
	wrapped bool // lines may be wrapped: paragraphs are to be rebuilt
	removed []Noise
}

// rawLine is a line of the page, or a whole paragraph where the format knows paragraphs.
type rawLine struct {
	text    string
	page    int
	heading int
	item    int
	gap     bool
	whole   bool // a paragraph of its own: never joined to another
}

func (r *raw) size() int {
	n := 0
	for _, l := range r.lines {
		n += len(l.text) + 1
	}
	return n
}

// add appends a line; a blank one becomes the gap of the next.
func (r *raw) add(l rawLine) {
	l.text = strings.TrimRight(tidy.Replace(l.text), " \t\u00a0\v")
	if strings.TrimSpace(l.text) == "" {
		l.text = ""
	}
	if !norm.NFC.IsNormalString(l.text) {
		l.text = norm.NFC.String(l.text)
	}
	r.lines = append(r.lines, l)
}

// tidy takes away signs that only layout needs, and spells ligatures out.
var tidy = strings.NewReplacer(
	"ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st",
	"\u00ad", "", "\u200b", "", "\ufeff", "", "\u2060", "", "\x00", "", "\r", "", "\x02", "",
	"\uf0b7", "•", "\uf0a7", "▪", "\uf0d8", "➤", "\uf0fc", "✓", "\uf02d", "-", "\u2028", "\n", "\ufffe", "-",
)

// text makes the Text: noise out, paragraphs whole, offsets exact.
func (r *raw) text() *Text {
	r.denoise()
	r.gaps()
	if r.wrapped {
		r.unwrap()
	}
	t := &Text{Pages: r.pages, Removed: r.removed}
	var b strings.Builder
	for _, l := range r.lines {
		if l.gap && b.Len() > 0 {
			b.WriteByte('\n')
		}
		start := b.Len()
		b.WriteString(l.text)
		t.Lines = append(t.Lines, Line{Start: start, End: b.Len(), Page: l.page, Heading: l.heading, Item: l.item, Gap: l.gap})
		b.WriteByte('\n')
	}
	t.Body = b.String()
	return t
}

// gaps drops blank lines and marks the line after each.
func (r *raw) gaps() {
	kept, gap := r.lines[:0], false
	for _, l := range r.lines {
		if l.text == "" {
			gap = true
			continue
		}
		l.gap = l.gap || gap
		gap = false
		kept = append(kept, l)
	}
	r.lines = kept
}
