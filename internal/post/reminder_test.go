package post_test

import (
	"log/slog"
	"testing"
	"time"

	"entente/internal/calendar"
	"entente/internal/governance"
	"entente/internal/job"
	"entente/internal/job/runner"
	"entente/internal/office"
	. "entente/internal/post"
	"entente/internal/store"
)

// node is one of several programs that remind.
func (o *bureau) node() *runner.Runner {
	h := New(Options{Store: o.store, Mail: way(o.T, o.server), Sender: "Entente <entente@exemple.fr>", Clock: o.clock.Now, URL: func(path string) string { return path },
		Call: o.words, Poll: func(l office.PollLetter) (string, string) { return "Sondage", l.Secret }}).Handlers()
	return runner.New(runner.Options{Store: o.store, Clock: o.clock.Now, Log: slog.New(slog.DiscardHandler), Handlers: h,
		Periodic: []runner.Periodic{{Kind: JobReminders, Period: job.Daily(DigestHour, calendar.Paris)}}})
}

func (o *bureau) words(l office.Letter) (title, body string) { return string(l.Kind), l.Secret }

// day lets a day pass on two nodes, and its mail leave.
func (o *bureau) day() {
	o.Helper()
	o.clock.Advance(24 * time.Hour)
	for _, r := range []*runner.Runner{o.node(), o.node()} {
		_, err := r.DoDue(o.Context())
		o.must(err)
	}
	o.clock.Advance(delay)
	_, err := o.node().DoDue(o.Context())
	o.must(err)
}

// kinds counts the letters written so far, by kind.
func (o *bureau) kinds() map[governance.MessageKind]int {
	o.Helper()
	page, err := o.space.Messages(o.Context(), store.MessageFilter{})
	o.must(err)
	out := map[governance.MessageKind]int{}
	for _, m := range page.Items {
		out[m.Kind]++
	}
	return out
}

func (o *bureau) wants(k governance.MessageKind, n int) {
	o.Helper()
	if got := o.kinds()[k]; got != n {
		o.Errorf("on %s: %d letters of kind %s, want %d", o.clock.Now().Format(time.DateOnly), got, k, n)
	}
}

// TestReminders: a call, a poll and a follow-up that nobody answers; reminders leave once a day whatever the number of nodes, and end
// with the answer.
func TestReminders(t *testing.T) {
	onBoth(t, func(o *bureau) {
		h, err := o.space.History(o.Context())
		o.must(err)
		k := &h[0].Text.Committees[0]
		zoe, leo := o.person("Zoé", "zoe@exemple.fr"), o.person("Léo", "leo@exemple.fr")
		for i, p := range []string{zoe.ID, leo.ID} {
			_, err := o.space.CreateMandate(o.Context(), me, governance.Mandate{Seat: k.Places()[i].Key, Person: p, Role: governance.Holder, Period: calendar.Period{From: calendar.Must("2025-03-01")}})
			o.must(err)
		}
		m := o.meeting()
		_, err = o.space.UpdateMeeting(o.Context(), me, m.ID, m.Version, func(x *governance.Meeting) error { x.Time, x.Place = "14:00", "Mairie"; return nil })
		o.must(err)
		_, err = o.space.CreateItem(o.Context(), me, governance.Item{Meeting: m.ID, Rank: 1, Kind: governance.ForInformation, Title: "Point", Audience: governance.ForSpace})
		o.must(err)
		c := office.Convoking{History: h, Meeting: m.ID, By: o.author, Now: o.clock.Now(), Write: o.words}
		call, err := office.CallOf(o.Context(), o.space, h, m.ID, "", calendar.On(o.clock.Now(), calendar.Paris))
		o.must(err)
		_, err = office.Convoke(o.Context(), o.space, c, call.Manifest.SHA256())
		o.must(err)
		today := calendar.On(o.clock.Now(), calendar.Paris)
		poll, _, err := office.OpenPoll(o.Context(), o.space, office.Polling{By: o.author, Now: o.clock.Now(), Write: func(office.PollLetter) (string, string) { return "Sondage", "x" }},
			governance.Poll{Committee: k.ID, Title: "Hiver", Closes: today.AddDays(9), Slots: governance.Slots{{Day: today.AddDays(20)}, {Day: today.AddDays(21)}}},
			[]governance.Asked{{Seat: k.Places()[0].Key, Person: zoe.ID, Role: governance.Holder}, {Seat: k.Places()[1].Key, Person: leo.ID, Role: governance.Holder}})
		o.must(err)
		u, err := o.space.CreateFollowUp(o.Context(), me, governance.FollowUp{Meeting: m.ID, Text: "Écrire à la MSA", Person: leo.ID, Due: today.AddDays(8), State: governance.ToDo})
		o.must(err)
		o.pass()
		o.must(o.space.AnswerPoll(o.Context(), me, poll.ID, zoe.ID, store.AnsweredByLink, map[string]governance.PollAnswer{poll.Slots[0].Key(): governance.AnswerYes}))
		o.wants(governance.MessagePoll, 2)
		for range 8 {
			o.day()
		}
		o.wants(governance.MessageReminder, 2)     // a week before the meeting, to both
		o.wants(governance.MessagePollReminder, 2) // to Léo alone, twice
		o.wants(governance.MessageFollowUp, 2)     // a week before, and on the day
		_, err = o.space.UpdateFollowUp(o.Context(), me, u.ID, u.Version, func(x *governance.FollowUp) error {
			x.State, x.DoneOn, x.Word = governance.Done, today, "fait"
			return nil
		})
		o.must(err)
		for range 7 {
			o.day()
		}
		o.wants(governance.MessageFollowUp, 2)
		o.wants(governance.MessageReminder, 4) // and three days before it
		polled := 0
		for _, d := range o.server.Deliveries() {
			if l, err := d.Message(); err == nil && d.To == zoe.Email && l.Header.Get("Subject") == "Sondage" {
				polled++
			}
		}
		if polled != 1 {
			o.Errorf("who has answered the poll has %d letters about it", polled)
		}
	})
}
