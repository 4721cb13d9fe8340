package governance

import (
	"cmp"
	"database/sql/driver"
	"fmt"
	"slices"
	"strings"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
)

// PollState is where a poll of dates stands.
type PollState string

// The states of a poll. An open one whose last day has passed is closed without anybody's doing.
const (
	PollOpen      PollState = "open"
	PollClosed    PollState = "closed"
	PollPlanned   PollState = "planned" // a date was accepted: its meeting is planned
	PollCancelled PollState = "cancelled"
)

// Slot is a day and an hour that a poll proposes.
type Slot struct {
	Day  calendar.Date
	Time string // "14:00"; empty for the whole day
}

// Key is the slot as answers name it: "2027-01-12 14:00".
func (s Slot) Key() string { return strings.TrimSpace(s.Day.String() + " " + s.Time) }

func readSlot(key string) (Slot, error) {
	day, hour, _ := strings.Cut(key, " ")
	d, err := calendar.Parse(day)
	return Slot{d, hour}, err
}

func compareSlots(a, b Slot) int { return cmp.Or(a.Day.Compare(b.Day), cmp.Compare(a.Time, b.Time)) }

// Slots are the dates of a poll in order, kept as one text.
type Slots []Slot

// Value stores the slots, one a line.
func (s Slots) Value() (driver.Value, error) {
	keys := make([]string, len(s))
	for i, x := range s {
		keys[i] = x.Key()
	}
	return strings.Join(keys, "\n"), nil
}

// Scan reads what Value wrote.
func (s *Slots) Scan(v any) error {
	text, ok := v.(string)
	if b, is := v.([]byte); is {
		text, ok = string(b), true
	}
	if !ok {
		return fmt.Errorf("governance: cannot read slots from %T", v)
	}
	*s = nil
	for key := range strings.Lines(text) {
		x, err := readSlot(strings.TrimSpace(key))
		if err != nil {
			return err
		}
		*s = append(*s, x)
	}
	return nil
}

// MarshalText shows a slot in the journal as answers name it.
func (s Slot) MarshalText() ([]byte, error) { return []byte(s.Key()), nil }

// Poll asks the seats of a committee when they could meet.
type Poll struct {
	ID        string
	Version   int64
	Committee string
	Title     string
	Note      string
	Slots     Slots
	Closes    calendar.Date // last day of answers
	State     PollState
	Meeting   string // that came of it; empty where none
}

// Bounds of how many dates a poll proposes.
const (
	MinSlots = 2
	MaxSlots = 20
)

// Check tells what is wrong with the poll, field by field. Whether its dates are to come is for whoever makes it: see
// CheckNew.
func (p Poll) Check() error {
	var f fault.Fields
	if p.Committee == "" {
		f.Add("committee", "fault.field.required")
	}
	if p.Title == "" {
		f.Add("title", "fault.field.required")
	}
	if p.Closes.IsZero() {
		f.Add("closes", "fault.field.required")
	}
	if n := len(p.Slots); n < MinSlots || n > MaxSlots {
		f.Add("slots", "poll.fault.slots", "min", MinSlots, "max", MaxSlots)
	}
	seen := map[string]bool{}
	for _, s := range p.Slots {
		switch {
		case s.Day.IsZero():
			f.Add("slots", "fault.field.date")
		case !ValidTime(s.Time):
			f.Add("slots", "fault.field.time")
		case seen[s.Key()]:
			f.Add("slots", "poll.fault.twice", "day", s.Day)
		}
		seen[s.Key()] = true
	}
	if !slices.Contains([]PollState{PollOpen, PollClosed, PollPlanned, PollCancelled}, p.State) {
		f.Add("state", "fault.field.choice")
	}
	return f.Err()
}

// CheckNew is Check for a poll that is made on a day: its dates are to come, and answers close before the first of them.
func (p Poll) CheckNew(today calendar.Date) error {
	if err := p.Check(); err != nil {
		return err
	}
	var f fault.Fields
	first := slices.MinFunc(p.Slots, compareSlots).Day
	if !first.After(today) {
		f.Add("slots", "poll.fault.past", "day", first)
	}
	if p.Closes.Before(today) {
		f.Add("closes", "poll.fault.closed-past")
	} else if first.After(today) && !p.Closes.Before(first) {
		f.Add("closes", "poll.fault.closes-late", "day", first)
	}
	return f.Err()
}

// Standing is how the poll stands on a day.
func (p Poll) Standing(today calendar.Date) PollState {
	if p.State == PollOpen && today.After(p.Closes) {
		return PollClosed
	}
	return p.State
}

// Slot finds a date of the poll by its key.
func (p Poll) Slot(key string) (Slot, bool) {
	i := slices.IndexFunc(p.Slots, func(s Slot) bool { return s.Key() == key })
	if i < 0 {
		return Slot{}, false
	}
	return p.Slots[i], true
}

// Asked is somebody who is asked, for a seat.
type Asked struct {
	Seat   string
	Person string
	Role   Role
}

// AskedFor lists who is asked for each seat of a committee on a day: its holder, else its substitutes. Vacant are the seats
// for which there is nobody.
func AskedFor(seats []convention.Seat, mandates []Mandate, day calendar.Date) (calls []Asked, vacant []string) {
	for _, s := range seats {
		o := Occupy(s.Key, mandates, day)
		switch {
		case o.Holder != nil:
			calls = append(calls, Asked{s.Key, o.Holder.Person, Holder})
		case len(o.Substitutes) > 0:
			for _, m := range o.Substitutes {
				if c := (Asked{s.Key, m.Person, Substitute}); !slices.Contains(calls, c) {
					calls = append(calls, c)
				}
			}
		default:
			vacant = append(vacant, s.Key)
		}
	}
	return calls, vacant
}

// PollAnswer is what somebody answers to a date.
type PollAnswer string

// The answers; none given is the empty one.
const (
	AnswerYes      PollAnswer = "yes"
	AnswerIfNeedBe PollAnswer = "if-need-be"
	AnswerNo       PollAnswer = "no"
)

// PollAnswers lists the answers in the order of the screen.
func PollAnswers() []PollAnswer { return []PollAnswer{AnswerYes, AnswerIfNeedBe, AnswerNo} }

// weight orders answers from none to yes.
func (a PollAnswer) weight() int {
	return slices.Index([]PollAnswer{"", AnswerNo, AnswerIfNeedBe, AnswerYes}, a)
}

// PollReplies are the answers to a poll: by person, then by the key of a date.
type PollReplies map[string]map[string]PollAnswer

// OfSeat is what a seat answers to a date: the best answer of those who are asked for it.
func (a PollReplies) OfSeat(seat string, calls []Asked, slot string) PollAnswer {
	var best PollAnswer
	for _, c := range calls {
		if x := a[c.Person][slot]; c.Seat == seat && x.weight() > best.weight() {
			best = x
		}
	}
	return best
}
