package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"entente/internal/i18n"
	"entente/internal/reading"
	"entente/internal/store"
	"entente/internal/web/view"
)

func hasID(id string) func(*html.Node) bool {
	return func(n *html.Node) bool { return attr(n, "id") == id }
}

// reviewing is a review of the small text, open in a browser.
type reviewing struct {
	*client
	t    *testing.T
	at   string
	id   string
	read *reading.Reading
}

func newReviewing(t *testing.T) *reviewing {
	t.Helper()
	st := newSite(t)
	id := st.ids["lectures"]
	return &reviewing{client: st.as(administrator), t: t, at: view.ReadingsPath + "/" + id, id: id, read: readAgain(t, smallText)}
}

// decisions are those that are kept.
func (r *reviewing) decisions() reading.Decisions {
	r.t.Helper()
	row, err := r.site.store.Reading(r.t.Context(), r.site.accounts[administrator].ID, r.id)
	r.site.must(err)
	var k keptReview
	if err := json.Unmarshal([]byte(row.Decisions), &k); err != nil {
		r.t.Fatal(err)
	}
	if row.Decided != len(k.Decisions.Facts) {
		r.t.Errorf("the list says that %d facts are decided, not %d", row.Decided, len(k.Decisions.Facts))
	}
	return k.Decisions
}

// decide sends the verdict on a fact as the page of now would.
func (r *reviewing) decide(fact, verdict string, pairs ...string) *answer {
	r.t.Helper()
	return r.post(r.at+"/faits", append([]string{"fait", fact, "etat", view.DecisionSeal(r.decisions(), fact), "verdict", verdict}, pairs...)...)
}

// corrected is the correction form of a fact as it stands, with changes.
func (r *reviewing) corrected(fact string, pairs ...string) *answer {
	r.t.Helper()
	f := r.read.Find(fact)
	sent := map[string]string{}
	for _, x := range view.FactFields(f.Kind) {
		if v := f.Get(x.Name); v != "" {
			sent[view.FactControl(x.Name)] = v
		}
	}
	for i := 0; i < len(pairs); i += 2 {
		sent[view.FactControl(pairs[i])] = pairs[i+1]
	}
	var list []string
	for name, value := range sent {
		list = append(list, name, value)
	}
	return r.decide(fact, "corrected", list...)
}

// TestReviewDecisions confirms, corrects, refuses and takes back, and returns each time to the place on the page.
func TestReviewDecisions(t *testing.T) {
	r := newReviewing(t)
	r.decide("party-1", "confirmed").leadsTo(r.at + "#f-party-1")
	r.decide("party-2", "refused").leadsTo(r.at + "#f-party-2")
	r.corrected("committee-1/cadence-1", "min", "3").leadsTo(r.at + "#f-committee-1/cadence-1")
	r.corrected("period-1", "to", "31/12/2029").wants(http.StatusSeeOther)
	got := r.decisions()
	if got.Facts["party-1"].Verdict != reading.Confirmed || got.Facts["party-2"].Verdict != reading.Refused {
		t.Errorf("the verdicts are %+v", got.Facts)
	}
	if d := got.Facts["committee-1/cadence-1"]; d.Verdict != reading.Corrected || len(d.Values) != 1 || d.Values["min"] != "3" {
		t.Errorf("the correction is %+v", d)
	}
	if d := got.Facts["period-1"]; d.Values["to"] != "2029-12-31" {
		t.Errorf("the date is %+v", d)
	}
	r.get(r.at).wants(http.StatusOK).says("au moins 3 fois par an").says("31 décembre 2029").says("confirmé").says("corrigé").says("refusé")
	r.decide("party-2", "pending").wants(http.StatusSeeOther)
	r.corrected("party-2").wants(http.StatusSeeOther) // nothing differs: it is a confirmation
	if d := r.decisions().Facts["party-2"]; d.Verdict != reading.Confirmed {
		t.Errorf("a correction without a difference is %+v", d)
	}
}

// TestReviewRefusals holds that what is wrong comes back filled, beside its field, and changes nothing.
func TestReviewRefusals(t *testing.T) {
	r := newReviewing(t)
	page := r.corrected("committee-1/cadence-1", "min", "souvent").wants(http.StatusUnprocessableEntity).says("Indiquez un nombre entier")
	if attr(page.field(view.FactControl("min")), "value") == "" && !strings.Contains(page.body, `value="souvent"`) {
		t.Error("what was typed is lost")
	}
	r.corrected("period-1", "to", "31/02/2029").wants(http.StatusUnprocessableEntity)
	r.corrected("committee-1", "level", "haut").wants(http.StatusUnprocessableEntity)
	r.decide("party-1", "peut-être").wants(http.StatusUnprocessableEntity).says("Choisissez de confirmer")
	r.post(r.at+"/faits", "fait", "party-99", "verdict", "confirmed").wants(http.StatusUnprocessableEntity).says("n’est pas dans cette lecture")
	r.post(r.at+"/ensemble", "ensemble", "rien").wants(http.StatusUnprocessableEntity)
	r.post(r.at+"/questions", "question", "question-99").wants(http.StatusUnprocessableEntity)
	if got := r.decisions(); len(got.Facts) != 0 {
		t.Errorf("something was decided: %+v", got)
	}
}

// TestReviewAtOnce holds that two pages decide different facts without disturbing each other, and that the second to decide
// one fact is told, with what was typed still there.
func TestReviewAtOnce(t *testing.T) {
	r := newReviewing(t)
	r.post(r.at+"/faits", "fait", "party-1", "etat", "", "verdict", "confirmed").wants(http.StatusSeeOther)
	r.post(r.at+"/faits", "fait", "party-2", "etat", "", "verdict", "confirmed").wants(http.StatusSeeOther)
	r.post(r.at+"/faits", "fait", "party-1", "etat", "", "verdict", "refused").wants(http.StatusConflict).says("décidé depuis que la page")
	late := r.post(r.at+"/faits", "fait", "party-1", "etat", "", "verdict", "corrected", view.FactControl("short"), "la Com", view.FactControl("name"), "Communauté").
		wants(http.StatusConflict).says("ce que vous aviez saisi reste ci-dessous")
	if !strings.Contains(late.body, `value="la Com"`) {
		t.Error("what was typed is lost")
	}
	if d := r.decisions().Facts["party-1"]; d.Verdict != reading.Confirmed {
		t.Errorf("the first decision became %+v", d)
	}
}

// TestReviewTogether holds that decisions at once leave those taken one by one alone.
func TestReviewTogether(t *testing.T) {
	r := newReviewing(t)
	r.decide("party-2", "refused").wants(http.StatusSeeOther)
	r.follow(r.post(r.at+"/ensemble", "ensemble", "party").leadsTo(r.at + "#k-party"))
	got := r.decisions()
	if got.Facts["party-1"].Verdict != reading.Confirmed || got.Facts["party-2"].Verdict != reading.Refused || len(got.Facts) != len(r.read.Of(reading.KindParty, "")) {
		t.Errorf("after all parties: %+v", got.Facts)
	}
	r.post(r.at+"/ensemble", "ensemble", "committee").leadsTo(r.at + "#k-committee")
	if got = r.decisions(); got.Facts["committee-1/cadence-1"].Verdict != reading.Confirmed {
		t.Errorf("what belongs to a committee is not confirmed with it: %+v", got.Facts)
	}
	r.post(r.at+"/ensemble", "ensemble", allSure).leadsTo(r.at)
	got = r.decisions()
	for _, f := range r.read.Facts {
		if d, decided := got.Facts[f.ID]; f.Confidence >= view.Sure && !decided || f.ID == "party-2" && d.Verdict != reading.Refused {
			t.Errorf("%s, read with %v: %+v", f.ID, f.Confidence, d)
		}
	}
}

// TestReviewQuestions answers, refuses an answer that is none, and takes an answer back.
func TestReviewQuestions(t *testing.T) {
	r := newReviewing(t)
	var q *reading.Question
	for i := range r.read.Questions {
		if r.read.Questions[i].Field == "power" {
			q = &r.read.Questions[i]
		}
	}
	if q == nil {
		t.Skip("the small text raises no question about a power any more")
	}
	at := r.at + "/questions"
	r.post(at, "question", q.ID, view.AnswerControl, "valider-propositions").leadsTo(r.at + "#f-" + q.ID)
	if got := r.decisions().Answers[q.ID]; got != "valider-propositions" {
		t.Errorf("the answer is %q", got)
	}
	r.get(r.at).says("réponse donnée")
	r.post(at, "question", q.ID, view.AnswerControl, "regner").wants(http.StatusUnprocessableEntity)
	r.post(at, "question", q.ID, view.AnswerControl, "").wants(http.StatusSeeOther)
	if got := r.decisions().Answers; len(got) != 0 {
		t.Errorf("the answers are %v", got)
	}
}

// TestReviewToSpace holds that the proposed file is checked as any file, that what nobody has decided is left out, and that a
// space comes of it.
func TestReviewToSpace(t *testing.T) {
	r := newReviewing(t)
	r.get(r.at + "/fichier").wants(http.StatusOK).says("À corriger dans le texte").says("laissés de côté")
	whole := r.get(r.at + "/fichier?tout=oui").wants(http.StatusOK)
	if form := whole.form(newSpacePath); !strings.Contains(form.Get("text"), "a pour objet de coordonner l’offre") {
		t.Error("the signed text does not stand in the file")
	}
	if !strings.Contains(whole.words(), "Ce que le texte établit") {
		t.Fatalf("the whole file is not right: %s", whole.words())
	}
	c := r.client
	c.submit(whole, newSpacePath, "apply", "1", "effective", "2025-03-03", "name", "Val-Clair", "slug", "val-clair").leadsTo(spacePath("val-clair", "acces"))
	c.get(spacePath("val-clair", "obligations")).wants(http.StatusOK).says("au moins 2 fois par an")
}

// TestReviewSurvivesNewRules holds that a decision about something that is read differently by now is set aside, and said.
func TestReviewSurvivesNewRules(t *testing.T) {
	r := newReviewing(t)
	r.decide("party-1", "confirmed").wants(http.StatusSeeOther)
	r.decide("party-2", "confirmed").wants(http.StatusSeeOther)
	_, err := r.site.store.DecideReading(t.Context(), r.site.accounts[administrator].ID, r.id, func(row *store.Reading) error {
		var k keptReview
		if err := json.Unmarshal([]byte(row.Decisions), &k); err != nil {
			return err
		}
		k.Seen["party-2"] = "autre"
		text, err := json.Marshal(k)
		row.Decisions = string(text)
		return err
	})
	r.site.must(err)
	r.get(r.at).wants(http.StatusOK).says("1 décision portait sur un passage")
	r.decide("territory-1", "confirmed")
	if _, kept := r.decisions().Facts["party-2"]; kept {
		t.Error("a decision slipped onto another fact")
	}
}

func TestCheckShape(t *testing.T) {
	for _, x := range []struct {
		shape    view.FactShape
		in, want string
		wrong    bool
	}{
		{view.NumberShape, "4", "4", false},
		{view.NumberShape, "-1", "-1", true},
		{view.NumberShape, "quatre", "quatre", true},
		{view.NumberShape, "99999999999999999999", "99999999999999999999", true},
		{view.DayShape, "3/2/2026", "2026-02-03", false},
		{view.DayShape, "2026-02-30", "2026-02-30", true},
		{view.DayShape, "signature", "signature", true},
		{view.StartShape, "Signature", "signature", false},
		{view.StartShape, "2026-01-01", "2026-01-01", false},
		{view.MomentShape, "2018", "2018", false},
		{view.MomentShape, "19/10/2018", "2018-10-19", false},
		{view.LineShape, "n’importe quoi", "n’importe quoi", false},
	} {
		f := &form{}
		if got := checkShape(f, "x", x.shape, x.in); got != x.want || len(f.faults) > 0 != x.wrong {
			t.Errorf("%d %q gives %q, %v", x.shape, x.in, got, f.faults)
		}
	}
}

// TestTypedFields holds how each shape of field is read from a form, and that a closed field takes nothing but what it offers.
func TestTypedFields(t *testing.T) {
	r := readAgain(t, smallText)
	v := &visit{p: i18n.For("fr")}
	mission, seat := reading.Fact{Kind: reading.KindMission}, reading.Fact{Kind: reading.KindSeat}
	f := &form{values: url.Values{"fait.text": {" valider \r\n les orientations "}, "fait.power": {"valider-orientations", "valider-propositions"}, "fait.over": {"committee-1"}}}
	want := map[string][]string{"text": {"valider les orientations"}, "power": {"valider-orientations", "valider-propositions"}, "over": {"committee-1"}}
	if d := cmp.Diff(want, v.typedFields(f, r, &mission)); d != "" || len(f.faults) > 0 {
		t.Error(d, f.faults)
	}
	f = &form{values: url.Values{"fait.party": {"committee-1"}, "fait.count": {"deux"}}}
	v.typedFields(f, r, &seat)
	if len(f.faults) != 2 {
		t.Errorf("a committee as a party and a number in letters: %v", f.faults)
	}
	commitment := reading.Fact{Kind: reading.KindCommitment}
	f = &form{values: url.Values{"fait.text": {"x"}, "fait.parties": {"party-1", "party-2"}}}
	if got := v.typedFields(f, r, &commitment)["parties"]; !slices.Equal(got, []string{"party-1 party-2"}) {
		t.Errorf("parties are read as %q", got)
	}
}
