package demo_test

import (
	"testing"
	"time"

	"entente/internal/calendar"
	"entente/internal/compliance"
	"entente/internal/config"
	. "entente/internal/demo"
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
