package convention

import (
	"fmt"
	"regexp"

	"entente/internal/calendar"
)

var momentForm = regexp.MustCompile(`^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$`)

// Period gives the days that the moment may be: one day, a month or a year. The empty moment gives the empty period. The
// error says that the moment is none: a wrong form, or a day or month that does not exist.
func (m Moment) Period() (calendar.Period, error) {
	if m == "" {
		return calendar.Period{}, nil
	}
	if !momentForm.MatchString(string(m)) {
		return calendar.Period{}, fmt.Errorf("convention: %q is not a date, a month or a year", string(m))
	}
	first, err := calendar.Parse((string(m) + "-01-01")[:len("2018-10-19")])
	if err != nil {
		return calendar.Period{}, err
	}
	months := map[int]int{len("2018"): 12, len("2018-10"): 1}[len(m)]
	if months == 0 {
		return calendar.Period{From: first, To: first}, nil
	}
	return calendar.Period{From: first, To: first.AddMonths(months).AddDays(-1)}, nil
}
