package web

import (
	"net/http"
	"slices"
	"strconv"

	"entente/internal/authority"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/office"
	"entente/internal/store"
	"entente/internal/web/view"
)

// call reads the call to the meeting in the address as the visitor would send it.
func (v *visit) call() (office.Call, error) {
	h, err := v.history()
	if err != nil {
		return office.Call{}, err
	}
	return office.CallOf(v.Context(), v.space, h, v.PathValue("id"), v.actor("", "").For, v.today)
}

// convoking is the visitor as who calls to the meeting in the address.
func (s *Server) convoking(v *visit) (office.Convoking, error) {
	a, err := v.assembly()
	if err != nil {
		return office.Convoking{}, err
	}
	return office.Convoking{History: v.versions, Meeting: v.PathValue("id"), By: v.actor("", a.Article()), Now: v.now, Write: s.write}, nil
}

// convocation is the tab of the call: to be sent and followed by who keeps meetings, to be read by the others.
func (s *Server) convocation(w http.ResponseWriter, v *visit) error {
	call, err := v.call()
	if err != nil {
		return err
	}
	if !v.offers(authority.RecordMeetings) {
		return s.readConvocation(w, v, &call)
	}
	return s.showConvocation(w, v, http.StatusOK, &call, fault.Message{}, nil)
}

// showConvocation shows the tab with why what was just asked for was refused; f is the refused form of a cancellation, nil for any other.
func (s *Server) showConvocation(w http.ResponseWriter, v *visit, status int, call *office.Call, refused fault.Message, f *form) error {
	d := view.ConvocationData{Head: v.convocationHead(&call.Assembly), Call: call, Refused: refused, Announced: call.Recalled,
		Reason: must(v.ask("convocation", "reason", view.TextAreaField, ""))}
	if f != nil {
		d.Reason.Value, d.Faults = f.values.Get("reason"), f.faults
	}
	all, err := v.space.Attendance(v.Context(), call.Meeting.ID)
	if err != nil {
		return err
	}
	d.Answers = map[string]governance.Attendance{}
	for _, a := range all {
		d.Answers[a.Seat] = a
	}
	d.Preview = s.preview(v, call, d.Answers)
	d.Head.Actions = append(v.answerLink(&call.Assembly, call.Last() != nil), d.Head.Actions...)
	d.Concerns, d.Counts = governance.Concerns(call.Chairs, all), governance.Expected(call.Chairs, all)
	if d.Returned, err = v.returnedLinks(call.Meeting.ID); err != nil {
		return err
	}
	if err := v.nameStandIns(call.Assembly, all); err != nil {
		return err
	}
	page := v.page(v.p.T("meeting.tab.convocation"), v.underMeeting(&call.Assembly)...)
	page.Wide, page.Path = true, view.ConvocationHref(v.path(), call.Meeting.ID)
	s.render(w, v, status, view.ConvocationPage(page, d))
	return nil
}

func (v *visit) convocationHead(a *office.Assembly) view.MeetingHeadData {
	return view.MeetingHeadData{Root: v.path(), Assembly: *a, Tab: "convocation"}
}

// returnedLinks are the people all of whose links were revoked: the last one had reached somebody else.
func (v *visit) returnedLinks(meeting string) (map[string]bool, error) {
	links, err := v.space.Links(v.Context(), store.LinkAnswer, meeting)
	out := map[string]bool{}
	for _, l := range links { // oldest first: the last one says
		out[l.Person] = !l.Revoked.IsZero()
	}
	return out, err
}

// nameStandIns adds to the people of a meeting those who represent somebody by a delegation, and are called for no seat.
func (v *visit) nameStandIns(a office.Assembly, all []governance.Attendance) error {
	var ids []string
	for _, x := range all {
		if _, known := a.People[x.Substitute]; x.Substitute != "" && !known {
			ids = append(ids, x.Substitute)
		}
	}
	more, err := v.space.PeopleByID(v.Context(), ids...)
	for id, p := range more {
		a.People[id] = p
	}
	return err
}

// preview is the letter to one of those who would be written to, chosen in the address, else to the first.
func (s *Server) preview(v *visit, call *office.Call, answers map[string]governance.Attendance) view.Preview {
	called := governance.Called(call.Chairs)
	if len(called) == 0 || !call.Readiness.Ready() {
		return view.Preview{}
	}
	kind := governance.MessageConvocation
	if call.Last() != nil {
		kind = governance.MessageChange
	}
	if call.Last() != nil && len(call.Changes) == 0 {
		kind = governance.MessageReminder
		if silent := office.Reminded(call.Chairs, answers, ""); len(silent) > 0 {
			called = silent
		}
	}
	chosen := called[max(0, slices.IndexFunc(called, func(c governance.Call) bool { return c.Person == v.URL.Query().Get("pour") }))]
	d := view.Preview{For: view.Field{Kind: view.SelectField, Name: "pour", Value: chosen.Person, Label: v.p.T("convocation.preview.for")}}
	for _, c := range called {
		d.For.Options = append(d.For.Options, view.Option{Value: c.Person, Label: call.People[c.Person].Name()})
	}
	d.Title, d.Body = s.write(office.Letter{Kind: kind, Assembly: &call.Assembly, Manifest: call.Manifest, Changes: call.Changes,
		Person: call.People[chosen.Person], Call: chosen, By: v.actor("", call.Article())})
	return d
}

// readConvocation shows others that a call was sent, to those who are called what it said, and how the seats answered.
func (s *Server) readConvocation(w http.ResponseWriter, v *visit, call *office.Call) error {
	all, err := v.space.Attendance(v.Context(), call.Meeting.ID)
	if err != nil {
		return err
	}
	head := v.convocationHead(&call.Assembly)
	head.Actions = append(v.answerLink(&call.Assembly, call.Last() != nil), head.Actions...)
	d := view.ConvocationReadData{Head: head, Call: call, May: v.reads(governance.ForCommittee, &call.Assembly),
		Counts: governance.Expected(call.Chairs, all)}
	return s.show(w, v, view.ConvocationReadPage(v.page(v.p.T("meeting.tab.convocation"), v.underMeeting(&call.Assembly)...), d))
}

// sendConvocation sends the call to everybody at once.
func (s *Server) sendConvocation(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	c, err := s.convoking(v)
	if err != nil {
		return err
	}
	made, err := office.Convoke(v.Context(), v.space, c, f.text(view.SeenField))
	if err != nil {
		return s.refuseCall(w, v, err, nil)
	}
	return s.redirect(w, v, view.ConvocationHref(v.path(), c.Meeting), fault.Say("convocation.sent", "count", recipients(made.Manifest)))
}

// recipients counts the people of a manifest.
func recipients(m governance.Manifest) int {
	seen := map[string]bool{}
	for _, r := range m.Recipients {
		seen[r.Person] = true
	}
	return len(seen)
}

// refuseCall shows the tab as it stands now with why nothing was sent.
func (s *Server) refuseCall(w http.ResponseWriter, v *visit, refusal error, f *form) error {
	if !fault.Is(refusal, fault.Invalid) && !fault.Is(refusal, fault.Conflict) {
		return refusal
	}
	call, err := v.call()
	if err != nil {
		return err
	}
	_, why := explained(refusal)
	return s.showConvocation(w, v, statuses[fault.KindOf(refusal)], &call, why, f)
}

// remind writes again to those who have not answered, or to the one person chosen.
func (s *Server) remind(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	c, err := s.convoking(v)
	if err != nil {
		return err
	}
	count, err := office.Remind(v.Context(), v.space, c, f.text("person"))
	if err != nil {
		return s.refuseCall(w, v, err, nil)
	}
	return s.redirect(w, v, view.ConvocationHref(v.path(), c.Meeting), fault.Say("convocation.reminded", "count", count))
}

// cancelMeeting cancels the meeting and tells those who were called to it.
func (s *Server) cancelMeeting(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	c, err := s.convoking(v)
	if err != nil {
		return err
	}
	m, err := v.space.Meeting(v.Context(), c.Meeting)
	if err != nil {
		return err
	}
	reason := f.text("reason")
	if m.State == governance.Planned && reason == "" {
		f.faults.Add("reason", "fault.field.required")
	}
	if err = f.err(); err == nil {
		err = office.Cancel(v.Context(), v.space, c, f.version(), reason)
	}
	if err != nil {
		return s.refuseCall(w, v, err, f)
	}
	return s.redirect(w, v, view.ConvocationHref(v.path(), c.Meeting), fault.Say("convocation.cancelled"))
}

// manifest shows one sending as it was sent, to those who are called and to those who keep meetings.
func (s *Server) manifest(w http.ResponseWriter, v *visit) error {
	call, err := v.call()
	if err != nil {
		return err
	}
	if !v.reads(governance.ForCommittee, &call.Assembly) {
		return s.readConvocation(w, v, &call)
	}
	number, err := strconv.Atoi(v.PathValue("number"))
	if err != nil || number < 1 || number > len(call.Sent) {
		return fault.New(fault.NotFound, "fault.not-found")
	}
	d := view.ManifestData{Head: v.convocationHead(&call.Assembly), Call: &call, Sending: call.Sent[number-1]}
	if number > 1 {
		d.Changes = governance.Differences(call.Sent[number-2].Manifest, d.Sending.Manifest)
	}
	var ids []string
	for _, c := range call.Sent[max(0, number-2):number] {
		for _, r := range c.Manifest.Recipients {
			ids = append(ids, r.Person)
		}
	}
	slices.Sort(ids)
	if d.People, err = v.space.PeopleByID(v.Context(), slices.Compact(ids)...); err != nil {
		return err
	}
	entries, err := v.space.JournalEntries(v.Context(), store.JournalFilter{Subject: "convocation", Key: d.Sending.ID, Limit: 1})
	if err != nil {
		return err
	}
	if len(entries) > 0 {
		d.By = entries[0].Name
	}
	crumbs := append(v.underMeeting(&call.Assembly), view.Crumb{Label: v.p.T("meeting.tab.convocation"), Href: view.ConvocationHref(v.path(), call.Meeting.ID)})
	return s.show(w, v, view.ManifestPage(v.page(v.p.T("convocation.numbered", "number", d.Sending.Number), crumbs...), d))
}

// answerEntry is the form with which a coordinator enters an answer that came by phone or mail.
func (s *Server) answerEntry(w http.ResponseWriter, v *visit) error {
	return s.showAnswerEntry(w, v, http.StatusOK, v.URL.Query().Get("siege"), nil, nil)
}

// showAnswerEntry shows the form of a seat, of the first that is held where none is named.
func (s *Server) showAnswerEntry(w http.ResponseWriter, v *visit, status int, seat string, f *form, refusal error) error {
	b, err := v.ballotPaper()
	if err != nil {
		return err
	}
	i := slices.IndexFunc(b.sheet.Chairs, func(c governance.Chair) bool { return c.Seat == seat || seat == "" && c.Holder != "" })
	if i < 0 || b.sheet.Chairs[i].Holder == "" {
		return fault.New(fault.NotFound, "fault.not-found")
	}
	d := view.AnswerEntryData{Sheet: b.sheet, Meeting: b.assembly.Meeting, Chair: b.sheet.Chairs[i], Attendance: b.answer(b.sheet.Chairs[i].Seat)}
	root := view.ConvocationHref(v.path(), b.assembly.Meeting.ID)
	d.Form = b.form(v.p, d.Attendance, f, refusal)
	d.Form.Action, d.Form.Cancel = root+"/reponse", root
	sent, err := v.space.Convocations(v.Context(), b.assembly.Meeting.ID)
	if err != nil {
		return err
	}
	if len(sent) > 0 && b.assembly.Meeting.State == governance.Planned {
		d.Renew = v.renewals(&b, d.Chair, root+"/rappel")
	}
	crumbs := append(v.underMeeting(&b.assembly), view.Crumb{Label: v.p.T("meeting.tab.convocation"), Href: root})
	page := v.page(v.p.T("answer.enter"), crumbs...)
	page.Path = root + "/reponse?siege=" + seat
	s.render(w, v, status, view.AnswerEntryPage(page, d))
	return nil
}

// renewals are the forms that give a new link to the holder of a seat and to each of its substitutes.
func (v *visit) renewals(b *ballotPaper, c governance.Chair, action string) []view.Form {
	var out []view.Form
	for i, person := range append([]string{c.Holder}, b.assembly.Chairs[slices.IndexFunc(b.assembly.Chairs, func(x governance.Chair) bool { return x.Seat == c.Seat })].Substitutes...) {
		out = append(out, view.Form{ID: "renew-" + strconv.Itoa(i+1), Action: action, Quiet: true, Fields: []view.Field{{Kind: view.HiddenField, Name: "person", Value: person}},
			Submit: v.p.T("answer.renew.submit", "person", b.sheet.People[person].Name())})
	}
	return out
}

// enterAnswer keeps an answer that a coordinator enters.
func (s *Server) enterAnswer(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	b, err := v.ballotPaper()
	if err != nil {
		return err
	}
	r := readReply(f, governance.ByCoordinator, v.now)
	if err = f.err(); err == nil {
		_, err = office.Answer(v.Context(), v.space, v.actor("", b.assembly.Article()), &b.assembly, b.sheet.Chairs, r)
	}
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		return s.showAnswerEntry(w, v, statuses[fault.KindOf(err)], r.Seat, f, err)
	}
	if err != nil {
		return err
	}
	return s.redirect(w, v, view.ConvocationHref(v.path(), b.assembly.Meeting.ID), fault.Say("answer.entered"))
}
