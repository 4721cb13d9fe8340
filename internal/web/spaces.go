package web

import (
	"net/http"

	"entente/internal/authority"
	"entente/internal/store"
	"entente/internal/web/view"
)

// spaces lists the spaces that the visitor may enter.
func (s *Server) spaces(w http.ResponseWriter, v *visit) error {
	f := &form{values: v.URL.Query()}
	page, err := s.store.SpacesOf(v.Context(), *v.account, store.Paging{After: f.text("apres"), Before: f.text("avant")})
	if err != nil {
		return err
	}
	d := view.SpacesData{Paging: v.paging(page.Previous, page.Next)}
	if v.offers(authority.CreateSpace) {
		d.NewHref = newSpacePath
	}
	for _, x := range page.Items {
		d.Spaces = append(d.Spaces, view.SpaceRow{Name: x.Name, Href: spacePath(x.Slug), Roles: v.rolesIn(x)})
	}
	return s.show(w, v, view.SpacesPage(v.page(v.p.T("account.spaces.title")), d))
}

// newSpacePath is where an administrator makes a space.
const newSpacePath = view.SpacesPath + "/nouveau"

// rolesIn says what the visitor is in a space, in words.
func (v *visit) rolesIn(x store.SpaceRoles) []string {
	var out []string
	if len(x.Coordinates) > 0 {
		out = append(out, v.p.T("access.role.coordinator"))
	}
	if x.Reader {
		out = append(out, v.p.T("access.role.reader"))
	}
	if x.Person != "" && len(out) == 0 {
		out = append(out, v.p.T("access.role.member"))
	}
	if v.account.Administrator {
		out = append(out, v.p.T("access.role.administrator"))
	}
	return out
}
