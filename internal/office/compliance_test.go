package office

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente/conventions"
	"entente/internal/calendar"
	"entente/internal/compliance"
	"entente/internal/directory"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/testkit"
)

// space makes a space of the real convention, as on an evening of November 2026.
func space(t *testing.T) *store.Space {
	t.Helper()
	s := testkit.StoreAt(t, testkit.NewClock(time.Date(2026, 11, 22, 23, 30, 0, 0, time.UTC)))
	source, err := conventions.Read("etampois-sud-essonne-2023-2026")
	if err != nil {
		t.Fatal(err)
	}
	info, err := s.CreateSpace(t.Context(), store.Actor{Name: "Essai"}, "essai", "Espace d’essai", source, calendar.Must("2023-07-01"))
	if err != nil {
		t.Fatal(err)
	}
	return s.In(info.ID)
}

// check stops the test on an error.
func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestComplianceReadsWhatIsOnRecord(t *testing.T) {
	ctx, sp, by := t.Context(), space(t), store.Actor{Name: "Essai"}
	h, err := sp.History(ctx)
	check(t, err)
	for _, d := range []string{"2026-03-10", "2026-09-22"} {
		_, err := sp.CreateMeeting(ctx, by, governance.Meeting{Committee: "operationnel", Day: calendar.Must(d), State: governance.Held})
		check(t, err)
	}
	person, err := sp.CreatePerson(ctx, by, directory.Person{Given: "Anne", Family: "Aubier"})
	check(t, err)
	seat := h[0].Text.Committee("strategique").Places()[0].Key
	_, err = sp.CreateMandate(ctx, by, governance.Mandate{Seat: seat, Person: person.ID, Role: governance.Holder, Period: calendar.Period{From: calendar.Must("2024-01-01")}})
	check(t, err)
	_, err = sp.CreateSignature(ctx, by, governance.Signature{Text: h[0].ID, Party: "caf", Date: calendar.Must("2023-07-01")})
	check(t, err)
	_, err = sp.CreateEvidence(ctx, by, compliance.Record{Obligation: "evaluation/annuelle", Kind: "evaluation", Day: calendar.Must("2025-11-20"), Title: "Rapport"})
	check(t, err)

	r, err := Compliance(ctx, sp, calendar.Must("2026-11-23"))
	check(t, err)
	for key, n := range map[string]int{"cadence/operationnel": 2, "seats/strategique": 1, "signatures": 1, "evaluation/annuelle": 1} {
		if f, ok := r.Of(key); !ok || len(f.Evidence) != n {
			t.Errorf("%s: %d pieces of evidence, want %d", key, len(f.Evidence), n)
		}
	}
	f, _ := r.Of("seats/strategique")
	if got := f.Evidence[0].Label.Args["name"]; got != "Anne Aubier" {
		t.Errorf("the holder is named %v", got)
	}
	info, err := sp.Info(ctx)
	check(t, err)
	e, err := EvidenceOf(ctx, sp, info, h, calendar.Must("2026-11-23"))
	check(t, err)
	if e.Holders[person.ID] != person || len(e.Holders) != 1 {
		t.Errorf("holders %v, want %v alone", e.Holders, person)
	}
	if diff := cmp.Diff(r, e.Assess(h, calendar.Must("2026-11-23")), cmp.AllowUnexported(calendar.Date{})); diff != "" {
		t.Errorf("the same evidence gives another report:\n%s", diff)
	}
}

func TestAFreshSpaceIsUnknown(t *testing.T) {
	r, err := Compliance(t.Context(), space(t), calendar.Must("2026-11-23"))
	check(t, err)
	for _, f := range r.Findings {
		if f.Status == compliance.Kept || f.Status == compliance.Broken {
			t.Errorf("%s is %s in a space that has nothing on record", f.Obligation.Key, f.Status)
		}
	}
}
