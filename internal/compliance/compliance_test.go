package compliance

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"entente/conventions"
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
)

func TestState(t *testing.T) {
	for on, want := range map[string]string{
		"2023-04-02": "compliance.state.before", "2023-04-03": "compliance.state.during",
		"2026-12-31": "compliance.state.during", "2027-01-01": "compliance.state.after",
	} {
		if r := Assess(sharedHistory(), Evidence{}, day(on)); r.State.Key != want || r.InForce != (want == "compliance.state.during") {
			t.Errorf("%s: %s, in force %v", on, r.State.Key, r.InForce)
		}
	}
	if r := Assess(nil, Evidence{}, day("2025-01-01")); r.State.Key != "compliance.state.none" || len(r.Findings) != 0 {
		t.Errorf("an empty history: %v", r)
	}
}

func TestBeforeTheEffectNothingElseApplies(t *testing.T) {
	r := Assess(sharedHistory(), Evidence{}, day("2023-04-02"))
	for _, f := range r.Findings {
		if always := f.Obligation.Kind == KindTerm || f.Obligation.Kind == KindSignatures; !always && f.Status != NotApplicable {
			t.Errorf("%s is %s", f.Obligation.Key, f.Status)
		}
	}
}

func TestEveryClauseIsListed(t *testing.T) {
	r := Assess(sharedHistory(), Evidence{}, day("2025-01-01"))
	nothing := map[string]bool{"art-0": true, "art-1": true}
	if len(r.Clauses) != len(shared().Clauses) {
		t.Fatalf("%d clauses of %d", len(r.Clauses), len(shared().Clauses))
	}
	for _, k := range r.Clauses {
		if empty := len(r.ByClause(k.Anchor)) == 0; empty != nothing[k.Anchor] || empty == k.Nothing.IsZero() {
			t.Errorf("%s: %d findings and %q", k.Anchor, len(r.ByClause(k.Anchor)), k.Nothing.Key)
		}
	}
}

func TestWorstFirst(t *testing.T) {
	r := Assess(sharedHistory(), Evidence{Meetings: held("haut", "2025-02-03")}, day("2026-11-23"))
	at := -1
	for _, f := range r.Findings {
		if i := slices.Index(Statuses(), f.Status); i < at {
			t.Fatalf("%s (%s) stands after a better one", f.Obligation.Key, f.Status)
		} else {
			at = i
		}
	}
	sum := 0
	for _, n := range r.Counts() {
		sum += n
	}
	if sum != len(r.Findings) || len(r.Counts()) != len(Statuses()) {
		t.Errorf("counts %v of %d findings", r.Counts(), len(r.Findings))
	}
}

func TestReportIsJSON(t *testing.T) {
	b, err := json.Marshal(Assess(sharedHistory(), Evidence{}, day("2025-01-01")))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(b), `"evidence":null`) || !strings.Contains(string(b), `"day":"2025-01-01"`) {
		t.Errorf("%.300s", b)
	}
}

// messages lists every message of a report.
func messages(r Report) []fault.Message {
	out := []fault.Message{r.State}
	for _, k := range r.Clauses {
		out = append(out, k.Nothing)
	}
	for _, f := range r.Findings {
		out = append(out, f.Obligation.Subject, f.Words, f.Figures)
		if f.Next != nil {
			out = append(out, f.Next.Message)
		}
		for _, l := range f.Evidence {
			out = append(out, l.Label)
		}
		for _, row := range f.History {
			out = append(out, row.Figures)
		}
	}
	for _, s := range Statuses() {
		out = append(out, fault.Say("compliance.status."+string(s)))
	}
	for _, k := range Kinds() {
		out = append(out, fault.Say("compliance.kind."+string(k)))
	}
	return out
}

// drawDay draws a day around the life of the conventions of the tests.
func drawDay(t *rapid.T, label string) calendar.Date {
	return day("2022-06-01").AddDays(rapid.IntRange(0, 3200).Draw(t, label))
}

func drawEvidence(t *rapid.T, c *convention.Convention) Evidence {
	e := Evidence{Since: drawDay(t, "since")}
	for range rapid.IntRange(0, 12).Draw(t, "meetings") {
		e.Meetings = append(e.Meetings, governance.Meeting{ID: "m", Committee: rapid.SampledFrom(c.Committees).Draw(t, "committee").ID, Day: drawDay(t, "met"),
			State: rapid.SampledFrom([]governance.MeetingState{governance.Planned, governance.Held, governance.Cancelled}).Draw(t, "state")})
	}
	for _, s := range c.Seats() {
		if rapid.Bool().Draw(t, "seated") {
			e.Mandates = append(e.Mandates, governance.Mandate{ID: s.Key, Seat: s.Key, Person: "p", Role: governance.Holder, Period: calendar.Period{From: drawDay(t, "from")}})
		}
	}
	for _, p := range c.Parties {
		if rapid.Bool().Draw(t, "signs") {
			e.Signatures = append(e.Signatures, governance.Signature{ID: p.ID, Text: "v1", Party: p.ID, Date: drawDay(t, "signed")})
		}
	}
	for range rapid.IntRange(0, 6).Draw(t, "records") {
		key := rapid.SampledFrom([]string{"evaluation/axes", "evaluation/ensemble", "commitment/information", "mission/haut/valider"}).Draw(t, "key")
		e.Records = append(e.Records, Record{ID: "r", Obligation: key, Kind: rapid.SampledFrom(convention.EvidenceKinds()).Draw(t, "kind"), Day: drawDay(t, "filed"), Title: "Pièce"})
	}
	if rapid.Bool().Draw(t, "registers") {
		e.Orientations = &[]Orientation{{Name: "A", Validated: drawDay(t, "validated"), Implemented: rapid.IntRange(0, 1).Draw(t, "under")}}
		e.Actions = &[]Action{{Name: "A", Leads: rapid.IntRange(0, 2).Draw(t, "leads")}}
	}
	return e
}

// Whatever the day and the evidence: nothing is kept without evidence, an unknown says what to record where Entente can
// record it, a risk and what is on course have nothing to hide, and every sentence exists in both languages.
func TestInvariants(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := rapid.SampledFrom([]convention.History{sharedHistory(), rollingHistory()}).Draw(t, "history")
		e := drawEvidence(t, h[0].Text)
		r := Assess(h, e, drawDay(t, "day"))
		registers := e.Orientations != nil
		for _, f := range r.Findings {
			checkFinding(t, f, registers)
		}
		for _, m := range messages(r) {
			for _, lang := range i18n.Languages() {
				if s := i18n.For(lang).Say(m); strings.Contains(s, "⟦") {
					t.Fatalf("%s: %s", m, s)
				}
			}
		}
	})
}

func checkFinding(t *rapid.T, f Finding, registers bool) {
	key := f.Obligation.Key
	fromRegister := f.Obligation.Kind == KindOrientation || f.Obligation.Kind == KindAction
	switch {
	case !slices.Contains(Statuses(), f.Status):
		t.Fatalf("%s has no status", key)
	case f.Figures.IsZero() || f.Words.IsZero() || f.Obligation.Anchor == "" || f.Obligation.Kind == "":
		t.Fatalf("%s does not say everything: %+v", key, f)
	case f.Status == Kept && len(f.Evidence) == 0 && !fromRegister:
		t.Fatalf("%s is kept without evidence", key)
	case f.Status == Unknown && f.Next == nil && (!fromRegister || registers):
		t.Fatalf("%s is unknown and says nothing of what to record", key)
	case f.Status == AtRisk && f.Next == nil:
		t.Fatalf("%s is at risk without a next step", key)
	case f.Status == Kept && f.Next != nil:
		t.Fatalf("%s is kept and asks for something", key)
	}
}

// load reads a shipped convention in force from a day.
func load(t *testing.T, name, effective string) convention.History {
	t.Helper()
	src, err := conventions.Read(name)
	if err != nil {
		t.Fatal(err)
	}
	c, faults := convention.Parse(name, src)
	if c == nil {
		t.Fatal(faults.Err())
	}
	return convention.History{version(1, effective, c)}
}

// The acceptance of the real convention: what the figures say on 23 November 2026, six weeks before its end.
func TestRealConvention(t *testing.T) {
	h := load(t, "etampois-sud-essonne-2023-2026", "2023-07-01")
	e := Evidence{Since: day("2026-01-01"), Meetings: join(
		held("strategique", "2026-06-18"), held("operationnel", "2026-03-10", "2026-09-22"), planned("operationnel", "2026-12-08"))}
	r := Assess(h, e, day("2026-11-23"))
	tests := []struct {
		key     string
		status  Status
		figures string
		next    string
	}{
		{"cadence/strategique", Kept, "1 réunion tenue en 2026, aucune prévue ; la convention en prévoit de 1 à 2.", ""},
		{"cadence/operationnel", AtRisk, "2 réunions tenues en 2026, 1 prévue ; la convention en prévoit au moins 4.", "Planifier 1 réunion au plus tard le 31 décembre 2026."},
		{"cadence/technique", NotApplicable, "Aucune réunion tenue en 2026 ; la convention laisse le rythme aux besoins.", ""},
		{"evaluation/annuelle", AtRisk, "Aucune évaluation enregistrée en 2026.", "Mener l’évaluation et en verser le rapport au plus tard le 31 décembre 2026."},
		{"term", AtRisk, "La convention prend fin le 31 décembre 2026, dans 38 jours.", "Évaluer la convention et décider de la suite avant le 31 décembre 2026."},
		{"seats/strategique", Unknown, "Aucun mandat enregistré pour 8 sièges.", ""},
		{"signatures", Unknown, "Aucune signature enregistrée sur 4.", ""},
		{"amendment", NotApplicable, "Aucun avenant n’a pris effet.", ""},
	}
	for _, x := range tests {
		f := finding(t, r, x.key)
		got := strings.ReplaceAll(french.Say(f.Figures), "\u00a0", " ")
		if f.Status != x.status || !strings.HasPrefix(got, x.figures) {
			t.Errorf("%s: %s %q, want %s %q", x.key, f.Status, got, x.status, x.figures)
		}
		if x.next != "" && (f.Next == nil || french.Say(f.Next.Message) != x.next) {
			t.Errorf("%s: next %v, want %q", x.key, f.Next, x.next)
		}
	}
}

func TestShippedConventions(t *testing.T) {
	for name, kinds := range map[string][]Kind{
		"etampois-sud-essonne-2023-2026":          Kinds(),
		"contrat-local-sante-val-ambre-2025-2029": {KindTerm, KindSignatures, KindCadence, KindSeats, KindMission, KindEvaluation, KindCommitment, KindOrientation},
	} {
		h := load(t, name, "2025-01-01")
		seen := map[Kind]bool{}
		for _, on := range []string{"2024-12-31", "2025-01-01", "2026-11-23", "2031-01-01"} {
			r := Assess(h, Evidence{}, day(on))
			if len(r.Clauses) != len(h[0].Text.Clauses) {
				t.Errorf("%s: %d clauses of %d", name, len(r.Clauses), len(h[0].Text.Clauses))
			}
			for _, f := range r.Findings {
				if h[0].Text.Clause(f.Obligation.Anchor) == nil {
					t.Errorf("%s: %s rests on no clause", name, f.Obligation.Key)
				}
				if f.Status == Kept {
					t.Errorf("%s on %s: %s is kept without any evidence", name, on, f.Obligation.Key)
				}
				seen[f.Obligation.Kind] = true
			}
			for _, m := range messages(r) {
				if s := french.Say(m); strings.Contains(s, "⟦") {
					t.Errorf("%s: %s", name, s)
				}
			}
		}
		for _, k := range kinds {
			if !seen[k] {
				t.Errorf("%s gives no obligation of kind %s", name, k)
			}
		}
	}
}

// drawHistory draws versions of any shape: without a term or with one that is over before it begins, out of order, on the
// same day, with impossible cadences and intervals, without clauses.
func drawHistory(t *rapid.T) convention.History {
	var h convention.History
	for n := range rapid.IntRange(0, 4).Draw(t, "versions") {
		c := rapid.SampledFrom([]func() *convention.Convention{shared, rolling}).Draw(t, "text")()
		switch rapid.IntRange(0, 3).Draw(t, "term") {
		case 0:
			c.Duration = nil
		case 1:
			c.Duration = &convention.Duration{Place: at("6")}
		case 2:
			c.Duration.To = drawDay(t, "end")
		}
		for i := range c.Committees {
			if k := c.Committees[i].Cadence; k != nil {
				k.Min, k.Max = rapid.IntRange(0, 13).Draw(t, "min"), rapid.IntRange(0, 13).Draw(t, "max")
				k.Over = rapid.SampledFrom([]convention.Window{"", convention.CivilYear, convention.Rolling12}).Draw(t, "over")
			}
		}
		for i := range c.Evaluations {
			c.Evaluations[i].EveryMonths = rapid.IntRange(0, 30).Draw(t, "every")
		}
		if rapid.Bool().Draw(t, "bare") {
			c.Clauses, c.Parties, c.Signatures = nil, nil, nil
		}
		h = append(h, version(n+1, drawDay(t, "effective").String(), c))
	}
	return h
}

// Assess is total: it answers for any history, with findings that say everything.
func TestTotal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := Assess(drawHistory(t), drawEvidence(t, shared()), drawDay(t, "day"))
		for _, f := range r.Findings {
			if !slices.Contains(Statuses(), f.Status) || f.Figures.IsZero() || f.Words.IsZero() {
				t.Fatalf("%s does not say everything: %+v", f.Obligation.Key, f)
			}
		}
		for _, m := range messages(r) {
			if s := french.Say(m); strings.Contains(s, "⟦") {
				t.Fatalf("%s: %s", m, s)
			}
		}
	})
}

// The order in which evidence was entered changes nothing.
func TestOrderOfEvidenceIsIndifferent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h, e, on := sharedHistory(), drawEvidence(t, shared()), drawDay(t, "day")
		other := e
		other.Meetings, other.Records = slices.Clone(e.Meetings), slices.Clone(e.Records)
		slices.Reverse(other.Meetings)
		slices.Reverse(other.Records)
		a, b := Assess(h, e, on), Assess(h, other, on)
		for i := range a.Findings {
			x, y := a.Findings[i], b.Findings[i]
			if x.Obligation.Key != y.Obligation.Key || x.Status != y.Status || french.Say(x.Figures) != french.Say(y.Figures) {
				t.Fatalf("%s %s, then %s %s", x.Obligation.Key, x.Status, y.Obligation.Key, y.Status)
			}
		}
	})
}

func BenchmarkAssess(b *testing.B) {
	h := sharedHistory()
	e := Evidence{Meetings: join(held("suivi", "2024-02-05", "2024-05-06", "2025-02-03", "2025-05-05", "2026-02-02"), held("haut", "2026-06-01"))}
	for b.Loop() {
		Assess(h, e, day("2026-11-23"))
	}
}

func TestStepSaysByWhenItsSentenceNamesTheDay(t *testing.T) {
	by := calendar.Must("2026-12-31")
	for _, x := range []struct {
		step Step
		want bool
	}{
		{Step{Message: fault.Say("k", "date", by), By: by}, true},
		{Step{Message: fault.Say("k", "date", by.AddDays(1)), By: by}, false},
		{Step{Message: fault.Say("k", "seats", []fault.Message{{Key: "a"}}), By: by}, false},
		{Step{Message: fault.Say("k"), By: by}, false},
	} {
		if got := x.step.SaysBy(); got != x.want {
			t.Errorf("%v by %v: %v", x.step.Message, x.step.By, got)
		}
	}
}
