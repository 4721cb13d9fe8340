package directory_test

import (
	"errors"
	"slices"
	"testing"

	"entente/internal/calendar"
	. "entente/internal/directory"
	"entente/internal/fault"
)

// faulty gives the names of the fields that an error is about.
func faulty(err error) []string {
	var e *fault.Error
	if !errors.As(err, &e) {
		return nil
	}
	var out []string
	for _, f := range e.Fields {
		out = append(out, f.Name)
	}
	return out
}

func TestOrganizationCheck(t *testing.T) {
	good := Organization{Kind: Association, Name: "Les Petits Pas", SIREN: "200017846", Email: "contact@petits-pas.example.fr",
		Phone: "+33 1 64 00 00 00", Website: "https://petits-pas.example.fr"}
	for _, c := range []struct {
		name string
		edit func(*Organization)
		want []string
	}{
		{"good", func(*Organization) {}, nil},
		{"least", func(o *Organization) { *o = Organization{Kind: Other, Name: "X"} }, nil},
		{"blank name", func(o *Organization) { o.Name = "  " }, []string{"name"}},
		{"unknown kind", func(o *Organization) { o.Kind = "club" }, []string{"kind"}},
		{"wrong key of the SIREN", func(o *Organization) { o.SIREN = "200017847" }, []string{"siren"}},
		{"e-mail with a name", func(o *Organization) { o.Email = "Les Petits Pas <contact@petits-pas.fr>" }, []string{"email"}},
		{"phone in letters", func(o *Organization) { o.Phone = "call us" }, []string{"phone"}},
		{"website without scheme", func(o *Organization) { o.Website = "petits-pas.fr" }, []string{"website"}},
		{"website that runs code", func(o *Organization) { o.Website = "javascript:alert(1)" }, []string{"website"}},
		{"all at once", func(o *Organization) { *o = Organization{Email: "x", Phone: "y"} }, []string{"name", "kind", "email", "phone"}},
	} {
		o := good
		c.edit(&o)
		if got := faulty(o.Check()); !slices.Equal(got, c.want) {
			t.Errorf("%s: faults on %v, want %v", c.name, got, c.want)
		}
	}
}

func TestPersonNeedsANameAndNoAddress(t *testing.T) {
	if err := (Person{Family: "Ferrand"}).Check(); err != nil {
		t.Errorf("a person without e-mail is refused: %v", err)
	}
	if got := faulty((Person{Given: "Anne", Email: "anne@"}).Check()); !slices.Equal(got, []string{"family", "email"}) {
		t.Errorf("faults on %v", got)
	}
	if n := (Person{Family: "Ferrand"}).Name(); n != "Ferrand" {
		t.Errorf("name %q", n)
	}
}

func TestFunctionCheck(t *testing.T) {
	day := calendar.Must("2026-01-01")
	good := Function{Title: "Responsable", Organization: "o", Period: calendar.Period{From: day, To: day}}
	if err := good.Check(); err != nil {
		t.Error(err)
	}
	bad := Function{Period: calendar.Period{From: day, To: day.AddDays(-1)}}
	if got := faulty(bad.Check()); !slices.Equal(got, []string{"title", "organization", "to"}) {
		t.Errorf("faults on %v", got)
	}
}
