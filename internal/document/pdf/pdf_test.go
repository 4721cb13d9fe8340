package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"entente/internal/document"
	"entente/internal/fault"
)

// skipping skips the test for want of a program; in continuous integration it fails.
func skipping(t testing.TB, missing string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal("in continuous integration nothing may be skipped: " + missing)
	}
	t.Skip(missing)
}

func printer(t testing.TB, o Options) *Printer {
	t.Helper()
	p := New(o)
	if !p.Available() {
		skipping(t, "no Chromium, Chrome or Edge is installed (Debian package chromium)")
	}
	t.Cleanup(func() { _ = p.Close() })
	return p
}

// common is the printer of the tests that leave it as they found it.
var common = sync.OnceValue(func() *Printer { return New(Options{Timeout: 2 * 2 * time.Minute}) })

func TestMain(m *testing.M) {
	code := m.Run()
	_ = common().Close() // the tests are over
	os.Exit(code)
}

func shared(t testing.TB) *Printer {
	t.Helper()
	if !common().Available() {
		skipping(t, "no Chromium, Chrome or Edge is installed (Debian package chromium)")
	}
	return common()
}

// minutes is a document of n items, as long as minutes are.
func minutes(n int) *document.Document {
	d := &document.Document{
		Title: "Compte rendu du comité opérationnel", Subtitle: "Mardi 8 décembre 2026", Lang: "fr", Footer: "Document d’essai", Contents: true,
		Letterhead: document.Letterhead{Name: "Convention d’exemple", Lines: []string{"4 place du Vieux-Lavoir"}},
		Words:      document.Words{Page: "Page", Of: "sur", Contents: "Sommaire"},
		Body: []document.Block{document.Table{Caption: "Présences", RowHeaders: true, Columns: []document.Column{{Title: "Institution", Width: 2}, {Title: "Sièges", Number: true}},
			Rows: [][]document.Text{{document.T("L’Agence"), document.T("3")}}}},
	}
	for i := range n {
		d.Body = append(d.Body, document.Heading{Level: 1, Text: fmt.Sprintf("Point %d de l’ordre du jour", i+1)},
			document.P(strings.Repeat("Le comité entend le rapport et en débat. ", 25)),
			document.List{Ordered: true, Items: []document.Item{{Text: document.T("une suite")}, {Text: document.T("une autre")}}},
			document.Heading{Level: 2, Text: "Décision"}, document.Paragraph{Text: document.B("Le comité approuve."), Style: document.Quote})
	}
	d.Body = append(d.Body, document.Figure{SVG: bars, Alt: "Deux barres", Width: 80})
	return d
}

const bars = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><rect x="10" y="50" width="40" height="50" fill="#1f4e5f"/><rect x="80" y="0" width="40" height="100" fill="#7a2e1d"/></svg>`

// poppler runs one of its programs on a file and gives what it says.
func poppler(t *testing.T, file string, program string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		skipping(t, "poppler is not installed (Debian package poppler-utils)")
	}
	args = append(args, file)
	if program == "pdftotext" {
		args = append(args, "-")
	}
	out, err := exec.Command(path, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v: %s", program, err, out)
	}
	return string(out)
}

func printed(t testing.TB, p *Printer, d *document.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := p.Print(t.Context(), &b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestAccessible: what poppler reads back has the tags, the title, the language, the bookmarks, the words and the pages.
func TestAccessible(t *testing.T) {
	p := shared(t)
	out := printed(t, p, minutes(6))
	file := filepath.Join(t.TempDir(), "d.pdf")
	if err := os.WriteFile(file, out, 0o600); err != nil {
		t.Fatal(err)
	}
	contains(t, "pdfinfo", poppler(t, file, "pdfinfo"), "Title:           Compte rendu du comité opérationnel", "Tagged:          yes", "A4")
	contains(t, "its structure", poppler(t, file, "pdfinfo", "-struct-text"), "H1 (block)", "H2 (block)", "H3 (block)", "Table (block)", "Caption", "/Scope /Column", "/Scope /Row", "L (block)", "/ListNumbering /Dec", "Figure", "BlockQuote",
		`"Compte rendu du comité opérationnel"`)
	contains(t, "its text", poppler(t, file, "pdftotext", "-layout"), "Convention d’exemple", "Page 1 sur ", "Page 2 sur ", "Document d’essai", "Point 6 de l’ordre du jour")
	raw := string(out)
	contains(t, "the file", raw, "/Lang (fr", "/Alt (Deux barres)", "/Outlines", "/MarkInfo")
	if marks := strings.Count(raw, "/Dest ["); marks < 14 {
		t.Errorf("%d bookmarks for 14 headings", marks)
	}
}

func contains(t *testing.T, what, got string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(got, want) {
			t.Errorf("%s lacks %q: %.4000s", what, want, got)
		}
	}
}

// TestNoNetwork: whatever a page asks for, no request leaves the browser; what the page carries is shown all the same.
func TestNoNetwork(t *testing.T) {
	p := shared(t)
	var hits atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits.Add(1) }))
	defer s.Close()
	local := strings.Replace(s.URL, "127.0.0.1", "localhost", 1)
	page := fmt.Sprintf(`<!DOCTYPE html><html lang="fr"><head><title>T</title>
<link rel="stylesheet" href="%[1]s/a.css"><link rel="preconnect" href="%[1]s"><link rel="dns-prefetch" href="//exemple.fr"><style>@import url("%[1]s/b.css"); body{background:url(%[2]s/c.png)} @font-face{font-family:f;src:url(%[1]s/f.woff)} p{font-family:f}</style>
<meta http-equiv="refresh" content="0; url=%[1]s/moved"><script src="%[1]s/x.js"></script><script>document.write("<p>script ran</p>"); fetch("%[1]s/fetch"); new Image().src="%[2]s/i"</script></head>
<body><p>Les mots</p><img src="%[1]s/d.png"><img src="%[2]s/e.png"><img src="https://exemple.fr/f.png"><img src="file:///etc/hostname"><iframe src="%[1]s/frame"></iframe><object data="%[1]s/o"></object><video src="%[1]s/v"></video>
<img src="data:image/svg+xml,%%3Csvg xmlns='http://www.w3.org/2000/svg'%%3E%%3Cimage href='%[1]s/in.png'/%%3E%%3C/svg%%3E"></body></html>`, s.URL, local)
	out, err := p.HTML(t.Context(), []byte(page))
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(300 * time.Millisecond) // a refresh would have left by now
	if n := hits.Load(); n != 0 {
		t.Errorf("%d requests reached the server", n)
	}
	file := filepath.Join(t.TempDir(), "d.pdf")
	if err := os.WriteFile(file, out, 0o600); err != nil {
		t.Fatal(err)
	}
	words := poppler(t, file, "pdftotext")
	contains(t, "the page", words, "Les mots")
	if strings.Contains(words, "script ran") {
		t.Error("a script ran")
	}
}

// TestProxyAlone: were the page let through, the browser itself would still reach nothing.
func TestProxyAlone(t *testing.T) {
	p := shared(t)
	var hits atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits.Add(1) }))
	defer s.Close()
	b, err := p.take(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer p.give(b)
	tab, err := b.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer tab.shut()
	if err := tab.do(t.Context(), "Fetch.disable", nil, nil); err != nil {
		t.Fatal(err)
	}
	for _, url := range []string{s.URL, strings.Replace(s.URL, "127.0.0.1", "localhost", 1)} {
		var out struct{ ErrorText string }
		if err := tab.do(t.Context(), "Page.navigate", object{"url": url}, &out); err != nil || out.ErrorText == "" {
			t.Errorf("%s was not refused: %v", url, err)
		}
	}
	if hits.Load() != 0 {
		t.Error("a request reached the server")
	}
}

// pid is the process that prints now.
func (p *Printer) pid(t *testing.T) int {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.now == nil {
		t.Fatal("no browser runs")
	}
	return p.now.cmd.Process.Pid
}

// TestHang: a browser that answers no more fails the document in time, and the next one is made.
func TestHang(t *testing.T) {
	p := printer(t, Options{Timeout: 2 * time.Minute})
	printed(t, p, minutes(1))
	pid := p.pid(t)
	if err := syscall.Kill(pid, syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	p.o.Timeout = time.Second
	begun := time.Now()
	err := p.Print(t.Context(), &bytes.Buffer{}, minutes(400)) // more than the pipe holds
	if fault.KindOf(err) != fault.Unavailable {
		t.Errorf("the fault is %v", err)
	}
	if took := time.Since(begun); took > 10*time.Second {
		t.Errorf("it took %s", took)
	}
	p.o.Timeout = 2 * time.Minute
	printed(t, p, minutes(1))
	if p.pid(t) == pid {
		t.Error("the hung process was kept")
	}
}

// TestCrash: a browser that is killed between two documents, or under them, costs no document.
func TestCrash(t *testing.T) {
	p := printer(t, Options{Timeout: 2 * time.Minute})
	printed(t, p, minutes(1))
	first := p.pid(t)
	if err := syscall.Kill(first, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	printed(t, p, minutes(1))
	second := p.pid(t)
	go func() { time.Sleep(150 * time.Millisecond); _ = syscall.Kill(second, syscall.SIGKILL) }()
	printed(t, p, minutes(200))
	if third := p.pid(t); third == second {
		t.Skip("it was printed before the browser could be killed")
	}
}

// TestEightAtOnce: they wait for each other and all are made, while the browser is recycled under them.
func TestEightAtOnce(t *testing.T) {
	p := printer(t, Options{PerProcess: 3, Timeout: 2 * time.Minute})
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			var b bytes.Buffer
			if err := p.Print(t.Context(), &b, minutes(i+1)); err != nil || !bytes.HasPrefix(b.Bytes(), []byte("%PDF-")) {
				t.Errorf("document %d: %v", i, err)
			}
		})
	}
	wait.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.all) > 1 {
		t.Errorf("%d browsers are left", len(p.all))
	}
}

// TestCloses: nothing of the browser stays, and nothing is printed any more.
func TestCloses(t *testing.T) {
	p := printer(t, Options{Timeout: 2 * time.Minute})
	printed(t, p, minutes(1))
	pid, profile := p.pid(t), p.now.profile
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(5 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		_, err := os.Stat(profile)
		if errors.Is(err, os.ErrNotExist) && syscall.Kill(pid, 0) != nil {
			break
		}
		if time.Now().After(end) {
			t.Fatal("the process or its folder is left")
		}
	}
	if err := p.Print(t.Context(), &bytes.Buffer{}, minutes(1)); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("a closed printer: %v", err)
	}
}

// TestLifetime: a browser that is old ends by itself, and the next document starts another.
func TestLifetime(t *testing.T) {
	p := printer(t, Options{Lifetime: 500 * time.Millisecond, Timeout: 2 * time.Minute})
	printed(t, p, minutes(1))
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		p.mu.Lock()
		left := len(p.all)
		p.mu.Unlock()
		if left == 0 {
			printed(t, p, minutes(1))
			return
		}
	}
	t.Error("the old browser still runs")
}

// TestNoBrowser: the fault says it, and nothing is tried.
func TestNoBrowser(t *testing.T) {
	p := New(Options{Path: filepath.Join(t.TempDir(), "none")})
	p.o.Path = ""
	var nobody *Printer
	if p.Available() || nobody.Available() {
		t.Error("it is available")
	}
	err := p.Print(t.Context(), &bytes.Buffer{}, minutes(1))
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.Unavailable || f.Message.Key != "document.pdf.no-browser" {
		t.Errorf("the fault is %v", err)
	}
	p.o.Path = "/does/not/exist"
	if err := p.Print(t.Context(), &bytes.Buffer{}, minutes(1)); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("the fault is %v", err)
	}
}

// TestWhoLeaves: who does not wait any more gets an error of theirs, and the browser goes on.
func TestWhoLeaves(t *testing.T) {
	p := shared(t)
	printed(t, p, minutes(1))
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if err := p.Print(ctx, &bytes.Buffer{}, minutes(50)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the error is %v", err)
	}
	printed(t, p, minutes(1))
}

func TestPNG(t *testing.T) {
	p := shared(t)
	out, err := p.PNG(t.Context(), bars, 640)
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	if size := picture.Bounds().Size(); size.X != 640 || size.Y != 320 {
		t.Errorf("the picture is %v", size)
	}
	if r, g, b, _ := picture.At(320, 100).RGBA(); r>>8 != 0x7a || g>>8 != 0x2e || b>>8 != 0x1d {
		t.Errorf("the second bar is %x %x %x", r>>8, g>>8, b>>8)
	}
	for _, bad := range []string{"<svg", "", "no picture"} {
		if _, err := p.PNG(t.Context(), bad, 100); err == nil {
			t.Errorf("%q is no picture and gave one", bad)
		}
	}
}

func BenchmarkMinutesOf20Items(b *testing.B) {
	p := shared(b)
	d := minutes(20)
	printed(b, p, d)
	for b.Loop() {
		printed(b, p, d)
	}
}
