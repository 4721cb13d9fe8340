package store_test

import (
	"strings"
	"testing"

	"entente/internal/calendar"
	"entente/internal/store"
	"entente/internal/testkit"
)

// TestSearchOfCommonWords searches for words that many decisions have and few have together, for words that all have, and for
// one that none has: each finds what reading every title would find, newest first, page after page.
func TestSearchOfCommonWords(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		sp := newSpace(t, s, "search")
		const n = 2000
		if err := testkit.FillDecisions(t.Context(), s, sp.ID(), "strategique", []string{"caf"}, []string{""}, n, calendar.Must("2026-11-20")); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			search string
			has    func(title string) bool
		}{
			{"genet noisetier", func(s string) bool { return strings.Contains(s, "Genêt") && strings.Contains(s, "Noisetier") }},
			{"nois hêtre le", func(s string) bool { return strings.Contains(s, "Noisetier") && strings.Contains(s, "Hêtre") }},
			{"comite approuve", func(string) bool { return true }},
			{"genet absent", func(string) bool { return false }},
		} {
			want := 0
			all, seen, last := store.DecisionFilter{Viewer: store.Viewer{All: true}, Paging: store.Paging{Limit: store.MaxPageSize}}, 0, int64(0)
			for {
				page, err := sp.Decisions(t.Context(), all)
				if err != nil {
					t.Fatal(err)
				}
				for _, d := range page.Items {
					if c.has(d.Title) {
						want++
					}
				}
				if all.After = page.Next; page.Next == "" {
					break
				}
			}
			f := store.DecisionFilter{Viewer: store.Viewer{All: true}, Text: c.search, Paging: store.Paging{Limit: 100}}
			for {
				page, err := sp.Decisions(t.Context(), f)
				if err != nil {
					t.Fatal(err)
				}
				for _, d := range page.Items {
					key := -(int64(d.Year)<<32 | int64(d.Number))
					if !c.has(d.Title) || last != 0 && key <= last {
						t.Fatalf("%q found %q of %s out of place", c.search, d.Title, d.Reference())
					}
					last, seen = key, seen+1
				}
				if f.After = page.Next; page.Next == "" {
					break
				}
			}
			if seen != want || want == 0 && c.search != "genet absent" {
				t.Errorf("%q found %d decisions, want %d", c.search, seen, want)
			}
		}
	})
}
