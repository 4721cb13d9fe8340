package french

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var months = []string{"janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre"}

const yearPattern = `(?:(?:19|20)\d\d|deux mille(?:[- ][a-z]+){0,3})`

// DatePattern matches a date known to the day in folded text: "31 décembre 2026", "1er janvier deux mille vingt-quatre",
// "31/12/2026".
const DatePattern = `(?:(?:\d{1,2}(?:er)?|premier|` + numberWords + `) (?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre) ` + yearPattern + `|\d{1,2} ?[/.] ?\d{1,2} ?[/.] ?(?:19|20)\d\d)`

var (
	longDate  = regexp.MustCompile(`^(\S+(?:[- ]\S+)*?) (` + strings.Join(months, "|") + `) (.+)$`)
	shortDate = regexp.MustCompile(`^(\d{1,2}) ?[/.] ?(\d{1,2}) ?[/.] ?(\d{4})$`)
	monthYear = regexp.MustCompile(`^(` + strings.Join(months, "|") + `) (\S.*)$`)
)

// Date reads a date and writes it as far as it is known: YYYY-MM-DD, YYYY-MM or YYYY. A day that does not exist is refused.
func Date(s string) (string, bool) {
	s = Key(s)
	if m := shortDate.FindStringSubmatch(s); m != nil {
		d, _ := strconv.Atoi(m[1])
		mo, _ := strconv.Atoi(m[2])
		y, _ := strconv.Atoi(m[3])
		return day(y, mo, d)
	}
	if m := longDate.FindStringSubmatch(s); m != nil {
		d, ok := dayNumber(m[1])
		y, ok2 := Number(m[3])
		if !ok || !ok2 {
			return "", false
		}
		return day(y, month(m[2]), d)
	}
	if m := monthYear.FindStringSubmatch(s); m != nil {
		if y, ok := Number(m[2]); ok && plausible(y) {
			return fmt.Sprintf("%04d-%02d", y, month(m[1])), true
		}
	}
	if y, ok := Number(s); ok && plausible(y) {
		return strconv.Itoa(y), true
	}
	return "", false
}

func dayNumber(s string) (int, bool) {
	if s == "premier" {
		return 1, true
	}
	return Number(strings.TrimSuffix(s, "er"))
}

func month(s string) int {
	for i, m := range months {
		if m == s {
			return i + 1
		}
	}
	return 0
}

func plausible(year int) bool { return year >= 1950 && year < 2100 }

func day(y, m, d int) (string, bool) {
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if !plausible(y) || m < 1 || t.Day() != d || int(t.Month()) != m {
		return "", false
	}
	return t.Format(time.DateOnly), true
}
