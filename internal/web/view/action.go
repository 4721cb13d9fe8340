package view

import (
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/governance"
	"entente/internal/i18n"
	"entente/internal/plan"
)

// PlanData is the plan as a tree.
type PlanData struct {
	Text            *convention.Convention
	Root            string
	May             bool // the reader keeps the plan
	Actions         []plan.Action
	Leads           map[string][]governance.Lead // of today, by action
	People, Parties map[string]string
	Reached         map[string]plan.Progress // of the milestones, by action
	Notes           map[string]plan.Note     // the last, by action
}

func (d PlanData) actions(p *i18n.Printer) []Link {
	if !d.May {
		return nil
	}
	return []Link{{Label: p.T("action.add"), Href: d.Root + "/actions/ajouter", Icon: "add"}}
}

// under are the actions of an axis or objective.
func (d PlanData) under(aim string) []plan.Action {
	var out []plan.Action
	for _, a := range d.Actions {
		if a.Objective == aim {
			out = append(out, a)
		}
	}
	return out
}

// elsewhere are the actions whose objective the present text does not name.
func (d PlanData) elsewhere() []plan.Action {
	known := map[string]bool{}
	for _, x := range d.Text.Axes {
		known[x.ID] = true
		for _, o := range x.Objectives {
			known[o.ID] = true
		}
	}
	var out []plan.Action
	for _, a := range d.Actions {
		if !known[a.Objective] {
			out = append(out, a)
		}
	}
	return out
}

func (d PlanData) table(p *i18n.Printer, caption string, list []plan.Action) Table {
	t := Table{Caption: p.T("action.caption", "of", caption), Hidden: true, Columns: []Column{{Title: p.T("action.one")}, {Title: p.T("action.field.state")},
		{Title: p.T("action.leads")}, {Title: p.T("action.steps")}, {Title: p.T("note.field.weather")}}}
	for _, a := range list {
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{actionLink(d.Root, a), ActionState(p, a.State), leadTags(p, d.Text, d.Leads[a.ID], d.People, d.Parties),
			Text(reachedWords(p, d.Reached[a.ID])), weatherBadge(p, d.Notes[a.ID].Weather)}})
	}
	return t
}

// reachedWords says how far the milestones are, with what it is counted on.
func reachedWords(p *i18n.Printer, x plan.Progress) string {
	if x.Of == 0 {
		return p.T("action.no-step")
	}
	return p.T("action.reached", "percent", (x.Points+50)/100, "count", x.Of)
}

// ActionState is the state of an action as a badge.
func ActionState(p *i18n.Printer, s plan.State) templ.Component {
	b := BadgeData{Word: p.T("action.state." + string(s)), Tone: ToneNeutral, Icon: "open"}
	switch s {
	case plan.Proposed:
		b.Tone, b.Icon = ToneInfo, "planned"
	case plan.Adopted:
		b.Tone, b.Icon = ToneInfo, "decision"
	case plan.UnderWay:
		b.Tone, b.Icon = ToneInfo, "on-course"
	case plan.Paused:
		b.Tone, b.Icon = ToneWarning, "clock"
	case plan.Done:
		b.Tone, b.Icon = ToneGood, "kept"
	case plan.Abandoned:
		b.Icon = "cancelled"
	}
	return Badge(p, b)
}

func weatherBadge(p *i18n.Printer, w plan.Weather) templ.Component {
	b := BadgeData{Word: p.T("note.weather." + string(w)), Icon: "unknown", Tone: ToneUnknown}
	switch w {
	case "":
		return Text(p.T("note.weather.unsaid"))
	case plan.Sunny:
		b.Tone, b.Icon = ToneGood, "kept"
	case plan.Cloudy:
		b.Tone, b.Icon = ToneInfo, "on-course"
	case plan.Rainy:
		b.Tone, b.Icon = ToneWarning, "at-risk"
	case plan.Stormy:
		b.Tone, b.Icon = ToneBad, "broken"
	}
	return Badge(p, b)
}

// ActionData is one action with what belongs to it.
type ActionData struct {
	Text            *convention.Convention
	Root            string
	Today           calendar.Date
	May             bool
	Action          plan.Action
	Leads           []governance.Lead
	People, Parties map[string]string
	Milestones      []plan.Milestone
	Notes           []plan.Note
	Indicators      []plan.Indicator
	Pass            *Form                // to another state; nil for who does not keep the plan
	Propose         *Form                // to the committees; nil where it is no idea
	Proposal        *governance.Proposal // that carries it to its adoption; nil where none
}

func (d ActionData) href(parts ...string) string {
	out := d.Root
	for _, x := range parts {
		out += "/" + url.PathEscape(x)
	}
	return out
}

func (d ActionData) actions(p *i18n.Printer) []Link {
	if !d.May {
		return nil
	}
	return []Link{{Label: p.T("action.change"), Href: d.href("actions", d.Action.ID, "modifier"), Icon: "change"},
		{Label: p.T("note.add"), Href: d.href("avancement", "ajouter") + "?action=" + url.QueryEscape(d.Action.ID), Icon: "add"}}
}

func (d ActionData) facts(p *i18n.Printer) []Definition {
	a := d.Action
	communes := p.T("action.everywhere")
	if len(a.Communes) > 0 {
		communes = p.List(a.Communes)
	}
	part := p.T("action.participation.unsaid")
	if a.Participation != "" {
		part = p.T("action.participation." + string(a.Participation))
	}
	state := []Definition{{Term: p.T("action.field.state"), Value: ActionState(p, a.State)}, {Term: p.T("action.since"), Text: p.Date(a.Since)}}
	if a.Reason != "" {
		state = append(state, Definition{Term: p.T("action.field.reason"), Text: a.Reason})
	}
	if a.Resume != "" {
		state = append(state, Definition{Term: p.T("action.field.resume"), Text: a.Resume})
	}
	return append(state, Definition{Term: p.T("action.field.objective"), Text: aimName(p, d.Text, a.Objective)},
		Definition{Term: p.T("action.field.audience"), Text: a.Audience}, Definition{Term: p.T("action.field.communes"), Text: communes},
		Definition{Term: p.T("action.schedule"), Text: p.Period(a.Period)}, Definition{Term: p.T("action.field.participation"), Text: part})
}

// texts are the parts of the sheet that are written in sentences, those that are.
func (d ActionData) texts() [][2]string {
	a := d.Action
	var out [][2]string
	for _, x := range [][2]string{{"finding", a.Finding}, {"description", a.Description}, {"aims", a.Aims}, {"involvement", a.Involvement},
		{"communication", a.Communication}, {"risks", a.Risks}} {
		if x[1] != "" {
			out = append(out, x)
		}
	}
	return out
}

func (d ActionData) steps(p *i18n.Printer) Table {
	t := Table{Caption: p.T("action.steps"), Hidden: true, Columns: []Column{{Title: p.T("milestone.field.name")}, {Title: p.T("milestone.field.due")}, {Title: p.T("action.field.state")}}}
	if d.May {
		t.Columns = append(t.Columns, Column{Title: p.T("form.actions")})
	}
	for _, m := range d.Milestones {
		b := BadgeData{Tone: ToneNeutral, Icon: "open", Word: p.T("milestone.to-come")}
		switch {
		case !m.Done.IsZero():
			b = BadgeData{Tone: ToneGood, Icon: "kept", Word: p.T("milestone.reached", "day", m.Done)}
		case m.Late(d.Today):
			b = BadgeData{Tone: ToneWarning, Icon: "clock", Word: p.T("milestone.late")}
		}
		due := ""
		if !m.Due.IsZero() {
			due = p.Date(m.Due)
		}
		cells := []templ.Component{Text(m.Name), Text(due), Badge(p, b)}
		if d.May {
			cells = append(cells, editLink(p, d.href("etapes", m.ID, "modifier"), m.Name))
		}
		t.Rows = append(t.Rows, Row{Cells: cells})
	}
	return t
}

// partiesOf are the parties for which the leads of an action work, each once, leads before co-leads.
func partiesOf(leads []governance.Lead, parties map[string]string) []string {
	var out []string
	for _, co := range []bool{false, true} {
		for _, l := range leads {
			if x := parties[l.Person]; l.CoLead == co && x != "" && !slices.Contains(out, x) {
				out = append(out, x)
			}
		}
	}
	return out
}

// leadNames are those who lead, where they work for no party.
func leadNames(p *i18n.Printer, leads []governance.Lead, people map[string]string) string {
	var out []string
	for _, l := range leads {
		if x := people[l.Person]; x != "" && !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return p.List(out)
}

func leadPart(p *i18n.Printer, l governance.Lead) string {
	if l.CoLead {
		return p.T("lead.part.co-lead")
	}
	return p.T("lead.part.lead")
}
