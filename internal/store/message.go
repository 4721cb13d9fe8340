package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"slices"
	"strconv"

	"entente/internal/fault"
	"entente/internal/governance"
)

// What was written is not changed any more; how far a message has come is. The journal tells that one was written, to whom and about
// what, and what came of it: neither the address, nor the text, which holds a personal link, nor what the mail server said.
var messages = aggregate[governance.Message]{
	subject: "message",
	table:   "message",
	columns: "kind, about, person_id, email, title, body, at, state, link_id, author, sent_at, error, reply",
	ident:   func(m *governance.Message) (*string, *int64) { return &m.ID, &m.Version },
	fields: func(m *governance.Message) []any {
		return []any{&m.Kind, &m.Subject, &m.Person, unsaid{&m.Email}, &m.Title, unsaid{&m.Body}, &m.At,
			&m.State, unsaid{&m.Link}, unsaid{&m.Author}, optionalTime{&m.Sent}, &m.Reason, unsaid{&m.Reply}}
	},
	label: func(_ context.Context, _ *ledger, m governance.Message) (string, error) { return m.Title, nil },
	check: func(context.Context, *ledger, governance.Message) error { return nil },
}

// MessagesAbout lists what was written about a thing, oldest first.
func (sp *Space) MessagesAbout(ctx context.Context, subject string) ([]governance.Message, error) {
	return messages.find(ctx, sp, "AND about = $2 ORDER BY at, id", subject)
}

// unsaid is a text that the journal does not repeat.
type unsaid struct{ s *string }

// Scan reads the text.
func (u unsaid) Scan(v any) error {
	var n sql.NullString
	err := n.Scan(v)
	*u.s = n.String
	return err
}

// Value writes the text.
func (u unsaid) Value() (driver.Value, error) { return *u.s, nil }

// MarshalJSON says nothing.
func (u unsaid) MarshalJSON() ([]byte, error) { return []byte("null"), nil }

// CreateMessage puts a message into the outbox, dated now, and asks for its sending where mail leaves (see DeliverMail). One to
// somebody who is not in the directory, or whose data were erased, is a fault of the field "person". One that still waits, of the same
// kind and about the same thing for the same person, is replaced.
func (sp *Space) CreateMessage(ctx context.Context, by Actor, m governance.Message) (governance.Message, error) {
	m.At, m.Author = sp.store.now(), by.Account
	err := sp.change(ctx, func(l *ledger) error {
		if err := checkPersonExists(ctx, l, m.Person); err != nil {
			return err
		}
		if err := sp.store.address(ctx, l, &m); err != nil {
			return err
		}
		if m.State == governance.MessageWaiting && m.Kind != governance.MessageDigest { // a digest holds news that are in no other
			if err := l.replace(ctx, by, m); err != nil {
				return err
			}
		}
		if err := messages.add(ctx, l, by, &m); err != nil {
			return err
		}
		return sp.store.post(ctx, l, m, sp.store.mailDelay())
	})
	return m, fault.Wrap(err, "store.message.create", m.Subject)
}

// Message reads one message.
func (sp *Space) Message(ctx context.Context, id string) (governance.Message, error) {
	return messages.get(ctx, sp.q(), sp.id, id)
}

// UndecidedMessages counts those of which somebody has to decide whether they are sent once more.
func (sp *Space) UndecidedMessages(ctx context.Context) (n int, err error) {
	err = sp.q().QueryRow(ctx, `SELECT count(*) FROM message WHERE space_id = $1 AND state IN ('refused', 'unknown')`, sp.id).Scan(&n)
	return n, fault.Wrap(err, "store.messages.undecided", "")
}

// MessageFilter chooses messages; empty fields choose all.
type MessageFilter struct {
	Kind    governance.MessageKind
	State   governance.MessageState
	Subject string

	Undecided bool // only those of which somebody has to decide whether they are sent once more
	Paging
}

// Messages lists the outbox, newest first. Cursors are identifiers: those sort by the time of their making.
func (sp *Space) Messages(ctx context.Context, f MessageFilter) (Page[governance.Message], error) {
	var c conditions
	c.addIf("kind = ?", string(f.Kind))
	c.addIf("state = ?", string(f.State))
	c.addIf("about = ?", f.Subject)
	if f.Undecided {
		c.text.WriteString(" AND state IN ('refused', 'unknown')")
	}
	var page Page[governance.Message]
	if err := sp.q().QueryRow(ctx, "SELECT count(*) FROM message WHERE space_id = $1"+c.text.String(), append([]any{sp.id}, c.args...)...).Scan(&page.Total); err != nil {
		return page, fault.Wrap(err, "store.messages", "")
	}
	order := " ORDER BY id DESC"
	switch {
	case f.Before != "":
		c.add("id > ?", f.Before)
		order = " ORDER BY id"
	case f.After != "":
		c.add("id < ?", f.After)
	}
	list, err := messages.find(ctx, sp, c.text.String()+order+" LIMIT "+strconv.Itoa(f.limit()+1), c.args...)
	if err != nil {
		return page, err
	}
	more := len(list) > f.limit()
	list = list[:min(len(list), f.limit())]
	if f.Before != "" {
		slices.Reverse(list)
	}
	page.Items = list
	if len(list) > 0 && (more || f.Before != "") {
		page.Next = list[len(list)-1].ID
	}
	if len(list) > 0 && (f.After != "" || more && f.Before != "") {
		page.Previous = list[0].ID
	}
	return page, nil
}
