package source

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"entente/internal/fault"
)

// maxDepth bounds how deep the elements of a document may nest.
const maxDepth = 200

func sniffZip(data []byte) (Format, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", fault.New(fault.Invalid, "reading.fault.broken")
	}
	for _, f := range z.File {
		switch f.Name {
		case "word/document.xml":
			return DOCX, nil
		case "content.xml":
			return ODT, nil
		}
	}
	return "", fault.New(fault.Invalid, "reading.fault.unknown-type")
}

// member unpacks one file of an archive, as far as the bound; a file that is not there is nil.
func member(data []byte, name string) ([]byte, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fault.New(fault.Invalid, "reading.fault.broken")
	}
	for _, f := range z.File {
		if f.Name == name {
			return unpack(f)
		}
	}
	return nil, nil
}

func unpack(f *zip.File) ([]byte, error) {
	if f.Flags&1 != 0 {
		return nil, fault.New(fault.Invalid, "reading.fault.password")
	}
	if f.UncompressedSize64 > MaxUnpacked {
		return nil, fault.New(fault.Invalid, "reading.fault.bomb", "megabytes", MaxUnpacked>>20)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fault.New(fault.Invalid, "reading.fault.broken")
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, MaxUnpacked+1))
	switch {
	case len(b) > MaxUnpacked:
		return nil, fault.New(fault.Invalid, "reading.fault.bomb", "megabytes", MaxUnpacked>>20)
	case err != nil:
		return nil, fault.New(fault.Invalid, "reading.fault.broken")
	}
	return b, nil
}

// walk calls visit for every token of an XML document, and refuses one that is broken, too deep or too long.
func walk(ctx context.Context, src []byte, visit func(xml.Token)) error {
	d := xml.NewDecoder(bytes.NewReader(src))
	d.Strict = true
	d.Entity = map[string]string{}
	for n, depth := 0, 0; ; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return late(ctx)
		}
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fault.New(fault.Invalid, "reading.fault.broken")
		}
		switch tok.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
		if depth > maxDepth {
			return fault.New(fault.Invalid, "reading.fault.broken")
		}
		visit(tok)
	}
}

// late says that the time is over, or gives the error of whoever cancelled.
func late(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return fault.New(fault.Invalid, "reading.fault.too-slow")
	}
	return ctx.Err()
}

func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

func attrInt(e xml.StartElement, local string) int {
	n, _ := strconv.Atoi(attr(e, local))
	return n
}

// readDOCX reads the main part of a Word file: paragraphs, headings by style, lists with their numbers, rows of tables.
func readDOCX(ctx context.Context, data []byte) (*raw, error) {
	doc, err := member(data, "word/document.xml")
	if err != nil {
		return nil, err
	}
	w := &word{out: &raw{}}
	if w.styles, err = wordStyles(ctx, data); err != nil {
		return nil, err
	}
	if w.lists, err = wordLists(ctx, data); err != nil {
		return nil, err
	}
	if err := walk(ctx, doc, w.token); err != nil {
		return nil, err
	}
	return w.out, nil
}

// word is the state of a walk over the main part.
type word struct {
	out    *raw
	styles map[string]wordStyle
	lists  *numbering
	skip   int // depth inside what is not text: deleted text, fallback drawings, field codes
	inText bool
	para   []wordPara // the paragraph being read; text boxes nest
	cells  []string   // of the row being read
	rows   int        // depth of tables
}

type wordPara struct {
	text    strings.Builder
	style   string
	list    string
	level   int
	heading int
	inPr    bool
}

// skipped are elements whose text is not part of the document as it reads.
var skipped = map[string]bool{"del": true, "moveFrom": true, "Fallback": true, "instrText": true, "delText": true, "footnoteReference": true}

func (w *word) token(tok xml.Token) {
	switch e := tok.(type) {
	case xml.StartElement:
		if w.skip > 0 || skipped[e.Name.Local] {
			w.skip++
			return
		}
		w.open(e)
	case xml.EndElement:
		if w.skip > 0 {
			w.skip--
			return
		}
		w.close(e.Name.Local)
	case xml.CharData:
		if w.inText && w.skip == 0 && len(w.para) > 0 {
			w.top().text.Write(e)
		}
	}
}

func (w *word) top() *wordPara { return &w.para[len(w.para)-1] }

func (w *word) open(e xml.StartElement) {
	switch e.Name.Local {
	case "p":
		if len(w.para) < maxDepth {
			w.para = append(w.para, wordPara{level: -1})
		}
	case "t":
		w.inText = true
	case "tbl":
		w.rows++
	case "tr":
		w.cells = nil
	case "tc":
		if w.rows == 1 {
			w.cells = append(w.cells, "")
		}
	default:
		if len(w.para) > 0 {
			w.top().open(e)
		}
	}
}

// open notes what an element says of a paragraph.
func (p *wordPara) open(e xml.StartElement) {
	switch e.Name.Local {
	case "pStyle":
		p.style = attr(e, "val")
	case "numId":
		p.list = attr(e, "val")
	case "ilvl":
		p.level = attrInt(e, "val")
	case "outlineLvl":
		p.heading = attrInt(e, "val") + 1
	case "tab":
		if p.text.Len() > 0 && !p.inPr {
			p.text.WriteByte(' ')
		}
	case "pPr":
		p.inPr = true
	case "br", "cr":
		p.text.WriteByte('\n')
	case "noBreakHyphen":
		p.text.WriteByte('-')
	}
}

func (w *word) close(name string) {
	switch name {
	case "t":
		w.inText = false
	case "pPr":
		if len(w.para) > 0 {
			w.top().inPr = false
		}
	case "p":
		if len(w.para) > 0 {
			p := w.para[len(w.para)-1]
			w.para = w.para[:len(w.para)-1]
			w.paragraph(&p)
		}
	case "tbl":
		w.rows = max(w.rows-1, 0)
	case "tr":
		if w.rows == 1 {
			w.out.add(rawLine{text: rowOf(w.cells), whole: true})
			w.cells = nil
		}
	}
}

func rowOf(cells []string) string {
	if strings.TrimSpace(strings.Join(cells, "")) == "" {
		return ""
	}
	return row(cells)
}

func (w *word) paragraph(p *wordPara) {
	text := strings.TrimSpace(p.text.String())
	if w.rows > 0 && len(w.cells) > 0 {
		last := &w.cells[len(w.cells)-1]
		*last = strings.TrimSpace(*last + " " + text)
		return
	}
	st := w.styles[p.style]
	list, level := p.list, max(p.level, 0)
	if list == "" {
		list, level = st.list, max(st.level, p.level)
	}
	heading := max(p.heading, st.heading)
	mark, item := "", 0
	if list != "" && list != "0" && text != "" {
		mark, item = w.lists.next(list, max(level, 0))
	}
	w.out.paragraph(text, mark, heading, item)
}

// paragraph adds a whole paragraph with the mark of its list; line breaks inside it stay.
func (r *raw) paragraph(text, mark string, heading, item int) {
	if text == "" {
		r.add(rawLine{})
		return
	}
	if mark != "" {
		text = mark + " " + text
	}
	indent := strings.Repeat("  ", max(item-1, 0))
	for i, l := range strings.Split(text, "\n") {
		line := rawLine{text: strings.TrimSpace(l), whole: true, gap: i == 0 && item == 0}
		if i == 0 {
			line.heading, line.item = heading, item
		}
		if heading == 0 && line.text != "" {
			line.text = indent + line.text
		}
		r.add(line)
	}
}

type wordStyle struct {
	heading int
	list    string
	level   int
	base    string
}

// wordStyles reads which styles are headings and which are lists.
func wordStyles(ctx context.Context, data []byte) (map[string]wordStyle, error) {
	out := map[string]wordStyle{}
	src, err := member(data, "word/styles.xml")
	if err != nil || src == nil {
		return out, err
	}
	id, s := "", wordStyle{level: -1}
	err = walk(ctx, src, func(tok xml.Token) {
		switch e := tok.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "style":
				id, s = attr(e, "styleId"), wordStyle{level: -1}
			case "name":
				s.heading = max(s.heading, headingName(attr(e, "val")))
			case "basedOn":
				s.base = attr(e, "val")
			case "outlineLvl":
				if n := attrInt(e, "val"); n < 6 {
					s.heading = n + 1
				}
			case "numId":
				s.list = attr(e, "val")
			case "ilvl":
				s.level = attrInt(e, "val")
			}
		case xml.EndElement:
			if e.Name.Local == "style" && id != "" {
				out[id] = s
			}
		}
	})
	inherit(out)
	return out, err
}

// inherit gives a style what its base says, two steps up.
func inherit(styles map[string]wordStyle) {
	for range 2 {
		for id, s := range styles {
			b, ok := styles[s.base]
			if !ok {
				continue
			}
			if s.heading == 0 {
				s.heading = b.heading
			}
			if s.list == "" {
				s.list = b.list
			}
			styles[id] = s
		}
	}
}

// headingName reads the level of a style of headings from its name: "heading 2", "Titre 2", "Title".
func headingName(name string) int {
	low := strings.ToLower(strings.TrimSpace(name))
	switch low {
	case "title", "titre":
		return 1
	}
	for _, p := range []string{"heading ", "titre "} {
		if n, err := strconv.Atoi(strings.TrimPrefix(low, p)); strings.HasPrefix(low, p) && err == nil && n >= 1 && n <= 6 {
			return n
		}
	}
	return 0
}
