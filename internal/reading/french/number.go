package french

import (
	"strconv"
	"strings"
)

// NumberPattern matches a number in folded text, in digits or in letters, up to 999.
const NumberPattern = `(?:\d{1,3}|` + numberWords + `)`

const numberWords = `(?:(?:un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|cinquante|soixante|cents?)(?:[- ](?:et[- ])?(?:un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|cents?)){0,4})`

var units = map[string]int{
	"zero": 0, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
	"dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "vingt": 20, "vingts": 20,
	"trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
}

// Number reads a number in digits or in letters ("24", "vingt-quatre", "deux mille vingt-quatre").
func Number(s string) (int, bool) {
	s = strings.TrimSpace(Key(s))
	if n, err := strconv.Atoi(s); err == nil && n >= 0 {
		return n, true
	}
	total, run, seen := 0, 0, false
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return r == '-' || r == ' ' }) {
		switch {
		case w == "et":
		case w == "mille" || w == "mil":
			total += max(run, 1) * 1000
			run, seen = 0, true
		case w == "cent" || w == "cents":
			run = max(run, 1) * 100
			seen = true
		default:
			u, ok := units[w]
			if !ok {
				return 0, false
			}
			run = join(run, u)
			seen = true
		}
	}
	return total + run, seen
}

// join adds a word to a number: "quatre" then "vingt" is eighty, "vingt" then "quatre" twenty-four.
func join(run, u int) int {
	if u == 20 && run%100 == 4 {
		return run - 4 + 80
	}
	return run + u
}

// ordinals read "premier", "2e", "seconde"…
var ordinals = map[string]int{"premier": 1, "premiere": 1, "deuxieme": 2, "second": 2, "seconde": 2, "troisieme": 3, "quatrieme": 4, "cinquieme": 5, "sixieme": 6, "septieme": 7, "huitieme": 8, "neuvieme": 9, "dixieme": 10}

// Rank reads the number of a heading: "4", "1er", "premier", "IV". Roman numerals count up to 39.
func Rank(s string) (int, bool) {
	s = Key(s)
	if n, ok := ordinals[s]; ok {
		return n, true
	}
	if n, err := strconv.Atoi(strings.TrimRight(s, "erm°ndi")); err == nil {
		return n, true
	}
	return Roman(s)
}

// Roman reads a roman numeral of the kind that numbers headings, up to 39.
func Roman(s string) (int, bool) {
	s = strings.ToLower(s)
	for n := 1; n < 40; n++ {
		if roman(n) == s {
			return n, true
		}
	}
	return 0, false
}

func roman(n int) string {
	return strings.Repeat("x", n/10) + [...]string{"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"}[n%10]
}
