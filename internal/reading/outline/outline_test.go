package outline

import (
	"context"
	"strings"
	"testing"

	"entente/internal/reading/rule"
	"entente/internal/reading/source"

	"github.com/google/go-cmp/cmp"
)

func read(t *testing.T, name, text string) *Document {
	t.Helper()
	x, err := source.Read(context.Background(), name, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return Read(x, rule.Standard())
}

// numbers lists the numbered sections with their titles.
func numbers(d *Document) []string {
	var out []string
	for i, s := range d.Sections {
		if s.Number != "" {
			out = append(out, strings.Repeat(">", s.Level)+" "+s.Number+" "+d.Subject(i))
		}
	}
	return out
}

func TestNumbering(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"articles": {"ARTICLE PREMIER\nObjet\n\nTexte un.\n\nArticle 2 – Durée\n\nTexte.\n\n2-1 Début\n\nTexte.\n\nArt. 3 : Fin\n\nTexte.",
			[]string{">> 1 objet", ">> 2 duree", ">>> 2-1 debut", ">> 3 fin"}},
		"decimals under romans": {"I. Objet\n\nI.1 Cadre\n\nTexte un.\n\nI.2 Suite\n\nTexte.\n\nII. Vie\n\nII.1 Instances\n\nTexte.\n\nIII. Fin\n\nTexte.",
			[]string{">> 1 objet", ">>> 1-1 cadre", ">>> 1-2 suite", ">> 2 vie", ">>> 2-1 instances", ">> 3 fin"}},
		"romans":  {"I. Objet\n\nTexte un.\n\nII – Gouvernance\n\nTexte deux.\n\nIII. Durée\n\nTexte trois.", []string{">> 1 objet", ">> 2 gouvernance", ">> 3 duree"}},
		"numbers": {"1. Objet\n\nTexte un.\n\n2. Gouvernance\n\nTexte deux.\n\n3. Durée\n\nTexte trois.", []string{">> 1 objet", ">> 2 gouvernance", ">> 3 duree"}},
		"chapters over articles": {"CHAPITRE I : Cadre\n\nArticle 1 : Objet\n\nTexte.\n\nChapitre II : Vie\n\nArticle 2 : Durée\n\nTexte.",
			[]string{">> 1 cadre", ">>> 1 objet", ">> 2 vie", ">>> 2 duree"}},
		"items are no articles":    {"Article 1 : Objet\n\nIl s’agit de :\n1. proposer une offre\n2. valider un plan\n\nArticle 2 : Durée\n\nTexte.", []string{">> 1 objet", ">> 2 duree"}},
		"a citation is no article": {"Article 1 : Objet\n\nArticle 4 de la loi du 2 mars, qui fixe le cadre.\n\nArticle 2 : Durée\n\nTexte.", []string{">> 1 objet", ">> 2 duree"}},
	} {
		t.Run(name, func(t *testing.T) {
			if d := cmp.Diff(c.want, numbers(read(t, "a.txt", c.text))); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestParts(t *testing.T) {
	d := read(t, "a.txt", "Convention de partenariat\n\nPréambule\n\nUne histoire.\n\nEntre les soussignés\n\nLa Caf, représentée par son directeur.\n\nArticle 1 : Objet\n\nTexte.\n\nArticle 2 : Durée\n\nTexte.\n\nFait à Orvac, le 3 mars 2024\n\nLe directeur\n\nAnnexe 1 : Diagnostic\n\nArticle 9 : Rien\n\nTexte.")
	var got []Part
	for _, s := range d.Sections {
		got = append(got, s.Part)
	}
	want := []Part{Title, Preamble, Parties, Body, Body, Signature, Annex, Annex}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestWhole holds the invariant of the package: every block stands in one section, in order.
func TestWhole(t *testing.T) {
	d := read(t, "a.md", "# Titre\n\n## Article 1\n\n- un\n  - deux\n\n## Article 2\n\nTexte.\n\nFait à Orvac\n")
	at := 0
	for i, s := range d.Sections {
		if s.Blocks[0] != at || s.Blocks[1] < s.Blocks[0] {
			t.Errorf("section %d holds blocks %v, want them to begin at %d", i, s.Blocks, at)
		}
		for b := s.Blocks[0]; b < s.Blocks[1]; b++ {
			if d.Blocks[b].Section != i {
				t.Errorf("block %d says section %d, stands in %d", b, d.Blocks[b].Section, i)
			}
		}
		at = s.Blocks[1]
	}
	if at != len(d.Blocks) {
		t.Errorf("sections end at block %d of %d", at, len(d.Blocks))
	}
}

func TestItems(t *testing.T) {
	d := read(t, "a.txt", "- un\n ● deux\na) trois\n4° quatre\n➤ **Cinq :**\no six")
	var got []string
	for _, b := range d.Blocks {
		got = append(got, b.Mark+" "+d.Words(b))
	}
	want := []string{"- un", "● deux", "a trois", "4 quatre", "➤ Cinq :", "o six"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestContents(t *testing.T) {
	for s, want := range map[string]bool{
		"preambule .......... 3":                                        true,
		"article 4 : la gouvernance . . . . . . . . page 12":            true,
		"i. le cadre ..............":                                    true,
		"fait a ............, le ............":                          false,
		"la ville, par deliberation du ............, ci-apres la ville": false,
		"la commune est associee.":                                      false,
	} {
		if got := contents(s); got != want {
			t.Errorf("contents(%q) = %v, want %v", s, got, want)
		}
	}
}
