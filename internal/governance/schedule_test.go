package governance_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/conventions"
	"entente/internal/calendar"
	"entente/internal/convention"
	. "entente/internal/governance"
)

func day(s string) calendar.Date { return calendar.Must(s) }

// shipped reads a convention file as the only version of a space.
func shipped(t *testing.T, name, effective string) convention.History {
	t.Helper()
	source, err := conventions.Read(name)
	if err != nil {
		t.Fatal(err)
	}
	text, faults := convention.Parse(name, source) // the faults may be warnings
	if text == nil {
		t.Fatal(faults)
	}
	return convention.History{{ID: "v1", Number: 1, Effective: day(effective), Text: text}}
}

const (
	etampois = "etampois-sud-essonne-2023-2026"
	ambre    = "contrat-local-sante-val-ambre-2025-2029"
)

// school are the holidays of zone C in 2026 as an installation would have them.
var school = []calendar.Period{{From: day("2026-02-21"), To: day("2026-03-09")}, {From: day("2026-04-18"), To: day("2026-05-04")},
	{From: day("2026-07-04"), To: day("2026-08-31")}, {From: day("2026-10-17"), To: day("2026-11-02")}, {From: day("2026-12-19"), To: day("2027-01-04")}}

func daysOf(s Schedule, committee string) []calendar.Date {
	var out []calendar.Date
	for _, x := range s.Proposals {
		if x.Committee == committee {
			out = append(out, x.Day)
		}
	}
	return out
}

// TestProposeNothingInAugust: by the custom of the committee, which school holidays that nobody imported do not protect.
func TestProposeNothingInAugust(t *testing.T) {
	r := ScheduleRequest{History: shipped(t, etampois, "2023-04-03"), Today: day("2026-07-20"), Period: calendar.Period{From: day("2026-07-20"), To: day("2026-12-31")}}
	in := func(s Schedule) (n int) {
		for _, x := range s.Proposals {
			if x.Day.Month() == time.August {
				n++
			}
		}
		return n
	}
	if in(ProposeDates(r)) == 0 {
		t.Fatal("nothing is proposed in August anyway: the test shows nothing")
	}
	r.Preferences = map[string]Preference{}
	for _, k := range r.History[0].Text.Committees {
		r.Preferences[k.ID] = Preference{SkipAugust: Usual(k.ID).SkipAugust}
	}
	if s := ProposeDates(r); in(s) != 0 || len(s.Shortfalls) != 0 {
		t.Errorf("%+v", s)
	}
	if said := CheckDates(r, []ProposedDate{{Committee: "operationnel", Day: day("2026-08-12")}}); len(said[0]) == 0 || said[0][0].Key != "schedule.warning.august" {
		t.Errorf("a date in August is remarked on as %v", said)
	}
}

// A year of the first convention: four meetings of the operational committee at even distances, one of the strategic
// committee after one of them, none of the technical one.
func TestProposeAWholeYear(t *testing.T) {
	r := ScheduleRequest{History: shipped(t, etampois, "2023-04-03"), Today: day("2025-12-01"), Period: calendar.CivilYear(2026), School: school}
	got := ProposeDates(r)
	operational, strategic := daysOf(got, "operationnel"), daysOf(got, "strategique")
	if len(operational) != 4 || len(strategic) != 1 || len(got.Shortfalls) != 0 || !slices.Equal(got.AsNeeded, []string{"technique"}) {
		t.Fatalf("proposed %+v", got)
	}
	for i := 1; i < len(operational); i++ {
		if n := operational[i].DaysSince(operational[i-1]); n < 60 || n > 125 {
			t.Errorf("%d days between %v and %v", n, operational[i-1], operational[i])
		}
	}
	last := calendar.Date{}
	for _, d := range operational {
		if d.Before(strategic[0]) {
			last = d
		}
	}
	if n := strategic[0].DaysSince(last); last.IsZero() || n < RoomDays || n > SeasonDays {
		t.Errorf("the strategic committee meets on %v, %d days after the operational one", strategic[0], n)
	}
	if diff := cmp.Diff(got, ProposeDates(r), cmp.AllowUnexported(calendar.Date{})); diff != "" {
		t.Errorf("asked again, it proposes otherwise:\n%s", diff)
	}
}

func TestProposeKeepsWhatIsPlanned(t *testing.T) {
	meetings := []Meeting{
		{Committee: "operationnel", Day: day("2026-02-03"), Time: "09:30", State: Held}, {Committee: "operationnel", Day: day("2026-06-09"), Time: "14:00", State: Held},
		{Committee: "operationnel", Day: day("2026-09-15"), State: Cancelled}, {Committee: "strategique", Day: day("2026-06-30"), State: Held}}
	got := ProposeDates(ScheduleRequest{History: shipped(t, etampois, "2023-04-03"), Today: day("2026-07-01"), Period: calendar.CivilYear(2026),
		Meetings: meetings, School: school, Preferences: map[string]Preference{"operationnel": {Weekday: time.Thursday}}})
	days := daysOf(got, "operationnel")
	if len(days) != 2 || len(daysOf(got, "strategique")) != 0 || len(got.Shortfalls) != 0 {
		t.Fatalf("proposed %+v", got)
	}
	for _, x := range got.Proposals {
		if x.Day.Weekday() != time.Thursday || x.Time != "14:00" || !x.Day.After(day("2026-08-31")) {
			t.Errorf("proposed %v (%v) at %s", x.Day, x.Day.Weekday(), x.Time)
		}
	}
}

// What is too late is said, with how many and why.
func TestProposeTooLate(t *testing.T) {
	h := shipped(t, etampois, "2023-04-03")
	noticed := shipped(t, etampois, "2023-04-03")
	noticed[0].Text.Committee("operationnel").Notice = 40
	busy := []Meeting{{Committee: "strategique", Day: day("2026-12-30"), State: Planned}}
	for _, x := range []struct {
		name     string
		h        convention.History
		today    string
		meetings []Meeting
		missing  int
		cause    Cause
	}{
		{"the last day", h, "2026-12-31", busy, 4, CauseElapsed},
		{"two days before the end, one a holiday of schools", h, "2026-12-29", busy, 4, CauseClosed},
		{"within the notice", noticed, "2026-12-01", busy, 4, CauseNotice},
		{"time enough", h, "2026-11-01", nil, 0, ""},
	} {
		got := ProposeDates(ScheduleRequest{History: x.h, Today: day(x.today), Period: calendar.CivilYear(2026), School: school, Meetings: x.meetings})
		i := slices.IndexFunc(got.Shortfalls, func(s Shortfall) bool { return s.Committee == "operationnel" })
		switch {
		case x.missing == 0:
			if i >= 0 {
				t.Errorf("%s: %+v", x.name, got.Shortfalls[i])
			}
		case i < 0 || got.Shortfalls[i].Missing != x.missing || got.Shortfalls[i].Cause != x.cause:
			t.Errorf("%s: %+v", x.name, got.Shortfalls)
		}
	}
}

// Twelve months that roll: the next meeting comes before the twelve months fall short, with the notice that the text asks for.
func TestProposeRolling(t *testing.T) {
	h := shipped(t, ambre, "2025-03-01")
	k := &h[0].Text.Committees[0]
	meetings := []Meeting{{Committee: k.ID, Day: day("2026-02-10"), State: Held}, {Committee: k.ID, Day: day("2026-06-09"), State: Held},
		{Committee: k.ID, Day: day("2026-10-06"), State: Held}}
	period := calendar.Period{From: day("2026-11-23"), To: day("2027-11-22")}
	got := ProposeDates(ScheduleRequest{History: h, Today: day("2026-11-23"), Period: period, Meetings: meetings})
	days := daysOf(got, k.ID)
	if len(days) != 3 || len(got.Shortfalls) != 0 || days[0].After(day("2027-02-09")) || days[1].After(day("2027-06-08")) || days[2].After(day("2027-10-05")) {
		t.Errorf("proposed %v, short %+v", days, got.Shortfalls)
	}
	for i := 1; i < len(days); i++ {
		if n := days[i].DaysSince(days[i-1]); n < 90 {
			t.Errorf("%v and %v are %d days apart", days[i-1], days[i], n)
		}
	}
	late := ProposeDates(ScheduleRequest{History: h, Today: day("2026-11-23"), Period: period, Meetings: meetings[:1]})
	if len(late.Shortfalls) == 0 || late.Shortfalls[0].Cause != CausePast || late.Shortfalls[0].Missing != 2 || late.Shortfalls[0].Span.From != day("2026-11-23") {
		t.Errorf("twelve months that are short already: %+v", late.Shortfalls)
	}
}

func TestProposeNothingOnceTheConventionIsOver(t *testing.T) {
	got := ProposeDates(ScheduleRequest{History: shipped(t, etampois, "2023-04-03"), Today: day("2026-11-23"), Period: calendar.CivilYear(2027)})
	if len(got.Proposals)+len(got.Shortfalls) != 0 {
		t.Errorf("proposed %+v", got)
	}
	if got := ProposeDates(ScheduleRequest{Period: calendar.CivilYear(2027)}); len(got.Proposals) != 0 {
		t.Errorf("without a convention: %+v", got)
	}
}

// drawRequest draws a request of any shape over a convention of two committees, one of which proposes to the other.
func drawRequest(t *rapid.T) ScheduleRequest {
	text := &convention.Convention{Facts: convention.Facts{Duration: &convention.Duration{}}}
	for i, id := range []string{"low", "high", "free"} {
		k := convention.Committee{ID: id, Notice: rapid.SampledFrom([]int{0, 0, 15, 45}).Draw(t, "notice"), Cadence: &convention.Cadence{
			Min: rapid.IntRange(0, 6).Draw(t, "min"), Over: rapid.SampledFrom([]convention.Window{"", convention.Rolling12}).Draw(t, "over")}}
		if more := rapid.IntRange(0, 3).Draw(t, "more"); more < 3 {
			k.Cadence.Max = k.Cadence.Min + more
		}
		if i == 2 {
			k.Cadence = &convention.Cadence{AsNeeded: true}
		}
		text.Committees = append(text.Committees, k)
	}
	text.Committees[0].Missions = []convention.Mission{{ID: "m", Powers: []convention.Power{convention.ProposeOrientations}}}
	text.Committees[1].Missions = []convention.Mission{{ID: "m", Powers: []convention.Power{convention.ValidateOrientations}}}
	near := func(label string, from, to int) calendar.Date {
		return day("2026-06-01").AddDays(rapid.IntRange(from, to).Draw(t, label))
	}
	if rapid.Bool().Draw(t, "ends") {
		text.Duration.To = near("end", 100, 700)
	}
	r := ScheduleRequest{History: convention.History{{ID: "v", Number: 1, Effective: near("effective", -700, 100), Text: text}}, Today: near("today", 0, 300)}
	r.Period = calendar.CivilYear(2026 + rapid.IntRange(0, 1).Draw(t, "year"))
	if rapid.Bool().Draw(t, "coming") {
		r.Period = calendar.Period{From: r.Today, To: r.Today.AddMonths(12).AddDays(-1)}
	}
	for range rapid.IntRange(0, 8).Draw(t, "meetings") {
		m := Meeting{Committee: rapid.SampledFrom([]string{"low", "high", "free"}).Draw(t, "committee"), Day: near("held", -300, 600), State: Held}
		if m.Day.After(r.Today) {
			m.State = rapid.SampledFrom([]MeetingState{Planned, Cancelled}).Draw(t, "state")
		}
		r.Meetings = append(r.Meetings, m)
	}
	for range rapid.IntRange(0, 4).Draw(t, "holidays") {
		from := near("school", 0, 600)
		r.School = append(r.School, calendar.Period{From: from, To: from.AddDays(rapid.IntRange(0, 100).Draw(t, "long"))})
	}
	r.Preferences = map[string]Preference{"low": {Weekday: time.Weekday(rapid.IntRange(0, 5).Draw(t, "weekday"))}}
	return r
}

// met counts the meetings of a committee over a span, with those proposed or without.
func met(r ScheduleRequest, s Schedule, committee string, span calendar.Period) (all, before int) {
	for _, m := range r.Meetings {
		if m.Committee == committee && m.State != Cancelled && span.Contains(m.Day) {
			all, before = all+1, before+1
		}
	}
	for _, d := range daysOf(s, committee) {
		if span.Contains(d) {
			all++
		}
	}
	return all, before
}

// TestProposalsKeepEveryCadence: whatever is asked, each day proposed is free, no maximum is exceeded by a proposal, and
// every minimum is reached or said to be missed by exactly as many.
func TestProposalsKeepEveryCadence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRequest(t)
		s := ProposeDates(r)
		checkDays(t, r, s)
		if len(daysOf(s, "free")) != 0 {
			t.Fatal("dates for a committee that meets as needed")
		}
		stretches := r.History.Stretches()
		for _, k := range r.History[0].Text.Committees[:2] {
			for _, span := range spans(r, k, stretches) {
				checkSpan(t, r, s, k, span, convention.Within(stretches, span))
			}
		}
	})
}

func checkDays(t *rapid.T, r ScheduleRequest, s Schedule) {
	taken := map[calendar.Date]bool{}
	for _, m := range r.Meetings {
		if m.State != Cancelled {
			taken[m.Day] = true
		}
	}
	for _, x := range s.Proposals {
		k := r.History[0].Text.Committee(x.Committee)
		switch {
		case ClosureOf(x.Day, r.School) != "":
			t.Fatalf("%v is closed: %s", x.Day, ClosureOf(x.Day, r.School))
		case taken[x.Day]:
			t.Fatalf("two committees on %v", x.Day)
		case x.Day.DaysSince(r.Today) < max(1, k.Notice):
			t.Fatalf("%v is within the notice", x.Day)
		case !r.Period.Contains(x.Day) || r.History.InForce(x.Day) == nil:
			t.Fatalf("%v is out of the period", x.Day)
		case len(x.Reasons) == 0:
			t.Fatal("a date without a reason")
		}
		taken[x.Day] = true
	}
}

// spans are the twelve months over which a cadence is counted and that proposals may bear on.
func spans(r ScheduleRequest, k convention.Committee, stretches []convention.Stretch) []calendar.Period {
	var out []calendar.Period
	if k.Cadence.Over != convention.Rolling12 {
		for y := r.Period.From.Year(); y <= r.Period.To.Year(); y++ {
			out = append(out, calendar.CivilYear(y))
		}
		return out
	}
	for end := r.Period.From; !end.After(r.Period.To.AddMonths(12)); end = end.AddDays(1) {
		if r.History.InForce(end) != nil {
			out = append(out, calendar.RollingMonths(end, 12))
		}
	}
	return out
}

func checkSpan(t *rapid.T, r ScheduleRequest, s Schedule, k convention.Committee, span calendar.Period, parts []convention.Stretch) {
	if len(parts) == 0 {
		return
	}
	due, limit := convention.Required(k.ID, parts, span)
	all, before := met(r, s, k.ID, span)
	if limit >= 0 && all > limit && all > before {
		t.Fatalf("%s: %d meetings over %v, %d allowed", k.ID, all, span, limit)
	}
	missing := due - all
	if k.Cadence.Over != convention.Rolling12 {
		if !r.Period.To.Before(parts[len(parts)-1].To) {
			checkShort(t, s, k.ID, parts[0].From, max(missing, 0))
		}
		return
	}
	first := convention.FirstSpan(convention.Rolling12, r.History[0].Effective)
	if span.To.Before(first.To) || span.To.Before(r.Today) || span.To.After(r.Period.To) {
		return
	}
	said := 0
	for _, x := range s.Shortfalls {
		if x.Committee == k.ID && x.Span.Contains(span.To) {
			said = x.Missing
		}
	}
	if missing > said || missing <= 0 && said > 0 {
		t.Fatalf("%s: the twelve months that end on %v lack %d, and %d is said", k.ID, span.To, missing, said)
	}
}

func checkShort(t *rapid.T, s Schedule, committee string, from calendar.Date, missing int) {
	said := 0
	for _, x := range s.Shortfalls {
		if x.Committee == committee && x.Span.From == from {
			said = x.Missing
		}
	}
	if said != missing {
		t.Fatalf("%s lacks %d meetings, and %d is said: %+v", committee, missing, said, s)
	}
}
