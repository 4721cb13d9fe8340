package source

import (
	"regexp"
	"strings"
)

// pageNumber matches a line that is nothing but the number of its page.
var pageNumber = regexp.MustCompile(`(?i)^[\s\-–—•|]*(?:page|p\.)?\s*\d{1,3}(?:\s*(?:/|sur|de)\s*\d{1,3})?[\s\-–—•|.]*$`)

// explicitNumber matches one that says so, and may therefore stand anywhere.
var explicitNumber = regexp.MustCompile(`(?i)^[\s\-–—•|]*(?:(?:page|p\.)\s*\d{1,3}(?:\s*(?:/|sur|de)\s*\d{1,3})?|\d{1,3}\s*/\s*\d{1,3}|[-–—]\s*\d{1,3}\s*[-–—])[\s\-–—•|.]*$`)

// numbered matches a line that begins a part of the text.
var numbered = regexp.MustCompile(`(?i)^\s*(?:articles?|art\.|axe|objectif|titre|chapitre|annexe|fiche|orientation|enjeu|priorité|[-•●➤]|\d+[.)-])`)

// edge is how many lines at the top and the foot of a page may be a running header or footer.
const edge = 4

// denoise takes page numbers and running headers and footers away.
func (r *raw) denoise() {
	drop := make(map[int]NoiseKind)
	if r.pages > 1 {
		r.markEdges(drop)
	}
	r.markRepeats(drop)
	for i, l := range r.lines {
		if explicitNumber.MatchString(l.text) && l.heading == 0 {
			drop[i] = PageNumber
		}
	}
	if len(drop) == 0 {
		return
	}
	kept := make([]rawLine, 0, len(r.lines))
	gap := false
	for i, l := range r.lines {
		if kind, ok := drop[i]; ok {
			r.removed = append(r.removed, Noise{Kind: kind, Text: strings.TrimSpace(l.text), Page: l.page})
			gap = gap || l.gap
			continue
		}
		kept = append(kept, l)
	}
	r.lines = kept
}

// markEdges finds lines at the edges of pages: numbers, and lines that come back on most pages.
func (r *raw) markEdges(drop map[int]NoiseKind) {
	edges := r.edges()
	pagesOf := map[string]int{}
	for _, page := range edges {
		seen := map[string]bool{}
		for _, i := range page {
			if k := shape(r.lines[i].text); k != "" && !seen[k] {
				seen[k] = true
				pagesOf[k]++
			}
		}
	}
	for _, page := range edges {
		for _, i := range page {
			t := r.lines[i].text
			switch n := pagesOf[shape(t)]; {
			case pageNumber.MatchString(t):
				drop[i] = PageNumber
			case numbered.MatchString(t):
				// "Article 4" at the top of a page comes back with another number, and is no header.
			case n >= 3 && n*2 >= r.pages && len(t) < 160, n == 2 && r.pages == 2 && strings.ContainsAny(t, "0123456789") && len(t) < 160:
				drop[i] = RunningHeader
			}
		}
	}
}

// edges lists, page by page, the lines near its top and its foot.
func (r *raw) edges() [][]int {
	var out [][]int
	for from := 0; from < len(r.lines); {
		to := from
		var filled []int
		for ; to < len(r.lines) && r.lines[to].page == r.lines[from].page; to++ {
			if r.lines[to].text != "" {
				filled = append(filled, to)
			}
		}
		if len(filled) > 2*edge {
			filled = append(append([]int(nil), filled[:edge]...), filled[len(filled)-edge:]...)
		}
		out = append(out, filled)
		from = to
	}
	return out
}

// markRepeats finds, in a text without pages, a line that comes back three times or more with a number that counts up:
// "Convention … – page 4".
func (r *raw) markRepeats(drop map[int]NoiseKind) {
	where := map[string][]int{}
	for i, l := range r.lines {
		if pageWord.MatchString(l.text) && len(l.text) < 160 {
			k := shape(l.text)
			where[k] = append(where[k], i)
		}
	}
	for _, at := range where {
		if len(at) < 3 {
			continue
		}
		for _, i := range at {
			drop[i] = RunningHeader
		}
	}
}

var pageWord = regexp.MustCompile(`(?i)\bpage\s*\d|\d\s*/\s*\d{1,3}\s*$`)

// shape is what lines that differ by their numbers alone have in common.
func shape(s string) string {
	s = strings.Join(strings.Fields(strings.ToLower(s)), " ")
	return digits.ReplaceAllString(s, "#")
}

var digits = regexp.MustCompile(`\d+`)
