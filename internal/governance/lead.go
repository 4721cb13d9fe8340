package governance

import (
	"strings"

	"entente/internal/calendar"
	"entente/internal/fault"
)

// Lead is the dated carrying of an action by a person. Derived committees are made of leads and co-leads. Until actions have
// sheets of their own, an action is known by its name and the objective that it serves.
type Lead struct {
	ID        string
	Version   int64
	Person    string
	Action    string // its name
	Objective string // identifier of an objective of the convention, or of an axis
	CoLead    bool
	ActionID  string // of its sheet; empty where it has none yet. Name and objective then follow the sheet
	Period    calendar.Period
}

// Check tells what is wrong with the lead, field by field.
func (l Lead) Check() error {
	var f fault.Fields
	if l.Person == "" {
		f.Add("person", "fault.field.required")
	}
	if strings.TrimSpace(l.Action) == "" {
		f.Add("action", "fault.field.required")
	}
	if l.Objective == "" {
		f.Add("objective", "fault.field.required")
	}
	if l.Period.From.IsZero() {
		f.Add("from", "fault.field.required")
	}
	if !l.Period.To.IsZero() && l.Period.To.Before(l.Period.From) {
		f.Add("to", "fault.field.end-before-start")
	}
	return f.Err()
}

// Panel is a technical committee that a committee with the power to organise has set up within a derived committee of the
// convention: for an axis, an objective or a theme. Its members come and go with the leads.
type Panel struct {
	ID        string
	Version   int64
	Committee string // the derived committee of the convention
	Name      string
	Scope     []string // axes and objectives whose leads are its members; empty for a theme, whose members are named by Actions
	Actions   []string // names of the actions whose leads are its members besides
	Period    calendar.Period
	By        string // committee that set it up
	Meeting   string // at which it was set up; empty where nobody said
}

// Check tells what is wrong with the panel, field by field.
func (p Panel) Check() error {
	var f fault.Fields
	if strings.TrimSpace(p.Name) == "" {
		f.Add("name", "fault.field.required")
	}
	if p.Committee == "" {
		f.Add("committee", "fault.field.required")
	}
	if len(p.Scope)+len(p.Actions) == 0 {
		f.Add("scope", "fault.panel.scope")
	}
	if p.Period.From.IsZero() {
		f.Add("from", "fault.field.required")
	}
	if !p.Period.To.IsZero() && p.Period.To.Before(p.Period.From) {
		f.Add("to", "fault.field.end-before-start")
	}
	return f.Err()
}

// Member is who a derived committee is made of on a day: a person, by the actions that they lead.
type Member struct {
	Person  string
	Actions []string // names, in the order of the register
}

// Members are the members of a derived committee on a day, each once, in the order of the register. A panel has those whose
// actions it bears on; axisOf gives the axis of an objective. Nil is the whole committee.
func Members(leads []Lead, panel *Panel, axisOf func(objective string) string, day calendar.Date) []Member {
	var out []Member
	at := map[string]int{}
	for _, l := range leads {
		if !l.Period.Contains(day) || panel != nil && !panel.bearsOn(l, axisOf) {
			continue
		}
		i, known := at[l.Person]
		if !known {
			i = len(out)
			at[l.Person] = i
			out = append(out, Member{Person: l.Person})
		}
		if !oneOf(l.Action, out[i].Actions) {
			out[i].Actions = append(out[i].Actions, l.Action)
		}
	}
	return out
}

func (p *Panel) bearsOn(l Lead, axisOf func(string) string) bool {
	return oneOf(l.Objective, p.Scope) || oneOf(axisOf(l.Objective), p.Scope) || oneOf(l.Action, p.Actions)
}

// DerivedChairs are the members of a derived committee as a meeting calls them. PartyOf gives the party for whose
// organization somebody works, empty for who works for none.
func DerivedChairs(committee string, members []Member, partyOf func(person string) string) []Chair {
	out := make([]Chair, len(members))
	for i, m := range members {
		out[i] = Chair{Seat: committee + "/" + m.Person, Party: partyOf(m.Person), Holder: m.Person,
			Name: fault.Say("chair.lead", "count", len(m.Actions), "actions", m.Actions)}
	}
	return out
}
