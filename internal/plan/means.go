package plan

import (
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
	if !oneOf(m.Kind, MeansKinds()) {
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
