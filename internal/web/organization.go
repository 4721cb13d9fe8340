package web

import (
	"entente/internal/authority"
	"entente/internal/directory"
	"entente/internal/store"
	"entente/internal/web/view"
)

// organizationSheet keeps the organizations of the directory.
var organizationSheet = &sheet[directory.Organization]{
	noun: "organization", path: "annuaire/organismes", task: authority.ManageDirectory,
	ident: func(o *directory.Organization) (*string, *int64) { return &o.ID, &o.Version },
	blank: func(v *visit) (directory.Organization, error) {
		return directory.Organization{Kind: directory.Kind(v.URL.Query().Get("categorie"))}, nil
	},
	fields: func(v *visit, o directory.Organization) ([]view.Field, error) { return v.organizationFields(o), nil },
	read:   readOrganization,
	back:   func(v *visit, o directory.Organization) string { return v.path("annuaire", "organismes", o.ID) },
	crumbs: func(v *visit, o directory.Organization) []view.Crumb {
		return v.directoryCrumbs("organismes", o.ID, o.Name)
	},
	load: (*store.Space).Organization, create: (*store.Space).CreateOrganization,
	update: (*store.Space).UpdateOrganization, remove: (*store.Space).RemoveOrganization,
}

func readOrganization(_ *visit, f *form, o *directory.Organization) {
	o.Kind = directory.Kind(f.text("kind"))
	o.Name, o.Short, o.SIREN = f.text("name"), f.text("short"), f.text("siren")
	o.Address, o.Email, o.Phone, o.Website = f.text("address"), f.text("email"), f.text("phone"), f.text("website")
}

func (v *visit) organizationFields(o directory.Organization) []view.Field {
	const n = "organization"
	siren := v.ask(n, "siren", view.TextField, o.SIREN)
	siren.Short = true
	return []view.Field{
		must(v.ask(n, "name", view.TextField, o.Name)),
		v.ask(n, "short", view.TextField, o.Short),
		must(v.choose(n, "kind", string(o.Kind), "form.choose", v.kindOptions())),
		v.ask(n, "address", view.TextField, o.Address),
		v.ask(n, "email", view.EmailField, o.Email),
		v.ask(n, "phone", view.PhoneField, o.Phone),
		v.ask(n, "website", view.TextField, o.Website),
		siren,
	}
}

func (v *visit) kindOptions() []view.Option {
	var out []view.Option
	for _, k := range directory.Kinds() {
		out = append(out, view.Option{Value: string(k), Label: v.p.T("organization.kind." + string(k))})
	}
	return out
}

// directoryCrumbs is the way to a page of the directory; with a name, to what is under that thing.
func (v *visit) directoryCrumbs(part, id, name string) []view.Crumb {
	out := []view.Crumb{{Label: v.p.T("nav.directory"), Href: v.path("annuaire")}}
	if id != "" && name != "" {
		out = append(out, view.Crumb{Label: name, Href: v.path("annuaire", part, id)})
	}
	return out
}
