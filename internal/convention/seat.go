package convention

import (
	"strconv"
	"strings"

	"entente/internal/calendar"
)

// Seat is one place in a committee. Seats outlive the people who hold them: mandates name seats by key.
type Seat struct {
	Key       string // "operationnel/caf/responsable": the same in every version that keeps the seat
	Committee string
	Party     string
	Function  string // of a seat by function; empty for a counted seat
	Among     string // for a counted seat, from whom it is filled
	Rank      int    // for a counted seat, from 1
	Of        int    // for a counted seat, how many the party has
	Place     Place
}

// Places lists the seats of the committee in the order of the text. A derived committee has none: it is its members.
func (k *Committee) Places() []Seat {
	n := 0
	for _, r := range k.Seats {
		n += max(r.Count, 1)
	}
	out := make([]Seat, 0, n)
	for _, r := range k.Seats {
		switch {
		case r.Function != "":
			out = append(out, Seat{Key: k.ID + "/" + r.Party + "/" + r.ID, Committee: k.ID, Party: r.Party, Function: r.Function, Place: r.Place})
		case r.Count > 0:
			for n := 1; n <= r.Count; n++ {
				out = append(out, Seat{Key: k.ID + "/" + r.Party + "/" + strconv.Itoa(n), Committee: k.ID, Party: r.Party,
					Among: r.Among, Rank: n, Of: r.Count, Place: r.Place})
			}
		}
	}
	return out
}

// Derived tells whether the members of the committee are computed and not appointed.
func (k *Committee) Derived() bool {
	for _, r := range k.Seats {
		if r.Derived != "" {
			return true
		}
	}
	return false
}

// Seats lists the places of every committee.
func (c *Convention) Seats() []Seat {
	var out []Seat
	for i := range c.Committees {
		out = append(out, c.Committees[i].Places()...)
	}
	return out
}

// Seat finds a place by its key.
func (c *Convention) Seat(key string) (Seat, bool) {
	for i := range c.Committees {
		k := &c.Committees[i]
		if !strings.HasPrefix(key, k.ID+"/") {
			continue
		}
		for _, s := range k.Places() {
			if s.Key == key {
				return s, true
			}
		}
	}
	return Seat{}, false
}

// Committee finds a committee by its identifier; nil where there is none.
func (c *Convention) Committee(id string) *Committee {
	for i := range c.Committees {
		if c.Committees[i].ID == id {
			return &c.Committees[i]
		}
	}
	return nil
}

// Party finds a party by its identifier; nil where there is none.
func (c *Convention) Party(id string) *Party {
	for i := range c.Parties {
		if c.Parties[i].ID == id {
			return &c.Parties[i]
		}
	}
	return nil
}

// Clause finds a clause by its anchor; nil where there is none.
func (c *Convention) Clause(anchor string) *Clause {
	for i := range c.Clauses {
		if c.Clauses[i].Anchor == anchor {
			return &c.Clauses[i]
		}
	}
	return nil
}

// ClauseOf finds the first clause with a reference ("4-2"); a reference that the text does not know stands for itself.
func (c *Convention) ClauseOf(ref string) Place {
	for i := range c.Clauses {
		if k := &c.Clauses[i]; k.Ref == ref {
			return Place{Ref: k.Ref, Anchor: k.Anchor}
		}
	}
	return Place{Ref: ref}
}

// AimName is the name of an axis or an objective; what the text does not know is named by its identifier.
func (c *Convention) AimName(id string) string {
	for _, x := range c.Axes {
		if x.ID == id {
			return x.Name
		}
		for _, o := range x.Objectives {
			if o.ID == id {
				return o.Name
			}
		}
	}
	return id
}

// End is the last day of a convention that takes effect on start: the date that it gives, or its length counted from start.
func (d *Duration) End(start calendar.Date) calendar.Date {
	if !d.To.IsZero() || d.Months == 0 {
		return d.To
	}
	return start.AddMonths(d.Months).AddDays(-1)
}
