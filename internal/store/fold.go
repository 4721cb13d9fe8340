package store

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

var ligatures = strings.NewReplacer("œ", "oe", "Œ", "oe", "æ", "ae", "Æ", "ae", "ß", "ss")

// fold brings texts to the words that are searched and sorted: without accents, capitals or marks, one space between.
// It is made here and kept in a column, so that both engines find and order alike.
func fold(texts ...string) string {
	var b strings.Builder
	gap := false
	for _, r := range ligatures.Replace(norm.NFD.String(strings.Join(texts, " "))) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		default:
			gap = true
		}
	}
	return b.String()
}

// searchable is the column in which words are sought: each word stands after a space.
func searchable(texts ...string) string { return " " + fold(texts...) }

// maxSortKey bounds a sort key, in bytes: it stands in an index, and PostgreSQL limits what one may hold. Names that agree
// so far are ordered by their identifiers.
const maxSortKey = 200

// sortKey is a column compared byte by byte, which both engines do alike.
func sortKey(texts ...string) []byte {
	key := []byte(fold(texts...))
	return key[:min(len(key), maxSortKey)]
}
