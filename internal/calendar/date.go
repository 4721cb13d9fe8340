// Package calendar holds civil dates and the arithmetic that conventions need: years, months, periods.
//
// It reads no clock: a Date is a day of the civil calendar, the same everywhere, and an instant becomes one only in a
// place (Paris). The invariant that it owns: a Date is either a real day or no day at all (the zero value).
package calendar

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// Date is a civil day, comparable with ==. The zero value is no day.
type Date struct{ n int32 }

// epoch is the day numbered 1; no convention is older than the French Republic.
var epoch = time.Date(1792, 9, 22, 0, 0, 0, 0, time.UTC).Unix() / 86400

// Of makes a date; a month or day out of range overflows into the next as in package time.
func Of(year int, month time.Month, day int) Date {
	return Date{int32(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()/86400 - epoch + 1)}
}

// On gives the civil day of an instant in a place.
func On(t time.Time, where *time.Location) Date {
	y, m, d := t.In(where).Date()
	return Of(y, m, d)
}

// Parse reads YYYY-MM-DD and refuses a day that does not exist. The empty string is no day.
func Parse(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1793 {
		return Date{}, fmt.Errorf("calendar: %q is not a date of the form YYYY-MM-DD", s)
	}
	return Of(t.Date()), nil
}

// Must is Parse for dates written in code; it panics on a bad one.
func Must(s string) Date {
	d, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// Time is midnight UTC of the day.
func (d Date) Time() time.Time {
	return time.Unix((int64(d.n)-1+epoch)*86400, 0).UTC()
}

// IsZero tells no day.
func (d Date) IsZero() bool { return d.n == 0 }

// String writes YYYY-MM-DD, or nothing for no day.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// Year, Month, Day and Weekday read the parts of a day.
func (d Date) Year() int             { return d.Time().Year() }
func (d Date) Month() time.Month     { return d.Time().Month() }
func (d Date) Day() int              { return d.Time().Day() }
func (d Date) Weekday() time.Weekday { return d.Time().Weekday() }

// Before, After and Compare order days; no day stands before every day.
func (d Date) Before(e Date) bool { return d.n < e.n }
func (d Date) After(e Date) bool  { return d.n > e.n }
func (d Date) Compare(e Date) int { return int(d.n) - int(e.n) }

// AddDays moves by days.
func (d Date) AddDays(n int) Date { return Date{d.n + int32(n)} }

// AddMonths moves by months; where the month is shorter, to its last day (31 January plus one month is the last of February).
func (d Date) AddMonths(n int) Date {
	t := d.Time()
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return Of(first.Year(), first.Month(), min(t.Day(), last))
}

// DaysSince counts the days from e to d.
func (d Date) DaysSince(e Date) int { return int(d.n - e.n) }

// MarshalText and UnmarshalText write and read YYYY-MM-DD.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads YYYY-MM-DD or nothing.
func (d *Date) UnmarshalText(b []byte) error {
	v, err := Parse(string(b))
	if err == nil {
		*d = v
	}
	return err
}

// Value stores a day as TEXT, no day as the empty string.
func (d Date) Value() (driver.Value, error) { return d.String(), nil }

// Scan reads what Value wrote.
func (d *Date) Scan(v any) error {
	switch s := v.(type) {
	case nil:
		*d = Date{}
		return nil
	case string:
		return d.UnmarshalText([]byte(s))
	case []byte:
		return d.UnmarshalText(s)
	}
	return fmt.Errorf("calendar: cannot read a date from %T", v)
}

// Period runs from its first to its last day, both included. A zero end is open.
type Period struct{ From, To Date }

// Contains tells whether the day lies in the period.
func (p Period) Contains(d Date) bool {
	return !d.Before(p.From) && (p.To.IsZero() || !d.After(p.To))
}

// Overlap is the part that both periods share, and whether there is any.
func (p Period) Overlap(q Period) (Period, bool) {
	r := Period{From: later(p.From, q.From), To: earlierEnd(p.To, q.To)}
	return r, r.To.IsZero() || !r.To.Before(r.From)
}

// Days counts the days of a closed period; an open one counts 0.
func (p Period) Days() int {
	if p.To.IsZero() || p.To.Before(p.From) {
		return 0
	}
	return p.To.DaysSince(p.From) + 1
}

// CivilYear is 1 January to 31 December.
func CivilYear(year int) Period {
	return Period{From: Of(year, time.January, 1), To: Of(year, time.December, 31)}
}

// RollingMonths are the n months that end on the day, it included.
func RollingMonths(day Date, n int) Period {
	return Period{From: day.AddMonths(-n).AddDays(1), To: day}
}

func later(a, b Date) Date {
	if a.After(b) {
		return a
	}
	return b
}

func earlierEnd(a, b Date) Date {
	if a.IsZero() || (!b.IsZero() && b.Before(a)) {
		return b
	}
	return a
}
