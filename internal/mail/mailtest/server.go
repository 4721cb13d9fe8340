// Package mailtest is a real mail server for tests: it listens on this machine, speaks SMTP with STARTTLS and authentication,
// keeps what it is sent, and refuses what it is told to.
package mailtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"math/big"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// The one account of the server.
const (
	User     = "entente"
	Password = "secret of the tests"
)

// Server is a mail server. Its fields other than Reply and Delay are set before Start.
type Server struct {
	TLS   bool // TLS from the first byte, instead of STARTTLS
	Plain bool // no TLS at all
	Open  bool // takes letters from anybody

	// Reply decides about each recipient; nil takes all. An error of package smtp carries the code.
	Reply func(to string) error
	// Delay is how long the server takes to answer to a letter.
	Delay time.Duration

	Addr   string      // where it listens
	Client *tls.Config // with which it is trusted

	mu  sync.Mutex
	got []Delivery
}

// Delivery is one letter that the server has accepted.
type Delivery struct {
	From, To string // of the envelope
	ID       string // Message-ID
	Data     []byte
	TLS      bool
}

// Message parses the letter.
func (d Delivery) Message() (*mail.Message, error) {
	return mail.ReadMessage(strings.NewReader(string(d.Data)))
}

// Start serves until the test ends.
func (s *Server) Start(t testing.TB) *Server {
	t.Helper()
	server := smtp.NewServer(s)
	server.Domain, server.MaxMessageBytes, server.ErrorLog = "localhost", 40<<20, silent{}
	server.AllowInsecureAuth = s.Plain
	certificate, pool := certificate(t)
	s.Client = &tls.Config{RootCAs: pool, ServerName: "localhost", MinVersion: tls.VersionTLS12}
	config := &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.Addr = listener.Addr().String()
	switch {
	case s.TLS:
		listener = tls.NewListener(listener, config)
	case !s.Plain:
		server.TLSConfig = config
	}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return s
}

// silent drops what the server would say of broken connections.
type silent struct{}

func (silent) Printf(string, ...any) {}
func (silent) Println(...any)        {}

// Deliveries are the letters accepted so far.
func (s *Server) Deliveries() []Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Delivery(nil), s.got...)
}

// NewSession implements smtp.Backend.
func (s *Server) NewSession(c *smtp.Conn) (smtp.Session, error) {
	return &session{server: s, conn: c}, nil
}

type session struct {
	server   *Server
	conn     *smtp.Conn
	known    bool
	from, to string
}

func (x *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (x *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != User || password != Password {
			return smtp.ErrAuthFailed
		}
		x.known = true
		return nil
	}), nil
}

func (x *session) Mail(from string, _ *smtp.MailOptions) error {
	if !x.known && !x.server.Open {
		return smtp.ErrAuthRequired
	}
	x.from = from
	return nil
}

func (x *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	x.to = to
	if x.server.Reply != nil {
		return x.server.Reply(to)
	}
	return nil
}

func (x *session) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	m, err := mail.ReadMessage(strings.NewReader(string(data)))
	if err != nil {
		return errors.Join(err, smtp.ErrDataReset)
	}
	time.Sleep(x.server.Delay)
	_, encrypted := x.conn.TLSConnectionState()
	x.server.mu.Lock()
	defer x.server.mu.Unlock()
	x.server.got = append(x.server.got, Delivery{From: x.from, To: x.to, ID: m.Header.Get("Message-ID"), Data: data, TLS: encrypted || x.server.TLS})
	return nil
}

func (x *session) Reset() {}

func (x *session) Logout() error { return nil }

// certificate makes one for this machine, and the pool that trusts it.
func certificate(t testing.TB) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "localhost"}, DNSNames: []string{"localhost"},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour), IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}
