package store_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente/internal/calendar"
	"entente/internal/directory"
	"entente/internal/evaluation"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/journal"
	"entente/internal/store"
	"entente/internal/testkit"
)

// erasedName stands in the directory in the place of a name.
const erasedName = "Personne effacée"

// leaver is somebody who held everything that can be held, and whose last day was yesterday, with somebody else beside.
type leaver struct {
	sp         *store.Space
	p, other   directory.Person
	mandate    governance.Mandate
	function   directory.Function
	delegation governance.Delegation
}

// traces are the texts that may be found nowhere once the data of the leaver are erased.
var traces = []string{"Odile", "Valmont", "odile@exemple.fr", "valmont@exemple.fr", "0102030405"}

func newLeaver(t *testing.T, s *store.Store) leaver {
	t.Helper()
	ctx, sp := t.Context(), newSpace(t, s, "leaver")
	past := calendar.Period{From: start, To: today.AddDays(-1)}
	x := leaver{sp: sp, other: somebody(t, sp)}
	x.p = must(sp.CreatePerson(ctx, me, directory.Person{Given: "Odile", Family: "Valmont", Email: "odile@exemple.fr", Phone: "0102030405"}))(t)
	secret := must(sp.Invite(ctx, me, store.Invitation{Email: "odile@exemple.fr", Person: x.p.ID, Role: store.Reader}, time.Hour))(t)
	a, _, err := s.AcceptInvitation(ctx, secret, store.Acceptance{Name: "Odile Valmont", PasswordHash: "h"})
	if err != nil {
		t.Fatal(err)
	}
	if err := sp.RemoveGrant(ctx, me, store.Grant{Account: a.ID, Role: store.Reader}); err != nil {
		t.Fatal(err)
	}
	x.p = must(sp.UpdatePerson(ctx, me, x.p.ID, 2, func(p *directory.Person) error { p.Email = "valmont@exemple.fr"; return nil }))(t)
	must(sp.Invite(ctx, me, store.Invitation{Email: "Valmont@exemple.fr", Given: "Odile", Family: "Valmont", Role: store.Reader}, time.Hour))(t)
	must(sp.Invite(ctx, me, store.Invitation{Email: "zoe@exemple.fr", Role: store.Reader}, time.Hour))(t)
	o := must(sp.CreateOrganization(ctx, me, directory.Organization{Kind: directory.Other, Name: "Ici"}))(t)
	x.function = must(sp.CreateFunction(ctx, me, directory.Function{Person: x.p.ID, Organization: o.ID, Title: "Directrice", Period: calendar.Period{From: start}}))(t)
	x.mandate = must(sp.CreateMandate(ctx, me, governance.Mandate{Seat: "pilotage/nord/1", Person: x.p.ID, Role: governance.Holder, Period: past}))(t)
	x.delegation = must(sp.CreateDelegation(ctx, me, governance.Delegation{Party: "nord", Person: x.p.ID, Function: "vice-présidente", Date: start, Document: "A-1",
		Period: past}))(t)
	swapped := must(sp.CreateMandate(ctx, me, governance.Mandate{Seat: "pilotage/nord/2", Person: x.p.ID, Role: governance.Holder, Period: past}))(t)
	m := must(sp.CreateMeeting(ctx, me, governance.Meeting{Committee: "pilotage", Day: today.AddDays(20), State: governance.Planned}))(t)
	must(sp.CreateItem(ctx, me, governance.Item{Meeting: m.ID, Rank: 1, Kind: governance.ForInformation, Title: "Bilan", Presenter: "Mme Odile VALMONT", Audience: governance.ForSpace}))(t)
	must(sp.CreateItem(ctx, me, governance.Item{Meeting: m.ID, Rank: 2, Kind: governance.ForInformation, Title: "Suite", Presenter: "Odile Valmontier", Audience: governance.ForSpace}))(t)
	must(sp.KeepAttendance(ctx, me, governance.Attendance{Meeting: m.ID, Seat: "pilotage/sud/1"}, func(a *governance.Attendance) error {
		a.Answer, a.Named = governance.WillBeSubst, "Valmont Odile, directrice"
		return nil
	}))(t)
	must(sp.KeepAttendance(ctx, me, governance.Attendance{Meeting: m.ID, Seat: "pilotage/nord/1"}, func(a *governance.Attendance) error {
		a.Presence, a.Sitter, a.SitterName = governance.Present, x.p.ID, "Odile Valmont"
		return nil
	}))(t)
	c := must(sp.CreateCampaign(ctx, me, draftCampaign(s)))(t)
	_, sheets, err := sp.OpenCampaign(ctx, me, c.ID, c.Version, evaluation.DefaultQuestions(), nil, []evaluation.Sheet{{Group: evaluation.Institutions, Person: x.p.ID}})
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range evaluation.DefaultQuestions() {
		if q.Kind == evaluation.Scale && q.About == evaluation.Whole && q.For(evaluation.Institutions) {
			must(sp.KeepAnswers(ctx, me, sheets[0].ID, 1, map[string]string{evaluation.Key(q.ID, ""): "3"}))(t)
			break
		}
	}
	must(sp.UpdateMandate(ctx, me, swapped.ID, 1, func(m *governance.Mandate) error { m.Person = x.other.ID; return nil }))(t)
	return x
}

func (x leaver) erase(t *testing.T) error {
	return x.sp.ErasePerson(t.Context(), me, x.p.ID, x.p.Version, erasedName)
}

// dump is every text that the tables of a space hold.
func dump(t *testing.T, s *store.Store, sp *store.Space) string {
	t.Helper()
	var b strings.Builder
	for _, text := range []string{
		`SELECT given || family || email || phone || folded FROM person WHERE space_id = $1`,
		`SELECT label || coalesce(before_json, '') || coalesce(after_json, '') || subject_key FROM journal_entry WHERE space_id = $1`,
		`SELECT email || payload FROM token WHERE space_id = $1`,
		`SELECT named || ' / ' || sitter_name FROM attendance WHERE space_id = $1`,
		`SELECT presenter FROM agenda_item WHERE space_id = $1`,
	} {
		for _, x := range must(store.Texts(t.Context(), s, text, sp.ID()))(t) {
			b.WriteString(x + "\n")
		}
	}
	return strings.ReplaceAll(b.String(), "Odile Valmontier", namesake)
}

// namesake stands for somebody else, whose name begins as the leaver's.
const namesake = "(somebody else)"

// TestErasePerson: nothing of the person is left but what they held, the journal verifies, and it says what happened.
func TestErasePerson(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		x := newLeaver(t, s)
		before := dump(t, s, x.sp)
		for _, trace := range traces {
			if !strings.Contains(before, trace) {
				t.Fatalf("%q was never there: the test proves nothing", trace)
			}
		}
		if err := x.erase(t); err != nil {
			t.Fatal(err)
		}
		after := dump(t, s, x.sp)
		for _, trace := range traces {
			if strings.Contains(after, trace) || strings.Contains(after, strings.ToLower(trace)) || strings.Contains(after, strings.ToUpper(trace)) {
				t.Errorf("%q is still there:\n%s", trace, after)
			}
		}
		if !strings.Contains(after, namesake) || !strings.Contains(after, "zoe@exemple.fr") || !strings.Contains(after, "Œuvrard") {
			t.Error("the data of somebody else were erased")
		}
		whole(t, x.sp)
		checkWhatStays(t, x)
		checkErasureEntry(t, x)
	})
}

// checkWhatStays looks at the seat's history, and at lists and searches in which the person is no more.
func checkWhatStays(t *testing.T, x leaver) {
	t.Helper()
	ctx, sp := t.Context(), x.sp
	want := directory.Person{ID: x.p.ID, Version: x.p.Version + 1, Family: erasedName}
	if got := must(sp.Person(ctx, x.p.ID))(t); got != want {
		t.Errorf("the person is %+v, want %+v", got, want)
	}
	if got := must(sp.Mandates(ctx, store.MandateFilter{Seat: x.mandate.Seat}))(t); len(got) != 1 || got[0] != x.mandate {
		t.Errorf("the seat's history is %+v", got)
	}
	if got := must(sp.FunctionsOf(ctx, x.p.ID))(t); len(got) != 1 || got[0] != x.function {
		t.Errorf("the functions are %+v", got)
	}
	if got := must(sp.DelegationsTo(ctx, x.p.ID))(t); len(got) != 1 || got[0] != x.delegation {
		t.Errorf("the delegations are %+v", got)
	}
	for _, text := range []string{"Valmont", "Odile", "effacée", ""} {
		for _, p := range must(sp.People(ctx, store.PersonFilter{Text: text}))(t).Items {
			if p.ID == x.p.ID {
				t.Errorf("a search for %q finds the person", text)
			}
		}
	}
	if list := must(sp.PendingInvitations(ctx))(t); len(list) != 1 || list[0].Email != "zoe@exemple.fr" {
		t.Errorf("invitations: %+v", list)
	}
}

// checkErasureEntry looks at the entry of the erasure, and at those that it names.
func checkErasureEntry(t *testing.T, x leaver) {
	t.Helper()
	e := must(x.sp.Erasure(t.Context(), x.p.ID))(t)
	if e.Action != "person.erase" || e.Name != me.Name || e.Label != erasedName || e.Key != x.p.ID || e.Before != nil {
		t.Errorf("the erasure is told as %+v", e)
	}
	checkSentences(t, e)
	var withheld, contents []string
	for _, e := range must(x.sp.EntriesAbout(t.Context(), x.p))(t) {
		switch {
		case e.ContentWithheld():
			contents = append(contents, e.Action)
		case e.LabelWithheld():
			withheld = append(withheld, e.Action)
		}
	}
	// The update that gave the second seat to somebody else is about both, and its label names the other.
	if diff := cmp.Diff([]string{"grant.create", "grant.remove", "function.create", "mandate.create", "delegation.create", "mandate.create", "evaluation-sheet.answer"}, withheld); diff != "" {
		t.Errorf("only the label is withheld (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"person.create", "person.update", "person.update"}, contents); diff != "" {
		t.Errorf("label and contents are withheld (-want +got):\n%s", diff)
	}
	var said journal.Withholding
	if err := json.Unmarshal(e.After, &said); err != nil || len(said.Contents) != 9 || len(said.Labels) != 16 {
		t.Errorf("the erasure says that it took out %+v, %v; want the contents of three entries on the person, three on invitations and three that name them", said, err)
	}
}

// TestErasureRefused: while something is in force, or is to come, nothing is erased; nor twice, nor of an old reading.
func TestErasureRefused(t *testing.T) {
	open := calendar.Period{From: today.AddDays(30)}
	tests := map[string]struct {
		tie func(t *testing.T, x leaver)
		key string
	}{
		"a mandate to come": {func(t *testing.T, x leaver) {
			must(x.sp.CreateMandate(t.Context(), me, governance.Mandate{Seat: "pilotage/sud/1", Person: x.p.ID, Role: governance.Substitute, Period: open}))(t)
		}, "store.person.in-force"},
		"a mandate carried over": {func(t *testing.T, x leaver) {
			must(x.sp.UpdateMandate(t.Context(), me, x.mandate.ID, 1, func(m *governance.Mandate) error { m.CarriedOver = today; return nil }))(t)
		}, "store.person.in-force"},
		"a delegation": {func(t *testing.T, x leaver) {
			must(x.sp.UpdateDelegation(t.Context(), me, x.delegation.ID, 1, func(d *governance.Delegation) error { d.Period.To = today; return nil }))(t)
		}, "store.person.in-force"},
		"a role": {func(t *testing.T, x leaver) {
			if err := x.sp.SetGrant(t.Context(), me, store.Grant{Account: x.p.Account, Role: store.Reader}); err != nil {
				t.Fatal(err)
			}
		}, "store.person.in-force"},
		"erased already": {func(t *testing.T, x leaver) {
			if err := x.erase(t); err != nil {
				t.Fatal(err)
			}
		}, "store.conflict"},
		"changed since": {func(t *testing.T, x leaver) {
			must(x.sp.UpdatePerson(t.Context(), me, x.p.ID, x.p.Version, func(p *directory.Person) error { p.Phone = "1"; return nil }))(t)
		}, "store.conflict"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			testkit.Engines(t, func(t *testing.T, s *store.Store) {
				x := newLeaver(t, s)
				test.tie(t, x)
				head := must(x.sp.VerifyJournal(t.Context()))(t).Head
				if err := x.erase(t); asFault(err) == nil || asFault(err).Message.Key != test.key {
					t.Errorf("got %v, want %s", err, test.key)
				}
				if r := must(x.sp.VerifyJournal(t.Context()))(t); !r.Whole() || r.Head != head {
					t.Errorf("a refused erasure left a trace: %+v", r)
				}
			})
		})
	}
}

// TestAfterErasure: what was erased is not entered again, and nothing new is given to the person; dates can be corrected.
func TestAfterErasure(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, x := t.Context(), newLeaver(t, s)
		if err := x.erase(t); err != nil {
			t.Fatal(err)
		}
		_, err := x.sp.UpdatePerson(ctx, me, x.p.ID, x.p.Version+1, func(p *directory.Person) error { p.Family = "Valmont"; return nil })
		if asFault(err) == nil || asFault(err).Message.Key != "store.person.erased" {
			t.Errorf("a new name: %v", err)
		}
		_, err = x.sp.CreateMandate(ctx, me, governance.Mandate{Seat: "pilotage/sud/1", Person: x.p.ID, Role: governance.Holder, Period: calendar.Period{From: today}})
		checkField(t, err, "person", "store.person.erased")
		_, err = x.sp.Invite(ctx, me, store.Invitation{Email: "a@exemple.fr", Person: x.p.ID}, time.Hour)
		checkField(t, err, "person", "store.person.erased")
		must(x.sp.UpdateFunction(ctx, me, x.function.ID, 1, func(n *directory.Function) error { n.Period.To = today; return nil }))(t)
		if err := x.sp.ErasePerson(ctx, me, x.p.ID, x.p.Version+1, erasedName); asFault(err) == nil || asFault(err).Message.Key != "store.person.erased" {
			t.Errorf("a second erasure: %v", err)
		}
		if _, err := x.sp.Erasure(ctx, x.other.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("the erasure of somebody whose data are kept: %v", err)
		}
		whole(t, x.sp)
	})
}

// TestErasureTampered: what an erasure took out cannot be widened, and the erasure itself cannot go.
func TestErasureTampered(t *testing.T) {
	for name, text := range map[string]string{
		"another entry is emptied in its favour": `UPDATE journal_entry SET after_json = NULL, after_salt = '', withheld_by = %d WHERE space_id = $1 AND action = 'organization.create'`,
		"more of an entry is taken out":          `UPDATE journal_entry SET after_json = NULL, after_salt = '' WHERE space_id = $1 AND action = 'function.create' AND withheld_by = %d`,
		"an entry no longer says why":            `UPDATE journal_entry SET withheld_by = 0 WHERE space_id = $1 AND action = 'person.create' AND withheld_by = %d`,
	} {
		t.Run(name, func(t *testing.T) {
			testkit.Engines(t, func(t *testing.T, s *store.Store) {
				x := newLeaver(t, s)
				if err := x.erase(t); err != nil {
					t.Fatal(err)
				}
				e := must(x.sp.Erasure(t.Context(), x.p.ID))(t)
				if n := must(store.Exec(t.Context(), s, fmt.Sprintf(text, e.Seq), x.sp.ID()))(t); n == 0 {
					t.Fatal("no row was touched")
				}
				if r := must(x.sp.VerifyJournal(t.Context()))(t); r.Whole() || r.Break.Damage != journal.Emptied {
					t.Errorf("found %+v", r.Break)
				}
			})
		})
	}
}

// TestEntriesAbout: everything about the person, and nothing about others.
func TestEntriesAbout(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		x := newLeaver(t, s)
		var got []string
		for _, e := range must(x.sp.EntriesAbout(t.Context(), x.p))(t) {
			got = append(got, e.Action)
		}
		want := []string{"person.create", "invitation.create", "person.update", "grant.create", "invitation.accept", "grant.remove", "person.update",
			"invitation.create", "function.create", "mandate.create", "delegation.create", "mandate.create", "agenda-item.create", "attendance.create", "attendance.create", "evaluation-sheet.answer",
			"mandate.update"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("entries about the person (-want +got):\n%s", diff)
		}
		if list := must(x.sp.EntriesAbout(t.Context(), x.other))(t); len(list) != 3 { // made, invited by address, given the second seat
			t.Errorf("%d entries about somebody else: %+v", len(list), list)
		}
	})
}

// TestWithdrawInvitation: the link opens nothing any more, and the journal knows.
func TestWithdrawInvitation(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, sp, other := t.Context(), newSpace(t, s, "own"), newSpace(t, s, "other")
		secret := must(sp.Invite(ctx, me, store.Invitation{Email: "a@exemple.fr", Role: store.Coordinator, Party: "nord"}, time.Hour))(t)
		kept := must(sp.Invite(ctx, me, store.Invitation{Email: "a@exemple.fr", Role: store.Reader}, time.Hour))(t)
		list := must(sp.PendingInvitations(ctx))(t)
		i := slices.IndexFunc(list, func(p store.PendingInvitation) bool { return p.Role == store.Coordinator })
		if len(list) != 2 || i < 0 || list[i].ID == "" {
			t.Fatalf("pending: %+v", list)
		}
		if err := other.WithdrawInvitation(ctx, me, list[i].ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("from another space: %v", err)
		}
		if err := sp.WithdrawInvitation(ctx, me, list[i].ID); err != nil {
			t.Fatal(err)
		}
		if err := sp.WithdrawInvitation(ctx, me, list[i].ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("twice: %v", err)
		}
		if _, _, _, err := s.Invitation(ctx, secret); !fault.Is(err, fault.NotFound) {
			t.Errorf("the link opens: %v", err)
		}
		if _, _, _, err := s.Invitation(ctx, kept); err != nil {
			t.Errorf("the other link: %v", err)
		}
		e := must(sp.JournalEntries(ctx, store.JournalFilter{Key: list[i].ID}))(t)
		if len(e) != 2 || e[0].Action != "invitation.withdraw" || e[0].Label != "a@exemple.fr" || e[0].After != nil {
			t.Fatalf("the journal says %+v", e)
		}
		checkSentences(t, e[0])
		whole(t, sp)
	})
}

// TestPeoplePlan proves that a list of people reads its index in order, and counts in it alone, though it passes over some.
func TestPeoplePlan(t *testing.T) {
	db := must(sql.Open("sqlite", testkit.Database(t)))(t)
	defer db.Close() //nolint:errcheck // it only read
	for text, want := range map[string]string{
		`SELECT sort, id, family FROM person WHERE space_id = 's' AND erased_by = 0 ORDER BY sort, id LIMIT 51`: "USING INDEX person_sort",
		`SELECT count(*) FROM person WHERE space_id = 's' AND erased_by = 0`:                                    "USING COVERING INDEX person_sort",
	} {
		var a, b, c int
		var plan string
		if err := db.QueryRow(`EXPLAIN QUERY PLAN `+text).Scan(&a, &b, &c, &plan); err != nil || !strings.Contains(plan, want) {
			t.Errorf("%s: %s, %v", text, plan, err)
		}
	}
}
