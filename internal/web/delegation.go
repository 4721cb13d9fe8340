package web

import (
	"net/http"

	"entente/internal/authority"
	"entente/internal/calendar"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/web/view"
)

// delegationSheet keeps the acts by which signatories let others act in the name of their party.
var delegationSheet = &sheet[governance.Delegation]{
	noun: "delegation", path: "delegations", task: authority.ManageDelegations,
	ident: func(d *governance.Delegation) (*string, *int64) { return &d.ID, &d.Version },
	party: func(_ *visit, d governance.Delegation) (string, error) { return d.Party, nil },
	blank: func(v *visit) (governance.Delegation, error) {
		q := v.URL.Query()
		return governance.Delegation{Party: q.Get("partie"), Person: q.Get("personne"), Period: calendar.Period{From: v.today}}, nil
	},
	fields: (*visit).delegationFields,
	read: func(_ *visit, f *form, d *governance.Delegation) {
		d.Party, d.Person, d.Function = f.required("party"), f.text("person"), f.text("function")
		d.Date, d.Document, d.Period = f.date("date"), f.text("document"), f.period("from", "to")
	},
	back:   func(v *visit, _ governance.Delegation) string { return v.path("delegations") },
	crumbs: func(v *visit, _ governance.Delegation) []view.Crumb { return v.under("convention", "delegations") },
	load:   (*store.Space).Delegation, create: (*store.Space).CreateDelegation,
	update: (*store.Space).UpdateDelegation, remove: (*store.Space).RemoveDelegation,
}

func (v *visit) delegationFields(d governance.Delegation) ([]view.Field, error) {
	text, err := v.text()
	if err != nil {
		return nil, err
	}
	people, err := v.personOptions(d.Party, d.Person)
	if err != nil {
		return nil, err
	}
	const n = "delegation"
	mine := func(party string) bool { return v.may(authority.ManageDelegations, party) == nil }
	return append([]view.Field{
		must(v.choose(n, "party", d.Party, "form.choose", partyOptions(text.Text, mine))),
		must(v.choose(n, "person", d.Person, "form.choose", people)),
		v.ask(n, "function", view.TextField, d.Function),
		must(v.ask(n, "date", view.DateField, d.Date.String())),
		must(v.ask(n, "document", view.TextField, d.Document)),
	}, v.askPeriod(n, d.Period)...), nil
}

// delegations lists the acts on file, by party.
func (s *Server) delegations(w http.ResponseWriter, v *visit) error {
	text, err := v.text()
	if err != nil {
		return err
	}
	list, err := v.space.Delegations(v.Context())
	if err != nil {
		return err
	}
	ids := make([]string, 0, len(list))
	for _, d := range list {
		ids = append(ids, d.Person)
	}
	people, err := v.space.PeopleByID(v.Context(), ids...)
	if err != nil {
		return err
	}
	data := view.DelegationsData{Text: text.Text, Today: v.today, People: people, Root: v.path(),
		May: func(party string) bool { return v.may(authority.ManageDelegations, party) == nil },
		Add: v.offers(authority.ManageDelegations), Delegations: list}
	page := v.page(v.p.T("delegation.list"), v.under("convention")...)
	page.Wide = true
	return s.show(w, v, view.DelegationsPage(page, data))
}
