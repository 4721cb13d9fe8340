package web

import (
	"net/http"
	"net/url"

	"entente/internal/authority"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/web/view"
)

// directory lists organizations by category, or people, fifty a page.
func (s *Server) directory(w http.ResponseWriter, v *visit) error {
	q := v.URL.Query()
	d := v.directoryQuery()
	paging := store.Paging{After: q.Get("apres"), Before: q.Get("avant")}
	fill := v.fillOrganizations
	if d.People {
		fill = v.fillPeople
	}
	if err := fill(&d, paging); err != nil {
		return err
	}
	return s.show(w, v, view.DirectoryPage(v.page(v.p.T("nav.directory")), d))
}

// directoryQuery is what the address asks the directory for.
func (v *visit) directoryQuery() view.DirectoryData {
	f := &form{values: v.URL.Query()}
	return view.DirectoryData{Root: v.path("annuaire"), Text: f.text("q"), Kind: directory.Kind(f.text("categorie")),
		People: f.text("vue") == "personnes", May: v.offers(authority.ManageDirectory)}
}

func (v *visit) fillOrganizations(d *view.DirectoryData, paging store.Paging) error {
	page, err := v.space.Organizations(v.Context(), store.OrganizationFilter{Kind: d.Kind, Text: d.Text, Paging: paging})
	if err != nil {
		return err
	}
	d.Organizations, d.Total = page.Items, page.Total
	d.Paging = v.paging(page.Previous, page.Next)
	return nil
}

func (v *visit) fillPeople(d *view.DirectoryData, paging store.Paging) error {
	page, err := v.space.People(v.Context(), store.PersonFilter{Text: d.Text, Paging: paging})
	if err != nil {
		return err
	}
	ids := make([]string, len(page.Items))
	for i, p := range page.Items {
		ids[i] = p.ID
	}
	posts, err := v.posts(ids...)
	if err != nil {
		return err
	}
	for _, p := range page.Items {
		d.Persons = append(d.Persons, view.PersonRow{Person: p, Posts: posts[p.ID]})
	}
	d.Total, d.Paging = page.Total, v.paging(page.Previous, page.Next)
	return nil
}

// posts gives the functions of people with the organizations in which they hold them, by person.
func (v *visit) posts(people ...string) (map[string][]view.Post, error) {
	functions, err := v.space.FunctionsOf(v.Context(), people...)
	if err != nil {
		return nil, err
	}
	ids := make([]string, 0, len(functions))
	for _, n := range functions {
		ids = append(ids, n.Organization)
	}
	orgs, err := v.space.OrganizationsByID(v.Context(), distinct(ids)...)
	if err != nil {
		return nil, err
	}
	out := map[string][]view.Post{}
	for _, n := range functions {
		out[n.Person] = append(out[n.Person], view.Post{Function: n, Organization: orgs[n.Organization], Current: n.Period.Contains(v.today)})
	}
	return out, nil
}

// paging makes the addresses of the pages before and after out of the address of this one.
func (v *visit) paging(previous, next string) view.Paging {
	at := func(name, cursor string) string {
		if cursor == "" {
			return ""
		}
		q := v.URL.Query()
		q.Del("avant")
		q.Del("apres")
		q.Set(name, cursor)
		return v.URL.Path + "?" + q.Encode()
	}
	return view.Paging{Previous: at("avant", previous), Next: at("apres", next)}
}

// organization is the page of one organization: how to reach it, and who holds which function in it.
func (s *Server) organization(w http.ResponseWriter, v *visit) error {
	o, err := v.space.Organization(v.Context(), v.PathValue("id"))
	if err != nil {
		return err
	}
	functions, err := v.space.FunctionsIn(v.Context(), o.ID)
	if err != nil {
		return err
	}
	ids := make([]string, 0, len(functions))
	for _, n := range functions {
		ids = append(ids, n.Person)
	}
	people, err := v.space.PeopleByID(v.Context(), ids...)
	if err != nil {
		return err
	}
	text, err := v.text()
	if err != nil {
		return err
	}
	d := view.OrganizationData{Organization: o, Root: v.path(), Today: v.today, Functions: functions, People: people,
		May: v.offers(authority.ManageDirectory), Text: text.Text}
	return s.show(w, v, view.OrganizationPage(v.page(o.Name, v.directoryCrumbs("", "", "")...), d))
}

// person is the page of one person: how to reach them, their functions, their seats and delegations.
func (s *Server) person(w http.ResponseWriter, v *visit) error {
	p, err := v.space.Person(v.Context(), v.PathValue("id"))
	if err != nil {
		return err
	}
	posts, err := v.posts(p.ID)
	if err != nil {
		return err
	}
	mandates, err := v.space.Mandates(v.Context(), store.MandateFilter{Person: p.ID})
	if err != nil {
		return err
	}
	history, err := v.history()
	if err != nil {
		return err
	}
	erasure, erased, err := v.erasureOf(p)
	if err != nil {
		return err
	}
	d := view.PersonData{Person: p, Root: v.path(), Today: v.today, Posts: posts[p.ID], May: v.offers(authority.ManageDirectory),
		MayName: v.offers(authority.ManageMandates), Mandates: seatsHeld(history, mandates)}
	if erased {
		d.Erasure = &erasure
	}
	crumbs := append(v.directoryCrumbs("", "", ""), view.Crumb{Label: v.p.T("person.list"), Href: v.path("annuaire") + "?" + url.Values{"vue": {"personnes"}}.Encode()})
	return s.show(w, v, view.PersonPage(v.page(p.Name(), crumbs...), d))
}

// seatsHeld ties mandates to the committee and the seat that they give, in the newest version that knows the seat.
func seatsHeld(h convention.History, mandates []governance.Mandate) []view.HeldSeat {
	out := make([]view.HeldSeat, 0, len(mandates))
	for _, m := range mandates {
		held := view.HeldSeat{Mandate: m}
		for i := len(h) - 1; i >= 0 && held.Committee == nil; i-- {
			if seat, ok := h[i].Text.Seat(m.Seat); ok {
				held.Seat, held.Text, held.Committee = seat, h[i].Text, h[i].Text.Committee(seat.Committee)
			}
		}
		out = append(out, held)
	}
	return out
}
