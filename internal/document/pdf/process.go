package pdf

import (
	"context"
	"errors"
	"time"

	"entente/internal/fault"
)

// work waits for a turn, then shows the page in a tab of its own and makes something of it. A browser that dies under it, be
// it because another document made it hang, is replaced once.
func (p *Printer) work(ctx context.Context, op string, page []byte, what func(context.Context, *tab) ([]byte, error)) ([]byte, error) {
	if !p.Available() {
		return nil, fault.Wrap(fault.New(fault.Unavailable, "document.pdf.no-browser"), op, "")
	}
	if len(page) > maxPage {
		return nil, fault.Wrap(fault.New(fault.Invalid, "document.pdf.too-large"), op, "")
	}
	select {
	case p.turns <- struct{}{}:
		defer func() { <-p.turns }()
	case <-ctx.Done():
		return nil, fault.Wrap(ctx.Err(), op, "")
	}
	limited, cancel := context.WithTimeout(ctx, p.o.Timeout)
	defer cancel()
	out, err := p.once(limited, page, what)
	if errors.Is(err, errGone) && limited.Err() == nil {
		out, err = p.once(limited, page, what)
	}
	if err == nil {
		return out, nil
	}
	if ctx.Err() != nil {
		return nil, fault.Wrap(err, op, "") // who asked has left
	}
	return nil, &fault.Error{Op: op, Kind: fault.Unavailable, Message: fault.Say("document.pdf.failed"), Err: err}
}

// once does the work in the browser of now. A browser that lets the time run out is ended: the next document finds a fresh one.
func (p *Printer) once(ctx context.Context, page []byte, what func(context.Context, *tab) ([]byte, error)) ([]byte, error) {
	b, err := p.take(ctx)
	if err != nil {
		return nil, err
	}
	defer p.give(b)
	out, err := b.make(ctx, page, what)
	if errors.Is(err, context.DeadlineExceeded) {
		b.close()
	}
	return out, err
}

// make does the work in a tab. One that did it stays open for the next: to open another costs as much as to print.
func (b *browser) make(ctx context.Context, page []byte, what func(context.Context, *tab) ([]byte, error)) ([]byte, error) {
	t, err := b.tab(ctx)
	if err != nil {
		return nil, err
	}
	var out []byte
	if err = t.load(ctx, page); err == nil {
		out, err = what(ctx, t)
	}
	if err != nil || t.resized {
		t.shut()
		return out, err
	}
	b.rest.Lock()
	defer b.rest.Unlock()
	b.resting = append(b.resting, t)
	return out, nil
}

// tab is one that rests, or a new one.
func (b *browser) tab(ctx context.Context) (*tab, error) {
	b.rest.Lock()
	if n := len(b.resting); n > 0 {
		defer b.rest.Unlock()
		t := b.resting[n-1]
		b.resting = b.resting[:n-1]
		return t, nil
	}
	b.rest.Unlock()
	return b.open(ctx)
}

// errClosed says that the server stops.
var errClosed = errors.New("the printer is closed")

// take gives the browser to work with: that of now, or a new one where there is none, or it is dead or has worked enough.
func (p *Printer) take(ctx context.Context) (*browser, error) {
	p.starting.Lock()
	defer p.starting.Unlock()
	if b, err := p.fit(); b != nil || err != nil {
		return b, err
	}
	b, err := start(ctx, p.o.Path)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		b.close()
		return nil, errClosed
	}
	b.printed, b.using = 1, 1
	b.timer = time.AfterFunc(p.o.Lifetime, func() { p.retire(b) })
	p.now, p.all[b] = b, struct{}{}
	return b, nil
}

// fit is the browser of now where it can take one more document, or nil; it retires it where it cannot.
func (p *Printer) fit() (*browser, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	b := p.now
	switch {
	case p.closed:
		return nil, errClosed
	case b == nil:
		return nil, nil
	case b.dead() || b.printed >= p.o.PerProcess:
		p.leave(b)
		return nil, nil
	}
	b.printed++
	b.using++
	return b, nil
}

// retire gives a browser no more documents.
func (p *Printer) retire(b *browser) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.leave(b)
}

// give hands a browser back.
func (p *Printer) give(b *browser) {
	p.mu.Lock()
	defer p.mu.Unlock()
	b.using--
	if b.retired || b.dead() {
		p.leave(b)
	}
}

// leave lets a browser go, and ends it when nobody works with it any more. The lock is held.
func (p *Printer) leave(b *browser) {
	b.retired = true
	if p.now == b {
		p.now = nil
	}
	if b.using == 0 {
		b.timer.Stop()
		b.close()
		delete(p.all, b)
	}
}

// dead tells that the conversation is over.
func (c *client) dead() bool {
	select {
	case <-c.gone:
		return true
	default:
		return false
	}
}
