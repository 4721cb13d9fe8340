package web

import (
	"net/http"

	"entente/internal/authority"
	"entente/internal/calendar"
	"entente/internal/governance"
	"entente/internal/office"
	"entente/internal/store"
	"entente/internal/web/view"
)

// meetingSheet keeps the register of meetings.
var meetingSheet = &sheet[governance.Meeting]{
	noun: "meeting", path: "reunions", task: authority.RecordMeetings,
	ident:   func(m *governance.Meeting) (*string, *int64) { return &m.ID, &m.Version },
	article: func(v *visit, m governance.Meeting) string { return v.committeeRef(m.Committee) },
	blank:   (*visit).blankMeeting,
	fields:  (*visit).meetingFields,
	read:    readMeeting,
	back:    func(v *visit, m governance.Meeting) string { return view.MeetingHref(v.path(), m.ID, "") },
	crumbs: func(v *visit, m governance.Meeting) []view.Crumb {
		out := []view.Crumb{{Label: v.p.T("nav.meetings"), Href: v.path("reunions")}}
		if m.ID != "" {
			out = append(out, view.Crumb{Label: v.p.Day(m.Day), Href: view.MeetingHref(v.path(), m.ID, "")})
		}
		return out
	},
	load: (*store.Space).Meeting, create: (*store.Space).CreateMeeting,
	update: (*store.Space).UpdateMeeting, remove: (*store.Space).RemoveMeeting,
}

// blankMeeting is a meeting as the committee in the address usually has it: its hour, its length and its place.
func (v *visit) blankMeeting() (governance.Meeting, error) {
	m := governance.Meeting{Committee: v.URL.Query().Get("comite"), State: governance.Planned}
	if m.Committee == "" {
		return m, nil
	}
	c, err := v.space.Custom(v.Context(), m.Committee)
	m.Time, m.Minutes, m.Place = c.Time, c.Minutes, c.Place
	return m, err
}

// readMeeting reads a meeting over the one that stands. A technical committee must be one of the committee that meets.
func readMeeting(v *visit, f *form, m *governance.Meeting) {
	before := *m
	if before.ID == "" {
		before = governance.Meeting{}
	}
	m.Committee, m.Panel, m.Day, m.Time = f.text("committee"), f.text("panel"), f.date("day"), f.text("time")
	m.State, m.Place, m.Document = governance.MeetingState(f.text("state")), f.text("place"), f.text("document")
	m.Minutes, m.Remote, m.Reason = f.number("minutes"), f.text("remote"), f.text("reason")
	if m.Panel != "" && m.Panel != before.Panel {
		if p, err := v.space.Panel(v.Context(), m.Panel); err != nil || p.Committee != m.Committee {
			f.faults.Add("panel", "fault.meeting.panel")
		}
	}
	wrong, _ := explained(m.CheckEntry(before))
	f.faults = append(f.faults, wrong...)
}

func (v *visit) meetingFields(m governance.Meeting) ([]view.Field, error) {
	text, err := v.text()
	if err != nil {
		return nil, err
	}
	panel, err := v.panelField(m)
	if err != nil {
		return nil, err
	}
	var stands governance.Meeting
	if id := v.PathValue("id"); id != "" { // what was typed is not what stands
		if stands, err = v.space.Meeting(v.Context(), id); err != nil {
			return nil, err
		}
	}
	const n = "meeting"
	return []view.Field{
		must(v.choose(n, "committee", m.Committee, "form.choose", committeeOptions(text.Text))),
		panel,
		must(v.ask(n, "day", view.DateField, m.Day.String())),
		v.ask(n, "time", view.TimeField, m.Time),
		v.ask(n, "minutes", view.NumberField, numeral(m.Minutes)),
		v.ask(n, "place", view.TextField, m.Place),
		v.ask(n, "remote", view.TextField, m.Remote),
		v.stateField(m, stands),
		v.reasonField(m, stands),
		v.ask(n, "document", view.TextField, m.Document),
	}, nil
}

// stateField offers the states that a form may give; where there is one alone, nothing is asked.
func (v *visit) stateField(m, stands governance.Meeting) view.Field {
	states := stands.EntryStates()
	if len(states) == 1 {
		return view.Field{Kind: view.HiddenField, Name: "state", Value: string(states[0])}
	}
	f := must(v.ask("meeting", "state", view.RadioField, string(m.State)))
	for _, x := range states {
		o := view.Option{Value: string(x), Label: v.p.T("meeting.state." + string(x))}
		if x == governance.Held {
			o.Hint = v.p.T("meeting.hint.held")
		}
		f.Options = append(f.Options, o)
	}
	return f
}

// reasonField asks why a meeting is cancelled, where it can be.
func (v *visit) reasonField(m, stands governance.Meeting) view.Field {
	if len(stands.EntryStates()) == 1 {
		return view.Field{Kind: view.HiddenField, Name: "reason", Value: m.Reason}
	}
	return v.ask("meeting", "reason", view.TextField, m.Reason)
}

// panelField chooses a technical committee, where the space has set up any.
func (v *visit) panelField(m governance.Meeting) (view.Field, error) {
	text, err := v.text()
	if err != nil {
		return view.Field{}, err
	}
	list, err := v.space.Panels(v.Context())
	if err != nil || len(list) == 0 {
		return view.Field{Kind: view.HiddenField, Name: "panel", Value: m.Panel}, err
	}
	var options []view.Option
	for _, p := range list {
		k := text.Text.Committee(p.Committee)
		if k != nil && k.Derived() && (p.ID == m.Panel || p.Period.Contains(v.today)) {
			options = append(options, view.Option{Value: p.ID, Label: p.Name, Group: k.Name})
		}
	}
	return v.choose("meeting", "panel", m.Panel, "meeting.no-panel", options), nil
}

// meetings is the register of meetings, of every committee or of one, year by year.
func (s *Server) meetings(w http.ResponseWriter, v *visit) error {
	text, err := v.text()
	if err != nil {
		return err
	}
	f := &form{values: v.URL.Query()}
	year := v.yearAsked("annee")
	committee := f.text("comite")
	span := calendar.CivilYear(year)
	list, err := v.space.Meetings(v.Context(), store.MeetingFilter{From: span.From, To: span.To, Committee: committee})
	if err != nil {
		return err
	}
	files, err := v.attachmentCounts(governance.OwnerMeeting)
	if err != nil {
		return err
	}
	d := view.MeetingsData{Files: files, Text: text.Text, Year: year, Committee: committee, Meetings: list, Today: v.today, Root: v.path(),
		Add: v.offers(authority.RecordMeetings)}
	page := v.page(v.p.T("nav.meetings"))
	page.Wide = true
	return s.show(w, v, view.MeetingsPage(page, d))
}

// assembly reads the meeting in the address and who is called to it.
func (v *visit) assembly() (office.Assembly, error) {
	h, err := v.history()
	if err != nil {
		return office.Assembly{}, err
	}
	return office.AssemblyOf(v.Context(), v.space, h, v.PathValue("id"))
}

// reads tells whether the visitor may read what is meant for an audience of a meeting.
func (v *visit) reads(to governance.Audience, a *office.Assembly) bool {
	switch {
	case v.offers(authority.RecordMeetings) || to == governance.ForSpace:
		return true
	case to == governance.ForCommittee:
		return a.Admits(v.standing.Person)
	}
	return false
}

// underMeeting is the way to a page of a meeting.
func (v *visit) underMeeting(a *office.Assembly) []view.Crumb {
	return []view.Crumb{{Label: v.p.T("nav.meetings"), Href: v.path("reunions")},
		{Label: v.p.Day(a.Meeting.Day), Href: view.MeetingHref(v.path(), a.Meeting.ID, "")}}
}
