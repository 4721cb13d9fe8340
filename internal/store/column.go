package store

import (
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"entente/internal/fault"
	"entente/internal/sqldb"
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

// MaxLongText is how long a text that is composed from many may be, in bytes: minutes of a long agenda.
const MaxLongText = 1 << 20

// longText keeps a text that may be longer than a form's field; who uses it checks it with checkLongText.
type longText struct{ s *string }

// Scan reads the text.
func (t longText) Scan(v any) error {
	var n sql.NullString
	err := n.Scan(v)
	*t.s = n.String
	return err
}

// Value writes the text.
func (t longText) Value() (driver.Value, error) { return *t.s, nil }

// MarshalText shows the text itself in the journal.
func (t longText) MarshalText() ([]byte, error) { return []byte(*t.s), nil }

// checkLongText is checkText with the bound of a long text.
func checkLongText(f *fault.Fields, column, s string) {
	if len(s) > MaxLongText {
		f.Add(column, "fault.field.too-long", "max", MaxLongText)
	} else if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
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

// Value writes the zero instant as NULL.
func (o optionalTime) Value() (driver.Value, error) {
	if o.t.IsZero() {
		return nil, nil
	}
	return sqldb.Instant(*o.t), nil
}

// MarshalText shows the instant in the journal, nothing for none.
func (o optionalTime) MarshalText() ([]byte, error) {
	if o.t.IsZero() {
		return nil, nil
	}
	return o.t.UTC().AppendFormat(nil, time.RFC3339Nano), nil
}

// asJSON keeps a value as JSON in a column of text; to is a pointer.
type asJSON struct{ to any }

// Scan reads the text.
func (j asJSON) Scan(v any) error {
	var raw json.RawMessage
	if err := (rawJSON{&raw}).Scan(v); err != nil || raw == nil {
		return err
	}
	zero := reflect.ValueOf(j.to).Elem()
	zero.Set(reflect.Zero(zero.Type())) // what was read before must not shine through
	return json.Unmarshal(raw, j.to)
}

// Value writes the text.
func (j asJSON) Value() (driver.Value, error) {
	b, err := json.Marshal(j.to)
	return string(b), err
}

// MarshalJSON shows the value itself in the journal.
func (j asJSON) MarshalJSON() ([]byte, error) { return json.Marshal(j.to) }

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
