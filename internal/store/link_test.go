package store_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/store"
	"entente/internal/testkit"
)

const seatOfLink = "pilotage/nord/1"

// issue makes a link of a poll for somebody.
func issue(t *testing.T, sp *store.Space, p directory.Person) (string, store.Link) {
	t.Helper()
	secret, x, err := sp.IssueLink(t.Context(), me, store.Link{Kind: store.LinkPoll, Subject: "a-poll", Person: p.ID, Seat: seatOfLink}, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	return secret, x
}

// TestLinkServesUntilItsEnd: a link opens as often as one likes, until it expires or is revoked.
func TestLinkServesUntilItsEnd(t *testing.T) {
	clock := testkit.NewClock(testkit.Noon)
	testkit.EnginesAt(t, clock, func(t *testing.T, s *store.Store) {
		ctx, sp := t.Context(), newSpace(t, s, "links")
		secret, made := issue(t, sp, somebody(t, sp))
		for range 3 {
			got := must(s.OpenLink(ctx, store.LinkPoll, secret))(t)
			if got.ID != made.ID || got.Space != sp.ID() || got.Seat != seatOfLink || got.Person != made.Person || got.Subject != "a-poll" || !got.Expires.Equal(made.Expires) {
				t.Errorf("the link is %+v, want %+v", got, made)
			}
		}
		clock.Advance(time.Hour)
		refused(t, s, store.LinkPoll, secret)

		other, x := issue(t, sp, somebody(t, sp))
		refused(t, s, store.LinkAnswer, other)
		refused(t, s, store.LinkPoll, other+"x")
		for range 2 { // the second time is no change
			if err := sp.RevokeLink(ctx, me, x.ID); err != nil {
				t.Fatal(err)
			}
		}
		refused(t, s, store.LinkPoll, other)
		entries := must(sp.JournalEntries(ctx, store.JournalFilter{Key: x.ID}))(t)
		if len(entries) != 2 || entries[0].Action != "link.revoke" || entries[1].Action != "link.create" {
			t.Errorf("the journal says %+v", entries)
		}
		for _, e := range entries {
			checkSentences(t, e)
			if strings.Contains(string(e.Before)+string(e.After)+e.Label+e.Key, other) {
				t.Error("the journal holds the secret")
			}
		}
		whole(t, sp)
	})
}

func refused(t *testing.T, s *store.Store, kind store.LinkKind, secret string) {
	t.Helper()
	_, err := s.OpenLink(t.Context(), kind, secret)
	if !fault.Is(err, fault.NotFound) || asFault(err).Message.Key != "store.link.unusable" {
		t.Errorf("%s: %v, want not found, without difference", kind, err)
	}
}

// TestLinkUse: the last use is noted, once a minute at most.
func TestLinkUse(t *testing.T) {
	clock := testkit.NewClock(testkit.Noon)
	testkit.EnginesAt(t, clock, func(t *testing.T, s *store.Store) {
		ctx, sp := t.Context(), newSpace(t, s, "uses")
		secret, x := issue(t, sp, somebody(t, sp))
		for _, step := range []struct{ wait, used time.Duration }{{0, 0}, {30 * time.Second, 0}, {31 * time.Second, 61 * time.Second}} {
			clock.Advance(step.wait)
			must(s.OpenLink(ctx, store.LinkPoll, secret))(t)
			if got := must(sp.Link(ctx, x.ID))(t).LastUsed; !got.Equal(testkit.Noon.Add(step.used)) {
				t.Errorf("after %v: last used %v", step.wait, got)
			}
		}
		if list := must(sp.Links(ctx, store.LinkPoll, "a-poll"))(t); len(list) != 1 || list[0].ID != x.ID {
			t.Errorf("links of the subject: %+v", list)
		}
	})
}

// TestLinkTogether: a link that is made with something else is there with it, or not at all.
func TestLinkTogether(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, sp := t.Context(), newSpace(t, s, "together")
		p := somebody(t, sp)
		broken := errors.New("broken")
		for _, end := range []error{broken, nil} {
			var secret string
			err := sp.Together(ctx, func(sp *store.Space) (err error) {
				if secret, _, err = sp.IssueLink(ctx, me, store.Link{Kind: store.LinkAnswer, Subject: "m", Person: p.ID}, time.Hour); err != nil {
					return err
				}
				return end
			})
			if !errors.Is(err, end) {
				t.Fatal(err)
			}
			if end != nil {
				refused(t, s, store.LinkAnswer, secret)
			} else {
				must(s.OpenLink(ctx, store.LinkAnswer, secret))(t)
			}
		}
	})
}

// TestLinkIsolation: another space neither sees a link nor ends it, nor makes one for somebody who is not there.
func TestLinkIsolation(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, own, other := t.Context(), newSpace(t, s, "own"), newSpace(t, s, "other")
		p := somebody(t, own)
		secret, x := issue(t, own, p)
		if _, err := other.Link(ctx, x.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("read: %v", err)
		}
		if err := other.RevokeLink(ctx, me, x.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("revoke: %v", err)
		}
		if list := must(other.Links(ctx, store.LinkPoll, "a-poll"))(t); len(list) != 0 {
			t.Errorf("list: %+v", list)
		}
		_, _, err := other.IssueLink(ctx, me, store.Link{Kind: store.LinkPoll, Subject: "a-poll", Person: p.ID}, time.Hour)
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("issue for somebody of another space: %v", err)
		}
		must(s.OpenLink(ctx, store.LinkPoll, secret))(t)
		if err := own.RemovePerson(ctx, me, p.ID, p.Version); !fault.Is(err, fault.Invalid) {
			t.Errorf("a person with a link was removed: %v", err)
		}
	})
}

// TestErasureEndsLinks: the links of somebody whose data are erased open nothing, and the journal no longer names them.
func TestErasureEndsLinks(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, x := t.Context(), newLeaver(t, s)
		secret, _ := issue(t, x.sp, x.p)
		theirs, _ := issue(t, x.sp, x.other)
		if !strings.Contains(dump(t, s, x.sp), seatOfLink+" · Odile Valmont") {
			t.Fatal("the journal never named the bearer: the test proves nothing")
		}
		if err := x.erase(t); err != nil {
			t.Fatal(err)
		}
		refused(t, s, store.LinkPoll, secret)
		must(s.OpenLink(ctx, store.LinkPoll, theirs))(t)
		for _, trace := range traces {
			if strings.Contains(dump(t, s, x.sp), trace) {
				t.Errorf("%q is still there", trace)
			}
		}
		if _, _, err := x.sp.IssueLink(ctx, me, store.Link{Kind: store.LinkPoll, Person: x.p.ID}, time.Hour); !fault.Is(err, fault.Invalid) {
			t.Errorf("a link for somebody erased: %v", err)
		}
		whole(t, x.sp)
	})
}
