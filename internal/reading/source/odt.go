package source

import (
	"bytes"
	"context"
	"encoding/xml"
	"strconv"
	"strings"

	"entente/internal/fault"
)

// readODT reads the content of an OpenDocument text: paragraphs, headings, lists with their numbers, rows of tables.
func readODT(ctx context.Context, data []byte) (*raw, error) {
	manifest, err := member(data, "META-INF/manifest.xml")
	if err != nil {
		return nil, err
	}
	if bytes.Contains(manifest, []byte("encryption-data")) {
		return nil, fault.New(fault.Invalid, "reading.fault.password")
	}
	content, err := member(data, "content.xml")
	if err != nil {
		return nil, err
	}
	o := &odt{out: &raw{}, lists: &numbering{levels: map[string][]numberLevel{}, counts: map[string][]int{}}}
	styles, err := member(data, "styles.xml")
	if err != nil {
		return nil, err
	}
	for _, src := range [][]byte{styles, content} {
		if err := o.listStyles(ctx, src); err != nil {
			return nil, err
		}
	}
	if err := walk(ctx, content, o.token); err != nil {
		return nil, err
	}
	return o.out, nil
}

// odt is the state of a walk over the content.
type odt struct {
	out   *raw
	lists *numbering
	skip  int
	para  []odtPara
	open  []odtList // lists around the paragraph
	cells []string
	rows  int
	seq   int
}

type odtPara struct {
	text    strings.Builder
	heading int
}

type odtList struct {
	style string
	key   string
	fresh bool // an item has begun and shown no mark yet
}

// unread are elements whose text is not part of the document as it reads.
var unread = map[string]bool{"note": true, "annotation": true, "tracked-changes": true, "table-of-content-source": true, "sequence-decls": true, "automatic-styles": true, "font-face-decls": true}

func (o *odt) token(tok xml.Token) {
	switch e := tok.(type) {
	case xml.StartElement:
		if o.skip > 0 || unread[e.Name.Local] {
			o.skip++
			return
		}
		o.start(e)
	case xml.EndElement:
		if o.skip > 0 {
			o.skip--
			return
		}
		o.end(e.Name.Local)
	case xml.CharData:
		if o.skip == 0 && len(o.para) > 0 {
			o.write(e)
		}
	}
}

// write adds text as OpenDocument reads it: runs of white space count as one.
func (o *odt) write(words []byte) {
	t := &o.para[len(o.para)-1].text
	prev := byte(' ')
	if t.Len() > 0 {
		prev = t.String()[t.Len()-1]
	}
	for _, b := range words {
		if b == '\n' || b == '\r' || b == '\t' {
			b = ' '
		}
		if b == ' ' && prev == ' ' {
			continue
		}
		t.WriteByte(b)
		prev = b
	}
}

func (o *odt) start(e xml.StartElement) {
	switch e.Name.Local {
	case "h", "p":
		if len(o.para) < maxDepth {
			p := odtPara{}
			if e.Name.Local == "h" {
				p.heading = min(max(attrInt(e, "outline-level"), 1), 6)
			}
			o.para = append(o.para, p)
		}
	case "list":
		o.openList(attr(e, "style-name"))
	case "list-item":
		if n := len(o.open); n > 0 {
			o.open[n-1].fresh = true
		}
	case "table":
		o.rows++
	case "table-row":
		o.cells = nil
	case "table-cell":
		if o.rows == 1 {
			o.cells = append(o.cells, "")
		}
	default:
		o.inline(e)
	}
}

// inline writes the elements that stand for a character.
func (o *odt) inline(e xml.StartElement) {
	if len(o.para) == 0 {
		return
	}
	t := &o.para[len(o.para)-1].text
	switch e.Name.Local {
	case "s":
		t.WriteString(strings.Repeat(" ", min(max(attrInt(e, "c"), 1), 100)))
	case "tab":
		t.WriteByte(' ')
	case "line-break":
		t.WriteByte('\n')
	}
}

func (o *odt) openList(style string) {
	if len(o.open) > 0 && style == "" {
		style = o.open[len(o.open)-1].style
	}
	o.seq++
	key := "list " + strconv.Itoa(o.seq)
	if len(o.open) > 0 {
		key = o.open[0].key
	}
	if len(o.open) < maxDepth {
		o.lists.levels[key] = o.lists.levels[style]
		o.open = append(o.open, odtList{style: style, key: key})
	}
}

func (o *odt) end(name string) {
	switch name {
	case "h", "p":
		if len(o.para) > 0 {
			p := o.para[len(o.para)-1]
			o.para = o.para[:len(o.para)-1]
			o.paragraph(&p)
		}
	case "list":
		if len(o.open) > 0 {
			o.open = o.open[:len(o.open)-1]
		}
	case "table":
		o.rows = max(o.rows-1, 0)
	case "table-row":
		if o.rows == 1 {
			o.out.add(rawLine{text: rowOf(o.cells), whole: true})
			o.cells = nil
		}
	}
}

func (o *odt) paragraph(p *odtPara) {
	text := strings.TrimSpace(p.text.String())
	if o.rows > 0 && len(o.cells) > 0 {
		last := &o.cells[len(o.cells)-1]
		*last = strings.TrimSpace(*last + " " + text)
		return
	}
	mark, item := "", 0
	if n := len(o.open); n > 0 && o.open[n-1].fresh && text != "" {
		o.open[n-1].fresh = false
		mark, item = o.lists.next(o.open[n-1].key, n-1)
	}
	o.out.paragraph(text, mark, p.heading, item)
}

// listStyles reads how the lists of a part are numbered.
func (o *odt) listStyles(ctx context.Context, src []byte) error {
	if src == nil {
		return nil
	}
	style := ""
	return walk(ctx, src, func(tok xml.Token) {
		e, ok := tok.(xml.StartElement)
		if !ok {
			return
		}
		switch e.Name.Local {
		case "list-style", "outline-style":
			style = attr(e, "name")
		case "list-level-style-bullet":
			o.level(style, numberLevel{format: "bullet"})
		case "list-level-style-number":
			o.level(style, odtNumber(e))
		}
	})
}

func (o *odt) level(style string, l numberLevel) {
	if style != "" && len(o.lists.levels[style]) < maxLevels {
		o.lists.levels[style] = append(o.lists.levels[style], l)
	}
}

// odtNumber reads a level that is numbered, and writes it as Word would: prefix, "%1.%2", suffix.
func odtNumber(e xml.StartElement) numberLevel {
	level, shown := max(attrInt(e, "level"), 1), max(attrInt(e, "display-levels"), 1)
	l := numberLevel{format: attr(e, "num-format"), start: max(attrInt(e, "start-value"), 1)}
	if l.format == "" {
		l.format = "none"
		return l
	}
	var parts []string
	for i := max(level-shown+1, 1); i <= min(level, maxLevels); i++ {
		parts = append(parts, "%"+strconv.Itoa(i))
	}
	l.text = attr(e, "num-prefix") + strings.Join(parts, ".") + attr(e, "num-suffix")
	return l
}
