package view

import (
	"strconv"

	"github.com/a-h/templ"

	"entente/internal/calendar"
)

// Event is one entry of a timeline.
type Event struct {
	Day     calendar.Date
	When    string // in place of Day where only the month or the year is known
	Title   string
	Href    string
	Body    string
	Badge   templ.Component // may be nil
	Current bool            // today stands here
}

// Step is one step of a circuit.
type Step struct {
	Title string
	Body  string
	State StepState
}

// StepState is where a step stands.
type StepState string

// The states of a step.
const (
	StepDone StepState = "done"
	StepHere StepState = "here"
	StepNext StepState = "next"
)

// Tally counts what was held and planned beside what the text asks for. Max 0 is no maximum.
type Tally struct {
	Label   string // what is counted: "Réunions du comité en 2026"
	Held    int
	Planned int
	Min     int
	Max     int
}

// tallyMark is one place of a tally.
type tallyMark struct {
	kind string // "held", "planned", "due", "over"
	x    int
}

// maxMarks bounds the drawing; the figures beside it always say the whole.
const maxMarks = 12

// marks draws one mark a meeting: held, then planned, then still due; what exceeds the maximum looks otherwise.
func (t Tally) marks() []tallyMark {
	n := min(max(t.Held+t.Planned, t.Min), maxMarks)
	out := make([]tallyMark, n)
	for i := range out {
		kind := "due"
		switch {
		case t.Max > 0 && i >= t.Max:
			kind = "over"
		case i < t.Held:
			kind = "held"
		case i < t.Held+t.Planned:
			kind = "planned"
		}
		out[i] = tallyMark{kind: kind, x: 9 + i*20}
	}
	return out
}

func (t Tally) viewBox() string {
	return "0 0 " + t.width() + " 18"
}

func (t Tally) width() string { return strconv.Itoa(max(len(t.marks()), 1)*20 - 2) }

// Breakdown shows how many of each sort there are: a bar, and a table with the same figures.
type Breakdown struct {
	Caption string
	Items   []BreakdownItem
}

// BreakdownItem is one part of a breakdown.
type BreakdownItem struct {
	Tone  Tone
	Label string
	Href  string
	Count int
}

// barWidth is the width of the bar of a breakdown, in units of its drawing.
const barWidth = 600

// segment is one part of the bar.
type segment struct {
	class    string
	x, width string
}

// segments are the parts of the bar, in proportion; what counts nothing has none.
func (b Breakdown) segments() []segment {
	total := 0
	for _, i := range b.Items {
		total += i.Count
	}
	var out []segment
	done := 0
	for _, i := range b.Items {
		if i.Count == 0 {
			continue
		}
		x := done * barWidth / total
		done += i.Count
		end := done * barWidth / total
		if done < total {
			end -= 3 // a gap before the next
		}
		out = append(out, segment{class: "fill-" + string(i.Tone), x: strconv.Itoa(x), width: strconv.Itoa(max(end-x, 1))})
	}
	return out
}

// Countdown counts the days to a date.
type Countdown struct {
	Days  int // to Until; negative once it has passed
	Until calendar.Date
	Label string // what comes to its end then
	Start calendar.Date
	Day   calendar.Date // today; with Start, how much of the way is gone is drawn
}

// drawn tells whether the way can be drawn.
func (c Countdown) drawn() bool {
	return !c.Start.IsZero() && !c.Day.IsZero() && c.Until.After(c.Start)
}

// gone is how much of the way is behind, in units of the drawing.
func (c Countdown) gone() string {
	all, gone := c.Until.DaysSince(c.Start), c.Day.DaysSince(c.Start)
	return strconv.Itoa(min(max(gone, 0), all) * barWidth / all)
}

func (c Countdown) abs() int {
	if c.Days < 0 {
		return -c.Days
	}
	return c.Days
}

// Todo is something that waits for the reader.
type Todo struct {
	Title string
	Href  string
	Body  string
	By    calendar.Date
	Said  bool // the body names the day already
	Late  bool
	Cite  *Citation
}
