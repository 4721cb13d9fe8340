package store_test

import (
	"os"
	"testing"

	"entente/internal/calendar"
	"entente/internal/store"
	"entente/internal/testkit"
)

func TestMain(m *testing.M) {
	if file := os.Getenv(killFile); file != "" {
		writeUntilKilled(file)
	}
	testkit.Main(m)
}

// text is a small convention of two parties, with one axis of two objectives.
const text = "# Convention\n\n```yaml\nconvention:\n  id: essai\n  titre: Convention d’essai\nterritoire:\n  nom: Ici\n```\n\n" +
	"## Entre les soussignés\n\n```yaml\nparties:\n" +
	"  - id: nord\n    nom: Communauté du Nord\n    court: le Nord\n    siege: 1 place de la Mairie\n    signataire: présidente\n" +
	"  - id: sud\n    nom: Caisse du Sud\n    court: le Sud\n    signataire: directeur\n```\n\n" +
	"## Article 1 - Instances\n\n```yaml\ncomites:\n  - id: pilotage\n    nom: Comité de pilotage\n    niveau: unique\n    sieges:\n" +
	"      - partie: nord\n        nombre: 2\n      - partie: sud\n        nombre: 1\n```\n\n" +
	"## Axes\n\n```yaml\naxes:\n  - id: a\n    numero: 1\n    nom: Vivre ici\n    objectifs:\n      - id: avant\n        nom: Savoir\n      - id: o\n        nom: Accueillir\n```\n\n" +
	"## Article 2 - Durée\n\n```yaml\nduree:\n  debut: \"2026-01-01\"\n  fin: 2028-12-31\n```\n"

var (
	start = calendar.Must("2026-01-01")
	today = calendar.On(testkit.Noon, testkit.Noon.Location())
	me    = store.Actor{Account: "me", Name: "Ada Exemple", For: "nord", Article: "4-2"}
)

// newSpace makes a space of the small convention.
func newSpace(t testing.TB, s *store.Store, slug string) *store.Space {
	t.Helper()
	info, err := s.CreateSpace(t.Context(), me, slug, "Espace "+slug, []byte(text), start)
	if err != nil {
		t.Fatal(err)
	}
	return s.In(info.ID)
}

// must gives the value of a call that has to succeed.
func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}
