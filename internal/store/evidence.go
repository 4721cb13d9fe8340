package store

import (
	"context"

	"entente/internal/compliance"
)

var evidence = aggregate[compliance.Record]{
	subject: "evidence",
	table:   "evidence",
	columns: "obligation, kind, party, filed_for, title, address, note",
	ident:   func(r *compliance.Record) (*string, *int64) { return &r.ID, &r.Version },
	fields: func(r *compliance.Record) []any {
		return []any{&r.Obligation, &r.Kind, &r.Party, &r.Day, &r.Title, &r.Address, &r.Note}
	},
	label:  func(_ context.Context, _ *ledger, r compliance.Record) (string, error) { return r.Title, nil },
	check:  func(_ context.Context, l *ledger, r compliance.Record) error { return r.Check(l.today) },
	refers: []reference{hasAttachments},
}

// CreateEvidence files a record for an obligation.
func (sp *Space) CreateEvidence(ctx context.Context, by Actor, r compliance.Record) (compliance.Record, error) {
	return evidence.create(ctx, sp, by, r)
}

// EvidenceRecord reads one record.
func (sp *Space) EvidenceRecord(ctx context.Context, id string) (compliance.Record, error) {
	return evidence.get(ctx, sp.q(), sp.id, id)
}

// UpdateEvidence changes a record that was read at a version.
func (sp *Space) UpdateEvidence(ctx context.Context, by Actor, id string, version int64, fn func(*compliance.Record) error) (compliance.Record, error) {
	return evidence.update(ctx, sp, by, id, version, fn)
}

// RemoveEvidence takes away a record that was filed by mistake.
func (sp *Space) RemoveEvidence(ctx context.Context, by Actor, id string, version int64) error {
	return evidence.remove(ctx, sp, by, id, version)
}

// Evidence lists the records of the space by day, those of one obligation where its key is given.
func (sp *Space) Evidence(ctx context.Context, obligation string) ([]compliance.Record, error) {
	var c conditions
	c.addIf("obligation = ?", obligation)
	return evidence.find(ctx, sp, c.text.String()+" ORDER BY filed_for, id", c.args...)
}
