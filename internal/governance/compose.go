package governance

import (
	"strconv"
	"strings"

	"entente/internal/calendar"
	"entente/internal/fault"
)

// LineKind is what a line of composed minutes is.
type LineKind int

// The kinds of line.
const (
	LineTitle LineKind = iota // of a part
	LineSentence
	LineStrong // a sentence that stands out
	LineBullet
	LineQuote // words as they were decided or written
	LineProse // Markdown as it was noted
)

// Line is one line of composed minutes: a sentence of the catalogues, or the words that somebody wrote.
type Line struct {
	Kind LineKind
	Say  fault.Message
	Text string // where Say is zero
}

// Proceedings are everything that was recorded of a closed meeting, as its minutes are composed from it.
type Proceedings struct {
	Meeting   Meeting
	Chairs    []Chair
	Seats     []Attendance
	Items     []Item
	Records   map[string]ItemRecord // by item
	Positions []Position
	Decisions []Decision
	FollowUps []FollowUp
	Next      *Meeting                 // the next one planned of the same committee; nil where there is none
	Quorum    string                   // reference of the clause that asks for one; empty where the text asks for none
	Party     func(id string) string   // how an institution is called
	Person    func(id string) string   // how somebody is called
	Clock     func(time string) string // an hour as it is written: "14 h 10"
}

// Left is how many items are left out of the minutes: what is for the coordinators alone is not for their readers.
func (p Proceedings) Left() int { return len(p.Items) - len(p.told()) }

func (p Proceedings) told() []Item {
	var out []Item
	for _, i := range p.Items {
		if i.Audience != ForCoordinators {
			out = append(out, i)
		}
	}
	return out
}

// ComposeMinutes writes the minutes of a meeting from what was recorded, in the order in which they are read.
func ComposeMinutes(p Proceedings) []Line {
	c := &composer{Proceedings: p}
	c.participants()
	for n, i := range c.told() {
		c.item(n+1, i)
	}
	c.next()
	return c.out
}

// composer gathers the lines.
type composer struct {
	Proceedings
	out []Line
}

func (c *composer) say(kind LineKind, key string, pairs ...any) {
	c.out = append(c.out, Line{Kind: kind, Say: fault.Say("compose."+key, pairs...)})
}

func (c *composer) write(kind LineKind, text string) {
	if text = strings.TrimSpace(text); text != "" {
		c.out = append(c.out, Line{Kind: kind, Text: text})
	}
}

// participants tells who was there by institution, who was represented, excused or absent.
func (c *composer) participants() {
	c.say(LineTitle, "participants")
	there, parties := c.there()
	for _, party := range parties {
		if party == "" {
			c.say(LineBullet, "there-alone", "people", there[party])
		} else {
			c.say(LineBullet, "there", "party", c.party(party), "people", there[party])
		}
	}
	if len(parties) == 0 {
		c.say(LineSentence, "nobody")
	}
	for _, a := range c.Seats {
		if a.Presence == ByProxy {
			c.proxy(a)
		}
	}
	c.missing("excused", Excused)
	c.missing("absent", Absent)
	c.quorum()
}

// there gives who took part by party, and the parties in the order of the seats.
func (c *composer) there() (map[string][]fault.Message, []string) {
	out := map[string][]fault.Message{}
	var order []string
	for _, a := range c.inOrder() {
		if !a.Presence.There() {
			continue
		}
		if out[a.Party] == nil {
			order = append(order, a.Party)
		}
		out[a.Party] = append(out[a.Party], c.sitter(a))
	}
	return out, order
}

// inOrder are the seats as they were recorded, in the order of the text, those that it does not know last.
func (c *composer) inOrder() []Attendance {
	rank := map[string]int{}
	for i, k := range c.Chairs {
		rank[k.Seat] = i + 1
	}
	out := make([]Attendance, 0, len(c.Seats))
	for _, k := range c.Chairs {
		for _, a := range c.Seats {
			if a.Seat == k.Seat {
				out = append(out, a)
			}
		}
	}
	for _, a := range c.Seats {
		if rank[a.Seat] == 0 {
			out = append(out, a)
		}
	}
	return out
}

// sitter says who sat in a seat, and how.
func (c *composer) sitter(a Attendance) fault.Message {
	var how []fault.Message
	who, holder := a.SitterName, ""
	switch {
	case a.Sitter != "" && a.Sitter != a.Holder:
		who, holder = c.person(a.Sitter), c.person(a.Holder)
	case who != "":
		who, holder = plain(who), c.person(a.Holder)
	default:
		who = c.person(a.Holder)
	}
	if holder != "" {
		how = append(how, fault.Say("compose.represents", "name", holder))
	}
	if a.Presence == Remote {
		how = append(how, fault.Say("compose.remote"))
	}
	if a.Arrived != "" {
		how = append(how, fault.Say("compose.arrived", "time", c.Clock(a.Arrived)))
	}
	if a.Left != "" {
		how = append(how, fault.Say("compose.left", "time", c.Clock(a.Left)))
	}
	if len(how) == 0 {
		return fault.Say("compose.person", "name", who)
	}
	return fault.Say("compose.person-how", "name", who, "how", how)
}

// proxy says to whom a vote was given.
func (c *composer) proxy(a Attendance) {
	for _, b := range c.Seats {
		if b.Seat == a.ProxyTo {
			bearer := b.SitterName
			if b.Sitter != "" {
				bearer = b.Sitter
			}
			if bearer == "" {
				bearer = b.Holder
			}
			if bearer != b.SitterName {
				bearer = c.person(bearer)
			} else {
				bearer = plain(bearer)
			}
			c.say(LineBullet, "proxy", "name", c.person(a.Holder), "to", bearer)
			return
		}
	}
	c.say(LineBullet, "proxy-open", "name", c.person(a.Holder))
}

func (c *composer) missing(key string, presence Presence) {
	var who []fault.Message
	for _, a := range c.inOrder() {
		switch {
		case a.Presence != presence || a.Holder == "":
		case a.Party == "":
			who = append(who, fault.Say("compose.person", "name", c.person(a.Holder)))
		default:
			who = append(who, fault.Say("compose.person-of", "name", c.person(a.Holder), "party", c.party(a.Party)))
		}
	}
	if len(who) > 0 {
		c.say(LineSentence, key, "count", len(who), "people", who)
	}
}

// quorum tells how many seats took part, where the text asks for a number.
func (c *composer) quorum() {
	if c.Quorum == "" {
		return
	}
	n := 0
	for _, a := range c.Seats {
		if a.Presence.There() || a.Presence == ByProxy {
			n++
		}
	}
	c.say(LineSentence, "quorum", "count", n, "total", len(c.Chairs), "article", c.Quorum)
}

// item tells one item: what was said, what each institution thought, what was decided and what follows.
func (c *composer) item(number int, i Item) {
	c.say(LineTitle, "item", "number", strconv.Itoa(number), "title", plain(i.Title))
	if i.Presenter != "" {
		c.say(LineSentence, "presenter", "name", plain(i.Presenter))
	}
	r := c.Records[i.ID]
	c.write(LineProse, r.Notes)
	c.positions(i)
	d := c.decision(i)
	switch {
	case d != nil:
		c.decided(*d)
	case r.Outcome != NoOutcome:
		c.say(LineStrong, "outcome."+string(r.Outcome))
		c.reasons(r.Reasons)
	case strings.TrimSpace(r.Notes) == "" && r.State != Treated && r.State != Current:
		c.say(LineSentence, "not-treated")
	}
	c.followUps(i)
}

func (c *composer) decision(i Item) *Decision {
	for n := range c.Decisions {
		if c.Decisions[n].Item == i.ID {
			return &c.Decisions[n]
		}
	}
	return nil
}

func (c *composer) decided(d Decision) {
	if d.Vote != nil {
		c.vote(*d.Vote)
	}
	c.say(LineStrong, "decision."+string(d.Outcome), "reference", d.Reference())
	c.write(LineQuote, d.Text)
	c.reasons(d.Reasons)
}

func (c *composer) reasons(text string) {
	if strings.TrimSpace(text) != "" {
		c.say(LineSentence, "reasons", "text", plain(strings.TrimSpace(text)))
	}
}

func (c *composer) vote(v Vote) {
	c.say(LineSentence, "vote", "for", v.For, "against", v.Against, "blank", v.Blank, "present", v.Present, "seats", v.Seats)
	key := "not-carried"
	switch {
	case !v.Quorum:
		key = "no-quorum"
	case v.Carried:
		key = "carried"
	}
	c.say(LineSentence, key)
}

// positions tells what each institution thinks: those that agree together, each reservation in its words.
func (c *composer) positions(i Item) {
	by := map[Stance][]Position{}
	given, all := 0, 0
	for _, p := range c.Positions {
		if p.Item != i.ID {
			continue
		}
		all++
		if by[p.Stance] = append(by[p.Stance], p); p.Stance != NotGiven {
			given++
		}
	}
	if given == 0 {
		return
	}
	if n := len(by[Favourable]); n == all && n > 1 {
		c.say(LineSentence, "all-favourable", "count", n, "parties", c.parties(by[Favourable]))
		return
	}
	for _, stance := range Stances() {
		list := by[stance]
		if together := withoutWords(list, stance); len(together) > 0 {
			c.say(LineSentence, "stance."+stanceKey(stance), "count", len(together), "parties", c.parties(together))
		}
		for _, p := range list {
			if ownWords(p, stance) {
				c.say(LineSentence, "stance-because."+stanceKey(stance), "party", c.party(p.Party))
				c.write(LineQuote, p.Text)
			}
		}
	}
}

// ownWords tells a position that is told by itself, for its words.
func ownWords(p Position, stance Stance) bool {
	return stance != NotGiven && strings.TrimSpace(p.Text) != ""
}

func withoutWords(list []Position, stance Stance) []Position {
	var out []Position
	for _, p := range list {
		if !ownWords(p, stance) {
			out = append(out, p)
		}
	}
	return out
}

func stanceKey(s Stance) string {
	if s == NotGiven {
		return "none"
	}
	return string(s)
}

func (c *composer) parties(list []Position) []string {
	out := make([]string, len(list))
	for i, p := range list {
		out[i] = c.party(p.Party)
	}
	return out
}

// followUps tells who does what by when.
func (c *composer) followUps(i Item) {
	first := true
	for _, u := range c.FollowUps {
		if u.Item != i.ID {
			continue
		}
		if first {
			c.say(LineSentence, "follow-ups")
			first = false
		}
		c.followUp(u)
	}
}

func (c *composer) followUp(u FollowUp) {
	text, who := plain(strings.TrimSpace(u.Text)), c.person(u.Person)
	switch {
	case who != "" && !u.Due.IsZero():
		c.say(LineBullet, "follow-up.who-when", "text", text, "name", who, "day", u.Due)
	case who != "":
		c.say(LineBullet, "follow-up.who", "text", text, "name", who)
	case !u.Due.IsZero():
		c.say(LineBullet, "follow-up.when", "text", text, "day", u.Due)
	default:
		c.write(LineBullet, text)
	}
}

func (c *composer) next() {
	if c.Next == nil {
		return
	}
	c.say(LineTitle, "next")
	key, pairs := "next-day", []any{"day", c.Next.Day}
	if c.Next.Time != "" {
		key, pairs = "next-time", append(pairs, "time", c.Clock(c.Next.Time))
	}
	if c.Next.Place != "" {
		key, pairs = key+"-place", append(pairs, "place", plain(c.Next.Place))
	}
	c.say(LineSentence, key, pairs...)
}

func (c *composer) party(id string) string { return plain(c.Party(id)) }

func (c *composer) person(id string) string {
	if id == "" {
		return ""
	}
	return plain(c.Person(id))
}

// special are the characters that Markdown would take for a mark within a line.
var special = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "\r", "", "\n", " ")

// plain is a text as Markdown shows it, on one line.
func plain(s string) string { return special.Replace(s) }

// NextAfter is the first meeting of a list, planned after a day; nil where there is none. The list is in the order of days.
func NextAfter(list []Meeting, day calendar.Date) *Meeting {
	for i := range list {
		if m := &list[i]; m.State == Planned && m.Day.After(day) {
			return m
		}
	}
	return nil
}
