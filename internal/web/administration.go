package web

import (
	"net/http"

	"entente/internal/calendar"
	"entente/internal/fault"
	"entente/internal/store"
	"entente/internal/web/view"
)

// accounts lists the accounts of the installation.
func (s *Server) accounts(w http.ResponseWriter, v *visit) error {
	return s.showAccounts(w, v, http.StatusOK, view.AccountsData{})
}

// showAccounts completes the page with the list of accounts. It is shown at its own address, whichever form was sent.
func (s *Server) showAccounts(w http.ResponseWriter, v *visit, status int, d view.AccountsData) error {
	f := &form{values: v.URL.Query()}
	page, err := s.store.Accounts(v.Context(), store.Paging{After: f.text("apres"), Before: f.text("avant")})
	if err != nil {
		return err
	}
	for _, a := range page.Items {
		d.Accounts = append(d.Accounts, view.AccountRow{ID: a.ID, Version: a.Version, Name: a.Name, Email: a.Email, Administrator: a.Administrator,
			Closed: a.Disabled(), Own: a.ID == v.account.ID, Since: calendar.On(a.CreatedAt, calendar.Paris)})
	}
	d.Paging = pagingAt(view.AdminPath, page.Previous, page.Next)
	d.Paging.Summary = v.p.T("administration.count", "count", page.Total)
	if err := s.documentSettings(v, &d.Documents); err != nil {
		return err
	}
	p := v.page(v.p.T("administration.title"))
	p.Path, p.Wide = view.AdminPath, true
	s.render(w, v, status, view.AccountsPage(p, d))
	return nil
}

// pagingAt makes the addresses of the pages before and after at an address without other query.
func pagingAt(path, previous, next string) view.Paging {
	var g view.Paging
	if previous != "" {
		g.Previous = path + "?avant=" + previous
	}
	if next != "" {
		g.Next = path + "?apres=" + next
	}
	return g
}

// inviteAccount makes an account without password, and a link that signs it in once: its holder chooses a password then.
// The link is shown this once to whoever invites, and sent.
func (s *Server) inviteAccount(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	d := view.AccountsData{Invite: view.AccountForm{Name: f.required("name"), Email: f.required("email"), Administrator: f.checked("administrator")}}
	var account store.Account
	if err = f.err(); err == nil {
		account, err = s.store.CreateAccount(v.Context(), v.actor("", ""),
			store.Account{Name: d.Invite.Name, Email: d.Invite.Email, Administrator: d.Invite.Administrator, Locale: v.p.Lang()})
	}
	if fault.Is(err, fault.Invalid) {
		d.Invite.Faults, d.Refused = explained(err)
		return s.showAccounts(w, v, http.StatusUnprocessableEntity, d)
	}
	if err != nil {
		return err
	}
	link, err := s.newSignInLink(v, "invitation", account, linkTarget{view.AccountPath}, invitationLife)
	if err != nil {
		return err
	}
	return s.showAccounts(w, v, http.StatusOK, view.AccountsData{Issued: s.issued(v, account.Email, link)})
}

// issued is a link as the page shows it once.
func (s *Server) issued(v *visit, email, link string) *view.IssuedLink {
	return &view.IssuedLink{Email: email, Link: link, Mailed: s.store.Delivers(), Until: calendar.On(v.now.Add(invitationLife), calendar.Paris)}
}

// accountActions are the changes that an administrator may make to an account; the key is the value of the button.
var accountActions = map[string]func(s *Server, v *visit, id string, version int64) error{
	"disable": func(s *Server, v *visit, id string, _ int64) error {
		return s.store.DisableAccount(v.Context(), v.actor("", ""), id)
	},
	"enable": func(s *Server, v *visit, id string, _ int64) error {
		return s.store.EnableAccount(v.Context(), v.actor("", ""), id)
	},
	"promote": func(s *Server, v *visit, id string, version int64) error {
		return s.setAdministrator(v, id, version, true)
	},
	"demote": func(s *Server, v *visit, id string, version int64) error {
		return s.setAdministrator(v, id, version, false)
	},
}

func (s *Server) setAdministrator(v *visit, id string, version int64, is bool) error {
	_, err := s.store.UpdateAccount(v.Context(), v.actor("", ""), id, version, func(a *store.Account) error {
		a.Administrator = is
		return nil
	})
	return err
}

// changeAccount closes or opens an account, gives or withdraws administration. A refusal, as for the last administrator,
// is said on the list.
func (s *Server) changeAccount(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	id, action := v.PathValue("account"), f.text("action")
	if _, err := s.store.Account(v.Context(), id); err != nil {
		return err
	}
	change, known := accountActions[action]
	if !known {
		return s.showAccounts(w, v, http.StatusUnprocessableEntity, view.AccountsData{Refused: fault.Say("administration.action-unknown")})
	}
	err = change(s, v, id, f.version())
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		d := view.AccountsData{}
		_, d.Refused = explained(err)
		return s.showAccounts(w, v, statuses[fault.KindOf(err)], d)
	}
	if err != nil {
		return err
	}
	if id == v.account.ID && action == "demote" {
		return s.redirect(w, v, view.SpacesPath, fault.Say("administration.done."+action))
	}
	return s.redirect(w, v, view.AdminPath, fault.Say("administration.done."+action))
}
