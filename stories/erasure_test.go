package stories_test

import (
	"testing"

	"entente/internal/demo"
)

// TestStoryErasure: somebody who no longer sits asks to be forgotten. The coordinator reads what goes and what stays, types
// the name to confirm, and nothing of the person is found any more; the seat keeps its dates, and the journal verifies.
func TestStoryErasure(t *testing.T) {
	s := newSite(t, today)
	if err := demo.Fill(t.Context(), s.store, s.words()); err != nil {
		t.Fatal(err)
	}
	b, _ := enter(t, s, "awa.kone@cd91.example")
	b.WithoutScript()
	space := "/espaces/etampois-sud-essonne"

	b.Open(space + "/annuaire?vue=personnes&q=perrin")
	b.Follow("Delphine Perrin")
	b.Follow("Effacer")
	b.Sees("Ce qui s’y oppose", "Mandat") // she sits: refused, with what holds her

	b.Open(space + "/annuaire?vue=personnes&q=roussel")
	b.Follow("Bernard Roussel")
	b.Follow("Effacer")
	b.Picture("story-erasure")
	b.Follow("Continuer vers l’effacement")
	b.Fill("Nom de famille de la personne", "Rousel")
	b.Press("Effacer définitivement")
	b.Sees("Ce n’est pas le nom de cette personne")
	b.Fill("Nom de famille de la personne", "Roussel")
	b.Press("Effacer définitivement")
	b.Sees("Les données personnelles sont effacées")

	b.Open(space + "/annuaire?vue=personnes&q=roussel")
	b.Sees("Aucun nom ne correspond")
	b.Open(space + "/comites/operationnel")
	b.SeesNot("Roussel")
	b.Sees("2 mandats terminés")
	b.Open(space + "/journal")
	b.SeesNot("Roussel")

	info, err := s.store.SpaceBySlug(t.Context(), "etampois-sud-essonne")
	if err != nil {
		t.Fatal(err)
	}
	if r, err := s.store.In(info.ID).VerifyJournal(t.Context()); err != nil || !r.Whole() {
		t.Errorf("the journal does not verify: %+v, %v", r.Break, err)
	}
}
