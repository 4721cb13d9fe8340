package view

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"entente/internal/fault"
	"entente/internal/i18n"
	"entente/internal/reading"
	"entente/internal/reading/source"
)

// corpus is where invented conventions of the family stand.
const corpus = "../../reading/testdata"

func readCorpus(t testing.TB, name string) *reading.Reading {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(corpus, name))
	if err != nil {
		t.Fatal(err)
	}
	r, err := reading.Read(t.Context(), name, data, reading.Options{Names: true})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// reviewSamples are the states of the page for one text.
func reviewSamples(r *reading.Reading) map[string]ReviewData {
	var some, all reading.Decisions
	for i, f := range r.Facts {
		switch i % 4 {
		case 0:
			some.Decide(f.ID, reading.Decision{Verdict: reading.Confirmed})
		case 1:
			some.Decide(f.ID, reading.Decision{Verdict: reading.Refused})
		case 2:
			some.Decide(f.ID, reading.Decision{Verdict: reading.Corrected, Values: map[string]string{"name": "Un autre nom", "text": "Un autre texte", "count": "3"}})
		}
		all.Decide(f.ID, reading.Decision{Verdict: reading.Confirmed})
	}
	for _, q := range r.Questions {
		some.Answer(q.ID, "une réponse libre")
	}
	d := ReviewData{Root: "/lectures/x", Name: "convention.pdf", Read: r}
	mixed, whole, refused := d, d, d
	mixed.Decisions, mixed.Lost = some, 2
	whole.Decisions = all
	first := r.Facts[len(r.Facts)-1]
	refused.Typed = &TypedFact{ID: first.ID, Values: map[string][]string{}, Message: fault.Say("reading-page.stale")}
	if fields := FactFields(first.Kind); len(fields) > 0 {
		refused.Typed.Values[fields[0].Name] = []string{"ce qui a été saisi"}
		refused.Typed.Faults.Add(FactControl(fields[0].Name), "fault.field.choice")
	}
	return map[string]ReviewData{"new": d, "mixed": mixed, "whole": whole, "refused": refused}
}

// TestReviewPage shows every text of the corpus in every state and language: no sentence is missing, each id stands once,
// each control has its label, each link within the page leads somewhere.
func TestReviewPage(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(corpus, "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatal("no texts", err)
	}
	for _, file := range files {
		r := readCorpus(t, filepath.Base(file))
		for name, d := range reviewSamples(r) {
			for _, lang := range i18n.Languages() {
				t.Run(filepath.Base(file)+"/"+name+"/"+lang, func(t *testing.T) {
					root, src := render(t, ReviewPage(samplePage(lang), d))
					checkIDs(t, root)
					checkLabels(t, root)
					checkAnchors(t, root)
					if i := strings.Index(src, "⟦"); i >= 0 {
						t.Errorf("a sentence is missing: %s", src[i:min(i+60, len(src))])
					}
				})
			}
		}
	}
}

// checkAnchors holds that every link within the page has its place on it.
func checkAnchors(t *testing.T, root *html.Node) {
	t.Helper()
	ids := map[string]bool{}
	for n := range root.Descendants() {
		ids[attribute(n, "id")] = true
	}
	for n := range root.Descendants() {
		if to, ok := strings.CutPrefix(attribute(n, "href"), "#"); ok && !ids[to] {
			t.Errorf("a link leads to %q, which is not on the page", to)
		}
	}
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// TestReviewSays holds what a person needs to decide: the words, where they stand, how plainly they were read.
func TestReviewSays(t *testing.T) {
	r := readCorpus(t, "cls-haute-brume.txt")
	_, src := render(t, ReviewPage(samplePage("fr"), reviewSamples(r)["new"]))
	for _, want := range []string{"Lu nettement", "Voir dans le texte, art. ", "83\u00a0% du texte", "à décider", "Pas trouvé", `id="m-party-1"`, `href="#f-party-1"`, "n’y a été lu"} {
		if !strings.Contains(src, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

// TestReadingsPage shows the deposit, filled and refused, and the list.
func TestReadingsPage(t *testing.T) {
	var faults fault.Fields
	faults.Add("file", "reading.fault.scan")
	for name, d := range map[string]ReadingsData{
		"empty":   {Most: 20},
		"refused": {Most: 20, Text: "Un texte", Names: true, Faults: faults},
		"kept":    {Most: 20, Kept: []KeptReading{{ID: "a", Version: 3, Name: "convention.pdf", Facts: 60, Decided: 12}}},
	} {
		for _, lang := range i18n.Languages() {
			t.Run(name+"/"+lang, func(t *testing.T) {
				root, src := render(t, ReadingsPage(samplePage(lang), d))
				checkIDs(t, root)
				checkLabels(t, root)
				if strings.Contains(src, "⟦") {
					t.Error("a sentence is missing")
				}
			})
		}
	}
}

// TestGroups holds that every fact stands in the list once, after what it belongs to.
func TestGroups(t *testing.T) {
	r := readCorpus(t, "ctg-val-dormant.txt")
	seen := map[string]bool{}
	for _, g := range Groups(r) {
		for _, f := range g.Facts {
			if seen[f.ID] || f.Parent != "" && !seen[f.Parent] || f.Depth > 0 != (f.Parent != "") {
				t.Errorf("%s, deep %d, comes twice or before %q", f.ID, f.Depth, f.Parent)
			}
			seen[f.ID] = true
		}
	}
	if len(seen) != len(r.Facts) {
		t.Errorf("%d facts of %d are listed", len(seen), len(r.Facts))
	}
}

// TestMarkedText holds, for spans that lie in any way, that no word of the text is lost or doubled, that each fact has its
// one place, and that words within several facts belong to the innermost.
func TestMarkedText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(rapid.StringMatching(`[a-zé]{1,12}`), 1, 8).Draw(t, "lines")
		r := &reading.Reading{Text: &source.Text{Body: strings.Join(lines, "\n")}}
		at := 0
		for _, l := range lines {
			r.Text.Lines = append(r.Text.Lines, source.Line{Start: at, End: at + len(l)})
			at += len(l) + 1
		}
		whole := reading.Span{Start: 0, End: len(r.Text.Body)}
		r.Clauses = []reading.Clause{{Span: whole, Body: whole}}
		for i := range rapid.IntRange(0, 6).Draw(t, "facts") {
			a := rapid.IntRange(0, whole.End-1).Draw(t, "from")
			b := rapid.IntRange(a+1, whole.End).Draw(t, "to")
			if strings.Trim(r.Text.Body[a:b], "\n") != "" {
				r.Facts = append(r.Facts, reading.Fact{ID: string(rune('a' + i)), Span: reading.Span{Start: a, End: b}})
			}
		}
		checkMarked(t, r, lines)
	})
}

func checkMarked(t *rapid.T, r *reading.Reading, lines []string) {
	var got []string
	begun := map[string]int{}
	at := 0
	for _, c := range MarkedText(r) {
		for _, l := range c.Lines {
			text := ""
			for _, p := range l.Passages {
				checkInnermost(t, r, p, reading.Span{Start: at, End: at + len(p.Text)})
				text += p.Text
				at += len(p.Text)
				for _, id := range p.Begins {
					begun[id]++
				}
			}
			got = append(got, text)
			at++
		}
	}
	if d := cmp.Diff(lines, got); d != "" {
		t.Fatal(d)
	}
	for _, f := range r.Facts {
		if begun[f.ID] != 1 {
			t.Fatalf("%s begins %d times", f.ID, begun[f.ID])
		}
	}
}

func checkInnermost(t *rapid.T, r *reading.Reading, p Passage, s reading.Span) {
	shortest := -1
	for _, f := range r.Facts {
		over := f.Span.Start < s.End && f.Span.End > s.Start
		if over && (f.Span.Start > s.Start || f.Span.End < s.End) {
			t.Fatalf("%v is cut by %v", s, f.Span)
		}
		if n := f.Span.End - f.Span.Start; over && (shortest < 0 || n < shortest) {
			shortest = n
		}
	}
	switch f := r.Find(p.In); {
	case f == nil && shortest >= 0:
		t.Fatalf("%q belongs to nothing", p.Text)
	case f != nil && f.Span.End-f.Span.Start != shortest:
		t.Fatalf("%q belongs to %s", p.Text, p.In)
	}
}

// TestFactFieldsCoverWhatIsRead holds that every field that the reader gives has a label, and every kind its words.
func TestFactFieldsCoverWhatIsRead(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(corpus, "*.txt"))
	for _, lang := range i18n.Languages() {
		p := i18n.For(lang)
		for _, file := range files {
			for _, f := range readCorpus(t, filepath.Base(file)).Facts {
				for _, x := range f.Fields {
					if !p.Has("reading-page.field."+x.Name) && !p.Has("reading-page.field."+string(f.Kind)+"."+x.Name) {
						t.Errorf("%s: %s of %s has no label", lang, x.Name, f.ID)
					}
				}
			}
		}
		for _, k := range reading.Expected {
			if !p.Has("reading-page.group."+string(k)) || len(FactFields(k)) == 0 {
				t.Errorf("%s: %s has no name or no fields", lang, k)
			}
		}
	}
}
