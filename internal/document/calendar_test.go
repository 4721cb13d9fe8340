package document

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/internal/calendar"
)

func written(t interface {
	Helper()
	Fatal(...any)
}, a *Agenda) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteICS(&b, a); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func invitation() *Agenda {
	return &Agenda{Method: Request, Events: []Event{{
		UID: "0193@entente.exemple.fr", Sequence: 2, Stamp: time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC),
		Start: time.Date(2026, 12, 8, 13, 0, 0, 0, time.UTC), End: time.Date(2026, 12, 8, 15, 0, 0, 0, time.UTC),
		Summary: "Comité opérationnel, séance 2; salle A", Description: "Ordre du jour :\n1. Bilan\n2. Suites \\ divers", Location: "4 place du Vieux-Lavoir, Ambreville",
		URL: "https://entente.exemple.fr/r/1", Organizer: Person{"Le secrétariat", "secretariat@exemple.fr"},
		Attendees: []Attendee{{Person: Person{`Élodie "Lou" Marchand; DGS`, "elodie@exemple.fr"}, RSVP: true, Answer: Accepted}, {Person: Person{"", "s@exemple.fr"}, Optional: true}},
	}}}
}

// TestICS: an invitation, sign for sign.
func TestICS(t *testing.T) {
	want := `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Entente//Entente//FR
CALSCALE:GREGORIAN
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Europe/Paris
X-LIC-LOCATION:Europe/Paris
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:0193@entente.exemple.fr
SEQUENCE:2
DTSTAMP:20261124T080000Z
LAST-MODIFIED:20261124T080000Z
DTSTART;TZID=Europe/Paris:20261208T140000
DTEND;TZID=Europe/Paris:20261208T160000
TRANSP:OPAQUE
SUMMARY:Comité opérationnel\, séance 2\; salle A
DESCRIPTION:Ordre du jour :\n1. Bilan\n2. Suites \\ divers
LOCATION:4 place du Vieux-Lavoir\, Ambreville
URL:https://entente.exemple.fr/r/1
STATUS:CONFIRMED
ORGANIZER;CN="Le secrétariat":mailto:secretariat@exemple.fr
ATTENDEE;CN="Élodie 'Lou' Marchand; DGS";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTIC
 IPANT;PARTSTAT=ACCEPTED;RSVP=TRUE:mailto:elodie@exemple.fr
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=OPT-PARTICIPANT;PARTSTAT=NEEDS-ACTION:mailt
 o:s@exemple.fr
END:VEVENT
END:VCALENDAR
`
	if diff := cmp.Diff(want, strings.ReplaceAll(written(t, invitation()), "\r\n", "\n")); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestMethods(t *testing.T) {
	a := invitation()
	a.Method = Cancel
	if got := written(t, a); !strings.Contains(got, "METHOD:CANCEL") || !strings.Contains(got, "STATUS:CANCELLED") || strings.Contains(got, "RSVP") {
		t.Errorf("a cancellation: %s", got)
	}
	a.Method, a.Name, a.Refresh, a.Address = Publish, "Réunions, comité", 6*time.Hour, "https://entente.exemple.fr/c/1.ics"
	got := written(t, a)
	for _, want := range []string{"NAME:Réunions\\, comité\r\n", "X-WR-CALNAME:Réunions\\, comité\r\n", "REFRESH-INTERVAL;VALUE=DURATION:PT360M", "X-PUBLISHED-TTL:PT360M", "SOURCE;VALUE=URI:https://entente"} {
		if !strings.Contains(got, want) {
			t.Errorf("a subscription lacks %q: %s", want, got)
		}
	}
	if strings.Contains(got, "ATTENDEE") {
		t.Error("a subscription tells who is asked")
	}
	if got := written(t, &Agenda{Name: "Vide"}); !strings.HasSuffix(got, "END:VTIMEZONE\r\nEND:VCALENDAR\r\n") {
		t.Errorf("a calendar without events: %s", got)
	}
	day := written(t, &Agenda{Events: []Event{{UID: "1", Day: calendar.Must("2026-12-31")}}})
	if !strings.Contains(day, "DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101") {
		t.Errorf("a day: %s", day)
	}
}

// TestAnotherParserReadsIt: a parser that is not ours finds the instants on both sides of each change of the hour, and the words.
func TestAnotherParserReadsIt(t *testing.T) {
	var instants []time.Time
	for _, s := range []string{"2026-03-28T09:00:00Z", "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T09:00:00Z", "2026-10-24T09:00:00Z", "2026-10-25T01:30:00Z", "2026-10-26T09:00:00Z", "2031-07-14T08:00:00Z"} {
		at, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		instants = append(instants, at)
	}
	a := invitation()
	model := a.Events[0]
	a.Events = nil
	for _, at := range instants {
		e := model
		e.UID, e.Start, e.End = at.Format(time.RFC3339), at, at.Add(2*time.Hour)
		a.Events = append(a.Events, e)
	}
	read, err := ics.ParseCalendar(strings.NewReader(written(t, a)))
	if err != nil {
		t.Fatal(err)
	}
	events := read.Events()
	if len(events) != len(instants) {
		t.Fatalf("%d events", len(events))
	}
	for i, e := range events {
		start, err := e.GetStartAt()
		if err != nil || !start.Equal(instants[i]) {
			t.Errorf("it begins at %v instead of %v: %v", start, instants[i], err)
		}
		if end, err := e.GetEndAt(); err != nil || !end.Equal(instants[i].Add(2*time.Hour)) {
			t.Errorf("it ends at %v: %v", end, err)
		}
		if got := ics.FromText(e.GetProperty(ics.ComponentPropertySummary).Value); got != model.Summary {
			t.Errorf("the summary is %q", got)
		}
		if who := e.Attendees(); len(who) != 2 || who[0].Email() != "elodie@exemple.fr" || who[0].ParticipationStatus() != ics.ParticipationStatusAccepted {
			t.Errorf("the attendees are %v", who)
		}
	}
}

// TestRulesOfParis: the rules that are written give the offsets that the machine's zones give, over thirty years.
func TestRulesOfParis(t *testing.T) {
	lastSunday := func(year int, month time.Month, utcHour int) time.Time {
		d := time.Date(year, month+1, 0, utcHour, 0, 0, 0, time.UTC)
		return d.AddDate(0, 0, -int(d.Weekday()))
	}
	for year := 1997; year < 2037; year++ {
		for month, offset := range map[time.Month]int{time.March: 7200, time.October: 3600} {
			at := lastSunday(year, month, 1)
			_, before := at.Add(-time.Second).In(calendar.Paris).Zone()
			_, after := at.In(calendar.Paris).Zone()
			if after != offset || before != 10800-offset {
				t.Errorf("%v: %d then %d", at, before, after)
			}
		}
	}
}

// TestAnyWordsFold: whatever people write, no line is longer than 75 octets, none is cut within a letter, and the words of an
// event can begin no line of their own.
func TestAnyWordsFold(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringOfN(rapid.RuneFrom([]rune("éœ€𝄞 a,;\\\r\n\"")), 0, 300, -1)).Draw(rt, "text")
		a := &Agenda{Method: Request, Name: s, Events: []Event{{UID: s, Summary: s, Description: s, Location: s, URL: s, Organizer: Person{s, "a@exemple.fr" + s}, Attendees: []Attendee{{Person: Person{s, s}}}}}}
		got := written(rt, a)
		for _, line := range strings.Split(strings.TrimSuffix(got, "\r\n"), "\r\n") {
			if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") {
				rt.Fatalf("the line %q", line)
			}
		}
		if strings.Count(got, "\r\nBEGIN:VEVENT\r\n") != 1 {
			rt.Fatalf("the words made an event: %q", got)
		}
		if text := strings.ReplaceAll(got, "\r\n ", ""); s != "" && strings.TrimSpace(s) == s && !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f }) &&
			!strings.Contains(text, "\r\nSUMMARY:"+strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`).Replace(s)+"\r\n") {
			rt.Fatalf("the summary is lost: %q", text)
		}
	})
}
