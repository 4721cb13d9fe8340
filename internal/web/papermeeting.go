package web

import (
	"slices"
	"strconv"

	"entente/internal/directory"
	"entente/internal/document"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
	"entente/internal/office"
	"entente/internal/paper"
	"entente/internal/store"
	"entente/internal/web/view"
)

// paperMeeting is a meeting as its papers need it. Once it is closed its seats are those that it kept.
func paperMeeting(a *office.Assembly) paper.Meeting {
	return paper.Meeting{Meeting: a.Meeting, Text: a.Version.Text, Committee: a.Committee, Name: a.Name(), Chairs: a.Chairs, People: a.People}
}

// committeeOnly refuses what is for those who are called to the meeting: to others it is not there.
func (v *visit) committeeOnly(a *office.Assembly) error {
	if !v.reads(governance.ForCommittee, a) {
		return fault.New(fault.NotFound, "fault.not-found")
	}
	return nil
}

// sendingAsked is the sending that the address asks for (?envoi=1), else the last.
func (v *visit) sendingAsked(list []governance.Convocation) (governance.Convocation, []governance.Convocation, error) {
	n := len(list)
	if asked := v.URL.Query().Get("envoi"); asked != "" {
		n, _ = strconv.Atoi(asked) // what is no number is no sending
	}
	if n < 1 || n > len(list) {
		return governance.Convocation{}, nil, fault.New(fault.NotFound, "fault.not-found")
	}
	return list[n-1], list[:n-1], nil
}

func (s *Server) convocationPaper(v *visit) (made, error) {
	a, err := v.assembly()
	if err == nil {
		err = v.committeeOnly(&a)
	}
	if err != nil {
		return made{}, err
	}
	list, err := v.space.Convocations(v.Context(), a.Meeting.ID)
	if err != nil {
		return made{}, err
	}
	sent, before, err := v.sendingAsked(list)
	if err != nil {
		return made{}, err
	}
	return v.convocationMade(&a, sent, before)
}

// convocationMade is the paper of one sending; before are those that went before it.
func (v *visit) convocationMade(a *office.Assembly, sent governance.Convocation, before []governance.Convocation) (made, error) {
	d := paper.ConvocationData{Sent: sent, Text: a.Version.Text, Committee: a.Committee}
	var changes []fault.Message
	var ids []string
	for _, r := range sent.Manifest.Recipients {
		ids = appendNew(ids, r.Person)
	}
	if n := len(before); n > 0 {
		changes = governance.Differences(before[n-1].Manifest, sent.Manifest)
		for _, r := range before[n-1].Manifest.Recipients {
			ids = appendNew(ids, r.Person)
		}
	}
	var err error
	if d.People, err = v.space.PeopleByID(v.Context(), ids...); err != nil {
		return made{}, err
	}
	entries, err := v.space.JournalEntries(v.Context(), store.JournalFilter{Subject: "convocation", Key: sent.ID, Limit: 1})
	if err != nil {
		return made{}, err
	}
	if len(entries) > 0 {
		d.By = entries[0].Name
	}
	return made{day: sent.Manifest.Day.String(), name: paperName(sent.Manifest.Name, "paper.name.convocation"), page: v.sittingPath(a.Meeting, "convocation"),
		compose: func(f paper.Frame) *document.Document {
			d.Changes = saidChanges(f.P, changes, d.People)
			return paper.Convocation(f, d)
		}}, nil
}

func saidChanges(p *i18n.Printer, changes []fault.Message, people map[string]directory.Person) []string {
	var out []string
	for _, m := range changes {
		out = append(out, view.SayAbout(p, m, people))
	}
	return out
}

// agendaData is the agenda of a meeting as its readers may have it: what is for the coordinators alone is never on paper.
func (s *Server) agendaData(v *visit, a *office.Assembly) (paper.AgendaData, error) {
	d := paper.AgendaData{Meeting: paperMeeting(a), Link: func(x governance.Attachment) string {
		return s.config.URL(view.AttachmentHref(v.path(), x))
	}}
	all, err := v.space.Items(v.Context(), a.Meeting.ID)
	if err != nil {
		return d, err
	}
	for _, i := range all {
		if i.Audience != governance.ForCoordinators && v.reads(i.Audience, a) {
			d.Items = append(d.Items, i)
		}
	}
	if !v.reads(governance.ForCommittee, a) {
		d.Remote = ""
	}
	documents, err := office.DocumentsOf(v.Context(), v.space, a.Meeting.ID, d.Items)
	if err != nil {
		return d, err
	}
	for _, x := range documents {
		if v.reads(x.Audience, a) {
			d.Documents = append(d.Documents, x)
		}
	}
	sent, err := v.space.Convocations(v.Context(), a.Meeting.ID)
	d.Called = len(sent)
	return d, err
}

func (s *Server) agendaPaper(v *visit) (made, error) {
	a, err := v.assembly()
	if err != nil {
		return made{}, err
	}
	d, err := s.agendaData(v, &a)
	return made{day: a.Meeting.Day.String(), name: paperName(a.Name(), "paper.name.agenda"), page: v.sittingPath(a.Meeting, ""),
		compose: func(f paper.Frame) *document.Document { return paper.Agenda(f, d) }}, err
}

func (s *Server) attendancePaper(v *visit) (made, error) {
	a, err := v.assembly()
	if err == nil {
		err = v.committeeOnly(&a)
	}
	if err != nil {
		return made{}, err
	}
	return made{day: a.Meeting.Day.String(), name: paperName(a.Name(), "paper.name.attendance"), page: v.sittingPath(a.Meeting, "seance"),
		compose: func(f paper.Frame) *document.Document { return paper.Attendance(f, paperMeeting(&a)) }}, nil
}

func (s *Server) minutesPaper(v *visit) (made, error) {
	d, err := v.minutesDesk()
	if err != nil {
		return made{}, err
	}
	if !v.readsMinutes(d) {
		return made{}, fault.New(fault.NotFound, "fault.not-found")
	}
	return v.minutesMade(d), nil
}

func (v *visit) minutesMade(d minutesDesk) made {
	out := paper.MinutesData{Meeting: paperMeeting(&d.assembly), Minutes: d.kept.Standing(d.terms(v.today)), Errata: d.errata}
	if i := slices.IndexFunc(d.held, func(m governance.Meeting) bool { return m.ID == out.Minutes.ApprovedBy }); i >= 0 {
		out.At = &d.held[i]
	}
	name := "paper.name.minutes"
	if !out.Minutes.State.Settled() {
		name = "paper.name.minutes-draft"
	}
	m := d.assembly.Meeting
	return made{day: m.Day.String(), name: paperName(d.assembly.Name(), name), page: v.sittingPath(m, "compte-rendu"),
		compose: func(f paper.Frame) *document.Document { return paper.Minutes(f, out) }}
}

func (s *Server) packPaper(v *visit) (made, error) {
	a, err := v.assembly()
	if err == nil {
		err = v.committeeOnly(&a)
	}
	if err != nil {
		return made{}, err
	}
	var d paper.PackData
	if d.Agenda, err = s.agendaData(v, &a); err != nil {
		return made{}, err
	}
	if err := v.openOf(&a, &d); err != nil {
		return made{}, err
	}
	if d.Proposals, err = v.space.ProposalsWaiting(v.Context(), a.Committee.ID); err != nil {
		return made{}, err
	}
	h, err := v.history()
	if err != nil {
		return made{}, err
	}
	e, err := v.evidence(v.today)
	if err != nil {
		return made{}, err
	}
	d.Report = e.Assess(h, v.today)
	return made{day: a.Meeting.Day.String(), name: paperName(a.Name(), "paper.name.pack"), page: v.sittingPath(a.Meeting, ""),
		compose: func(f paper.Frame) *document.Document { return paper.Pack(f, d) }}, nil
}

// openOf finds what is still to be done because of earlier meetings of the committee, of what the whole committee may read: the
// pack is the same whoever makes it.
func (v *visit) openOf(a *office.Assembly, d *paper.PackData) error {
	viewer := store.Viewer{Committees: []string{a.Committee.ID}}
	found, err := v.space.FollowUps(v.Context(), store.FollowUpFilter{Viewer: &viewer, Committee: a.Committee.ID, State: governance.ToDo, Paging: store.Paging{Limit: store.MaxPageSize}})
	if err != nil {
		return err
	}
	if d.FollowUps, err = v.paperFollowUps(found.Items); err != nil {
		return err
	}
	decisions, err := v.space.Decisions(v.Context(), store.DecisionFilter{Viewer: viewer, Committee: a.Committee.ID, FollowUp: store.OpenFollowUp, Today: v.today,
		Paging: store.Paging{Limit: store.MaxPageSize}})
	d.Decisions = decisions.Items
	return err
}

func (v *visit) paperFollowUps(list []governance.FollowUp) ([]paper.FollowUp, error) {
	rows, err := v.followUpRows(list)
	var out []paper.FollowUp
	for _, r := range rows {
		out = append(out, paper.FollowUp{FollowUp: r.FollowUp, Name: r.Name, Decision: r.Decision})
	}
	return out, err
}
