package web

import (
	"net/http"

	"entente/internal/web/view"
)

// front leads whoever comes to the address of the installation to where they can begin.
func (s *Server) front(w http.ResponseWriter, v *visit) error {
	to := view.SignInPath
	if v.account != nil {
		to = view.SpacesPath
	}
	http.Redirect(w, v.Request, to, http.StatusSeeOther)
	return nil
}

// components shows what pages are made of, with invented examples.
func (s *Server) components(w http.ResponseWriter, v *visit) error {
	return s.show(w, v, view.ComponentsPage(v.page(v.p.T("specimen.title"))))
}
