package governance_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
	. "entente/internal/governance"
)

func aPoll() Poll {
	return Poll{Committee: "k", Title: "Réunion de janvier", Closes: day("2027-01-05"), State: PollOpen,
		Slots: Slots{{day("2027-01-12"), "14:00"}, {day("2027-01-14"), ""}}}
}

func TestPollCheck(t *testing.T) {
	today := day("2026-11-23")
	for _, x := range []struct {
		name   string
		change func(*Poll)
		field  string
	}{
		{"as it should be", func(*Poll) {}, ""},
		{"no title", func(p *Poll) { p.Title = "" }, "title"},
		{"no committee", func(p *Poll) { p.Committee = "" }, "committee"},
		{"one date", func(p *Poll) { p.Slots = p.Slots[:1] }, "slots"},
		{"twenty-one dates", func(p *Poll) {
			for i := range 19 {
				p.Slots = append(p.Slots, Slot{Day: day("2027-02-01").AddDays(i)})
			}
		}, "slots"},
		{"a date twice", func(p *Poll) { p.Slots[1] = p.Slots[0] }, "slots"},
		{"two hours of one day", func(p *Poll) { p.Slots[1] = Slot{p.Slots[0].Day, "16:00"} }, ""},
		{"an hour that is none", func(p *Poll) { p.Slots[1].Time = "25:00" }, "slots"},
		{"a date that has passed", func(p *Poll) { p.Slots[1].Day = today }, "slots"},
		{"closes yesterday", func(p *Poll) { p.Closes = today.AddDays(-1) }, "closes"},
		{"closes on the first date", func(p *Poll) { p.Closes = day("2027-01-12") }, "closes"},
	} {
		p := aPoll()
		x.change(&p)
		err := p.CheckNew(today)
		if x.field == "" {
			if err != nil {
				t.Errorf("%s: %v", x.name, err)
			}
			continue
		}
		var e *fault.Error
		if !errors.As(err, &e) || len(e.Fields) == 0 || e.Fields[0].Name != x.field {
			t.Errorf("%s: %v, want a fault of %s", x.name, err, x.field)
		}
	}
}

func TestPollClosesByItself(t *testing.T) {
	p := aPoll()
	if p.Standing(day("2027-01-05")) != PollOpen || p.Standing(day("2027-01-06")) != PollClosed {
		t.Error("it does not close the day after its last")
	}
	if p.State = PollPlanned; p.Standing(day("2027-01-06")) != PollPlanned {
		t.Error("a poll whose date was accepted is closed")
	}
}

func TestSlotsAreReadAsTheyAreWritten(t *testing.T) {
	v, err := aPoll().Slots.Value()
	var back Slots
	if err != nil || back.Scan(v) != nil || len(back) != 2 || back[0] != aPoll().Slots[0] || back[1] != aPoll().Slots[1] {
		t.Errorf("%q came back as %v (%v)", v, back, err)
	}
}

// Who is asked: the holder, else every substitute; a seat of nobody is said.
func TestAskedFor(t *testing.T) {
	open := calendar.Period{From: day("2024-01-01")}
	mandates := []Mandate{
		{Seat: "k/a/1", Person: "ada", Role: Holder, Period: open}, {Seat: "k/a/1", Person: "bob", Role: Substitute, Period: open},
		{Seat: "k/a/2", Person: "cyd", Role: Substitute, Period: open}, {Seat: "k/a/2", Person: "dan", Role: Substitute, Period: open},
		{Seat: "k/b/1", Person: "eve", Role: Holder, Period: calendar.Period{From: day("2024-01-01"), To: day("2025-01-01")}},
	}
	calls, vacant := AskedFor([]convention.Seat{{Key: "k/a/1"}, {Key: "k/a/2"}, {Key: "k/b/1"}}, mandates, day("2026-11-23"))
	if len(calls) != 3 || calls[0] != (Asked{"k/a/1", "ada", Holder}) || calls[1].Person != "cyd" || calls[2].Person != "dan" || len(vacant) != 1 || vacant[0] != "k/b/1" {
		t.Errorf("called %+v, vacant %v", calls, vacant)
	}
}

// bench is a committee of two seats of a, one of b, with a quorum of more than half the seats.
func bench() *convention.Committee {
	return &convention.Committee{ID: "k", Seats: []convention.SeatRule{{Party: "a", Count: 2}, {Party: "b", Count: 1}},
		Quorum: &convention.Threshold{Share: "1/2", Of: "sieges", Strict: true}}
}

func TestCountPoll(t *testing.T) {
	p := aPoll()
	first, second := p.Slots[0].Key(), p.Slots[1].Key()
	calls := []Asked{{"k/a/1", "ada", Holder}, {"k/a/2", "ada", Holder}, {"k/b/1", "bea", Substitute}, {"k/b/1", "bob", Substitute}}
	got := CountPoll(p, bench(), calls, PollReplies{"ada": {first: AnswerYes, second: AnswerIfNeedBe}, "bea": {first: AnswerNo, second: AnswerNo}, "bob": {second: AnswerYes}})
	want := []SlotCount{
		{Slot: p.Slots[0], Seats: Count{2, 0}, Institutions: Count{1, 0}, People: Count{1, 0}, Refused: 1, Quorum: ReachYes},
		{Slot: p.Slots[1], Seats: Count{1, 2}, Institutions: Count{1, 1}, People: Count{1, 1}, Quorum: ReachIfNeedBe, Best: true},
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%s: %+v, want %+v", p.Slots[i].Key(), got[i], want[i])
		}
	}
	for _, x := range CountPoll(p, bench(), calls, nil) {
		if x.Best || x.Silent != 3 || x.Quorum != ReachNo {
			t.Errorf("without an answer: %+v", x)
		}
	}
}

func TestQuorum(t *testing.T) {
	p := aPoll()
	yes := PollReplies{"ada": {p.Slots[0].Key(): AnswerYes}}
	calls := []Asked{{"k/a/1", "ada", Holder}}
	for _, x := range []struct {
		quorum *convention.Threshold
		want   Reach
	}{
		{nil, ReachNone},
		{&convention.Threshold{Share: "1/3", Of: "sieges"}, ReachYes},
		{&convention.Threshold{Share: "1/3", Of: "sieges", Strict: true}, ReachNo},
		{&convention.Threshold{Share: "1/2", Of: "parties"}, ReachYes},
		{&convention.Threshold{Share: "1/2", Of: "presents"}, ReachNone},
	} {
		k := bench()
		k.Quorum = x.quorum
		if got := CountPoll(p, k, calls, yes)[0].Quorum; got != x.want {
			t.Errorf("%+v: %q, want %q", x.quorum, got, x.want)
		}
	}
}

// TestNoSeatCountsTwice: whatever is answered, by whom and how often, seats, institutions and people count once at most, and
// the order of the answers is indifferent but for the last word of each person.
func TestNoSeatCountsTwiceInAPoll(t *testing.T) {
	people := []string{"ada", "bea", "bob", "cyd"}
	rapid.Check(t, func(t *rapid.T) {
		p, k := aPoll(), bench()
		var calls []Asked
		for _, seat := range k.Places() {
			for range rapid.IntRange(0, 3).Draw(t, "asked") {
				calls = append(calls, Asked{seat.Key, rapid.SampledFrom(people).Draw(t, "who"), Holder})
			}
		}
		answers, others := PollReplies{}, PollReplies{}
		type said struct{ who, slot string }
		last := map[said]PollAnswer{}
		for range rapid.IntRange(0, 12).Draw(t, "answers") {
			x := said{rapid.SampledFrom(people).Draw(t, "who"), rapid.SampledFrom(p.Slots).Draw(t, "slot").Key()}
			last[x] = rapid.SampledFrom(PollAnswers()).Draw(t, "answer")
			if answers[x.who] == nil {
				answers[x.who] = map[string]PollAnswer{}
			}
			answers[x.who][x.slot] = last[x]
		}
		for x, a := range last { // in any order
			if others[x.who] == nil {
				others[x.who] = map[string]PollAnswer{}
			}
			others[x.who][x.slot] = a
		}
		best := 0
		again := CountPoll(p, k, calls, others)
		for i, c := range CountPoll(p, k, calls, answers) {
			if c.Seats.All()+c.Refused+c.Silent > 3 || c.Institutions.All() > 2 || c.People.All() > len(people) || c.Institutions.All() > c.Seats.All() {
				t.Fatalf("counted twice: %+v", c)
			}
			if c != again[i] {
				t.Fatalf("the order of answers matters: %+v, %+v", c, again[i])
			}
			if c.Best {
				best++
			}
		}
		if best > 1 {
			t.Fatal("two dates are the best")
		}
	})
}
