package view

import (
	"slices"
	"strings"

	"entente/internal/convention"
	"entente/internal/i18n"
	"entente/internal/reading"
)

// FactShape is how a field of a fact is written and checked.
type FactShape int

// The shapes of fields. The zero value is one line.
const (
	LineShape    FactShape = iota
	ProseShape             // several lines that are one text
	LinesShape             // one value a line
	NumberShape            // a whole number, not negative
	DayShape               // a date
	StartShape             // a date, or the signature
	MomentShape            // a date, or what is known of it: a year
	YesShape               // said or not
	ChoiceShape            // one of a closed set
	ChoicesShape           // several of a closed set, one value each
	FactShaped             // the identifier of a fact of kind Of
	FactsShape             // identifiers of facts of kind Of
)

// FactField is a field that facts of a kind have: what a person may correct.
type FactField struct {
	Name   string
	Shape  FactShape
	Words  string       // beginning of the keys that say the values of a closed set
	Set    []string     // the values of a closed set
	Of     reading.Kind // what the identifiers name
	Blanks bool         // several identifiers stand in one value, with blanks between
}

// Many tells that the field takes several values.
func (x FactField) Many() bool {
	return x.Shape == LinesShape || x.Shape == ChoicesShape || x.Shape == FactsShape
}

// Closed tells that no other value than those offered is possible.
func (x FactField) Closed() bool {
	return x.Shape == ChoiceShape || x.Shape == ChoicesShape || x.Shape == FactShaped || x.Shape == FactsShape
}

// StartAtSignature is the value of a beginning at the signature; Said is that of a field that is said.
const (
	StartAtSignature = string(convention.FromSignature)
	Said             = "oui"
)

var textField = FactField{Name: "text", Shape: ProseShape}

// factFields are the fields of each kind, in the order of the form.
var factFields = map[reading.Kind][]FactField{
	reading.KindIdentity:    {{Name: "title"}, {Name: "kind"}, {Name: "short"}},
	reading.KindTerritory:   {{Name: "name"}},
	reading.KindLineage:     {{Name: "title"}, {Name: "from", Shape: MomentShape}, {Name: "to", Shape: MomentShape}},
	reading.KindLineageAxis: {{Name: "count", Shape: NumberShape}},
	reading.KindParty:       {{Name: "name"}, {Name: "short"}, {Name: "kind"}, {Name: "seat"}, {Name: "signatory"}, {Name: "delegate"}},
	reading.KindPurpose:     {textField},
	reading.KindStake:       {textField},
	reading.KindGoal:        {textField, {Name: "item", Shape: LinesShape}},
	reading.KindCommitment: {textField, {Name: "parties", Shape: FactsShape, Of: reading.KindParty, Blanks: true},
		{Name: "evidence", Shape: ChoiceShape, Words: "convention.evidence.", Set: setOf(convention.EvidenceKinds())}},
	reading.KindCommittee: {{Name: "name"}, {Name: "level", Shape: ChoiceShape, Words: "convention.level.", Set: setOf(convention.Levels())},
		{Name: "substitution", Shape: ChoiceShape, Words: "convention.substitution.", Set: setOf(convention.Substitutions())},
		{Name: "convened-by", Shape: FactsShape, Of: reading.KindParty, Blanks: true}},
	reading.KindSeat: {{Name: "party", Shape: FactShaped, Of: reading.KindParty}, {Name: "function"}, {Name: "count", Shape: NumberShape}, {Name: "among"},
		{Name: "derived", Shape: ChoiceShape, Words: "reading-page.derived.", Set: []string{convention.DerivedFromLeads}}},
	reading.KindMission: {textField, {Name: "power", Shape: ChoicesShape, Words: "convention.power.", Set: setOf(convention.Powers())},
		{Name: "over", Shape: FactsShape, Of: reading.KindCommittee}},
	reading.KindCadence: {{Name: "min", Shape: NumberShape}, {Name: "max", Shape: NumberShape},
		{Name: "over", Shape: ChoiceShape, Words: "reading-page.window.", Set: setOf(convention.Windows())}, {Name: "as-needed", Shape: YesShape}},
	reading.KindQuorum:          threshold,
	reading.KindMajority:        threshold,
	reading.KindNotice:          {{Name: "days", Shape: NumberShape}},
	reading.KindAxis:            {{Name: "number", Shape: NumberShape}, {Name: "name"}},
	reading.KindObjective:       {{Name: "name"}},
	reading.KindEvaluation:      {{Name: "object"}, {Name: "months", Shape: NumberShape}, textField},
	reading.KindPeriod:          {{Name: "from", Shape: StartShape}, {Name: "to", Shape: DayShape}, {Name: "months", Shape: NumberShape}, {Name: "tacit", Shape: NumberShape}},
	reading.KindAmendment:       {{Name: "agreement", Shape: ChoiceShape, Words: "convention.agreement.", Set: convention.Agreements}, textField},
	reading.KindTermination:     {textField, {Name: "notice"}},
	reading.KindCommunication:   {textField},
	reading.KindConfidentiality: {textField},
	reading.KindDispute:         {textField},
	reading.KindSignature:       {{Name: "party", Shape: FactShaped, Of: reading.KindParty}, {Name: "function"}},
}

var threshold = []FactField{{Name: "share"}, {Name: "of", Shape: ChoiceShape, Words: "reading-page.basis.", Set: convention.ThresholdBases}, {Name: "strict", Shape: YesShape}}

// setOf gives the values of a closed set as strings, the empty one left out: a form leaves a field blank instead.
func setOf[S ~string](all []S) []string {
	var out []string
	for _, s := range all {
		if s != "" {
			out = append(out, string(s))
		}
	}
	return out
}

// FactFields lists the fields of a kind of fact, in the order of the form.
func FactFields(kind reading.Kind) []FactField { return factFields[kind] }

// FactFieldOf finds a field of a kind by name; a line where the kind has no such field.
func FactFieldOf(kind reading.Kind, name string) FactField {
	for _, x := range factFields[kind] {
		if x.Name == name {
			return x
		}
	}
	return FactField{Name: name}
}

// Options are the values that a closed field may have, in words. The others have none.
func (x FactField) Options(p *i18n.Printer, r *reading.Reading) []Option {
	var out []Option
	for _, s := range x.Set {
		out = append(out, Option{Value: s, Label: p.T(x.Words + s)})
	}
	if x.Of != "" {
		for _, f := range r.Of(x.Of, "") {
			out = append(out, Option{Value: f.ID, Label: factTitle(p, f, nil)})
		}
	}
	return out
}

// say puts a value in words.
func (x FactField) say(p *i18n.Printer, r *reading.Reading, value string) string {
	switch {
	case x.Of != "":
		var names []string
		for _, id := range strings.Fields(value) {
			if f := r.Find(id); f != nil {
				names = append(names, factTitle(p, f, nil))
			}
		}
		return p.List(names)
	case slices.Contains(x.Set, value):
		return p.T(x.Words + value)
	case x.Shape == YesShape:
		return p.T("common.yes")
	case x.Shape == StartShape && value == StartAtSignature:
		return p.T("convention.start.signature")
	case x.Shape == DayShape || x.Shape == StartShape || x.Shape == MomentShape:
		return dayOr(p, value)
	}
	return value
}

// control makes the field of the form. Its values are those that stand or were typed.
func (x FactField) control(p *i18n.Printer, r *reading.Reading, kind reading.Kind, values []string) Field {
	out := Field{Name: FactControl(x.Name), Label: fieldLabel(p, kind, x.Name), Value: strings.Join(values, "\n")}
	if hint := "reading-page.hint." + x.Name; p.Has(hint) {
		out.Hint = p.T(hint)
	}
	switch x.Shape {
	case ProseShape, LinesShape:
		out.Kind, out.Rows = TextAreaField, 3
	case NumberShape:
		out.Kind, out.Short = TextField, true
	case DayShape:
		out.Kind = DateField
	case StartShape:
		out.Hint = p.T("reading-page.hint.start")
	case MomentShape:
		out.Hint = p.T("reading-page.hint.moment")
	case YesShape:
		out.Kind, out.Checked = CheckboxField, out.Value != ""
	case ChoiceShape, FactShaped:
		out.Kind = SelectField
		out.Options = append([]Option{{Label: p.T("reading-page.blank")}}, x.Options(p, r)...)
	case ChoicesShape, FactsShape:
		out.Kind, out.Options = checksField, x.Options(p, r)
	}
	return out
}

// checksField is several boxes under one name, a value each; the forms of a review alone have it.
const checksField FieldKind = -1

// fieldLabel names a field: by a word of its kind where it has one, else by the word that all kinds share.
func fieldLabel(p *i18n.Printer, kind reading.Kind, name string) string {
	if own := "reading-page.field." + string(kind) + "." + name; p.Has(own) {
		return p.T(own)
	}
	return p.T("reading-page.field." + name)
}

// FactControl is the name of the control of a field of a fact.
func FactControl(field string) string { return "fait." + field }
