package compliance

import (
	"slices"

	"entente/internal/fault"
	"entente/internal/governance"
)

// figures says how many meetings were held and planned, beside how many are due.
func (w *window) figures() fault.Message {
	if w.over {
		return fault.Say("compliance.cadence.figures.over", "held", w.sayHeld(), "due", w.sayDue())
	}
	return fault.Say("compliance.cadence.figures.open", "held", w.sayHeld(), "planned", w.sayPlanned(), "due", w.sayDue())
}

func (w *window) sayHeld() fault.Message {
	if w.held == 0 && !w.recorded {
		return fault.Say("compliance.cadence.held.unrecorded", "span", sayspan(w.span))
	}
	if w.held == 0 {
		return fault.Say("compliance.cadence.held.none", "span", sayspan(w.span))
	}
	return fault.Say("compliance.cadence.held.some", "count", w.held, "span", sayspan(w.span))
}

func (w *window) sayPlanned() fault.Message {
	if w.planned == 0 {
		return fault.Say("compliance.cadence.planned.none")
	}
	return fault.Say("compliance.cadence.planned.some", "count", w.planned)
}

// sayDue says how many are due, and over which part of the span where the convention binds on a part only.
func (w *window) sayDue() fault.Message {
	if w.applies == w.span || w.applies.From.IsZero() {
		return w.sayRange()
	}
	return fault.Say("compliance.cadence.due.prorated", "from", w.applies.From, "to", w.applies.To, "due", w.sayRange())
}

func (w *window) sayRange() fault.Message {
	switch {
	case w.limit < 0 && w.due == 0:
		return fault.Say("compliance.cadence.due.none")
	case w.limit < 0:
		return fault.Say("compliance.cadence.due.min", "count", w.due)
	case w.due == 0:
		return fault.Say("compliance.cadence.due.max", "count", w.limit)
	case w.due == w.limit:
		return fault.Say("compliance.cadence.due.exact", "count", w.due)
	}
	return fault.Say("compliance.cadence.due.range", "min", w.due, "max", w.limit)
}

// next is the useful step for the status that the window has.
func (w *window) next(s Status) *Step {
	need := w.due - w.held - w.planned
	switch {
	case s == NotApplicable || s == Kept:
		return nil
	case !w.excess.IsZero():
		return step(w.excess, "compliance.cadence.next.excess", "count", w.limit)
	case s == Broken && w.limit >= 0 && w.held > w.limit:
		return nil
	case len(w.open) > 0 && w.held < w.due:
		return step(w.open[0], "compliance.cadence.next.confirm", "date", w.open[0])
	case s == Unknown:
		return step(w.last, "compliance.cadence.next.record", "span", sayspan(w.span))
	case w.ended:
		return nil
	case !w.lapse.IsZero():
		return step(w.lapse.AddDays(-1), "compliance.cadence.next.plan", "count", 1, "date", w.lapse.AddDays(-1))
	case w.over:
		return step(w.future, "compliance.cadence.next.hold")
	case need > 0:
		return step(w.last.AddDays(-w.notice), "compliance.cadence.next.plan", "count", need, "date", w.last)
	}
	return step(w.future, "compliance.cadence.next.meet", "date", w.future)
}

// meetingLinks leads to meetings, newest first.
func meetingLinks(meetings []governance.Meeting) []Link {
	out := make([]Link, 0, len(meetings))
	for _, m := range slices.Backward(meetings) {
		out = append(out, Link{Kind: LinkMeeting, ID: m.ID, Day: m.Day,
			Label: fault.Say("compliance.link.meeting."+string(m.State), "day", m.Day)})
	}
	return out
}
