package governance

import (
	"testing"

	"pgregory.net/rapid"

	"entente/internal/calendar"
	"entente/internal/convention"
)

func TestDeadlines(t *testing.T) {
	at := convention.Place{Ref: "4", Anchor: "article-4"}
	type want struct {
		kind DeadlineKind
		day  string
		days int
		text bool
		from string
	}
	for name, x := range map[string]struct {
		notice, convocation, documents int
		day                            string
		want                           []want
	}{
		"custom alone":                   {0, 15, 8, "2026-12-08", []want{{ConvocationDue, "2026-11-23", 15, false, ""}, {DocumentsDue, "2026-11-30", 8, false, ""}}},
		"the text is longer":             {15, 10, 5, "2026-12-08", []want{{ConvocationDue, "2026-11-23", 15, true, ""}, {DocumentsDue, "2026-12-03", 5, false, ""}}},
		"the custom is longer":           {10, 20, 0, "2026-12-08", []want{{ConvocationDue, "2026-11-18", 20, false, ""}}},
		"both the same":                  {15, 15, 0, "2026-12-08", []want{{ConvocationDue, "2026-11-23", 15, true, ""}}},
		"on a Sunday, the Friday before": {0, 9, 0, "2026-12-08", []want{{ConvocationDue, "2026-11-27", 9, false, "2026-11-29"}}},
		"on 11 November":                 {0, 8, 0, "2026-11-19", []want{{ConvocationDue, "2026-11-10", 8, false, "2026-11-11"}}},
		"Easter Monday, to the Friday":   {15, 0, 0, "2026-04-21", []want{{ConvocationDue, "2026-04-03", 15, true, "2026-04-06"}}},
		"documents before the call":      {0, 5, 8, "2026-12-08", []want{{DocumentsDue, "2026-11-30", 8, false, ""}, {ConvocationDue, "2026-12-03", 5, false, ""}}},
		"nothing asks":                   {0, 0, 0, "2026-12-08", nil},
	} {
		got := Deadlines(&convention.Committee{Notice: x.notice, Place: at}, Custom{ConvocationDays: x.convocation, DocumentDays: x.documents}, calendar.Must(x.day))
		if len(got) != len(x.want) {
			t.Fatalf("%s: %v", name, got)
		}
		for i, w := range x.want {
			g := want{got[i].Kind, got[i].Day.String(), got[i].Days, got[i].FromText(), got[i].From.String()}
			if g != w {
				t.Errorf("%s: %v, want %v", name, g, w)
			}
		}
	}
}

func TestDeadlinePasses(t *testing.T) {
	d := Deadline{Day: calendar.Must("2026-11-23")}
	if d.Passed(d.Day) || d.Passed(d.Day.AddDays(-1)) || !d.Passed(d.Day.AddDays(1)) {
		t.Error("a deadline has passed on the day after it, and not before")
	}
}

// Whatever the days, a convocation is never due later than the notice of the text, nor on a closed day, nor after the meeting.
func TestTheNoticeIsNeverShortened(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := convention.Committee{Notice: rapid.IntRange(0, 60).Draw(t, "notice")}
		c := Custom{ConvocationDays: rapid.IntRange(0, 60).Draw(t, "custom"), DocumentDays: rapid.IntRange(0, 60).Draw(t, "documents")}
		day := calendar.Must("2026-01-01").AddDays(rapid.IntRange(0, 2000).Draw(t, "day"))
		for _, d := range Deadlines(&k, c, day) {
			if d.Day.After(day) || closed(d.Day) {
				t.Fatalf("%s is due on %s for %s", d.Kind, d.Day, day)
			}
			if d.Kind == ConvocationDue && day.DaysSince(d.Day) < max(k.Notice, c.ConvocationDays) {
				t.Fatalf("the convocation is due %d days before, the text asks %d and the custom %d", day.DaysSince(d.Day), k.Notice, c.ConvocationDays)
			}
		}
	})
}
