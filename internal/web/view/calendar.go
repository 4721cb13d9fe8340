package view

import (
	"slices"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
)

// CalendarList is the name, in addresses, of the calendar month by month.
const CalendarList = "mois"

// CalendarData is a civil year of the committees.
type CalendarData struct {
	Text     *convention.Convention
	Root     string // of the space
	Today    calendar.Date
	Year     int
	List     bool // month by month, not as a table
	Rows     []CalendarRow
	Meetings []governance.Meeting
	Holidays []calendar.Holiday
	School   School
	Add      bool // the reader may plan meetings
}

// CalendarRow is a committee over the year.
type CalendarRow struct {
	Committee *convention.Committee
	Meetings  []governance.Meeting
	Applies   calendar.Period // part of the year on which the convention binds; zero where none
	Due       int             // meetings that its cadence asks for over that part
	Limit     int             // that it allows; -1 for no limit
}

// School is what is known of the school holidays of a territory over a period.
type School struct {
	Zone          string // empty where the convention names none
	Span          calendar.Period
	Holidays      []governance.SchoolHoliday
	Administrator bool // the reader may import them
}

// lacks is the first year of the period, from today on, of whose summer nothing is known: a calendar that was imported for an earlier
// school year ends before it. Zero where nothing lacks.
func (s School) lacks() int {
	for year := s.Span.From.Year(); year <= s.Span.To.Year(); year++ {
		summer := calendar.Of(year, time.August, 1)
		if !s.Span.Contains(summer) {
			continue
		}
		if !slices.ContainsFunc(s.Holidays, func(h governance.SchoolHoliday) bool { return h.Period.Contains(summer) }) {
			return year
		}
	}
	return 0
}

// notice says what is missing for school holidays to be avoided; nil where nothing is.
func (s School) notice(p *i18n.Printer) *Notice {
	switch {
	case s.Zone == "":
		return &Notice{Tone: ToneInfo, Text: p.T("calendar.school.no-zone")}
	case len(s.Holidays) > 0 && s.lacks() == 0:
		return nil
	case len(s.Holidays) > 0 && s.Administrator:
		return &Notice{Tone: ToneInfo, Text: p.T("calendar.school.short", "zone", s.Zone, "year", itoa(s.lacks())), Link: &Link{Label: p.T("school.import"), Href: SchoolPath}}
	case len(s.Holidays) > 0:
		return &Notice{Tone: ToneInfo, Text: p.T("calendar.school.short", "zone", s.Zone, "year", itoa(s.lacks()))}
	case s.Administrator:
		return &Notice{Tone: ToneInfo, Text: p.T("calendar.school.unknown", "zone", s.Zone), Link: &Link{Label: p.T("school.import"), Href: SchoolPath}}
	}
	return &Notice{Tone: ToneInfo, Text: p.T("calendar.school.unknown", "zone", s.Zone)}
}

// meetingTabs are the views of the meetings of a space.
func meetingTabs(p *i18n.Printer, root, current string) []Tab {
	var out []Tab
	for _, x := range [][2]string{{"reunions", "calendar.tab.register"}, {"calendrier", "calendar.tab.calendar"}, {"sondages", "calendar.tab.polls"}} {
		out = append(out, Tab{Label: p.T(x[1]), Href: root + "/" + x[0], Current: x[0] == current})
	}
	return out
}

func (d CalendarData) at(year int, list bool) string {
	view := ""
	if list {
		view = CalendarList
	}
	return address(d.Root+"/calendrier", "annee", itoa(year), "vue", view)
}

func (d CalendarData) views(p *i18n.Printer) []Tab {
	return []Tab{{Label: p.T("calendar.view.table"), Href: d.at(d.Year, false), Current: !d.List},
		{Label: p.T("calendar.view.list"), Href: d.at(d.Year, true), Current: d.List}}
}

func (d CalendarData) paging() Paging {
	return Paging{Back: itoa(d.Year - 1), Onward: itoa(d.Year + 1), Previous: d.at(d.Year-1, d.List), Next: d.at(d.Year+1, d.List), Summary: itoa(d.Year)}
}

func (d CalendarData) actions(p *i18n.Printer) []Link {
	if !d.Add {
		return nil
	}
	return []Link{{Label: p.T("calendar.propose"), Href: address(d.Root+"/calendrier/proposer", "periode", itoa(max(d.Year, d.Today.Year()))), Icon: "planned"},
		{Label: p.T("meeting.add"), Href: d.Root + "/reunions/ajouter", Icon: "add"}}
}

func (r CalendarRow) count(s governance.MeetingState) int {
	n := 0
	for _, m := range r.Meetings {
		if m.State == s {
			n++
		}
	}
	return n
}

// asks says what the convention asks of the committee, with the clause; asked of a part of the year where it binds on a part.
func (r CalendarRow) asks(p *i18n.Printer, text *convention.Convention) string {
	k := r.Committee
	if k.Cadence == nil {
		return p.T("calendar.asks.nothing")
	}
	said := p.T("calendar.asks", "cadence", k.Cadence.Say(), "cite", text.Cite(k.Cadence.Place))
	year := calendar.CivilYear(r.Applies.From.Year())
	if k.Cadence.AsNeeded || k.Cadence.Over == convention.Rolling12 || r.Applies.From.IsZero() || r.Applies == year {
		return said
	}
	return said + " " + p.T("calendar.asks.part", "from", r.Applies.From, "to", r.Applies.To, "count", r.Due)
}

// stands says where the committee stands in the year.
func (r CalendarRow) stands(p *i18n.Printer, year int) string {
	held, planned, cancelled := r.count(governance.Held), r.count(governance.Planned), r.count(governance.Cancelled)
	said := p.T("calendar.stands", "year", itoa(year), "held", sayCount("calendar.held", held), "planned", sayCount("calendar.planned", planned))
	if cancelled > 0 {
		said += " " + p.T("calendar.cancelled", "count", cancelled)
	}
	if lack := r.lack(); lack > 0 {
		said += " " + p.T("calendar.lack", "count", lack)
	}
	if k := r.Committee.Cadence; k != nil && k.Over != convention.Rolling12 && r.Limit >= 0 && !r.Applies.From.IsZero() && held+planned > r.Limit {
		said += " " + p.T("calendar.excess", "count", r.Limit)
	}
	return said
}

// sayCount says how many there are, or that there is none.
func sayCount(key string, n int) fault.Message {
	if n == 0 {
		return fault.Say(key + ".none")
	}
	return fault.Say(key, "count", n)
}

// lack is how many meetings are neither held nor planned in the year; 0 where twelve months roll, which no year tells.
func (r CalendarRow) lack() int {
	if k := r.Committee.Cadence; k == nil || k.AsNeeded || k.Over == convention.Rolling12 {
		return 0
	}
	return max(0, r.Due-r.count(governance.Held)-r.count(governance.Planned))
}

func (r CalendarRow) in(month time.Month) []governance.Meeting {
	var out []governance.Meeting
	for _, m := range r.Meetings {
		if m.Day.Month() == month {
			out = append(out, m)
		}
	}
	return out
}

// calendarMonth is a month of the year with all that falls in it.
type calendarMonth struct {
	First    calendar.Date
	Meetings []governance.Meeting
	Holidays []calendar.Holiday
	School   []governance.SchoolHoliday
}

func (d CalendarData) months() []calendarMonth {
	out := make([]calendarMonth, 12)
	for i := range out {
		first := calendar.Of(d.Year, time.Month(i+1), 1)
		month := calendar.Period{From: first, To: first.AddMonths(1).AddDays(-1)}
		out[i].First = first
		for _, m := range d.Meetings {
			if month.Contains(m.Day) {
				out[i].Meetings = append(out[i].Meetings, m)
			}
		}
		for _, h := range d.Holidays {
			if month.Contains(h.Day) {
				out[i].Holidays = append(out[i].Holidays, h)
			}
		}
		for _, h := range d.School.Holidays {
			if _, shared := month.Overlap(h.Period); shared {
				out[i].School = append(out[i].School, h)
			}
		}
	}
	return out
}

func (m calendarMonth) empty() bool { return len(m.Meetings)+len(m.Holidays)+len(m.School) == 0 }

func (m calendarMonth) holidays(p *i18n.Printer) []string {
	out := make([]string, 0, len(m.Holidays))
	for _, h := range m.Holidays {
		out = append(out, p.T("calendar.holiday", "name", p.T("holiday."+h.Key), "day", p.Date(h.Day)))
	}
	return out
}

func (m calendarMonth) school(p *i18n.Printer) []string {
	out := make([]string, 0, len(m.School))
	for _, h := range m.School {
		out = append(out, p.T("calendar.school.period", "name", h.Name, "days", p.Period(h.Period)))
	}
	return out
}

// closedTable lists public holidays and school holidays by month.
func (d CalendarData) closedTable(p *i18n.Printer) Table {
	t := Table{Caption: p.T("calendar.closed"), Hidden: true, Columns: []Column{{Title: p.T("calendar.month")}, {Title: p.T("calendar.holidays")}}}
	if len(d.School.Holidays) > 0 {
		t.Columns = append(t.Columns, Column{Title: p.T("calendar.school", "zone", d.School.Zone)})
	}
	for _, m := range d.months() {
		if len(m.Holidays)+len(m.School) == 0 {
			continue
		}
		row := Row{Cells: []templ.Component{Text(p.Month(m.First)), stacked(m.holidays(p))}}
		if len(d.School.Holidays) > 0 {
			row.Cells = append(row.Cells, stacked(m.school(p)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// SchoolPath is where an administrator imports the school holidays.
const SchoolPath = AdminPath + "/vacances"

// monthWord is the name of a month alone.
func monthWord(p *i18n.Printer, m time.Month) string {
	return p.T("common.month." + strconv.Itoa(int(m)))
}

// shortMonth is the name of a month for a narrow column.
func shortMonth(p *i18n.Printer, m time.Month) string {
	return p.T("calendar.month." + strconv.Itoa(int(m)))
}
