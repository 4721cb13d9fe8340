package governance_test

import (
	"testing"

	"pgregory.net/rapid"

	"entente/internal/convention"
	. "entente/internal/governance"
)

// present puts the first n chairs in the room.
func present(k *convention.Committee, chairs []Chair, n int) Roll {
	var records []Attendance
	for _, c := range chairs[:n] {
		records = append(records, seen(c, Present, ""))
	}
	return CallRoll(k, chairs, records, "")
}

func TestQuorumOfARoll(t *testing.T) {
	k := *committee(t, second, "suivi") // more than half of six seats
	for _, c := range []struct {
		quorum     *convention.Threshold
		there      int
		reached    bool
		have, need int
	}{
		{k.Quorum, 3, false, 3, 4},
		{k.Quorum, 4, true, 4, 4},
		{&convention.Threshold{Share: "1/2", Of: "sieges"}, 3, true, 3, 3},
		{&convention.Threshold{Share: "2/3", Of: "sieges"}, 3, false, 3, 4},
		{&convention.Threshold{Share: "1/1", Of: "parties"}, 3, false, 1, 2}, // the first three are of one party
		{&convention.Threshold{Share: "1/1", Of: "parties"}, 4, true, 2, 2},
		{&convention.Threshold{Share: "1/1", Of: "presents"}, 1, true, 1, 1},
		{&convention.Threshold{Share: "1/1", Of: "presents"}, 0, false, 0, 0},
		{nil, 0, true, 0, 0},
	} {
		k.Quorum = c.quorum
		reached, have, need := Quorum(&k, present(&k, chairsOf(&k), c.there))
		if reached != c.reached || have != c.have || need != c.need {
			t.Errorf("%+v with %d there: %v, %d of %d; want %v, %d of %d", c.quorum, c.there, reached, have, need, c.reached, c.have, c.need)
		}
	}
}

func TestAProxyMakesNoQuorum(t *testing.T) {
	k := committee(t, second, "suivi")
	chairs := chairsOf(k)
	records := []Attendance{proxy(chairs[3], chairs[0])}
	for _, c := range chairs[:3] {
		records = append(records, seen(c, Present, ""))
	}
	if reached, have, _ := Quorum(k, CallRoll(k, chairs, records, "")); reached || have != 3 {
		t.Errorf("reached %v with %d", reached, have)
	}
}

// votes are the ballots of the first chairs.
func votes(chairs []Chair, choices ...Choice) []Ballot {
	var out []Ballot
	for i, c := range choices {
		out = append(out, Ballot{Item: "i", Seat: chairs[i].Seat, Holder: "wrong", Caster: "wrong", Choice: c})
	}
	return out
}

func TestCount(t *testing.T) {
	k := *committee(t, second, "suivi") // two thirds of those who take part
	chairs := chairsOf(&k)
	for _, c := range []struct {
		name     string
		majority *convention.Threshold
		there    int
		choices  []Choice
		carried  bool
	}{
		{"two thirds of six", k.Majority, 6, []Choice{VotesFor, VotesFor, VotesFor, VotesFor, VotesAgainst, VotesAgainst}, true},
		{"three of six are not", k.Majority, 6, []Choice{VotesFor, VotesFor, VotesFor, VotesBlank, VotesBlank, VotesBlank}, false},
		{"silence is no vote for it", k.Majority, 6, []Choice{VotesFor, VotesFor, VotesFor}, false},
		{"a seat that is not there has no vote", k.Majority, 4, []Choice{VotesAgainst, VotesAgainst, VotesFor, VotesFor, VotesFor, VotesFor}, false},
		{"without quorum nothing is carried", k.Majority, 3, []Choice{VotesFor, VotesFor, VotesFor}, false},
		{"of the seats", &convention.Threshold{Share: "1/2", Of: "sieges", Strict: true}, 4, []Choice{VotesFor, VotesFor, VotesFor, VotesBlank}, false},
		{"of the institutions", &convention.Threshold{Share: "1/1", Of: "parties"}, 5, []Choice{VotesFor, VotesFor, VotesAgainst, VotesFor}, true},
		{"an institution that is split is not for it", &convention.Threshold{Share: "1/1", Of: "parties"}, 5, []Choice{VotesFor, VotesFor, VotesFor, VotesFor, VotesAgainst}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			k.Majority = c.majority
			v := CountVotes(&k, votes(chairs, c.choices...), present(&k, chairs, c.there))
			if v.Carried != c.carried || v.Seats != 6 || v.Present != c.there {
				t.Errorf("%+v, want carried %v", v, c.carried)
			}
			for _, b := range v.Ballots {
				if b.Holder == "wrong" || b.Caster == "wrong" {
					t.Error("holder and caster are those that were typed, not those of the roll")
				}
			}
		})
	}
}

func TestABallotBearsItsProxy(t *testing.T) {
	k := committee(t, second, "suivi")
	chairs := chairsOf(k)
	r := CallRoll(k, chairs, []Attendance{proxy(chairs[3], chairs[0]), seen(chairs[0], Present, ""), seen(chairs[1], Present, ""), seen(chairs[2], Present, ""), seen(chairs[4], Present, "")}, "")
	v := CountVotes(k, []Ballot{{Seat: chairs[3].Seat, Choice: VotesFor}}, r)
	if len(v.Ballots) != 1 || v.Ballots[0].Holder != chairs[3].Holder || v.Ballots[0].Caster != chairs[0].Holder {
		t.Errorf("%+v", v.Ballots)
	}
}

func TestNoBallotWithoutMajority(t *testing.T) {
	k := committee(t, real, "strategique")
	chairs := chairsOf(k)
	r := present(k, chairs, 8)
	if err := CheckBallot(k, r, votes(chairs, VotesFor)[0]); err == nil {
		t.Error("a convention without majority has ballots")
	}
	if v := CountVotes(k, votes(chairs, VotesFor, VotesFor), r); len(v.Ballots) != 0 || v.Carried {
		t.Errorf("%+v", v)
	}
}

// TestVotesNeverExceedTheElectorate: whatever is cast by whomever, no seat votes twice, and there are no more votes than seats
// that take part.
func TestVotesNeverExceedTheElectorate(t *testing.T) {
	k := committee(t, second, "suivi")
	rapid.Check(t, func(t *rapid.T) {
		chairs := anybody(t, k)
		r := CallRoll(k, chairs, somebody(t, chairs), "")
		seat := rapid.SampledFrom(append(seatsOf(chairs), "no/such/seat"))
		ballots := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Ballot {
			return Ballot{Seat: seat.Draw(t, "seat"), Choice: rapid.SampledFrom([]Choice{NoVote, VotesFor, VotesAgainst, VotesBlank, "?"}).Draw(t, "choice")}
		}), 0, 30).Draw(t, "ballots")
		v := CountVotes(k, ballots, r)
		all := r.Turnout("")
		if n := v.For + v.Against + v.Blank; n != len(v.Ballots) || n > v.Present || v.Present != all.There()+all.Proxies || v.Present > v.Seats {
			t.Fatalf("%d votes of %d present of %d seats", n, v.Present, v.Seats)
		}
		cast := map[string]bool{}
		for _, b := range v.Ballots {
			if cast[b.Seat] || !r.Of(b.Seat).Counts() {
				t.Fatalf("%s votes twice, or is not there", b.Seat)
			}
			cast[b.Seat] = true
		}
	})
}
