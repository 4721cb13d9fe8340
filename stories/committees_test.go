package stories_test

import (
	"testing"
)

// coordinatorOf is the address of who keeps the meetings of a space.
func coordinatorOf(slug string) string {
	return map[string]string{"etampois": "anne.ferrand@exemple.fr", "val-ambre": "florence.blanc@exemple.fr"}[slug]
}

// TestStoryCommittees lives a year of committees in the pages, on both conventions: planned, called, answered, held, closed,
// written down, and what became of what was decided.
func TestStoryCommittees(t *testing.T) {
	t.Run("etampois", etampois)
}

var ofEtampois = []guest{
	{given: "Anne", family: "Ferrand", party: "caese"},
	{given: "Thomas", family: "Jacquet", party: "caese", seats: []string{"operationnel/caese/services-population"}},
	{given: "Mireille", family: "Keller", party: "caf", seats: []string{"operationnel/caf/responsable-territoire"}},
	{given: "Julie", family: "Lambert", party: "caf", seats: []string{"operationnel/caf/conseil-developpement"}},
	{given: "Véronique", family: "Noël", party: "msa", seats: []string{"operationnel/msa/action-sanitaire-sociale"}},
	{given: "Karim", family: "Ollivier", party: "cd", seats: []string{"operationnel/cd/developpement-social"}, account: true},
	{given: "Delphine", family: "Perrin", party: "cd", seats: []string{"operationnel/cd/pmi-sante"}},
	{given: "Rachel", family: "Quentin", party: "cd", seats: []string{"operationnel/cd/protection-enfance"}},
	{given: "Bernard", family: "Roussel", party: "cd", seats: []string{"operationnel/cd/apa"}},
	{given: "Hélène", family: "Arnaud", party: "caese", seats: []string{"strategique/caese/1"}},
	{given: "Michel", family: "Baudry", party: "caese", seats: []string{"strategique/caese/2"}},
	{given: "Inès", family: "Chauvet", party: "caf", seats: []string{"strategique/caf/1"}},
	{given: "Laurent", family: "Dumas", party: "caf", seats: []string{"strategique/caf/2"}},
	{given: "Sophie", family: "Evrard", party: "cd", seats: []string{"strategique/cd/1"}},
	{given: "Nadia", family: "Fabre", party: "cd", seats: []string{"strategique/cd/2"}},
	{given: "Etienne", family: "Garnier", party: "msa", seats: []string{"strategique/msa/1"}},
	{given: "Carole", family: "Huet", party: "msa", seats: []string{"strategique/msa/2"}},
}

// etampois is the story on the real convention: no quorum, no majority, the position of each institution.
func etampois(t *testing.T) {
	h := newHall(t, "2026-01-05 09:00", "2023-06-27", "etampois-sud-essonne-2023-2026", "etampois", "Étampois Sud-Essonne", ofEtampois)
	before := h.compliance()
	t.Log(before)
	h.customs()
	h.plansTheYear()
}

// customs: the space says what it is used to, where the convention fixes nothing.
func (h *hall) customs() {
	b := h.opens("/comites/operationnel")
	b.Follow("Usages du comité")
	b.Sees("La convention ne fixe aucun de ces délais")
	b.Fill("Convocation, jours avant la réunion", "15")
	b.Fill("Documents, jours avant la réunion", "10")
	b.Fill("Remarques sur un projet de compte rendu, jours", "7")
	b.Fill("Réponse à une proposition, jours", "60")
	b.Fill("Heure habituelle", "9h30")
	b.Press("Enregistrer les usages")
	b.Sees("À corriger")
	b.Fill("Heure habituelle", "09:30")
	b.Fill("Durée habituelle, en minutes", "120")
	b.Fill("Lieu habituel", "Hôtel communautaire, Étampes")
	b.Press("Enregistrer les usages")
	b.Sees("Les usages du comité sont enregistrés")
}

// plansTheYear asks for dates that keep every cadence, adjusts some and accepts all.
func (h *hall) plansTheYear() {
	b := h.opens("/calendrier")
	b.Sees("Il reste 4 réunions à prévoir")
	b.Follow("Proposer des dates")
	h.picture(b, "dates")
	h.T.Log(b.Words())
}
