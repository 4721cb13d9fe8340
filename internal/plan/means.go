package plan

import (
	"cmp"
	"slices"
	"strings"

	"entente/internal/fault"
)

// MeansKind is what sort of means a funder gives.
type MeansKind string

// The kinds of means (art. 4-1: human, material and financial means).
const (
	Money MeansKind = "money" // cents
	Staff MeansKind = "staff" // hundredths of a full-time post over the year
	Kind  MeansKind = "kind"  // rooms, equipment: a value in cents, or 0 where none is put on it
)

// MeansKinds lists the kinds in the order of the screen.
func MeansKinds() []MeansKind { return []MeansKind{Money, Staff, Kind} }

// Means are what one funder promised, granted and spent in a year for an action, or for the running of the committees.
type Means struct {
	ID           string
	Version      int64
	Action       string // empty for the running of the committees (art. 4-1)
	Organization string // of the directory; empty where it is not in it
	Funder       string // its name as it is written
	Year         int
	Kind         MeansKind
	Label        string // what it is: "poste de coordination", "salle"
	Promised     int64  // in the unit of the kind
	Granted      int64
	Spent        int64
}

// Check tells what is wrong with the means, field by field.
func (m Means) Check() error {
	var f fault.Fields
	if strings.TrimSpace(m.Funder) == "" {
		f.Add("funder", "fault.field.required")
	}
	if m.Year < 1990 || m.Year > 2200 {
		f.Add("year", "fault.field.range", "min", 1990, "max", 2200)
	}
	if !slices.Contains(MeansKinds(), m.Kind) {
		f.Add("kind", "fault.field.choice")
	}
	for _, x := range []struct {
		field  string
		amount int64
	}{{"promised", m.Promised}, {"granted", m.Granted}, {"spent", m.Spent}} {
		if x.amount < 0 {
			f.Add(x.field, "fault.field.negative")
		}
	}
	return f.Err()
}

// Sums are what was promised, granted and spent, in the unit of one kind of means.
type Sums struct{ Promised, Granted, Spent int64 }

// Plus is both together.
func (s Sums) Plus(t Sums) Sums {
	return Sums{s.Promised + t.Promised, s.Granted + t.Granted, s.Spent + t.Spent}
}

// Sums are the amounts of the means.
func (m Means) Sums() Sums { return Sums{m.Promised, m.Granted, m.Spent} }

// Line is what one funder gives in a year of one kind; Total is that of all funders, whose Funder is empty.
type Line struct {
	Funder string
	Year   int
	Kind   MeansKind
	Sums   Sums
}

// Lines add up means by year, kind and funder: the years in order, in each the kinds in the order of the screen, and under those the
// funders by name. Kinds are never added together: they have different units.
func Lines(list []Means) []Line {
	return sumBy(list, func(m Means) Line { return Line{Funder: strings.TrimSpace(m.Funder), Year: m.Year, Kind: m.Kind} })
}

// Totals add up means by year and kind, whoever gives them.
func Totals(list []Means) []Line {
	return sumBy(list, func(m Means) Line { return Line{Year: m.Year, Kind: m.Kind} })
}

func sumBy(list []Means, key func(Means) Line) []Line {
	at := map[Line]int{}
	var out []Line
	for _, m := range list {
		k := key(m)
		i, known := at[k]
		if !known {
			i = len(out)
			at[k] = i
			out = append(out, k)
		}
		out[i].Sums = out[i].Sums.Plus(m.Sums())
	}
	rank := func(k MeansKind) int { return slices.Index(MeansKinds(), k) }
	slices.SortStableFunc(out, func(a, b Line) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(rank(a.Kind), rank(b.Kind)), strings.Compare(a.Funder, b.Funder))
	})
	return out
}

// MaxAmount bounds one amount: a hundred billion euros, in cents.
const MaxAmount = 10_000_000_000_000

// ParseAmount reads an amount as people type it ("12 000", "1 250,50", "0,5") in hundredths: cents, or hundredths of a post. More than
// two decimals, a text and a number out of bounds are none; blank is 0.
func ParseAmount(s string) (int64, bool) {
	if strings.TrimSpace(s) == "" {
		return 0, true
	}
	q, ok := ParseQuantity(s)
	if !ok || q%10 != 0 || q/10 > MaxAmount || q/10 < -MaxAmount {
		return 0, false
	}
	return int64(q / 10), true
}
