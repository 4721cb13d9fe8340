package web

import (
	"entente/internal/authority"
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/web/view"
)

// mandateSheet keeps who holds which seat; a mandate is the work of the party whose seat it is.
var mandateSheet = &sheet[governance.Mandate]{
	noun: "mandate", path: "mandats", task: authority.ManageMandates,
	ident: func(m *governance.Mandate) (*string, *int64) { return &m.ID, &m.Version },
	party: func(v *visit, m governance.Mandate) (string, error) {
		seat, err := v.seat(m.Seat)
		return seat.Party, err
	},
	article: func(v *visit, m governance.Mandate) string {
		seat, _ := v.seat(m.Seat)
		return seat.Place.Ref
	},
	blank: func(v *visit) (governance.Mandate, error) {
		q := v.URL.Query()
		m := governance.Mandate{Seat: q.Get("siege"), Person: q.Get("personne"), Role: governance.Holder, Period: calendar.Period{From: v.today}}
		if q.Get("role") == string(governance.Substitute) {
			m.Role = governance.Substitute
		}
		return m, nil
	},
	fields: (*visit).mandateFields,
	read: func(v *visit, f *form, m *governance.Mandate) {
		m.Seat, m.Person, m.Role = f.text("seat"), f.text("person"), governance.Role(f.text("role"))
		if m.Role == governance.Substitute && !v.admitsSubstitutes(m.Seat) {
			f.faults.Add("role", "mandate.no-substitute")
		}
		m.Period, m.CarriedOver = f.period("from", "to"), f.date("carried-over")
		m.ActDate, m.ActDocument = f.date("act-date"), f.text("act-document")
	},
	back: func(v *visit, m governance.Mandate) string {
		seat, _ := v.seat(m.Seat)
		return v.path("comites", seat.Committee)
	},
	crumbs: (*visit).mandateCrumbs,
	load:   (*store.Space).Mandate, create: (*store.Space).CreateMandate,
	update: (*store.Space).UpdateMandate, remove: (*store.Space).RemoveMandate,
}

// seat finds a seat by its key in the version whose rules apply today. A seat that an amendment has done away with is
// still known to who keeps its mandates, from an earlier version.
func (v *visit) seat(key string) (convention.Seat, error) {
	h, err := v.history()
	if err != nil {
		return convention.Seat{}, err
	}
	for i := len(h) - 1; i >= 0; i-- {
		if s, ok := h[i].Text.Seat(key); ok {
			return s, nil
		}
	}
	var f fault.Fields
	f.Add("seat", "fault.field.choice")
	return convention.Seat{}, f.Err()
}

// admitsSubstitutes tells whether the committee of a seat lets somebody stand in for its holder.
func (v *visit) admitsSubstitutes(seat string) bool {
	text, err := v.text()
	if err != nil {
		return false
	}
	s, ok := text.Text.Seat(seat)
	return ok && text.Text.Committee(s.Committee).Substitution != convention.SubstitutionNone
}

func (v *visit) mandateFields(m governance.Mandate) ([]view.Field, error) {
	text, err := v.text()
	if err != nil {
		return nil, err
	}
	seat, _ := v.seat(m.Seat)
	people, err := v.personOptions(seat.Party, m.Person)
	if err != nil {
		return nil, err
	}
	const n = "mandate"
	roles := []view.Option{
		{Value: string(governance.Holder), Label: v.p.T("mandate.role.holder")},
		{Value: string(governance.Substitute), Label: v.p.T("mandate.role.substitute")},
	}
	role := v.ask(n, "role", view.RadioField, string(m.Role))
	role.Options = roles
	if seat.Key != "" && !v.admitsSubstitutes(seat.Key) && m.Role == governance.Holder {
		role = view.Field{Kind: view.HiddenField, Name: "role", Value: string(governance.Holder)}
	}
	fields := []view.Field{
		must(v.choose(n, "seat", m.Seat, "form.choose", v.seatOptions(text.Text))),
		must(v.choose(n, "person", m.Person, "form.choose", people)),
		must(role),
	}
	fields = append(fields, v.askPeriod(n, m.Period)...)
	fields = append(fields, v.ask(n, "act-date", view.DateField, m.ActDate.String()), v.ask(n, "act-document", view.TextField, m.ActDocument))
	if m.ID != "" {
		fields = append(fields, v.ask(n, "carried-over", view.DateField, m.CarriedOver.String()))
	}
	return fields, nil
}

// seatOptions are the seats that the visitor may fill, by committee.
func (v *visit) seatOptions(c *convention.Convention) []view.Option {
	var out []view.Option
	for i := range c.Committees {
		for _, s := range c.Committees[i].Places() {
			if v.may(authority.ManageMandates, s.Party) == nil {
				out = append(out, view.Option{Value: s.Key, Label: v.p.Say(c.SaySeat(s)), Group: c.Committees[i].Name})
			}
		}
	}
	return out
}

func (v *visit) mandateCrumbs(m governance.Mandate) []view.Crumb {
	out := []view.Crumb{{Label: v.p.T("nav.committees"), Href: v.path("comites")}}
	text, err := v.text()
	if err != nil {
		return out
	}
	seat, _ := v.seat(m.Seat)
	if k := text.Text.Committee(seat.Committee); k != nil {
		out = append(out, view.Crumb{Label: k.Name, Href: v.path("comites", k.ID)})
	}
	return out
}
