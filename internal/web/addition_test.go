package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"entente/internal/reading"
	"entente/internal/web/view"
)

// addition is the address of the form that adds a fact of a kind under another.
func (r *reviewing) addition(kind reading.Kind, parent string) string {
	return r.at + "/ajout?" + url.Values{view.AddKind: {string(kind)}, view.AddParent: {parent}}.Encode()
}

// TestAddFact adds what was missed, each with the words that it rests on, and takes it away with what was added under it.
func TestAddFact(t *testing.T) {
	r := newReviewing(t)
	at := r.at + "/ajout"
	r.get(at).wants(http.StatusOK).says("Enjeu").says("Comité")
	r.get(r.addition(reading.KindStake, "")).wants(http.StatusOK).says("Ajouter un fait").says("Passage du texte")
	r.post(at, view.AddKind, "stake", view.FactControl("text"), "L’accès des familles aux services", view.AddPassage, "l’offre de services aux familles").
		leadsTo(r.at + "#f-added-1")
	r.get(r.at).says("L’accès des familles aux services").says("Ajouté par une personne").says("Retirer ce fait ajouté")
	r.post(at, view.AddKind, "committee", view.FactControl("name"), "Comité des familles", view.FactControl("level"), "technique", view.AddPassage, "Un COMITE de pilotage").
		leadsTo(r.at + "#f-added-2")
	r.get(r.addition(reading.KindSeat, "added-2")).wants(http.StatusOK).says("Comité des familles")
	r.post(at, view.AddKind, "seat", view.AddParent, "added-2", view.FactControl("party"), "party-1", view.FactControl("count"), "2",
		view.AddPassage, "deux représentants de chaque signataire").leadsTo(r.at + "#f-added-3")
	d := r.decisions()
	if len(d.Added) != 3 || d.Facts["added-3"].Verdict != reading.Confirmed || d.Added[2].Words != "deux représentants de chaque signataire" {
		t.Errorf("added: %+v", d.Added)
	}
	text := r.get(r.at + "/fichier").wants(http.StatusOK).form(newSpacePath).Get("text")
	for _, want := range []string{"L’accès des familles aux services", "Comité des familles"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q does not stand in the proposed file", want)
		}
	}
	r.decide("added-1", "corrected", view.FactControl("text"), "Un autre enjeu").wants(http.StatusSeeOther)
	r.get(r.at).says("Un autre enjeu")
	r.post(at+"/retrait", "fait", "added-2").leadsTo(r.at)
	if d := r.decisions(); len(d.Added) != 1 || len(d.Facts) != 1 {
		t.Errorf("after the committee is withdrawn: %+v, %+v", d.Added, d.Facts)
	}
}

// TestAddFactRefusals holds that a fact without its words, or under nothing, is refused with what was typed, and changes
// nothing.
func TestAddFactRefusals(t *testing.T) {
	r := newReviewing(t)
	at := r.at + "/ajout"
	for name, x := range map[string]struct {
		pairs []string
		says  string
	}{
		"words of another text": {[]string{view.AddKind, "stake", view.FactControl("text"), "Un enjeu", view.AddPassage, "ce que le texte ne dit pas"}, "ne se suivent pas ainsi"},
		"no words":              {[]string{view.AddKind, "stake", view.FactControl("text"), "Un enjeu"}, "Passage du texte"},
		"nothing said":          {[]string{view.AddKind, "stake", view.AddPassage, "Un comité de pilotage"}, "au moins ce que ce fait établit"},
		"under nothing":         {[]string{view.AddKind, "seat", view.FactControl("party"), "party-1", view.AddPassage, "Un comité de pilotage"}, "Comité"},
		"under a party":         {[]string{view.AddKind, "seat", view.AddParent, "party-1", view.FactControl("party"), "party-1", view.AddPassage, "Un comité de pilotage"}, "Comité"},
		"no number":             {[]string{view.AddKind, "cadence", view.AddParent, "committee-1", view.FactControl("min"), "souvent", view.AddPassage, "Un comité de pilotage"}, "nombre entier"},
	} {
		t.Run(name, func(t *testing.T) {
			page := r.post(at, x.pairs...).wants(http.StatusUnprocessableEntity).says(x.says)
			if typed := page.form(r.at + "/ajout"); typed.Get(view.AddKind) != x.pairs[1] {
				t.Errorf("the form comes back as %v", typed)
			}
		})
	}
	r.post(at, view.AddKind, "identity", view.FactControl("title"), "Un second titre", view.AddPassage, "Article 1").wants(http.StatusUnprocessableEntity)
	r.post(at, view.AddKind, "rien").wants(http.StatusUnprocessableEntity)
	r.post(at+"/retrait", "fait", "party-1").wants(http.StatusUnprocessableEntity)
	if d := r.decisions(); len(d.Added) != 0 {
		t.Errorf("added: %+v", d.Added)
	}
}

// TestSeveralAnswers gives a question more than one answer, and takes them back.
func TestSeveralAnswers(t *testing.T) {
	r := newReviewing(t)
	at := r.at + "/questions"
	for _, q := range r.read.Questions {
		if q.Field != "power" {
			continue
		}
		r.postValues(at, url.Values{"question": {q.ID}, view.AnswerControl: {"proposer-actions", "actualiser-plan"}}).leadsTo(r.at + "#f-" + q.ID)
		if got := r.decisions().Answers[q.ID]; got != "proposer-actions\nactualiser-plan" {
			t.Errorf("the answers are %q", got)
		}
		d := r.decisions()
		d.All = true
		powers := 0
		for _, m := range reading.Propose(r.read, d).Committees[0].Missions {
			powers += len(m.Powers)
		}
		if powers != 3 {
			t.Errorf("the missions give %d powers, want 3", powers)
		}
		r.postValues(at, url.Values{"question": {q.ID}, view.AnswerControl: {"proposer-actions", "regner"}}).wants(http.StatusUnprocessableEntity)
		r.postValues(at, url.Values{"question": {q.ID}}).wants(http.StatusSeeOther)
		if got := r.decisions().Answers; len(got) != 0 {
			t.Errorf("the answers are %v", got)
		}
		return
	}
	t.Fatal("the small text raises no question about a power")
}
