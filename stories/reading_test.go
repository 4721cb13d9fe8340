package stories_test

import (
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"entente/internal/store"
	"entente/internal/testkit"
)

// signedText is the signed text of the first convention, which stands beside the repository and is no part of it.
const signedText = "../../shared/convention/etampois-sud-essonne-2023-2026.txt"

// printed is a text printed to a PDF of its own by a browser, as an office would send it.
func printed(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Skip("the signed text of the first convention is not here: ", err)
	}
	browser := testkit.BrowserPath()
	if browser == "" {
		testkit.Skipping(t, "no browser is installed to print a PDF")
	}
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang="fr"><meta charset="utf-8"><title>Convention</title><style>body{font:12pt serif}p{margin:.7em 0;white-space:pre-wrap}</style>`)
	for _, l := range strings.Split(string(text), "\n") {
		if strings.TrimSpace(l) != "" {
			fmt.Fprintf(&b, "<p>%s</p>", html.EscapeString(l))
		}
	}
	dir := t.TempDir()
	page, out := filepath.Join(dir, "convention.html"), filepath.Join(dir, "convention.pdf")
	if err := os.WriteFile(page, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	print := exec.CommandContext(t.Context(), browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
		"--user-data-dir="+filepath.Join(dir, "profile"), "--print-to-pdf="+out, "file://"+page)
	if said, err := print.CombinedOutput(); err != nil {
		t.Fatalf("print: %v\n%s", err, said)
	}
	return out
}

// TestStoryImport: an administrator deposits the signed PDF, reviews what was read of it, corrects a fact, refuses and takes
// back another, leaves and takes the review up again, and creates a space that knows the rhythm of the three committees.
func TestStoryImport(t *testing.T) {
	pdf := printed(t, signedText)
	s := newSite(t, today)
	b := installed(t, s)
	b.Picture("story-import-entry")
	b.Follow("Vous avez un texte signé (PDF, Word, ODT)")
	b.Press("Lire le texte")
	b.Sees("Choisissez un fichier") // nothing was deposited
	b.Picture("story-import-refused")
	b.Upload("Fichier du texte signé", pdf)
	b.Press("Lire le texte")
	b.Sees("convention.pdf", "% du texte", "CAF 91", "MSA IDF", "CD 91", "Comité de pilotage stratégique", "de 1 à 2 fois par an", "au moins 4 fois par an",
		"31 décembre 2026", "Pas trouvé", "Quorum", "Lu nettement")
	b.Picture("story-import-review")

	reviewOne(b)
	b.Open("/lectures")
	b.Sees("2 faits décidés sur") // what was decided waits
	b.Follow("convention.pdf")
	b.Press("Confirmer tout")
	b.Press("Confirmer les")
	confirmRest(t, b)
	b.Sees("Tous les faits sont décidés")
	b.Picture("story-import-decided")
	b.Follow("Voir le fichier proposé")
	createFromFile(b)

	b.Open("/espaces/etampois/obligations")
	b.Sees("de 1 à 2 fois par an", "au moins 4 fois par an", "autant que de besoin", "art. 4-2", "31 décembre 2026")
	b.Open("/espaces/etampois/comites")
	b.Sees("Comité de pilotage stratégique", "Comité de pilotage opérationnel", "Comité technique")
	b.Open("/espaces/etampois/convention")
	b.Sees("CAF 91")
}

// installed signs the first administrator in, at the page that creates a space.
func installed(t *testing.T, s *site) *testkit.Tab {
	t.Helper()
	account, err := s.store.CreateAccount(t.Context(), store.Actor{}, store.Account{Email: "claude.vidal@entente.example", Name: "Claude Vidal", Administrator: true})
	if err != nil {
		t.Fatal(err)
	}
	secret, err := s.store.IssueToken(t.Context(), store.Token{Kind: store.SignIn, Account: account.ID, Email: account.Email}, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	b := testkit.NewTab(t, s.URL)
	b.WithoutScript()
	b.Open("/lien/connexion/" + secret)
	b.Press("Entrer")
	b.Open("/espaces/nouveau")
	return b
}

// correctShort writes another short name for the first party and saves it.
func correctShort(b *testkit.Tab, short, now string) {
	b.Ask(`document.querySelector('#f-party-1 details').open = true`, nil)
	b.Ask(`document.querySelector('#f-party-1 [name="fait.short"]').value = '`+short+`'`, nil)
	b.Press("Enregistrer la correction : " + now)
}

// reviewOne corrects one fact and then corrects it again, and confirms another after it was refused and taken back.
func reviewOne(b *testkit.Tab) {
	correctShort(b, "La CAESE", "CAESE")
	b.Sees("corrigé", "La CAESE")
	correctShort(b, "CAESE", "La CAESE")
	b.Press("Refuser : CAF 91")
	b.Sees("refusé")
	b.Press("Revenir sur la décision : CAF 91")
	b.Press("Confirmer : CAF 91")
	b.Sees("confirmé")
}

// confirmRest confirms what is left, group by group, then one by one.
func confirmRest(t *testing.T, b *testkit.Tab) {
	t.Helper()
	for range 60 {
		var next string
		b.Ask(`const names = [...document.querySelectorAll('main button')].map(e => e.textContent.trim());
			return names.find(n => n.startsWith('Confirmer tout')) || names.find(n => n.startsWith('Confirmer')) || ''`, &next)
		if next == "" {
			return
		}
		b.Press(next)
	}
	t.Fatal("facts stay undecided")
}

// createFromFile goes on from the proposed file to the space.
func createFromFile(b *testkit.Tab) {
	b.Sees("Ce que le texte établit", "au moins 4 fois par an", "de 1 à 2 fois par an", "autant que de besoin")
	b.Picture("story-import-file")
	b.Fill("Date d’effet", "2023-06-27")
	b.Fill("Nom de l’espace", "Étampois Sud-Essonne")
	b.Fill("Adresse courte", "etampois")
	b.Press("Créer l’espace")
	b.Sees("est créé")
}

// reviewed checks the review of a text in every look, with facts decided in each way, a correction that was refused, and
// the file that it proposes.
func reviewed(t *testing.T, s *site) {
	text, err := os.ReadFile("../internal/reading/testdata/cls-haute-brume.txt")
	if err != nil {
		t.Fatal(err)
	}
	b, account := enter(t, s, "administration@entente.example")
	if err := s.store.SetLocale(t.Context(), store.Actor{}, account.ID, "fr"); err != nil {
		t.Fatal(err)
	}
	b.Open("/lectures")
	b.Fill("Texte collé", string(text))
	b.Press("Lire le texte")
	at, _, _ := strings.Cut(b.Address(), "#")
	b.Press("Confirmer")
	b.Open(at)
	b.Press("Refuser")
	for _, l := range looks {
		if err := s.store.SetLocale(t.Context(), store.Actor{}, account.ID, l.lang); err != nil {
			t.Fatal(err)
		}
		see(b, t, at, l)
		see(b, t, at+"/fichier", l)
		see(b, t, at+"/fichier?tout=oui", l)
		b.Open(at)
		b.Ask(`const d = document.querySelector('.fact [name="fait.min"]').closest('details'); d.open = true; d.querySelector('[name="fait.min"]').value = 'souvent';
			d.querySelector('button').setAttribute('data-try', ''); document.querySelector('[data-try]').textContent = 'essai'`, nil)
		b.Press("essai")
		judge(b, t, "/lectures/refusee", l)
	}
}

// TestReviewByKeyboard: where script runs, one letter decides the fact that has the focus, the words of that fact are shown
// beside it, and letters typed into a field stay letters.
func TestReviewByKeyboard(t *testing.T) {
	s := newSite(t, today)
	text, err := os.ReadFile("../internal/reading/testdata/cls-haute-brume.txt")
	if err != nil {
		t.Fatal(err)
	}
	account, err := s.store.CreateAccount(t.Context(), store.Actor{}, store.Account{Email: "a@entente.example", Name: "Claude Vidal", Administrator: true})
	if err != nil {
		t.Fatal(err)
	}
	row, err := s.store.CreateReading(t.Context(), store.Actor{}, store.Reading{Account: account.ID, Name: "a.txt", Decisions: "{}"}, text)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := enter(t, s, account.Email)
	b.Size(1280, 900)
	b.Open("/lectures/" + row.ID)
	b.Sees("Au clavier")
	key := func(on, letter string) string {
		return `const e = ` + on + `; e.focus(); e.dispatchEvent(new KeyboardEvent('keydown', {key: '` + letter + `', bubbles: true, cancelable: true})); `
	}
	var at string
	b.Ask(key(`document.getElementById('f-party-1')`, "j")+`return document.activeElement.id`, &at)
	if at != "f-party-2" {
		t.Errorf("J leads to %q", at)
	}
	b.Ask(key(`document.activeElement`, "k")+`return document.activeElement.id`, &at)
	if at != "f-party-1" {
		t.Errorf("K leads back to %q", at)
	}
	b.Ask(`return document.querySelector('mark[data-here]').dataset.mark`, &at)
	if at != "party-1" {
		t.Errorf("the words shown are those of %q", at)
	}
	b.Ask(key(`document.querySelector('#f-party-1 [name="fait.name"]')`, "r"), nil)
	b.Leaving("press C", key(`document.getElementById('f-party-1')`, "c"))
	b.Ask(`return document.activeElement.id + ' ' + document.activeElement.className`, &at)
	if !strings.Contains(at, "f-party-1 ") || !strings.Contains(at, "fact-confirmed") {
		t.Errorf("after C: %s", at)
	}
	b.Leaving("press R", key(`document.getElementById('f-party-2')`, "r"))
	b.Sees("refusé")
}
