package office

import (
	"context"
	"slices"
	"time"

	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
)

// Reply is what somebody answers to a call, for one seat.
type Reply struct {
	Seat       string
	Answer     governance.Answer
	Substitute string // person
	Named      string
	ProxyTo    string // seat
	Note       string
	Channel    governance.Channel
	Seen       string // mark of the answer that was on the page (see governance.Attendance.Mark)
	At         time.Time
}

// Eligible are the chairs of the meeting with whom the rule of the committee admits in the place of their holders: where a
// delegation is needed, those who have one on the day.
func (a *Assembly) Eligible(ctx context.Context, sp *store.Space) ([]governance.Chair, error) {
	if a.Committee.Substitution != convention.SubstitutionDelegation {
		return a.Chairs, nil
	}
	acts, err := sp.Delegations(ctx)
	return governance.WithDelegates(a.Chairs, acts, a.Meeting.Day), err
}

// Answer keeps the answer of a seat, in one short transaction. Chairs are those of Eligible. Where the answer on record is not the one that was seen,
// the error is a Conflict; once the meeting has opened, Invalid.
func Answer(ctx context.Context, sp *store.Space, by store.Actor, a *Assembly, chairs []governance.Chair, r Reply) (governance.Attendance, error) {
	return a.keep(ctx, sp, by, chairs, r, func(x *governance.Attendance, all []governance.Attendance) error {
		x.Answer, x.Substitute, x.Named, x.ProxyTo, x.Note = r.Answer, r.Substitute, r.Named, r.ProxyTo, r.Note
		*x = x.Tidy()
		return governance.CheckAnswer(*x, all, chairs, a.Committee.Substitution)
	})
}

// StandIn keeps what a substitute says for themselves: that they will sit in the place of the holder, or that they cannot. It
// takes nothing from what the holder has said of coming or of their proxy.
func StandIn(ctx context.Context, sp *store.Space, by store.Actor, a *Assembly, chairs []governance.Chair, r Reply, can bool) (governance.Attendance, error) {
	return a.keep(ctx, sp, by, chairs, r, func(x *governance.Attendance, all []governance.Attendance) error {
		if !can {
			return decline(x, r.Substitute)
		}
		if err := mayStandIn(*x, r.Substitute); err != nil {
			return err
		}
		x.Answer, x.Substitute = governance.WillBeSubst, r.Substitute
		x.Declined = slices.DeleteFunc(slices.Clone(x.Declined), func(p string) bool { return p == r.Substitute })
		*x = x.Tidy()
		return governance.CheckAnswer(*x, all, chairs, a.Committee.Substitution)
	})
}

// mayStandIn refuses where the holder comes, has given a proxy, or is represented by somebody else.
func mayStandIn(x governance.Attendance, person string) error {
	switch {
	case x.Answer == governance.WillBeSubst && x.Substitute != person:
		return fault.New(fault.Invalid, "fault.answer.another-stands-in")
	case x.Answer == governance.WillCome || x.Answer == governance.WillComeRemote || x.Answer == governance.GivesProxy:
		return fault.New(fault.Invalid, "fault.answer.holder-answered")
	}
	return nil
}

// decline notes that a substitute cannot sit; a seat that counted on them is asked again.
func decline(x *governance.Attendance, person string) error {
	if !slices.Contains(x.Declined, person) {
		x.Declined = append(slices.Clone(x.Declined), person)
	}
	if x.Answer == governance.WillBeSubst && x.Substitute == person {
		x.Answer = governance.NoAnswer
		*x = x.Tidy()
	}
	return nil
}

// keep changes the attendance of a seat beside the answers of the others, as they stand in the transaction.
func (a *Assembly) keep(ctx context.Context, sp *store.Space, by store.Actor, chairs []governance.Chair, r Reply, set func(x *governance.Attendance, all []governance.Attendance) error) (governance.Attendance, error) {
	var kept governance.Attendance
	i := slices.IndexFunc(chairs, func(c governance.Chair) bool { return c.Seat == r.Seat })
	if i < 0 || chairs[i].Holder == "" {
		return kept, fault.New(fault.Invalid, "fault.answer.no-seat")
	}
	err := sp.Together(ctx, func(sp *store.Space) error {
		m, err := sp.Meeting(ctx, a.Meeting.ID)
		if err != nil {
			return err
		}
		if m.State != governance.Planned {
			return fault.New(fault.Invalid, "fault.answer.closed")
		}
		all, err := sp.Attendance(ctx, m.ID)
		if err != nil {
			return err
		}
		now := governance.Attendance{Meeting: m.ID, Seat: r.Seat, Party: chairs[i].Party, Holder: chairs[i].Holder}
		if j := slices.IndexFunc(all, func(x governance.Attendance) bool { return x.Seat == r.Seat }); j >= 0 {
			now = all[j]
		}
		if askedOf(now, chairs[i]).Mark() != r.Seen {
			return fault.New(fault.Conflict, "fault.answer.changed")
		}
		kept, err = sp.KeepAttendance(ctx, by, now, func(x *governance.Attendance) error {
			*x = askedOf(*x, chairs[i])
			if err := set(x, all); err != nil {
				return err
			}
			x.Answered, x.Channel = r.At, r.Channel
			if x.Declared() {
				x.Former, x.ForDay, x.ForTime = governance.NoAnswer, m.Day, m.Time
			}
			return nil
		})
		return err
	})
	return kept, fault.Wrap(err, "office.answer", r.Seat)
}
