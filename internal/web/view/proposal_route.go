package view

import (
	"entente/internal/convention"
	"entente/internal/governance"
	"entente/internal/i18n"
)

// passed is one stage of a proposal on its page: the committee, and what happened there.
type passed struct {
	Committee string
	State     StepState
	Settles   bool
	Cite      *Citation
	Steps     []governance.Step
}

// route is the way of the proposal as its page tells it: the committees that it has passed, where it stands, what comes.
func (d ProposalData) route(p *i18n.Printer) []passed {
	out := d.behind(p)
	ahead := d.Course.Route(d.Proposal, d.Today)
	switch {
	case d.Proposal.State.Done():
		return out
	case d.Proposal.State == governance.ProposalWaiting:
		if n := len(out); n > 0 && out[n-1].Committee == d.Proposal.Turn {
			now := d.stage(p, d.Proposal.Turn, StepHere, ahead)
			now.Steps = out[n-1].Steps
			out[n-1] = now
		} else {
			out = append(out, d.stage(p, d.Proposal.Turn, StepHere, ahead))
		}
	}
	for _, s := range after(ahead, out) {
		out = append(out, d.stage(p, s.Committee, StepNext, ahead))
	}
	return out
}

// behind are the stages that a committee has had, each with what happened: one begins where another committee acts.
func (d ProposalData) behind(p *i18n.Printer) []passed {
	var out []passed
	for _, s := range d.Course.Steps {
		if s.Committee == "" {
			continue
		}
		if n := len(out); n == 0 || out[n-1].Committee != s.Committee {
			stage := passed{Committee: s.Committee, State: StepDone, Settles: s.Event == governance.Adopt || s.Event == governance.AdoptChanged || s.Event == governance.Reject}
			if s.Article != "" {
				c := d.citeStep(p, s)
				stage.Cite = &c
			}
			out = append(out, stage)
		}
		out[len(out)-1].Steps = append(out[len(out)-1].Steps, s)
	}
	return out
}

// after are the stages of a route that follow the last one passed.
func after(route []governance.Stage, out []passed) []governance.Stage {
	if len(out) == 0 {
		return route
	}
	for i, s := range route {
		if s.Committee == out[len(out)-1].Committee {
			return route[i+1:]
		}
	}
	return nil
}

func (d ProposalData) stage(p *i18n.Printer, committee string, state StepState, route []governance.Stage) passed {
	out := passed{Committee: committee, State: state}
	for _, s := range route {
		if s.Committee == committee {
			c := citation(p, d.Text, d.Root, convention.Place{Ref: s.Ref, Anchor: s.Anchor})
			out.Cite, out.Settles = &c, s.Settles
		}
	}
	return out
}

// part says what a committee has to do with the proposal at its stage.
func (s passed) part(p *i18n.Printer) string {
	if s.Settles {
		return p.T("proposal.stage.settles")
	}
	return p.T("proposal.stage.examines")
}

// decision finds the decision of a step.
func (d ProposalData) decision(s governance.Step) *governance.Decision {
	for i := range d.Decisions {
		if d.Decisions[i].ID == s.Decision && s.Decision != "" {
			return &d.Decisions[i]
		}
	}
	return nil
}

func decisionHref(root string, x *governance.Decision) string {
	return root + "/decisions/" + x.Reference()
}

// stance words of a position, with its reservations.
func stance(p *i18n.Printer, x governance.Position) string {
	word := string(x.Stance)
	if word == "" {
		word = "not-given"
	}
	out := p.T("proposal.stance." + word)
	if x.Text != "" {
		out = p.T("proposal.stance.with-text", "stance", out, "text", x.Text)
	}
	return out
}

// history is what happened, newest first.
func (d ProposalData) history(p *i18n.Printer) []Event {
	var out []Event
	for i := len(d.Course.Steps) - 1; i >= 0; i-- {
		s := d.Course.Steps[i]
		e := Event{Day: s.Day, Title: p.T("proposal.step." + string(s.Event)), Body: p.T("proposal.recorded-by", "name", s.By, "at", p.ShortInstant(s.At))}
		if s.Committee != "" {
			e.Title = p.T("proposal.step-at", "what", e.Title, "committee", d.committee(s.Committee))
		} else if s.Reasons != "" { // no stage of the way tells it
			e.Body = p.T("proposal.reasons", "reasons", s.Reasons) + " " + e.Body
		}
		out = append(out, e)
	}
	return out
}

// OrientationsData is the register of the orientations that were adopted.
type OrientationsData struct {
	Text    *convention.Convention
	Root    string // of the space
	Items   []governance.Proposal
	Courses map[string]governance.Course
	Under   map[string][]string // by proposal, the actions led today for what it serves
	May     bool                // the reader may propose one
}

func (d OrientationsData) actions(p *i18n.Printer) []Link {
	if !d.May {
		return nil
	}
	return []Link{{Label: p.T("orientation.propose"), Href: d.Root + "/propositions/ajouter?objet=" + string(governance.AboutOrientation), Icon: "add"}}
}

// adoptedBy names the committee that adopted an orientation.
func (d OrientationsData) adoptedBy(p *i18n.Printer, x governance.Proposal) string {
	c := d.Courses[x.ID]
	last := c.Last()
	if last == nil {
		return ""
	}
	name := ProposalData{Text: d.Text, Course: c}.committee(last.Committee)
	return p.T("proposal.line."+string(last.Event), "day", x.Settled, "by", by(p, name))
}
