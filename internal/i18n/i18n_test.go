package i18n

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"entente/internal/calendar"
	"entente/internal/fault"
)

// printerOf compiles one catalogue on top of the shipped words of the language.
func printerOf(t *testing.T, lang, catalogue string) *Printer {
	t.Helper()
	common, err := catalogues.ReadFile("catalogue/common." + lang + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	own, err := load(fstest.MapFS{
		"catalogue/common." + lang + ".yaml": {Data: common},
		"catalogue/test." + lang + ".yaml":   {Data: []byte(catalogue)},
	}, lang)
	if err != nil {
		t.Fatal(err)
	}
	base := For(lang)
	p := &Printer{lang: lang, tag: base.tag, sentences: own, calendar: base.calendar}
	return p
}

func TestT(t *testing.T) {
	p := printerOf(t, "fr", `
plain: Bonjour
held: "{count} réunions tenues depuis le {since}"
meeting: {one: "{count} réunion", other: "{count} réunions"}
who: "Réunis : {who}"
said: "Voici : {message}"
`)
	d := calendar.Must("2026-12-08")
	for _, c := range []struct {
		name, key string
		pairs     []any
		want      string
	}{
		{"constant", "plain", nil, "Bonjour"},
		{"values", "held", []any{"count", 3, "since", d}, "3 réunions tenues depuis le 8 décembre 2026"},
		{"zero is singular in French", "meeting", []any{"count", 0}, "0 réunion"},
		{"one", "meeting", []any{"count", int64(1)}, "1 réunion"},
		{"two", "meeting", []any{"count", uint8(2)}, "2 réunions"},
		{"list", "who", []any{"who", []string{"a", "b", "c"}}, "Réunis : a, b et c"},
		{"messages", "who", []any{"who", []fault.Message{fault.Say("plain"), fault.Say("meeting", "count", 2)}}, "Réunis : Bonjour et 2 réunions"},
		{"nested", "said", []any{"message", fault.Say("meeting", "count", 2)}, "Voici : 2 réunions"},
		{"named string", "who", []any{"who", fault.NotFound}, "Réunis : not found"},
		{"missing key", "nowhere", nil, "⟦nowhere⟧"},
		{"missing value", "said", nil, "Voici : ⟦message⟧"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := p.T(c.key, c.pairs...); got != c.want {
				t.Errorf("T = %q, want %q", got, c.want)
			}
			if got := p.Say(fault.Say(c.key, c.pairs...)); got != c.want {
				t.Errorf("Say = %q, want %q", got, c.want)
			}
		})
	}
	if got := p.Say(fault.Message{}); got != "" {
		t.Errorf("Say(nothing) = %q", got)
	}
}

func TestEnglishPlural(t *testing.T) {
	p := printerOf(t, "en", `meeting: {one: "{count} meeting", other: "{count} meetings"}`)
	for n, want := range map[int]string{0: "0 meetings", 1: "1 meeting", 2: "2 meetings", 12000: "12,000 meetings"} {
		if got := p.T("meeting", "count", n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	for name, src := range map[string]string{
		"placeholder left open": `a: "x {y"`,
		"placeholder with case": `a: "x {Y}"`,
		"empty":                 `a: ""`,
		"no other":              `a: {one: "x"}`,
		"unknown form":          `a: {other: "x", dual: "y"}`,
		"number":                `a: 3`,
		"twice":                 "a: b\na: c",
		"not a map":             "- a",
	} {
		if _, err := load(fstest.MapFS{"catalogue/t.fr.yaml": {Data: []byte(src)}}, "fr"); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	both := fstest.MapFS{"catalogue/t.fr.yaml": {Data: []byte("a: b")}, "catalogue/u.fr.yaml": {Data: []byte("a: b")}}
	if _, err := load(both, "fr"); err == nil {
		t.Error("a key in two topics: accepted")
	}
}

func TestDates(t *testing.T) {
	first, eighth := calendar.Must("2026-12-01"), calendar.Must("2026-12-08")
	at := func(s string) time.Time {
		v, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	fr, en := For("fr"), For("en")
	for _, c := range []struct{ got, want string }{
		{fr.Date(eighth), "mardi 8 décembre 2026"},
		{en.Date(eighth), "Tuesday 8 December 2026"},
		{fr.Date(first), "mardi 1er décembre 2026"},
		{en.Day(first), "1 December 2026"},
		{fr.Day(eighth), "8 décembre 2026"},
		{fr.Month(eighth), "décembre 2026"},
		{fr.Short(eighth), "08/12/2026"},
		{fr.Date(calendar.Date{}) + fr.Day(calendar.Date{}) + fr.Month(calendar.Date{}) + fr.Short(calendar.Date{}), ""},
		{fr.Instant(at("2026-12-08T13:00:00Z")), "mardi 8 décembre 2026 à 14\u00a0h"},
		{fr.Instant(at("2026-07-08T12:05:00Z")), "mercredi 8 juillet 2026 à 14\u00a0h\u00a005"},
		{fr.Instant(at("2026-12-08T23:30:00Z")), "mercredi 9 décembre 2026 à 0\u00a0h\u00a030"},
		{en.Instant(at("2026-12-08T08:00:00Z")), "Tuesday 8 December 2026 at 09:00"},
		{fr.ShortInstant(at("2026-12-08T13:00:00Z")), "08/12/2026, 14\u00a0h"},
		{fr.Instant(time.Time{}) + fr.ShortInstant(time.Time{}), ""},
		{fr.Clock("14:00"), "14\u00a0h"},
		{en.Clock("09:30"), "09:30"},
		{fr.Clock("après déjeuner"), "après déjeuner"},
		{fr.Period(calendar.Period{From: first, To: eighth}), "du 1er décembre 2026 au 8 décembre 2026"},
		{fr.Period(calendar.Period{From: first}), "depuis le 1er décembre 2026"},
		{en.Period(calendar.Period{To: first}), "until 1 December 2026"},
		{fr.Period(calendar.Period{}), ""},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestNumberAndList(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1\u202f000", -1234567: "\u22121\u202f234\u202f567"} {
		if got := For("fr").Number(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
	for want, words := range map[string][]string{"": nil, "a": {"a"}, "a and b": {"a", "b"}, "a, b and c": {"a", "b", "c"}} {
		if got := For("en").List(words); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestMatch(t *testing.T) {
	for header, want := range map[string]string{
		"": "fr", "fr-FR,fr;q=0.9,en;q=0.8": "fr", "en-GB,en;q=0.9": "en", "de,en;q=0.5": "en", "de": "fr", "q=;;": "fr", "*": "fr",
	} {
		if got := Match(header).Lang(); got != want {
			t.Errorf("%q: %s, want %s", header, got, want)
		}
	}
	if For("de").Lang() != "fr" {
		t.Error("an unknown language is not French")
	}
}

func TestCompare(t *testing.T) {
	names := []string{"Zola", "école", "Étampes", "eau", "Écluse", "ebène"}
	slices.SortFunc(names, For("fr").Compare)
	want := []string{"eau", "ebène", "Écluse", "école", "Étampes", "Zola"}
	if !slices.Equal(names, want) {
		t.Errorf("%v, want %v", names, want)
	}
}

// BenchmarkPage says the 300 sentences of a busy page: nine in ten are constant.
func BenchmarkPage(b *testing.B) {
	p := For("fr")
	day := calendar.Must("2026-12-08")
	b.ReportAllocs()
	for b.Loop() {
		for i := range 300 {
			if i%10 == 0 {
				p.T("common.period.open", "from", day)
			} else {
				p.T("common.action.save")
			}
		}
	}
}

// BenchmarkLoad compiles the catalogues of one language: it is part of the time to the first page.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := load(catalogues, "fr"); err != nil {
			b.Fatal(err)
		}
	}
}

// FuzzCompile holds that no text of a catalogue breaks the compiler, and that what it accepts reads back as it was written.
func FuzzCompile(f *testing.F) {
	for _, seed := range []string{"", "plain", "{count} réunions", "a {b} c {d-e}", "{", "}", "{}", "{A}", "{{a}}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		parts, err := compile(text)
		if err != nil {
			return
		}
		var back strings.Builder
		for _, p := range parts {
			if p.name != "" {
				back.WriteString("{" + p.name + "}")
			}
			back.WriteString(p.text)
		}
		if back.String() != text {
			t.Errorf("%q reads back as %q", text, back.String())
		}
	})
}
