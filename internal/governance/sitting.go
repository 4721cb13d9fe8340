package governance

import (
	"slices"

	"entente/internal/convention"
	"entente/internal/fault"
)

// Taken is a chair at a meeting as it counts. Nothing counts by itself: a presence counts where who sits may sit there and
// sits in no other seat, a proxy where the seat that bears it is taken.
type Taken struct {
	Chair
	Record  Attendance // what was answered and seen; zero but for seat, party and holder where nobody said anything
	Sitter  string     // person who takes the seat; empty where nobody does, or where the person is only named
	Name    string     // of who takes the seat where the directory does not know them
	There   bool       // taken, in the room or from afar, and counted
	Proxied bool       // not there; its proxy is borne by a seat that is there
}

// Counts tells a seat that takes part: there, or by a proxy that is borne.
func (t Taken) Counts() bool { return t.There || t.Proxied }

// Roll is who takes part in a meeting, seat by seat in the order of the text, and what is wrong with what was recorded.
type Roll struct {
	Seats    []Taken
	Warnings []fault.Message
}

// Turnout counts the seats of a committee, of an institution, or of the whole.
type Turnout struct {
	Party   string // empty for the whole
	Seats   int
	Room    int // there, in the room
	Remote  int // there, from afar
	Proxies int // not there, their proxy borne by a seat that is
	Unknown int // seats of which nobody has said whether they are there
}

// There is how many seats are taken, in the room or from afar.
func (t Turnout) There() int { return t.Room + t.Remote }

// CallRoll reads who takes part at an hour ("14:05") from what was recorded; an empty hour is the whole meeting, in which
// whoever came at any time took part. Order and repetition of the records make no difference: a seat has one record, the
// first of its identifier.
func CallRoll(k *convention.Committee, chairs []Chair, records []Attendance, hour string) Roll {
	c := caller{committee: k, records: map[string]Attendance{}}
	for _, a := range inOrder(records) {
		if _, known := c.records[a.Seat]; !known {
			c.records[a.Seat] = a
		}
	}
	c.seat(chairs)
	c.onePlaceEach() // over the whole meeting: who changes seats half-way has still one
	for i := range c.roll.Seats {
		t := &c.roll.Seats[i]
		t.There = t.There && t.Record.during(hour)
	}
	c.bearProxies()
	return c.roll
}

// inOrder makes the roll the same whatever the order in which records arrived.
func inOrder(records []Attendance) []Attendance {
	out := slices.Clone(records)
	slices.SortFunc(out, func(a, b Attendance) int {
		switch {
		case a.ID < b.ID:
			return -1
		case a.ID > b.ID:
			return 1
		}
		return 0
	})
	return out
}

// caller is the calling of a roll.
type caller struct {
	committee *convention.Committee
	records   map[string]Attendance
	roll      Roll
}

func (c *caller) warn(key string, pairs ...any) {
	c.roll.Warnings = append(c.roll.Warnings, fault.Say(key, pairs...))
}

// seat puts each chair with its record, and who sits in it where that person may.
func (c *caller) seat(chairs []Chair) {
	seen := map[string]bool{}
	for _, chair := range chairs {
		if seen[chair.Seat] {
			continue
		}
		seen[chair.Seat] = true
		a, known := c.records[chair.Seat]
		if !known {
			a = Attendance{Seat: chair.Seat, Party: chair.Party, Holder: chair.Holder}
		}
		t := Taken{Chair: chair, Record: a}
		if a.Presence.There() {
			t.Sitter, t.Name = a.Sitter, a.SitterName
			if t.Sitter == "" && t.Name == "" {
				t.Sitter = chair.Holder
			}
			t.There = c.admits(&t)
		}
		c.roll.Seats = append(c.roll.Seats, t)
	}
	for _, a := range inOrder(values(c.records)) {
		if !seen[a.Seat] && a.Presence != Unrecorded {
			c.warn("roll.no-such-seat", "seat", a.Seat)
		}
	}
}

func values(m map[string]Attendance) []Attendance {
	out := make([]Attendance, 0, len(m))
	for _, a := range m {
		out = append(out, a)
	}
	return out
}

// admits tells whether who sits may take the seat: its holder always; others as the committee lets members be represented.
func (c *caller) admits(t *Taken) bool {
	mandated := t.Sitter != "" && oneOf(t.Sitter, t.Substitutes)
	switch {
	case t.Sitter == "" && t.Name == "":
		c.warn("roll.vacant", "seat", t.Chair.Name, "party", t.Party)
		return false
	case t.Sitter != "" && t.Sitter == t.Holder, mandated && c.committee.Substitution != convention.SubstitutionNone:
		return true
	case c.committee.Substitution == convention.SubstitutionFree:
		if t.Holder == "" {
			c.warn("roll.vacant-represented", "seat", t.Chair.Name, "party", t.Party)
		}
		return true
	}
	return c.unforeseen(t)
}

// unforeseen is somebody whom the text does not let sit there. Where it counts heads they do not count; where it counts none,
// that they were there is a fact, kept with a warning.
func (c *caller) unforeseen(t *Taken) bool {
	if c.committee.Quorum == nil && c.committee.Majority == nil {
		c.warn("roll.not-foreseen", "seat", t.Chair.Name, "party", t.Party)
		return true
	}
	c.warn("roll.not-admitted", "seat", t.Chair.Name, "party", t.Party)
	return false
}

// during tells whether who took the seat was there at the hour.
func (a Attendance) during(hour string) bool {
	return hour == "" || a.Arrived <= hour && (a.Left == "" || hour < a.Left)
}

// onePlaceEach leaves each person the seats that they hold, one an institution, and where they hold none of those that they
// were seen in, the first. Nobody sits twice for the same institution.
func (c *caller) onePlaceEach() {
	for i := range c.roll.Seats {
		t := &c.roll.Seats[i]
		if t.Sitter == "" || !c.first(i) {
			continue
		}
		places := c.placesOf(t.Sitter)
		if len(places) < 2 {
			continue
		}
		kept := c.keep(places)
		if len(kept) > 1 {
			c.warn("roll.two-institutions", "count", len(kept), "person", t.Sitter)
		}
		for _, j := range places {
			if !slices.Contains(kept, j) {
				c.roll.Seats[j].There = false
				c.warn("roll.one-seat", "seat", c.roll.Seats[j].Chair.Name, "party", c.roll.Seats[j].Party, "person", t.Sitter)
			}
		}
	}
}

// first tells the first seat in which a person was seen.
func (c *caller) first(i int) bool {
	for j := range i {
		if c.roll.Seats[j].Sitter == c.roll.Seats[i].Sitter && c.roll.Seats[j].There {
			return false
		}
	}
	return true
}

// placesOf are the seats in which a person was seen and may sit.
func (c *caller) placesOf(person string) []int {
	var out []int
	for i, t := range c.roll.Seats {
		if t.There && t.Sitter == person {
			out = append(out, i)
		}
	}
	return out
}

// keep chooses among the seats of one person.
func (c *caller) keep(places []int) []int {
	var out []int
	parties := map[string]bool{}
	for _, i := range places {
		if t := c.roll.Seats[i]; t.Holder == t.Sitter && !parties[t.Party] {
			parties[t.Party] = true
			out = append(out, i)
		}
	}
	if len(out) == 0 {
		out = places[:1]
	}
	return out
}

// bearProxies counts a proxy where its bearer is there: a seat that is away bears none, so no circle holds.
func (c *caller) bearProxies() {
	for i := range c.roll.Seats {
		t := &c.roll.Seats[i]
		if t.Record.Presence != ByProxy {
			continue
		}
		bearer := c.roll.Of(t.Record.ProxyTo)
		switch {
		case bearer == nil || bearer.Seat == t.Seat:
			c.warn("roll.proxy-to-nobody", "seat", t.Chair.Name, "party", t.Party)
		case !bearer.There:
			c.warn("roll.proxy-bearer-away", "seat", t.Chair.Name, "party", t.Party)
		case t.Chair.Holder == "":
			c.warn("roll.proxy-of-nobody", "seat", t.Chair.Name, "party", t.Party)
		default:
			t.Proxied = true
		}
	}
}

// Of finds a seat; nil where the meeting has no such seat.
func (r Roll) Of(seat string) *Taken {
	for i := range r.Seats {
		if r.Seats[i].Seat == seat {
			return &r.Seats[i]
		}
	}
	return nil
}

// Turnout counts the seats of a party; an empty party is the whole.
func (r Roll) Turnout(party string) Turnout {
	out := Turnout{Party: party}
	for _, t := range r.Seats {
		if party != "" && t.Party != party {
			continue
		}
		out.Seats++
		switch {
		case t.There && t.Record.Presence == Remote:
			out.Remote++
		case t.There:
			out.Room++
		case t.Proxied:
			out.Proxies++
		case t.Record.Presence == Unrecorded:
			out.Unknown++
		}
	}
	return out
}

// Parties are the institutions that have seats, in the order of the seats; members of none are left out.
func (r Roll) Parties() []string {
	var out []string
	for _, t := range r.Seats {
		if t.Party != "" && !oneOf(t.Party, out) {
			out = append(out, t.Party)
		}
	}
	return out
}

// Caster is who votes for a seat: who sits in it, or who sits in the seat that bears its proxy; ok is false where the seat
// does not take part. A person who is only named casts as nobody in the directory.
func (r Roll) Caster(seat string) (person string, ok bool) {
	t := r.Of(seat)
	switch {
	case t == nil || !t.Counts():
		return "", false
	case t.Proxied:
		return r.Of(t.Record.ProxyTo).Sitter, true
	}
	return t.Sitter, true
}

// Frozen are the records that a closing keeps: one for every chair, with who sat in it spelt out, so that a mandate that
// changes later changes nothing of who was there.
func (r Roll) Frozen(meeting string) []Attendance {
	out := make([]Attendance, 0, len(r.Seats))
	for _, t := range r.Seats {
		a := t.Record
		a.Meeting, a.Seat, a.Party, a.Holder = meeting, t.Seat, t.Party, t.Chair.Holder
		if t.There {
			a.Sitter, a.SitterName = t.Sitter, t.Name
		}
		out = append(out, a)
	}
	return out
}

// FrozenChairs are the chairs of a closed meeting: those of its records, which mandates recorded since do not change. Names
// and substitutes come from the chairs of the day where they still have the seat.
func FrozenChairs(chairs []Chair, records []Attendance) []Chair {
	out := slices.Clone(chairs)
	for _, a := range records {
		i := slices.IndexFunc(out, func(c Chair) bool { return c.Seat == a.Seat })
		if i < 0 {
			out = append(out, Chair{Seat: a.Seat, Name: fault.Say("roll.former-seat", "seat", a.Seat)})
			i = len(out) - 1
		}
		out[i].Party, out[i].Holder = a.Party, a.Holder
		if a.Sitter != "" && a.Sitter != a.Holder && !oneOf(a.Sitter, out[i].Substitutes) {
			out[i].Substitutes = append(slices.Clone(out[i].Substitutes), a.Sitter)
		}
	}
	return out
}

// ProposedPresence is what an answer lets the roll begin with: a presence that somebody has still to see. An absence that was
// announced is excused.
func (a Attendance) ProposedPresence() Presence {
	switch a.Answer {
	case WillCome, WillBeSubst:
		return Present
	case WillComeRemote:
		return Remote
	case GivesProxy:
		return ByProxy
	case WillNotCome:
		return Excused
	}
	return Unrecorded
}

// TakeAnswer records what was announced as what is so: the presence, and who represents the holder.
func (a *Attendance) TakeAnswer() {
	a.Presence = a.ProposedPresence()
	if a.Answer == WillBeSubst {
		a.Sitter, a.SitterName = a.Substitute, a.Named
	}
}
