package convention_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/i18n"
)

// report writes faults as "line:column key", which tests compare; warnings are left out.
func report(faults convention.Faults) []string {
	var out []string
	for _, f := range faults.Errors() {
		out = append(out, fmt.Sprintf("%d:%d %s", f.Line, f.Column, strings.TrimPrefix(f.Message.Key, "convention.fault.")))
	}
	return out
}

// edited is the minimal convention with one text put in the place of another.
func edited(t *testing.T, from, to string) []byte {
	t.Helper()
	if !strings.Contains(minimal, from) {
		t.Fatalf("the minimal convention has no %q", from)
	}
	return []byte(strings.Replace(minimal, from, to, 1))
}

func TestMinimalIsWhole(t *testing.T) {
	if _, faults := convention.Parse("x", []byte(minimal)); len(faults.Errors()) > 0 {
		t.Error(faults)
	}
}

func TestFaults(t *testing.T) {
	const seats = "sieges: [{partie: a, nombre: 2}]"
	tests := []struct {
		name, from, to string
		want           []string
	}{
		{"unknown key", "titre: C", "titre: C, tittre: D", []string{"4:31 unknown-key"}},
		{"unknown block", "duree:", "durée: {}\nduree:", []string{"13:1 unknown-key"}},
		{"missing key", ", titre: C", "", []string{"4:13 missing-key"}},
		{"missing block", "duree: {debut: signature, mois: 12}\n", "", []string{"1:1 missing-block"}},
		{"empty value", "titre: C", "titre: ''", []string{"4:28 empty"}},
		{"nothing after the key", "titre: C", "titre: ", []string{"4:27 type.text"}},
		{"key twice", "{nom: T}", "{nom: T, nom: U}", []string{"5:22 key-twice"}},
		{"block twice", "```\n", "```\n\n```yaml\nterritoire: {nom: U}\n```\n", []string{"17:1 given-twice"}},
		{"same block key twice", "duree:", "territoire: {nom: U}\nduree:", []string{"13:1 key-twice"}},
		{"no such day", "mois: 12", "fin: 2026-02-30", []string{"13:32 date"}},
		{"bad start", "debut: signature", "debut: demain", []string{"13:16 form.start"}},
		{"no end", ", mois: 12", "", []string{"13:8 duration.open"}},
		{"two ends", "mois: 12", "mois: 12, fin: 2026-12-31", []string{"13:33 duration.both"}},
		{"end before start", "debut: signature, mois: 12", "debut: 2026-01-02, fin: 2026-01-01", []string{"13:33 order"}},
		{"text for a number", "mois: 12", "mois: douze", []string{"13:33 type.number"}},
		{"quoted number", "mois: 12", "mois: '12'", []string{"13:33 type.number"}},
		{"negative number", "mois: 12", "mois: -1", []string{"13:33 number"}},
		{"text for a list", seats, "sieges: tous", []string{"12:13 type.list"}},
		{"text for keys", "{nom: T}", "T", []string{"5:13 type.mapping"}},
		{"list for a text", "nom: K", "nom: [K]", []string{"10:10 type.text"}},
		{"neither yes nor no", seats, seats + "\n    cadence: {autant-que-de-besoin: parfois}", []string{"13:37 type.truth"}},
		{"bad level", "unique", "uniques", []string{"11:13 not-allowed"}},
		{"bad identifier", "id: k", "id: Le Comité", []string{"9:9 form.id"}},
		{"bad SIREN", "{nom: T}", "{nom: T, siren: 200017847}", []string{"5:29 form.siren"}},
		{"bad department", "{nom: T}", "{nom: T, departement: Essonne}", []string{"5:35 form.department"}},
		{"party twice", "comites:", "  - {id: a, nom: B, court: B, signataire: Maire}\ncomites:", []string{"8:10 id-twice"}},
		{"committee named as a party", "id: k", "id: a", []string{"9:9 id-of-party"}},
		{"dangling party", seats, "sieges: [{partie: b, nombre: 2}]", []string{"12:23 dangling.parties"}},
		{"dangling committee", seats, seats + "\n    convoque-par: [a, z]", []string{"13:23 dangling.parties"}},
		{"no seat", seats, "sieges: []", []string{"12:13 no-seats"}},
		{"two shapes of seat", "nombre: 2", "nombre: 2, fonction: Maire, id: maire", []string{"12:14 seat.shape"}},
		{"no shape of seat", ", nombre: 2", "", []string{"12:14 seat.shape"}},
		{"function without id", "nombre: 2", "fonction: Maire", []string{"12:14 seat.id"}},
		{"counted seat with id", "nombre: 2", "nombre: 2, id: x", []string{"12:41 seat.id-without-function"}},
		{"function among", "nombre: 2", "fonction: Maire, id: x, parmi: élus", []string{"12:57 seat.among"}},
		{"derived for a party", "nombre: 2", "derive: pilotes-des-actions", []string{"12:14 seat.derived"}},
		{"too many seats", "nombre: 2", "nombre: 9999", []string{"12:34 seat.count"}},
		{"seat without party", "partie: a, ", "", []string{"12:14 seat.party"}},
		{"seats twice", seats, "sieges: [{partie: a, nombre: 2}, {partie: a, nombre: 1}]", []string{"12:38 seat.twice"}},
		{"cadence of nothing", seats, seats + "\n    cadence: {}", []string{"13:14 cadence.nothing"}},
		{"cadence upside down", seats, seats + "\n    cadence: {minimum: 4, maximum: 2}", []string{"13:14 cadence.order"}},
		{"cadence as needed, twice", seats, seats + "\n    cadence: {autant-que-de-besoin: oui, minimum: 2}", []string{"13:14 cadence.as-needed"}},
		{"cadence over nothing", seats, seats + "\n    cadence: {minimum: 2, sur: mois}", []string{"13:32 not-allowed"}},
		{"share above the whole", seats, seats + "\n    quorum: {part: 3/2, des: sieges}", []string{"13:20 form.fraction"}},
		{"power unknown", seats, seats + "\n    missions: [{id: m, texte: M, attributions: [valider]}]", []string{"13:49 not-allowed"}},
		{"power twice", seats, seats + "\n    missions: [{id: m, texte: M, attributions: [coordonner, coordonner]}]", []string{"13:61 power-twice"}},
		{"organises nobody", seats, seats + "\n    missions: [{id: m, texte: M, attributions: [organiser-comites]}]", []string{"13:16 over.missing"}},
		{"over without organising", seats, seats + "\n    missions: [{id: m, texte: M, attributions: [], comites: [k]}]", []string{"13:61 over.alone"}},
		{"axes of one number", "duree:", "axes: [{id: x, numero: 1, nom: X}, {id: y, numero: 1, nom: Y}]\nduree:", []string{"13:52 axis.twice"}},
		{"axis nought", "duree:", "axes: [{id: x, numero: 0, nom: X}]\nduree:", []string{"13:24 axis.zero"}},
		{"evaluation at no interval", "duree:", "evaluations: [{id: x, objet: axes, tous-les-mois: 0}]\nduree:", []string{"13:51 evaluation.interval"}},
		{"lineage upside down", "duree:", "filiation: [{id: x, titre: X, debut: 2018-10, fin: 2017}]\nduree:", []string{"13:52 order"}},
		{"month 13", "duree:", "filiation: [{id: x, titre: X, debut: 2018-13}]\nduree:", []string{"13:38 form.moment"}},
		{"tab", "  - id: k", "\t- id: k", []string{"9:1 yaml.syntax"}},
		{"open bracket", "sieges: [{", "sieges: [[{", []string{"13:1 yaml.syntax"}},
		{"anchor", "nom: T", "nom: &x T", []string{"5:19 yaml.anchor"}},
		{"tag", "nom: T", "nom: !x T", []string{"5:19 yaml.tag"}},
		{"second document", "comites:", "---\ncomites:", []string{"8:1 yaml.document"}},
		{"fence never closed", "12}\n```", "12}", []string{"3:1 fence-open"}},
		{"text above the heading", "# Convention", "Convention", []string{"1:1 text-above-heading"}},
		{"heading without words", "# Convention", "#", []string{"1:1 heading-empty"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c, faults := convention.Parse("x.md", edited(t, test.from, test.to))
			if c != nil {
				t.Error("a convention came with the faults")
			}
			if diff := cmp.Diff(test.want, report(faults)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// A block that cannot be read is one fault: the others are still read, and what it would have defined is not missed.
func TestOtherBlocksAreRead(t *testing.T) {
	src := "# A\n\n```yaml\nparties: [\n```\n\n## B\n\n```yaml\nsignatures:\n  - partie: a\n    fonctions: Maire\n```\n"
	_, faults := convention.Parse("x.md", []byte(src))
	want := []string{"4:10 yaml.syntax", "11:5 missing-key", "12:5 unknown-key"}
	if diff := cmp.Diff(want, report(faults)); diff != "" {
		t.Error(diff)
	}
}

// The remedy names the nearest right word, and what else is allowed, in both languages.
func TestRemedies(t *testing.T) {
	tests := []struct{ from, to, fr, en string }{
		{"duree:", "durée:", "S’agit-il de « duree » ? Clés admises ici : convention, territoire, filiation,", "Did you mean “duree”? Keys allowed here: convention, territoire, filiation,"},
		{"nom: T", "nom: T, xyz: 1", "Clés admises ici : nom, siren, departement et zone-scolaire.", "Keys allowed here: nom, siren, departement and zone-scolaire."},
		{"unique", "uniqe", "S’agit-il de « unique » ? Valeurs admises : strategique, operationnel, technique et unique.", "Did you mean “unique”? Allowed values: strategique, operationnel, technique and unique."},
		{"partie: a,", "partie: b,", "S’agit-il de « a » ? Identifiants connus : a.", "Did you mean “a”? Known identifiers: a."},
		{"id: k", "id: Comité Unique", "par exemple : comite-unique.", "for example: comite-unique."},
	}
	plain := strings.NewReplacer("\u00a0", " ", "\u202f", " ")
	for _, test := range tests {
		_, faults := convention.Parse("x.md", edited(t, test.from, test.to))
		errs := faults.Errors()
		if len(errs) == 0 {
			t.Errorf("%s: no fault", test.to)
			continue
		}
		remedies := func(lang string) string {
			var all []string
			for _, f := range errs {
				all = append(all, plain.Replace(i18n.For(lang).Say(f.Remedy)))
			}
			return strings.Join(all, "\n")
		}
		if got := remedies("fr"); !strings.Contains(got, test.fr) {
			t.Errorf("fr: %s\n got %s\nwant %s", test.to, got, test.fr)
		}
		if got := remedies("en"); !strings.Contains(got, test.en) {
			t.Errorf("en: %s\n got %s\nwant %s", test.to, got, test.en)
		}
	}
}

// Every fault and every remedy that the tests can provoke has its sentence in both languages.
func TestFaultsHaveSentences(t *testing.T) {
	broken := strings.NewReplacer("titre: C", "titre: ''", "nombre: 2", "nombre: 2, derive: x", "niveau: unique", "niveau: x", "mois: 12", "mois: x, fin: y").Replace(minimal)
	for _, src := range []string{broken, minimal, "", "x", "# A\n```yaml\n[\n```"} {
		_, faults := convention.Parse("x.md", []byte(src))
		for _, f := range faults {
			for _, lang := range i18n.Languages() {
				if s := i18n.For(lang).Say(f.Message) + i18n.For(lang).Say(f.Remedy); strings.ContainsAny(s, "⟦{") {
					t.Errorf("%s: %s", lang, s)
				}
			}
		}
	}
}

// What an attacker sends is refused quickly, and as a fault.
func TestBounds(t *testing.T) {
	block := func(s string) string { return "# A\n\n```yaml\n" + s + "\n```\n" }
	tests := []struct{ name, src, want string }{
		{"too large", strings.Repeat("x", convention.MaxSource+1), "1:1 too-large"},
		{"large block", block("a: " + strings.Repeat("x", 300<<10)), "4:1 yaml.too-large"},
		{"deep brackets", block("parties: " + strings.Repeat("[", 100_000)), "4:26 yaml.depth"},
		{"deep dashes", block(strings.Repeat("- ", 50_000)), "4:33 yaml.depth"},
		{"billion laughs", block("a: &a [x]\nb: [*a, *a, *a]"), "4:4 yaml.anchor"},
		{"compound keys", block(strings.Repeat("? ", 50_000)), "4:1 yaml.tag"},
		{"many keys", block(strings.Repeat("a: b\n", 50_000)), "4004:2 yaml.many-keys"},
		{"long list", block("axes:\n" + strings.Repeat("- {}\n", 2000)), "5:1 list-long"},
		{"many headings", strings.Repeat("# A\n", 100_000), "2001:1 too-many-clauses"},
		{"no text", "# A\n\nab\xff", "3:3 not-text"},
		{"a zero byte", "# A\n\x00", "2:1 not-text"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, faults := convention.Parse("x.md", []byte(test.src))
			if got := report(faults); !slices.Contains(got, test.want) {
				t.Errorf("got %.200v, want %s", got, test.want)
			}
		})
	}
}

func TestClauseNumbers(t *testing.T) {
	tests := []struct{ heading, ref, anchor string }{
		{"# Convention de test", "convention-de-test", "convention-de-test"},
		{"## Préambule", "preambule", "preambule"},
		{"## Article 1er – Objet", "1", "article-1"},
		{"## Article 4 - Modalités", "4", "article-4"},
		{"### 4-1 Engagements :", "4-1", "article-4-1"},
		{"### 4.2. Instances", "4-2", "article-4-2"},
		{"#### Comité de pilotage", "4-2", "comite-de-pilotage"},
		{"#### Comité de pilotage", "4-2", "comite-de-pilotage-2"},
		{"##### 3) Rang", "4-2-3", "article-4-2-3"},
		{"## Art. 5", "5", "article-5"},
		{"### 2 – Bis", "5-2", "article-5-2"},
		{"## Article 6 : Durée", "6", "article-6"},
		{"## Signatures", "signatures", "signatures"},
		{"### Une ligne", "une-ligne", "une-ligne"},
		{"## Articles divers", "articles-divers", "articles-divers"},
		{"## 2026 en bref", "2026-en-bref", "2026-en-bref"},
		{"## Article 4-2", "4-2", "article-4-2-2"},
		{"## …", "clause", "clause"},
	}
	var src strings.Builder
	src.WriteString(minimal)
	for _, test := range tests {
		src.WriteString(test.heading + "\n")
	}
	c, faults := convention.Parse("x.md", []byte(src.String()))
	if c == nil {
		t.Fatal(faults)
	}
	for i, test := range tests {
		if k := c.Clauses[i+1]; k.Ref != test.ref || k.Anchor != test.anchor {
			t.Errorf("%s: ref %q anchor %q, want %q %q", test.heading, k.Ref, k.Anchor, test.ref, test.anchor)
		}
	}
}

func TestWarnings(t *testing.T) {
	_, faults := convention.Parse("x.md", edited(t, "sieges: [{partie: a, nombre: 2}]", "sieges: [{derive: pilotes-des-actions}]\n    missions: [{id: m, texte: M, attributions: [proposer-actions]}]\n"+
		"axes: [{id: x, numero: 1, nom: X}]\nsignatures: [{partie: a, fonction: Adjoint}] # qui"))
	var got []string
	for _, f := range faults.Warnings() {
		got = append(got, fmt.Sprintf("%d %s", f.Line, strings.TrimPrefix(f.Message.Key, "convention.")))
	}
	want := []string{"4 warning.amendment", "4 warning.evaluation", "7 warning.seat", "9 warning.convening", "9 warning.cadence", "13 warning.settling",
		"14 warning.axis", "15 warning.signatory", "15 fault.yaml.comment"}
	if diff := cmp.Diff(want, got, cmpopts.SortSlices(func(a, b string) bool { return a < b })); diff != "" {
		t.Error(diff)
	}
	_, faults = convention.Parse("x.md", edited(t, "mois: 12", "mois: 12, reconduction-tacite-mois: 12"))
	if got := faults.Warnings(); !slices.ContainsFunc(got, func(f convention.Fault) bool { return f.Message.Key == "convention.warning.tacit" }) {
		t.Errorf("tacit renewal is not asked about: %v", got)
	}
}

func TestFaultsErr(t *testing.T) {
	if err := (convention.Faults{{Severity: convention.Warning}}).Err(); err != nil {
		t.Errorf("warnings alone are an error: %v", err)
	}
	_, faults := convention.Parse("x.md", []byte("x"))
	if err := faults.Err(); !fault.Is(err, fault.Invalid) {
		t.Errorf("got %v", err)
	}
}
