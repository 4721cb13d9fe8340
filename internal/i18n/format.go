package i18n

import (
	"strconv"
	"strings"
	"time"

	"entente/internal/calendar"
)

// calendarWords are the names of days and months, read once.
type calendarWords struct {
	weekdays [7]string
	months   [12]string
	first    string // the first day of a month: "1er", "1"
}

func (p *Printer) readCalendar() calendarWords {
	var w calendarWords
	for i := range w.weekdays {
		w.weekdays[i] = p.T("common.weekday." + strconv.Itoa(i))
	}
	for i := range w.months {
		w.months[i] = p.T("common.month." + strconv.Itoa(i+1))
	}
	w.first = p.T("common.date.first")
	return w
}

// Date writes a day with its weekday: "mardi 8 décembre 2026". No day gives the empty string, here and below.
func (p *Printer) Date(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return p.calendar.weekdays[d.Weekday()] + " " + p.Day(d)
}

// Day writes a day: "8 décembre 2026", "1er mars 2027".
func (p *Printer) Day(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	y, m, n := d.Time().Date()
	day := strconv.Itoa(n)
	if n == 1 {
		day = p.calendar.first
	}
	return day + " " + p.calendar.months[m-1] + " " + strconv.Itoa(y)
}

// Month writes the month of a day: "décembre 2026".
func (p *Printer) Month(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return p.calendar.months[d.Month()-1] + " " + strconv.Itoa(d.Year())
}

// Short writes a day in figures, as tables need: "08/12/2026", in both languages.
func (p *Printer) Short(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format("02/01/2006")
}

// Instant writes day and hour in Paris: "mardi 8 décembre 2026 à 14 h 05".
func (p *Printer) Instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(calendar.Paris)
	return p.T("common.instant", "date", p.Date(calendar.On(t, calendar.Paris)), "time", p.hour(t))
}

// ShortInstant writes day and hour in Paris for tables: "08/12/2026, 14 h 05".
func (p *Printer) ShortInstant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(calendar.Paris)
	return p.Short(calendar.On(t, calendar.Paris)) + ", " + p.hour(t)
}

// Clock writes an hour given as "14:05": "14 h 05", or "14 h" on the hour in French. What is not an hour comes back as is.
func (p *Printer) Clock(hhmm string) string {
	t, err := time.Parse("15:04", hhmm)
	if err != nil {
		return hhmm
	}
	return p.hour(t)
}

func (p *Printer) hour(t time.Time) string {
	key := "common.clock.minutes"
	if t.Minute() == 0 {
		key = "common.clock.sharp"
	}
	return p.T(key, "hour", strconv.Itoa(t.Hour()), "hour2", t.Format("15"), "minute", t.Format("04"))
}

// At writes a day with an hour given as "14:05": "mardi 8 décembre 2026 à 14 h 05"; the day alone where no hour is known.
func (p *Printer) At(d calendar.Date, hhmm string) string {
	if hhmm == "" {
		return p.Date(d)
	}
	return p.T("common.instant", "date", p.Date(d), "time", p.Clock(hhmm))
}

// Duration writes minutes as people do: "1 h 50", "45 min"; nothing for none.
func (p *Printer) Duration(minutes int) string {
	switch h, m := minutes/60, minutes%60; {
	case minutes == 0:
		return ""
	case h == 0:
		return p.T("agenda.minutes", "minutes", strconv.Itoa(m))
	case m == 0:
		return p.T("agenda.hours", "hours", strconv.Itoa(h))
	default:
		return p.T("agenda.hours-minutes", "hours", strconv.Itoa(h), "minutes", strconv.Itoa(m/10)+strconv.Itoa(m%10))
	}
}

// Period writes from when to when: "du 8 décembre 2026 au 9 mars 2027", "depuis le …" where the end is open.
func (p *Printer) Period(d calendar.Period) string {
	switch {
	case d.From.IsZero() && d.To.IsZero():
		return ""
	case d.To.IsZero():
		return p.T("common.period.open", "from", d.From)
	case d.From.IsZero():
		return p.T("common.period.until", "to", d.To)
	}
	return p.T("common.period.closed", "from", d.From, "to", d.To)
}

// Number writes a whole number with its digits in groups of three.
func (p *Printer) Number(n int) string {
	s := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, s = "\u2212", s[1:]
	}
	if len(s) <= 3 {
		return sign + s
	}
	var b strings.Builder
	b.WriteString(sign)
	for i := range len(s) {
		if i > 0 && (len(s)-i)%3 == 0 {
			b.WriteString(p.T("common.number.group"))
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// List joins words: "a", "a et b", "a, b et c".
func (p *Printer) List(words []string) string {
	n := len(words)
	switch n {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	return p.T("common.list", "head", strings.Join(words[:n-1], ", "), "last", words[n-1])
}
