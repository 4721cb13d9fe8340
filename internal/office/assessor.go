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

// maxAssessed bounds how many judgements are kept, some hundred kilobytes each: those of the spaces at work on a day.
const maxAssessed = 24

// Assessor gives the evidence of spaces with their judgement, and keeps both until the space changes: home, convention, compliance and
// agenda rest on the same one, and every register is read for it.
type Assessor struct {
	kept    *memory[assessed, Evidence]
	waiting *memory[awaited, []governance.Suggestion]
}

// awaited is a meeting whose agenda is being prepared, on a day.
type awaited struct {
	space, meeting string
	day            calendar.Date
}

// maxAwaited bounds how many lists of suggestions are kept, some ten kilobytes each: those of the meetings being prepared.
const maxAwaited = 32

type assessed struct {
	space string
	day   calendar.Date
}

// NewAssessor makes one, to be shared by all who read.
func NewAssessor() *Assessor {
	return &Assessor{kept: newMemory[assessed, Evidence](maxAssessed), waiting: newMemory[awaited, []governance.Suggestion](maxAwaited)}
}

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

// Suggestions are what could stand on the agenda of a meeting, two years of earlier agendas looked through. What it gives is not to
// be changed.
func (a *Assessor) Suggestions(ctx context.Context, sp *store.Space, info store.SpaceInfo, h convention.History, m governance.Meeting, today calendar.Date) ([]governance.Suggestion, error) {
	head, err := sp.JournalHead(ctx)
	if err != nil {
		return nil, fault.Wrap(err, "office.suggestions", m.ID)
	}
	return a.waiting.of(ctx, awaited{sp.ID(), m.ID, today}, head, func(ctx context.Context) ([]governance.Suggestion, error) {
		b, err := sp.Backlog(ctx, m, today)
		if err != nil {
			return nil, fault.Wrap(err, "office.suggestions", m.ID)
		}
		e, err := a.Of(ctx, sp, info, h, today)
		b.Duties = duties(e.Assess(h, today), m.Committee)
		return governance.Suggest(b), err
	})
}

// duties are the obligations that bear on a committee and need somebody to act.
func duties(r compliance.Report, committee string) []governance.Duty {
	var out []governance.Duty
	for _, f := range r.Findings {
		if f.Obligation.Committee != committee || f.Next == nil || f.Status != compliance.AtRisk && f.Status != compliance.Broken {
			continue
		}
		c := governance.Duty{Key: f.Obligation.Key, Kind: governance.ForDiscussion, Title: f.Obligation.Subject, Next: f.Next.Message}
		if f.Obligation.Kind == compliance.KindEvaluation {
			c.Kind = governance.ForEvaluation
		}
		out = append(out, c)
	}
	return out
}
