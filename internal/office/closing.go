package office

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"time"

	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
)

// Ending is a sitting with what its closing would do.
type Ending struct {
	Sitting
	Closing governance.Closing
	Next    *governance.Meeting // to which the rest is carried over; nil where none is planned
	Digest  string              // of everything that the closing would do: who confirms it confirms this
}

// EndingOf computes what the closing of a meeting would do, as it stands. What is refused stands in the closing.
func EndingOf(ctx context.Context, sp *store.Space, h convention.History, meeting string, now time.Time) (Ending, error) {
	s, err := ReadSitting(ctx, sp, h, meeting, now)
	if err != nil {
		return Ending{}, err
	}
	out := Ending{Sitting: s}
	e := governance.Ending{Meeting: s.Meeting, Text: s.Version.Text, Committee: s.Committee, Chairs: s.Chairs, Records: s.Attendance, Agenda: s.Agenda, Kept: s.Kept,
		Positions: s.Positions, Ballots: s.Ballots, FollowUps: s.FollowUps, Proposals: s.Proposals, Called: s.Called}
	if err := out.surroundings(ctx, sp, &e); err != nil {
		return out, fault.Wrap(err, "office.ending", meeting)
	}
	steps, err := sp.StepsOf(ctx, s.decidedOn()...)
	if err != nil {
		return out, fault.Wrap(err, "office.ending", meeting)
	}
	e.Rule = func(p governance.Proposal, r governance.ItemRecord) governance.Ruling {
		return ruling(governance.Course{History: h, Steps: steps[p.ID]}, p, settlement(s.Meeting, r.Outcome, r.Reasons))
	}
	out.Closing, _ = governance.Close(e) // what it refuses is shown with the rest
	out.Next = e.Next
	out.Digest, err = digest(out.Closing)
	return out, err
}

// surroundings reads what lies around the meeting: earlier closings of it, and the meeting that comes after.
func (out *Ending) surroundings(ctx context.Context, sp *store.Space, e *governance.Ending) (err error) {
	if e.Earlier, err = sp.DecisionsOf(ctx, out.Meeting.ID); err != nil {
		return err
	}
	if e.Minutes, err = sp.MinutesByID(ctx, approves(e.Agenda)...); err != nil {
		return err
	}
	onward, err := sp.CarriedFrom(ctx, out.Meeting.ID)
	if err != nil {
		return err
	}
	e.Onward = make(map[string]string, len(onward))
	for from, i := range onward {
		e.Onward[from] = i.ID
	}
	if e.Next, err = nextMeeting(ctx, sp, out.Meeting); err != nil || e.Next == nil {
		return err
	}
	agenda, err := sp.Items(ctx, e.Next.ID)
	if n := len(agenda); n > 0 {
		e.NextRank = agenda[n-1].Rank
	}
	return err
}

// approves are the meetings whose minutes an agenda approves.
func approves(agenda []governance.Item) []string {
	var out []string
	for _, i := range agenda {
		if i.Kind == governance.ForMinutes && i.Approves != "" {
			out = append(out, i.Approves)
		}
	}
	return out
}

// settlement is an outcome that a meeting gives a proposal.
func settlement(m governance.Meeting, outcome governance.Outcome, reasons string) governance.Settlement {
	return governance.Settlement{Meeting: m.ID, Committee: m.Committee, Day: m.Day, Outcome: outcome, Reasons: reasons}
}

// ruling asks the circuit of a proposal what an outcome would do to it. An outcome that the same meeting gave before it was
// reopened is taken back first.
func ruling(c governance.Course, p governance.Proposal, s governance.Settlement) governance.Ruling {
	x := governance.Passage{Day: s.Day, Reasons: s.Reasons, Settlement: s}
	if last := c.Last(); last != nil && last.Meeting == s.Meeting {
		x.Event = governance.Reopen
		before, step, err := c.Take(p, x)
		if err != nil {
			return governance.Ruling{Refused: said(err)}
		}
		p, c.Steps = before, append(slices.Clone(c.Steps), step)
	}
	x.Event = c.EventOf(p, s)
	after, step, err := c.Take(p, x)
	if err != nil {
		return governance.Ruling{Refused: said(err)}
	}
	return governance.Ruling{Power: convention.Power(step.Power), Article: step.Article, Turn: after.Turn,
		Opinion: x.Event == governance.Favour || x.Event == governance.Return}
}

// said is the sentence of a refusal.
func said(err error) fault.Message {
	var e *fault.Error
	if errors.As(err, &e) && !e.Message.IsZero() {
		return e.Message
	}
	return fault.Say("closing.refuse.proposal")
}

// nextMeeting is the next planned meeting of the same committee, and of the same technical committee where it has several.
func nextMeeting(ctx context.Context, sp *store.Space, m governance.Meeting) (*governance.Meeting, error) {
	list, err := sp.Meetings(ctx, store.MeetingFilter{From: m.Day.AddDays(1), Committee: m.Committee})
	for i := range list {
		if list[i].State == governance.Planned && list[i].Panel == m.Panel {
			return &list[i], err
		}
	}
	return nil, err
}

// digest tells two closings apart.
func digest(c governance.Closing) (string, error) {
	text, err := json.Marshal(c)
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), err
}

// CloseMeeting carries out everything that the closing of a meeting does, in one transaction: all of it is kept, or nothing.
// Confirmed is the digest of what was shown to who closes it; where the closing would do anything else by now, nothing is done
// and the error is a conflict. A meeting that is not open is refused: it cannot be closed twice.
func CloseMeeting(ctx context.Context, sp *store.Space, h convention.History, by store.Actor, meeting, confirmed string, now time.Time, tell Teller) error {
	err := sp.Together(ctx, func(sp *store.Space) error {
		e, err := EndingOf(ctx, sp, h, meeting, now)
		switch {
		case err != nil:
			return err
		case e.Meeting.State != governance.Open:
			return fault.New(fault.Invalid, "sitting.not-open")
		case e.Digest != confirmed:
			return fault.New(fault.Conflict, "closing.changed")
		}
		if err := e.Closing.Err(); err != nil {
			return err
		}
		return (&closer{sp: sp, by: by, now: now, tell: tell}).carryOut(ctx, e)
	})
	return fault.Wrap(err, "office.close", meeting)
}

// Teller writes to the author of a proposal what a meeting has made of it, in the transaction of the closing. Nil tells nobody.
type Teller func(sp *store.Space, by store.Actor, p governance.Proposal) error

// closer carries out a closing within a transaction.
type closer struct {
	sp   *store.Space
	by   store.Actor
	now  time.Time
	tell Teller
}

func (c *closer) carryOut(ctx context.Context, e Ending) error {
	for _, step := range []func(context.Context, Ending) error{c.turnLast, c.freeze, c.decide, c.carryOver, c.approve, c.end} {
		if err := step(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// turnLast ends the item that is current.
func (c *closer) turnLast(ctx context.Context, e Ending) error {
	for _, ended := range governance.TurnTo("", e.Kept, c.now) {
		_, err := c.sp.KeepItemRecord(ctx, c.by, ended.ID, ended.Version, func(r *governance.ItemRecord) error {
			r.State, r.Started, r.Seconds, r.Ended = ended.State, ended.Started, ended.Seconds, ended.Ended
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// freeze spells out who sat in every chair.
func (c *closer) freeze(ctx context.Context, e Ending) error {
	for _, a := range e.Closing.Roll.Frozen(e.Meeting.ID) {
		_, err := c.sp.KeepAttendance(ctx, c.by, a, func(x *governance.Attendance) error {
			x.Party, x.Holder, x.Sitter, x.SitterName = a.Party, a.Holder, a.Sitter, a.SitterName
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// decide enters the decisions, ties the follow-ups to them, and gives the proposals their outcome.
func (c *closer) decide(ctx context.Context, e Ending) error {
	ids := map[string]string{}
	for _, d := range e.Closing.Decisions {
		kept, err := c.enter(ctx, d)
		if err != nil {
			return err
		}
		ids[d.Item] = kept.ID
	}
	for _, u := range e.Closing.FollowUps {
		_, err := c.sp.UpdateFollowUp(ctx, c.by, u.ID, u.Version, func(x *governance.FollowUp) error {
			x.Decision = ids[u.Item]
			return nil
		})
		if err != nil {
			return err
		}
	}
	for _, s := range e.Closing.Settling {
		x := settlement(e.Meeting, s.Outcome, s.Reasons)
		x.Decision = ids[s.Item]
		p, err := c.sp.SettleProposal(ctx, c.by, s.Proposal.ID, x)
		if err != nil {
			return err
		}
		if c.tell == nil {
			continue
		}
		if err := c.tell(c.sp, c.by, p); err != nil {
			return err
		}
	}
	return nil
}

func (c *closer) enter(ctx context.Context, d governance.Decision) (governance.Decision, error) {
	if d.ID == "" {
		return c.sp.CreateDecision(ctx, c.by, d)
	}
	return c.sp.UpdateDecision(ctx, c.by, d.ID, d.Version, func(x *governance.Decision) error {
		*x = d
		return nil
	})
}

// carryOver puts the rest on the agenda of the next meeting. Where none is planned it waits: what waits is found again as a
// suggestion of the next agenda.
func (c *closer) carryOver(ctx context.Context, e Ending) error {
	for _, i := range e.Closing.Carried {
		if i.Meeting == "" {
			continue
		}
		if _, err := c.sp.CreateItem(ctx, c.by, i); err != nil {
			return err
		}
	}
	return nil
}

func (c *closer) approve(ctx context.Context, e Ending) error {
	for _, i := range e.Closing.Approved {
		if err := c.sp.ApproveMinutes(ctx, c.by, i.Approves, e.Meeting.ID, e.Meeting.Day); err != nil {
			return err
		}
	}
	return nil
}

func (c *closer) end(ctx context.Context, e Ending) error {
	_, err := c.sp.UpdateMeeting(ctx, c.by, e.Meeting.ID, e.Meeting.Version, func(m *governance.Meeting) error {
		m.State, m.Closed = governance.Held, c.now
		return nil
	})
	return err
}

// ReopenMeeting makes a closed meeting sit again, for a reason that the journal keeps. It is refused where a proposal that the
// meeting gave an outcome has gone on since: what followed is not undone by the way.
func ReopenMeeting(ctx context.Context, sp *store.Space, by store.Actor, meeting string, version int64, reason string) error {
	err := sp.Together(ctx, func(sp *store.Space) error {
		moved, err := sp.MovedOn(ctx, meeting)
		if err != nil {
			return err
		}
		if len(moved) > 0 {
			return fault.New(fault.Invalid, "closing.moved-on", "count", len(moved), "titles", titles(moved))
		}
		_, err = sp.UpdateMeeting(ctx, by, meeting, version, func(m *governance.Meeting) error { return m.Reopen(reason) })
		return err
	})
	return fault.Wrap(err, "office.reopen", meeting)
}

// titles are the titles of proposals, in the order of the alphabet.
func titles(byID map[string]string) []string { return slices.Sorted(maps.Values(byID)) }
