package view

import (
	"time"

	"entente/internal/i18n"
)

// FeedData is an address at which a calendar program reads meetings.
type FeedData struct {
	Action    string
	Committee bool      // it is for one committee, and not for those of the reader
	Address   string    // of one that was just made: shown this once
	Created   time.Time // zero while there is none
	Used      time.Time // zero where nothing has read it yet
}

func (d FeedData) text() string {
	if d.Committee {
		return "feed.text.committee"
	}
	return "feed.text.own"
}

// standing says since when the address serves, and when it was last read.
func (d FeedData) standing(p *i18n.Printer) string {
	if d.Used.IsZero() {
		return p.T("feed.unread", "at", p.Instant(d.Created))
	}
	return p.T("feed.read", "at", p.Instant(d.Created), "used", p.Instant(d.Used))
}
