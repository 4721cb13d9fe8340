package web

import (
	"encoding/base64"
	"net/http"
	"slices"
	"strings"

	"entente/internal/authority"
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/web/view"
)

// panelSheet keeps the technical committees: who sets one up is a committee of the convention, who enters it keeps the space.
var panelSheet = &sheet[governance.Panel]{
	noun: "panel", path: "comites-techniques", task: authority.RecordMeetings,
	ident:   func(p *governance.Panel) (*string, *int64) { return &p.ID, &p.Version },
	article: func(v *visit, p governance.Panel) string { return v.organizing(p).Mission.Place.Ref },
	blank:   (*visit).newPanel,
	fields:  (*visit).panelFields,
	read: func(v *visit, f *form, p *governance.Panel) {
		p.Name, p.Meeting, p.Period = f.required("name"), f.text("meeting"), f.period("from", "to")
		p.Scope, p.Actions = nil, namedActions(f)
		if aim := f.text("scope"); aim != "" {
			p.Scope = []string{aim}
		}
		v.readDerived(f, p)
	},
	back: func(v *visit, p governance.Panel) string { return v.path("comites-techniques", p.ID) },
	crumbs: func(v *visit, p governance.Panel) []view.Crumb {
		out := v.under("panels")
		if p.ID != "" {
			out = append(out, view.Crumb{Label: p.Name, Href: v.path("comites-techniques", p.ID)})
		}
		return out
	},
	load: (*store.Space).Panel, create: (*store.Space).CreatePanel,
	update: (*store.Space).UpdatePanel, remove: (*store.Space).RemovePanel,
}

// newPanel begins a technical committee of the first derived committee of the convention; where it has none, there is nothing
// to set up.
func (v *visit) newPanel() (governance.Panel, error) {
	text, err := v.text()
	if err != nil {
		return governance.Panel{}, err
	}
	derived := derivedCommittees(text.Text)
	if len(derived) == 0 {
		return governance.Panel{}, fault.New(fault.NotFound, "panel.no-derived")
	}
	p := governance.Panel{Committee: derived[0].ID, Period: calendar.Period{From: v.today}}
	if asked := v.URL.Query().Get("comite"); slices.ContainsFunc(derived, func(k *convention.Committee) bool { return k.ID == asked }) {
		p.Committee = asked
	}
	p.By = v.organizing(p).Committee.ID
	return p, nil
}

// readDerived reads which derived committee it belongs to, where the convention has several, and what follows from it.
func (v *visit) readDerived(f *form, p *governance.Panel) {
	text, err := v.text()
	if err != nil {
		return
	}
	if asked := f.text("committee"); asked != "" {
		p.Committee = asked
	}
	if k := text.Text.Committee(p.Committee); k == nil || !k.Derived() {
		f.faults.Add("committee", "fault.field.choice")
	}
	for _, id := range p.Scope {
		if !knownAim(text.Text, id) {
			f.faults.Add("scope", "fault.field.choice")
		}
	}
	p.By = v.organizing(*p).Committee.ID
}

// knownAim tells whether the text has an axis or an objective of that identifier.
func knownAim(c *convention.Convention, id string) bool {
	return slices.ContainsFunc(c.Axes, func(x convention.Axis) bool {
		return x.ID == id || slices.ContainsFunc(x.Objectives, func(o convention.Objective) bool { return o.ID == id })
	})
}

func derivedCommittees(c *convention.Convention) []*convention.Committee {
	var out []*convention.Committee
	for i := range c.Committees {
		if c.Committees[i].Derived() {
			out = append(out, &c.Committees[i])
		}
	}
	return out
}

// organizing is the grant under which a technical committee is set up: the power to organise the committee that it belongs to.
// Where the text gives it to none, the grant names the derived committee itself, and no power.
func (v *visit) organizing(p governance.Panel) convention.Grant {
	none := convention.Grant{Committee: &convention.Committee{}, Mission: &convention.Mission{}}
	text, err := v.text()
	if err != nil {
		return none
	}
	for _, g := range text.Text.Grants(convention.OrganizeCommittees) {
		if len(g.Mission.Over) == 0 || slices.Contains(g.Mission.Over, p.Committee) {
			return g
		}
	}
	if k := text.Text.Committee(p.Committee); k != nil {
		none.Mission.Place = k.Place
	}
	return none
}

func (v *visit) panelFields(p governance.Panel) ([]view.Field, error) {
	text, err := v.text()
	if err != nil {
		return nil, err
	}
	const n = "panel"
	out := []view.Field{must(v.ask(n, "name", view.TextField, p.Name))}
	if derived := derivedCommittees(text.Text); len(derived) > 1 {
		var options []view.Option
		for _, k := range derived {
			options = append(options, view.Option{Value: k.ID, Label: k.Name})
		}
		out = append(out, must(v.choose(n, "committee", p.Committee, "", options)))
	}
	aim := ""
	if len(p.Scope) > 0 {
		aim = p.Scope[0]
	}
	out = append(out, v.choose(n, "scope", aim, "panel.theme", v.aimOptions(text.Text)))
	list, err := v.space.Leads(v.Context())
	if err != nil {
		return nil, err
	}
	out = append(out, v.actionBoxes(list, p.Actions)...)
	meetings, err := v.panelMeetings(p)
	if err != nil {
		return nil, err
	}
	return append(append(out, v.choose(n, "meeting", p.Meeting, "panel.decision-to-come", meetings)), v.askPeriod(n, p.Period)...), nil
}

// actionPrefix begins the name of the box of an action; what follows is the name of the action, in letters that any name of a
// control may have.
const actionPrefix = "action-"

// actionBoxes are a box for each action that somebody carries or that the technical committee bears on, ticked where it does.
func (v *visit) actionBoxes(list []governance.Lead, chosen []string) []view.Field {
	names := slices.Clone(chosen)
	for _, l := range list {
		names = append(names, l.Action)
	}
	slices.SortFunc(names, v.p.Compare)
	names = slices.Compact(names)
	out := make([]view.Field, 0, len(names))
	for _, name := range names {
		out = append(out, view.Field{Kind: view.CheckboxField, Name: actionPrefix + base64.RawURLEncoding.EncodeToString([]byte(name)),
			Label: v.p.T("panel.action", "action", name), Checked: slices.Contains(chosen, name)})
	}
	return out
}

// namedActions are the actions whose boxes were ticked, by name.
func namedActions(f *form) []string {
	var out []string
	for key := range f.values {
		code, is := strings.CutPrefix(key, actionPrefix)
		if name, err := base64.RawURLEncoding.DecodeString(code); is && err == nil && f.checked(key) {
			out = append(out, string(name))
		}
	}
	slices.Sort(out)
	return out
}

// panelMeetings are the meetings at which the committee that organises may have set it up, newest first.
func (v *visit) panelMeetings(p governance.Panel) ([]view.Option, error) {
	by := v.organizing(p).Committee.ID
	if by == "" {
		return nil, nil
	}
	list, err := v.space.Meetings(v.Context(), store.MeetingFilter{Committee: by})
	var out []view.Option
	for i := len(list) - 1; i >= 0; i-- {
		if m := list[i]; m.State != governance.Cancelled {
			out = append(out, view.Option{Value: m.ID, Label: v.p.T("panel.meeting-option", "day", m.Day, "state", fault.Say("meeting.state."+string(m.State)))})
		}
	}
	return out, err
}

// panels lists the technical committees, with who they are made of today.
func (s *Server) panels(w http.ResponseWriter, v *visit) error {
	text, err := v.text()
	if err != nil {
		return err
	}
	d := view.PanelsData{Text: text.Text, Root: v.path(), Today: v.today, Derived: derivedCommittees(text.Text)}
	if len(d.Derived) > 0 {
		if d.Rows, err = v.panelRows(text.Text, ""); err != nil {
			return err
		}
		d.May = v.offers(authority.RecordMeetings)
		d.Organized = v.organizing(governance.Panel{Committee: d.Derived[0].ID})
	}
	return s.show(w, v, view.PanelsPage(v.page(v.p.T("panel.list"), v.under("committees")...), d))
}

// panelRows are the technical committees of a derived committee, or all of them, with their members today, in four queries.
func (v *visit) panelRows(c *convention.Convention, committee string) ([]view.PanelRow, error) {
	list, err := v.space.Panels(v.Context())
	if err != nil {
		return nil, err
	}
	leads, err := v.space.Leads(v.Context())
	if err != nil {
		return nil, err
	}
	names, parties, err := v.whoLeads(leads)
	if err != nil {
		return nil, err
	}
	var out []view.PanelRow
	for i := range list {
		if committee == "" || list[i].Committee == committee {
			out = append(out, view.PanelRow{Panel: list[i], Members: v.members(c, &list[i], leads, names, parties)})
		}
	}
	return out, nil
}

// panel is the page of one technical committee.
func (s *Server) panel(w http.ResponseWriter, v *visit) error {
	text, err := v.text()
	if err != nil {
		return err
	}
	p, err := v.space.Panel(v.Context(), v.PathValue("id"))
	if err != nil {
		return err
	}
	leads, err := v.space.Leads(v.Context())
	if err != nil {
		return err
	}
	names, parties, err := v.whoLeads(leads)
	if err != nil {
		return err
	}
	d := view.PanelData{Text: text.Text, Root: v.path(), Today: v.today, Panel: p, Organized: v.organizing(p), May: v.offers(authority.RecordMeetings),
		Members: v.members(text.Text, &p, leads, names, parties)}
	if d.Meetings, err = v.meetingsOf(p); err != nil {
		return err
	}
	if p.Meeting != "" {
		m, err := v.space.Meeting(v.Context(), p.Meeting)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		d.SetUp = m
	}
	return s.show(w, v, view.PanelPage(v.page(p.Name, v.under("committees", "panels")...), d))
}

// meetingsOf are the meetings of a technical committee.
func (v *visit) meetingsOf(p governance.Panel) ([]governance.Meeting, error) {
	list, err := v.space.Meetings(v.Context(), store.MeetingFilter{Committee: p.Committee})
	return slices.DeleteFunc(list, func(m governance.Meeting) bool { return m.Panel != p.ID }), err
}
