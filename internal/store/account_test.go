package store_test

import (
	"context"
	"testing"
	"time"

	"entente/internal/auth"
	"entente/internal/calendar"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/testkit"
)

func newAccount(t testing.TB, s *store.Store, email string, administrator bool) store.Account {
	t.Helper()
	return must(s.CreateAccount(t.Context(), me, store.Account{Email: email, Name: "Ada Exemple", Administrator: administrator, PasswordHash: "hash"}))(t)
}

// TestAccount takes an account through its life.
func TestAccount(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		a := newAccount(t, s, " Ada@Exemple.FR ", false)
		if a.Email != "ada@exemple.fr" || a.Locale != "fr" {
			t.Errorf("kept as %+v", a)
		}
		if got := must(s.AccountByEmail(ctx, "ADA@exemple.fr"))(t); got != a {
			t.Errorf("found %+v, want %+v", got, a)
		}
		_, err := s.CreateAccount(ctx, me, store.Account{Email: "ada@exemple.fr", Name: "Une autre"})
		checkField(t, err, "email", "store.account.email-taken")
		for _, err := range []error{s.SetPassword(ctx, me, a.ID, "secret"), s.SetLocale(ctx, me, a.ID, "en"), s.DisableAccount(ctx, me, a.ID)} {
			if err != nil {
				t.Error(err)
			}
		}
		got := must(s.Account(ctx, a.ID))(t)
		if got.PasswordHash != "secret" || got.Locale != "en" || !got.Disabled() || !got.DisabledAt.Equal(testkit.Noon) || got.Version != 4 {
			t.Errorf("after the changes: %+v", got)
		}
		if err := s.EnableAccount(ctx, me, a.ID); err != nil || must(s.Account(ctx, a.ID))(t).Disabled() {
			t.Errorf("enabling: %v", err)
		}
		if err := s.SetLocale(ctx, me, a.ID, "de"); !fault.Is(err, fault.Invalid) {
			t.Errorf("an unknown language: %v", err)
		}
		if _, err := s.UpdateAccount(ctx, me, a.ID, 1, func(*store.Account) error { return nil }); !fault.Is(err, fault.Conflict) {
			t.Errorf("an old reading: %v, want conflict", err)
		}
		whole(t, s.Installation())
		for _, e := range must(s.Installation().JournalEntries(ctx, store.JournalFilter{Key: a.ID}))(t) {
			checkSentences(t, e)
			if e.Subject != "account" || contains(e.After, "hash") || contains(e.After, "secret") {
				t.Errorf("the journal keeps %s", e.After)
			}
		}
	})
}

func contains(b []byte, s string) bool {
	for i := 0; i+len(s) <= len(b); i++ {
		if string(b[i:i+len(s)]) == s {
			return true
		}
	}
	return false
}

// TestLastAdministrator proves that an installation never loses its last administrator.
func TestLastAdministrator(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		a := newAccount(t, s, "a@exemple.fr", true)
		if err := s.DisableAccount(t.Context(), me, a.ID); asFault(err) == nil || asFault(err).Message.Key != "store.account.last-administrator" {
			t.Errorf("disabling the last: %v", err)
		}
		b := newAccount(t, s, "b@exemple.fr", true)
		got := atOnce(2, func(i int) error { return s.DisableAccount(context.Background(), me, []string{a.ID, b.ID}[i]) })
		if got[-1] != 1 || got[fault.Invalid] != 1 {
			t.Errorf("two who disable each other: %v, want one success", got)
		}
		if p := must(s.Accounts(t.Context(), store.Paging{Limit: 1}))(t); p.Total != 2 || len(p.Items) != 1 || p.Next == "" {
			t.Errorf("accounts: %+v", p)
		}
	})
}

// TestFirstAdministrator proves that the link of a new installation makes one administrator, once.
func TestFirstAdministrator(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		if !must(s.NeedsFirstAdministrator(ctx))(t) {
			t.Error("a new installation needs nobody")
		}
		secrets := []string{must(s.IssueToken(ctx, store.Token{Kind: store.First}, time.Hour))(t), must(s.IssueToken(ctx, store.Token{Kind: store.First}, time.Hour))(t)}
		a := store.Account{Email: "chef@exemple.fr", Name: "Cheffe"}
		if _, err := s.CreateFirstAdministrator(ctx, secrets[0], store.Account{Email: "?", Name: "x"}); !fault.Is(err, fault.Invalid) {
			t.Errorf("a bad address: %v", err)
		}
		if got := must(s.CreateFirstAdministrator(ctx, secrets[0], a))(t); !got.Administrator {
			t.Error("the first is no administrator: a refused form has used the link up, or lost the right")
		}
		if _, err := s.CreateFirstAdministrator(ctx, secrets[0], a); !fault.Is(err, fault.NotFound) {
			t.Errorf("the link again: %v", err)
		}
		if _, err := s.CreateFirstAdministrator(ctx, secrets[1], store.Account{Email: "b@exemple.fr", Name: "B"}); !fault.Is(err, fault.Invalid) {
			t.Errorf("a second first: %v", err)
		}
		if must(s.NeedsFirstAdministrator(ctx))(t) {
			t.Error("it still needs one")
		}
	})
}

// TestToken proves that a secret works once, in its time, for its purpose.
func TestToken(t *testing.T) {
	clock := testkit.NewClock(testkit.Noon)
	testkit.EnginesAt(t, clock, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		a := newAccount(t, s, "a@exemple.fr", false)
		issue := func() string {
			return must(s.IssueToken(ctx, store.Token{Kind: store.SignIn, Account: a.ID, Payload: []byte(`{"to":"/"}`)}, time.Hour))(t)
		}
		secret := issue()
		if got := must(s.PeekToken(ctx, store.SignIn, secret))(t); got.Account != a.ID || string(got.Payload) != `{"to":"/"}` || got.Space != "" {
			t.Errorf("peeked %+v", got)
		}
		if _, err := s.TakeToken(ctx, store.Recovery, secret); !fault.Is(err, fault.NotFound) {
			t.Errorf("for another purpose: %v", err)
		}
		got := atOnce(8, func(int) error { _, err := s.TakeToken(context.Background(), store.SignIn, secret); return err })
		if got[-1] != 1 || got[fault.NotFound] != 7 {
			t.Errorf("taken at once: %v, want one success", got)
		}
		late := issue()
		clock.Advance(time.Hour)
		if _, err := s.TakeToken(ctx, store.SignIn, late); !fault.Is(err, fault.NotFound) {
			t.Errorf("too late: %v", err)
		}
		if _, err := s.PeekToken(ctx, store.SignIn, late); !fault.Is(err, fault.NotFound) {
			t.Errorf("a late look: %v", err)
		}
		clock.Advance(30 * 24 * time.Hour)
		if err := s.Sweep(ctx); err != nil {
			t.Error(err)
		}
	})
}

// TestInvitation lets somebody in who was unknown, then the same person into another space.
func TestInvitation(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		one, two := newSpace(t, s, "one"), newSpace(t, s, "two")
		known := somebody(t, two)
		i := store.Invitation{Email: "ZOE@exemple.fr", Given: "Zoé", Family: "Œuvrard", Role: store.Coordinator, Party: "nord"}
		secret := must(one.Invite(ctx, me, i, time.Hour))(t)
		seen, space, exists, err := s.Invitation(ctx, secret)
		if err != nil || seen.Email != "zoe@exemple.fr" || space.ID != one.ID() || exists {
			t.Errorf("the invitation reads %+v, %+v, %v, %v", seen, space, exists, err)
		}
		if p := must(one.PendingInvitations(ctx))(t); len(p) != 1 || p[0].Party != "nord" || len(must(two.PendingInvitations(ctx))(t)) != 0 {
			t.Errorf("pending: %+v", p)
		}
		a, space, err := s.AcceptInvitation(ctx, secret, store.Acceptance{Name: "Zoé Œuvrard", Locale: "fr", PasswordHash: "h"})
		if err != nil || space.Slug != "one" {
			t.Fatalf("accepting: %v", err)
		}
		if p := must(one.PendingInvitations(ctx))(t); len(p) != 0 {
			t.Errorf("still pending: %+v", p)
		}
		st := must(s.Standing(ctx, a.ID, one.ID(), today))(t)
		if !st.Coordinator("nord") || st.Coordinator("sud") || st.Person == "" || st.Member || st.Stranger() {
			t.Errorf("standing %+v", st)
		}
		if _, _, err := s.AcceptInvitation(ctx, secret, store.Acceptance{Name: "x"}); !fault.Is(err, fault.NotFound) {
			t.Errorf("accepted twice: %v", err)
		}
		if st := must(s.Standing(ctx, a.ID, two.ID(), today))(t); !st.Stranger() {
			t.Errorf("in another space: %+v", st)
		}
		again := must(two.Invite(ctx, me, store.Invitation{Email: "zoe@exemple.fr", Person: known.ID}, time.Hour))(t)
		b, _, err := s.AcceptInvitation(ctx, again, store.Acceptance{})
		if err != nil || b.ID != a.ID || b.PasswordHash != "h" {
			t.Errorf("the known address: %+v, %v", b, err)
		}
		if p := must(two.PersonOf(ctx, a.ID))(t); p.ID != known.ID {
			t.Errorf("tied to %+v, want %+v", p, known)
		}
		for _, sp := range []*store.Space{one, two, s.Installation()} {
			whole(t, sp)
			for _, e := range must(sp.JournalEntries(ctx, store.JournalFilter{}))(t) {
				checkSentences(t, e)
			}
		}
	})
}

// TestInvitationChecked refuses invitations that would give nothing or too much.
func TestInvitationChecked(t *testing.T) {
	s := testkit.Store(t)
	sp := newSpace(t, s, "checked")
	for _, i := range []store.Invitation{
		{Email: "x", Role: store.Reader}, {Email: "a@exemple.fr"}, {Email: "a@exemple.fr", Role: store.Coordinator},
		{Email: "a@exemple.fr", Role: store.Reader, Party: "nord"}, {Email: "a@exemple.fr", Role: "chief"}, {Email: "a@exemple.fr", Person: "nobody"},
	} {
		if _, err := sp.Invite(t.Context(), me, i, time.Hour); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: %v, want invalid", i, err)
		}
	}
}

// TestStanding reads what an account is from its grants and the mandates of its person, on the days that they last.
func TestStanding(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		sp, other := newSpace(t, s, "standing"), newSpace(t, s, "other")
		a, admin := newAccount(t, s, "a@exemple.fr", false), newAccount(t, s, "admin@exemple.fr", true)
		if st := must(s.Standing(ctx, a.ID, sp.ID(), today))(t); !st.Stranger() {
			t.Errorf("nothing given: %+v", st)
		}
		p := somebody(t, sp)
		p.Account = a.ID
		must(sp.UpdatePerson(ctx, me, p.ID, p.Version, set(p)))(t)
		must(sp.CreateMandate(ctx, me, governance.Mandate{Seat: "pilotage/nord/1", Person: p.ID, Role: governance.Holder,
			Period: calendar.Period{From: start, To: today}, CarriedOver: today.AddDays(10)}))(t)
		for day, member := range map[calendar.Date]bool{start.AddDays(-1): false, start: true, today: true, today.AddDays(10): true, today.AddDays(11): false} {
			if st := must(s.Standing(ctx, a.ID, sp.ID(), day))(t); st.Member != member || len(st.Mandates) > 0 != member || st.Person != p.ID {
				t.Errorf("on %s: %+v, want member %v", day, st, member)
			}
		}
		for _, g := range []store.Grant{{a.ID, store.Coordinator, "sud"}, {a.ID, store.Coordinator, "nord"}, {a.ID, store.Reader, ""}, {a.ID, store.Reader, ""}} {
			if err := sp.SetGrant(ctx, me, g); err != nil {
				t.Error(err)
			}
		}
		if st := must(s.Standing(ctx, a.ID, sp.ID(), today))(t); len(st.Coordinates) != 2 || st.Coordinates[0] != "nord" || !st.Reader {
			t.Errorf("with grants: %+v", st)
		}
		if len(must(sp.GrantsIn(ctx))(t)) != 3 || len(must(s.GrantsOf(ctx, a.ID))(t)) != 3 || len(must(other.GrantsIn(ctx))(t)) != 0 {
			t.Error("the lists of grants are not what was given")
		}
		checkSpacesOf(t, s, a, []string{"standing"})
		checkSpacesOf(t, s, admin, []string{"other", "standing"})
		if st := must(s.Standing(ctx, admin.ID, "no-such-space", today))(t); !st.Stranger() {
			t.Errorf("an administrator where there is no space: %+v", st)
		}
		if err := s.DisableAccount(ctx, me, a.ID); err != nil || !must(s.Standing(ctx, a.ID, sp.ID(), today))(t).Stranger() {
			t.Errorf("a disabled account is no stranger: %v", err)
		}
		if err := sp.RemoveGrant(ctx, me, store.Grant{Account: a.ID, Role: store.Reader}); err != nil {
			t.Error(err)
		}
		if err := sp.RemoveGrant(ctx, me, store.Grant{Account: a.ID, Role: store.Reader}); !fault.Is(err, fault.NotFound) {
			t.Errorf("removed twice: %v", err)
		}
	})
}

// set gives a change that makes everything as in x.
func set[T any](x T) func(*T) error {
	return func(to *T) error { *to = x; return nil }
}

func checkSpacesOf(t *testing.T, s *store.Store, a store.Account, want []string) {
	t.Helper()
	var got []string
	for p := (store.Paging{Limit: 1}); ; {
		page := must(s.SpacesOf(t.Context(), a, p))(t)
		for _, x := range page.Items {
			got = append(got, x.Slug)
			if x.Slug == "standing" && !a.Administrator && (len(x.Coordinates) != 2 || !x.Reader || x.Person == "") {
				t.Errorf("roles: %+v", x)
			}
		}
		if p.After = page.Next; p.After == "" {
			break
		}
	}
	if len(got) != len(want) || got[0] != want[0] {
		t.Errorf("spaces of %s: %q, want %q", a.Email, got, want)
	}
}

// TestSessions keeps sessions as scs asks.
func TestSessions(t *testing.T) {
	clock := testkit.NewClock(testkit.Noon)
	testkit.EnginesAt(t, clock, func(t *testing.T, s *store.Store) {
		ctx, table := t.Context(), s.Sessions()
		find := func(want string, there bool) {
			t.Helper()
			if b, found, err := table.FindCtx(ctx, "t"); string(b) != want || found != there || err != nil {
				t.Errorf("found %q, %v, %v; want %q, %v", b, found, err, want, there)
			}
		}
		find("", false)
		for _, data := range []string{"one", "two"} {
			if err := table.CommitCtx(ctx, "t", []byte(data), testkit.Noon.Add(time.Hour)); err != nil {
				t.Fatal(err)
			}
			find(data, true)
		}
		clock.Advance(time.Hour)
		find("", false)
		clock.Set(testkit.Noon)
		if err := table.DeleteCtx(ctx, "t"); err != nil {
			t.Fatal(err)
		}
		find("", false)
	})
}

// TestSessionManager keeps a session over the manager that browsers meet: its token is not in the table.
func TestSessionManager(t *testing.T) {
	testkit.EnginesAt(t, testkit.NewClock(time.Now()), func(t *testing.T, s *store.Store) {
		m := auth.NewSessions(s.Sessions(), false)
		ctx := must(m.Load(t.Context(), ""))(t)
		m.Put(ctx, "account", "a")
		token, _, err := m.Commit(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if got := m.GetString(must(m.Load(t.Context(), token))(t), "account"); got != "a" {
			t.Errorf("the session holds %q", got)
		}
		if _, found, err := s.Sessions().FindCtx(t.Context(), token); found || err != nil {
			t.Errorf("the token itself opens the session: %v, %v", found, err)
		}
	})
}

// TestAttempts counts attempts of one subject and no other, over a window that slides.
func TestAttempts(t *testing.T) {
	clock := testkit.NewClock(testkit.Noon)
	limit := auth.Limit{Max: 3, Window: 10 * time.Minute}
	testkit.EnginesAt(t, clock, func(t *testing.T, s *store.Store) {
		attempt := func(subject string, pass bool) {
			t.Helper()
			err := s.Attempt(t.Context(), subject, limit)
			if pass && err != nil || !pass && !fault.Is(err, fault.TooMany) {
				t.Errorf("%s at %v: %v, want pass %v", subject, clock.Now(), err, pass)
			}
		}
		for range 3 {
			attempt("a", true)
			clock.Advance(time.Minute)
		}
		attempt("a", false)
		attempt("b", true)
		clock.Advance(7 * time.Minute) // ten minutes after the first
		attempt("a", true)
		attempt("a", false)
		if err := s.ClearAttempts(t.Context(), "a"); err != nil {
			t.Fatal(err)
		}
		attempt("a", true)
	})
}
