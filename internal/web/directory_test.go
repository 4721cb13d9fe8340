package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"entente/internal/directory"
	"entente/internal/store"

	"golang.org/x/net/html"
)

// rowsOf are the rows of the tables of a page, as the words in them.
func rowsOf(a *answer) []string {
	var out []string
	for _, tr := range nodes(a.html(), tagged("tr")) {
		if len(nodes(tr, tagged("td"))) > 0 {
			out = append(out, words(tr))
		}
	}
	return out
}

func (a *answer) linkTo(label string) string {
	for _, n := range nodes(a.html(), tagged("a")) {
		if plainSpaces(words(n)) == label {
			return attr(n, "href")
		}
	}
	return ""
}

func TestDirectoryGoesPageByPage(t *testing.T) {
	st := newSite(t)
	c := st.as(reader)
	sp := st.store.In(st.own.ID)
	st.must(sp.Together(t.Context(), func(sp *store.Space) error {
		for i := range 60 {
			if _, err := sp.CreateOrganization(t.Context(), store.Actor{}, directory.Organization{Kind: directory.Association, Name: fmt.Sprintf("Étoile %02d", i)}); err != nil {
				return err
			}
		}
		return nil
	}))
	first := c.get(st.path("annuaire")).wants(http.StatusOK)
	rows := rowsOf(first)
	if len(rows) != store.PageSize {
		t.Fatalf("%d rows on the first page", len(rows))
	}
	next := first.linkTo("Suite")
	if next == "" {
		next = hrefOfRel(first.html(), "next")
	}
	second := c.get(next).wants(http.StatusOK)
	if again := rowsOf(second); len(again) == 0 || again[0] == rows[0] {
		t.Errorf("the second page has %d rows and begins with %q", len(again), again)
	}
	back := c.get(hrefOfRel(second.html(), "prev")).wants(http.StatusOK)
	if got := rowsOf(back); got[0] != rows[0] {
		t.Errorf("the way back leads to %q, not %q", got[0], rows[0])
	}
}

func hrefOfRel(root *html.Node, rel string) string {
	for _, n := range nodes(root, tagged("a")) {
		if attr(n, "rel") == rel {
			return attr(n, "href")
		}
	}
	return ""
}

func TestDirectorySearchesWithoutAccents(t *testing.T) {
	st := newSite(t)
	c := st.as(reader)
	_, err := st.store.In(st.own.ID).CreateOrganization(t.Context(), store.Actor{}, directory.Organization{Kind: directory.Professional, Name: "Crèche de l’Été"})
	st.must(err)
	c.get(st.path("annuaire") + "?q=creche+ete").says("Crèche de l’Été")
	c.get(st.path("annuaire") + "?categorie=professional").says("Crèche de l’Été")
	none := c.get(st.path("annuaire") + "?q=creche+hiver").wants(http.StatusOK).says("Aucun nom ne correspond")
	if rows := rowsOf(none); len(rows) != 0 {
		t.Errorf("found %q", rows)
	}
	c.get(st.path("annuaire") + "?vue=personnes&q=membe").says("Camille Member").says("Directrice")
}

// A reader sees the directory and is offered nothing that would be refused.
func TestDirectoryOffersOnlyWhatIsAllowed(t *testing.T) {
	st := newSite(t)
	person := st.path("annuaire", "personnes", st.ids["annuaire/personnes"])
	for who, offered := range map[string]bool{reader: false, member: false, coordinator: true} {
		page := st.as(who).get(person).wants(http.StatusOK).says("Directrice")
		if got := strings.Contains(page.words(), "Modifier la fiche"); got != offered {
			t.Errorf("%s is offered to change the sheet: %v", who, got)
		}
	}
}

func TestPersonShowsFunctionsAndSeats(t *testing.T) {
	st := newSite(t)
	page := st.as(reader).get(st.path("annuaire", "personnes", st.ids["annuaire/personnes"])).wants(http.StatusOK)
	page.says("Camille Member").says("A un compte dans Entente").says("Titulaire").says("depuis le 1er janvier 2024")
	st.as(reader).get(st.path("annuaire", "personnes", "inconnu")).wants(http.StatusNotFound)
	st.as(reader).get(st.path("annuaire", "organismes", "inconnu")).wants(http.StatusNotFound)
}
