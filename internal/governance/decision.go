package governance

import (
	"fmt"
	"strconv"
	"strings"

	"entente/internal/calendar"
	"entente/internal/fault"
)

// Decision is an entry of the register of decisions, across committees. It is made when the meeting is closed, and its number
// never changes nor returns.
type Decision struct {
	ID        string
	Version   int64
	Year      int
	Number    int // within the year, from 1
	Meeting   string
	Item      string
	Committee string
	Day       calendar.Date
	Title     string
	Text      string // what was decided
	Outcome   Outcome
	Reasons   string
	Axis      string   // identifier of an axis or an objective of the convention that it serves; empty where none
	Proposal  string   // proposal that it settles; empty where none
	Power     string   // convention.Power that was exercised; empty where none
	Article   string   // reference of the clause that gives the power, or of the committee
	Audience  Audience // of its item: who may read it
	Positions []Position
	Vote      *Vote // nil where the convention has no majority
}

// Reference is how a decision is cited for ever: "2026-12".
func (d Decision) Reference() string { return Reference(d.Year, d.Number) }

// Reference is how a thing that is numbered within the year is cited for ever: "2026-12".
func Reference(year, number int) string { return fmt.Sprintf("%d-%d", year, number) }

// ParseReference reads how a decision is cited; false where s is no citation.
func ParseReference(s string) (year, number int, ok bool) {
	y, n, found := strings.Cut(strings.TrimSpace(s), "-")
	year, errYear := strconv.Atoi(y)
	number, errNumber := strconv.Atoi(n)
	if !found || errYear != nil || errNumber != nil || len(y) != 4 || len(n) > 9 || year < 1 || number < 1 || strconv.Itoa(number) != n {
		return 0, 0, false
	}
	return year, number, true
}

// Vote is the count of a vote, frozen with its electorate at the closing of the meeting.
type Vote struct {
	Ballots []Ballot
	Seats   int // of the committee
	Present int // seats that took part, proxies included
	For     int
	Against int
	Blank   int
	Quorum  bool // reached, or none asked
	Carried bool // the majority of the convention was reached
}

// FollowUpState is where a follow-up stands.
type FollowUpState string

// The states of a follow-up.
const (
	ToDo    FollowUpState = "to-do"
	Done    FollowUpState = "done"
	Dropped FollowUpState = "dropped"
)

// FollowUp is something that somebody has to do because of a meeting, by a date.
type FollowUp struct {
	ID       string
	Version  int64
	Meeting  string
	Item     string
	Decision string // empty until the meeting is closed, or where no decision asks for it
	Text     string
	Person   string // who does it
	Due      calendar.Date
	State    FollowUpState
	DoneOn   calendar.Date
	Word     string // what was done, or why it was dropped
}

// Late tells a follow-up that should be done by the day and is not.
func (u FollowUp) Late(day calendar.Date) bool {
	return u.State == ToDo && !u.Due.IsZero() && u.Due.Before(day)
}

// Check tells what is wrong with the follow-up on a day, field by field.
func (u FollowUp) Check(today calendar.Date) error {
	var f fault.Fields
	if strings.TrimSpace(u.Text) == "" {
		f.Add("text", "fault.field.required")
	}
	if u.State != ToDo && u.State != Done && u.State != Dropped {
		f.Add("state", "fault.field.choice")
	}
	if u.State != ToDo && strings.TrimSpace(u.Word) == "" {
		f.Add("word", "fault.follow-up.word")
	}
	if u.DoneOn.After(today) {
		f.Add("done", "fault.field.future")
	}
	return f.Err()
}
