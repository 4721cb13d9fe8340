package reading

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"entente/internal/convention"

	"github.com/google/go-cmp/cmp"
)

// realText is the signed text of the first convention, which stands beside the repository and is not part of it.
const realText = "../../../shared/convention/etampois-sud-essonne-2023-2026.txt"

func readReal(t testing.TB) (*Reading, string) {
	t.Helper()
	data, err := os.ReadFile(realText)
	if err != nil {
		t.Skipf("the signed text of the first convention is not here: %v", err)
	}
	r, err := Read(context.Background(), "convention.txt", data, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r, string(data)
}

// TestReal holds what the first convention says: every fact, and none besides.
func TestReal(t *testing.T) {
	r, _ := readReal(t)
	c := Propose(r, Decisions{All: true})
	var got []string
	say := func(format string, args ...any) { got = append(got, fmt.Sprintf(format, args...)) }
	for _, p := range c.Parties {
		say("party %s: %s; %s; seat %v", p.Short, p.Signatory, p.Delegate, p.Seat != "")
	}
	for _, k := range c.Committees {
		say("committee %s %s %q %+v", k.Name, k.Level, k.Substitution, *k.Cadence)
		for _, s := range k.Seats {
			say("  seat %s %d %s %s %s", s.Party, s.Count, s.Among, s.Function, s.Derived)
		}
		for _, m := range k.Missions {
			say("  mission %v %v", m.Powers, m.Over)
		}
	}
	for _, a := range c.Axes {
		say("axis %d: %d objectives", a.Number, len(a.Objectives))
	}
	for _, p := range c.Lineage {
		say("lineage %s %s, %d axes", p.From, p.To, len(p.Axes))
	}
	for _, e := range c.Evaluations {
		say("evaluation of %s every %d", e.Object, e.EveryMonths)
	}
	for _, x := range c.Commitments {
		say("commitment %s of %v", x.Evidence, x.Parties)
	}
	for _, s := range c.Signatures {
		say("signature %s %s", s.Party, s.Function)
	}
	say("%d purposes, %d stakes, %d goals with %d and %d items", len(c.Purposes), len(c.Stakes), len(c.Governance), len(c.Governance[0].Items), len(c.Governance[1].Items))
	say("from %s to %s, tacit %d; amendment by %s", c.Duration.From, c.Duration.To, c.Duration.Tacit, c.Amendment.Agreement)
	say("%d questions", len(r.Questions))
	want := strings.Split(strings.TrimSpace(realFacts), "\n")
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

const realFacts = `
party CAESE: Président; Vice-président; seat true
party CAF 91: Directeur Général; ; seat true
party MSA IDF: Directeur Général; ; seat true
party CD 91: Président; Vice-président; seat true
committee Comité de pilotage stratégique strategique "libre" {Min:1 Max:2 Over:annee-civile AsNeeded:false Place:{Ref:4-2 Anchor:article-4-2 Line:0}}
  seat caese 2   
  seat caf-91 2 direction  
  seat cd-91 2   
  seat msa-idf 2 direction  
  mission [definir-orientations valider-orientations valider-propositions] []
committee Comité de pilotage opérationnel operationnel "" {Min:4 Max:0 Over:annee-civile AsNeeded:false Place:{Ref:4-2 Anchor:article-4-2 Line:0}}
  seat caese 0  directeur des services à la population 
  seat caf-91 0  responsable de territoire 
  seat caf-91 0  chargé de conseil et développement du territoire 
  seat msa-idf 0  responsable départemental d'action sanitaire et sociale 
  seat cd-91 0  chef de service territorialisé du développement social du territoire d'action départementale du Sud-Ouest 
  seat cd-91 0  chef de service territorialisé de la protection maternelle et infantile et de santé du territoire d'action départementale du Sud-Ouest 
  seat cd-91 0  chef de service de la protection de l'enfance du territoire d'action départementale du Sud-Ouest 
  seat cd-91 0  chef de service Allocation personnalisée d'autonomie territorialisé sud 
  mission [proposer-orientations] []
  mission [actualiser-diagnostic actualiser-plan] []
  mission [garantir-continuite] []
  mission [organiser-comites] [comite-technique]
  mission [coordonner recueillir-information] []
  mission [proposer-communication] []
committee Comité technique technique "" {Min:0 Max:0 Over: AsNeeded:true Place:{Ref:4-2 Anchor:article-4-2 Line:0}}
  seat  0   pilotes-des-actions
  mission [mettre-en-oeuvre-actions] []
  mission [proposer-actions] []
  mission [evaluer-actions] []
axis 1: 3 objectives
axis 2: 3 objectives
axis 3: 3 objectives
lineage 2018-10-19 2022, 4 axes
lineage 2014 , 0 axes
lineage 2015 , 0 axes
evaluation of axes every 12
commitment moyens of []
commitment presence of []
commitment communication of []
signature caf-91 Directeur Général
signature msa-idf Directeur Général
signature cd-91 Président
signature caese Président
1 purposes, 3 stakes, 2 goals with 1 and 3 items
from signature to 2026-12-31, tacit 0; amendment by toutes-les-parties
0 questions
`

// TestFormats reads one text from four formats and wants the same facts.
func TestFormats(t *testing.T) {
	texts := map[string]string{}
	for _, name := range []string{"ctg-val-dormant.txt", "contrat-ville-port-lierre.txt"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = string(data)
	}
	if data, err := os.ReadFile(realText); err == nil {
		texts["real.txt"] = string(data)
	}
	for name, text := range texts {
		for format, write := range map[string]func(testing.TB, string) []byte{"docx": writeDOCX, "odt": writeODT, "pdf": writePDF} {
			t.Run(name+"/"+format, func(t *testing.T) {
				want, err := Read(context.Background(), name, []byte(text), Options{})
				if err != nil {
					t.Fatal(err)
				}
				got, err := Read(context.Background(), "x."+format, write(t, text), Options{})
				if err != nil {
					t.Fatal(err)
				}
				if d := cmp.Diff(lines(want), lines(got)); d != "" {
					t.Error(d)
				}
			})
		}
	}
}

func lines(r *Reading) []string {
	var out []string
	for _, f := range r.Facts {
		out = append(out, canon(r, f))
	}
	return out
}

// paragraphs cuts a text in what a word processor would hold as paragraphs.
func paragraphs(text string) []string {
	var out []string
	for _, l := range strings.Split(text, "\n") {
		if strings.TrimSpace(l) != "" {
			out = append(out, l)
		}
	}
	return out
}

func escape(s string) string {
	var b bytes.Buffer
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		panic(err)
	}
	return b.String()
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

func writeDOCX(t testing.TB, text string) []byte {
	var b strings.Builder
	b.WriteString(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`)
	for _, p := range paragraphs(text) {
		half := len(p) / 2
		for half > 0 && p[half]&0xc0 == 0x80 {
			half--
		}
		fmt.Fprintf(&b, `<w:p><w:r><w:t xml:space="preserve">%s</w:t></w:r><w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>`, escape(p[:half]), escape(p[half:]))
	}
	b.WriteString(`</w:body></w:document>`)
	return zipped(t, "[Content_Types].xml", "<Types/>", "word/document.xml", b.String())
}

func writeODT(t testing.TB, text string) []byte {
	var b strings.Builder
	b.WriteString(`<office:document-content xmlns:office="o" xmlns:text="t"><office:body><office:text>`)
	for _, p := range paragraphs(text) {
		trimmed := strings.TrimLeft(p, " ")
		if n := len(p) - len(trimmed); n > 0 {
			fmt.Fprintf(&b, `<text:p><text:s text:c="%d"/>%s</text:p>`, n, escape(trimmed))
			continue
		}
		fmt.Fprintf(&b, `<text:p>%s</text:p>`, escape(trimmed))
	}
	b.WriteString(`</office:text></office:body></office:document-content>`)
	return zipped(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", b.String())
}

// writePDF prints the text with a browser, where one is installed.
func writePDF(t testing.TB, text string) []byte {
	t.Helper()
	browser := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			browser = p
			break
		}
	}
	if browser == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal("no browser is installed to print a PDF")
		}
		t.Skip("no browser is installed to print a PDF")
	}
	dir := t.TempDir()
	page := filepath.Join(dir, "page.html")
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang="fr"><meta charset="utf-8"><title>x</title><style>body{font:12pt serif}p{margin:.7em 0;white-space:pre-wrap}</style>`)
	for _, p := range paragraphs(text) {
		fmt.Fprintf(&b, "<p>%s</p>", escape(p))
	}
	if err := os.WriteFile(page, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "page.pdf")
	cmd := exec.Command(browser, "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir="+filepath.Join(dir, "profile"), "--print-to-pdf="+out, "file://"+page)
	if msg, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("print: %v\n%s", err, msg)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestVerbatim holds that the literate file, its blocks taken out, says word for word what the source says once layout is
// taken away.
func TestVerbatim(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	marked, err := filepath.Glob("testdata/*.md")
	if err != nil {
		t.Fatal(err)
	}
	files = append(files, marked...)
	if _, err := os.Stat(realText); err == nil {
		files = append(files, realText)
	}
	for _, file := range files {
		r := mustRead(t, file)
		if d := cmp.Diff(words(r.Text.Body), words(withoutBlocks(string(File(r, Decisions{All: true}))))); d != "" {
			t.Errorf("%s: %s", file, d)
		}
	}
}

func words(s string) []string {
	var out []string
	for _, l := range strings.Split(s, "\n") {
		if l = strings.TrimSpace(Plain(l)); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// withoutBlocks takes the blocks and the marks of headings out of a literate file.
func withoutBlocks(s string) string {
	var out []string
	inside := false
	for _, l := range strings.Split(s, "\n") {
		switch {
		case strings.HasPrefix(l, "```"):
			inside = !inside
		case inside:
		case strings.HasPrefix(l, "#"):
			out = append(out, strings.TrimLeft(l, "# "))
		default:
			out = append(out, l)
		}
	}
	return strings.Join(out, "\n")
}

// TestFileParses holds that a text of which everything essential was found gives a convention file without error.
func TestFileParses(t *testing.T) {
	for _, name := range []string{"ctg-val-dormant.txt", "contrat-ville-port-lierre.txt", "cadre-deux-rives.txt", "ctg-trois-vallons.md", realText} {
		path := name
		if name != realText {
			path = filepath.Join("testdata", name)
		} else if _, err := os.Stat(path); err != nil {
			continue
		}
		src := File(mustRead(t, path), Decisions{All: true})
		if _, faults := convention.Parse(name, src); len(faults.Errors()) > 0 {
			t.Errorf("%s: %v", name, faults.Errors())
		}
	}
}

// TestSpans holds the invariant of the package: no fact without its words.
func TestSpans(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.txt")
	for _, file := range files {
		r := mustRead(t, file)
		for _, f := range r.Facts {
			if f.Span.Start >= f.Span.End || f.Span.End > len(r.Text.Body) || f.Confidence <= 0 || f.Confidence > 1 {
				t.Errorf("%s: %s has span %v and confidence %v", file, f.ID, f.Span, f.Confidence)
			}
			for _, x := range f.Fields {
				if x.Span.Start >= x.Span.End || strings.TrimSpace(r.Words(x.Span)) == "" {
					t.Errorf("%s: %s of %s has no words", file, x.Name, f.ID)
				}
			}
		}
	}
}

// TestNoNames holds that names of persons stay out of facts unless asked for.
func TestNoNames(t *testing.T) {
	data, err := os.ReadFile("testdata/ctg-val-dormant.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, names := range []bool{false, true} {
		r, err := Read(context.Background(), "x.txt", data, Options{Names: names})
		if err != nil {
			t.Fatal(err)
		}
		all := strings.Join(values2(r), "\n")
		for _, name := range []string{"VARENNES", "TESSANDIER", "CASTELBON", "PONTHIEU"} {
			if !names && strings.Contains(all, name) {
				t.Errorf("%s stands in a fact", name)
			}
		}
		if names && !strings.Contains(all, "CASTELBON") {
			t.Error("names were asked for and are not there")
		}
	}
}

func values2(r *Reading) []string {
	var out []string
	for _, f := range r.Facts {
		for _, x := range f.Fields {
			out = append(out, x.Value)
		}
	}
	return out
}
