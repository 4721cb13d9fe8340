package governance

import "time"

// Timetable is an agenda laid over the hours of its meeting.
type Timetable struct {
	Starts  []string // of each item, "14:10"; empty where it cannot be known
	Total   int      // minutes of the items that say how long they last
	Untimed int      // items that do not
	End     string   // "16:00"; empty where it cannot be known
}

// TimetableOf lays items over the hours of a meeting that begins at an hour ("14:00", empty where nobody said). After an
// item that does not say how long it lasts, no hour is known: none is guessed. Hours pass midnight as clocks do.
func TimetableOf(start string, items []Item) Timetable {
	t := Timetable{Starts: make([]string, len(items))}
	at, err := time.Parse("15:04", start)
	known := err == nil
	for i, x := range items {
		if known {
			t.Starts[i] = at.Format("15:04")
		}
		t.Total += x.Minutes
		if x.Minutes == 0 {
			t.Untimed++
			known = false
		}
		at = at.Add(time.Duration(x.Minutes) * time.Minute)
	}
	if known && len(items) > 0 {
		t.End = at.Format("15:04")
	}
	return t
}

// Over tells by how many minutes the items exceed the length planned for the meeting; 0 where they fit, or where nobody
// said how long it lasts.
func (t Timetable) Over(planned int) int {
	if planned == 0 {
		return 0
	}
	return max(0, t.Total-planned)
}
