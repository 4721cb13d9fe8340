package office

import (
	"context"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/evaluation"
	"entente/internal/fault"
	"entente/internal/plan"
	"entente/internal/store"
)

// Preparation is what opening a campaign on a day would ask, about what, and of whom.
type Preparation struct {
	Covered []evaluation.Subject
	Sheets  []evaluation.Sheet
	People  map[string]directory.Person
}

// PrepareCampaign finds what a campaign would bear on and whom it would ask, in a fixed number of queries.
func PrepareCampaign(ctx context.Context, sp *store.Space, text *convention.Convention, c evaluation.Campaign, day calendar.Date) (Preparation, error) {
	var out Preparation
	actions, err := sp.Actions(ctx)
	if err != nil {
		return out, fault.Wrap(err, "office.campaign", c.ID)
	}
	out.Covered = c.CoverOf(text, actions)
	r := evaluation.Rolls{Actions: make(map[string]plan.Action, len(actions)), Party: func(seat string) string {
		s, _ := text.Seat(seat)
		return s.Party
	}}
	var partners []string
	for _, a := range actions {
		r.Actions[a.ID] = a
	}
	for _, s := range out.Covered {
		for _, p := range r.Actions[s.ID].Partners {
			if p.Organization != "" {
				partners = append(partners, p.Organization)
			}
		}
	}
	if r.Leads, err = sp.Leads(ctx); err == nil {
		r.Mandates, err = sp.Mandates(ctx, store.MandateFilter{})
	}
	if err == nil {
		r.Functions, err = sp.FunctionsIn(ctx, partners...)
	}
	if err != nil {
		return out, fault.Wrap(err, "office.campaign", c.ID)
	}
	out.Sheets = c.Respondents(out.Covered, r, day)
	ids := make([]string, len(out.Sheets))
	for i, s := range out.Sheets {
		ids[i] = s.Person
	}
	out.People, err = sp.PeopleByID(ctx, ids...)
	return out, fault.Wrap(err, "office.campaign", c.ID)
}

// afterAnswers is how many days after the last day of answers their links still show what was answered.
const afterAnswers = 30

// CampaignLinkLife is how long a link to a campaign serves that is made on a day.
func CampaignLinkLife(c evaluation.Campaign, day calendar.Date) int {
	return max(c.Closes.DaysSince(day), 0) + afterAnswers
}
