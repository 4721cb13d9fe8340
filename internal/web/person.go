package web

import (
	"entente/internal/authority"
	"entente/internal/calendar"
	"entente/internal/directory"
	"entente/internal/store"
	"entente/internal/web/view"
)

// personSheet keeps the people of the directory.
var personSheet = &sheet[directory.Person]{
	noun: "person", path: "annuaire/personnes", task: authority.ManageDirectory,
	ident: func(p *directory.Person) (*string, *int64) { return &p.ID, &p.Version },
	blank: func(*visit) (directory.Person, error) { return directory.Person{}, nil },
	fields: func(v *visit, p directory.Person) ([]view.Field, error) {
		return []view.Field{
			v.ask("person", "given", view.TextField, p.Given),
			must(v.ask("person", "family", view.TextField, p.Family)),
			v.ask("person", "email", view.EmailField, p.Email),
			v.ask("person", "phone", view.PhoneField, p.Phone),
		}, nil
	},
	read: func(_ *visit, f *form, p *directory.Person) {
		p.Given, p.Family, p.Email, p.Phone = f.text("given"), f.text("family"), f.text("email"), f.text("phone")
	},
	back:   func(v *visit, p directory.Person) string { return v.path("annuaire", "personnes", p.ID) },
	crumbs: func(v *visit, p directory.Person) []view.Crumb { return v.directoryCrumbs("personnes", p.ID, p.Name()) },
	load:   (*store.Space).Person, create: (*store.Space).CreatePerson,
	update: (*store.Space).UpdatePerson, remove: (*store.Space).RemovePerson,
}

// functionSheet keeps the functions that people hold; it is reached from the page of the person.
var functionSheet = &sheet[directory.Function]{
	noun: "function", path: "annuaire/fonctions", task: authority.ManageDirectory,
	ident: func(n *directory.Function) (*string, *int64) { return &n.ID, &n.Version },
	blank: func(v *visit) (directory.Function, error) {
		q := v.URL.Query()
		return directory.Function{Person: q.Get("personne"), Organization: q.Get("organisme"), Period: calendar.Period{From: v.today}}, nil
	},
	fields: (*visit).functionFields,
	read: func(_ *visit, f *form, n *directory.Function) {
		n.Person, n.Organization, n.Title = f.text("person"), f.text("organization"), f.text("title")
		n.Period = f.period("from", "to")
	},
	back:   func(v *visit, n directory.Function) string { return v.path("annuaire", "personnes", n.Person) },
	crumbs: (*visit).functionCrumbs,
	load:   (*store.Space).Function, create: (*store.Space).CreateFunction,
	update: (*store.Space).UpdateFunction, remove: (*store.Space).RemoveFunction,
}

func (v *visit) functionFields(n directory.Function) ([]view.Field, error) {
	people, err := v.personOptions("", n.Person)
	if err != nil {
		return nil, err
	}
	list, err := v.space.Organizations(v.Context(), store.OrganizationFilter{Paging: store.Paging{Limit: maxChoices}})
	if err != nil {
		return nil, err
	}
	chosen, err := v.space.OrganizationsByID(v.Context(), n.Organization)
	if err != nil {
		return nil, err
	}
	var orgs []view.Option
	if o, ok := chosen[n.Organization]; ok {
		orgs = append(orgs, view.Option{Value: o.ID, Label: o.Name})
	}
	for _, o := range list.Items {
		if o.ID != n.Organization {
			orgs = append(orgs, view.Option{Value: o.ID, Label: o.Name})
		}
	}
	return append([]view.Field{
		must(v.choose("function", "person", n.Person, "form.choose", people)),
		must(v.ask("function", "title", view.TextField, n.Title)),
		must(v.choose("function", "organization", n.Organization, "form.choose", orgs)),
	}, v.askPeriod("function", n.Period)...), nil
}

// functionCrumbs leads to the person whose function it is.
func (v *visit) functionCrumbs(n directory.Function) []view.Crumb {
	out := v.directoryCrumbs("", "", "")
	if people, err := v.space.PeopleByID(v.Context(), n.Person); err == nil {
		if p, ok := people[n.Person]; ok {
			out = append(out, view.Crumb{Label: p.Name(), Href: v.path("annuaire", "personnes", p.ID)})
		}
	}
	return out
}
