package governance

import (
	"cmp"
	"slices"
	"strings"

	"entente/internal/convention"
	"entente/internal/fault"
)

// Ending is everything that the closing of a meeting follows from.
type Ending struct {
	Meeting   Meeting
	Text      *convention.Convention // as it stands on the day of the meeting
	Committee *convention.Committee
	Chairs    []Chair
	Records   []Attendance
	Agenda    []Item
	Kept      map[string]ItemRecord // what the sitting kept, by item
	Positions []Position
	Ballots   []Ballot
	FollowUps []FollowUp
	Proposals map[string]Proposal // those that the agenda decides on, by identifier
	Minutes   map[string]Minutes  // those that the agenda approves, by meeting
	Earlier   []Decision          // of this meeting, where it was closed before and reopened
	Onward    map[string]string   // by item, the item of a later meeting that already carries it on
	Next      *Meeting            // the next planned meeting of the same committee; nil where there is none
	NextRank  int                 // of the last item of its agenda
	Called    bool                // a convocation went out
	// Rule tells under which power an outcome settles a proposal, or why it may not.
	Rule func(Proposal, ItemRecord) Ruling
}

// Ruling is what the convention says of an outcome that a committee gives to a proposal.
type Ruling struct {
	Power   convention.Power // exercised; empty where none is
	Article string           // that gives it
	Opinion bool             // the committee does not settle it: its outcome is an opinion, and the proposal goes on
	Turn    string           // committee whose turn it is then; empty where it is nobody's
	Refused fault.Message    // zero where the outcome may be given
}

// Remark is something said about an item, or about the meeting as a whole where Item is empty.
type Remark struct {
	Item    string
	Message fault.Message
}

// Settling is an outcome that a proposal is to be given.
type Settling struct {
	Proposal Proposal
	Item     string
	Outcome  Outcome
	Reasons  string
	Ruling   Ruling
}

// Closing is everything that the closing of a meeting does.
type Closing struct {
	Roll      Roll
	Quorum    bool // reached at some time, or none asked
	Have      int
	Need      int
	Decisions []Decision // those with an identifier stand in the register already, and keep their number
	Carried   []Item     // put on the agenda of the next meeting; their Meeting is empty where there is none yet
	Onward    []Item     // already carried on by an earlier closing
	FollowUps []FollowUp // with the item whose decision they are tied to
	Settling  []Settling
	Approved  []Item // whose meeting's minutes are approved
	Warnings  []Remark
	Refusals  []Remark
}

// Err refuses a closing of which something is refused.
func (c Closing) Err() error {
	if len(c.Refusals) == 0 {
		return nil
	}
	return fault.New(fault.Invalid, "closing.refused", "count", len(c.Refusals))
}

// CarriesOn tells an item that is not finished: put off, never reached, or of a kind that ends with an outcome and has none.
func CarriesOn(i Item, r ItemRecord) bool {
	switch {
	case r.Outcome == Postponed:
		return true
	case r.Outcome != NoOutcome:
		return false
	}
	return i.Kind.Settles() || r.State != Treated && r.State != Current
}

// Close computes what the closing of a meeting does. The error says that something is refused; what is returned then still
// tells all of it, to be shown.
func Close(e Ending) (Closing, error) {
	c := closer{Ending: e, hour: map[string]Roll{}}
	c.out.Roll = CallRoll(e.Committee, e.Chairs, e.Records, "")
	c.out.Quorum, c.out.Have, c.out.Need = Quorum(e.Committee, c.out.Roll)
	c.meeting()
	for _, i := range e.Agenda {
		c.item(i, e.Kept[i.ID])
	}
	c.followUps()
	for _, d := range e.Earlier {
		if !slices.ContainsFunc(c.out.Decisions, func(x Decision) bool { return x.ID == d.ID }) {
			c.refuse(d.Item, "closing.refuse.number", "number", d.Reference())
		}
	}
	return c.out, c.out.Err()
}

// closer is a closing being computed.
type closer struct {
	Ending
	hour map[string]Roll // by hour
	out  Closing
}

func (c *closer) refuse(item, key string, pairs ...any) {
	c.out.Refusals = append(c.out.Refusals, Remark{item, fault.Say(key, pairs...)})
}

func (c *closer) warn(item, key string, pairs ...any) {
	c.out.Warnings = append(c.out.Warnings, Remark{item, fault.Say(key, pairs...)})
}

// meeting says what is to be known of the meeting as a whole.
func (c *closer) meeting() {
	all := c.out.Roll.Turnout("")
	if !c.Called {
		c.warn("", "closing.warn.not-called")
	}
	if all.Unknown > 0 {
		c.warn("", "closing.warn.unrecorded", "count", all.Unknown)
	}
	if all.There() == 0 {
		c.warn("", "closing.warn.nobody")
	}
	if c.Committee.Quorum != nil && !c.out.Quorum {
		c.warn("", "closing.warn.quorum", "have", c.out.Have, "need", c.out.Need, "article", c.Text.Cite(c.Committee.Quorum.Place))
	}
	for _, m := range c.out.Roll.Warnings {
		c.out.Warnings = append(c.out.Warnings, Remark{Message: m})
	}
	if n := c.seatsGone(); n > 0 {
		c.warn("", "closing.warn.seats-gone", "count", n)
	}
}

// seatsGone counts the seats that were called, and that the text of the day of the meeting does not have.
func (c *closer) seatsGone() int {
	n := 0
	for _, a := range c.Records {
		if c.out.Roll.Of(a.Seat) == nil && a.Presence == Unrecorded {
			n++
		}
	}
	return n
}

// rollAt is who took part when an item was left: the electorate of its vote.
func (c *closer) rollAt(r ItemRecord) Roll {
	if r.Ended.IsZero() {
		return c.out.Roll
	}
	hour := HourOf(r.Ended)
	if _, known := c.hour[hour]; !known {
		c.hour[hour] = CallRoll(c.Committee, c.Chairs, c.Records, hour)
	}
	return c.hour[hour]
}

// item does what follows from one item.
func (c *closer) item(i Item, r ItemRecord) {
	r.ID = i.ID
	if r.Outcome.NeedsReasons() && strings.TrimSpace(r.Reasons) == "" {
		c.refuse(i.ID, "closing.refuse.reasons")
		r.Reasons = "?" // said once: the circuit of a proposal asks for them too
	}
	if CarriesOn(i, r) {
		c.carry(i)
	} else if c.Onward[i.ID] != "" {
		c.warn(i.ID, "closing.warn.onward")
	}
	if r.Outcome == NoOutcome {
		return
	}
	ruling := c.settle(i, r)
	if r.Outcome == Postponed {
		return
	}
	c.decide(i, r, ruling)
	if i.Kind == ForMinutes && r.Outcome.Favourable() {
		c.approve(i)
	}
}

// approve approves the minutes of an earlier meeting, which must have been submitted. Those that are kept elsewhere are
// approved by the decision alone.
func (c *closer) approve(i Item) {
	m, kept := c.Minutes[i.Approves]
	switch {
	case !kept:
		c.warn(i.ID, "closing.warn.minutes-elsewhere")
	case m.ApprovedBy == c.Meeting.ID && !m.Approved.IsZero():
	case m.State == MinutesSubmitted:
		c.out.Approved = append(c.out.Approved, i)
	default:
		c.refuse(i.ID, "closing.refuse.minutes")
	}
}

// carry puts an item on the next agenda, once.
func (c *closer) carry(i Item) {
	next := Item{Kind: i.Kind, Title: i.Title, Text: i.Text, Presenter: i.Presenter, Minutes: i.Minutes, Audience: i.Audience,
		Proposal: i.Proposal, Approves: i.Approves, Carried: i.ID}
	if c.Onward[i.ID] != "" {
		next.ID = c.Onward[i.ID]
		c.out.Onward = append(c.out.Onward, next)
		return
	}
	if c.Next != nil {
		next.Meeting, next.Rank = c.Next.ID, c.NextRank+len(c.out.Carried)+1
	}
	c.out.Carried = append(c.out.Carried, next)
}

// settle gives a proposal its outcome, where the item decides on one. Whether an outcome that an earlier closing gave may be
// replaced is the circuit's to say.
func (c *closer) settle(i Item, r ItemRecord) Ruling {
	p, known := c.Proposals[i.Proposal]
	if !known {
		return Ruling{Article: c.Committee.Place.Ref}
	}
	if slices.ContainsFunc(c.out.Settling, func(s Settling) bool { return s.Proposal.ID == p.ID }) {
		c.refuse(i.ID, "closing.refuse.twice")
	}
	ruling := c.Rule(p, r)
	if !ruling.Refused.IsZero() {
		c.out.Refusals = append(c.out.Refusals, Remark{i.ID, ruling.Refused})
	}
	c.out.Settling = append(c.out.Settling, Settling{Proposal: p, Item: i.ID, Outcome: r.Outcome, Reasons: r.Reasons, Ruling: ruling})
	return ruling
}

// decide enters an outcome in the register, under its earlier number where it has one.
func (c *closer) decide(i Item, r ItemRecord, ruling Ruling) {
	d := Decision{Meeting: c.Meeting.ID, Item: i.ID, Committee: c.Meeting.Committee, Day: c.Meeting.Day, Title: i.Title,
		Text: cmp.Or(strings.TrimSpace(r.Text), i.Title), Outcome: r.Outcome, Reasons: r.Reasons, Proposal: i.Proposal,
		Axis: cmp.Or(r.Axis, c.Proposals[i.Proposal].Objective), Power: string(ruling.Power), Article: cmp.Or(ruling.Article, c.Committee.Place.Ref)}
	if ruling.Opinion {
		d.Outcome = r.Outcome.AsOpinion()
	}
	for _, before := range c.Earlier {
		if before.Item == i.ID {
			d.ID, d.Version, d.Year, d.Number = before.ID, before.Version, before.Year, before.Number
		}
	}
	roll := c.rollAt(r)
	d.Positions = c.positions(i, roll, r.Outcome)
	if i.Kind.Settles() && r.Outcome != Noted {
		c.mayDecide(i, r, roll)
	}
	if c.Committee.Majority != nil && i.Kind.Settles() {
		d.Vote = c.vote(i, r, roll)
	}
	c.out.Decisions = append(c.out.Decisions, d)
}

// mayDecide refuses a decision of a committee that did not sit.
func (c *closer) mayDecide(i Item, r ItemRecord, roll Roll) {
	if reached, have, need := Quorum(c.Committee, roll); !reached {
		c.refuse(i.ID, "closing.refuse.quorum", "have", have, "need", need, "article", c.Text.Cite(c.Committee.Quorum.Place))
	}
}

// positions are what every institution of the committee thought, in the order of the seats; what was not given is kept as
// not given.
func (c *closer) positions(i Item, roll Roll, outcome Outcome) []Position {
	given := map[string]Position{}
	for _, p := range c.Positions {
		if p.Item == i.ID {
			given[p.Party] = p
		}
	}
	var out []Position
	var silent, against []string
	for _, party := range roll.Parties() {
		p := given[party]
		delete(given, party)
		out = append(out, Position{Item: i.ID, Party: party, Stance: p.Stance, Text: p.Text})
		switch p.Stance {
		case NotGiven:
			silent = append(silent, party)
		case Unfavourable:
			against = append(against, party)
		}
		if t := roll.Turnout(party); p.Stance != NotGiven && t.There()+t.Proxies == 0 {
			c.warn(i.ID, "closing.warn.away", "party", party)
		}
	}
	for _, p := range c.Positions { // of institutions that have no seat on the day of the meeting
		if _, left := given[p.Party]; left && p.Item == i.ID && p.Stance != NotGiven {
			out = append(out, Position{Item: i.ID, Party: p.Party, Stance: p.Stance, Text: p.Text})
		}
	}
	c.agreement(i, outcome, silent, against)
	return out
}

// agreement warns where an adoption is not what every institution said it agrees with. It refuses nothing: the text counts
// no heads where it has no majority.
func (c *closer) agreement(i Item, outcome Outcome, silent, against []string) {
	if !outcome.Favourable() || i.Kind != ForDecision {
		return
	}
	if len(against) > 0 {
		c.warn(i.ID, "closing.warn.against", "parties", against)
	}
	if len(silent) > 0 && c.Committee.Majority == nil {
		c.warn(i.ID, "closing.warn.silent", "parties", silent)
	}
}

// vote freezes the count, and refuses an adoption that the votes do not carry. Minutes may be approved without a vote.
func (c *closer) vote(i Item, r ItemRecord, roll Roll) *Vote {
	var own []Ballot
	lost := 0
	for _, b := range c.Ballots {
		if b.Item != i.ID || b.Choice == NoVote {
			continue
		}
		if own = append(own, b); CheckBallot(c.Committee, roll, b) != nil {
			lost++
		}
	}
	if lost > 0 {
		c.warn(i.ID, "closing.warn.ballots", "count", lost)
	}
	v := CountVotes(c.Committee, own, roll)
	have, need := v.majority(c.Committee, roll)
	at := c.Text.Cite(c.Committee.Majority.Place)
	switch {
	case i.Kind == ForMinutes && len(v.Ballots) == 0:
		return nil
	case r.Outcome.Favourable() && len(v.Ballots) == 0:
		c.refuse(i.ID, "closing.refuse.no-ballot", "article", at)
	case r.Outcome.Favourable() && !v.Carried && v.Quorum:
		c.refuse(i.ID, "closing.refuse.majority", "have", have, "need", need, "article", at)
	case r.Outcome == Rejected && v.Carried:
		c.refuse(i.ID, "closing.refuse.carried", "have", have, "need", need, "article", at)
	}
	return &v
}

// followUps ties what is to be done to the decision of its item.
func (c *closer) followUps() {
	for _, u := range c.FollowUps {
		if slices.ContainsFunc(c.out.Decisions, func(d Decision) bool { return d.Item == u.Item }) {
			c.out.FollowUps = append(c.out.FollowUps, u)
		}
		if u.Person == "" {
			c.warn(u.Item, "closing.warn.nobody-to-do", "text", u.Text)
		}
	}
}
