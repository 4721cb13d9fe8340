package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"entente/internal/calendar"
	"entente/internal/evaluation"
	"entente/internal/governance"
	"entente/internal/store"
)

// openEvaluation is a campaign that asks the member about the action of the site, with the member's sheet.
func (st *site) openEvaluation() (evaluation.Campaign, evaluation.Sheet) {
	st.t.Helper()
	st.withEvaluation()
	sheet, err := st.store.In(st.own.ID).Sheet(st.t.Context(), st.ids["fiche"])
	st.must(err)
	c, err := st.store.In(st.own.ID).Campaign(st.t.Context(), sheet.Campaign)
	st.must(err)
	return c, sheet
}

// sheetLink is a personal link to a sheet, or the public one of a campaign where person is empty.
func (st *site) sheetLink(subject, person string) string {
	st.t.Helper()
	secret, _, err := st.store.In(st.own.ID).IssueLink(st.t.Context(), store.Actor{Name: "Camille"}, store.Link{Kind: store.LinkEvaluation, Subject: subject, Person: person}, 24*time.Hour)
	st.must(err)
	return evaluationLinkPath + secret
}

// TestEvaluationFromEndToEnd: a keeper prepares a campaign, sees what opening does, opens it, reminds who is late alone, closes it,
// composes the report and puts it to the committees.
func TestEvaluationFromEndToEnd(t *testing.T) {
	st := newSite(t)
	c := st.as(coordinator)
	sp := st.store.In(st.own.ID)
	add := st.path("evaluations", "ajouter")
	c.submit(c.get(add), add, "title", "", "closes", "2020-01-01").wants(http.StatusUnprocessableEntity).says("Renseignez ce champ")
	here := c.submit(c.get(add).wants(http.StatusOK), add, "title", "Bilan commun", "threshold", "3").wants(http.StatusSeeOther).header.Get("Location")
	id := here[strings.LastIndex(here, "/")+1:]
	st.as(reader).get(here).wants(http.StatusNotFound)
	opening := c.get(here + "/ouverture").wants(http.StatusOK)
	opening.says("Camille Member").says("1 personne reçoit un lien personnel")
	if list, err := sp.Sheets(t.Context(), id); err != nil || len(list) != 0 {
		t.Fatalf("a preview asks people: %v %v", list, err)
	}
	c.post(here+"/ouverture", "version", "9").wants(http.StatusConflict)
	c.submit(opening, here+"/ouverture").leadsTo(here)
	c.get(here).says("1 personne n’a pas répondu")
	list, err := sp.Sheets(t.Context(), id)
	st.must(err)
	_, err = sp.AnswerPublicly(t.Context(), id, map[string]string{st.questionOf(id): "4"})
	st.must(err)
	messages := func() int {
		found, err := sp.MessagesAbout(t.Context(), id)
		st.must(err)
		return len(found)
	}
	before := messages()
	c.post(here + "/relance").leadsTo(here)
	if messages() != before+1 {
		t.Errorf("%d messages after a reminder, %d before", messages(), before)
	}
	_, err = sp.KeepAnswers(t.Context(), store.Actor{}, list[0].ID, 1, map[string]string{st.questionOf(id): "3"})
	st.must(err)
	c.post(here + "/relance").leadsTo(here)
	if messages() != before+1 {
		t.Error("who has answered is reminded")
	}
	c.submit(c.get(here+"/cloture").wants(http.StatusOK).says("2026"), here+"/cloture").leadsTo(here)
	st.as(reader).get(here + "/synthese").wants(http.StatusOK).says("trop peu de réponses")
	st.reportTravels(c, here, id)
}

// questionOf is a question that a campaign asks everybody about the whole.
func (st *site) questionOf(campaign string) string {
	st.t.Helper()
	c, err := st.store.In(st.own.ID).Campaign(st.t.Context(), campaign)
	st.must(err)
	for _, q := range c.Questions {
		if q.About == evaluation.Whole && q.Kind == evaluation.Scale {
			return q.ID
		}
	}
	st.t.Fatal("no question about the whole")
	return ""
}

// reportTravels composes the report, meets a conflict, and puts it forward: from then on it does not change, and readers see it once
// it is adopted.
func (st *site) reportTravels(c *client, here, id string) {
	t := st.t
	t.Helper()
	sp := st.store.In(st.own.ID)
	add := st.path("evaluations", "rapports", "ajouter")
	form := c.get(add + "?campagne=" + id).wants(http.StatusOK)
	c.submit(form, add).leadsTo(here + "/rapport")
	edit := st.path("evaluations", "rapports", id, "modifier")
	page := c.get(edit).wants(http.StatusOK)
	c.submit(page, edit, "perspectives", "Ouvrir le samedi.").leadsTo(here + "/rapport")
	c.submit(page, edit, "perspectives", "Ouvrir le dimanche.").wants(http.StatusConflict).says("Ouvrir le samedi.").says("Ouvrir le dimanche.")
	st.as(reader).get(here + "/rapport").wants(http.StatusOK).says("Le rapport n’est pas publié")
	report := c.get(here + "/rapport").wants(http.StatusOK).says("Ouvrir le samedi.")
	c.submit(report, here+"/rapport", "author", "").wants(http.StatusUnprocessableEntity)
	c.submit(report, here+"/rapport", "author", asPerson+st.ids["annuaire/personnes"]).leadsTo(here + "/rapport")
	c.submit(c.get(edit), edit, "perspectives", "Trop tard.").wants(http.StatusUnprocessableEntity).says("ne se modifie pas")
	r, err := sp.Report(t.Context(), id)
	st.must(err)
	p, err := sp.Proposal(t.Context(), r.Proposal)
	st.must(err)
	if p.State != governance.ProposalWaiting || p.Subject != governance.AboutEvaluation || !strings.Contains(p.Text, "Ouvrir le samedi.") {
		t.Errorf("the proposal is %+v", p)
	}
	for range 3 {
		p, err = sp.Proposal(t.Context(), p.ID)
		st.must(err)
		if p.State != governance.ProposalWaiting {
			break
		}
		m, err := sp.CreateMeeting(t.Context(), store.Actor{}, governance.Meeting{Committee: p.Turn, Day: st.store.Today(), State: governance.Held})
		st.must(err)
		_, err = sp.SettleProposal(t.Context(), store.Actor{}, p.ID, governance.Settlement{Meeting: m.ID, Committee: p.Turn, Day: m.Day, Outcome: governance.Adopted})
		st.must(err)
	}
	st.as(reader).get(here + "/rapport").wants(http.StatusOK).says("Ouvrir le samedi.").says("adopté")
	c.get(st.path("papiers", "evaluation", id, "odt")).wants(http.StatusOK)
}

// TestAnswersByLink: without an account, kept as they are given, changed until the campaign closes, with the conflict beside.
func TestAnswersByLink(t *testing.T) {
	st := newSite(t)
	campaign, sheet := st.openEvaluation()
	link := st.sheetLink(sheet.ID, sheet.Person)
	phone := st.browser(anonymous)
	page := phone.get(link).wants(http.StatusOK).says("Ludobus")
	if page.header.Get("Referrer-Policy") != "no-referrer" || strings.Contains(page.body, "/espaces/") {
		t.Error("the page of the link tells more than its bearer needs")
	}
	key := "relevance-action:" + sheet.Actions[0]
	phone.submit(page, link, key, "9").wants(http.StatusUnprocessableEntity).says("Choisissez une des réponses")
	phone.submit(page, link, key, "3").leadsTo(link + "?recu=oui")
	phone.submit(page, link, key, "1").wants(http.StatusConflict).says("3, plutôt oui").says("1, pas du tout")
	v := phone.get(link).form(link)
	v.Set("next-whole", "Le samedi.")
	kept := phone.do(http.MethodPost, link, strings.NewReader(v.Encode()), "Content-Type", "application/x-www-form-urlencoded", "Accept", "application/json").wants(http.StatusOK)
	if !strings.Contains(kept.body, `"version":3`) {
		t.Errorf("the script is told %s", kept.body)
	}
	now, err := st.store.In(st.own.ID).Sheet(t.Context(), sheet.ID)
	st.must(err)
	if now.Answers[key] != "3" || now.Answers["next-whole"] != "Le samedi." {
		t.Errorf("kept %v", now.Answers)
	}
	entries, err := st.store.In(st.own.ID).JournalEntries(t.Context(), store.JournalFilter{Subject: "evaluation-sheet", Limit: 10})
	st.must(err)
	for _, e := range entries {
		if strings.Contains(string(e.After)+string(e.Before), "samedi") {
			t.Error("the journal says what was answered")
		}
	}
	_, err = st.store.In(st.own.ID).CloseCampaign(t.Context(), store.Actor{}, campaign.ID, campaign.Version)
	st.must(err)
	phone.submit(page, link, key, "2").wants(http.StatusConflict)
	phone.get(link).wants(http.StatusOK).says("ne prend plus de réponses")
}

// TestPublicLink: anybody answers without a name, nothing links two answers, and a flood is stopped.
func TestPublicLink(t *testing.T) {
	st := newSite(t)
	campaign, _ := st.openEvaluation()
	here := st.path("evaluations", campaign.ID)
	st.as(reader).post(here + "/lien").wants(http.StatusForbidden)
	shown := st.as(coordinator).post(here + "/lien").wants(http.StatusOK)
	link := strings.TrimPrefix(issuedLink(t, shown), siteAddress)
	c := st.browser(anonymous)
	page := c.get(link).wants(http.StatusOK).says("Ni votre nom ni votre adresse")
	if strings.Contains(page.body, "Ludobus") {
		t.Error("an inhabitant is asked about an action that they do not take part in")
	}
	c.post(link).wants(http.StatusUnprocessableEntity).says("Répondez à une question au moins")
	for range publicLimit.Max - 1 {
		c.post(link, "relevance-whole", "4").leadsTo(link + "?recu=oui")
	}
	c.post(link, "relevance-whole", "4").wants(http.StatusTooManyRequests)
	sheets, err := st.store.In(st.own.ID).Sheets(t.Context(), campaign.ID)
	st.must(err)
	if len(sheets) != publicLimit.Max {
		t.Errorf("%d sheets", len(sheets))
	}
	// A new link ends the one before.
	st.as(coordinator).post(here + "/lien").wants(http.StatusOK)
	c.get(link).wants(http.StatusNotFound)
}

// TestEvaluationIsForItsPeople: readers see neither who answered nor figures before the closing; who is not asked is told so; a
// sheet of another space is not there.
func TestEvaluationIsForItsPeople(t *testing.T) {
	st := newSite(t)
	campaign, sheet := st.openEvaluation()
	here := st.path("evaluations", campaign.ID)
	r := st.as(reader)
	page := r.get(here).wants(http.StatusOK)
	if strings.Contains(page.body, "Camille Member") || strings.Contains(page.body, "n’a pas répondu") {
		t.Error("a reader sees who is asked")
	}
	if got := r.get(here + "/synthese").wants(http.StatusOK).says("une fois l’évaluation close"); strings.Contains(got.body, "scale-chart") {
		t.Error("a reader sees figures of an open campaign")
	}
	r.get(here + "/reponse").wants(http.StatusOK).says("Vous n’êtes pas parmi les personnes")
	r.post(here+"/reponse", "relevance-whole", "4").wants(http.StatusUnprocessableEntity)
	m := st.as(member)
	own := m.get(here + "/reponse").wants(http.StatusOK).says("Ludobus")
	m.submit(own, here+"/reponse", "relevance-whole", "4").leadsTo(here + "/reponse")
	m.get(st.path("evaluations", "modele")).wants(http.StatusForbidden)
	other := st.store.In(st.other.ID)
	if _, err := other.Sheet(t.Context(), sheet.ID); err == nil {
		t.Error("a sheet is read from another space")
	}
	st.as(administrator).get(spacePath(st.other.Slug, "evaluations", campaign.ID)).wants(http.StatusNotFound)
}

// TestSecondConventionEvaluatesEveryTwoYears: the span proposed follows the duty of the text, and a convention about to end is
// offered its final evaluation.
func TestSecondConventionEvaluatesEveryTwoYears(t *testing.T) {
	st := newSite(t)
	c := st.as(administrator)
	v := c.get(spacePath(st.other.Slug, "evaluations", "ajouter")).wants(http.StatusOK).form(spacePath(st.other.Slug, "evaluations", "ajouter"))
	if v.Get("from") != "2025-03-01" || v.Get("to") != "2027-02-28" {
		t.Errorf("from %s to %s", v.Get("from"), v.Get("to"))
	}
	first := c.get(st.path("evaluations", "ajouter")).form(st.path("evaluations", "ajouter"))
	if first.Get("from") != "2026-01-01" || first.Get("to") != "2026-12-31" {
		t.Errorf("from %s to %s", first.Get("from"), first.Get("to"))
	}
	c.get(st.path("evaluations")).says("La convention prend fin le")
	final := c.get(st.path("evaluations", "ajouter") + "?nature=final").form(st.path("evaluations", "ajouter"))
	if final.Get("kind") != string(evaluation.Final) || calendar.Must(final.Get("from")) != calendar.Must("2023-01-01") {
		t.Errorf("the final evaluation is proposed as %v", final)
	}
}
