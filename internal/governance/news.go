package governance

import (
	"time"

	"entente/internal/calendar"
)

// NewsChoice is how often somebody wishes to have news. What asks them for something comes at once, whatever they choose.
type NewsChoice string

// The choices.
const (
	NewsEach   NewsChoice = "each" // a message for each
	NewsDaily  NewsChoice = "daily"
	NewsWeekly NewsChoice = "weekly"
	NewsNone   NewsChoice = "none"
)

// NewsChoices in the order of the screen.
func NewsChoices() []NewsChoice { return []NewsChoice{NewsEach, NewsDaily, NewsWeekly, NewsNone} }

// Valid tells whether it is one of the choices.
func (c NewsChoice) Valid() bool { return oneOf(c, NewsChoices()) }

// State is how news stand for somebody who chose so: they leave, wait for a digest, or do not leave at all.
func (c NewsChoice) State() MessageState {
	switch c {
	case NewsDaily, NewsWeekly:
		return MessageHeld
	case NewsNone:
		return MessageDropped
	}
	return MessageWaiting
}

// DigestOn tells whether the news that wait for somebody leave on a day: every day, or on Mondays. Who has changed their mind
// since gets at once what waits.
func (c NewsChoice) DigestOn(day calendar.Date) bool {
	return c != NewsWeekly || day.Weekday() == time.Monday
}
