package web

import (
	"strconv"

	"entente/internal/web/view"
)

// sheets is every kind of record that people keep by form.
func (s *Server) sheets() []sheetRoutes {
	return []sheetRoutes{organizationSheet, personSheet, functionSheet, mandateSheet, delegationSheet, meetingSheet, itemSheet,
		followUpSheet, leadSheet, panelSheet, proposalSheet, signatureSheet, evidenceSheet,
		campaignSheet, questionSheet, reportSheet, actionSheet, milestoneSheet, noteSheet}
}

// pages that stand under another: the address and the sentence of each.
var underPages = map[string][2]string{
	"convention":  {"convention", "nav.convention"},
	"compliance":  {"obligations", "nav.compliance"},
	"signatures":  {"signatures", "signature.list"},
	"delegations": {"delegations", "delegation.list"},
	"committees":  {"comites", "nav.committees"},
	"plan":        {"actions", "nav.plan"},
	"leads":       {"pilotes", "lead.list"},
	"evaluations": {"evaluations", "nav.evaluations"},
	"proposals":   {"propositions", "nav.proposals"},
	"panels":      {"comites-techniques", "panel.list"},
}

// under is the way to a page through others of the space.
func (v *visit) under(names ...string) []view.Crumb {
	out := make([]view.Crumb, 0, len(names))
	for _, n := range names {
		p := underPages[n]
		out = append(out, view.Crumb{Label: v.p.T(p[1]), Href: v.path(p[0])})
	}
	return out
}

// yearAsked is the civil year in the address, the present one where it names none that is sensible.
func (v *visit) yearAsked(name string) int {
	year, err := strconv.Atoi(v.URL.Query().Get(name))
	if err != nil || year < 1990 || year > 2200 {
		return v.today.Year()
	}
	return year
}
