package web

import (
	"context"
	"errors"
	"sync"
	"time"

	"entente/internal/fault"
	"entente/internal/reading"
)

// Bounds of the reading of signed texts. To read takes a processor and much memory, so that few may be read at once;
// whoever comes meanwhile waits a little, then is asked to come again.
const (
	readAtOnce   = 2
	readWait     = 5 * time.Second
	readTime     = 40 * time.Second // less than the server gives a request
	keptReadings = 8                // in memory, some megabytes each
)

// readingDesk reads signed texts, few at a time, and remembers the last ones by their digest, so that a decision about a
// fact does not read a PDF again. What it gives is shared: nobody may change it. It is safe for concurrent use.
type readingDesk struct {
	slots chan struct{}
	wait  time.Duration // for a place
	limit time.Duration // for one text

	mu    sync.Mutex
	known map[string]*reading.Reading
	order []string // by use, the latest last
}

func newReadingDesk() *readingDesk {
	return &readingDesk{slots: make(chan struct{}, readAtOnce), wait: readWait, limit: readTime, known: map[string]*reading.Reading{}}
}

// read gives the reading of a text, from memory where it was read before; data gives the file where it was not. The key
// names the text and how it is read.
func (d *readingDesk) read(ctx context.Context, key, name string, opts reading.Options, data func() ([]byte, error)) (*reading.Reading, error) {
	if r := d.recall(key); r != nil {
		return r, nil
	}
	if err := d.enter(ctx); err != nil {
		return nil, err
	}
	defer func() { <-d.slots }()
	if r := d.recall(key); r != nil { // another request has read it meanwhile
		return r, nil
	}
	content, err := data()
	if err != nil {
		return nil, err
	}
	limited, cancel := context.WithTimeout(ctx, d.limit)
	defer cancel()
	r, err := reading.Read(limited, name, content, opts)
	switch {
	case errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil:
		return nil, fault.New(fault.Invalid, "reading.fault.too-slow")
	case err != nil:
		return nil, err
	}
	d.keep(key, r)
	return r, nil
}

// enter takes a place, and gives up after a while.
func (d *readingDesk) enter(ctx context.Context) error {
	patience := time.NewTimer(d.wait)
	defer patience.Stop()
	select {
	case d.slots <- struct{}{}:
		return nil
	case <-patience.C:
		return fault.New(fault.Unavailable, "reading-page.busy")
	case <-ctx.Done():
		return ctx.Err()
	}
}

// recall gives a reading that is remembered, and makes it the last to be forgotten.
func (d *readingDesk) recall(key string) *reading.Reading {
	d.mu.Lock()
	defer d.mu.Unlock()
	r := d.known[key]
	if r != nil {
		d.touch(key)
	}
	return r
}

func (d *readingDesk) keep(key string, r *reading.Reading) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.known[key] = r
	d.touch(key)
	if len(d.order) > keptReadings {
		delete(d.known, d.order[0])
		d.order = d.order[1:]
	}
}

// touch puts a key last. The lock is held.
func (d *readingDesk) touch(key string) {
	order := make([]string, 0, len(d.order)+1)
	for _, k := range d.order {
		if k != key {
			order = append(order, k)
		}
	}
	d.order = append(order, key)
}
