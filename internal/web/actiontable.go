package web

import (
	"strings"

	"entente/internal/document"
)

// actionRows is the plan as a table, by reference. Ideas are for who keeps the plan and who leads them.
func (v *visit) actionRows() (document.Sheet, error) {
	out := document.Sheet{Columns: v.titled("journal.field.reference", "action.table.axis", "action.field.objective", "action.field.title", "action.field.state", "action.since=date", "action.field.from=date",
		"action.field.to=date", "action.field.audience", "action.field.communes", "action.field.partners", "action.field.finding", "action.field.description")}
	text, err := v.text()
	if err != nil {
		return out, err
	}
	axes, objectives := map[string]string{}, map[string]string{}
	for _, x := range text.Text.Axes {
		axes[x.ID] = x.Name
		for _, o := range x.Objectives {
			axes[o.ID], objectives[o.ID] = x.Name, o.Name
		}
	}
	all, err := v.space.Actions(v.Context())
	if err != nil {
		return out, err
	}
	leads, err := v.space.Leads(v.Context())
	if err != nil {
		return out, err
	}
	for _, a := range all[:min(len(all), maxRows)] {
		if !v.maySeeAction(a, leads) {
			continue
		}
		partners := make([]string, len(a.Partners))
		for i, p := range a.Partners {
			partners[i] = p.Name
		}
		out.Rows = append(out.Rows, row(a.Reference, axes[a.Objective], objectives[a.Objective], a.Title, v.p.T("action.state."+string(a.State)), a.Since, a.Period.From,
			a.Period.To, a.Audience, strings.Join(a.Communes, "; "), strings.Join(partners, "; "), a.Finding, a.Description))
	}
	return out, nil
}
