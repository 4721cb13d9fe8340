package governance

import (
	"strings"

	"entente/internal/fault"
)

// The guards of the circuit. Each says why an event cannot happen; it says nothing where it can.

func both(a, b func(Course, Proposal, Passage) fault.Message) func(Course, Proposal, Passage) fault.Message {
	return func(c Course, p Proposal, x Passage) fault.Message {
		if why := a(c, p, x); !why.IsZero() {
			return why
		}
		return b(c, p, x)
	}
}

// routed asks that some committee may settle the proposal on the day.
func routed(c Course, p Proposal, x Passage) fault.Message {
	return Unsettled(c.History, p.Subject, x.Day)
}

// onTurn asks that the committee that met is the one whose turn it is.
func onTurn(_ Course, p Proposal, x Passage) fault.Message {
	if x.Settlement.Meeting == "" || x.Settlement.Committee != p.Turn {
		return fault.Say("circuit.refused.turn")
	}
	return fault.Message{}
}

// onTurnIfMet is onTurn for what may also happen outside a meeting.
func onTurnIfMet(c Course, p Proposal, x Passage) fault.Message {
	if x.Settlement.Meeting == "" {
		return fault.Message{}
	}
	return onTurn(c, p, x)
}

// settles asks that the committee may settle the subject on the day: without it nothing is adopted.
func settles(c Course, p Proposal, x Passage) fault.Message {
	if !c.Settles(p, x.Settlement.Committee, x.Day) {
		return fault.Say("circuit.refused.power")
	}
	return fault.Message{}
}

// examining asks that the committee may not: then it gives an opinion.
func examining(c Course, p Proposal, x Passage) fault.Message {
	if c.Settles(p, x.Settlement.Committee, x.Day) {
		return fault.Say("circuit.refused.opinion")
	}
	return fault.Message{}
}

// reasoned asks for reasons, a question or an answer.
func reasoned(_ Course, _ Proposal, x Passage) fault.Message {
	if strings.TrimSpace(x.Reasons) == "" {
		return fault.Say("circuit.refused.reasons")
	}
	return fault.Message{}
}

// gone asks that the committee whose turn it is has no part any more in the proposal by the version of the day.
func gone(c Course, p Proposal, x Passage) fault.Message {
	if !c.Gone(p, x.Day) {
		return fault.Say("circuit.refused.not-gone")
	}
	return fault.Message{}
}

// sameMeeting asks that the last thing that happened was an outcome of the meeting that closes again.
func sameMeeting(c Course, _ Proposal, x Passage) fault.Message {
	if n := len(c.Steps); x.Settlement.Meeting == "" || n == 0 || c.Steps[n-1].Meeting != x.Settlement.Meeting {
		return fault.Say("circuit.refused.reopen")
	}
	return fault.Message{}
}
