package source

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"entente/internal/fault"

	"github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// pdfMemory bounds what the PDF engine may use, in pages of 64 KiB: 512 MiB.
const pdfMemory = 8192

// engine is the PDF engine, started by the first PDF that is read: a server that imports none pays nothing. It runs in a
// sandbox without files or network, and a cancelled reading interrupts it.
var engine = sync.OnceValues(startEngine)

func startEngine() (pdfium.Pool, error) {
	cfg := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(pdfMemory).
		WithCloseOnContextDone(true)
	if cache := compiled(); cache != nil {
		cfg = cfg.WithCompilationCache(cache)
	}
	return webassembly.Init(webassembly.Config{
		MaxTotal: 2, RuntimeConfig: cfg, FSConfig: wazero.NewFSConfig(), Stdout: io.Discard, Stderr: io.Discard,
	})
}

// compiled keeps the compiled engine between runs, where there is a folder for it: else each start takes seconds.
func compiled() wazero.CompilationCache {
	dir, err := os.UserCacheDir()
	if err != nil {
		return nil
	}
	cache, err := wazero.NewCompilationCacheWithDir(filepath.Join(dir, "entente", "pdf"))
	if err != nil {
		return nil
	}
	return cache
}

// readPDF reads the text layer of a PDF, line by line.
func readPDF(ctx context.Context, data []byte) (*raw, error) {
	pool, err := engine()
	if err != nil {
		return nil, fault.Of(fault.Unavailable, err, "start pdf engine", "")
	}
	in, err := pool.GetInstanceWithContext(ctx)
	if err != nil {
		if ctx.Err() != nil {
			return nil, late(ctx)
		}
		return nil, fault.Of(fault.Unavailable, err, "start pdf engine", "")
	}
	type result struct {
		raw *raw
		err error
	}
	done := make(chan result, 1)
	go func() {
		defer func() {
			if recover() != nil {
				done <- result{nil, fault.New(fault.Invalid, "reading.fault.broken")}
			}
		}()
		r, err := (&pdf{in: in}).read(ctx, data)
		done <- result{r, err}
	}()
	select {
	case res := <-done:
		_ = in.Close()
		return res.raw, res.err
	case <-ctx.Done():
		_ = in.Kill()
		return nil, late(ctx)
	}
}

// pdf reads one document with one instance of the engine.
type pdf struct {
	in  pdfium.Pdfium
	out raw
}

func (p *pdf) read(ctx context.Context, data []byte) (*raw, error) {
	doc, err := p.in.OpenDocument(&requests.OpenDocument{File: &data})
	if err != nil {
		return nil, pdfFault(err)
	}
	count, err := p.in.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc.Document})
	if err != nil {
		return nil, pdfFault(err)
	}
	if count.PageCount > MaxPages {
		return nil, fault.New(fault.Invalid, "reading.fault.too-many-pages", "pages", count.PageCount, "most", MaxPages)
	}
	p.out = raw{pages: count.PageCount, wrapped: true}
	for i := range count.PageCount {
		if ctx.Err() != nil {
			return nil, late(ctx)
		}
		if err := p.page(doc.Document, i); err != nil {
			return nil, pdfFault(err)
		}
		if p.out.size() > MaxText {
			return nil, fault.New(fault.Invalid, "reading.fault.too-long", "megabytes", MaxText>>20)
		}
	}
	return &p.out, p.scanned()
}

// scanned refuses a document whose pages hold pictures and hardly a word.
func (p *pdf) scanned() error {
	if letters := p.out.size(); letters < 100 || letters < 40*p.out.pages {
		return fault.New(fault.Invalid, "reading.fault.scan")
	}
	return nil
}

func pdfFault(err error) error {
	var f *fault.Error
	switch {
	case errors.As(err, &f):
		return err
	case errors.Is(err, pdferrors.ErrPassword) || errors.Is(err, pdferrors.ErrSecurity):
		return fault.New(fault.Invalid, "reading.fault.password")
	}
	return fault.New(fault.Invalid, "reading.fault.broken")
}

// page reads the lines of a page; a wider space above a line makes a gap.
func (p *pdf) page(doc references.FPDF_DOCUMENT, index int) error {
	ref := requests.Page{ByIndex: &requests.PageByIndex{Document: doc, Index: index}}
	tp, err := p.in.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: ref})
	if err != nil {
		return err
	}
	defer func() { _, _ = p.in.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: tp.TextPage}) }()
	n, err := p.in.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: tp.TextPage})
	if err != nil || n.Count == 0 {
		return err
	}
	text, err := p.in.FPDFText_GetText(&requests.FPDFText_GetText{TextPage: tp.TextPage, Count: n.Count})
	if err != nil {
		return err
	}
	lines := p.measure(tp.TextPage, text.Text)
	usual := leading(lines)
	for i, l := range lines {
		gap := i > 0 && usual > 0 && lines[i-1].top-l.top > 1.35*usual
		p.out.add(rawLine{text: l.text, page: index + 1, gap: gap})
	}
	return nil
}

type pdfLine struct {
	text string
	top  float64 // of its first letter, in points from the foot of the page
}

// measure cuts the text of a page in lines and asks where each stands.
func (p *pdf) measure(page references.FPDF_TEXTPAGE, text string) []pdfLine {
	var out []pdfLine
	at := 0
	for _, line := range strings.Split(text, "\n") {
		trimmed := strings.TrimSpace(line)
		lead := utf8.RuneCountInString(line[:len(line)-len(strings.TrimLeft(line, " \r\t"))])
		if trimmed != "" {
			l := pdfLine{text: trimmed}
			box, err := p.in.FPDFText_GetCharBox(&requests.FPDFText_GetCharBox{TextPage: page, Index: at + lead})
			if err == nil {
				l.top = box.Bottom
			}
			out = append(out, l)
		}
		at += utf8.RuneCountInString(line) + 1
	}
	return out
}

// leading is the usual distance from a line to the next.
func leading(lines []pdfLine) float64 {
	var d []float64
	for i := 1; i < len(lines); i++ {
		if x := lines[i-1].top - lines[i].top; x > 4 {
			d = append(d, x)
		}
	}
	if len(d) == 0 {
		return 0
	}
	slices.Sort(d)
	return d[len(d)/3]
}
