package view

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"entente/conventions"
	"entente/internal/convention"
)

// parsed reads a convention that has no error.
func parsed(t *testing.T, src string) *convention.Convention {
	t.Helper()
	c, faults := convention.Parse("convention.md", []byte(src))
	if err := faults.Err(); err != nil {
		t.Fatal(err)
	}
	return c
}

// shipped reads the text of a shipped convention.
func shipped(t *testing.T, name string) string {
	t.Helper()
	src, err := conventions.Read(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

func TestProse(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
		never      []string
	}{
		{"emphasis and lists", "Un *mot*.\n\n- un\n- deux", []string{"<em>mot</em>", "<li>un</li>"}, nil},
		{"a table has no style", "| a | b |\n|:-:|--:|\n| 1 | 2 |", []string{"<table>", "<td>1</td>"}, []string{"style", "align"}},
		{"raw HTML is left out", "Avant <script>alert(1)</script> après", []string{"Avant", "après"}, []string{"<script"}},
		{"a block of HTML is left out", "<div onclick=\"x()\">non</div>", nil, []string{"<div", "onclick"}},
		{"a link that runs code leads nowhere", "[ici](javascript:alert(1))", []string{">ici</a>"}, []string{"javascript"}},
		{"a link is a link", "[ici](https://exemple.fr/a)", []string{`<a href="https://exemple.fr/a">ici</a>`}, nil},
		{"an image leaves its words", "![le plan](https://exemple.fr/a.png)", []string{"le plan"}, []string{"<img", "a.png"}},
		{"a heading in a quotation is none", "> # Titre", []string{"<strong>Titre</strong>"}, []string{"<h1"}},
		{"signs are escaped", "3 < 4 & 5", []string{"3 &lt; 4 &amp; 5"}, nil},
		{"nothing gives nothing", "", nil, []string{"<"}},
	}
	for _, x := range tests {
		t.Run(x.name, func(t *testing.T) {
			got, err := proseHTML(x.text)
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range x.want {
				if !strings.Contains(got, w) {
					t.Errorf("no %q in %q", w, got)
				}
			}
			for _, n := range x.never {
				if strings.Contains(got, n) {
					t.Errorf("%q in %q", n, got)
				}
			}
		})
	}
}

// TestDocumentRanks holds that the headings of a document jump over no level, whatever the file does.
func TestDocumentRanks(t *testing.T) {
	tests := []struct {
		headings string
		want     string
	}{
		{"# Convention d’essai|## Un|### Un|## Deux", "[0 2 3 2]"},
		{"# Autre titre|## Un", "[2 2]"},
		{"## Un|##### Deux|###### Trois|# Quatre", "[2 3 4 2]"},
		{"# Un|###### Deux|###### Trois", "[2 3 4]"},
	}
	for _, x := range tests {
		var clauses []convention.Clause
		for h := range strings.SplitSeq(x.headings, "|") {
			signs, words, _ := strings.Cut(h, " ")
			clauses = append(clauses, convention.Clause{Level: len(signs), Heading: words})
		}
		clauses[0].Parts = []convention.Part{{Facts: &convention.Facts{Identity: &convention.Identity{ID: "essai", Title: "Convention d’essai"}}}}
		d, err := NewDocument(convention.New(clauses))
		if err != nil {
			t.Fatal(err)
		}
		var got []int
		for _, c := range d.Clauses {
			got = append(got, c.Rank)
		}
		if fmt.Sprint(got) != x.want {
			t.Errorf("%s: ranks %v, want %s", x.headings, got, x.want)
		}
	}
}

// TestDocument holds that each clause of a shipped convention has its prose, never its blocks, and its own facts alone.
func TestDocument(t *testing.T) {
	for _, name := range conventions.Names() {
		t.Run(name, func(t *testing.T) {
			c := parsed(t, shipped(t, name))
			d, err := NewDocument(c)
			if err != nil {
				t.Fatal(err)
			}
			committees, axes := 0, 0
			for _, k := range d.Clauses {
				committees += len(k.Facts.Committees)
				axes += len(k.Facts.Axes)
				if k.Prose == nil {
					continue
				}
				if _, src := render(t, k.Prose); strings.Contains(src, "id:") || strings.Contains(src, "<pre") {
					t.Errorf("%s: a block shows: %s", k.Anchor, src)
				}
			}
			if committees != len(c.Committees) || axes != len(c.Axes) {
				t.Errorf("%d committees and %d axes under the clauses, want %d and %d", committees, axes, len(c.Committees), len(c.Axes))
			}
		})
	}
}

// FuzzProse holds that no prose, whatever it is, gives the page code, style, a form or something fetched from elsewhere.
func FuzzProse(f *testing.F) {
	for _, s := range []string{"Un *mot*", "<script>a</script>", "[a](javascript:b)", "![a](b)", "| a |\n|:-:|\n| b |", "> # a", "<a href='data:text/html,x'>",
		"[a]: javascript:b\n[a]", "<javascript:a>", "<div\nonclick=a>"} {
		f.Add(s)
	}
	barred := tagged("script", "style", "img", "iframe", "object", "embed", "form", "input", "base", "link", "meta", "svg", "h1")
	f.Fuzz(func(t *testing.T, s string) {
		got, err := proseHTML(s)
		if err != nil {
			t.Fatal(err)
		}
		root, err := html.Parse(strings.NewReader("<html><head></head><body>" + got + "</body></html>"))
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range all(root, func(*html.Node) bool { return true }) {
			if barred(n) {
				t.Errorf("<%s> in %q", n.Data, got)
			}
			for _, a := range n.Attr {
				scheme := strings.ToLower(strings.TrimSpace(a.Val))
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "id" || strings.HasPrefix(scheme, "javascript:") || strings.HasPrefix(scheme, "data:text") {
					t.Errorf("%s=%q in %q", a.Key, a.Val, got)
				}
			}
		}
	})
}
