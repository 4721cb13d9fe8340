package web

import (
	"net/http"
	"slices"

	"entente/internal/calendar"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/web/view"
)

// keepsMinutes is who acts on the minutes of a meeting, under the clause of its committee.
func (v *visit) keepsMinutes(d minutesDesk) store.Actor {
	return v.actor("", d.assembly.Committee.Place.Ref)
}

// toMinutes leads back to the page, with a word.
func (s *Server) toMinutes(w http.ResponseWriter, v *visit, notice string) error {
	return s.redirect(w, v, view.MeetingHref(v.path(), v.PathValue("id"), "compte-rendu"), fault.Say(notice))
}

// refusesMinutes shows the page again with the form that was refused, or what somebody else made of the minutes meanwhile.
func (s *Server) refusesMinutes(w http.ResponseWriter, v *visit, formID string, f *form, err error) error {
	kind := fault.KindOf(err)
	if kind != fault.Invalid && kind != fault.Conflict && kind != fault.Forbidden {
		return err
	}
	if kind == fault.Conflict {
		err = fault.New(fault.Conflict, "minutes.conflict")
	}
	d, readErr := v.minutesDesk()
	if readErr != nil {
		return readErr
	}
	return s.showMinutes(w, v, statuses[kind], d, &refusedMinutes{form: formID, typed: f, err: err})
}

// composeMinutes begins the minutes from what was recorded, or puts that in the place of the text, once asked for expressly.
func (s *Server) composeMinutes(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	d, err := v.minutesDesk()
	if err != nil {
		return err
	}
	if d.assembly.Meeting.State != governance.Held {
		return s.refusesMinutes(w, v, "compose", f, fault.New(fault.Invalid, "minutes.not-held"))
	}
	text, _, err := v.composed(d)
	if err != nil {
		return err
	}
	switch {
	case d.kept == nil:
		_, err = v.space.CreateMinutes(v.Context(), v.keepsMinutes(d), governance.Minutes{ID: d.assembly.Meeting.ID, State: governance.MinutesDraft,
			Body: text, Audience: governance.ForCommittee})
	case !f.checked("replace"):
		return s.showRecompose(w, v, http.StatusUnprocessableEntity, d, f, fault.New(fault.Invalid, "minutes.recompose-confirm"))
	default:
		_, err = v.space.UpdateMinutes(v.Context(), v.keepsMinutes(d), d.kept.ID, f.version(), func(m *governance.Minutes) error {
			m.Body = text
			return nil
		})
	}
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		if d.kept == nil {
			return s.refusesMinutes(w, v, "compose", f, err)
		}
		if d, err2 := v.minutesDesk(); err2 == nil {
			return s.showRecompose(w, v, statuses[fault.KindOf(err)], d, nil, err)
		}
	}
	if err != nil {
		return err
	}
	return s.toMinutes(w, v, "minutes.composed")
}

// recomposeForm shows what would be composed now beside the text that is kept.
func (s *Server) recomposeForm(w http.ResponseWriter, v *visit) error {
	d, err := v.minutesDesk()
	if err != nil {
		return err
	}
	if d.kept == nil {
		return s.showMinutes(w, v, http.StatusOK, d, &refusedMinutes{})
	}
	return s.showRecompose(w, v, http.StatusOK, d, nil, nil)
}

func (s *Server) showRecompose(w http.ResponseWriter, v *visit, status int, d minutesDesk, f *form, refusal error) error {
	text, left, err := v.composed(d)
	if err != nil {
		return err
	}
	id := d.kept.ID
	replace := must(v.ask("minutes", "replace", view.CheckboxField, "1"))
	data := view.RecomposeData{Head: v.minutesHead(d), Now: d.kept.Body, Then: text, Left: left,
		Form: view.Form{Action: v.minutesPath(id, "composer"), Version: d.kept.Version, Submit: v.p.T("minutes.recompose-submit"), Danger: true,
			Fields: typed([]view.Field{replace}, f), Cancel: view.MeetingHref(v.path(), id, "compte-rendu")}}
	data.Form.Faults, data.Form.Message = explained(refusal)
	page := v.page(v.p.T("minutes.recompose"), v.underMinutes(d)...)
	page.Wide = true
	s.render(w, v, status, view.RecomposePage(page, data))
	return nil
}

func (v *visit) underMinutes(d minutesDesk) []view.Crumb {
	return append(v.underMeeting(&d.assembly), view.Crumb{Label: v.p.T("meeting.tab.compte-rendu"), Href: view.MeetingHref(v.path(), d.assembly.Meeting.ID, "compte-rendu")})
}

// minutesForm is where the text of the minutes is written.
func (s *Server) minutesForm(w http.ResponseWriter, v *visit) error {
	d, err := v.minutesDesk()
	if err != nil {
		return err
	}
	if d.kept == nil || !d.kept.State.Editable() {
		return s.showMinutes(w, v, http.StatusOK, d, &refusedMinutes{})
	}
	return s.showMinutesForm(w, v, http.StatusOK, d, view.MinutesFormData{Form: view.Form{Version: d.kept.Version}}, d.kept.Body)
}

func (s *Server) showMinutesForm(w http.ResponseWriter, v *visit, status int, d minutesDesk, data view.MinutesFormData, body string) error {
	text := v.ask("minutes", "body", view.TextAreaField, body)
	text.Rows, text.Code = 30, true
	data.Head = v.minutesHead(d)
	data.Form.Action, data.Form.Submit = v.minutesPath(d.kept.ID, "modifier"), v.p.T("minutes.keep")
	data.Form.Fields, data.Form.Cancel = []view.Field{must(text)}, view.MeetingHref(v.path(), d.kept.ID, "compte-rendu")
	page := v.page(v.p.T("minutes.edit"), v.underMinutes(d)...)
	page.Wide = true
	s.render(w, v, status, view.MinutesFormPage(page, data))
	return nil
}

// changeMinutes keeps the text as it was edited, or shows how it would look.
func (s *Server) changeMinutes(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	d, err := v.minutesDesk()
	if err != nil {
		return err
	}
	body := f.prose("body")
	if d.kept == nil {
		return s.refusesMinutes(w, v, "compose", f, fault.New(fault.Invalid, "fault.minutes.empty"))
	}
	form := view.Form{Version: f.version()}
	if f.checked("preview") {
		return s.showMinutesForm(w, v, http.StatusOK, d, view.MinutesFormData{Form: form, Preview: body}, body)
	}
	if body == "" {
		f.faults.Add("body", "fault.field.required")
	}
	if err = f.err(); err == nil {
		_, err = v.space.UpdateMinutes(v.Context(), v.keepsMinutes(d), d.kept.ID, f.version(), func(m *governance.Minutes) error {
			m.Body = body
			return nil
		})
	}
	if current, conflict := store.Current[governance.Minutes](err); conflict {
		return s.showMinutesConflict(w, v, d, current, body)
	}
	if fault.Is(err, fault.Invalid) {
		form.Faults, form.Message = explained(err)
		return s.showMinutesForm(w, v, http.StatusUnprocessableEntity, d, view.MinutesFormData{Form: form}, body)
	}
	if err != nil {
		return err
	}
	return s.toMinutes(w, v, "minutes.kept")
}

// showMinutesConflict shows what was typed beside what somebody else kept meanwhile; keeping one's own is one more click.
func (s *Server) showMinutesConflict(w http.ResponseWriter, v *visit, d minutesDesk, theirs governance.Minutes, mine string) error {
	both := &view.BothTexts{Fields: []view.TwoTexts{{Label: v.p.T("minutes.field.body"), Mine: mine, Theirs: theirs.Body}}}
	changes, err := v.space.JournalEntries(v.Context(), store.JournalFilter{Subject: "minutes", Key: theirs.ID, Limit: 1})
	if err != nil {
		return err
	}
	for _, last := range changes {
		both.Who, both.When = last.Name, v.p.Instant(last.At)
	}
	return s.showMinutesForm(w, v, http.StatusConflict, d, view.MinutesFormData{Form: view.Form{Version: theirs.Version}, Both: both}, mine)
}

// moveMinutes brings the minutes to another state.
func (s *Server) moveMinutes(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	d, err := v.minutesDesk()
	if err != nil {
		return err
	}
	to := governance.MinutesState(f.required("to"))
	if err = f.err(); err == nil && d.kept == nil {
		err = fault.New(fault.Invalid, "fault.minutes.empty")
	}
	if err == nil && !slices.Contains(governance.MinutesStates(), to) {
		err = fault.New(fault.Invalid, "fault.field.choice")
	}
	if err == nil {
		err = v.moveTo(s, d, to, f)
	}
	if err != nil {
		return s.refusesMinutes(w, v, moveForm(to, f), f, err)
	}
	return s.toMinutes(w, v, "minutes.moved."+string(to))
}

// moveForm is the form of the page that asked for a passage.
func moveForm(to governance.MinutesState, f *form) string {
	switch {
	case to == governance.MinutesApproved && f.values.Has("at"):
		return "approval"
	case to == governance.MinutesApproved:
		return "silence"
	}
	return "to-" + string(to)
}

func (v *visit) moveTo(s *Server, d minutesDesk, to governance.MinutesState, f *form) error {
	by, terms := v.keepsMinutes(d), d.terms(v.today)
	switch {
	case to == governance.MinutesComments:
		if terms.Until = f.date("until"); f.err() != nil {
			return f.err()
		}
		_, err := v.space.OpenComments(v.Context(), by, d.kept.ID, f.version(), terms, v.minutesLetter(s, d, terms.Until))
		return err
	case to == governance.MinutesApproved && f.values.Has("at"):
		return v.approveAt(d, by, f)
	}
	audience := d.kept.Audience
	if to == governance.MinutesPublished {
		audience = governance.Audience(f.text("audience"))
		if audience != governance.ForCommittee && audience != governance.ForSpace {
			f.faults.Add("audience", "fault.field.choice")
			return f.err()
		}
	}
	return v.space.Together(v.Context(), func(sp *store.Space) error { return passMinutes(v, sp, by, d, to, audience, terms, f.version()) })
}

// passMinutes makes the passage; where silence has approved the minutes and nobody recorded it, that is recorded first.
func passMinutes(v *visit, sp *store.Space, by store.Actor, d minutesDesk, to governance.MinutesState, audience governance.Audience,
	terms governance.MinutesTerms, version int64) error {
	pass := func(to governance.MinutesState) error {
		m, err := sp.UpdateMinutes(v.Context(), by, d.kept.ID, version, func(m *governance.Minutes) (err error) {
			*m, err = m.To(to, terms)
			m.Audience = audience
			return err
		})
		version = m.Version
		return err
	}
	if to == governance.MinutesPublished && d.kept.Standing(terms).State != d.kept.State {
		if err := pass(governance.MinutesApproved); err != nil {
			return err
		}
	}
	return pass(to)
}

// approveAt records the approval by a meeting of the committee that was held since.
func (v *visit) approveAt(d minutesDesk, by store.Actor, f *form) error {
	at := f.required("at")
	i := slices.IndexFunc(d.held, func(m governance.Meeting) bool { return m.ID == at })
	if at != "" && i < 0 {
		f.faults.Add("at", "fault.field.choice")
	}
	if err := f.err(); err != nil {
		return err
	}
	return v.space.ApproveMinutes(v.Context(), by, d.kept.ID, at, d.held[i].Day)
}

// minutesLetter words the message that asks somebody to comment on the minutes, in the language of minutes.
func (v *visit) minutesLetter(s *Server, d minutesDesk, until calendar.Date) func(person, secret string) governance.Message {
	words := CommentLetters(s.config)
	return func(_, secret string) governance.Message {
		title, body := words(d.assembly, v.place.Name, until, secret)
		return governance.Message{Title: title, Body: body}
	}
}

// commentMinutes keeps a comment of the visitor, who was there.
func (s *Server) commentMinutes(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	if err = v.comment(f, v.standing.Person, v.actor("", "")); err != nil {
		return s.refusesMinutes(w, v, "comment", f, err)
	}
	return s.toMinutes(w, v, "minutes.commented")
}

// comment reads a comment and keeps it.
func (v *visit) comment(f *form, person string, by store.Actor) error {
	c := governance.Comment{Minutes: v.PathValue("id"), Person: person, Text: f.prose("text")}
	if err := c.Check(); err != nil {
		return err
	}
	_, err := v.space.AddComment(v.Context(), by, c)
	return err
}

// answerComment keeps the answer of who keeps the minutes to a comment.
func (s *Server) answerComment(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	d, err := v.minutesDesk()
	if err != nil {
		return err
	}
	id := v.PathValue("comment")
	if !slices.ContainsFunc(d.comments, func(c governance.Comment) bool { return c.ID == id }) {
		return fault.New(fault.NotFound, "fault.not-found")
	}
	answer := f.prose("answer")
	if answer == "" {
		f.faults.Add("answer", "fault.field.required")
	}
	if err = f.err(); err == nil {
		_, err = v.space.AnswerComment(v.Context(), v.keepsMinutes(d), id, f.version(), answer)
	}
	if err != nil {
		return s.refusesMinutes(w, v, "answer-"+id, f, err)
	}
	return s.toMinutes(w, v, "minutes.answered")
}

// addErratum corrects approved minutes.
func (s *Server) addErratum(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	d, err := v.minutesDesk()
	if err != nil {
		return err
	}
	text := f.prose("text")
	switch {
	case text == "":
		f.faults.Add("text", "fault.field.required")
		err = f.err()
	case d.kept == nil:
		err = fault.New(fault.Invalid, "fault.minutes.empty")
	default:
		err = v.space.Together(v.Context(), func(sp *store.Space) error { return v.correct(sp, d, text) })
	}
	if err != nil {
		return s.refusesMinutes(w, v, "erratum", f, err)
	}
	return s.toMinutes(w, v, "minutes.corrected")
}

// correct adds an erratum; an approval by silence that nobody recorded is recorded first.
func (v *visit) correct(sp *store.Space, d minutesDesk, text string) error {
	by, terms := v.keepsMinutes(d), d.terms(v.today)
	if d.kept.Standing(terms).State != d.kept.State {
		if err := passMinutes(v, sp, by, d, governance.MinutesApproved, d.kept.Audience, terms, d.kept.Version); err != nil {
			return err
		}
	}
	_, err := sp.AddErratum(v.Context(), by, governance.Erratum{Minutes: d.kept.ID, Text: text})
	return err
}
