package governance

import (
	"errors"
	"slices"
	"testing"
	"time"

	"entente/internal/calendar"
	"entente/internal/fault"
)

func faultNames(err error) []string {
	var e *fault.Error
	var out []string
	if errors.As(err, &e) {
		for _, f := range e.Fields {
			out = append(out, f.Name)
		}
	}
	return out
}

func TestCheckEntry(t *testing.T) {
	day := calendar.Must("2026-12-08")
	m := func(s MeetingState, change ...func(*Meeting)) Meeting {
		x := Meeting{Committee: "a", Day: day, State: s}
		for _, f := range change {
			f(&x)
		}
		return x
	}
	closedMeeting := func(x *Meeting) { x.Closed = time.Unix(1, 0) }
	because := func(x *Meeting) { x.Reason = "Trop d’absents." }
	later := func(x *Meeting) { x.Day = day.AddDays(7) }
	for name, x := range map[string]struct {
		before, after Meeting
		want          []string
	}{
		"a new one, planned":              {Meeting{}, m(Planned), nil},
		"a new one, held":                 {Meeting{}, m(Held), nil},
		"a new one, sitting":              {Meeting{}, m(Open), []string{"state"}},
		"planned, moved":                  {m(Planned), m(Planned, later), nil},
		"planned, cancelled":              {m(Planned), m(Cancelled), []string{"reason"}},
		"planned, cancelled with reason":  {m(Planned), m(Cancelled, because), nil},
		"cancelled before Entente asked":  {m(Cancelled), m(Cancelled, later), nil},
		"cancelled, planned again":        {m(Cancelled), m(Planned), nil},
		"planned, held elsewhere":         {m(Planned), m(Held), nil},
		"sitting, moved":                  {m(Open), m(Open, later), []string{"day"}},
		"sitting, cancelled":              {m(Open), m(Cancelled, because), []string{"state"}},
		"closed, the place is corrected":  {m(Held, closedMeeting), m(Held, closedMeeting, func(x *Meeting) { x.Place = "Ici" }), nil},
		"closed, given to another":        {m(Held, closedMeeting), m(Held, closedMeeting, func(x *Meeting) { x.Committee = "b" }), []string{"committee"}},
		"closed, planned again":           {m(Held, closedMeeting), m(Planned, closedMeeting), []string{"state"}},
		"entered as held, then cancelled": {m(Held), m(Cancelled, because), nil},
	} {
		if got := faultNames(x.after.CheckEntry(x.before)); !slices.Equal(got, x.want) {
			t.Errorf("%s: %v, want %v", name, got, x.want)
		}
	}
}

func TestOutdated(t *testing.T) {
	items := []Item{{ID: "1", Kind: ForDiscussion, Title: "Un"}, {ID: "2", Kind: ForDecision, Title: "Deux", Minutes: 10}}
	m := Meeting{Day: calendar.Must("2026-12-08"), Time: "14:00", Place: "Mairie"}
	sent := Manifest{Day: m.Day, Time: m.Time, Place: m.Place,
		Items: []ManifestItem{{ID: "1", Kind: ForDiscussion, Title: "Un"}, {ID: "2", Kind: ForDecision, Title: "Deux", Minutes: 10}}}
	if got := sent.Outdated(m, items); got != nil {
		t.Errorf("nothing changed, and it says %v", got)
	}
	if got := sent.Outdated(m, append(slices.Clone(items), Item{ID: "3", Title: "Entre nous", Audience: ForCoordinators})); got != nil {
		t.Errorf("what only coordinators read makes it say %v", got)
	}
	if got := sent.Outdated(m, append(slices.Clone(items), Item{ID: "3", Title: "Trois"})); !slices.Equal(got, []string{"agenda"}) {
		t.Errorf("an item more: %v", got)
	}
	moved := m
	moved.Day, moved.Place = m.Day.AddDays(1), "Salle des fêtes"
	if got := sent.Outdated(moved, []Item{items[1], items[0]}); !slices.Equal(got, []string{"day", "place", "agenda"}) {
		t.Errorf("%v", got)
	}
	if got := sent.Outdated(m, items[:1]); !slices.Equal(got, []string{"agenda"}) {
		t.Errorf("%v", got)
	}
}

func TestNeeds(t *testing.T) {
	states := func(x Preparation) []NeedState {
		var out []NeedState
		for _, n := range x.Needs() {
			out = append(out, n.State)
		}
		return out
	}
	bare := Preparation{Seats: 8}
	if got, want := states(bare), []NeedState{Partly, NotReady, NotReady, NotReady, NotReady, NotReady}; !slices.Equal(got, want) {
		t.Errorf("bare: %v", got)
	}
	bare.Late = map[DeadlineKind]bool{ConvocationDue: true}
	if got, want := states(bare), []NeedState{Partly, NotReady, Overdue, NotReady, Overdue, NotReady}; !slices.Equal(got, want) {
		t.Errorf("late: %v", got)
	}
	whole := Preparation{Meeting: Meeting{Time: "14:00", Remote: "https://visio.exemple.fr"}, Items: 3, Files: 2, Sent: 1, Seats: 8, Answers: 8}
	for i, s := range states(whole) {
		if s != Ready {
			t.Errorf("whole: %d is %s", i, s)
		}
	}
	whole.Outdated, whole.Answers = []string{"day"}, 3
	if got, want := states(whole), []NeedState{Ready, Ready, Ready, Ready, Partly, Partly}; !slices.Equal(got, want) {
		t.Errorf("changed: %v", got)
	}
}
