package governance

import "time"

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
