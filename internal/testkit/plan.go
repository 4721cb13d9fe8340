package testkit

import (
	"context"
	"fmt"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/governance"
	"entente/internal/plan"
	"entente/internal/store"
)

// FillPlan makes n actions that are under way around a day, spread over the objectives of a convention and led by people in turn.
// Each has three steps, means, an indicator with its value of the year before, and a note: fresh for four of five, too old for the
// rest. It returns the last.
func FillPlan(ctx context.Context, s *store.Store, space string, text *convention.Convention, people []string, n int, day calendar.Date) (plan.Action, error) {
	var last plan.Action
	for done := 0; done < n; done += together {
		err := s.In(space).Together(ctx, func(sp *store.Space) error {
			for i := done; i < min(done+together, n); i++ {
				axis := text.Axes[i%len(text.Axes)]
				rank := i / len(text.Axes) % max(len(axis.Objectives), 1)
				var err error
				if last, err = fillAction(ctx, sp, axis, rank, i, day); err != nil {
					return err
				}
				if err := fillSheet(ctx, sp, last, people, i, day); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return last, err
		}
	}
	return last, nil
}

func fillAction(ctx context.Context, sp *store.Space, axis convention.Axis, rank, i int, day calendar.Date) (plan.Action, error) {
	a := plan.Action{Objective: axis.ID, Title: fmt.Sprintf("%s et %s, action %d", words[i%len(words)], words[i/len(words)%len(words)], i),
		Description: "Une action que plusieurs institutions mènent ensemble.", Audience: "Familles",
		Partners: []plan.Partner{{Name: words[i*3%len(words)], Category: plan.PartnerAssociation}}, Participation: plan.Ladder()[i%len(plan.Ladder())],
		Period: calendar.Period{From: day.AddMonths(-12), To: day.AddMonths(i % 24)}, State: plan.UnderWay, Since: day.AddMonths(-12)}
	if len(axis.Objectives) > 0 {
		a.Objective = axis.Objectives[rank].ID
	}
	return sp.CreateAction(ctx, filler, a)
}

func fillSheet(ctx context.Context, sp *store.Space, a plan.Action, people []string, i int, day calendar.Date) error {
	if len(people) > 0 {
		_, err := sp.CreateLead(ctx, filler, governance.Lead{Person: people[i%len(people)], Action: a.Title, ActionID: a.ID, Objective: a.Objective,
			Period: calendar.Period{From: a.Period.From}})
		if err != nil {
			return err
		}
	}
	for step := range 3 {
		m := plan.Milestone{Action: a.ID, Name: fmt.Sprintf("Étape %d", step+1), Due: a.Period.From.AddMonths(6 * step)}
		if step == 0 {
			m.Done = m.Due
		}
		if _, err := sp.CreateMilestone(ctx, filler, m); err != nil {
			return err
		}
	}
	year := day.Year() - 1
	_, err := sp.CreateMeans(ctx, filler, plan.Means{Action: a.ID, Funder: words[i%len(words)], Year: year, Kind: plan.Money, Promised: 1000000, Granted: 900000, Spent: 800000})
	if err != nil {
		return err
	}
	zero := plan.Quantity(0)
	x, err := sp.CreateIndicator(ctx, filler, plan.Indicator{Action: a.ID, Name: "Familles", Kind: plan.OfOutput, Unit: "familles", Rhythm: plan.Yearly, Baseline: &zero,
		Targets: map[int]plan.Quantity{year: 100 * plan.Thousandth}})
	if err != nil {
		return err
	}
	_, err = sp.CreateValue(ctx, filler, plan.Value{Indicator: x.ID, Year: year, Period: fmt.Sprint(year), Amount: plan.Quantity(i%100) * plan.Thousandth, State: plan.ValueApproved})
	if err != nil {
		return err
	}
	written := day.AddMonths(-1)
	if i%5 == 0 {
		written = day.AddMonths(-6)
	}
	_, err = sp.CreateNote(ctx, filler, plan.Note{Action: a.ID, Day: written, Weather: plan.Weathers()[i%4], Did: "Une étape est faite."})
	return err
}
