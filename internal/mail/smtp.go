package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	stdmail "net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
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
	go func() { sent <- s.deliver(ctx, m, handing) }()
	select {
	case err := <-sent:
		return err
	case <-ctx.Done():
		return fmt.Errorf("%w: %w", ErrDoubt, ctx.Err())
	}
}

// deliver hands a letter over on a connection that is open already. A letter must not be broken off while its content is
// written: the library would end it politely, and half of it would arrive. So handing comes before the first command.
func (s *SMTP) deliver(ctx context.Context, m *gomail.Msg, handing func() error) error {
	c, err := s.client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return fmt.Errorf("reaching the mail server: %w", err)
	}
	defer s.client.CloseWithSMTPClient(c) //nolint:errcheck // whatever comes of it, the server has the letter or has not
	if err = handing(); err != nil {
		return err
	}
	err = s.client.SendWithSMTPClient(c, m)
	if m.IsDelivered() {
		return nil
	}
	return classify(err)
}

// classify tells a refusal for good from what may pass, and both from silence after the last word. Not being let in is a fault of the installation, which may be mended.
func classify(err error) error {
	var sent *gomail.SendError
	switch {
	case !errors.As(err, &sent):
		return err
	case sent.ErrorCode() == 0 && (sent.Reason == gomail.ErrSMTPDataClose || sent.Reason == gomail.ErrWriteContent):
		return fmt.Errorf("%w: %w", ErrDoubt, err)
	case sent.ErrorCode() < 500:
		return err
	}
	said, _, _ := strings.Cut(sent.Error(), ", affected")
	r := &Refusal{Cause: CauseContent, Reply: strings.TrimSpace(strings.TrimPrefix(said, sent.Reason.String()+":"))}
	switch {
	case sent.ErrorCode() == 552 || sent.EnhancedStatusCode() == "5.3.4" || sent.EnhancedStatusCode() == "5.2.3":
		r.Cause = CauseSize
	case sent.Reason == gomail.ErrSMTPRcptTo:
		r.Cause = CauseAddress
	}
	return r
}
