package office

import (
	"context"
	"strings"

	"entente/internal/authority"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/store"
)

// RulesOf reads everything that powers follow from in a space, in five queries: mandates, leads, delegations, and who holds the
// function that signs for each party, as far as the directory names it as the convention does.
func RulesOf(ctx context.Context, sp *store.Space, h convention.History) (authority.Rules, error) {
	r := authority.Rules{History: h}
	var err error
	if r.Mandates, err = sp.Mandates(ctx, store.MandateFilter{}); err != nil {
		return r, fault.Wrap(err, "office.rules", sp.ID())
	}
	leads, err := sp.Leads(ctx)
	if err != nil {
		return r, fault.Wrap(err, "office.rules", sp.ID())
	}
	for _, l := range leads {
		r.Leads = append(r.Leads, authority.Lead{Person: l.Person, Action: l.Action, Period: l.Period})
	}
	if r.Delegations, err = sp.Delegations(ctx); err != nil {
		return r, fault.Wrap(err, "office.rules", sp.ID())
	}
	r.Signatories, err = signatories(ctx, sp, h)
	return r, fault.Wrap(err, "office.rules", sp.ID())
}

// signatories are the people who hold, in the organization of a party, the function that the convention says signs for it.
func signatories(ctx context.Context, sp *store.Space, h convention.History) ([]authority.Signatory, error) {
	parties, err := sp.Parties(ctx)
	if err != nil {
		return nil, err
	}
	party, ids := map[string]string{}, []string{}
	for id, o := range parties {
		party[o.ID] = id
		ids = append(ids, o.ID)
	}
	functions, err := sp.FunctionsIn(ctx, ids...)
	var out []authority.Signatory
	for _, f := range functions {
		if signs(h, party[f.Organization], f.Title) {
			out = append(out, authority.Signatory{Person: f.Person, Party: party[f.Organization], Period: f.Period})
		}
	}
	return out, err
}

// signs tells whether some version names the function as the one that signs for the party.
func signs(h convention.History, party, title string) bool {
	for _, v := range h {
		if p := v.Text.Party(party); p != nil && strings.EqualFold(strings.TrimSpace(title), p.Signatory) {
			return true
		}
	}
	return false
}
