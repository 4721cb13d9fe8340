package web

import (
	"cmp"
	"net/http"
	"strings"

	"entente/internal/auth"
	"entente/internal/fault"
	"entente/internal/store"
	"entente/internal/web/view"
)

// invited is an invitation with where it leads and who has an account at its address.
type invited struct {
	store.Invitation
	secret string
	space  store.SpaceInfo
	known  bool // the address has an account
}

// invitation reads the invitation of the link, and refuses whoever is signed in under another address: it would tie the
// wrong account to the person invited.
func (s *Server) invitation(v *visit) (invited, error) {
	in := invited{secret: v.PathValue("secret")}
	var err error
	if in.Invitation, in.space, in.known, err = s.store.Invitation(v.Context(), in.secret); err != nil {
		return in, err
	}
	if v.account != nil && v.account.Email != in.Email {
		return in, fault.New(fault.Forbidden, "signin.invitation.other", "email", in.Email, "own", v.account.Email)
	}
	return in, nil
}

// invitationForm opens an invitation. Whoever has an account signs in first: the link alone must not open it, since whoever
// invites has seen the link.
func (s *Server) invitationForm(w http.ResponseWriter, v *visit) error {
	in, err := s.invitation(v)
	if err != nil {
		return s.unusable(w, v, err)
	}
	if in.known && v.account == nil {
		return s.signInFirst(w, v, in)
	}
	return s.showInvitation(w, v, http.StatusOK, in, view.InvitationData{Given: in.Given, Family: in.Family})
}

func (s *Server) signInFirst(w http.ResponseWriter, v *visit, in invited) error {
	return s.redirect(w, v, signInAddress(invitationLinkPath+in.secret), fault.Say("signin.invitation.sign-in", "email", in.Email))
}

// showInvitation shows what is offered, by whom, and what was typed.
func (s *Server) showInvitation(w http.ResponseWriter, v *visit, status int, in invited, d view.InvitationData) error {
	by, err := s.inviter(v, in)
	if err != nil {
		return err
	}
	role, err := s.offered(v, in)
	if err != nil {
		return err
	}
	d.Action, d.Space, d.By, d.Role, d.Email, d.Known = invitationLinkPath+in.secret, in.space.Name, by, role, in.Email, in.known
	s.render(w, v, status, view.InvitationPage(v.page(v.p.T("account.invitation.title")), d))
	return nil
}

// inviter is who invited, as the journal of the space names them.
func (s *Server) inviter(v *visit, in invited) (string, error) {
	entries, err := s.store.In(in.space.ID).JournalEntries(v.Context(), store.JournalFilter{Action: "invitation.create", Key: in.ID, Limit: 1})
	if err != nil || len(entries) == 0 {
		return "", err
	}
	return entries[0].Name, nil
}

// offered says in a sentence what the invitation gives.
func (s *Server) offered(v *visit, in invited) (string, error) {
	switch in.Role {
	case store.Reader:
		return v.p.T("access.offer.reader"), nil
	case store.Coordinator:
		names, err := partyNames(v, s.store.In(in.space.ID))
		return v.p.T("access.offer.coordinator", "party", names[in.Party]), err
	}
	return v.p.T("access.offer.member"), nil
}

// partyNames gives the short name of each party of a space, as its own organization has it.
func partyNames(v *visit, sp *store.Space) (map[string]string, error) {
	parties, err := sp.Parties(v.Context())
	out := make(map[string]string, len(parties))
	for id, o := range parties {
		out[id] = cmp.Or(o.Short, o.Name)
	}
	return out, err
}

// acceptInvitation lets whoever was invited in: with one click where they are signed in, with name and password where they
// have no account yet.
func (s *Server) acceptInvitation(w http.ResponseWriter, v *visit) error {
	in, err := s.invitation(v)
	if err != nil {
		return s.unusable(w, v, err)
	}
	if in.known && v.account == nil {
		return s.signInFirst(w, v, in)
	}
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	d := view.InvitationData{Given: f.text("given"), Family: f.text("family")}
	how, err := s.acceptance(v, f, in)
	var account store.Account
	if err == nil {
		account, _, err = s.store.AcceptInvitation(v.Context(), in.secret, how)
	}
	if fault.Is(err, fault.Invalid) {
		d.Faults, d.Message = explained(err)
		return s.showInvitation(w, v, http.StatusUnprocessableEntity, in, d)
	}
	if err != nil {
		return s.unusable(w, v, err)
	}
	if v.account == nil {
		if err := s.enter(v.Context(), account, false); err != nil {
			return err
		}
	}
	return s.redirect(w, v, spacePath(in.space.Slug), fault.Say("signin.invitation.welcome", "space", in.space.Name))
}

// acceptance reads what somebody without an account enters; an account needs nothing more.
func (s *Server) acceptance(v *visit, f *form, in invited) (store.Acceptance, error) {
	if in.known {
		return store.Acceptance{}, nil
	}
	family, password := f.required("family"), f.secret("password")
	how := store.Acceptance{Name: strings.TrimSpace(f.text("given") + " " + family), Locale: v.p.Lang()}
	err := s.hashNew(v, f, password, in.Email, &how.PasswordHash)
	return how, err
}

// hashNew checks a new password with the rest of the form, and hashes it where nothing is wrong.
func (s *Server) hashNew(v *visit, f *form, password, email string, hash *string) error {
	if _, said := f.faults.On("password"); !said {
		faults, _ := explained(auth.CheckPassword(password, email))
		f.faults = append(f.faults, faults...)
	}
	err := f.err()
	if err == nil {
		*hash, err = s.hasher.Hash(v.Context(), password)
	}
	return err
}

// installationForm opens the link that the program prints where it has no administrator yet.
func (s *Server) installationForm(w http.ResponseWriter, v *visit) error {
	secret := v.PathValue("secret")
	if _, err := s.store.PeekToken(v.Context(), store.First, secret); err != nil {
		return s.unusable(w, v, err)
	}
	s.showInstall(w, v, http.StatusOK, view.InstallData{})
	return nil
}

func (s *Server) showInstall(w http.ResponseWriter, v *visit, status int, d view.InstallData) {
	d.Action = installLinkPath + v.PathValue("secret")
	s.render(w, v, status, view.InstallPage(v.page(v.p.T("account.install.title")), d))
}

// install makes the first administrator and leads them to the making of the first space.
func (s *Server) install(w http.ResponseWriter, v *visit) error {
	secret := v.PathValue("secret")
	if _, err := s.store.PeekToken(v.Context(), store.First, secret); err != nil {
		return s.unusable(w, v, err)
	}
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	d := view.InstallData{Name: f.required("name"), Email: f.required("email")}
	account := store.Account{Name: d.Name, Email: d.Email, Locale: v.p.Lang()}
	err = s.hashNew(v, f, f.secret("password"), d.Email, &account.PasswordHash)
	if err == nil {
		account, err = s.store.CreateFirstAdministrator(v.Context(), secret, account)
	}
	if fault.Is(err, fault.Invalid) {
		d.Faults, d.Message = explained(err)
		s.showInstall(w, v, http.StatusUnprocessableEntity, d)
		return nil
	}
	if err != nil {
		return s.unusable(w, v, err)
	}
	if err := s.enter(v.Context(), account, false); err != nil {
		return err
	}
	return s.redirect(w, v, newSpacePath, fault.Say("account.install.done"))
}
