package web

import (
	"net/http"
	"slices"

	"entente/internal/authority"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/office"
	"entente/internal/store"
	"entente/internal/web/view"
)

// proposals lists the proposals: what waits, for whom and since when; and on demand the settled ones.
func (s *Server) proposals(w http.ResponseWriter, v *visit) error {
	text, err := v.text()
	if err != nil {
		return err
	}
	d, filter := v.proposalQuery()
	d.Text = text.Text
	page, err := v.space.Proposals(v.Context(), filter)
	if err != nil {
		return err
	}
	if d.Customs, err = v.space.Customs(v.Context()); err != nil {
		return err
	}
	d.Items, d.Paging = page.Items, v.paging(page.Previous, page.Next)
	d.Paging.Summary = v.p.T("proposal.shown", "count", page.Total)
	p := v.page(v.p.T("proposal.list"))
	p.Wide = true
	return s.show(w, v, view.ProposalsPage(p, d))
}

// proposalQuery is what the address asks the list of proposals for.
func (v *visit) proposalQuery() (view.ProposalsData, store.ProposalFilter) {
	f := &form{values: v.URL.Query()}
	d := view.ProposalsData{Root: v.path(), Today: v.today, May: v.offers(authority.Propose), Search: f.text("q"), Committee: f.text("comite")}
	if x := governance.Subject(f.text("objet")); slices.Contains(governance.Subjects(), x) {
		d.Subject = x
	}
	if x := f.text("etat"); x == view.AnyState || slices.Contains(view.ProposalStates, governance.ProposalState(x)) {
		d.State = x
	}
	filter := store.ProposalFilter{Subject: d.Subject, Committee: d.Committee, Text: d.Search, Drafts: v.standing.Person,
		AllDrafts: v.offers(authority.RecordMeetings), Open: d.State == "", Paging: store.Paging{After: f.text("apres"), Before: f.text("avant")}}
	if d.State != view.AnyState {
		filter.State = governance.ProposalState(d.State)
	}
	return d, filter
}

// orientations is the register of the orientations that were adopted.
func (s *Server) orientations(w http.ResponseWriter, v *visit) error {
	text, err := v.text()
	if err != nil {
		return err
	}
	list, err := v.space.AdoptedProposals(v.Context(), governance.AboutOrientation)
	if err != nil {
		return err
	}
	slices.Reverse(list)
	ids := make([]string, len(list))
	for i, p := range list {
		ids[i] = p.ID
	}
	courses, err := v.space.Courses(v.Context(), ids...)
	if err != nil {
		return err
	}
	d := view.OrientationsData{Text: text.Text, Root: v.path(), Items: list, Courses: courses, May: v.offers(authority.Propose)}
	if d.Under, err = v.actionsUnder(text.Text, list); err != nil {
		return err
	}
	return s.show(w, v, view.OrientationsPage(v.page(v.p.T("orientation.list"), v.under("proposals")...), d))
}

// actionsUnder are the actions led today for the objective that each orientation serves, or for one of its axis.
func (v *visit) actionsUnder(c *convention.Convention, list []governance.Proposal) (map[string][]string, error) {
	leads, err := v.space.Leads(v.Context())
	axisOf := office.AxisOf(c)
	out := map[string][]string{}
	for _, p := range list {
		for _, l := range leads {
			serves := p.Objective != "" && (l.Objective == p.Objective || axisOf(l.Objective) == p.Objective)
			if serves && l.Period.Contains(v.today) && !slices.Contains(out[p.ID], l.Action) {
				out[p.ID] = append(out[p.ID], l.Action)
			}
		}
	}
	return out, err
}

// desk is a proposal with what its page needs of it.
type desk struct {
	p      governance.Proposal
	course governance.Course
	rules  authority.Rules
}

// readDesk reads the proposal in the address. A draft is there for its author and for who keeps the space alone.
func (v *visit) readDesk() (x desk, err error) {
	if x.p, err = cited(v.space, v.Context(), v.PathValue("id")); err != nil {
		return x, err
	}
	if x.p.State == governance.ProposalDraft {
		mine, err := v.isAuthor(x.p)
		if err != nil || !mine {
			return x, fault.Of(fault.NotFound, err, "web.proposal", x.p.ID)
		}
	}
	courses, err := v.space.Courses(v.Context(), x.p.ID)
	if err != nil {
		return x, err
	}
	x.course = courses[x.p.ID]
	x.rules, err = v.rules()
	return x, err
}

// proposal is the page of one proposal.
func (s *Server) proposal(w http.ResponseWriter, v *visit) error {
	x, err := v.readDesk()
	if err != nil {
		return err
	}
	return s.showProposal(w, v, http.StatusOK, x, refusal{})
}

// refusal is a form of the page that was refused: which, as it was typed, and why.
type refusal struct {
	form string
	f    *form
	err  error
}

func (s *Server) showProposal(w http.ResponseWriter, v *visit, status int, x desk, no refusal) error {
	d, err := v.proposalData(x)
	if err != nil {
		return err
	}
	if d.Forms, err = v.proposalForms(x, no); err != nil {
		return err
	}
	s.render(w, v, status, view.ProposalPage(v.page(x.p.Title, v.under("proposals")...), d))
	return nil
}

// proposalData gathers what the page says of a proposal, in a fixed number of queries.
func (v *visit) proposalData(x desk) (d view.ProposalData, err error) {
	text, err := v.text()
	if err != nil {
		return d, err
	}
	d = view.ProposalData{Text: text.Text, Root: v.path(), Today: v.today, Proposal: x.p, Course: x.course, Gone: x.course.Gone(x.p, v.today),
		Unsettled: governance.Unsettled(x.course.History, x.p.Subject, v.today)}
	ctx := v.Context()
	if d.Decisions, err = v.space.ProposalDecisions(ctx, x.p.ID); err != nil {
		return d, err
	}
	if d.Custom, err = v.space.Custom(ctx, x.p.Turn); err != nil {
		return d, err
	}
	files, err := v.filesOf(governance.OwnerProposal, x.p.ID)
	if err != nil {
		return d, err
	}
	d.Files = files[x.p.ID]
	if o, err := v.owner(governance.OwnerProposal, x.p.ID); err == nil {
		d.MayAttach = o.mayChange == nil && v.offers(authority.AttachDocuments)
	}
	items, err := v.space.ItemsOn(ctx, x.p.ID)
	if err != nil {
		return d, err
	}
	var meetings []string
	for _, i := range items {
		meetings = append(meetings, i.Meeting)
	}
	for _, step := range x.course.Steps {
		meetings = append(meetings, step.Meeting)
	}
	if d.Meetings, err = v.space.MeetingsByID(ctx, distinct(meetings)...); err != nil {
		return d, err
	}
	for _, i := range items {
		if m := d.Meetings[i.Meeting]; m.Pending() && m.Committee == x.p.Turn {
			d.Planned = append(d.Planned, m)
		}
	}
	if err := v.nameAuthor(&d); err != nil {
		return d, err
	}
	if stage, ok := x.course.StageAt(x.p, x.p.Turn, v.today); ok {
		answer := x.rules.May(v.standing.Person, stage.Power, authority.Subject{Kind: string(x.p.Subject)}, v.today)
		d.Stage, d.Answer = &stage, &answer
	}
	d.Author, err = v.isAuthor(x.p)
	return d, err
}

// nameAuthor names the person and the partner that the proposal comes from.
func (v *visit) nameAuthor(d *view.ProposalData) error {
	if d.Proposal.Author != "" {
		people, err := v.space.PeopleByID(v.Context(), d.Proposal.Author)
		if err != nil {
			return err
		}
		d.AuthorName = people[d.Proposal.Author].Name()
	}
	if d.Proposal.Partner != "" {
		list, err := v.space.OrganizationsByID(v.Context(), d.Proposal.Partner)
		if err != nil {
			return err
		}
		d.PartnerName = list[d.Proposal.Partner].Name
	}
	return nil
}

// returnedProposals are the proposals that came back to the visitor with a question.
func (v *visit) returnedProposals() ([]view.Todo, error) {
	list, err := v.space.ProposalsWith(v.Context(), v.standing.Person)
	var out []view.Todo
	for _, p := range list {
		if p.State == governance.ProposalReturned {
			out = append(out, view.Todo{Title: v.p.T("proposal.todo", "number", view.ProposalNumber(v.p, p), "title", p.Title), Href: view.ProposalHref(v.path(), p),
				Body: v.p.T("proposal.todo-text", "answer", p.Answer)})
		}
	}
	return out, err
}
