package web

import (
	"net/http"
	"slices"

	"entente/internal/authority"
	"entente/internal/calendar"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/office"
	"entente/internal/store"
	"entente/internal/web/view"
)

// agenda is the page of a meeting: what it is, and its agenda as the visitor may read it. Who keeps the space may look at it
// as the committee reads it (?pour=comite), to print what is handed out.
func (s *Server) agenda(w http.ResponseWriter, v *visit) error {
	a, err := v.assembly()
	if err != nil {
		return err
	}
	all, err := v.space.Items(v.Context(), a.Meeting.ID)
	if err != nil {
		return err
	}
	keeps := v.offers(authority.RecordMeetings)
	asMember := keeps && v.URL.Query().Get("pour") == "comite"
	d := view.AgendaData{Head: v.meetingHead(&a), Today: v.today, Admitted: v.reads(governance.ForCommittee, &a), AsMember: asMember}
	if a.Meeting.State == governance.Planned && a.Admits(v.standing.Person) {
		sent, err := v.space.Called(v.Context(), a.Meeting.ID)
		if err != nil {
			return err
		}
		d.Head.Actions = append(v.answerLink(&a, sent), d.Head.Actions...)
	}
	for _, i := range all {
		if v.reads(i.Audience, &a) && !(asMember && i.Audience == governance.ForCoordinators) {
			d.Items = append(d.Items, i)
		}
	}
	d.Times = governance.TimetableOf(a.Meeting.Time, d.Items)
	beside, err := v.space.MeetingsBeside(v.Context(), a.Meeting)
	if err != nil {
		return err
	}
	d.Previous, d.Next = neighbours(beside, a.Meeting.ID)
	if err := v.referred(&d, beside); err != nil {
		return err
	}
	if keeps && !asMember {
		if d.Desk, err = v.preparationDesk(&a, all, d.Documents()); err != nil {
			return err
		}
	}
	page := v.page(view.MeetingName(a.Committee, a.Panel)+" – "+v.p.Day(a.Meeting.Day), v.underMeeting(&a)[:1]...)
	page.Wide = true
	return s.show(w, v, view.AgendaPage(page, d))
}

// meetingHead is the head of the page of a meeting.
func (v *visit) meetingHead(a *office.Assembly) view.MeetingHeadData {
	d := view.MeetingHeadData{Root: v.path(), Assembly: *a}
	if v.offers(authority.RecordMeetings) {
		d.Actions = []view.Link{{Label: v.p.T("meeting.change"), Href: view.MeetingHref(v.path(), a.Meeting.ID, "modifier"), Icon: "change"}}
	}
	return d
}

// neighbours are the meetings before and after one, nil where there is none. One that was cancelled is passed over.
func neighbours(list []governance.Meeting, id string) (before, after *governance.Meeting) {
	at := slices.IndexFunc(list, func(m governance.Meeting) bool { return m.ID == id })
	for i := at - 1; i >= 0 && before == nil; i-- {
		if list[i].State != governance.Cancelled {
			before = &list[i]
		}
	}
	for i := at + 1; i < len(list) && after == nil; i++ {
		if list[i].State != governance.Cancelled {
			after = &list[i]
		}
	}
	return before, after
}

// referred reads what the items are about and the documents, in four queries.
func (v *visit) referred(d *view.AgendaData, beside []governance.Meeting) (err error) {
	d.Meetings = make(map[string]governance.Meeting, len(beside))
	for _, m := range beside {
		d.Meetings[m.ID] = m
	}
	own, err := v.filesOf(governance.OwnerMeeting, d.Head.Assembly.Meeting.ID)
	if err != nil {
		return err
	}
	d.Own = own[d.Head.Assembly.Meeting.ID]
	var ids, proposals, carried []string
	for _, i := range d.Items {
		ids = append(ids, i.ID)
		if i.Proposal != "" {
			proposals = append(proposals, i.Proposal)
		}
		if i.Carried != "" {
			carried = append(carried, i.Carried)
		}
	}
	if d.Files, err = v.filesOf(governance.OwnerAgendaItem, ids...); err != nil {
		return err
	}
	if d.Proposals, err = v.space.ProposalsByID(v.Context(), proposals...); err != nil {
		return err
	}
	d.Earlier, err = v.space.ItemsByID(v.Context(), carried...)
	return err
}

// preparationDesk is what who keeps the space sees besides: what is missing, by when it is due, and what could stand on the
// agenda. A meeting that is over needs nothing any more.
func (v *visit) preparationDesk(a *office.Assembly, items []governance.Item, files int) (*view.PreparationDesk, error) {
	d := &view.PreparationDesk{May: !a.Meeting.Frozen() && a.Meeting.State != governance.Cancelled}
	if !a.Meeting.Pending() && a.Meeting.State != governance.Cancelled {
		return d, nil
	}
	sent, err := v.space.Convocations(v.Context(), a.Meeting.ID)
	if err != nil {
		return nil, err
	}
	compareSent(d, a, items, sent)
	if a.Meeting.State != governance.Planned {
		return d, nil
	}
	custom, err := v.space.Custom(v.Context(), a.Meeting.Committee)
	if err != nil {
		return nil, err
	}
	d.Deadlines = governance.Deadlines(a.Committee, custom, a.Meeting.Day)
	if err := v.needs(d, a, items, files, sent); err != nil {
		return nil, err
	}
	d.Suggestions, err = v.suggestions(a.Meeting)
	return d, err
}

// compareSent tells what differs from the last convocation, and who was called by it. A meeting that was cancelled after
// its convocation differs in that.
func compareSent(d *view.PreparationDesk, a *office.Assembly, items []governance.Item, sent []governance.Convocation) {
	if len(sent) == 0 {
		return
	}
	d.Sent = calendar.On(sent[0].Sent, calendar.Paris)
	last := sent[len(sent)-1].Manifest
	d.Outdated = last.Outdated(a.Meeting, items)
	if a.Meeting.State == governance.Cancelled {
		d.Outdated = []string{"state"}
	}
	seen := map[string]bool{}
	for _, r := range last.Recipients {
		if p, known := a.People[r.Person]; known && !seen[r.Person] {
			seen[r.Person] = true
			d.Called = append(d.Called, p.Name())
		}
	}
}

// needs lists what the meeting needs, and how each stands.
func (v *visit) needs(d *view.PreparationDesk, a *office.Assembly, items []governance.Item, files int, sent []governance.Convocation) error {
	answers, err := v.space.Attendance(v.Context(), a.Meeting.ID)
	if err != nil {
		return err
	}
	x := governance.Preparation{Meeting: a.Meeting, Items: len(items), Files: files, Sent: len(sent), Outdated: d.Outdated, Seats: len(a.Chairs),
		Late: map[governance.DeadlineKind]bool{}}
	for _, t := range answers {
		if t.Declared() {
			x.Answers++
		}
	}
	for _, t := range d.Deadlines {
		x.Late[t.Kind] = t.Passed(v.today)
	}
	d.Needs = x.Needs()
	return nil
}

// suggestions are what could stand on the agenda of a meeting.
func (v *visit) suggestions(m governance.Meeting) ([]governance.Suggestion, error) {
	h, err := v.history()
	if err != nil {
		return nil, err
	}
	return v.assessor.Suggestions(v.Context(), v.space, v.place, h, m, v.today)
}

// addSuggestions puts on the agenda the suggestion whose button was pressed, else those that were ticked. What somebody else
// has put there meanwhile is suggested no more, and passed over.
func (s *Server) addSuggestions(w http.ResponseWriter, v *visit) error {
	a, err := v.assembly()
	if err != nil {
		return err
	}
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	chosen := f.values["suggestion"]
	if one := f.text("une"); one != "" {
		chosen = []string{one}
	}
	list, err := v.suggestions(a.Meeting)
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(slices.Clone(list), func(x governance.Suggestion) bool { return !slices.Contains(chosen, x.Key) })
	err = v.space.Together(v.Context(), func(sp *store.Space) error {
		for _, x := range list {
			if _, err := sp.CreateItem(v.Context(), v.actor("", a.Committee.Place.Ref), x.On(a.Meeting.ID, v.p.Say(x.Title))); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	said := fault.Say("suggestion.added", "count", len(list))
	switch {
	case len(chosen) == 0:
		said = fault.Say("suggestion.none-ticked")
	case len(list) == 0:
		said = fault.Say("suggestion.gone")
	}
	return s.redirect(w, v, view.MeetingHref(v.path(), a.Meeting.ID, ""), said)
}
