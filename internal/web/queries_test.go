package web

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	_ "modernc.org/sqlite" // explains the queries

	"entente/conventions"
	"entente/internal/calendar"
	"entente/internal/governance"
	"entente/internal/plan"
	"entente/internal/sqldb"
	"entente/internal/store"
	"entente/internal/testkit"
)

// mostQueries is how many queries a page may run, those that find out who asks and where included.
const mostQueries = 33

// queriesOf opens a page and gives the texts of the queries that it ran.
func (c *client) queriesOf(path string) []string {
	c.site.t.Helper()
	var mu sync.Mutex
	var texts []string
	ctx := sqldb.Watch(c.site.t.Context(), func(text string) {
		mu.Lock()
		defer mu.Unlock()
		texts = append(texts, text)
	})
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, siteAddress+path, http.NoBody)
	c.site.must(err)
	got, err := c.http.Do(r)
	c.site.must(err)
	_ = got.Body.Close()
	if got.StatusCode >= http.StatusInternalServerError {
		c.site.t.Errorf("%s as %s: status %d", path, c.who, got.StatusCode)
	}
	return texts
}

// pages are those whose content grows with the life of the committees.
func (x *live) pages() []string {
	return []string{"", "/convention", "/comites", "/obligations", "/annuaire", "/reunions", "/calendrier", "/reunions/" + x.planned, "/reunions/" + x.planned + "/convocation",
		"/reunions/" + x.sitting + "/seance", "/reunions/" + x.sitting + "/seance?ecran=oui", "/reunions/" + x.sitting + "/seance/etat?depuis=0",
		"/reunions/" + x.sitting + "/seance/presence", "/decisions", "/decisions?texte=genet", "/suites?vue=toutes", "/suites?vue=retard", "/propositions", "/propositions/" + x.proposal,
		"/orientations", "/journal", "/actions", "/actions/" + x.ids["actions"], "/evaluations", "/evaluations/" + x.ids["evaluations"], "/evaluations/" + x.ids["evaluations"] + "/rapport", "/evaluations/" + x.campaign,
		"/evaluations/" + x.campaign + "/ouverture", "/evaluations/" + x.campaign + "/synthese", "/evaluations/" + x.campaign + "/cloture"}
}

// live is a site with a committee of forty seats and some life.
type live struct {
	*site
	committee                  string
	planned, sitting, proposal string
	people, meetings           []string
	campaign                   string // that is open
}

func newLive(t *testing.T) *live {
	t.Helper()
	x := &live{site: newSite(t), committee: "strategique"}
	source, err := conventions.Read("etampois-sud-essonne-2023-2026")
	x.must(err)
	source = bytes.ReplaceAll(source, []byte("nombre: 2\n"), []byte("nombre: 10\n"))
	v, err := x.store.In(x.own.ID).AddVersion(t.Context(), store.Actor{}, source, calendar.Must("2026-01-01"))
	x.must(err)
	chairs, err := testkit.FillSeats(t.Context(), x.store, x.own.ID, v.Text.Committee(x.committee), calendar.Must("2026-01-01"))
	x.must(err)
	if len(chairs) != 40 {
		t.Fatalf("%d seats", len(chairs))
	}
	for _, c := range chairs {
		x.people = append(x.people, c.Holder)
	}
	x.planned, x.sitting = x.meeting("2026-12-10", governance.Planned), x.meeting("2026-11-23", governance.Open)
	x.meetings = []string{x.meeting("2026-02-10", governance.Held)}
	open, _ := x.openEvaluation()
	x.campaign = open.ID
	return x
}

func (x *live) meeting(day string, state governance.MeetingState) string {
	x.t.Helper()
	m, err := x.store.In(x.own.ID).CreateMeeting(x.t.Context(), store.Actor{}, governance.Meeting{Committee: x.committee, Day: calendar.Must(day), State: state})
	x.must(err)
	return m.ID
}

// grow adds n of each thing.
func (x *live) grow(n int) {
	x.t.Helper()
	ctx, sp := x.t.Context(), x.store.In(x.own.ID)
	x.must(testkit.FillAgenda(ctx, sp, x.planned, n))
	x.must(testkit.FillAgenda(ctx, sp, x.sitting, n))
	x.must(testkit.FillDecisions(ctx, x.store, x.own.ID, x.committee, []string{x.party(), x.peer()}, []string{x.text.Axes[0].ID}, n, calendar.Must("2026-11-20")))
	x.must(testkit.FillFollowUps(ctx, x.store, x.own.ID, x.meetings, x.people, 5*n, calendar.Must("2026-11-23")))
	p, err := testkit.FillProposals(ctx, x.store, x.own.ID, x.people[0], 10*n)
	x.must(err)
	x.proposal = p.Reference()
	x.must(testkit.Fill(ctx, x.store, x.own.ID, 5*n, 0))
	for range n {
		_, err := sp.AnswerPublicly(ctx, x.campaign, map[string]string{"relevance-whole": "3", "next-whole": "Le samedi."})
		x.must(err)
		_, err = sp.CreateAction(ctx, store.Actor{}, plan.Action{Title: "Accueil", Objective: x.text.Axes[0].Objectives[0].ID, State: plan.UnderWay})
		x.must(err)
	}
}

// TestQueriesDoNotGrow opens each page with three of each thing and with thirty more: the number of queries is the same, and
// bounded.
func TestQueriesDoNotGrow(t *testing.T) {
	x := newLive(t)
	c := x.as(coordinator)
	x.grow(3)
	few := map[int][]string{}
	for i, p := range x.pages() {
		few[i] = c.queriesOf(x.path() + p)
	}
	x.grow(30)
	for i, p := range x.pages() {
		before, after := few[i], c.queriesOf(x.path()+p)
		if len(after) > len(before)+1 { // a list that fills more than its first page is counted besides
			t.Errorf("%s: %d queries with three of each thing, %d with thirty more:\n%s", p, len(before), len(after), repeated(after))
		}
		if len(after) > mostQueries {
			t.Errorf("%s: %d queries, at most %d", p, len(after), mostQueries)
		}
	}
}

// repeated lists the texts that ran more than once.
func repeated(texts []string) string {
	count := map[string]int{}
	for _, text := range texts {
		count[text]++
	}
	var out []string
	for text, n := range count {
		if n > 1 {
			out = append(out, fmt.Sprintf("%d × %.160s", n, text))
		}
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}

// growing are the tables that a page may not read from end to end, nor all that a space has of them: the others hold as much
// as the convention has seats and committees.
var growing = []string{"journal_entry", "decision", "decision_word", "decision_position", "follow_up", "agenda_item", "item_record", "attendance", "message", "person",
	"organization", "person_function", "proposal_step", "evaluation_sheet", "attachment", "file_chunk", "session", "attempt", "token", "space"}

// whole are pages that may read a growing table from end to end, and why.
var whole = map[string]string{
	"/espaces/{space}/annuaire/personnes/{id}/fichier": "what the journal says of a person can stand in any entry; it is asked for once in a while",
	"/administration/travaux":                          "the work of the installation names the space of each job; an administrator alone opens it, rarely",
}

// TestQueriesUseIndexes explains every query of every page, as who keeps the space and as who sits in a committee.
func TestQueriesUseIndexes(t *testing.T) {
	x := newLive(t)
	x.grow(3)
	asked := map[string]string{}
	for _, who := range []string{coordinator, member, administrator} {
		c := x.as(who)
		for _, rt := range x.server.routes() {
			if rt.method == http.MethodGet && whole[rt.path] == "" {
				note(asked, rt.path, c.queriesOf(x.address(rt, who, x.own.Slug)))
			}
		}
		for _, p := range x.pages() {
			note(asked, p, c.queriesOf(x.path()+p))
		}
	}
	db, err := sql.Open("sqlite", testkit.Database(t))
	x.must(err)
	defer db.Close()
	for text, path := range asked {
		if bad := badPlan(t.Context(), db, text); bad != "" {
			t.Errorf("%s: %s\n%s", path, bad, text)
		}
	}
	if len(asked) < 50 {
		t.Errorf("only %d queries were seen", len(asked))
	}
}

func note(asked map[string]string, path string, texts []string) {
	for _, text := range texts {
		if verb, _, _ := strings.Cut(strings.TrimSpace(text), " "); verb == "SELECT" {
			asked[text] = path
		}
	}
}

// badPlan is the line of the plan of a query that reads a growing table whole, or all that a space has of one without end.
func badPlan(ctx context.Context, db *sql.DB, text string) string {
	rows, err := db.QueryContext(ctx, "EXPLAIN QUERY PLAN "+text, make([]any, parameters(text))...)
	if err != nil {
		return err.Error()
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var line string
		if err := rows.Scan(&id, &parent, &unused, &line); err != nil {
			return err.Error()
		}
		verb, rest, _ := strings.Cut(line, " ")
		table, how, _ := strings.Cut(rest, " ")
		table = aliased(text, table)
		everything := verb == "SCAN" || strings.HasSuffix(how, "(space_id=?)") && !strings.Contains(text, "count(") && !strings.Contains(how, partial)
		if slices.Contains(growing, table) && everything && !strings.Contains(text, "LIMIT") {
			return line
		}
	}
	if err := rows.Err(); err != nil {
		return err.Error()
	}
	return ""
}

// partial is an index that holds the organizations of parties alone.
const partial = "organization_party"

// parameters is the highest number of a placeholder of a text.
func parameters(text string) int {
	most := 0
	for _, part := range strings.Split(text, "$")[1:] {
		n := 0
		for _, r := range part {
			if r < '0' || r > '9' {
				break
			}
			n = n*10 + int(r-'0')
		}
		most = max(most, n)
	}
	return most
}

// aliased is the table that a name of a plan stands for.
func aliased(text, name string) string {
	words := strings.Fields(strings.NewReplacer("(", " ", ")", " ", ",", " ").Replace(text))
	for i, w := range words {
		if w == name && i > 0 && slices.Contains(growing, words[i-1]) {
			return words[i-1]
		}
	}
	return name
}
