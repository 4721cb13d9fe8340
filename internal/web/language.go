package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"entente/internal/fault"
	"entente/internal/i18n"
)

// chooseLanguage keeps the language for the session and, where somebody is signed in, for their account, then leads back.
func (s *Server) chooseLanguage(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	lang := f.text("langue")
	if !slices.Contains(i18n.Languages(), lang) {
		return fault.New(fault.Invalid, "signin.language-unknown")
	}
	if v.account != nil {
		if err := s.store.SetLocale(v.Context(), v.actor("", ""), v.account.ID, lang); err != nil {
			return err
		}
	}
	s.sessions.Put(v.Context(), keyLanguage, lang)
	return s.redirect(w, v, localPath(f.values.Get("retour"), "/"), fault.Message{})
}

// localPath gives an address of this server to lead to, or the fallback where the address asked for leads elsewhere or is
// none: a form that leads on must not be a way to send people to other sites.
func localPath(asked, fallback string) string {
	u, err := url.Parse(asked)
	switch {
	case err != nil, u.Scheme != "", u.Host != "", u.User != nil, u.Opaque != "":
		return fallback
	case !strings.HasPrefix(asked, "/"), strings.HasPrefix(asked, "//"):
		return fallback
	case strings.ContainsFunc(asked, func(r rune) bool { return r <= ' ' || r == '\\' || r == 0x7f }):
		return fallback // browsers drop tabs and line ends, and take \ for /
	}
	return asked
}
