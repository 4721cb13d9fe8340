package web

import (
	"net/http"

	"entente/internal/authority"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
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
	mandates, err := v.space.Mandates(v.Context(), store.MandateFilter{})
	if err != nil {
		return err
	}
	people, err := v.peopleOf(mandates)
	if err != nil {
		return err
	}
	d := view.PowersData{Root: v.path(), Day: day, Today: v.today, Person: v.standing.Person, People: people, Faults: f.faults}
	if version := history.InForce(day); version != nil {
		d.Text = version.Text
		d.Granted, d.Ungranted = grantedPowers(authority.Rules{History: history, Mandates: mandates}, version.Text, d)
	}
	return s.show(w, v, view.PowersPage(v.page(v.p.T("powers.title"), view.Crumb{Label: v.p.T("nav.committees"), Href: v.path("comites")}), d))
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
			row.Benches = append(row.Benches, view.PowerBench{Grant: g, Seated: seated(g.Committee, rules.Mandates, d)})
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

// seated are the people who hold the seats of a committee on the day, in the order of the seats.
func seated(k *convention.Committee, mandates []governance.Mandate, d view.PowersData) []view.SeatRow {
	var out []view.SeatRow
	for _, row := range occupations(k, mandates, d.Day) {
		if row.Occupation.Holder != nil {
			out = append(out, row)
		}
	}
	return out
}
