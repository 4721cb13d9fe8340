// Package scan has documents examined by clamd, the daemon of the ClamAV virus scanner.
//
// It opens no document itself and keeps none: it hands a content over and reads the verdict. The invariant that it owns: a
// content passes only where clamd said, in full and in time, that it found nothing.
package scan

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"entente/internal/fault"
)

// Times that clamd is given: to answer at all, and to examine a content.
const (
	PingTime = 2 * time.Second
	ScanTime = 2 * time.Minute
)

// blockSize is what is sent at once, in bytes.
const blockSize = 64 << 10

// port is where clamd listens where an address names none.
const port = "3310"

// Clamd is a daemon at an address. It is safe for concurrent use.
type Clamd struct {
	network, address string
	time             time.Duration
}

// At gives the daemon at an address: a path or "unix:" and a path for a socket of the machine, else "host:port" with or
// without "tcp://" before it. An empty address gives nil: nothing is to be scanned.
func At(address string) *Clamd {
	address = strings.TrimSpace(address)
	if address == "" {
		return nil
	}
	if path, ok := strings.CutPrefix(address, "unix:"); ok || strings.HasPrefix(address, "/") {
		return &Clamd{network: "unix", address: strings.TrimPrefix(path, "//"), time: ScanTime}
	}
	address = strings.TrimSuffix(strings.TrimPrefix(address, "tcp://"), "/")
	if _, _, err := net.SplitHostPort(address); err != nil {
		address = net.JoinHostPort(strings.Trim(address, "[]"), port)
	}
	return &Clamd{network: "tcp", address: address, time: ScanTime}
}

// Within gives the daemon with another time to examine a content.
func (c *Clamd) Within(d time.Duration) *Clamd {
	return &Clamd{network: c.network, address: c.address, time: d}
}

// Ping tells whether the daemon answers; the error is fault.Unavailable.
func (c *Clamd) Ping(ctx context.Context) error {
	said, err := c.ask(ctx, PingTime, "PING", func(io.Writer) error { return nil })
	if err == nil && said != "PONG" {
		err = fmt.Errorf("clamd answers %q to PING", said)
	}
	return unavailable(err, "scan.unavailable")
}

// Scan has a content examined, from where it stands to its end. Nil says that nothing was found. The error is fault.Invalid
// where something was, with its name, and fault.Unavailable where there is no verdict: the content must not be kept in
// either case.
func (c *Clamd) Scan(ctx context.Context, content io.Reader) error {
	said, err := c.ask(ctx, c.time, "INSTREAM", func(w io.Writer) error { return stream(w, content) })
	if err != nil {
		return unavailable(err, "scan.unavailable")
	}
	said = strings.TrimPrefix(said, "stream: ")
	if said == "OK" {
		return nil
	}
	if name, found := strings.CutSuffix(said, " FOUND"); found {
		return fault.New(fault.Invalid, "scan.found", "name", name)
	}
	return unavailable(fmt.Errorf("clamd answers %q", said), "scan.refused")
}

func unavailable(err error, key string) error {
	if err == nil {
		return nil
	}
	return &fault.Error{Kind: fault.Unavailable, Op: "scan", Message: fault.Say(key), Err: err}
}

// ask sends a command with what follows it, and reads the answer. Both begin or end with a zero byte, as clamd's manual has
// it for commands that begin with "z".
func (c *Clamd) ask(ctx context.Context, within time.Duration, command string, follow func(io.Writer) error) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	conn, err := (&net.Dialer{Timeout: PingTime}).DialContext(ctx, c.network, c.address)
	if err != nil {
		return "", err
	}
	defer conn.Close() //nolint:errcheck // the answer was read, or there is another error
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	_, err = io.WriteString(conn, "z"+command+"\x00")
	if err == nil {
		err = follow(conn)
	}
	var unread *contentError
	if errors.As(err, &unread) {
		return "", err
	}
	// A daemon that will not take more of a content closes its side and has said why: the answer tells more than the error.
	said, readErr := bufio.NewReader(io.LimitReader(conn, 4096)).ReadString(0)
	if readErr != nil {
		return "", errors.Join(err, readErr)
	}
	return strings.TrimSuffix(said, "\x00"), nil
}

// contentError says that the content itself could not be read.
type contentError struct{ err error }

// Error names the cause, for the log.
func (e *contentError) Error() string { return "reading the content to scan: " + e.err.Error() }

// Unwrap gives the cause.
func (e *contentError) Unwrap() error { return e.err }

// stream sends a content in blocks, each after its length, and a length of zero.
func stream(w io.Writer, content io.Reader) error {
	block := make([]byte, 4+blockSize)
	for {
		n, err := io.ReadFull(content, block[4:])
		if n > 0 {
			binary.BigEndian.PutUint32(block, uint32(n))
			if _, err := w.Write(block[:4+n]); err != nil {
				return err
			}
		}
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			_, err = w.Write([]byte{0, 0, 0, 0})
			return err
		case err != nil:
			return &contentError{err}
		}
	}
}
