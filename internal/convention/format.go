package convention

import (
	"bytes"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/internal/calendar"
)

// Format writes the convention as a literate file, in the one canonical manner: prose verbatim, blocks with their keys in
// the order of docs/file-format.md. Parsing what it wrote gives the same convention, but for line numbers.
func (c *Convention) Format() []byte {
	var b bytes.Buffer
	for i, k := range c.Clauses {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(strings.Repeat("#", min(max(k.Level, 1), 6)) + " " + heading(k.Heading) + "\n")
		for _, p := range k.Parts {
			b.WriteByte('\n')
			if p.Facts == nil {
				b.WriteString(p.Text + "\n")
				continue
			}
			b.WriteString("```yaml\n")
			w := &writer{out: &b}
			w.keys(reflect.ValueOf(p.Facts).Elem(), "", true)
			b.WriteString("```\n")
		}
	}
	return b.Bytes()
}

// heading guards the hashes that end a heading: Markdown would take them for a closing mark.
func heading(text string) string {
	if closingForm.MatchString(text) {
		return text + " #"
	}
	return text
}

// lineWidth is the width in characters up to which a list of short texts stands on one line.
const lineWidth = 110

// writer writes facts as block YAML.
type writer struct{ out *bytes.Buffer }

// keys writes the fields of a struct, one a line. In a block every key may be absent (all), elsewhere those that the
// schema allows to be.
func (w *writer) keys(v reflect.Value, indent string, all bool) {
	first := true
	for _, f := range fieldsOf(v.Type()) {
		x := v.Field(f.index)
		if (f.optional || all) && x.IsZero() {
			continue
		}
		if !first || all {
			w.out.WriteString(indent)
		}
		first = false
		w.out.WriteString(f.key + ":")
		w.value(x, indent, utf8.RuneCountInString(indent+f.key+": "))
	}
	if first && !all {
		w.out.WriteString("{}\n")
	}
}

// value writes what stands after a key.
func (w *writer) value(v reflect.Value, indent string, column int) {
	switch {
	case v.Kind() == reflect.Pointer && v.IsNil():
		w.out.WriteString(" {}\n")
	case v.Kind() == reflect.Pointer:
		w.value(v.Elem(), indent, column)
	case v.Kind() == reflect.Slice:
		w.list(v, indent, column)
	case v.Kind() == reflect.Struct && v.Type() != dateType:
		w.out.WriteString("\n" + indent + "  ")
		w.keys(v, indent+"  ", false)
	default:
		w.out.WriteString(" " + scalarText(v, false) + "\n")
	}
}

// list writes texts on one line where they fit, else one item a line.
func (w *writer) list(v reflect.Value, indent string, column int) {
	if v.Len() == 0 {
		w.out.WriteString(" []\n")
		return
	}
	if line, ok := inline(v); ok && column+utf8.RuneCountInString(line) <= lineWidth {
		w.out.WriteString(" " + line + "\n")
		return
	}
	w.out.WriteByte('\n')
	for i := range v.Len() {
		w.out.WriteString(indent + "  - ")
		if x := v.Index(i); x.Kind() == reflect.Struct {
			w.keys(x, indent+"    ", false)
		} else {
			w.out.WriteString(scalarText(x, false) + "\n")
		}
	}
}

// inline writes a list of short texts between brackets. Sentences stand better one a line.
func inline(v reflect.Value) (string, bool) {
	if v.Type().Elem().Kind() != reflect.String {
		return "", false
	}
	items := make([]string, v.Len())
	for i := range items {
		if utf8.RuneCountInString(v.Index(i).String()) > 40 {
			return "", false
		}
		items[i] = scalarText(v.Index(i), true)
	}
	return "[" + strings.Join(items, ", ") + "]", true
}

// scalarText writes a text, a number, a truth or a date; flow tells that it stands between brackets.
func scalarText(v reflect.Value, flow bool) string {
	switch {
	case v.Type() == dateType:
		return v.Interface().(calendar.Date).String()
	case v.Kind() == reflect.Int:
		return strconv.FormatInt(v.Int(), 10)
	case v.Kind() == reflect.Bool:
		return map[bool]string{true: "oui", false: "non"}[v.Bool()]
	}
	return textValue(v.String(), flow)
}

var (
	// digitsForm are texts that begin with a digit and need no quotes: dates, codes, shares.
	digitsForm = regexp.MustCompile(`^[0-9]+([-/][0-9]+){0,2}$`)
	// countForm begins a text such as "4 place du Marché" or "12-mois-glissants".
	countForm = regexp.MustCompile(`^[0-9]+(-[0-9]+)?[ -]\p{L}`)
	// reserved are words that YAML would not read as text.
	reserved = regexp.MustCompile(`(?i)^(true|false|null|yes|no|on|off|y|n|oui|non|nan|inf)$`)
)

// textValue writes a text without quotes where nobody could misread it, else between double quotes.
func textValue(s string, flow bool) string {
	if digitsForm.MatchString(s) || plainText(s, flow) {
		return s
	}
	return quoted(s)
}

// plainText tells whether s reads the same without quotes. It errs towards quotes.
func plainText(s string, flow bool) bool {
	first, _ := utf8.DecodeRuneInString(s)
	if !unicode.IsLetter(first) && !countForm.MatchString(s) || reserved.MatchString(s) || !utf8.ValidString(s) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(s)
	if unicode.IsSpace(last) || last == ':' || strings.Contains(s, ": ") || strings.Contains(s, " #") {
		return false
	}
	for _, r := range s {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), strings.ContainsRune(" -'’.;()/:«»–—+%°\u00a0\u202f", r):
		case r == ',' && !flow:
		default:
			return false
		}
	}
	return true
}

// quoted writes s between double quotes, with the escapes that YAML knows.
func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case unicode.IsPrint(r) || r == '\u00a0' || r == '\u202f' || r > 0xffff:
			b.WriteRune(r)
		default:
			b.WriteString(`\u` + strings.ToLower(strconv.FormatInt(0x10000+int64(r), 16)[1:]))
		}
	}
	b.WriteByte('"')
	return b.String()
}
