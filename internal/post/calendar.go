package post

import (
	"bytes"
	"context"
	stdmail "net/mail"
	"slices"

	"entente/internal/document"
	"entente/internal/governance"
	"entente/internal/mail"
	"entente/internal/paper"
	"entente/internal/store"
)

// calendar is the event that goes with a letter about the call to a meeting: the meeting as the letter tells it, for its reader alone. It
// takes the meeting out of the calendar of who is called no more. Nil goes with any other letter.
func (p *Post) calendar(ctx context.Context, sp *store.Space, m store.Posting, space string) (*mail.Calendar, error) {
	if !m.Kind.Calls() {
		return nil, nil
	}
	list, err := sp.Convocations(ctx, m.Subject)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(c governance.Convocation) bool { return c.Sent.After(m.At) })
	if len(list) == 0 {
		return nil, nil
	}
	call := list[len(list)-1]
	seats := slices.DeleteFunc(slices.Clone(call.Manifest.Recipients), func(r governance.ManifestRecipient) bool { return r.Person != m.Person })
	cancelled := m.Kind == governance.MessageCancellation
	a := document.Agenda{Method: document.Request}
	if cancelled || len(seats) == 0 {
		a.Method = document.Cancel
	}
	e := paper.Called(m.Subject, call.Manifest)
	e.Sequence, e.Stamp, e.Description = paper.CallSequence(call.Number, cancelled), m.At, m.Body
	e.Organizer = p.organizer(space)
	e.Attendees = []document.Attendee{{Person: document.Person{Name: m.Name, Email: m.Address},
		Optional: len(seats) > 0 && !slices.ContainsFunc(seats, func(r governance.ManifestRecipient) bool { return !r.Substitute })}}
	a.Events = []document.Event{e}
	var b bytes.Buffer
	err = document.WriteICS(&b, &a)
	return &mail.Calendar{Method: string(a.Method), Data: b.Bytes()}, err
}

// organizer is who calls, as calendars know it: the space at the address that letters come from. It stays the same whoever sends, for
// calendars take a change from nobody else.
func (p *Post) organizer(space string) document.Person {
	sender, err := stdmail.ParseAddress(p.Sender)
	if err != nil {
		return document.Person{}
	}
	return document.Person{Name: space, Email: sender.Address}
}
