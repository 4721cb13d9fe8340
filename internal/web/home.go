package web

import (
	"net/http"
	"slices"

	"entente/internal/authority"
	"entente/internal/calendar"
	"entente/internal/compliance"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/office"
	"entente/internal/store"
	"entente/internal/web/view"
)

// How much the home page shows of each thing; the pages that it leads to show all of it.
const (
	homeTodos   = 7
	homeDates   = 8
	homeChanges = 5
	// mandateNotice is how long before its end a mandate stands among the next dates, in days.
	mandateNotice = 180
)

// home is the first page of a space: what needs the visitor, and how the convention stands.
func (s *Server) home(w http.ResponseWriter, v *visit) error {
	h, err := v.history()
	if err != nil {
		return err
	}
	text, err := v.text()
	if err != nil {
		return err
	}
	e, err := v.evidence(v.today)
	if err != nil {
		return err
	}
	report := e.Assess(h, v.today)
	x := registersOf(text, e, report)
	d := view.HomeData{Root: v.path(), Today: v.today, Version: text, First: h[0].Effective, Report: report,
		Keeps: v.offers(authority.FileEvidence), Journal: v.offers(authority.ReadJournal),
		Seats: x.seatsOf(v.standing.Person), Dates: x.dates(v), Committees: x.rows()}
	if d.Keeps {
		d.Begin = x.begin(v)
		todos := x.todos(v)
		d.Todos, d.More = todos[:min(len(todos), homeTodos)], max(len(todos)-homeTodos, 0)
	}
	if d.Mine, err = v.returnedProposals(); err != nil {
		return err
	}
	if err := v.fillRecent(&d, h); err != nil {
		return err
	}
	if d.FollowUps, d.MoreFollowUps, err = v.ownTodos(); err != nil {
		return err
	}
	p := v.page(v.p.T("nav.home"))
	p.Wide = true
	return s.show(w, v, view.HomePage(p, d))
}

// fillRecent reads the last changes, for those who may read the journal.
func (v *visit) fillRecent(d *view.HomeData, h convention.History) (err error) {
	if !d.Journal {
		return nil
	}
	if d.Recent, err = v.space.JournalEntries(v.Context(), store.JournalFilter{Limit: homeChanges}); err != nil {
		return err
	}
	v.hideReserved(d.Recent)
	d.Names, err = v.names(h, d.Version, nil)
	return err
}

// registers are what the home page says something of, as they stand on the day.
type registers struct {
	text       *convention.Convention
	today      calendar.Date
	report     compliance.Report
	meetings   []governance.Meeting // of the last twelve months, and all to come
	mandates   []governance.Mandate
	signatures []governance.Signature // of the version that applies
}

// registersOf takes them from the evidence that the report rests on.
func registersOf(text *convention.Version, e office.Evidence, report compliance.Report) registers {
	x := registers{text: text.Text, today: report.Day, report: report, mandates: e.Mandates}
	from := report.Day.AddMonths(-12)
	for _, m := range e.Meetings {
		if !m.Day.Before(from) {
			x.meetings = append(x.meetings, m)
		}
	}
	for _, s := range e.Signatures {
		if s.Text == text.ID {
			x.signatures = append(x.signatures, s)
		}
	}
	return x
}

// rows are the committees at a glance.
func (x registers) rows() []view.CommitteeRow {
	out := make([]view.CommitteeRow, 0, len(x.text.Committees))
	for i := range x.text.Committees {
		k := &x.text.Committees[i]
		out = append(out, view.CommitteeRow{Committee: k, Seats: occupations(k, x.mandates, x.today), Tally: tally(k, x.meetings, x.today)})
	}
	return out
}

// seatsOf are the committees in which a person sits today, each once, in the order of the text.
func (x registers) seatsOf(person string) []view.HeldCommittee {
	var out []view.HeldCommittee
	for i := range x.text.Committees {
		k := &x.text.Committees[i]
		if role, sits := x.role(person, k); sits {
			out = append(out, view.HeldCommittee{Committee: k, Role: role, Next: x.next(k.ID)})
		}
	}
	return out
}

// role is how a person sits in a committee today: as a holder, if in any seat.
func (x registers) role(person string, k *convention.Committee) (role governance.Role, sits bool) {
	if person == "" {
		return "", false
	}
	for _, seat := range k.Places() {
		for _, m := range x.mandates {
			if m.Seat != seat.Key || m.Person != person || !m.InForce(x.today) {
				continue
			}
			if m.Role == governance.Holder {
				return m.Role, true
			}
			role, sits = m.Role, true
		}
	}
	return role, sits
}

// next is the next meeting planned of a committee; nil where none is.
func (x registers) next(committee string) *governance.Meeting {
	for i := range x.meetings {
		if m := &x.meetings[i]; m.Committee == committee && x.toCome(*m) {
			return m
		}
	}
	return nil
}

func (x registers) toCome(m governance.Meeting) bool {
	return m.Pending() && !m.Day.Before(x.today)
}

// dates are the next days to know: meetings planned, mandates that end, the end of the convention.
func (x registers) dates(v *visit) []view.Event {
	var out []view.Event
	for _, m := range x.meetings {
		if x.toCome(m) {
			out = append(out, x.meetingEvent(v, m))
		}
	}
	out = append(out, x.mandateEvents(v)...)
	slices.SortStableFunc(out, func(a, b view.Event) int { return a.Day.Compare(b.Day) })
	return out[:min(len(out), homeDates)]
}

func (x registers) meetingEvent(v *visit, m governance.Meeting) view.Event {
	e := view.Event{Day: m.Day, Title: m.Committee, Href: view.MeetingHref(v.path(), m.ID, ""), Body: m.Place,
		Badge: view.MeetingBadge(v.p, m.State)}
	if k := x.text.Committee(m.Committee); k != nil {
		e.Title = k.Name
	}
	if m.Time != "" {
		e.Body = v.p.T("home.at", "time", v.p.Clock(m.Time), "place", m.Place)
		if m.Place == "" {
			e.Body = v.p.Clock(m.Time)
		}
	}
	return e
}

// mandateEvents tells, day by day and committee by committee, how many mandates of holders end soon. It names nobody.
func (x registers) mandateEvents(v *visit) []view.Event {
	type end struct {
		day       calendar.Date
		committee string
	}
	counts := map[end]int{}
	var ends []end
	for _, m := range x.mandates {
		seat, known := x.text.Seat(m.Seat)
		last := m.Last()
		if !known || m.Role != governance.Holder || last.Before(x.today) || last.DaysSince(x.today) > mandateNotice {
			continue
		}
		e := end{last, seat.Committee}
		if counts[e]++; counts[e] == 1 {
			ends = append(ends, e)
		}
	}
	out := make([]view.Event, 0, len(ends))
	for _, e := range ends {
		out = append(out, view.Event{Day: e.day, Title: v.p.T("home.mandates-end", "count", counts[e]),
			Href: v.path("comites", e.committee), Body: x.text.Committee(e.committee).Name})
	}
	return out
}

// begin are the first steps of who keeps the space, while a register is still empty.
func (x registers) begin(v *visit) []view.Todo {
	var out []view.Todo
	for _, step := range []struct {
		key   string
		empty bool
		task  authority.Task
		href  string
	}{
		{"seats", len(x.mandates) == 0, authority.ManageMandates, v.path("comites")},
		{"meetings", len(x.meetings) == 0, authority.RecordMeetings, v.path("reunions", "ajouter")},
		{"signatures", len(x.signatures) == 0, authority.RecordSignature, v.path("signatures")},
	} {
		if step.empty && v.offers(step.task) {
			out = append(out, view.Todo{Title: v.p.T("home.begin." + step.key), Body: v.p.T("home.begin." + step.key + "-text"), Href: step.href})
		}
	}
	return out
}

// todos are the next steps that concern who keeps the space: those of the whole and of its own party. What has a date
// comes first, then the rest in the order of the report.
func (x registers) todos(v *visit) []view.Todo {
	var out []view.Todo
	for _, f := range x.report.Findings {
		body, concerns := x.concerns(v, f)
		if !concerns {
			continue
		}
		o := f.Obligation
		t := view.Todo{Title: v.p.Say(o.Subject), Body: v.p.Say(body), By: f.Next.By, Said: f.Next.SaysBy(), Late: !f.Next.By.IsZero() && f.Next.By.Before(v.today),
			Href: view.FindingHref(v.path(), o.Key),
			Cite: &view.Citation{Text: v.p.Say(x.text.Cite(convention.Place{Ref: o.Ref, Anchor: o.Anchor})), Href: v.path("convention") + "#" + o.Anchor}}
		if l := v.deed(o); l != nil {
			t.Href = l.Href
		}
		out = append(out, t)
	}
	slices.SortStableFunc(out, func(a, b view.Todo) int {
		switch {
		case a.By.IsZero() == b.By.IsZero():
			return a.By.Compare(b.By)
		case a.By.IsZero():
			return 1
		}
		return -1
	})
	return out
}

// concerns gives the next step of a finding in the words of who keeps the space, and whether it is theirs: seats to fill
// and signatures to record are the work of the party that they belong to.
func (x registers) concerns(v *visit, f compliance.Finding) (fault.Message, bool) {
	if f.Next == nil {
		return fault.Message{}, false
	}
	o := f.Obligation
	switch {
	case v.standing.Administrator:
		return f.Next.Message, true
	case o.Kind == compliance.KindSeats && f.Status != compliance.Unknown:
		return x.ownSeats(v, o.Committee)
	case o.Kind == compliance.KindSignatures:
		return x.ownSignatures(v)
	}
	return f.Next.Message, o.Party == "" || v.standing.Coordinator(o.Party)
}

// ownSeats tells which seats of a committee the visitor's own parties have to fill or renew, and whether there are any.
func (x registers) ownSeats(v *visit, committee string) (fault.Message, bool) {
	var seats []fault.Message
	for _, s := range occupations(x.text.Committee(committee), x.mandates, x.today) {
		if s.Occupation.State != governance.Filled && s.Occupation.Next == nil && slices.Contains(v.standing.Coordinates, s.Seat.Party) {
			seats = append(seats, x.text.SaySeat(s.Seat))
		}
	}
	return fault.Say("home.own-seats", "count", len(seats), "seats", seats), len(seats) > 0
}

// ownSignatures tells which of the visitor's own parties have no signature on record, and whether there are any.
func (x registers) ownSignatures(v *visit) (fault.Message, bool) {
	var missing []string
	for _, party := range x.text.Parties {
		signed := slices.ContainsFunc(x.signatures, func(s governance.Signature) bool { return s.Party == party.ID })
		if !signed && slices.Contains(v.standing.Coordinates, party.ID) {
			missing = append(missing, party.Short)
		}
	}
	return fault.Say("home.own-signatures", "count", len(missing), "parties", missing), len(missing) > 0
}
