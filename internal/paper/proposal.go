package paper

import (
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/document"
	"entente/internal/governance"
)

// ProposalData is a proposal with what has happened to it.
type ProposalData struct {
	Proposal governance.Proposal
	Text     *convention.Convention
	Author   string   // in whose name it is made
	Line     string   // whose turn it is, since when
	Stages   []string // of its way that are still to come, in words
	Steps    []governance.Step
	Name     func(committee string) string // of a committee, also of one that the text does not know any more
	Today    calendar.Date
}

// Proposal is a proposal as a committee reads it: what is proposed, by whom, and what became of it so far.
func Proposal(f Frame, d ProposalData) *document.Document {
	p, x := f.P, d.Proposal
	number := p.T("proposal.number", "number", x.Reference())
	out := f.begin(x.Title, p.T("proposal.kicker", "number", number, "subject", x.Subject.Say()), p.T("paper.proposal.version", "number", x.Version, "line", d.Line),
		p.T("paper.foot-space", "what", p.T("proposal.one"), "space", number))
	b := body{Frame: f}
	aim := ""
	if x.Objective != "" {
		aim = d.Text.AimName(x.Objective)
	}
	b.terms(p.T("proposal.field.author"), d.Author, p.T("proposal.field.objective"), aim, p.T("proposal.state"), p.T("proposal.badge."+string(x.State)))
	b.proposed(x)
	if len(d.Stages) > 0 {
		b.heading(1, p.T("proposal.way"))
		b.bullets(d.Stages)
	}
	b.steps(d)
	out.Body = b.blocks
	return out
}

// proposed is what is proposed; where a committee changed it, what was adopted comes first.
func (b *body) proposed(x governance.Proposal) {
	key := "proposal.field.text"
	if x.Decided != "" {
		b.heading(1, b.P.T("proposal.decided"))
		b.add(prose(x.Decided, 2)...)
		key = "proposal.as-proposed"
	}
	b.heading(1, b.P.T(key))
	b.add(prose(x.Text, 2)...)
	if x.Answer != "" {
		b.heading(1, b.P.T("paper.proposal.answer"))
		b.add(lines(x.Answer)...)
	}
}

func (b *body) steps(d ProposalData) {
	if len(d.Steps) == 0 {
		return
	}
	b.heading(1, b.P.T("proposal.history"))
	t := document.Table{RowHeaders: true, Columns: columns(b.P, "decision.field.day", 3, "paper.proposal.what", 4, "decision.field.committee", 4, "decision.field.article", 3, "decision.field.reasons", 5)}
	for _, s := range d.Steps {
		who, under := "", ""
		if s.Committee != "" {
			who = d.Name(s.Committee)
		}
		if s.Article != "" {
			under = b.P.Say(d.Text.Cite(d.Text.ClauseOf(s.Article)))
		}
		t.Rows = append(t.Rows, cells(b.P.Short(s.Day), b.P.T("proposal.step."+string(s.Event)), who, under, s.Reasons))
	}
	b.add(t)
}
