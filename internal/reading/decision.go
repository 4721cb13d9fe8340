package reading

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Verdict is what a person makes of a fact.
type Verdict string

// The verdicts.
const (
	Confirmed Verdict = "confirmed"
	Corrected Verdict = "corrected" // with the values that are right
	Refused   Verdict = "refused"
)

// Decision is the verdict on one fact. Values replace fields of a corrected fact, by name; a value of several lines gives a
// field that stands several times (powers, items).
type Decision struct {
	Verdict Verdict           `json:"verdict"`
	Values  map[string]string `json:"values,omitempty"`
}

// Decisions are what a person has decided so far. They are kept as JSON, so that a review can be left and taken up again;
// they hold as long as the same file is read, because facts keep their identifiers.
type Decisions struct {
	All     bool                `json:"all,omitempty"`     // accept every fact that no decision names
	Facts   map[string]Decision `json:"facts,omitempty"`   // by identifier of the fact
	Answers map[string]string   `json:"answers,omitempty"` // by identifier of the question; several answers on lines of their own
	Added   []Added             `json:"added,omitempty"`   // facts that the rules missed
}

// Decide notes a verdict.
func (d *Decisions) Decide(id string, v Decision) {
	if d.Facts == nil {
		d.Facts = map[string]Decision{}
	}
	d.Facts[id] = v
}

// DecideKind gives every fact of a kind the same verdict.
func (d *Decisions) DecideKind(r *Reading, kind Kind, v Verdict) {
	for _, f := range r.Of(kind, "") {
		d.Decide(f.ID, Decision{Verdict: v})
	}
}

// Answer notes the answer to a question; the empty string takes it back.
func (d *Decisions) Answer(id, value string) {
	if d.Answers == nil {
		d.Answers = map[string]string{}
	}
	if value == "" {
		delete(d.Answers, id)
		return
	}
	d.Answers[id] = value
}

// Pending counts the facts that no verdict names yet.
func (d *Decisions) Pending(r *Reading) int {
	n := 0
	for _, f := range r.Facts {
		if _, ok := d.Facts[f.ID]; !ok && !d.All {
			n++
		}
	}
	return n
}

// Accepted gives the facts as decided: those refused or not yet decided left out, those corrected with their right values,
// and those that answers complete. What belongs to a fact left out is left out too.
func (d *Decisions) Accepted(r *Reading) []Fact {
	kept := map[string]bool{"": true}
	var out []Fact
	for _, f := range d.With(r).Facts {
		v, decided := d.Facts[f.ID]
		if v.Verdict == Refused || !decided && !d.All || !kept[f.Parent] {
			continue
		}
		kept[f.ID] = true
		f.Fields = slices.Clone(f.Fields)
		if v.Verdict == Corrected {
			f.correct(v.Values)
		}
		out = append(out, f)
	}
	for _, q := range r.Questions {
		if a := d.Answers[q.ID]; a != "" && kept[q.Parent] {
			out = answer(out, q, a)
		}
	}
	return out
}

// correct replaces fields by name; a corrected value keeps the span of the words that it corrects.
func (f *Fact) correct(values map[string]string) {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		span := f.Span
		if i := slices.IndexFunc(f.Fields, func(x Field) bool { return x.Name == name }); i >= 0 {
			span = f.Fields[i].Span
		}
		f.Fields = slices.DeleteFunc(f.Fields, func(x Field) bool { return x.Name == name })
		for _, v := range strings.Split(values[name], "\n") {
			if v = strings.TrimSpace(v); v != "" {
				f.Fields = append(f.Fields, Field{name, v, span})
			}
		}
	}
}

// answer completes the fact that a question is about, or adds the one that its draft begins: one for each answer.
func answer(facts []Fact, q Question, value string) []Fact {
	answers := strings.Split(value, "\n")
	for i := range facts {
		if facts[i].ID == q.Parent && facts[i].Kind == q.Kind {
			for _, v := range answers {
				facts[i].Fields = append(facts[i].Fields, Field{q.Field, v, q.Span})
			}
			if q.Field == "over" {
				facts[i].Fields = append(facts[i].Fields, Field{"power", "organiser-comites", q.Span})
			}
			return facts
		}
	}
	section := 0
	for _, f := range facts {
		if f.ID == q.Parent {
			section = f.Section
		}
	}
	for n, v := range answers {
		id := q.ID
		if n > 0 {
			id += "-" + strconv.Itoa(n+1)
		}
		facts = append(facts, Fact{ID: id, Kind: q.Kind, Parent: q.Parent, Fields: append(slices.Clone(q.Draft), Field{q.Field, v, q.Span}), Span: q.Span,
			Confidence: 1, Section: section, Clause: q.Clause, Rule: "answer"})
	}
	return facts
}
