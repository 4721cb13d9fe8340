package store

import (
	"context"
	"slices"
	"time"

	"entente/internal/calendar"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/sqldb"
)

var polls = aggregate[governance.Poll]{
	subject: "poll",
	table:   "poll",
	columns: "committee, title, note, slots, closes_on, state, meeting_id",
	ident:   func(p *governance.Poll) (*string, *int64) { return &p.ID, &p.Version },
	fields: func(p *governance.Poll) []any {
		return []any{&p.Committee, &p.Title, &p.Note, &p.Slots, &p.Closes, &p.State, &p.Meeting}
	},
	label: func(_ context.Context, _ *ledger, p governance.Poll) (string, error) {
		return p.Committee + " · " + p.Title, nil
	},
	check: func(_ context.Context, _ *ledger, p governance.Poll) error { return p.Check() },
}

// pollLinkDays is how long after the last day of answers the links of a poll still open its page, to show what came of it.
const pollLinkDays = 30

// CreatePoll makes a poll with those who are asked, and a personal link for each person: it gives the secrets by person. With
// nobody to ask it is refused, at the field "committee".
func (sp *Space) CreatePoll(ctx context.Context, by Actor, p governance.Poll, calls []governance.Asked) (governance.Poll, map[string]string, error) {
	secrets := map[string]string{}
	p.State, p.Meeting = governance.PollOpen, ""
	err := sp.Together(ctx, func(sp *Space) error {
		clear(secrets)
		if err := refuseNewPoll(sp.open, p, calls); err != nil {
			return err
		}
		if err := polls.add(ctx, sp.open, by, &p); err != nil {
			return err
		}
		for _, c := range calls {
			if err := sp.open.call(ctx, p.ID, c); err != nil {
				return err
			}
		}
		for _, c := range calls {
			if _, made := secrets[c.Person]; made {
				continue
			}
			secret, _, err := sp.IssueLink(ctx, by, pollLink(p, c), sp.pollLinkLife(p))
			if err != nil {
				return err
			}
			secrets[c.Person] = secret
		}
		return nil
	})
	return p, secrets, fault.Wrap(err, "store.poll.create", "")
}

func refuseNewPoll(l *ledger, p governance.Poll, calls []governance.Asked) error {
	if err := p.CheckNew(l.today); err != nil || len(calls) > 0 {
		return err
	}
	var f fault.Fields
	f.Add("committee", "poll.fault.nobody")
	return f.Err()
}

func (l *ledger) call(ctx context.Context, poll string, c governance.Asked) error {
	_, err := l.tx.Exec(ctx, `INSERT INTO poll_call (space_id, poll_id, seat, person_id, role) VALUES ($1, $2, $3, $4, $5)`,
		l.space, poll, c.Seat, c.Person, string(c.Role))
	return err
}

func pollLink(p governance.Poll, c governance.Asked) Link {
	return Link{Kind: LinkPoll, Subject: p.ID, Person: c.Person, Seat: c.Seat}
}

// pollLinkLife is how long a link made now serves.
func (sp *Space) pollLinkLife(p governance.Poll) time.Duration {
	return p.Closes.AddDays(pollLinkDays).Time().Sub(sp.store.now())
}

// Poll reads one poll.
func (sp *Space) Poll(ctx context.Context, id string) (governance.Poll, error) {
	return polls.get(ctx, sp.q(), sp.id, id)
}

// Polls lists the polls of the space, the newest first; of one committee where that is given.
func (sp *Space) Polls(ctx context.Context, committee string) ([]governance.Poll, error) {
	var c conditions
	c.addIf("committee = ?", committee)
	return polls.find(ctx, sp, c.text.String()+" ORDER BY id DESC", c.args...)
}

// PollCalls lists who is asked in a poll, by seat.
func (sp *Space) PollCalls(ctx context.Context, poll string) ([]governance.Asked, error) {
	rows, err := sp.q().Query(ctx, `SELECT seat, person_id, role FROM poll_call WHERE space_id = $1 AND poll_id = $2 ORDER BY seat, person_id`, sp.id, poll)
	if err != nil {
		return nil, fault.Wrap(err, "store.poll.calls", poll)
	}
	list, err := collect(rows, func(c *governance.Asked) []any { return []any{&c.Seat, &c.Person, &c.Role} })
	return list, fault.Wrap(err, "store.poll.calls", poll)
}

// PollAnswers reads the answers to a poll.
func (sp *Space) PollAnswers(ctx context.Context, poll string) (governance.PollReplies, error) {
	type row struct {
		person, slot string
		answer       governance.PollAnswer
	}
	rows, err := sp.q().Query(ctx, `SELECT person_id, slot, answer FROM poll_answer WHERE space_id = $1 AND poll_id = $2`, sp.id, poll)
	if err != nil {
		return nil, fault.Wrap(err, "store.poll.answers", poll)
	}
	list, err := collect(rows, func(r *row) []any { return []any{&r.person, &r.slot, &r.answer} })
	out := governance.PollReplies{}
	for _, r := range list {
		if out[r.person] == nil {
			out[r.person] = map[string]governance.PollAnswer{}
		}
		out[r.person][r.slot] = r.answer
	}
	return out, fault.Wrap(err, "store.poll.answers", poll)
}

// How an answer to a poll came, as the journal says it.
const (
	AnsweredByLink = "link"  // by the person's own link
	AnsweredEnter  = "enter" // told to a coordinator, who entered it
)

// AnswerPoll keeps what somebody who is asked answers to the dates of a poll, in the place of what they answered before. A date
// that is left out has no answer. It is refused once the poll takes no more answers.
func (sp *Space) AnswerPoll(ctx context.Context, by Actor, id, person, how string, answers map[string]governance.PollAnswer) error {
	err := sp.Together(ctx, func(sp *Space) error {
		seat, err := sp.refuseAnswer(ctx, id, person, answers)
		if err != nil {
			return err
		}
		before, err := sp.PollAnswers(ctx, id)
		if err != nil || sameAnswers(before[person], answers) {
			return err
		}
		l := sp.open
		if _, err := l.tx.Exec(ctx, `DELETE FROM poll_answer WHERE space_id = $1 AND poll_id = $2 AND person_id = $3`, l.space, id, person); err != nil {
			return err
		}
		for slot, x := range answers {
			if _, err := l.tx.Exec(ctx, `INSERT INTO poll_answer (space_id, poll_id, person_id, slot, answer) VALUES ($1, $2, $3, $4, $5)`,
				l.space, id, person, slot, string(x)); err != nil {
				return err
			}
		}
		ev := event{subject: "poll-answer", verb: how, key: id, after: answersContent(person, answers)}
		if len(before[person]) > 0 {
			ev.before = answersContent(person, before[person])
		}
		if ev.label, err = personLabel(ctx, l, seat, person); err != nil {
			return err
		}
		return l.record(ctx, by, ev)
	})
	return fault.Wrap(err, "store.poll.answer", id)
}

// refuseAnswer says why an answer cannot be kept, else for which seat it is given first.
func (sp *Space) refuseAnswer(ctx context.Context, id, person string, answers map[string]governance.PollAnswer) (seat string, err error) {
	p, err := sp.Poll(ctx, id)
	if err != nil {
		return "", err
	}
	if p.Standing(sp.open.today) != governance.PollOpen {
		return "", fault.New(fault.Invalid, "poll.fault.not-open")
	}
	calls, err := sp.PollCalls(ctx, id)
	if err != nil {
		return "", err
	}
	i := slices.IndexFunc(calls, func(c governance.Asked) bool { return c.Person == person })
	if i < 0 {
		return "", fault.New(fault.Invalid, "poll.fault.not-called")
	}
	var f fault.Fields
	for slot, x := range answers {
		if _, known := p.Slot(slot); !known || !slices.Contains(governance.PollAnswers(), x) {
			f.Add("answer", "fault.field.choice")
		}
	}
	return calls[i].Seat, f.Err()
}

func sameAnswers(a, b map[string]governance.PollAnswer) bool {
	if len(a) != len(b) {
		return false
	}
	for slot, x := range a {
		if b[slot] != x {
			return false
		}
	}
	return true
}

// answersContent is what the journal keeps of answers: the dates by answer.
func answersContent(person string, answers map[string]governance.PollAnswer) map[string]any {
	out := map[string]any{"person_id": person}
	for _, kind := range governance.PollAnswers() {
		var slots []string
		for slot, x := range answers {
			if x == kind {
				slots = append(slots, slot)
			}
		}
		if slices.Sort(slots); len(slots) > 0 {
			out[string(kind)] = slots
		}
	}
	return out
}

// EndPoll closes or cancels a poll that was read at a version and has planned nothing.
func (sp *Space) EndPoll(ctx context.Context, by Actor, id string, version int64, to governance.PollState) (governance.Poll, error) {
	return polls.update(ctx, sp, by, id, version, func(p *governance.Poll) error {
		if p.State == governance.PollPlanned || p.State == governance.PollCancelled {
			return fault.New(fault.Invalid, "poll.fault.ended")
		}
		p.State = to
		return nil
	})
}

// AcceptSlot plans the meeting of a date of a poll that was read at a version, in one transaction with the end of the poll. A
// day that has passed is refused.
func (sp *Space) AcceptSlot(ctx context.Context, by Actor, id string, version int64, slot, place string) (governance.Meeting, error) {
	var m governance.Meeting
	err := sp.Together(ctx, func(sp *Space) error {
		p, err := polls.current(ctx, sp.open, id, version)
		if err != nil {
			return err
		}
		x, known := p.Slot(slot)
		switch {
		case p.State == governance.PollPlanned || p.State == governance.PollCancelled:
			return fault.New(fault.Invalid, "poll.fault.ended")
		case !known:
			return fault.New(fault.Invalid, "poll.fault.no-slot")
		case x.Day.Before(sp.open.today):
			return fault.New(fault.Invalid, "poll.fault.past", "day", x.Day)
		}
		m, err = sp.PlanMeeting(ctx, by, governance.Meeting{Committee: p.Committee, Day: x.Day, Time: x.Time, Place: place})
		if err != nil {
			return err
		}
		_, err = polls.modify(ctx, sp.open, by, id, version, func(p *governance.Poll) error {
			p.State, p.Meeting = governance.PollPlanned, m.ID
			return nil
		})
		return err
	})
	return m, fault.Wrap(err, "store.poll.accept", id)
}

// RenewPollLink makes a new link for somebody who is asked in a poll, and revokes those that they have. It gives the secret.
func (sp *Space) RenewPollLink(ctx context.Context, by Actor, id, person string) (string, error) {
	var secret string
	err := sp.Together(ctx, func(sp *Space) error {
		p, err := sp.Poll(ctx, id)
		if err != nil {
			return err
		}
		if p.Standing(sp.open.today) != governance.PollOpen {
			return fault.New(fault.Invalid, "poll.fault.not-open")
		}
		calls, err := sp.PollCalls(ctx, id)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(calls, func(c governance.Asked) bool { return c.Person == person })
		if i < 0 {
			return notFound("store.poll.link", person)
		}
		links, err := sp.Links(ctx, LinkPoll, id)
		if err != nil {
			return err
		}
		for _, x := range links {
			if x.Person == person && x.Open(sqldb.Instant(sp.store.clock())) {
				if err := sp.RevokeLink(ctx, by, x.ID); err != nil {
					return err
				}
			}
		}
		secret, _, err = sp.IssueLink(ctx, by, pollLink(p, calls[i]), sp.pollLinkLife(p))
		return err
	})
	return secret, fault.Wrap(err, "store.poll.link", id)
}

// MeetingsAround lists the meetings that a plan over a period has to know: from twelve months before it to twelve after.
func (sp *Space) MeetingsAround(ctx context.Context, p calendar.Period) ([]governance.Meeting, error) {
	return sp.Meetings(ctx, MeetingFilter{From: p.From.AddMonths(-12), To: p.To.AddMonths(12)})
}
