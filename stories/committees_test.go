package stories_test

import (
	"strings"
	"testing"

	"entente/internal/testkit"
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
	h.page("first", "").Sees("9 h 30", "2 h", "Hôtel communautaire, Étampes", "Convocation envoyée", "28 janvier 2026")
}

// proposes: a member brings an orientation forward in his own name, another in the name of his committee, which goes straight
// to the one that validates, and an update of the diagnosis.
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

	b.Open(h.root + "/orientations")
	b.Follow("Proposer une orientation")
	b.Choose("Objet", "Orientation")
	b.Fill("Titre", "Soutenir les aidants")
	b.Fill("Texte de la proposition", "Offrir du répit aux aidants.")
	b.Choose("Proposée par", "Comité de pilotage opérationnel")
	b.Press("Enregistrer le brouillon")
	b.Press("Soumettre la proposition")
	b.Sees("Au tour du comité de pilotage stratégique depuis le 6 janvier 2026")

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

// opensTheFirst opens the sitting and calls the roll; the links of the call answer no more.
func (h *hall) opensTheFirst() {
	b := h.page("first", "/seance")
	b.Press("Ouvrir la séance")
	b.Sees("La séance est ouverte")
	guest := h.tab()
	guest.Open(h.pages["absent"])
	guest.Sees("il a été remplacé par un plus récent")
	guest.Open(h.link("change", "Rachel Quentin"))
	guest.Sees("La réunion est ouverte : les réponses ne changent plus")
	guest.SeesNot("Enregistrer la réponse")

	h.page("first", "/seance").Press("Reprendre les réponses annoncées")
	b.Sees("Les réponses annoncées sont reprises", "Pouvoir à")
	b.Within("Rachel Quentin").Press("Présent") // she comes after all
	b.Within("Bernard Roussel").Press("Excusé")
	h.picture(b, "roll")
}

// holdsTheFirst goes through the agenda: notes, the position of each institution, the outcome, what is to be done.
func (h *hall) holdsTheFirst() {
	b := h.page("first", "/seance")
	b.Press("Commencer l’ordre du jour")
	b.Fill("Notes", "Chaque institution donne ses nouvelles.")
	b.Press("Enregistrer les notes et la décision")
	b.Sees("C’est enregistré")
	b.Press("Point suivant")
	b.Sees("Aller vers les familles des villages", "En cours")
	h.positions(b, "Favorable", "Favorable", "Favorable", "Favorable")
	b.Choose("Issue", "Adopté")
	b.Fill("Texte de la décision", "Le comité donne un avis favorable à l’orientation.")
	b.Press("Enregistrer les notes et la décision")
	b.Sees("C’est enregistré")
	b.Fill("Ce qui est à faire", "Rencontrer les maires des villages")
	b.Choose("Par qui", "Karim Ollivier")
	b.Fill("Pour quand", "2026-03-31")
	b.Press("Ajouter la suite")
	b.Sees("Rencontrer les maires des villages")
	h.picture(b, "sitting")
	b.Press("Point suivant")
	b.Sees("Actualiser le portrait des villages", "En cours")
	h.positions(b, "Favorable", "Favorable", "Favorable", "Favorable")
	b.Choose("Issue", "Adopté")
	b.Press("Enregistrer les notes et la décision")
	b.Sees("C’est enregistré") // and time is up before the last item
}

// positions enters what each institution thinks of the item shown, in the order of the convention.
func (h *hall) positions(b *testkit.Tab, stances ...string) {
	h.Helper()
	for i, party := range []string{"CAESE", "CAF 91", "MSA IDF", "CD 91"} {
		b.Choose(party, stances[i])
	}
	b.Press("Enregistrer les positions")
	b.Sees("C’est enregistré")
}

// closesTheFirst reads what the closing will do, and closes; it cannot be done twice.
func (h *hall) closesTheFirst() {
	b := h.page("first", "/seance/clore")
	late := h.tab()
	h.signIn(late, coordinatorOf(h.slug))
	late.Open(b.Address())
	b.Sees("Rien n’est encore fait", "2 décisions à inscrire au registre", "avis favorable", "qui passe au comité suivant", "Comité de pilotage stratégique", "1 suite à donner",
		"1 point reste à traiter", "le 9 avril 2026")
	h.picture(b, "closing")
	b.Press("Clore la séance")
	b.Sees("La séance est close", "2026-1")
	h.picture(b, "closed")
	late.Press("Clore la séance")
	late.Sees("La séance n’est pas ouverte")
	h.opens("/propositions/2026-1").Sees("Au tour du comité de pilotage stratégique depuis le 12 février 2026", "Avis favorable", "Décision 2026-1")
}

// writesTheMinutes composes them, opens them to comments, gets one from a link, answers it, and submits them.
func (h *hall) writesTheMinutes() {
	b := h.page("first", "/compte-rendu")
	b.Press("Composer le compte rendu")
	b.Sees("Le compte rendu est composé", "Chaque institution donne ses nouvelles", "Rencontrer les maires des villages")
	h.picture(b, "minutes-draft")
	b.Press("Soumettre aux observations")
	b.Sees("Le compte rendu est soumis aux observations")

	guest := h.tab()
	guest.Open(h.link("minutes", "Véronique Noël"))
	guest.Sees("Page personnelle de Véronique Noël", "Le comité donne un avis favorable")
	guest.Fill("Texte", "La MSA a aussi annoncé une journée de prévention.")
	guest.Press("Envoyer l’observation")
	guest.Sees("Votre observation est enregistrée")
	h.picture(guest, "minutes-comment")
}

// submitsTheMinutes mends the text after the comment, answers it and submits the minutes once the time to comment is over.
func (h *hall) submitsTheMinutes() {
	b := h.page("first", "/compte-rendu")
	b.Sees("La MSA a aussi annoncé une journée de prévention")
	b.Ask(`document.querySelector('.minutes-comments details').open = true`, nil)
	b.Within("Observations").Fill("Réponse", "Le texte est complété.")
	b.Press("Enregistrer la réponse")
	b.Sees("La réponse est enregistrée")
	b.Press("Soumettre à l’approbation")
	b.Sees("Le compte rendu est soumis à l’approbation")
}

// callsTheStrategic puts both orientations on the agenda of the strategic committee and calls it; one member sends somebody.
func (h *hall) callsTheStrategic() {
	b := h.page("strategic", "")
	b.Press("Ajouter les suggestions cochées")
	b.Sees("Aucune suggestion n’était cochée")
	b.Within("Ce qui attend ce comité").Tick("Aller vers les familles des villages", "Soutenir les aidants")
	b.Press("Ajouter les suggestions cochées")
	b.Sees("2 points sont ajoutés à l’ordre du jour")
	b = h.page("strategic", "/convocation")
	b.Sees("Indiquez un lieu")
	b = h.page("strategic", "/modifier")
	b.Fill("Lieu", "Siège de la MSA, Gentilly")
	b.Press("Enregistrer la réunion")
	b = h.page("strategic", "/convocation")
	b.Press("Envoyer la convocation")
	b.Sees("8 messages sont prêts à être transmis")
	guest := h.tab()
	guest.Open(h.link("convocation", "Carole Huet"))
	guest.Choose("Réponse", "Je me fais représenter")
	guest.Fill("Représenté par (nom et fonction)", "Yann Imbert, administrateur")
	guest.Press("Enregistrer la réponse")
	guest.Sees("Votre réponse est enregistrée", "Représentation par Yann Imbert, administrateur")
	guest.Open(h.link("convocation", "Inès Chauvet"))
	guest.Choose("Réponse", "Je viendrai")
	guest.Press("Enregistrer la réponse")
	h.pages["link"] = guest.Address()
}

// holdsTheStrategic validates the orientation with the positions of the four institutions, one of which has reservations.
func (h *hall) holdsTheStrategic() {
	b := h.page("strategic", "/seance")
	b.Press("Ouvrir la séance")
	b.Press("Reprendre les réponses annoncées")
	for _, who := range []string{"Hélène Arnaud", "Michel Baudry", "Laurent Dumas", "Sophie Evrard", "Etienne Garnier"} {
		b.Within(who).Press("Présent")
	}
	b.Within("Nadia Fabre").Press("Excusé")
	b.Sees("7 présents sur 8")
	b.Press("Commencer l’ordre du jour")
	b.Sees("Soutenir les aidants", "En cours")
	b.Choose("Issue", "Reporté")
	b.Press("Enregistrer les notes et la décision")
	b.Press("Point suivant")
	b.Choose("CD 91", "Favorable avec réserves")
	b.Press("Enregistrer les positions")
	b.Sees("À corriger")
	b.Fill("Réserves ou motifs de CD 91", "Sous réserve du vote du budget")
	h.positions(b, "Favorable", "Favorable", "Favorable", "Favorable avec réserves")
	b.Choose("Issue", "Adopté")
	b.Fill("Texte de la décision", "Le comité valide l’orientation.")
	b.Press("Enregistrer les notes et la décision")
	h.picture(b, "sitting-strategic")
	b.Press("Terminer le dernier point")
	b.Follow("Clore la séance")
	b.Sees("Les motifs manquent")
	b.Follow("1. Soutenir les aidants")
	b.Fill("Motifs", "Le chiffrage manque.")
	b.Press("Enregistrer les notes et la décision")
	b.Follow("Clore la séance")
	b.Sees("est adoptée", "est reportée", "1 décision à inscrire au registre")
	b.Press("Clore la séance")
	b.Sees("La séance est close", "2026-3 – Aller vers les familles des villages")
}

// readsTheDecision reads what was decided at its permanent address, in the register of orientations and on the proposal.
func (h *hall) readsTheDecision() {
	b := h.opens("/decisions/2026-3")
	b.Sees("Le comité valide l’orientation", "favorable avec réserves", "Sous réserve du vote du budget", "art. 4-2")
	h.picture(b, "decision")
	h.opens("/decisions").Sees("3 décisions")
	h.picture(b, "register")
	h.opens("/orientations").Sees("Aller vers les familles des villages")
	h.opens("/propositions/2026-1").Sees("Adoptée le 19 mars 2026 par le comité de pilotage stratégique", "Favorable avec réserves : Sous réserve du vote du budget")
	h.picture(b, "proposal-adopted")
	h.says(h.letter("proposal", "Karim Ollivier"), "adoptée")
}

// doesTheFollowUp: who was asked to do something says that it is done, with a word.
func (h *hall) doesTheFollowUp() {
	b := h.tab()
	h.signIn(b, "karim.ollivier@exemple.fr")
	b.Open(h.root)
	b.Follow("Rencontrer les maires des villages")
	b.Press("Indiquer que c’est fait")
	b.Sees("À corriger")
	b.Fill("Ce qui a été fait, ou pourquoi il n’y a plus rien à faire", "Douze maires rencontrés.")
	b.Press("Indiquer que c’est fait")
	b.Sees("la suite est donnée", "Douze maires rencontrés")
}

// approvesTheMinutes: the next meeting of the committee approves the minutes of the one before as an item of its agenda.
func (h *hall) approvesTheMinutes() {
	b := h.page("second", "")
	b.Sees("Préparer la conférence des familles", "Compte rendu à approuver")
	b.Within("Ce qui attend ce comité").Press("Ajouter Approbation du compte rendu")
	b = h.page("second", "/seance")
	b.Sees("Aucune convocation n’est partie")
	b.Press("Ouvrir la séance")
	for _, who := range []string{"Thomas Jacquet", "Mireille Keller", "Véronique Noël", "Karim Ollivier"} {
		b.Within(who).Press("Présent")
	}
	b.Follow("2. Approbation du compte rendu")
	b.Press("Traiter ce point")
	b.Choose("Issue", "Adopté")
	b.Press("Enregistrer les notes et la décision")
	b.Press("Terminer le dernier point")
	b.Follow("Clore la séance")
	b.Sees("Le compte rendu est approuvé", "Aucune convocation n’est partie pour cette réunion", "1 point reste à traiter")
	b.Press("Clore la séance")
	b.Sees("La séance est close")

	b = h.page("first", "/compte-rendu")
	b.Sees("Approuvé", "à la réunion du 9 avril 2026")
	b.Choose("Lisible par", "Tous ceux qui lisent l’espace")
	b.Press("Publier le compte rendu")
	b.Sees("Le compte rendu est publié")
	h.picture(b, "minutes-published")
}

// findsADate asks the strategic committee when it could meet; its members answer from their links, and a date is kept.
func (h *hall) findsADate() {
	b := h.opens("/sondages")
	b.Follow("Ouvrir un sondage de dates")
	b.Choose("Comité", "Comité de pilotage stratégique")
	b.Fill("Objet", "Réunion d’automne")
	b.Fill("Dernier jour de réponse", "2026-05-01")
	b.Fill("Date 1", "2026-06-02")
	b.Fill("Date 2", "2026-06-04")
	b.Fill("Heure 2", "14:00")
	b.Press("Ouvrir le sondage")
	b.Sees("Le sondage est ouvert", "8 liens à transmettre")
	var said []string
	b.Ask(`return [...document.querySelectorAll('.poll-links textarea')].map(e => e.value)`, &said)
	h.pages["poll"] = strings.SplitN(strings.TrimPrefix(b.Address(), h.root), "?", 2)[0]
	guest := h.tab()
	for _, letter := range said[:3] {
		guest.Open(personalLink.FindString(letter))
		guest.Press("Envoyer mes réponses")
		guest.Sees("À corriger")
		guest.Choose("mardi 2 juin 2026", "Si nécessaire")
		guest.Choose("jeudi 4 juin 2026 à 14 h", "Oui")
		guest.Press("Envoyer mes réponses")
		guest.Sees("Vos réponses sont enregistrées")
	}
	h.picture(guest, "poll-answer")
	b.Open(h.root + h.pages["poll"])
	b.Sees("la plus favorable")
	h.picture(b, "poll")
	b.Within("jeudi 4 juin 2026 à 14 h").Press("Retenir cette date")
	b.Sees("La réunion du 4 juin 2026 est prévue")
	guest.Open(h.pages["link"])
	guest.SeesNot("Enregistrer la réponse")
}

// keepsTheConvention reads what the clauses have gained.
func (h *hall) keepsTheConvention() {
	h.T.Log(h.compliance())
	b := h.opens("/obligations")
	h.picture(b, "compliance")
}
