// Package config holds what an installation may set, with values that work where nothing is set.
//
// It reads nothing itself: the command line (flags and environment) fills it. The invariant that it owns: the zero value
// of every field is usable.
package config

import (
	"net/url"
	"strings"
	"time"
)

// Config is the settings of a server.
type Config struct {
	// Database is the file of the embedded database, or the address of a PostgreSQL server (postgres://…).
	Database string `help:"${cli_database}" default:"entente.db" env:"ENTENTE_DATABASE" placeholder:"FILE|postgres://…"`
	// Listen is the address and port to serve on.
	Listen string `help:"${cli_listen}" default:"localhost:8080" env:"ENTENTE_LISTEN"`
	// Address is where people reach the server, as links in messages write it. Empty: http:// and Listen.
	Address string `help:"${cli_address}" env:"ENTENTE_ADDRESS" placeholder:"https://…"`
	// TrustProxy reads the address of who asks from X-Forwarded-For, as a reverse proxy before the server sets it.
	TrustProxy bool `help:"${cli_trust_proxy}" env:"ENTENTE_TRUST_PROXY"`
	// LogJSON writes the log as JSON, one entry a line, for machines.
	LogJSON bool `help:"${cli_log_json}" env:"ENTENTE_LOG_JSON"`
	// Clamd is where the virus scanner clamd listens: host:port, or the path of its socket. Empty: nothing is scanned.
	Clamd string `help:"${cli_clamd}" env:"ENTENTE_CLAMD" placeholder:"HOST:PORT|/…"`
	// Mail is how messages leave: smtp://user:password@host:587, smtps://user:password@host:465 or folder:///path. Empty: nothing leaves.
	Mail string `help:"${cli_mail}" env:"ENTENTE_MAIL" placeholder:"smtp://…|smtps://…|folder:///…"`
	// MailFrom is the sender of messages: "Entente <entente@example.fr>". Empty: see Sender.
	MailFrom string `help:"${cli_mail_from}" env:"ENTENTE_MAIL_FROM" placeholder:"Entente <entente@…>"`
	// MailDelay is how long a notification waits, so that a correction can take its place.
	MailDelay time.Duration `help:"${cli_mail_delay}" env:"ENTENTE_MAIL_DELAY" default:"2m"`
}

// Sender is who messages come from: MailFrom, else Entente at the host where people reach the server.
func (c Config) Sender() string {
	if c.MailFrom != "" {
		return c.MailFrom
	}
	host := "localhost"
	if u, err := url.Parse(c.URL("")); err == nil && u.Hostname() != "" {
		host = u.Hostname()
	}
	return "Entente <entente@" + host + ">"
}

// URL is the public address of a path of the server ("/connexion").
func (c Config) URL(path string) string {
	base := c.Address
	if base == "" {
		base = "http://" + c.Listen
	}
	return strings.TrimRight(base, "/") + path
}

// Secure tells whether people reach the server over TLS.
func (c Config) Secure() bool {
	u, err := url.Parse(c.URL(""))
	return err == nil && u.Scheme == "https"
}

// SecureCookies tells whether cookies may carry the Secure attribute, and with it the __Host- name: over TLS, and on the
// machine itself, which browsers trust.
func (c Config) SecureCookies() bool {
	u, err := url.Parse(c.URL(""))
	if err != nil {
		return false
	}
	host := u.Hostname()
	return u.Scheme == "https" || host == "localhost" || host == "127.0.0.1" || host == "::1"
}
