package document

import (
	"bufio"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"entente/internal/calendar"
)

// Method is what a calendar is sent for.
type Method string

// The methods. A request invites and changes, a cancel takes back; a publish only tells.
const (
	Publish Method = "PUBLISH"
	Request Method = "REQUEST"
	Cancel  Method = "CANCEL"
)

// Agenda is a calendar with its events: one, sent by mail, or many, to subscribe to.
type Agenda struct {
	Method      Method
	Name        string        // what programs call a calendar that one subscribes to; empty for one sent by mail
	Description string        // of that calendar
	Address     string        // where it stands
	Refresh     time.Duration // how often programs should look again; 0 for no word on it
	Events      []Event
}

// Event is an appointment. Its UID names it for ever: a change is the same UID with a higher Sequence.
type Event struct {
	UID         string
	Sequence    int
	Start, End  time.Time     // written in the time of Paris; an End that is not after Start is left out
	Day         calendar.Date // instead of Start and End: the whole of one day, for a meeting whose hour nobody said
	Summary     string
	Description string
	Location    string
	URL         string
	Organizer   Person
	Attendees   []Attendee
	Stamp       time.Time // when it was last changed
	Status      Status
}

// Person is a name and an address of mail. An organizer without address is left out.
type Person struct{ Name, Email string }

// Attendee is somebody who is asked to come. Those of a Publish are left out, as the standard wants: a calendar that anybody
// may subscribe to does not tell who is asked.
type Attendee struct {
	Person
	Optional bool     // a substitute, or somebody who may come
	Answer   Partstat // empty: none yet
	RSVP     bool     // an answer is asked for
}

// Partstat is what somebody answered.
type Partstat string

// The answers. The zero value reads as Waiting.
const (
	Waiting   Partstat = "NEEDS-ACTION"
	Accepted  Partstat = "ACCEPTED"
	Declined  Partstat = "DECLINED"
	Tentative Partstat = "TENTATIVE"
	Delegated Partstat = "DELEGATED"
)

// Status is how sure an event is.
type Status string

// The statuses. The zero value reads as Confirmed; the events of a Cancel are cancelled whatever they say.
const (
	Confirmed  Status = "CONFIRMED"
	Unsure     Status = "TENTATIVE"
	CalledOff  Status = "CANCELLED"
	zone              = "Europe/Paris"
	identifier        = "-//Entente//Entente//FR"
)

// WriteICS writes the calendar as RFC 5545 (and RFC 5546 for what is sent) wants it, with the rules of the time of Paris.
func WriteICS(w io.Writer, a *Agenda) error {
	c := icsWriter{bufio.NewWriter(w)}
	c.line("BEGIN", "", "VCALENDAR")
	c.line("VERSION", "", "2.0")
	c.line("PRODID", "", identifier)
	c.line("CALSCALE", "", "GREGORIAN")
	method := a.Method
	if method == "" {
		method = Publish
	}
	c.line("METHOD", "", string(method))
	c.subscription(a)
	for _, s := range parisRules {
		c.line(s[0], "", s[1])
	}
	for _, e := range a.Events {
		c.event(e, method)
	}
	c.line("END", "", "VCALENDAR")
	return c.Flush()
}

// parisRules are those in force since 1996, which hold for every event that Entente knows.
var parisRules = [][2]string{
	{"BEGIN", "VTIMEZONE"}, {"TZID", zone}, {"X-LIC-LOCATION", zone},
	{"BEGIN", "DAYLIGHT"}, {"DTSTART", "19960331T020000"}, {"RRULE", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"}, {"TZOFFSETFROM", "+0100"}, {"TZOFFSETTO", "+0200"}, {"TZNAME", "CEST"}, {"END", "DAYLIGHT"},
	{"BEGIN", "STANDARD"}, {"DTSTART", "19961027T030000"}, {"RRULE", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"}, {"TZOFFSETFROM", "+0200"}, {"TZOFFSETTO", "+0100"}, {"TZNAME", "CET"}, {"END", "STANDARD"},
	{"END", "VTIMEZONE"},
}

type icsWriter struct{ *bufio.Writer }

// subscription says what the calendar is called: by the standard (RFC 7986) and by the names that programs knew before it.
func (c icsWriter) subscription(a *Agenda) {
	c.words("NAME", a.Name)
	c.words("X-WR-CALNAME", a.Name)
	c.words("DESCRIPTION", a.Description)
	c.words("X-WR-CALDESC", a.Description)
	if a.Name != "" {
		c.line("X-WR-TIMEZONE", "", zone)
	}
	if a.Address != "" {
		c.line("URL", "", address(a.Address))
		c.line("SOURCE", ";VALUE=URI", address(a.Address))
	}
	if a.Refresh > 0 {
		every := "PT" + strconv.Itoa(max(int(a.Refresh.Minutes()), 1)) + "M"
		c.line("REFRESH-INTERVAL", ";VALUE=DURATION", every)
		c.line("X-PUBLISHED-TTL", "", every)
	}
}

func (c icsWriter) event(e Event, method Method) {
	c.line("BEGIN", "", "VEVENT")
	c.line("UID", "", oneLine(e.UID))
	c.line("SEQUENCE", "", strconv.Itoa(e.Sequence))
	c.line("DTSTAMP", "", e.Stamp.UTC().Format("20060102T150405Z"))
	if method != Publish { // what is sent was made for the change that it tells
		c.line("LAST-MODIFIED", "", e.Stamp.UTC().Format("20060102T150405Z"))
	}
	c.times(e)
	c.words("SUMMARY", e.Summary)
	c.words("DESCRIPTION", e.Description)
	c.words("LOCATION", e.Location)
	if e.URL != "" {
		c.line("URL", "", address(e.URL))
	}
	status := e.Status
	if status == "" {
		status = Confirmed
	}
	if method == Cancel {
		status = CalledOff
	}
	c.line("STATUS", "", string(status))
	c.people(e, method)
	c.line("END", "", "VEVENT")
}

func (c icsWriter) times(e Event) {
	if !e.Day.IsZero() {
		c.line("DTSTART", ";VALUE=DATE", e.Day.Time().Format("20060102"))
		c.line("DTEND", ";VALUE=DATE", e.Day.AddDays(1).Time().Format("20060102"))
		c.line("TRANSP", "", "TRANSPARENT") // nobody is taken for a whole day
		return
	}
	c.line("DTSTART", ";TZID="+zone, e.Start.In(calendar.Paris).Format("20060102T150405"))
	if e.End.After(e.Start) {
		c.line("DTEND", ";TZID="+zone, e.End.In(calendar.Paris).Format("20060102T150405"))
	}
	c.line("TRANSP", "", "OPAQUE")
}

func (c icsWriter) people(e Event, method Method) {
	if e.Organizer.Email != "" {
		c.line("ORGANIZER", e.Organizer.parameter(), "mailto:"+oneLine(e.Organizer.Email))
	}
	if method == Publish {
		return
	}
	for _, a := range e.Attendees {
		role, answer := "REQ-PARTICIPANT", a.Answer
		if a.Optional {
			role = "OPT-PARTICIPANT"
		}
		if answer == "" {
			answer = Waiting
		}
		parameters := a.parameter() + ";CUTYPE=INDIVIDUAL;ROLE=" + role + ";PARTSTAT=" + string(answer)
		if a.RSVP && method == Request {
			parameters += ";RSVP=TRUE"
		}
		c.line("ATTENDEE", parameters, "mailto:"+oneLine(a.Email))
	}
}

// parameter is the name as a parameter may hold it: without the quotes that would end it.
func (p Person) parameter() string {
	name := strings.ReplaceAll(oneLine(p.Name), `"`, "'")
	if name == "" {
		return ""
	}
	return `;CN="` + name + `"`
}

// words writes a property of free text, where there is any.
func (c icsWriter) words(name, text string) {
	text = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\ufffd"))
	if text = strings.TrimSpace(text); text != "" {
		c.line(name, "", strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(text))
	}
}

// oneLine leaves out what could begin another line.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

// address is one of the web, as an address stands in a calendar: without blanks.
func address(s string) string { return strings.ReplaceAll(oneLine(s), " ", "%20") }

// lineMost is how many octets a line of a calendar may have.
const lineMost = 75

// line writes a property, folded where it is longer than a line may be, never within a letter.
func (c icsWriter) line(name, parameters, value string) {
	s := name + parameters + ":" + value
	for most := lineMost; len(s) > most; most = lineMost - 1 { // those that follow begin with a blank
		at := most
		for !utf8.RuneStart(s[at]) {
			at--
		}
		_, _ = c.WriteString(s[:at] + "\r\n ") // an error stays in the writer until Flush
		s = s[at:]
	}
	_, _ = c.WriteString(s + "\r\n")
}
