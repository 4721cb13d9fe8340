package convention

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"entente/internal/calendar"
)

// withoutLines compares conventions but for where they stand in a file.
var withoutLines = cmp.Options{
	cmpopts.IgnoreFields(Clause{}, "Line"), cmpopts.IgnoreFields(Part{}, "Line"), cmpopts.IgnoreFields(Place{}, "Line"),
	cmp.Comparer(func(a, b calendar.Date) bool { return a == b }),
}

// words are texts as people write them and as no one should: whatever YAML or Markdown could misread.
func words() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.StringMatching(`[A-Z][a-zéèà’ ,.;:/()#-]{0,30}[a-zé.]`),
		rapid.SampledFrom([]string{"oui", "null", "~", "1e3", "0x1F", "01", "2018", "12:30", "- a", "a: b", "a #b", "[x]", "{y}", "& z", "* z", "!t", "%d", "@a", "`b`",
			"l’enfant", `"x"`, "'x'", "a\nb", "a\tb", "é\u00a0: x", "x\u2028y", "a\u0085b", "\u0007", "😀", "---", "...", "4 place du Marché", "1/2", "?", "| x", "> y", "x:", "\\n", "<<"}),
		rapid.StringN(1, 12, 40).Filter(func(s string) bool { return strings.TrimSpace(s) != "" && !strings.ContainsRune(s, 0) }),
	)
}

// maker draws a whole convention: every reference has its object, every optional field is there or not.
type maker struct {
	*rapid.T
	parties, committees, axes, seen []string
}

func (m *maker) ids(label string, least int) []string {
	n := rapid.IntRange(least, 4).Draw(m.T, label)
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("%s-%d", label, i)
	}
	return out
}

// fill draws every field of a struct by what the schema says of it; the fields that set fixes are set after.
func (m *maker) fill(v reflect.Value) {
	for _, f := range fieldsOf(v.Type()) {
		if f.optional && rapid.Bool().Draw(m.T, f.key+"?") {
			continue
		}
		x := v.Field(f.index)
		r := rules[v.Type().Name()+"."+f.name]
		switch {
		case x.Type() == dateType:
			x.Set(reflect.ValueOf(calendar.Of(2026, 1, 1).AddDays(rapid.IntRange(0, 4000).Draw(m.T, f.key))))
		case x.Kind() == reflect.String:
			x.SetString(m.text(f, r))
		case x.Kind() == reflect.Int:
			x.SetInt(int64(rapid.IntRange(1, 48).Draw(m.T, f.key)))
		case x.Kind() == reflect.Bool:
			x.SetBool(true)
		case x.Kind() == reflect.Pointer && x.Type() != reflect.TypeFor[*Cadence]():
			x.Set(reflect.New(x.Type().Elem()))
			m.fill(x.Elem())
		case x.Kind() == reflect.Slice && x.Type().Elem().Kind() == reflect.String:
			m.texts(x, f, r)
		}
	}
}

func (m *maker) texts(x reflect.Value, f field, r rule) {
	for range rapid.IntRange(0, 3).Draw(m.T, f.key) {
		s := reflect.New(x.Type().Elem()).Elem()
		s.SetString(m.text(f, r))
		if f.name == "Powers" && (Power(s.String()) == OrganizeCommittees || strings.Contains(fmt.Sprint(x.Interface()), s.String())) {
			continue
		}
		x.Set(reflect.Append(x, s))
	}
}

func (m *maker) text(f field, r rule) string {
	known := map[string][]string{"parties": m.parties, "comites": m.committees, "axes": m.axes}
	forms := map[string][]string{"siren": {"200017846"}, "department": {"01", "2A", "974"}, "moment": {"2018", "2018-10", "2018-10-19"},
		"start": {"signature", "2025-03-01"}, "fraction": {"1/2", "2/3"}}
	switch {
	case r.form == "id":
		m.seen = append(m.seen, "")
		return fmt.Sprintf("x%d", len(m.seen))
	case r.form != "":
		return rapid.SampledFrom(forms[r.form]).Draw(m.T, f.key)
	case r.oneOf != nil:
		return rapid.SampledFrom(r.oneOf).Draw(m.T, f.key)
	case r.refs != nil:
		return rapid.SampledFrom(known[r.refs[0]]).Draw(m.T, f.key)
	}
	return words().Draw(m.T, f.key)
}

// list draws n elements, hands each to mend, and gives the list.
func list[T any](m *maker, n int, mend func(i int, x *T)) []T {
	var out []T
	for i := range n {
		var x T
		m.fill(reflect.ValueOf(&x).Elem())
		mend(i, &x)
		out = append(out, x)
	}
	return out
}

func keep[T any](int, *T) {}

func (m *maker) facts() Facts {
	m.parties, m.committees, m.axes = m.ids("p", 1), m.ids("k", 1), m.ids("a", 1)
	f := Facts{Identity: &Identity{}, Territory: &Territory{}, Duration: &Duration{From: FromSignature, Months: 12}}
	m.fill(reflect.ValueOf(f.Identity).Elem())
	m.fill(reflect.ValueOf(f.Territory).Elem())
	few := func(label string) int { return rapid.IntRange(0, 2).Draw(m.T, label) }
	f.Parties = list(m, len(m.parties), func(i int, p *Party) { p.ID = m.parties[i] })
	f.Axes = list(m, len(m.axes), func(i int, a *Axis) {
		a.ID, a.Number, a.Objectives = m.axes[i], i+1, list(m, few("objectives"), keep[Objective])
	})
	f.Lineage = list(m, few("lineage"), func(_ int, p *Predecessor) { p.To, p.Axes = "", list(m, few("old axes"), keep[PredecessorAxis]) })
	f.Purposes, f.Stakes, f.Governance = list(m, few("a"), keep[Statement]), list(m, few("b"), keep[Statement]), list(m, few("c"), keep[Statement])
	f.Commitments = list(m, few("commitments"), keep[Commitment])
	f.Committees = list(m, len(m.committees), m.committee)
	f.Evaluations = list(m, few("evaluations"), keep[Evaluation])
	f.Signatures = list(m, few("signatures"), keep[SignatureLine])
	if rapid.Bool().Draw(m.T, "amendment?") {
		f.Amendment = &AmendmentRule{}
		m.fill(reflect.ValueOf(f.Amendment).Elem())
	}
	return f
}

func (m *maker) committee(i int, k *Committee) {
	k.ID = m.committees[i]
	k.Seats = []SeatRule{{Party: m.parties[0], Count: 2}, {Party: m.parties[0], Function: words().Draw(m.T, "function"), ID: "f"}, {Derived: DerivedFromLeads}}
	k.Missions = list(m, 2, func(_ int, x *Mission) { x.Over = nil })
	k.Missions = append(k.Missions, Mission{ID: "over", Text: "x", Powers: []Power{OrganizeCommittees}, Over: m.committees})
	k.Cadence = rapid.SampledFrom([]*Cadence{nil, {AsNeeded: true}, {Min: 1, Max: 2, Over: Rolling12}, {Min: 4}, {Max: 3, Over: CivilYear}}).Draw(m.T, "cadence")
}

// spread puts facts under random headings with random prose, one key of the facts to a block.
func (m *maker) spread(f Facts) []Clause {
	var clauses []Clause
	v := reflect.ValueOf(f)
	for i := range v.NumField() {
		part := Facts{}
		reflect.ValueOf(&part).Elem().Field(i).Set(v.Field(i))
		k := Clause{Level: rapid.IntRange(1, 6).Draw(m.T, "level"), Heading: rapid.SampledFrom([]string{"Préambule", "Article 4 – Instances", "4-2 Comités", "1) Un", "C #", "Annexe", "###"}).Draw(m.T, "heading")}
		if rapid.Bool().Draw(m.T, "prose?") {
			k.Parts = append(k.Parts, Part{Text: rapid.SampledFrom([]string{"Du texte.", "- un\n- deux", "    code\n\n> cité", "~~~\n# pas un titre\n~~~", "<!-- # ni ceci -->"}).Draw(m.T, "prose")})
		}
		k.Parts = append(k.Parts, Part{Facts: &part})
		clauses = append(clauses, k)
	}
	return clauses
}

// A convention built in Go, written and read, is the same convention; writing it again changes no byte.
func TestFormatParseIsIdentity(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := &maker{T: rt}
		c := New(m.spread(m.facts()))
		if errs := Check(c).Errors(); len(errs) > 0 {
			rt.Fatalf("the drawn convention has errors: %v", errs)
		}
		src := c.Format()
		read, faults := Parse("x.md", src)
		if read == nil {
			rt.Fatalf("%v\n%s", faults.Errors(), src)
		}
		if diff := cmp.Diff(c, read, withoutLines); diff != "" {
			rt.Fatalf("(-built +read)\n%s\n%s", diff, src)
		}
		if again := read.Format(); string(again) != string(src) {
			rt.Fatalf("writing again changes the file:\n%s", cmp.Diff(string(src), string(again)))
		}
		if changes := Compare(c, read); len(changes) > 0 {
			rt.Fatalf("the same convention compares as changed: %v", changes)
		}
	})
}

// Any layout of headings, fences and prose around the same facts reads, and keeps its prose when written.
func TestLayoutsAreKept(t *testing.T) {
	lines := rapid.SampledFrom([]string{"", "  ", "texte", "# A", "## Article 3 – B ##", "   ### C", "#pas un titre", "    # code", "```go", "```", "~~~", "<!-- x", "-->", "<!-- y -->",
		"> cité", "- a", "  - b", "Titre\n===", "\ttab", "fin  ", "```yaml\n# rien\n```", "#", "# #", "## D # #", "```yaml\n```", "  ```yaml\n  {}\n  ```"})
	const facts = "# Faits\n\n```yaml\nconvention: {id: c, titre: C}\nterritoire: {nom: T}\nparties: [{id: a, nom: A, court: A, signataire: M}]\n" +
		"comites: [{id: k, nom: K, niveau: unique, sieges: [{partie: a, nombre: 1}]}]\nduree: {debut: signature, mois: 3}\n```\n"
	read := 0
	rapid.Check(t, func(rt *rapid.T) {
		src := facts + strings.Join(rapid.SliceOfN(lines, 0, 25).Draw(rt, "lines"), "\n")
		c, _ := Parse("x.md", []byte(src))
		if c == nil {
			return
		}
		read++
		again, faults := Parse("x.md", c.Format())
		if again == nil {
			rt.Fatalf("%v\n%s", faults, c.Format())
		}
		if diff := cmp.Diff(c, again, withoutLines); diff != "" {
			rt.Fatal(diff)
		}
	})
	if read == 0 {
		t.Error("no layout could be read: the test shows nothing")
	}
}
