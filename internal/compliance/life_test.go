package compliance

import (
	"strings"
	"testing"

	"entente/internal/convention"
	"entente/internal/governance"
)

func decision(committee string, power convention.Power, on string, about governance.Subject, o governance.Outcome) Decision {
	return Decision{Reference: "2026-" + on, Committee: committee, Power: power, Day: day(on), Title: "Décision", Subject: about, Outcome: o}
}

// TestDecisionsShowMissions: a decision under a power of the mission shows it, whatever its outcome, for twelve months; one of
// another committee or under another power does not.
func TestDecisionsShowMissions(t *testing.T) {
	const key = "mission/haut/valider"
	tests := []struct {
		name string
		d    []Decision
		want Status
	}{
		{"none", nil, Unknown},
		{"validated", []Decision{decision("haut", convention.ValidateOrientations, "2026-03-01", governance.AboutOrientation, governance.Adopted)}, Kept},
		{"refused, which is examining too", []Decision{decision("haut", convention.ValidateOrientations, "2026-03-01", governance.AboutOrientation, governance.Rejected)}, Kept},
		{"another committee", []Decision{decision("suivi", convention.ValidateOrientations, "2026-03-01", governance.AboutOrientation, governance.Adopted)}, Unknown},
		{"another power", []Decision{decision("haut", convention.AdoptActions, "2026-03-01", governance.AboutAction, governance.Adopted)}, Unknown},
		{"too old", []Decision{decision("haut", convention.ValidateOrientations, "2025-05-01", governance.AboutOrientation, governance.Adopted)}, Unknown},
		{"still to come", []Decision{decision("haut", convention.ValidateOrientations, "2026-07-01", governance.AboutOrientation, governance.Adopted)}, Unknown},
	}
	for _, x := range tests {
		t.Run(x.name, func(t *testing.T) {
			f := finding(t, Assess(sharedHistory(), Evidence{Decisions: x.d}, day("2026-06-01")), key)
			if f.Status != x.want {
				t.Errorf("%s, want %s: %s", f.Status, x.want, french.Say(f.Figures))
			}
			if f.Status == Kept && (f.Evidence[0].Kind != LinkDecision || !strings.Contains(french.Say(f.Evidence[0].Label), "Décision 2026-")) {
				t.Errorf("evidence %v", f.Evidence)
			}
		})
	}
}

// TestAnAdoptedOrientationShowsThatOrientationsAreDefined: under whichever power it was adopted; an opinion defines nothing.
func TestAnAdoptedOrientationShowsThatOrientationsAreDefined(t *testing.T) {
	h := load(t, "etampois-sud-essonne-2023-2026.md", "2023-01-01")
	for _, x := range []struct {
		name string
		d    Decision
		want Status
	}{
		{"adopted", decision("strategique", convention.ValidateOrientations, "2026-03-01", governance.AboutOrientation, governance.Adopted), Kept},
		{"rejected", decision("strategique", convention.ValidateOrientations, "2026-03-01", governance.AboutOrientation, governance.Rejected), Unknown},
		{"of another committee", decision("operationnel", convention.ProposeOrientations, "2026-03-01", governance.AboutOrientation, governance.FavourableOpinion), Unknown},
		{"about something else", decision("strategique", convention.ValidateProposals, "2026-03-01", governance.AboutPlan, governance.Adopted), Unknown},
	} {
		f := finding(t, Assess(h, Evidence{Decisions: []Decision{x.d}}, day("2026-06-01")), "mission/strategique/definir-orientations")
		if f.Status != x.want {
			t.Errorf("%s: %s, want %s", x.name, f.Status, x.want)
		}
	}
}

// TestASettledEvaluationIsTheEvaluation: a report that a committee validated keeps the duty of its year; one that was only sent
// on, or refused, does not.
func TestASettledEvaluationIsTheEvaluation(t *testing.T) {
	for _, x := range []struct {
		name  string
		power convention.Power
		out   governance.Outcome
		want  Status
	}{
		{"validated", convention.ValidateEvaluation, governance.Adopted, Kept},
		{"validated in general", convention.ValidateProposals, governance.AdoptedWithChanges, Kept},
		{"sent on", convention.EvaluateActions, governance.Adopted, AtRisk},
		{"refused", convention.ValidateEvaluation, governance.Rejected, AtRisk},
	} {
		t.Run(x.name, func(t *testing.T) {
			e := Evidence{Decisions: []Decision{decision("haut", x.power, "2026-10-05", governance.AboutEvaluation, x.out)}}
			e.Records = []Record{record("evaluation/axes", "2025-10-01", convention.EvidenceEvaluation), record("evaluation/axes", "2024-10-01", convention.EvidenceEvaluation)}
			if f := finding(t, Assess(sharedHistory(), e, day("2026-11-01")), "evaluation/axes"); f.Status != x.want {
				t.Errorf("%s, want %s: %s", f.Status, x.want, french.Say(f.Figures))
			}
		})
	}
}

func TestASettledPlanIsCommunication(t *testing.T) {
	e := Evidence{Decisions: []Decision{decision("haut", convention.ValidateProposals, "2026-03-05", governance.AboutCommunication, governance.Adopted)}}
	if f := finding(t, Assess(sharedHistory(), e, day("2026-11-01")), "commitment/information"); f.Status != Kept {
		t.Errorf("%s: %s", f.Status, french.Say(f.Figures))
	}
}

func TestAttendanceOfAParty(t *testing.T) {
	at := func(on string, there int) Attendance {
		return Attendance{Meeting: on, Committee: "suivi", Day: day(on), Party: "nord", There: there}
	}
	tests := []struct {
		name  string
		list  []Attendance
		want  Status
		words string
	}{
		{"nothing closed", nil, Unknown, "Aucune preuve"},
		{"came once of two", []Attendance{at("2026-03-01", 0), at("2026-09-01", 2)}, Kept, "1 des 2 réunions"},
		{"never came", []Attendance{at("2026-03-01", 0), at("2026-09-01", 0)}, AtRisk, "0 des 2 réunions"},
		{"came more than a year ago", []Attendance{at("2025-05-01", 2)}, Unknown, "Aucune preuve"},
		{"another party", []Attendance{{Meeting: "m", Committee: "suivi", Day: day("2026-03-01"), Party: "sud", There: 3}}, Unknown, "Aucune preuve"},
	}
	for _, x := range tests {
		t.Run(x.name, func(t *testing.T) {
			f := finding(t, Assess(sharedHistory(), Evidence{Attendances: x.list}, day("2026-11-01")), "commitment/presence/nord")
			if got := french.Say(f.Figures); f.Status != x.want || !strings.Contains(got, x.words) {
				t.Errorf("%s (%s), want %s (%s)", f.Status, got, x.want, x.words)
			}
		})
	}
}

// TestProposalsWithoutAnswer: the delay is a custom, so that a late answer is to be watched and never breaks the convention.
func TestProposalsWithoutAnswer(t *testing.T) {
	waits := func(committee, since string, within int) Pending {
		return Pending{Reference: "2026-1", Title: "Guichet", Committee: committee, Since: day(since), Within: within}
	}
	tests := []struct {
		name  string
		list  []Pending
		want  Status
		words string
	}{
		{"nothing waits", nil, NotApplicable, "Aucune proposition"},
		{"for another committee", []Pending{waits("suivi", "2026-01-01", 30)}, NotApplicable, "Aucune proposition"},
		{"on the last day", []Pending{waits("haut", "2026-10-02", 30)}, OnCourse, "1 proposition attend"},
		{"the day after", []Pending{waits("haut", "2026-10-01", 30)}, AtRisk, "1 proposition sur 1"},
		{"no delay is customary", []Pending{waits("haut", "2024-01-01", 0)}, OnCourse, "1 proposition attend"},
		{"one late of two", []Pending{waits("haut", "2026-01-01", 30), waits("haut", "2026-10-30", 30)}, AtRisk, "1 proposition sur 2"},
	}
	for _, x := range tests {
		t.Run(x.name, func(t *testing.T) {
			f := finding(t, Assess(sharedHistory(), Evidence{Pending: x.list}, day("2026-11-01")), "proposals/haut")
			if got := french.Say(f.Figures); f.Status != x.want || !strings.Contains(got, x.words) {
				t.Errorf("%s (%s), want %s (%s)", f.Status, got, x.want, x.words)
			}
		})
	}
	if _, found := Assess(sharedHistory(), Evidence{}, day("2026-11-01")).Of("proposals/suivi"); found {
		t.Error("a committee that settles nothing owes an answer")
	}
}

// TestCampaignsKeepTheDutyAxisByAxis: an evaluation that was carried out keeps the duty of its year once every axis was evaluated, by
// one campaign or by several; one that leaves an axis out does not.
func TestCampaignsKeepTheDutyAxisByAxis(t *testing.T) {
	axes := []string{"a", "b", "c"}
	h := sharedHistory()
	for _, v := range h {
		v.Text.Axes = []convention.Axis{{ID: "a"}, {ID: "b"}, {ID: "c"}}
	}
	all := Campaign{ID: "all", Title: "Évaluation", Day: day("2026-10-05"), Axes: axes}
	first, rest := Campaign{ID: "first", Day: day("2026-05-05"), Axes: axes[:1]}, Campaign{ID: "rest", Day: day("2026-10-06"), Axes: axes[1:]}
	for _, x := range []struct {
		name string
		list []Campaign
		want Status
		by   string
	}{
		{"all axes", []Campaign{all}, Kept, "all"},
		{"one axis", []Campaign{first}, AtRisk, ""},
		{"axis after axis", []Campaign{first, rest}, Kept, "rest"},
		{"to come", []Campaign{{ID: "late", Day: day("2026-11-02"), Axes: axes}}, AtRisk, ""},
	} {
		t.Run(x.name, func(t *testing.T) {
			e := Evidence{Campaigns: x.list}
			e.Records = []Record{record("evaluation/axes", "2025-10-01", convention.EvidenceEvaluation), record("evaluation/axes", "2024-10-01", convention.EvidenceEvaluation)}
			f := finding(t, Assess(h, e, day("2026-11-01")), "evaluation/axes")
			if f.Status != x.want {
				t.Errorf("%s, want %s: %s", f.Status, x.want, french.Say(f.Figures))
			}
			if x.by != "" && (f.Evidence[0].Kind != LinkCampaign || f.Evidence[0].ID != x.by) {
				t.Errorf("kept by %+v", f.Evidence[0])
			}
		})
	}
}
