package compliance

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/governance"
)

func TestCivilYearMinimum(t *testing.T) {
	three := held("suivi", "2025-02-03", "2025-05-05", "2025-06-30")
	tests := []struct {
		name     string
		meetings []governance.Meeting
		since    string
		on       string
		want     Status
		nextBy   string
	}{
		{"an empty register is unknown", nil, "2023-04-03", "2025-12-31", Unknown, "2025-12-31"},
		{"four held are kept", join(three, held("suivi", "2025-10-06")), "2023-04-03", "2025-10-06", Kept, ""},
		{"the day before the fourth it is planned", join(three, planned("suivi", "2025-10-06")), "2023-04-03", "2025-10-05", OnCourse, "2025-10-06"},
		{"the day of a planned meeting it is still planned", join(three, planned("suivi", "2025-10-06")), "2023-04-03", "2025-10-06", OnCourse, "2025-10-06"},
		{"the day after, somebody must say", join(three, planned("suivi", "2025-10-06")), "2023-04-03", "2025-10-07", OnCourse, "2025-10-06"},
		{"a meeting held later was to come", join(three, held("suivi", "2025-10-06")), "2023-04-03", "2025-10-01", OnCourse, "2025-10-06"},
		{"half an interval is left (46 days)", three, "2023-04-03", "2025-11-15", OnCourse, "2025-12-31"},
		{"less than half an interval is left (45 × 2 < 91)", three, "2023-04-03", "2025-11-16", AtRisk, "2025-12-31"},
		{"on the last day one may still be held", three, "2023-04-03", "2025-12-31", AtRisk, "2025-12-31"},
		{"two cannot be held on one day", three[:2], "2023-04-03", "2025-12-31", Broken, "2025-12-31"},
		{"two can on two days", three[:2], "2023-04-03", "2025-12-30", AtRisk, "2025-12-31"},
		{"cancelled ones do not count", join(three, meetingsOn("suivi", governance.Cancelled, []string{"2025-10-06"})), "2023-04-03", "2025-12-31", AtRisk, "2025-12-31"},
		{"other committees do not count", join(three, held("haut", "2025-10-06")), "2023-04-03", "2025-12-31", AtRisk, "2025-12-31"},
		{"a new year begins on course", three, "2023-04-03", "2026-01-01", OnCourse, "2026-12-31"},
	}
	for _, x := range tests {
		t.Run(x.name, func(t *testing.T) {
			r := Assess(sharedHistory(), Evidence{Since: day(x.since), Meetings: x.meetings}, day(x.on))
			f := finding(t, r, "cadence/suivi")
			var by string
			if f.Next != nil {
				by = f.Next.By.String()
			}
			if f.Status != x.want || by != x.nextBy {
				t.Errorf("%s by %q, want %s by %q: %s", f.Status, by, x.want, x.nextBy, french.Say(f.Figures))
			}
		})
	}
}

func TestPastYears(t *testing.T) {
	e := Evidence{Since: day("2024-06-01"), Meetings: join(
		held("suivi", "2024-07-01", "2024-09-02"),
		held("suivi", "2025-01-06", "2025-03-03", "2025-06-02", "2025-09-01"),
		planned("suivi", "2024-12-02"))}
	f := finding(t, Assess(sharedHistory(), e, day("2026-02-01")), "cadence/suivi")
	var got []Status
	for _, row := range f.History {
		got = append(got, row.Status)
	}
	if diff := cmp.Diff([]Status{Unknown, Broken, Kept}, got); diff != "" {
		t.Error(diff)
	}
	if got := french.Say(f.History[0].Figures); got != "Aucune réunion enregistrée en 2023\u00a0; au prorata de la période où elle s’applique (du 3 avril 2023 au 31 décembre 2023), la convention en prévoit au moins 2." {
		t.Error(got)
	}
}

func TestProration(t *testing.T) {
	year := calendar.CivilYear(2024)
	tests := []struct {
		name       string
		from, to   string
		min, max   int
		due, limit int
	}{
		{"the whole of a leap year", "2024-01-01", "2024-12-31", 4, 5, 4, 5},
		{"nine whole months", "2024-04-01", "2024-12-31", 4, 0, 3, -1},
		{"a day short of nine months", "2024-04-02", "2024-12-31", 4, 0, 2, -1},
		{"a quarter", "2024-01-01", "2024-03-31", 4, 0, 1, -1},
		{"a day short of a quarter", "2024-01-01", "2024-03-30", 4, 0, 0, -1},
		{"one a year in eleven months asks for none", "2024-02-01", "2024-12-31", 1, 2, 0, 2},
		{"a maximum is rounded up", "2024-10-01", "2024-12-31", 1, 2, 0, 1},
	}
	for _, x := range tests {
		t.Run(x.name, func(t *testing.T) {
			text := &convention.Convention{Facts: convention.Facts{Committees: []convention.Committee{{ID: "k", Cadence: &convention.Cadence{Min: x.min, Max: x.max}}}}}
			parts := []convention.Stretch{{Version: &convention.Version{Text: text}, Period: calendar.Period{From: day(x.from), To: day(x.to)}}}
			due, limit := convention.Required("k", parts, year)
			if due != x.due || limit != x.limit {
				t.Errorf("%d to %d, want %d to %d", due, limit, x.due, x.limit)
			}
		})
	}
}

// An amendment that lowers the rhythm in the middle of a year counts each half under its own rule.
func TestRuleOfEachDay(t *testing.T) {
	amended := shared()
	amended.Committees[1].Cadence = &convention.Cadence{Min: 2, Place: at("4-2")}
	h := append(sharedHistory(), version(2, "2025-07-01", amended))
	c := open(h, Evidence{}, day("2025-12-01"))
	if w := c.current(c.text.Committee("suivi")); w.due != 3 {
		t.Errorf("%d due, want 3: half of four and half of two", w.due)
	}
	if w := open(h, Evidence{}, day("2026-12-01")).current(&amended.Committees[1]); w.due != 2 {
		t.Errorf("%d due the year after, want 2", w.due)
	}
}

func TestMaximum(t *testing.T) {
	tests := []struct {
		name     string
		meetings []governance.Meeting
		want     Status
	}{
		{"one of one to two", held("haut", "2025-03-03"), Kept},
		{"two of one to two", held("haut", "2025-03-03", "2025-05-05"), Kept},
		{"at the maximum with one more planned", join(held("haut", "2025-03-03", "2025-05-05"), planned("haut", "2025-11-03")), AtRisk},
		{"beyond the maximum", held("haut", "2025-03-03", "2025-05-05", "2025-06-02"), Broken},
	}
	for _, x := range tests {
		t.Run(x.name, func(t *testing.T) {
			f := finding(t, Assess(sharedHistory(), Evidence{Meetings: x.meetings}, day("2025-07-01")), "cadence/haut")
			if f.Status != x.want {
				t.Errorf("%s, want %s", f.Status, x.want)
			}
		})
	}
}

func TestAsNeededIsCountedAndNeverJudged(t *testing.T) {
	e := Evidence{Meetings: held("travail", "2025-03-03", "2025-05-05")}
	f := finding(t, Assess(sharedHistory(), e, day("2025-07-01")), "cadence/travail")
	if f.Status != NotApplicable || len(f.Evidence) != 2 {
		t.Errorf("%s with %d pieces of evidence", f.Status, len(f.Evidence))
	}
	if got, want := french.Say(f.Figures), "2 réunions tenues en 2025\u00a0; la convention laisse le rythme aux besoins."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestRollingCadence(t *testing.T) {
	first := held("comite", "2024-05-10", "2024-09-10", "2025-01-10")
	tests := []struct {
		name     string
		meetings []governance.Meeting
		on       string
		want     Status
	}{
		{"the first twelve months begin on course", held("comite", "2024-03-20"), "2024-03-21", OnCourse},
		{"three in the first twelve months", first, "2025-01-10", Kept},
		{"no day is left to convene with fifteen days of notice", first[:2], "2025-02-28", Broken},
		{"just time to convene", first[:2], "2025-02-27", AtRisk},
		{"still three behind, and the first leaves beyond the look-ahead", first, "2025-03-10", Kept},
		{"the first leaves within sixty days", first, "2025-03-11", AtRisk},
		{"unless another is planned before", join(first, planned("comite", "2025-05-09")), "2025-03-15", Kept},
		{"the last day with three behind", first, "2025-05-09", AtRisk},
		{"the first has left", first, "2025-05-10", Broken},
		{"six in twelve months are too many", held("comite", "2025-06-01", "2025-07-01", "2025-08-01", "2025-09-01", "2025-10-01", "2025-11-01"), "2025-11-02", Broken},
	}
	for _, x := range tests {
		t.Run(x.name, func(t *testing.T) {
			f := finding(t, Assess(rollingHistory(), Evidence{Meetings: x.meetings}, day(x.on)), "cadence/comite")
			if f.Status != x.want {
				t.Errorf("%s, want %s: %s", f.Status, x.want, french.Say(f.Figures))
			}
		})
	}
}

func TestAfterTheEndTheLastYearIsFinal(t *testing.T) {
	e := Evidence{Meetings: held("suivi", "2026-03-02", "2026-05-04", "2026-09-07")}
	for on, want := range map[string]Status{"2026-12-31": AtRisk, "2027-01-01": Broken, "2028-06-01": Broken} {
		f := finding(t, Assess(sharedHistory(), e, day(on)), "cadence/suivi")
		if f.Status != want {
			t.Errorf("%s: %s, want %s", on, f.Status, want)
		}
	}
}
