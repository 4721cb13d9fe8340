package web

import (
	"context"
	"net/http"

	"entente/internal/authority"
	"entente/internal/fault"
	"entente/internal/store"
	"entente/internal/web/view"
)

// sheet is a kind of record that people keep by form: how one is shown as fields, read back, kept and taken away. Adding,
// changing and removing, refusal and conflict are the same for all, and stand here once.
type sheet[T any] struct {
	noun string         // stem of its sentences: "meeting.add", "meeting.change", "meeting.saved"…
	path string         // of its pages in the space: "reunions"
	task authority.Task // whose work it is

	ident   func(*T) (id *string, version *int64)
	party   func(v *visit, x T) (string, error) // party that the task bears on; nil: none
	article func(v *visit, x T) string          // clause under which it is kept; nil: none
	blank   func(v *visit) (T, error)           // a new one, filled from the address where that says more
	fields  func(v *visit, x T) ([]view.Field, error)
	read    func(v *visit, f *form, x *T)
	back    func(v *visit, x T) string // page that shows it
	crumbs  func(v *visit, x T) []view.Crumb

	load   func(sp *store.Space, ctx context.Context, id string) (T, error)
	create func(sp *store.Space, ctx context.Context, by store.Actor, x T) (T, error)
	update func(sp *store.Space, ctx context.Context, by store.Actor, id string, version int64, fn func(*T) error) (T, error)
	remove func(sp *store.Space, ctx context.Context, by store.Actor, id string, version int64) error
}

// sheetRoutes is a sheet of any kind, as the table of routes sees it.
type sheetRoutes interface {
	routes(s *Server) []route
	words() []string
}

// routes are the five addresses of a sheet.
func (sh *sheet[T]) routes(s *Server) []route {
	root := "/espaces/{space}/" + sh.path
	with := func(h func(*Server, http.ResponseWriter, *visit) error) handler {
		return func(w http.ResponseWriter, v *visit) error { return h(s, w, v) }
	}
	return []route{
		{"GET", root + "/ajouter", sh.task, with(sh.addForm)},
		{"POST", root + "/ajouter", sh.task, with(sh.add)},
		{"GET", root + "/{id}/modifier", sh.task, with(sh.changeForm)},
		{"POST", root + "/{id}/modifier", sh.task, with(sh.change)},
		{"POST", root + "/{id}/retirer", sh.task, with(sh.takeAway)},
	}
}

// words are the keys that the catalogues must have for a sheet; a test holds them.
func (sh *sheet[T]) words() []string {
	out := []string{}
	for _, w := range []string{"add", "change", "save", "create", "remove", "remove-confirm", "created", "saved", "removed"} {
		out = append(out, sh.noun+"."+w)
	}
	return out
}

// may refuses the task for the party that the record bears on.
func (sh *sheet[T]) may(v *visit, x T) error {
	if sh.party == nil {
		return v.may(sh.task, "")
	}
	party, err := sh.party(v, x)
	if err != nil {
		return err
	}
	return v.may(sh.task, party)
}

func (sh *sheet[T]) actor(v *visit, x T) store.Actor {
	party, article := "", ""
	if sh.party != nil {
		party, _ = sh.party(v, x)
	}
	if v.standing.Administrator || party != "" && !v.standing.Coordinator(party) {
		party = ""
	}
	if sh.article != nil {
		article = sh.article(v, x)
	}
	return v.actor(party, article)
}

func (sh *sheet[T]) addForm(s *Server, w http.ResponseWriter, v *visit) error {
	x, err := sh.blank(v)
	if err != nil {
		return err
	}
	return sh.showForm(s, w, v, http.StatusOK, x, nil, nil)
}

func (sh *sheet[T]) add(s *Server, w http.ResponseWriter, v *visit) error {
	x, err := sh.blank(v)
	if err != nil {
		return err
	}
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	sh.read(v, f, &x)
	if err = f.err(); err == nil {
		err = sh.may(v, x)
	}
	if err == nil {
		x, err = sh.create(v.space, v.Context(), sh.actor(v, x), x)
	}
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Forbidden) {
		return sh.showForm(s, w, v, statuses[fault.KindOf(err)], x, f, err)
	}
	if err != nil {
		return err
	}
	return s.redirect(w, v, sh.back(v, x), fault.Say(sh.noun+".created"))
}

func (sh *sheet[T]) changeForm(s *Server, w http.ResponseWriter, v *visit) error {
	x, err := sh.load(v.space, v.Context(), v.PathValue("id"))
	if err == nil {
		err = sh.may(v, x)
	}
	if err != nil {
		return err
	}
	return sh.showForm(s, w, v, http.StatusOK, x, nil, nil)
}

func (sh *sheet[T]) change(s *Server, w http.ResponseWriter, v *visit) error {
	stored, err := sh.load(v.space, v.Context(), v.PathValue("id"))
	if err == nil {
		err = sh.may(v, stored)
	}
	if err != nil {
		return err
	}
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	x := stored
	sh.read(v, f, &x)
	if err = f.err(); err == nil {
		err = sh.may(v, x)
	}
	if err == nil {
		x, err = sh.update(v.space, v.Context(), sh.actor(v, x), v.PathValue("id"), f.version(), func(y *T) error {
			sh.read(v, &form{values: f.values}, y)
			return nil
		})
	}
	switch current, conflict := store.Current[T](err); {
	case conflict:
		return sh.showConflict(s, w, v, current, x, f)
	case fault.Is(err, fault.Invalid) || fault.Is(err, fault.Forbidden):
		return sh.showForm(s, w, v, statuses[fault.KindOf(err)], x, f, err)
	case err != nil:
		return err
	}
	return s.redirect(w, v, sh.back(v, x), fault.Say(sh.noun+".saved"))
}

func (sh *sheet[T]) takeAway(s *Server, w http.ResponseWriter, v *visit) error {
	x, err := sh.load(v.space, v.Context(), v.PathValue("id"))
	if err == nil {
		err = sh.may(v, x)
	}
	if err != nil {
		return err
	}
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	err = sh.remove(v.space, v.Context(), sh.actor(v, x), v.PathValue("id"), f.version())
	switch current, conflict := store.Current[T](err); {
	case conflict:
		return sh.showForm(s, w, v, http.StatusConflict, current, nil, err)
	case fault.Is(err, fault.Invalid):
		return sh.showForm(s, w, v, http.StatusUnprocessableEntity, x, nil, err)
	case err != nil:
		return err
	}
	return s.redirect(w, v, sh.list(v, x), fault.Say(sh.noun+".removed"))
}

// list is the page that remains once the record is gone: the last step of the way to it.
func (sh *sheet[T]) list(v *visit, x T) string {
	crumbs := sh.crumbs(v, x)
	for i := len(crumbs) - 1; i >= 0; i-- {
		if id, _ := sh.ident(&x); *id == "" || crumbs[i].Href != v.path(sh.path, *id) {
			return crumbs[i].Href
		}
	}
	return v.path()
}

// showForm shows the record as a form: as it stands, or as it was typed (f) with what is wrong (refusal).
func (sh *sheet[T]) showForm(s *Server, w http.ResponseWriter, v *visit, status int, x T, f *form, refusal error) error {
	d, err := sh.formData(v, x, f, refusal)
	if err != nil {
		return err
	}
	s.render(w, v, status, view.SheetPage(v.page(d.Title, sh.crumbs(v, x)...), d))
	return nil
}

func (sh *sheet[T]) formData(v *visit, x T, f *form, refusal error) (view.SheetData, error) {
	fields, err := sh.fields(v, x)
	if err != nil {
		return view.SheetData{}, err
	}
	id, version := sh.ident(&x)
	d := view.SheetData{Form: view.Form{Fields: typed(fields, f), Version: *version, Cancel: sh.list(v, x)}}
	if *id == "" || *version == 0 || v.PathValue("id") == "" {
		d.Title = v.p.T(sh.noun + ".add")
		d.Form.Action, d.Form.Submit, d.Form.Version = v.path(sh.path, "ajouter"), v.p.T(sh.noun+".create"), 0
	} else {
		d.Title = v.p.T(sh.noun + ".change")
		d.Form.Action, d.Form.Submit = v.path(sh.path, *id, "modifier"), v.p.T(sh.noun+".save")
		d.Form.Cancel = sh.back(v, x)
		d.Remove = &view.Form{ID: "remove", Action: v.path(sh.path, *id, "retirer"), Version: *version, Danger: true,
			Submit: v.p.T(sh.noun + ".remove"), Confirm: v.p.T(sh.noun + ".remove-confirm")}
	}
	if f != nil && f.version() != 0 {
		d.Form.Version = f.version()
	}
	d.Form.Faults, d.Form.Message = explained(refusal)
	return d, nil
}

// typed puts what was typed into the fields in place of what is stored.
func typed(fields []view.Field, f *form) []view.Field {
	if f == nil {
		return fields
	}
	for i := range fields {
		fields[i].Value = f.values.Get(fields[i].Name)
		fields[i].Checked = fields[i].Value != ""
	}
	return fields
}

// showConflict shows what was typed beside what somebody else kept meanwhile; keeping one's own text is one more click.
func (sh *sheet[T]) showConflict(s *Server, w http.ResponseWriter, v *visit, theirs, mine T, f *form) error {
	_, now := sh.ident(&theirs)
	_, version := sh.ident(&mine)
	*version = *now
	d, err := sh.formData(v, mine, f, nil)
	if err != nil {
		return err
	}
	d.Form.Version = *now
	before, err := sh.fields(v, theirs)
	if err != nil {
		return err
	}
	id, _ := sh.ident(&theirs)
	d.Both = &view.BothTexts{}
	changes, err := v.space.JournalEntries(v.Context(), store.JournalFilter{Subject: sh.noun, Key: *id, Limit: 1})
	if err != nil {
		return err
	}
	for _, last := range changes {
		d.Both.Who, d.Both.When = last.Name, v.p.Instant(last.At)
	}
	for i, x := range d.Form.Fields {
		d.Both.Fields = append(d.Both.Fields, view.TwoTexts{Label: x.Label, Mine: x.Shown(v.p), Theirs: before[i].Shown(v.p)})
	}
	s.render(w, v, http.StatusConflict, view.SheetPage(v.page(d.Title, sh.crumbs(v, theirs)...), d))
	return nil
}
