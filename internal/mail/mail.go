// Package mail takes letters to a mail server, or into a folder: text and HTML, one letter a person.
//
// It decides nothing and keeps nothing. The invariants that it owns: a letter goes to one address; its Message-ID is that of its
// identifier, whenever it is sent; its HTML says what its text says, loads nothing and follows nobody; a refusal for good is told
// from a failure that may pass.
package mail

import (
	"context"
	"errors"
	"fmt"
	stdmail "net/mail"
	"net/url"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Letter is what one person is sent.
type Letter struct {
	ID          string // tells the letter from any other, for good
	To          string // address
	ToName      string
	FromName    string // shown with the address of the installation; empty shows the name that it has there
	ReplyTo     string // address; empty where answers go to the sender
	Subject     string
	Text        string // lines; a blank line begins a paragraph
	Lang        string // "fr"
	Footer      string // why it was sent, below the text; may be empty
	Unsubscribe string // address where one request ends letters of its kind; empty where it asks for something to be done
	At          time.Time
	Calendar    *Calendar
	Attachments []Attachment
}

// Calendar is an event that goes with a letter: programs for calendars offer to keep it, others show a file.
type Calendar struct {
	Method string // of RFC 5546: REQUEST, CANCEL
	Data   []byte // text/calendar
}

// Attachment is a file that goes with a letter.
type Attachment struct {
	Name    string
	Type    string // "application/pdf"
	Content []byte
}

// MaxSize is how large a letter may be with its attachments, in bytes: what common servers take, less the third that encoding adds.
const MaxSize = 18 << 20

// Post takes letters away.
type Post interface {
	// Send takes one letter. It calls handing once the way is open and just before the letter leaves; from then on a program that
	// ends does not know whether the letter has. An error of handing keeps the letter back. The error of Send is a *Refusal where
	// sending it again would be refused again.
	Send(ctx context.Context, l Letter, handing func() error) error
}

// Cause is what a refusal is about.
type Cause string

// The causes.
const (
	CauseAddress Cause = "address" // nobody receives there
	CauseSize    Cause = "size"
	CauseContent Cause = "content" // the server does not want this letter, or letters from this sender
)

// Refusal says that a letter was refused for good.
type Refusal struct {
	Cause Cause
	Reply string // what the server said; empty where it was not asked
}

// Error repeats what the server said.
func (r *Refusal) Error() string {
	return strings.TrimSpace("mail refused (" + string(r.Cause) + "): " + r.Reply)
}

// ErrDoubt says that a letter was handed over, and that it is not known whether the server has taken it.
var ErrDoubt = errors.New("mail: handed over, and no answer")

// Open makes the post of an address: smtp://user:password@host:587 (STARTTLS), smtps://user:password@host:465 (TLS), or
// folder:///path, one file a letter. From is the sender: "Entente <entente@example.fr>".
func Open(address, from string) (Post, error) {
	sender, err := stdmail.ParseAddress(from)
	if err != nil {
		return nil, fmt.Errorf("the address of the sender of mail (%q): %w", from, err)
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("the address of the mail server cannot be read") // the error would repeat the password
	}
	switch u.Scheme {
	case "smtp", "smtps":
		return openSMTP(u, sender)
	case "folder":
		return openFolder(u.Path, sender)
	}
	return nil, fmt.Errorf("mail goes to smtp://, smtps:// or folder://, not to %q", u.Scheme)
}

// compose makes the message of a letter.
func compose(l Letter, sender *stdmail.Address) (*gomail.Msg, error) {
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	name := sender.Name
	if l.FromName != "" {
		name = l.FromName
	}
	if err := m.FromFormat(name, sender.Address); err != nil {
		return nil, err
	}
	if err := m.AddToFormat(l.ToName, l.To); err != nil {
		return nil, &Refusal{Cause: CauseAddress}
	}
	if l.ReplyTo != "" {
		if err := m.ReplyTo(l.ReplyTo); err != nil {
			return nil, fmt.Errorf("the address for answers: %w", err)
		}
	}
	m.Subject(strings.Join(strings.Fields(l.Subject), " "))
	m.SetDateWithValue(l.At)
	m.SetMessageIDWithValue(messageID(l.ID, sender))
	m.SetGenHeader(gomail.HeaderContentLang, l.Lang)
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	if l.Unsubscribe != "" {
		m.SetListUnsubscribe("<" + l.Unsubscribe + ">")
		m.SetListUnsubscribePost()
	}
	return m, fill(m, l)
}

// fill puts the parts into a message.
func fill(m *gomail.Msg, l Letter) error {
	text, page := plain(l), html(l)
	size := len(text) + len(page)
	m.SetBodyString(gomail.TypeTextPlain, text)
	m.AddAlternativeString(gomail.TypeTextHTML, page)
	attached := l.Attachments
	if l.Calendar != nil {
		m.AddAlternativeString(gomail.ContentType("text/calendar; method="+l.Calendar.Method), string(l.Calendar.Data))
		attached = append(attached[:len(attached):len(attached)], Attachment{Name: "reunion.ics", Type: "application/ics", Content: l.Calendar.Data})
	}
	for _, a := range attached {
		size += len(a.Content)
		if err := m.AttachReader(a.Name, strings.NewReader(string(a.Content)), gomail.WithFileContentType(gomail.ContentType(a.Type))); err != nil {
			return err
		}
	}
	if size > MaxSize {
		return &Refusal{Cause: CauseSize}
	}
	return nil
}

// messageID is the Message-ID of a letter, without its brackets.
func messageID(id string, sender *stdmail.Address) string {
	_, domain, _ := strings.Cut(sender.Address, "@")
	return id + "@" + domain
}
