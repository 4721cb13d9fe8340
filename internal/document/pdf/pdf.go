// Package pdf makes PDF files of documents, and PNG pictures of charts, with an installed Chromium, Chrome or Edge.
//
// It is an edge: it runs another program, keeps one process of it, and speaks to it over a pipe. The invariants that it owns: a
// page that is printed reaches no network, neither that of the machine nor the outside, and runs no script; printing ends in
// bounded time, whatever the browser does; a browser that hangs or dies is replaced and takes nothing else with it. A PDF is
// tagged, and has the title, the language and the bookmarks of its document.
package pdf

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"entente/internal/document"
	"entente/internal/fault"
)

// Options bound a Printer. The zero value of each reads as what its line says.
type Options struct {
	Path       string        // of the browser; empty: the one that BrowserPath finds
	Timeout    time.Duration // for one document, its wait for a turn apart; 20 s
	AtOnce     int           // documents in the works at once, the others wait; 2
	PerProcess int           // documents that one process makes before another takes its place; 200
	Lifetime   time.Duration // after which another process takes its place; 30 min
}

// Printer makes PDF files. It starts a browser when one is first needed and keeps it. It may be used by several goroutines.
// Close it at the end.
type Printer struct {
	o     Options
	turns chan struct{}

	starting sync.Mutex // one start at a time
	mu       sync.Mutex
	now      *browser // nil until needed, and after one died
	all      map[*browser]struct{}
	closed   bool
}

// New makes a printer; it starts no process yet.
func New(o Options) *Printer {
	if o.Path == "" {
		o.Path = BrowserPath()
	}
	if o.Timeout <= 0 {
		o.Timeout = 20 * time.Second
	}
	if o.AtOnce <= 0 {
		o.AtOnce = 2
	}
	if o.PerProcess <= 0 {
		o.PerProcess = 200
	}
	if o.Lifetime <= 0 {
		o.Lifetime = 30 * time.Minute
	}
	leftovers(time.Now().Add(-24 * time.Hour))
	return &Printer{o: o, turns: make(chan struct{}, o.AtOnce), all: map[*browser]struct{}{}}
}

// Available tells whether a browser is installed. Where none is, pages offer what the browser of the reader prints.
func (p *Printer) Available() bool { return p != nil && supported && p.o.Path != "" }

// Close ends the browser, and what it was printing.
func (p *Printer) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed, p.now = true, nil
	for b := range p.all {
		b.close()
	}
	clear(p.all)
	return nil
}

// maxPage bounds a page to print, in bytes.
const maxPage = 64 << 20

// Print writes the document as a PDF. Without a browser, with one that fails twice, or past the limit of time, it fails with
// a fault of kind Unavailable; nothing is written then.
func (p *Printer) Print(ctx context.Context, w io.Writer, d *document.Document) error {
	var page bytes.Buffer
	if err := document.WriteHTML(&page, d); err != nil {
		return fault.Wrap(err, "pdf.Print", d.Title)
	}
	out, err := p.HTML(ctx, page.Bytes())
	if err != nil {
		return err
	}
	_, err = w.Write(out)
	return fault.Wrap(err, "pdf.Print", d.Title)
}

// HTML makes a PDF of a page that carries everything it shows. It fails as Print does.
func (p *Printer) HTML(ctx context.Context, page []byte) ([]byte, error) {
	return p.work(ctx, "pdf.HTML", page, toPDF)
}

// PNG makes a picture of an SVG, widthPx pixels wide and as high as its shape asks. It fails as Print does, and where the SVG
// is none.
func (p *Printer) PNG(ctx context.Context, svg string, widthPx int) ([]byte, error) {
	if widthPx < 1 || widthPx > 8000 {
		return nil, fault.Wrap(fmt.Errorf("a picture of %d pixels", widthPx), "pdf.PNG", "")
	}
	if err := wellFormed(svg); err != nil {
		return nil, fault.Wrap(err, "pdf.PNG", "")
	}
	page := fmt.Sprintf(`<!DOCTYPE html><html lang="zxx"><title>-</title><style>body{margin:0;background:#fff}img{display:block;width:%dpx}</style><img alt="" src="data:image/svg+xml;base64,%s">`,
		widthPx, base64.StdEncoding.EncodeToString([]byte(svg)))
	return p.work(ctx, "pdf.PNG", []byte(page), func(ctx context.Context, t *tab) ([]byte, error) { return toPNG(ctx, t, widthPx) })
}

// wellFormed refuses what a browser would show as a broken picture.
func wellFormed(svg string) error {
	root := ""
	for d := xml.NewDecoder(strings.NewReader(svg)); ; {
		token, err := d.Token()
		switch {
		case errors.Is(err, io.EOF) && root == "svg":
			return nil
		case errors.Is(err, io.EOF):
			return errors.New("it is no SVG")
		case err != nil:
			return err
		}
		if start, ok := token.(xml.StartElement); ok && root == "" {
			root = start.Name.Local
		}
	}
}

// toPDF prints what the page shows.
func toPDF(ctx context.Context, t *tab) ([]byte, error) {
	var out struct{ Data []byte }
	err := t.do(ctx, "Page.printToPDF", object{"preferCSSPageSize": true, "printBackground": true, "generateTaggedPDF": true, "generateDocumentOutline": true}, &out)
	return out.Data, err
}

// toPNG takes a picture of all that the page shows.
func toPNG(ctx context.Context, t *tab, width int) ([]byte, error) {
	t.resized = true
	size := func(height int) error {
		return t.do(ctx, "Emulation.setDeviceMetricsOverride", object{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false}, nil)
	}
	if err := size(1); err != nil {
		return nil, err
	}
	var is struct{ CSSContentSize struct{ Height float64 } }
	if err := t.do(ctx, "Page.getLayoutMetrics", nil, &is); err != nil {
		return nil, err
	}
	height := min(max(int(is.CSSContentSize.Height+0.5), 1), 16000)
	if err := size(height); err != nil {
		return nil, err
	}
	var out struct{ Data []byte }
	err := t.do(ctx, "Page.captureScreenshot", object{"format": "png", "captureBeyondViewport": true,
		"clip": object{"x": 0, "y": 0, "width": width, "height": height, "scale": 1}}, &out)
	return out.Data, err
}
