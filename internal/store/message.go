package store

import (
	"context"

	"entente/internal/governance"
)

var messages = aggregate[governance.Message]{
	subject: "message",
	table:   "message",
	columns: "kind, about, person_id, email, title, body, at",
	ident:   func(m *governance.Message) (*string, *int64) { return &m.ID, &m.Version },
	fields: func(m *governance.Message) []any {
		return []any{&m.Kind, &m.Subject, &m.Person, &m.Email, &m.Title, &m.Body, &m.At}
	},
	label: func(_ context.Context, _ *ledger, m governance.Message) (string, error) { return m.Title, nil },
	check: func(context.Context, *ledger, governance.Message) error { return nil },
}

// MessagesAbout lists what was written about a thing, oldest first.
func (sp *Space) MessagesAbout(ctx context.Context, subject string) ([]governance.Message, error) {
	return messages.find(ctx, sp, "AND about = $2 ORDER BY at, id", subject)
}
