package governance

import (
	"entente/internal/convention"
	"entente/internal/fault"
)

// Quorum tells whether a committee may sit with who is there: how many seats or institutions there are, and how many the text
// asks for. Proxies do not count: the text speaks of who is there. Where the text has no quorum it is reached, and need is 0.
func Quorum(k *convention.Committee, r Roll) (reached bool, have, need int) {
	if k.Quorum == nil {
		return true, 0, 0
	}
	all := r.Turnout("")
	of := all.Seats
	have = all.There()
	switch k.Quorum.Of {
	case "parties":
		have, of = 0, 0
		for _, party := range r.Parties() {
			of++
			if r.Turnout(party).There() > 0 {
				have++
			}
		}
	case "presents":
		of = have
	}
	need = atLeast(k.Quorum, of)
	return have >= need && have > 0, have, need
}

// atLeast is how many of a number reach a share: more than it, where the text says so.
func atLeast(t *convention.Threshold, of int) int {
	over, under := t.Fraction()
	if under == 0 {
		return of
	}
	if t.Strict {
		return over*of/under + 1
	}
	return (over*of + under - 1) / under
}

// CheckBallot refuses a ballot that does not count: there is no vote where the convention has no majority, and a seat that
// neither is there nor has given a proxy to one that is there casts none.
func CheckBallot(k *convention.Committee, r Roll, b Ballot) error {
	if k.Majority == nil {
		return fault.New(fault.Invalid, "vote.no-majority")
	}
	t := r.Of(b.Seat)
	switch {
	case t == nil:
		return fault.New(fault.Invalid, "roll.no-such-seat", "seat", b.Seat)
	case !t.Counts():
		return fault.New(fault.Invalid, "vote.not-there", "seat", t.Chair.Name, "party", t.Party)
	case !oneOf(b.Choice, Choices()) && b.Choice != NoVote:
		return fault.New(fault.Invalid, "fault.field.choice")
	}
	return nil
}

// CountVotes counts the votes on an item among those who take part, each seat once. Ballots that CheckBallot refuses are left out.
// Where the convention has no majority there is nothing to count, and only Seats, Present and Quorum say something.
func CountVotes(k *convention.Committee, ballots []Ballot, r Roll) Vote {
	all := r.Turnout("")
	v := Vote{Seats: all.Seats, Present: all.There() + all.Proxies}
	v.Quorum, _, _ = Quorum(k, r)
	seen := map[string]bool{}
	for _, b := range ballots {
		if seen[b.Seat] || b.Choice == NoVote || CheckBallot(k, r, b) != nil {
			continue
		}
		seen[b.Seat] = true
		b.Holder = r.Of(b.Seat).Chair.Holder
		b.Caster, _ = r.Caster(b.Seat)
		v.Ballots = append(v.Ballots, b)
		switch b.Choice {
		case VotesFor:
			v.For++
		case VotesAgainst:
			v.Against++
		default:
			v.Blank++
		}
	}
	have, need := v.majority(k, r)
	v.Carried = k.Majority != nil && v.Quorum && have > 0 && have >= need
	return v
}

// Majority is how much a vote has for it and how much the text asks for: seats, or institutions of which more seats are for
// than against; 0, 0 where the text has no majority.
func Majority(k *convention.Committee, ballots []Ballot, r Roll) (have, need int) {
	return CountVotes(k, ballots, r).majority(k, r)
}

func (v Vote) majority(k *convention.Committee, r Roll) (have, need int) {
	switch {
	case k.Majority == nil:
		return 0, 0
	case k.Majority.Of == "sieges":
		return v.For, atLeast(k.Majority, v.Seats)
	case k.Majority.Of == "parties":
		return v.parties(r), atLeast(k.Majority, len(r.Parties()))
	}
	return v.For, atLeast(k.Majority, v.Present)
}

// parties counts the institutions of which more seats are for than against.
func (v Vote) parties(r Roll) int {
	lead := map[string]int{}
	for _, b := range v.Ballots {
		switch b.Choice {
		case VotesFor:
			lead[r.Of(b.Seat).Party]++
		case VotesAgainst:
			lead[r.Of(b.Seat).Party]--
		}
	}
	n := 0
	for party, by := range lead {
		if party != "" && by > 0 {
			n++
		}
	}
	return n
}
