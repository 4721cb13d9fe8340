package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	stdmail "net/mail"
	"net/textproto"
	"net/url"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// sendTime is how long the server may take to let a letter in, and then to take it.
const sendTime = 2 * time.Minute

// SMTP hands letters to a mail server, each over a connection of its own.
type SMTP struct {
	client *gomail.Client
	sender *stdmail.Address
}

func openSMTP(u *url.URL, sender *stdmail.Address) (*SMTP, error) {
	port := map[string]int{"smtp": 587, "smtps": 465}[u.Scheme]
	if p := u.Port(); p != "" {
		n, err := strconv.Atoi(p)
		if err != nil {
			return nil, fmt.Errorf("the port of the mail server: %q", p)
		}
		port = n
	}
	limit := sendTime
	if t := u.Query().Get("timeout"); t != "" {
		d, err := time.ParseDuration(t)
		if err != nil {
			return nil, fmt.Errorf("how long the mail server may take: %q", t)
		}
		limit = d
	}
	options := []gomail.Option{gomail.WithTimeout(limit), gomail.WithPort(port), security(u)}
	if u.User != nil {
		password, _ := u.User.Password()
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(u.User.Username()), gomail.WithPassword(password))
	}
	c, err := gomail.NewClient(u.Hostname(), options...)
	return &SMTP{client: c, sender: sender}, err
}

// security chooses how the connection is kept from being read. Without TLS it goes to the machine itself only.
func security(u *url.URL) gomail.Option {
	switch {
	case u.Scheme == "smtps":
		return gomail.WithSSL()
	case onThisMachine(u.Hostname()):
		return gomail.WithTLSPolicy(gomail.TLSOpportunistic)
	}
	return gomail.WithTLSPolicy(gomail.TLSMandatory)
}

func onThisMachine(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Trust says how the server is known; without it, by whom the system trusts.
func (s *SMTP) Trust(c *tls.Config) error { return s.client.SetTLSConfig(c) }

// Send implements Post. Where the context ends first, it is not known whether a letter that was being handed over has arrived.
func (s *SMTP) Send(ctx context.Context, l Letter, handing func() error) error {
	m, err := compose(l, s.sender)
	if err != nil {
		return err
	}
	sent := make(chan error, 1)
	go func() { sent <- s.deliver(ctx, m, l.To, handing) }()
	select {
	case err := <-sent:
		return err
	case <-ctx.Done():
		return fmt.Errorf("%w: %w", ErrDoubt, ctx.Err())
	}
}

// deliver takes a letter to the server step by step. A server takes a letter once it has read the line that ends it, and not before. The
// time in which a program that ends cannot know is from handing to the last answer: that line alone is sent in it.
func (s *SMTP) deliver(ctx context.Context, m *gomail.Msg, to string, handing func() error) error {
	c, err := s.client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return fmt.Errorf("reaching the mail server: %w", err)
	}
	if err := c.Mail(s.sender.Address); err != nil {
		return s.end(c, classify(err, CauseContent))
	}
	if err := c.Rcpt(to); err != nil {
		return s.end(c, classify(err, CauseAddress))
	}
	w, err := c.Data()
	if err != nil {
		return s.end(c, classify(err, CauseContent))
	}
	if _, err := m.WriteTo(w); err != nil {
		_ = c.Close() // ended politely, half of the letter would arrive
		return fmt.Errorf("handing over the letter: %w", err)
	}
	if err := handing(); err != nil {
		_ = c.Close()
		return err
	}
	if err := classify(w.Close(), CauseContent); err != nil {
		if !answered(err) {
			err = fmt.Errorf("%w: %w", ErrDoubt, err)
		}
		return s.end(c, err)
	}
	go func() { _ = s.end(c, nil) }() // the server has the letter: how the connection ends does not matter
	return nil
}

// end takes leave of the server.
func (s *SMTP) end(c *smtp.Client, err error) error {
	_ = s.client.CloseWithSMTPClient(c)
	return err
}

// classify makes a Refusal of what the server refuses for good. Not being let in is none: it is a fault of the installation, which may
// be mended.
func classify(err error, cause Cause) error {
	var said *textproto.Error
	if !errors.As(err, &said) || said.Code < 500 {
		return err
	}
	if said.Code == 552 || strings.HasPrefix(said.Msg, "5.3.4") || strings.HasPrefix(said.Msg, "5.2.3") || strings.HasPrefix(said.Msg, "5.2.2") {
		cause = CauseSize
	}
	return &Refusal{Cause: cause, Reply: said.Error()}
}

// answered tells whether the server said something.
func answered(err error) bool {
	var said *textproto.Error
	var refusal *Refusal
	return errors.As(err, &said) || errors.As(err, &refusal)
}
