package store

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/job"
	"entente/internal/sqldb"
)

// JobMessage is the kind of the jobs that send a message of the outbox; see MessageJob.
const JobMessage = "message"

// MessageJob is what such a job needs.
type MessageJob struct {
	Message string `json:"message"`
}

// DeliverMail says that messages leave by mail from now on, notifications after a delay in which a correction replaces them. It is
// called once, before the store is used.
func (s *Store) DeliverMail(delay time.Duration) { s.mail = &delay }

// Delivers tells whether messages leave by mail.
func (s *Store) Delivers() bool { return s.mail != nil }

func (s *Store) mailDelay() time.Duration {
	if s.mail == nil {
		return 0
	}
	return *s.mail
}

// address decides how a new message begins: whether it leaves, waits for a digest, or goes by no mail.
func (s *Store) address(ctx context.Context, l *ledger, m *governance.Message) error {
	m.State, m.Reason = governance.MessageWaiting, ""
	switch {
	case !s.Delivers():
		m.State, m.Reason = governance.MessageUnposted, "message.reason.no-mail"
	case m.Email == "":
		m.State, m.Reason = governance.MessageUnposted, "message.reason.no-address"
	case m.Kind == governance.MessageProposal:
		choice, err := newsOf(ctx, l.tx, l.space, m.Person)
		if m.State = choice.State(); m.State == governance.MessageDropped {
			m.Reason = "message.reason.unsubscribed"
		}
		return err
	}
	return nil
}

// post asks for the sending of a message that waits. Its version is part of the key: sent once more on purpose, it is another job.
func (s *Store) post(ctx context.Context, l *ledger, m governance.Message, delay time.Duration) error {
	if m.State != governance.MessageWaiting {
		return nil
	}
	payload, err := json.Marshal(MessageJob{m.ID})
	if err == nil {
		_, err = s.enqueue(ctx, l.tx, l.space, job.Spec{Kind: JobMessage, Key: messageKey(m), Payload: payload, After: delay})
	}
	return err
}

func messageKey(m governance.Message) string { return m.ID + "/" + strconv.FormatInt(m.Version, 10) }

// replace drops what waits in the place of a newer message.
func (l *ledger) replace(ctx context.Context, by Actor, newer governance.Message) error {
	messages.texts()
	rows, err := l.tx.Query(ctx, messages.selects+" AND person_id = $2 AND about = $3 AND kind = $4 AND state = 'waiting' AND handed_at IS NULL",
		l.space, newer.Person, newer.Subject, string(newer.Kind))
	if err != nil {
		return err
	}
	old, err := collect(rows, messages.targets)
	if err != nil {
		return err
	}
	for _, m := range old {
		if err := cancelJobs(ctx, l.tx, l.at, `space_id = $3 AND kind = $4 AND key = $5`, l.space, JobMessage, messageKey(m)); err != nil {
			return err
		}
		if err := l.settle(ctx, by, m, governance.MessageDropped, "message.reason.replaced"); err != nil {
			return err
		}
	}
	return nil
}

// settle keeps what came of a message, and tells the journal.
func (l *ledger) settle(ctx context.Context, by Actor, m governance.Message, state governance.MessageState, reason string) error {
	after := m
	after.State, after.Reason = state, reason
	return l.change(ctx, by, m, &after)
}

func (l *ledger) change(ctx context.Context, by Actor, before governance.Message, after *governance.Message) error {
	if err := messages.put(ctx, l, after); err != nil {
		return err
	}
	return messages.journal(ctx, l, by, string(after.State), &before, after)
}

// Posting is a message whose turn has come, with what its sending depends on.
type Posting struct {
	governance.Message
	Address string                // of the person, today; empty where they have none any more
	Name    string                // of the person
	ReplyTo string                // address of the author's account; empty where there is none that is open
	News    governance.NewsChoice // of the person
	InDoubt bool                  // it was handed over before, and what the mail server answered is not on record
	Outlook governance.Outlook
}

// Posting reads a message whose turn has come. One that was taken away by an erasure is NotFound.
func (sp *Space) Posting(ctx context.Context, id string) (Posting, error) {
	m, err := sp.Message(ctx, id)
	if err != nil {
		return Posting{}, err
	}
	p := Posting{Message: m}
	var handed time.Time
	err = sp.q().QueryRow(ctx, `SELECT handed_at FROM message WHERE space_id = $1 AND id = $2`, sp.id, id).Scan(optionalTime{&handed})
	if err != nil {
		return p, sqldb.Classify(err)
	}
	p.InDoubt = !handed.IsZero()
	who, err := sp.Person(ctx, m.Person)
	if err != nil {
		return p, err
	}
	p.Address, p.Name = who.Email, who.Name()
	if p.News, err = newsOf(ctx, sp.q(), sp.id, m.Person); err != nil {
		return p, err
	}
	if p.ReplyTo, err = sp.replyTo(ctx, m.Author); err != nil {
		return p, err
	}
	p.Outlook, err = sp.outlook(ctx, m)
	return p, err
}

func (sp *Space) replyTo(ctx context.Context, author string) (string, error) {
	if author == "" {
		return "", nil
	}
	a, err := sp.store.Account(ctx, author)
	if fault.Is(err, fault.NotFound) || a.Disabled() {
		return "", nil
	}
	return a.Email, err
}

// outlook reads what a message depends on now.
func (sp *Space) outlook(ctx context.Context, m governance.Message) (governance.Outlook, error) {
	o := governance.Outlook{Today: sp.store.Today()}
	if err := sp.lookAbout(ctx, m, &o); err != nil && !fault.Is(err, fault.NotFound) {
		return o, err
	}
	if m.Link == "" {
		return o, nil
	}
	link, err := sp.Link(ctx, m.Link)
	o.LinkOpen = err == nil && link.Open(sp.store.now())
	if fault.Is(err, fault.NotFound) {
		err = nil
	}
	return o, err
}

// lookAbout reads the thing that a message is about, as far as it can make the message moot.
func (sp *Space) lookAbout(ctx context.Context, m governance.Message, o *governance.Outlook) error {
	switch {
	case m.Kind.Calls():
		x, err := sp.Meeting(ctx, m.Subject)
		if err != nil {
			return err
		}
		o.Meeting = &x
		if m.Kind == governance.MessageReminder {
			o.Answered, err = sp.answeredSince(ctx, m)
		}
		return err
	case m.Kind == governance.MessagePoll || m.Kind == governance.MessagePollReminder:
		x, err := sp.Poll(ctx, m.Subject)
		if err != nil {
			return err
		}
		answers, err := sp.PollAnswers(ctx, m.Subject)
		o.Poll, o.Answered = &x, m.Kind == governance.MessagePollReminder && len(answers[m.Person]) > 0
		return err
	case m.Kind == governance.MessageFollowUp:
		x, err := sp.FollowUp(ctx, m.Subject)
		if err == nil {
			o.FollowUp = &x
		}
		return err
	}
	return nil
}

// answeredSince tells whether the reader of a reminder has answered for every seat that they hold since it was written.
func (sp *Space) answeredSince(ctx context.Context, m governance.Message) (bool, error) {
	list, err := sp.Attendance(ctx, m.Subject)
	held := 0
	for _, a := range list {
		if a.Holder != m.Person {
			continue
		}
		if held++; !a.Declared() || a.Answered.Before(m.At) {
			return false, err
		}
	}
	return held > 0, err
}

// ErrNotWaiting says that a message does not wait to be sent any more.
var ErrNotWaiting = errors.New("store: the message does not wait any more")

// HandMessage notes that a message is about to be handed to the mail server: it is ErrNotWaiting where it was before. What the server
// answers is noted by SettleMessage, or by RetakeMessage; where neither comes, the message is in doubt, and is not handed over again.
func (sp *Space) HandMessage(ctx context.Context, id string) error {
	err := sp.store.db.Write(ctx, func(tx *sqldb.Tx) error {
		n, err := tx.Exec(ctx, `UPDATE message SET attempts = attempts + 1, handed_at = $3
			WHERE space_id = $1 AND id = $2 AND state = 'waiting' AND handed_at IS NULL`, sp.id, id, sp.store.now())
		if err == nil && n == 0 {
			err = ErrNotWaiting
		}
		return err
	})
	return fault.Wrap(err, "store.message.hand", id)
}

// RetakeMessage notes that the mail server did not take a message that was handed to it.
func (sp *Space) RetakeMessage(ctx context.Context, id string) error {
	err := sp.store.db.Write(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE message SET handed_at = NULL WHERE space_id = $1 AND id = $2`, sp.id, id)
		return err
	})
	return fault.Wrap(err, "store.message.retake", id)
}

// SettleMessage notes what came of a message that waited, or of which that was not known: fn sets its state, and what goes with it. Any
// other stays as it is.
func (sp *Space) SettleMessage(ctx context.Context, id string, fn func(*governance.Message)) error {
	err := sp.change(ctx, func(l *ledger) error {
		before, err := messages.get(ctx, l.tx, l.space, id)
		if err != nil || before.State != governance.MessageWaiting && before.State != governance.MessageUnknown {
			return err
		}
		after := before
		if fn(&after); after.State == governance.MessageSent {
			after.Sent = l.at
		}
		if _, err := l.tx.Exec(ctx, `UPDATE message SET handed_at = NULL WHERE space_id = $1 AND id = $2`, l.space, id); err != nil {
			return err
		}
		return l.change(ctx, Actor{}, before, &after)
	})
	return fault.Wrap(err, "store.message.settle", id)
}

// ResendMessage sends a message once more that was refused or went by no mail, at once, to the address that the person has today.
func (sp *Space) ResendMessage(ctx context.Context, by Actor, id string) error {
	err := sp.change(ctx, func(l *ledger) error {
		before, err := messages.get(ctx, l.tx, l.space, id)
		if err != nil {
			return err
		}
		who, err := people.get(ctx, l.tx, l.space, before.Person)
		switch {
		case err != nil:
			return err
		case !before.Resendable():
			return fault.New(fault.Conflict, "message.refused.state")
		case !sp.store.Delivers():
			return fault.New(fault.Invalid, "message.reason.no-mail")
		case who.Email == "":
			return fault.New(fault.Invalid, "message.reason.no-address")
		}
		after := before
		after.State, after.Reason, after.Reply, after.Email = governance.MessageWaiting, "", "", who.Email
		if _, err := l.tx.Exec(ctx, `UPDATE message SET handed_at = NULL WHERE space_id = $1 AND id = $2`, l.space, id); err != nil {
			return err
		}
		if err := l.change(ctx, by, before, &after); err != nil {
			return err
		}
		return sp.store.post(ctx, l, after, 0)
	})
	return fault.Wrap(err, "store.message.resend", id)
}
