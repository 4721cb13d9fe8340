package paper

import (
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/document"
	"entente/internal/governance"
	"entente/internal/i18n"
)

// RegisterData is the register of decisions, or a choice of it.
type RegisterData struct {
	Text      *convention.Convention
	Space     string
	Chosen    []string // in words, by what the decisions were chosen; none for the whole register
	Decisions []governance.Decision
	FollowUps map[string][]FollowUp // by decision
	Left      int                   // decisions that are chosen and too many for one paper
}

// FollowUp is what somebody has to do, with their name.
type FollowUp struct {
	governance.FollowUp
	Name     string
	Decision string // how the decision that asks for it is cited; empty where none does
}

// Register is the register of decisions, each in full, in its own order.
func Register(f Frame, d RegisterData) *document.Document {
	p := f.P
	version := p.T("paper.register.whole")
	if len(d.Chosen) > 0 {
		version = p.T("paper.register.chosen", "by", d.Chosen)
	}
	out := f.begin(p.T("decision.list"), d.Space, version, p.T("paper.foot-space", "what", p.T("decision.list"), "space", d.Space))
	b := body{Frame: f}
	if len(d.Decisions) == 0 {
		b.say("decision.none")
	} else {
		b.say("paper.register.count", "count", len(d.Decisions))
	}
	if d.Left > 0 {
		b.note(p.T("paper.register.left", "count", d.Left))
	}
	if len(d.Decisions) > 1 {
		b.overview(d)
	}
	for _, x := range d.Decisions {
		b.heading(1, p.T("paper.register.one", "reference", x.Reference(), "title", x.Title))
		b.terms(p.T("decision.field.committee"), committee(d.Text, x.Committee), p.T("decision.field.day"), p.Day(x.Day), p.T("decision.field.outcome"), b.outcome(x.Outcome))
		b.decided(d.Text, x, d.FollowUps[x.ID], 2)
	}
	out.Body = b.blocks
	return out
}

func (b *body) overview(d RegisterData) {
	t := document.Table{Caption: b.P.T("paper.register.overview"), RowHeaders: true, Columns: columns(b.P, "decision.field.reference", 2, "decision.field.day", 3, "decision.field.committee", 4, "decision.field.title", 7, "decision.field.outcome", 3)}
	for _, x := range d.Decisions {
		t.Rows = append(t.Rows, cells(x.Reference(), b.P.Short(x.Day), committee(d.Text, x.Committee), x.Title, b.outcome(x.Outcome)))
	}
	b.add(t)
}

func (b *body) outcome(o governance.Outcome) string {
	if o == governance.NoOutcome {
		return b.P.T("decision.outcome.none")
	}
	return b.P.T("decision.outcome." + string(o))
}

// decided is what was decided, why, under which article, what each institution thought and what is to be done.
func (b *body) decided(c *convention.Convention, x governance.Decision, follow []FollowUp, level int) {
	p := b.P
	b.add(lines(x.Text)...)
	if x.Reasons != "" {
		b.heading(level, p.T("decision.field.reasons"))
		b.add(lines(x.Reasons)...)
	}
	under, axis := "", ""
	if x.Article != "" {
		under = p.Say(c.Cite(c.ClauseOf(x.Article)))
	}
	if x.Axis != "" {
		axis = c.AimName(x.Axis)
	}
	power := ""
	if x.Power != "" {
		power = p.Say(convention.Power(x.Power).Say())
	}
	b.terms(p.T("decision.field.article"), under, p.T("decision.field.power"), power, p.T("decision.field.axis"), axis)
	b.positions(c, x.Positions, level)
	b.vote(x.Vote, level)
	b.followUps(follow, level)
}

func (b *body) positions(c *convention.Convention, list []governance.Position, level int) {
	if len(list) == 0 {
		return
	}
	b.heading(level, b.P.T("decision.positions"))
	t := document.Table{RowHeaders: true, Columns: columns(b.P, "decision.field.party", 3, "decision.field.stance", 3, "decision.field.words", 6)}
	for _, id := range c.Parties {
		for _, x := range list {
			if x.Party == id.ID {
				t.Rows = append(t.Rows, cells(id.Short, stance(b.P, x.Stance), x.Text))
			}
		}
	}
	for _, x := range list {
		if c.Party(x.Party) == nil {
			t.Rows = append(t.Rows, cells(x.Party, stance(b.P, x.Stance), x.Text))
		}
	}
	b.add(t)
}

func stance(p *i18n.Printer, s governance.Stance) string {
	if s == governance.NotGiven {
		return p.T("decision.stance.none")
	}
	return p.T("decision.stance." + string(s))
}

func (b *body) vote(v *governance.Vote, level int) {
	if v == nil {
		return
	}
	p := b.P
	yes := func(is bool) string {
		if is {
			return p.T("decision.vote.reached")
		}
		return p.T("decision.vote.reached-not")
	}
	b.heading(level, p.T("decision.vote"))
	b.terms(p.T("decision.vote.for"), p.Number(v.For), p.T("decision.vote.against"), p.Number(v.Against), p.T("decision.vote.blank"), p.Number(v.Blank),
		p.T("decision.vote.present"), p.T("decision.vote.present-of", "present", v.Present, "seats", v.Seats), p.T("decision.vote.quorum"), yes(v.Quorum), p.T("decision.vote.majority"), yes(v.Carried))
}

func (b *body) followUps(list []FollowUp, level int) {
	if len(list) == 0 {
		return
	}
	b.heading(level, b.P.T("decision.follow-ups"))
	t := document.Table{Columns: columns(b.P, "paper.follow.what", 7, "paper.follow.who", 3, "paper.follow.due", 3, "paper.follow.state", 3)}
	for _, u := range list {
		t.Rows = append(t.Rows, cells(u.Text, u.Name, b.P.Short(u.Due), b.followState(u)))
	}
	b.add(t)
}

func (b *body) followState(u FollowUp) string {
	s := b.P.T("follow-up.state." + string(u.State))
	if u.State == governance.Done && !u.DoneOn.IsZero() {
		s = b.P.T("paper.follow.done-on", "state", s, "day", b.P.Short(u.DoneOn))
	}
	return s
}

// DecisionData is one decision with what stands around it.
type DecisionData struct {
	Decision  governance.Decision
	Text      *convention.Convention // of its day
	Meeting   governance.Meeting
	Proposal  string // title of the proposal that it settles; empty where none
	FollowUps []FollowUp
}

// Extract is one decision out of the register, to be signed.
func Extract(f Frame, d DecisionData) *document.Document {
	p, x := f.P, d.Decision
	number := p.T("decision.title", "reference", x.Reference())
	out := f.begin(p.T("decision.extract"), p.T("paper.extract.subtitle", "number", number, "title", x.Title), "", p.T("paper.foot", "what", number, "committee", committee(d.Text, x.Committee), "day", x.Day))
	b := body{Frame: f}
	b.terms(p.T("decision.field.committee"), committee(d.Text, x.Committee), p.T("decision.field.meeting"), p.At(d.Meeting.Day, d.Meeting.Time), p.T("decision.field.outcome"), b.outcome(x.Outcome),
		p.T("decision.field.proposal"), d.Proposal)
	b.heading(1, p.T("paper.extract.text"))
	b.decided(d.Text, x, d.FollowUps, 1)
	b.add(document.Paragraph{Text: document.T(p.T("paper.extract.certified", "day", calendar.On(f.Made, calendar.Paris)))})
	b.sign(p.T("minutes.signature"))
	out.Body = b.blocks
	return out
}
