package web

import (
	"entente/internal/calendar"
	"entente/internal/evaluation"
	"entente/internal/plan"
	"entente/internal/store"
	"entente/internal/testkit"
)

// campaignOf is a draft that looks back on a year.
func campaignOf(year int) evaluation.Campaign {
	return evaluation.Campaign{Kind: evaluation.Periodic, Title: "Évaluation " + calendar.CivilYear(year).From.String()[:4], Span: calendar.CivilYear(year), Groups: evaluation.Groups(),
		Opens: calendar.Must("2026-11-01"), Closes: calendar.Must("2026-12-15"), Due: calendar.Must("2027-02-01"), Threshold: evaluation.MinThreshold}
}

// withEvaluation puts two evaluations into the own space, once: one closed with its report, and one open that asks the member about
// an action.
func (st *site) withEvaluation() {
	st.t.Helper()
	if st.ids["evaluations"] != "" {
		return
	}
	by, person := store.Actor{Name: "Camille"}, st.ids["annuaire/personnes"]
	ctx, sp := st.t.Context(), st.store.In(st.own.ID)
	a, err := sp.CreateAction(ctx, by, plan.Action{Title: "Ludobus", Objective: st.text.Axes[0].Objectives[0].ID, State: plan.UnderWay})
	st.must(err)
	closed, _ := st.openedCampaign(by, 2025, person, a.ID)
	closed, err = sp.CloseCampaign(ctx, by, closed.ID, closed.Version)
	st.must(err)
	_, err = sp.CreateReport(ctx, by, evaluation.Report{ID: closed.ID, Sections: []evaluation.ReportSection{{Key: evaluation.SectionContext, Text: "Une année."}}})
	st.must(err)
	_, own := st.openedCampaign(by, 2026, person, a.ID)
	q, err := sp.CreateQuestion(ctx, by, evaluation.Question{Rank: 1, Criterion: evaluation.Relevance, Kind: evaluation.Scale, About: evaluation.Whole, Text: "Utile ?"})
	st.must(err)
	st.ids["evaluations"], st.ids["evaluations/rapports"], st.ids["evaluations/questions"], st.ids["fiche"] = closed.ID, closed.ID, q.ID, own.ID
	m, err := sp.CreateMilestone(ctx, by, plan.Milestone{Action: a.ID, Name: "Premier passage"})
	st.must(err)
	n, err := sp.CreateNote(ctx, by, plan.Note{Action: a.ID, Day: calendar.On(testkit.Noon, calendar.Paris), Weather: plan.Sunny, Did: "Trois communes visitées."})
	st.must(err)
	st.ids["actions"], st.ids["etapes"], st.ids["avancement"] = a.ID, m.ID, n.ID
}

// openedCampaign opens a campaign that asks one person about one action, and gives their sheet.
func (st *site) openedCampaign(by store.Actor, year int, person, action string) (evaluation.Campaign, evaluation.Sheet) {
	st.t.Helper()
	ctx, sp := st.t.Context(), st.store.In(st.own.ID)
	c, err := sp.CreateCampaign(ctx, by, campaignOf(year))
	st.must(err)
	all, err := sp.Actions(ctx)
	st.must(err)
	questions := evaluation.DefaultQuestions()
	for i := range questions {
		questions[i].Text = "Question " + questions[i].ID
	}
	c, sheets, err := sp.OpenCampaign(ctx, by, c.ID, c.Version, questions, c.CoverOf(st.text, all),
		[]evaluation.Sheet{{Group: evaluation.Pilots, Person: person, Party: st.party(), Actions: []string{action}}})
	st.must(err)
	return c, sheets[0]
}
