package web

import (
	"net/http"

	"entente/internal/authority"
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/governance"
	"entente/internal/office"
	"entente/internal/store"
	"entente/internal/web/view"
)

// leadSheet keeps who carries which action: one that has its sheet is found by its name and its objective.
var leadSheet = &sheet[governance.Lead]{
	noun: "lead", path: "pilotes", task: authority.ManageDirectory,
	ident: func(l *governance.Lead) (*string, *int64) { return &l.ID, &l.Version },
	blank: func(v *visit) (governance.Lead, error) {
		q := v.URL.Query()
		return governance.Lead{Person: q.Get("personne"), Action: q.Get("action"), Objective: q.Get("objectif"),
			Period: calendar.Period{From: v.today}}, nil
	},
	fields: (*visit).leadFields,
	read: func(v *visit, f *form, l *governance.Lead) {
		was := l.Objective
		l.Person, l.Action, l.Objective = f.text("person"), f.text("action"), f.text("objective")
		l.CoLead, l.Period = f.text("part") == coLead, f.period("from", "to")
		if text, err := v.text(); err == nil && l.Objective != "" && l.Objective != was && !knownAim(text.Text, l.Objective) {
			f.faults.Add("objective", "fault.field.choice")
		}
		l.ActionID = v.sheetOf(*l)
	},
	back:   func(v *visit, _ governance.Lead) string { return v.path("pilotes") },
	crumbs: func(v *visit, _ governance.Lead) []view.Crumb { return v.under("leads") },
	load:   (*store.Space).Lead, create: (*store.Space).CreateLead,
	update: (*store.Space).UpdateLead, remove: (*store.Space).RemoveLead,
}

// sheetOf finds the sheet of the action that a lead carries, by its name and its objective; empty where it has none.
func (v *visit) sheetOf(l governance.Lead) string {
	a, err := v.space.ActionCalled(v.Context(), l.Objective, l.Action)
	if err != nil {
		return ""
	}
	return a.ID
}

// coLead is the answer of the form that makes a co-lead.
const coLead = "co-lead"

func (v *visit) leadFields(l governance.Lead) ([]view.Field, error) {
	text, err := v.text()
	if err != nil {
		return nil, err
	}
	people, err := v.personOptions("", l.Person)
	if err != nil {
		return nil, err
	}
	const n = "lead"
	part := v.ask(n, "part", view.RadioField, "lead")
	if l.CoLead {
		part.Value = coLead
	}
	for _, x := range []string{"lead", coLead} {
		part.Options = append(part.Options, view.Option{Value: x, Label: v.p.T("lead.part." + x)})
	}
	return append([]view.Field{
		must(v.choose(n, "person", l.Person, "form.choose", people)),
		must(v.ask(n, "action", view.TextField, l.Action)),
		must(v.choose(n, "objective", l.Objective, "form.choose", v.aimOptions(text.Text))),
		must(part),
	}, v.askPeriod(n, l.Period)...), nil
}

// aimOptions are the axes and objectives of the convention as options, grouped by axis: the axis as a whole comes first.
func (v *visit) aimOptions(c *convention.Convention) []view.Option {
	var out []view.Option
	for _, x := range c.Axes {
		group := v.p.T("convention-page.axis", "number", x.Number, "name", x.Name)
		out = append(out, view.Option{Value: x.ID, Label: v.p.T("lead.whole-axis", "number", x.Number), Group: group})
		for _, o := range x.Objectives {
			out = append(out, view.Option{Value: o.ID, Label: o.Name, Group: group})
		}
	}
	return out
}

// leads lists who carries the actions, by axis.
func (s *Server) leads(w http.ResponseWriter, v *visit) error {
	text, err := v.text()
	if err != nil {
		return err
	}
	list, err := v.space.Leads(v.Context())
	if err != nil {
		return err
	}
	d := view.LeadsData{Text: text.Text, Root: v.path(), Today: v.today, May: v.offers(authority.ManageDirectory), Leads: list}
	if d.People, d.Parties, err = v.whoLeads(list); err != nil {
		return err
	}
	page := v.page(v.p.T("lead.list"))
	page.Wide = true
	return s.show(w, v, view.LeadsPage(page, d))
}

// whoLeads names the people who carry actions, and the party for whose organization each works today.
func (v *visit) whoLeads(list []governance.Lead) (names, parties map[string]string, err error) {
	var members []governance.Member
	var ids []string
	seen := map[string]bool{}
	for _, l := range list {
		if !seen[l.Person] {
			seen[l.Person] = true
			ids = append(ids, l.Person)
			members = append(members, governance.Member{Person: l.Person})
		}
	}
	people, err := v.space.PeopleByID(v.Context(), ids...)
	if err != nil {
		return nil, nil, err
	}
	names = make(map[string]string, len(people))
	for id, p := range people {
		names[id] = p.Name()
	}
	parties, err = office.PartiesOf(v.Context(), v.space, members, v.today)
	return names, parties, err
}

// members are the members of a derived committee today, or of one technical committee of it.
func (v *visit) members(c *convention.Convention, panel *governance.Panel, list []governance.Lead, names, parties map[string]string) []view.MemberRow {
	var out []view.MemberRow
	for _, m := range governance.Members(list, panel, office.AxisOf(c), v.today) {
		out = append(out, view.MemberRow{Member: m, Name: names[m.Person], Party: parties[m.Person]})
	}
	return out
}
