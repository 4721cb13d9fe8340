package rule

import (
	"testing"
	"testing/fstest"

	"entente/internal/reading/french"

	"github.com/google/go-cmp/cmp"
)

// TestExamples runs every example and every counter-example of the book.
func TestExamples(t *testing.T) {
	b := Standard()
	names := map[string]bool{}
	for _, r := range b.Rules {
		t.Run(r.Name, func(t *testing.T) {
			if names[r.Name] {
				t.Error("two rules have this name")
			}
			names[r.Name] = true
			if len(r.Yes) == 0 || len(r.No) == 0 {
				t.Errorf("%d examples and %d counter-examples: give at least one of each", len(r.Yes), len(r.No))
			}
			for _, ex := range r.Yes {
				checkYes(t, r, ex)
			}
			for _, no := range r.No {
				if m, ok := r.match(french.Key(no)); ok {
					t.Errorf("matches %q with %v", no, m.Values)
				}
			}
		})
	}
}

func checkYes(t *testing.T, r *Rule, ex Example) {
	t.Helper()
	m, ok := r.match(french.Key(ex.Text))
	if !ok {
		t.Errorf("does not match %q", ex.Text)
		return
	}
	for k, want := range ex.Gives {
		if got := m.Values[k]; got != want {
			t.Errorf("in %q %s is %q, want %q", ex.Text, k, got, want)
		}
	}
}

func TestLoadFaults(t *testing.T) {
	for name, src := range map[string]string{
		"unknown word":    "rules: [{name: a, kind: k, pattern: '{nothing}'}]",
		"circle":          "lexicon: {aa: '{bb}', bb: '{aa}'}\nrules: [{name: a, kind: k, pattern: '{aa}'}]",
		"broken pattern":  "rules: [{name: a, kind: k, pattern: '('}]",
		"unknown key":     "rules: [{name: a, kin: k}]",
		"word twice":      "lexicon: {n: x}",
		"not yaml at all": "rules: [",
	} {
		if _, err := Load(fstest.MapFS{"a.yaml": {Data: []byte(src)}}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestMatch(t *testing.T) {
	b, err := Load(fstest.MapFS{"a.yaml": {Data: []byte(`
lexicon: {fois: fois}
rules:
  - {name: a, kind: k, needs: [fois], pattern: '(?P<n>{n}) {fois} avant le (?P<d>{date})', gives: {count: "#n", to: "@d", raw: "$n", constant: x}}
`)}})
	if err != nil {
		t.Fatal(err)
	}
	m, ok := b.First("k", "deux fois avant le 31 decembre 2026")
	if !ok {
		t.Fatal("no match")
	}
	want := map[string]string{"count": "2", "to": "2026-12-31", "raw": "deux", "constant": "x"}
	if d := cmp.Diff(want, m.Values); d != "" {
		t.Error(d)
	}
	if _, ok := b.First("k", "deux fois avant le 31 fevrier 2026"); ok {
		t.Error("a day that does not exist matches")
	}
	if got := len(b.All("k", "deux fois avant le 1er mai 2026, trois fois avant le 2 mai 2026")); got != 2 {
		t.Errorf("%d matches, want 2", got)
	}
}
