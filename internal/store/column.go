package store

import (
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"entente/internal/fault"
)

// MaxText is how long a text of a form may be, in bytes: some four pages.
const MaxText = 16 << 10

// checkText refuses what an engine would not keep as it is: PostgreSQL takes neither broken characters nor the null one.
func checkText(f *fault.Fields, column, s string) {
	switch {
	case len(s) > MaxText:
		f.Add(column, "fault.field.too-long", "max", MaxText)
	case !utf8.ValidString(s) || strings.ContainsRune(s, 0):
		f.Add(column, "store.text")
	}
}

// optional keeps an empty string as NULL, for references that may be missing.
type optional struct{ s *string }

// Scan reads NULL as the empty string.
func (o optional) Scan(v any) error {
	var n sql.NullString
	err := n.Scan(v)
	*o.s = n.String
	return err
}

// Value writes the empty string as NULL.
func (o optional) Value() (driver.Value, error) {
	if *o.s == "" {
		return nil, nil
	}
	return *o.s, nil
}

// MarshalText shows the string itself in the journal.
func (o optional) MarshalText() ([]byte, error) { return []byte(*o.s), nil }

// optionalTime keeps the zero instant as NULL.
type optionalTime struct{ t *time.Time }

// Scan reads NULL as the zero instant.
func (o optionalTime) Scan(v any) error {
	var n sql.NullTime
	if err := n.Scan(v); err != nil {
		return err
	}
	*o.t = time.Time{}
	if n.Valid {
		*o.t = n.Time.UTC()
	}
	return nil
}

// orNull writes the zero instant as NULL.
func orNull(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t
}

// rawJSON reads a column of JSON, NULL as nil.
type rawJSON struct{ b *json.RawMessage }

// Scan reads the text.
func (r rawJSON) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*r.b = nil
	case string:
		*r.b = json.RawMessage(v)
	case []byte:
		*r.b = append(json.RawMessage{}, v...)
	default:
		return fmt.Errorf("store: cannot read JSON from %T", v)
	}
	return nil
}
