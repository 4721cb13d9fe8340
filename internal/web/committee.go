package web

import (
	"net/http"

	"entente/internal/authority"
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/web/view"
)

// committees shows every committee of the convention with its seats by institution.
func (s *Server) committees(w http.ResponseWriter, v *visit) error {
	text, err := v.text()
	if err != nil {
		return err
	}
	mandates, err := v.space.Mandates(v.Context(), store.MandateFilter{})
	if err != nil {
		return err
	}
	meetings, err := v.space.Meetings(v.Context(), yearAround(v.today))
	if err != nil {
		return err
	}
	d := view.CommitteesData{Text: text.Text, Root: v.path(), Year: v.today.Year()}
	for i := range text.Text.Committees {
		k := &text.Text.Committees[i]
		d.Committees = append(d.Committees, view.CommitteeRow{Committee: k, Seats: occupations(k, mandates, v.today),
			Tally: tally(k, meetings, v.today)})
	}
	return s.show(w, v, view.CommitteesPage(v.page(v.p.T("nav.committees")), d))
}

// yearAround is the span that a cadence over a civil year or the last twelve months needs.
func yearAround(day calendar.Date) store.MeetingFilter {
	return store.MeetingFilter{From: day.AddMonths(-12), To: calendar.CivilYear(day.Year()).To}
}

// occupations reads how every seat of a committee stands on the day.
func occupations(k *convention.Committee, mandates []governance.Mandate, day calendar.Date) []view.SeatRow {
	var out []view.SeatRow
	for _, seat := range k.Places() {
		out = append(out, view.SeatRow{Seat: seat, Occupation: governance.Occupy(seat.Key, mandates, day)})
	}
	return out
}

// tally counts the meetings of a committee over the window of its cadence.
func tally(k *convention.Committee, meetings []governance.Meeting, day calendar.Date) view.Tally {
	var t view.Tally
	span := calendar.CivilYear(day.Year())
	if k.Cadence != nil {
		t.Min, t.Max = k.Cadence.Min, k.Cadence.Max
		if k.Cadence.Over == convention.Rolling12 {
			span = calendar.RollingMonths(day, 12)
			span.To = calendar.CivilYear(day.Year()).To
		}
	}
	for _, m := range meetings {
		if m.Committee != k.ID || !span.Contains(m.Day) {
			continue
		}
		switch m.State {
		case governance.Held:
			t.Held++
		case governance.Planned, governance.Open:
			t.Planned++
		}
	}
	return t
}

// committee is the page of one committee: what it is charged with, who sits, when it meets.
func (s *Server) committee(w http.ResponseWriter, v *visit) error { return s.showCommittee(w, v, "") }

// showCommittee shows the page of a committee, with the secret of the address for calendars that was just made; empty where none was.
func (s *Server) showCommittee(w http.ResponseWriter, v *visit, secret string) error {
	text, err := v.text()
	if err != nil {
		return err
	}
	k := text.Text.Committee(v.PathValue("committee"))
	if k == nil {
		return fault.New(fault.NotFound, "fault.not-found")
	}
	mandates, err := v.space.Mandates(v.Context(), store.MandateFilter{Committee: k.ID})
	if err != nil {
		return err
	}
	people, err := v.peopleOf(mandates)
	if err != nil {
		return err
	}
	filter := yearAround(v.today)
	filter.Committee = k.ID
	meetings, err := v.space.Meetings(v.Context(), filter)
	if err != nil {
		return err
	}
	files, err := v.attachmentCounts(governance.OwnerMeeting)
	if err != nil {
		return err
	}
	d := view.CommitteeData{Files: files, Text: text.Text, Committee: k, Root: v.path(), Today: v.today, Seats: occupations(k, mandates, v.today),
		People: people, Meetings: meetings, Tally: tally(k, meetings, v.today), MayRecord: v.offers(authority.RecordMeetings),
		MayName: func(party string) bool { return v.may(authority.ManageMandates, party) == nil }, Past: past(mandates, v.today)}
	if k.Derived() {
		if d.Derived, err = v.derived(text.Text, k); err != nil {
			return err
		}
	}
	if d.Feed, err = s.feedData(v, store.Feed{Space: v.place.ID, Committee: k.ID}, v.path("comites", k.ID, "calendrier"), secret); err != nil {
		return err
	}
	crumbs := []view.Crumb{{Label: v.p.T("nav.committees"), Href: v.path("comites")}}
	page := v.page(k.Name, crumbs...)
	page.Path = v.path("comites", k.ID)
	return s.show(w, v, view.CommitteePage(page, d))
}

// derived is who a derived committee is made of today, and its technical committees.
func (v *visit) derived(c *convention.Convention, k *convention.Committee) (view.DerivedData, error) {
	d := view.DerivedData{May: v.offers(authority.RecordMeetings)}
	leads, err := v.space.Leads(v.Context())
	if err != nil {
		return d, err
	}
	names, parties, err := v.whoLeads(leads)
	if err != nil {
		return d, err
	}
	d.Members = v.members(c, nil, leads, names, parties)
	d.Panels, err = v.panelRows(c, k.ID)
	return d, err
}

// past are the mandates that are over, newest first.
func past(mandates []governance.Mandate, day calendar.Date) []governance.Mandate {
	var out []governance.Mandate
	for i := len(mandates) - 1; i >= 0; i-- {
		if last := mandates[i].Last(); !last.IsZero() && last.Before(day) {
			out = append(out, mandates[i])
		}
	}
	return out
}

// peopleOf reads the people who hold the mandates, in one query.
func (v *visit) peopleOf(mandates []governance.Mandate) (map[string]directory.Person, error) {
	ids := make([]string, 0, len(mandates))
	for _, m := range mandates {
		ids = append(ids, m.Person)
	}
	return v.space.PeopleByID(v.Context(), ids...)
}
