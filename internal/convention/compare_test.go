package convention

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"entente/internal/calendar"
	"entente/internal/i18n"
)

// full is a convention with every field of every type set, so that changing any of them can be seen.
func full() Facts {
	at := Place{Ref: "4", Anchor: "article-4"}
	statement := []Statement{{ID: "s", Text: "Texte", Items: []string{"point"}, Place: at}}
	return Facts{
		Identity:  &Identity{ID: "c", Title: "Titre", Kind: "projet", Short: "PST", Place: at},
		Territory: &Territory{Name: "Ici", SIREN: "200017846", Department: "91", SchoolZone: "C", Place: at},
		Lineage: []Predecessor{{ID: "l", Title: "Accord", From: "2018", To: "2022", Parties: []string{"p"}, Place: at,
			Axes: []PredecessorAxis{{ID: "o", Name: "Ancien", Outcome: "fusionne", Becomes: []string{"a"}, Place: at}}}},
		Parties:  []Party{{ID: "p", Name: "Partie", Short: "P", Kind: "commune", SIREN: "200017846", Seat: "Ici", Signatory: "Maire", Delegate: "Adjoint", Place: at}},
		Purposes: statement, Stakes: statement, Governance: statement,
		Commitments: []Commitment{{ID: "e", Text: "Promesse", Parties: []string{"p"}, Evidence: EvidenceMeans, Place: at}},
		Committees: []Committee{{ID: "k", Name: "Comité", Level: Single, Substitution: SubstitutionFree, ConvenedBy: []string{"p"}, Notice: 8, Place: at,
			Seats:    []SeatRule{{Party: "p", Count: 2, Among: "élus", Place: at}, {Party: "p", Function: "Directeur", ID: "dir", Place: at}, {Derived: DerivedFromLeads, Place: at}},
			Missions: []Mission{{ID: "m", Text: "Mission", Powers: []Power{OrganizeCommittees}, Over: []string{"k"}, Place: at}},
			Cadence:  &Cadence{Min: 4, Max: 6, Over: CivilYear, Place: at},
			Quorum:   &Threshold{Share: "1/2", Of: "sieges", Strict: true, Place: at}, Majority: &Threshold{Share: "2/3", Of: "presents", Place: at}}},
		Axes:        []Axis{{ID: "a", Number: 1, Name: "Axe", Objectives: []Objective{{ID: "x", Name: "Objectif", Place: at}}, Place: at}},
		Evaluations: []Evaluation{{ID: "v", Object: "axes", EveryMonths: 12, Text: "Texte", By: "k", Place: at}},
		Duration:    &Duration{From: FromSignature, To: calendar.Must("2026-12-31"), Months: 12, Tacit: 6, Place: at},
		Amendment:   &AmendmentRule{Agreement: "toutes-les-parties", Text: "Texte", Place: at},
		Signatures:  []SignatureLine{{Party: "p", Function: "Maire", Place: at}},
	}
}

func fullConvention() *Convention {
	return &Convention{Clauses: []Clause{{Level: 2, Heading: "Article 4", Ref: "4", Anchor: "article-4", Parts: []Part{{Text: "Du texte."}}}}, Facts: full()}
}

// mutation changes one value in place; path names it.
type mutation struct {
	path   string
	mutate func(v reflect.Value)
}

// mutations gives, for every value under v, ways of changing it: other values, elements gone, new, or in another order.
func mutations(v reflect.Value, path string) []mutation {
	var out []mutation
	visit(v, path, func(p string, _ reflect.Type, f field, x reflect.Value) {
		switch {
		case x.Type() == dateType:
			out = append(out, mutation{p, func(x reflect.Value) { x.Set(reflect.ValueOf(calendar.Must("2030-01-01"))) }})
		case x.Kind() == reflect.String:
			out = append(out, mutation{p, func(x reflect.Value) { x.SetString(x.String() + "-autre") }})
			if x.String() != "" {
				out = append(out, mutation{p, func(x reflect.Value) { x.SetString("") }})
			}
		case x.Kind() == reflect.Int:
			out = append(out, mutation{p, func(x reflect.Value) { x.SetInt(x.Int() + 1) }})
		case x.Kind() == reflect.Bool:
			out = append(out, mutation{p, func(x reflect.Value) { x.SetBool(!x.Bool()) }})
		case x.Kind() == reflect.Pointer:
			out = append(out, mutation{p, func(x reflect.Value) { x.SetZero() }})
		case x.Kind() == reflect.Slice:
			out = append(out, mutation{p, func(x reflect.Value) { x.SetZero() }}, mutation{p, func(x reflect.Value) {
				e := reflect.New(x.Type().Elem()).Elem()
				if e.Kind() == reflect.String {
					e.SetString("nouveau")
				} else if id := e.FieldByName("ID"); id.IsValid() {
					id.SetString("nouveau")
				}
				x.Set(reflect.Append(x, e))
			}})
		}
	})
	return out
}

// at finds the value at a path.
func at(v reflect.Value, path string) (found reflect.Value) {
	visit(v, "", func(p string, _ reflect.Type, _ field, x reflect.Value) {
		if p == path {
			found = x
		}
	})
	return found
}

// Whatever field changes, in whatever way and in either direction, is told, in a sentence that both languages have.
func TestEveryFieldCompares(t *testing.T) {
	for _, m := range mutations(reflect.ValueOf(full()), "") {
		before, after := fullConvention(), fullConvention()
		m.mutate(at(reflect.ValueOf(&after.Facts).Elem(), m.path))
		for _, changes := range [][]Change{Compare(before, after), Compare(after, before)} {
			if len(changes) == 0 {
				t.Errorf("%s: changed, and nothing is told", m.path)
			}
			for _, c := range changes {
				for _, lang := range i18n.Languages() {
					if s := i18n.For(lang).Say(c.Message); strings.Contains(s, "⟦convention.change") || strings.Contains(s, "⟦convention.list") || strings.ContainsAny(s, "{}") {
						t.Errorf("%s: %s: %s", m.path, lang, s)
					}
				}
			}
		}
	}
}

func TestEveryFieldIsFull(t *testing.T) {
	set := map[string]bool{}
	note := func(_ string, owner reflect.Type, f field, v reflect.Value) {
		name := owner.Name() + "." + f.name
		set[name] = set[name] || !v.IsZero()
	}
	visit(reflect.ValueOf(full()), "", note)
	set["Cadence.AsNeeded"] = true // a cadence that sets it has nothing else
	for name, ok := range set {
		if !ok {
			t.Errorf("full leaves %s empty: TestEveryFieldCompares does not see it", name)
		}
	}
}

func TestCompareSentences(t *testing.T) {
	tests := []struct {
		name   string
		change func(c *Convention)
		fr, en string
	}{
		{"cadence, one number", func(c *Convention) { c.Committees[0].Cadence.Max = 0; c.Committees[0].Cadence.Min = 3 },
			"L’instance « Comité » se réunit au moins 3 fois par an au lieu de 4 (art. 4).", "The committee “Comité” meets at least 3 times a year instead of 4 (art. 4)."},
		{"cadence, another shape", func(c *Convention) { c.Committees[0].Cadence = &Cadence{AsNeeded: true} },
			"L’instance « Comité » se réunit autant que de besoin, au lieu de : au moins 4 fois par an (art. 4).", "The committee “Comité” meets as often as needed, instead of: at least 4 times a year (art. 4)."},
		{"term", func(c *Convention) { c.Duration.To = calendar.Must("2027-12-31") },
			"La convention est prolongée du 31 décembre 2026 au 31 décembre 2027 (art. 4).", "The convention is extended from 31 December 2026 to 31 December 2027 (art. 4)."},
		{"party joins", func(c *Convention) {
			c.Parties = append(c.Parties, Party{ID: "q", Short: "Q", Place: c.Parties[0].Place})
		},
			"Q rejoint la convention (art. 4).", "Q joins the convention (art. 4)."},
		{"seats", func(c *Convention) { c.Committees[0].Seats[0].Count = 3 },
			"Dans l’instance « Comité », le nombre de sièges change pour P, 3 membres (élus) : 3 au lieu de 2 (art. 4).", "In the committee “Comité”, the number of seats changes for P, 3 members (élus): 3 instead of 2 (art. 4)."},
		{"power", func(c *Convention) {
			c.Committees[0].Missions[0].Powers = append(c.Committees[0].Missions[0].Powers, AdoptActions)
		},
			"L’instance « Comité » reçoit une attribution : adopter les actions (art. 4).", "The committee “Comité” is granted a power: adopt actions (art. 4)."},
		{"quorum dropped", func(c *Convention) { c.Committees[0].Quorum = nil },
			"Le quorum de l’instance « Comité » change : « aucun seuil » au lieu de « plus de 1/2 des sièges » (art. 4).", "The quorum of the committee “Comité” changes: “no threshold” instead of “more than 1/2 of the seats” (art. 4)."},
		{"another article", func(c *Convention) { c.Duration.Place.Ref = "6" },
			"« de la signature au 31 décembre 2026 » est passé d’un article à un autre : art. 4 auparavant, art. 6 désormais (art. 6).",
			"“from signature to 31 December 2026” has moved from one article to another: art. 4 before, art. 6 now (art. 6)."},
		{"prose", func(c *Convention) { c.Clauses[0].Parts[0].Text = "Un autre texte." },
			"Le texte de « Article 4 » a été remanié (art. 4).", "The text of “Article 4” was reworded (art. 4)."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			before, after := fullConvention(), fullConvention()
			before.Committees[0].Cadence.Max = 0
			after.Committees[0].Cadence.Max = 0
			test.change(after)
			changes := Compare(before, after)
			if len(changes) != 1 {
				t.Fatalf("%d changes: %v", len(changes), changes)
			}
			nb := strings.NewReplacer("\u00a0", " ", "\u202f", " ")
			if got := nb.Replace(i18n.For("fr").Say(changes[0].Message)); got != test.fr {
				t.Errorf("fr\n got %s\nwant %s", got, test.fr)
			}
			if got := i18n.For("en").Say(changes[0].Message); got != test.en {
				t.Errorf("en\n got %s\nwant %s", got, test.en)
			}
		})
	}
}

// The order of objectives gives them their numbers, so that swapping two is told; how prose is broken into lines is not.
func TestCompareOrderAndLayout(t *testing.T) {
	before, after := fullConvention(), fullConvention()
	before.Axes[0].Objectives = []Objective{{ID: "x", Name: "X"}, {ID: "y", Name: "Y"}}
	after.Axes[0].Objectives = []Objective{{ID: "y", Name: "Y"}, {ID: "x", Name: "X"}}
	after.Clauses[0].Parts = []Part{{Text: "Du\n"}, {Text: "  texte."}}
	changes := Compare(before, after)
	if len(changes) != 1 || changes[0].Message.Key != "convention.change.order" {
		t.Errorf("got %v", changes)
	}
}

func TestCompareClauses(t *testing.T) {
	clause := func(level int, heading, text string) Clause {
		return Clause{Level: level, Heading: heading, Parts: []Part{{Text: text}}}
	}
	before := New([]Clause{clause(1, "Titre", "a"), clause(2, "Préambule", "b"), clause(2, "Annexe", "c"), clause(2, "Glossaire", "d")})
	after := New([]Clause{clause(1, "Titre", "a"), clause(2, "Avant-propos", "b"), clause(3, "Annexe", "c"), clause(2, "Lexique", "e")})
	var got []string
	for _, c := range Compare(before, after) {
		got = append(got, strings.TrimPrefix(c.Message.Key, "convention.change."))
	}
	if want := []string{"clause.removed", "clause.heading", "clause.level", "clause.added"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// Compare is quiet exactly between a convention and itself: whatever two drawn conventions differ in is told.
func TestCompareDrawn(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := &maker{T: rt}
		a, b := New(m.spread(m.facts())), New(m.spread(m.facts()))
		if same, told := string(a.Format()) == string(b.Format()), len(Compare(a, b)) > 0; same && told {
			rt.Fatalf("the same text compares as changed: %v", Compare(a, b))
		}
		if len(Compare(a, a)) > 0 {
			rt.Fatal("a convention differs from itself")
		}
	})
}
