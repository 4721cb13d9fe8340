package document

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"entente/internal/calendar"
)

// Workbook is a file of tables for a spreadsheet program.
type Workbook struct {
	Title  string
	Lang   string // "fr", "en"
	Author string
	Sheets []Sheet
}

// Sheet is one table: a row of titles, which stays in sight, and rows under it.
type Sheet struct {
	Name    string // on its tab; what a tab cannot hold is left out
	Columns []SheetColumn
	Rows    [][]Cell
}

// SheetColumn is a column of a sheet. Its kind says how the figures and the days in it are shown.
type SheetColumn struct {
	Title string
	Kind  Kind
	Width int    // in characters; 0 reads as what its kind needs
	Unit  string // beside the title: "jours", "m²"; empty for none
}

// heading is the title with the unit.
func (c SheetColumn) heading() string {
	if c.Unit == "" {
		return c.Title
	}
	return c.Title + " (" + c.Unit + ")"
}

// Kind is what a column holds.
type Kind string

// The kinds. Money is in euros; the figures of Percent are shares of one: 0.25 reads 25 %.
const (
	Texts    Kind = ""
	Numbers  Kind = "number"
	Integers Kind = "integer"
	Dates    Kind = "date"
	Money    Kind = "money"
	Percent  Kind = "percent"
)

// Cell is a text, a figure or a day. The zero value is empty. What it is, it stays: a text is never read as a formula, nor as
// a figure.
type Cell struct {
	text   string // the words, or the figure with a point
	figure bool
	day    calendar.Date
}

// CellText is a text.
func CellText(s string) Cell { return Cell{text: s} }

// CellNumber is a figure; one that is none (NaN, infinite) leaves the cell empty.
func CellNumber(f float64) Cell {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return Cell{}
	}
	return Cell{text: strconv.FormatFloat(f, 'f', -1, 64), figure: true}
}

// CellInteger is a whole figure.
func CellInteger(n int64) Cell { return Cell{text: strconv.FormatInt(n, 10), figure: true} }

// CellCents is an amount in cents of euro, exact.
func CellCents(n int64) Cell {
	sign, u := "", uint64(n)
	if n < 0 {
		sign, u = "-", -u
	}
	return Cell{text: fmt.Sprintf("%s%d.%02d", sign, u/100, u%100), figure: true}
}

// CellDate is a day; no day leaves the cell empty.
func CellDate(d calendar.Date) Cell { return Cell{day: d} }

// sheetNames are the names on the tabs: none empty, none longer than programs allow, none twice.
func (w *Workbook) sheetNames() []string {
	out := make([]string, len(w.Sheets))
	taken := map[string]bool{"history": true} // Excel keeps this one for itself
	for i, s := range w.Sheets {
		base := strings.Trim(strings.Map(func(r rune) rune {
			if r < ' ' || strings.ContainsRune(`[]:*?/\`, r) {
				return -1
			}
			return r
		}, strings.ToValidUTF8(s.Name, "")), "' ")
		name := cut(base, 31)
		for n := 2; name == "" || taken[strings.ToLower(name)]; n++ {
			end := " " + strconv.Itoa(n)
			name = strings.TrimLeft(cut(base, 31-len(end))+end, " ")
		}
		taken[strings.ToLower(name)] = true
		out[i] = name
	}
	return out
}

// cut keeps the first signs of a text, counted as spreadsheet programs do: in units of UTF-16.
func cut(s string, units int) string {
	for i, r := range s {
		n := 1
		if r > 0xffff {
			n = 2
		}
		if units -= n; units < 0 {
			return s[:i]
		}
	}
	return s
}

// width is that of the column in characters.
func (c SheetColumn) width() int {
	if c.Width > 0 {
		return min(c.Width, 255)
	}
	title := utf8.RuneCountInString(c.heading()) + 4 // room for the button of the filter
	return max(map[Kind]int{Texts: 32, Dates: 12, Money: 14}[c.Kind], min(title, 40), 10)
}
