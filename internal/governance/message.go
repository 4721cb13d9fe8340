package governance

import (
	"time"

	"entente/internal/calendar"
)

// Message is something written to one person. It leaves by mail where the installation has mail and the person an address;
// otherwise it stands in the outbox, to be read and copied.
type Message struct {
	ID      string
	Version int64
	Kind    MessageKind
	Subject string // identifier of what it is about: a meeting, a poll
	Person  string
	Email   string // at the time of writing, then of sending; empty where the person has none
	Title   string
	Body    string // plain text, with the personal link
	At      time.Time
	State   MessageState
	Link    string    // identifier of the personal link that it carries; empty where it carries none
	Author  string    // account to which answers go; empty for the program itself
	Sent    time.Time // when the mail server took it; zero where none has
	Reason  string    // key of the sentence that says why it stands as it does; empty where the state says it
	Reply   string    // what the mail server said when it refused
}

// MessageKind is what a message is for.
type MessageKind string

// The kinds of message.
const (
	MessageConvocation  MessageKind = "convocation"
	MessageChange       MessageKind = "change"        // of a meeting that was called
	MessageCancellation MessageKind = "cancellation"  // of a meeting that was called
	MessageReminder     MessageKind = "reminder"      // to who has not answered
	MessageMinutes      MessageKind = "minutes"       // draft minutes to comment on
	MessagePoll         MessageKind = "poll"          // of dates
	MessagePollReminder MessageKind = "poll-reminder" // to who has not answered it
	MessageFollowUp     MessageKind = "follow-up"     // to who has something to do
	MessageProposal     MessageKind = "proposal"      // the answer to its author
	MessageEvaluation   MessageKind = "evaluation"    // asks for answers to an evaluation, once or again
	MessageDigest       MessageKind = "digest"        // news of some time in one
)

// News tells what somebody may wish to have less often, or not at all, from what asks them for something.
func (k MessageKind) News() bool { return k == MessageProposal || k == MessageDigest }

// Calls tells a message about the call to a meeting.
func (k MessageKind) Calls() bool {
	return oneOf(k, []MessageKind{MessageConvocation, MessageChange, MessageCancellation, MessageReminder})
}

// MessageState is how far a message has come.
type MessageState string

// The states of a message.
const (
	MessageUnposted MessageState = "none"    // it goes by no mail: to be told otherwise
	MessageWaiting  MessageState = "waiting" // for its time, or for the mail server
	MessageHeld     MessageState = "held"    // for the digest of the person
	MessageSent     MessageState = "sent"    // the mail server took it
	MessageRefused  MessageState = "refused" // the mail server does not take it
	MessageUnknown  MessageState = "unknown" // it was handed to the mail server, and what this answered is not known
	MessageDropped  MessageState = "dropped" // it made no sense any more
)

// MessageStates in the order of the screen.
func MessageStates() []MessageState {
	return []MessageState{MessageWaiting, MessageHeld, MessageSent, MessageUnknown, MessageRefused, MessageDropped, MessageUnposted}
}

// Resendable tells that somebody may ask to send it once more.
func (m Message) Resendable() bool {
	return m.State == MessageRefused || m.State == MessageUnknown || m.State == MessageUnposted
}

// Outlook is what a message depends on when its turn comes.
type Outlook struct {
	Today    calendar.Date
	Meeting  *Meeting  // that it is about; nil where it is about none
	Poll     *Poll     // likewise
	FollowUp *FollowUp // likewise
	Answered bool      // a reminder's reader has answered since
	LinkOpen bool      // the personal link that it carries still works
}

// Moot tells, as the key of a sentence, why a message makes no sense any more; empty where it does.
func (m Message) Moot(o Outlook) string {
	x := o.Meeting
	switch {
	case x != nil && m.Kind.Calls() && x.Day.Before(o.Today):
		return "message.reason.past"
	case x != nil && m.Kind.Calls() && m.Kind != MessageCancellation && x.State == Cancelled:
		return "message.reason.cancelled"
	case x != nil && m.Kind == MessageCancellation && x.State != Cancelled:
		return "message.reason.reinstated"
	case o.Poll != nil && o.Poll.Standing(o.Today) != PollOpen:
		return "message.reason.poll-over"
	case o.Answered:
		return "message.reason.answered"
	case o.FollowUp != nil && o.FollowUp.State != ToDo:
		return "message.reason.done"
	case m.Link != "" && !o.LinkOpen:
		return "message.reason.link"
	}
	return ""
}
