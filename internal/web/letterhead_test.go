package web

import (
	"net/http"
	"testing"

	"entente/internal/governance"
)

// TestLetterheadIsSet by who keeps the space; what is wrong comes back beside its field.
func TestLetterheadIsSet(t *testing.T) {
	st := newSite(t)
	c := st.as(coordinator)
	page := c.get(st.path("papier")).wants(http.StatusOK).says("4 place du Vieux-Lavoir")
	c.sendFile(page, st.path("papier"), "logo.png", []byte("GIF89a"), "name", "Neuf", "lines", "", "colour", "#ffee00").wants(http.StatusUnprocessableEntity).
		says("n’est pas une image PNG").says("trop claire")
	kept := func() governance.Letterhead {
		l, err := st.store.In(st.own.ID).Letterhead(t.Context())
		st.must(err)
		return l
	}
	c.submit(page, st.path("papier"), "name", "Neuf", "colour", "#7a2e1d").wants(http.StatusSeeOther)
	if l := kept(); l.Name != "Neuf" || l.Colour != "#7a2e1d" || l.Logo == nil {
		t.Errorf("it is kept as %+v", l)
	}
	c.submit(page, st.path("papier"), "name", "Vieux").wants(http.StatusConflict).says("Neuf")
	c.submit(c.get(st.path("papier")), st.path("papier"), "remove-logo", "1").wants(http.StatusSeeOther)
	if l := kept(); l.Logo != nil {
		t.Error("the logo stays")
	}
	c.get(st.path("papier", "logo")).wants(http.StatusNotFound)
	st.as(reader).get(st.path("papier")).wants(http.StatusForbidden)
	st.as(administrator).get(spacePath(st.other.Slug, "papier")).wants(http.StatusOK).says("Aucun en-tête n’est encore réglé")
}
