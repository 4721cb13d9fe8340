package web

import "entente/internal/authority"

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
		{"GET", "/lien/installation/{secret}", open, s.installationForm},
		{"POST", "/lien/installation/{secret}", open, s.install},

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
		{"POST", "/compte/mot-de-passe", signedIn, s.changePassword},
		{"GET", "/compte/donnees", signedIn, s.ownData},

		{"GET", "/administration", authority.ManageAccounts, s.accounts},
		{"POST", "/administration/invitations", authority.ManageAccounts, s.inviteAccount},
		{"POST", "/administration/comptes/{account}", authority.ManageAccounts, s.changeAccount},

		{"GET", "/espaces/{space}", authority.ReadSpace, s.home},
		{"GET", "/espaces/{space}/convention", authority.ReadSpace, s.conventionPage},
		{"GET", "/espaces/{space}/convention/fichier", authority.ReadSpace, s.conventionFile},
		{"GET", "/espaces/{space}/convention/charger", authority.LoadConvention, s.loadConventionForm},
		{"POST", "/espaces/{space}/convention/charger", authority.LoadConvention, s.loadConvention},
		{"GET", "/espaces/{space}/comites", authority.ReadSpace, s.committees},
		{"GET", "/espaces/{space}/comites/{committee}", authority.ReadSpace, s.committee},
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
		{"GET", "/espaces/{space}/journal", authority.ReadJournal, s.journal},
		{"GET", "/espaces/{space}/acces", authority.InviteReader, s.access},
		{"POST", "/espaces/{space}/acces/invitations", authority.InviteReader, s.invite},
		{"POST", "/espaces/{space}/acces/invitations/retrait", authority.InviteReader, s.withdrawInvitation},
		{"POST", "/espaces/{space}/acces/retrait", authority.InviteReader, s.withdrawAccess},
	}
	for _, sh := range s.sheets() {
		table = append(table, sh.routes(s)...)
	}
	return table
}
