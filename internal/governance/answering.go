package governance

import (
	"slices"
	"strings"
	"time"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
)

// Tidy drops what does not go with the answer: a proxy of who will come, a representative of who gives a proxy.
func (a Attendance) Tidy() Attendance {
	if a.Answer != WillBeSubst {
		a.Substitute, a.Named = "", ""
	}
	if a.Answer != GivesProxy {
		a.ProxyTo = ""
	}
	return a
}

// Stale tells an answer that was given for another day or hour than that of the meeting.
func (a Attendance) Stale(m Meeting) bool {
	return a.Declared() && !a.ForDay.IsZero() && (a.ForDay != m.Day || a.ForTime != m.Time)
}

// Ask asks the seat again after the meeting has moved: what was answered stays known, as given for the former date.
func (a Attendance) Ask() Attendance {
	a.Former = a.Answer
	a.Answer, a.Declined = NoAnswer, nil
	return a.Tidy()
}

// WithDelegates adds to the substitutes of each chair those to whom its party has given a delegation that is in force on
// the day ("ayant reçu délégation"). The chairs given are left as they are.
func WithDelegates(chairs []Chair, acts []Delegation, day calendar.Date) []Chair {
	out := slices.Clone(chairs)
	for i := range out {
		c := &out[i]
		c.Substitutes = slices.Clone(c.Substitutes)
		for _, d := range acts {
			if d.Party == c.Party && d.Period.Contains(day) && d.Person != c.Holder && !oneOf(d.Person, c.Substitutes) {
				c.Substitutes = append(c.Substitutes, d.Person)
			}
		}
	}
	return out
}

// CheckAnswer tells what is wrong with the answer of a seat beside those of the others, field by field. All may hold the
// seat's own earlier answer, which is passed over. The substitutes of the chairs are whom the rule of the committee admits.
func CheckAnswer(a Attendance, all []Attendance, chairs []Chair, rule convention.Substitution) error {
	chair, ok := chairOf(chairs, a.Seat)
	if !ok || chair.Holder == "" {
		return fault.New(fault.Invalid, "fault.answer.no-seat")
	}
	var f fault.Fields
	switch a.Answer {
	case WillCome, WillComeRemote, WillNotCome:
	case WillBeSubst:
		checkRepresentative(&f, a, chair, rule)
	case GivesProxy:
		checkProxy(&f, a, all, chairs)
	default:
		f.Add("answer", "fault.answer.required")
	}
	return f.Err()
}

func chairOf(chairs []Chair, seat string) (Chair, bool) {
	for _, c := range chairs {
		if c.Seat == seat {
			return c, true
		}
	}
	return Chair{}, false
}

func checkRepresentative(f *fault.Fields, a Attendance, chair Chair, rule convention.Substitution) {
	named := strings.TrimSpace(a.Named) != ""
	switch {
	case rule == convention.SubstitutionNone:
		f.Add("answer", "fault.answer.no-substitute")
	case a.Substitute == "" && !named && rule == convention.SubstitutionFree && len(chair.Substitutes) == 0:
		f.Add("named", "fault.answer.who")
	case a.Substitute == "" && !named:
		f.Add("substitute", "fault.answer.who")
	case a.Substitute != "" && named:
		f.Add("named", "fault.answer.one")
	case named && rule != convention.SubstitutionFree:
		f.Add("named", "fault.answer.named-only")
	case a.Substitute != "" && !oneOf(a.Substitute, chair.Substitutes):
		f.Add("substitute", "fault.field.choice")
	}
}

// checkProxy refuses a proxy to nobody, to the seat itself, to who has given theirs, and one that would come back in a circle.
func checkProxy(f *fault.Fields, a Attendance, all []Attendance, chairs []Chair) {
	bearer, ok := chairOf(chairs, a.ProxyTo)
	given := func(x Attendance) bool { return x.Seat == a.ProxyTo && x.Answer == GivesProxy }
	switch {
	case a.ProxyTo == "":
		f.Add("proxy", "fault.answer.bearer")
	case !ok || bearer.Holder == "" || a.ProxyTo == a.Seat:
		f.Add("proxy", "fault.field.choice")
	case len(ProxyCircle(Replace(all, a))) > 0:
		f.Add("proxy", "fault.answer.circle")
	case slices.ContainsFunc(all, given):
		f.Add("proxy", "fault.answer.bearer-gone")
	}
}

// Replace gives the answers of a meeting with that of one seat changed, or added.
func Replace(all []Attendance, a Attendance) []Attendance {
	out := slices.Clone(all)
	for i := range out {
		if out[i].Seat == a.Seat {
			out[i] = a
			return out
		}
	}
	return append(out, a)
}

// ProxyCircle gives the seats of a circle of proxies, in the order in which they give them; none where there is no circle.
func ProxyCircle(all []Attendance) []string {
	to := map[string]string{}
	for _, a := range all {
		if a.Answer == GivesProxy {
			to[a.Seat] = a.ProxyTo
		}
	}
	for _, a := range all {
		var way []string
		for at, gives := a.Seat, true; gives; {
			if i := slices.Index(way, at); i >= 0 {
				return way[i:]
			}
			way = append(way, at)
			at, gives = to[at]
		}
	}
	return nil
}

// ConcernKind is something about an answer that is no fault, but that whoever keeps the meeting should know.
type ConcernKind string

// The kinds of concern; each has its words in the catalogues under "answer.concern.".
const (
	BearerAway       ConcernKind = "bearer-away"       // the proxy was given to a seat that will be away: it will not be borne
	CountedElsewhere ConcernKind = "counted-elsewhere" // the representative comes for another seat already: this one does not count
	CannotStandIn    ConcernKind = "cannot-stand-in"   // the substitute has said that they cannot sit
	NotCalled        ConcernKind = "not-called"        // the seat answered and has no holder any more, or another one
)

// Concern is one of them, for a seat.
type Concern struct {
	Kind  ConcernKind
	Seat  string
	Other string // seat of the bearer, or person who would stand in; empty where neither
}

// Concerns lists what is to be known of the answers, in the order of the chairs.
func Concerns(chairs []Chair, all []Attendance) []Concern {
	var out []Concern
	add := func(kind ConcernKind, seat, other string) { out = append(out, Concern{kind, seat, other}) }
	by, doubled := bySeat(all), doubles(chairs, all)
	for _, c := range chairs {
		a, answered := by[c.Seat]
		switch {
		case !answered || !a.Declared():
		case a.Holder != c.Holder:
			add(NotCalled, c.Seat, "")
		case a.Answer == GivesProxy && away(by[a.ProxyTo], a.ProxyTo, chairs):
			add(BearerAway, c.Seat, a.ProxyTo)
		case doubled[c.Seat]:
			add(CountedElsewhere, c.Seat, a.Substitute)
		case a.Answer == WillBeSubst && oneOf(a.Substitute, a.Declined):
			add(CannotStandIn, c.Seat, a.Substitute)
		}
	}
	return out
}

// away tells a seat that cannot bear a proxy: nobody holds it, or its holder will not be there.
func away(a Attendance, seat string, chairs []Chair) bool {
	chair, ok := chairOf(chairs, seat)
	return !ok || chair.Holder == "" || a.Answer == WillNotCome || a.Answer == GivesProxy
}

func bySeat(all []Attendance) map[string]Attendance {
	out := make(map[string]Attendance, len(all))
	for _, a := range all {
		out[a.Seat] = a
	}
	return out
}

// doubles are the seats represented by somebody who comes already, for a seat of their own or for one that stands before.
func doubles(chairs []Chair, all []Attendance) map[string]bool {
	by, there, out := bySeat(all), map[string]bool{}, map[string]bool{}
	for _, c := range chairs {
		if a := by[c.Seat]; a.Holder == c.Holder && (a.Answer == WillCome || a.Answer == WillComeRemote) {
			there[c.Holder] = true
		}
	}
	for _, c := range chairs {
		a := by[c.Seat]
		if a.Holder != c.Holder || a.Answer != WillBeSubst || a.Substitute == "" {
			continue
		}
		out[c.Seat] = there[a.Substitute]
		there[a.Substitute] = true
	}
	return out
}

// Tally counts the seats of an institution by what they answered: each seat once.
type Tally struct {
	Party                               string // empty for members who work for none
	Present, Remote, Represented, Proxy int
	Doubled                             int // represented by somebody who comes for another seat: does not count twice
	Absent, Silent, Vacant              int
}

// Coming is how many seats will be taken by somebody who counts.
func (t Tally) Coming() int { return t.Present + t.Remote + t.Represented }

// Seats is how many seats are counted.
func (t Tally) Seats() int {
	return t.Coming() + t.Proxy + t.Doubled + t.Absent + t.Silent + t.Vacant
}

// Expected counts the seats of a meeting by institution, in the order of the chairs. The answer of somebody who does not hold
// the seat any more counts as none.
func Expected(chairs []Chair, all []Attendance) []Tally {
	var out []Tally
	at := map[string]int{}
	by, doubled := bySeat(all), doubles(chairs, all)
	for _, c := range chairs {
		i, known := at[c.Party]
		if !known {
			i = len(out)
			at[c.Party] = i
			out = append(out, Tally{Party: c.Party})
		}
		*out[i].of(c, by[c.Seat], doubled[c.Seat])++
	}
	return out
}

// of is the number that a seat adds to.
func (t *Tally) of(c Chair, a Attendance, doubled bool) *int {
	switch {
	case c.Holder == "":
		return &t.Vacant
	case a.Holder != c.Holder:
		return &t.Silent
	case doubled:
		return &t.Doubled
	}
	switch a.Answer {
	case WillCome:
		return &t.Present
	case WillComeRemote:
		return &t.Remote
	case WillBeSubst:
		return &t.Represented
	case GivesProxy:
		return &t.Proxy
	case WillNotCome:
		return &t.Absent
	}
	return &t.Silent
}

// Sum adds up the institutions.
func Sum(all []Tally) Tally {
	var s Tally
	for _, t := range all {
		s.Present, s.Remote, s.Represented, s.Proxy = s.Present+t.Present, s.Remote+t.Remote, s.Represented+t.Represented, s.Proxy+t.Proxy
		s.Doubled, s.Absent, s.Silent, s.Vacant = s.Doubled+t.Doubled, s.Absent+t.Absent, s.Silent+t.Silent, s.Vacant+t.Vacant
	}
	return s
}

// Mark tells one answer of a seat from the next, so that nobody replaces one that they have not seen.
func (a Attendance) Mark() string {
	if a.Answered.IsZero() {
		return ""
	}
	return string(a.Answer) + "@" + a.Answered.UTC().Format(time.RFC3339Nano)
}
