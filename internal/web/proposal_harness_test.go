package web

import (
	"strings"

	"entente/internal/calendar"
	"entente/internal/governance"
	"entente/internal/store"
)

// fillCircuit puts a lead, a technical committee and a proposal, which was returned to its author, into the own space.
func (st *site) fillCircuit(by store.Actor, person string) {
	st.t.Helper()
	ctx, sp := st.t.Context(), st.store.In(st.own.ID)
	since := calendar.Period{From: calendar.Must("2025-01-01")}
	axis := st.text.Axes[0]
	lead, err := sp.CreateLead(ctx, by, governance.Lead{Person: person, Action: "Ludobus", Objective: axis.Objectives[0].ID, Period: since})
	st.must(err)
	panel, err := sp.CreatePanel(ctx, by, governance.Panel{Committee: "technique", Name: "Petite enfance", Scope: []string{axis.ID}, Period: since, By: "operationnel"})
	st.must(err)
	p, err := sp.CreateProposal(ctx, by, governance.Proposal{Subject: governance.AboutOrientation, Title: "Un guichet itinérant", Text: "Aller **vers** les communes.", Author: person})
	st.must(err)
	p, err = sp.PassProposal(ctx, by, p.ID, p.Version, governance.Submit, "")
	st.must(err)
	p, err = sp.PassProposal(ctx, by, p.ID, p.Version, governance.Return, "Dans quelles communes ?")
	st.must(err)
	attached, err := sp.Attach(ctx, by, governance.Attachment{Owner: governance.OwnerProposal, OwnerID: p.ID, Name: "Ordre du jour", FileName: "odj.txt",
		Type: "text/plain", Audience: governance.ForSpace}, strings.NewReader("Un ordre du jour."))
	st.must(err)
	st.ids["pieces"], st.ids["pieces/{owner}"] = attached.ID, p.ID
	st.ids["pilotes"], st.ids["comites-techniques"], st.ids["propositions"] = lead.ID, panel.ID, p.Reference()
}
