package store_test

import (
	"testing"

	"entente/internal/store"
	"entente/internal/testkit"
)

// BenchmarkLists times what pages ask for, in a space of 5,000 entries whose journal has 50,000.
func BenchmarkLists(b *testing.B) {
	s := testkit.Store(b)
	sp := newSpace(b, s, "bench")
	if err := testkit.Fill(b.Context(), s, sp.ID(), 5000, 50000); err != nil {
		b.Fatal(err)
	}
	a := newAccount(b, s, "a@exemple.fr", false)
	ctx := b.Context()
	for name, ask := range map[string]func() error{
		"people":  func() error { _, err := sp.People(ctx, store.PersonFilter{}); return err },
		"search":  func() error { _, err := sp.People(ctx, store.PersonFilter{Text: "gen"}); return err },
		"journal": func() error { _, err := sp.JournalEntries(ctx, store.JournalFilter{}); return err },
		"journal of a day long ago": func() error {
			_, err := sp.JournalEntries(ctx, store.JournalFilter{To: today, Subject: "organization"})
			return err
		},
		"history":  func() error { _, err := sp.History(ctx); return err },
		"standing": func() error { _, err := s.Standing(ctx, a.ID, sp.ID(), today); return err },
		"person":   func() error { _, _ = sp.Person(ctx, "x"); return nil },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := ask(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
