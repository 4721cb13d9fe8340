package document

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// nested has lists within lists, and what people put under their items.
func nested(t testing.TB) *Document {
	t.Helper()
	two := func(a, b string) List { return List{Ordered: true, Items: []Item{{Text: T(a)}, {Text: T(b)}}} }
	return &Document{Title: "Emboîtements", Lang: "fr", Watermark: "Projet", Words: Words{Page: "Page", Of: "sur", Contents: "Sommaire"}, Body: []Block{
		two("un", "deux"), P("entre deux"), two("encore un", "encore deux"),
		List{Items: []Item{
			{Text: T("A"), Sub: []Block{two("A un", "A deux"), P("suite de A")}},
			{Text: T("B"), Sub: []Block{two("B un", "B deux"), Heading{1, "Titre perdu"}, Table{Columns: []Column{{Title: "Qui"}, {Title: "Quand"}}, Rows: [][]Text{{T("Lou"), T("mardi")}, {T("Max")}}},
				Figure{PNG: picturePNG(t, 30, 10), Alt: "Dans une liste"}, PageBreak{}}},
		}},
		Figure{PNG: picturePNG(t, 10, 10), Alt: "Hors de la liste"}, PageBreak{},
		Table{Columns: []Column{{Title: "Seule"}}, Rows: [][]Text{{T(strings.Repeat("anticonstitutionnellement", 12)), T("de trop")}, {}}},
		PageBreak{}, Heading{1, "Fin"}, List{}, Table{},
	}}
}

func TestNestedText(t *testing.T) {
	var b bytes.Buffer
	if err := WriteText(&b, nested(t)); err != nil {
		t.Fatal(err)
	}
	want := `# Emboîtements

1. un
2. deux

entre deux

1. encore un
2. encore deux

– A
   1. A un
   2. A deux
   suite de A
– B
   1. B un
   2. B deux
   Titre perdu
   – Qui : Lou ; Quand : mardi
   – Qui : Max
   [Dans une liste]

[Hors de la liste]

----

| Seule |
| ` + strings.Repeat("anticonstitutionnellement", 12) + ` |
|  |

----

## Fin


`
	if diff := cmp.Diff(want, strings.ReplaceAll(b.String(), "\u00a0:", " :")); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestListsCountFromOne: as LibreOffice reads both formats, each list counts from one, wherever it stands.
func TestListsCountFromOne(t *testing.T) {
	for name, write := range writers {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := write(&b, nested(t)); err != nil {
				t.Fatal(err)
			}
			got := office(t, name, "txt:Text (encoded):UTF8", b.Bytes())
			for _, s := range []string{"1. un", "2. deux", "1. encore un", "2. encore deux", "1. A un", "2. A deux", "1. B un", "2. B deux"} {
				if !regexp.MustCompile(`(?m)^\s*` + strings.ReplaceAll(regexp.QuoteMeta(s), " ", `\s*`) + `\s*$`).MatchString(got) {
					t.Errorf("%s is not there", s)
				}
			}
			if t.Failed() {
				t.Log(got)
			}
		})
	}
}

// TestPages: the breaks make the pages, the watermark is drawn, figures inside lists come with their own picture.
func TestPages(t *testing.T) {
	for name, write := range writers {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := write(&b, nested(t)); err != nil {
				t.Fatal(err)
			}
			if dir := os.Getenv("ENTENTE_PICTURES"); dir != "" {
				if err := os.WriteFile(filepath.Join(dir, "nested."+name), b.Bytes(), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			parts := unpack(t, b.Bytes())
			folder := map[string]string{"odt": "Pictures/", "docx": "word/media/"}[name]
			if !bytes.Equal(parts[folder+"figure01.png"], picturePNG(t, 30, 10)) || !bytes.Equal(parts[folder+"figure02.png"], picturePNG(t, 10, 10)) {
				t.Error("a figure has the picture of another")
			}
			got := office(t, name, "fodt", b.Bytes())
			for _, want := range []string{"fontwork-plain-text", "Projet", "Dans une liste", "Hors de la liste"} {
				if !strings.Contains(got, want) {
					t.Errorf("LibreOffice lost %s", want)
				}
			}
			if n := strings.Count(got, `fo:break-before="page"`); n != 2 {
				t.Errorf("%d breaks", n)
			}
		})
	}
}

// TestManyFigures: the hundredth figure has a name of its own.
func TestManyFigures(t *testing.T) {
	d := &Document{Title: "T"}
	for range 120 {
		d.Body = append(d.Body, Figure{PNG: picturePNG(t, 2, 2), Alt: "x"})
	}
	for name, write := range writers {
		var b bytes.Buffer
		if err := write(&b, d); err != nil {
			t.Fatal(err)
		}
		if parts := unpack(t, b.Bytes()); parts[map[string]string{"odt": "Pictures/", "docx": "word/media/"}[name]+"figure120.png"] == nil {
			t.Errorf("%s: the last figure is missing", name)
		}
	}
}

// TestEmpty: a document of nothing, and one of empty parts, are documents.
func TestEmpty(t *testing.T) {
	for i, d := range []*Document{{}, {Contents: true, Watermark: "P"}, {Title: "T", Contents: true, Body: []Block{List{}, Table{}, Paragraph{}, Figure{}, PageBreak{}}}} {
		for name, write := range map[string]func(io.Writer, *Document) error{"odt": WriteODT, "docx": WriteDOCX, "html": WriteHTML, "text": WriteText} {
			var b bytes.Buffer
			if err := write(&b, d); err != nil {
				t.Errorf("%d as %s: %v", i, name, err)
			}
			if s := b.String(); name == "html" && (strings.Contains(s, "<table") || strings.Contains(s, "<ul") || strings.Contains(s, "<nav")) {
				t.Errorf("%d has empty parts: %s", i, s)
			}
		}
	}
}

// TestStructureIsTheSame: the outline, the tables and the lists of HTML, as a list of tags, and of ODT.
func TestStructureIsTheSame(t *testing.T) {
	structure := func(write func(io.Writer, *Document) error, part string, names map[string]string) string {
		var b bytes.Buffer
		if err := write(&b, sample(t)); err != nil {
			t.Fatal(err)
		}
		s := b.String()
		if part != "" {
			s = string(unpack(t, b.Bytes())[part])
		}
		_, s, _ = strings.Cut(s, names["after"])
		var out []string
		for _, m := range regexp.MustCompile(`<([\w:-]+)([^>]*)>`).FindAllStringSubmatch(s, -1) {
			for want, name := range names {
				if strings.HasPrefix(m[1]+" "+m[2]+" ", want+" ") || want != "after" && strings.Contains(want, "=") && strings.Contains(m[2], want) {
					out = append(out, name)
				}
			}
		}
		return strings.Join(out, " ")
	}
	want := "h2 table tr tr tr h3 list list figure h2 h3 table tr tr"
	for got, of := range map[string]string{
		structure(WriteHTML, "", map[string]string{"after": "</nav>", "h2": "h2", "h3": "h3", "table": "table", "tr": "tr", "ul": "list", "ol": "list", "figure": "figure"}):                                                                           "HTML",
		structure(WriteODT, "content.xml", map[string]string{"after": "</text:table-of-content>", `outline-level="1"`: "h2", `outline-level="2"`: "h3", "table:table": "table", "table:table-row": "tr", "text:list": "list", "draw:image": "figure"}): "ODT",
	} {
		if got != want {
			t.Errorf("%s: %s\nwant %s", of, got, want)
		}
	}
}

// TestInk: a pale colour is for rules, never for words.
func TestInk(t *testing.T) {
	for colour, want := range map[string]string{"#ffee00": house, "#7a2e1d": "7a2e1d", "#FFFFFF": house, "": house, "#zzzzzz": house, "#000000": "000000"} {
		if got := (Letterhead{Colour: colour}).ink(); got != want {
			t.Errorf("%s gives %s", colour, got)
		}
	}
}

func TestMarkdown(t *testing.T) {
	got := FromMarkdown("Un \\* et &eacute; `a\\*b` <marie@exemple.fr>\n\n    un\n    deux\n\n3. x\n   - y\n\n     # z\n", 0)
	want := []Block{
		Paragraph{Text: Text{{Text: "Un * et é "}, {Text: `a\*b`}, {Text: " "}, {Text: "marie@exemple.fr", Href: "mailto:marie@exemple.fr"}}},
		Paragraph{Text: Text{{Text: "un", Break: true}, {Text: "deux"}}, Style: Quote},
		List{Ordered: true, Items: []Item{{Text: T("x"), Sub: []Block{List{Items: []Item{{Text: T("y"), Sub: []Block{Heading{1, "z"}}}}}}}}},
	}
	if diff := cmp.Diff(want, got, cmp.Transformer("joined", func(t Text) string { return fmt.Sprintf("%+v", joined(t)) })); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// joined puts spans of one kind together.
func joined(t Text) []Span {
	var out []Span
	for _, s := range t {
		if n := len(out); n > 0 && !out[n-1].Break && out[n-1].Bold == s.Bold && out[n-1].Italic == s.Italic && out[n-1].Href == s.Href {
			out[n-1].Text, out[n-1].Break = out[n-1].Text+s.Text, s.Break
			continue
		}
		out = append(out, s)
	}
	return out
}

// FuzzFromMarkdown: whatever is written, it can be read and written in each format, and nothing leads to a script.
func FuzzFromMarkdown(f *testing.F) {
	for _, s := range []string{"# a\n\n- b\n  1. # c\n\n  > d\n", "| a |\n|---|\n| b | c |\n", "[x](javascript:y) <script>z</script>", "- | a | b |\n  |---|---|\n  | 1 |\n", "```\na\n\nb\n```", "![alt](x.png \"t\")\n***", "\\\n&#0;&#xD800;", "1. \n\n\n   a"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		if !utf8.ValidString(source) {
			t.Skip()
		}
		d := &Document{Title: "T", Lang: "fr", Contents: true, Body: FromMarkdown(source, 1)}
		for name, write := range writers {
			var b bytes.Buffer
			if err := write(&b, d); err != nil {
				t.Fatal(err)
			}
			for part, content := range unpack(t, b.Bytes()) {
				if strings.HasSuffix(part, ".xml") || strings.HasSuffix(part, ".rels") {
					wellFormed(t, name+" "+part, content)
				}
			}
		}
		var b bytes.Buffer
		if err := WriteHTML(&b, d); err != nil {
			t.Fatal(err)
		}
		if s := strings.ToLower(b.String()); strings.Contains(s, "<script") || strings.Contains(s, `href="javascript:`) {
			t.Fatalf("a script: %s", s)
		}
		if err := WriteText(io.Discard, d); err != nil {
			t.Fatal(err)
		}
	})
}
