package pdf

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

// errGone says that the browser ended, or was ended.
var errGone = errors.New("the browser is gone")

// object is what the DevTools protocol takes as parameters.
type object map[string]any

// message is what goes over the pipe, either way: JSON values ended by a zero.
type message struct {
	ID      int64           `json:"id,omitempty"`
	Session string          `json:"sessionId,omitempty"`
	Method  string          `json:"method,omitempty"`
	Params  json.RawMessage `json:"params,omitempty"`
	Result  json.RawMessage `json:"result,omitempty"`
	Error   *struct {
		Message string `json:"message"`
	} `json:"error,omitempty"`
}

type event = message

// client speaks the DevTools protocol with one browser over two pipes. Several goroutines may call it at once.
type client struct {
	in, out *os.File
	gone    chan struct{} // closed when nothing more will come
	once    sync.Once
	writing sync.Mutex // one message at a time

	mu        sync.Mutex
	last      int64
	waiting   map[int64]chan message
	listeners map[string]chan event // one a session
}

func newClient(in, out *os.File) *client {
	c := &client{in: in, out: out, gone: make(chan struct{}), waiting: map[int64]chan message{}, listeners: map[string]chan event{}}
	go c.read()
	return c
}

// hangUp ends the conversation: every call that waits, and every later one, fails with errGone.
func (c *client) hangUp() {
	c.once.Do(func() {
		close(c.gone)
		_, _ = c.in.Close(), c.out.Close()
	})
}

// maxMessage bounds what the browser may say at once, in bytes; a longer one ends it.
const maxMessage = 512 << 20

func (c *client) read() {
	defer c.hangUp()
	r := bufio.NewReaderSize(c.out, 1<<16)
	for {
		raw, err := readMessage(r)
		if err != nil {
			return
		}
		var m message
		if json.Unmarshal(raw, &m) == nil {
			c.deliver(m)
		}
	}
}

func readMessage(r *bufio.Reader) ([]byte, error) {
	var out []byte
	for {
		part, err := r.ReadSlice(0)
		out = append(out, part...)
		switch {
		case err == nil:
			return out[:len(out)-1], nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, err
		case len(out) > maxMessage:
			return nil, io.ErrShortBuffer
		}
	}
}

// deliver hands an answer to who asked, and an event to who listens. Nobody who is slow holds up the others: a listener has
// room for what one page can say, and what does not fit is lost with that page.
func (c *client) deliver(m message) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if m.ID != 0 {
		if answer := c.waiting[m.ID]; answer != nil {
			delete(c.waiting, m.ID)
			answer <- m // it has room for one
		}
		return
	}
	if l := c.listeners[m.Session]; l != nil {
		select {
		case l <- m:
		default:
		}
	}
}

// listen gives the events of a session until the function is called.
func (c *client) listen(session string) (<-chan event, func()) {
	l := make(chan event, 4096)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.listeners[session] = l
	return l, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.listeners, session)
	}
}

// call sends a command and decodes its answer into result, which may be nil.
func (c *client) call(ctx context.Context, session, method string, params object, result any) error {
	answer := make(chan message, 1)
	id := c.expect(answer)
	if err := c.write(ctx, id, session, method, params); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		c.forget(id)
		return ctx.Err()
	case <-c.gone:
		return errGone
	case m := <-answer:
		if m.Error != nil {
			return fmt.Errorf("%s: %s", method, m.Error.Message)
		}
		if result == nil {
			return nil
		}
		return json.Unmarshal(m.Result, result)
	}
}

// send sends a command whose answer nobody waits for.
func (c *client) send(ctx context.Context, session, method string, params object) error {
	return c.write(ctx, c.expect(nil), session, method, params)
}

// expect numbers a command, and says who waits for its answer.
func (c *client) expect(answer chan message) int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last++
	if answer != nil {
		c.waiting[c.last] = answer
	}
	return c.last
}

func (c *client) forget(id int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.waiting, id)
}

// write puts a command into the pipe. One that the browser does not take before ctx is over, or before it is gone, ends the
// conversation: half a command is in the way of every other.
func (c *client) write(ctx context.Context, id int64, session, method string, params object) error {
	raw, err := json.Marshal(struct {
		ID      int64  `json:"id"`
		Session string `json:"sessionId,omitempty"`
		Method  string `json:"method"`
		Params  object `json:"params,omitempty"`
	}{id, session, method, params})
	if err != nil {
		return err
	}
	c.writing.Lock()
	defer c.writing.Unlock()
	limit, bounded := ctx.Deadline()
	if !bounded {
		limit = time.Now().Add(time.Minute)
	}
	_ = c.in.SetWriteDeadline(limit) // a pipe that is closed says so when it is written to
	if _, err = c.in.Write(append(raw, 0)); err == nil {
		return nil
	}
	c.hangUp()
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return context.DeadlineExceeded
	}
	return errGone
}
