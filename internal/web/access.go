package web

import (
	"net/http"
	"slices"
	"strings"

	"entente/internal/auth"
	"entente/internal/authority"
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/post"
	"entente/internal/store"
	"entente/internal/web/view"
)

// access shows who was given the space to keep or to read.
func (s *Server) access(w http.ResponseWriter, v *visit) error {
	return s.showAccess(w, v, http.StatusOK, view.AccessData{})
}

// showAccess completes the page with who has access and with the roles that the visitor may give.
func (s *Server) showAccess(w http.ResponseWriter, v *visit, status int, d view.AccessData) error {
	text, err := v.text()
	if err != nil {
		return err
	}
	holders, err := v.space.GrantsIn(v.Context())
	if err != nil {
		return err
	}
	d.Root = v.path("acces")
	d.Coordinators, d.Readers = v.coordinatorRows(text.Text, holders), v.holderRows(holders, store.Reader, "")
	if d.Pending, err = v.pendingRows(text.Text); err != nil {
		return err
	}
	d.Members = view.Link{Label: v.p.T("access.members.link"), Href: v.path("comites"), Icon: "person"}
	d.Invite.Roles = v.rolesToGive(text.Text)
	p := v.page(v.p.T("nav.access"))
	p.Path = d.Root
	s.render(w, v, status, view.AccessPage(p, d))
	return nil
}

// coordinatorRows are the parties of the text, in its order, each with those who coordinate for it. A party that an
// amendment has taken out, and that somebody still coordinates, comes last.
func (v *visit) coordinatorRows(text *convention.Convention, holders []store.Holder) []view.AccessParty {
	var out []view.AccessParty
	add := func(id, short string) {
		out = append(out, view.AccessParty{ID: id, Party: view.Party{Short: short, Rank: len(out)}, May: v.may(authority.NameCoordinator, id) == nil,
			Holders: v.holderRows(holders, store.Coordinator, id)})
	}
	known := map[string]bool{"": true}
	for _, p := range text.Parties {
		known[p.ID] = true
		add(p.ID, p.Short)
	}
	for _, h := range holders {
		if !known[h.Party] {
			known[h.Party] = true
			add(h.Party, h.Party)
		}
	}
	return out
}

func (v *visit) holderRows(holders []store.Holder, role store.Role, party string) []view.AccessHolder {
	may := v.may(taskOf(role), party) == nil
	var out []view.AccessHolder
	for _, h := range holders {
		if h.Role == role && h.Party == party {
			out = append(out, view.AccessHolder{Account: h.Account, Name: h.Name, Email: h.Email, Since: calendar.On(h.Since, calendar.Paris),
				Closed: h.Disabled, Own: h.Account == v.account.ID, May: may})
		}
	}
	return out
}

// pendingRows are the invitations that nobody has accepted yet, newest first.
func (v *visit) pendingRows(text *convention.Convention) ([]view.PendingInvite, error) {
	list, err := v.space.PendingInvitations(v.Context())
	out := make([]view.PendingInvite, 0, len(list))
	for _, x := range list {
		out = append(out, view.PendingInvite{ID: x.ID, Email: x.Email, Role: v.sayRole(text, x.Role, x.Party),
			Until: calendar.On(x.Expires, calendar.Paris), May: v.may(taskOf(x.Role), x.Party) == nil})
	}
	return out, err
}

// sayRole says what an invitation gives.
func (v *visit) sayRole(text *convention.Convention, role store.Role, party string) string {
	switch role {
	case store.Reader:
		return v.p.T("access.give.reader")
	case store.Coordinator:
		if p := text.Party(party); p != nil {
			party = p.Short
		}
		return v.p.T("access.give.coordinator", "party", party)
	}
	return v.p.T("access.give.member")
}

// taskOf is the task of giving a role, and of withdrawing it.
func taskOf(role store.Role) authority.Task {
	if role == store.Coordinator {
		return authority.NameCoordinator
	}
	return authority.InviteReader
}

// rolePrefix begins the value of the choice to coordinate for a party.
const rolePrefix = string(store.Coordinator) + ":"

// rolesToGive are the roles that the visitor may give, as one choice: to read, or to coordinate for a party.
func (v *visit) rolesToGive(text *convention.Convention) []view.Option {
	out := []view.Option{{Value: string(store.Reader), Label: v.p.T("access.give.reader"), Hint: v.p.T("access.offer.reader")}}
	for _, p := range partyOptions(text, func(id string) bool { return v.may(authority.NameCoordinator, id) == nil }) {
		out = append(out, view.Option{Value: rolePrefix + p.Value, Label: v.p.T("access.give.coordinator", "party", p.Label),
			Hint: v.p.T("access.offer.coordinator", "party", p.Label)})
	}
	return out
}

// invite makes the link that asks somebody into the space. It is shown this once to whoever invites, and sent.
func (s *Server) invite(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	d := view.AccessData{Invite: view.InviteForm{Email: f.required("email"), Given: f.text("given"), Family: f.text("family"), Role: f.required("role")}}
	in := store.Invitation{Email: d.Invite.Email, Given: d.Invite.Given, Family: d.Invite.Family}
	if d.Invite.Email != "" && !directory.ValidEmail(d.Invite.Email) {
		f.faults.Add("email", "fault.field.email")
	}
	err = v.readRole(f, d.Invite.Role, &in)
	if err == nil {
		err = v.notYet(in)
	}
	var secret string
	if err == nil {
		secret, err = s.sendInvitation(v, in)
	}
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Forbidden) {
		d.Invite.Faults, d.Refused = explained(err)
		return s.showAccess(w, v, statuses[fault.KindOf(err)], d)
	}
	if err != nil {
		return err
	}
	return s.showAccess(w, v, http.StatusOK, view.AccessData{Issued: s.issued(v, in.Email, s.config.URL(invitationLinkPath+secret))})
}

// sendInvitation makes an invitation, and in the same transaction the letter that carries its link, where mail leaves.
func (s *Server) sendInvitation(v *visit, in store.Invitation) (secret string, err error) {
	if !s.store.Delivers() {
		secret, err = v.space.Invite(v.Context(), v.actsFor(in.Party), in, invitationLife)
		if err == nil {
			s.announce("invitation", in.Email, s.config.URL(invitationLinkPath+secret))
		}
		return secret, err
	}
	err = v.space.Together(v.Context(), func(sp *store.Space) error {
		if secret, err = sp.Invite(v.Context(), v.actsFor(in.Party), in, invitationLife); err != nil {
			return err
		}
		letter := post.Link{Purpose: "space", Email: folded(in.Email), Name: strings.TrimSpace(in.Given + " " + in.Family), Space: v.place.Name, ReplyTo: v.account.Email,
			Link: s.config.URL(invitationLinkPath + secret), Lang: v.p.Lang(), Until: v.now.Add(invitationLife)}
		spec, err := letter.Spec(auth.HashSecret(secret))
		if err != nil {
			return err
		}
		_, err = sp.Enqueue(v.Context(), spec)
		return err
	})
	return secret, err
}

// readRole reads the choice of a role, which must be one that the visitor may give for a party that the convention names.
func (v *visit) readRole(f *form, choice string, in *store.Invitation) error {
	party, coordinator := strings.CutPrefix(choice, rolePrefix)
	text, err := v.text()
	if err != nil {
		return err
	}
	switch {
	case coordinator && text.Text.Party(party) != nil:
		in.Role, in.Party = store.Coordinator, party
	case choice == string(store.Reader):
		in.Role = store.Reader
	case choice != "":
		f.faults.Add("role", "fault.field.choice")
	}
	if err := f.err(); err != nil {
		return err
	}
	return v.may(taskOf(in.Role), in.Party)
}

// notYet refuses to invite somebody to what they have.
func (v *visit) notYet(in store.Invitation) error {
	holders, err := v.space.GrantsIn(v.Context())
	if err != nil {
		return err
	}
	var f fault.Fields
	for _, h := range holders {
		if h.Email == folded(in.Email) && h.Role == in.Role && h.Party == in.Party && !h.Disabled {
			f.Add("email", "access.invite.has-it", "name", h.Name)
		}
	}
	return f.Err()
}

// actsFor is the visitor as who acts for a party that they coordinate; an administrator acts for none.
func (v *visit) actsFor(party string) store.Actor {
	if party != "" && !v.standing.Coordinator(party) {
		party = ""
	}
	return v.actor(party, "")
}

// withdrawAccess takes a role back. Whoever gives up their own last role leaves the space.
func (s *Server) withdrawAccess(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	g := store.Grant{Account: f.text("account"), Role: store.Role(f.text("role")), Party: f.text("party")}
	if err = f.err(); err == nil {
		err = g.Check()
	}
	if err == nil {
		err = v.may(taskOf(g.Role), g.Party)
	}
	if err == nil {
		err = v.space.RemoveGrant(v.Context(), v.actsFor(g.Party), g)
	}
	switch {
	case fault.Is(err, fault.NotFound):
		return s.refuseWithdrawal(w, v, http.StatusUnprocessableEntity, fault.Say("access.withdraw.gone"))
	case fault.Is(err, fault.Forbidden):
		_, why := explained(err)
		return s.refuseWithdrawal(w, v, http.StatusForbidden, why)
	case fault.Is(err, fault.Invalid):
		return s.refuseWithdrawal(w, v, http.StatusUnprocessableEntity, fault.Say("access.withdraw.unknown"))
	case err != nil:
		return err
	}
	return s.afterWithdrawal(w, v, g)
}

func (s *Server) refuseWithdrawal(w http.ResponseWriter, v *visit, status int, why fault.Message) error {
	return s.showAccess(w, v, status, view.AccessData{Refused: why})
}

// afterWithdrawal leads back to the page, or out of the space where the visitor may no longer see it.
func (s *Server) afterWithdrawal(w http.ResponseWriter, v *visit, g store.Grant) error {
	to := v.path("acces")
	if g.Account == v.account.ID {
		now, err := s.store.Standing(v.Context(), v.account.ID, v.place.ID, v.today)
		if err != nil {
			return err
		}
		if !canForSome(now.Standing, authority.InviteReader).Allowed {
			to = view.SpacesPath
		}
	}
	return s.redirect(w, v, to, fault.Say("access.withdraw.done"))
}

// withdrawInvitation takes back an invitation that nobody has accepted: it is for whoever may give the role.
func (s *Server) withdrawInvitation(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	id := f.text("invitation")
	list, err := v.space.PendingInvitations(v.Context())
	if err != nil {
		return err
	}
	i := slices.IndexFunc(list, func(x store.PendingInvitation) bool { return x.ID == id })
	if i < 0 {
		return s.refuseWithdrawal(w, v, http.StatusUnprocessableEntity, fault.Say("access.pending.gone"))
	}
	if err = v.may(taskOf(list[i].Role), list[i].Party); err == nil {
		err = v.space.WithdrawInvitation(v.Context(), v.actsFor(list[i].Party), id)
	}
	switch {
	case fault.Is(err, fault.NotFound):
		return s.refuseWithdrawal(w, v, http.StatusUnprocessableEntity, fault.Say("access.pending.gone"))
	case fault.Is(err, fault.Forbidden):
		_, why := explained(err)
		return s.refuseWithdrawal(w, v, http.StatusForbidden, why)
	case err != nil:
		return err
	}
	return s.redirect(w, v, v.path("acces"), fault.Say("access.pending.done"))
}
