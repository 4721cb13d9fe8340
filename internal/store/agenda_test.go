package store_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/testkit"
)

func meetingOn(t testing.TB, sp *store.Space, days int, change ...func(*governance.Meeting)) governance.Meeting {
	t.Helper()
	m := governance.Meeting{Committee: "pilotage", Day: today.AddDays(days), State: governance.Planned}
	for _, f := range change {
		f(&m)
	}
	return must(sp.CreateMeeting(t.Context(), me, m))(t)
}

func isHeld(m *governance.Meeting) { m.State = governance.Held }

func itemOf(meeting, title string, change ...func(*governance.Item)) governance.Item {
	i := governance.Item{Meeting: meeting, Kind: governance.ForDiscussion, Title: title, Audience: governance.ForSpace}
	for _, f := range change {
		f(&i)
	}
	return i
}

// titles of an agenda in its order, each with its rank.
func titles(t testing.TB, sp *store.Space, meeting string) []string {
	t.Helper()
	var out []string
	for _, i := range must(sp.Items(t.Context(), meeting))(t) {
		out = append(out, fmt.Sprintf("%d %s", i.Rank, i.Title))
	}
	return out
}

func TestRanksHaveNoGap(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, sp := t.Context(), newSpace(t, s, "ranks")
		m := meetingOn(t, sp, 10)
		a := must(sp.CreateItem(ctx, me, itemOf(m.ID, "a")))(t)
		must(sp.CreateItem(ctx, me, itemOf(m.ID, "b", func(i *governance.Item) { i.Rank = 99 })))(t)
		must(sp.CreateItem(ctx, me, itemOf(m.ID, "c", func(i *governance.Item) { i.Rank = 1 })))(t)
		d := must(sp.CreateItem(ctx, me, itemOf(m.ID, "d", func(i *governance.Item) { i.Rank = 2 })))(t)
		if got := titles(t, sp, m.ID); !slices.Equal(got, []string{"1 c", "2 d", "3 a", "4 b"}) {
			t.Errorf("added: %v", got)
		}
		if err := sp.RemoveItem(ctx, me, d.ID, d.Version); err != nil {
			t.Fatal(err)
		}
		if got := titles(t, sp, m.ID); !slices.Equal(got, []string{"1 c", "2 a", "3 b"}) {
			t.Errorf("removed: %v", got)
		}
		changed, err := sp.UpdateItem(ctx, me, a.ID, a.Version, func(i *governance.Item) error { i.Title, i.Rank, i.Meeting = "A", 9, "elsewhere"; return nil })
		if err != nil || changed.Rank != 2 || changed.Meeting != m.ID {
			t.Errorf("an item that others moved: %+v, %v", changed, err)
		}
		whole(t, sp)
	})
}

func TestOrderItems(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, sp := t.Context(), newSpace(t, s, "order")
		m := meetingOn(t, sp, 10)
		for _, title := range []string{"a", "b", "c"} {
			must(sp.CreateItem(ctx, me, itemOf(m.ID, title)))(t)
		}
		ids := governance.IDs(must(sp.Items(ctx, m.ID))(t))
		seal := governance.SealOf(ids)
		turned := []string{ids[2], ids[0], ids[1]}
		if err := sp.OrderItems(ctx, me, m.ID, seal, turned); err != nil {
			t.Fatal(err)
		}
		if got := titles(t, sp, m.ID); !slices.Equal(got, []string{"1 c", "2 a", "3 b"}) {
			t.Errorf("%v", got)
		}
		last := must(sp.JournalEntries(ctx, store.JournalFilter{Limit: 1}))(t)[0]
		if last.Action != "meeting.order" || last.Key != m.ID || string(last.Before) != `{"agenda":[1,2,3]}` || string(last.After) != `{"agenda":[3,1,2]}` {
			t.Errorf("the journal says %s of %s: %s, %s", last.Action, last.Key, last.Before, last.After)
		}
		now := governance.SealOf(turned)
		for name, x := range map[string]struct {
			seal string
			ids  []string
			kind fault.Kind
		}{
			"an order that is not that any more": {seal, turned, fault.Conflict},
			"an item is missing":                 {now, turned[:2], fault.Conflict},
			"an item stands twice":               {now, []string{ids[0], ids[0], ids[1]}, fault.Conflict},
			"an item of elsewhere":               {now, []string{ids[0], ids[1], "x"}, fault.Conflict},
		} {
			if err := sp.OrderItems(ctx, me, m.ID, x.seal, x.ids); !fault.Is(err, x.kind) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := sp.OrderItems(ctx, me, "nowhere", now, turned); !fault.Is(err, fault.NotFound) {
			t.Errorf("a meeting that is not there: %v", err)
		}
		before := must(sp.JournalEntries(ctx, store.JournalFilter{Limit: 1}))(t)[0].Seq
		if err := sp.OrderItems(ctx, me, m.ID, now, turned); err != nil {
			t.Error(err)
		}
		if after := must(sp.JournalEntries(ctx, store.JournalFilter{Limit: 1}))(t)[0].Seq; after != before {
			t.Error("an order that changes nothing stands in the journal")
		}
		whole(t, sp)
	})
}

// Of many who order one agenda at once, one does; of many who add to it, all do, at ranks of their own.
func TestAgendaRace(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, sp := context.Background(), newSpace(t, s, "race")
		m := meetingOn(t, sp, 10)
		added := atOnce(8, func(i int) error {
			_, err := sp.CreateItem(ctx, me, itemOf(m.ID, fmt.Sprint(i), func(x *governance.Item) { x.Rank = 1 }))
			return err
		})
		list := must(sp.Items(ctx, m.ID))(t)
		for i, x := range list {
			if x.Rank != i+1 {
				t.Errorf("rank %d at place %d", x.Rank, i+1)
			}
		}
		ids := governance.IDs(list)
		seal := governance.SealOf(ids)
		slices.Reverse(ids)
		ordered := atOnce(8, func(i int) error {
			return sp.OrderItems(ctx, me, m.ID, seal, governance.Move(ids, ids[0], i+1))
		})
		if added[-1] != 8 || ordered[-1] != 1 || ordered[fault.Conflict] != 7 {
			t.Errorf("added %v, ordered %v", added, ordered)
		}
		whole(t, sp)
	})
}

func TestClosedMeetingKeepsItsAgenda(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, sp := t.Context(), newSpace(t, s, "closed")
		m := meetingOn(t, sp, -10, isHeld)
		i := must(sp.CreateItem(ctx, me, itemOf(m.ID, "a")))(t)
		must(sp.UpdateMeeting(ctx, me, m.ID, m.Version, func(x *governance.Meeting) error { x.Closed = testkit.Noon; return nil }))(t)
		_, adds := sp.CreateItem(ctx, me, itemOf(m.ID, "b"))
		_, changes := sp.UpdateItem(ctx, me, i.ID, i.Version, func(x *governance.Item) error { x.Title = "c"; return nil })
		for name, err := range map[string]error{"added": adds, "changed": changes, "removed": sp.RemoveItem(ctx, me, i.ID, i.Version),
			"ordered": sp.OrderItems(ctx, me, m.ID, governance.SealOf([]string{i.ID}), []string{i.ID})} {
			if !fault.Is(err, fault.Invalid) || asFault(err).Message.Key != "store.meeting.frozen" {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestItemsReferToWhatIsThere(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, sp := t.Context(), newSpace(t, s, "refers")
		m, past := meetingOn(t, sp, 10), meetingOn(t, sp, -10, isHeld)
		elsewhere := meetingOn(t, sp, -10, isHeld, func(x *governance.Meeting) { x.Committee = "technique" })
		approves := func(id string) func(*governance.Item) {
			return func(i *governance.Item) { i.Kind, i.Approves = governance.ForMinutes, id }
		}
		for name, i := range map[string]governance.Item{
			"proposal":          itemOf(m.ID, "a", func(i *governance.Item) { i.Proposal = "nowhere" }),
			"another committee": itemOf(m.ID, "a", approves(elsewhere.ID)),
			"itself":            itemOf(m.ID, "a", approves(m.ID)), "none": itemOf(m.ID, "a", approves("nowhere")),
		} {
			if _, err := sp.CreateItem(ctx, me, i); !fault.Is(err, fault.Invalid) || len(asFault(err).Fields) != 1 {
				t.Errorf("%s: %v", name, err)
			}
		}
		must(sp.CreateItem(ctx, me, itemOf(m.ID, "a", approves(past.ID))))(t)
	})
}

// What waits is read of the committee alone, and of the technical committee alone where one meets.
func TestBacklog(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, sp := t.Context(), newSpace(t, s, "waits")
		next, past := meetingOn(t, sp, 30), meetingOn(t, sp, -30, isHeld)
		for _, other := range []governance.Meeting{
			meetingOn(t, sp, -20, isHeld, func(x *governance.Meeting) { x.Committee = "technique" }),
			meetingOn(t, sp, -20, isHeld, func(x *governance.Meeting) { x.Panel = "p" }),
			meetingOn(t, sp, -1000, isHeld),
		} {
			must(sp.CreateItem(ctx, me, itemOf(other.ID, "other")))(t)
		}
		i := must(sp.CreateItem(ctx, me, itemOf(past.ID, "left")))(t)
		must(sp.KeepItemRecord(ctx, me, i.ID, 0, func(r *governance.ItemRecord) error {
			r.State, r.Outcome, r.Reasons = governance.Treated, governance.Postponed, "Faute de temps."
			return nil
		}))(t)
		must(sp.CreateMinutes(ctx, me, governance.Minutes{ID: past.ID, State: governance.MinutesSubmitted, Audience: governance.ForSpace, Submitted: today}))(t)
		for _, due := range []int{-1, 0, 5} {
			must(sp.CreateFollowUp(ctx, me, governance.FollowUp{Meeting: past.ID, Text: fmt.Sprint(due), State: governance.ToDo, Due: today.AddDays(due)}))(t)
		}
		b := must(sp.Backlog(ctx, next, today))(t)
		if len(b.Items) != 1 || b.Items[0].ID != i.ID || len(b.Records) != 1 || len(b.Minutes) != 1 || len(b.FollowUps) != 1 || len(b.Meetings) != 3 {
			t.Errorf("%+v", b)
		}
		var keys []string
		for _, x := range governance.Suggest(b) {
			keys = append(keys, string(x.Reason))
			must(sp.CreateItem(ctx, me, x.On(next.ID, "titre")))(t)
		}
		if !slices.Equal(keys, []string{"minutes", "postponed", "follow-up"}) {
			t.Errorf("%v", keys)
		}
		if again := governance.Suggest(must(sp.Backlog(ctx, next, today))(t)); len(again) != 0 {
			t.Errorf("suggested again: %v", again)
		}
	})
}

// An agenda of two hundred items is ordered in one change.
func TestLongAgenda(t *testing.T) {
	s := testkit.Store(t)
	ctx, sp := t.Context(), newSpace(t, s, "long")
	m := meetingOn(t, sp, 10)
	err := sp.Together(ctx, func(sp *store.Space) error {
		for i := range 200 {
			if _, err := sp.CreateItem(ctx, me, itemOf(m.ID, fmt.Sprint(i))); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	ids := governance.IDs(must(sp.Items(ctx, m.ID))(t))
	seal := governance.SealOf(ids)
	slices.Reverse(ids)
	begin := time.Now()
	if err := sp.OrderItems(ctx, me, m.ID, seal, ids); err != nil {
		t.Fatal(err)
	}
	if got := governance.IDs(must(sp.Items(ctx, m.ID))(t)); !slices.Equal(got, ids) {
		t.Error("the order is not the one asked for")
	}
	if spent := time.Since(begin); spent > 2*time.Second {
		t.Errorf("ordering took %s", spent)
	}
}
