package web

import (
	"cmp"
	"net/http"
	"slices"

	"entente/internal/auth"
	"entente/internal/fault"
	"entente/internal/i18n"
	"entente/internal/store"
	"entente/internal/web/view"
)

// ownDataPath is where one fetches what is kept about oneself.
const ownDataPath = view.AccountPath + "/donnees"

// accountData is the page of one's own account as it stands.
func (s *Server) accountData(v *visit) view.AccountData {
	a := v.account
	return view.AccountData{Name: a.Name, Email: a.Email, Locale: a.Locale, Version: a.Version, DataHref: ownDataPath,
		ByLink: s.cameByLink(v) || a.PasswordHash == "", News: view.NewsData{Choice: a.News, Mails: s.store.Delivers()}}
}

// accountForm shows one's own account.
func (s *Server) accountForm(w http.ResponseWriter, v *visit) error {
	return s.showAccount(w, v, http.StatusOK, s.accountData(v))
}

func (s *Server) showAccount(w http.ResponseWriter, v *visit, status int, d view.AccountData) error {
	if d.Feed.Action == "" {
		var err error
		if d.Feed, err = s.feedData(v, store.Feed{}, ownFeedPath, ""); err != nil {
			return err
		}
	}
	p := v.page(v.p.T("account.own.title"))
	p.Path = view.AccountPath
	s.render(w, v, status, view.AccountPage(p, d))
	return nil
}

// updateAccount changes one's own name and language.
func (s *Server) updateAccount(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	d := s.accountData(v)
	d.Name, d.Locale, d.Version = f.required("name"), f.text("langue"), f.version()
	if !slices.Contains(i18n.Languages(), d.Locale) {
		f.faults.Add("langue", "fault.field.choice")
	}
	if err = f.err(); err == nil {
		_, err = s.store.UpdateAccount(v.Context(), v.actor("", ""), v.account.ID, d.Version, func(a *store.Account) error {
			a.Name, a.Locale = d.Name, d.Locale
			return nil
		})
	}
	switch current, conflict := store.Current[store.Account](err); {
	case conflict:
		return s.showAccountConflict(w, v, d, current)
	case fault.Is(err, fault.Invalid):
		d.Faults, d.Message = explained(err)
		return s.showAccount(w, v, http.StatusUnprocessableEntity, d)
	case err != nil:
		return err
	}
	v.p = i18n.For(d.Locale)
	return s.redirect(w, v, view.AccountPath, fault.Say("account.saved"))
}

// showAccountConflict shows what was typed beside what was kept meanwhile, from another window or by an administrator.
func (s *Server) showAccountConflict(w http.ResponseWriter, v *visit, d view.AccountData, kept store.Account) error {
	last, err := s.store.Installation().JournalEntries(v.Context(), store.JournalFilter{Subject: "account", Key: kept.ID, Limit: 1})
	if err != nil {
		return err
	}
	language := func(code string) string { return v.p.T("layout.language." + cmp.Or(code, kept.Locale)) }
	d.Version, d.Both = kept.Version, &view.BothTexts{Fields: []view.TwoTexts{
		{Label: v.p.T("account.field.name"), Mine: d.Name, Theirs: kept.Name},
		{Label: v.p.T("account.field.language"), Mine: language(d.Locale), Theirs: language(kept.Locale)},
	}}
	for _, e := range last {
		d.Both.Who, d.Both.When = e.Name, v.p.Instant(e.At)
	}
	return s.showAccount(w, v, http.StatusConflict, d)
}

// changePassword keeps a new password. The present one is asked for, unless the session began with a personal link: whoever
// has forgotten theirs comes that way. Every other session of the account ends.
func (s *Server) changePassword(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	d := s.accountData(v)
	fresh := f.secret("new")
	if !d.ByLink {
		f.secret("current")
	}
	if err = f.err(); err == nil {
		err = s.checkNewPassword(v, f, d.ByLink, fresh)
	}
	if refusable(err) {
		d.PasswordFaults, d.PasswordMessage = explained(err)
		retryAfter(w, err)
		return s.showAccount(w, v, statuses[fault.KindOf(err)], d)
	}
	if err != nil {
		return err
	}
	return s.keepPassword(w, v, fresh)
}

// checkNewPassword refuses a weak password, and one that is not asked for by whoever knows the present one.
func (s *Server) checkNewPassword(v *visit, f *form, byLink bool, fresh string) error {
	if err := auth.CheckPassword(fresh, v.account.Email); err != nil {
		return renamed(err, "password", "new")
	}
	if byLink {
		return nil
	}
	if err := s.limited(v, "account:"+folded(v.account.Email), auth.AccountLimit); err != nil {
		return err
	}
	ok, _, err := s.hasher.Verify(v.Context(), v.account.PasswordHash, f.values.Get("current"))
	if err == nil && !ok {
		f.faults.Add("current", "signin.password-wrong")
	}
	if err == nil {
		err = f.err()
	}
	return err
}

func (s *Server) keepPassword(w http.ResponseWriter, v *visit, fresh string) error {
	hash, err := s.hasher.Hash(v.Context(), fresh)
	if err == nil {
		err = s.store.SetPassword(v.Context(), v.actor("", ""), v.account.ID, hash)
	}
	if err == nil {
		err = s.store.ClearAttempts(v.Context(), "account:"+folded(v.account.Email))
	}
	if err != nil {
		return err
	}
	account := *v.account
	account.PasswordHash = hash
	if err := s.enter(v.Context(), account, false); err != nil {
		return err
	}
	return s.redirect(w, v, view.AccountPath, fault.Say("account.password.changed"))
}

// renamed puts what is wrong with a field on the field that the form calls otherwise.
func renamed(err error, from, to string) error {
	faults, _ := explained(err)
	if len(faults) == 0 {
		return err
	}
	out := slices.Clone(faults)
	for i := range out {
		if out[i].Name == from {
			out[i].Name = to
		}
	}
	return out.Err()
}
