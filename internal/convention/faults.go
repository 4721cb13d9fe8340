package convention

import (
	"cmp"
	"fmt"
	"slices"

	"entente/internal/fault"
)

// Severity tells a fault that makes the file unusable from one that somebody should look at.
type Severity int

// The severities.
const (
	Error   Severity = iota // the file gives no convention until it is mended
	Warning                 // the file is read; a lawyer would ask
)

// String names the severity for logs and machine output.
func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// MarshalText writes the name.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// CommentLost is the key of the warning that a block holds a comment, which Format cannot keep.
const CommentLost = "convention.fault.yaml.comment"

// Fault is something wrong, or doubtful, at a place of a convention file: what it is, and what would be right.
type Fault struct {
	File     string        `json:"file"`
	Line     int           `json:"line"`   // from 1; 0 where the convention was not read from a file
	Column   int           `json:"column"` // from 1, in characters
	Severity Severity      `json:"severity"`
	Message  fault.Message `json:"message"`
	Remedy   fault.Message `json:"remedy"`
}

// String shows place and keys, for logs and tests.
func (f Fault) String() string {
	return fmt.Sprintf("%s:%d:%d: %s: %s", f.File, f.Line, f.Column, f.Severity, f.Message)
}

// Faults are all faults of a file, in the order of its lines.
type Faults []Fault

// Errors keeps the faults that make the file unusable.
func (fs Faults) Errors() Faults { return fs.of(Error) }

// Warnings keeps the faults that somebody should look at.
func (fs Faults) Warnings() Faults { return fs.of(Warning) }

func (fs Faults) of(s Severity) Faults {
	var out Faults
	for _, f := range fs {
		if f.Severity == s {
			out = append(out, f)
		}
	}
	return out
}

// Err is nil where no fault is an error, else a fault.Invalid error that says how many there are and what the first is.
func (fs Faults) Err() error {
	errs := fs.Errors()
	if len(errs) == 0 {
		return nil
	}
	first := errs[0]
	return &fault.Error{
		Kind: fault.Invalid, Op: "read convention", Key: fmt.Sprintf("%s:%d:%d", first.File, first.Line, first.Column),
		Message: fault.Say("convention.faults", "count", len(errs), "line", first.Line, "first", first.Message),
	}
}

// sort orders by place, errors before warnings of the same place, and drops what was said twice.
func (fs Faults) sort() Faults {
	slices.SortStableFunc(fs, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Severity, b.Severity))
	})
	return slices.CompactFunc(fs, func(a, b Fault) bool { return a.String() == b.String() })
}
