package view

import (
	"cmp"
	"context"
	"io"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"entente/internal/reading"
	"entente/internal/reading/source"
)

// Passage is a run of the text that the same facts account for.
type Passage struct {
	Text   string
	Begins []string // identifiers of the facts and questions whose words begin here
	In     string   // the innermost fact or question; empty where none accounts for the words
}

// TextLine is a paragraph, an item or a row of the text.
type TextLine struct {
	Passages []Passage
	Item     bool
}

// TextClause is a clause of the text. One in which nothing was read is folded.
type TextClause struct {
	Heading []Passage // nil where the clause has no heading of its own
	Lines   []TextLine
	Marked  bool
}

// markedSpan is the span of a fact or question.
type markedSpan struct {
	id string
	reading.Span
}

// MarkedText cuts the text at the borders of the facts and questions, so that marks which overlap or lie within each other
// still make a page that is well formed.
func MarkedText(r *reading.Reading) []TextClause {
	m := &marker{body: r.Text.Body, begun: map[string]bool{}}
	for i := range r.Facts {
		m.spans = append(m.spans, markedSpan{r.Facts[i].ID, r.Facts[i].Span})
	}
	for i := range r.Questions {
		m.spans = append(m.spans, markedSpan{r.Questions[i].ID, r.Questions[i].Span})
	}
	slices.SortStableFunc(m.spans, func(a, b markedSpan) int { return cmp.Compare(a.Start, b.Start) })
	out := make([]TextClause, 0, len(r.Clauses))
	next := 0
	for _, c := range r.Clauses {
		var made TextClause
		for next < len(r.Text.Lines) && r.Text.Lines[next].Start < c.Span.Start {
			next++ // between clauses there are no words
		}
		for ; next < len(r.Text.Lines) && r.Text.Lines[next].Start < c.Span.End; next++ {
			m.line(&made, r.Text.Lines[next], c)
		}
		out = append(out, made)
	}
	return out
}

// marker cuts lines. Lines come in the order of the text.
type marker struct {
	body  string
	spans []markedSpan // by start
	open  int          // those before it end before the line at hand
	begun map[string]bool
}

// line adds a line to a clause.
func (m *marker) line(to *TextClause, l source.Line, c reading.Clause) {
	passages := m.passages(l.Start, l.End)
	to.Marked = to.Marked || slices.ContainsFunc(passages, func(p Passage) bool { return p.In != "" })
	if c.Heading != "" && l.Start < c.Body.Start {
		to.Heading = append(to.Heading, passages...)
		return
	}
	to.Lines = append(to.Lines, TextLine{Passages: passages, Item: l.Item > 0 || itemStart(m.body[l.Start:l.End])})
}

// itemStart tells a line that its own first sign makes an item.
func itemStart(line string) bool {
	line = strings.TrimLeft(line, " \t")
	return strings.HasPrefix(line, "- ") || strings.HasPrefix(line, "• ") || strings.HasPrefix(line, "– ")
}

// passages cuts a run of the body.
func (m *marker) passages(start, end int) []Passage {
	over := m.over(start, end)
	cuts := []int{start, end}
	for _, s := range over {
		cuts = append(cuts, min(max(s.Start, start), end), min(max(s.End, start), end))
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var out []Passage
	for i := 1; i < len(cuts); i++ {
		p := Passage{Text: m.body[cuts[i-1]:cuts[i]]}
		inner := -1
		for _, s := range over {
			if s.Start > cuts[i-1] || s.End < cuts[i] {
				continue
			}
			if !m.begun[s.id] {
				m.begun[s.id] = true
				p.Begins = append(p.Begins, s.id)
			}
			if inner < 0 || s.End-s.Start <= inner {
				inner, p.In = s.End-s.Start, s.id
			}
		}
		out = append(out, p)
	}
	return out
}

// over lists the spans that have words in a run.
func (m *marker) over(start, end int) []markedSpan {
	for m.open < len(m.spans) && m.spans[m.open].End <= start {
		m.open++
	}
	var out []markedSpan
	for _, s := range m.spans[m.open:] {
		if s.Start >= end {
			break
		}
		if s.End > start {
			out = append(out, s)
		}
	}
	return out
}

// passages writes a run of the text with its marks. It is written by hand because not one blank may come between two
// passages: they may be parts of one word.
func passages(d ReviewData, all []Passage) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var b strings.Builder
		for _, x := range all {
			for _, id := range x.Begins {
				b.WriteString(`<span id="` + templ.EscapeString(markAnchor(id)) + `"></span>`)
			}
			text := templ.EscapeString(x.Text)
			if x.In != "" {
				text = `<mark class="mark-` + string(d.markState(x.In)) + `" data-mark="` + templ.EscapeString(x.In) + `"><a href="#` +
					templ.EscapeString(FactAnchor(x.In)) + `">` + text + `</a></mark>`
			}
			b.WriteString(text)
		}
		_, err := io.WriteString(w, b.String())
		return err
	})
}

// markState is how the words of a fact or question are marked: an answered question as a confirmed fact.
func (d ReviewData) markState(id string) reading.Verdict {
	if d.Decisions.Answers[id] != "" {
		return reading.Confirmed
	}
	return d.verdict(id)
}
