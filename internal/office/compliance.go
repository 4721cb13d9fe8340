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
	"entente/internal/directory"
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
	info, err := sp.Info(ctx)
	if err != nil {
		return compliance.Report{}, fault.Wrap(err, "office.compliance", sp.ID())
	}
	e, err := EvidenceOf(ctx, sp, info)
	if err != nil {
		return compliance.Report{}, err
	}
	return e.Assess(h, day), nil
}

// Evidence is what the clauses of a space are judged by, with the people that it names: a page that shows both the
// judgement and what it rests on reads them once.
type Evidence struct {
	compliance.Evidence
	Holders map[string]directory.Person // whoever holds, held or will hold a mandate, by identifier
}

// Assess reports how every clause of the convention stands on a day.
func (e Evidence) Assess(h convention.History, day calendar.Date) compliance.Report {
	return compliance.Assess(h, e.Evidence, day)
}

// EvidenceOf reads what the clauses of a space are judged by, in five queries; info is the space itself, as its caller has
// read it. The space began to record on the day of its making.
func EvidenceOf(ctx context.Context, sp *store.Space, info store.SpaceInfo) (Evidence, error) {
	e, err := registers(ctx, sp)
	e.Since = calendar.On(info.CreatedAt, calendar.Paris)
	return e, fault.Wrap(err, "office.evidence", sp.ID())
}

func registers(ctx context.Context, sp *store.Space) (e Evidence, err error) {
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
	if e.Holders, err = holders(ctx, sp, e.Mandates); err != nil {
		return e, err
	}
	e.People = make(map[string]string, len(e.Holders))
	for id, p := range e.Holders {
		e.People[id] = p.Name()
	}
	return e, nil
}

// holders reads the people who hold the mandates.
func holders(ctx context.Context, sp *store.Space, mandates []governance.Mandate) (map[string]directory.Person, error) {
	seen := make(map[string]bool, len(mandates))
	var ids []string
	for _, m := range mandates {
		if !seen[m.Person] {
			seen[m.Person] = true
			ids = append(ids, m.Person)
		}
	}
	return sp.PeopleByID(ctx, ids...)
}
