package i18n

import (
	"testing"

	"golang.org/x/text/feature/plural"
)

// TestElision: a value takes the word before it along, in French alone.
func TestElision(t *testing.T) {
	for _, c := range []struct{ lang, text, value, want string }{
		{"fr", "Engagement de {party}", "Agence", "Engagement d’Agence"},
		{"fr", "Engagement de {party}", "CAF 91", "Engagement de CAF 91"},
		{"fr", "De {x}", "Étampes", "D’Étampes"},
		{"fr", "ce que {x} dit", "Odile", "ce qu’Odile dit"},
		{"fr", "code {x}", "Agence", "code Agence"},
		{"fr", "de {x}", "Yvelines", "d’Yvelines"},
		{"fr", "de {x}", "Yonne", "de Yonne"},
		{"fr", "de {x}", "onze", "de onze"},
		{"fr", "de {x}", "Haute-Garde", "de Haute-Garde"},
		{"fr", "de {x}", "", "de "},
		{"fr", "rôle {x}", "ancien", "rôle ancien"},
		{"en", "de {x}", "Agence", "de Agence"},
	} {
		parts, err := compile(c.text)
		if err != nil {
			t.Fatal(err)
		}
		s := sentence{forms: map[plural.Form][]part{plural.Other: parts}}
		if got := s.render(For(c.lang), func(string) (any, bool) { return c.value, true }); got != c.want {
			t.Errorf("%s %q with %q: %q, want %q", c.lang, c.text, c.value, got, c.want)
		}
	}
}
