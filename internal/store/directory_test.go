package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"entente/internal/calendar"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/store"
	"entente/internal/testkit"
)

// TestSearch finds people by the beginnings of words, without regard to accents, the same on both engines.
func TestSearch(t *testing.T) {
	names := [][2]string{{"Zoé", "Œuvrard"}, {"Élise", "d’Hérouville"}, {"Jean-Noël", "Bruyère"}, {"Anne", "Bru"}, {"Paul", "100 %"}}
	tests := []struct {
		text string
		want []string
	}{
		{"", []string{"100 %", "Bru", "Bruyère", "d’Hérouville", "Œuvrard"}},
		{"bru", []string{"Bru", "Bruyère"}},
		{"BRUYERE", []string{"Bruyère"}},
		{"noel bruy", []string{"Bruyère"}},
		{"oeuv", []string{"Œuvrard"}},
		{"œuv zoe", []string{"Œuvrard"}},
		{"herou", []string{"d’Hérouville"}},
		{"ouville", nil},
		{"%", []string{"100 %", "Bru", "Bruyère", "d’Hérouville", "Œuvrard"}}, // nothing to look for
		{"_", []string{"100 %", "Bru", "Bruyère", "d’Hérouville", "Œuvrard"}},
		{"10", []string{"100 %"}},
	}
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		sp := newSpace(t, s, "search")
		for _, n := range names {
			must(sp.CreatePerson(t.Context(), me, directory.Person{Given: n[0], Family: n[1]}))(t)
		}
		for _, test := range tests {
			page := must(sp.People(t.Context(), store.PersonFilter{Text: test.text}))(t)
			if got := families(page.Items); !slices.Equal(got, test.want) || page.Total != len(test.want) {
				t.Errorf("%q finds %d: %q, want %q", test.text, page.Total, got, test.want)
			}
		}
	})
}

func families(list []directory.Person) []string {
	var out []string
	for _, p := range list {
		out = append(out, p.Family)
	}
	return out
}

// TestPaging walks a list forward and back, page by page, and meets each row once, in order.
func TestPaging(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		sp := newSpace(t, s, "paging")
		var want []string
		for i := range 11 {
			name := fmt.Sprintf("Nom %02d", i/2) // two of each name: the identifier decides
			must(sp.CreatePerson(t.Context(), me, directory.Person{Family: name}))(t)
			want = append(want, name)
		}
		var pages []store.Page[directory.Person]
		var got []string
		for p := (store.Paging{Limit: 4}); ; p.After = pages[len(pages)-1].Next {
			pages = append(pages, must(sp.People(t.Context(), store.PersonFilter{Paging: p}))(t))
			got = append(got, families(pages[len(pages)-1].Items)...)
			if pages[len(pages)-1].Next == "" {
				break
			}
		}
		if !slices.Equal(got, want) || len(pages) != 3 || pages[0].Total != 11 || pages[0].Previous != "" {
			t.Errorf("%d pages: %q", len(pages), got)
		}
		for i := len(pages) - 1; i > 0; i-- {
			back := must(sp.People(t.Context(), store.PersonFilter{Paging: store.Paging{Before: pages[i].Previous, Limit: 4}}))(t)
			if !slices.Equal(back.Items, pages[i-1].Items) || (back.Previous == "") != (i == 1) || back.Next == "" {
				t.Errorf("back from page %d: %+v", i, back)
			}
		}
		_, err := sp.People(t.Context(), store.PersonFilter{Paging: store.Paging{After: "%%%"}})
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("a cursor that nobody gave out: %v, want not found", err)
		}
	})
}

// TestFold checks what the folded columns hold: only words in lower case, one space between, the same when folded again.
func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Œuvre d’Été": "oeuvre d ete", "  À — b ": "a b", "": "", "%_": "", "Jean-Noël": "jean noel", "N° 12": "n 12",
	} {
		if got := store.Fold(in); got != want {
			t.Errorf("fold(%q) = %q, want %q", in, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := store.Fold(rapid.String().Draw(t, "text"))
		if again := store.Fold(s); again != s {
			t.Errorf("%q folds again to %q", s, again)
		}
	})
}

// TestOrganizationFilters lists by kind and by party.
func TestOrganizationFilters(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		sp := newSpace(t, s, "organizations")
		must(sp.CreateOrganization(t.Context(), me, directory.Organization{Kind: directory.Commune, Name: "Étampille"}))(t)
		for _, test := range []struct {
			filter store.OrganizationFilter
			want   int
		}{
			{store.OrganizationFilter{}, 3}, {store.OrganizationFilter{Kind: directory.Commune}, 1},
			{store.OrganizationFilter{Parties: true}, 2}, {store.OrganizationFilter{Party: "sud"}, 1},
			{store.OrganizationFilter{Text: "etamp"}, 1}, {store.OrganizationFilter{Kind: directory.Commune, Party: "sud"}, 0},
		} {
			if got := must(sp.Organizations(t.Context(), test.filter))(t); got.Total != test.want || len(got.Items) != test.want {
				t.Errorf("%+v: %d, want %d", test.filter, got.Total, test.want)
			}
		}
		if p := must(sp.Parties(t.Context()))(t); p["nord"].Address != "1 place de la Mairie" || p["sud"].Short != "le Sud" || len(p) != 2 {
			t.Errorf("the parties of the convention are not in the directory: %+v", p)
		}
		_, err := sp.CreateOrganization(t.Context(), me, directory.Organization{Kind: directory.Institution, Name: "Encore", Party: "nord"})
		checkField(t, err, "party", "store.organization.party-taken")
	})
}

// checkField checks that an error blames one field.
func checkField(t testing.TB, err error, name, key string) {
	t.Helper()
	var fields fault.Fields
	if e := asFault(err); e != nil {
		fields = e.Fields
	}
	if m, ok := fields.On(name); !ok || m.Key != key || !fault.Is(err, fault.Invalid) {
		t.Errorf("got %v, want %s on the field %s", err, key, name)
	}
}

// TestRemovalRefused proves that what others refer to stays, and says why.
func TestRemovalRefused(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		sp := newSpace(t, s, "refused")
		p := somebody(t, sp)
		o := must(sp.CreateOrganization(t.Context(), me, directory.Organization{Kind: directory.Other, Name: "Ici"}))(t)
		must(sp.CreateFunction(t.Context(), me, directory.Function{Person: p.ID, Organization: o.ID, Title: "Chef", Period: calendar.Period{From: start}}))(t)
		for key, err := range map[string]error{
			"store.person.has-functions":       sp.RemovePerson(t.Context(), me, p.ID, p.Version),
			"store.organization.has-functions": sp.RemoveOrganization(t.Context(), me, o.ID, o.Version),
		} {
			if e := asFault(err); e == nil || e.Message.Key != key || e.Message.Args["count"] != 1 {
				t.Errorf("%v, want %s", err, key)
			}
		}
		if got := must(sp.FunctionsOf(t.Context(), p.ID, "nobody"))(t); len(got) != 1 {
			t.Errorf("functions of the person: %v", got)
		}
		if got := must(sp.FunctionsIn(t.Context(), o.ID))(t); len(got) != 1 {
			t.Errorf("functions in the organization: %v", got)
		}
		if got := must(sp.People(t.Context(), store.PersonFilter{Organization: o.ID}))(t); got.Total != 1 {
			t.Errorf("people of the organization: %v", got)
		}
	})
}

// TestTexts refuses texts that one of the engines would not keep as they are.
func TestTexts(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		sp := newSpace(t, s, "texts")
		for text, key := range map[string]string{"a\x00b": "store.text", "a\xffb": "store.text", strings.Repeat("é", store.MaxText): "fault.field.too-long"} {
			_, err := sp.CreatePerson(t.Context(), me, directory.Person{Given: text, Family: "Ici"})
			checkField(t, err, "given", key)
		}
		p := must(sp.CreatePerson(t.Context(), me, directory.Person{Given: "'; DROP TABLE person; --", Family: "\u2028 😀 \\ % _"}))(t)
		if got := must(sp.Person(t.Context(), p.ID))(t); got != p {
			t.Errorf("kept as %+v", got)
		}
		if _, err := s.CreateAccount(t.Context(), me, store.Account{Email: "a@exemple.fr", Name: "a\x00b"}); s.Engine() == "postgres" && !fault.Is(err, fault.Invalid) {
			t.Errorf("the null character in a name: %v", err)
		}
		whole(t, sp)
	})
}
