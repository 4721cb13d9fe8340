package compliance

import (
	"strings"
	"testing"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/governance"
)

func TestTerm(t *testing.T) {
	renewed := append(sharedHistory(), version(2, "2027-01-01", func() *convention.Convention {
		c := shared()
		c.Duration.To = day("2030-12-31")
		return c
	}()))
	late := append(sharedHistory(), version(2, "2027-03-01", func() *convention.Convention {
		c := shared()
		c.Duration.To = day("2030-12-31")
		return c
	}()))
	tests := []struct {
		name string
		h    convention.History
		on   string
		want Status
		by   string
		says string
	}{
		{"the day before the effect", sharedHistory(), "2023-04-02", OnCourse, "", "prend effet le 3 avril 2023"},
		{"the day of the effect", sharedHistory(), "2023-04-03", OnCourse, "", "dans 1368 jours"},
		{"the day before the last twelve months", sharedHistory(), "2025-12-30", OnCourse, "", "dans 366 jours"},
		{"the first day of the last twelve months", sharedHistory(), "2025-12-31", AtRisk, "2026-12-31", "dans 365 jours"},
		{"the day of the acceptance", sharedHistory(), "2026-11-23", AtRisk, "2026-12-31", "prend fin le 31 décembre 2026, dans 38 jours"},
		{"one day is left", sharedHistory(), "2026-12-30", AtRisk, "2026-12-31", "dans 1 jour."},
		{"the last day", sharedHistory(), "2026-12-31", AtRisk, "2026-12-31", "prend fin aujourd’hui"},
		{"the day after", sharedHistory(), "2027-01-01", Broken, "", "depuis le 1er janvier 2027"},
		{"a successor is on record", renewed, "2026-11-23", OnCourse, "2027-01-01", "dans 38 jours"},
		{"the successor has taken over", renewed, "2027-01-01", OnCourse, "", "31 décembre 2030"},
		{"a successor that leaves a gap does not count", late, "2026-11-23", AtRisk, "2026-12-31", "dans 38 jours"},
		{"in the gap the next version is named", late, "2027-02-01", Broken, "2027-03-01", "depuis le 1er janvier 2027"},
		{"tacit renewal is to be decided", rollingHistory(), "2028-03-14", OnCourse, "2029-03-14", "14 mars 2029"},
		{"and to be recorded after the end", rollingHistory(), "2029-03-15", Unknown, "2030-03-14", "reconduction tacite de 12 mois"},
		{"until its time has passed too", rollingHistory(), "2030-03-15", Broken, "", "depuis le 15 mars 2029"},
	}
	for _, x := range tests {
		t.Run(x.name, func(t *testing.T) {
			f := finding(t, Assess(x.h, Evidence{}, day(x.on)), "term")
			var by calendar.Date
			if f.Next != nil {
				by = f.Next.By
			}
			says := strings.NewReplacer("\u202f", "", "\u00a0", " ").Replace(french.Say(f.Figures))
			if f.Status != x.want || by.String() != x.by || !strings.Contains(says, x.says) {
				t.Errorf("%s by %s, want %s by %s: %q", f.Status, by, x.want, x.by, says)
			}
		})
	}
}

func TestSignatures(t *testing.T) {
	sign := func(party, on string) governance.Signature {
		return governance.Signature{ID: party, Text: "v1", Party: party, Date: day(on)}
	}
	both := []governance.Signature{sign("nord", "2023-03-20"), sign("sud", "2023-04-03")}
	tests := []struct {
		name   string
		ledger []governance.Signature
		on     string
		want   Status
	}{
		{"an empty ledger is unknown", nil, "2025-01-01", Unknown},
		{"one of two before the effect", both[:1], "2023-04-02", OnCourse},
		{"one of two from the effect on", both[:1], "2023-04-03", AtRisk},
		{"a signature counts from its day", both, "2023-04-02", OnCourse},
		{"on the day of the last it is complete", both, "2023-04-03", Kept},
		{"one signed twice is one", []governance.Signature{both[0], both[0]}, "2025-01-01", AtRisk},
		{"another version is another text", []governance.Signature{{Text: "v2", Party: "nord", Date: day("2023-03-20")}}, "2025-01-01", Unknown},
	}
	for _, x := range tests {
		t.Run(x.name, func(t *testing.T) {
			f := finding(t, Assess(sharedHistory(), Evidence{Signatures: x.ledger}, day(x.on)), "signatures")
			if f.Status != x.want {
				t.Errorf("%s, want %s: %s", f.Status, x.want, french.Say(f.Figures))
			}
		})
	}
}

func TestAmendments(t *testing.T) {
	by := func(agreement string) convention.History {
		c := shared()
		c.Amendment.Agreement = agreement
		c.Parties = append(c.Parties, convention.Party{ID: "ile", Short: "Île", Place: at("0")})
		c.Signatures = append(c.Signatures, convention.SignatureLine{Party: "ile", Place: at("7")})
		return append(sharedHistory(), version(2, "2025-01-01", c))
	}
	two := []governance.Signature{{ID: "1", Text: "v2", Party: "nord", Date: day("2024-12-01")}, {ID: "2", Text: "v2", Party: "sud", Date: day("2024-12-01")}}
	tests := []struct {
		name   string
		h      convention.History
		signed []governance.Signature
		on     string
		want   Status
	}{
		{"there is none before one takes effect", by("toutes-les-parties"), nil, "2024-12-31", NotApplicable},
		{"no signature on record", by("toutes-les-parties"), nil, "2025-01-01", Unknown},
		{"two of three where all must agree", by("toutes-les-parties"), two, "2025-01-01", AtRisk},
		{"two of three where most must", by("majorite-des-parties"), two, "2025-01-01", Kept},
		{"one of three where most must", by("majorite-des-parties"), two[:1], "2025-01-01", AtRisk},
	}
	for _, x := range tests {
		t.Run(x.name, func(t *testing.T) {
			f := finding(t, Assess(x.h, Evidence{Signatures: x.signed}, day(x.on)), "amendment")
			if f.Status != x.want {
				t.Errorf("%s, want %s", f.Status, x.want)
			}
		})
	}
}
