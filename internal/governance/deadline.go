package governance

import (
	"entente/internal/calendar"
	"entente/internal/convention"
)

// DeadlineKind is what has to be there by a deadline.
type DeadlineKind string

// The kinds of deadline before a meeting.
const (
	ConvocationDue DeadlineKind = "convocation"
	DocumentsDue   DeadlineKind = "documents"
)

// Deadline is a day before a meeting by which something has to be done, with what asks for it.
type Deadline struct {
	Kind DeadlineKind
	Day  calendar.Date
	Days int              // asked for before the meeting, calendar days
	By   convention.Place // clause that fixes it; zero where it is only the space's custom
	From calendar.Date    // day that the count gives, where it is closed and the deadline stands before it; zero elsewhere
}

// FromText tells a deadline that the convention fixes.
func (d Deadline) FromText() bool { return d.By != (convention.Place{}) }

// Passed tells whether the deadline lies before a day: on its own day there is still time.
func (d Deadline) Passed(day calendar.Date) bool { return d.Day.Before(day) }

// ConvocationNotice is how many days before a meeting its convocation goes out, and whether the convention fixes them: the
// custom of a space may be longer than the notice of the text, never shorter.
func ConvocationNotice(k *convention.Committee, c Custom) (days int, fromText bool) {
	if k.Notice > 0 && k.Notice >= c.ConvocationDays {
		return k.Notice, true
	}
	return c.ConvocationDays, false
}

// Deadlines counts back from the day of a meeting of a committee, first to come first. What neither the text nor the custom
// asks for has no deadline.
func Deadlines(k *convention.Committee, c Custom, day calendar.Date) []Deadline {
	var out []Deadline
	if days, fromText := ConvocationNotice(k, c); days > 0 {
		d := deadline(ConvocationDue, day, days)
		if fromText {
			d.By = k.Place
		}
		out = append(out, d)
	}
	if c.DocumentDays > 0 {
		out = append(out, deadline(DocumentsDue, day, c.DocumentDays))
	}
	if len(out) == 2 && out[1].Day.Before(out[0].Day) {
		out[0], out[1] = out[1], out[0]
	}
	return out
}

func deadline(kind DeadlineKind, day calendar.Date, days int) Deadline {
	counted := day.AddDays(-days)
	d := Deadline{Kind: kind, Day: WorkingDay(counted), Days: days}
	if d.Day != counted {
		d.From = counted
	}
	return d
}

// WorkingDay is the day itself, or the last one before it that is neither of a weekend nor a public holiday.
func WorkingDay(d calendar.Date) calendar.Date {
	for closed(d) {
		d = d.AddDays(-1)
	}
	return d
}

func closed(d calendar.Date) bool {
	_, holiday := calendar.HolidayOn(d)
	return holiday || d.IsWeekend()
}
