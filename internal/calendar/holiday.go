package calendar

import (
	"slices"
	"time"
)

// Holiday is a public holiday of metropolitan France. Key names it in the catalogues, under "holiday.".
type Holiday struct {
	Day Date
	Key string
}

// fixedHolidays fall on the same day each year; movedHolidays so many days after Easter Sunday (Code du travail,
// art. L3133-1). What Alsace, Moselle and overseas territories have besides is not among them.
var (
	fixedHolidays = []struct {
		month time.Month
		day   int
		key   string
	}{
		{time.January, 1, "new-year"}, {time.May, 1, "labour"}, {time.May, 8, "victory"}, {time.July, 14, "national"},
		{time.August, 15, "assumption"}, {time.November, 1, "all-saints"}, {time.November, 11, "armistice"}, {time.December, 25, "christmas"},
	}
	movedHolidays = []struct {
		after int
		key   string
	}{{1, "easter-monday"}, {39, "ascension"}, {50, "whit-monday"}}
)

// Holidays lists the public holidays of a civil year in order. Two may fall on one day, as Ascension and 1 May did in 2008.
func Holidays(year int) []Holiday {
	out := make([]Holiday, 0, len(fixedHolidays)+len(movedHolidays))
	for _, h := range fixedHolidays {
		out = append(out, Holiday{Of(year, h.month, h.day), h.key})
	}
	sunday := Easter(year)
	for _, h := range movedHolidays {
		out = append(out, Holiday{sunday.AddDays(h.after), h.key})
	}
	slices.SortStableFunc(out, func(a, b Holiday) int { return a.Day.Compare(b.Day) })
	return out
}

// HolidayOn gives the public holiday that falls on a day, and whether one does.
func HolidayOn(day Date) (Holiday, bool) {
	for _, h := range Holidays(day.Year()) {
		if h.Day == day {
			return h, true
		}
	}
	return Holiday{}, false
}

// Easter is Easter Sunday of a year in the Gregorian calendar. The golden number gives the age of the moon, which the
// centuries correct: those whose leap day falls out, and those in which the moon gains a day on the sun. Easter is the
// Sunday after the full moon of spring.
func Easter(year int) Date {
	century := year/100 + 1
	skipped := 3 * century / 4                               // leap days that fell out, since year 0
	moon := (8*century + 5) / 25                             // days that the moon has gained
	epact := (11*(year%19) + 38 + moon - skipped + 300) % 30 // age of the moon on 1 January
	if epact == 25 && year%19+1 > 11 || epact == 24 {        // two months that the table shortens
		epact++
	}
	full := 44 - epact // of March
	if full < 21 {
		full += 30
	}
	d := Of(year, time.March, full)
	return d.AddDays(7 - int(d.Weekday()))
}

// IsWeekend tells Saturday and Sunday.
func (d Date) IsWeekend() bool { return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday }
