package convention

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

var (
	articleForm = regexp.MustCompile(`^(?i:article|art\.?)[\s\x{a0}]+(\d{1,4}(?:[-.]\d{1,4})*|1er|premier)([^\p{L}\p{N}]|$)`)
	dottedForm  = regexp.MustCompile(`^(\d{1,3}(?:[-.]\d{1,3})+)([^\p{L}\p{N}]|$)`)
	rankForm    = regexp.MustCompile(`^(\d{1,3})([\s\x{a0}.):–—-]|$)`)
)

// number gives each clause its Ref and its Anchor, from the headings alone. A heading that says "Article 4", "Art. 4-2" or
// "4.2" has that number. A bare rank ("2 – …") below a numbered heading counts inside it. A heading without number belongs
// to the numbered heading above it; where there is none, its slug stands for a number.
func number(clauses []Clause) {
	taken := map[string]bool{}
	var above [7]string // the number in force at each level
	for i := range clauses {
		k := &clauses[i]
		level := min(max(k.Level, 1), 6)
		ref := headingNumber(k.Heading, above[level-1])
		anchor := "article-" + ref
		if ref == "" {
			anchor = cmp.Or(slug(k.Heading), "clause")
		}
		if ref == "" {
			ref = above[level-1]
		}
		for l := level; l < len(above); l++ {
			above[l] = ref
		}
		k.Ref = cmp.Or(ref, anchor)
		k.Anchor = free(anchor, taken)
	}
}

// headingNumber reads the number of a heading; above is the number of the clause that contains it.
func headingNumber(heading, above string) string {
	if m := articleForm.FindStringSubmatch(heading); m != nil {
		if n := strings.ToLower(m[1]); n == "1er" || n == "premier" {
			return "1"
		}
		return strings.ReplaceAll(m[1], ".", "-")
	}
	if m := dottedForm.FindStringSubmatch(heading); m != nil {
		return strings.ReplaceAll(m[1], ".", "-")
	}
	m := rankForm.FindStringSubmatch(heading)
	switch {
	case m == nil:
		return ""
	case above != "":
		return above + "-" + m[1]
	}
	return m[1]
}

// free gives the anchor, or with the first rank from 2 that nobody took.
func free(anchor string, taken map[string]bool) string {
	name := anchor
	for n := 2; taken[name]; n++ {
		name = anchor + "-" + strconv.Itoa(n)
	}
	taken[name] = true
	return name
}

// slug writes s in the form of an identifier: lower case, no accent, hyphens between words.
func slug(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range fold(s) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		default:
			gap = true
		}
	}
	return b.String()
}

// fold gives lower case without accents.
func fold(s string) string {
	s = strings.NewReplacer("œ", "oe", "Œ", "oe", "æ", "ae", "Æ", "ae").Replace(s)
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}
