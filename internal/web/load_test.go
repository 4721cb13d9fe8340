package web

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"entente/conventions"
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/governance"
	"entente/internal/store"
)

// sendFile submits the form of a page as a browser does, with a file chosen.
func (c *client) sendFile(page *answer, action, called string, content []byte, pairs ...string) *answer {
	t := c.site.t
	t.Helper()
	v := url.Values{}
	if page != nil {
		v = page.form(action)
	}
	for name, list := range values(pairs...) {
		v[name] = list
	}
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, list := range v {
		for _, x := range list {
			if err := w.WriteField(name, x); err != nil {
				t.Fatal(err)
			}
		}
	}
	part, err := w.CreateFormFile("file", called)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return c.do(http.MethodPost, action, &body, "Content-Type", w.FormDataContentType())
}

func realText(t *testing.T) string {
	t.Helper()
	source, err := conventions.Read("etampois-sud-essonne-2023-2026")
	if err != nil {
		t.Fatal(err)
	}
	return string(source)
}

// TestCreateSpace lives the making of a space: a faulty text, its correction, the details, the space.
func TestCreateSpace(t *testing.T) {
	st := newSite(t)
	c := st.as(administrator)
	page := c.get(newSpacePath).wants(http.StatusOK)
	faulty := strings.Replace(realText(t), "niveau: strategique", "niveau: haut", 1)
	page = c.submit(page, newSpacePath, "text", faulty).wants(http.StatusUnprocessableEntity)
	page.says("À corriger dans le texte").says("1 erreur").says("niveau: haut")
	if got := page.form(newSpacePath).Get("text"); !strings.Contains(got, "niveau: haut") {
		t.Error("what was typed is lost")
	}
	page = c.submit(page, newSpacePath, "text", realText(t)).wants(http.StatusOK).says("Ce que le texte établit").says("3 axes, 9 objectifs")
	proposed := page.form(newSpacePath)
	if proposed.Get("slug") != st.text.Identity.ID || proposed.Get("name") != "PST Étampois Sud-Essonne" || proposed.Get("effective") != "" {
		t.Errorf("proposed %q, %q, %q", proposed.Get("slug"), proposed.Get("name"), proposed.Get("effective"))
	}
	page = c.submit(page, newSpacePath, "apply", "1", "slug", st.own.Slug, "name", "").wants(http.StatusUnprocessableEntity)
	page.says("2 champs sont à corriger")
	page = c.submit(page, newSpacePath, "apply", "1", "effective", "2023-06-05", "name", "Mon projet").wants(http.StatusUnprocessableEntity)
	page.says("Un autre espace porte déjà cette adresse courte.")
	done := c.submit(page, newSpacePath, "apply", "1", "slug", "mon-projet").leadsTo("/espaces/mon-projet/acces")
	c.follow(done).wants(http.StatusOK)
	info, err := st.store.SpaceBySlug(t.Context(), "mon-projet")
	st.must(err)
	history, err := st.store.In(info.ID).History(t.Context())
	st.must(err)
	if len(history) != 1 || history[0].Effective != calendar.Must("2023-06-05") || string(history[0].Source) != realText(t) {
		t.Error("the space does not hold the text as it was typed")
	}
	if info.Name != "Mon projet" {
		t.Errorf("the space is called %q", info.Name)
	}
}

// TestLoadRefuses holds that what is wrong is said where it can be mended, and that nothing changes.
func TestLoadRefuses(t *testing.T) {
	st := newSite(t)
	c := st.as(administrator)
	path := st.path("convention", "charger")
	ended := strings.Replace(amendedText(t), "fin: 2026-12-31", "fin: 2026-06-30", 1)
	tests := []struct {
		name  string
		typed []string // in the first step
		then  []string // in the second; nil: there is none
		says  string
	}{
		{"nothing", []string{"text", " \n "}, nil, "Choisissez un fichier, ou collez ici le texte"},
		{"the same text", []string{"text", realText(t)}, nil, "la même chose que la version 1"},
		{"the same text laid out otherwise", []string{"text", strings.ReplaceAll(realText(t), "\n", "\r\n") + "\n\n"}, nil, "la même chose que la version 1"},
		{"no day", []string{"text", amendedText(t)}, []string{"effective", ""}, "Renseignez ce champ."},
		{"no such day", []string{"text", amendedText(t)}, []string{"effective", "2026-02-30"}, "Cette date n’existe pas"},
		{"before the version that it follows", []string{"text", amendedText(t)}, []string{"effective", "2022-12-31"}, "Le texte précédent s’applique à partir du 1er janvier 2023"},
		{"after its own end", []string{"text", ended}, []string{"effective", "2026-07-01"}, "Le texte prend fin le 30 juin 2026"},
		{"another text than the one checked", []string{"text", amendedText(t)}, []string{"effective", "2026-01-01", "text", ended}, "a changé depuis la vérification"},
	}
	for _, x := range tests {
		t.Run(x.name, func(t *testing.T) {
			page := c.submit(c.get(path), path, x.typed...)
			if x.then != nil {
				page = c.submit(page.wants(http.StatusOK), path, append(x.then, "apply", "1")...)
			}
			page.wants(http.StatusUnprocessableEntity).says(x.says)
		})
	}
	history, err := st.store.In(st.own.ID).History(t.Context())
	st.must(err)
	if len(history) != 1 {
		t.Errorf("%d versions after refusals", len(history))
	}
}

// TestLoadVersion lives an amendment: what it changes is shown in the terms of the convention, with the mandates that lose
// their seat, before it is applied.
func TestLoadVersion(t *testing.T) {
	st := newSite(t)
	sp, c := st.store.In(st.own.ID), st.as(administrator)
	seat, ok := st.text.Seat("operationnel/caese/services-population")
	if !ok {
		t.Fatal("the seat is not in the convention")
	}
	person, err := sp.CreatePerson(t.Context(), store.Actor{}, directory.Person{Given: "Dominique", Family: "Lenoir"})
	st.must(err)
	_, err = sp.CreateMandate(t.Context(), store.Actor{}, governance.Mandate{Seat: seat.Key, Person: person.ID, Role: governance.Holder,
		Period: calendar.Period{From: calendar.Must("2024-01-01")}})
	st.must(err)

	path := st.path("convention", "charger")
	page := c.get(path + "?depuis=1").wants(http.StatusOK)
	if !strings.Contains(page.form(path).Get("text"), "minimum: 4") {
		t.Error("the text of the last version is not there to start from")
	}
	text := strings.Replace(amendedText(t), "id: services-population", "id: services-habitants", 1)
	page = c.submit(page, path, "text", text).wants(http.StatusOK)
	page.says("au moins 3 fois par an au lieu de 4 (art. 4-2)").says("1 mandat sur un siège qui n’existerait plus").says("Dominique Lenoir").
		says("1 siège serait créé").says("La version précédente s’applique depuis le 1er janvier 2023")
	done := c.submit(page, path, "apply", "1", "effective", "2026-12-01").leadsTo(st.path("convention") + "?le=2026-12-01")
	c.follow(done).wants(http.StatusOK).says("version 2, avenant n° 1").says("au moins 3 fois par an")

	last, err := sp.JournalEntries(t.Context(), store.JournalFilter{Limit: 1})
	st.must(err)
	if last[0].Subject != "version" || last[0].Article != "6" || last[0].Actor != st.accounts[administrator].ID {
		t.Errorf("the journal says %+v", last[0])
	}
}

// TestLoadIsSealed holds that a check made before somebody else loaded a version cannot be applied unseen.
func TestLoadIsSealed(t *testing.T) {
	st := newSite(t)
	c := st.as(administrator)
	path := st.path("convention", "charger")
	other := strings.Replace(realText(t), "minimum: 4", "minimum: 5", 1)
	page := c.submit(c.get(path), path, "text", other).wants(http.StatusOK).says("au moins 5 fois par an au lieu de 4")
	st.amend("2025-01-01")
	page = c.submit(page, path, "apply", "1", "effective", "2026-01-01").wants(http.StatusUnprocessableEntity)
	page.says("a changé depuis la vérification").says("au moins 5 fois par an au lieu de 3")
	if got := page.form(path).Get("effective"); got != "2026-01-01" {
		t.Errorf("the day typed comes back as %q", got)
	}
	c.submit(page, path, "apply", "1").wants(http.StatusSeeOther)
}

// TestLoadFile holds that a file takes the place of the text, whatever editor wrote it, and that what is no text is refused
// beside the field without losing what was typed.
func TestLoadFile(t *testing.T) {
	st := newSite(t)
	c := st.as(administrator)
	path := st.path("convention", "charger")
	tests := []struct {
		name    string
		called  string
		content []byte
		status  int
		kept    bool // the file is refused, and what was typed stays
		says    string
	}{
		{"a text file", "avenant.md", []byte(amendedText(t)), http.StatusOK, false, "au moins 3 fois par an au lieu de 4"},
		{"one of another editor", "avenant.md", []byte("\ufeff" + strings.ReplaceAll(amendedText(t), "\n", "\r\n")), http.StatusOK, false, "au moins 3 fois"},
		{"a faulty one is named", "brouillon.md", []byte("# Titre\n\n```yaml\nrien: 1\n```\n"), http.StatusUnprocessableEntity, false, "brouillon.md"},
		{"one in another encoding", "avenant.txt", []byte("# D\xe9but\n"), http.StatusUnprocessableEntity, true, "avenant.txt n’est pas un fichier texte"},
		{"a word processor's", "avenant.docx", []byte("PK\x03\x04\x00\x00"), http.StatusUnprocessableEntity, true, "avenant.docx n’est pas un fichier texte"},
		{"one that is too large", "gros.md", bytes.Repeat([]byte("a"), maxFile+1), http.StatusUnprocessableEntity, true, "2 Mo au plus"},
		{"an empty one", "vide.md", nil, http.StatusUnprocessableEntity, true, "Ce fichier est vide"},
	}
	for _, x := range tests {
		t.Run(x.name, func(t *testing.T) {
			page := c.sendFile(c.get(path), path, x.called, x.content, "text", "# Ce que j’ai tapé")
			page.wants(x.status).says(x.says)
			if x.kept && !strings.Contains(page.form(path).Get("text"), "Ce que j’ai tapé") {
				t.Error("what was typed is lost")
			}
		})
	}
}

// TestLoadIsForAdministrators holds that others are told who may.
func TestLoadIsForAdministrators(t *testing.T) {
	st := newSite(t)
	for _, path := range []string{newSpacePath, st.path("convention", "charger")} {
		st.as(coordinator).post(path, "text", amendedText(t)).wants(http.StatusForbidden).says("administration de l’installation")
	}
}

func TestPlainText(t *testing.T) {
	tests := map[string]string{"": "", "\n\n": "", "a": "a\n", "\ufeffa\r\nb\r": "a\nb\n", "\n  a\n\n": "  a\n"}
	for in, want := range tests {
		if got := plainText([]byte(in)); got != want {
			t.Errorf("plainText(%q) is %q, want %q", in, got, want)
		}
	}
}

// TestSealSurvivesTheForm holds that a text has the same seal once it has been through a browser, which sends CR LF.
func TestSealSurvivesTheForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typed := plainText([]byte(rapid.StringMatching(`[ a-zé#:\n\r-]{0,60}`).Draw(t, "text")))
		if again := plainText([]byte(typed)); again != typed {
			t.Fatalf("%q becomes %q", typed, again)
		}
		sent := plainText([]byte(strings.ReplaceAll(typed, "\n", "\r\n")))
		if seal(sent, nil) != seal(typed, nil) {
			t.Fatalf("%q comes back as %q", typed, sent)
		}
	})
	if seal("a", nil) == seal("a", &convention.Version{ID: "v"}) || seal("a", nil) == seal("b", nil) {
		t.Error("two texts, or two states of the space, have one seal")
	}
}
