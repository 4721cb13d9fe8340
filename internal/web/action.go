package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"entente/internal/authority"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/plan"
	"entente/internal/store"
	"entente/internal/web/view"
)

// actionSheet keeps the sheets of actions. An action is given up, never removed: only an idea entered by mistake is.
var actionSheet = &sheet[plan.Action]{
	noun: "action", path: "actions", task: authority.ManagePlan,
	ident: func(a *plan.Action) (*string, *int64) { return &a.ID, &a.Version },
	blank: func(v *visit) (plan.Action, error) {
		return plan.Action{Objective: v.URL.Query().Get("objectif"), State: plan.Idea, Since: v.today, Author: v.standing.Person}, nil
	},
	fields: (*visit).actionFields,
	read:   (*visit).readAction,
	back:   func(v *visit, a plan.Action) string { return v.path("actions", a.ID) },
	crumbs: func(v *visit, a plan.Action) []view.Crumb {
		out := v.under("plan")
		if a.ID != "" {
			out = append(out, view.Crumb{Label: a.Label(), Href: v.path("actions", a.ID)})
		}
		return out
	},
	load: (*store.Space).Action, create: (*store.Space).CreateAction,
	update: (*store.Space).UpdateAction, remove: (*store.Space).RemoveAction,
}

func (v *visit) actionFields(a plan.Action) ([]view.Field, error) {
	text, err := v.text()
	if err != nil {
		return nil, err
	}
	const n = "action"
	ladder := make([]view.Option, 0, 3)
	for _, x := range plan.Ladder() {
		ladder = append(ladder, view.Option{Value: string(x), Label: v.p.T("action.participation." + string(x))})
	}
	long := func(name, value string) view.Field { return v.ask(n, name, view.TextAreaField, value) }
	return []view.Field{
		must(v.ask(n, "title", view.TextField, a.Title)),
		must(v.choose(n, "objective", a.Objective, "form.choose", v.aimOptions(text.Text))),
		long("finding", a.Finding), long("description", a.Description), long("aims", a.Aims),
		v.ask(n, "audience", view.TextField, a.Audience),
		v.ask(n, "communes", view.TextField, strings.Join(a.Communes, ", ")),
		long("partners", typedPartners(a.Partners)),
		v.choose(n, "participation", string(a.Participation), "action.participation.unsaid", ladder),
		long("involvement", a.Involvement),
		v.ask(n, "from", view.DateField, a.Period.From.String()), v.ask(n, "to", view.DateField, a.Period.To.String()),
		long("communication", a.Communication), long("risks", a.Risks),
	}, nil
}

func (v *visit) readAction(f *form, a *plan.Action) {
	was := a.Objective
	a.Title, a.Objective = f.text("title"), f.text("objective")
	a.Finding, a.Description, a.Aims, a.Audience = f.prose("finding"), f.prose("description"), f.prose("aims"), f.text("audience")
	a.Communes = nil
	for c := range strings.SplitSeq(f.text("communes"), ",") {
		if c = strings.TrimSpace(c); c != "" && !slices.Contains(a.Communes, c) {
			a.Communes = append(a.Communes, c)
		}
	}
	a.Partners = readPartners(f.prose("partners"), a.Partners)
	a.Participation, a.Involvement = plan.Participation(f.text("participation")), f.prose("involvement")
	a.Period, a.Communication, a.Risks = f.period("from", "to"), f.prose("communication"), f.prose("risks")
	text, err := v.text()
	if err != nil || a.Objective == "" {
		return
	}
	if a.Objective != was && !knownAim(text.Text, a.Objective) {
		f.faults.Add("objective", "fault.field.choice")
	}
}

// typedPartners writes partners one a line, "Name : role"; readPartners reads them back, and keeps the category of those that were
// there before.
func typedPartners(list []plan.Partner) string {
	lines := make([]string, len(list))
	for i, p := range list {
		lines[i] = p.Name
		if p.Role != "" {
			lines[i] += " : " + p.Role
		}
	}
	return strings.Join(lines, "\n")
}

func readPartners(text string, before []plan.Partner) []plan.Partner {
	var out []plan.Partner
	for line := range strings.Lines(text) {
		name, role, _ := strings.Cut(line, ":")
		p := plan.Partner{Name: strings.TrimSpace(name), Role: strings.TrimSpace(role), Category: plan.PartnerOther}
		if p.Name == "" {
			continue
		}
		if i := slices.IndexFunc(before, func(b plan.Partner) bool { return b.Name == p.Name }); i >= 0 {
			p.Category, p.Organization = before[i].Category, before[i].Organization
		}
		out = append(out, p)
	}
	return out
}

// maySeeAction tells whether the visitor reads an action: an idea is for who keeps the plan and for who leads it.
func (v *visit) maySeeAction(a plan.Action, leads []governance.Lead) bool {
	return a.State != plan.Idea || v.offers(authority.ManagePlan) || v.standing.Person != "" && slices.ContainsFunc(leads, func(l governance.Lead) bool {
		return l.ActionID == a.ID && l.Person == v.standing.Person
	})
}

// plan is the tree of the plan: axis, objective, action.
func (s *Server) plan(w http.ResponseWriter, v *visit) error {
	text, err := v.text()
	if err != nil {
		return err
	}
	d := view.PlanData{Text: text.Text, Root: v.path(), May: v.offers(authority.ManagePlan), Leads: map[string][]governance.Lead{}, Reached: map[string]plan.Progress{}}
	leads, err := v.space.Leads(v.Context())
	if err != nil {
		return err
	}
	for _, l := range leads {
		if l.ActionID != "" && l.Period.Contains(v.today) {
			d.Leads[l.ActionID] = append(d.Leads[l.ActionID], l)
		}
	}
	if d.People, d.Parties, err = v.whoLeads(leads); err != nil {
		return err
	}
	all, err := v.space.Actions(v.Context())
	if err != nil {
		return err
	}
	d.Actions = slices.DeleteFunc(all, func(a plan.Action) bool { return !v.maySeeAction(a, leads) })
	steps, err := v.space.Milestones(v.Context())
	if err != nil {
		return err
	}
	of := map[string][]plan.Milestone{}
	for _, m := range steps {
		of[m.Action] = append(of[m.Action], m)
	}
	for id, list := range of {
		d.Reached[id] = plan.MilestoneProgress(list)
	}
	if d.Notes, err = v.space.LastNotes(v.Context()); err != nil {
		return err
	}
	page := v.page(v.p.T("nav.plan"))
	page.Wide = true
	return s.show(w, v, view.PlanPage(page, d))
}

// readAction reads the action in the address with its leads; one that the visitor does not read is as if it were not there.
func (v *visit) actionAsked() (plan.Action, []governance.Lead, error) {
	a, err := v.space.Action(v.Context(), v.PathValue("id"))
	if err != nil {
		return a, nil, err
	}
	leads, err := v.space.LeadsOf(v.Context(), a.ID)
	if err == nil && !v.maySeeAction(a, leads) {
		err = fault.New(fault.NotFound, "store.not-found")
	}
	return a, leads, err
}

// action is the sheet of one action with its steps and its notes.
func (s *Server) action(w http.ResponseWriter, v *visit) error {
	return s.showAction(w, v, http.StatusOK, nil, nil)
}

func (s *Server) showAction(w http.ResponseWriter, v *visit, status int, f *form, refusal error) error {
	a, leads, err := v.actionAsked()
	if err != nil {
		return err
	}
	text, err := v.text()
	if err != nil {
		return err
	}
	d := view.ActionData{Text: text.Text, Root: v.path(), Today: v.today, Action: a, Leads: leads, May: v.offers(authority.ManagePlan)}
	if d.People, d.Parties, err = v.whoLeads(leads); err != nil {
		return err
	}
	if d.Milestones, err = v.space.MilestonesOf(v.Context(), a.ID); err != nil {
		return err
	}
	if d.Notes, err = v.space.NotesOf(v.Context(), a.ID); err != nil {
		return err
	}
	if d.Indicators, err = v.space.IndicatorsOf(v.Context(), a.ID); err != nil {
		return err
	}
	if d.May {
		d.Pass = v.passForm(a, f, refusal)
		if a.State == plan.Idea {
			d.Propose = &view.Form{ID: "propose", Action: v.path("actions", a.ID, "proposition"), Version: a.Version, Submit: v.p.T("action.propose"), Quiet: true}
		}
	}
	if a.Proposal != "" {
		p, err := v.space.Proposal(v.Context(), a.Proposal)
		if err != nil {
			return err
		}
		d.Proposal = &p
	}
	s.render(w, v, status, view.ActionPage(v.page(a.Label(), v.under("plan")...), d))
	return nil
}

// passForm asks to which state the action passes.
func (v *visit) passForm(a plan.Action, f *form, refusal error) *view.Form {
	var states []view.Option
	for _, x := range a.ByHand(a.Proposal != "") {
		states = append(states, view.Option{Value: string(x), Label: v.p.T("action.state." + string(x))})
	}
	x := view.Form{ID: "state", Action: v.path("actions", a.ID, "etat"), Version: a.Version, Submit: v.p.T("action.pass"), Quiet: true, Fields: typed([]view.Field{
		must(v.choose("action", "state", "", "form.choose", states)),
		v.ask("action", "reason", view.TextAreaField, ""), v.ask("action", "resume", view.TextAreaField, "")}, f)}
	x.Faults, x.Message = explained(refusal)
	return &x
}

// passAction takes an action to another state.
func (s *Server) passAction(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	id := v.PathValue("id")
	_, err = v.space.UpdateAction(v.Context(), v.actor("", ""), id, f.version(), func(a *plan.Action) error {
		if to := plan.State(f.required("state")); !slices.Contains(a.ByHand(a.Proposal != ""), to) {
			var wrong fault.Fields
			wrong.Add("state", "fault.action.transition")
			return wrong.Err()
		}
		return a.Pass(plan.State(f.text("state")), v.today, f.prose("reason"), f.prose("resume"))
	})
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		return s.showAction(w, v, statuses[fault.KindOf(err)], f, err)
	}
	if err != nil {
		return err
	}
	return s.redirect(w, v, v.path("actions", id), fault.Say("action.passed"))
}

// proposeAction puts an idea to the committees, under the name of who asks or, where they are nobody of the directory, of who had the
// idea. What the sheet describes is the text of the proposal.
func (s *Server) proposeAction(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	a, err := v.space.Action(v.Context(), v.PathValue("id"))
	if err != nil {
		return err
	}
	_, err = v.space.ProposeAction(v.Context(), v.actor("", ""), a.ID, f.version(), governance.Proposal{Author: cmp.Or(v.standing.Person, a.Author),
		Text: cmp.Or(a.Description, a.Finding, a.Aims)})
	switch {
	case fault.Is(err, fault.Invalid):
		return s.showAction(w, v, http.StatusUnprocessableEntity, nil, fault.New(fault.Invalid, "action.not-proposed"))
	case fault.Is(err, fault.Conflict):
		return s.showAction(w, v, http.StatusConflict, nil, err)
	case err != nil:
		return err
	}
	return s.redirect(w, v, v.path("actions", a.ID), fault.Say("action.proposed"))
}
