package office

import (
	"context"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/store"
)

// maxAssessed bounds how many judgements are kept, some hundred kilobytes each: those of the spaces at work on a day.
const maxAssessed = 24

// Assessor gives the evidence of spaces with their judgement, and keeps both until the space changes: home, convention, compliance and
// agenda rest on the same one, and every register is read for it.
type Assessor struct{ kept *memory[assessed, Evidence] }

type assessed struct {
	space string
	day   calendar.Date
}

// NewAssessor makes one, to be shared by all who read.
func NewAssessor() *Assessor { return &Assessor{kept: newMemory[assessed, Evidence](maxAssessed)} }

// Of is EvidenceOf, with the judgement of the day made already. What it gives is not to be changed.
func (a *Assessor) Of(ctx context.Context, sp *store.Space, info store.SpaceInfo, h convention.History, day calendar.Date) (Evidence, error) {
	head, err := sp.JournalHead(ctx)
	if err != nil {
		return Evidence{}, fault.Wrap(err, "office.evidence", sp.ID())
	}
	return a.kept.of(ctx, assessed{sp.ID(), day}, head, func(ctx context.Context) (Evidence, error) {
		e, err := EvidenceOf(ctx, sp, info, h, day)
		if err != nil {
			return e, err
		}
		r := e.Assess(h, day)
		e.judged = &r
		return e, nil
	})
}
