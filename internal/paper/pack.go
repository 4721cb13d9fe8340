package paper

import (
	"entente/internal/calendar"
	"entente/internal/compliance"
	"entente/internal/document"
	"entente/internal/governance"
)

// PackData is what a committee needs on the table at a meeting.
type PackData struct {
	Agenda    AgendaData
	Decisions []governance.Decision // of the committee, of which something is still to be done
	FollowUps []FollowUp            // still to be done
	Proposals []governance.Proposal // that wait for the committee
	Report    compliance.Report     // on the day that it is made
}

// Pack is the papers of a committee for one meeting in one document: its agenda, what is open, what waits for it, how the
// convention stands, and the list of the annexes. What it says of a partner is a fact, and the order is that of the text.
func Pack(f Frame, d PackData) *document.Document {
	p, m := f.P, d.Agenda.Meeting
	out := f.begin(p.T("paper.pack.title"), p.T("paper.at", "committee", m.Name, "when", m.when(p)), p.T("paper.pack.version", "day", d.Report.Day), m.foot(p, p.T("paper.pack.title")))
	out.Contents = true
	b := body{Frame: f}
	b.heading(1, p.T("paper.agenda.title"))
	b.facts(m.Meeting)
	b.agenda(d.Agenda, 2)
	b.open(d)
	b.waiting(d)
	b.standing(d)
	b.annexes(d.Agenda)
	out.Body = b.blocks
	return out
}

// open are the decisions of which something is still to be done, and what that is.
func (b *body) open(d PackData) {
	p := b.P
	b.add(document.PageBreak{})
	b.heading(1, p.T("paper.pack.open"))
	if len(d.FollowUps) == 0 {
		b.say("paper.pack.nothing-open")
	}
	if len(d.Decisions)+len(d.FollowUps)+len(d.Proposals) > 0 {
		b.counted(p.T("paper.pack.chart"), "paper.pack.chart.what", d.inNumbers(b.Frame))
	}
	if len(d.Decisions) > 0 {
		t := document.Table{RowHeaders: true, Columns: columns(p, "decision.field.reference", 2, "decision.field.day", 3, "decision.field.title", 8, "decision.field.outcome", 3)}
		for _, x := range d.Decisions {
			t.Rows = append(t.Rows, cells(x.Reference(), p.Short(x.Day), x.Title, b.outcome(x.Outcome)))
		}
		b.heading(2, p.T("paper.pack.decisions"))
		b.add(t)
	}
	if len(d.FollowUps) > 0 {
		t := document.Table{Columns: columns(p, "paper.follow.what", 7, "paper.follow.who", 3, "paper.follow.due", 3, "paper.follow.decision", 2)}
		for _, u := range d.FollowUps {
			t.Rows = append(t.Rows, cells(u.Text, u.Name, p.Short(u.Due), u.Decision))
		}
		b.heading(2, p.T("decision.follow-ups"))
		b.add(t)
	}
}

// inNumbers counts what is open.
func (d PackData) inNumbers(f Frame) []bar {
	passed := 0
	for _, u := range d.FollowUps {
		if !u.Due.IsZero() && u.Due.Before(d.Report.Day) {
			passed++
		}
	}
	return []bar{{f.P.T("paper.pack.chart.decisions"), len(d.Decisions)}, {f.P.T("paper.pack.chart.to-come"), len(d.FollowUps) - passed},
		{f.P.T("paper.pack.chart.passed"), passed}, {f.P.T("paper.pack.chart.proposals"), len(d.Proposals)}}
}

// waiting are the proposals whose turn it is.
func (b *body) waiting(d PackData) {
	p := b.P
	b.heading(1, p.T("paper.pack.waiting"))
	if len(d.Proposals) == 0 {
		b.say("paper.pack.nothing-waits")
		return
	}
	t := document.Table{RowHeaders: true, Columns: columns(p, "decision.field.reference", 3, "proposal.field.title", 7, "proposal.field.subject", 3, "proposal.since", 3)}
	for _, x := range d.Proposals {
		t.Rows = append(t.Rows, cells(p.T("proposal.number", "number", x.Reference()), x.Title, p.Say(x.Subject.Say()), p.Short(x.Since)))
	}
	b.add(t)
}

// standing is what is on record of each clause: the facts, without a word that judges.
func (b *body) standing(d PackData) {
	p, c := b.P, d.Agenda.Text
	b.add(document.PageBreak{})
	b.heading(1, p.T("paper.pack.standing"))
	b.add(document.P(p.Say(d.Report.State)))
	for _, k := range d.Report.Clauses {
		found := compliance.InTextOrder(c, d.Report.ByClause(k.Anchor))
		if len(found) == 0 {
			continue
		}
		b.heading(2, k.Heading)
		t := document.Table{RowHeaders: true, Columns: columns(p, "paper.pack.asked", 5, "paper.pack.recorded", 7)}
		for _, f := range found {
			t.Rows = append(t.Rows, cells(p.Say(f.Obligation.Subject), p.Say(f.Figures)))
		}
		b.add(t)
	}
}

// annexes lists the documents that go with the papers, with what proves that one is the same.
func (b *body) annexes(d AgendaData) {
	p := b.P
	b.heading(1, p.T("paper.pack.annexes"))
	if len(d.Documents) == 0 {
		b.say("paper.no-document")
		return
	}
	l := document.List{Ordered: true}
	for _, a := range d.Documents {
		l.Items = append(l.Items, document.Item{Text: document.Text{{Text: a.Name, Href: d.Link(a)}}, Sub: []document.Block{
			document.Paragraph{Style: document.Note, Text: document.T(p.T("paper.pack.annex", "file", a.FileName, "day", calendar.On(a.AddedAt, calendar.Paris), "digest", a.Digest))}}})
	}
	b.add(l)
}
