package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"entente/internal/authority"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/web/view"
)

// viewer is the visitor as who reads lists that hold things for several audiences, in at most two queries.
func (v *visit) viewer(text *convention.Convention) (store.Viewer, error) {
	out := store.Viewer{All: v.offers(authority.RecordMeetings), Person: v.standing.Person}
	if out.All || out.Person == "" {
		return out, nil
	}
	mandates, err := v.space.Mandates(v.Context(), store.MandateFilter{Person: out.Person})
	if err != nil {
		return out, err
	}
	for _, m := range mandates {
		if seat, known := text.Seat(m.Seat); known && m.InForce(v.today) && !slices.Contains(out.Committees, seat.Committee) {
			out.Committees = append(out.Committees, seat.Committee)
		}
	}
	return out, v.derivedSeats(text, &out)
}

// derivedSeats adds the derived committees of a person who leads an action.
func (v *visit) derivedSeats(text *convention.Convention, out *store.Viewer) error {
	leads, err := v.space.Leads(v.Context())
	if err != nil {
		return err
	}
	leading := slices.ContainsFunc(leads, func(l governance.Lead) bool { return l.Person == out.Person && l.Period.Contains(v.today) })
	for i := range text.Committees {
		if k := &text.Committees[i]; leading && k.Derived() {
			out.Committees = append(out.Committees, k.ID)
		}
	}
	return nil
}

// decisionQuery is what the address asks the register for.
func (v *visit) decisionQuery(text *convention.Convention) (view.DecisionQuery, store.DecisionFilter, error) {
	f := &form{values: v.URL.Query()}
	q := view.DecisionQuery{Text: f.text("texte"), Committee: f.text("comite"), Axis: f.text("axe"), Position: f.text("position"), Outcome: f.text("issue"),
		FollowUp: f.text("suites"), Year: f.text("annee")}
	viewer, err := v.viewer(text)
	out := store.DecisionFilter{Viewer: viewer, Text: q.Text, Committee: q.Committee, Outcome: governance.Outcome(q.Outcome), FollowUp: store.FollowUpChoice(q.FollowUp),
		Today: v.today, Paging: store.Paging{After: f.text("apres"), Before: f.text("avant")}}
	if q.Year != "" {
		out.Year = v.yearAsked("annee")
	}
	out.Axis = q.Axis
	for _, x := range text.Axes {
		for _, o := range x.Objectives {
			if o.ID == q.Axis {
				out.Axis, out.Objective = "", o.ID
			}
		}
	}
	if party, stance, found := strings.Cut(q.Position, ":"); found {
		out.Party, out.Stance = party, governance.Stance(stance)
	}
	return q, out, err
}

// decisions is the register of decisions, across committees.
func (s *Server) decisions(w http.ResponseWriter, v *visit) error {
	text, err := v.text()
	if err != nil {
		return err
	}
	q, filter, err := v.decisionQuery(text.Text)
	if err != nil {
		return err
	}
	found, err := v.space.Decisions(v.Context(), filter)
	if err != nil {
		return err
	}
	ids := make([]string, len(found.Items))
	for i, d := range found.Items {
		ids[i] = d.ID
	}
	follow, err := v.space.FollowUpsOfDecisions(v.Context(), ids...)
	if err != nil {
		return err
	}
	d := view.DecisionsData{Text: text.Text, Root: v.path(), Today: v.today, Asked: q, Decisions: found.Items, FollowUps: follow, Total: found.Total, More: found.More,
		Paging: v.paging(found.Previous, found.Next)}
	page := v.page(v.p.T("nav.decisions"))
	page.Wide = true
	return s.show(w, v, view.DecisionsPage(page, d))
}

// query is the question of an address again, without the place in the list.
func query(q url.Values) string {
	q.Del("avant")
	q.Del("apres")
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

// shownDecision reads the decision that is cited; one that is not for the visitor is not there.
func (v *visit) shownDecision(text *convention.Convention, cited string) (governance.Decision, error) {
	year, number, ok := governance.ParseReference(cited)
	if !ok {
		return governance.Decision{}, fault.New(fault.NotFound, "fault.not-found")
	}
	viewer, err := v.viewer(text)
	if err != nil {
		return governance.Decision{}, err
	}
	found, err := v.space.Decisions(v.Context(), store.DecisionFilter{Viewer: viewer, Year: year, Number: number, Paging: store.Paging{Limit: 1}})
	if err == nil && len(found.Items) == 0 {
		err = fault.New(fault.NotFound, "fault.not-found")
	}
	if err != nil {
		return governance.Decision{}, err
	}
	return found.Items[0], nil
}

// decision is the page of one decision, at its address for ever; printed, it is an extract of the register.
func (s *Server) decision(w http.ResponseWriter, v *visit) error {
	text, err := v.text()
	if err != nil {
		return err
	}
	d, err := v.shownDecision(text.Text, v.PathValue("reference"))
	if err != nil {
		return err
	}
	data, err := v.decisionData(d)
	if err != nil {
		return err
	}
	page := v.page(v.p.T("decision.title", "reference", d.Reference()), view.Crumb{Label: v.p.T("nav.decisions"), Href: v.path("decisions")})
	return s.show(w, v, view.DecisionPage(page, data))
}

// decisionData gathers what the page of a decision shows, under the text of its day.
func (v *visit) decisionData(d governance.Decision) (view.DecisionData, error) {
	out := view.DecisionData{Decision: d, Root: v.path(), Space: v.place.Name, Today: v.today, Journal: v.offers(authority.ReadJournal), Keeps: v.offers(authority.RecordMeetings)}
	h, err := v.history()
	if err != nil {
		return out, err
	}
	out.Text = h[0].Text
	if on := h.On(d.Day); on != nil {
		out.Text = on.Text
	}
	ctx := v.Context()
	if out.Meeting, err = v.space.Meeting(ctx, d.Meeting); err != nil {
		return out, err
	}
	follow, err := v.space.FollowUpsOfDecisions(ctx, d.ID)
	if err != nil {
		return out, err
	}
	if d.Proposal != "" {
		p, err := v.space.Proposal(ctx, d.Proposal)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return out, err
		}
		out.Proposal = p.Title
	}
	out.FollowUps, err = v.followUpRows(follow[d.ID])
	return out, err
}
