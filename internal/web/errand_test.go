package web

import (
	"archive/zip"
	"bytes"
	"log/slog"
	"net/http"
	"regexp"
	"testing"

	"entente/internal/job/runner"
	"entente/internal/web/view"
)

// works does what is asked for in the background.
func (st *site) works() {
	st.t.Helper()
	_, err := runner.New(runner.Options{Store: st.store, Clock: st.clock.Now, Log: slog.New(slog.DiscardHandler), Handlers: st.server.Handlers()}).DoDue(st.t.Context())
	st.must(err)
}

var errandAddress = regexp.MustCompile(view.ErrandsPath + `/[0-9a-f-]{36}`)

// errandOf is the address of the newest thing that somebody has asked for.
func (c *client) errandOf() string {
	c.site.t.Helper()
	found := errandAddress.FindString(c.get(view.ErrandsPath).wants(http.StatusOK).body)
	if found == "" {
		c.site.t.Fatal("nothing was asked for")
	}
	return found
}

// TestWorkIsLeftAndFoundAgain: an archive is asked for, made, fetched by who asked for it alone, and taken away.
func TestWorkIsLeftAndFoundAgain(t *testing.T) {
	st := newSite(t)
	c := st.as(coordinator)
	ask, meeting := st.path("travaux"), st.ids["reunions"]
	c.get(view.ErrandsPath).wants(http.StatusOK).says("Vous n’avez rien demandé")
	c.get(st.path("reunions", meeting)).wants(http.StatusOK).says("Préparer l’archive")
	c.post(ask, "what", "archive", "id", meeting).leadsTo(view.ErrandsPath)
	at := c.errandOf()
	c.get(view.ErrandsPath).says("En attente").says("Arrêter")
	c.get(at + "/fichier").wants(http.StatusOK).says("Ce fichier n’est pas prêt")
	st.works()
	c.get(view.ErrandsPath).says("Prêt").says("Télécharger").says("Retirer")
	got := c.get(at + "/fichier").wants(http.StatusOK)
	z, err := zip.NewReader(bytes.NewReader([]byte(got.body)), int64(len(got.body)))
	st.must(err)
	if len(z.File) < 5 || got.header.Get("Content-Type") != "application/zip" {
		t.Errorf("%d files, %v", len(z.File), got.header)
	}
	st.as(administrator).get(at + "/fichier").wants(http.StatusNotFound)
	st.as(administrator).post(at).wants(http.StatusNotFound)
	c.post(at).leadsTo(view.ErrandsPath)
	c.get(at + "/fichier").wants(http.StatusNotFound)
	c.get(view.ErrandsPath).says("Vous n’avez rien demandé")
}

// TestWorkIsStopped: what is taken back before it was made is not made; what somebody may not have is not made for them.
func TestWorkIsStopped(t *testing.T) {
	st := newSite(t)
	c := st.as(coordinator)
	ask, meeting := st.path("travaux"), st.ids["reunions"]
	c.post(ask, "what", "archive", "id", meeting).leadsTo(view.ErrandsPath)
	c.post(c.errandOf()).leadsTo(view.ErrandsPath)
	st.works()
	c.get(view.ErrandsPath).says("Vous n’avez rien demandé")
	c.post(ask, "what", "tout", "id", meeting).wants(http.StatusUnprocessableEntity)
	c.post(ask, "what", "archive", "id", "nulle-part").wants(http.StatusNotFound)
	st.as(reader).post(ask, "what", "archive", "id", meeting).wants(http.StatusForbidden)
	c.post(ask, "what", "archive", "id", meeting).leadsTo(view.ErrandsPath)
	at := c.errandOf()
	st.must(st.store.DisableAccount(t.Context(), atCalls, st.accounts[coordinator].ID))
	st.works()
	list, err := st.store.Errands(t.Context(), st.accounts[coordinator].ID)
	st.must(err)
	if len(list) != 1 || list[0].Ready() {
		t.Errorf("%s: a file was made for a closed account: %+v", at, list)
	}
}
