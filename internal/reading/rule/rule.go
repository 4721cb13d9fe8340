// Package rule holds what the reader knows of administrative French, as data: patterns written in folded French, each
// with sentences that it must match and sentences that it must not. The files of the folder book are read by people who
// know conventions and need not know Go; docs/reading.md explains them.
//
// It finds words; what they mean together is decided by package reading. The invariant that it owns: a rule is never
// without its examples, and a test runs every one of them.
package rule

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"entente/internal/reading/french"

	"github.com/goccy/go-yaml"
)

//go:embed book/*.yaml
var files embed.FS

// Rule is a pattern over folded text and what a match says.
type Rule struct {
	Name       string            `yaml:"name"`
	Kind       string            `yaml:"kind"`
	Needs      []string          `yaml:"needs"` // one of these must stand in the text, else the pattern is not tried
	Pattern    string            `yaml:"pattern"`
	Gives      map[string]string `yaml:"gives"` // a constant, "$group", "#group" as a number, "@group" as a date
	Confidence float64           `yaml:"confidence"`
	Yes        []Example         `yaml:"yes"`
	No         []string          `yaml:"no"`

	re *regexp.Regexp
}

// Example is a sentence that a rule must match, and the values that it must give.
type Example struct {
	Text  string            `yaml:"text"`
	Gives map[string]string `yaml:"gives"`
}

// Book is every rule, by kind, in the order of the files.
type Book struct {
	Lexicon map[string]string
	Rules   []*Rule
	byKind  map[string][]*Rule
}

// Match is where a rule matched: bytes of the text that was searched, and the values that it gives.
type Match struct {
	Rule     *Rule
	From, To int
	Values   map[string]string
	Groups   map[string][2]int // where each group of the pattern stands
}

// Standard is the book of the program. It panics on a rule that is wrong, which the tests forbid.
var Standard = sync.OnceValue(func() *Book {
	sub, err := fs.Sub(files, "book")
	if err == nil {
		var b *Book
		if b, err = Load(sub); err == nil {
			return b
		}
	}
	panic(err)
})

// Load reads a book from files of YAML, in the order of their names. A fault names the file and the rule.
func Load(fsys fs.FS) (*Book, error) {
	b := &Book{Lexicon: builtin(), byKind: map[string][]*Rule{}}
	names, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		src, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		if err := b.add(src); err != nil {
			return nil, fmt.Errorf("rule: %s: %w", name, err)
		}
	}
	for _, r := range b.Rules {
		if err := b.compile(r); err != nil {
			return nil, fmt.Errorf("rule: %s: %w", r.Name, err)
		}
	}
	return b, nil
}

// builtin are the words that every pattern may use.
func builtin() map[string]string {
	return map[string]string{"n": french.NumberPattern, "date": french.DatePattern}
}

func (b *Book) add(src []byte) error {
	var file struct {
		Lexicon map[string]string `yaml:"lexicon"`
		Rules   []*Rule           `yaml:"rules"`
	}
	if err := yaml.UnmarshalWithOptions(src, &file, yaml.Strict()); err != nil {
		return err
	}
	for k, v := range file.Lexicon {
		if _, ok := b.Lexicon[k]; ok {
			return fmt.Errorf("the word {%s} is defined twice", k)
		}
		b.Lexicon[k] = v
	}
	b.Rules = append(b.Rules, file.Rules...)
	return nil
}

func (b *Book) compile(r *Rule) error {
	p, err := b.expand(r.Pattern, 0)
	if err != nil {
		return err
	}
	if r.re, err = regexp.Compile(p); err != nil {
		return err
	}
	if r.Confidence == 0 {
		r.Confidence = 0.9
	}
	b.byKind[r.Kind] = append(b.byKind[r.Kind], r)
	return nil
}

var word = regexp.MustCompile(`\{[a-z][a-z-]*\}`)

// expand puts the words of the lexicon in a pattern.
func (b *Book) expand(p string, depth int) (string, error) {
	if depth > 8 {
		return "", fmt.Errorf("the words of the lexicon turn in a circle")
	}
	var fault error
	out := word.ReplaceAllStringFunc(p, func(w string) string {
		v, ok := b.Lexicon[w[1:len(w)-1]]
		if !ok {
			fault = fmt.Errorf("no word %s in the lexicon", w)
			return w
		}
		v, err := b.expand(v, depth+1)
		if err != nil {
			fault = err
		}
		return "(?:" + v + ")"
	})
	return out, fault
}

// Kinds lists the kinds of rules, sorted.
func (b *Book) Kinds() []string { return slices.Sorted(maps.Keys(b.byKind)) }

// Word compiles a word of the lexicon, as a pattern of its own.
func (b *Book) Word(name string) *regexp.Regexp {
	p, err := b.expand("{"+name+"}", 0)
	if err != nil {
		panic(err)
	}
	return regexp.MustCompile(`\b` + p + `\b`)
}

// First gives the first match of the first rule of a kind that matches.
func (b *Book) First(kind, text string) (Match, bool) {
	for _, r := range b.byKind[kind] {
		if m, ok := r.match(text); ok {
			return m, true
		}
	}
	return Match{}, false
}

// All gives every match of every rule of a kind, in the order of the rules; matches of one rule do not overlap.
func (b *Book) All(kind, text string) []Match {
	var out []Match
	for _, r := range b.byKind[kind] {
		if !r.wanted(text) {
			continue
		}
		for _, loc := range r.re.FindAllStringSubmatchIndex(text, -1) {
			if m := r.at(loc); m.resolve(text) {
				out = append(out, m)
			}
		}
	}
	return out
}

// Has tells whether a rule of the kind matches.
func (b *Book) Has(kind, text string) bool {
	_, ok := b.First(kind, text)
	return ok
}

// wanted tells whether the text has one of the words that the rule needs.
func (r *Rule) wanted(text string) bool {
	return len(r.Needs) == 0 || slices.ContainsFunc(r.Needs, func(w string) bool { return strings.Contains(text, w) })
}

func (r *Rule) match(text string) (Match, bool) {
	if !r.wanted(text) {
		return Match{}, false
	}
	loc := r.re.FindStringSubmatchIndex(text)
	if loc == nil {
		return Match{}, false
	}
	m := r.at(loc)
	return m, m.resolve(text)
}

// at makes a match of the places that a pattern found.
func (r *Rule) at(loc []int) Match {
	m := Match{Rule: r, From: loc[0], To: loc[1], Groups: map[string][2]int{}}
	for i, name := range r.re.SubexpNames() {
		if name != "" && loc[2*i] >= 0 {
			m.Groups[name] = [2]int{loc[2*i], loc[2*i+1]}
		}
	}
	return m
}

// Group gives the words of a group, trimmed; nothing where it did not take part.
func (m Match) Group(name, text string) string {
	g, ok := m.Groups[name]
	if !ok {
		return ""
	}
	return strings.TrimSpace(text[g[0]:g[1]])
}

// resolve computes what the match gives; a date or number that does not exist is no match.
func (m *Match) resolve(text string) bool {
	m.Values = make(map[string]string, len(m.Rule.Gives))
	for k, v := range m.Rule.Gives {
		if v == "" {
			continue
		}
		got, ok := v, true
		switch v[0] {
		case '$':
			got = m.Group(v[1:], text)
		case '#':
			got, ok = asNumber(m.Group(v[1:], text))
		case '@':
			got, ok = asDate(m.Group(v[1:], text))
		}
		if !ok {
			return false
		}
		if got != "" {
			m.Values[k] = got
		}
	}
	return true
}

func asNumber(s string) (string, bool) {
	if s == "" {
		return "", true
	}
	n, ok := french.Number(s)
	return strconv.Itoa(n), ok
}

func asDate(s string) (string, bool) {
	if s == "" {
		return "", true
	}
	return french.Date(s)
}
