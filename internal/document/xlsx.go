package document

import (
	"archive/zip"
	"bufio"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"entente/internal/calendar"
)

// WriteXLSX writes the sheets for Excel, LibreOffice and every program that reads Office Open XML: days are days, figures are
// figures, the row of titles stays in sight and filters, and prints on each page. Rows go out as they come: nothing but the
// workbook itself is held in memory.
func WriteXLSX(w io.Writer, book *Workbook) error {
	p := newPack(w)
	names := book.sheetNames()
	p.part("[Content_Types].xml", book.xlsxTypes())
	p.part("_rels/.rels", xmlHead+`<Relationships xmlns="`+packageRelations+`"><Relationship Id="r1" Type="`+docxRelation+`officeDocument" Target="xl/workbook.xml"/><Relationship Id="r2" Type="`+coreRelation+`" Target="docProps/core.xml"/></Relationships>`)
	p.part("docProps/core.xml", coreProperties(book.Title, book.Author, book.Lang))
	p.part("xl/workbook.xml", book.xlsxBook(names))
	p.part("xl/_rels/workbook.xml.rels", book.xlsxRelations())
	p.part("xl/styles.xml", xlsxStyles)
	for i, s := range book.Sheets {
		p.stream(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), s.xlsx)
	}
	return p.close()
}

// stream writes a part as it is made.
func (p *pack) stream(name string, write func(*bufio.Writer)) {
	if p.err != nil {
		return
	}
	w, err := p.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	if err == nil {
		b := bufio.NewWriter(w)
		write(b)
		err = b.Flush()
	}
	p.err = err
}

const xlsxNames = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

func (w *Workbook) xlsxTypes() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`)
	put := func(part, kind string) {
		b.WriteString(`<Override PartName="/xl/` + part + `.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.` + kind + `+xml"/>`)
	}
	put("workbook", "sheet.main")
	put("styles", "styles")
	for i := range w.Sheets {
		put("worksheets/sheet"+strconv.Itoa(i+1), "worksheet")
	}
	return b.String() + coreType + `</Types>`
}

// xlsxBook lists the sheets. The names that Excel looks for repeat the titles on each printed page, and place the filter.
func (w *Workbook) xlsxBook(names []string) string {
	var sheets, defined strings.Builder
	for i, name := range names {
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="s%d"/>`, esc(name), i+1, i+1)
		if n := len(w.Sheets[i].Columns); n > 0 {
			quoted := esc("'" + strings.ReplaceAll(name, "'", "''") + "'")
			fmt.Fprintf(&defined, `<definedName name="_xlnm._FilterDatabase" localSheetId="%d" hidden="1">%s!$A$1:$%s$%d</definedName>`, i, quoted, letters(n), len(w.Sheets[i].Rows)+1)
			fmt.Fprintf(&defined, `<definedName name="_xlnm.Print_Titles" localSheetId="%d">%s!$1:$1</definedName>`, i, quoted)
		}
	}
	out := xmlHead + `<workbook ` + xlsxNames + `><sheets>` + sheets.String() + `</sheets>`
	if defined.Len() > 0 {
		out += `<definedNames>` + defined.String() + `</definedNames>`
	}
	return out + `</workbook>`
}

func (w *Workbook) xlsxRelations() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Relationships xmlns="` + packageRelations + `"><Relationship Id="styles" Type="` + docxRelation + `styles" Target="styles.xml"/>`)
	for i := range w.Sheets {
		fmt.Fprintf(&b, `<Relationship Id="s%d" Type="%sworksheet" Target="worksheets/sheet%d.xml"/>`, i+1, docxRelation, i+1)
	}
	return b.String() + `</Relationships>`
}

// xlsxStyle are the places of the formats in xlsxStyles. Texts have the format of texts, so that one that looks like a formula
// stays what it is even when somebody edits it.
var xlsxStyle = map[Kind]int{Texts: 1, Numbers: 2, Integers: 3, Dates: 4, Money: 5, Percent: 6}

const (
	xlsxHead   = 7
	xlsxStyles = xmlHead + `<styleSheet ` + xlsxNames + `><numFmts count="3"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="#,##0.00\ &quot;€&quot;"/><numFmt numFmtId="166" formatCode="0.0\ %"/></numFmts>` +
		`<fonts count="2"><font><sz val="10"/><name val="Arial"/></font><font><b/><sz val="10"/><name val="Arial"/></font></fonts>` +
		`<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE6ECEF"/></patternFill></fill></fills>` +
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="8">` +
		`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
		`<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
		xlsxFigure + `0"` + xlsxTop + xlsxFigure + `3"` + xlsxTop + xlsxFigure + `164"` + xlsxTop + xlsxFigure + `165"` + xlsxTop + xlsxFigure + `166"` + xlsxTop +
		`<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>` +
		`</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
	xlsxFigure = `<xf numFmtId="`
	xlsxTop    = ` fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>`
)

func (s Sheet) xlsx(b *bufio.Writer) {
	put := func(parts ...string) {
		for _, x := range parts {
			_, _ = b.WriteString(x) // an error stays in the writer until Flush
		}
	}
	put(xmlHead, `<worksheet `, xlsxNames, `><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`)
	if len(s.Columns) > 0 {
		put(`<cols>`)
		for i, c := range s.Columns {
			put(fmt.Sprintf(`<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, c.width()))
		}
		put(`</cols>`)
	}
	put(`<sheetData><row r="1">`)
	for i, c := range s.Columns {
		put(CellText(c.heading()).xlsx(letters(i+1)+"1", xlsxHead))
	}
	put(`</row>`)
	for y, row := range s.Rows {
		line := strconv.Itoa(y + 2)
		put(`<row r="`, line, `">`)
		for x, cell := range row[:min(len(row), len(s.Columns))] {
			put(cell.xlsx(letters(x+1)+line, cell.style(s.Columns[x].Kind)))
		}
		put(`</row>`)
	}
	put(`</sheetData>`)
	if n := len(s.Columns); n > 0 {
		put(`<autoFilter ref="A1:`, letters(n), strconv.Itoa(len(s.Rows)+1), `"/>`)
	}
	put(`<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>`)
}

// style is the format of the cell in a column: a text among figures keeps that of texts.
func (c Cell) style(k Kind) int {
	switch {
	case !c.day.IsZero():
		return xlsxStyle[Dates]
	case !c.figure:
		return xlsxStyle[Texts]
	case k == Texts || k == Dates:
		return xlsxStyle[Numbers]
	}
	return xlsxStyle[k]
}

// xlsxEpoch is the day before the first of Excel's, which counts a 29 February 1900 that was none: older days are texts.
var xlsxEpoch, xlsxFirst = calendar.Must("1899-12-30"), calendar.Must("1900-03-01")

// xlsxMost is how many signs a cell holds.
const xlsxMost = 32767

func (c Cell) xlsx(at string, style int) string {
	switch {
	case !c.day.IsZero() && !c.day.Before(xlsxFirst):
		return fmt.Sprintf(`<c r="%s" s="%d"><v>%d</v></c>`, at, style, c.day.DaysSince(xlsxEpoch))
	case !c.day.IsZero():
		return CellText(c.day.Time().Format("02/01/2006")).xlsx(at, xlsxStyle[Texts])
	case c.figure:
		return fmt.Sprintf(`<c r="%s" s="%d"><v>%s</v></c>`, at, style, c.text)
	case c.text == "":
		return ""
	}
	return fmt.Sprintf(`<c r="%s" s="%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, at, style, xlsxText(c.text))
}

// escaped is what spreadsheet programs read as a sign by its number.
var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// xlsxText writes a text for a cell: its lines stay, what XML cannot hold goes.
func xlsxText(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\r\n", "\n")
	s = cut(s, xlsxMost)
	s = escaped.ReplaceAllStringFunc(s, func(x string) string { return "_x005F" + x })
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = esc(line)
	}
	return strings.Join(lines, "\n")
}

// letters is the name of a column: 1 is A, 27 is AA.
func letters(n int) string {
	s := ""
	for ; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
}
