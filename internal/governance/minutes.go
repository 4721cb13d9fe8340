package governance

import (
	"time"

	"entente/internal/calendar"
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

// Minutes are the account of a meeting. Their identifier is that of the meeting.
type Minutes struct {
	ID            string
	Version       int64
	State         MinutesState
	Body          string // Markdown
	Audience      Audience
	CommentsUntil calendar.Date
	Submitted     calendar.Date
	Approved      calendar.Date
	ApprovedBy    string // meeting at which they were approved; empty where by silence, or not yet
	Published     calendar.Date
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

// Erratum is a dated correction of approved minutes.
type Erratum struct {
	ID      string
	Version int64
	Minutes string
	Day     calendar.Date
	Text    string
}
