package governance

import (
	"strings"
	"time"

	"entente/internal/calendar"
	"entente/internal/fault"
)

// MinutesState is where the minutes of a meeting stand.
type MinutesState string

// The states of minutes, in their order. Published minutes are read by their audience; a correction after approval is a dated
// erratum, never an edit.
const (
	MinutesDraft     MinutesState = "draft"
	MinutesComments  MinutesState = "comments" // those who were there may comment, until a day
	MinutesSubmitted MinutesState = "submitted"
	MinutesApproved  MinutesState = "approved"
	MinutesPublished MinutesState = "published"
)

// MinutesStates lists the states in their order.
func MinutesStates() []MinutesState {
	return []MinutesState{MinutesDraft, MinutesComments, MinutesSubmitted, MinutesApproved, MinutesPublished}
}

// Editable tells a state in which the text may still change.
func (s MinutesState) Editable() bool { return s == MinutesDraft || s == MinutesComments }

// Settled tells a state in which the text is the account of the meeting for good: only an erratum corrects it.
func (s MinutesState) Settled() bool { return s == MinutesApproved || s == MinutesPublished }

// Minutes are the account of a meeting. Their identifier is that of the meeting.
type Minutes struct {
	ID            string
	Version       int64
	State         MinutesState
	Body          string // Markdown
	Audience      Audience
	CommentsUntil calendar.Date // last day of the comments that were asked for last; zero where none were yet
	Submitted     calendar.Date
	Approved      calendar.Date
	ApprovedBy    string // meeting at which they were approved; empty where by silence, or not yet
	Published     calendar.Date
}

// MinutesTerms are what a passage of minutes from one state to another is judged by.
type MinutesTerms struct {
	Today  calendar.Date
	Custom Custom        // of the committee
	Until  calendar.Date // last day of the comments that are opened
	At     string        // meeting at which they are approved; empty for approval by silence
}

// minutesWay is a passage that minutes may take: what keeps them from it on a day, and what it leaves in them.
type minutesWay struct {
	from, to MinutesState
	guard    func(Minutes, MinutesTerms) error
	leave    func(*Minutes, MinutesTerms)
}

// minutesWays is the one table of transitions: what is not here is refused.
var minutesWays = []minutesWay{
	{MinutesDraft, MinutesComments, guardOpening, func(m *Minutes, t MinutesTerms) { m.CommentsUntil = t.Until }},
	{MinutesComments, MinutesDraft, nil, nil},
	{MinutesDraft, MinutesSubmitted, guardSubmission, submit},
	{MinutesComments, MinutesSubmitted, guardSubmission, submit},
	{MinutesSubmitted, MinutesDraft, guardWithdrawal, func(m *Minutes, _ MinutesTerms) { m.Submitted = calendar.Date{} }},
	{MinutesSubmitted, MinutesApproved, guardApproval, approve},
	{MinutesApproved, MinutesPublished, nil, func(m *Minutes, t MinutesTerms) { m.Published = t.Today }},
}

// To brings the minutes to another state on the terms of the day, or says why that cannot be.
func (m Minutes) To(state MinutesState, t MinutesTerms) (Minutes, error) {
	for _, w := range minutesWays {
		if w.from != m.State || w.to != state {
			continue
		}
		if w.guard != nil {
			if err := w.guard(m, t); err != nil {
				return m, err
			}
		}
		if w.leave != nil {
			w.leave(&m, t)
		}
		m.State = state
		return m, nil
	}
	return m, refuseWay(m.State, state)
}

func refuseWay(from, to MinutesState) error {
	return fault.New(fault.Invalid, "fault.minutes.way", "from", fault.Say("minutes.state."+string(from)), "to", fault.Say("minutes.state."+string(to)))
}

// guardOpening asks for a text, and for a day that leaves time to comment on it.
func guardOpening(m Minutes, t MinutesTerms) error {
	var f fault.Fields
	if t.Until.IsZero() {
		f.Add("until", "fault.field.required")
	} else if t.Until.Before(t.Today) {
		f.Add("until", "fault.minutes.until-past")
	}
	if strings.TrimSpace(m.Body) == "" {
		return fault.New(fault.Invalid, "fault.minutes.empty")
	}
	return f.Err()
}

// guardSubmission asks for a text on which those who were there had their say, where the custom gives them days for it.
func guardSubmission(m Minutes, t MinutesTerms) error {
	switch {
	case strings.TrimSpace(m.Body) == "":
		return fault.New(fault.Invalid, "fault.minutes.empty")
	case m.CommentsUntil.IsZero() && t.Custom.CommentDays > 0:
		return fault.New(fault.Invalid, "fault.minutes.no-comments-yet", "count", t.Custom.CommentDays)
	case m.State == MinutesComments && !t.Today.After(m.CommentsUntil):
		return fault.New(fault.Invalid, "fault.minutes.comments-open", "day", m.CommentsUntil)
	}
	return nil
}

func submit(m *Minutes, t MinutesTerms) { m.Submitted = t.Today }

// guardWithdrawal keeps minutes that silence has approved.
func guardWithdrawal(m Minutes, t MinutesTerms) error {
	if day, done := m.Silence(t.Custom.SilenceDays); done && !t.Today.Before(day) {
		return fault.New(fault.Invalid, "fault.minutes.silence-approved", "day", day)
	}
	return nil
}

// guardApproval lets another meeting approve, or silence once its day has come.
func guardApproval(m Minutes, t MinutesTerms) error {
	if t.At == m.ID && t.At != "" {
		return fault.New(fault.Invalid, "fault.minutes.own-meeting")
	}
	if t.At != "" {
		return nil
	}
	day, ever := m.Silence(t.Custom.SilenceDays)
	switch {
	case !ever:
		return fault.New(fault.Invalid, "fault.minutes.no-silence")
	case t.Today.Before(day):
		return fault.New(fault.Invalid, "fault.minutes.silence-not-yet", "day", day)
	}
	return nil
}

func approve(m *Minutes, t MinutesTerms) {
	m.Approved, m.ApprovedBy = t.Today, t.At
	if t.At == "" {
		m.Approved, _ = m.Silence(t.Custom.SilenceDays)
	}
}

// Silence is the day from which silence approves submitted minutes, by the custom of the committee in days, and whether it ever
// does.
func (m Minutes) Silence(days int) (calendar.Date, bool) {
	if m.State != MinutesSubmitted || days <= 0 || m.Submitted.IsZero() {
		return calendar.Date{}, false
	}
	return m.Submitted.AddDays(days), true
}

// Standing is the minutes as they stand on a day: approved by silence where its day has come, though nobody recorded it yet.
func (m Minutes) Standing(t MinutesTerms) Minutes {
	t.At = ""
	if stands, err := m.To(MinutesApproved, t); err == nil {
		return stands
	}
	return m
}

// Becomes tells what is wrong with a change of the minutes into next, whoever asks for it: a passage that the table does not
// know, or another text where the text may not change any more.
func (m Minutes) Becomes(next Minutes) error {
	if next.Body != m.Body && !m.State.Editable() {
		return fault.New(fault.Invalid, "fault.minutes.fixed")
	}
	if m.State.Settled() && (next.Approved != m.Approved || next.ApprovedBy != m.ApprovedBy || next.Submitted != m.Submitted) {
		return fault.New(fault.Invalid, "fault.minutes.fixed")
	}
	if next.State == m.State || m.reaches(next.State) {
		return nil
	}
	return refuseWay(m.State, next.State)
}

// reaches tells a state to which the table leads.
func (m Minutes) reaches(state MinutesState) bool {
	for _, w := range minutesWays {
		if w.from == m.State && w.to == state {
			return true
		}
	}
	return false
}

// Commentable tells whether the minutes take comments on a day.
func (m Minutes) Commentable(day calendar.Date) error {
	switch {
	case m.State != MinutesComments:
		return fault.New(fault.Invalid, "fault.minutes.not-open")
	case day.After(m.CommentsUntil):
		return fault.New(fault.Invalid, "fault.minutes.closed", "day", m.CommentsUntil)
	}
	return nil
}

// WereThere are the persons who sat at a meeting, each once, in the order of the seats. Who sat and is only named is not among
// them.
func WereThere(seats []Attendance) []string {
	var out []string
	for _, a := range seats {
		person := a.Sitter
		if person == "" && a.SitterName == "" {
			person = a.Holder
		}
		if a.Presence.There() && person != "" && !oneOf(person, out) {
			out = append(out, person)
		}
	}
	return out
}

// Comment is what somebody who was there says of draft minutes.
type Comment struct {
	ID      string
	Version int64
	Minutes string
	Person  string
	Text    string
	At      time.Time
	Answer  string // of who keeps the minutes
}

// Check tells what is wrong with the comment, field by field.
func (c Comment) Check() error {
	var f fault.Fields
	if strings.TrimSpace(c.Text) == "" {
		f.Add("text", "fault.field.required")
	}
	return f.Err()
}

// Erratum is a dated correction of approved minutes.
type Erratum struct {
	ID      string
	Version int64
	Minutes string
	Day     calendar.Date
	Text    string
}

// Check tells what is wrong with the erratum of minutes, field by field: what is not approved yet is corrected in its text.
func (e Erratum) Check(m Minutes) error {
	var f fault.Fields
	if strings.TrimSpace(e.Text) == "" {
		f.Add("text", "fault.field.required")
	}
	if !m.State.Settled() {
		return fault.New(fault.Invalid, "fault.minutes.not-settled")
	}
	return f.Err()
}
