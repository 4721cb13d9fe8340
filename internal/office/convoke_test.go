package office

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"entente/conventions"
	"entente/internal/auth"
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/testkit"
)

// called is a meeting of a committee every seat of which is held, by a person named as the seat; the first seat has a substitute.
type called struct {
	t       *testing.T
	clock   *testkit.Clock
	store   *store.Store
	sp      *store.Space
	by      store.Actor
	history convention.History
	meeting governance.Meeting
	seats   []convention.Seat
	people  map[string]string // by seat, and "substitute"
}

// shapes are the shipped conventions, each with a committee whose seats are appointed.
var shapes = []struct{ file, effective, committee string }{
	{"etampois-sud-essonne-2023-2026", "2023-01-01", "strategique"},
	{"contrat-local-sante-val-ambre-2025-2029", "2025-03-01", "suivi"},
}

// everyShape runs a test on both conventions and both engines.
func everyShape(t *testing.T, test func(t *testing.T, c *called)) {
	clock := testkit.NewClock(testkit.Noon)
	testkit.EnginesAt(t, clock, func(t *testing.T, s *store.Store) {
		for i, shape := range shapes {
			t.Run(shape.committee, func(t *testing.T) {
				clock.Set(testkit.Noon)
				test(t, convene(t, clock, s, fmt.Sprintf("espace-%d", i), shape.file, shape.effective, shape.committee))
			})
		}
	})
}

func convene(t *testing.T, clock *testkit.Clock, s *store.Store, slug, file, effective, committee string) *called {
	t.Helper()
	ctx := t.Context()
	source, err := conventions.Read(file)
	check(t, err)
	c := &called{t: t, clock: clock, store: s, by: store.Actor{Name: "Camille", Account: "camille"}, people: map[string]string{}}
	info, err := s.CreateSpace(ctx, c.by, slug, "Espace", source, calendar.Must(effective))
	check(t, err)
	c.sp = s.In(info.ID)
	c.history, err = c.sp.History(ctx)
	check(t, err)
	c.seats = c.history[0].Text.Committee(committee).Places()
	for _, seat := range c.seats {
		c.people[seat.Key] = c.seat(seat.Key, governance.Holder)
	}
	c.people["substitute"] = c.seat(c.seats[0].Key, governance.Substitute)
	c.by.For = c.seats[0].Party
	c.meeting, err = c.sp.CreateMeeting(ctx, c.by, governance.Meeting{Committee: committee, Day: calendar.Must("2026-12-10"), Time: "14:00", Place: "Mairie", State: governance.Planned})
	check(t, err)
	_, err = c.sp.CreateItem(ctx, c.by, governance.Item{Meeting: c.meeting.ID, Rank: 1, Kind: governance.ForInformation, Title: "Point d’étape", Audience: governance.ForSpace})
	check(t, err)
	return c
}

// seat gives a seat to a new person, named after it.
func (c *called) seat(key string, role governance.Role) string {
	c.t.Helper()
	p, err := c.sp.CreatePerson(c.t.Context(), c.by, directory.Person{Given: string(role), Family: key, Email: "p@exemple.fr"})
	check(c.t, err)
	_, err = c.sp.CreateMandate(c.t.Context(), c.by, governance.Mandate{Seat: key, Person: p.ID, Role: role, Period: calendar.Period{From: calendar.Must("2026-01-01")}})
	check(c.t, err)
	return p.ID
}

func (c *called) convoking() Convoking {
	return Convoking{History: c.history, Meeting: c.meeting.ID, By: c.by, Now: c.clock.Now(), Write: func(l Letter) (string, string) {
		return string(l.Kind), l.Secret
	}}
}

func (c *called) call() Call {
	c.t.Helper()
	call, err := c.convoking().call(c.t.Context(), c.sp)
	check(c.t, err)
	return call
}

// send sends the call as it stands.
func (c *called) send() (governance.Convocation, error) {
	c.t.Helper()
	call := c.call()
	return Convoke(c.t.Context(), c.sp, c.convoking(), call.Manifest.SHA256())
}

func (c *called) mustSend() {
	c.t.Helper()
	_, err := c.send()
	check(c.t, err)
	c.clock.Advance(time.Minute)
}

// letters are the messages of a kind, by person, and how many each got.
func (c *called) letters(kind governance.MessageKind) map[string][]governance.Message {
	c.t.Helper()
	list, err := c.sp.MessagesAbout(c.t.Context(), c.meeting.ID)
	check(c.t, err)
	out := map[string][]governance.Message{}
	for _, m := range list {
		if m.Kind == kind {
			out[m.Person] = append(out[m.Person], m)
		}
	}
	return out
}

func (c *called) update(fn func(*governance.Meeting)) {
	c.t.Helper()
	var err error
	c.meeting, err = c.sp.UpdateMeeting(c.t.Context(), c.by, c.meeting.ID, c.meeting.Version, func(m *governance.Meeting) error { fn(m); return nil })
	check(c.t, err)
}

// answer answers for a seat, having seen what stands.
func (c *called) answer(r Reply) error {
	c.t.Helper()
	call := c.call()
	a, err := c.sp.AttendanceOf(c.t.Context(), c.meeting.ID, r.Seat)
	if err == nil {
		r.Seen = a.Mark()
	}
	r.Channel, r.At = governance.ByLink, c.clock.Now()
	chairs, err := call.Eligible(c.t.Context(), c.sp)
	check(c.t, err)
	_, err = Answer(c.t.Context(), c.sp, c.by, &call.Assembly, chairs, r)
	return err
}

func (c *called) attendance(seat string) governance.Attendance {
	c.t.Helper()
	a, err := c.sp.AttendanceOf(c.t.Context(), c.meeting.ID, seat)
	check(c.t, err)
	return a
}

func (c *called) opens(secret string) bool {
	_, err := c.store.OpenLink(c.t.Context(), store.LinkAnswer, secret)
	return err == nil
}

func refusedFor(err error) string {
	var e *fault.Error
	if !errors.As(err, &e) {
		return ""
	}
	return e.Message.Key
}

// TestCallAnswerAndCallAgain lives the call to a meeting: sent, answered, moved, sent again, reminded.
func TestCallAnswerAndCallAgain(t *testing.T) {
	everyShape(t, func(t *testing.T, c *called) {
		first := c.seats[0].Key
		c.mustSend()
		letters := c.letters(governance.MessageConvocation)
		if len(letters) != len(c.seats)+1 || len(letters[c.people["substitute"]]) != 1 {
			t.Fatalf("%d people written to for %d seats and a substitute", len(letters), len(c.seats))
		}
		old := letters[c.people[first]][0].Body
		if !c.opens(old) || c.attendance(first).Declared() {
			t.Error("the link does not open, or a seat has answered by itself")
		}
		if _, err := c.send(); refusedFor(err) != "convocation.refused.same" {
			t.Errorf("sent again without change: %v", err)
		}
		check(t, c.answer(Reply{Seat: first, Answer: governance.WillCome}))
		_, err := c.sp.CreateItem(t.Context(), c.by, governance.Item{Meeting: c.meeting.ID, Rank: 2, Kind: governance.ForDecision, Title: "Orientation", Audience: governance.ForSpace})
		check(t, err)
		if call := c.call(); len(call.Changes) != 1 || call.Changes[0].Key != "convocation.change.item-added" {
			t.Errorf("changes: %v", call.Changes)
		}
		if _, err := Remind(t.Context(), c.sp, c.convoking(), ""); refusedFor(err) != "convocation.refused.send-first" {
			t.Errorf("reminded of what has changed: %v", err)
		}
		c.mustSend()
		if c.attendance(first).Answer != governance.WillCome || c.opens(old) {
			t.Error("an answer was lost with the day unchanged, or the link before still opens")
		}
		c.update(func(m *governance.Meeting) { m.Day = calendar.Must("2026-12-11") })
		c.mustSend()
		if a := c.attendance(first); a.Declared() || a.Former != governance.WillCome || a.ForDay != calendar.Must("2026-12-10") {
			t.Errorf("after the meeting moved: %+v, want asked again, the old answer kept", a)
		}
		check(t, c.answer(Reply{Seat: first, Answer: governance.WillNotCome}))
		if a := c.attendance(first); a.Former != "" || a.ForDay != calendar.Must("2026-12-11") {
			t.Errorf("answered again: %+v", a)
		}
		n, err := Remind(t.Context(), c.sp, c.convoking(), "")
		check(t, err)
		if n != len(c.seats)-1 || len(c.letters(governance.MessageReminder)[c.people[first]]) != 0 {
			t.Errorf("%d reminded, want all who hold a seat but the one who answered", n)
		}
		sent, err := c.sp.Convocations(t.Context(), c.meeting.ID)
		check(t, err)
		if len(sent) != 3 || !slices.Equal(sent[2].Manifest.Changes, []string{"convocation.change.day"}) {
			t.Errorf("%d sendings, the last for %v", len(sent), sent[len(sent)-1].Manifest.Changes)
		}
		r, err := c.sp.VerifyJournal(t.Context())
		check(t, err)
		if !r.Whole() {
			t.Error("the journal does not verify")
		}
	})
}

// TestNothingLeavesUnread: a call that changed since it was read is not sent, and one that lacks something neither.
func TestNothingLeavesUnread(t *testing.T) {
	everyShape(t, func(t *testing.T, c *called) {
		seen := c.call().Manifest.SHA256()
		c.update(func(m *governance.Meeting) { m.Place = "Préfecture" })
		if _, err := Convoke(t.Context(), c.sp, c.convoking(), seen); !fault.Is(err, fault.Conflict) {
			t.Errorf("sent unread: %v", err)
		}
		c.update(func(m *governance.Meeting) { m.Time = "" })
		if _, err := c.send(); refusedFor(err) != "convocation.missing.time" {
			t.Errorf("sent without an hour: %v", err)
		}
		if sent := c.call().Sent; len(sent) != 0 || len(c.letters(governance.MessageConvocation)) != 0 {
			t.Error("something left")
		}
		if _, err := Remind(t.Context(), c.sp, c.convoking(), ""); refusedFor(err) != "convocation.refused.unsent" {
			t.Errorf("reminded before anything was sent: %v", err)
		}
	})
}

// TestASeatThatChangesHands: who left is told and their link ends; who came is asked; nothing that was said is taken for theirs.
func TestASeatThatChangesHands(t *testing.T) {
	everyShape(t, func(t *testing.T, c *called) {
		ctx, last := t.Context(), c.seats[len(c.seats)-1].Key
		c.mustSend()
		check(t, c.answer(Reply{Seat: last, Answer: governance.WillCome, Note: "Avec plaisir"}))
		left := c.people[last]
		link := c.letters(governance.MessageConvocation)[left][0].Body
		list, err := c.sp.Mandates(ctx, store.MandateFilter{Seat: last})
		check(t, err)
		_, err = c.sp.UpdateMandate(ctx, c.by, list[0].ID, list[0].Version, func(m *governance.Mandate) error { m.Period.To = calendar.Must("2026-11-30"); return nil })
		check(t, err)
		call := c.call()
		if counts := governance.Sum(governance.Expected(call.Chairs, []governance.Attendance{c.attendance(last)})); counts.Vacant != 1 || counts.Present != 0 {
			t.Errorf("a vacant seat counts: %+v", counts)
		}
		p, err := c.sp.CreatePerson(ctx, c.by, directory.Person{Given: "Nouvelle", Family: "Titulaire"})
		check(t, err)
		_, err = c.sp.CreateMandate(ctx, c.by, governance.Mandate{Seat: last, Person: p.ID, Role: governance.Holder, Period: calendar.Period{From: calendar.Must("2026-12-01")}})
		check(t, err)
		c.mustSend()
		if a := c.attendance(last); a.Holder != p.ID || a.Declared() || a.Note != "" {
			t.Errorf("the seat of the new holder: %+v", a)
		}
		told := c.letters(governance.MessageChange)
		if len(told[left]) != 1 || told[left][0].Body != "" || c.opens(link) || len(told[p.ID]) != 1 {
			t.Errorf("who left is not told, or their link opens: %+v", told[left])
		}
	})
}

// TestCancel: those who were called are told once, their links end, and a meeting that is held after all is called again.
func TestCancel(t *testing.T) {
	everyShape(t, func(t *testing.T, c *called) {
		ctx := t.Context()
		c.mustSend()
		link := c.letters(governance.MessageConvocation)[c.people["substitute"]][0].Body
		if err := Cancel(ctx, c.sp, c.convoking(), c.meeting.Version+5, "Neige"); !fault.Is(err, fault.Conflict) {
			t.Errorf("cancelled by who had not read it: %v", err)
		}
		check(t, Cancel(ctx, c.sp, c.convoking(), c.meeting.Version, "Neige"))
		if n := len(c.letters(governance.MessageCancellation)); n != len(c.seats)+1 || c.opens(link) {
			t.Errorf("%d told, the link opens %v", n, c.opens(link))
		}
		if err := Cancel(ctx, c.sp, c.convoking(), 0, ""); refusedFor(err) != "convocation.refused.cancelled" {
			t.Errorf("told twice: %v", err)
		}
		if err := c.answer(Reply{Seat: c.seats[0].Key, Answer: governance.WillCome}); refusedFor(err) != "fault.answer.closed" {
			t.Errorf("answered after it was cancelled: %v", err)
		}
		c.meeting = c.call().Meeting
		c.update(func(m *governance.Meeting) { m.State = governance.Planned })
		c.clock.Advance(time.Hour)
		if changes := c.call().Changes; len(changes) != 1 || changes[0].Key != "convocation.change.reinstated" {
			t.Errorf("held after all: %v", changes)
		}
		c.mustSend()
		if len(c.letters(governance.MessageChange)) != len(c.seats)+1 || len(c.call().Changes) != 0 {
			t.Error("not everybody is told that it is held after all")
		}
	})
}

// TestAnswers: what the rule of the committee refuses, a circle of proxies, an answer that somebody else replaced meanwhile.
func TestAnswers(t *testing.T) {
	everyShape(t, func(t *testing.T, c *called) {
		a, b := c.seats[0].Key, c.seats[1].Key
		c.mustSend()
		check(t, c.answer(Reply{Seat: a, Answer: governance.GivesProxy, ProxyTo: b}))
		if err := c.answer(Reply{Seat: b, Answer: governance.GivesProxy, ProxyTo: a}); !fault.Is(err, fault.Invalid) {
			t.Errorf("a circle: %v", err)
		}
		check(t, c.answer(Reply{Seat: a, Answer: governance.WillBeSubst, Substitute: c.people["substitute"]}))
		if got := c.attendance(a); got.ProxyTo != "" || got.Substitute != c.people["substitute"] || got.ForDay != c.meeting.Day {
			t.Errorf("kept: %+v", got)
		}
		call := c.call()
		named := c.answer(Reply{Seat: b, Answer: governance.WillBeSubst, Named: "Eve Exemple, directrice"})
		if free := call.Committee.Substitution == convention.SubstitutionFree; (named == nil) != free {
			t.Errorf("somebody outside the directory, rule %q: %v", call.Committee.Substitution, named)
		}
		_, err := Answer(t.Context(), c.sp, c.by, &call.Assembly, call.Chairs, Reply{Seat: a, Answer: governance.WillCome, Seen: "other@2026"})
		if refusedFor(err) != "fault.answer.changed" {
			t.Errorf("replaced unseen: %v", err)
		}
		c.update(func(m *governance.Meeting) { m.Day, m.State = calendar.Must("2026-11-23"), governance.Open })
		if err := c.answer(Reply{Seat: b, Answer: governance.WillCome}); refusedFor(err) != "fault.answer.closed" {
			t.Errorf("answered once it has opened: %v", err)
		}
	})
}

// TestStandIn: a substitute answers for themselves, and takes nothing from what the holder has said.
func TestStandIn(t *testing.T) {
	everyShape(t, func(t *testing.T, c *called) {
		seat, sub := c.seats[0].Key, c.people["substitute"]
		c.mustSend()
		stand := func(can bool) error {
			call := c.call()
			r := Reply{Seat: seat, Substitute: sub, Seen: c.attendance(seat).Mark(), At: c.clock.Now()}
			_, err := StandIn(t.Context(), c.sp, c.by, &call.Assembly, call.Chairs, r, can)
			c.clock.Advance(time.Minute)
			return err
		}
		check(t, stand(false))
		if got := c.attendance(seat); got.Declared() || !slices.Equal(got.Declined, []string{sub}) {
			t.Errorf("cannot: %+v", got)
		}
		check(t, stand(true))
		if got := c.attendance(seat); got.Substitute != sub || len(got.Declined) != 0 {
			t.Errorf("sits: %+v", got)
		}
		check(t, stand(false))
		if got := c.attendance(seat); got.Declared() {
			t.Errorf("a seat that counted on them is not asked again: %+v", got)
		}
		check(t, c.answer(Reply{Seat: seat, Answer: governance.WillCome}))
		if err := stand(true); refusedFor(err) != "fault.answer.holder-answered" {
			t.Errorf("in the place of a holder who comes: %v", err)
		}
	})
}

// TestEverybodyAnswersAtOnce: no answer is lost, and none gets in the way of another.
func TestEverybodyAnswersAtOnce(t *testing.T) {
	everyShape(t, func(t *testing.T, c *called) {
		c.mustSend()
		call := c.call()
		errs := make([]error, len(c.seats))
		var wg sync.WaitGroup
		for i, seat := range c.seats {
			wg.Go(func() {
				_, errs[i] = Answer(context.Background(), c.sp, c.by, &call.Assembly, call.Chairs, Reply{Seat: seat.Key, Answer: governance.WillCome, At: c.clock.Now()})
			})
		}
		wg.Wait()
		check(t, errors.Join(errs...))
		all, err := c.sp.Attendance(t.Context(), c.meeting.ID)
		check(t, err)
		if got := governance.Sum(governance.Expected(call.Chairs, all)); got.Present != len(c.seats) {
			t.Errorf("%+v", got)
		}
	})
}

// TestNoSecretInTheJournal: what opens a personal link stands in the message alone.
func TestNoSecretInTheJournal(t *testing.T) {
	everyShape(t, func(t *testing.T, c *called) {
		c.mustSend()
		entries, err := c.sp.JournalEntries(t.Context(), store.JournalFilter{Limit: 200})
		check(t, err)
		for person, list := range c.letters(governance.MessageConvocation) {
			secret := list[0].Body
			for _, e := range entries {
				text := e.Label + string(e.Before) + string(e.After)
				if strings.Contains(text, secret) || strings.Contains(text, auth.HashSecret(secret)) {
					t.Fatalf("the secret of %s stands in %s", person, e.Action)
				}
			}
		}
	})
}
