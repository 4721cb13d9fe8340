package french

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestKey(t *testing.T) {
	for in, want := range map[string]string{
		"Évaluation  d’étape":          "evaluation d'etape",
		"« la CAF\u00a091 »":           `" la caf 91 "`,
		"Mise en œuvre — co\u00adnçue": "mise en oeuvre - concue",
		"ARTIC1E 3":                    "article 3",
		"le c0mité de pi1otage":        "le comite de pilotage",
		"**Comité technique :**":       "comite technique :",
		"e\u0301tat":                   "etat",
		"ﬁnancement":                   "financement",
	} {
		if got := Key(in); got != want {
			t.Errorf("Key(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestFoldKeepsPlace holds the invariant of the package: a span of the folded text folds to itself.
func TestFoldKeepsPlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"é", "e\u0301", "œ", "’", " ", "\u00a0", "a", "Z", "\n", "«", "*", "\u00ad", "漢", "1", "ﬁ", "\xff"})).Draw(t, "s"), "")
		f := Fold(s)
		if len(f.from) != len(f.S) || len(f.to) != len(f.S) {
			t.Fatalf("places %d and %d for %d bytes", len(f.from), len(f.to), len(f.S))
		}
		last := 0
		for i := range f.S {
			a, b := f.Span(i, i+1)
			if a < 0 || b > len(s) || a > b || a < last {
				t.Fatalf("byte %d of %q comes from %d to %d of %q", i, f.S, a, b, s)
			}
			last = a
		}
	})
}

func TestNumber(t *testing.T) {
	for in, want := range map[string]int{
		"4": 4, "une": 1, "deux": 2, "vingt-quatre": 24, "vingt et un": 21, "quatre-vingt-dix": 90, "soixante-douze": 72,
		"trente-six": 36, "cent vingt": 120, "deux mille vingt-quatre": 2024, "dix-huit": 18, "QUATRE": 4,
	} {
		if got, ok := Number(in); !ok || got != want {
			t.Errorf("Number(%q) = %d, %v, want %d", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "plusieurs", "-3", "deux fois"} {
		if got, ok := Number(in); ok {
			t.Errorf("Number(%q) = %d, want none", in, got)
		}
	}
}

func TestRank(t *testing.T) {
	for in, want := range map[string]int{"1er": 1, "premier": 1, "IV": 4, "12": 12, "2ème": 2, "xi": 11, "2nd": 2} {
		if got, ok := Rank(in); !ok || got != want {
			t.Errorf("Rank(%q) = %d, %v, want %d", in, got, ok, want)
		}
	}
	if n, ok := Rank("civil"); ok {
		t.Errorf("Rank(civil) = %d", n)
	}
}

func TestDate(t *testing.T) {
	for in, want := range map[string]string{
		"31 décembre 2026": "2026-12-31", "1er janvier 2024": "2024-01-01", "premier janvier deux mille vingt-quatre": "2024-01-01",
		"31/12/2026": "2026-12-31", "01.09.2023": "2023-09-01", "octobre 2018": "2018-10", "2014": "2014",
		"trente et un décembre 2027": "2027-12-31", "19 OCTOBRE 2018": "2018-10-19",
	} {
		if got, ok := Date(in); !ok || got != want {
			t.Errorf("Date(%q) = %q, %v, want %q", in, got, ok, want)
		}
	}
	for _, in := range []string{"31 février 2026", "32/01/2026", "12/13/2024", "91150", "demain", ""} {
		if got, ok := Date(in); ok {
			t.Errorf("Date(%q) = %q, want none", in, got)
		}
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		" – Favoriser l’accès aux droits, ": "Favoriser l’accès aux droits",
		"« la CAESE »":                      "la CAESE",
		"**Axe\n1** :":                      "Axe 1",
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestWithoutArticle(t *testing.T) {
	for in, want := range map[string]string{"la CAESE": "CAESE", "l’État": "État", "de la MSA": "MSA", "Ville": "Ville", "Le CD 91": "CD 91"} {
		if got := WithoutArticle(in); got != want {
			t.Errorf("WithoutArticle(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSlug(t *testing.T) {
	if got := Slug("Comité de pilotage opérationnel de l’Étampois", 30); got != "comite-de-pilotage" && got != "comite-de-pilotage-operationnel" {
		t.Errorf("Slug = %q", got)
	}
}

func FuzzDate(f *testing.F) {
	f.Add("31 décembre 2026")
	f.Fuzz(func(t *testing.T, s string) {
		if d, ok := Date(s); ok && !utf8.ValidString(d) {
			t.Fatal(d)
		}
	})
}
