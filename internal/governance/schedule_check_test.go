package governance_test

import (
	"slices"
	"testing"

	. "entente/internal/governance"
)

func TestCheckDates(t *testing.T) {
	h := shipped(t, etampois, "2023-04-03")
	h[0].Text.Committee("strategique").Notice = 20
	r := ScheduleRequest{History: h, Today: day("2026-06-01"), School: school, Meetings: []Meeting{
		{Committee: "strategique", Day: day("2026-03-10"), State: Held}, {Committee: "operationnel", Day: day("2026-09-15"), State: Planned}}}
	got := CheckDates(r, []ProposedDate{
		{Committee: "operationnel", Day: day("2026-09-14")},
		{Committee: "operationnel", Day: day("2026-07-14")},
		{Committee: "strategique", Day: day("2026-09-15")},
		{Committee: "strategique", Day: day("2026-10-03")},
		{Committee: "strategique", Day: day("2026-06-10")},
		{Committee: "operationnel", Day: day("2027-02-02")},
		{Committee: "operationnel"},
		{Committee: "unknown", Day: day("2026-09-14")},
	})
	for i, want := range [][]string{
		nil, {"schedule.warning.holiday"}, {"schedule.warning.taken"}, {"schedule.warning.weekend", "schedule.warning.limit"},
		{"schedule.warning.limit", "schedule.warning.notice"}, {"schedule.warning.not-in-force"}, nil, nil} {
		var keys []string
		for _, m := range got[i] {
			keys = append(keys, m.Key)
		}
		if !slices.Equal(keys, want) {
			t.Errorf("date %d: %v, want %v", i+1, keys, want)
		}
	}
}
