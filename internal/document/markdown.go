package document

import (
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

var markdown = goldmark.New(goldmark.WithExtensions(extension.Table))

// FromMarkdown reads prose into blocks. Its headings come under those of a level: 1 makes its first rank the second of the
// document. Raw HTML is left out, and an image leaves what it is called.
func FromMarkdown(source string, under int) []Block {
	r := reader{source: []byte(source), under: under}
	return r.blocks(markdown.Parser().Parse(text.NewReader(r.source)))
}

type reader struct {
	source []byte
	under  int
}

func (r reader) blocks(parent ast.Node) []Block {
	var out []Block
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			out = append(out, Heading{Level: n.Level + r.under, Text: r.text(n, Span{}).String()})
		case *ast.Paragraph, *ast.TextBlock:
			if t := r.text(n, Span{}); len(t) > 0 {
				out = append(out, Paragraph{Text: t})
			}
		case *ast.Blockquote:
			out = append(out, r.quote(n)...)
		case *ast.List:
			out = append(out, r.list(n))
		case *ast.FencedCodeBlock, *ast.CodeBlock:
			out = append(out, Paragraph{Text: lines(string(n.Lines().Value(r.source))), Style: Quote})
		case *east.Table:
			out = append(out, r.table(n))
		}
	}
	return out
}

func (r reader) quote(n ast.Node) []Block {
	blocks := r.blocks(n)
	for i, b := range blocks {
		if p, ok := b.(Paragraph); ok {
			p.Style = Quote
			blocks[i] = p
		}
	}
	return blocks
}

func (r reader) list(n *ast.List) List {
	l := List{Ordered: n.IsOrdered()}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		var item Item
		for i, b := range r.blocks(c) {
			if p, ok := b.(Paragraph); ok && i == 0 {
				item.Text = p.Text
				continue
			}
			item.Sub = append(item.Sub, b)
		}
		l.Items = append(l.Items, item)
	}
	return l
}

func (r reader) table(n *east.Table) Table {
	var t Table
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []Text
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			cells = append(cells, r.text(c, Span{}))
		}
		if _, head := row.(*east.TableHeader); head {
			for _, c := range cells {
				t.Columns = append(t.Columns, Column{Title: c.String()})
			}
			continue
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// lines keeps the lines of a text that was set line by line.
func lines(s string) Text {
	var out Text
	for _, line := range strings.Split(strings.Trim(s, "\n"), "\n") {
		out = append(out, Span{Text: line, Break: true})
	}
	out[len(out)-1].Break = false
	return out
}

// text reads the words under a node; like is the kind of span that they are.
func (r reader) text(n ast.Node, like Span) Text {
	var out Text
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		s := like
		switch c := c.(type) {
		case *ast.Text:
			s.Text, s.Break = string(c.Segment.Value(r.source)), c.HardLineBreak()
			if !c.IsRaw() {
				s.Text = plain(c.Segment.Value(r.source))
			}
			if c.SoftLineBreak() {
				s.Text += " "
			}
			out = append(out, s)
		case *ast.String:
			s.Text = string(c.Value)
			out = append(out, s)
		case *ast.Emphasis:
			s.Bold, s.Italic = s.Bold || c.Level == 2, s.Italic || c.Level == 1
			out = append(out, r.text(c, s)...)
		case *ast.Link:
			s.Href = safeHref(string(c.Destination))
			out = append(out, r.text(c, s)...)
		case *ast.AutoLink:
			s.Text, s.Href = string(c.Label(r.source)), safeHref(string(c.URL(r.source)))
			if c.AutoLinkType == ast.AutoLinkEmail {
				s.Href = "mailto:" + s.Text
			}
			out = append(out, s)
		case *ast.RawHTML:
		default:
			out = append(out, r.text(c, like)...)
		}
	}
	return out
}

// plain is a text as it reads: signs that a backslash protects, and entities, are what they stand for.
func plain(s []byte) string {
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(s))))
}

// safeHref lets through addresses of the web and of mail; any other leads nowhere.
func safeHref(s string) string {
	for _, scheme := range []string{"https://", "http://", "mailto:"} {
		if strings.HasPrefix(s, scheme) {
			return s
		}
	}
	return ""
}
