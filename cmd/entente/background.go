package main

import (
	"context"
	"log/slog"
	"maps"
	"time"

	"entente/internal/calendar"
	"entente/internal/config"
	"entente/internal/fault"
	"entente/internal/job"
	"entente/internal/job/runner"
	"entente/internal/mail"
	"entente/internal/post"
	"entente/internal/store"
	"entente/internal/web"
)

// jobSweep is the kind of the jobs that throw away what has expired: sessions, links, attempts, jobs.
const jobSweep = "sweep"

// workers is how many jobs a node does at once. Letters wait for the mail server most of the time.
const workers = 3

// background makes what works in the background, with what the server does itself. Where mail is set, messages leave by it.
func background(st *store.Store, c config.Config, log *slog.Logger, more map[string]runner.Handler) (*runner.Runner, error) {
	o := runner.Options{Store: st, Log: log, Clock: time.Now, Workers: workers,
		Handlers: map[string]runner.Handler{jobSweep: {Policy: job.Usual, Do: func(ctx context.Context, _ *runner.Run) error { return st.Sweep(ctx) }}},
		Periodic: []runner.Periodic{{Kind: jobSweep, Period: job.Hourly}}}
	maps.Copy(o.Handlers, more)
	if c.Mail == "" {
		return runner.New(o), nil
	}
	way, err := mail.Open(c.Mail, c.Sender())
	if err != nil {
		return nil, &fault.Error{Kind: fault.Invalid, Err: err, Message: fault.Say("cli.mail-failed", "reason", err.Error())}
	}
	st.DeliverMail(c.MailDelay)
	for kind, h := range post.New(post.Options{Store: st, Mail: way, Sender: c.Sender(), URL: c.URL, Clock: time.Now, Call: web.Letters(c), Poll: web.PollLetters(c)}).Handlers() {
		o.Handlers[kind] = h
	}
	daily := job.Daily(post.DigestHour, calendar.Paris)
	o.Periodic = append(o.Periodic, runner.Periodic{Kind: post.JobDigests, Period: daily}, runner.Periodic{Kind: post.JobReminders, Period: daily})
	return runner.New(o), nil
}
