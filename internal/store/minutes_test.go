package store_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"entente/internal/calendar"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/testkit"
)

// heldMeeting enters a meeting of the steering committee as held on a day.
func heldMeeting(t testing.TB, sp *store.Space, day calendar.Date) governance.Meeting {
	t.Helper()
	return must(sp.CreateMeeting(t.Context(), me, governance.Meeting{Committee: "pilotage", Day: day, State: governance.Held}))(t)
}

// minutesIn makes the minutes of a new meeting in a state.
func minutesIn(t testing.TB, sp *store.Space, state governance.MinutesState) governance.Minutes {
	t.Helper()
	m := heldMeeting(t, sp, today.AddDays(-40))
	return must(sp.CreateMinutes(t.Context(), me, governance.Minutes{ID: m.ID, State: state, Body: "Texte", Audience: governance.ForCommittee, Submitted: today.AddDays(-30)}))(t)
}

// TestApproveMinutes approves what was submitted, and nothing else, within the transaction of a closing.
func TestApproveMinutes(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, sp := t.Context(), newSpace(t, s, "approve")
		next := heldMeeting(t, sp, today)
		for _, state := range governance.MinutesStates() {
			m := minutesIn(t, sp, state)
			err := sp.Together(ctx, func(sp *store.Space) error { return sp.ApproveMinutes(ctx, me, m.ID, next.ID, today) })
			got := must(sp.Minutes(ctx, m.ID))(t)
			if state == governance.MinutesSubmitted {
				if err != nil || got.State != governance.MinutesApproved || got.Approved != today || got.ApprovedBy != next.ID {
					t.Errorf("submitted: %v, %+v", err, got)
				}
				continue
			}
			if !fault.Is(err, fault.Invalid) || got != m {
				t.Errorf("%s: %v, %+v", state, err, got)
			}
		}
		if err := sp.ApproveMinutes(ctx, me, next.ID, next.ID, today); !fault.Is(err, fault.NotFound) {
			t.Errorf("no minutes: %v", err)
		}
		whole(t, sp)
	})
}

// TestSubmittedMinutes lists what waits for an approval, of one committee or of all.
func TestSubmittedMinutes(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, sp := t.Context(), newSpace(t, s, "submitted")
		for _, state := range governance.MinutesStates() {
			minutesIn(t, sp, state)
		}
		for committee, want := range map[string]int{"pilotage": 1, "": 1, "autre": 0} {
			if list := must(sp.SubmittedMinutes(ctx, committee))(t); len(list) != want {
				t.Errorf("committee %q: %d, want %d", committee, len(list), want)
			}
		}
	})
}

// seatedAt says that somebody sat at a meeting.
func seatedAt(t testing.TB, sp *store.Space, meeting, seat, person string) {
	t.Helper()
	must(sp.KeepAttendance(t.Context(), me, governance.Attendance{Meeting: meeting, Seat: seat, Party: "nord", Holder: person}, func(a *governance.Attendance) error {
		a.Presence = governance.Present
		return nil
	}))(t)
}

func letter(_, secret string) governance.Message {
	return governance.Message{Title: "Projet de compte rendu", Body: "Voir " + secret}
}

// TestComments opens minutes to those who were there, each with a message and a link, and to nobody else, until the day.
func TestComments(t *testing.T) {
	clock := testkit.NewClock(testkit.Noon)
	testkit.EnginesAt(t, clock, func(t *testing.T, s *store.Store) {
		defer clock.Advance(testkit.Noon.Sub(clock.Now()))
		ctx, sp := t.Context(), newSpace(t, s, "comments")
		ada, other := somebody(t, sp), must(sp.CreatePerson(t.Context(), me, directory.Person{Given: "Bo", Family: "Ici"}))(t)
		m := minutesIn(t, sp, governance.MinutesDraft)
		seatedAt(t, sp, m.ID, "pilotage/nord/1", ada.ID)
		say := func(person string) error {
			_, err := sp.AddComment(ctx, me, governance.Comment{Minutes: m.ID, Person: person, Text: "Je disais 12."})
			return err
		}
		if err := say(ada.ID); !fault.Is(err, fault.Invalid) {
			t.Errorf("a draft took a comment: %v", err)
		}
		terms := governance.MinutesTerms{Today: today, Until: today.AddDays(2)}
		m = must(sp.OpenComments(ctx, me, m.ID, m.Version, terms, letter))(t)
		if m.State != governance.MinutesComments || m.CommentsUntil != terms.Until {
			t.Errorf("opened: %+v", m)
		}
		messages := must(sp.MessagesAbout(ctx, m.ID))(t)
		if len(messages) != 1 || messages[0].Person != ada.ID || messages[0].Email != ada.Email || messages[0].Kind != governance.MessageMinutes {
			t.Fatalf("messages: %+v", messages)
		}
		link := must(s.OpenLink(ctx, store.LinkComment, strings.TrimPrefix(messages[0].Body, "Voir ")))(t)
		if link.Subject != m.ID || link.Person != ada.ID || !link.Open(terms.Until.AddDays(2).Time()) {
			t.Errorf("link: %+v", link)
		}
		if err := say(other.ID); !fault.Is(err, fault.Forbidden) {
			t.Errorf("somebody who was not there: %v", err)
		}
		if err := say(ada.ID); err != nil {
			t.Fatal(err)
		}
		c := must(sp.Comments(ctx, m.ID))(t)[0]
		must(sp.AnswerComment(ctx, me, c.ID, c.Version, "Corrigé."))(t)
		if got := must(sp.Comments(ctx, m.ID))(t); len(got) != 1 || got[0].Text != "Je disais 12." || got[0].Answer != "Corrigé." {
			t.Errorf("comments: %+v", got)
		}
		for _, e := range must(sp.JournalEntries(ctx, store.JournalFilter{Limit: 100}))(t) {
			if strings.Contains(string(e.After), "Je disais") || strings.Contains(string(e.After), "Corrigé") || strings.Contains(string(e.After), "Voir ") {
				t.Errorf("the journal repeats what is reserved: %s", e.After)
			}
		}
		clock.Advance(3 * 24 * time.Hour)
		if err := say(ada.ID); !fault.Is(err, fault.Invalid) {
			t.Errorf("after the day: %v", err)
		}
		whole(t, sp)
	})
}

// TestOpeningAgainReplacesTheLinks: who is written to a second time has one link that serves.
func TestOpeningAgainReplacesTheLinks(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, sp := t.Context(), newSpace(t, s, "again")
		m := minutesIn(t, sp, governance.MinutesDraft)
		seatedAt(t, sp, m.ID, "pilotage/nord/1", somebody(t, sp).ID)
		terms := governance.MinutesTerms{Today: today, Until: today.AddDays(2)}
		for range 2 {
			m = must(sp.OpenComments(ctx, me, m.ID, m.Version, terms, letter))(t)
			m = must(sp.UpdateMinutes(ctx, me, m.ID, m.Version, func(m *governance.Minutes) error { m.State = governance.MinutesDraft; return nil }))(t)
		}
		serving := 0
		for _, x := range must(sp.Links(ctx, store.LinkComment, m.ID))(t) {
			if x.Open(testkit.Noon) {
				serving++
			}
		}
		if serving != 1 {
			t.Errorf("%d links serve", serving)
		}
	})
}

// TestErrata corrects what is approved, dated, and nothing else.
func TestErrata(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, sp := t.Context(), newSpace(t, s, "errata")
		for _, state := range governance.MinutesStates() {
			m := minutesIn(t, sp, state)
			_, err := sp.AddErratum(ctx, me, governance.Erratum{Minutes: m.ID, Text: "Lire 13."})
			if state.Settled() != (err == nil) {
				t.Errorf("%s: %v", state, err)
			}
			if list := must(sp.Errata(ctx, m.ID))(t); err == nil && (len(list) != 1 || list[0].Day != today || list[0].Text != "Lire 13.") {
				t.Errorf("errata: %+v", list)
			}
			_, err = sp.AddErratum(ctx, me, governance.Erratum{Minutes: m.ID, Text: " "})
			if !fault.Is(err, fault.Invalid) {
				t.Errorf("%s, an empty one: %v", state, err)
			}
		}
	})
}

// TestAnApprovedTextStays: whatever is tried in whatever order, the text that was approved is the one that is read.
func TestAnApprovedTextStays(t *testing.T) {
	s := testkit.Store(t)
	sp := newSpace(t, s, "stays")
	next := heldMeeting(t, sp, today)
	rapid.Check(t, func(r *rapid.T) {
		ctx, m := t.Context(), minutesIn(t, sp, governance.MinutesDraft)
		approved := ""
		for range rapid.IntRange(1, 12).Draw(r, "steps") {
			now := must(sp.Minutes(ctx, m.ID))(t)
			version := rapid.SampledFrom([]int64{now.Version, now.Version, now.Version - 1}).Draw(r, "version")
			switch rapid.IntRange(0, 3).Draw(r, "kind") {
			case 0:
				_ = sp.ApproveMinutes(ctx, me, m.ID, next.ID, today)
			case 1:
				_, _ = sp.AddErratum(ctx, me, governance.Erratum{Minutes: m.ID, Text: "Lire 13."})
			case 2:
				_, _ = sp.UpdateMinutes(ctx, me, m.ID, version, func(m *governance.Minutes) error {
					m.State, m.Body = rapid.SampledFrom(governance.MinutesStates()).Draw(r, "state"), rapid.StringN(0, 5, -1).Draw(r, "body")
					return nil
				})
			default:
				_, _ = sp.UpdateMinutes(ctx, me, m.ID, version, func(m *governance.Minutes) (err error) {
					*m, err = m.To(rapid.SampledFrom(governance.MinutesStates()).Draw(r, "to"), governance.MinutesTerms{Today: today, Until: today})
					return err
				})
			}
			now = must(sp.Minutes(ctx, m.ID))(t)
			switch {
			case approved != "" && (!now.State.Settled() || now.Body != approved):
				r.Fatalf("approved %q, now %s %q", approved, now.State, now.Body)
			case now.State.Settled():
				approved = now.Body
			}
		}
	})
}
