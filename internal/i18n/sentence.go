package i18n

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/feature/plural"

	"entente/internal/calendar"
	"entente/internal/fault"
)

// sentence is one compiled entry of a catalogue. A sentence without placeholder and without plural is its constant.
type sentence struct {
	constant string
	forms    map[plural.Form][]part // always has plural.Other
}

// part is literal text, or the name of a value when name is set. Before such a value, text may end with a word that elides.
type part struct {
	text, name string
	elides     bool
}

// countName is the value that chooses the plural form.
const countName = "count"

// likelyValue is how long a value in a sentence is taken to be, in bytes.
const likelyValue = 24

func (s *sentence) render(p *Printer, value func(name string) (any, bool)) string {
	parts := s.form(p, value)
	var b strings.Builder
	b.Grow(likelySize(parts))
	for i, x := range parts {
		if x.name == "" && x.elides {
			continue // written with the value that follows
		}
		if x.name == "" {
			b.WriteString(x.text)
			continue
		}
		shown := missing(x.name)
		if v, ok := value(x.name); ok {
			shown = p.show(v)
		}
		if i > 0 && parts[i-1].elides {
			b.WriteString(p.elide(parts[i-1].text, shown))
		}
		b.WriteString(shown)
	}
	return b.String()
}

// likelySize is how long a sentence is likely to be, so that it is written without being moved.
func likelySize(parts []part) int {
	n := 0
	for _, x := range parts {
		n += len(x.text)
		if x.name != "" {
			n += likelyValue
		}
	}
	return n
}

func (s *sentence) form(p *Printer, value func(name string) (any, bool)) []part {
	if len(s.forms) > 1 {
		if v, ok := value(countName); ok {
			if parts, ok := s.forms[p.pluralForm(v)]; ok {
				return parts
			}
		}
	}
	return s.forms[plural.Other]
}

// pluralForm follows the rules of the Unicode repository for whole numbers: in French 0 and 1 are singular.
func (p *Printer) pluralForm(count any) plural.Form {
	n := 0
	switch r := reflect.ValueOf(count); {
	case r.CanInt():
		n = int(r.Int())
	case r.CanUint():
		n = int(r.Uint())
	}
	if n < 0 {
		n = -n
	}
	return plural.Cardinal.MatchPlural(p.tag, n, 0, 0, 0, 0)
}

// show writes one value of a sentence.
func (p *Printer) show(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int:
		return p.inline(int64(v))
	case calendar.Date:
		return p.Day(v)
	case calendar.Period:
		return p.Period(v)
	case time.Time:
		return p.Instant(v)
	case fault.Message:
		return p.Say(v)
	case []fault.Message:
		said := make([]string, len(v))
		for i, m := range v {
			said[i] = p.Say(m)
		}
		return p.List(said)
	case []string:
		return p.List(v)
	case fmt.Stringer:
		return v.String()
	}
	if r := reflect.ValueOf(v); r.CanInt() {
		return p.inline(r.Int())
	}
	return fmt.Sprint(v)
}

// inline writes a number in a sentence. Years are numbers too, so that four digits are not grouped.
func (p *Printer) inline(n int64) string {
	if n > -10_000 && n < 10_000 {
		return strconv.FormatInt(n, 10)
	}
	return p.Number(int(n))
}

// compile reads a sentence: text with {names}. A brace that is not closed, or a name that is not one, is an error.
func compile(text string) ([]part, error) {
	var parts []part
	for text != "" {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			return append(parts, part{text: text}), nil
		}
		if open > 0 {
			parts = append(parts, part{text: text[:open], elides: elides(text[:open])})
		}
		name, rest, closed := strings.Cut(text[open+1:], "}")
		if !closed || !isName(name) {
			return nil, fmt.Errorf("bad placeholder in %q", text)
		}
		parts = append(parts, part{name: name})
		text = rest
	}
	return parts, nil
}

func isName(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-_") == ""
}
