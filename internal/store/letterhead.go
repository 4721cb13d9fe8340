package store

import (
	"context"
	"database/sql/driver"

	"entente/internal/fault"
	"entente/internal/governance"
)

// The journal keeps the digest of a logo, not the logo.
var letterheads = aggregate[governance.Letterhead]{
	subject: "letterhead",
	table:   "letterhead",
	columns: "name, lines, colour, logo, logo_digest",
	ident:   func(l *governance.Letterhead) (*string, *int64) { return &l.ID, &l.Version },
	fields: func(l *governance.Letterhead) []any {
		return []any{&l.Name, &l.Lines, &l.Colour, unsaidBytes{&l.Logo}, &l.LogoDigest}
	},
	label: func(_ context.Context, _ *ledger, l governance.Letterhead) (string, error) { return l.Name, nil },
	check: func(_ context.Context, _ *ledger, l governance.Letterhead) error { return l.Check() },
}

// unsaidBytes is a content that the journal does not repeat; nil is kept as NULL.
type unsaidBytes struct{ b *[]byte }

// Scan reads the content.
func (u unsaidBytes) Scan(v any) error {
	*u.b = nil
	if b, ok := v.([]byte); ok && len(b) > 0 {
		*u.b = append([]byte{}, b...)
	}
	return nil
}

// Value writes the content.
func (u unsaidBytes) Value() (driver.Value, error) {
	if len(*u.b) == 0 {
		return nil, nil
	}
	return *u.b, nil
}

// MarshalJSON says nothing.
func (u unsaidBytes) MarshalJSON() ([]byte, error) { return []byte("null"), nil }

// Letterhead is the letterhead of the space; at version 0, and empty, until it sets one.
func (sp *Space) Letterhead(ctx context.Context) (governance.Letterhead, error) {
	list, err := letterheads.find(ctx, sp, "")
	if err != nil || len(list) == 0 {
		return governance.Letterhead{}, fault.Wrap(err, "store.letterhead", sp.id)
	}
	return list[0], nil
}

// KeepLetterhead sets the letterhead of the space. Its version is the one that was read, 0 where none was set.
func (sp *Space) KeepLetterhead(ctx context.Context, by Actor, l governance.Letterhead) (governance.Letterhead, error) {
	return keep(ctx, sp, by, &letterheads, l, "", nil, func(x *governance.Letterhead) {
		id, version := x.ID, x.Version
		*x = l
		x.ID, x.Version = id, version
	})
}
