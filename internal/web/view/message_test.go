package view

import (
	"testing"
	"time"

	"entente/internal/governance"
	"entente/internal/i18n"
)

// TestMessagesAreGrouped: by what they are about and the day on which they were written, in their order.
func TestMessagesAreGrouped(t *testing.T) {
	at := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	d := MessagesData{Messages: []governance.Message{{Subject: "m", Kind: governance.MessageReminder, At: at}, {Subject: "m", At: at.Add(-time.Hour)},
		{Subject: "m", At: at.AddDate(0, 0, -1)}, {Subject: "p", Kind: governance.MessagePoll, At: at.AddDate(0, 0, -1)}},
		Meetings: map[string]governance.Meeting{"m": {}}}
	var got []int
	for _, g := range d.groups() {
		got = append(got, len(g.messages))
	}
	if len(got) != 3 || got[0] != 2 || got[1] != 1 || got[2] != 1 {
		t.Errorf("groups of %v", got)
	}
	if said := d.heading(i18n.For("fr"), d.groups()[2]); said != "Sondage de dates\u00a0: messages du 22 novembre 2026" {
		t.Errorf("%q", said)
	}
}
