package convention_test

import (
	"strings"
	"testing"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/i18n"
)

func TestWords(t *testing.T) {
	c := shipped(t, real)
	seats := c.Seats()
	start := &convention.Duration{From: "2025-03-01", Months: 48}
	tests := []struct {
		message fault.Message
		fr, en  string
	}{
		{convention.Cite("4-2"), "art. 4-2", "art. 4-2"},
		{convention.Cite("preambule"), "préambule", "preamble"},
		{convention.Cite("annexe-1-carte"), "« annexe 1 carte »", "“annexe 1 carte”"},
		{c.Cite(c.Parties[0].Place), "soussignés", "the undersigned"},
		{c.Cite(c.Identity.Place), "« Convention partenariale 2023-2026 du projet social de territoire de l’Étampois Sud-Essonne »",
			"“Convention partenariale 2023-2026 du projet social de territoire de l’Étampois Sud-Essonne”"},
		{c.Committee("strategique").Cadence.Say(), "de 1 à 2 fois par an", "1 to 2 times a year"},
		{c.Committee("operationnel").Cadence.Say(), "au moins 4 fois par an", "at least 4 times a year"},
		{c.Committee("technique").Cadence.Say(), "autant que de besoin", "as often as needed"},
		{(*convention.Cadence)(nil).Say(), "sans rythme fixé", "with no set rhythm"},
		{(&convention.Cadence{}).Say(), "sans rythme fixé", "with no set rhythm"},
		{(&convention.Cadence{Min: 1, Max: 1}).Say(), "1 fois par an", "once a year"},
		{(&convention.Cadence{Max: 3, Over: convention.Rolling12}).Say(), "au plus 3 fois sur douze mois consécutifs", "at most 3 times in any twelve months"},
		{seats[0].Say(), "membre 1 sur 2", "member 1 of 2"},
		{seats[2].Say(), "membre 1 sur 2 (direction)", "member 1 of 2 (direction)"},
		{c.SaySeat(seats[8]), "CAESE, Directeur des services à la population", "CAESE, Directeur des services à la population"},
		{c.SayRule(c.Committees[2].Seats[0]), "les pilotes et co-pilotes des actions", "the leads and co-leads of the actions"},
		{c.Duration.Say(), "de la signature au 31 décembre 2026", "from signature to 31 December 2026"},
		{start.Say(), "48 mois à compter de la date du 1er mars 2025", "48 months from 1 March 2025"},
		{(*convention.Duration)(nil).Say(), "sans durée fixée", "with no set term"},
		{convention.Moment("2018").Say(), "2018", "2018"},
		{convention.Moment("2018-10").Say(), "octobre 2018", "October 2018"},
		{convention.Moment("2018-10-19").Say(), "19 octobre 2018", "19 October 2018"},
		{convention.Moment("jadis").Say(), "jadis", "jadis"},
		{(&convention.Threshold{Share: "1/2", Of: "sieges", Strict: true}).Say(), "plus de 1/2 des sièges", "more than 1/2 of the seats"},
		{(*convention.Threshold)(nil).Say(), "aucun seuil", "no threshold"},
		{c.Evaluations[0].Say(), "les axes, chaque année", "the axes, every year"},
		{(&convention.Evaluation{Object: "actions", EveryMonths: 18}).Say(), "les actions, tous les 18 mois", "the actions, every 18 months"},
		{c.Amendment.SayAgreement(), "accord de toutes les parties", "agreement of every party"},
		{convention.SubstitutionNone.Say(), "non prévue", "not provided for"},
		{convention.ValidateOrientations.Say(), "valider les orientations", "validate orientations"},
	}
	plain := strings.NewReplacer("\u00a0", " ", "\u202f", " ")
	for _, test := range tests {
		if got := plain.Replace(i18n.For("fr").Say(test.message)); got != test.fr {
			t.Errorf("fr: got %q, want %q", got, test.fr)
		}
		if got := i18n.For("en").Say(test.message); got != test.en {
			t.Errorf("en: got %q, want %q", got, test.en)
		}
	}
}

// Every word of every closed set has its sentence.
func TestClosedSetsHaveWords(t *testing.T) {
	var all []fault.Message
	for _, p := range convention.Powers() {
		all = append(all, p.Say())
	}
	for _, l := range convention.Levels() {
		all = append(all, l.Say())
	}
	for _, e := range convention.EvidenceKinds() {
		all = append(all, e.Say())
	}
	for _, s := range convention.Substitutions() {
		all = append(all, s.Say())
	}
	for _, o := range convention.EvaluationObjects {
		all = append(all, (&convention.Evaluation{Object: o, EveryMonths: 12}).Say())
	}
	for _, a := range convention.Agreements {
		all = append(all, (&convention.AmendmentRule{Agreement: a}).SayAgreement())
	}
	for _, b := range convention.ThresholdBases {
		all = append(all, (&convention.Threshold{Share: "1/2", Of: b}).Say(), (&convention.Threshold{Share: "1/2", Of: b, Strict: true}).Say())
	}
	for _, o := range convention.Outcomes {
		all = append(all, fault.Say("convention.outcome."+o))
	}
	for m := range 12 {
		all = append(all, convention.Moment(calendar.Of(2018, 1, 1).AddMonths(m).String()[:7]).Say())
	}
	for _, m := range all {
		for _, lang := range i18n.Languages() {
			if s := i18n.For(lang).Say(m); strings.Contains(s, "⟦") {
				t.Errorf("%s: %s", lang, s)
			}
		}
	}
}

func TestOutline(t *testing.T) {
	for _, name := range []string{real, other} {
		c := shipped(t, name)
		var text strings.Builder
		for _, l := range c.Outline() {
			text.WriteString(i18n.For("fr").Say(l.Message) + "\n")
		}
		if strings.ContainsAny(text.String(), "⟦{") {
			t.Errorf("%s:\n%s", name, text.String())
		}
		for _, k := range c.Committees {
			if !strings.Contains(text.String(), k.Name) {
				t.Errorf("%s: the outline leaves out %s", name, k.Name)
			}
		}
	}
}

func TestMomentPeriod(t *testing.T) {
	tests := map[convention.Moment]string{
		"2018": "2018-01-01 2018-12-31", "2018-10": "2018-10-01 2018-10-31", "2020-02": "2020-02-01 2020-02-29", "2018-10-19": "2018-10-19 2018-10-19", "": " ",
	}
	for m, want := range tests {
		p, err := m.Period()
		if got := p.From.String() + " " + p.To.String(); err != nil || got != want {
			t.Errorf("%q: got %q, %v, want %q", m, got, err, want)
		}
	}
	for _, m := range []convention.Moment{"2018-13", "2018-2-1", "18", "2018-02-30", "2018-", "20181019"} {
		if _, err := m.Period(); err == nil {
			t.Errorf("%q is taken for a moment", m)
		}
	}
}

func TestValidSIREN(t *testing.T) {
	for s, want := range map[string]bool{"200017846": true, "200017847": false, "": false, "20001784": false, "2000178460": false, "20001784a": false, "732829320": true} {
		if got := convention.ValidSIREN(s); got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
}

func TestThresholdFraction(t *testing.T) {
	over, under := (&convention.Threshold{Share: "2/3"}).Fraction()
	if over != 2 || under != 3 {
		t.Errorf("got %d/%d", over, under)
	}
	if over, under := (&convention.Threshold{Share: "deux tiers"}).Fraction(); over != 0 || under != 0 {
		t.Errorf("got %d/%d", over, under)
	}
}

func TestSettling(t *testing.T) {
	c := shipped(t, real)
	tests := map[convention.Power]string{
		convention.ProposeOrientations: "strategique", convention.ProposeActions: "operationnel", convention.EvaluateActions: "strategique",
		convention.ProposeCommunication: "strategique", convention.ProposeAmendments: "strategique",
	}
	for p, want := range tests {
		if g := c.Settling(p); len(g) != 1 || g[0].Committee.ID != want {
			t.Errorf("%s: got %v, want %s", p, g, want)
		}
	}
}

// TestCiteTellsNumbersFromHeadings: only digits in groups joined by single hyphens are the number of an article.
func TestCiteTellsNumbersFromHeadings(t *testing.T) {
	for ref, key := range map[string]string{
		"4": "convention.cite.article", "4-2": "convention.cite.article", "12-3-10": "convention.cite.article",
		"": "convention.cite.clause", "-": "convention.cite.clause", "-4": "convention.cite.clause", "4-": "convention.cite.clause",
		"4--2": "convention.cite.clause", "4a": "convention.cite.clause", "4.2": "convention.cite.clause", "\u0664": "convention.cite.clause",
		"signatures": "convention.cite.heading.signatures",
	} {
		if got := convention.Cite(ref).Key; got != key {
			t.Errorf("Cite(%q) is %s, want %s", ref, got, key)
		}
	}
}
