package web

import (
	"net/http"
	"slices"

	"entente/internal/authority"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/office"
	"entente/internal/web/view"
)

// powers tells who may do what on a day, and by which article; and what the visitor may.
func (s *Server) powers(w http.ResponseWriter, v *visit) error {
	f := &form{values: v.URL.Query()}
	day := f.date("le")
	if day.IsZero() {
		day = v.today
	}
	history, err := v.history()
	if err != nil {
		return err
	}
	rules, err := v.rules()
	if err != nil {
		return err
	}
	people, err := v.seatedPeople(rules)
	if err != nil {
		return err
	}
	d := view.PowersData{Root: v.path(), Day: day, Today: v.today, Person: v.standing.Person, People: people, Faults: f.faults}
	if version := history.InForce(day); version != nil {
		d.Text = version.Text
		d.Granted, d.Ungranted = grantedPowers(rules, version.Text, d)
	}
	return s.show(w, v, view.PowersPage(v.page(v.p.T("powers.title"), view.Crumb{Label: v.p.T("nav.committees"), Href: v.path("comites")}), d))
}

// rules is everything that powers follow from in the space, read at its first use in the visit.
func (v *visit) rules() (authority.Rules, error) {
	if v.sitting != nil {
		return *v.sitting, nil
	}
	h, err := v.history()
	if err != nil {
		return authority.Rules{}, err
	}
	r, err := office.RulesOf(v.Context(), v.space, h)
	if err == nil {
		v.sitting = &r
	}
	return r, err
}

// grantedPowers parts the powers in those that a committee has, with who sits in it, and those that none has.
func grantedPowers(rules authority.Rules, text *convention.Convention, d view.PowersData) (granted []view.PowerRow, without []fault.Message) {
	for _, power := range convention.Powers() {
		grants := text.Grants(power)
		if len(grants) == 0 {
			without = append(without, power.Say())
			continue
		}
		row := view.PowerRow{Power: power}
		for _, g := range grants {
			row.Benches = append(row.Benches, view.PowerBench{Grant: g, Persons: seated(g.Committee, rules, d)})
		}
		if next, ok := power.SettledBy(); ok {
			row.SettledBy = next.Say()
			for _, g := range text.Settling(power) {
				row.Settling = append(row.Settling, g.Committee)
			}
		}
		if d.Person != "" {
			answer := rules.May(d.Person, power, authority.Subject{}, d.Day)
			row.Mine = &answer
		}
		granted = append(granted, row)
	}
	return granted, without
}

// seatedPeople reads the people who sit anywhere, by a mandate or by the lead of an action.
func (v *visit) seatedPeople(rules authority.Rules) (map[string]directory.Person, error) {
	ids := make([]string, 0, len(rules.Mandates)+len(rules.Leads))
	for _, m := range rules.Mandates {
		ids = append(ids, m.Person)
	}
	for _, l := range rules.Leads {
		ids = append(ids, l.Person)
	}
	return v.space.PeopleByID(v.Context(), distinct(ids)...)
}

// seated are the people who sit in a committee on the day, each once: those who hold its seats, in their order, or those who
// lead actions where it is derived.
func seated(k *convention.Committee, rules authority.Rules, d view.PowersData) []string {
	var out []string
	for _, row := range occupations(k, rules.Mandates, d.Day) {
		if row.Occupation.Holder != nil {
			out = append(out, row.Occupation.Holder.Person)
		}
	}
	if k.Derived() {
		for _, l := range rules.Leads {
			if l.Period.Contains(d.Day) {
				out = append(out, l.Person)
			}
		}
	}
	return once(out)
}

// once leaves out what came before.
func once(ids []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(ids, func(id string) bool {
		before := seen[id]
		seen[id] = true
		return before
	})
}
