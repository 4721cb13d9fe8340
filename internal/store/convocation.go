package store

import (
	"context"

	"entente/internal/governance"
)

var convocations = aggregate[governance.Convocation]{
	subject: "convocation",
	table:   "convocation",
	columns: "meeting_id, number, sent_at, manifest, digest",
	ident:   func(c *governance.Convocation) (*string, *int64) { return &c.ID, &c.Version },
	fields: func(c *governance.Convocation) []any {
		return []any{&c.Meeting, &c.Number, &c.Sent, asJSON{&c.Manifest}, &c.Digest}
	},
	label: func(ctx context.Context, l *ledger, c governance.Convocation) (string, error) {
		return meetingLabel(ctx, l, c.Meeting)
	},
	check: func(context.Context, *ledger, governance.Convocation) error { return nil },
	guard: func(ctx context.Context, l *ledger, c governance.Convocation) error {
		return unfrozen(ctx, l, c.Meeting)
	},
}

// Convocations lists the sendings of the call to a meeting, first to last.
func (sp *Space) Convocations(ctx context.Context, meeting string) ([]governance.Convocation, error) {
	return convocations.find(ctx, sp, "AND meeting_id = $2 ORDER BY number", meeting)
}
