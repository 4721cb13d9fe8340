package convention_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/conventions"
	"entente/internal/convention"
)

// shipped reads a convention that ships with Entente; it must have no error.
func shipped(t testing.TB, name string) *convention.Convention {
	t.Helper()
	src, err := conventions.Read(name)
	if err != nil {
		t.Fatal(err)
	}
	c, faults := convention.Parse(name+".md", src)
	for _, f := range faults.Errors() {
		t.Error(f, f.Remedy)
	}
	if c == nil {
		t.FailNow()
	}
	return c
}

const (
	real  = "etampois-sud-essonne-2023-2026"
	other = "contrat-local-sante-val-ambre-2025-2029"
)

func TestShippedAreCanonical(t *testing.T) {
	for _, name := range conventions.Names() {
		t.Run(name, func(t *testing.T) {
			src, _ := conventions.Read(name)
			if diff := cmp.Diff(string(src), string(shipped(t, name).Format())); diff != "" {
				t.Errorf("the file is not as Format writes it (-file +format):\n%s", diff)
			}
		})
	}
}

// The warnings of the shipped files are known and meant: the signed text says no more.
func TestShippedWarnings(t *testing.T) {
	want := map[string][]string{
		real:  {"convention.warning.convening", "convention.warning.convening"},
		other: nil,
	}
	for name, keys := range want {
		src, _ := conventions.Read(name)
		_, faults := convention.Parse(name, src)
		var got []string
		for _, f := range faults {
			got = append(got, f.Message.Key)
		}
		if diff := cmp.Diff(keys, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
