package web

import (
	"entente/internal/authority"
	"entente/internal/plan"
	"entente/internal/store"
	"entente/internal/web/view"
)

// milestoneSheet keeps the steps of actions.
var milestoneSheet = &sheet[plan.Milestone]{
	noun: "milestone", path: "etapes", task: authority.ManagePlan,
	ident: func(m *plan.Milestone) (*string, *int64) { return &m.ID, &m.Version },
	blank: func(v *visit) (plan.Milestone, error) {
		return plan.Milestone{Action: v.URL.Query().Get("action")}, nil
	},
	fields: func(v *visit, m plan.Milestone) ([]view.Field, error) {
		action, err := v.askAction("milestone", m.Action)
		return []view.Field{action, must(v.ask("milestone", "name", view.TextField, m.Name)), v.ask("milestone", "due", view.DateField, m.Due.String()),
			v.ask("milestone", "done", view.DateField, m.Done.String())}, err
	},
	read: func(v *visit, f *form, m *plan.Milestone) {
		m.Action = v.actionChosen(f)
		m.Name, m.Due, m.Done = f.text("name"), f.date("due"), f.date("done")
	},
	back:   func(v *visit, m plan.Milestone) string { return v.path("actions", m.Action) },
	crumbs: func(v *visit, m plan.Milestone) []view.Crumb { return v.underAction(m.Action) },
	load:   (*store.Space).Milestone, create: (*store.Space).CreateMilestone,
	update: (*store.Space).UpdateMilestone, remove: (*store.Space).RemoveMilestone,
}

// askAction asks to which action something belongs.
func (v *visit) askAction(noun, chosen string) (view.Field, error) {
	all, err := v.space.Actions(v.Context())
	options := make([]view.Option, len(all))
	for i, a := range all {
		options[i] = view.Option{Value: a.ID, Label: a.Label()}
	}
	return must(v.choose(noun, "action", chosen, "form.choose", options)), err
}

// actionChosen reads the answer of askAction; one that does not exist is a fault of the field.
func (v *visit) actionChosen(f *form) string {
	id := f.required("action")
	if id != "" {
		if _, err := v.space.Action(v.Context(), id); err != nil {
			f.faults.Add("action", "fault.field.choice")
			return ""
		}
	}
	return id
}

// underAction is the way to what belongs to an action.
func (v *visit) underAction(id string) []view.Crumb {
	if id == "" {
		return v.under("plan")
	}
	return append(v.under("plan"), view.Crumb{Label: v.p.T("action.one"), Href: v.path("actions", id)})
}
