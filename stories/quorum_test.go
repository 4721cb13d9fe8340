package stories_test

import (
	"strings"
	"testing"

	"entente/internal/testkit"
)

var ofValAmbre = []guest{
	{given: "Florence", family: "Blanc", party: "communaute"},
	{given: "Pierre", family: "Delmas", party: "communaute", seats: []string{"suivi/communaute/1"}, account: true},
	{given: "Lucie", family: "Estrada", party: "communaute", seats: []string{"suivi/communaute/2"}},
	{given: "Jean", family: "Morel", party: "communaute", seats: []string{"suivi/communaute/3"}},
	{given: "Rémi", family: "Fontaine", party: "agence", seats: []string{"suivi/agence/offre-de-soins"}},
	{given: "Elena", family: "Gomez", party: "agence", seats: []string{"suivi/agence/prevention"}},
	{given: "Marc", family: "Henry", party: "agence", seats: []string{"suivi/agence/prevention"}, substitute: true},
	{given: "Claire", family: "Nadal", party: "agence", seats: []string{"suivi/agence/1"}},
}

// valAmbre is the story on the second convention: one committee, a notice, a quorum, a majority of two thirds.
func valAmbre(t *testing.T) {
	h := newHall(t, "2026-01-05 09:00", "2025-03-01", "contrat-local-sante-val-ambre-2025-2029", "val-ambre", "Val d’Ambre", ofValAmbre)
	h.lives([]step{
		{"2026-01-05 09:05", "two meetings are planned", (*hall).plansTwo},
		{"2026-01-05 10:00", "a member proposes an orientation", (*hall).proposesOne},
		{"2026-01-26 10:00", "the committee is called, too late for the text", (*hall).callsLate},
		{"2026-02-05 18:00", "it sits without its quorum and may adopt nothing", (*hall).sitsInVain},
		{"2026-02-10 10:00", "it is called again, in time", (*hall).callsInTime},
		{"2026-03-12 18:00", "it sits with its quorum and votes", (*hall).votes},
		{"2026-03-13 10:00", "the vote is read in the register", (*hall).readsTheVote},
	})
}

// plansTwo accepts the dates proposed for the committee, adjusted to its evenings.
func (h *hall) plansTwo() {
	h.says(h.compliance(), "Aucune réunion enregistrée")
	b := h.opens("/calendrier/proposer")
	var rows []string
	b.Ask(`return [...document.querySelectorAll('.proposal legend')].map(e => e.textContent)`, &rows)
	days := []string{"2026-02-05", "2026-03-12", "2026-06-18", "2026-09-24", "2026-12-10"}
	if len(rows) < 2 || len(rows) > len(days) {
		h.Fatalf("%d dates are proposed: %q", len(rows), rows)
	}
	for i, row := range rows {
		b.Within(row).Fill("Date", days[i])
		b.Within(row).Fill("Heure", "18:00")
	}
	b.Press("Ajouter les réunions retenues")
	b.Sees("réunions sont ajoutées au calendrier")
	for name, day := range map[string]string{"vain": "5 février 2026", "full": "12 mars 2026"} {
		h.opens("/calendrier?annee=2026&vue=mois")
		b.Follow("jeudi " + day)
		h.remember(name)
		b = h.page(name, "/modifier")
		b.Fill("Lieu", "Mairie d’Ambreville")
		b.Press("Enregistrer la réunion")
	}
}

// proposesOne: the committee that may propose is also the one that settles.
func (h *hall) proposesOne() {
	b := h.tab()
	h.signIn(b, "pierre.delmas@exemple.fr")
	b.Open(h.root + "/orientations")
	b.Follow("Proposer une orientation")
	b.Choose("Objet", "Orientation")
	b.Fill("Titre", "Des consultations dans trois communes")
	b.Fill("Texte de la proposition", "Ouvrir des consultations avancées.")
	b.Choose("Proposée par", "Moi-même")
	b.Press("Enregistrer le brouillon")
	b.Press("Soumettre la proposition")
	b.Sees("Au tour du comité de suivi depuis le 5 janvier 2026")
}

// callsLate reads the warning about the notice that the text gives, and calls all the same.
func (h *hall) callsLate() {
	b := h.page("vain", "")
	b.Within("Ce qui attend ce comité").Press("Ajouter Des consultations dans trois communes")
	b = h.page("vain", "/convocation")
	b.Sees("La convention demande 15 jours (art. 4) ; il en reste 10")
	h.picture(b, "convocation-late")
	b.Press("Envoyer la convocation")
	b.Sees("messages sont prêts à être transmis")
}

// sitsInVain: three seats of six are taken where more than half are needed: adopting is refused with its article.
func (h *hall) sitsInVain() {
	b := h.page("vain", "/seance")
	b.Press("Ouvrir la séance")
	for _, who := range []string{"Pierre Delmas", "Lucie Estrada", "Elena Gomez"} {
		b.Within(who).Press("Présent")
	}
	b.Sees("Quorum non atteint : 3 pour 4 requis")
	h.picture(b, "quorum-missed")
	b.Press("Commencer l’ordre du jour")
	b.Choose("Issue", "Adopté")
	b.Press("Enregistrer les notes et la décision")
	b.Press("Terminer le dernier point")
	b.Follow("Clore la séance")
	b.Sees("Le quorum n’était pas atteint (3 pour 4 requis, art. 4)")
	b.SeesNot("Après la clôture")
	h.picture(b, "closing-refused")
	b.Follow("1. Des consultations dans trois communes")
	b.Choose("Issue", "Reporté")
	b.Fill("Motifs", "Le quorum n’était pas atteint.")
	b.Press("Enregistrer les notes et la décision")
	b.Follow("Clore la séance")
	b.Sees("À la suite de l’ordre du jour de la prochaine réunion du comité, le 12 mars 2026")
	b.Press("Clore la séance")
	b.Sees("La séance est close")
	h.opens("/propositions/2026-1").Sees("Au tour du comité de suivi", "Reportée")
}

// callsInTime calls the next meeting, to which the item was carried; a holder sends the substitute that was named beforehand.
func (h *hall) callsInTime() {
	b := h.page("full", "")
	b.Sees("Des consultations dans trois communes", "Repris de la réunion du 5 février 2026")
	b = h.page("full", "/convocation")
	b.SeesNot("La convention demande 15 jours")
	b.Press("Envoyer la convocation")
	guest := h.tab()
	guest.Open(h.link("convocation", "Elena Gomez"))
	guest.Choose("Réponse", "Je me fais représenter")
	guest.Choose("Représenté par", "Marc Henry")
	guest.Press("Enregistrer la réponse")
	guest.Sees("Représentation par Marc Henry")
	for _, who := range []string{"Pierre Delmas", "Rémi Fontaine", "Claire Nadal"} {
		guest.Open(h.link("convocation", who))
		guest.Choose("Réponse", "Je viendrai")
		guest.Press("Enregistrer la réponse")
	}
}

// votes: five seats are taken; three votes of five are no two thirds, four are.
func (h *hall) votes() {
	b := h.page("full", "/seance")
	b.Press("Ouvrir la séance")
	b.Press("Reprendre les réponses annoncées")
	b.Within("Jean Morel").Press("Présent")
	b.Within("Lucie Estrada").Press("Excusé")
	b.Sees("Quorum atteint : 5 pour 4 requis", "Représenté par Marc Henry")
	b.Press("Commencer l’ordre du jour")
	h.ballots(b, "Pour", "Pour", "Pour", "Contre", "Contre")
	b.Sees("Majorité non atteinte : 3 pour 4 requis")
	b.Choose("Issue", "Adopté")
	b.Press("Enregistrer les notes et la décision")
	b.Press("Terminer le dernier point")
	b.Follow("Clore la séance")
	b.Sees("Les votes n’atteignent pas la majorité (3 pour 4 requis, art. 4)")
	b.Follow("1. Des consultations dans trois communes")
	h.ballots(b, "Pour", "Pour", "Pour", "Pour", "Contre")
	b.Sees("Majorité atteinte : 4 pour 4 requis")
	h.picture(b, "vote")
	b.Follow("Clore la séance")
	b.Sees("est adoptée", "Pour : 4. Contre : 1.")
	b.Press("Clore la séance")
	b.Sees("La séance est close")
}

// ballots enters the vote of each seat that takes part, in the order of the page.
func (h *hall) ballots(b *testkit.Tab, choices ...string) {
	h.Helper()
	var seats []string
	b.Ask(`return [...document.querySelectorAll('.sitting-ballots legend')].map(e => e.textContent)`, &seats)
	if len(seats) != len(choices) {
		h.Fatalf("%d seats may vote: %q", len(seats), seats)
	}
	for i, seat := range seats {
		b.Choose(strings.TrimSpace(seat), choices[i])
	}
	b.Press("Enregistrer le vote")
}

// readsTheVote reads the decision, and what the clauses have gained.
func (h *hall) readsTheVote() {
	b := h.opens("/decisions/2026-1")
	b.Sees("Des consultations dans trois communes", "Sièges présents ou représentés", "5 sur 6", "Quorum atteint", "Majorité atteinte", "art. 4")
	h.picture(b, "decision-voted")
	h.T.Log(h.compliance())
}
