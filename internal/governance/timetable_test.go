package governance

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTimetable(t *testing.T) {
	lasting := func(minutes ...int) []Item {
		out := make([]Item, len(minutes))
		for i, m := range minutes {
			out[i].Minutes = m
		}
		return out
	}
	for name, x := range map[string]struct {
		start   string
		minutes []int
		want    Timetable
	}{
		"each item follows the one before": {"14:00", []int{10, 35, 15}, Timetable{Starts: []string{"14:00", "14:10", "14:45"}, Total: 60, End: "15:00"}},
		"no hour":                          {"", []int{10, 20}, Timetable{Starts: []string{"", ""}, Total: 30}},
		"after an item without length":     {"09:00", []int{10, 0, 20}, Timetable{Starts: []string{"09:00", "09:10", ""}, Total: 30, Untimed: 1}},
		"last item without length":         {"09:00", []int{10, 0}, Timetable{Starts: []string{"09:00", "09:10"}, Total: 10, Untimed: 1}},
		"past midnight":                    {"23:30", []int{45, 5}, Timetable{Starts: []string{"23:30", "00:15"}, Total: 50, End: "00:20"}},
		"nothing":                          {"14:00", nil, Timetable{Starts: []string{}}},
	} {
		if diff := cmp.Diff(x.want, TimetableOf(x.start, lasting(x.minutes...))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	over := Timetable{Total: 130}
	if over.Over(120) != 10 || over.Over(130) != 0 || over.Over(200) != 0 || over.Over(0) != 0 {
		t.Error("what exceeds the length planned is miscounted")
	}
}
