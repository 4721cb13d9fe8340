package store

import (
	"context"

	"entente/internal/fault"
	"entente/internal/governance"
)

var convocations = aggregate[governance.Convocation]{
	subject: "convocation",
	table:   "convocation",
	columns: "meeting_id, number, sent_at, manifest, digest",
	ident:   func(c *governance.Convocation) (*string, *int64) { return &c.ID, &c.Version },
	fields: func(c *governance.Convocation) []any {
		return []any{&c.Meeting, &c.Number, &c.Sent, sealed{asJSON{&c.Manifest}}, &c.Digest}
	},
	label: func(ctx context.Context, l *ledger, c governance.Convocation) (string, error) {
		return meetingLabel(ctx, l, c.Meeting)
	},
	check: func(context.Context, *ledger, governance.Convocation) error { return nil },
	guard: func(ctx context.Context, l *ledger, c governance.Convocation) error {
		return unfrozen(ctx, l, c.Meeting)
	},
}

// sealed is JSON that the journal keeps by its digest alone, which stands in a column of its own.
type sealed struct{ asJSON }

// MarshalJSON says nothing.
func (s sealed) MarshalJSON() ([]byte, error) { return []byte("null"), nil }

// Convocations lists the sendings of the call to a meeting, first to last.
func (sp *Space) Convocations(ctx context.Context, meeting string) ([]governance.Convocation, error) {
	return convocations.find(ctx, sp, "AND meeting_id = $2 ORDER BY number", meeting)
}

// CreateConvocation keeps a sending of the call to a meeting, numbered after those before. Number, time and digest are set here.
func (sp *Space) CreateConvocation(ctx context.Context, by Actor, meeting string, m governance.Manifest) (governance.Convocation, error) {
	c := governance.Convocation{Meeting: meeting, Sent: sp.store.now(), Manifest: m, Digest: m.SHA256()}
	err := sp.change(ctx, func(l *ledger) error {
		err := l.tx.QueryRow(ctx, `SELECT COALESCE(MAX(number), 0) + 1 FROM convocation WHERE space_id = $1 AND meeting_id = $2`, l.space, meeting).Scan(&c.Number)
		if err != nil {
			return err
		}
		return convocations.add(ctx, l, by, &c)
	})
	return c, fault.Wrap(err, "store.convocation.create", meeting)
}

// Convocation reads one sending by its number.
func (sp *Space) Convocation(ctx context.Context, meeting string, number int) (governance.Convocation, error) {
	return one(ctx, sp, &convocations, "AND meeting_id = $2 AND number = $3", meeting, number)
}
