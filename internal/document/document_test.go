package document

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"image"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func picturePNG(t testing.TB, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sample has one of everything.
func sample(t testing.TB) *Document {
	return &Document{
		Title: "Compte rendu du comité", Subtitle: "Mardi 8 décembre 2026", Lang: "fr", Author: "Le secrétariat", Contents: true, Footer: "Espace d’essai",
		Facts:      []Fact{{"Établi le", "9 décembre 2026"}, {"Version", "2"}},
		Letterhead: Letterhead{Name: "Convention d’exemple", Lines: []string{"4 place du Vieux-Lavoir", "Ambreville"}, Logo: picturePNG(t, 60, 30), Colour: "#7a2e1d"},
		Words:      Words{Page: "Page", Of: "sur", Contents: "Sommaire"},
		Body: append([]Block{
			Heading{1, "Présents"},
			Table{Caption: "Présences", RowHeaders: true, Columns: []Column{{Title: "Institution", Width: 2}, {Title: "Sièges", Number: true}},
				Rows: [][]Text{{T("L’Agence"), T("3")}, {T("Communauté & amis <associés>"), T("2")}}},
			Heading{4, "Un titre trop profond"},
			Paragraph{Text: Text{{Text: "Décision "}, {Text: "2026-12", Bold: true}, {Text: " : "}, {Text: "voir", Href: "https://exemple.fr/a?b=1&c=2"}}},
			List{Items: []Item{{Text: T("premier"), Sub: []Block{List{Ordered: true, Items: []Item{{Text: T("dedans")}}}}}, {Text: T("second")}}},
			Figure{PNG: picturePNG(t, 40, 20), Alt: "Deux barres", Caption: "Figure 1"},
			PageBreak{},
			Heading{1, "Suites"},
			Paragraph{Text: T("Le secrétaire de séance"), Style: Signature},
		}, FromMarkdown("# Notes\n\nDu *vrai* texte, et `du code`.\n\n> cité\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<script>x</script>\n\n[piège](javascript:alert)", 1)...),
	}
}

func TestText(t *testing.T) {
	var b bytes.Buffer
	if err := WriteText(&b, sample(t)); err != nil {
		t.Fatal(err)
	}
	want := `Convention d’exemple
4 place du Vieux-Lavoir
Ambreville

# Compte rendu du comité
Mardi 8 décembre 2026
Établi le : 9 décembre 2026
Version : 2

## Présents

Présences
| Institution | Sièges |
| L’Agence | 3 |
| Communauté & amis <associés> | 2 |

### Un titre trop profond

Décision 2026-12 : voir <https://exemple.fr/a?b=1&c=2>

– premier
   1. dedans
– second

[Deux barres]
Figure 1

----

## Suites

Le secrétaire de séance

### Notes

Du vrai texte, et du code.

> cité

| a | b |
| 1 | 2 |

piège
Espace d’essai
`
	if diff := cmp.Diff(want, strings.ReplaceAll(b.String(), "\u00a0:", " :")); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestHTMLIsWholeAndSafe(t *testing.T) {
	var b bytes.Buffer
	if err := WriteHTML(&b, sample(t)); err != nil {
		t.Fatal(err)
	}
	got := b.String()
	for _, want := range []string{`<html lang="fr">`, `<h1>Compte rendu du comité</h1>`, `<h3 id="s2">Un titre trop profond</h3>`, `<th scope="row">L’Agence</th>`,
		`alt="Deux barres"`, `Communauté &amp; amis &lt;associés&gt;`, `href="https://exemple.fr/a?b=1&amp;c=2"`, `size:210mm 297mm`, `#7a2e1d`, `<a href="#s1">Présents</a>`} {
		if !strings.Contains(got, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	for _, never := range []string{"<script", "javascript:"} {
		if strings.Contains(got, never) {
			t.Errorf("the page has %s", never)
		}
	}
}

// writers are the formats of word processors.
var writers = map[string]func(io.Writer, *Document) error{"odt": WriteODT, "docx": WriteDOCX}

// TestArchivesAreWhole: every part is XML, every part that another names is there.
func TestArchivesAreWhole(t *testing.T) {
	for name, write := range writers {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := write(&b, sample(t)); err != nil {
				t.Fatal(err)
			}
			parts := unpack(t, b.Bytes())
			for part, content := range parts {
				if strings.HasSuffix(part, ".xml") || strings.HasSuffix(part, ".rels") {
					wellFormed(t, part, content)
				}
			}
			for _, want := range map[string][]string{"odt": {"Pictures/logo.png", "Pictures/figure01.png"}, "docx": {"word/media/logo.png", "word/media/figure01.png"}}[name] {
				if _, ok := parts[want]; !ok {
					t.Errorf("%s is missing", want)
				}
			}
		})
	}
}

func unpack(t *testing.T, b []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if out[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func wellFormed(t *testing.T, part string, content []byte) {
	t.Helper()
	for d := xml.NewDecoder(bytes.NewReader(content)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%s: %v", part, err)
		}
	}
}

// office converts a document with LibreOffice, and gives what it wrote.
func office(t *testing.T, from, to string, content []byte) string {
	t.Helper()
	program, err := exec.LookPath("soffice")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("in continuous integration nothing may be skipped: LibreOffice is missing")
		}
		t.Skip("LibreOffice is not installed (Debian package libreoffice-writer-nogui)")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "d."+from), content, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", to, "--outdir", dir, filepath.Join(dir, "d."+from))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	name, _, _ := strings.Cut(to, ":")
	made, err := os.ReadFile(filepath.Join(dir, "d."+name))
	if err != nil {
		t.Fatal(err)
	}
	return string(made)
}

// TestLibreOfficeReadsThem: what LibreOffice makes of the files has the headings with their levels, the header cells, the
// lists, the alternative texts and the accents.
func TestLibreOfficeReadsThem(t *testing.T) {
	for name, write := range writers {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := write(&b, sample(t)); err != nil {
				t.Fatal(err)
			}
			got := office(t, name, "fodt", b.Bytes())
			for _, want := range []string{`text:outline-level="1"`, `text:outline-level="2"`, "Présents", "Un titre trop profond", "table:table-header-rows", "<text:list ",
				"Deux barres", "Communauté &amp; amis &lt;associés&gt;", "https://exemple.fr/a?b=1&amp;c=2", "Le secrétaire de séance", "Convention d’exemple", "<text:page-number"} {
				if !strings.Contains(got, want) {
					t.Errorf("LibreOffice lost %s", want)
				}
			}
		})
	}
}

// TestHeadingsSkipNoLevel: whatever levels are asked for, none is skipped and the order stays.
func TestHeadingsSkipNoLevel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := &Document{Title: "T"}
		for _, n := range rapid.SliceOf(rapid.IntRange(-2, 9)).Draw(t, "levels") {
			d.Body = append(d.Body, Heading{Level: n, Text: "x"})
		}
		last := 0
		for _, h := range d.outline() {
			if h.Level < 1 || h.Level > last+1 || h.Level > 5 {
				t.Fatalf("level %d after %d", h.Level, last)
			}
			last = h.Level
		}
	})
}

// TestAnyTextIsKept: no text of a user breaks an archive.
func TestAnyTextIsKept(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := rapid.String().Draw(rt, "text")
		d := &Document{Title: s, Lang: "fr", Body: []Block{Heading{1, s}, P(s), Table{Caption: s, Columns: []Column{{Title: s}}, Rows: [][]Text{{B(s)}}}}}
		for name, write := range writers {
			var b bytes.Buffer
			if err := write(&b, d); err != nil {
				rt.Fatal(err)
			}
			for part, content := range unpack(t, b.Bytes()) {
				if strings.HasSuffix(part, ".xml") {
					wellFormed(t, name+" "+part, content)
				}
			}
		}
	})
}

func BenchmarkODT(b *testing.B) {
	d := sample(b)
	for b.Loop() {
		if err := WriteODT(io.Discard, d); err != nil {
			b.Fatal(err)
		}
	}
}
