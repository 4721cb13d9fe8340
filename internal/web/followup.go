package web

import (
	"net/http"
	"slices"

	"entente/internal/authority"
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/web/view"
)

// followUpSheet keeps what is to be done because of decisions; whose it is, or by when, is the work of who records meetings.
var followUpSheet = &sheet[governance.FollowUp]{
	noun: "follow-up", path: "suites", task: authority.RecordMeetings,
	ident: func(u *governance.FollowUp) (*string, *int64) { return &u.ID, &u.Version },
	blank: func(*visit) (governance.FollowUp, error) {
		return governance.FollowUp{State: governance.ToDo}, nil
	},
	fields: (*visit).followUpFields,
	read: func(v *visit, f *form, u *governance.FollowUp) {
		if f.values.Has("decision") {
			v.readDecision(f, u)
		}
		u.Text, u.Person, u.Due = f.prose("text"), f.text("person"), f.date("due")
		u.State, u.Word = governance.FollowUpState(f.text("state")), f.prose("word")
		if u.State == governance.Done && u.DoneOn.IsZero() {
			u.DoneOn = v.today
		}
		if u.State != governance.Done {
			u.DoneOn = calendar.Date{}
		}
	},
	back: func(v *visit, u governance.FollowUp) string { return v.path("suites", u.ID) },
	crumbs: func(v *visit, u governance.FollowUp) []view.Crumb {
		out := []view.Crumb{{Label: v.p.T("follow-up.list"), Href: v.path("suites")}}
		if u.ID != "" {
			out = append(out, view.Crumb{Label: v.p.T("follow-up.one"), Href: v.path("suites", u.ID)})
		}
		return out
	},
	load: (*store.Space).FollowUp, create: (*store.Space).CreateFollowUp,
	update: (*store.Space).UpdateFollowUp, remove: (*store.Space).RemoveFollowUp,
}

// readDecision finds the decision that asks for a new follow-up by how it is cited.
func (v *visit) readDecision(f *form, u *governance.FollowUp) {
	year, number, ok := governance.ParseReference(f.required("decision"))
	if !ok {
		if f.values.Get("decision") != "" {
			f.faults.Add("decision", "follow-up.no-such-decision")
		}
		return
	}
	d, err := v.space.Decision(v.Context(), year, number)
	if err != nil {
		f.faults.Add("decision", "follow-up.no-such-decision")
		return
	}
	u.Decision, u.Meeting, u.Item = d.ID, d.Meeting, d.Item
}

func (v *visit) followUpFields(u governance.FollowUp) ([]view.Field, error) {
	const n = "follow-up"
	people, err := v.personOptions("", u.Person)
	if err != nil {
		return nil, err
	}
	text, word := v.ask(n, "text", view.TextAreaField, u.Text), v.ask(n, "word", view.TextAreaField, u.Word)
	text.Rows, word.Rows = 3, 3
	state := v.ask(n, "state", view.RadioField, string(u.State))
	for _, x := range []governance.FollowUpState{governance.ToDo, governance.Done, governance.Dropped} {
		state.Options = append(state.Options, view.Option{Value: string(x), Label: v.p.T("follow-up.state." + string(x))})
	}
	var fields []view.Field
	if u.ID == "" {
		fields = append(fields, must(v.ask(n, "decision", view.TextField, v.URL.Query().Get("decision"))))
	}
	return append(fields, must(text), v.choose(n, "person", u.Person, "follow-up.nobody", people), v.ask(n, "due", view.DateField, u.Due.String()), must(state), word), nil
}

// views of the list of follow-ups, as they stand in the address.
const (
	followMine = "miennes"
	followLate = "retard"
	followAll  = "toutes"
)

// followUps is the list of what is to be done: the visitor's own, a committee's, the late ones, or all.
func (s *Server) followUps(w http.ResponseWriter, v *visit) error {
	text, err := v.text()
	if err != nil {
		return err
	}
	d, filter, err := v.followUpQuery(text.Text)
	if err != nil {
		return err
	}
	found, err := v.space.FollowUps(v.Context(), filter)
	if err != nil {
		return err
	}
	if d.Rows, err = v.followUpRows(found.Items); err != nil {
		return err
	}
	d.Total, d.Paging = found.Total, v.paging(found.Previous, found.Next)
	page := v.page(v.p.T("follow-up.list"), view.Crumb{Label: v.p.T("nav.decisions"), Href: v.path("decisions")})
	page.Wide = true
	return s.show(w, v, view.FollowUpsPage(page, d))
}

// followUpQuery is what the address asks the list of follow-ups for.
func (v *visit) followUpQuery(text *convention.Convention) (view.FollowUpsData, store.FollowUpFilter, error) {
	f := &form{values: v.URL.Query()}
	d := view.FollowUpsData{Text: text, Root: v.path(), Today: v.today, View: f.text("vue"), Committee: f.text("comite"), State: f.text("etat"), Mine: v.standing.Person != ""}
	if d.View != followMine && d.View != followLate && d.View != followAll {
		d.View = followAll
		if d.Mine {
			d.View = followMine
		}
	}
	viewer, err := v.viewer(text)
	filter := store.FollowUpFilter{Viewer: &viewer, Committee: d.Committee, State: governance.FollowUpState(d.State),
		Paging: store.Paging{After: f.text("apres"), Before: f.text("avant")}}
	switch {
	case d.View == followMine && d.Mine:
		filter.Person = v.standing.Person
	case d.View == followLate:
		filter.LateOn, filter.State, d.State = v.today, "", ""
	}
	return d, filter, err
}

// followUpRows adds to follow-ups who does them and what asked for them, in at most three queries.
func (v *visit) followUpRows(list []governance.FollowUp) ([]view.FollowUpRow, error) {
	var persons, decisions, meetings []string
	for _, u := range list {
		persons, decisions, meetings = appendNew(persons, u.Person), appendNew(decisions, u.Decision), appendNew(meetings, u.Meeting)
	}
	ctx := v.Context()
	people, err := v.space.PeopleByID(ctx, persons...)
	if err != nil {
		return nil, err
	}
	by, err := v.space.DecisionsByID(ctx, decisions...)
	if err != nil {
		return nil, err
	}
	at, err := v.space.MeetingsByID(ctx, meetings...)
	if err != nil {
		return nil, err
	}
	out := make([]view.FollowUpRow, len(list))
	for i, u := range list {
		out[i] = view.FollowUpRow{FollowUp: u, Name: people[u.Person].Name(), Meeting: at[u.Meeting], Keeps: v.offers(authority.RecordMeetings), Own: u.Person != "" && u.Person == v.standing.Person}
		if d, known := by[u.Decision]; known {
			out[i].Decision = d.Reference()
		}
	}
	return out, nil
}

func appendNew(list []string, x string) []string {
	if x == "" || slices.Contains(list, x) {
		return list
	}
	return append(list, x)
}

// shownFollowUp reads the follow-up in the address; one that is not for the visitor is not there.
func (v *visit) shownFollowUp() (governance.FollowUp, error) {
	text, err := v.text()
	if err != nil {
		return governance.FollowUp{}, err
	}
	viewer, err := v.viewer(text.Text)
	if err != nil {
		return governance.FollowUp{}, err
	}
	found, err := v.space.FollowUps(v.Context(), store.FollowUpFilter{Viewer: &viewer, ID: v.PathValue("id")})
	if err == nil && len(found.Items) == 0 {
		err = fault.New(fault.NotFound, "fault.not-found")
	}
	if err != nil {
		return governance.FollowUp{}, err
	}
	return found.Items[0], nil
}

// followUp is the page of one follow-up, where who does it says that it is done.
func (s *Server) followUp(w http.ResponseWriter, v *visit) error {
	u, err := v.shownFollowUp()
	if err != nil {
		return err
	}
	return s.showFollowUp(w, v, http.StatusOK, u, nil, nil)
}

func (s *Server) showFollowUp(w http.ResponseWriter, v *visit, status int, u governance.FollowUp, f *form, refusal error) error {
	rows, err := v.followUpRows([]governance.FollowUp{u})
	if err != nil {
		return err
	}
	d := view.FollowUpData{Row: rows[0], Root: v.path(), Today: v.today}
	if text, err := v.text(); err == nil {
		d.Text = text.Text
	}
	if u.State == governance.ToDo && (d.Row.Own || d.Row.Keeps) {
		word := v.ask("follow-up", "word", view.TextAreaField, "")
		word.Rows = 3
		d.Done = &view.Form{ID: "done", Action: v.path("suites", u.ID), Version: u.Version, Submit: v.p.T("follow-up.mark-done"), Fields: typed([]view.Field{must(word)}, f)}
		d.Done.Faults, d.Done.Message = explained(refusal)
	} else {
		d.Refused = (&refusedMinutes{err: refusal}).left()
	}
	page := v.page(v.p.T("follow-up.one"), view.Crumb{Label: v.p.T("nav.decisions"), Href: v.path("decisions")}, view.Crumb{Label: v.p.T("follow-up.list"), Href: v.path("suites")})
	page.Path = v.path("suites", u.ID)
	s.render(w, v, status, view.FollowUpPage(page, d))
	return nil
}

// doFollowUp keeps that a follow-up is done, with a word: by who does it, or by who records meetings.
func (s *Server) doFollowUp(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	u, err := v.shownFollowUp()
	if err != nil {
		return err
	}
	word := f.prose("word")
	own := u.Person != "" && u.Person == v.standing.Person
	switch {
	case word == "":
		f.faults.Add("word", "fault.follow-up.word")
		err = f.err()
	case !own && !v.offers(authority.RecordMeetings):
		err = fault.New(fault.Forbidden, "follow-up.not-yours")
	default:
		_, err = v.space.UpdateFollowUp(v.Context(), v.actor("", ""), u.ID, f.version(), func(u *governance.FollowUp) error {
			if u.State != governance.ToDo {
				return fault.New(fault.Invalid, "follow-up.ended")
			}
			u.State, u.Word, u.DoneOn = governance.Done, word, v.today
			return nil
		})
	}
	if current, conflict := store.Current[governance.FollowUp](err); conflict {
		return s.showFollowUp(w, v, http.StatusConflict, current, f, fault.New(fault.Conflict, "follow-up.conflict"))
	}
	if fault.Is(err, fault.Invalid) {
		return s.showFollowUp(w, v, http.StatusUnprocessableEntity, u, f, err)
	}
	if err != nil {
		return err
	}
	return s.redirect(w, v, v.path("suites", u.ID), fault.Say("follow-up.done"))
}

// homeFollowUps is how many of the visitor's own follow-ups the home page shows.
const homeFollowUps = 5

// ownTodos are what the visitor has to do because of decisions, soonest first, and how many more there are.
func (v *visit) ownTodos() (todos []view.Todo, more int, err error) {
	if v.standing.Person == "" {
		return nil, 0, nil
	}
	found, err := v.space.FollowUps(v.Context(), store.FollowUpFilter{Person: v.standing.Person, State: governance.ToDo, Paging: store.Paging{Limit: homeFollowUps}})
	for _, u := range found.Items {
		todos = append(todos, view.Todo{Title: u.Text, Href: v.path("suites", u.ID), By: u.Due, Late: u.Late(v.today)})
	}
	return todos, found.Total - len(todos), err
}
