package view

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/a-h/templ"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"

	"entente/internal/convention"
)

// Document is a version of the convention set for reading: the prose of each clause as HTML, beside what its blocks give.
// It is made once for a version, which never changes, and shared: nobody may change it.
type Document struct {
	Text    *convention.Convention
	Clauses []DocumentClause
}

// DocumentClause is one clause of a document.
type DocumentClause struct {
	*convention.Clause
	Rank  int              // of its heading on the page, 2 to 6; 0 where the title of the page says it already
	Prose templ.Component  // nil where the clause has none
	Facts convention.Facts // what its own blocks say
	Gives bool             // its blocks say something
}

// NewDocument sets a convention for reading. Raw HTML in the text is left out, and a link that could run code leads nowhere.
func NewDocument(c *convention.Convention) (*Document, error) {
	d := &Document{Text: c, Clauses: make([]DocumentClause, len(c.Clauses))}
	above := 1
	for i := range c.Clauses {
		k := &c.Clauses[i]
		out := DocumentClause{Clause: k, Facts: convention.Merge(c.Clauses[i : i+1])}
		if !titles(c, i) {
			out.Rank = min(max(k.Level, 2), above+1, 6) // no rank is passed over, whatever the file does
			above = out.Rank
		}
		var prose []string
		for _, part := range k.Parts {
			if part.Facts != nil {
				out.Gives = true
			} else {
				prose = append(prose, part.Text)
			}
		}
		html, err := proseHTML(strings.Join(prose, "\n\n"))
		if err != nil {
			return nil, fmt.Errorf("view: clause %s: %w", k.Anchor, err)
		}
		if html != "" {
			out.Prose = templ.Raw(html)
		}
		d.Clauses[i] = out
	}
	return d, nil
}

// titles tells whether the heading of a clause is the title of the whole.
func titles(c *convention.Convention, i int) bool {
	k := c.Clauses[i]
	return i == 0 && k.Level == 1 && c.Identity != nil && k.Heading == c.Identity.Title
}

// markdown renders prose. Cells of tables are not aligned: that would take inline styles, which the policy of the pages
// forbids.
var markdown = goldmark.New(
	goldmark.WithExtensions(extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone))),
	goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(proseRenderer{}, 100))),
)

func proseHTML(text string) (string, error) {
	var b bytes.Buffer
	if err := markdown.Convert([]byte(text), &b); err != nil {
		return "", err
	}
	return b.String(), nil
}

// proseRenderer writes what must not be written as goldmark does: a heading inside a quotation or a list would break the
// outline of the page, and an image would be fetched from elsewhere.
type proseRenderer struct{}

// RegisterFuncs names the nodes that it writes.
func (proseRenderer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindHeading, proseHeading)
	r.Register(ast.KindImage, proseImage)
}

func proseHeading(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	tag := "</strong></p>\n"
	if entering {
		tag = "<p><strong>"
	}
	_, err := w.WriteString(tag)
	return ast.WalkContinue, err
}

// proseImage leaves what an image is called, which is written as its children.
func proseImage(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
	return ast.WalkContinue, nil
}
