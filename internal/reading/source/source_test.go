package source

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"entente/internal/fault"
	"entente/internal/testkit"

	"github.com/google/go-cmp/cmp"
)

func read(t *testing.T, name string, data []byte) *Text {
	t.Helper()
	x, err := Read(context.Background(), name, data)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func TestPlain(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"paragraphs stay":   {"Un titre\n\nUne phrase. Une autre.\n", "Un titre\n\nUne phrase. Une autre.\n"},
		"latin-1":           {"Pr\xe9ambule de la convention \xab X \xbb", "Préambule de la convention « X »\n"},
		"ligatures":         {"ﬁnancement et oﬃce", "financement et office\n"},
		"soft hyphens":      {"coor\u00addination", "coordination\n"},
		"open line":         {"Le directeur de la\nCaisse", "Le directeur de la Caisse\n"},
		"lower case":        {"une phrase qui passe\nà la ligne", "une phrase qui passe à la ligne\n"},
		"cut word":          {"l’organi-\nsation", "l’organisation\n"},
		"compound":          {"le vice-\nprésident", "le vice-président\n"},
		"list stays":        {"Il est chargé de :\n- proposer,\n- valider.", "Il est chargé de :\n- proposer,\n- valider.\n"},
		"columns":           {"Le président          Le directeur", "Le président | Le directeur\n"},
		"page number":       {"Un\n\nPage 3 / 12\n\nDeux", "Un\n\nDeux\n"},
		"private bullets":   {"\uf0b7 valider", "• valider\n"},
		"decomposed accent": {"e\u0301tat", "état\n"},
	} {
		t.Run(name, func(t *testing.T) {
			if d := cmp.Diff(c.want, read(t, "a.txt", []byte(c.in)).Body); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestRunningHeaders(t *testing.T) {
	var b strings.Builder
	for i := 1; i <= 5; i++ {
		fmt.Fprintf(&b, "Convention du Val – version signée\n\nArticle %d\nLe texte de l’article %s.\n\n%d\n\f", i, strings.Repeat("x", i), i)
	}
	x := read(t, "a.txt", []byte(b.String()))
	if strings.Contains(x.Body, "version signée") || strings.Contains(x.Body, "\n3\n") {
		t.Errorf("layout stays:\n%s", x.Body)
	}
	for i := 1; i <= 5; i++ {
		if !strings.Contains(x.Body, fmt.Sprintf("Article %d\n", i)) {
			t.Errorf("article %d is gone", i)
		}
	}
	if len(x.Removed) < 10 {
		t.Errorf("%d lines of noise reported, want 10 or more", len(x.Removed))
	}
}

func TestMarkdown(t *testing.T) {
	x := read(t, "a.md", []byte("# Titre\n\n## Un article ##\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"))
	if d := cmp.Diff("Titre\n\nUn article\n\na | b\n1 | 2\n", x.Body); d != "" {
		t.Error(d)
	}
	if x.Lines[0].Heading != 1 || x.Lines[1].Heading != 2 {
		t.Errorf("headings %d and %d", x.Lines[0].Heading, x.Lines[1].Heading)
	}
}

func zipped(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	wordDocument = `<w:document xmlns:w="w"><w:body>
<w:p><w:pPr><w:pStyle w:val="T1"/></w:pPr><w:r><w:t>Gouvernance</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>Le comité</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t xml:space="preserve">Il </w:t></w:r><w:del><w:r><w:delText>ne</w:delText></w:r></w:del><w:r><w:t>valide</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr><w:r><w:t>puce</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Instance</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Rythme</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
</w:body></w:document>`
	wordStylesXML = `<w:styles xmlns:w="w"><w:style w:styleId="T1"><w:name w:val="heading 1"/></w:style></w:styles>`
	wordNumbering = `<w:numbering xmlns:w="w">
<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num></w:numbering>`
	odtContent = `<o:document-content xmlns:o="o" xmlns:text="t" xmlns:style="s" xmlns:table="tb"><o:automatic-styles>
<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/></text:list-style>
</o:automatic-styles><o:body><o:text>
<text:h text:outline-level="2">Gouvernance</text:h>
<text:list text:style-name="L1"><text:list-item><text:p>Le <text:span>comité</text:span><text:note><text:p>note</text:p></text:note></text:p></text:list-item><text:list-item><text:p>La réunion</text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>Instance</text:p></table:table-cell><table:table-cell><text:p>Rythme</text:p></table:table-cell></table:table-row></table:table>
</o:text></o:body></o:document-content>`
)

func TestDOCX(t *testing.T) {
	x := read(t, "a.docx", zipped(t, "word/document.xml", wordDocument, "word/styles.xml", wordStylesXML, "word/numbering.xml", wordNumbering))
	if d := cmp.Diff("Gouvernance\n4. Le comité\n  4.1 Il valide\n- puce\nInstance | Rythme\n", x.Body); d != "" {
		t.Error(d)
	}
	if x.Lines[0].Heading != 1 || x.Lines[2].Item != 2 || x.Format != DOCX {
		t.Errorf("heading %d, item %d, format %s", x.Lines[0].Heading, x.Lines[2].Item, x.Format)
	}
}

func TestODT(t *testing.T) {
	x := read(t, "a.odt", zipped(t, "content.xml", odtContent))
	if d := cmp.Diff("Gouvernance\n1. Le comité\n2. La réunion\nInstance | Rythme\n", x.Body); d != "" {
		t.Error(d)
	}
	if x.Lines[0].Heading != 2 || x.Format != ODT {
		t.Errorf("heading %d, format %s", x.Lines[0].Heading, x.Format)
	}
}

func TestFaults(t *testing.T) {
	deep := `<w:document xmlns:w="w">` + strings.Repeat("<w:p>", 5000)
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"empty":         {nil, "reading.fault.empty"},
		"blank":         {[]byte(" \n\n "), "reading.fault.empty"},
		"too large":     {make([]byte, MaxBytes+1), "reading.fault.too-large"},
		"too long":      {[]byte(strings.Repeat("une phrase\n\n", MaxText/10)), "reading.fault.too-long"},
		"picture":       {[]byte("\x89PNG\r\n\x1a\n0000"), "reading.fault.image"},
		"old word":      {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 abc"), "reading.fault.old-word"},
		"rtf":           {[]byte(`{\rtf1 abc}`), "reading.fault.rtf"},
		"binary":        {bytes.Repeat([]byte{1, 2, 3, 4}, 100), "reading.fault.unknown-type"},
		"broken zip":    {[]byte("PK\x03\x04 nothing"), "reading.fault.broken"},
		"other zip":     {zipped(t, "a.txt", "x"), "reading.fault.unknown-type"},
		"broken docx":   {zipped(t, "word/document.xml", "<w:document><w:p>"), "reading.fault.broken"},
		"deep docx":     {zipped(t, "word/document.xml", deep), "reading.fault.broken"},
		"bomb":          {zipped(t, "word/document.xml", strings.Repeat(" ", MaxUnpacked+1)), "reading.fault.bomb"},
		"encrypted odt": {zipped(t, "content.xml", "x", "META-INF/manifest.xml", "<m:encryption-data/>"), "reading.fault.password"},
		"broken pdf":    {[]byte("%PDF-1.7\nnothing"), "reading.fault.broken"},
		"scan":          {testkit.PDF("", ""), "reading.fault.scan"},
		"long scan":     {testkit.PDF("", slices.Repeat([]string{"12"}, 40)...), "reading.fault.scan"},
		"locked pdf":    {testkit.PDF(locked, "un texte"), "reading.fault.password"},
		"cut pdf":       {testkit.PDF("", "un texte")[:400], "reading.fault.broken"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read(context.Background(), "file", c.data)
			var f *fault.Error
			if !errors.As(err, &f) || f.Message.Key != c.want {
				t.Errorf("error %v, want %s", err, c.want)
			}
		})
	}
}

// locked says that a document opens with a password alone.
var locked = fmt.Sprintf("/Encrypt<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>/ID[<00><00>]", strings.Repeat("a7", 32), strings.Repeat("3c", 32))

// TestPDFPages holds that a document may have MaxPages and no more, and that each page is read with its number.
func TestPDFPages(t *testing.T) {
	pages := make([]string, MaxPages+1)
	for i := range pages {
		pages[i] = "Le comite de pilotage valide l'action " + strings.Repeat("tres ", i%7) + string(rune('a'+i%26)) + string(rune('a'+i/26)) + "."
	}
	x := read(t, "a.pdf", testkit.PDF("", pages[:MaxPages]...))
	if x.Pages != MaxPages || len(x.Lines) == 0 || x.Lines[len(x.Lines)-1].Page != MaxPages {
		t.Errorf("%d pages and %d lines", x.Pages, len(x.Lines))
	}
	_, err := Read(context.Background(), "a.pdf", testkit.PDF("", pages...))
	var f *fault.Error
	if !errors.As(err, &f) || f.Message.Key != "reading.fault.too-many-pages" {
		t.Errorf("one page more gives %v", err)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := Read(ctx, "a.docx", zipped(t, "word/document.xml", wordDocument))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want cancelled", err)
	}
}

// check holds the invariant of the package on any text.
func check(t *testing.T, x *Text) {
	t.Helper()
	if !utf8.ValidString(x.Body) {
		t.Fatal("the text is not valid UTF-8")
	}
	last := 0
	for _, l := range x.Lines {
		if l.Start < last || l.End < l.Start || l.End > len(x.Body) {
			t.Fatalf("line %+v after %d in %d bytes", l, last, len(x.Body))
		}
		last = l.End
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"Article 1\n\nLe comité", "# Titre\n| a | b |", "a-\nb", "\ufeffx", "\xff\xfe\x41\x00", "Page 1/2\f3\f", "\xef\xbf", "a\n\n\n\fb"} {
		f.Add([]byte(s), true)
		f.Add([]byte(s), false)
	}
	f.Fuzz(func(t *testing.T, data []byte, markdown bool) {
		name := "a.txt"
		if markdown {
			name = "a.md"
		}
		if bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")) {
			return
		}
		if x, err := Read(context.Background(), name, data); err == nil {
			check(t, x)
		}
	})
}

func FuzzDOCX(f *testing.F) {
	f.Add(wordDocument, wordStylesXML, wordNumbering)
	f.Add(`<w:document xmlns:w="w"><w:tbl><w:tr><w:p/>`, "", "<w:numbering/>")
	f.Fuzz(func(t *testing.T, doc, styles, numbering string) {
		start := time.Now()
		x, err := Read(context.Background(), "a.docx", zipped(t, "word/document.xml", doc, "word/styles.xml", styles, "word/numbering.xml", numbering))
		if err == nil {
			check(t, x)
		}
		if time.Since(start) > 10*time.Second {
			t.Fatal("too slow")
		}
	})
}

func FuzzODT(f *testing.F) {
	f.Add(odtContent, "<s/>")
	f.Fuzz(func(t *testing.T, content, styles string) {
		if x, err := Read(context.Background(), "a.odt", zipped(t, "content.xml", content, "styles.xml", styles)); err == nil {
			check(t, x)
		}
	})
}
