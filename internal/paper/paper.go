// Package paper composes the documents that a space produces: domain values in, a document.Document out.
//
// It asks no database and reads no clock; which values it is given, and who may have them, is for who calls it. Its words come
// from the catalogues, through the printer of its Frame. The invariant that it owns: every paper carries its date, its version,
// who made it and the address at which the current one stands, under the letterhead of its space; what it says of a partner is
// what is on record, and no judgement.
package paper

import (
	"strings"
	"time"

	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/document"
	"entente/internal/governance"
	"entente/internal/i18n"
)

// Frame is what every paper has around its matter.
type Frame struct {
	P          *i18n.Printer
	Letterhead document.Letterhead
	Author     string    // who made it
	Made       time.Time // when
	Address    string    // where the current one stands
}

// UsualColour is that of papers whose space has set none.
const UsualColour = document.House

// Head is the letterhead of a space: what it has set, else its name and the parties of its convention.
func Head(l governance.Letterhead, space string, c *convention.Convention) document.Letterhead {
	if l.Version > 0 {
		return document.Letterhead{Name: l.Name, Lines: l.Under(), Colour: l.Colour, Logo: l.Logo}
	}
	out := document.Letterhead{Name: space}
	var names []string
	for _, p := range c.Parties {
		names = append(names, p.Short)
	}
	if len(names) > 0 {
		out.Lines = []string{strings.Join(names, " · ")}
	}
	return out
}

// begin makes a paper without its matter. Version says which one it is; foot is how it is called at the foot of its pages.
func (f Frame) begin(title, subtitle, version, foot string) *document.Document {
	p := f.P
	d := &document.Document{Title: title, Subtitle: subtitle, Lang: p.Lang(), Author: f.Author, Letterhead: f.Letterhead, Footer: foot,
		Words: document.Words{Page: p.T("paper.page"), Of: p.T("paper.of"), Contents: p.T("paper.contents")}}
	d.Facts = append(d.Facts, document.Fact{Term: p.T("paper.made"), Value: p.T("paper.made-by", "at", p.Instant(f.Made), "name", f.Author)})
	if version != "" {
		d.Facts = append(d.Facts, document.Fact{Term: p.T("paper.version"), Value: version})
	}
	if f.Address != "" {
		d.Facts = append(d.Facts, document.Fact{Term: p.T("paper.current"), Value: f.Address})
	}
	return d
}

// body gathers the blocks of a paper.
type body struct {
	Frame
	blocks []document.Block
}

func (b *body) add(blocks ...document.Block) { b.blocks = append(b.blocks, blocks...) }

func (b *body) heading(level int, text string) { b.add(document.Heading{Level: level, Text: text}) }

func (b *body) say(key string, pairs ...any) { b.add(document.P(b.P.T(key, pairs...))) }

func (b *body) note(text string) {
	b.add(document.Paragraph{Text: document.T(text), Style: document.Note})
}

// terms is a run of lines, each a term in bold with its value; those without value are left out.
func (b *body) terms(pairs ...string) {
	var t document.Text
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			continue
		}
		if len(t) > 0 {
			t[len(t)-1].Break = true
		}
		t = append(t, document.Span{Text: b.P.T("paper.term", "term", pairs[i]), Bold: true}, document.Span{Text: " " + pairs[i+1]})
	}
	if len(t) > 0 {
		b.add(document.Paragraph{Text: t})
	}
}

// bullets is a list of plain texts.
func (b *body) bullets(texts []string) {
	l := document.List{}
	for _, s := range texts {
		l.Items = append(l.Items, document.Item{Text: document.T(s)})
	}
	if len(l.Items) > 0 {
		b.add(l)
	}
}

// sign leaves room for a hand over each title.
func (b *body) sign(title string) {
	b.add(document.Paragraph{Text: document.T(title), Style: document.Signature})
}

// prose sets Markdown with its highest headings at a level. What has no heading has none.
func prose(source string, level int) []document.Block {
	blocks := document.FromMarkdown(source, 0)
	top := 0
	for _, x := range blocks {
		if h, ok := x.(document.Heading); ok && (top == 0 || h.Level < top) {
			top = h.Level
		}
	}
	for i, x := range blocks {
		if h, ok := x.(document.Heading); ok {
			h.Level += level - top
			blocks[i] = h
		}
	}
	return blocks
}

// lines is a text as it was typed: a paragraph for each run between blank lines, its own line breaks kept.
func lines(s string) []document.Block {
	var out []document.Block
	for _, run := range strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n\n") {
		var t document.Text
		for _, line := range strings.Split(strings.Trim(run, "\n"), "\n") {
			if len(t) > 0 {
				t[len(t)-1].Break = true
			}
			t = append(t, document.Span{Text: line})
		}
		if t.String() != "" {
			out = append(out, document.Paragraph{Text: t})
		}
	}
	return out
}

// cells is a row of plain texts.
func cells(texts ...string) []document.Text {
	out := make([]document.Text, len(texts))
	for i, s := range texts {
		out[i] = document.T(s)
	}
	return out
}

// columns are headings with their share of the width; those whose share is negative hold figures.
func columns(p *i18n.Printer, list ...any) []document.Column {
	var out []document.Column
	for i := 0; i+1 < len(list); i += 2 {
		width := list[i+1].(int)
		out = append(out, document.Column{Title: p.T(list[i].(string)), Width: max(width, -width), Number: width < 0})
	}
	return out
}

// Meeting is a meeting with the text of its day, for the papers about it.
type Meeting struct {
	governance.Meeting
	Text      *convention.Convention
	Committee *convention.Committee
	Name      string // of the committee, with that of its technical committee
	Chairs    []governance.Chair
	People    map[string]directory.Person
}

// when is the day with the hour, where that is known.
func (m Meeting) when(p *i18n.Printer) string { return p.At(m.Day, m.Time) }

// foot is how a paper about the meeting is called at the foot of its pages.
func (m Meeting) foot(p *i18n.Printer, what string) string {
	return p.T("paper.foot", "what", what, "committee", m.Name, "day", m.Day)
}

// facts are when and where, as every paper about the meeting says.
func (b *body) facts(m governance.Meeting) {
	p := b.P
	b.terms(p.T("meeting.field.day"), p.Date(m.Day), p.T("meeting.field.time"), p.Clock(m.Time), p.T("agenda.length"), p.Duration(m.Minutes),
		p.T("meeting.field.place"), m.Place, p.T("meeting.field.remote"), m.Remote)
}

// party is the short name of a party; what the text does not know is named as it was kept.
func party(c *convention.Convention, id string) string {
	if p := c.Party(id); p != nil {
		return p.Short
	}
	return id
}

// committee is the name of a committee.
func committee(c *convention.Convention, id string) string {
	if k := c.Committee(id); k != nil {
		return k.Name
	}
	return id
}

// title of the convention.
func title(c *convention.Convention) string {
	if c.Identity == nil {
		return ""
	}
	return c.Identity.Title
}
