// Package i18n turns what the program has to say into French or English sentences.
//
// Sentences stand in catalogue/<topic>.<language>.yaml and nowhere else; they are compiled once, at the first use. The
// package renders dates, numbers, lists and plurals as each language writes them, and orders names as each language
// does. It knows no request and no screen. The invariant that it owns: both languages have the same keys with the same
// placeholders, and every key that the program uses exists (the tests hold both).
package i18n

import (
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"entente/internal/fault"
)

// Languages lists the codes of the languages, the default first.
func Languages() []string { return []string{"fr", "en"} }

// Printer says things in one language. It is safe for concurrent use.
type Printer struct {
	lang      string
	tag       language.Tag
	sentences map[string]*sentence
	calendar  calendarWords
	collators sync.Pool // of *collate.Collator, which are not safe for concurrent use
}

// printers makes each language at its first use: a command that speaks French does not read the English catalogues.
var printers = map[string]func() *Printer{
	"fr": sync.OnceValue(func() *Printer { return newPrinter("fr") }),
	"en": sync.OnceValue(func() *Printer { return newPrinter("en") }),
}

func newPrinter(lang string) *Printer {
	sentences, err := load(catalogues, lang)
	if err != nil {
		panic(err) // catalogues are compiled in: a fault in them is a fault of the build, and a test finds it first
	}
	p := &Printer{lang: lang, tag: language.Make(lang), sentences: sentences}
	p.collators.New = func() any { return collate.New(p.tag) }
	p.calendar = p.readCalendar()
	return p
}

// For gives the printer of a language, "fr" or "en"; French for any other code.
func For(lang string) *Printer {
	if p, ok := printers[lang]; ok {
		return p()
	}
	return printers["fr"]()
}

var matcher = language.NewMatcher([]language.Tag{language.French, language.English})

// maxAccept bounds how much of a header is read, in bytes: what browsers send is shorter, and parsing costs time.
const maxAccept = 200

// Match gives the printer for an Accept-Language header: French where the header asks for nothing that we speak.
func Match(acceptLanguage string) *Printer {
	if acceptLanguage == "" || len(acceptLanguage) > maxAccept {
		return For("fr")
	}
	wanted, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil {
		return For("fr")
	}
	_, i, _ := matcher.Match(wanted...)
	return For(Languages()[i])
}

// Lang is the code of the language: "fr" or "en".
func (p *Printer) Lang() string { return p.lang }

// Has tells whether the catalogues have the key.
func (p *Printer) Has(key string) bool {
	_, ok := p.sentences[key]
	return ok
}

// Keys lists the keys that begin with a prefix, in alphabetical order.
func (p *Printer) Keys(prefix string) []string {
	var out []string
	for key := range p.sentences {
		if strings.HasPrefix(key, prefix) {
			out = append(out, key)
		}
	}
	slices.Sort(out)
	return out
}

// T is the sentence of a key with the values given as pairs of name and value. The value named "count" chooses between
// singular and plural. A key that nobody wrote shows as ⟦key⟧, and so does a placeholder without value.
func (p *Printer) T(key string, pairs ...any) string {
	s, ok := p.sentences[key]
	switch {
	case !ok:
		return missing(key)
	case s.constant != "":
		return s.constant
	}
	return s.render(p, func(name string) (any, bool) {
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1], true
			}
		}
		return nil, false
	})
}

// Say translates a message; the message that says nothing gives the empty string.
func (p *Printer) Say(m fault.Message) string {
	if m.IsZero() {
		return ""
	}
	s, ok := p.sentences[m.Key]
	switch {
	case !ok:
		return missing(m.Key)
	case s.constant != "":
		return s.constant
	}
	return s.render(p, func(name string) (any, bool) {
		v, ok := m.Args[name]
		return v, ok
	})
}

// Compare orders two names as the language does: accents and capitals count only between names otherwise equal.
func (p *Printer) Compare(a, b string) int {
	c := p.collators.Get().(*collate.Collator)
	defer p.collators.Put(c)
	return c.CompareString(a, b)
}

func missing(key string) string { return "⟦" + key + "⟧" }
