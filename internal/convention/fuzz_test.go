package convention_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"entente/conventions"
	"entente/internal/calendar"
	"entente/internal/convention"
)

// ignoreLines compares conventions but for where they stand in a file.
var ignoreLines = cmp.Options{
	cmpopts.IgnoreFields(convention.Clause{}, "Line"), cmpopts.IgnoreFields(convention.Part{}, "Line"),
	cmpopts.IgnoreFields(convention.Place{}, "Line"), cmp.Comparer(func(a, b calendar.Date) bool { return a == b }),
}

// FuzzParse holds for any bytes: reading ends and does not panic, a convention comes exactly where no fault is an error,
// and what Format writes of it reads the same.
func FuzzParse(f *testing.F) {
	for _, name := range conventions.Names() {
		src, err := conventions.Read(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	for _, s := range []string{
		"", "# A", "text", "# A\n```yaml\n", "# A\n```yaml\nparties: [[[[{a: [", "# A\n```yaml\na: &x [*x, *x]\n```\n", "# # #\n", "<!-- # A",
		"# A\n```yaml\n- - - - - -\n```", "# A\n~~~~ x\n# B\n~~~~\n", "# A\r\n\r\n- b\r", "# Art. 4\n## 4.2\n### 1) x\n", "# A\n```yaml\nduree: {debut: signature, fin: 2026-02-30}\n```",
		"# A\n```yaml\n? a\n: b\n```", "# A\n```yaml\naxes:\n\t- id: x\n```", "# A\n```yaml\nx: |\n a\n\n b\n```", "# A\n```yaml\n'a': \"\\u00e9\"\n```", minimal,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		c, faults := convention.Parse("x.md", src)
		if (c == nil) != (len(faults.Errors()) > 0) {
			t.Fatalf("convention %v, errors %v", c != nil, faults.Errors())
		}
		for _, x := range faults {
			if x.Line < 1 || x.Column < 1 || x.Message.IsZero() || x.Remedy.IsZero() {
				t.Fatalf("fault without place or sentence: %v", x)
			}
		}
		if c == nil {
			return
		}
		again, faults := convention.Parse("x.md", c.Format())
		if again == nil {
			t.Fatalf("not read again: %v\n%s", faults.Errors(), c.Format())
		}
		if diff := cmp.Diff(c, again, ignoreLines); diff != "" {
			t.Fatalf("%s\n%s", diff, c.Format())
		}
		if got := convention.Compare(c, again); len(got) > 0 {
			t.Fatalf("the same text compares as changed: %v", got)
		}
	})
}

// minimal is the smallest convention: what docs/file-format.md shows, without its prose.
const minimal = "# Convention\n\n```yaml\nconvention: {id: c, titre: C}\nterritoire: {nom: T}\nparties:\n  - {id: a, nom: A, court: A, signataire: Maire}\n" +
	"comites:\n  - id: k\n    nom: K\n    niveau: unique\n    sieges: [{partie: a, nombre: 2}]\nduree: {debut: signature, mois: 12}\n```\n"
