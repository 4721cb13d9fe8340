package convention

import (
	"bytes"
	"reflect"
	"strings"
	"unicode/utf8"

	"entente/internal/fault"
)

// MaxSource is the size in bytes above which a file is refused unread.
const MaxSource = 2 << 20

// maxClauses is how many headings a file may have.
const maxClauses = 2000

// Parse reads a literate convention file (docs/file-format.md); name is what faults call it. It gives every fault at once,
// in the order of the lines. The convention is nil where one of them is an Error; Warnings alone leave it whole.
func Parse(name string, src []byte) (*Convention, Faults) {
	r := &reading{name: name, spots: map[string]spot{}, unread: map[spot]bool{}, top: spot{1, 1}}
	text, ok := r.text(src)
	if !ok {
		return nil, r.faults
	}
	c := r.convention(text)
	r.check(c)
	faults := r.faults.sort()
	if len(faults.Errors()) > 0 {
		return nil, faults
	}
	return c, faults
}

// New makes a convention of clauses built in Go: it gives each clause its Ref and Anchor from its heading, each fact its
// place, and merges what the blocks say. Check tells whether the result is whole.
func New(clauses []Clause) *Convention {
	number(clauses)
	for i := range clauses {
		for _, p := range clauses[i].Parts {
			if p.Facts != nil {
				settle(reflect.ValueOf(p.Facts).Elem(), &clauses[i])
			}
		}
	}
	return &Convention{Clauses: clauses, Facts: Merge(clauses)}
}

// Merge gathers what every block of the clauses says, in order. Of a fact that stands once in a convention the first counts.
func Merge(clauses []Clause) Facts {
	var all Facts
	to := reflect.ValueOf(&all).Elem()
	for _, k := range clauses {
		for _, p := range k.Parts {
			if p.Facts != nil {
				merge(to, reflect.ValueOf(p.Facts).Elem())
			}
		}
	}
	return all
}

func merge(to, from reflect.Value) {
	for i := range to.NumField() {
		switch f := from.Field(i); {
		case f.Kind() == reflect.Slice && f.Len() > 0:
			to.Field(i).Set(reflect.AppendSlice(to.Field(i), f))
		case f.Kind() == reflect.Pointer && to.Field(i).IsNil():
			to.Field(i).Set(f)
		}
	}
}

// settle writes into every fact under v the clause that it stands in; lines stay.
func settle(v reflect.Value, k *Clause) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			settle(v.Elem(), k)
		}
	case reflect.Slice:
		for i := range v.Len() {
			settle(v.Index(i), k)
		}
	case reflect.Struct:
		if p, ok := v.Addr().Interface().(*Place); ok {
			p.Ref, p.Anchor = k.Ref, k.Anchor
			return
		}
		if v.Type() == dateType {
			return
		}
		for i := range v.NumField() {
			settle(v.Field(i), k)
		}
	}
}

// reading is one file being read: what is wrong with it, and where each value stands.
type reading struct {
	name   string
	faults Faults
	spots  map[string]spot // by path: "comites[0].missions[2].attributions"
	unread map[spot]bool   // values of the wrong type
	top    spot            // where the whole stands: the first line, nowhere for a convention built in Go
	partly bool            // a block could not be read, so that what it names may seem to be missing
}

// spot is a place in the file, both from 1.
type spot struct{ line, column int }

func (r *reading) fault(at spot, s Severity, message, remedy fault.Message) {
	r.faults = append(r.faults, Fault{File: r.name, Line: at.line, Column: at.column, Severity: s, Message: message, Remedy: remedy})
}

// plain reports a fault whose message and remedy are named after the same key and take no argument.
func (r *reading) plain(at spot, s Severity, key string) {
	r.fault(at, s, fault.Say("convention.fault."+key), fault.Say("convention.remedy."+key))
}

// text refuses what is too large or no text, and gives the rest with one sort of line end.
func (r *reading) text(src []byte) (string, bool) {
	switch {
	case len(src) > MaxSource:
		r.plain(spot{1, 1}, Error, "too-large")
	case !utf8.Valid(src) || bytes.IndexByte(src, 0) >= 0:
		r.plain(badText(src), Error, "not-text")
	}
	text := strings.TrimPrefix(string(src), "\ufeff")
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), len(r.faults) == 0
}

// badText finds the first byte that is no text.
func badText(src []byte) spot {
	at := spot{1, 1}
	for len(src) > 0 {
		c, n := utf8.DecodeRune(src)
		if c == utf8.RuneError && n == 1 || c == 0 {
			break
		}
		src = src[n:]
		at.column++
		if c == '\n' {
			at = spot{at.line + 1, 1}
		}
	}
	return at
}

// convention reads sections into clauses and their blocks into facts.
func (r *reading) convention(text string) *Convention {
	sections := split(text, func(line int, s Severity, key string) { r.plain(spot{line, 1}, s, key) })
	if len(sections) > maxClauses {
		r.plain(spot{sections[maxClauses].line, 1}, Error, "too-many-clauses")
		sections = sections[:maxClauses]
	}
	clauses := make([]Clause, 0, len(sections))
	blocks := &blockReader{reading: r, base: map[string]int{}, given: map[string]bool{}}
	for _, s := range sections {
		k := Clause{Level: s.level, Heading: s.heading, Line: s.line}
		for _, p := range s.pieces {
			part := Part{Line: p.line}
			if p.block {
				part.Facts = blocks.read(p)
			} else {
				part.Text = p.text
			}
			k.Parts = append(k.Parts, part)
		}
		clauses = append(clauses, k)
	}
	return New(clauses)
}
