package web

import (
	"entente/internal/authority"
	"entente/internal/plan"
	"entente/internal/store"
	"entente/internal/web/view"
)

// noteSheet keeps the notes on the progress of actions.
var noteSheet = &sheet[plan.Note]{
	noun: "note", path: "avancement", task: authority.ManagePlan,
	ident: func(n *plan.Note) (*string, *int64) { return &n.ID, &n.Version },
	blank: func(v *visit) (plan.Note, error) {
		return plan.Note{Action: v.URL.Query().Get("action"), Day: v.today, Person: v.standing.Person}, nil
	},
	fields: func(v *visit, n plan.Note) ([]view.Field, error) {
		var weathers []view.Option
		for _, x := range plan.Weathers() {
			weathers = append(weathers, view.Option{Value: string(x), Label: v.p.T("note.weather." + string(x))})
		}
		action, err := v.askAction("note", n.Action)
		return []view.Field{action, must(v.ask("note", "day", view.DateField, n.Day.String())),
			v.choose("note", "weather", string(n.Weather), "note.weather.unsaid", weathers), v.ask("note", "did", view.TextAreaField, n.Did),
			v.ask("note", "blocks", view.TextAreaField, n.Blocks), v.ask("note", "next", view.TextAreaField, n.Next)}, err
	},
	read: func(v *visit, f *form, n *plan.Note) {
		n.Action = v.actionChosen(f)
		n.Day, n.Weather = f.date("day"), plan.Weather(f.text("weather"))
		n.Did, n.Blocks, n.Next = f.prose("did"), f.prose("blocks"), f.prose("next")
	},
	back:   func(v *visit, n plan.Note) string { return v.path("actions", n.Action) },
	crumbs: func(v *visit, n plan.Note) []view.Crumb { return v.underAction(n.Action) },
	load:   (*store.Space).Note, create: (*store.Space).CreateNote,
	update: (*store.Space).UpdateNote, remove: (*store.Space).RemoveNote,
}
