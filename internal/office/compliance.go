// Package office holds the use cases that touch several rooms of the house: it gathers from the store what a pure package
// judges, and carries out what takes more than one aggregate.
//
// It decides nothing by itself and holds no SQL. The invariant that it owns: what a use case needs is read in a fixed,
// small number of queries, whatever the size of the space.
package office

import (
	"context"

	"entente/internal/calendar"
	"entente/internal/compliance"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
)

// Compliance reports how every clause of the convention of a space stands on a day, from what the space has on record.
func Compliance(ctx context.Context, sp *store.Space, day calendar.Date) (compliance.Report, error) {
	h, err := sp.History(ctx)
	if err != nil {
		return compliance.Report{}, fault.Wrap(err, "office.compliance", sp.ID())
	}
	return ComplianceOf(ctx, sp, h, day)
}

// ComplianceOf is Compliance for a caller that has already read the history of the space.
func ComplianceOf(ctx context.Context, sp *store.Space, h convention.History, day calendar.Date) (compliance.Report, error) {
	e, err := evidence(ctx, sp)
	if err != nil {
		return compliance.Report{}, fault.Wrap(err, "office.compliance", sp.ID())
	}
	return compliance.Assess(h, e, day), nil
}

// evidence reads what the clauses are judged by, in six queries. The space began to record on the day of its making.
func evidence(ctx context.Context, sp *store.Space) (e compliance.Evidence, err error) {
	info, err := sp.Info(ctx)
	if err != nil {
		return e, err
	}
	e.Since = calendar.On(info.CreatedAt, calendar.Paris)
	if e.Meetings, err = sp.Meetings(ctx, store.MeetingFilter{}); err != nil {
		return e, err
	}
	if e.Mandates, err = sp.Mandates(ctx, store.MandateFilter{}); err != nil {
		return e, err
	}
	if e.Signatures, err = sp.Signatures(ctx, ""); err != nil {
		return e, err
	}
	if e.Records, err = sp.Evidence(ctx, ""); err != nil {
		return e, err
	}
	e.People, err = names(ctx, sp, e.Mandates)
	return e, err
}

// names reads the names of those who hold mandates.
func names(ctx context.Context, sp *store.Space, mandates []governance.Mandate) (map[string]string, error) {
	seen := make(map[string]bool, len(mandates))
	var ids []string
	for _, m := range mandates {
		if !seen[m.Person] {
			seen[m.Person] = true
			ids = append(ids, m.Person)
		}
	}
	people, err := sp.PeopleByID(ctx, ids...)
	if err != nil {
		return nil, err
	}
	out := make(map[string]string, len(people))
	for id, p := range people {
		out[id] = p.Name()
	}
	return out, nil
}
