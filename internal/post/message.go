package post

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"time"

	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
	"entente/internal/job"
	"entente/internal/job/runner"
	"entente/internal/mail"
	"entente/internal/store"
)

// UnsubscribePath begins the links by which people choose whether to have news.
const UnsubscribePath = "/lien/desabonnement/"

// unsubscribeLife is how long such a link serves.
const unsubscribeLife = 180 * 24 * time.Hour

// message sends one message of the outbox.
func (p *Post) message(ctx context.Context, run *runner.Run) error {
	var x store.MessageJob
	if err := json.Unmarshal(run.Job.Payload, &x); err != nil {
		return job.Abandon(err)
	}
	sp := p.Store.In(run.Job.Space)
	m, err := sp.Posting(ctx, x.Message)
	if fault.Is(err, fault.NotFound) || err == nil && m.State != governance.MessageWaiting {
		run.Came(CameDropped, "")
		return nil
	}
	if err != nil {
		return err
	}
	if state, reason := p.instead(m); state != "" {
		run.Came(map[bool]string{false: CameDropped, true: CameUnknown}[m.InDoubt], "")
		return sp.SettleMessage(ctx, m.ID, func(x *governance.Message) { x.State, x.Reason, x.Email = state, reason, cmp.Or(m.Address, x.Email) })
	}
	l, err := p.letter(ctx, sp, m)
	if err != nil {
		return err
	}
	err = p.Mail.Send(ctx, l, func() error { return sp.HandMessage(ctx, m.ID) })
	return p.settle(ctx, run, sp, m, err)
}

// instead is what a message becomes that is not to be sent, and why; empty where it is.
func (p *Post) instead(m store.Posting) (governance.MessageState, string) {
	if m.InDoubt { // a program that ends between the mail server's answer and its record cannot know: somebody decides
		return governance.MessageUnknown, "message.reason.doubt"
	}
	if m.Address == "" {
		return governance.MessageUnposted, "message.reason.no-address"
	}
	if reason := m.Moot(m.Outlook); reason != "" {
		return governance.MessageDropped, reason
	}
	switch state := m.News.State(); {
	case !m.Kind.News() || state == governance.MessageWaiting:
	case state == governance.MessageDropped:
		return state, "message.reason.unsubscribed"
	case m.Kind != governance.MessageDigest:
		return state, ""
	}
	return "", ""
}

// letter is a message as it leaves.
func (p *Post) letter(ctx context.Context, sp *store.Space, m store.Posting) (mail.Letter, error) {
	place, err := sp.Info(ctx)
	if err != nil {
		return mail.Letter{}, err
	}
	words := i18n.For(letterLanguage)
	l := mail.Letter{ID: m.ID, To: m.Address, ToName: m.Name, FromName: place.Name, ReplyTo: m.ReplyTo, Subject: m.Title, Text: m.Body,
		Lang: letterLanguage, At: m.At, Footer: words.T("mail.footer", "space", place.Name)}
	if m.Kind.News() {
		secret, _, err := sp.IssueLink(ctx, store.Actor{}, store.Link{Kind: store.LinkNews, Subject: m.Person, Person: m.Person}, unsubscribeLife)
		if err != nil {
			return l, err
		}
		l.Unsubscribe = p.URL(UnsubscribePath + secret)
		l.Footer = words.T("mail.footer.news", "space", place.Name, "address", l.Unsubscribe)
	}
	l.Calendar, err = p.calendar(ctx, sp, m, place.Name)
	return l, err
}

// settle writes down what the mail server said. What may pass is an error, so that the message is tried again.
func (p *Post) settle(ctx context.Context, run *runner.Run, sp *store.Space, m store.Posting, said error) error {
	ctx = context.WithoutCancel(ctx) // the letter has left, or has not: whoever stops the program does not change that
	var refusal *mail.Refusal
	switch {
	case said == nil:
		run.Came(CameSent, "")
		return sp.SettleMessage(ctx, m.ID, func(x *governance.Message) { x.State, x.Reason, x.Email = governance.MessageSent, "", m.Address })
	case errors.Is(said, store.ErrNotWaiting):
		run.Came(CameDropped, "")
		return nil
	case errors.As(said, &refusal):
		return p.refuse(ctx, run, sp, m, "message.reason."+string(refusal.Cause), refusal.Reply)
	case errors.Is(said, mail.ErrDoubt):
		run.Came(CameUnknown, said.Error())
		return sp.SettleMessage(ctx, m.ID, func(x *governance.Message) {
			x.State, x.Reason, x.Email = governance.MessageUnknown, "message.reason.doubt", m.Address
		})
	}
	if run.Last() {
		return p.refuse(ctx, run, sp, m, "message.reason.unreachable", said.Error())
	}
	return errors.Join(said, sp.RetakeMessage(ctx, m.ID))
}

func (p *Post) refuse(ctx context.Context, run *runner.Run, sp *store.Space, m store.Posting, reason, reply string) error {
	run.Came(CameRefused, reply)
	return sp.SettleMessage(ctx, m.ID, func(x *governance.Message) {
		x.State, x.Reason, x.Reply, x.Email = governance.MessageRefused, reason, reply, m.Address
	})
}
