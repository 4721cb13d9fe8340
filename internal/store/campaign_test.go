package store_test

import (
	"reflect"
	"testing"

	"entente/internal/calendar"
	"entente/internal/evaluation"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/plan"
	"entente/internal/store"
	"entente/internal/testkit"
)

func draftCampaign(st *store.Store) evaluation.Campaign {
	return evaluation.Campaign{Kind: evaluation.Periodic, Title: "Évaluation", Span: calendar.CivilYear(st.Today().Year()), Groups: evaluation.Groups(), Opens: st.Today(),
		Closes: st.Today().AddDays(10), Due: st.Today().AddDays(20), Threshold: 3}
}

// TestCampaignKept: a campaign opens once, keeps answers until it closes, and freezes its figures and the indicators of its year.
func TestCampaignKept(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, st *store.Store) {
		ctx, sp, by := t.Context(), newSpace(t, st, "evaluation"), me
		c := must(sp.CreateCampaign(ctx, by, draftCampaign(st)))(t)
		q := evaluation.Question{ID: "q", Criterion: evaluation.Relevance, Kind: evaluation.Scale, About: evaluation.Whole, Text: "Utile ?"}
		text := evaluation.Question{ID: "t", Criterion: evaluation.Relevance, Kind: evaluation.Text, About: evaluation.Whole, Text: "Dites"}
		opened, sheets, err := sp.OpenCampaign(ctx, by, c.ID, c.Version, []evaluation.Question{q, text}, nil, []evaluation.Sheet{{Group: evaluation.Pilots}})
		if err != nil || opened.State != evaluation.Open || len(sheets) != 1 {
			t.Fatal(opened, err)
		}
		if _, _, err := sp.OpenCampaign(ctx, by, c.ID, opened.Version, []evaluation.Question{q}, nil, nil); !fault.Is(err, fault.Invalid) {
			t.Errorf("it opens twice: %v", err)
		}
		if _, err := sp.UpdateCampaign(ctx, by, c.ID, opened.Version, func(c *evaluation.Campaign) error { c.Title = "x"; return nil }); !fault.Is(err, fault.Invalid) {
			t.Errorf("an open campaign is changed: %v", err)
		}
		if err := sp.RemoveCampaign(ctx, by, c.ID, opened.Version); !fault.Is(err, fault.Invalid) {
			t.Errorf("an open campaign is taken away: %v", err)
		}
		kept := must(sp.KeepAnswers(ctx, by, sheets[0].ID, 1, map[string]string{"q": "3", "t": "Bien"}))(t)
		if _, err := sp.KeepAnswers(ctx, by, sheets[0].ID, 1, map[string]string{"q": "1"}); !fault.Is(err, fault.Conflict) {
			t.Errorf("an older form overwrites: %v", err)
		}
		same := must(sp.KeepAnswers(ctx, by, sheets[0].ID, kept.Version, kept.Answers))(t)
		if same.Version != kept.Version {
			t.Error("the same answers are another version")
		}
		if _, err := sp.AnswerPublicly(ctx, c.ID, nil); !fault.Is(err, fault.Invalid) {
			t.Errorf("nothing is an answer: %v", err)
		}
		must(sp.AnswerPublicly(ctx, c.ID, map[string]string{"q": "4"}))(t)
		voice := evaluation.Voice{Sheet: sheets[0].ID, Question: "t"}
		chosen := must(sp.ChooseVoices(ctx, by, c.ID, opened.Version, []evaluation.Voice{voice, {Sheet: "none", Question: "t"}}))(t)
		if !reflect.DeepEqual(chosen.Voices, []evaluation.Voice{voice}) {
			t.Errorf("quoted %+v", chosen.Voices)
		}
		closeCampaign(t, st, sp, chosen, kept)
	})
}

func closeCampaign(t *testing.T, st *store.Store, sp *store.Space, c evaluation.Campaign, kept evaluation.Sheet) {
	t.Helper()
	ctx := t.Context()
	closed := must(sp.CloseCampaign(ctx, me, c.ID, c.Version))(t)
	back := must(sp.Campaign(ctx, c.ID))(t)
	if l, ok := back.Figures.Line("q", evaluation.Whole, ""); !ok || !reflect.DeepEqual(l.Counts, []int{0, 0, 0, 1, 1}) {
		t.Errorf("figures %+v", back.Figures)
	}
	if years := must(sp.LockedYears(ctx))(t); !reflect.DeepEqual(years, []int{st.Today().Year()}) {
		t.Errorf("closed years %v", years)
	}
	for name, err := range map[string]error{
		"answers":        second(sp.KeepAnswers(ctx, me, kept.ID, kept.Version, map[string]string{"q": "1"})),
		"public answers": second(sp.AnswerPublicly(ctx, c.ID, map[string]string{"q": "1"})),
		"closing":        second(sp.CloseCampaign(ctx, me, c.ID, closed.Version)),
	} {
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("a closed campaign takes %s: %v", name, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

// TestReportIsFrozenByItsCircuit: while a committee has the proposal that carries it, and once it is adopted, a report does not
// change; returned to its author, it does.
func TestReportIsFrozenByItsCircuit(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, st *store.Store) {
		ctx, sp := t.Context(), shippedSpace(t, st, "rapport", secondShipped)
		c := must(sp.CreateCampaign(ctx, me, draftCampaign(st)))(t)
		r := evaluation.Report{ID: c.ID, Sections: []evaluation.ReportSection{{Key: evaluation.SectionContext, Text: "Une année."}}}
		if _, err := sp.CreateReport(ctx, me, r); !fault.Is(err, fault.Invalid) {
			t.Errorf("a draft has a report: %v", err)
		}
		c, _, err := sp.OpenCampaign(ctx, me, c.ID, c.Version, evaluation.DefaultQuestions(), nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		must(sp.CloseCampaign(ctx, me, c.ID, c.Version))(t)
		r = must(sp.CreateReport(ctx, me, r))(t)
		author := somebody(t, sp).ID
		p := must(sp.CreateProposal(ctx, me, governance.Proposal{Subject: governance.AboutEvaluation, Title: "Rapport", Text: "Une année.", Author: author}))(t)
		r = must(sp.PutForward(ctx, me, c.ID, r.Version, p.ID))(t)
		change := func(r *evaluation.Report) error {
			r.Sections = []evaluation.ReportSection{{Key: evaluation.SectionContext, Text: r.Sections[0].Text + " Deux."}}
			return nil
		}
		r = must(sp.UpdateReport(ctx, me, c.ID, r.Version, change))(t)
		p = must(sp.PassProposal(ctx, me, p.ID, p.Version, governance.Submit, ""))(t)
		if _, err := sp.UpdateReport(ctx, me, c.ID, r.Version, change); !fault.Is(err, fault.Invalid) {
			t.Errorf("a report before a committee changed: %v", err)
		}
		if err := sp.RemoveReport(ctx, me, c.ID, r.Version); !fault.Is(err, fault.Invalid) {
			t.Errorf("a report before a committee was taken away: %v", err)
		}
		must(sp.PassProposal(ctx, me, p.ID, p.Version, governance.Return, "Précisez"))(t)
		must(sp.UpdateReport(ctx, me, c.ID, r.Version, change))(t)
	})
}

// TestCampaignLocksIndicators: once the evaluation of a year is closed, the values of its indicators stay.
func TestCampaignLocksIndicators(t *testing.T) {
	st := testkit.Store(t)
	ctx, sp := t.Context(), newSpace(t, st, "verrou")
	a := must(sp.CreateAction(ctx, me, plan.Action{Objective: "o", Title: "Accueil"}))(t)
	x := must(sp.CreateIndicator(ctx, me, plan.Indicator{Action: a.ID, Name: "Familles", Unit: "familles", Kind: plan.OfOutput, Rhythm: plan.Yearly}))(t)
	year := st.Today().Year()
	v := must(sp.CreateValue(ctx, me, plan.Value{Indicator: x.ID, Year: year, Period: calendar.CivilYear(year).From.String()[:4], Amount: 1000, State: plan.ValueDraft}))(t)
	c := must(sp.CreateCampaign(ctx, me, draftCampaign(st)))(t)
	c, _, err := sp.OpenCampaign(ctx, me, c.ID, c.Version, evaluation.DefaultQuestions(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	must(sp.CloseCampaign(ctx, me, c.ID, c.Version))(t)
	if _, err := sp.UpdateValue(ctx, me, v.ID, v.Version, func(v *plan.Value) error { v.Amount = 2; return nil }); !fault.Is(err, fault.Invalid) {
		t.Errorf("a value of an evaluated year changed: %v", err)
	}
}
