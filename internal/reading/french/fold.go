// Package french holds what a reader needs of the French language: a folded form for matching, numbers in letters,
// dates, cleaned values, identifiers.
//
// It knows nothing of conventions. The invariant that it owns: folding never loses the place. Every byte of a folded
// text knows the bytes of the source that it came from, so a match can always be shown in the words of the source.
package french

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Folded is a text in the form that rules match: lower case, without accents, with straight apostrophes and quotes, one
// hyphen, single spaces; of blank lines one break is kept. It is ASCII but for letters of other scripts.
type Folded struct {
	S    string
	from []int32 // for each byte of S, first byte of the source that it came from
	to   []int32 // and the byte after the last
}

// Span gives the bytes of the source behind the bytes i to j of the folded text.
func (f *Folded) Span(i, j int) (start, end int) {
	switch {
	case len(f.S) == 0:
		return 0, 0
	case i >= j:
		if i >= len(f.S) {
			i = len(f.S) - 1
			return int(f.to[i]), int(f.to[i])
		}
		return int(f.from[i]), int(f.from[i])
	}
	return int(f.from[i]), int(f.to[j-1])
}

// Fold folds a text.
func Fold(s string) *Folded {
	f := &folder{}
	f.out = make([]byte, 0, len(s))
	f.from = make([]int32, 0, len(s))
	f.to = make([]int32, 0, len(s))
	for i, r := range s {
		size := utf8.RuneLen(r)
		if r == utf8.RuneError {
			size = 1
		}
		f.rune(r, int32(i), int32(i+size))
	}
	mend(f.out)
	return &Folded{S: string(f.out), from: f.from, to: f.to}
}

// Key folds a short text and forgets the places: two texts with one key read the same.
func Key(s string) string { return strings.TrimSpace(Fold(s).S) }

type folder struct {
	out      []byte
	from, to []int32
}

func (f *folder) put(b byte, from, to int32) {
	f.out = append(f.out, b)
	f.from = append(f.from, from)
	f.to = append(f.to, to)
}

func (f *folder) puts(s string, from, to int32) {
	for i := 0; i < len(s); i++ {
		f.put(s[i], from, to)
	}
}

func (f *folder) rune(r rune, from, to int32) {
	switch {
	case r == '\n' || r == '\f':
		f.newline(from, to)
	case r == '*':
		// Emphasis of Markdown, or the star of a bullet: never part of a word.
	case r < utf8.RuneSelf:
		f.ascii(byte(r), from, to)
	default:
		f.wide(r, from, to)
	}
}

func (f *folder) newline(from, to int32) {
	if n := len(f.out); n > 0 && f.out[n-1] == ' ' {
		f.out, f.from, f.to = f.out[:n-1], f.from[:n-1], f.to[:n-1]
	}
	if n := len(f.out); n > 0 && f.out[n-1] == '\n' {
		return
	}
	f.put('\n', from, to)
}

func (f *folder) ascii(b byte, from, to int32) {
	switch {
	case b >= 'A' && b <= 'Z':
		f.put(b+'a'-'A', from, to)
	case b == '`':
		f.put('\'', from, to)
	case b == ' ' || b == '\t' || b == '\r' || b == '\v':
		f.space(from, to)
	default:
		f.put(b, from, to)
	}
}

func (f *folder) space(from, to int32) {
	if n := len(f.out); n > 0 && f.out[n-1] != ' ' && f.out[n-1] != '\n' {
		f.put(' ', from, to)
	}
}

func (f *folder) wide(r rune, from, to int32) {
	if s, ok := variants[r]; ok {
		f.puts(s, from, to)
		return
	}
	switch {
	case unicode.IsSpace(r):
		f.space(from, to)
	case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r):
	default:
		f.puts(string(unicode.ToLower(r)), from, to)
	}
}

// variants are the letters and signs that read as others.
var variants = func() map[rune]string {
	m := map[rune]string{
		'œ': "oe", 'Œ': "oe", 'æ': "ae", 'Æ': "ae", '’': "'", '‘': "'", 'ʼ': "'", '´': "'", '′': "'", '«': "\"", '»': "\"",
		'“': "\"", '”': "\"", '„': "\"", '–': "-", '—': "-", '‑': "-", '‐': "-", '−': "-", '…': "...", '°': "°", 'º': "°",
		'\u00ad': "", '\u00a0': " ", '\u202f': " ",
	}
	for r := rune(0xC0); r <= 0x17F; r++ {
		if _, ok := m[r]; ok {
			continue
		}
		if d := norm.NFKD.String(string(r)); d != string(r) {
			m[r] = strings.ToLower(string(d[0]))
		}
	}
	for r := rune(0xFB00); r <= 0xFB06; r++ {
		m[r] = norm.NFKD.String(string(r))
	}
	delete(m, '\u00a0')
	delete(m, '\u202f')
	m['°'], m['º'] = "°", "°"
	return m
}()

// mend repairs what optical reading leaves inside words: a 1 or a 0 between two letters is an l or an o.
func mend(b []byte) {
	for i := 1; i+1 < len(b); i++ {
		if (b[i] == '1' || b[i] == '0') && letter(b[i-1]) && letter(b[i+1]) {
			b[i] = map[byte]byte{'1': 'l', '0': 'o'}[b[i]]
		}
	}
}

func letter(b byte) bool { return b >= 'a' && b <= 'z' }

// Slug makes an identifier of a text: folded words joined by hyphens, cut at a word after limit bytes.
func Slug(s string, limit int) string {
	var b strings.Builder
	for _, w := range strings.FieldsFunc(Fold(s).S, func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') }) {
		if b.Len() > 0 && b.Len()+1+len(w) > limit {
			break
		}
		if b.Len() > 0 {
			b.WriteByte('-')
		}
		b.WriteString(w)
	}
	return b.String()
}

// Clean makes a value of words of the source: one line, single spaces, no emphasis, no bullet before, no separator after.
func Clean(s string) string {
	s = strings.NewReplacer("**", "", "__", "", "\u00ad", "", "\n", " ", "\t", " ", "\\#", "#").Replace(s)
	s = strings.Join(strings.Fields(s), " ")
	s = strings.Trim(s, " ,;:.-–—\u00a0")
	return unquote(s)
}

func unquote(s string) string {
	for _, q := range [][2]string{{"«", "»"}, {"“", "”"}, {`"`, `"`}} {
		if strings.HasPrefix(s, q[0]) && strings.HasSuffix(s, q[1]) && len(s) > len(q[0])+len(q[1]) {
			return strings.TrimFunc(s[len(q[0]):len(s)-len(q[1])], unicode.IsSpace)
		}
	}
	return s
}

// articles are the little words that stand before a name.
var articles = []string{"la ", "le ", "les ", "l'", "l’", "un ", "une ", "du ", "de la ", "de l'", "de l’", "des ", "d'", "d’", "i'", "i’"}

// WithoutArticle takes the article off a name: "la CAESE" is "CAESE".
func WithoutArticle(s string) string {
	low := strings.ToLower(s)
	best := 0
	for _, a := range articles {
		if strings.HasPrefix(low, a) && len(a) > best && len(a) < len(s) {
			best = len(a)
		}
	}
	return strings.TrimSpace(s[best:])
}
