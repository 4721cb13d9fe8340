package web

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"entente/internal/authority"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
	"entente/internal/journal"
	"entente/internal/store"
	"entente/internal/web/view"
)

// erasureForm says what erasing the data of a person takes away and what it leaves, and what they still hold.
func (s *Server) erasureForm(w http.ResponseWriter, v *visit) error {
	d, erased, err := v.erasure()
	if err != nil {
		return err
	}
	if erased {
		return s.redirect(w, v, v.path("annuaire", "personnes", d.Person.ID), fault.Message{})
	}
	return s.showErasure(w, v, http.StatusOK, d)
}

// erasureConfirmForm asks for the family name; of somebody who still holds something it says what.
func (s *Server) erasureConfirmForm(w http.ResponseWriter, v *visit) error {
	d, erased, err := v.erasure()
	if err != nil {
		return err
	}
	if erased {
		return s.redirect(w, v, v.path("annuaire", "personnes", d.Person.ID), fault.Message{})
	}
	return s.showErasureConfirm(w, v, http.StatusOK, d)
}

// erase takes the data of a person away for good.
func (s *Server) erase(w http.ResponseWriter, v *visit) error {
	d, erased, err := v.erasure()
	if err != nil {
		return err
	}
	page := v.path("annuaire", "personnes", d.Person.ID)
	if erased {
		return s.redirect(w, v, page, fault.Message{})
	}
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	if typed := f.required("family"); typed != "" && !sameName(typed, d.Person.Family) {
		f.faults.Add("family", "erasure.family.other", "family", d.Person.Family)
	}
	if err = f.err(); err == nil {
		err = v.space.ErasePerson(v.Context(), v.actor("", ""), d.Person.ID, f.version(), erasedName())
	}
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		d.Faults, d.Message = explained(err)
		if fault.Is(err, fault.Conflict) {
			d.Message = fault.Say("erasure.changed")
		}
		return s.showErasureConfirm(w, v, statuses[fault.KindOf(err)], d)
	}
	if err != nil {
		return err
	}
	return s.redirect(w, v, page, fault.Say("erasure.done"))
}

// erasedName stands in the place of a name that was erased. It is data of the space, whose language is French whoever
// reads, and not a sentence of the page.
func erasedName() string { return i18n.For("fr").T("erasure.name") }

// sameName tells whether somebody typed the name, whatever its capitals and the sort of its apostrophes.
func sameName(typed, name string) bool {
	plain := strings.NewReplacer("'", "’", "\u00a0", " ").Replace
	return strings.EqualFold(plain(typed), plain(strings.TrimSpace(name)))
}

// erasure reads the person and what they hold or will hold; erased tells that there is nothing left to erase.
func (v *visit) erasure() (d view.ErasureData, erased bool, err error) {
	ctx := v.Context()
	if d.Person, err = v.space.Person(ctx, v.PathValue("id")); err != nil {
		return d, false, err
	}
	if _, erased, err := v.erasureOf(d.Person); erased || err != nil {
		return d, erased, err
	}
	ties, err := v.space.TiesOf(ctx, d.Person, v.today)
	if err != nil {
		return d, false, err
	}
	history, err := v.history()
	if err != nil {
		return d, false, err
	}
	text, err := v.text()
	if err != nil {
		return d, false, err
	}
	d.Root, d.Text, d.Delegations, d.Leads, d.Role = v.path(), text.Text, ties.Delegations, ties.Leads, len(ties.Grants) > 0
	d.Mandates = seatsHeld(history, ties.Mandates)
	d.MayName = func(party string) bool { return v.may(authority.ManageMandates, party) == nil }
	d.MayDelegate = func(party string) bool { return v.may(authority.ManageDelegations, party) == nil }
	return d, false, nil
}

// erasureOf reads the entry of the erasure of a person, and tells whether there is one.
func (v *visit) erasureOf(p directory.Person) (e journal.Entry, erased bool, err error) {
	e, err = v.space.Erasure(v.Context(), p.ID)
	if fault.Is(err, fault.NotFound) {
		return e, false, nil
	}
	return e, err == nil, err
}

func (s *Server) showErasure(w http.ResponseWriter, v *visit, status int, d view.ErasureData) error {
	p := v.page(v.p.T("erasure.title"), v.directoryCrumbs("personnes", d.Person.ID, d.Person.Name())...)
	p.Path = v.path("annuaire", "personnes", d.Person.ID, "effacer")
	s.render(w, v, status, view.ErasurePage(p, d))
	return nil
}

// showErasureConfirm asks for the name; where something stands in the way it shows the page that says what.
func (s *Server) showErasureConfirm(w http.ResponseWriter, v *visit, status int, d view.ErasureData) error {
	if d.Held() {
		return s.showErasure(w, v, status, d)
	}
	crumbs := append(v.directoryCrumbs("personnes", d.Person.ID, d.Person.Name()),
		view.Crumb{Label: v.p.T("erasure.title"), Href: v.path("annuaire", "personnes", d.Person.ID, "effacer")})
	s.render(w, v, status, view.ErasureConfirmPage(v.page(v.p.T("erasure.confirm"), crumbs...), d))
	return nil
}

// personFile is everything that a space keeps about one person, as it travels in a file for an access request.
type personFile struct {
	Made        time.Time               `json:"made"`
	Space       string                  `json:"space"`
	Person      directory.Person        `json:"person"`
	Functions   []personFunction        `json:"functions"`
	Mandates    []governance.Mandate    `json:"mandates"`
	Delegations []governance.Delegation `json:"delegations"`
	Journal     []personEntry           `json:"journal"`
}

type personFunction struct {
	directory.Function
	OrganizationName string `json:"organization_name"`
}

// personEntry is an entry about the person. Who made it is left out: the answer to one person holds no data of another.
type personEntry struct {
	Number  int64           `json:"number"`
	At      time.Time       `json:"at"`
	Action  string          `json:"action"`
	Thing   string          `json:"thing"`
	For     string          `json:"for,omitempty"`
	Article string          `json:"article,omitempty"`
	Before  json.RawMessage `json:"before,omitempty"`
	After   json.RawMessage `json:"after,omitempty"`
}

// personData gives a file with everything that the space keeps about a person.
func (s *Server) personData(w http.ResponseWriter, v *visit) error {
	d, err := v.gatherPerson()
	if err != nil {
		return err
	}
	return sendData(w, d, "entente-"+v.p.T("erasure.file")+"-"+v.today.String())
}

func (v *visit) gatherPerson() (personFile, error) {
	ctx := v.Context()
	d := personFile{Made: v.now.UTC(), Space: v.place.Name, Functions: []personFunction{}, Journal: []personEntry{}}
	var err error
	if d.Person, err = v.space.Person(ctx, v.PathValue("id")); err != nil {
		return d, err
	}
	posts, err := v.posts(d.Person.ID)
	if err != nil {
		return d, err
	}
	for _, x := range posts[d.Person.ID] {
		d.Functions = append(d.Functions, personFunction{x.Function, x.Organization.Name})
	}
	if d.Mandates, err = v.space.Mandates(ctx, store.MandateFilter{Person: d.Person.ID}); err != nil {
		return d, err
	}
	if d.Delegations, err = v.space.DelegationsTo(ctx, d.Person.ID); err != nil {
		return d, err
	}
	entries, err := v.space.EntriesAbout(ctx, d.Person)
	for _, e := range entries {
		d.Journal = append(d.Journal, personEntryOf(e))
	}
	return d, err
}

func personEntryOf(e journal.Entry) personEntry {
	return personEntry{Number: e.Seq, At: e.At, Action: e.Action, Thing: e.Label, For: e.For, Article: e.Article, Before: e.Before, After: e.After}
}

// erasures reads the entries of the erasures that took something out of the entries given, by number. There are few: most
// pages of a journal have none.
func (v *visit) erasures(entries []journal.Entry) (map[int64]journal.Entry, error) {
	out := map[int64]journal.Entry{}
	for _, e := range entries {
		if _, known := out[e.Withheld]; known || e.Withheld == 0 {
			continue
		}
		by, err := v.space.JournalEntry(v.Context(), e.Withheld)
		if err != nil && !fault.Is(err, fault.NotFound) { // one that is not there: the verification says so
			return nil, err
		}
		if err == nil {
			out[e.Withheld] = by
		}
	}
	return out, nil
}
