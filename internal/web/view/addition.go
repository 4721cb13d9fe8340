package view

import (
	"net/url"
	"slices"
	"strings"

	"entente/internal/fault"
	"entente/internal/i18n"
	"entente/internal/reading"
)

// The controls of the form that adds a missed fact, besides those of its fields.
const (
	AddKind    = "nature"  // the kind of fact
	AddParent  = "sous"    // the fact that it belongs to
	AddPassage = "passage" // the words of the text that it rests on
)

// AdditionData is the page that adds a fact that was missed: first its kind is chosen, then it is written.
type AdditionData struct {
	Root      string // address of the review
	Name      string // of the file
	Read      *reading.Reading
	Decisions reading.Decisions
	Kind      reading.Kind // empty while none is chosen
	Parent    string
	Passage   string
	Values    map[string][]string
	Faults    fault.Fields
	Message   fault.Message
}

// review is the review that the fact will stand in.
func (d AdditionData) review() ReviewData {
	return ReviewData{Root: d.Root, Name: d.Name, Read: d.Read, Decisions: d.Decisions}
}

// form writes the fact: where it belongs, its fields, and the words that it rests on.
func (d AdditionData) form(p *i18n.Printer) Form {
	out := Form{Action: d.Root + "/ajout", Faults: d.Faults, Message: d.Message, Submit: p.T("reading-page.add-submit"), Cancel: d.Root}
	out.Fields = append(out.Fields, Field{Kind: HiddenField, Name: AddKind, Value: string(d.Kind)})
	if parent := reading.ParentOf(d.Kind); parent != "" {
		out.Fields = append(out.Fields, Field{Kind: SelectField, Name: AddParent, Label: p.T("reading.kind." + string(parent)), Value: d.Parent, Required: true,
			Options: append([]Option{{Label: p.T("reading-page.blank")}}, d.ParentOptions(p)...)})
	}
	for _, x := range FactFields(d.Kind) {
		values := d.Values[x.Name]
		if x.Blanks {
			values = strings.Fields(strings.Join(values, " "))
		}
		out.Fields = append(out.Fields, x.control(p, d.Read, d.Kind, values))
	}
	out.Fields = append(out.Fields, Field{Kind: TextAreaField, Name: AddPassage, Label: p.T("reading-page.passage"), Hint: p.T("reading-page.passage-hint"),
		Value: d.Passage, Rows: 4, Required: true})
	return out
}

// ParentOptions are the facts that one of the kind may belong to: those that nobody refused.
func (d AdditionData) ParentOptions(p *i18n.Printer) []Option {
	var out []Option
	for _, f := range d.Read.Of(reading.ParentOf(d.Kind), "") {
		if d.Decisions.Facts[f.ID].Verdict != reading.Refused {
			out = append(out, Option{Value: f.ID, Label: d.review().title(p, f)})
		}
	}
	return out
}

// Kinds are the kinds of fact that may be added now.
func (d AdditionData) Kinds() []reading.Kind {
	return slices.DeleteFunc(slices.Clone(reading.Addable), func(k reading.Kind) bool { return !d.review().mayAdd(k) })
}

// only are the kinds of which a convention has one; a second would only push the first aside.
var only = []reading.Kind{reading.KindIdentity, reading.KindTerritory, reading.KindPeriod, reading.KindAmendment}

// mayAdd tells that a fact of a kind may be added: it has a place in the file, what it belongs to is there, and there is not
// one already where there can be one alone.
func (d ReviewData) mayAdd(k reading.Kind) bool {
	if !slices.Contains(reading.Addable, k) {
		return false
	}
	if parent := reading.ParentOf(k); parent != "" {
		return d.standing(parent)
	}
	return !slices.Contains(only, k) || !d.standing(k)
}

// standing tells that a fact of a kind stands that nobody refused.
func (d ReviewData) standing(k reading.Kind) bool {
	return slices.ContainsFunc(d.Read.Of(k, ""), func(f *reading.Fact) bool { return d.verdict(f.ID) != reading.Refused })
}

// addition is the address of the form that adds a fact of a kind under another.
func (d ReviewData) addition(k reading.Kind, parent string) string {
	q := url.Values{AddKind: {string(k)}}
	if parent != "" {
		q.Set(AddParent, parent)
	}
	return d.Root + "/ajout?" + q.Encode()
}

// added tells a fact that a person added.
func (d ReviewData) added(id string) bool {
	return slices.ContainsFunc(d.Decisions.Added, func(a reading.Added) bool { return a.ID == id })
}

// children are the kinds of fact that may be added under a fact.
func (d ReviewData) children(f *reading.Fact) []reading.Kind {
	if d.verdict(f.ID) == reading.Refused {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(reading.Addable), func(k reading.Kind) bool { return reading.ParentOf(k) != f.Kind })
}
