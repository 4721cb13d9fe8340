package stories_test

import (
	"strings"
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
	t.Run("val-ambre", valAmbre)
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
	h.lives([]step{
		{"2026-01-05 09:05", "the committee says what it is used to", (*hall).customs},
		{"2026-01-05 09:10", "the year is planned", (*hall).plansTheYear},
		{"2026-01-06 09:00", "a member makes proposals", (*hall).proposes},
		{"2026-01-20 10:00", "the agenda is made", (*hall).preparesTheFirst},
		{"2026-01-20 11:00", "the committee is called", (*hall).callsTheFirst},
		{"2026-01-21 10:00", "its members answer from their links", (*hall).answersTheFirst},
		{"2026-02-02 10:00", "the agenda changes and the call goes out again", (*hall).callsAgain},
		{"2026-02-12 09:30", "the sitting is opened", (*hall).opensTheFirst},
		{"2026-02-12 09:40", "the sitting is held", (*hall).holdsTheFirst},
		{"2026-02-12 11:30", "the sitting is closed", (*hall).closesTheFirst},
		{"2026-02-13 10:00", "the minutes are written and commented on", (*hall).writesTheMinutes},
		{"2026-02-23 10:00", "the minutes are submitted", (*hall).submitsTheMinutes},
		{"2026-02-24 10:00", "the strategic committee is called", (*hall).callsTheStrategic},
		{"2026-03-19 14:00", "it validates the orientation", (*hall).holdsTheStrategic},
		{"2026-03-20 10:00", "the decision is read", (*hall).readsTheDecision},
		{"2026-03-30 10:00", "the follow-up is done", (*hall).doesTheFollowUp},
		{"2026-04-09 09:30", "the next meeting approves the minutes", (*hall).approvesTheMinutes},
		{"2026-04-10 10:00", "a date is found", (*hall).findsADate},
		{"2026-04-10 17:00", "the convention is kept", (*hall).keepsTheConvention},
	})
}

// customs: the space says what it is used to, where the convention fixes nothing.
func (h *hall) customs() {
	h.says(h.compliance(), "Aucune réunion enregistrée en 2026, aucune prévue ; la convention en prévoit au moins 4", "Aucune orientation validée n’est enregistrée")
	b := h.opens("/comites/operationnel")
	b.Follow("Usages du comité")
	b.Sees("La convention ne fixe aucun de ces délais")
	b.Fill("Convocation, jours avant la réunion", "15")
	b.Fill("Documents, jours avant la réunion", "10")
	b.Fill("Remarques sur un projet de compte rendu, jours", "7")
	b.Fill("Réponse à une proposition, jours", "60")
	b.Fill("Durée habituelle, en minutes", "-5")
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
	var rows []string
	b.Ask(`return [...document.querySelectorAll('.proposal legend')].map(e => e.textContent)`, &rows)
	if len(rows) != 5 {
		h.Fatalf("%d dates are proposed: %q", len(rows), rows)
	}
	days := []string{"2026-02-12", "2026-04-09"}
	for _, row := range rows {
		switch {
		case strings.HasPrefix(row, "Comité de pilotage stratégique"):
			b.Within(row).Fill("Date", "2026-03-21")
			b.Within(row).Fill("Heure", "14:00")
		case len(days) > 0:
			b.Within(row).Fill("Date", days[0])
			days = days[1:]
		}
	}
	b.Press("Vérifier les dates")
	b.Sees("Aucune réunion n’est encore ajoutée", "samedi 21 mars 2026")
	b.Within("Comité de pilotage stratégique, samedi 21 mars 2026").Fill("Date", "2026-03-19")
	b.Press("Ajouter les réunions retenues")
	b.Sees("5 réunions sont ajoutées au calendrier", "4 sont prévues")
	h.picture(b, "calendar")
	for name, day := range map[string]string{"first": "12 février 2026", "strategic": "19 mars 2026", "second": "9 avril 2026"} {
		h.opens("/calendrier?annee=2026&vue=mois")
		b.Follow("jeudi " + day)
		h.remember(name)
	}
	h.page("first", "").Sees("9 h 30", "durée prévue : 2 h", "Hôtel communautaire, Étampes", "Convocation envoyée", "28 janvier 2026")
}

// proposes: a member brings an orientation forward in his own name, and an update of the diagnosis; who keeps the register records
// another that the committee has made, which goes straight to the one that validates.
func (h *hall) proposes() {
	b := h.tab()
	h.signIn(b, "karim.ollivier@exemple.fr")
	b.Open(h.root + "/orientations")
	b.Sees("Aucune orientation n’est encore adoptée")
	b.Follow("Proposer une orientation")
	b.Choose("Objet", "Orientation")
	b.Fill("Titre", "Aller vers les familles des villages")
	b.Fill("Texte de la proposition", "Tenir des permanences itinérantes dans les villages.\n\n- une par mois\n- avec les communes")
	b.Choose("Axe ou objectif servi", "Faciliter l’accès aux droits")
	b.Choose("Proposée par", "Moi-même")
	b.Press("Enregistrer le brouillon")
	b.Sees("Le brouillon est enregistré", "Brouillon, entre les mains de son auteur")
	b.Press("Soumettre la proposition")
	b.Sees("Au tour du comité de pilotage opérationnel depuis le 6 janvier 2026", "Comité de pilotage stratégique", "Décide")
	h.picture(b, "proposal")

	desk := h.opens("/orientations")
	desk.Follow("Proposer une orientation")
	desk.Choose("Objet", "Orientation")
	desk.Fill("Titre", "Soutenir les aidants")
	desk.Fill("Texte de la proposition", "Offrir du répit aux aidants.")
	desk.Choose("Proposée par", "Comité de pilotage opérationnel")
	desk.Press("Enregistrer le brouillon")
	desk.Press("Soumettre la proposition")
	desk.Sees("Au tour du comité de pilotage stratégique depuis le 6 janvier 2026")

	b.Open(h.root + "/propositions")
	b.Follow("Faire une proposition")
	b.Choose("Objet", "Mise à jour du diagnostic")
	b.Fill("Titre", "Actualiser le portrait des villages")
	b.Fill("Texte de la proposition", "Reprendre les chiffres de 2025.")
	b.Choose("Proposée par", "Moi-même")
	b.Press("Enregistrer le brouillon")
	b.Press("Soumettre la proposition")
	b.Sees("Au tour du comité de pilotage opérationnel depuis le 6 janvier 2026")
}

// preparesTheFirst makes the agenda: a suggestion taken, the proposal put on it, an item written, and all put in order.
func (h *hall) preparesTheFirst() {
	b := h.opens("/propositions")
	b.Follow("P-2026-1 · Aller vers les familles des villages")
	b.Choose("Réunion prévue", "jeudi 12 février 2026 à 9 h 30")
	b.Press("Inscrire à l’ordre du jour")
	b.Sees("La proposition est inscrite à l’ordre du jour", "Inscrite à l’ordre du jour de la réunion du")

	h.page("first", "").Sees("Ce qui attend ce comité", "1 point", "C’est le tour de ce comité depuis le 6 janvier 2026")
	h.picture(b, "agenda-suggestions")
	b.Within("Ce qui attend ce comité").Press("Ajouter Actualiser le portrait des villages")
	b.Sees("1 point est ajouté à l’ordre du jour", "2 points")
	b.Follow("Ajouter un point")
	b.Choose("Ce qui est demandé au comité", "Information")
	b.Press("Ajouter le point")
	b.Sees("À corriger")
	b.Fill("Intitulé", "Actualité des institutions")
	b.Fill("Présenté par", "chaque institution")
	b.Fill("Durée, en minutes", "20")
	b.Fill("Rang", "1")
	b.Press("Ajouter le point")
	b.Sees("3 points", "Actualité des institutions", "9 h 30")
	h.picture(b, "agenda")
}

// callsTheFirst reads the call as it will be received, sends it, and reads it in the outbox.
func (h *hall) callsTheFirst() {
	b := h.page("first", "/convocation")
	b.Sees("La convocation n’est pas encore envoyée", "Aucun document n’est joint", "Julie Lambert", "Aperçu")
	b.Choose("Message destiné à", "Karim Ollivier")
	b.Press("Afficher")
	b.Sees("Destinataire : Karim Ollivier", "Aller vers les familles des villages", "le lien personnel sera écrit ici à l’envoi")
	h.picture(b, "convocation-preview")
	b.Press("Envoyer la convocation")
	b.Sees("8 messages sont prêts à être transmis", "Convocation envoyée le")
	h.says(h.letter("convocation", "Julie Lambert"), "Actualité des institutions", "Aller vers les familles des villages", "Hôtel communautaire, Étampes", "9 h 30")
	h.picture(h.desk, "message")
}

// answersTheFirst: present, at a distance, by proxy, absent; each from the link that stands in the message, one by phone.
func (h *hall) answersTheFirst() {
	b := h.tab()
	for _, x := range []struct{ who, says string }{
		{"Thomas Jacquet", "Je viendrai"}, {"Mireille Keller", "Je participerai à distance"}, {"Véronique Noël", "Je viendrai"},
		{"Karim Ollivier", "Je viendrai"}, {"Rachel Quentin", "Je ne viendrai pas"},
	} {
		b.Open(h.link("convocation", x.who))
		b.Sees("Lien personnel : "+x.who, "Aller vers les familles des villages")
		b.SeesNot("Je me fais représenter") // the text admits nobody in the place of these functions
		b.Press("Enregistrer la réponse")
		b.Sees("Choisissez une réponse")
		b.Choose("Réponse", x.says)
		b.Press("Enregistrer la réponse")
		b.Sees("Votre réponse est enregistrée")
	}
	h.pages["absent"] = b.Address()
	b.Open(h.link("convocation", "Julie Lambert"))
	b.Choose("Réponse", "Je donne pouvoir à un autre membre")
	b.Press("Enregistrer la réponse")
	b.Sees("Dites à qui vous donnez pouvoir")
	b.Choose("Pouvoir donné à", "Mireille Keller (CAF 91, Responsable de territoire Grand-Sud)")
	b.Press("Enregistrer la réponse")
	b.Sees("Votre réponse est enregistrée", "Pouvoir à Mireille Keller")
	h.picture(b, "answer")

	d := h.page("first", "/convocation")
	d.Within("Delphine Perrin").Follow("Saisir une réponse")
	d.Choose("Réponse", "Je viendrai")
	d.Press("Enregistrer la réponse")
	d.Sees("Le journal dit que vous l’avez saisie")
	h.picture(d, "answers")
}

// callsAgain changes the agenda after the call, and sends it again saying what changed; answers stay.
func (h *hall) callsAgain() {
	b := h.page("first", "")
	b.Follow("Ajouter un point")
	b.Choose("Ce qui est demandé au comité", "Discussion")
	b.Fill("Intitulé", "Préparer la conférence des familles")
	b.Fill("Durée, en minutes", "30")
	b.Press("Ajouter le point")
	b.Sees("La convocation est à renvoyer", "l’ordre du jour")
	b.Follow("Ouvrir la convocation")
	b.Sees("Point ajouté : Préparer la conférence des familles")
	b.Press("Renvoyer, en disant ce qui a changé")
	b.Sees("8 messages sont prêts à être transmis")
	h.says(h.letter("change", "Thomas Jacquet"), "La convocation que vous avez reçue a changé", "Point ajouté : Préparer la conférence des familles")
	h.page("first", "/convocation").Within("Julie Lambert").Sees("Pouvoir à Mireille Keller")
}
