package web

import (
	"net/http"
	"strconv"

	"entente/internal/authority"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/web/view"
)

// customs shows what the space is used to for a committee, as a form for who keeps its meetings.
func (s *Server) customs(w http.ResponseWriter, v *visit) error {
	k, err := v.committeeAsked()
	if err != nil {
		return err
	}
	c, err := v.space.Custom(v.Context(), k.ID)
	if err != nil {
		return err
	}
	return s.showCustom(w, v, http.StatusOK, k, c, nil, nil)
}

// committeeAsked is the committee that the address names, in the version whose rules apply today.
func (v *visit) committeeAsked() (*convention.Committee, error) {
	text, err := v.text()
	if err != nil {
		return nil, err
	}
	k := text.Text.Committee(v.PathValue("committee"))
	if k == nil {
		return nil, fault.New(fault.NotFound, "fault.not-found")
	}
	return k, nil
}

// showCustom shows a custom: as it stands, or as it was typed (f) with what is wrong (refusal).
func (s *Server) showCustom(w http.ResponseWriter, v *visit, status int, k *convention.Committee, c governance.Custom, f *form, refusal error) error {
	d, err := v.customData(k, c)
	if err != nil {
		return err
	}
	if d.Form != nil && f != nil {
		d.Form.Fields = typed(d.Form.Fields, f)
		d.Form.Version = f.version()
		d.Form.Faults, d.Form.Message = explained(refusal)
	}
	s.render(w, v, status, view.CustomPage(v.customPage(k), d))
	return nil
}

func (v *visit) customPage(k *convention.Committee) view.Page {
	return v.page(v.p.T("custom.title"), view.Crumb{Label: v.p.T("nav.committees"), Href: v.path("comites")},
		view.Crumb{Label: k.Name, Href: v.path("comites", k.ID)})
}

func (v *visit) customData(k *convention.Committee, c governance.Custom) (view.CustomData, error) {
	text, err := v.text()
	if err != nil {
		return view.CustomData{}, err
	}
	d := view.CustomData{Text: text.Text, Committee: k, Root: v.path(), Custom: c}
	if v.offers(authority.RecordMeetings) {
		d.Form = &view.Form{Action: view.CustomHref(v.path(), k.ID), Fields: v.customFields(c), Version: c.Version, Submit: v.p.T("custom.save"),
			Cancel: v.path("comites", k.ID)}
	}
	return d, nil
}

func (v *visit) customFields(c governance.Custom) []view.Field {
	var out []view.Field
	for _, x := range []struct {
		name string
		n    int
	}{{"convocation", c.ConvocationDays}, {"documents", c.DocumentDays}, {"comments", c.CommentDays}, {"silence", c.SilenceDays}, {"answer", c.AnswerDays}} {
		out = append(out, must(v.ask("custom", x.name, view.NumberField, strconv.Itoa(x.n))))
	}
	return append(out, v.ask("custom", "time", view.TimeField, c.Time), v.ask("custom", "minutes", view.NumberField, numeral(c.Minutes)),
		v.ask("custom", "place", view.TextField, c.Place), v.ask("custom", "august", view.CheckboxField, map[bool]string{true: "1"}[c.SkipAugust]))
}

// keepCustom sets the custom of the space for a committee.
func (s *Server) keepCustom(w http.ResponseWriter, v *visit) error {
	k, err := v.committeeAsked()
	if err != nil {
		return err
	}
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	c := readCustom(f, k.ID)
	if err = f.err(); err == nil {
		_, err = v.space.KeepCustom(v.Context(), v.actor("", k.Place.Ref), c)
	}
	switch current, conflict := store.Current[governance.Custom](err); {
	case conflict:
		return s.showCustomConflict(w, v, k, current, c, f)
	case fault.Is(err, fault.Invalid):
		return s.showCustom(w, v, http.StatusUnprocessableEntity, k, c, f, err)
	case err != nil:
		return err
	}
	return s.redirect(w, v, v.path("comites", k.ID), fault.Say("custom.saved"))
}

func readCustom(f *form, committee string) governance.Custom {
	days := func(name string) int {
		f.required(name)
		return f.number(name)
	}
	return governance.Custom{Committee: committee, Version: f.version(), ConvocationDays: days("convocation"), DocumentDays: days("documents"),
		CommentDays: days("comments"), SilenceDays: days("silence"), AnswerDays: days("answer"), Time: f.text("time"), Minutes: f.number("minutes"),
		Place: f.text("place"), SkipAugust: f.text("august") != ""}
}

// showCustomConflict shows what was typed beside what somebody else kept meanwhile.
func (s *Server) showCustomConflict(w http.ResponseWriter, v *visit, k *convention.Committee, theirs, mine governance.Custom, f *form) error {
	d, err := v.customData(k, mine)
	if err != nil {
		return err
	}
	d.Form.Fields, d.Form.Version = typed(d.Form.Fields, f), theirs.Version
	last, err := v.space.JournalEntries(v.Context(), store.JournalFilter{Subject: "custom", Key: theirs.ID, Limit: 1})
	if err != nil {
		return err
	}
	d.Both = &view.BothTexts{}
	for _, e := range last {
		d.Both.Who, d.Both.When = e.Name, v.p.Instant(e.At)
	}
	for i, x := range v.customFields(theirs) {
		d.Both.Fields = append(d.Both.Fields, view.TwoTexts{Label: x.Label, Mine: d.Form.Fields[i].Shown(v.p), Theirs: x.Shown(v.p)})
	}
	s.render(w, v, http.StatusConflict, view.CustomPage(v.customPage(k), d))
	return nil
}
