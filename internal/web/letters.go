package web

import (
	"entente/internal/calendar"
	"entente/internal/config"
	"entente/internal/i18n"
	"entente/internal/office"
	"entente/internal/web/view"
)

// Letters are the words of letters about the call to a meeting, for whoever writes them without a page; links in them lead to
// the server of c.
func Letters(c config.Config) office.Writer { return (&Server{config: c}).write }

// PollLetters are those of the letters that ask for dates.
func PollLetters(c config.Config) office.PollWriter { return (&Server{config: c}).writePoll }

// CommentLetters are those of the letters that ask people to comment on minutes, until a day.
func CommentLetters(c config.Config) func(a office.Assembly, space string, until calendar.Date, secret string) (title, body string) {
	return func(a office.Assembly, space string, until calendar.Date, secret string) (title, body string) {
		p := i18n.For(minutesLanguage)
		name := view.MeetingName(a.Committee, a.Panel)
		return p.T("minutes.letter.title", "committee", name, "day", a.Meeting.Day),
			p.T("minutes.letter.body", "committee", name, "day", a.Meeting.Day, "until", until, "link", c.URL(minutesLinkPath+secret), "space", space)
	}
}
