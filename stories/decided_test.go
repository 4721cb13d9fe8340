package stories_test

import (
	"strings"

	"entente/internal/testkit"
)

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
	b.Choose("Issue", "Avis favorable")
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
	b.Follow("Modifier le texte")
	var text string
	b.Ask(`return document.querySelector('.minutes-editor textarea').value`, &text)
	b.Fill("Texte", strings.Replace(text, "Chaque institution donne ses nouvelles.", "Chaque institution donne ses nouvelles ; la MSA annonce une journée de prévention.", 1))
	b.Press("Enregistrer le texte")
	b.Press("Soumettre à l’approbation")
	b.Sees("Le compte rendu est soumis à l’approbation", "la MSA annonce une journée de prévention")
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
	b.Follow("Clore la séance")
	b.Sees("Le compte rendu est approuvé", "Aucune convocation n’est partie pour cette réunion", "1 point reste à traiter")
	b.Press("Clore la séance")
	b.Sees("La séance est close")

	b = h.page("first", "/compte-rendu")
	b.Sees("approuvé à la réunion du 9 avril 2026")
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
	b.Fill("Objet", "Réunion de juin")
	b.Fill("Dernier jour de réponse", "2026-05-01")
	b.Fill("Date 1", "2026-06-02")
	b.Fill("Date 2", "2026-06-04")
	b.Fill("Heure 2", "14:00")
	b.Press("Ouvrir le sondage")
	b.Sees("Le sondage est ouvert", "8 liens à transmettre")
	var said []string
	b.Ask(`return [...document.querySelectorAll('.poll-links textarea')].map(e => e.value)`, &said)
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
	h.opens("/sondages").Follow("Réunion de juin")
	b.Sees("la plus favorable")
	h.picture(b, "poll")
	b.Press("Retenir cette date jeudi 4 juin 2026 à 14 h")
	b.Sees("La réunion du 4 juin 2026 est prévue")
	guest.Open(h.pages["link"])
	guest.Sees("Il a expiré") // the meeting that it answered is over
}

// keepsTheConvention reads what the clauses have gained.
func (h *hall) keepsTheConvention() {
	words := []string{"2 réunions tenues en 2026, 2 prévues ; la convention en prévoit au moins 4", "1 réunion tenue en 2026, 1 prévue ; la convention en prévoit de 1 à 2",
		"CAESE a pris part à 3 des 3 réunions closes", "CAF 91 a pris part à 3 des 3", "MSA IDF a pris part à 3 des 3", "CD 91 a pris part à 3 des 3",
		"Décision 2026-1, Aller vers les familles des villages (12 février 2026)", "Décision 2026-2, Actualiser le portrait des villages (12 février 2026)",
		"Décision 2026-3, Aller vers les familles des villages (19 mars 2026)", "1 orientation sur 1 n’a encore aucune action : Aller vers les familles des villages",
		"Soutenir les aidants, en attente depuis le 6 janvier 2026"}
	h.says(h.compliance(), words...)
	b := h.opens("/obligations")
	b.Sees("2 réunions tenues en 2026, 2 prévues", "CD 91 a pris part à 3 des 3 réunions closes", "1 orientation sur 1 n’a encore aucune action")
	h.picture(b, "compliance")
}
