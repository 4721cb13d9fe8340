package plan

import (
	"strings"

	"entente/internal/calendar"
	"entente/internal/fault"
)

// Weather is how those who carry an action see it, in four words. It stands beside the computed progress, never instead.
type Weather string

// The weathers, best first. The zero value is not said.
const (
	Sunny  Weather = "sunny"
	Cloudy Weather = "cloudy"
	Rainy  Weather = "rainy"
	Stormy Weather = "stormy"
)

// Weathers lists the weathers, best first.
func Weathers() []Weather { return []Weather{Sunny, Cloudy, Rainy, Stormy} }

// Note is a short note on the progress of an action: what was done, what blocks, what comes next.
type Note struct {
	ID        string
	Version   int64
	Action    string
	Day       calendar.Date
	Weather   Weather
	Did       string
	Blocks    string
	Next      string
	Person    string // who wrote it, of the directory; empty where somebody else
	Party     string // institution for which they wrote; empty where none
	Link      bool   // it came by a personal link
	Validated string // name of who validated it for the institution; empty while nobody did
	Unread    bool   // the coordinator has not seen it yet
}

// Check tells what is wrong with the note, field by field.
func (n Note) Check(today calendar.Date) error {
	var f fault.Fields
	if n.Action == "" {
		f.Add("action", "fault.field.required")
	}
	if n.Day.IsZero() {
		f.Add("day", "fault.field.required")
	} else if n.Day.After(today) {
		f.Add("day", "fault.field.future")
	}
	if n.Weather != "" && !oneOf(n.Weather, Weathers()) {
		f.Add("weather", "fault.field.choice")
	}
	if n.Weather == "" && strings.TrimSpace(n.Did+n.Blocks+n.Next) == "" {
		f.Add("did", "fault.field.required")
	}
	return f.Err()
}

// Freshness is whether an action has news.
type Freshness string

// The states of freshness of a live action.
const (
	Fresh   Freshness = "fresh"
	Stale   Freshness = "stale" // no news for longer than its rhythm
	NoNews  Freshness = "none"  // no news ever, and it should have had some
	NotLive Freshness = ""      // nobody expects news of it
)

// FreshnessOf tells on a day whether an action has news, by the day of its last note (zero where there is none): a live action
// that is older than its rhythm must have a note that is not.
func FreshnessOf(a Action, last, today calendar.Date) Freshness {
	if !a.State.Live() {
		return NotLive
	}
	since := last
	if since.IsZero() {
		since = a.Since
	}
	switch {
	case since.IsZero() || !since.AddMonths(a.Months()).Before(today):
		return Fresh
	case last.IsZero():
		return NoNews
	}
	return Stale
}
