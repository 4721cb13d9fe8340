package governance_test

import (
	"errors"
	"testing"

	"entente/internal/calendar"
	"entente/internal/fault"
	. "entente/internal/governance"
)

// message is the key of what an error says as a whole, or of the first fault of a field.
func message(err error) string {
	var e *fault.Error
	if !errors.As(err, &e) {
		return ""
	}
	if len(e.Fields) > 0 {
		return e.Fields[0].Name + " " + e.Fields[0].Message.Key
	}
	return e.Message.Key
}

// TestMinutesWays goes through every pair of states on the best terms: the table alone says which are ways.
func TestMinutesWays(t *testing.T) {
	day := must("2026-11-23")
	terms := MinutesTerms{Today: day, Custom: Custom{CommentDays: 15}, Until: day.AddDays(15), At: "next"}
	ways := map[MinutesState][]MinutesState{
		MinutesDraft:     {MinutesComments, MinutesSubmitted},
		MinutesComments:  {MinutesDraft, MinutesSubmitted},
		MinutesSubmitted: {MinutesDraft, MinutesApproved},
		MinutesApproved:  {MinutesPublished},
	}
	for _, from := range MinutesStates() {
		for _, to := range MinutesStates() {
			m := Minutes{ID: "m", State: from, Body: "Texte", CommentsUntil: day.AddDays(-1), Submitted: day.AddDays(-1)}
			got, err := m.To(to, terms)
			want := false
			for _, x := range ways[from] {
				want = want || x == to
			}
			switch {
			case want != (err == nil):
				t.Errorf("%s to %s: %v, want a way %v", from, to, err, want)
			case err == nil && got.State != to:
				t.Errorf("%s to %s: now %s", from, to, got.State)
			case err != nil && (message(err) != "fault.minutes.way" || got != m):
				t.Errorf("%s to %s: refused by %q, as %+v", from, to, message(err), got)
			}
			if becomes := m.Becomes(Minutes{ID: "m", State: to, Body: "Texte", CommentsUntil: m.CommentsUntil, Submitted: m.Submitted}); (becomes == nil) != (want || from == to) {
				t.Errorf("%s becomes %s: %v", from, to, becomes)
			}
		}
	}
}

// TestMinutesGuards says why a way is closed on a day.
func TestMinutesGuards(t *testing.T) {
	day := must("2026-11-23")
	for name, c := range map[string]struct {
		m     Minutes
		to    MinutesState
		terms MinutesTerms
		want  string
	}{
		"comments without a text": {Minutes{State: MinutesDraft}, MinutesComments, MinutesTerms{Today: day, Until: day}, "fault.minutes.empty"},
		"comments without a day":  {Minutes{State: MinutesDraft, Body: "x"}, MinutesComments, MinutesTerms{Today: day}, "until fault.field.required"},
		"comments in the past":    {Minutes{State: MinutesDraft, Body: "x"}, MinutesComments, MinutesTerms{Today: day, Until: day.AddDays(-1)}, "until fault.minutes.until-past"},
		"comments until today":    {Minutes{State: MinutesDraft, Body: "x"}, MinutesComments, MinutesTerms{Today: day, Until: day}, ""},
		"submitted empty":         {Minutes{State: MinutesDraft}, MinutesSubmitted, MinutesTerms{Today: day}, "fault.minutes.empty"},
		"nobody was asked": {Minutes{State: MinutesDraft, Body: "x"}, MinutesSubmitted, MinutesTerms{Today: day, Custom: Custom{CommentDays: 15}},
			"fault.minutes.no-comments-yet"},
		"nobody need be asked":      {Minutes{State: MinutesDraft, Body: "x"}, MinutesSubmitted, MinutesTerms{Today: day}, ""},
		"comments still open":       {Minutes{State: MinutesComments, Body: "x", CommentsUntil: day}, MinutesSubmitted, MinutesTerms{Today: day}, "fault.minutes.comments-open"},
		"comments over":             {Minutes{State: MinutesComments, Body: "x", CommentsUntil: day.AddDays(-1)}, MinutesSubmitted, MinutesTerms{Today: day}, ""},
		"by its own meeting":        {Minutes{ID: "m", State: MinutesSubmitted}, MinutesApproved, MinutesTerms{Today: day, At: "m"}, "fault.minutes.own-meeting"},
		"by silence, never":         {Minutes{State: MinutesSubmitted, Submitted: day}, MinutesApproved, MinutesTerms{Today: day}, "fault.minutes.no-silence"},
		"by silence, not yet":       {Minutes{State: MinutesSubmitted, Submitted: day}, MinutesApproved, MinutesTerms{Today: day.AddDays(2), Custom: Custom{SilenceDays: 3}}, "fault.minutes.silence-not-yet"},
		"by silence":                {Minutes{State: MinutesSubmitted, Submitted: day}, MinutesApproved, MinutesTerms{Today: day.AddDays(3), Custom: Custom{SilenceDays: 3}}, ""},
		"taken back before silence": {Minutes{State: MinutesSubmitted, Submitted: day}, MinutesDraft, MinutesTerms{Today: day.AddDays(2), Custom: Custom{SilenceDays: 3}}, ""},
		"taken back after silence":  {Minutes{State: MinutesSubmitted, Submitted: day}, MinutesDraft, MinutesTerms{Today: day.AddDays(3), Custom: Custom{SilenceDays: 3}}, "fault.minutes.silence-approved"},
	} {
		if _, err := c.m.To(c.to, c.terms); message(err) != c.want {
			t.Errorf("%s: %q, want %q", name, message(err), c.want)
		}
	}
}

// TestStanding reads silence off the day, and is dated by it however late somebody looks.
func TestStanding(t *testing.T) {
	m := Minutes{State: MinutesSubmitted, Submitted: must("2026-11-01"), Body: "x"}
	custom := Custom{SilenceDays: 10}
	if got := m.Standing(MinutesTerms{Today: must("2026-11-10"), Custom: custom, At: "next"}); got != m {
		t.Errorf("a day before: %+v", got)
	}
	got := m.Standing(MinutesTerms{Today: must("2027-01-10"), Custom: custom})
	if got.State != MinutesApproved || got.Approved != must("2026-11-11") || got.ApprovedBy != "" {
		t.Errorf("later: %+v", got)
	}
}

// TestBecomesKeepsATextThatIsFixed: neither the text nor how it was approved changes any more.
func TestBecomesKeepsATextThatIsFixed(t *testing.T) {
	for _, state := range MinutesStates() {
		m := Minutes{State: state, Body: "x", Approved: must("2026-11-01")}
		other, dated := m, m
		other.Body, dated.Approved = "y", must("2026-11-02")
		if err := m.Becomes(other); (err == nil) != state.Editable() {
			t.Errorf("%s, another text: %v", state, err)
		}
		if err := m.Becomes(dated); (err == nil) == state.Settled() {
			t.Errorf("%s, another date: %v", state, err)
		}
	}
}

func TestCommentable(t *testing.T) {
	until := must("2026-11-20")
	for _, state := range MinutesStates() {
		m := Minutes{State: state, CommentsUntil: until}
		for day, open := range map[calendar.Date]bool{until: true, until.AddDays(1): false} {
			if got := m.Commentable(day) == nil; got != (open && state == MinutesComments) {
				t.Errorf("%s on %s: %v", state, day, got)
			}
		}
	}
}

func TestWereThere(t *testing.T) {
	got := WereThere([]Attendance{
		{Holder: "a", Presence: Present}, {Holder: "b", Sitter: "c", Presence: Remote}, {Holder: "d", SitterName: "Zoé", Presence: Present},
		{Holder: "e", Presence: ByProxy}, {Holder: "f", Presence: Absent}, {Holder: "g"}, {Holder: "h", Sitter: "a", Presence: Present},
	})
	if len(got) != 2 || got[0] != "a" || got[1] != "c" {
		t.Errorf("there were %v", got)
	}
}

func TestParseReference(t *testing.T) {
	for s, want := range map[string][2]int{"2026-12": {2026, 12}, " 2026-1 ": {2026, 1}, "2026-01": {}, "26-1": {}, "2026": {}, "2026-x": {}, "2026-0": {}, "2026--1": {}, "": {}} {
		year, number, ok := ParseReference(s)
		if ok != (want != [2]int{}) || year != want[0] && ok || number != want[1] && ok {
			t.Errorf("%q: %d %d %v", s, year, number, ok)
		}
	}
}
