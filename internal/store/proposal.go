package store

import (
	"context"
	"encoding/json"
	"fmt"

	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/sqldb"
)

var proposals = aggregate[governance.Proposal]{
	subject: "proposal",
	table:   "proposal",
	columns: "year, number, subject, title, body, objective, author, committee, examined, partner, state, turn, since, stage, postponed, answer, settled_on, decided",
	derived: "folded, sort",
	ident:   func(p *governance.Proposal) (*string, *int64) { return &p.ID, &p.Version },
	fields: func(p *governance.Proposal) []any {
		return []any{&p.Year, &p.Number, &p.Subject, &p.Title, &p.Text, &p.Objective, &p.Author, &p.Committee, &p.Examined, &p.Partner, &p.State, &p.Turn,
			&p.Since, &p.Stage, &p.Postponed, &p.Answer, &p.Settled, &p.Decided}
	},
	derive: func(p governance.Proposal) []any {
		return []any{searchable(p.Title, p.Text), fmt.Appendf(nil, "%04d-%06d", 9999-p.Year, 999999-p.Number)} // newest first
	},
	label: func(_ context.Context, _ *ledger, p governance.Proposal) (string, error) {
		return p.Reference() + " · " + p.Title, nil
	},
	check: func(_ context.Context, _ *ledger, p governance.Proposal) error { return p.Check() },
	guard: func(_ context.Context, _ *ledger, p governance.Proposal) error {
		if !p.WithAuthor() {
			return fault.New(fault.Invalid, "store.proposal.on-its-way")
		}
		return nil
	},
}

// CreateProposal keeps a draft under the next number of the year: numbers follow each other, and never return. One that is
// given up is withdrawn, never removed.
func (sp *Space) CreateProposal(ctx context.Context, by Actor, p governance.Proposal) (governance.Proposal, error) {
	err := sp.change(ctx, func(l *ledger) (err error) {
		p.Year, p.State = l.today.Year(), governance.ProposalDraft
		if p.Number, err = nextNumber(ctx, l, "proposal", p.Year); err != nil {
			return err
		}
		return proposals.add(ctx, l, by, &p)
	})
	return p, fault.Wrap(err, "store.proposal.create", "")
}

// UpdateProposal changes what a proposal says while its author has it: a draft, or one that was returned. Where it stands on
// its way changes only by PassProposal and SettleProposal.
func (sp *Space) UpdateProposal(ctx context.Context, by Actor, id string, version int64, fn func(*governance.Proposal) error) (governance.Proposal, error) {
	return proposals.update(ctx, sp, by, id, version, func(p *governance.Proposal) error {
		said := *p
		if err := fn(&said); err != nil {
			return err
		}
		p.Subject, p.Title, p.Text, p.Objective = said.Subject, said.Title, said.Text, said.Objective
		p.Author, p.Committee, p.Examined, p.Partner = said.Author, said.Committee, said.Examined, said.Partner
		return nil
	})
}

// Proposal reads one proposal.
func (sp *Space) Proposal(ctx context.Context, id string) (governance.Proposal, error) {
	return proposals.get(ctx, sp.q(), sp.id, id)
}

// ProposalByNumber reads the proposal that is cited by year and number.
func (sp *Space) ProposalByNumber(ctx context.Context, year, number int) (governance.Proposal, error) {
	return one(ctx, sp, &proposals, "AND year = $2 AND number = $3", year, number)
}

// ProposalsByID reads several proposals at once; those that do not exist are left out.
func (sp *Space) ProposalsByID(ctx context.Context, ids ...string) (map[string]governance.Proposal, error) {
	return byID(ctx, sp, &proposals, ids)
}

// ProposalsWaiting lists the proposals whose turn is a committee's, of any committee where none is given, longest waiting first.
func (sp *Space) ProposalsWaiting(ctx context.Context, committee string) ([]governance.Proposal, error) {
	var c conditions
	c.add("state = ?", string(governance.ProposalWaiting))
	c.addIf("turn = ?", committee)
	return proposals.find(ctx, sp, c.text.String()+" ORDER BY since, id", c.args...)
}

// ProposalsWith lists the proposals that a person has as their author: drafts, and those returned with a question.
func (sp *Space) ProposalsWith(ctx context.Context, person string) ([]governance.Proposal, error) {
	if person == "" {
		return nil, nil
	}
	return proposals.find(ctx, sp, "AND author = $2 AND state IN ($3, $4) ORDER BY since, id", person, string(governance.ProposalDraft),
		string(governance.ProposalReturned))
}

// ProposalFilter chooses proposals; zero fields choose all.
type ProposalFilter struct {
	Subject   governance.Subject
	State     governance.ProposalState
	Committee string // whose turn it is
	Drafts    string // person whose drafts are among them; drafts of others are never, unless AllDrafts
	AllDrafts bool
	Open      bool   // only those that are not settled
	Text      string // beginnings of words of the title and the text, without regard to accents
	Paging
}

// Proposals lists proposals, newest first.
func (sp *Space) Proposals(ctx context.Context, f ProposalFilter) (Page[governance.Proposal], error) {
	var c conditions
	c.addIf("subject = ?", string(f.Subject))
	c.addIf("state = ?", string(f.State))
	c.addIf("turn = ?", f.Committee)
	if !f.AllDrafts {
		c.add("(state <> ? OR author <> '' AND author = ?)", string(governance.ProposalDraft), f.Drafts)
	}
	if f.Open {
		c.add("state IN (?, ?, ?)", string(governance.ProposalDraft), string(governance.ProposalWaiting), string(governance.ProposalReturned))
	}
	c.addWords(f.Text)
	return proposals.page(ctx, sp, &c, f.Paging)
}

// SettleProposal applies one outcome of a meeting to a proposal whose turn is that committee's (governance.Proposal.Awaits),
// and records the step. Where the same meeting closes again after it was reopened, the same outcome changes nothing, and
// another takes the place of the first. The error is fault.Invalid where the circuit does not let it happen.
func (sp *Space) SettleProposal(ctx context.Context, by Actor, proposal string, s governance.Settlement) (governance.Proposal, error) {
	var p governance.Proposal
	err := sp.change(ctx, func(l *ledger) error {
		before, course, err := sp.course(ctx, l, proposal)
		if err != nil {
			return err
		}
		if p, course, err = settleProposal(ctx, l, by, before, course, s); err != nil {
			return err
		}
		return sp.carry(ctx, l, by, p, course)
	})
	return p, fault.Wrap(err, "store.proposal.settle", proposal)
}

func settleProposal(ctx context.Context, l *ledger, by Actor, p governance.Proposal, c governance.Course, s governance.Settlement) (governance.Proposal, governance.Course, error) {
	x := governance.Passage{Day: s.Day, By: by.Name, Reasons: s.Reasons, Settlement: s}
	if s.Outcome == governance.AdoptedWithChanges && s.Decision != "" {
		d, err := decisions.get(ctx, l.tx, l.space, s.Decision)
		if err != nil {
			return p, c, err
		}
		x.Text = d.Text
	}
	if c.Repeats(p, x) {
		return p, c, nil
	}
	var err error
	if last := c.Last(); last != nil && s.Meeting != "" && last.Meeting == s.Meeting {
		x.Event = governance.Reopen
		if p, c, err = pass(ctx, l, by, p, c, x); err != nil {
			return p, c, err
		}
	}
	x.Event = c.EventOf(p, s)
	return pass(ctx, l, by, p, c, x)
}

// PassProposal lets something happen to a proposal, read at a version, that is no outcome of a meeting: its author submits,
// answers or withdraws it, a keeper returns it with a question or passes over a committee that has no part in it any more.
func (sp *Space) PassProposal(ctx context.Context, by Actor, proposal string, version int64, e governance.Event, words string) (governance.Proposal, error) {
	var p governance.Proposal
	err := sp.change(ctx, func(l *ledger) error {
		before, course, err := sp.course(ctx, l, proposal)
		if err != nil {
			return err
		}
		if before.Version != version {
			return conflict(before)
		}
		if p, course, err = pass(ctx, l, by, before, course, governance.Passage{Event: e, Day: l.today, By: by.Name, Reasons: words}); err != nil {
			return err
		}
		return sp.carry(ctx, l, by, p, course)
	})
	return p, fault.Wrap(err, "store.proposal.pass", proposal)
}

// course reads a proposal with what its next passage is judged by.
func (sp *Space) course(ctx context.Context, l *ledger, proposal string) (p governance.Proposal, c governance.Course, err error) {
	inside := &Space{store: sp.store, id: sp.id, open: l}
	if p, err = proposals.get(ctx, l.tx, l.space, proposal); err != nil {
		return p, c, err
	}
	if c.History, err = inside.History(ctx); err != nil {
		return p, c, err
	}
	c.Steps, err = inside.ProposalSteps(ctx, proposal)
	return p, c, err
}

// pass lets an event happen, with its step and its entry in the journal.
func pass(ctx context.Context, l *ledger, by Actor, before governance.Proposal, c governance.Course, x governance.Passage) (governance.Proposal, governance.Course, error) {
	p, step, err := c.Take(before, x)
	if err != nil {
		return before, c, err
	}
	var f fault.Fields
	if checkText(&f, "reasons", step.Reasons); len(f) > 0 {
		return before, c, f.Err()
	}
	if err := proposals.put(ctx, l, &p); err != nil {
		return before, c, err
	}
	step.ID, step.At, step.Seq = newID(), l.at, len(c.Steps)+1
	if err := insertStep(ctx, l, step); err != nil {
		return before, c, err
	}
	c.Steps = append(c.Steps[:len(c.Steps):len(c.Steps)], step)
	return p, c, journalPassage(ctx, l, by, before, p, step)
}

// journalPassage records the passage under the name of its event, with what the step adds to the proposal.
func journalPassage(ctx context.Context, l *ledger, by Actor, before, after governance.Proposal, step governance.Step) error {
	ev := event{subject: "proposal", verb: string(step.Event), key: after.ID, label: after.Reference() + " · " + after.Title}
	was, err := proposals.content(&before)
	if err != nil {
		return err
	}
	is, err := proposals.content(&after)
	if err != nil {
		return err
	}
	fields := map[string]any{}
	if err := json.Unmarshal(is, &fields); err != nil {
		return fmt.Errorf("store: proposal %s: %w", after.ID, err)
	}
	for name, value := range map[string]string{"outcome": string(step.Outcome), "reasons": step.Reasons, "meeting_id": step.Meeting, "decision_id": step.Decision, "power": step.Power} {
		if value != "" {
			fields[name] = value
		}
	}
	ev.before, ev.after = was, fields
	if by.Article == "" {
		by.Article = step.Article
	}
	return l.record(ctx, by, ev)
}

const stepColumns = "id, proposal_id, seq, event, day, at, made_by, from_state, to_state, committee, meeting_id, decision_id, power, article, outcome, reasons"

func stepTargets(s *governance.Step) []any {
	return []any{&s.ID, &s.Proposal, &s.Seq, &s.Event, &s.Day, optionalTime{&s.At}, &s.By, &s.From, &s.To, &s.Committee, &s.Meeting, &s.Decision, &s.Power, &s.Article,
		&s.Outcome, &s.Reasons}
}

func insertStep(ctx context.Context, l *ledger, s governance.Step) error {
	_, err := l.tx.Exec(ctx, `INSERT INTO proposal_step (space_id, `+stepColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
		l.space, s.ID, s.Proposal, s.Seq, s.Event, s.Day, s.At, s.By, s.From, s.To, s.Committee, s.Meeting, s.Decision, s.Power, s.Article, s.Outcome, s.Reasons)
	return fault.Wrap(err, "store.proposal.step", s.Proposal)
}

// ProposalSteps lists what happened to a proposal, oldest first.
func (sp *Space) ProposalSteps(ctx context.Context, proposal string) ([]governance.Step, error) {
	rows, err := sp.q().Query(ctx, `SELECT `+stepColumns+` FROM proposal_step WHERE space_id = $1 AND proposal_id = $2 ORDER BY seq`, sp.id, proposal)
	if err != nil {
		return nil, fault.Wrap(err, "store.proposal.steps", proposal)
	}
	list, err := collect(rows, stepTargets)
	return list, fault.Wrap(err, "store.proposal.steps", proposal)
}

// Courses reads what the next passage of each of several proposals is judged by, in two queries.
func (sp *Space) Courses(ctx context.Context, proposals ...string) (map[string]governance.Course, error) {
	h, err := sp.History(ctx)
	out := make(map[string]governance.Course, len(proposals))
	if err != nil || len(proposals) == 0 {
		return out, err
	}
	for _, id := range proposals {
		out[id] = governance.Course{History: h}
	}
	marks, args := sqldb.In(2, proposals)
	rows, err := sp.q().Query(ctx, `SELECT `+stepColumns+` FROM proposal_step WHERE space_id = $1 AND proposal_id IN (`+marks+`) ORDER BY proposal_id, seq`,
		append([]any{sp.id}, args...)...)
	if err != nil {
		return nil, fault.Wrap(err, "store.proposal.courses", sp.id)
	}
	steps, err := collect(rows, stepTargets)
	for _, s := range steps {
		c := out[s.Proposal]
		c.Steps = append(c.Steps, s)
		out[s.Proposal] = c
	}
	return out, fault.Wrap(err, "store.proposal.courses", sp.id)
}

// ProposalDecisions lists the decisions that the register holds on a proposal, oldest first.
func (sp *Space) ProposalDecisions(ctx context.Context, proposal string) ([]governance.Decision, error) {
	return decisions.find(ctx, sp, "AND proposal = $2 ORDER BY year, number", proposal)
}
