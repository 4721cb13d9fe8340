// Package reading proposes a convention from its signed text: it reads a PDF, a Word or OpenDocument file, Markdown or plain
// text, finds the structure, then the facts, and lets a person confirm, correct or refuse each.
//
// It is not a translator and not a lawyer: it does not complete a text, interpret its silence or repair it. It works in
// stages, each a package of its own: source (the words), outline (the structure), rule (what is known of administrative
// French, as data), and here the facts. The invariant that it owns: it never invents. Every fact carries the exact span
// of the source that it was read from; what was not found is listed as not found; what is ambiguous is a question.
package reading

import (
	"context"

	"entente/internal/fault"
	"entente/internal/reading/outline"
	"entente/internal/reading/rule"
	"entente/internal/reading/source"
)

// Options change how a text is read. The zero value is what people want.
type Options struct {
	Names bool // keep the names of persons in facts; by default functions alone are kept
}

// Reading is what was read of a text.
type Reading struct {
	Text      *source.Text `json:"-"`
	Clauses   []Clause     `json:"clauses"`
	Facts     []Fact       `json:"facts"`
	Questions []Question   `json:"questions"`
	NotFound  []Kind       `json:"notFound"`
	Covered   float64      `json:"covered"` // share of the words of the terms that some fact accounts for
}

// Read reads a file. A fault of kind Invalid says what is wrong with it and what to do; a text in another language or that
// is no convention is refused so, and nothing is proposed.
func Read(ctx context.Context, name string, data []byte, opts Options) (*Reading, error) {
	t, err := source.Read(ctx, name, data)
	if err != nil {
		return nil, fault.Wrap(err, "read", name)
	}
	if !looksFrench(t.Body) {
		return nil, fault.New(fault.Invalid, "reading.fault.language")
	}
	doc := outline.Read(t, rule.Standard())
	if !looksLikeConvention(doc) {
		return nil, fault.New(fault.Invalid, "reading.fault.no-convention")
	}
	r := newReader(doc, opts)
	for _, stage := range []func(){
		r.identity, r.parties, r.territory, r.lineage, r.purposes, r.stakes, r.axes, r.goals, r.commitments, r.committees,
		r.evaluations, r.period, r.amendment, r.clauses, r.signatures,
	} {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		stage()
	}
	return r.reading(), nil
}

// Words gives the words of a span as they stand in the source.
func (r *Reading) Words(s Span) string { return r.Text.Body[s.Start:s.End] }

// Find gives a fact by its identifier; nil where there is none.
func (r *Reading) Find(id string) *Fact {
	for i := range r.Facts {
		if r.Facts[i].ID == id {
			return &r.Facts[i]
		}
	}
	return nil
}

// Of lists the facts of a kind, under a parent where one is named.
func (r *Reading) Of(kind Kind, parent string) []*Fact {
	var out []*Fact
	for i := range r.Facts {
		if f := &r.Facts[i]; f.Kind == kind && (parent == "" || f.Parent == parent) {
			out = append(out, f)
		}
	}
	return out
}
