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
	ident: func(m *governance.Meeting) (*string, *int64) { return &m.ID, &m.Version },
	article: func(v *visit, m governance.Meeting) string {
		if text, err := v.text(); err == nil {
			if k := text.Text.Committee(m.Committee); k != nil {
				return k.Place.Ref
			}
		}
		return ""
	},
	blank: func(v *visit) (governance.Meeting, error) {
		return governance.Meeting{Committee: v.URL.Query().Get("comite"), State: governance.Planned}, nil
	},
	fields: (*visit).meetingFields,
	read: func(_ *visit, f *form, m *governance.Meeting) {
		m.Committee, m.Day, m.Time = f.text("committee"), f.date("day"), f.text("time")
		m.State, m.Place, m.Document = governance.MeetingState(f.text("state")), f.text("place"), f.text("document")
	},
	back: func(v *visit, m governance.Meeting) string { return v.path("reunions") + "?comite=" + m.Committee },
	crumbs: func(v *visit, _ governance.Meeting) []view.Crumb {
		return []view.Crumb{{Label: v.p.T("nav.meetings"), Href: v.path("reunions")}}
	},
	load: (*store.Space).Meeting, create: (*store.Space).CreateMeeting,
	update: (*store.Space).UpdateMeeting, remove: (*store.Space).RemoveMeeting,
}

func (v *visit) meetingFields(m governance.Meeting) ([]view.Field, error) {
	text, err := v.text()
	if err != nil {
		return nil, err
	}
	const n = "meeting"
	state := v.ask(n, "state", view.RadioField, string(m.State))
	for _, x := range []governance.MeetingState{governance.Planned, governance.Held, governance.Cancelled} {
		state.Options = append(state.Options, view.Option{Value: string(x), Label: v.p.T("meeting.state." + string(x))})
	}
	return []view.Field{
		must(v.choose(n, "committee", m.Committee, "form.choose", committeeOptions(text.Text))),
		must(v.ask(n, "day", view.DateField, m.Day.String())),
		v.ask(n, "time", view.TimeField, m.Time),
		must(state),
		v.ask(n, "place", view.TextField, m.Place),
		v.ask(n, "document", view.TextField, m.Document),
	}, nil
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
