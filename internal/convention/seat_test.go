package convention_test

import (
	"testing"

	"entente/internal/convention"
)

// TestSeatFindsEveryPlace: a key finds its own seat and no other, also where one committee's name begins with another's.
func TestSeatFindsEveryPlace(t *testing.T) {
	texts := map[string]*convention.Convention{real: shipped(t, real), other: shipped(t, other)}
	counted := []convention.SeatRule{{Party: "p", Count: 2}}
	texts["names that begin alike"] = &convention.Convention{Facts: convention.Facts{Committees: []convention.Committee{
		{ID: "suivi", Seats: counted}, {ID: "suivi-local", Seats: append(counted[:1:1], convention.SeatRule{Party: "p", ID: "maire", Function: "maire"})},
		{ID: "technique", Seats: []convention.SeatRule{{Derived: convention.DerivedFromLeads}}}}}}
	for name, c := range texts {
		t.Run(name, func(t *testing.T) {
			for _, want := range c.Seats() {
				if got, ok := c.Seat(want.Key); !ok || got != want {
					t.Errorf("Seat(%q) is %v, %t", want.Key, got, ok)
				}
			}
			for _, key := range []string{"", "/", "suivi", "suivi/", "suivi/p/3", "technique/p/1", "inconnu/p/1"} {
				if got, ok := c.Seat(key); ok {
					t.Errorf("Seat(%q) is %v, want none", key, got)
				}
			}
		})
	}
}
