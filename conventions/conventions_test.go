package conventions_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"entente/conventions"
	"entente/internal/convention"
)

const signed = "etampois-sud-essonne-2023-2026"

func read(t *testing.T, name string) *convention.Convention {
	t.Helper()
	src, err := conventions.Read(name)
	if err != nil {
		t.Fatal(err)
	}
	c, faults := convention.Parse(name+".md", src)
	if c == nil {
		t.Fatal(faults.Errors())
	}
	return c
}

func TestEveryFileParses(t *testing.T) {
	if len(conventions.Names()) < 2 {
		t.Fatalf("got %v", conventions.Names())
	}
	for _, name := range conventions.Names() {
		if c := read(t, name); c.Identity.ID != name {
			t.Errorf("%s calls itself %s", name, c.Identity.ID)
		}
	}
	if _, err := conventions.Read("absent"); err == nil {
		t.Error("a file that is not there was read")
	}
}

// census counts what a convention establishes.
func census(c *convention.Convention) string {
	objectives, items, missions := 0, 0, 0
	for _, a := range c.Axes {
		objectives += len(a.Objectives)
	}
	for _, g := range c.Governance {
		items += len(g.Items)
	}
	for _, k := range c.Committees {
		missions += len(k.Missions)
	}
	return fmt.Sprintf("%d parties, %d stakes, %d governance objectives of %d points, %d commitments, %d committees of %d seats and %d missions, %d axes of %d objectives, %d evaluations, %d signatures, %d earlier agreements",
		len(c.Parties), len(c.Stakes), len(c.Governance), items, len(c.Commitments), len(c.Committees), len(c.Seats()), missions, len(c.Axes), objectives, len(c.Evaluations), len(c.Signatures), len(c.Lineage))
}

func TestCensus(t *testing.T) {
	tests := map[string]string{
		signed: "4 parties, 3 stakes, 2 governance objectives of 4 points, 3 commitments, 3 committees of 16 seats and 11 missions, 3 axes of 9 objectives, 1 evaluations, 4 signatures, 3 earlier agreements",
		"contrat-local-sante-val-ambre-2025-2029": "2 parties, 2 stakes, 0 governance objectives of 0 points, 3 commitments, 1 committees of 6 seats and 6 missions, 5 axes of 10 objectives, 1 evaluations, 2 signatures, 0 earlier agreements",
	}
	for name, want := range tests {
		if got := census(read(t, name)); got != want {
			t.Errorf("%s\n got %s\nwant %s", name, got, want)
		}
	}
}

// The signed text does not name the four axes of 2018-2022, and nobody may invent their names.
func TestEarlierAxesAreNotNamed(t *testing.T) {
	c := read(t, signed)
	last := c.Lineage[len(c.Lineage)-1]
	if len(last.Axes) != 4 {
		t.Fatalf("%d axes", len(last.Axes))
	}
	for _, a := range last.Axes {
		if a.Name != "" || a.Outcome != "" || len(a.Becomes) > 0 {
			t.Errorf("%s says more than the text: %+v", a.ID, a)
		}
	}
}

// plain is s as it compares: lower case, no accents, one sort of apostrophe, single spaces.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case r == '’':
			return '\''
		case r == '-', unicode.IsSpace(r):
			return ' '
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
	return strings.Join(strings.Fields(s), " ")
}

// signedText is the text as the parties signed it, which does not ship with Entente.
func signedText(t *testing.T) string {
	t.Helper()
	src, err := os.ReadFile(filepath.Join("..", "..", "shared", "convention", signed+".txt"))
	if err != nil {
		t.Skip("the signed text is not here, so the shipped file is not compared with it")
	}
	return string(src)
}

// What the signed text names, the facts of the shipped file name.
func TestSignedTextIsWholeInFacts(t *testing.T) {
	text, c := signedText(t), read(t, signed)
	facts := plain(fmt.Sprint(c.Data()))
	for _, m := range regexp.MustCompile(`(?m)^ - du (.+?)[;,. ]*$`).FindAllStringSubmatch(text, -1) {
		if !strings.Contains(facts, plain(m[1])) {
			t.Errorf("no seat for %q", m[1])
		}
	}
	axes := regexp.MustCompile(`(?m)^➤ \*\*Axe (\d) : (.+)\*\*`).FindAllStringSubmatch(text, -1)
	if len(axes) != len(c.Axes) {
		t.Fatalf("%d axes in the text, %d in the file", len(axes), len(c.Axes))
	}
	for i, m := range axes {
		if plain(c.Axes[i].Name) != plain(m[2]) || fmt.Sprint(c.Axes[i].Number) != m[1] {
			t.Errorf("axis %s %q is %q", m[1], m[2], c.Axes[i].Name)
		}
	}
	for _, fact := range []string{"2018-10-19", "2026-12-31", "2014", "2015", "comité de pilotage stratégique", "comité de pilotage opérationnel", "comité technique"} {
		if !strings.Contains(facts, plain(fact)) {
			t.Errorf("the facts do not have %q", fact)
		}
	}
}

// counts of the signed text: bullets under a heading against the facts.
func TestSignedTextCounts(t *testing.T) {
	text, c := signedText(t), read(t, signed)
	between := func(from, to string) string {
		_, rest, ok := strings.Cut(text, from)
		inside, _, ok2 := strings.Cut(rest, to)
		if !ok || !ok2 {
			t.Fatalf("the text has no %q … %q", from, to)
		}
		return inside
	}
	bullets := func(s string) int { return len(regexp.MustCompile(`(?m)^- `).FindAllString(s, -1)) }
	strategic, operational, technical := c.Committee("strategique"), c.Committee("operationnel"), c.Committee("technique")
	tests := []struct {
		name      string
		want, got int
	}{
		{"stakes", bullets(between("Article 2", "Article 3")), len(c.Stakes)},
		{"points of 3-1", bullets(between("3-1 ", "3-2 ")), len(c.Governance[0].Items)},
		{"points of 3-2", bullets(between("3-2 ", "Article 4")), len(c.Governance[1].Items)},
		{"commitments, and the means that introduce them", bullets(between("4-1 ", "4-2 ")) + 1, len(c.Commitments)},
		{"strategic seats", 2 * bullets(between("Il est composé de :", "Il se réunit")), len(strategic.Places())},
		{"operational missions", bullets(between("Comité de pilotage opérationnel :", "Il est composé :")), len(operational.Missions)},
		{"technical missions", bullets(between("**Comité technique :**", "Il est composé des pilotes")), len(technical.Missions)},
		{"objectives of axis 1", bullets(between("**Axe 1", "**Axe 2")), len(c.Axes[0].Objectives)},
		{"objectives of axis 2", bullets(between("**Axe 2", "**Axe 3")), len(c.Axes[1].Objectives)},
		{"objectives of axis 3", bullets(between("**Axe 3", "Ils feront")), len(c.Axes[2].Objectives)},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("%s: %d in the text, %d in the file", test.name, test.want, test.got)
		}
	}
	if k := strategic.Cadence; k.Min != 1 || k.Max != 2 || operational.Cadence.Min != 4 || operational.Cadence.Max != 0 || !technical.Cadence.AsNeeded {
		t.Error("the rhythms are not those of the text")
	}
}

// The shipped file names functions only, and copies no sentence of the signed text.
func TestShippedFileIsReworded(t *testing.T) {
	text := signedText(t)
	src, _ := conventions.Read(signed)
	file := plain(string(src))
	for _, m := range regexp.MustCompile(`(?m)Monsieur (\S+ \S+),`).FindAllStringSubmatch(text, -1) {
		for _, name := range strings.Fields(m[1])[1:] {
			if strings.Contains(file, plain(name)) {
				t.Errorf("the file names %s", name)
			}
		}
	}
	for _, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		if len(words) < 9 || strings.HasPrefix(line, "➤") || strings.HasPrefix(line, " - du") || strings.HasPrefix(line, "Axe ") {
			continue
		}
		if strings.Contains(file, plain(line)) {
			t.Errorf("copied: %s", line)
		}
	}
}
