package governance

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"entente/internal/calendar"
	"entente/internal/fault"
)

// SchoolHoliday is a run of days without school in a zone.
type SchoolHoliday struct {
	Zone   string // one of SchoolZones
	Name   string // as published: "Vacances d’hiver"
	Period calendar.Period
}

// SchoolZones are the zones of metropolitan France. Corsica and the overseas territories, which have calendars of their own,
// are none of them.
var SchoolZones = []string{"A", "B", "C"}

// LineFault is what is wrong with a line of a file, the first line being 1.
type LineFault struct {
	Line    int
	Message fault.Message
}

// maxSchoolFaults is how many faults of a file are listed: a file with more is not the right file.
const maxSchoolFaults = 50

// schoolColumns are the headers by which each column is known: in the ministry's own file, in French and in English, and in
// plainer ones. Last is a day of holiday; back is the day on which school begins again, as the ministry gives it.
var schoolColumns = map[string][]string{
	"zone":  {"zone", "zones"},
	"name":  {"nom", "description", "name", "vacances"},
	"first": {"premier jour", "date de debut", "start date", "debut"},
	"last":  {"dernier jour", "last day"},
	"back":  {"date de fin", "end date", "fin", "reprise"},
	"who":   {"population"},
}

// ReadSchoolHolidays reads a file of school holidays: comma or semicolon between columns, which are known by their headers
// in any order; a mark at the start of the file is passed over. Lines for teachers alone and for zones other than A, B and C
// are passed over; what several academies of a zone repeat is kept once. With any fault nothing is given.
func ReadSchoolHolidays(source []byte) ([]SchoolHoliday, []LineFault) {
	r := schoolReader{at: map[string]int{}, seen: map[SchoolHoliday]bool{}}
	in := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(source, []byte("\xef\xbb\xbf"))))
	in.Comma, in.FieldsPerRecord, in.LazyQuotes = separator(source), -1, true
	for first := true; ; first = false {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, []LineFault{{lineOf(err), fault.Say("school.fault.unreadable")}}
		}
		line, _ := in.FieldPos(0)
		if !first {
			r.row(line, row)
		} else if wrong := r.head(row); len(wrong) > 0 {
			return nil, wrong
		}
	}
	if len(r.list) == 0 && len(r.faults) == 0 {
		r.fault(1, "school.fault.none")
	}
	if len(r.faults) > 0 {
		return nil, r.faults[:min(len(r.faults), maxSchoolFaults)]
	}
	slices.SortFunc(r.list, func(a, b SchoolHoliday) int {
		return cmp.Or(cmp.Compare(a.Zone, b.Zone), a.Period.From.Compare(b.Period.From), cmp.Compare(a.Name, b.Name))
	})
	return r.list, nil
}

// lineOf is the line on which a file can be read no further.
func lineOf(err error) int {
	var at *csv.ParseError
	if errors.As(err, &at) {
		return at.Line
	}
	return 1
}

// separator is what stands more often in the first line.
func separator(source []byte) rune {
	first, _, _ := bytes.Cut(source, []byte("\n"))
	if bytes.Count(first, []byte(";")) > bytes.Count(first, []byte(",")) {
		return ';'
	}
	return ','
}

type schoolReader struct {
	at     map[string]int // column of each kind
	list   []SchoolHoliday
	seen   map[SchoolHoliday]bool
	faults []LineFault
}

func (r *schoolReader) fault(line int, key string, pairs ...any) {
	r.faults = append(r.faults, LineFault{line, fault.Say(key, pairs...)})
}

// head finds the columns.
func (r *schoolReader) head(row []string) []LineFault {
	for kind, names := range schoolColumns {
		for i, title := range row {
			if slices.Contains(names, plainTitle(title)) {
				r.at[kind] = i
				break
			}
		}
	}
	_, last := r.at["last"]
	_, back := r.at["back"]
	for _, kind := range []string{"zone", "name", "first"} {
		if _, found := r.at[kind]; !found {
			r.fault(1, "school.fault.column."+kind)
		}
	}
	if !last && !back {
		r.fault(1, "school.fault.column.last")
	}
	return r.faults
}

// plainTitle is a header without accents, capitals and underscores, of the few that stand in such files.
func plainTitle(s string) string {
	return strings.NewReplacer("_", " ", "é", "e", "è", "e").Replace(strings.ToLower(strings.TrimSpace(s)))
}

func (r *schoolReader) cell(row []string, kind string) string {
	i, found := r.at[kind]
	if !found || i >= len(row) {
		return ""
	}
	return strings.TrimSpace(row[i])
}

func (r *schoolReader) row(line int, row []string) {
	if strings.TrimSpace(strings.Join(row, "")) == "" || strings.HasPrefix(strings.ToLower(r.cell(row, "who")), "enseignant") {
		return
	}
	zone := r.cell(row, "zone")
	if zone == "" {
		r.fault(line, "school.fault.zone")
		return
	}
	h := SchoolHoliday{Zone: strings.ToUpper(strings.TrimSpace(strings.TrimPrefix(strings.ToLower(zone), "zone"))), Name: r.cell(row, "name")}
	if !slices.Contains(SchoolZones, h.Zone) {
		if len(h.Zone) == 1 {
			r.fault(line, "school.fault.zone-unknown", "zone", zone)
		}
		return
	}
	if h.Name == "" || len(h.Name) > 200 {
		r.fault(line, "school.fault.name")
	}
	h.Period = r.period(line, row)
	if h.Name != "" && !h.Period.From.IsZero() && !r.seen[h] {
		r.seen[h] = true
		r.list = append(r.list, h)
	}
}

// period reads the days of a line; zero where they are at fault.
func (r *schoolReader) period(line int, row []string) calendar.Period {
	from, ok := schoolDay(r.cell(row, "first"))
	if !ok {
		r.fault(line, "school.fault.date", "text", r.cell(row, "first"))
		return calendar.Period{}
	}
	text, back := r.cell(row, "last"), false
	if text == "" {
		text, back = r.cell(row, "back"), true
	}
	to, ok := schoolDay(text)
	switch {
	case !ok:
		r.fault(line, "school.fault.date", "text", text)
	case to.Before(from):
		r.fault(line, "school.fault.order", "from", from, "to", to)
	case to.DaysSince(from) > 120:
		r.fault(line, "school.fault.long", "from", from, "to", to)
	case back && to.After(from):
		return calendar.Period{From: from, To: to.AddDays(-1)}
	default:
		return calendar.Period{From: from, To: to}
	}
	return calendar.Period{}
}

// schoolDay reads a day, or an instant of which it is the day in Paris.
func schoolDay(s string) (calendar.Date, bool) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return calendar.On(t, calendar.Paris), true
	}
	if t, err := time.Parse("02/01/2006", s); err == nil {
		return calendar.Of(t.Date()), true
	}
	d, err := calendar.Parse(s)
	return d, err == nil && !d.IsZero()
}
