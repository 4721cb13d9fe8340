package plan

import (
	"slices"
	"strconv"
	"strings"

	"entente/internal/fault"
)

// Quantity is a value of an indicator in thousandths of its unit, so that sums are exact.
type Quantity int64

// Thousandth is one unit in a Quantity.
const Thousandth Quantity = 1000

// MaxQuantity bounds a quantity: a thousand billion units.
const MaxQuantity = 1_000_000_000_000 * Thousandth

// ParseQuantity reads a number as people type it: "1 250", "12,5", "-3". More than three decimals, a text, or a number out of
// bounds is not one.
func ParseQuantity(s string) (Quantity, bool) {
	s = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", ",", ".", "−", "-").Replace(strings.TrimSpace(s))
	whole, part, cut := strings.Cut(s, ".")
	negative := strings.HasPrefix(whole, "-")
	whole = strings.TrimPrefix(whole, "-")
	if whole == "" || cut && part == "" || len(part) > 3 || len(whole) > 13 || strings.Trim(whole+part, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(whole+(part + "000")[:3], 10, 64)
	if err != nil || Quantity(n) > MaxQuantity {
		return 0, false
	}
	if negative {
		n = -n
	}
	return Quantity(n), true
}

// Decimal writes the quantity with a point and without needless zeros, for files and charts: "12.5".
func (q Quantity) Decimal() string {
	sign, n := "", int64(q)
	if n < 0 {
		sign, n = "-", -n
	}
	s := sign + strconv.FormatInt(n/1000, 10)
	if rest := n % 1000; rest != 0 {
		s += "." + strings.TrimRight(strconv.FormatInt(rest+1000, 10)[1:], "0")
	}
	return s
}

// IndicatorKind is what an indicator measures.
type IndicatorKind string

// The kinds of indicators.
const (
	OfMeans  IndicatorKind = "means"
	OfOutput IndicatorKind = "output"
	OfResult IndicatorKind = "result"
	OfImpact IndicatorKind = "impact"
)

// IndicatorKinds lists the kinds from means to impact.
func IndicatorKinds() []IndicatorKind { return []IndicatorKind{OfMeans, OfOutput, OfResult, OfImpact} }

// Rhythm is how often an indicator is measured.
type Rhythm string

// The rhythms, each with the form of its periods.
const (
	Yearly    Rhythm = "year"    // "2026"
	HalfYear  Rhythm = "half"    // "2026-S1"
	Quarterly Rhythm = "quarter" // "2026-T1"
	Monthly   Rhythm = "month"   // "2026-01"
)

// Rhythms lists the rhythms, slowest first.
func Rhythms() []Rhythm { return []Rhythm{Yearly, HalfYear, Quarterly, Monthly} }

// Indicator is what is measured of an action.
type Indicator struct {
	ID         string
	Version    int64
	Action     string
	Name       string
	Kind       IndicatorKind
	Unit       string // "familles", "%", "€"
	Decreasing bool   // it is good that it falls
	Baseline   *Quantity
	Targets    map[int]Quantity // by year
	Rhythm     Rhythm
	Source     string
	Method     string
	Cumulative bool   // values of the periods of a year add up; else the last one stands for the year
	Breakdown  string // by what it is broken down: "âge", "commune"; empty where it is not
	Parts      []string
}

// Check tells what is wrong with the indicator, field by field.
func (x Indicator) Check() error {
	var f fault.Fields
	if x.Action == "" {
		f.Add("action", "fault.field.required")
	}
	if strings.TrimSpace(x.Name) == "" {
		f.Add("name", "fault.field.required")
	}
	if strings.TrimSpace(x.Unit) == "" {
		f.Add("unit", "fault.field.required")
	}
	if !slices.Contains(IndicatorKinds(), x.Kind) {
		f.Add("kind", "fault.field.choice")
	}
	if !slices.Contains(Rhythms(), x.Rhythm) {
		f.Add("rhythm", "fault.field.choice")
	}
	return f.Err()
}

// ValueState is where a value stands on its way to be counted.
type ValueState string

// The states of a value.
const (
	ValueDraft     ValueState = "draft"
	ValueSubmitted ValueState = "submitted"
	ValueReturned  ValueState = "returned" // with a note
	ValueApproved  ValueState = "approved"
)

// ValueStates lists the states in order.
func ValueStates() []ValueState {
	return []ValueState{ValueDraft, ValueSubmitted, ValueReturned, ValueApproved}
}

// Value is what an indicator was in a period, whole or one part of its breakdown.
type Value struct {
	ID        string
	Version   int64
	Indicator string
	Year      int
	Period    string // in the form of the rhythm: "2026", "2026-T1"
	Part      string // of the breakdown; empty for the whole
	Amount    Quantity
	State     ValueState
	Note      string // of who returned it, or on how it was measured
	Person    string // who gave it; empty where somebody else
}

// Check tells what is wrong with the value, field by field.
func (x Value) Check() error {
	var f fault.Fields
	if x.Indicator == "" {
		f.Add("indicator", "fault.field.required")
	}
	if !strings.HasPrefix(x.Period, strconv.Itoa(x.Year)) || x.Year < 1990 || x.Year > 2200 {
		f.Add("period", "fault.field.choice")
	}
	if !slices.Contains(ValueStates(), x.State) {
		f.Add("state", "fault.field.choice")
	}
	if x.State == ValueReturned && strings.TrimSpace(x.Note) == "" {
		f.Add("note", "fault.field.required")
	}
	if x.Amount > MaxQuantity || x.Amount < -MaxQuantity {
		f.Add("amount", "fault.field.range", "min", "-10¹²", "max", "10¹²")
	}
	return f.Err()
}
