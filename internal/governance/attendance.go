package governance

import (
	"time"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
)

// Chair is a seat as a meeting calls it: whose it is, and who may sit in it on the day of the meeting. In a derived
// committee a chair is a member, and its key ends with the person.
type Chair struct {
	Seat        string
	Party       string        // institution of the seat; of a derived member, the party whose organization they work for, or empty
	Name        fault.Message // of the seat under its party: "membre 1 sur 2"
	Holder      string        // person; empty while the seat is vacant
	Substitutes []string      // persons with a mandate to stand in on the day
}

// Chairs are the seats of a committee as a meeting of the day calls them, in the order of the text. A derived committee has
// none by the text: see DerivedChairs.
func Chairs(k *convention.Committee, mandates []Mandate, day calendar.Date) []Chair {
	var out []Chair
	for _, s := range k.Places() {
		o := Occupy(s.Key, mandates, day)
		c := Chair{Seat: s.Key, Party: s.Party, Name: s.Say()}
		if o.Holder != nil {
			c.Holder = o.Holder.Person
		}
		for _, m := range o.Substitutes {
			c.Substitutes = append(c.Substitutes, m.Person)
		}
		out = append(out, c)
	}
	return out
}

// Answer is what somebody called to a meeting says beforehand.
type Answer string

// The answers.
const (
	NoAnswer       Answer = ""
	WillCome       Answer = "present"
	WillComeRemote Answer = "remote"
	WillBeSubst    Answer = "represented" // by a named substitute or a person mandated for it
	GivesProxy     Answer = "proxy"       // to another seat of the meeting
	WillNotCome    Answer = "absent"
)

// Answers lists the answers in the order of the screen.
func Answers() []Answer {
	return []Answer{WillCome, WillComeRemote, WillBeSubst, GivesProxy, WillNotCome}
}

// Presence is whether a seat was taken at the meeting, and how.
type Presence string

// The presences. Unrecorded is neither present nor absent: nobody said.
const (
	Unrecorded Presence = ""
	Present    Presence = "present"
	Remote     Presence = "remote"
	ByProxy    Presence = "proxy" // not there; another seat bears the vote
	Excused    Presence = "excused"
	Absent     Presence = "absent"
)

// Presences lists the presences in the order of the screen.
func Presences() []Presence { return []Presence{Present, Remote, ByProxy, Excused, Absent} }

// There tells a presence that takes part.
func (p Presence) There() bool { return p == Present || p == Remote }

// Channel is how an answer reached the space.
type Channel string

// The channels.
const (
	ByLink        Channel = "link"        // from the personal link
	ByAccount     Channel = "account"     // from the page of the meeting, signed in
	ByCoordinator Channel = "coordinator" // entered by a coordinator, as received by phone or mail
)

// Attendance is one seat at one meeting: what was answered beforehand, and what came of it. The two are never mixed: an
// answer is a declaration, a presence is a fact.
type Attendance struct {
	ID      string
	Version int64
	Meeting string
	Seat    string
	Party   string
	Holder  string // person called in the first place

	Answer     Answer
	Substitute string // person who will represent the holder; with WillBeSubst
	Named      string // name of a representative whom the directory does not know; with WillBeSubst
	ProxyTo    string // seat that receives the proxy; with GivesProxy
	Note       string
	Answered   time.Time // zero while nobody answered
	Channel    Channel
	Read       time.Time     // when the documents were first opened from the link; zero where they were not
	Declined   []string      // substitutes, by person, who said that they cannot sit
	Former     Answer        // what was answered for ForDay, where the meeting has moved since; NoAnswer where it has not
	ForDay     calendar.Date // day and hour for which Answer, or Former, was given
	ForTime    string

	Presence   Presence
	Sitter     string // person who took the seat; empty where nobody did or the person is only named
	SitterName string // name of who took the seat where the directory does not know them
	Arrived    string // "14:10"; empty where from the beginning
	Left       string // "16:00"; empty where to the end
}

// Declared tells whether the seat has answered.
func (a Attendance) Declared() bool { return a.Answer != NoAnswer }
