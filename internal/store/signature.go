package store

import (
	"context"

	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/sqldb"
)

var signatures = aggregate[governance.Signature]{
	subject: "signature",
	table:   "signature",
	columns: "version_id, party, signed_on, place, function, document",
	ident:   func(s *governance.Signature) (*string, *int64) { return &s.ID, &s.Version },
	fields: func(s *governance.Signature) []any {
		return []any{&s.Text, &s.Party, &s.Date, &s.Place, &s.Function, &s.Document}
	},
	label: func(_ context.Context, _ *ledger, s governance.Signature) (string, error) {
		return s.Party + " · " + s.Date.String(), nil
	},
	check: checkSignature,
}

// checkSignature refuses a second row for a party: it signs a version once.
func checkSignature(ctx context.Context, l *ledger, s governance.Signature) error {
	if err := s.Check(l.today); err != nil {
		return err
	}
	var texts, rows int
	err := l.tx.QueryRow(ctx, `SELECT (SELECT count(*) FROM convention_version WHERE space_id = $1 AND id = $2),
		(SELECT count(*) FROM signature WHERE space_id = $1 AND version_id = $2 AND party = $3 AND id <> $4)`,
		l.space, s.Text, s.Party, s.ID).Scan(&texts, &rows)
	if err != nil {
		return sqldb.Classify(err)
	}
	var f fault.Fields
	if texts == 0 {
		f.Add("text", "store.signature.unknown-text")
	}
	if rows > 0 {
		f.Add("party", "store.signature.taken")
	}
	return f.Err()
}

// CreateSignature enters the signature of a party in the ledger.
func (sp *Space) CreateSignature(ctx context.Context, by Actor, s governance.Signature) (governance.Signature, error) {
	return signatures.create(ctx, sp, by, s)
}

// Signature reads one signature.
func (sp *Space) Signature(ctx context.Context, id string) (governance.Signature, error) {
	return signatures.get(ctx, sp.q(), sp.id, id)
}

// UpdateSignature changes a signature that was read at a version.
func (sp *Space) UpdateSignature(ctx context.Context, by Actor, id string, version int64, fn func(*governance.Signature) error) (governance.Signature, error) {
	return signatures.update(ctx, sp, by, id, version, fn)
}

// RemoveSignature takes away a signature that was entered by mistake.
func (sp *Space) RemoveSignature(ctx context.Context, by Actor, id string, version int64) error {
	return signatures.remove(ctx, sp, by, id, version)
}

// Signatures lists the signatures of a version of the convention, those of every version where text is empty, by day.
func (sp *Space) Signatures(ctx context.Context, text string) ([]governance.Signature, error) {
	var c conditions
	c.addIf("version_id = ?", text)
	return signatures.find(ctx, sp, c.text.String()+" ORDER BY signed_on, party, id", c.args...)
}
