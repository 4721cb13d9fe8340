package demo_test

import (
	"bytes"
	"testing"
	"time"

	"entente/internal/calendar"
	"entente/internal/compliance"
	"entente/internal/config"
	. "entente/internal/demo"
	"entente/internal/governance"
	"entente/internal/office"
	"entente/internal/store"
	"entente/internal/testkit"
	"entente/internal/web"
)

var words = Words{Call: web.Letters(config.Config{}), Comments: web.CommentLetters(config.Config{})}

func TestFillMakesGovernedSpaces(t *testing.T) {
	ctx := t.Context()
	st := testkit.StoreAt(t, testkit.NewClock(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)))
	for range 2 { // the second time finds it filled
		if err := Fill(ctx, st, words); err != nil {
			t.Fatal(err)
		}
	}
	all, err := st.AllSpaces(ctx)
	if err != nil || len(all) != 2 {
		t.Fatalf("%d spaces, %v", len(all), err)
	}
	for _, info := range all {
		sp := st.In(info.ID)
		if r, err := sp.VerifyJournal(ctx); err != nil || !r.Whole() {
			t.Errorf("%s: the journal does not verify: %+v, %v", info.Slug, r, err)
		}
		report, err := office.Compliance(ctx, sp, calendar.Must("2026-11-23"))
		if err != nil {
			t.Fatal(err)
		}
		for key, n := range report.Counts() {
			t.Logf("%s: %d %s", info.Slug, n, key)
		}
	}
}

// What the demonstration shows on the day of the first users' own calendar.
func TestComplianceOfTheDemonstration(t *testing.T) {
	ctx := t.Context()
	st := testkit.StoreAt(t, testkit.NewClock(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)))
	if err := Fill(ctx, st, words); err != nil {
		t.Fatal(err)
	}
	for slug, want := range map[string]map[string]compliance.Status{
		"etampois-sud-essonne": {
			"cadence/strategique": compliance.Kept, "cadence/operationnel": compliance.AtRisk, "evaluation/annuelle": compliance.AtRisk,
			"term": compliance.AtRisk, "signatures": compliance.Kept, "seats/operationnel": compliance.Broken,
		},
		"val-ambre": {"cadence/suivi": compliance.Kept, "signatures": compliance.Kept},
	} {
		info, err := st.SpaceBySlug(ctx, slug)
		if err != nil {
			t.Fatal(err)
		}
		report, err := office.Compliance(ctx, st.In(info.ID), calendar.Must("2026-11-23"))
		if err != nil {
			t.Fatal(err)
		}
		for key, status := range want {
			if f, ok := report.Of(key); !ok || f.Status != status {
				t.Errorf("%s, %s: %s (%v), want %s", slug, key, f.Status, f.Figures, status)
			}
		}
		// Every record of the demonstration belongs to an obligation that exists.
		records, err := st.In(info.ID).Evidence(ctx, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range records {
			if _, ok := report.Of(r.Obligation); !ok {
				t.Errorf("%s: the record %q is for %s, which is no obligation", slug, r.Title, r.Obligation)
			}
		}
	}
}

// lived fills the demonstration on a day, and opens its first space.
func lived(t *testing.T, now time.Time) (*store.Store, *store.Space) {
	t.Helper()
	st := testkit.StoreAt(t, testkit.NewClock(now))
	if err := Fill(t.Context(), st, words); err != nil {
		t.Fatal(err)
	}
	info, err := st.SpaceBySlug(t.Context(), "etampois-sud-essonne")
	if err != nil {
		t.Fatal(err)
	}
	return st, st.In(info.ID)
}

// Everything that people do in a year of committees is shown by some page of the demonstration, on whatever later day.
func TestTheLifeOfCommittees(t *testing.T) {
	for _, now := range []time.Time{time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC), time.Date(2027, 6, 1, 9, 0, 0, 0, time.UTC)} {
		st, sp := lived(t, now)
		wantsWork(t, sp)
		wantsMeetings(t, sp)
		wantsVote(t, st)
		wantsDated(t, sp)
	}
}

// wantsWork looks at what is carried, proposed and done.
func wantsWork(t *testing.T, sp *store.Space) {
	t.Helper()
	ctx := t.Context()
	customs, err := sp.Customs(ctx)
	wants(t, err, "customs", len(customs), 2)
	leads, err := sp.Leads(ctx)
	actions, objectives := map[string]bool{}, map[string]bool{}
	for _, l := range leads {
		actions[l.Action], objectives[l.Objective] = true, true
	}
	wants(t, err, "actions", len(actions), 25)
	wants(t, err, "objectives with an action", len(objectives), 9)
	panels, err := sp.Panels(ctx)
	wants(t, err, "technical committees", len(panels), 2)

	proposals, err := sp.Proposals(ctx, store.ProposalFilter{AllDrafts: true, Paging: store.Paging{Limit: 50}})
	states, noted := map[string]int{}, 0
	for _, p := range proposals.Items {
		states[string(p.State)]++
		attached, err := sp.Attachments(ctx, governance.OwnerProposal, p.ID)
		wants(t, err, "errors", 0, 0)
		noted += len(attached)
		if p.Postponed == 2 {
			states["postponed twice"]++
		}
	}
	wants(t, err, "proposals", len(proposals.Items), 8)
	wants(t, nil, "papers of proposals", noted, 1)
	for state, n := range map[string]int{"adopted": 2, "waiting": 3, "returned": 1, "draft": 1, "rejected": 1, "postponed twice": 1} {
		wants(t, nil, state+" proposals", states[state], n)
	}
	late, err := sp.FollowUps(ctx, store.FollowUpFilter{LateOn: calendar.Must("2026-11-23")})
	wants(t, err, "late follow-ups", late.Total, 3)
	done, err := sp.FollowUps(ctx, store.FollowUpFilter{State: governance.Done})
	wants(t, err, "follow-ups that are done", done.Total, 2)
	polls, err := sp.Polls(ctx, "")
	wants(t, err, "polls", len(polls), 1)
	replies, err := sp.PollAnswers(ctx, polls[0].ID)
	wants(t, err, "answers to the poll", len(replies), 5)
}

func wants(t *testing.T, err error, what string, n, want int) {
	t.Helper()
	if err != nil || n != want {
		t.Errorf("%d %s, %v; want %d", n, what, err, want)
	}
}

// wantsMeetings looks at the meetings, and at what belongs to them.
func wantsMeetings(t *testing.T, sp *store.Space) {
	t.Helper()
	ctx := t.Context()
	list, err := sp.Meetings(ctx, store.MeetingFilter{From: calendar.Must("2026-01-01")})
	if err != nil {
		t.Fatal(err)
	}
	closed, sent, papers := map[string]int{}, 0, 0
	minutes, presences := map[governance.MinutesState]int{}, map[governance.Presence]int{}
	for _, m := range list {
		if m.Frozen() {
			closed[m.Committee]++
		}
		if called, err := sp.Called(ctx, m.ID); err == nil && called && m.State == governance.Planned {
			sent++
		}
		if x, err := sp.Minutes(ctx, m.ID); err == nil {
			minutes[x.State]++
		}
		seats, err := sp.Attendance(ctx, m.ID)
		wants(t, err, "errors", 0, 0)
		for _, a := range seats {
			presences[a.Presence]++
		}
		attached, err := sp.Attachments(ctx, governance.OwnerMeeting, m.ID)
		wants(t, err, "errors", 0, 0)
		papers += len(attached)
		agenda, err := sp.Items(ctx, m.ID)
		wants(t, err, "errors", 0, 0)
		for _, i := range agenda {
			attached, err := sp.Attachments(ctx, governance.OwnerAgendaItem, i.ID)
			wants(t, err, "errors", 0, 0)
			papers += len(attached)
		}
	}
	wants(t, nil, "closed operational meetings", closed["operationnel"], 2)
	wants(t, nil, "closed strategic meetings", closed["strategique"], 1)
	wants(t, nil, "closed technical meetings", closed["technique"], 1)
	wants(t, nil, "planned meetings that were called", sent, 1)
	wants(t, nil, "papers of meetings and their agendas", papers, 3)
	for _, state := range []governance.MinutesState{governance.MinutesPublished, governance.MinutesSubmitted, governance.MinutesComments, governance.MinutesDraft} {
		wants(t, nil, "minutes that are "+string(state), minutes[state], 1)
	}
	for _, p := range []governance.Presence{governance.Remote, governance.ByProxy, governance.Excused, governance.Absent} {
		if presences[p] == 0 {
			t.Errorf("nobody is %s", p)
		}
	}
}

// wantsVote: where a convention has a majority, the demonstration shows a vote under its quorum.
func wantsVote(t *testing.T, st *store.Store) {
	t.Helper()
	ctx := t.Context()
	info, err := st.SpaceBySlug(ctx, "val-ambre")
	if err != nil {
		t.Fatal(err)
	}
	page, err := st.In(info.ID).Decisions(ctx, store.DecisionFilter{})
	if err != nil || len(page.Items) != 1 {
		t.Fatalf("%d decisions, %v", len(page.Items), err)
	}
	v := page.Items[0].Vote
	if v == nil || !v.Quorum || !v.Carried || v.For != 3 || v.Blank != 1 {
		t.Errorf("the vote is %+v", v)
	}
}

// wantsDated: what happened is dated as it happened; the journal of the demonstration runs with the year, not all in one second.
func wantsDated(t *testing.T, sp *store.Space) {
	t.Helper()
	entries, err := sp.JournalEntries(t.Context(), store.JournalFilter{Limit: 200})
	if err != nil || len(entries) < 100 {
		t.Fatalf("%d entries, %v", len(entries), err)
	}
	for i := 1; i < len(entries); i++ {
		if entries[i].At.After(entries[i-1].At) {
			t.Fatalf("the entry %d of %s comes after one of %s", entries[i].Seq, entries[i].At, entries[i-1].At)
		}
	}
	if last := entries[0].At; last.After(time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("something happened on %s", last)
	}
}

// The papers are what they say they are, and French words stay whole in them.
func TestPapersArePDF(t *testing.T) {
	page := Page("Évaluation", []string{"L’action (n° 3) a coûté 9 600 €."})
	if !bytes.HasPrefix(page, []byte("%PDF-1.4")) || !bytes.HasSuffix(page, []byte("%%EOF\n")) {
		t.Error("no PDF")
	}
	for _, want := range []string{"\xc9valuation", "L\x92action \\(n\xb0 3\\) a co\xfbt\xe9 9 600 \x80."} {
		if !bytes.Contains(page, []byte(want)) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

func TestEveryAccountHasALink(t *testing.T) {
	ctx := t.Context()
	st := testkit.Store(t)
	if err := Fill(ctx, st, words); err != nil {
		t.Fatal(err)
	}
	links, err := SignInLinks(ctx, st)
	if err != nil || len(links) < 6 {
		t.Fatalf("%d links, %v", len(links), err)
	}
	for _, l := range links {
		if _, err := st.TakeToken(ctx, store.SignIn, l.Secret); err != nil {
			t.Errorf("%s: %v", l.Email, err)
		}
	}
}
