package document

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// WriteODT writes the document for LibreOffice and every program that reads OpenDocument 1.3: headings, lists and tables are
// real ones, styles have names that people can change.
func WriteODT(w io.Writer, d *Document) error {
	p := newPack(w)
	p.stored("mimetype", []byte("application/vnd.oasis.opendocument.text"))
	p.part("META-INF/manifest.xml", d.odtManifest())
	p.part("meta.xml", d.odtMeta())
	p.part("styles.xml", d.odtStyles())
	o := odt{d: d, outline: d.outline()}
	p.part("content.xml", o.content())
	for _, x := range d.pictures() {
		p.stored("Pictures/"+x.name, x.data)
	}
	return p.close()
}

const odtNames = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" ` +
	`xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" ` +
	`xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" ` +
	`xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" ` +
	`xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" office:version="1.3"`

const xmlHead = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"

func (d *Document) odtManifest() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">` +
		`<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>`)
	for _, name := range []string{"content.xml", "styles.xml", "meta.xml"} {
		b.WriteString(`<manifest:file-entry manifest:full-path="` + name + `" manifest:media-type="text/xml"/>`)
	}
	for _, x := range d.pictures() {
		b.WriteString(`<manifest:file-entry manifest:full-path="Pictures/` + x.name + `" manifest:media-type="image/png"/>`)
	}
	return b.String() + `</manifest:manifest>`
}

func (d *Document) odtMeta() string {
	return xmlHead + `<office:document-meta ` + odtNames + `><office:meta><dc:title>` + esc(d.Title) + `</dc:title><meta:initial-creator>` + esc(d.Author) +
		`</meta:initial-creator><dc:creator>` + esc(d.Author) + `</dc:creator><dc:language>` + esc(d.Lang) + `</dc:language></office:meta></office:document-meta>`
}

// odtStyle is a named paragraph style.
func odtStyle(name, parent, paragraph, text string) string {
	extra := ""
	if parent != "" {
		extra = ` style:parent-style-name="` + parent + `"`
	}
	if n, ok := strings.CutPrefix(name, "Heading_20_"); ok {
		extra += ` style:display-name="Heading ` + n + `" style:default-outline-level="` + n + `" style:next-style-name="Text_20_body"`
	} else if shown := strings.ReplaceAll(name, "_20_", " "); shown != name {
		extra += ` style:display-name="` + shown + `"`
	}
	return `<style:style style:name="` + name + `" style:family="paragraph"` + extra + `><style:paragraph-properties ` + paragraph + `/><style:text-properties ` + text + `/></style:style>`
}

const sans, serif = `fo:font-family="Liberation Sans" style:font-family-generic="swiss"`, `fo:font-family="Liberation Serif" style:font-family-generic="roman"`

func (d *Document) odtStyles() string {
	country := map[string]string{"fr": "FR", "en": "GB"}[d.Lang]
	if country == "" {
		country = "none"
	}
	return xmlHead + `<office:document-styles ` + odtNames + `><office:styles>` +
		`<style:default-style style:family="paragraph"><style:paragraph-properties fo:orphans="3" fo:widows="3"/><style:text-properties ` + serif +
		` fo:font-size="11pt" fo:language="` + esc(d.Lang) + `" fo:country="` + country + `"/></style:default-style>` + d.odtParagraphStyles() +
		`<style:style style:name="Strong_20_Emphasis" style:display-name="Strong Emphasis" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>` +
		`<style:style style:name="Emphasis" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>` +
		`<style:style style:name="Both" style:family="text"><style:text-properties fo:font-weight="bold" fo:font-style="italic"/></style:style>` +
		odtListStyles() + `</office:styles>` + d.odtPages() + `</office:document-styles>`
}

// odtParagraphStyles have the names that LibreOffice knows where it has one.
func (d *Document) odtParagraphStyles() string {
	colour := `fo:color="#` + d.Letterhead.ink() + `"`
	var b strings.Builder
	for i, size := range []int{14, 12, 11, 11, 11} {
		b.WriteString(odtStyle("Heading_20_"+strconv.Itoa(i+1), "Standard", fmt.Sprintf(`fo:margin-top="%dmm" fo:margin-bottom="2mm" fo:keep-with-next="always"`, 7-i),
			fmt.Sprintf(`%s fo:font-size="%dpt" fo:font-weight="bold" %s`, sans, size, colour)))
	}
	for i := range 3 {
		b.WriteString(odtStyle("Contents_20_"+strconv.Itoa(i+1), "Standard", fmt.Sprintf(`fo:margin-left="%dmm" fo:margin-bottom="1mm"`, 5*i), ""))
	}
	for _, x := range [][4]string{
		{"Standard", "", "", ""},
		{"Text_20_body", "Standard", `fo:margin-bottom="2.5mm" fo:line-height="130%"`, ""},
		{"Title", "Standard", `fo:margin-bottom="1mm" fo:keep-with-next="always"`, sans + ` fo:font-size="20pt" fo:font-weight="bold" ` + colour},
		{"Subtitle", "Standard", `fo:margin-bottom="3mm"`, sans + ` fo:font-size="12pt"`},
		{"Contents_20_Heading", "Subtitle", `fo:margin-top="4mm" fo:keep-with-next="always"`, `fo:font-weight="bold"`},
		{"Lede", "Text_20_body", "", `fo:font-size="12pt"`},
		{"Note", "Text_20_body", "", sans + ` fo:font-size="9pt" fo:color="#444444"`},
		{"Quotations", "Text_20_body", `fo:margin-left="6mm"`, `fo:font-style="italic"`},
		{"Signature", "Text_20_body", `fo:margin-top="18mm"`, ""},
		{"Fact", "Standard", `fo:margin-bottom="0.5mm"`, sans + ` fo:font-size="9pt"`},
		{"Fact_20_last", "Fact", `fo:margin-bottom="5mm"`, ""},
		{"Gap", "Standard", "", `fo:font-size="2pt"`},
		{"Caption", "Standard", `fo:margin-top="2mm" fo:margin-bottom="1mm" fo:keep-with-next="always"`, sans + ` fo:font-size="9.5pt" fo:font-weight="bold"`},
		{"Table_20_Contents", "Standard", "", sans + ` fo:font-size="9pt"`},
		{"Table_20_Heading", "Table_20_Contents", "", `fo:font-weight="bold"`},
		{"Table_20_Number", "Table_20_Contents", `fo:text-align="end"`, ""},
		{"Table_20_Number_20_Heading", "Table_20_Heading", `fo:text-align="end"`, ""},
		{"Header", "Standard", `fo:border-bottom="0.5mm solid #` + d.Letterhead.colour() + `" fo:padding-bottom="2mm"`, sans + ` fo:font-size="9pt"`},
		{"Footer", "Standard", `fo:text-align="end"`, sans + ` fo:font-size="8pt" fo:color="#555555"`},
	} {
		b.WriteString(odtStyle(x[0], x[1], x[2], x[3]))
	}
	return b.String()
}

// odtPages is the page with what stands at its head and foot.
func (d *Document) odtPages() string {
	width, height := d.millimetres()
	var b strings.Builder
	fmt.Fprintf(&b, `<office:automatic-styles>%s<style:page-layout style:name="pm"><style:page-layout-properties fo:page-width="%dmm" fo:page-height="%dmm" style:print-orientation="%s" fo:margin="18mm"/>`+
		`<style:header-style><style:header-footer-properties fo:margin-bottom="6mm"/></style:header-style><style:footer-style><style:header-footer-properties fo:margin-top="5mm"/></style:footer-style></style:page-layout>`,
		odtMarkStyle, width, height, map[bool]string{true: "landscape", false: "portrait"}[d.Landscape])
	b.WriteString(`</office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm">` + d.odtHeader() +
		`<style:footer><text:p text:style-name="Footer">` + esc(d.Footer))
	if d.Footer != "" {
		b.WriteString(" · ")
	}
	b.WriteString(esc(d.Words.Page) + ` <text:page-number text:select-page="current">1</text:page-number> ` + esc(d.Words.Of) +
		` <text:page-count>1</text:page-count></text:p></style:footer></style:master-page></office:master-styles>`)
	return b.String()
}

func odtListStyles() string {
	var b strings.Builder
	for _, ordered := range []bool{false, true} {
		name := map[bool]string{false: "List_20_1", true: "Numbering_20_1"}[ordered]
		b.WriteString(`<text:list-style style:name="` + name + `">`)
		for level := 1; level <= 5; level++ {
			place := fmt.Sprintf(`<style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-5mm" fo:margin-left="%dmm"/></style:list-level-properties>`, 6*level)
			if ordered {
				fmt.Fprintf(&b, `<text:list-level-style-number text:level="%d" style:num-format="1" style:num-suffix=".">%s</text:list-level-style-number>`, level, place)
			} else {
				fmt.Fprintf(&b, `<text:list-level-style-bullet text:level="%d" text:bullet-char="–">%s</text:list-level-style-bullet>`, level, place)
			}
		}
		b.WriteString(`</text:list-style>`)
	}
	return b.String()
}

func (d *Document) odtHeader() string {
	l := d.Letterhead
	if l.Name == "" && d.Watermark == "" {
		return ""
	}
	if l.Name == "" {
		return `<style:header><text:p text:style-name="Standard">` + d.odtMark() + `</text:p></style:header>`
	}
	var b strings.Builder
	b.WriteString(`<style:header><text:p text:style-name="Header">` + d.odtMark())
	if l.Logo != nil {
		w, h := logoSize(l.Logo)
		fmt.Fprintf(&b, `<draw:frame draw:name="logo" text:anchor-type="as-char" svg:width="%d.%dmm" svg:height="%d.%dmm"><draw:image xlink:href="Pictures/logo.png" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/><svg:title>%s</svg:title></draw:frame> `, w/10, w%10, h/10, h%10, esc(l.Name))
	}
	b.WriteString(`<text:span text:style-name="Strong_20_Emphasis">` + esc(l.Name) + `</text:span>`)
	for _, s := range l.Lines {
		b.WriteString(`<text:line-break/>` + esc(s))
	}
	return b.String() + `</text:p></style:header>`
}

// odtMarkStyle is that of a watermark: pale, behind the text.
const odtMarkStyle = `<style:style style:name="Watermark" style:family="graphic"><style:graphic-properties draw:stroke="none" draw:fill="solid" draw:fill-color="#d9d9d9" style:run-through="background" style:wrap="run-through" ` +
	`style:number-wrapped-paragraphs="no-limit" style:horizontal-pos="center" style:horizontal-rel="page" style:vertical-pos="middle" style:vertical-rel="page" draw:auto-grow-width="false" draw:auto-grow-height="false"/>` +
	`<style:text-properties ` + sans + ` fo:font-size="1pt"/></style:style>`

// odtMark is the watermark: words drawn across each page, by the name that LibreOffice gives to its own.
func (d *Document) odtMark() string {
	if d.Watermark == "" {
		return ""
	}
	width, height := d.markSize()
	return fmt.Sprintf(`<draw:custom-shape text:anchor-type="char" draw:z-index="0" draw:name="PowerPlusWaterMarkObject1" draw:style-name="Watermark" svg:width="%dmm" svg:height="%dmm" draw:transform="rotate (0.7853981634)"><svg:title>%s</svg:title><text:p>%[3]s</text:p>`+
		`<draw:enhanced-geometry svg:viewBox="0 0 21600 21600" draw:type="fontwork-plain-text" draw:text-path="true" draw:text-path-scale="path" draw:text-path-mode="shape" draw:enhanced-path="M 0 0 L 21600 0 N M 0 21600 L 21600 21600 N"/></draw:custom-shape>`,
		width, height, esc(d.Watermark))
}

// odt writes the body.
type odt struct {
	strings.Builder
	d        *Document
	outline  []Heading // those still to come
	headings int
	figures  int
	tables   int
	widths   strings.Builder // styles of the columns
	breaks   bool            // the next paragraph begins a page
	begin    map[string]bool // the styles of which one is needed that begins a page
}

func (o *odt) content() string {
	o.para("Title", T(o.d.Title))
	if o.d.Subtitle != "" {
		o.para("Subtitle", T(o.d.Subtitle))
	}
	for i, f := range o.d.Facts {
		style := "Fact"
		if i == len(o.d.Facts)-1 {
			style = "Fact_20_last"
		}
		o.para(style, Text{{Text: f.Term + "\u00a0: ", Bold: true}, {Text: f.Value}})
	}
	if o.d.listed(o.outline) {
		o.contents()
	}
	for _, b := range o.d.Body {
		o.block(b)
	}
	body := o.Builder.String()
	return xmlHead + `<office:document-content ` + odtNames + `><office:automatic-styles>` +
		`<style:style style:name="Grid" style:family="table"><style:table-properties style:width="100%" table:align="margins" fo:margin-bottom="4mm"/></style:style>` +
		`<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties fo:padding="1.2mm" fo:border-bottom="0.2mm solid #bbbbbb"/></style:style>` +
		`<style:style style:name="TallCell" style:family="table-cell"><style:table-cell-properties fo:padding="1.2mm" fo:border="0.2mm solid #999999"/></style:style>` +
		`<style:style style:name="HeadCell" style:family="table-cell"><style:table-cell-properties fo:padding="1.2mm" fo:border-bottom="0.5mm solid #` + o.d.Letterhead.colour() + `"/></style:style>` +
		`<style:style style:name="TallRow" style:family="table-row"><style:table-row-properties style:min-row-height="12mm" fo:keep-together="always"/></style:style>` +
		`<style:style style:name="Row" style:family="table-row"><style:table-row-properties fo:keep-together="always"/></style:style>` +
		o.widths.String() + o.pageStyles() + `</office:automatic-styles><office:body><office:text>` + body + `</office:text></office:body></office:document-content>`
}

// contents is a table of contents that the word processor can bring up to date; what follows it begins a page.
func (o *odt) contents() {
	o.WriteString(`<text:table-of-content text:name="contents" text:protected="false"><text:table-of-content-source text:outline-level="3"><text:index-title-template text:style-name="Contents_20_Heading">` +
		esc(o.d.Words.Contents) + `</text:index-title-template>`)
	for level := 1; level <= 3; level++ {
		fmt.Fprintf(o, `<text:table-of-content-entry-template text:outline-level="%d" text:style-name="Contents_20_%d"><text:index-entry-link-start/><text:index-entry-text/><text:index-entry-tab-stop style:type="right" style:leader-char="."/><text:index-entry-page-number/><text:index-entry-link-end/></text:table-of-content-entry-template>`, level, level)
	}
	o.WriteString(`</text:table-of-content-source><text:index-body><text:index-title text:name="contents-title"><text:p text:style-name="Contents_20_Heading">` + esc(o.d.Words.Contents) + `</text:p></text:index-title>`)
	for i, h := range o.outline {
		fmt.Fprintf(o, `<text:p text:style-name="Contents_20_%d"><text:a xlink:type="simple" xlink:href="#%s">%s</text:a></text:p>`, min(h.Level, 3), anchor(i), esc(h.Text))
	}
	o.WriteString(`</text:index-body></text:table-of-content>`)
	o.breaks = true
}

// style is that of the next paragraph, or the one like it that begins a page.
func (o *odt) style(name string) string {
	if !o.breaks {
		return name
	}
	o.breaks = false
	if o.begin == nil {
		o.begin = map[string]bool{}
	}
	o.begin[name] = true
	return "Page_20_" + name
}

func (o *odt) pageStyles() string {
	out := ""
	for _, name := range slices.Sorted(maps.Keys(o.begin)) {
		out += `<style:style style:name="Page_20_` + name + `" style:family="paragraph" style:parent-style-name="` + name + `"><style:paragraph-properties fo:break-before="page"/></style:style>`
	}
	return out
}

func (o *odt) para(style string, t Text) {
	o.WriteString(`<text:p text:style-name="` + o.style(style) + `">`)
	o.text(t)
	o.WriteString(`</text:p>`)
}

func (o *odt) text(t Text) {
	for _, s := range t {
		open, closing := "", ""
		if s.Href != "" {
			open, closing = `<text:a xlink:type="simple" xlink:href="`+esc(s.Href)+`">`, `</text:a>`
		}
		if s.Bold || s.Italic {
			style := map[[2]bool]string{{true, false}: "Strong_20_Emphasis", {false, true}: "Emphasis", {true, true}: "Both"}[[2]bool{s.Bold, s.Italic}]
			open, closing = open+`<text:span text:style-name="`+style+`">`, `</text:span>`+closing
		}
		o.WriteString(open + esc(s.Text) + closing)
		if s.Break {
			o.WriteString(`<text:line-break/>`)
		}
	}
}

var odtParagraphs = map[Style]string{Plain: "Text_20_body", Lede: "Lede", Note: "Note", Quote: "Quotations", Signature: "Signature"}

func (o *odt) block(b Block) {
	switch x := b.(type) {
	case Heading:
		h := o.outline[0]
		o.outline = o.outline[1:]
		o.headings++
		style := o.style("Heading_20_" + strconv.Itoa(h.Level))
		fmt.Fprintf(o, `<text:h text:style-name="%s" text:outline-level="%d"><text:bookmark text:name="%s"/>%s</text:h>`, style, h.Level, anchor(o.headings-1), esc(h.Text))
	case Paragraph:
		o.para(odtParagraphs[x.Style], x.Text)
	case List:
		o.list(x)
	case Table:
		o.table(x)
	case Figure:
		o.figure(x)
	case PageBreak:
		o.breaks = true
	}
}

func (o *odt) list(l List) {
	if len(l.Items) == 0 {
		return
	}
	name := map[bool]string{false: "List_20_1", true: "Numbering_20_1"}[l.Ordered]
	o.WriteString(`<text:list text:style-name="` + name + `">`)
	for _, item := range l.Items {
		o.WriteString(`<text:list-item>`)
		o.para("Text_20_body", item.Text)
		for _, s := range item.under() {
			o.block(s)
		}
		o.WriteString(`</text:list-item>`)
	}
	o.WriteString(`</text:list>`)
}

func (o *odt) table(t Table) {
	if len(t.Columns) == 0 {
		return
	}
	o.tables++
	switch {
	case t.Caption != "":
		o.para("Caption", T(t.Caption))
	case o.breaks:
		o.para("Gap", nil)
	}
	fmt.Fprintf(o, `<table:table table:name="table%d" table:style-name="Grid">`, o.tables)
	for i, share := range t.shares() {
		name := fmt.Sprintf("t%dc%d", o.tables, i+1)
		fmt.Fprintf(&o.widths, `<style:style style:name="%s" style:family="table-column"><style:table-column-properties style:rel-column-width="%d*"/></style:style>`, name, share*100)
		o.WriteString(`<table:table-column table:style-name="` + name + `"/>`)
	}
	o.WriteString(`<table:table-header-rows><table:table-row table:style-name="Row">`)
	for _, c := range t.Columns {
		o.cell("HeadCell", odtCellStyle(true, c.Number), T(c.Title))
	}
	o.WriteString(`</table:table-row></table:table-header-rows>`)
	row, style := "Row", "Cell"
	if t.Tall {
		row, style = "TallRow", "TallCell"
	}
	for _, cells := range t.Rows {
		o.WriteString(`<table:table-row table:style-name="` + row + `">`)
		for i, cell := range t.cells(cells) {
			o.cell(style, odtCellStyle(i == 0 && t.RowHeaders, t.Columns[i].Number), cell)
		}
		o.WriteString(`</table:table-row>`)
	}
	o.WriteString(`</table:table>`)
}

func odtCellStyle(heading, number bool) string {
	switch {
	case heading && number:
		return "Table_20_Number_20_Heading"
	case heading:
		return "Table_20_Heading"
	case number:
		return "Table_20_Number"
	}
	return "Table_20_Contents"
}

func (o *odt) cell(cell, style string, t Text) {
	o.WriteString(`<table:table-cell table:style-name="` + cell + `" office:value-type="string"><text:p text:style-name="` + style + `">`)
	o.text(t)
	o.WriteString(`</text:p></table:table-cell>`)
}

func (o *odt) figure(f Figure) {
	if f.PNG == nil {
		o.para("Note", T(f.Alt))
	} else {
		o.figures++
		w, h := f.millimetres()
		fmt.Fprintf(o, `<text:p text:style-name="%s"><draw:frame draw:name="figure%d" text:anchor-type="as-char" svg:width="%dmm" svg:height="%dmm"><draw:image xlink:href="Pictures/%s" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/><svg:title>%s</svg:title></draw:frame></text:p>`,
			o.style("Text_20_body"), o.figures, w, h, figureName(o.figures), esc(f.Alt))
	}
	if f.Caption != "" {
		o.para("Note", T(f.Caption))
	}
}
