// Package scantest is a clamd for tests: it speaks the protocol of the daemon and knows one virus.
//
// It is imported by tests only.
package scantest

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"net"
	"sync"
	"testing"
)

// Daemon is a running daemon. Limit and Mute are set before it is asked anything.
type Daemon struct {
	Address string
	Limit   int  // size of a content, in bytes, above which it refuses; 0 for none
	Mute    bool // it takes everything and never answers

	virus []byte
	mu    sync.Mutex
	last  []byte
}

// Listen starts a daemon that ends with the test; a content that has virus in it is found.
func Listen(t testing.TB, network, address, virus string) *Daemon {
	t.Helper()
	l, err := net.Listen(network, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	d := &Daemon{Address: l.Addr().String(), virus: []byte(virus)}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go d.serve(conn)
		}
	}()
	return d
}

// Last is the last content that the daemon examined.
func (d *Daemon) Last() []byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.last
}

func (d *Daemon) serve(conn net.Conn) {
	defer conn.Close() //nolint:errcheck // the test is over
	r := bufio.NewReader(conn)
	command, err := r.ReadString(0)
	if err != nil {
		return
	}
	said := "UNKNOWN COMMAND"
	switch command {
	case "zPING\x00":
		said = "PONG"
	case "zINSTREAM\x00":
		said = d.examine(r)
	}
	if d.Mute {
		_, _ = io.Copy(io.Discard, r)
		return
	}
	_, _ = io.WriteString(conn, said+"\x00")
}

func (d *Daemon) examine(r io.Reader) string {
	var content bytes.Buffer
	for {
		var length uint32
		if err := binary.Read(r, binary.BigEndian, &length); err != nil {
			return "INSTREAM: read error. ERROR"
		}
		if length == 0 {
			break
		}
		if _, err := io.CopyN(&content, r, int64(length)); err != nil {
			return "INSTREAM: read error. ERROR"
		}
		if d.Limit > 0 && content.Len() > d.Limit {
			return "INSTREAM size limit exceeded. ERROR"
		}
	}
	d.mu.Lock()
	d.last = bytes.Clone(content.Bytes())
	d.mu.Unlock()
	if bytes.Contains(content.Bytes(), d.virus) {
		return "stream: Test-Signature FOUND"
	}
	return "stream: OK"
}
