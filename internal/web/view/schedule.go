package view

import (
	"net/url"
	"strconv"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
)

// ScheduleData is the page of the dates proposed for a period: what is asked, what is proposed, what could not be.
type ScheduleData struct {
	Text        *convention.Convention
	Root        string // of the space
	Today       calendar.Date
	Period      calendar.Period
	Preferences map[string]governance.Preference
	School      School
	Ends        calendar.Date // last day of the convention, where it ends within the period
	Plan        governance.Schedule
	Rows        []ProposedRow
	Faults      fault.Fields
	Message     fault.Message
	Checked     bool // the dates were only looked at, and have no fault
}

// ProposedRow is one date of the form, as proposed or as it was typed.
type ProposedRow struct {
	Keep      bool
	Kept      int // rank among those kept
	Committee string
	Day       string
	Time      string
	Proposed  string // the day that was proposed
	Reasons   []fault.Message
	Warnings  []fault.Message
}

// Warn puts what speaks against the dates that were kept beside them.
func (d *ScheduleData) Warn(kept [][]fault.Message) {
	for i := range d.Rows {
		if d.Rows[i].Keep {
			d.Rows[i].Warnings = kept[d.Rows[i].Kept]
		}
	}
}

// Explain puts the reasons of the choice beside the dates that stand as they were proposed.
func (d *ScheduleData) Explain() {
	for i := range d.Rows {
		for _, x := range d.Plan.Proposals {
			if x.Committee == d.Rows[i].Committee && x.Day.String() == d.Rows[i].Proposed && d.Rows[i].Day == d.Rows[i].Proposed {
				d.Rows[i].Reasons = x.Reasons
			}
		}
	}
}

// period names the period in addresses.
func (d ScheduleData) period() string {
	if d.Period == calendar.CivilYear(d.Period.From.Year()) {
		return itoa(d.Period.From.Year())
	}
	return "12-mois"
}

// asked are the choices of the filter, as the form carries them on.
func (d ScheduleData) asked() [][2]string {
	out := [][2]string{{"periode", d.period()}}
	for _, k := range d.scheduled() {
		p := d.Preferences[k.ID]
		if p.Weekday != 0 {
			out = append(out, [2]string{"jour-" + k.ID, itoa(int(p.Weekday))})
		}
		if p.Time != "" {
			out = append(out, [2]string{"heure-" + k.ID, p.Time})
		}
	}
	return out
}

// Here is the address of the page with what it was asked.
func (d ScheduleData) Here() string {
	q := url.Values{}
	for _, x := range d.asked() {
		q.Set(x[0], x[1])
	}
	return d.Root + "/calendrier/proposer?" + q.Encode()
}

// scheduled are the committees that have a rhythm.
func (d ScheduleData) scheduled() []*convention.Committee {
	var out []*convention.Committee
	for i := range d.Text.Committees {
		if k := &d.Text.Committees[i]; k.Cadence != nil && !k.Cadence.AsNeeded {
			out = append(out, k)
		}
	}
	return out
}

// asNeeded names the committees for which nothing is proposed.
func (d ScheduleData) asNeeded() []string {
	var out []string
	for _, id := range d.Plan.AsNeeded {
		if k := d.Text.Committee(id); k != nil {
			out = append(out, k.Name)
		}
	}
	return out
}

// ask is the form that asks for other dates.
func (d ScheduleData) ask(p *i18n.Printer) Form {
	year := d.Today.Year()
	period := Field{Kind: SelectField, Name: "periode", Value: d.period(), Label: p.T("calendar.period"), Options: []Option{
		{Value: itoa(year), Label: p.T("calendar.period.rest", "year", itoa(year))}, {Value: itoa(year + 1), Label: itoa(year + 1)},
		{Value: "12-mois", Label: p.T("calendar.period.coming")}}}
	if y := d.Period.From.Year(); y > year+1 {
		period.Options = append(period.Options, Option{Value: itoa(y), Label: itoa(y)})
	}
	f := Form{ID: "ask", Get: true, Compact: true, Quiet: true, Action: d.Root + "/calendrier/proposer", Submit: p.T("calendar.ask"), Fields: []Field{period}}
	for _, k := range d.scheduled() {
		pref := d.Preferences[k.ID]
		day := Field{Kind: SelectField, Name: "jour-" + k.ID, Label: p.T("calendar.preferred-day", "committee", k.Name), Value: itoa(int(pref.Weekday)),
			Options: []Option{{Value: "0", Label: p.T("calendar.any-day")}}}
		for n := 1; n <= 5; n++ {
			day.Options = append(day.Options, Option{Value: itoa(n), Label: p.T("common.weekday." + strconv.Itoa(n))})
		}
		f.Fields = append(f.Fields, day, Field{Kind: TimeField, Name: "heure-" + k.ID, Label: p.T("calendar.preferred-time", "committee", k.Name), Value: pref.Time})
	}
	return f
}

func rowName(name string, i int) string { return name + "-" + strconv.Itoa(i) }

// form has the fields of every row, for the summary of what is wrong and for their labels.
func (d ScheduleData) form(p *i18n.Printer) Form {
	f := Form{ID: "dates", Action: d.Root + "/calendrier/reunions", Faults: d.Faults, Message: d.Message}
	for i, r := range d.Rows {
		f.Fields = append(f.Fields, d.dayField(p, i, r), d.timeField(p, i, r))
	}
	return f
}

func (d ScheduleData) keepField(p *i18n.Printer, i int, r ProposedRow) Field {
	return Field{Kind: CheckboxField, Name: rowName("retenir", i), Label: p.T("calendar.keep"), Checked: r.Keep}
}

func (d ScheduleData) dayField(p *i18n.Printer, i int, r ProposedRow) Field {
	return Field{Kind: DateField, Name: rowName("date", i), Label: p.T("meeting.field.day"), Value: r.Day}
}

func (d ScheduleData) timeField(p *i18n.Printer, i int, r ProposedRow) Field {
	return Field{Kind: TimeField, Name: rowName("heure", i), Label: p.T("meeting.field.time"), Value: r.Time}
}

// legend names a row: its committee, and the day in words where it is one.
func (d ScheduleData) legend(p *i18n.Printer, r ProposedRow) string {
	name := r.Committee
	if k := d.Text.Committee(r.Committee); k != nil {
		name = k.Name
	}
	day, err := calendar.Parse(r.Day)
	if err != nil || day.IsZero() {
		return name
	}
	return p.T("calendar.row", "committee", name, "date", p.Date(day))
}

// shortfalls says what could not be proposed.
func (d ScheduleData) shortfalls(p *i18n.Printer) []string {
	var out []string
	for _, s := range d.Plan.Shortfalls {
		name := s.Committee
		if k := d.Text.Committee(s.Committee); k != nil {
			name = k.Name
		}
		out = append(out, p.Say(s.Say(name)))
	}
	return out
}

// verdict says what the look at the dates came to.
func (d ScheduleData) verdict(p *i18n.Printer) Notice {
	n := 0
	for _, r := range d.Rows {
		n += len(r.Warnings)
	}
	if n > 0 {
		return Notice{Tone: ToneWarning, Text: p.T("calendar.checked.warned", "count", n)}
	}
	return Notice{Tone: ToneGood, Text: p.T("calendar.checked.good")}
}
