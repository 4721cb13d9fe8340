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
		{MessageConvocation, "l", Outlook{today, at("2026-11-23", Planned), true}, ""},
		{MessageConvocation, "l", Outlook{today, at("2026-11-23", Planned), false}, "message.reason.link"},
		{MessageConvocation, "l", Outlook{today, at("2026-11-22", Planned), true}, "message.reason.past"},
		{MessageReminder, "l", Outlook{today, at("2026-12-01", Cancelled), true}, "message.reason.cancelled"},
		{MessageChange, "", Outlook{today, at("2026-12-01", Planned), false}, ""},
		{MessageCancellation, "", Outlook{today, at("2026-12-01", Cancelled), false}, ""},
		{MessageCancellation, "", Outlook{today, at("2026-12-01", Planned), false}, "message.reason.reinstated"},
		{MessageCancellation, "", Outlook{today, at("2026-11-01", Cancelled), false}, "message.reason.past"},
		{MessageMinutes, "l", Outlook{today, at("2026-10-01", Held), true}, ""},
		{MessageMinutes, "l", Outlook{today, at("2026-10-01", Held), false}, "message.reason.link"},
		{MessageProposal, "", Outlook{today, nil, false}, ""},
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
