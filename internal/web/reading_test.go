package web

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"entente/internal/fault"
	"entente/internal/reading"
	"entente/internal/store"
	"entente/internal/web/view"
)

// smallText is an invented convention, short enough to be read in no time, that says a little of everything.
const smallText = `CONTRAT LOCAL DU VAL-CLAIR

Entre les soussignés :

La Communauté de communes du Val-Clair, dont le siège est 1 place de la Mairie, représentée par sa présidente, ci-après dénommée « la Communauté »,

et

La Caisse d’allocations familiales de la Vernoise, représentée par son directeur, ci-après dénommée « la Caf »,

Il est convenu ce qui suit :

Article 1 - Objet

La présente convention a pour objet de coordonner l’offre de services aux familles du Val-Clair.

Article 2 - Gouvernance

Un comité de pilotage est composé de deux représentants de chaque signataire. Il se réunit au moins deux fois par an.

Le comité de pilotage a pour missions :
- valider les orientations ;
- proposer les ajustements nécessaires.

Article 3 - Durée

La présente convention prend effet à compter de sa signature et se termine le 31 décembre 2028.

Article 4 - Modification

Toute modification fait l’objet d’un avenant signé par l’ensemble des parties.

Fait à Val-Clair, le 3 mars 2025
`

// readingOf keeps a text for an account as the page does.
func (st *site) readingOf(who, text string) store.Reading {
	st.t.Helper()
	r, err := reading.Read(st.t.Context(), "convention.txt", []byte(text), reading.Options{})
	st.must(err)
	row, err := st.store.CreateReading(st.t.Context(), store.Actor{}, store.Reading{Account: st.accounts[who].ID, Name: "convention.txt",
		Facts: len(r.Facts), Decisions: "{}"}, []byte(text))
	st.must(err)
	return row
}

// readAgain is what the page reads of a kept text.
func readAgain(t *testing.T, text string) *reading.Reading {
	t.Helper()
	r, err := reading.Read(t.Context(), "convention.txt", []byte(text), reading.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestReadingFromDeposit lives the way of a pasted text: deposit, review, list, removal.
func TestReadingFromDeposit(t *testing.T) {
	st := newSite(t)
	c := st.as(administrator)
	c.get(newSpacePath).says("Vous avez un texte signé")
	done := c.submit(c.get(view.ReadingsPath), view.ReadingsPath, "text", smallText).wants(http.StatusSeeOther)
	at := done.header.Get("Location")
	c.follow(done).wants(http.StatusOK).says("Texte collé").says("comité de pilotage").says("au moins 2 fois par an").says("% du texte").says("Pas trouvé")
	list := c.get(view.ReadingsPath).says("Texte collé")
	id := strings.TrimPrefix(at, view.ReadingsPath+"/")
	removal := reviewPath(store.Reading{ID: id}, "retrait")
	c.post(removal, "version", "99").wants(http.StatusConflict).says("depuis que la page a été affichée")
	c.follow(c.submit(list, removal)).says("La lecture de « Texte collé » est supprimée.")
	c.get(at).wants(http.StatusNotFound)
}

// TestReadingFaults holds that what cannot be read is refused beside its field, with what to do, and that nothing is kept.
func TestReadingFaults(t *testing.T) {
	st := newSite(t)
	c := st.as(administrator)
	tests := []struct {
		name, file string
		content    []byte
		says       string
	}{
		{"a broken PDF", "a.pdf", []byte("%PDF-1.7\nrien"), "abîmé"},
		{"an old Word file", "a.doc", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 …"), "enregistrez-le au format DOCX"},
		{"an image", "a.png", []byte("\x89PNG\r\n\x1a\n"), "reconnaissance de caractères"},
		{"another language", "a.txt", []byte(strings.Repeat("This agreement is made between the parties and shall be governed by the laws of the land. ", 20)), "ne semble pas être en français"},
		{"no convention", "a.txt", []byte(strings.Repeat("Il était une fois une petite fille de village, la plus jolie qu’on eût su voir dans la forêt. ", 20)), "ne semble pas être une convention"},
		{"an empty file", "a.txt", nil, "Ce fichier est vide"},
		{"one too large", "a.pdf", bytes.Repeat([]byte("a"), store.MaxReadingSize+1), "20 Mo au plus"},
		{"one larger than any form", "a.pdf", bytes.Repeat([]byte("a"), maxDeposit+1), "20 Mo au plus"},
	}
	for _, x := range tests {
		t.Run(x.name, func(t *testing.T) {
			page := c.sendFile(c.get(view.ReadingsPath), view.ReadingsPath, x.file, x.content, "names", "oui").wants(http.StatusUnprocessableEntity).says(x.says)
			if len(nodes(page.html(), hasID("f-file-fault"))) == 0 {
				t.Error("the fault does not stand beside the field")
			}
		})
	}
	page := c.submit(c.get(view.ReadingsPath), view.ReadingsPath, "text", "# Une recette\n\nBattre les œufs.").wants(http.StatusUnprocessableEntity)
	if len(nodes(page.html(), hasID("f-text-fault"))) == 0 || !strings.Contains(page.form(view.ReadingsPath).Get("text"), "Battre") {
		t.Error("a refused pasted text does not come back with its fault")
	}
	c.post(view.ReadingsPath).wants(http.StatusUnprocessableEntity).says("Choisissez un fichier")
	kept, err := st.store.ReadingsOf(t.Context(), st.accounts[administrator].ID)
	st.must(err)
	if len(kept) != 1 { // that of the harness
		t.Errorf("%d readings are kept", len(kept))
	}
}

// TestReadingIsPrivate holds that another administrator is not told that a reading exists.
func TestReadingIsPrivate(t *testing.T) {
	st := newSite(t)
	other, err := st.store.CreateAccount(t.Context(), store.Actor{}, store.Account{Email: "second@exemple.fr", Name: "Camille Second", Administrator: true})
	st.must(err)
	st.accounts["second"] = other
	secret, err := st.store.IssueToken(t.Context(), store.Token{Kind: store.SignIn, Account: other.ID, Email: other.Email}, time.Hour)
	st.must(err)
	c := st.browser("second")
	c.post(signInLinkPath + secret).wants(http.StatusSeeOther)
	at := view.ReadingsPath + "/" + st.ids["lectures"]
	for _, path := range []string{"", "/fichier", "/ajout"} {
		c.get(at + path).wants(http.StatusNotFound)
	}
	for _, path := range []string{"/faits", "/ensemble", "/questions", "/ajout", "/ajout/retrait", "/retrait"} {
		c.post(at+path, "fait", "party-1", "verdict", "confirmed", "version", "1").wants(http.StatusNotFound)
	}
	c.get(view.ReadingsPath).wants(http.StatusOK).says("Aucune lecture commencée")
}

// TestReadingDeskIsBounded holds that few texts are read at once, that who comes meanwhile is told to come again, that a text
// is read once, and that a text that takes too long is given up.
func TestReadingDeskIsBounded(t *testing.T) {
	ctx, text := t.Context(), func() ([]byte, error) { return []byte(smallText), nil }
	d := newReadingDesk()
	d.wait = time.Millisecond
	for range readAtOnce {
		d.slots <- struct{}{}
	}
	if _, err := d.read(ctx, "k", "a.txt", reading.Options{}, text); !fault.Is(err, fault.Unavailable) {
		t.Errorf("with no place left: %v", err)
	}
	<-d.slots
	first, err := d.read(ctx, "k", "a.txt", reading.Options{}, text)
	if err != nil {
		t.Fatal(err)
	}
	d.slots <- struct{}{}
	again, err := d.read(ctx, "k", "a.txt", reading.Options{}, func() ([]byte, error) { t.Error("it is read twice"); return nil, nil })
	if err != nil || again != first {
		t.Errorf("the second time: %v", err)
	}
	<-d.slots
	d.limit = 0
	if _, err := d.read(ctx, "slow", "a.txt", reading.Options{}, text); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "too-slow") {
		t.Errorf("a text that takes too long: %v", err)
	}
	gone, leave := context.WithCancel(ctx)
	leave()
	d.limit = time.Minute
	if _, err := d.read(gone, "gone", "a.txt", reading.Options{}, text); err == nil {
		t.Error("somebody who left is answered")
	}
	for i := range keptReadings {
		d.keep(string(rune('a'+i)), first)
	}
	if d.recall("k") != nil || d.recall("a") == nil || len(d.known) != keptReadings {
		t.Errorf("%d readings are remembered", len(d.known))
	}
}

// TestReadingNames holds that names stay out of the facts unless they are asked for.
func TestReadingNames(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "reading", "testdata", "ctg-val-dormant.txt"))
	if err != nil {
		t.Fatal(err)
	}
	st := newSite(t)
	c := st.as(administrator)
	for names, want := range map[string]bool{"": false, "oui": true} {
		page := c.follow(c.post(view.ReadingsPath, "text", string(text), "names", names)).wants(http.StatusOK)
		said := nodes(page.html(), func(n *html.Node) bool { return n.Data == "dt" && words(n) == "Personne" })
		if got := len(said) > 0; got != want {
			t.Errorf("with names %q, persons stand in the facts: %v", names, got)
		}
	}
}

func TestFileName(t *testing.T) {
	for in, want := range map[string]string{
		`C:\Bureau\convention.pdf`: "convention.pdf", "/home/a/b.odt": "b.odt", "a\x00b\n.txt": "ab.txt", "\xff.pdf": ".pdf",
		strings.Repeat("é", 300) + ".pdf": strings.Repeat("é", 196) + ".pdf",
	} {
		if got := fileName(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}
