package governance

import (
	"time"

	"entente/internal/calendar"
)

// Convocation is one sending of the call to a meeting: what was sent, to whom, when. It is never changed; what changed since
// is sent as the next one.
type Convocation struct {
	ID       string
	Version  int64
	Meeting  string
	Number   int // from 1 within the meeting
	Sent     time.Time
	Manifest Manifest
	Digest   string // hexadecimal SHA-256 of the manifest as it is kept
}

// Manifest is everything that a convocation said, frozen.
type Manifest struct {
	Committee  string              `json:"committee"`
	Name       string              `json:"name"` // of the committee
	Day        calendar.Date       `json:"day"`
	Time       string              `json:"time"`
	Minutes    int                 `json:"minutes"`
	Place      string              `json:"place"`
	Remote     string              `json:"remote"`
	Items      []ManifestItem      `json:"items"`
	Documents  []ManifestDocument  `json:"documents"`
	Recipients []ManifestRecipient `json:"recipients"`
	Changes    []string            `json:"changes"` // what differs from the one before, in words of the catalogues' keys; empty for the first
	Late       int                 `json:"late"`    // days by which it goes out later than the convention's notice; 0 where in time
}

// ManifestItem is an item of the agenda as it was sent.
type ManifestItem struct {
	ID        string   `json:"id"`
	Rank      int      `json:"rank"`
	Kind      ItemKind `json:"kind"`
	Title     string   `json:"title"`
	Presenter string   `json:"presenter"`
	Minutes   int      `json:"minutes"`
}

// ManifestDocument is a document as it was sent.
type ManifestDocument struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	Digest string `json:"digest"` // hexadecimal SHA-256
}

// ManifestRecipient is somebody who was called, and for which seat.
type ManifestRecipient struct {
	Person     string `json:"person"`
	Seat       string `json:"seat"`
	Party      string `json:"party"`
	Substitute bool   `json:"substitute"`
	Email      string `json:"email"` // empty: nobody can write to them, so somebody has to tell them
}

// Message is something written to one person. Until mail goes out by itself it stands in the outbox, to be read and copied.
type Message struct {
	ID      string
	Version int64
	Kind    MessageKind
	Subject string // identifier of what it is about: a meeting, a poll
	Person  string
	Email   string // at the time of writing; empty where the person has none
	Title   string
	Body    string // plain text, with the personal link
	At      time.Time
}

// MessageKind is what a message is for.
type MessageKind string

// The kinds of message.
const (
	MessageConvocation  MessageKind = "convocation"
	MessageChange       MessageKind = "change"       // of a meeting that was called
	MessageCancellation MessageKind = "cancellation" // of a meeting that was called
	MessageReminder     MessageKind = "reminder"     // to who has not answered
	MessageMinutes      MessageKind = "minutes"      // draft minutes to comment on
	MessagePoll         MessageKind = "poll"         // of dates
	MessageProposal     MessageKind = "proposal"     // the answer to its author
)
