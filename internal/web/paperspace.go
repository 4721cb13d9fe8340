package web

import (
	"net/url"

	"entente/internal/calendar"
	"entente/internal/compliance"
	"entente/internal/convention"
	"entente/internal/document"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
	"entente/internal/paper"
	"entente/internal/store"
	"entente/internal/web/view"
)

// maxRegister bounds the decisions of one paper: some three hundred pages.
const maxRegister = 500

// registerPaper is the register with the choice of its page, which stands in the address.
func (s *Server) registerPaper(v *visit) (made, error) {
	text, err := v.text()
	if err != nil {
		return made{}, err
	}
	q, filter, err := v.decisionQuery(text.Text)
	if err != nil {
		return made{}, err
	}
	d := paper.RegisterData{Text: text.Text, Space: v.place.Name}
	if d.Decisions, d.Left, err = v.allDecisions(filter, maxRegister); err != nil {
		return made{}, err
	}
	ids := make([]string, len(d.Decisions))
	for i, x := range d.Decisions {
		ids[i] = x.ID
	}
	if d.FollowUps, err = v.followUpsByDecision(ids); err != nil {
		return made{}, err
	}
	return made{day: v.today.String(), name: paperName(v.place.Name, "paper.name.register"), page: v.path("decisions") + paperQuery(v.URL.Query()),
		compose: func(f paper.Frame) *document.Document {
			d.Chosen = chosen(f.P, text.Text, q)
			return paper.Register(f, d)
		}}, nil
}

// allDecisions reads the decisions of a filter up to a number, and tells how many it knows to be left.
func (v *visit) allDecisions(filter store.DecisionFilter, most int) (list []governance.Decision, left int, err error) {
	filter.Paging = store.Paging{Limit: store.MaxPageSize}
	for {
		page, err := v.space.Decisions(v.Context(), filter)
		if err != nil {
			return nil, 0, err
		}
		list = append(list, page.Items...)
		if len(list) >= most || page.Next == "" {
			if more := len(list) - most; more > 0 || page.Next != "" {
				left = max(more, page.Total-most, 1)
				list = list[:min(len(list), most)]
			}
			return list, left, nil
		}
		filter.After = page.Next
	}
}

// followUpsByDecision reads what is to be done because of decisions, with the names of who does it.
func (v *visit) followUpsByDecision(ids []string) (map[string][]paper.FollowUp, error) {
	found, err := v.space.FollowUpsOfDecisions(v.Context(), ids...)
	if err != nil {
		return nil, err
	}
	var persons []string
	for _, list := range found {
		for _, u := range list {
			persons = appendNew(persons, u.Person)
		}
	}
	people, err := v.space.PeopleByID(v.Context(), persons...)
	out := make(map[string][]paper.FollowUp, len(found))
	for id, list := range found {
		for _, u := range list {
			out[id] = append(out[id], paper.FollowUp{FollowUp: u, Name: people[u.Person].Name()})
		}
	}
	return out, err
}

// paperQuery is the question of an address without what only bears on the paper.
func paperQuery(q url.Values) string {
	q.Del("langue")
	return query(q)
}

// chosen says in words by what decisions were chosen.
func chosen(p *i18n.Printer, c *convention.Convention, q view.DecisionQuery) []string {
	var out []string
	for _, x := range view.SaidQuery(p, c, q) {
		out = append(out, p.T("paper.register.choice", "name", x.Term, "value", x.Text))
	}
	return out
}

func (s *Server) decisionPaper(v *visit) (made, error) {
	text, err := v.text()
	if err != nil {
		return made{}, err
	}
	x, err := v.shownDecision(text.Text, v.PathValue("id"))
	if err != nil {
		return made{}, err
	}
	from, err := v.decisionData(x)
	if err != nil {
		return made{}, err
	}
	d := paper.DecisionData{Decision: x, Text: from.Text, Meeting: from.Meeting, Proposal: from.Proposal}
	for _, r := range from.FollowUps {
		d.FollowUps = append(d.FollowUps, paper.FollowUp{FollowUp: r.FollowUp, Name: r.Name})
	}
	return made{day: x.Day.String(), name: paperName("", "paper.name.extract", "number", x.Reference()+" "+x.Title), page: view.DecisionHref(v.path(), x),
		compose: func(f paper.Frame) *document.Document { return paper.Extract(f, d) }}, nil
}

// dayAsked is the day that ends the address of a paper.
func (v *visit) paperDay() (calendar.Date, error) {
	day, err := calendar.Parse(v.PathValue("id"))
	if err != nil {
		return day, fault.New(fault.NotFound, "fault.not-found")
	}
	return day, nil
}

// conventionPaper is the text of a day; with ?etat=oui, and what is on record of each clause.
func (s *Server) conventionPaper(v *visit) (made, error) {
	day, err := v.paperDay()
	if err != nil {
		return made{}, err
	}
	h, err := v.history()
	if err != nil {
		return made{}, err
	}
	d := paper.ConventionData{Day: day}
	if d.Version, err = applied(h, day); err != nil {
		return made{}, err
	}
	d.Applies = view.Applies(h, d.Version)
	name := "paper.name.convention"
	if v.URL.Query().Get("etat") != "" {
		e, err := v.evidence(day)
		if err != nil {
			return made{}, err
		}
		report := e.Assess(h, day)
		d.Live, name = &report, "paper.name.convention-live"
	}
	return made{day: day.String(), name: paperName(v.place.Name, name), page: v.dayPath(day), compose: func(f paper.Frame) *document.Document {
		d.Name = view.VersionName(f.P, d.Version)
		return paper.Convention(f, d)
	}}, nil
}

func (s *Server) compliancePaper(v *visit) (made, error) {
	day, err := v.paperDay()
	if err != nil {
		return made{}, err
	}
	h, err := v.history()
	if err != nil {
		return made{}, err
	}
	e, err := v.evidence(day)
	if err != nil {
		return made{}, err
	}
	d := paper.ComplianceData{Report: e.Assess(h, day), Space: v.place.Name, Slug: v.place.Slug, Since: calendar.On(v.place.CreatedAt, calendar.Paris),
		Records: make(map[string]compliance.Record, len(e.Records))}
	for _, r := range e.Records {
		d.Records[r.ID] = r
	}
	d.Version = versionOf(h, d.Report.VersionID)
	if d.Head, err = v.journalHead(); err != nil {
		return made{}, err
	}
	return made{day: day.String(), name: paperName(v.place.Name, "paper.name.compliance"), page: v.path("obligations", "releve") + "?" + url.Values{"le": {day.String()}}.Encode(),
		compose: func(f paper.Frame) *document.Document { return paper.Compliance(f, d) }}, nil
}

// committeesPaper is who sits today: in every committee, or in the one that ends the address.
func (s *Server) committeesPaper(v *visit) (made, error) {
	text, err := v.text()
	if err != nil {
		return made{}, err
	}
	asked, page, about := v.PathValue("id"), v.path("comites"), v.place.Name
	if asked != view.AllCommittees {
		k := text.Text.Committee(asked)
		if k == nil {
			return made{}, fault.New(fault.NotFound, "fault.not-found")
		}
		page, about = v.path("comites", k.ID), k.Name
	}
	d := paper.CommitteesData{Text: text.Text, Day: v.today}
	mandates, err := v.space.Mandates(v.Context(), store.MandateFilter{})
	if err != nil {
		return made{}, err
	}
	if d.People, err = v.peopleOf(mandates); err != nil {
		return made{}, err
	}
	for i := range text.Text.Committees {
		k := &text.Text.Committees[i]
		if asked != view.AllCommittees && k.ID != asked {
			continue
		}
		seats, err := v.committeeSeats(text.Text, k, mandates)
		if err != nil {
			return made{}, err
		}
		d.Committees = append(d.Committees, seats)
	}
	return made{day: v.today.String(), name: paperName(about, "paper.name.committees"), page: page,
		compose: func(f paper.Frame) *document.Document { return paper.Committees(f, d) }}, nil
}

// committeeSeats is who sits in a committee today.
func (v *visit) committeeSeats(c *convention.Convention, k *convention.Committee, mandates []governance.Mandate) (paper.CommitteeSeats, error) {
	out := paper.CommitteeSeats{Committee: k}
	for _, s := range occupations(k, mandates, v.today) {
		out.Seats = append(out.Seats, paper.SeatOn{Seat: s.Seat, Occupation: s.Occupation})
	}
	if !k.Derived() {
		return out, nil
	}
	leads, err := v.space.Leads(v.Context())
	if err != nil {
		return out, err
	}
	names, parties, err := v.whoLeads(leads)
	for _, m := range v.members(c, nil, leads, names, parties) {
		out.Members = append(out.Members, paper.Member{Name: m.Name, Party: m.Party, Actions: m.Member.Actions})
	}
	return out, err
}

func (s *Server) proposalPaper(v *visit) (made, error) {
	x, err := v.readDesk()
	if err != nil {
		return made{}, err
	}
	from, err := v.proposalData(x)
	if err != nil {
		return made{}, err
	}
	return made{day: v.today.String(), name: paperName("", "paper.name.proposal", "number", x.p.Reference()+" "+x.p.Title), page: view.ProposalHref(v.path(), x.p),
		compose: func(f paper.Frame) *document.Document { return paper.Proposal(f, view.ProposalOnPaper(f.P, from)) }}, nil
}
