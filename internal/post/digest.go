package post

import (
	"context"
	"strings"

	"entente/internal/calendar"
	"entente/internal/governance"
	"entente/internal/i18n"
	"entente/internal/job/runner"
)

// DigestHour is when the digests of a day are made, in Paris.
const DigestHour = 7

// digests makes the digests that are due today, one a person and space. Begun again it makes those that are missing: news that are in a
// digest wait no more.
func (p *Post) digests(ctx context.Context, run *runner.Run) error {
	spaces, err := p.Store.AllSpaces(ctx)
	if err != nil {
		return err
	}
	today := calendar.On(p.Clock(), calendar.Paris)
	for i, place := range spaces {
		sp := p.Store.In(place.ID)
		subscribers, err := sp.Subscribers(ctx)
		if err != nil {
			return err
		}
		for _, x := range subscribers {
			if !x.Choice.DigestOn(today) {
				continue
			}
			if err := sp.Digest(ctx, x.Person, func(news []governance.Message) (string, string) { return digestOf(place.Name, news) }); err != nil {
				return err
			}
		}
		if err := run.Progress(ctx, int64(i+1), int64(len(spaces)), "job.word.digests"); err != nil {
			return err
		}
	}
	return nil
}

// digestOf finds the words around news.
func digestOf(space string, news []governance.Message) (title, body string) {
	words := i18n.For(letterLanguage)
	var b strings.Builder
	b.WriteString(words.T("mail.greeting") + "\n\n" + words.T("mail.digest.intro", "space", space, "count", len(news)) + "\n")
	for _, m := range news {
		b.WriteString("\n* " + m.Title + "\n\n" + strings.TrimSpace(m.Body) + "\n")
	}
	return words.T("mail.digest.title", "space", space, "count", len(news)), b.String()
}
