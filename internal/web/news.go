package web

import (
	"net/http"
	"net/url"

	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/web/view"
)

// chooseNews keeps how often the visitor wishes to have news, in every space.
func (s *Server) chooseNews(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	choice := governance.NewsChoice(f.text("news"))
	_, err = s.store.UpdateAccount(v.Context(), v.actor("", ""), v.account.ID, v.account.Version, func(a *store.Account) error {
		a.News = choice
		return nil
	})
	if fault.Is(err, fault.Invalid) {
		d := s.accountData(v)
		d.News.Faults, d.News.Message = explained(err)
		return s.showAccount(w, v, http.StatusUnprocessableEntity, d)
	}
	if err != nil {
		return err
	}
	return s.redirect(w, v, view.AccountPath+"#nouvelles", fault.Say("news.saved"))
}

// newsLinkForm opens the link of a letter of news. It only shows what was chosen and a button: programs that look through mail open
// links too.
func (s *Server) newsLinkForm(w http.ResponseWriter, v *visit) error {
	in, err := s.openLink(w, v, store.LinkNews)
	if err != nil {
		return s.deadLink(w, v, err)
	}
	d := view.NewsLinkData{Action: in.path(), Space: in.place.Name, Person: in.person.Name(), WithAccount: in.person.Account != "", Done: v.URL.Query().Has("fait")}
	if d.Choice, err = in.space.News(v.Context(), in.person.ID); err != nil {
		return err
	}
	p := v.page(v.p.T("news.title"))
	p.Path = "/"
	return s.show(w, v, view.NewsLinkPage(p, d))
}

// chooseNewsByLink ends the news, or lets them come again. What a mail program sends by itself (RFC 8058) names no choice: it ends them.
func (s *Server) chooseNewsByLink(w http.ResponseWriter, v *visit) error {
	in, err := s.openLink(w, v, store.LinkNews)
	if err != nil {
		return s.deadLink(w, v, err)
	}
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	choice := governance.NewsNone
	if f.text("news") == string(governance.NewsEach) {
		choice = governance.NewsEach
	}
	if err := in.space.ChooseNews(v.Context(), in.actor(""), in.person.ID, choice); err != nil {
		return err
	}
	return s.redirect(w, v, in.path()+"?"+url.Values{"fait": {"1"}}.Encode(), fault.Message{})
}
