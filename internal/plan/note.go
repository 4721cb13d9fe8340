package plan

import (
	"slices"
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
	if n.Weather != "" && !slices.Contains(Weathers(), n.Weather) {
		f.Add("weather", "fault.field.choice")
	}
	if n.Weather == "" && strings.TrimSpace(n.Did+n.Blocks+n.Next) == "" {
		f.Add("did", "fault.field.required")
	}
	return f.Err()
}
