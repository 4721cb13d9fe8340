// Package office holds the use cases that touch several rooms of the house: it gathers from the store what a pure package
// judges, and carries out what takes more than one aggregate.
//
// It decides nothing by itself and holds no SQL. The invariant that it owns: what a use case needs is read in a fixed,
// small number of queries, whatever the size of the space.
package office

import (
	"context"
	"slices"

	"entente/internal/calendar"
	"entente/internal/compliance"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/evaluation"
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
	e, err := EvidenceOf(ctx, sp, info, h, day)
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

	judged *compliance.Report // by the history that it was read with, on its day; nil where that was not done
}

// Assess reports how every clause of the convention stands on a day.
func (e Evidence) Assess(h convention.History, day calendar.Date) compliance.Report {
	if e.judged != nil && e.judged.Day == day {
		return *e.judged
	}
	return compliance.Assess(h, e.Evidence, day)
}

// EvidenceOf reads what the clauses of a space are judged by on a day, in a fixed number of queries whatever the length of its
// registers; info is the space itself, as its caller has read it. The space began to record on the day of its making.
func EvidenceOf(ctx context.Context, sp *store.Space, info store.SpaceInfo, h convention.History, day calendar.Date) (Evidence, error) {
	e, err := registers(ctx, sp)
	if err == nil {
		err = e.life(ctx, sp, h, day)
	}
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

// life reads what the committees have done: who came, what was decided, what waits, who leads what.
func (e *Evidence) life(ctx context.Context, sp *store.Space, h convention.History, day calendar.Date) (err error) {
	v := h.On(day)
	if v == nil {
		return nil
	}
	last := day
	if end := v.Until(); !end.IsZero() && end.Before(day) {
		last = end
	}
	if e.Attendances, err = sp.Attendances(ctx, calendar.RollingMonths(last, compliance.EvidenceMonths)); err != nil {
		return err
	}
	about := []governance.Subject{governance.AboutEvaluation, governance.AboutCommunication}
	if e.Decisions, err = sp.DecisionsUnder(ctx, exercises(v.Text), about, day); err != nil {
		return err
	}
	if err = e.pending(ctx, sp); err != nil {
		return err
	}
	leads, err := sp.Leads(ctx)
	if err != nil {
		return err
	}
	e.Actions = actionsOf(leads, day)
	if e.Campaigns, err = carriedOut(ctx, sp); err != nil {
		return err
	}
	e.Orientations, err = orientations(ctx, sp, v.Text, leads, day)
	return err
}

// carriedOut are the evaluations that are closed, oldest first.
func carriedOut(ctx context.Context, sp *store.Space) ([]compliance.Campaign, error) {
	list, err := sp.Campaigns(ctx)
	var out []compliance.Campaign
	for _, c := range slices.Backward(list) {
		if c.State == evaluation.Closed {
			out = append(out, compliance.Campaign{ID: c.ID, Title: c.Title, Day: c.Ended, Axes: c.WholeAxes()})
		}
	}
	return out, err
}

// exercises are the powers that each committee has by the text. One that defines orientations shows it by those that it adopts,
// under whichever power.
func exercises(text *convention.Convention) []store.Exercise {
	var out []store.Exercise
	add := func(x store.Exercise) {
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	for _, k := range text.Committees {
		for _, m := range k.Missions {
			for _, p := range m.Powers {
				add(store.Exercise{Committee: k.ID, Power: string(p)})
				if p == convention.DefineOrientations {
					add(store.Exercise{Committee: k.ID, Adopts: governance.AboutOrientation})
				}
			}
		}
	}
	return out
}

// pending reads what waits, with the delay that is the custom of each committee.
func (e *Evidence) pending(ctx context.Context, sp *store.Space) (err error) {
	if e.Pending, err = sp.Pending(ctx); err != nil || len(e.Pending) == 0 {
		return err
	}
	customs, err := sp.Customs(ctx)
	for i := range e.Pending {
		p := &e.Pending[i]
		custom, set := customs[p.Committee]
		if !set {
			custom = governance.Usual(p.Committee)
		}
		p.Within = custom.AnswerDays
	}
	return err
}

// actionsOf is the register of actions as the leads make it: each action by its name, with who leads it on the day. An empty
// one is a register all the same.
func actionsOf(leads []governance.Lead, day calendar.Date) *[]compliance.Action {
	out := []compliance.Action{}
	at := map[string]int{}
	for _, l := range leads {
		if l.Period.From.After(day) {
			continue
		}
		i, known := at[l.Action]
		if !known {
			i = len(out)
			at[l.Action] = i
			out = append(out, compliance.Action{ID: l.Action, Name: l.Action})
		}
		if l.Period.Contains(day) {
			out[i].Leads++
		}
	}
	return &out
}

// orientations are the orientations that were proposed and adopted. What stands under one are the actions led on the day for
// the objective that it names, or for an objective of the axis that it names.
func orientations(ctx context.Context, sp *store.Space, text *convention.Convention, leads []governance.Lead, day calendar.Date) (*[]compliance.Orientation, error) {
	adopted, err := sp.AdoptedProposals(ctx, governance.AboutOrientation)
	axisOf := AxisOf(text)
	out := make([]compliance.Orientation, 0, len(adopted))
	for _, p := range adopted {
		served := map[string]bool{}
		for _, l := range leads {
			if p.Objective != "" && l.Period.Contains(day) && (l.Objective == p.Objective || axisOf(l.Objective) == p.Objective) {
				served[l.Action] = true
			}
		}
		out = append(out, compliance.Orientation{ID: p.ID, Name: p.Title, Validated: p.Settled, Implemented: len(served)})
	}
	return &out, err
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
