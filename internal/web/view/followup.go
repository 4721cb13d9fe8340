package view

import (
	"net/url"

	"github.com/a-h/templ"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
)

// FollowUpRow is a follow-up with who does it and what asked for it.
type FollowUpRow struct {
	FollowUp governance.FollowUp
	Name     string // of who does it; empty where nobody is named
	Decision string // reference of the decision; empty where none asked for it
	Meeting  governance.Meeting
	Keeps    bool // the reader may change it
	Own      bool // the reader does it
}

// FollowUpsData is a list of what is to be done because of decisions.
type FollowUpsData struct {
	Text      *convention.Convention
	Root      string // of the space
	Today     calendar.Date
	View      string // "miennes", "retard" or "toutes"
	Mine      bool   // the reader is somebody of the directory
	Committee string
	State     string
	Rows      []FollowUpRow
	Total     int
	Paging    Paging
}

// FollowUpData is the page of one follow-up.
type FollowUpData struct {
	Row     FollowUpRow
	Root    string // of the space
	Text    *convention.Convention
	Today   calendar.Date
	Done    *Form         // says that it is done; nil where the reader may not, or it is
	Refused fault.Message // what was refused where the page has no form any more
}

func (d FollowUpsData) tabs(p *i18n.Printer) []Tab {
	var out []Tab
	for _, x := range []string{"miennes", "retard", "toutes"} {
		if x == "miennes" && !d.Mine {
			continue
		}
		out = append(out, Tab{Label: p.T("follow-up.view." + x), Href: d.Root + "/suites?vue=" + x, Current: x == d.View})
	}
	return out
}

func (d FollowUpsData) filter(p *i18n.Printer) Filter {
	committees := Field{Kind: SelectField, Name: "comite", Value: d.Committee, Label: p.T("decision.field.committee"), Options: []Option{{Label: p.T("decision.filter.any")}}}
	for _, k := range d.Text.Committees {
		committees.Options = append(committees.Options, Option{Value: k.ID, Label: k.Name})
	}
	fields := []Field{{Kind: HiddenField, Name: "vue", Value: d.View}, committees}
	if d.View != "retard" {
		state := Field{Kind: SelectField, Name: "etat", Value: d.State, Label: p.T("follow-up.field.state"), Options: []Option{{Label: p.T("decision.filter.any")}}}
		for _, x := range []governance.FollowUpState{governance.ToDo, governance.Done, governance.Dropped} {
			state.Options = append(state.Options, Option{Value: string(x), Label: p.T("follow-up.state." + string(x))})
		}
		fields = append(fields, state)
	}
	return Filter{Action: d.Root + "/suites", Fields: fields, Active: d.Committee != "" || d.State != ""}
}

// followUpBadge says where a follow-up stands.
func followUpBadge(p *i18n.Printer, u governance.FollowUp, today calendar.Date) templ.Component {
	switch {
	case u.Late(today):
		return Badge(p, BadgeData{Tone: ToneWarning, Icon: "clock", Word: p.T("follow-up.late")})
	case u.State == governance.Done:
		return Badge(p, BadgeData{Tone: ToneGood, Icon: "kept", Word: p.T("follow-up.state.done")})
	case u.State == governance.Dropped:
		return Badge(p, BadgeData{Tone: ToneNeutral, Icon: "not-applicable", Word: p.T("follow-up.state.dropped")})
	}
	return Badge(p, BadgeData{Tone: ToneInfo, Icon: "on-course", Word: p.T("follow-up.state.to-do")})
}

func followUpHref(root string, u governance.FollowUp) string {
	return root + "/suites/" + url.PathEscape(u.ID)
}

func (d FollowUpsData) table(p *i18n.Printer) Table {
	t := Table{Caption: p.T("follow-up.list"), Hidden: true, Columns: []Column{{Title: p.T("follow-up.field.text")}, {Title: p.T("follow-up.field.person")},
		{Title: p.T("follow-up.field.due")}, {Title: p.T("follow-up.field.state")}, {Title: p.T("follow-up.field.decision")}, {Title: p.T("decision.field.committee")}}}
	for _, r := range d.Rows {
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{LinkText(Link{Label: r.FollowUp.Text, Href: followUpHref(d.Root, r.FollowUp)}), r.person(p, d.Root),
			r.due(p), followUpBadge(p, r.FollowUp, d.Today), r.decision(d.Root), committeeCell(d.Text, d.Root, r.Meeting.Committee)}})
	}
	return t
}

func (r FollowUpRow) person(p *i18n.Printer, root string) templ.Component {
	if r.FollowUp.Person == "" {
		return absent(p.T("follow-up.nobody"))
	}
	return personLink(root, r.FollowUp.Person, r.Name)
}

func (r FollowUpRow) due(p *i18n.Printer) templ.Component {
	if r.FollowUp.Due.IsZero() {
		return absent(p.T("follow-up.no-date"))
	}
	return Text(p.Day(r.FollowUp.Due))
}

func (r FollowUpRow) decision(root string) templ.Component {
	if r.Decision == "" {
		return Text("–")
	}
	return LinkText(Link{Label: r.Decision, Href: root + "/decisions/" + r.Decision})
}

func (d FollowUpData) facts(p *i18n.Printer) []Definition {
	u := d.Row.FollowUp
	out := []Definition{
		{Term: p.T("follow-up.field.state"), Value: followUpBadge(p, u, d.Today)},
		{Term: p.T("follow-up.field.person"), Value: d.Row.person(p, d.Root)},
		{Term: p.T("follow-up.field.due"), Value: d.Row.due(p)},
		{Term: p.T("follow-up.field.decision"), Value: d.Row.decision(d.Root)},
		{Term: p.T("decision.field.meeting"), Value: LinkText(Link{Label: meetingDay(p, d.Row.Meeting), Href: MeetingHref(d.Root, d.Row.Meeting.ID, "")})},
	}
	if !u.DoneOn.IsZero() {
		out = append(out, Definition{Term: p.T("follow-up.field.done"), Text: p.Day(u.DoneOn)})
	}
	if u.Word != "" {
		out = append(out, Definition{Term: p.T("follow-up.field.word"), Text: u.Word})
	}
	return out
}

func (d FollowUpData) actions(p *i18n.Printer) []Link {
	if !d.Row.Keeps {
		return nil
	}
	return []Link{{Label: p.T("follow-up.change"), Href: followUpHref(d.Root, d.Row.FollowUp) + "/modifier", Icon: "change"}}
}
