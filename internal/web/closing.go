package web

import (
	"net/http"

	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/office"
	"entente/internal/web/view"
)

// closingPage shows everything that the closing of a meeting would do.
func (s *Server) closingPage(w http.ResponseWriter, v *visit) error {
	return s.showClosing(w, v, http.StatusOK, fault.Message{})
}

func (s *Server) showClosing(w http.ResponseWriter, v *visit, status int, said fault.Message) error {
	h, err := v.history()
	if err != nil {
		return err
	}
	e, err := office.EndingOf(v.Context(), v.space, h, v.PathValue("id"), v.now)
	if err != nil {
		return err
	}
	d := view.ClosingData{Ending: e, SittingData: view.SittingData{Root: v.path(), Sitting: e.Sitting, Today: v.today, At: v.now, Keeper: true}}
	if !said.IsZero() {
		d.Said = v.p.Say(said)
	}
	d.Form = view.Form{ID: "close", Action: v.seance(e.Meeting.ID, "clore"), Submit: v.p.T("closing.confirm"), FirstPara: v.p.T("closing.confirm-text"),
		Fields: []view.Field{{Kind: view.HiddenField, Name: "digest", Value: e.Digest}}}
	page := v.page(v.p.T("closing.title"), v.underMeeting(&e.Assembly)...)
	page.Wide = true
	s.render(w, v, status, view.ClosingPage(page, d))
	return nil
}

// closeMeeting does what was shown; where it would do anything else by now, that is shown first.
func (s *Server) closeMeeting(w http.ResponseWriter, v *visit) error {
	a, err := v.assembly()
	if err != nil {
		return err
	}
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	h, err := v.history()
	if err != nil {
		return err
	}
	err = office.CloseMeeting(v.Context(), v.space, h, v.sittingActor(a.Committee), a.Meeting.ID, f.text("digest"), v.now, v.tellAuthor)
	if fault.Is(err, fault.Conflict) || fault.Is(err, fault.Invalid) {
		_, message := explained(err)
		return s.showClosing(w, v, statuses[fault.KindOf(err)], message)
	}
	if err != nil {
		return err
	}
	return s.redirect(w, v, v.seance(a.Meeting.ID, ""), fault.Say("closing.done"))
}

// reopenMeeting makes a closed meeting sit again, for a reason.
func (s *Server) reopenMeeting(w http.ResponseWriter, v *visit) error {
	a, err := v.assembly()
	if err != nil {
		return err
	}
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	err = office.ReopenMeeting(v.Context(), v.space, v.sittingActor(a.Committee), a.Meeting.ID, f.version(), f.text("reason"))
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		d, readErr := v.sittingData()
		if readErr != nil {
			return readErr
		}
		d.Reopened = v.reopenForm(d.Sitting.Meeting, f, err)
		page := v.page(v.p.T("sitting.title"), v.underMeeting(&a)...)
		page.Wide = true
		s.render(w, v, statuses[fault.KindOf(err)], view.SittingPage(page, d))
		return nil
	}
	if err != nil {
		return err
	}
	return s.redirect(w, v, v.seance(a.Meeting.ID, ""), fault.Say("closing.reopened"))
}

// reopenForm asks why a closed meeting is reopened.
func (v *visit) reopenForm(m governance.Meeting, f *form, refusal error) *view.Form {
	out := view.Form{ID: "reopen", Action: v.seance(m.ID, "rouvrir"), Version: m.Version, Submit: v.p.T("closing.reopen"), Danger: true,
		FirstPara: v.p.T("closing.reopen-text"), Fields: typed([]view.Field{must(v.ask("closing", "reason", view.TextField, ""))}, f)}
	out.Faults, out.Message = explained(refusal)
	return &out
}
