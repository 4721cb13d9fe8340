package governance

import "entente/internal/calendar"

// How reminders leave by themselves.
const (
	remindBefore = 7  // days before the end in which somebody is reminded
	remindEvery  = 4  // days between what was written and the next reminder
	remindAfter  = 28 // days after which nobody is reminded of what is late
)

// RemindsOn tells whether who has not answered is reminded on a day: before the last day on which an answer serves, and not soon after
// the last message about it.
func RemindsOn(today, last, end calendar.Date) bool {
	return !today.After(end) && end.DaysSince(today) <= remindBefore && today.DaysSince(last) >= remindEvery
}

// RemindsOn tells whether whoever does the follow-up is reminded on a day: in the week before it is due, then each week while it is late.
// Last is when they were reminded last; zero where never.
func (u FollowUp) RemindsOn(today, last calendar.Date) bool {
	switch {
	case u.State != ToDo || u.Person == "" || u.Due.IsZero():
		return false
	case u.Due.DaysSince(today) > remindBefore || today.DaysSince(u.Due) > remindAfter:
		return false
	}
	return last.IsZero() || today.DaysSince(last) >= remindBefore
}
