package source

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// itemStart matches the first words of a line that begins something: a bullet, a number, an article, a party.
var itemStart = regexp.MustCompile(`^\s*(?:[-–—•●▪■◦‣➤➢►▶✓✔→⇒*·⁃❖✦▫□○◯◉◆◇♦★☐☑✗❑⮚⇨➔➜>]|o\s|\.\s|\(?[a-hA-H0-9]{1,2}\s?[).°]|\d{1,2}([.-]\d{1,2})+|[IVX]{1,5}\s?[.)\-–:]|#{1,6} |(?i:articles?|art\.|titre|chapitre|annexe|axe|objectif|orientation|enjeu|priorit[ée]|pour l|pour le|entre|et$|et |vu |considérant|fait à|fiche|volet|thématique)\b)`)

// openEnd matches the end of a line that cannot end anything.
var openEnd = regexp.MustCompile(`(?i)(?:\s(?:de|du|des|la|le|les|à|au|aux|et|ou|en|par|pour|sur|dans|avec|son|sa|ses|leur|leurs|un|une|dont|que|qui)|[ ’'](?:l|d|qu)[’']|[(«])$`)

// unwrap joins the lines of a wrapped paragraph, and mends the words cut at line ends.
func (r *raw) unwrap() {
	width := r.width()
	var out []rawLine
	for i, l := range r.lines {
		if len(out) > 0 && continues(&out[len(out)-1], r.lines[i-1], l, width) {
			last := &out[len(out)-1]
			last.text = join(last.text, strings.TrimSpace(l.text))
			continue
		}
		out = append(out, l)
	}
	r.lines = out
}

// width is the length in letters of a full line; 0 where the lines are not wrapped at all.
func (r *raw) width() int {
	var lengths []int
	for _, l := range r.lines {
		if n := utf8.RuneCountInString(l.text); n > 30 && !l.whole {
			lengths = append(lengths, n)
		}
	}
	if len(lengths) < 8 {
		return 0
	}
	slices.Sort(lengths)
	w := lengths[len(lengths)*9/10]
	if w > 150 {
		return 0
	}
	return w
}

// continues tells whether l goes on with the paragraph para, whose last line was prev.
func continues(para *rawLine, prev, l rawLine, width int) bool {
	if l.whole || para.whole || l.heading > 0 || para.heading > 0 || strings.Contains(l.text, " | ") {
		return false
	}
	if presents.MatchString(l.text) {
		return false
	}
	end := lastRune(prev.text)
	lower := unicode.IsLower(firstRune(l.text))
	if l.gap {
		// A page break in the middle of a sentence.
		return l.page > prev.page && lower && !itemStart.MatchString(l.text) && !strings.ContainsRune(".;:,", end)
	}
	if cut(prev.text) && lower {
		return true
	}
	if itemStart.MatchString(l.text) && !(lower && full(prev.text, width) && !isBullet(l.text)) {
		return false
	}
	switch {
	case openEnd.MatchString(prev.text):
		return true
	case lower && !strings.ContainsRune(".;:,", end):
		return true
	case full(prev.text, width):
		return !strings.ContainsRune(".;:", end) || lower && end != ';' && end != ':'
	}
	return false
}

// presents matches a line that begins with a name and goes on with who represents it: never the rest of another.
var presents = regexp.MustCompile(`^\s*(?:L[ae]s?\s|L['’])?\p{Lu}[^,;:]{2,120},\s+représentée?\s+par\b`)

func isBullet(s string) bool {
	return strings.HasPrefix(strings.TrimSpace(s), "o ") || !unicode.IsLetter(firstRune(s))
}

// full tells a line that reaches the right margin.
func full(s string, width int) bool {
	return width > 0 && utf8.RuneCountInString(s)*100 >= width*78
}

// cut tells a line that ends in the middle of a word.
func cut(s string) bool {
	if !strings.HasSuffix(s, "-") && !strings.HasSuffix(s, "‐") {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(s[:len(s)-1])
	return unicode.IsLetter(r)
}

// compounds are the first parts of words that keep their hyphen at a line end.
var compounds = regexp.MustCompile(`(?i)(?:^|[\s’'-])(?:ci|vice|co|sous|non|sud|nord|est|ouest|saint|sainte|grand|mi|médico|socio|quatre|vingt|trente|quarante|cinquante|soixante|dix|petite|centre|haut|haute|bas|basse|demi|elle|lui|eux|peut|celui|celle|ceux|rendez|au|par|avant|après|inter|contre|chef|lieu|île|ile|val|bourgogne|rhône|loire|seine|entre|jean|marie|notre|outre|mot|pluri|auto|porte|hors|éco|compte)-$`)

// join puts two lines together, with a space, or without the hyphen where a word was cut.
func join(a, b string) string {
	if !cut(a) {
		return a + " " + b
	}
	if compounds.MatchString(a) || !unicode.IsLower(firstRune(b)) {
		return a + b
	}
	return strings.TrimRight(a, "-‐") + b
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " \t\u00a0"))
	return r
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, " \t\u00a0*"))
	return r
}
