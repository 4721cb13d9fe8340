package compliance

import (
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
)

// evaluations judges each duty to evaluate at an interval. An interval of twelve months is the civil year; any other runs
// from the first day of effect. An evaluation counts for the span that holds its day. A span on which the convention
// binds only in part asks for none.
func evaluations(c *docket) []Finding {
	var out []Finding
	for i := range c.text.Evaluations {
		if k := &c.text.Evaluations[i]; k.EveryMonths > 0 {
			out = append(out, c.evaluation(k))
		}
	}
	return out
}

func (c *docket) evaluation(k *convention.Evaluation) Finding {
	f := Finding{
		Obligation: obligation("evaluation/"+k.ID, k.Place, fault.Say("compliance.evaluation.subject", "duty", k.Say())),
		Words:      fault.Say("compliance.evaluation.words", "duty", k.Say(), "cite", c.text.Cite(k.Place)),
	}
	f.Obligation.Committee = k.By
	if c.phase == before {
		return f
	}
	spans := c.evaluationSpans(k.EveryMonths)
	f.Evidence = newestFirst(append(append(c.links(f.Obligation.Key), c.settled(governance.AboutEvaluation)...), c.carriedOut(k, spans)...))
	if len(spans) == 0 {
		f.Status, f.Figures = NotApplicable, fault.Say("compliance.ended", "end", c.asOf)
		return f
	}
	for _, s := range spans[:len(spans)-1] {
		x := c.evaluated(s, k.EveryMonths, f.Evidence)
		f.History = append(f.History, Row{From: s.From, To: s.To, Status: x.status(), Figures: x.figures()})
	}
	now := c.evaluated(spans[len(spans)-1], k.EveryMonths, f.Evidence)
	f.Status, f.Figures, f.Next = now.status(), now.figures(), now.next()
	if n := len(f.History); n > 0 && f.History[n-1].Status == Broken && f.Status != Kept {
		f.Status = Broken
		f.Figures = fault.Say("compliance.both", "first", f.History[n-1].Figures, "then", f.Figures)
	}
	return f
}

// carriedOut leads to the campaigns that show the duty kept. Where it bears on axes, those of a span count once together they have
// borne on every axis of the text: the last of them stands for all.
func (c *docket) carriedOut(k *convention.Evaluation, spans []calendar.Period) []Link {
	var out []Link
	for _, span := range spans {
		seen := map[string]bool{}
		for _, x := range c.Campaigns {
			if !span.Contains(x.Day) || x.Day.After(c.day) {
				continue
			}
			for _, id := range x.Axes {
				seen[id] = true
			}
			if k.Object != "axes" || c.allAxes(seen) {
				out = append(out, Link{Kind: LinkCampaign, ID: x.ID, Day: x.Day, Label: fault.Say("compliance.link.campaign", "title", x.Title, "day", x.Day)})
			}
		}
	}
	return out
}

func (c *docket) allAxes(seen map[string]bool) bool {
	for _, a := range c.text.Axes {
		if !seen[a.ID] {
			return false
		}
	}
	return true
}

// evaluationSpans lists the spans from the first to the one that holds the day, or the last day of the convention.
func (c *docket) evaluationSpans(every int) []calendar.Period {
	var out []calendar.Period
	span := calendar.CivilYear(c.start().Year())
	for n := 0; ; n++ {
		if every != 12 {
			span = calendar.Period{From: c.start().AddMonths(n * every), To: c.start().AddMonths((n + 1) * every).AddDays(-1)}
		} else if n > 0 {
			span = following(span)
		}
		if len(c.within(span)) > 0 {
			out = append(out, span)
		}
		if !span.To.Before(c.asOf) {
			return out
		}
	}
}

// evaluated is how the evaluation of one span stands.
type evaluated struct {
	span     calendar.Period
	done     calendar.Date // day of the evaluation; zero where none is on record
	due      bool          // the convention binds on the whole span
	over     bool
	recorded bool // the space was recording when the span began, or an evaluation is on record by its end
	late     bool // the last quarter of the span has begun
}

func (c *docket) evaluated(span calendar.Period, every int, links []Link) evaluated {
	parts := c.within(span)
	x := evaluated{
		span: span,
		due:  parts[0].From == span.From && parts[len(parts)-1].To == span.To,
		over: span.To.Before(c.day),
		late: !c.day.Before(span.To.AddDays(1).AddMonths(-max(every/4, 1))),
	}
	x.recorded = !c.Since.After(span.From)
	for _, l := range links {
		if span.Contains(l.Day) && x.done.IsZero() {
			x.done = l.Day
		}
		x.recorded = x.recorded || !l.Day.After(span.To)
	}
	return x
}

func (x evaluated) status() Status {
	switch {
	case !x.done.IsZero():
		return Kept
	case !x.due:
		return NotApplicable
	case !x.recorded:
		return Unknown
	case x.over:
		return Broken
	case x.late:
		return AtRisk
	}
	return OnCourse
}

func (x evaluated) figures() fault.Message {
	switch {
	case !x.done.IsZero():
		return fault.Say("compliance.evaluation.done", "span", sayspan(x.span), "date", x.done)
	case !x.due:
		return fault.Say("compliance.evaluation.partial", "span", sayspan(x.span))
	}
	return fault.Say("compliance.evaluation.none", "span", sayspan(x.span))
}

func (x evaluated) next() *Step {
	switch {
	case !x.done.IsZero() || !x.due:
		return nil
	case x.over:
		return step(calendar.Date{}, "compliance.evaluation.next.record", "span", sayspan(x.span))
	}
	return step(x.span.To, "compliance.evaluation.next.carry", "span", sayspan(x.span), "date", x.span.To)
}
