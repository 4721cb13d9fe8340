package convention

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	idForm         = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	departmentForm = regexp.MustCompile(`^([0-9]{2,3}|2[AB])$`)
	fractionForm   = regexp.MustCompile(`^([0-9]{1,3})/([0-9]{1,3})$`)
	sirenForm      = regexp.MustCompile(`^[0-9]{9}$`)
)

// maxID is the length in letters above which an identifier is refused: it stands in addresses and file names.
const maxID = 64

// forms are what a text may have to look like, by the names that rules use. Each has its fault and remedy in the catalogues.
var forms = map[string]func(string) bool{
	"id":         func(s string) bool { return len(s) <= maxID && idForm.MatchString(s) },
	"siren":      ValidSIREN,
	"department": departmentForm.MatchString,
	"moment":     func(s string) bool { _, err := Moment(s).Period(); return err == nil },
	"start":      func(s string) bool { _, ok := Start(s).Date(); return ok || Start(s) == FromSignature },
	"fraction":   validFraction,
}

// ValidSIREN tells whether s has the nine digits of a SIREN number, the last of which is the key of the others.
func ValidSIREN(s string) bool {
	if !sirenForm.MatchString(s) {
		return false
	}
	sum := 0
	for i, c := range []byte(s) {
		n := int(c - '0')
		if i%2 == 1 {
			n *= 2
		}
		sum += n/10 + n%10
	}
	return sum%10 == 0
}

// validFraction tells a share above nothing and at most the whole.
func validFraction(s string) bool {
	m := fractionForm.FindStringSubmatch(s)
	if m == nil {
		return false
	}
	over, under := atoi(m[1]), atoi(m[2])
	return over > 0 && over <= under
}

// Fraction gives the numerator and the denominator of the share; 0, 0 where it is none.
func (t *Threshold) Fraction() (over, under int) {
	if !validFraction(t.Share) {
		return 0, 0
	}
	a, b, _ := strings.Cut(t.Share, "/")
	return atoi(a), atoi(b)
}

// atoi reads digits that a form has already accepted.
func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
