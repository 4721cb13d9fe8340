package compliance

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/governance"
)

func mandate(id, seat, from, to string) governance.Mandate {
	return governance.Mandate{ID: id, Seat: seat, Person: "p-" + id, Role: governance.Holder, Period: calendar.Period{From: day(from), To: day(to)}}
}

func TestSeats(t *testing.T) {
	one, dir := mandate("1", "haut/nord/1", "2023-04-03", "2025-06-30"), mandate("2", "haut/sud/dir", "2023-04-03", "")
	next := mandate("3", "haut/nord/1", "2025-07-01", "")
	gap := mandate("4", "haut/nord/1", "2025-09-01", "")
	carried := one
	carried.CarriedOver = day("2025-08-31")
	tests := []struct {
		name     string
		mandates []governance.Mandate
		on       string
		want     Status
		by       string
	}{
		{"nobody recorded", nil, "2025-01-01", Unknown, ""},
		{"mandates of other committees alone", []governance.Mandate{mandate("9", "autre/nord/1", "2023-04-03", "")}, "2025-01-01", Unknown, ""},
		{"both filled", []governance.Mandate{one, dir}, "2025-05-01", Kept, ""},
		{"sixty days before the end", []governance.Mandate{one, dir}, "2025-05-02", AtRisk, "2025-06-30"},
		{"the last day", []governance.Mandate{one, dir}, "2025-06-30", AtRisk, "2025-06-30"},
		{"the day after", []governance.Mandate{one, dir}, "2025-07-01", Broken, ""},
		{"a successor follows at once", []governance.Mandate{one, dir, next}, "2025-06-30", Kept, ""},
		{"a successor follows later", []governance.Mandate{one, dir, gap}, "2025-06-30", AtRisk, "2025-06-30"},
		{"vacant, with a successor to come", []governance.Mandate{one, dir, gap}, "2025-08-31", AtRisk, "2025-09-01"},
		{"the successor has begun", []governance.Mandate{one, dir, gap}, "2025-09-01", Kept, ""},
		{"carried over", []governance.Mandate{carried, dir}, "2025-07-01", AtRisk, "2025-08-31"},
		{"carried over no longer", []governance.Mandate{carried, dir}, "2025-09-01", Broken, ""},
		{"one seat never filled", []governance.Mandate{dir}, "2025-01-01", Broken, ""},
		{"nothing to fill after the end", []governance.Mandate{one}, "2027-01-01", NotApplicable, ""},
	}
	for _, x := range tests {
		t.Run(x.name, func(t *testing.T) {
			f := finding(t, Assess(sharedHistory(), Evidence{Mandates: x.mandates}, day(x.on)), "seats/haut")
			var by string
			if f.Next != nil {
				by = f.Next.By.String()
			}
			if f.Status != x.want || by != x.by {
				t.Errorf("%s by %q, want %s by %q: %s", f.Status, by, x.want, x.by, french.Say(f.Figures))
			}
		})
	}
}

func TestVacanciesAreNamed(t *testing.T) {
	e := Evidence{Mandates: []governance.Mandate{mandate("1", "haut/nord/1", "2023-04-03", "")}, People: map[string]string{"p-1": "Anne Aubier"}}
	f := finding(t, Assess(sharedHistory(), e, day("2025-01-01")), "seats/haut")
	if got := french.Say(f.Figures); !strings.HasPrefix(got, "1 siège pourvu sur 2, 1 vacant") || !strings.Contains(got, "Sud") {
		t.Errorf("figures %q", got)
	}
	if got := french.Say(f.Evidence[0].Label); !strings.Contains(got, "Anne Aubier") {
		t.Errorf("evidence %q does not name the holder", got)
	}
}

func record(key, on string, kind convention.EvidenceKind) Record {
	return Record{ID: key + on, Obligation: key, Kind: kind, Day: day(on), Title: "Pièce"}
}

func TestMissionsAndCommitments(t *testing.T) {
	const means, joint = "commitment/moyens/nord", "commitment/information"
	tests := []struct {
		name string
		key  string
		e    Evidence
		on   string
		want Status
	}{
		{"a mission without evidence", "mission/haut/valider", Evidence{}, "2025-06-01", Unknown},
		{"with evidence of the day", "mission/haut/valider", Evidence{Records: []Record{record("mission/haut/valider", "2025-06-01", "decision")}}, "2025-06-01", Kept},
		{"with evidence of tomorrow", "mission/haut/valider", Evidence{Records: []Record{record("mission/haut/valider", "2025-06-02", "decision")}}, "2025-06-01", Unknown},
		{"the last day of twelve months", "mission/haut/valider", Evidence{Records: []Record{record("mission/haut/valider", "2024-06-02", "decision")}}, "2025-06-01", Kept},
		{"twelve months on", "mission/haut/valider", Evidence{Records: []Record{record("mission/haut/valider", "2024-06-01", "decision")}}, "2025-06-01", Unknown},
		{"evidence of another mission", "mission/haut/valider", Evidence{Records: []Record{record("mission/haut/autre", "2025-06-01", "decision")}}, "2025-06-01", Unknown},
		{"organising is shown by the meetings organised", "mission/suivi/organiser", Evidence{Meetings: held("travail", "2025-03-03")}, "2025-06-01", Kept},
		{"not by those only planned", "mission/suivi/organiser", Evidence{Meetings: planned("travail", "2025-05-03", "2025-06-05")}, "2025-06-01", Unknown},
		{"means of a party", means, Evidence{Records: []Record{record(means, "2025-01-10", "moyens")}}, "2025-06-01", Kept},
		{"means of the other party alone", means, Evidence{Records: []Record{record("commitment/moyens/sud", "2025-01-10", "moyens")}}, "2025-06-01", Unknown},
		{"attendance of a named party", "commitment/presence/nord", Evidence{}, "2025-06-01", Unknown},
		{"communication planned", joint, Evidence{Records: []Record{record(joint, "2025-09-01", "communication")}}, "2025-06-01", OnCourse},
		{"communication done", joint, Evidence{Records: []Record{record(joint, "2025-09-01", "communication")}}, "2025-09-01", Kept},
	}
	for _, x := range tests {
		t.Run(x.name, func(t *testing.T) {
			f := finding(t, Assess(sharedHistory(), x.e, day(x.on)), x.key)
			if f.Status != x.want {
				t.Errorf("%s, want %s: %s", f.Status, x.want, french.Say(f.Figures))
			}
			if (f.Status == Unknown) != (f.Next != nil && f.Next.By.IsZero()) {
				t.Errorf("%s with next step %v", f.Status, f.Next)
			}
		})
	}
	r := Assess(sharedHistory(), Evidence{}, day("2025-06-01"))
	if _, ok := r.Of("commitment/presence/sud"); ok {
		t.Error("a commitment of one party was laid on the other")
	}
}

func TestYearlyEvaluation(t *testing.T) {
	all := []Record{record("evaluation/axes", "2024-11-20", "evaluation"), record("evaluation/axes", "2025-12-31", "evaluation")}
	tests := []struct {
		name    string
		since   string
		records []Record
		on      string
		want    Status
		history []Status
	}{
		{"the partial first year asks for none", "", nil, "2023-12-31", NotApplicable, nil},
		{"the first whole year begins", "", nil, "2024-01-01", OnCourse, []Status{NotApplicable}},
		{"the last day before the last quarter", "", nil, "2024-09-30", OnCourse, []Status{NotApplicable}},
		{"the last quarter", "", nil, "2024-10-01", AtRisk, []Status{NotApplicable}},
		{"the last day", "", nil, "2024-12-31", AtRisk, []Status{NotApplicable}},
		{"the year has passed without", "", nil, "2025-01-01", Broken, []Status{NotApplicable, Broken}},
		{"a space that records since the middle of the year", "2025-06-01", nil, "2025-11-01", Unknown, []Status{NotApplicable, Unknown}},
		{"and still does not know the year after", "2025-06-01", nil, "2026-01-01", OnCourse, []Status{NotApplicable, Unknown, Unknown}},
		{"the day before the evaluation", "", all[:1], "2024-11-19", AtRisk, []Status{NotApplicable}},
		{"the day of the evaluation", "", all[:1], "2024-11-20", Kept, []Status{NotApplicable}},
		{"on the last day of a year it counts for that year", "", all, "2026-01-01", OnCourse, []Status{NotApplicable, Kept, Kept}},
		{"the acceptance: none in 2026", "", all, "2026-11-23", AtRisk, []Status{NotApplicable, Kept, Kept}},
		{"the convention has ended", "", all, "2027-01-01", Broken, []Status{NotApplicable, Kept, Kept}},
	}
	for _, x := range tests {
		t.Run(x.name, func(t *testing.T) {
			e := Evidence{Records: x.records}
			if x.since != "" {
				e.Since = day(x.since)
			}
			f := finding(t, Assess(sharedHistory(), e, day(x.on)), "evaluation/axes")
			var history []Status
			for _, row := range f.History {
				history = append(history, row.Status)
			}
			if f.Status != x.want || !cmp.Equal(history, x.history) {
				t.Errorf("%s %v, want %s %v: %s", f.Status, history, x.want, x.history, french.Say(f.Figures))
			}
		})
	}
}

func TestEvaluationEveryTwoYears(t *testing.T) {
	tests := []struct {
		on   string
		want Status
	}{{"2025-09-14", OnCourse}, {"2025-09-15", AtRisk}, {"2026-03-14", AtRisk}, {"2026-03-15", Broken}}
	for _, x := range tests {
		f := finding(t, Assess(rollingHistory(), Evidence{}, day(x.on)), "evaluation/ensemble")
		if f.Status != x.want {
			t.Errorf("%s: %s, want %s", x.on, f.Status, x.want)
		}
	}
	last := Evidence{Records: []Record{record("evaluation/ensemble", "2028-01-10", "evaluation")}}
	if f := finding(t, Assess(rollingHistory(), last, day("2028-06-01")), "evaluation/ensemble"); f.Status != NotApplicable {
		t.Errorf("the last year alone asks for no evaluation: %s", f.Status)
	}
}

func TestRegisters(t *testing.T) {
	orientations := func(x ...Orientation) *[]Orientation { return &x }
	actions := func(x ...Action) *[]Action { return &x }
	tests := []struct {
		name string
		key  string
		e    Evidence
		want Status
	}{
		{"no register of orientations", "orientations", Evidence{}, Unknown},
		{"an empty one", "orientations", Evidence{Orientations: orientations()}, Unknown},
		{"one only proposed", "orientations", Evidence{Orientations: orientations(Orientation{Name: "A"})}, Unknown},
		{"one with nothing under it", "orientations", Evidence{Orientations: orientations(Orientation{Name: "A", Validated: day("2025-06-01")})}, AtRisk},
		{"validated tomorrow", "orientations", Evidence{Orientations: orientations(Orientation{Name: "A", Validated: day("2025-06-02")})}, Unknown},
		{"implemented", "orientations", Evidence{Orientations: orientations(Orientation{Name: "A", Validated: day("2025-06-01"), Implemented: 1})}, Kept},
		{"no register of actions", "actions/travail", Evidence{}, Unknown},
		{"an action without lead", "actions/travail", Evidence{Actions: actions(Action{Name: "A"}, Action{Name: "B", Leads: 2})}, AtRisk},
		{"every action is led", "actions/travail", Evidence{Actions: actions(Action{Name: "B", Leads: 2})}, Kept},
	}
	for _, x := range tests {
		t.Run(x.name, func(t *testing.T) {
			f := finding(t, Assess(sharedHistory(), x.e, day("2025-06-01")), x.key)
			if f.Status != x.want {
				t.Errorf("%s, want %s", f.Status, x.want)
			}
		})
	}
}
