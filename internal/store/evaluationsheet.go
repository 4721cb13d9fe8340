package store

import (
	"context"
	"maps"

	"entente/internal/evaluation"
	"entente/internal/fault"
)

// What people answer is theirs: the journal tells that a sheet was answered, never what it says.
var sheets = aggregate[evaluation.Sheet]{
	subject: "evaluation-sheet",
	table:   "evaluation_sheet",
	columns: "campaign_id, grp, person_id, party, actions, answers",
	ident:   func(s *evaluation.Sheet) (*string, *int64) { return &s.ID, &s.Version },
	fields: func(s *evaluation.Sheet) []any {
		return []any{&s.Campaign, &s.Group, &s.Person, &s.Party, asJSON{&s.Actions}, asJSON{&s.Answers}}
	},
	check: func(context.Context, *ledger, evaluation.Sheet) error { return nil },
}

// Sheets lists the sheets of a campaign.
func (sp *Space) Sheets(ctx context.Context, campaign string) ([]evaluation.Sheet, error) {
	return sheets.find(ctx, sp, "AND campaign_id = $2 ORDER BY person_id, id", campaign)
}

// Sheet reads one sheet.
func (sp *Space) Sheet(ctx context.Context, id string) (evaluation.Sheet, error) {
	return sheets.get(ctx, sp.q(), sp.id, id)
}

// SheetOf reads the sheet of a person in a campaign.
func (sp *Space) SheetOf(ctx context.Context, campaign, person string) (evaluation.Sheet, error) {
	if person == "" {
		return evaluation.Sheet{}, notFound("store.evaluation-sheet", campaign)
	}
	return one(ctx, sp, &sheets, "AND campaign_id = $2 AND person_id = $3", campaign, person)
}

// KeepAnswers keeps the answers of a sheet that was read at a version, in the place of those before, while the campaign takes any.
// Faults are of the keys of answers.
func (sp *Space) KeepAnswers(ctx context.Context, by Actor, id string, version int64, answers map[string]string) (evaluation.Sheet, error) {
	var s evaluation.Sheet
	err := sp.change(ctx, func(l *ledger) (err error) {
		if s, err = sheets.current(ctx, l, id, version); err != nil {
			return err
		}
		before := s
		if err := l.takeAnswers(ctx, &s, answers); err != nil {
			return err
		}
		if maps.Equal(before.Answers, s.Answers) {
			s = before
			return nil
		}
		if err := sheets.put(ctx, l, &s); err != nil {
			return err
		}
		return l.recordSheet(ctx, by, "answer", s)
	})
	return s, fault.Wrap(err, "store.evaluation-sheet.answer", id)
}

// AnswerPublicly keeps the answers of somebody who came by the public link of a campaign that asks inhabitants. A sheet without
// an answer is refused.
func (sp *Space) AnswerPublicly(ctx context.Context, campaign string, answers map[string]string) (evaluation.Sheet, error) {
	s := evaluation.Sheet{Campaign: campaign, Group: evaluation.Inhabitants}
	err := sp.change(ctx, func(l *ledger) error {
		if err := l.takeAnswers(ctx, &s, answers); err != nil {
			return err
		}
		if !s.Answered() {
			return fault.New(fault.Invalid, "fault.evaluation.empty")
		}
		if err := sheets.insertOnly(ctx, l, &s); err != nil {
			return err
		}
		return l.recordSheet(ctx, Actor{}, "public", s)
	})
	return s, fault.Wrap(err, "store.evaluation-sheet.public", campaign)
}

func (l *ledger) takeAnswers(ctx context.Context, s *evaluation.Sheet, answers map[string]string) error {
	c, err := campaigns.get(ctx, l.tx, l.space, s.Campaign)
	if err != nil {
		return err
	}
	if !c.Takes(l.today) || !c.Asks(s.Group) {
		return fault.New(fault.Invalid, "fault.evaluation.not-open")
	}
	for key, text := range answers {
		var f fault.Fields
		if checkText(&f, key, text); len(f) > 0 {
			return f.Err()
		}
	}
	return c.Take(s, answers)
}

func (l *ledger) recordSheet(ctx context.Context, by Actor, verb string, s evaluation.Sheet) error {
	c, err := campaigns.get(ctx, l.tx, l.space, s.Campaign)
	if err != nil {
		return err
	}
	ev := event{subject: "evaluation-sheet", verb: verb, key: s.ID, label: c.Title, after: map[string]any{"campaign_id": s.Campaign, "grp": s.Group, "person_id": s.Person}}
	if s.Person != "" {
		if ev.label, err = personLabel(ctx, l, c.Title, s.Person); err != nil {
			return err
		}
	}
	return l.record(ctx, by, ev)
}

// PutForward ties the report of a campaign, read at a version, to the proposal that carries it.
func (sp *Space) PutForward(ctx context.Context, by Actor, campaign string, version int64, proposal string) (evaluation.Report, error) {
	var r evaluation.Report
	err := sp.change(ctx, func(l *ledger) (err error) {
		r, err = reports.pass(ctx, l, by, campaign, version, "update", func(r *evaluation.Report) error { r.Proposal = proposal; return nil })
		return err
	})
	return r, fault.Wrap(err, "store.report.forward", campaign)
}
