package view

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"golang.org/x/net/html"

	"entente/internal/calendar"
	"entente/internal/compliance"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
)

func TestFormFaults(t *testing.T) {
	p := i18n.For("fr")
	var f fault.Fields
	f.Add("b", "fault.field.choice")
	f.Add("a", "fault.field.required")
	f.Add("elsewhere", "fault.field.future")
	form := Form{ID: "x", Action: "/x", Faults: f, Version: 7, Fields: []Field{
		{Name: "a", Label: "A", Hint: "h", Value: `<"typed">`, Required: true},
		{Kind: RadioField, Name: "b", Label: "B", Options: []Option{{Value: "1", Label: "un"}, {Value: "2", Label: "deux"}}},
	}}
	root, _ := render(t, FormView(p, form))
	a := withID(root, "x-a")
	if attr(a, "value") != `<"typed">` || attr(a, "aria-invalid") != "true" || attr(a, "aria-describedby") != "x-a-hint x-a-fault" {
		t.Errorf("the refused field: %v", a.Attr)
	}
	if got := words(withID(root, "x-a-fault")); got != "À corriger : Renseignez ce champ." {
		t.Errorf("the fault says %q", got)
	}
	summary := all(root, func(n *html.Node) bool { return attr(n, "role") == "alert" })[0]
	var order []string
	for _, l := range all(summary, tagged("a")) {
		order = append(order, attr(l, "href"))
	}
	if !slices.Equal(order, []string{"#x-a", "#x-b"}) {
		t.Errorf("the summary leads to %v", order)
	}
	if !strings.Contains(words(summary), "3 champs sont à corriger") || !strings.Contains(words(summary), "à venir") {
		t.Errorf("the summary says %q", words(summary))
	}
	version := all(root, func(n *html.Node) bool { return attr(n, "name") == "version" })
	if len(version) != 1 || attr(version[0], "value") != "7" {
		t.Error("the version is lost")
	}
	clean, _ := render(t, FormView(p, Form{Action: "/x"}))
	if len(all(clean, func(n *html.Node) bool { return attr(n, "role") == "alert" })) != 0 {
		t.Error("a form without fault has a summary")
	}
}

func TestFieldKinds(t *testing.T) {
	p := i18n.For("fr")
	for kind, want := range map[FieldKind]string{
		TextField: "text", EmailField: "email", PasswordField: "password", DateField: "date", TimeField: "time", NumberField: "number",
		PhoneField: "tel", SearchField: "search", CheckboxField: "checkbox", FileField: "file", HiddenField: "hidden",
	} {
		form := Form{Fields: []Field{{Kind: kind, Name: "n", Label: "N", Value: "secret"}}}
		root, src := render(t, FormView(p, form))
		inputs := all(root, tagged("input"))
		if len(inputs) != 1 || attr(inputs[0], "type") != want {
			t.Errorf("%s: %s", want, src)
		}
		if kind == PasswordField && strings.Contains(src, "secret") {
			t.Error("a password comes back in the page")
		}
		if (kind == FileField) != strings.Contains(src, "multipart/form-data") {
			t.Errorf("%s: the encoding is wrong", want)
		}
	}
	grouped := Field{Kind: SelectField, Name: "n", Label: "N", Value: "b", Options: []Option{{Value: ""}, {Value: "a", Label: "A", Group: "g"}, {Value: "b", Label: "B", Group: "g"}}}
	root, _ := render(t, FormView(p, Form{Fields: []Field{grouped}}))
	chosen := all(root, func(n *html.Node) bool { return has(n, "selected") })
	if len(all(root, tagged("optgroup"))) != 1 || len(chosen) != 1 || attr(chosen[0], "value") != "b" {
		t.Error("groups or choice of a select")
	}
}

func TestBadgesSayWords(t *testing.T) {
	for _, lang := range i18n.Languages() {
		p := i18n.For(lang)
		seen := map[string]string{}
		check := func(name string, c templ.Component) {
			root, src := render(t, c)
			if w := words(root); w == "" || strings.Contains(w, "⟦") {
				t.Errorf("%s %s says %q", lang, name, w)
			}
			drawing := src[strings.Index(src, "<svg"):strings.Index(src, "</svg>")]
			if other, twice := seen[drawing]; twice {
				t.Errorf("%s is drawn like %s", name, other)
			}
			seen[drawing] = name
		}
		for _, s := range compliance.Statuses() {
			check(string(s), StatusBadge(p, s))
		}
		for _, s := range []governance.SeatState{governance.Filled, governance.EndsSoon, governance.CarriedOver, governance.Vacant} {
			check(string(s), SeatBadge(p, s))
		}
		for _, s := range []governance.MeetingState{governance.Planned, governance.Held, governance.Cancelled} {
			check(string(s), MeetingBadge(p, s))
		}
	}
}

func TestPartiesDiffer(t *testing.T) {
	seen := map[string]bool{}
	for rank := range 24 {
		seen[partyClass(rank)+partyShape(rank)] = true
	}
	if len(seen) != 24 {
		t.Errorf("24 parties have %d marks", len(seen))
	}
	if partyClass(-1) != partyClass(0) {
		t.Error("a rank below 0")
	}
}

func TestTallyMarks(t *testing.T) {
	for _, c := range []struct {
		tally Tally
		want  string
	}{
		{Tally{Held: 2, Planned: 1, Min: 4}, "held held planned due"},
		{Tally{Held: 1, Planned: 2, Min: 1, Max: 2}, "held planned over"},
		{Tally{Held: 3}, "held held held"},
		{Tally{}, ""},
		{Tally{Held: 40}, strings.TrimSpace(strings.Repeat("held ", maxMarks))},
	} {
		var got []string
		for _, m := range c.tally.marks() {
			got = append(got, m.kind)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%+v: %v, want %s", c.tally, got, c.want)
		}
	}
}

func TestBreakdownFillsTheBar(t *testing.T) {
	b := Breakdown{Items: []BreakdownItem{{Count: 1}, {Count: 0}, {Count: 2}, {Count: 997}}}
	segments := b.segments()
	if len(segments) != 3 {
		t.Fatalf("%d segments", len(segments))
	}
	var x, width int
	if _, err := fmt.Sscan(segments[2].x+" "+segments[2].width, &x, &width); err != nil || x+width != barWidth {
		t.Errorf("the bar ends at %d: %v", x+width, err)
	}
	if len((Breakdown{}).segments()) != 0 {
		t.Error("nothing is drawn")
	}
}

func TestCountdown(t *testing.T) {
	p := i18n.For("fr")
	until, start := calendar.Must("2026-12-31"), calendar.Must("2026-01-01")
	for day, want := range map[string]string{"2026-12-30": "1 jour avant la fin", "2026-11-23": "38 jours avant la fin", "2027-01-03": "3 jours depuis la fin"} {
		d := calendar.Must(day)
		root, _ := render(t, CountdownView(p, Countdown{Days: until.DaysSince(d), Until: until, Label: "la fin", Start: start, Day: d}))
		if got := words(root); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, want %q", day, got, want)
		}
	}
	if got := (Countdown{Until: until, Start: start, Day: calendar.Must("2030-01-01")}).gone(); got != fmt.Sprint(barWidth) {
		t.Errorf("past the end %s is gone", got)
	}
}

func TestTableRoles(t *testing.T) {
	root, _ := render(t, TableView(i18n.For("fr"), specimens{i18n.For("fr")}.table()))
	for _, cell := range all(root, tagged("td")) {
		if attr(cell, "data-label") == "" || attr(cell, "role") != "cell" {
			t.Error("a cell without its label or role")
		}
	}
	if len(all(root, func(n *html.Node) bool { return attr(n, "role") == "rowheader" })) != 3 {
		t.Error("rows without heading")
	}
}

func TestSource(t *testing.T) {
	root, _ := render(t, SourceView(i18n.For("fr"), specimens{i18n.For("fr")}.source()))
	if got := words(root); !strings.Contains(got, "Ligne 42, colonne 14.") || !strings.Contains(got, "Ligne 97.") {
		t.Errorf("%q", got)
	}
	if n := len(all(root, func(n *html.Node) bool { return attr(n, "class") == "source-gap" })); n != 1 {
		t.Errorf("%d gaps", n)
	}
}

func TestIconsParse(t *testing.T) {
	for _, name := range slices.Sorted(maps.Keys(strokes)) {
		root, _ := render(t, Icon(name))
		if svg := all(root, tagged("svg")); len(svg) != 1 || attr(svg[0], "aria-hidden") != "true" || svg[0].FirstChild == nil {
			t.Errorf("%s is not drawn", name)
		}
	}
}

// BenchmarkLayout is the frame of a page, without content.
func BenchmarkLayout(b *testing.B) {
	c := Layout(samplePage("fr"))
	var out strings.Builder
	b.ReportAllocs()
	for b.Loop() {
		out.Reset()
		if err := c.Render(context.Background(), &out); err != nil {
			b.Fatal(err)
		}
	}
}
