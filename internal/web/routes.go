package web

import (
	"entente/internal/authority"
	"entente/internal/web/view"
)

// What a route asks beside the tasks of authority: nothing, or to be signed in.
const (
	open     authority.Task = "open"      // anybody, signed in or not
	signedIn authority.Task = "signed-in" // any account
)

// route is one row of the table. Access is what whoever asks must be allowed; a path with {space} is asked of the standing
// in that space, any other of the installation. What bears on one party is asked again by the handler, for that party.
type route struct {
	method string
	path   string
	access authority.Task
	handle handler
}

// routes is the whole table: what is not here is not served.
func (s *Server) routes() []route {
	table := []route{
		{"GET", "/{$}", open, s.front},
		{"POST", "/langue", open, s.chooseLanguage},
		{"GET", "/composants", open, s.components},

		{"GET", "/connexion", open, s.signInForm},
		{"POST", "/connexion", open, s.signIn},
		{"POST", "/connexion/lien", open, s.askSignInLink},
		{"POST", "/deconnexion", signedIn, s.signOut},
		{"GET", "/lien/connexion/{secret}", open, s.signInLinkForm},
		{"POST", "/lien/connexion/{secret}", open, s.signInByLink},
		{"GET", "/lien/invitation/{secret}", open, s.invitationForm},
		{"POST", "/lien/invitation/{secret}", open, s.acceptInvitation},
		{"GET", "/lien/sondage/{secret}", open, s.pollLinkForm},
		{"POST", "/lien/sondage/{secret}", open, s.answerPollByLink},
		{"GET", "/lien/compte-rendu/{secret}", open, s.minutesByLink},
		{"POST", "/lien/compte-rendu/{secret}", open, s.commentByLink},
		{"GET", "/lien/installation/{secret}", open, s.installationForm},
		{"POST", "/lien/installation/{secret}", open, s.install},

		{"GET", "/lien/reponse/{secret}", open, s.answerForm(s.bearer)},
		{"POST", "/lien/reponse/{secret}", open, s.keepAnswer(s.bearer)},
		{"GET", "/lien/reponse/{secret}/documents/{document}", open, s.documentFor(s.bearer)},
		{"POST", "/lien/reponse/{secret}/retour", open, s.returnLink},

		{"GET", feedLinkPath + "{secret}" + feedFile, open, s.feed},

		{"GET", "/lien/desabonnement/{secret}", open, s.newsLinkForm},
		{"POST", "/lien/desabonnement/{secret}", open, s.chooseNewsByLink},

		{"GET", "/espaces", signedIn, s.spaces},
		{"GET", "/espaces/nouveau", authority.CreateSpace, s.newSpaceForm},
		{"POST", "/espaces/nouveau", authority.CreateSpace, s.createSpace},
		{"GET", "/lectures", authority.CreateSpace, s.readingsPage},
		{"POST", "/lectures", authority.CreateSpace, s.startReading},
		{"GET", "/lectures/{reading}", authority.CreateSpace, s.review},
		{"GET", "/lectures/{reading}/fichier", authority.CreateSpace, s.proposedFile},
		{"POST", "/lectures/{reading}/faits", authority.CreateSpace, s.decideFact},
		{"POST", "/lectures/{reading}/ensemble", authority.CreateSpace, s.confirmFacts},
		{"POST", "/lectures/{reading}/questions", authority.CreateSpace, s.answerQuestion},
		{"GET", "/lectures/{reading}/ajout", authority.CreateSpace, s.additionPage},
		{"POST", "/lectures/{reading}/ajout", authority.CreateSpace, s.addFact},
		{"POST", "/lectures/{reading}/ajout/retrait", authority.CreateSpace, s.withdrawFact},
		{"POST", "/lectures/{reading}/retrait", authority.CreateSpace, s.removeReading},
		{"GET", "/compte", signedIn, s.accountForm},
		{"POST", "/compte", signedIn, s.updateAccount},
		{"POST", "/compte/nouvelles", signedIn, s.chooseNews},
		{"POST", "/compte/calendrier", signedIn, s.changeOwnFeed},
		{"POST", "/compte/mot-de-passe", signedIn, s.changePassword},
		{"GET", "/compte/donnees", signedIn, s.ownData},

		{"GET", view.ErrandsPath, signedIn, s.ownErrands},
		{"GET", view.ErrandsPath + "/{errand}/fichier", signedIn, s.errandFile},
		{"POST", view.ErrandsPath + "/{errand}", signedIn, s.changeErrand},
		{"POST", "/espaces/{space}/travaux", authority.ReadSpace, s.askErrand},

		{"GET", "/administration", authority.ManageAccounts, s.accounts},
		{"POST", "/administration/invitations", authority.ManageAccounts, s.inviteAccount},
		{"GET", "/administration/travaux", authority.ManageAccounts, s.jobs},
		{"POST", "/administration/travaux/essai", authority.ManageAccounts, s.tryMail},
		{"POST", "/administration/travaux/{job}", authority.ManageAccounts, s.decideJob},
		{"GET", "/administration/vacances", authority.ManageAccounts, s.school},
		{"POST", "/administration/vacances", authority.ManageAccounts, s.importSchool},
		{"POST", "/administration/documents", authority.ManageAccounts, s.setDocumentLimits},
		{"POST", "/administration/comptes/{account}", authority.ManageAccounts, s.changeAccount},

		{"GET", "/espaces/{space}", authority.ReadSpace, s.home},
		{"GET", "/espaces/{space}/convention", authority.ReadSpace, s.conventionPage},
		{"GET", "/espaces/{space}/convention/fichier", authority.ReadSpace, s.conventionFile},
		{"GET", "/espaces/{space}/convention/charger", authority.LoadConvention, s.loadConventionForm},
		{"POST", "/espaces/{space}/convention/charger", authority.LoadConvention, s.loadConvention},
		{"GET", "/espaces/{space}/comites", authority.ReadSpace, s.committees},
		{"GET", "/espaces/{space}/comites/{committee}", authority.ReadSpace, s.committee},
		{"POST", "/espaces/{space}/comites/{committee}/calendrier", authority.ReadSpace, s.changeCommitteeFeed},
		{"GET", "/espaces/{space}/attributions", authority.ReadSpace, s.powers},
		{"GET", "/espaces/{space}/obligations", authority.ReadSpace, s.compliance},
		{"GET", "/espaces/{space}/obligations/releve", authority.ReadSpace, s.complianceStatement},
		{"GET", "/espaces/{space}/annuaire", authority.ReadSpace, s.directory},
		{"GET", "/espaces/{space}/annuaire/organismes/{id}", authority.ReadSpace, s.organization},
		{"GET", "/espaces/{space}/annuaire/personnes/{id}", authority.ReadSpace, s.person},
		{"GET", "/espaces/{space}/annuaire/personnes/{id}/fichier", authority.ManageDirectory, s.personData},
		{"GET", "/espaces/{space}/annuaire/personnes/{id}/effacer", authority.ManageDirectory, s.erasureForm},
		{"GET", "/espaces/{space}/annuaire/personnes/{id}/effacer/confirmer", authority.ManageDirectory, s.erasureConfirmForm},
		{"POST", "/espaces/{space}/annuaire/personnes/{id}/effacer/confirmer", authority.ManageDirectory, s.erase},
		{"GET", "/espaces/{space}/signatures", authority.ReadSpace, s.signatures},
		{"GET", "/espaces/{space}/delegations", authority.ReadSpace, s.delegations},
		{"GET", "/espaces/{space}/reunions", authority.ReadSpace, s.meetings},
		{"GET", "/espaces/{space}/calendrier", authority.ReadSpace, s.calendar},
		{"GET", "/espaces/{space}/calendrier/proposer", authority.RecordMeetings, s.proposeDates},
		{"POST", "/espaces/{space}/calendrier/reunions", authority.RecordMeetings, s.acceptDates},
		{"GET", "/espaces/{space}/sondages", authority.ReadSpace, s.polls},
		{"GET", "/espaces/{space}/sondages/ajouter", authority.RecordMeetings, s.pollForm},
		{"POST", "/espaces/{space}/sondages/ajouter", authority.RecordMeetings, s.createPoll},
		{"GET", "/espaces/{space}/sondages/{id}", authority.ReadSpace, s.poll},
		{"GET", "/espaces/{space}/sondages/{id}/reponse", authority.RecordMeetings, s.pollAnswerForm},
		{"POST", "/espaces/{space}/sondages/{id}/reponse", authority.RecordMeetings, s.enterPollAnswer},
		{"POST", "/espaces/{space}/sondages/{id}/lien", authority.RecordMeetings, s.renewPollLink},
		{"POST", "/espaces/{space}/sondages/{id}/rappel", authority.RecordMeetings, s.remindPoll},
		{"POST", "/espaces/{space}/sondages/{id}/etat", authority.RecordMeetings, s.endPoll},
		{"POST", "/espaces/{space}/sondages/{id}/date", authority.RecordMeetings, s.acceptSlot},
		{"GET", "/espaces/{space}/pieces/{owner}/{id}", authority.ReadSpace, s.attachments},
		{"POST", "/espaces/{space}/pieces/{owner}/{id}", authority.AttachDocuments, s.addAttachment},
		{"GET", "/espaces/{space}/pieces/{id}/fichier/{name}", authority.ReadSpace, s.attachment},
		{"POST", "/espaces/{space}/pieces/{id}/retirer", authority.AttachDocuments, s.removeAttachment},
		{"POST", "/espaces/{space}/pieces/{id}/renommer", authority.AttachDocuments, s.renameAttachment},
		{"POST", "/espaces/{space}/pieces/{id}/monter", authority.AttachDocuments, s.moveAttachment(true)},
		{"POST", "/espaces/{space}/pieces/{id}/descendre", authority.AttachDocuments, s.moveAttachment(false)},
		{"GET", "/espaces/{space}/reunions/{id}/convocation", authority.ReadSpace, s.convocation},
		{"POST", "/espaces/{space}/reunions/{id}/convocation", authority.RecordMeetings, s.sendConvocation},
		{"GET", "/espaces/{space}/reunions/{id}/ma-reponse", authority.ReadSpace, s.answerForm(s.signedIn)},
		{"POST", "/espaces/{space}/reunions/{id}/ma-reponse", authority.ReadSpace, s.keepAnswer(s.signedIn)},
		{"GET", "/espaces/{space}/reunions/{id}/ma-reponse/documents/{document}", authority.ReadSpace, s.documentFor(s.signedIn)},
		{"GET", "/espaces/{space}/reunions/{id}/convocation/{number}", authority.ReadSpace, s.manifest},
		{"POST", "/espaces/{space}/reunions/{id}/convocation/rappel", authority.RecordMeetings, s.remind},
		{"POST", "/espaces/{space}/reunions/{id}/convocation/annulation", authority.RecordMeetings, s.cancelMeeting},
		{"GET", "/espaces/{space}/reunions/{id}/convocation/reponse", authority.RecordMeetings, s.answerEntry},
		{"POST", "/espaces/{space}/reunions/{id}/convocation/reponse", authority.RecordMeetings, s.enterAnswer},
		{"GET", "/espaces/{space}/messages", authority.RecordMeetings, s.messages},
		{"GET", "/espaces/{space}/messages/{id}", authority.RecordMeetings, s.message},
		{"POST", "/espaces/{space}/messages/{id}/envoi", authority.RecordMeetings, s.resendMessage},
		{"GET", "/espaces/{space}/reunions/{id}", authority.ReadSpace, s.agenda},
		{"GET", "/espaces/{space}/reunions/{id}/ics", authority.ReadSpace, s.meetingEvent},
		{"GET", "/espaces/{space}/reunions/{id}/ordre", authority.RecordMeetings, s.agendaOrderForm},
		{"POST", "/espaces/{space}/reunions/{id}/ordre", authority.RecordMeetings, s.orderAgenda},
		{"POST", "/espaces/{space}/reunions/{id}/suggestions", authority.RecordMeetings, s.addSuggestions},
		{"GET", "/espaces/{space}/comites/{committee}/usages", authority.ReadSpace, s.customs},
		{"POST", "/espaces/{space}/comites/{committee}/usages", authority.RecordMeetings, s.keepCustom},
		{"GET", "/espaces/{space}/reunions/{id}/compte-rendu", authority.ReadSpace, s.minutes},
		{"GET", "/espaces/{space}/reunions/{id}/compte-rendu/composer", authority.RecordMeetings, s.recomposeForm},
		{"POST", "/espaces/{space}/reunions/{id}/compte-rendu/composer", authority.RecordMeetings, s.composeMinutes},
		{"GET", "/espaces/{space}/reunions/{id}/compte-rendu/modifier", authority.RecordMeetings, s.minutesForm},
		{"POST", "/espaces/{space}/reunions/{id}/compte-rendu/modifier", authority.RecordMeetings, s.changeMinutes},
		{"POST", "/espaces/{space}/reunions/{id}/compte-rendu/etat", authority.RecordMeetings, s.moveMinutes},
		{"POST", "/espaces/{space}/reunions/{id}/compte-rendu/observations", authority.ReadSpace, s.commentMinutes},
		{"POST", "/espaces/{space}/reunions/{id}/compte-rendu/observations/{comment}", authority.RecordMeetings, s.answerComment},
		{"POST", "/espaces/{space}/reunions/{id}/compte-rendu/errata", authority.RecordMeetings, s.addErratum},
		{"GET", "/espaces/{space}/decisions", authority.ReadSpace, s.decisions},
		{"GET", "/espaces/{space}/decisions/{reference}", authority.ReadSpace, s.decision},
		{"GET", "/espaces/{space}/suites", authority.ReadSpace, s.followUps},
		{"GET", "/espaces/{space}/suites/{id}", authority.ReadSpace, s.followUp},
		{"POST", "/espaces/{space}/suites/{id}", authority.ReadSpace, s.doFollowUp},
		{"GET", "/espaces/{space}/actions", authority.ReadSpace, s.plan},
		{"GET", "/espaces/{space}/actions/{id}", authority.ReadSpace, s.action},
		{"POST", "/espaces/{space}/actions/{id}/etat", authority.ManagePlan, s.passAction},
		{"POST", "/espaces/{space}/actions/{id}/proposition", authority.ManagePlan, s.proposeAction},
		{"GET", "/espaces/{space}/pilotes", authority.ReadSpace, s.leads},
		{"GET", "/espaces/{space}/comites-techniques", authority.ReadSpace, s.panels},
		{"GET", "/espaces/{space}/comites-techniques/{id}", authority.ReadSpace, s.panel},
		{"GET", "/espaces/{space}/propositions", authority.ReadSpace, s.proposals},
		{"GET", "/espaces/{space}/propositions/{id}", authority.ReadSpace, s.proposal},
		{"POST", "/espaces/{space}/propositions/{id}/suite", authority.Propose, s.passProposal},
		{"POST", "/espaces/{space}/propositions/{id}/ordre-du-jour", authority.RecordMeetings, s.putOnAgenda},
		{"GET", "/espaces/{space}/orientations", authority.ReadSpace, s.orientations},
		{"GET", "/espaces/{space}/papiers/{paper}/{id}/{format}", authority.ReadSpace, s.paper},
		{"GET", "/espaces/{space}/tableaux/{table}/{format}", authority.ReadSpace, s.table},
		{"GET", "/espaces/{space}/reunions/{id}/archive", authority.RecordMeetings, s.archive},
		{"GET", "/espaces/{space}/le/{day}/{committee}", authority.ReadSpace, s.meetingOn},
		{"GET", "/espaces/{space}/le/{day}/{committee}/{tab}", authority.ReadSpace, s.meetingOn},
		{"GET", "/espaces/{space}/papier", authority.SetLetterhead, s.letterhead},
		{"POST", "/espaces/{space}/papier", authority.SetLetterhead, s.keepLetterhead},
		{"GET", "/espaces/{space}/papier/logo", authority.SetLetterhead, s.letterheadLogo},
		{"GET", "/espaces/{space}/papier/modele/{format}", authority.SetLetterhead, s.letterheadSample},
		{"GET", "/espaces/{space}/journal", authority.ReadJournal, s.journal},
		{"GET", "/espaces/{space}/acces", authority.InviteReader, s.access},
		{"POST", "/espaces/{space}/acces/invitations", authority.InviteReader, s.invite},
		{"POST", "/espaces/{space}/acces/invitations/retrait", authority.InviteReader, s.withdrawInvitation},
		{"POST", "/espaces/{space}/acces/retrait", authority.InviteReader, s.withdrawAccess},
	}
	table = append(table, s.sittingRoutes()...)
	table = append(table, s.evaluationRoutes()...)
	for _, sh := range s.sheets() {
		table = append(table, sh.routes(s)...)
	}
	return table
}
