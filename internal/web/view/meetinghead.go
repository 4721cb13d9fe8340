package view

import (
	"net/url"

	"entente/internal/convention"
	"entente/internal/governance"
	"entente/internal/i18n"
	"entente/internal/office"
)

// MeetingHeadData is the head that every page of one meeting has.
type MeetingHeadData struct {
	Root     string // of the space
	Assembly office.Assembly
	Tab      string // which page of the meeting it is: one of MeetingTabs
	Actions  []Link
}

// MeetingTabs are the pages of a meeting in the order of its life, by the last step of their address; their words stand in the
// catalogues under "meeting.tab.".
var MeetingTabs = []string{"", "convocation", "seance", "compte-rendu"}

// MeetingHref is the address of a page of a meeting.
func MeetingHref(root, meeting, tab string) string {
	href := root + "/reunions/" + url.PathEscape(meeting)
	if tab != "" {
		href += "/" + tab
	}
	return href
}

func (d MeetingHeadData) tabs(p *i18n.Printer) []Tab {
	out := make([]Tab, 0, len(MeetingTabs))
	for _, t := range MeetingTabs {
		key := t
		if key == "" {
			key = "ordre-du-jour"
		}
		out = append(out, Tab{Label: p.T("meeting.tab." + key), Href: MeetingHref(d.Root, d.Assembly.Meeting.ID, t), Current: t == d.Tab})
	}
	return out
}

// name is the committee that meets, with its technical committee where it has one.
func (d MeetingHeadData) name() string { return MeetingName(d.Assembly.Committee, d.Assembly.Panel) }

// MeetingName is the name of a committee, with that of the technical committee that meets.
func MeetingName(k *convention.Committee, panel *governance.Panel) string {
	if panel != nil {
		return k.Name + " – " + panel.Name
	}
	return k.Name
}

// MeetingTitle is a meeting in a title: its day and its hour.
func MeetingTitle(p *i18n.Printer, m governance.Meeting) string { return meetingDay(p, m) }

func (d MeetingHeadData) place(p *i18n.Printer) string {
	m := d.Assembly.Meeting
	switch {
	case m.Place != "" && m.Remote != "":
		return p.T("meeting.place-and-remote", "place", m.Place)
	case m.Remote != "":
		return p.T("meeting.remote-only")
	}
	return m.Place
}
