package post

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"entente/internal/i18n"
	"entente/internal/job"
	"entente/internal/job/runner"
	"entente/internal/mail"
)

// Link is a personal link of an account that is to leave by mail. It is kept until it has left, and no longer.
type Link struct {
	Purpose string    `json:"purpose"` // "sign-in", "invitation" or "account"
	Email   string    `json:"email"`
	Name    string    `json:"name"`     // of who is written to; may be empty
	Space   string    `json:"space"`    // that it leads to; empty for none
	ReplyTo string    `json:"reply_to"` // who invites; empty for nobody
	Link    string    `json:"link"`
	Lang    string    `json:"lang"`
	Until   time.Time `json:"until"` // after that instant it is of no use
}

// Spec is the job that sends the link, with a key that an erasure finds it by; empty for none.
func (l Link) Spec(key string) (job.Spec, error) {
	payload, err := json.Marshal(l)
	return job.Spec{Kind: JobLink, Key: key, Payload: payload}, err
}

// link sends a personal link. In doubt it is sent again: the same link twice does no harm.
func (p *Post) link(ctx context.Context, run *runner.Run) error {
	var x Link
	if err := json.Unmarshal(run.Job.Payload, &x); err != nil {
		return job.Abandon(err)
	}
	if x.Link == "" || !p.Clock().Before(x.Until) {
		run.Came(CameDropped, "")
		return nil
	}
	words := i18n.For(x.Lang)
	about := []any{"name", x.Name, "space", x.Space, "link", x.Link, "until", words.Instant(x.Until)}
	greeting := words.T("mail.greeting")
	if x.Name != "" {
		greeting = words.T("mail.greeting-name", "name", x.Name)
	}
	l := mail.Letter{ID: run.Job.ID, To: x.Email, ToName: x.Name, FromName: x.Space, ReplyTo: x.ReplyTo, Subject: words.T("mail.link."+x.Purpose+".title", about...),
		Text: greeting + "\n\n" + words.T("mail.link."+x.Purpose+".text", about...), Lang: words.Lang(), At: run.Job.Created, Footer: words.T("mail.link.footer")}
	return p.hand(ctx, run, l)
}

// hand sends a letter that stands in no outbox. A refusal for good is for whoever keeps the installation to see.
func (p *Post) hand(ctx context.Context, run *runner.Run, l mail.Letter) error {
	err := p.Mail.Send(ctx, l, func() error { return nil })
	var refusal *mail.Refusal
	switch {
	case err == nil:
		run.Came(CameSent, "")
	case errors.As(err, &refusal):
		return job.Abandon(err)
	}
	return err
}

// Trial is a message that an administrator sends to themselves.
type Trial struct {
	Email string `json:"email"`
	Name  string `json:"name"`
	Lang  string `json:"lang"`
}

// Spec is the job that sends it.
func (t Trial) Spec() (job.Spec, error) {
	payload, err := json.Marshal(t)
	return job.Spec{Kind: JobTrial, Payload: payload}, err
}

func (p *Post) trial(ctx context.Context, run *runner.Run) error {
	var x Trial
	if err := json.Unmarshal(run.Job.Payload, &x); err != nil {
		return job.Abandon(err)
	}
	words := i18n.For(x.Lang)
	return p.hand(ctx, run, mail.Letter{ID: run.Job.ID, To: x.Email, ToName: x.Name, Subject: words.T("mail.trial.title"),
		Text: words.T("mail.greeting-name", "name", x.Name) + "\n\n" + words.T("mail.trial.text", "address", p.URL("/")), Lang: words.Lang(), At: run.Job.Created})
}
