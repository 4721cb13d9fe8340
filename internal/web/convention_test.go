package web

import (
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"entente/conventions"
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/store"
)

func TestConventionPage(t *testing.T) {
	st := newSite(t)
	c := st.as(reader)
	page := c.get(st.path("convention")).wants(http.StatusOK)
	page.says("Ce que cet article donne").says("3.3 Étendre le réseau").says("Camille Member").says("version 1, texte signé")
	for _, k := range st.text.Clauses {
		if len(nodes(page.html(), func(n *html.Node) bool { return attr(n, "id") == k.Anchor })) != 1 {
			t.Errorf("no clause at %q", k.Anchor)
		}
	}
	if strings.Contains(page.body, "convention/charger") {
		t.Error("a reader is offered to load a version")
	}
	if !strings.Contains(st.as(administrator).get(st.path("convention")).body, "convention/charger") {
		t.Error("an administrator is not offered to load a version")
	}
}

// TestConventionOnADay holds that the text and the state shown are those of the day asked for.
func TestConventionOnADay(t *testing.T) {
	st := newSite(t)
	st.amend("2025-01-01")
	c := st.as(reader)
	tests := []struct {
		le     string
		status int
		says   []string
	}{
		{"", http.StatusOK, []string{"version 2, avenant n° 1", "au moins 3 fois par an"}},
		{"2024-12-31", http.StatusOK, []string{"version 1, texte signé, du 1er janvier 2023 au 31 décembre 2024", "au moins 4 fois par an", "ceux du 31 décembre 2024"}},
		{"2025-01-01", http.StatusOK, []string{"au moins 3 fois par an"}},
		{"31/12/2024", http.StatusOK, []string{"au moins 4 fois par an"}},
		{"2020-01-01", http.StatusOK, []string{"aucune version ne s’appliquait encore", "version 1"}},
		{"2026-02-30", http.StatusUnprocessableEntity, []string{"2026-02-30", "au moins 3 fois par an"}},
	}
	for _, x := range tests {
		page := c.get(st.path("convention") + "?le=" + x.le).wants(x.status)
		for _, w := range x.says {
			page.says(w)
		}
		if got := attr(page.field("le"), "value"); x.le != "" && got != x.le {
			t.Errorf("%s: the day asked for comes back as %q", x.le, got)
		}
	}
}

func TestConventionFile(t *testing.T) {
	st := newSite(t)
	st.amend("2025-01-01")
	c := st.as(reader)
	source, err := conventions.Read(st.text.Identity.ID)
	st.must(err)
	first := c.get(st.path("convention", "fichier") + "?version=1").wants(http.StatusOK)
	if first.body != string(source) {
		t.Error("the file is not what was loaded")
	}
	if got := first.header.Get("Content-Type"); got != "text/markdown; charset=utf-8" {
		t.Errorf("type %q", got)
	}
	if got, want := first.header.Get("Content-Disposition"), `attachment; filename="`+st.text.Identity.ID+`-v1.md"`; got != want {
		t.Errorf("disposition %q, want %q", got, want)
	}
	if today := c.get(st.path("convention", "fichier")).wants(http.StatusOK); !strings.Contains(today.body, "minimum: 3") {
		t.Error("without a number the file is not that of today")
	}
	for _, number := range []string{"3", "0", "x"} {
		c.get(st.path("convention", "fichier") + "?version=" + number).wants(http.StatusNotFound).says("n’a pas de version numéro " + number)
	}
}

// amend puts a version in force in which the operational committee meets three times a year, and gives its text.
func (st *site) amend(from string) string {
	st.t.Helper()
	text := amendedText(st.t)
	_, err := st.store.In(st.own.ID).AddVersion(st.t.Context(), store.Actor{Name: "Essai"}, []byte(text), calendar.Must(from))
	st.must(err)
	return text
}

// amendedText is the real convention with an operational committee that meets three times a year.
func amendedText(t *testing.T) string {
	t.Helper()
	source, err := conventions.Read("etampois-sud-essonne-2023-2026")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Replace(string(source), "minimum: 4", "minimum: 3", 1)
}

// TestDocumentsAreBounded holds that the documents kept do not grow with the number of versions, and that each is made once.
func TestDocumentsAreBounded(t *testing.T) {
	source, err := conventions.Read("contrat-local-sante-val-ambre-2025-2029")
	if err != nil {
		t.Fatal(err)
	}
	text, faults := convention.Parse("convention.md", source)
	if err := faults.Err(); err != nil {
		t.Fatal(err)
	}
	cache := newDocumentCache(2)
	version := func(id string) *convention.Version { return &convention.Version{ID: id, Text: text} }
	first, err := cache.of(version("a"))
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := cache.of(version("a")); again != first {
		t.Error("a version was set twice")
	}
	for _, id := range []string{"b", "c"} {
		if _, err := cache.of(version(id)); err != nil {
			t.Fatal(err)
		}
	}
	if len(cache.known) != 2 || cache.known["a"] != nil || len(cache.order) != 2 {
		t.Errorf("%d documents are kept", len(cache.known))
	}
}
