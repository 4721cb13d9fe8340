package store

import (
	"context"

	"entente/internal/evaluation"
	"entente/internal/fault"
)

var campaigns = aggregate[evaluation.Campaign]{
	subject: "campaign",
	table:   "campaign",
	columns: "kind, title, from_day, to_day, axes, actions, asked, opens, closes, due, threshold, state, opened, ended, questions, covered, figures, voices",
	ident:   func(c *evaluation.Campaign) (*string, *int64) { return &c.ID, &c.Version },
	fields: func(c *evaluation.Campaign) []any {
		return []any{&c.Kind, &c.Title, &c.Span.From, &c.Span.To, asJSON{&c.Axes}, asJSON{&c.Actions}, asJSON{&c.Groups}, &c.Opens, &c.Closes, &c.Due,
			&c.Threshold, &c.State, &c.Opened, &c.Ended, asJSON{&c.Questions}, asJSON{&c.Covered}, asJSON{&c.Figures}, asJSON{&c.Voices}}
	},
	label: func(_ context.Context, _ *ledger, c evaluation.Campaign) (string, error) { return c.Title, nil },
	check: func(_ context.Context, _ *ledger, c evaluation.Campaign) error { return c.Check() },
	guard: func(_ context.Context, _ *ledger, c evaluation.Campaign) error {
		if c.State != evaluation.Draft {
			return fault.New(fault.Invalid, "store.campaign.begun")
		}
		return nil
	},
}

// CreateCampaign keeps a new campaign, as a draft.
func (sp *Space) CreateCampaign(ctx context.Context, by Actor, c evaluation.Campaign) (evaluation.Campaign, error) {
	c.State = evaluation.Draft
	return campaigns.create(ctx, sp, by, c)
}

// Campaign reads one campaign.
func (sp *Space) Campaign(ctx context.Context, id string) (evaluation.Campaign, error) {
	return campaigns.get(ctx, sp.q(), sp.id, id)
}

// UpdateCampaign changes a draft that was read at a version. Once a campaign is open its frame stays as it is.
func (sp *Space) UpdateCampaign(ctx context.Context, by Actor, id string, version int64, fn func(*evaluation.Campaign) error) (evaluation.Campaign, error) {
	return campaigns.update(ctx, sp, by, id, version, fn)
}

// RemoveCampaign takes away a draft.
func (sp *Space) RemoveCampaign(ctx context.Context, by Actor, id string, version int64) error {
	return campaigns.remove(ctx, sp, by, id, version)
}

// Campaigns lists the campaigns of the space, the one that looks back on the latest days first.
func (sp *Space) Campaigns(ctx context.Context) ([]evaluation.Campaign, error) {
	return campaigns.find(ctx, sp, "ORDER BY to_day DESC, id DESC")
}

// OpenCampaign opens a draft that was read at a version, with the questions to ask, what they are about, and a sheet for each
// respondent; it gives the sheets as they are kept. The entry of the opening stands for the sheets.
func (sp *Space) OpenCampaign(ctx context.Context, by Actor, id string, version int64, questions []evaluation.Question, covered []evaluation.Subject,
	list []evaluation.Sheet) (evaluation.Campaign, []evaluation.Sheet, error) {
	var c evaluation.Campaign
	var kept []evaluation.Sheet
	err := sp.change(ctx, func(l *ledger) (err error) {
		c, err = campaigns.pass(ctx, l, by, id, version, "open", func(c *evaluation.Campaign) error { return c.Begin(l.today, questions, covered) })
		kept = nil
		for _, s := range list {
			if err != nil {
				return err
			}
			s.Campaign, s.Answers = id, nil
			err = sheets.insertOnly(ctx, l, &s)
			kept = append(kept, s)
		}
		return err
	})
	return c, kept, fault.Wrap(err, "store.campaign.open", id)
}

// CloseCampaign closes an open campaign that was read at a version: its figures are counted and kept, and the indicators of its
// years do not change any more.
func (sp *Space) CloseCampaign(ctx context.Context, by Actor, id string, version int64) (evaluation.Campaign, error) {
	var c evaluation.Campaign
	err := sp.change(ctx, func(l *ledger) error {
		inside := &Space{store: sp.store, id: sp.id, open: l}
		answers, err := inside.Sheets(ctx, id)
		if err != nil {
			return err
		}
		c, err = campaigns.pass(ctx, l, by, id, version, "close", func(c *evaluation.Campaign) error { return c.End(l.today, answers) })
		if err != nil {
			return err
		}
		for _, year := range c.Years(l.today) {
			if err := l.lockYear(ctx, by, year); err != nil {
				return err
			}
		}
		return nil
	})
	return c, fault.Wrap(err, "store.campaign.close", id)
}

// ChooseVoices keeps which texts of a campaign, read at a version, are quoted: only texts that were answered can be.
func (sp *Space) ChooseVoices(ctx context.Context, by Actor, id string, version int64, voices []evaluation.Voice) (evaluation.Campaign, error) {
	var c evaluation.Campaign
	err := sp.change(ctx, func(l *ledger) error {
		inside := &Space{store: sp.store, id: sp.id, open: l}
		answers, err := inside.Sheets(ctx, id)
		if err != nil {
			return err
		}
		c, err = campaigns.pass(ctx, l, by, id, version, "update", func(c *evaluation.Campaign) error {
			c.Voices = nil
			for _, q := range evaluation.Quotes(*c, answers) {
				for _, v := range voices {
					if v == q.Voice {
						c.Voices = append(c.Voices, v)
					}
				}
			}
			return nil
		})
		return err
	})
	return c, fault.Wrap(err, "store.campaign.voices", id)
}

var questions = aggregate[evaluation.Question]{
	subject: "evaluation-question",
	table:   "evaluation_question",
	columns: "rank, criterion, kind, about, body, options, asked",
	ident:   func(q *evaluation.Question) (*string, *int64) { return &q.ID, &q.Version },
	fields: func(q *evaluation.Question) []any {
		return []any{&q.Rank, &q.Criterion, &q.Kind, &q.About, &q.Text, asJSON{&q.Options}, asJSON{&q.Groups}}
	},
	label: func(_ context.Context, _ *ledger, q evaluation.Question) (string, error) { return q.Text, nil },
	check: func(_ context.Context, _ *ledger, q evaluation.Question) error { return q.Check() },
}

// CreateQuestion adds a question to the template of the space.
func (sp *Space) CreateQuestion(ctx context.Context, by Actor, q evaluation.Question) (evaluation.Question, error) {
	return questions.create(ctx, sp, by, q)
}

// Question reads one question of the template.
func (sp *Space) Question(ctx context.Context, id string) (evaluation.Question, error) {
	return questions.get(ctx, sp.q(), sp.id, id)
}

// UpdateQuestion changes a question that was read at a version; campaigns that are open keep theirs.
func (sp *Space) UpdateQuestion(ctx context.Context, by Actor, id string, version int64, fn func(*evaluation.Question) error) (evaluation.Question, error) {
	return questions.update(ctx, sp, by, id, version, fn)
}

// RemoveQuestion takes a question out of the template.
func (sp *Space) RemoveQuestion(ctx context.Context, by Actor, id string, version int64) error {
	return questions.remove(ctx, sp, by, id, version)
}

// Questions lists the template of the space; empty where it has none of its own.
func (sp *Space) Questions(ctx context.Context) ([]evaluation.Question, error) {
	return questions.find(ctx, sp, "ORDER BY rank, id")
}

var reports = aggregate[evaluation.Report]{
	subject: "evaluation-report",
	table:   "evaluation_report",
	columns: "sections, proposal",
	keyed:   true,
	ident:   func(r *evaluation.Report) (*string, *int64) { return &r.ID, &r.Version },
	fields:  func(r *evaluation.Report) []any { return []any{asJSON{&r.Sections}, &r.Proposal} },
	label: func(ctx context.Context, l *ledger, r evaluation.Report) (string, error) {
		c, err := campaigns.get(ctx, l.tx, l.space, r.ID)
		return c.Title, err
	},
	check: func(_ context.Context, _ *ledger, r evaluation.Report) error { return r.Check() },
	guard: refuseFrozen,
}

// refuseFrozen refuses any change of a report that is before a committee, or adopted.
func refuseFrozen(ctx context.Context, l *ledger, r evaluation.Report) error {
	if r.Proposal == "" {
		return nil
	}
	p, err := proposals.get(ctx, l.tx, l.space, r.Proposal)
	if err == nil && !evaluation.Editable(p.State) {
		err = fault.New(fault.Invalid, "store.report.frozen")
	}
	return err
}

// CreateReport keeps the report of a closed campaign, whose identifier it has.
func (sp *Space) CreateReport(ctx context.Context, by Actor, r evaluation.Report) (evaluation.Report, error) {
	err := sp.change(ctx, func(l *ledger) error {
		c, err := campaigns.get(ctx, l.tx, l.space, r.ID)
		if err == nil && c.State != evaluation.Closed {
			err = fault.New(fault.Invalid, "store.report.not-closed")
		}
		if err != nil {
			return err
		}
		r.Proposal = ""
		return reports.add(ctx, l, by, &r)
	})
	return r, fault.Wrap(err, "store.report.create", r.ID)
}

// Report reads the report of a campaign.
func (sp *Space) Report(ctx context.Context, campaign string) (evaluation.Report, error) {
	return reports.get(ctx, sp.q(), sp.id, campaign)
}

// UpdateReport changes a report that was read at a version, while no committee has it.
func (sp *Space) UpdateReport(ctx context.Context, by Actor, campaign string, version int64, fn func(*evaluation.Report) error) (evaluation.Report, error) {
	return reports.update(ctx, sp, by, campaign, version, fn)
}

// RemoveReport takes away a report that no committee has: it can be composed again.
func (sp *Space) RemoveReport(ctx context.Context, by Actor, campaign string, version int64) error {
	return reports.remove(ctx, sp, by, campaign, version)
}

// Reports lists the reports of the space by campaign.
func (sp *Space) Reports(ctx context.Context) (map[string]evaluation.Report, error) {
	list, err := reports.find(ctx, sp, "ORDER BY id")
	out := make(map[string]evaluation.Report, len(list))
	for _, r := range list {
		out[r.ID] = r
	}
	return out, err
}
