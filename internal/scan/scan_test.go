package scan_test

import (
	"bytes"
	"context"
	"errors"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"entente/internal/fault"
	"entente/internal/scan"
	"entente/internal/scan/scantest"
)

// virus is what the daemon of the test takes for a virus.
const virus = "EICAR"

func TestScan(t *testing.T) {
	d := scantest.Listen(t, "tcp", "127.0.0.1:0", virus)
	c := scan.At(d.Address)
	large := bytes.Repeat([]byte("0123456789abcdef"), 200_000)
	if err := c.Scan(t.Context(), bytes.NewReader(large)); err != nil {
		t.Errorf("a clean content: %v", err)
	}
	if got := d.Last(); !bytes.Equal(got, large) {
		t.Errorf("the daemon was given %d bytes of %d", len(got), len(large))
	}
	err := c.Scan(t.Context(), strings.NewReader("xx"+virus))
	var e *fault.Error
	if !fault.Is(err, fault.Invalid) || !errors.As(err, &e) || e.Message.Key != "scan.found" || e.Message.Args["name"] != "Test-Signature" {
		t.Errorf("a virus: %v", err)
	}
	if err := c.Ping(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestScanOverASocket(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c")
	scantest.Listen(t, "unix", path, virus)
	for _, address := range []string{path, "unix:" + path, "unix://" + path} {
		if err := scan.At(address).Scan(t.Context(), strings.NewReader("rien")); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// TestNoVerdictIsNoPass: whatever keeps the daemon from a verdict, the content does not pass.
func TestNoVerdictIsNoPass(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	gone := closed.Addr().String()
	if err := closed.Close(); err != nil {
		t.Fatal(err)
	}
	limited := scantest.Listen(t, "tcp", "127.0.0.1:0", virus)
	limited.Limit = 1000
	mute := scantest.Listen(t, "tcp", "127.0.0.1:0", virus)
	mute.Mute = true
	for name, address := range map[string]string{"nobody there": gone, "too large for it": limited.Address, "it never answers": mute.Address} {
		begin := time.Now()
		err := scan.At(address).Within(300*time.Millisecond).Scan(t.Context(), bytes.NewReader(make([]byte, 5<<20)))
		if !fault.Is(err, fault.Unavailable) || time.Since(begin) > 5*time.Second {
			t.Errorf("%s: %v after %v", name, err, time.Since(begin))
		}
	}
	clean := scantest.Listen(t, "tcp", "127.0.0.1:0", virus)
	broken := iotest.ErrReader(errors.New("the disk"))
	if err := scan.At(clean.Address).Scan(t.Context(), broken); !fault.Is(err, fault.Unavailable) {
		t.Errorf("a content that cannot be read: %v", err)
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if err := scan.At(clean.Address).Ping(over); !fault.Is(err, fault.Unavailable) {
		t.Errorf("nobody waits any more: %v", err)
	}
}

func TestNoAddressIsNoScanner(t *testing.T) {
	if scan.At("  ") != nil {
		t.Error("a scanner at no address")
	}
}
