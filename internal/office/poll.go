package office

import (
	"context"
	"time"

	"entente/internal/calendar"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
)

// PollLetter is one message about a poll of dates, before its words.
type PollLetter struct {
	Kind      governance.MessageKind
	Poll      governance.Poll
	Committee string // its name
	Space     string // its name
	Person    directory.Person
	Secret    string // of their personal link
	By        store.Actor
}

// PollWriter finds the words of a letter about a poll.
type PollWriter func(PollLetter) (title, body string)

// Polling is who asks, and in whose words.
type Polling struct {
	By        store.Actor
	Now       time.Time
	Space     string // name of the space
	Committee string // name of the committee
	Write     PollWriter
}

// OpenPoll opens a poll and writes to each person who is asked, in one transaction. It gives the secrets of their links by person.
func OpenPoll(ctx context.Context, sp *store.Space, c Polling, p governance.Poll, calls []governance.Asked) (made governance.Poll, secrets map[string]string, err error) {
	err = sp.Together(ctx, func(sp *store.Space) error {
		if made, secrets, err = sp.CreatePoll(ctx, c.By, p, calls); err != nil {
			return err
		}
		return c.write(ctx, sp, governance.MessagePoll, made, secrets)
	})
	return made, secrets, fault.Wrap(err, "office.poll.open", p.Committee)
}

// RenewPollLink gives somebody who is asked a new link in the place of theirs, and writes it to them.
func RenewPollLink(ctx context.Context, sp *store.Space, c Polling, id, person string) (secret string, err error) {
	err = sp.Together(ctx, func(sp *store.Space) error {
		p, err := sp.Poll(ctx, id)
		if err != nil {
			return err
		}
		if secret, err = sp.RenewPollLink(ctx, c.By, id, person); err != nil {
			return err
		}
		return c.write(ctx, sp, governance.MessagePoll, p, map[string]string{person: secret})
	})
	return secret, fault.Wrap(err, "office.poll.renew", id)
}

// RemindPoll writes again to those who have not answered a poll, each with a new link, and gives the secrets by person. Where everybody has
// answered it is refused.
func RemindPoll(ctx context.Context, sp *store.Space, c Polling, id string) (secrets map[string]string, err error) {
	err = sp.Together(ctx, func(sp *store.Space) error {
		p, err := sp.Poll(ctx, id)
		if err != nil {
			return err
		}
		if p.Standing(calendar.On(c.Now, calendar.Paris)) != governance.PollOpen {
			return fault.New(fault.Invalid, "poll.fault.not-open")
		}
		silent, err := Silent(ctx, sp, id)
		if err != nil {
			return err
		}
		if len(silent) == 0 {
			return fault.New(fault.Invalid, "poll.fault.answered")
		}
		secrets = map[string]string{}
		for _, person := range silent {
			if secrets[person], err = sp.RenewPollLink(ctx, c.By, id, person); err != nil {
				return err
			}
		}
		return c.write(ctx, sp, governance.MessagePollReminder, p, secrets)
	})
	return secrets, fault.Wrap(err, "office.poll.remind", id)
}

// Silent lists those who are asked in a poll and have not answered, each once.
func Silent(ctx context.Context, sp *store.Space, poll string) ([]string, error) {
	calls, err := sp.PollCalls(ctx, poll)
	if err != nil {
		return nil, err
	}
	answers, err := sp.PollAnswers(ctx, poll)
	var out []string
	seen := map[string]bool{}
	for _, x := range calls {
		if len(answers[x.Person]) == 0 && !seen[x.Person] {
			out = append(out, x.Person)
		}
		seen[x.Person] = true
	}
	return out, err
}

// write writes to people by their identifiers, each with their secret.
func (c Polling) write(ctx context.Context, sp *store.Space, kind governance.MessageKind, p governance.Poll, secrets map[string]string) error {
	ids := make([]string, 0, len(secrets))
	for id := range secrets {
		ids = append(ids, id)
	}
	people, err := sp.PeopleByID(ctx, ids...)
	if err != nil {
		return err
	}
	links, err := sp.Links(ctx, store.LinkPoll, p.ID)
	if err != nil {
		return err
	}
	open := map[string]string{}
	for _, l := range links { // oldest first: the last one is theirs
		open[l.Person] = l.ID
	}
	for _, id := range ids {
		who := people[id]
		title, body := c.Write(PollLetter{Kind: kind, Poll: p, Committee: c.Committee, Space: c.Space, Person: who, Secret: secrets[id], By: c.By})
		if _, err := sp.CreateMessage(ctx, c.By, governance.Message{Kind: kind, Subject: p.ID, Person: id, Email: who.Email, Title: title, Body: body, Link: open[id]}); err != nil {
			return err
		}
	}
	return nil
}
