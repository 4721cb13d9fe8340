package document

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

// WriteDOCX writes the document for Word and every program that reads Office Open XML: headings, lists and tables are real
// ones, styles have the names that Word knows.
func WriteDOCX(w io.Writer, d *Document) error {
	p := newPack(w)
	x := docx{d: d, outline: d.outline()}
	body := x.body()
	p.part("[Content_Types].xml", xmlHead+`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>`+
		docxTypes()+`</Types>`)
	p.part("_rels/.rels", xmlHead+`<Relationships xmlns="`+packageRelations+`"><Relationship Id="r1" Type="`+docxRelation+`officeDocument" Target="word/document.xml"/><Relationship Id="r2" Type="`+coreRelation+`" Target="docProps/core.xml"/></Relationships>`)
	p.part("docProps/core.xml", coreProperties(d.Title, d.Author, d.Lang))
	p.part("word/document.xml", body)
	p.part("word/styles.xml", d.docxStyles())
	p.part("word/numbering.xml", x.numbering())
	p.part("word/settings.xml", xmlHead+`<w:settings `+docxNames+`><w:updateFields w:val="`+strconv.FormatBool(d.listed(d.outline()))+`"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`)
	p.part("word/header1.xml", d.docxHeader())
	p.part("word/footer1.xml", d.docxFooter())
	p.part("word/_rels/document.xml.rels", x.relations())
	if d.Letterhead.Logo != nil {
		p.part("word/_rels/header1.xml.rels", xmlHead+`<Relationships xmlns="`+packageRelations+`"><Relationship Id="logo" Type="`+docxRelation+`image" Target="media/logo.png"/></Relationships>`)
	}
	for _, y := range d.pictures() {
		p.stored("word/media/"+y.name, y.data)
	}
	return p.close()
}

const (
	docxNames = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ` +
		`xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"`
	docxRelation = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	// emu is how many of the units of drawings there are in a millimetre; twips, of those of pages.
	emu, twips = 36000, 56.7
)

func docxTypes() string {
	var b strings.Builder
	for _, x := range [][2]string{{"/word/document.xml", "wordprocessingml.document.main"}, {"/word/styles.xml", "wordprocessingml.styles"}, {"/word/numbering.xml", "wordprocessingml.numbering"},
		{"/word/settings.xml", "wordprocessingml.settings"}, {"/word/header1.xml", "wordprocessingml.header"}, {"/word/footer1.xml", "wordprocessingml.footer"}} {
		b.WriteString(`<Override PartName="` + x[0] + `" ContentType="application/vnd.openxmlformats-officedocument.` + x[1] + `+xml"/>`)
	}
	return b.String() + coreType
}

// docxStyle is a named paragraph style; shown is the name that Word shows, by which it knows its own.
func docxStyle(id, shown, based, paragraph, run string) string {
	if based != "" {
		based = `<w:basedOn w:val="` + based + `"/>`
	}
	return `<w:style w:type="paragraph" w:styleId="` + id + `"><w:name w:val="` + shown + `"/>` + based + `<w:qFormat/><w:pPr>` + paragraph + `</w:pPr><w:rPr>` + run + `</w:rPr></w:style>`
}

const docxSans = `<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>`

func (d *Document) docxStyles() string {
	lang := map[string]string{"fr": "fr-FR", "en": "en-GB"}[d.Lang]
	if lang == "" {
		lang = esc(d.Lang)
	}
	return xmlHead + `<w:styles ` + docxNames + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="22"/><w:lang w:val="` + lang + `"/></w:rPr></w:rPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:spacing w:after="140" w:line="300" w:lineRule="auto"/></w:pPr></w:style>` +
		d.docxParagraphStyles() + `<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:u w:val="single"/></w:rPr></w:style></w:styles>`
}

func (d *Document) docxParagraphStyles() string {
	colour := `<w:color w:val="` + d.Letterhead.ink() + `"/>`
	var b strings.Builder
	for i, size := range []int{28, 24, 22, 22, 22} {
		n := strconv.Itoa(i + 1)
		b.WriteString(docxStyle("Heading"+n, "heading "+n, "Normal", fmt.Sprintf(`<w:keepNext/><w:spacing w:before="%d" w:after="100"/><w:outlineLvl w:val="%d"/>`, 400-60*i, i),
			fmt.Sprintf(`%s<w:b/>%s<w:sz w:val="%d"/>`, docxSans, colour, size)))
	}
	for _, x := range [][5]string{
		{"Title", "Title", "Normal", `<w:keepNext/><w:spacing w:after="60"/>`, docxSans + `<w:b/>` + colour + `<w:sz w:val="40"/>`},
		{"Subtitle", "Subtitle", "Normal", `<w:spacing w:after="160"/>`, docxSans + `<w:sz w:val="24"/>`},
		{"TOCHeading", "TOC Heading", "Subtitle", `<w:keepNext/><w:spacing w:before="240" w:after="100"/>`, `<w:b/>`},
		{"Lede", "Lede", "Normal", "", `<w:sz w:val="24"/>`},
		{"Note", "Note", "Normal", "", docxSans + `<w:color w:val="444444"/><w:sz w:val="18"/>`},
		{"Quote", "Quote", "Normal", `<w:ind w:left="340"/>`, `<w:i/>`},
		{"Signature", "Signature", "Normal", `<w:spacing w:before="1000"/>`, ""},
		{"Fact", "Fact", "Normal", `<w:spacing w:after="20"/>`, docxSans + `<w:sz w:val="18"/>`},
		{"Caption", "caption", "Normal", `<w:keepNext/><w:spacing w:before="120" w:after="60"/>`, docxSans + `<w:b/><w:sz w:val="19"/>`},
		{"TableText", "Table Text", "Normal", `<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>`, docxSans + `<w:sz w:val="18"/>`},
		{"TableHeading", "Table Heading", "TableText", "", `<w:b/>`},
		{"ListParagraph", "List Paragraph", "Normal", `<w:spacing w:after="60"/>`, ""},
		{"Header", "header", "Normal", `<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="6" w:color="` + d.Letterhead.colour() + `"/></w:pBdr>`, docxSans + `<w:sz w:val="18"/>`},
		{"Footer", "footer", "Normal", `<w:jc w:val="right"/>`, docxSans + `<w:color w:val="555555"/><w:sz w:val="16"/>`},
		{"TOC1", "toc 1", "Normal", `<w:spacing w:after="40"/>`, ""},
		{"TOC2", "toc 2", "TOC1", `<w:ind w:left="240"/>`, ""},
		{"TOC3", "toc 3", "TOC1", `<w:ind w:left="480"/>`, ""},
	} {
		b.WriteString(docxStyle(x[0], x[1], x[2], x[3], x[4]))
	}
	return b.String()
}

func (d *Document) docxHeader() string {
	l := d.Letterhead
	var b strings.Builder
	b.WriteString(xmlHead + `<w:hdr ` + docxNames + `><w:p>`)
	if l.Name != "" {
		b.WriteString(`<w:pPr><w:pStyle w:val="Header"/></w:pPr>`)
	}
	b.WriteString(d.docxMark())
	if l.Logo != nil {
		w, h := logoSize(l.Logo)
		b.WriteString(`<w:r>` + docxDrawing(1, "logo", l.Name, w*emu/10, h*emu/10) + `</w:r>`)
	}
	b.WriteString(`<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">` + esc(l.Name) + `</w:t></w:r>`)
	for _, s := range l.Lines {
		b.WriteString(`<w:r><w:br/><w:t xml:space="preserve">` + esc(s) + `</w:t></w:r>`)
	}
	return b.String() + `</w:p></w:hdr>`
}

// docxMark is the watermark: words drawn across each page, the way Word does its own.
func (d *Document) docxMark() string {
	if d.Watermark == "" {
		return ""
	}
	width, height := d.markSize()
	return fmt.Sprintf(`<w:r><w:rPr><w:noProof/></w:rPr><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas><v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>`+
		`<v:shape id="PowerPlusWaterMarkObject1" o:spid="_x0000_s2049" type="#_x0000_t136" alt="%s" style="position:absolute;margin-left:0;margin-top:0;width:%dmm;height:%dmm;rotation:315;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin" fillcolor="#d9d9d9" stroked="f"><v:textpath style="font-family:&quot;Arial&quot;;font-size:1pt" string="%[1]s"/></v:shape></w:pict></w:r>`,
		esc(d.Watermark), width, height)
}

func (d *Document) docxFooter() string {
	field := func(name string) string {
		return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ` + name + ` </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
	}
	foot := d.Footer
	if foot != "" {
		foot += " · "
	}
	return xmlHead + `<w:ftr ` + docxNames + `><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:t xml:space="preserve">` + esc(foot+d.Words.Page) + ` </w:t></w:r>` + field("PAGE") +
		`<w:r><w:t xml:space="preserve"> ` + esc(d.Words.Of) + ` </w:t></w:r>` + field("NUMPAGES") + `</w:p></w:ftr>`
}

// docxDrawing shows a picture in the line; id is that of its relation.
func docxDrawing(n int, id, alt string, cx, cy int) string {
	return fmt.Sprintf(`<w:drawing><wp:inline><wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="%s" descr="%s"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="%d" name="%s" descr="%s"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="%s"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>`,
		cx, cy, n, id, esc(alt), n, id, esc(alt), id, cx, cy)
}

// docx writes the body.
type docx struct {
	strings.Builder
	d        *Document
	outline  []Heading // those still to come
	headings int
	figures  int
	links    []string // addresses, in the order of their relations
	lists    []bool   // ordered or not, in the order of their numbers: each list counts from one
	breaks   bool     // the next paragraph begins a page
}

func (x *docx) body() string {
	x.para("Title", T(x.d.Title), "")
	if x.d.Subtitle != "" {
		x.para("Subtitle", T(x.d.Subtitle), "")
	}
	for i, f := range x.d.Facts {
		gap := ""
		if i == len(x.d.Facts)-1 {
			gap = `<w:spacing w:after="280"/>`
		}
		x.para("Fact", Text{{Text: f.Term + "\u00a0: ", Bold: true}, {Text: f.Value}}, gap)
	}
	if x.d.listed(x.outline) {
		x.contents()
	}
	for _, b := range x.d.Body {
		x.block(b, 0)
	}
	width, height := x.d.millimetres()
	orient := ""
	if x.d.Landscape {
		orient = ` w:orient="landscape"`
	}
	return xmlHead + `<w:document ` + docxNames + `><w:body>` + x.Builder.String() + fmt.Sprintf(`<w:sectPr><w:headerReference w:type="default" r:id="header"/><w:footerReference w:type="default" r:id="footer"/><w:pgSz w:w="%d" w:h="%d"%s/><w:pgMar w:top="1020" w:right="1020" w:bottom="1020" w:left="1020" w:header="600" w:footer="500" w:gutter="0"/></w:sectPr>`,
		int(float64(width)*twips), int(float64(height)*twips), orient) + `</w:body></w:document>`
}

// contents is a field that Word brings up to date when the document is opened; what stands in it serves until then. What
// follows it begins a page.
func (x *docx) contents() {
	x.para("TOCHeading", T(x.d.Words.Contents), "")
	x.WriteString(`<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \o "1-3" \h \z \u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r></w:p>`)
	for i, h := range x.outline {
		fmt.Fprintf(x, `<w:p><w:pPr><w:pStyle w:val="TOC%d"/></w:pPr><w:hyperlink w:anchor="%s"><w:r><w:t xml:space="preserve">%s</w:t></w:r></w:hyperlink></w:p>`, min(h.Level, 3), anchor(i), esc(h.Text))
	}
	x.WriteString(`<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`)
	x.breaks = true
}

func (x *docx) para(style string, t Text, extra string) {
	x.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + style + `"/>` + x.begin() + extra + `</w:pPr>`)
	x.text(t)
	x.WriteString(`</w:p>`)
}

// begin makes the paragraph that it is written in begin a page, where a break was asked for.
func (x *docx) begin() string {
	if !x.breaks {
		return ""
	}
	x.breaks = false
	return `<w:pageBreakBefore/>`
}

func (x *docx) text(t Text) {
	for _, s := range t {
		properties := ""
		if s.Bold {
			properties += `<w:b/>`
		}
		if s.Italic {
			properties += `<w:i/>`
		}
		if s.Href != "" {
			x.links = append(x.links, s.Href)
			fmt.Fprintf(x, `<w:hyperlink r:id="l%d">`, len(x.links))
			properties = `<w:rStyle w:val="Hyperlink"/>` + properties
		}
		x.WriteString(`<w:r><w:rPr>` + properties + `</w:rPr><w:t xml:space="preserve">` + esc(s.Text) + `</w:t>`)
		if s.Break {
			x.WriteString(`<w:br/>`)
		}
		x.WriteString(`</w:r>`)
		if s.Href != "" {
			x.WriteString(`</w:hyperlink>`)
		}
	}
}

var docxParagraphs = map[Style]string{Plain: "Normal", Lede: "Lede", Note: "Note", Quote: "Quote", Signature: "Signature"}

func (x *docx) block(b Block, depth int) {
	switch y := b.(type) {
	case Heading:
		h := x.outline[0]
		x.outline = x.outline[1:]
		fmt.Fprintf(x, `<w:p><w:pPr><w:pStyle w:val="Heading%d"/>%s</w:pPr><w:bookmarkStart w:id="%d" w:name="%s"/>`, h.Level, x.begin(), x.headings, anchor(x.headings))
		x.text(T(h.Text))
		fmt.Fprintf(x, `<w:bookmarkEnd w:id="%d"/></w:p>`, x.headings)
		x.headings++
	case Paragraph:
		if depth == 0 {
			x.para(docxParagraphs[y.Style], y.Text, "")
		} else { // under an item: as far in as its words
			x.para("ListParagraph", y.Text, fmt.Sprintf(`<w:ind w:left="%d"/>`, 340*min(depth, 5)))
		}
	case List:
		x.list(y, depth)
	case Table:
		x.table(y)
	case Figure:
		x.figure(y)
	case PageBreak:
		x.breaks = true
	}
}

func (x *docx) list(l List, depth int) {
	x.lists = append(x.lists, l.Ordered)
	n := len(x.lists)
	for _, item := range l.Items {
		x.para("ListParagraph", item.Text, fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, min(depth, 4), n))
		for _, s := range item.under() {
			x.block(s, depth+1)
		}
	}
}

func (x *docx) numbering() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<w:numbering ` + docxNames + `>`)
	for id, ordered := range []bool{false, true} {
		fmt.Fprintf(&b, `<w:abstractNum w:abstractNumId="%d"><w:multiLevelType w:val="multilevel"/>`, id)
		for level := range 5 {
			format, text := "bullet", "–"
			if ordered {
				format, text = "decimal", fmt.Sprintf("%%%d.", level+1)
			}
			fmt.Fprintf(&b, `<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/><w:pPr><w:ind w:left="%d" w:hanging="284"/></w:pPr></w:lvl>`, level, format, text, 340*(level+1))
		}
		b.WriteString(`</w:abstractNum>`)
	}
	for i, ordered := range x.lists {
		fmt.Fprintf(&b, `<w:num w:numId="%d"><w:abstractNumId w:val="%d"/>`, i+1, map[bool]int{false: 0, true: 1}[ordered])
		for level := range 5 { // each list counts from one, however deep it stands
			fmt.Fprintf(&b, `<w:lvlOverride w:ilvl="%d"><w:startOverride w:val="1"/></w:lvlOverride>`, level)
		}
		b.WriteString(`</w:num>`)
	}
	return b.String() + `</w:numbering>`
}

func (x *docx) table(t Table) {
	if len(t.Columns) == 0 {
		return
	}
	if t.Caption != "" {
		x.para("Caption", T(t.Caption), "")
	} else if x.breaks {
		x.para("TableText", nil, "")
	}
	x.tableHead(t)
	shares := t.shares()
	tall := ""
	if t.Tall {
		tall = `<w:trHeight w:val="680" w:hRule="atLeast"/>`
	}
	for _, cells := range t.Rows {
		x.WriteString(`<w:tr><w:trPr><w:cantSplit/>` + tall + `</w:trPr>`)
		for i, cell := range t.cells(cells) {
			style := "TableText"
			if i == 0 && t.RowHeaders {
				style = "TableHeading"
			}
			x.cell(style, shares[i], cell, t.Columns[i].Number)
		}
		x.WriteString(`</w:tr>`)
	}
	x.WriteString(`</w:tbl><w:p><w:pPr><w:spacing w:after="80"/></w:pPr></w:p>`)
}

// tableHead opens a table and writes the row of its titles, which comes again on each page.
func (x *docx) tableHead(t Table) {
	caption := ""
	if t.Caption != "" {
		caption = `<w:tblCaption w:val="` + esc(t.Caption) + `"/>`
	}
	sides := []string{"bottom", "insideH"}
	if t.Tall { // to be written in by hand: every cell is a box
		sides = []string{"top", "left", "bottom", "right", "insideH", "insideV"}
	}
	borders := ""
	for _, s := range sides {
		borders += `<w:` + s + ` w:val="single" w:sz="4" w:color="BBBBBB"/>`
	}
	x.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>` + borders + `</w:tblBorders><w:tblLayout w:type="fixed"/>` +
		`<w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="100" w:type="dxa"/><w:bottom w:w="60" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar>`)
	fmt.Fprintf(x, `<w:tblLook w:firstRow="1" w:lastRow="0" w:firstColumn="%d" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>%s</w:tblPr><w:tblGrid>`, map[bool]int{true: 1}[t.RowHeaders], caption)
	width, _ := x.d.millimetres()
	shares := t.shares()
	for _, s := range shares {
		fmt.Fprintf(x, `<w:gridCol w:w="%d"/>`, int(float64((width-36)*s)*twips/100))
	}
	x.WriteString(`</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	for i, c := range t.Columns {
		x.cell("TableHeading", shares[i], T(c.Title), c.Number)
	}
	x.WriteString(`</w:tr>`)
}

func (x *docx) cell(style string, share int, t Text, number bool) {
	extra := ""
	if number {
		extra = `<w:jc w:val="right"/>`
	}
	fmt.Fprintf(x, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="pct"/></w:tcPr>`, share*50)
	x.para(style, t, extra)
	x.WriteString(`</w:tc>`)
}

func (x *docx) figure(f Figure) {
	if f.PNG == nil {
		x.para("Note", T(f.Alt), "")
	} else {
		x.figures++
		w, h := f.millimetres()
		x.WriteString(`<w:p><w:pPr>` + x.begin() + `</w:pPr><w:r>` + docxDrawing(x.figures+100, "f"+strconv.Itoa(x.figures), f.Alt, w*emu, h*emu) + `</w:r></w:p>`)
	}
	if f.Caption != "" {
		x.para("Note", T(f.Caption), "")
	}
}

func (x *docx) relations() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Relationships xmlns="` + packageRelations + `">`)
	for _, part := range []string{"styles", "numbering", "settings"} {
		b.WriteString(`<Relationship Id="` + part + `" Type="` + docxRelation + part + `" Target="` + part + `.xml"/>`)
	}
	for _, part := range []string{"header", "footer"} {
		b.WriteString(`<Relationship Id="` + part + `" Type="` + docxRelation + part + `" Target="` + part + `1.xml"/>`)
	}
	for i := range x.figures {
		b.WriteString(`<Relationship Id="f` + strconv.Itoa(i+1) + `" Type="` + docxRelation + `image" Target="media/` + figureName(i+1) + `"/>`)
	}
	for i, href := range x.links {
		b.WriteString(`<Relationship Id="l` + strconv.Itoa(i+1) + `" Type="` + docxRelation + `hyperlink" Target="` + esc(href) + `" TargetMode="External"/>`)
	}
	return b.String() + `</Relationships>`
}
