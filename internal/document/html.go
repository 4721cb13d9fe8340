package document

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"strconv"
	"strings"
)

// WriteHTML writes the document as one accessible page that carries everything it needs: a browser shows it, prints it, and
// makes a PDF of it. It has styles of its own and no script, so it is never served as a page of the application.
func WriteHTML(w io.Writer, d *Document) error {
	h := htmlWriter{bufio.NewWriter(w)}
	h.put(`<!DOCTYPE html><html lang="`, html.EscapeString(d.Lang), `"><head><meta charset="utf-8"><title>`, html.EscapeString(d.Title), `</title>`)
	if d.Author != "" {
		h.put(`<meta name="author" content="`, html.EscapeString(d.Author), `">`)
	}
	h.put(`<style>`, d.style(), `</style></head><body>`)
	if d.Watermark != "" {
		h.put(`<div class="watermark" aria-hidden="true">`, html.EscapeString(d.Watermark), `</div>`)
	}
	h.letterhead(d.Letterhead)
	h.put(`<main><h1>`, html.EscapeString(d.Title), `</h1>`)
	if d.Subtitle != "" {
		h.put(`<p class="subtitle">`, html.EscapeString(d.Subtitle), `</p>`)
	}
	h.facts(d.Facts)
	h.body(d)
	h.put("</main></body></html>\n")
	return h.Flush()
}

func (h htmlWriter) body(d *Document) {
	outline := d.outline()
	if d.listed(outline) {
		h.contents(d.Words.Contents, outline)
	}
	n := 0
	for _, b := range d.Body {
		if _, ok := b.(Heading); ok {
			level := strconv.Itoa(outline[n].Level + 1)
			h.put(`<h`, level, ` id="`, anchor(n), `">`, html.EscapeString(outline[n].Text), `</h`, level, `>`)
			n++
			continue
		}
		h.block(b)
	}
}

func anchor(n int) string { return "s" + strconv.Itoa(n+1) }

type htmlWriter struct{ *bufio.Writer }

func (h htmlWriter) put(parts ...string) {
	for _, s := range parts {
		_, _ = h.WriteString(s) // an error stays in the writer until Flush
	}
}

func (h htmlWriter) letterhead(l Letterhead) {
	if l.Name == "" {
		return
	}
	h.put(`<header>`)
	if l.Logo != nil {
		h.put(`<img alt="" src="data:image/png;base64,`, base64.StdEncoding.EncodeToString(l.Logo), `">`)
	}
	h.put(`<p><strong>`, html.EscapeString(l.Name), `</strong>`)
	for _, s := range l.Lines {
		h.put(`<br>`, html.EscapeString(s))
	}
	h.put(`</p></header>`)
}

func (h htmlWriter) facts(facts []Fact) {
	if len(facts) == 0 {
		return
	}
	h.put(`<dl>`)
	for _, f := range facts {
		h.put(`<div><dt>`, html.EscapeString(f.Term), `</dt><dd>`, html.EscapeString(f.Value), `</dd></div>`)
	}
	h.put(`</dl>`)
}

func (h htmlWriter) contents(title string, outline []Heading) {
	h.put(`<nav class="contents"><h2>`, html.EscapeString(title), `</h2><ol>`)
	for i, x := range outline {
		h.put(`<li class="l`, strconv.Itoa(x.Level), `"><a href="#`, anchor(i), `">`, html.EscapeString(x.Text), `</a></li>`)
	}
	h.put(`</ol></nav>`)
}

func (h htmlWriter) block(b Block) {
	switch x := b.(type) {
	case Paragraph:
		if x.Style == Quote {
			h.put(`<blockquote><p>`)
			h.text(x.Text)
			h.put(`</p></blockquote>`)
			return
		}
		h.put(`<p`)
		if x.Style != Plain {
			h.put(` class="`, string(x.Style), `"`)
		}
		h.put(`>`)
		h.text(x.Text)
		h.put(`</p>`)
	case List:
		h.list(x)
	case Table:
		h.table(x)
	case Figure:
		h.figure(x)
	case PageBreak:
		h.put(`<div class="page"></div>`)
	}
}

func (h htmlWriter) list(l List) {
	if len(l.Items) == 0 {
		return
	}
	tag := "ul"
	if l.Ordered {
		tag = "ol"
	}
	h.put(`<`, tag, `>`)
	for _, item := range l.Items {
		h.put(`<li>`)
		h.text(item.Text)
		for _, s := range item.under() {
			h.block(s)
		}
		h.put(`</li>`)
	}
	h.put(`</`, tag, `>`)
}

func (h htmlWriter) table(t Table) {
	if len(t.Columns) == 0 {
		return
	}
	class := ""
	if t.Tall {
		class = ` class="tall"`
	}
	h.put(`<table`, class, `>`)
	if t.Caption != "" {
		h.put(`<caption>`, html.EscapeString(t.Caption), `</caption>`)
	}
	h.put(`<colgroup>`)
	for _, share := range t.shares() {
		h.put(`<col style="width:`, strconv.Itoa(share), `%">`)
	}
	h.put(`</colgroup><thead><tr>`)
	for _, c := range t.Columns {
		h.put(`<th scope="col"`, numberClass(c), `>`, html.EscapeString(c.Title), `</th>`)
	}
	h.put(`</tr></thead><tbody>`)
	for _, row := range t.Rows {
		h.row(t, row)
	}
	h.put(`</tbody></table>`)
}

func (h htmlWriter) row(t Table, row []Text) {
	h.put(`<tr>`)
	for i, cell := range t.cells(row) {
		tag, extra := "td", ""
		if i == 0 && t.RowHeaders {
			tag, extra = "th", ` scope="row"`
		}
		h.put(`<`, tag, extra, numberClass(t.Columns[i]), `>`)
		h.text(cell)
		h.put(`</`, tag, `>`)
	}
	h.put(`</tr>`)
}

func numberClass(c Column) string {
	if c.Number {
		return ` class="number"`
	}
	return ""
}

func (h htmlWriter) figure(f Figure) {
	h.put(`<figure>`)
	src := ""
	switch {
	case f.SVG != "":
		src = "data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString([]byte(f.SVG))
	case f.PNG != nil:
		src = "data:image/png;base64," + base64.StdEncoding.EncodeToString(f.PNG)
	}
	if src != "" {
		h.put(`<img alt="`, html.EscapeString(f.Alt), `" src="`, src, `"`)
		if f.Width > 0 {
			h.put(` style="width:`, strconv.Itoa(f.Width), `mm"`)
		}
		h.put(`>`)
	} else {
		h.put(`<p>`, html.EscapeString(f.Alt), `</p>`)
	}
	if f.Caption != "" {
		h.put(`<figcaption>`, html.EscapeString(f.Caption), `</figcaption>`)
	}
	h.put(`</figure>`)
}

func (h htmlWriter) text(t Text) {
	for _, s := range t {
		open, closing := "", ""
		if s.Href != "" {
			open, closing = open+`<a href="`+html.EscapeString(s.Href)+`">`, `</a>`+closing
		}
		if s.Bold {
			open, closing = open+`<strong>`, `</strong>`+closing
		}
		if s.Italic {
			open, closing = open+`<em>`, `</em>`+closing
		}
		h.put(open, html.EscapeString(s.Text), closing)
		if s.Break {
			h.put(`<br>`)
		}
	}
}

// style sets the page for paper: margins that carry the footer and the page number, and the colour of the letterhead.
func (d *Document) style() string {
	width, height := d.millimetres()
	var foot strings.Builder
	if d.Footer != "" {
		fmt.Fprintf(&foot, `@bottom-left{content:%s;font:8pt sans-serif;color:#555}`, cssString(d.Footer))
	}
	fmt.Fprintf(&foot, `@bottom-right{content:%s counter(page) %s counter(pages);font:8pt sans-serif;color:#555}`,
		cssString(d.Words.Page+" "), cssString(" "+d.Words.Of+" "))
	return fmt.Sprintf(`@page{size:%dmm %dmm;margin:18mm 18mm 20mm;%s}`, width, height, foot.String()) + strings.NewReplacer("max-width:180mm", fmt.Sprintf("max-width:%dmm", width-36), "COLOUR", "#"+d.Letterhead.colour(), "INK", "#"+d.Letterhead.ink()).Replace(sheet)
}

// cssString quotes a text for a style sheet; a sign that could end the style or the string is written by its number.
func cssString(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		if r < ' ' || strings.ContainsRune(`"\<>&`, r) {
			fmt.Fprintf(&b, `\%x `, r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String() + `"`
}

const sheet = `
*{box-sizing:border-box}
body{margin:0 auto;max-width:180mm;font:10.5pt/1.45 "Liberation Serif","Times New Roman",serif;color:#1c1c1c;overflow-wrap:break-word}
header{display:flex;gap:6mm;align-items:center;border-bottom:.6mm solid COLOUR;padding-bottom:3mm;margin-bottom:8mm;font:9pt/1.35 "Liberation Sans",Arial,sans-serif}
header img{max-height:16mm;max-width:45mm}header p{margin:0}
h1,h2,h3,h4,h5,h6{font-family:"Liberation Sans",Arial,sans-serif;line-height:1.25;break-after:avoid;color:INK}
h1{font-size:18pt;margin:0 0 1mm}h2{font-size:13pt;margin:7mm 0 2mm}h3{font-size:11.5pt;margin:5mm 0 1.5mm}h4,h5,h6{font-size:10.5pt;margin:4mm 0 1mm}
.subtitle{font:11pt/1.4 "Liberation Sans",Arial,sans-serif;margin:0 0 3mm}
dl{margin:2mm 0 6mm;font:9pt/1.4 "Liberation Sans",Arial,sans-serif}dl div{display:flex;gap:3mm}dt{min-width:36mm;color:#555}dd{margin:0;min-width:0;overflow-wrap:anywhere}@media screen{body{padding:4mm}}@media screen and (max-width:30em){dl div{display:block}}
p{margin:0 0 2.5mm;orphans:3;widows:3}.lede{font-size:11.5pt}.note{font:8.5pt/1.4 "Liberation Sans",Arial,sans-serif;color:#444}
.signature{margin-top:18mm}blockquote{margin:0 0 2.5mm 6mm;padding-left:3mm;border-left:.5mm solid #bbb}
ul,ol{margin:0 0 2.5mm;padding-left:6mm}li{margin-bottom:1mm}li>ul,li>ol{margin-bottom:0}
table{border-collapse:collapse;width:100%;margin:2mm 0 4mm;font:9pt/1.35 "Liberation Sans",Arial,sans-serif}
caption{text-align:left;font-weight:bold;margin-bottom:1.5mm;break-after:avoid}thead{display:table-header-group}tr{break-inside:avoid}
th,td{text-align:left;overflow-wrap:anywhere;vertical-align:top;padding:1.4mm 2mm;border-bottom:.2mm solid #bbb}thead th{border-bottom:.4mm solid COLOUR}
tbody th{font-weight:600}.number{text-align:right;font-variant-numeric:tabular-nums}.tall td,.tall th{height:12mm;border:.2mm solid #999}
figure{margin:3mm 0;break-inside:avoid}figure img{max-width:100%}figcaption{font:8.5pt "Liberation Sans",Arial,sans-serif;color:#444}
.page{break-after:page}.contents{break-after:page}.contents ol{list-style:none;padding:0}.contents .l2{padding-left:5mm}.contents .l3,.contents .l4{padding-left:10mm}
a{color:inherit}.watermark{position:fixed;inset:0;display:grid;place-items:center;font:bold 64pt "Liberation Sans",Arial,sans-serif;color:#0001;rotate:-35deg;z-index:-1}
`
