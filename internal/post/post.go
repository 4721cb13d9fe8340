// Package post takes what Entente writes to people to the mail, in the background: messages of the outbox, personal links of accounts,
// digests of news.
//
// It finds no words of letters but those around them. The invariants that it owns: a message leaves when its turn has come and not
// before its change is kept; one that makes no sense any more does not leave; one that the mail server may have taken is not sent again
// unless somebody asks for it.
package post

import (
	"time"

	"entente/internal/job"
	"entente/internal/job/runner"
	"entente/internal/mail"
	"entente/internal/office"
	"entente/internal/store"
)

// The kinds of jobs, beside store.JobMessage.
const (
	JobLink      = "link"      // sends a personal link of an account
	JobTrial     = "trial"     // sends a message to try the mail
	JobDigests   = "digests"   // makes the digests of a day
	JobReminders = "reminders" // reminds who has not answered, and who has something to do
)

// MailJobs are the kinds of jobs that send mail.
func MailJobs() []string { return []string{store.JobMessage, JobLink, JobTrial} }

// What came of a job that sends mail, as keys of sentences.
const (
	CameSent    = "job.word.sent"
	CameRefused = "job.word.refused"
	CameDropped = "job.word.dropped"
	CameUnknown = "job.word.unknown"
)

// patience is how mail is tried: sixteen times in about a day.
var patience = job.Policy{Attempts: 16, Wait: 30 * time.Second, Longest: 3 * time.Hour}

// letterLanguage is the language of what is written to people of the directory.
const letterLanguage = "fr"

// Options are what the post is made of.
type Options struct {
	Store *store.Store
	Mail  mail.Post
	URL   func(path string) string // public address of a path
	Clock func() time.Time
	// The words of reminders.
	Call   office.Writer
	Poll   office.PollWriter
	Sender string // whom letters come from, as mail.Open was given it: calendars know who calls by it
}

// Post does the jobs.
type Post struct{ Options }

// New makes the post.
func New(o Options) *Post { return &Post{o} }

// Handlers are what the post does, by kind of job.
func (p *Post) Handlers() map[string]runner.Handler {
	return map[string]runner.Handler{
		store.JobMessage: {Policy: patience, Do: p.message},
		JobLink:          {Policy: patience, Do: p.link},
		JobTrial:         {Policy: job.Policy{Attempts: 1}, Do: p.trial},
		JobDigests:       {Policy: job.Usual, Do: p.digests},
		JobReminders:     {Policy: job.Usual, Do: p.reminders},
	}
}
