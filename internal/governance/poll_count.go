package governance

import (
	"cmp"
	"slices"

	"entente/internal/convention"
)

// Count is how many could sit: those who said yes, and those who would if need be, apart.
type Count struct{ Yes, IfNeedBe int }

// All is how many could sit in all.
func (c Count) All() int { return c.Yes + c.IfNeedBe }

// Reach is whether a threshold would be met.
type Reach string

// The reaches.
const (
	ReachNone     Reach = ""           // the text has no quorum that seats could be counted for
	ReachYes      Reach = "yes"        // by those who said yes
	ReachIfNeedBe Reach = "if-need-be" // with those who would come if need be
	ReachNo       Reach = "no"
)

// SlotCount is what the answers to one date come to. A seat counts once, however many are asked for it; an institution once,
// however many of its seats could sit; a person once, whatever seats they hold.
type SlotCount struct {
	Slot         Slot
	Seats        Count
	Institutions Count
	People       Count
	Refused      int // seats that said no
	Silent       int // seats that have not answered
	Quorum       Reach
	Best         bool
}

// CountPoll counts the answers to each date of a poll, for the seats of its committee. The best date lets the quorum be met
// where there is one, then brings the most institutions, then the most seats, a seat that would come if need be counting half;
// of two that are alike, the earlier. Where nobody could come to any, none is the best.
func CountPoll(p Poll, k *convention.Committee, calls []Asked, answers PollReplies) []SlotCount {
	out := make([]SlotCount, 0, len(p.Slots))
	for _, s := range p.Slots {
		out = append(out, countSlot(s, k, calls, answers))
	}
	best := -1
	for i := range out {
		if out[i].Seats.All() > 0 && (best < 0 || out[i].compare(out[best]) > 0) {
			best = i
		}
	}
	if best >= 0 {
		out[best].Best = true
	}
	return out
}

func countSlot(s Slot, k *convention.Committee, calls []Asked, answers PollReplies) SlotCount {
	c := SlotCount{Slot: s}
	seats := k.Places()
	parties := map[string]PollAnswer{}
	for _, seat := range seats {
		x := answers.OfSeat(seat.Key, calls, s.Key())
		switch {
		case x == AnswerNo:
			c.Refused++
		case x == "" && slices.ContainsFunc(calls, func(c Asked) bool { return c.Seat == seat.Key }):
			c.Silent++
		}
		c.Seats.add(x)
		if x.weight() > parties[seat.Party].weight() {
			parties[seat.Party] = x
		}
	}
	for _, x := range parties {
		c.Institutions.add(x)
	}
	seen := map[string]bool{}
	for _, call := range calls {
		if !seen[call.Person] {
			seen[call.Person] = true
			c.People.add(answers[call.Person][s.Key()])
		}
	}
	c.Quorum = reach(k, seats, c)
	return c
}

func (c *Count) add(x PollAnswer) {
	switch x {
	case AnswerYes:
		c.Yes++
	case AnswerIfNeedBe:
		c.IfNeedBe++
	}
}

// reach tells whether the quorum of a committee would be met. A share of those present says nothing before a meeting.
func reach(k *convention.Committee, seats []convention.Seat, c SlotCount) Reach {
	if k.Quorum == nil {
		return ReachNone
	}
	var got Count
	var of int
	switch k.Quorum.Of {
	case "sieges":
		got, of = c.Seats, len(seats)
	case "parties":
		got, of = c.Institutions, partiesOf(seats)
	default:
		return ReachNone
	}
	switch {
	case meets(k.Quorum, got.Yes, of):
		return ReachYes
	case meets(k.Quorum, got.All(), of):
		return ReachIfNeedBe
	}
	return ReachNo
}

// meets tells whether so many of a whole are the share that a threshold asks for.
func meets(t *convention.Threshold, n, of int) bool {
	over, under := t.Fraction()
	if under == 0 {
		return false
	}
	if t.Strict {
		return n*under > over*of
	}
	return n*under >= over*of
}

func partiesOf(seats []convention.Seat) int {
	seen := map[string]bool{}
	for _, s := range seats {
		seen[s.Party] = true
	}
	return len(seen)
}

// compare orders dates from the worse to the better.
func (c SlotCount) compare(d SlotCount) int {
	rank := func(r Reach) int { return slices.Index([]Reach{ReachNone, ReachNo, ReachIfNeedBe, ReachYes}, r) }
	half := func(n Count) int { return 2*n.Yes + n.IfNeedBe }
	return cmp.Or(cmp.Compare(min(rank(c.Quorum), rank(ReachIfNeedBe)), min(rank(d.Quorum), rank(ReachIfNeedBe))),
		cmp.Compare(c.Institutions.All(), d.Institutions.All()), cmp.Compare(half(c.Seats), half(d.Seats)),
		cmp.Compare(rank(c.Quorum), rank(d.Quorum)), compareSlots(d.Slot, c.Slot))
}
