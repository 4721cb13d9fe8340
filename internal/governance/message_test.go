package governance_test

import (
	"testing"

	"entente/internal/calendar"
	. "entente/internal/governance"
)

func TestMessagesThatMakeNoSenseAnyMore(t *testing.T) {
	today := calendar.Must("2026-11-23")
	at := func(day string, state MeetingState) *Meeting { return &Meeting{Day: calendar.Must(day), State: state} }
	for _, x := range []struct {
		kind MessageKind
		link string
		o    Outlook
		want string
	}{
		{MessageConvocation, "l", Outlook{Today: today, Meeting: at("2026-11-23", Planned), LinkOpen: true}, ""},
		{MessageConvocation, "l", Outlook{Today: today, Meeting: at("2026-11-23", Planned), LinkOpen: false}, "message.reason.link"},
		{MessageConvocation, "l", Outlook{Today: today, Meeting: at("2026-11-22", Planned), LinkOpen: true}, "message.reason.past"},
		{MessageReminder, "l", Outlook{Today: today, Meeting: at("2026-12-01", Cancelled), LinkOpen: true}, "message.reason.cancelled"},
		{MessageChange, "", Outlook{Today: today, Meeting: at("2026-12-01", Planned), LinkOpen: false}, ""},
		{MessageCancellation, "", Outlook{Today: today, Meeting: at("2026-12-01", Cancelled), LinkOpen: false}, ""},
		{MessageCancellation, "", Outlook{Today: today, Meeting: at("2026-12-01", Planned), LinkOpen: false}, "message.reason.reinstated"},
		{MessageCancellation, "", Outlook{Today: today, Meeting: at("2026-11-01", Cancelled), LinkOpen: false}, "message.reason.past"},
		{MessageMinutes, "l", Outlook{Today: today, Meeting: at("2026-10-01", Held), LinkOpen: true}, ""},
		{MessageMinutes, "l", Outlook{Today: today, Meeting: at("2026-10-01", Held), LinkOpen: false}, "message.reason.link"},
		{MessageReminder, "l", Outlook{Today: today, Meeting: at("2026-12-01", Planned), LinkOpen: true, Answered: true}, "message.reason.answered"},
		{MessagePoll, "l", Outlook{Today: today, Poll: &Poll{State: PollOpen, Closes: today}, LinkOpen: true}, ""},
		{MessagePoll, "l", Outlook{Today: today, Poll: &Poll{State: PollOpen, Closes: today.AddDays(-1)}, LinkOpen: true}, "message.reason.poll-over"},
		{MessagePollReminder, "l", Outlook{Today: today, Poll: &Poll{State: PollOpen, Closes: today}, LinkOpen: true, Answered: true}, "message.reason.answered"},
		{MessageFollowUp, "", Outlook{Today: today, FollowUp: &FollowUp{State: ToDo}}, ""},
		{MessageFollowUp, "", Outlook{Today: today, FollowUp: &FollowUp{State: Done}}, "message.reason.done"},
		{MessageProposal, "", Outlook{Today: today, Meeting: nil, LinkOpen: false}, ""},
	} {
		if got := (Message{Kind: x.kind, Link: x.link}).Moot(x.o); got != x.want {
			t.Errorf("%s with link %q, %+v: %q, want %q", x.kind, x.link, x.o, got, x.want)
		}
	}
}

func TestNewsComeAsTheyWereChosen(t *testing.T) {
	monday, tuesday := calendar.Must("2026-11-23"), calendar.Must("2026-11-24")
	for choice, want := range map[NewsChoice]struct {
		state    MessageState
		mon, tue bool
	}{
		NewsEach:   {MessageWaiting, true, true},
		NewsDaily:  {MessageHeld, true, true},
		NewsWeekly: {MessageHeld, true, false},
		NewsNone:   {MessageDropped, true, true},
	} {
		if choice.State() != want.state || choice.DigestOn(monday) != want.mon || choice.DigestOn(tuesday) != want.tue || !choice.Valid() {
			t.Errorf("%s: %s, Monday %v, Tuesday %v", choice, choice.State(), choice.DigestOn(monday), choice.DigestOn(tuesday))
		}
	}
	if NewsChoice("often").Valid() || MessageConvocation.News() || !MessageProposal.News() {
		t.Error("what asks for something is told from news")
	}
}

func TestReminders(t *testing.T) {
	day := calendar.Must
	for _, x := range []struct {
		today, last, end string
		want             bool
	}{
		{"2026-11-23", "2026-11-10", "2026-11-30", true},
		{"2026-11-22", "2026-11-10", "2026-11-30", false}, // more than a week before
		{"2026-11-25", "2026-11-23", "2026-11-30", false}, // just reminded
		{"2026-11-27", "2026-11-23", "2026-11-30", true},
		{"2026-12-01", "2026-11-10", "2026-11-30", false}, // over
	} {
		if got := RemindsOn(day(x.today), day(x.last), day(x.end)); got != x.want {
			t.Errorf("%+v: %v", x, got)
		}
	}
	u := FollowUp{State: ToDo, Person: "p", Due: day("2026-11-30")}
	done, nobody := u, u
	done.State, nobody.Person = Done, ""
	for _, x := range []struct {
		u           FollowUp
		today, last string
		want        bool
	}{
		{u, "2026-11-22", "", false}, {u, "2026-11-23", "", true}, {u, "2026-11-29", "2026-11-23", false}, {u, "2026-11-30", "2026-11-23", true},
		{u, "2026-12-28", "2026-12-21", true}, {u, "2026-12-29", "2026-12-21", false}, {done, "2026-11-23", "", false}, {nobody, "2026-11-23", "", false},
	} {
		var last calendar.Date
		if x.last != "" {
			last = day(x.last)
		}
		if got := x.u.RemindsOn(day(x.today), last); got != x.want {
			t.Errorf("%+v: %v", x, got)
		}
	}
}
