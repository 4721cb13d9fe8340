package store_test

import (
	"database/sql"
	"testing"
	"time"

	"entente/internal/directory"
	"entente/internal/journal"
	"entente/internal/store"
	"entente/internal/testkit"
)

// TestTamper changes the rows of a journal behind the program's back, in every way that the chain must show. The space
// has seven entries: itself, its text, two organizations and three people.
func TestTamper(t *testing.T) {
	tests := []struct {
		name   string
		sql    []string
		damage journal.Damage
		seq    int64
	}{
		{"content altered", []string{`UPDATE journal_entry SET label = 'autre' WHERE space_id = $1 AND seq = 5`}, journal.Altered, 5},
		{"author altered", []string{`UPDATE journal_entry SET actor = 'autre' WHERE space_id = $1 AND seq = 1`}, journal.Altered, 1},
		{"instant altered", []string{`UPDATE journal_entry SET at = '2020-01-01 00:00:00' WHERE space_id = $1 AND seq = 7`}, journal.Altered, 7},
		{"content emptied", []string{`UPDATE journal_entry SET after_json = NULL WHERE space_id = $1 AND seq = 6`}, journal.Emptied, 6},
		{"content emptied with its salt", []string{`UPDATE journal_entry SET after_json = NULL, after_salt = '' WHERE space_id = $1 AND seq = 6`}, journal.Emptied, 6},
		{"content said to be withheld", []string{`UPDATE journal_entry SET after_json = NULL, after_salt = '', withheld_by = 7 WHERE space_id = $1 AND seq = 6`},
			journal.Emptied, 6},
		{"label emptied", []string{`UPDATE journal_entry SET label = '' WHERE space_id = $1 AND seq = 6`}, journal.Emptied, 6},
		{"digest altered", []string{`UPDATE journal_entry SET after_sum = label_sum WHERE space_id = $1 AND seq = 6`}, journal.Altered, 6},
		{"middle removed", []string{`DELETE FROM journal_entry WHERE space_id = $1 AND seq = 4`}, journal.Removed, 4},
		{"first removed", []string{`DELETE FROM journal_entry WHERE space_id = $1 AND seq = 1`}, journal.Removed, 1},
		{"last removed", []string{`DELETE FROM journal_entry WHERE space_id = $1 AND seq = 7`}, journal.Removed, 7},
		{"all removed", []string{`DELETE FROM journal_entry WHERE space_id = $1`}, journal.Removed, 1},
		{"removed and closed up", []string{`DELETE FROM journal_entry WHERE space_id = $1 AND seq = 4`,
			`UPDATE journal_entry SET seq = 4 WHERE space_id = $1 AND seq = 5`}, journal.Reordered, 4},
		{"swapped", []string{`UPDATE journal_entry SET seq = 99 WHERE space_id = $1 AND seq = 5`,
			`UPDATE journal_entry SET seq = 5 WHERE space_id = $1 AND seq = 6`,
			`UPDATE journal_entry SET seq = 6 WHERE space_id = $1 AND seq = 99`}, journal.Reordered, 5},
		{"text of the convention altered", []string{`UPDATE convention_version SET source = '# autre' WHERE space_id = $1`}, journal.Altered, 2},
		{"head set back", []string{`UPDATE journal_head SET seq = 6 WHERE space_id = $1`}, journal.Added, 7},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			testkit.Engines(t, func(t *testing.T, s *store.Store) { tamper(t, s, test.sql, test.damage, test.seq) })
		})
	}
}

func tamper(t *testing.T, s *store.Store, statements []string, damage journal.Damage, seq int64) {
	sp := newSpace(t, s, "tamper")
	for range 3 {
		somebody(t, sp)
	}
	whole(t, sp)
	for _, text := range statements {
		if n := must(store.Exec(t.Context(), s, text, sp.ID()))(t); n == 0 {
			t.Fatalf("%s touched no row", text)
		}
	}
	r := must(sp.VerifyJournal(t.Context()))(t)
	if r.Whole() || r.Break.Damage != damage || r.Break.Seq != seq {
		t.Errorf("found %+v, want entry %d %s", r.Break, seq, damage)
	}
	if err := store.VerifyAll(t.Context(), s); err == nil {
		t.Error("VerifyAll found nothing")
	}
}

// TestJournalEntries reads a journal through each of its filters, alone and together.
func TestJournalEntries(t *testing.T) {
	clock := testkit.NewClock(testkit.Noon)
	testkit.EnginesAt(t, clock, func(t *testing.T, s *store.Store) {
		sp := newSpace(t, s, "filters") // entries 1 to 4
		clock.Advance(24 * time.Hour)
		p := somebody(t, sp) // 5, on the 24th
		clock.Advance(24 * time.Hour)
		other := store.Actor{Account: "other", Name: "Un Autre", For: "sud"}
		must(sp.UpdatePerson(t.Context(), other, p.ID, 1, func(p *directory.Person) error { p.Phone = "1"; return nil }))(t) // 6, on the 25th
		tests := []struct {
			name   string
			filter store.JournalFilter
			want   []int64
		}{
			{"all", store.JournalFilter{}, []int64{6, 5, 4, 3, 2, 1}},
			{"limit", store.JournalFilter{Limit: 2}, []int64{6, 5}},
			{"before", store.JournalFilter{Before: 3}, []int64{2, 1}},
			{"actor", store.JournalFilter{Actor: "other"}, []int64{6}},
			{"party", store.JournalFilter{Party: "sud"}, []int64{6}},
			{"subject", store.JournalFilter{Subject: "person"}, []int64{6, 5}},
			{"key", store.JournalFilter{Key: p.ID}, []int64{6, 5}},
			{"action", store.JournalFilter{Action: "organization.create"}, []int64{4, 3}},
			{"from", store.JournalFilter{From: today.AddDays(1)}, []int64{6, 5}},
			{"to", store.JournalFilter{To: today}, []int64{4, 3, 2, 1}},
			{"one day", store.JournalFilter{From: today.AddDays(1), To: today.AddDays(1)}, []int64{5}},
			{"later", store.JournalFilter{From: today.AddDays(9)}, nil},
			{"earlier", store.JournalFilter{To: today.AddDays(-1)}, nil},
			{"together", store.JournalFilter{Subject: "person", Actor: me.Account, From: today, To: today.AddDays(9), Before: 6}, []int64{5}},
		}
		for _, test := range tests {
			checkEntries(t, sp, test.name, test.filter, test.want)
		}
		if e := must(sp.JournalEntry(t.Context(), 5))(t); e.Key != p.ID {
			t.Errorf("entry 5 is %+v", e)
		}
	})
}

func checkEntries(t *testing.T, sp *store.Space, name string, f store.JournalFilter, want []int64) {
	t.Helper()
	got := must(sp.JournalEntries(t.Context(), f))(t)
	ok := len(got) == len(want)
	for i := 0; ok && i < len(got); i++ {
		ok = got[i].Seq == want[i]
	}
	if !ok {
		t.Errorf("%s: %d entries %v, want %v", name, len(got), got, want)
	}
}

// TestClockSetBack proves that the order of the entries is that of their instants even so.
func TestClockSetBack(t *testing.T) {
	clock := testkit.NewClock(testkit.Noon)
	testkit.EnginesAt(t, clock, func(t *testing.T, s *store.Store) {
		sp := newSpace(t, s, "back")
		clock.Advance(-time.Hour)
		somebody(t, sp)
		last := must(sp.JournalEntries(t.Context(), store.JournalFilter{Limit: 1}))(t)[0]
		if !last.At.Equal(testkit.Noon) {
			t.Errorf("the last entry is of %v, before the one that it follows", last.At)
		}
		whole(t, sp)
	})
}

// TestJournalPlans proves that a page of the journal reads an index and never sorts the whole.
func TestJournalPlans(t *testing.T) {
	file := testkit.Database(t)
	db := must(sql.Open("sqlite", file))(t)
	defer db.Close() //nolint:errcheck // it only read
	for _, where := range []string{"", "AND actor = 'x'", "AND on_behalf = 'x'", "AND subject = 'x'", "AND subject_key = 'x'", "AND action = 'x'"} {
		rows := must(db.Query(`EXPLAIN QUERY PLAN SELECT * FROM journal_entry WHERE space_id = 's' ` + where + ` AND seq < 9 ORDER BY seq DESC LIMIT 50`))(t)
		defer rows.Close() //nolint:errcheck // it only read
		for rows.Next() {
			var a, b, c int
			var plan string
			if err := rows.Scan(&a, &b, &c, &plan); err != nil {
				t.Fatal(err)
			}
			if len(plan) < 6 || plan[:6] != "SEARCH" {
				t.Errorf("%q: %s", where, plan)
			}
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	}
}
