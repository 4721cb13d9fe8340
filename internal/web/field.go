package web

import (
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/store"
	"entente/internal/web/view"
)

// ask makes a field of a record of a kind: its label and hint stand in the catalogues under the noun.
func (v *visit) ask(noun, name string, kind view.FieldKind, value string) view.Field {
	f := view.Field{Kind: kind, Name: name, Value: value, Label: v.p.T(noun + ".field." + name)}
	if hint := noun + ".hint." + name; v.p.Has(hint) {
		f.Hint = v.p.T(hint)
	}
	return f
}

// must marks a field that may not stay blank.
func must(f view.Field) view.Field {
	f.Required = true
	return f
}

// askPeriod makes the two fields of a period, the first of which is required.
func (v *visit) askPeriod(noun string, p calendar.Period) []view.Field {
	return []view.Field{
		must(v.ask(noun, "from", view.DateField, p.From.String())),
		v.ask(noun, "to", view.DateField, p.To.String()),
	}
}

// choose makes a field of one choice among options; blank, where it is a word, offers none of them.
func (v *visit) choose(noun, name, value, blank string, options []view.Option) view.Field {
	f := v.ask(noun, name, view.SelectField, value)
	if blank != "" {
		f.Options = append(f.Options, view.Option{Label: v.p.T(blank)})
	}
	f.Options = append(f.Options, options...)
	return f
}

// parties are the parties of the convention as options, those that pass the test.
func partyOptions(c *convention.Convention, keep func(party string) bool) []view.Option {
	var out []view.Option
	for _, p := range c.Parties {
		if keep(p.ID) {
			out = append(out, view.Option{Value: p.ID, Label: p.Short})
		}
	}
	return out
}

// committeeOptions are the committees of the convention as options.
func committeeOptions(c *convention.Convention) []view.Option {
	out := make([]view.Option, 0, len(c.Committees))
	for _, k := range c.Committees {
		out = append(out, view.Option{Value: k.ID, Label: k.Name})
	}
	return out
}

// maxChoices bounds a list of people or organizations in a form; beyond it one starts from the page of the person.
const maxChoices = store.MaxPageSize

// personOptions are the people who may be chosen for a party: those of its own organization first, then the others.
func (v *visit) personOptions(party, chosen string) ([]view.Option, error) {
	ctx := v.Context()
	var out []view.Option
	seen := map[string]bool{}
	add := func(group string, list []directory.Person) {
		for _, p := range list {
			if !seen[p.ID] {
				seen[p.ID] = true
				out = append(out, view.Option{Value: p.ID, Label: p.Name(), Group: group})
			}
		}
	}
	if party != "" {
		parties, err := v.space.Parties(ctx)
		if err != nil {
			return nil, err
		}
		if o, ok := parties[party]; ok {
			own, err := v.space.People(ctx, store.PersonFilter{Organization: o.ID, Paging: store.Paging{Limit: maxChoices}})
			if err != nil {
				return nil, err
			}
			add(o.Name, own.Items)
		}
	}
	if chosen != "" {
		one, err := v.space.PeopleByID(ctx, chosen)
		if err != nil {
			return nil, err
		}
		if p, ok := one[chosen]; ok {
			add(v.p.T("person.group.chosen"), []directory.Person{p})
		}
	}
	rest, err := v.space.People(ctx, store.PersonFilter{Paging: store.Paging{Limit: maxChoices}})
	if err != nil {
		return nil, err
	}
	add(v.p.T("person.group.directory"), rest.Items)
	return out, nil
}
