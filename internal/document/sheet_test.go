package document

import (
	"bytes"
	"encoding/xml"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/internal/calendar"
)

func workbook() *Workbook {
	return &Workbook{Title: "Suites du comité", Lang: "fr", Author: "Le secrétariat", Sheets: []Sheet{
		{Name: "Suites", Columns: []SheetColumn{{Title: "Intitulé", Width: 40}, {Title: "Échéance", Kind: Dates}, {Title: "Montant", Kind: Money, Unit: "€"}, {Title: "Part", Kind: Percent}, {Title: "Jours", Kind: Integers}, {Title: "Surface", Kind: Numbers, Unit: "m²"}},
			Rows: [][]Cell{
				{CellText("=1+1"), CellDate(calendar.Must("2026-12-08")), CellCents(-123456), CellNumber(0.255), CellInteger(12), CellNumber(1234.5)},
				{CellText("L’accueil ; \"petite\" enfance\net <familles> & co"), CellDate(calendar.Date{}), CellCents(5), CellText("sans objet"), {}, CellNumber(math.NaN())},
				{CellText("0123"), CellDate(calendar.Must("1850-01-02"))},
			}},
		{Name: "Suites / [2]: un nom bien trop long pour l’onglet", Columns: []SheetColumn{{Title: "A"}}},
		{Name: "suites"}, {},
	}}
}

func TestCSV(t *testing.T) {
	var b bytes.Buffer
	if err := WriteCSV(&b, workbook().Sheets[0]); err != nil {
		t.Fatal(err)
	}
	want := "\ufeffIntitulé;Échéance;Montant (€);Part;Jours;Surface (m²)\r\n" +
		"'=1+1;08/12/2026;-1234,56;25,5%;12;1234,5\r\n" +
		"\"L’accueil ; \"\"petite\"\" enfance\net <familles> & co\";;0,05;sans objet;;\r\n" +
		"0123;02/01/1850;;;;\r\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestFormulasStayTexts(t *testing.T) {
	for s, want := range map[string]string{"=A1": "'=A1", "+cmd|' /C calc'!A0": "'+cmd|' /C calc'!A0", "-3": "-3", "-3,5": "-3,5", "-2+3": "'-2+3", "@SUM(A1)": "'@SUM(A1)", "\t=A1": "'\t=A1", "＝A1": "'＝A1", "a=b": "a=b", "+Inf": "'+Inf", "": ""} {
		if got := harmless(s); got != want {
			t.Errorf("%q is written %q", s, got)
		}
	}
}

func TestHundredfold(t *testing.T) {
	for s, want := range map[string]string{"0.255": "25.5", "1": "100", "0": "0", "-0.05": "-5", "0.001": "0.1", "12.3456": "1234.56", "0.1": "10"} {
		if got := hundredfold(s); got != want {
			t.Errorf("%s is written %s", s, got)
		}
	}
}

// cells reads a sheet back: references with what stands there.
func cells(t testing.TB, part []byte) map[string]string {
	t.Helper()
	var sheet struct {
		Rows []struct {
			Cells []struct {
				At   string `xml:"r,attr"`
				Kind string `xml:"t,attr"`
				V    string `xml:"v"`
				T    string `xml:"is>t"`
			} `xml:"c"`
		} `xml:"sheetData>row"`
	}
	if err := xml.Unmarshal(part, &sheet); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, r := range sheet.Rows {
		for _, c := range r.Cells {
			out[c.At] = c.V
			if c.Kind == "inlineStr" {
				out[c.At] = "text " + c.T
			}
		}
	}
	return out
}

func TestXLSX(t *testing.T) {
	var b bytes.Buffer
	if err := WriteXLSX(&b, workbook()); err != nil {
		t.Fatal(err)
	}
	parts := unpack(t, b.Bytes())
	for name, content := range parts {
		wellFormed(t, name, content)
	}
	want := map[string]string{
		"A1": "text Intitulé", "B1": "text Échéance", "C1": "text Montant (€)", "D1": "text Part", "E1": "text Jours", "F1": "text Surface (m²)",
		"A2": "text =1+1", "B2": "46364", "C2": "-1234.56", "D2": "0.255", "E2": "12", "F2": "1234.5",
		"A3": "text L’accueil ; \"petite\" enfance\net <familles> & co", "C3": "0.05", "D3": "text sans objet",
		"A4": "text 0123", "B4": "text 02/01/1850",
	}
	if diff := cmp.Diff(want, cells(t, parts["xl/worksheets/sheet1.xml"])); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	book := string(parts["xl/workbook.xml"])
	for _, s := range []string{`name="Suites"`, `name="Suites  2 un nom bien trop long"`, `name="suites 2"`, `name="2"`, `&#39;Suites&#39;!$A$1:$F$4`} {
		if !strings.Contains(book, s) {
			t.Errorf("the workbook lacks %s: %s", s, book)
		}
	}
	first := string(parts["xl/worksheets/sheet1.xml"])
	for _, s := range []string{`state="frozen"`, `<autoFilter ref="A1:F4"/>`, `<c r="B2" s="4">`, `<c r="C2" s="5">`, `<c r="D2" s="6">`} {
		if !strings.Contains(first, s) {
			t.Errorf("the sheet lacks %s", s)
		}
	}
	if strings.Contains(first, "<f>") {
		t.Error("the sheet has a formula")
	}
}

// TestLibreOfficeReadsTheSheets: days, figures and texts are to LibreOffice what they are to us.
func TestLibreOfficeReadsTheSheets(t *testing.T) {
	var b bytes.Buffer
	if err := WriteXLSX(&b, workbook()); err != nil {
		t.Fatal(err)
	}
	got := office(t, "xlsx", "fods", b.Bytes())
	for _, want := range []string{`office:date-value="2026-12-08"`, `office:value="-1234.56"`, `office:value-type="percentage" office:value="0.255"`, `office:value="12"`, "<text:p>=1+1</text:p>", "<text:p>0123</text:p>",
		"<text:p>08/12/2026</text:p>", "et &lt;familles&gt; &amp; co", `table:name="Suites"`, "table:database-range", "25.5"} {
		if !strings.Contains(strings.ReplaceAll(got, "25,5", "25.5"), want) {
			t.Errorf("LibreOffice lost %s", want)
		}
	}
	if strings.Contains(got, "table:formula") {
		t.Error("LibreOffice found a formula")
	}
}

// TestAnyTextInACell: whatever people write comes back as they wrote it, but for what no spreadsheet can hold.
func TestAnyTextInACell(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := rapid.StringOfN(rapid.RuneFrom([]rune("aé=+@-\n<>&\"'_x0041_𝄞 ;")), 0, 60, -1).Draw(rt, "text")
		var b bytes.Buffer
		if err := WriteXLSX(&b, &Workbook{Sheets: []Sheet{{Name: s, Columns: []SheetColumn{{Title: "T"}}, Rows: [][]Cell{{CellText(s)}}}}}); err != nil {
			rt.Fatal(err)
		}
		got := cells(t, unpack(t, b.Bytes())["xl/worksheets/sheet1.xml"])["A2"]
		if got = strings.ReplaceAll(strings.TrimPrefix(got, "text "), "_x005F_", "_"); got != strings.ReplaceAll(s, "_x005F_", "_") {
			rt.Fatalf("%q came back as %q", s, got)
		}
	})
}

func BenchmarkXLSX1000Rows(b *testing.B) {
	w := workbook()
	for range 1000 {
		w.Sheets[0].Rows = append(w.Sheets[0].Rows, w.Sheets[0].Rows[0])
	}
	for b.Loop() {
		if err := WriteXLSX(&bytes.Buffer{}, w); err != nil {
			b.Fatal(err)
		}
	}
}
