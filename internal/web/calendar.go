package web

import (
	"net/http"
	"strconv"
	"time"

	"entente/internal/authority"
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/web/view"
)

// calendar lays the cadence of each committee over a civil year: what the convention asks for, what was held, what is planned.
func (s *Server) calendar(w http.ResponseWriter, v *visit) error {
	h, err := v.history()
	if err != nil {
		return err
	}
	year := v.yearAsked("annee")
	text := textOfYear(h, year)
	if text == nil {
		return fault.New(fault.NotFound, "fault.no-convention")
	}
	span := calendar.CivilYear(year)
	meetings, err := v.space.Meetings(v.Context(), store.MeetingFilter{From: span.From, To: span.To})
	if err != nil {
		return err
	}
	school, err := s.schoolOf(v, text.Text, span)
	if err != nil {
		return err
	}
	d := view.CalendarData{Text: text.Text, Root: v.path(), Today: v.today, Year: year, List: v.URL.Query().Get("vue") == view.CalendarList,
		Rows: calendarRows(h, text.Text, meetings, span), Meetings: meetings, Holidays: calendar.Holidays(year), School: school,
		Add: v.offers(authority.RecordMeetings)}
	page := v.page(v.p.T("calendar.title", "year", strconv.Itoa(year)), view.Crumb{Label: v.p.T("nav.meetings"), Href: v.path("reunions")})
	page.Wide = true
	return s.show(w, v, view.CalendarPage(page, d))
}

// textOfYear is the version that applies at the end of a year, or today where the year is not over; before any applies, the
// first.
func textOfYear(h convention.History, year int) *convention.Version {
	if found := h.On(calendar.CivilYear(year).To); found != nil {
		return found
	}
	if len(h) == 0 {
		return nil
	}
	return h[0]
}

// calendarRows counts the meetings of each committee in the year, beside what its cadence asks for.
func calendarRows(h convention.History, text *convention.Convention, meetings []governance.Meeting, span calendar.Period) []view.CalendarRow {
	parts := convention.Within(h.Stretches(), span)
	out := make([]view.CalendarRow, 0, len(text.Committees))
	for i := range text.Committees {
		row := view.CalendarRow{Committee: &text.Committees[i]}
		if len(parts) > 0 {
			row.Applies = calendar.Period{From: parts[0].From, To: parts[len(parts)-1].To}
			row.Due, row.Limit = convention.Required(row.Committee.ID, parts, span)
		}
		for _, m := range meetings {
			if m.Committee == row.Committee.ID {
				row.Meetings = append(row.Meetings, m)
			}
		}
		out = append(out, row)
	}
	return out
}

// schoolOf reads the school holidays of a period in the zone of the territory.
func (s *Server) schoolOf(v *visit, text *convention.Convention, span calendar.Period) (view.School, error) {
	out := view.School{Span: span, Administrator: v.standing.Administrator}
	if text.Territory != nil {
		out.Zone = text.Territory.SchoolZone
	}
	if out.Zone == "" {
		return out, nil
	}
	list, err := s.store.SchoolHolidays(v.Context(), out.Zone, span)
	out.Holidays = list
	return out, err
}

// Periods over which dates are proposed, as the address names them; any other is a civil year.
const comingMonths = "12-mois"

// datesAsked is what dates are to be proposed for: the period and the preferences that the form or the address give.
func (s *Server) datesAsked(v *visit, f *form) (governance.ScheduleRequest, view.School, error) {
	r := governance.ScheduleRequest{Today: v.today, Preferences: map[string]governance.Preference{}}
	var err error
	if r.History, err = v.history(); err != nil {
		return r, view.School{}, err
	}
	r.Period = calendar.CivilYear(v.today.Year())
	if year, err := strconv.Atoi(f.values.Get("periode")); err == nil && year >= v.today.Year() && year <= v.today.Year()+5 {
		r.Period = calendar.CivilYear(year)
	} else if f.values.Get("periode") == comingMonths {
		r.Period = calendar.Period{From: v.today, To: v.today.AddMonths(12).AddDays(-1)}
	}
	text := textOfYear(r.History, r.Period.From.Year())
	if text == nil {
		return r, view.School{}, fault.New(fault.NotFound, "fault.no-convention")
	}
	customs, err := v.space.Customs(v.Context())
	if err != nil {
		return r, view.School{}, err
	}
	for _, k := range text.Text.Committees {
		day, _ := strconv.Atoi(f.values.Get("jour-" + k.ID))
		custom, set := customs[k.ID]
		if !set {
			custom.SkipAugust = governance.Usual(k.ID).SkipAugust
		}
		p := governance.Preference{Time: custom.Time, SkipAugust: custom.SkipAugust}
		if asked := "heure-" + k.ID; f.values.Has(asked) {
			p.Time = f.values.Get(asked)
		}
		if day >= int(time.Monday) && day <= int(time.Friday) {
			p.Weekday = time.Weekday(day)
		}
		if _, err := time.Parse("15:04", p.Time); err != nil {
			p.Time = ""
		}
		r.Preferences[k.ID] = p
	}
	school, err := s.schoolOf(v, text.Text, r.Period)
	if err != nil {
		return r, school, err
	}
	for _, h := range school.Holidays {
		r.School = append(r.School, h.Period)
	}
	r.Meetings, err = v.space.MeetingsAround(v.Context(), r.Period)
	return r, school, err
}

// proposeDates shows dates that would satisfy every cadence, for a coordinator to adjust and accept.
func (s *Server) proposeDates(w http.ResponseWriter, v *visit) error {
	f := &form{values: v.URL.Query()}
	r, school, err := s.datesAsked(v, f)
	if err != nil {
		return err
	}
	d := v.schedule(r, school)
	for _, x := range d.Plan.Proposals {
		d.Rows = append(d.Rows, view.ProposedRow{Keep: true, Committee: x.Committee, Day: x.Day.String(), Time: x.Time, Proposed: x.Day.String()})
	}
	d.Explain()
	return s.showSchedule(w, v, http.StatusOK, d)
}

// proposals is the page of proposed dates, without the rows of its form.
func (v *visit) schedule(r governance.ScheduleRequest, school view.School) view.ScheduleData {
	text := textOfYear(r.History, r.Period.From.Year()).Text
	d := view.ScheduleData{Text: text, Root: v.path(), Today: v.today, Period: r.Period, Preferences: r.Preferences, School: school,
		Plan: governance.ProposeDates(r)}
	if end := textOfYear(r.History, r.Period.From.Year()).Until(); !end.IsZero() && end.Before(r.Period.To) {
		d.Ends = end
	}
	return d
}

func (s *Server) showSchedule(w http.ResponseWriter, v *visit, status int, d view.ScheduleData) error {
	page := v.page(v.p.T("calendar.propose.title"), view.Crumb{Label: v.p.T("nav.meetings"), Href: v.path("reunions")},
		view.Crumb{Label: v.p.T("calendar.nav"), Href: v.path("calendrier")})
	page.Path, page.Wide = d.Here(), true
	s.render(w, v, status, view.SchedulePage(page, d))
	return nil
}

// acceptDates plans the meetings that were kept, all of them or none. A day that has passed is refused; what else speaks
// against a date is said, and does not keep it from being accepted.
func (s *Server) acceptDates(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	r, school, err := s.datesAsked(v, f)
	if err != nil {
		return err
	}
	d := v.schedule(r, school)
	chosen := v.readSchedule(f, &d)
	warned := governance.CheckDates(r, chosen)
	d.Warn(warned)
	d.Explain()
	d.Faults = f.faults
	switch {
	case len(f.faults) > 0:
		return s.showSchedule(w, v, http.StatusUnprocessableEntity, d)
	case len(chosen) == 0:
		d.Message = fault.Say("calendar.fault.none-kept")
		return s.showSchedule(w, v, http.StatusUnprocessableEntity, d)
	case f.values.Get("action") == "verifier":
		d.Checked = true
		return s.showSchedule(w, v, http.StatusOK, d)
	}
	if err := v.planAll(d.Text, chosen); err != nil {
		return s.refuseSchedule(w, v, d, err)
	}
	notice := fault.Say("calendar.accepted", "count", len(chosen))
	if said := flat(warned); len(said) > 0 {
		notice = fault.Say("calendar.accepted-warned", "accepted", notice, "warnings", v.sentences(said))
	}
	return s.redirect(w, v, v.path("calendrier")+"?annee="+strconv.Itoa(chosen[0].Day.Year()), notice)
}

// refuseSchedule shows the form again where the register refused a date.
func (s *Server) refuseSchedule(w http.ResponseWriter, v *visit, d view.ScheduleData, err error) error {
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	faults, message := explained(err)
	if d.Message = message; d.Message.IsZero() && len(faults) > 0 {
		d.Message = faults[0].Message
	}
	return s.showSchedule(w, v, http.StatusUnprocessableEntity, d)
}

// maxProposals bounds how many dates one form may accept.
const maxProposals = 100

// readSchedule reads the rows of the form into the page, and gives those that were kept.
func (v *visit) readSchedule(f *form, d *view.ScheduleData) []governance.ProposedDate {
	n, _ := strconv.Atoi(f.values.Get("lignes"))
	var kept []governance.ProposedDate
	for i := range min(n, maxProposals) {
		at := func(name string) string { return name + "-" + strconv.Itoa(i) }
		row := view.ProposedRow{Keep: f.checked(at("retenir")), Committee: f.text(at("comite")), Day: f.values.Get(at("date")),
			Time: f.values.Get(at("heure")), Proposed: f.values.Get(at("propose"))}
		if d.Text.Committee(row.Committee) == nil {
			continue // no form of ours has it
		}
		if row.Keep {
			x := governance.ProposedDate{Committee: row.Committee, Day: f.date(at("date")), Time: f.text(at("heure"))}
			v.refuseDate(f, at, x)
			row.Kept = len(kept)
			kept = append(kept, x)
		}
		d.Rows = append(d.Rows, row)
	}
	return kept
}

func (v *visit) refuseDate(f *form, at func(string) string, x governance.ProposedDate) {
	if _, said := f.faults.On(at("date")); !said {
		switch {
		case x.Day.IsZero():
			f.faults.Add(at("date"), "fault.field.required")
		case x.Day.Before(v.today):
			f.faults.Add(at("date"), "calendar.fault.past")
		}
	}
	if !governance.ValidTime(x.Time) {
		f.faults.Add(at("heure"), "fault.field.time")
	}
}

// planAll enters the meetings in the register, in one transaction.
func (v *visit) planAll(text *convention.Convention, dates []governance.ProposedDate) error {
	return v.space.Together(v.Context(), func(sp *store.Space) error {
		for _, x := range dates {
			m := governance.Meeting{Committee: x.Committee, Day: x.Day, Time: x.Time}
			if _, err := sp.PlanMeeting(v.Context(), v.actor("", text.Committee(x.Committee).Place.Ref), m); err != nil {
				return err
			}
		}
		return nil
	})
}

func flat(lists [][]fault.Message) []fault.Message {
	var out []fault.Message
	for _, l := range lists {
		out = append(out, l...)
	}
	return out
}

// sentences joins whole sentences.
func (v *visit) sentences(list []fault.Message) string {
	out := ""
	for _, m := range list {
		if out != "" {
			out += " "
		}
		out += v.p.Say(m)
	}
	return out
}
