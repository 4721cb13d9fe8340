package testkit_test

import (
	"testing"

	"entente/internal/calendar"
	"entente/internal/store"
	"entente/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

const text = "# C\n\n```yaml\nconvention:\n  id: c\n  titre: C\nterritoire:\n  nom: Ici\nparties:\n  - id: p\n    nom: P\n    court: P\n    signataire: maire\n" +
	"comites:\n  - id: k\n    nom: K\n    niveau: unique\n    sieges:\n      - partie: p\n        nombre: 1\nduree:\n  debut: \"2026-01-01\"\n  fin: 2028-12-31\n```\n"

// TestFill brings a space to a size, with a journal that verifies.
func TestFill(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		info, err := s.CreateSpace(t.Context(), store.Actor{}, "fill", "Fill", []byte(text), calendar.Must("2026-01-01"))
		if err != nil {
			t.Fatal(err)
		}
		if err := testkit.Fill(t.Context(), s, info.ID, 50, 1200); err != nil {
			t.Fatal(err)
		}
		sp := s.In(info.ID)
		people, err := sp.People(t.Context(), store.PersonFilter{})
		if err != nil || people.Total != 40 {
			t.Errorf("%d people, %v", people.Total, err)
		}
		organizations, err := sp.Organizations(t.Context(), store.OrganizationFilter{})
		if err != nil || organizations.Total != 10+1 { // and the party
			t.Errorf("%d organizations, %v", organizations.Total, err)
		}
		r, err := sp.VerifyJournal(t.Context())
		if err != nil || !r.Whole() || r.Head.Seq != 1200 {
			t.Errorf("journal %+v, %v", r, err)
		}
	})
}
