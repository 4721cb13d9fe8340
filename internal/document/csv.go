package document

import (
	"bufio"
	"io"
	"regexp"
	"strings"
)

// WriteCSV writes a sheet as spreadsheet programs in French open it at once: a mark of UTF-8, semicolons, decimal commas, days
// as dd/mm/yyyy, lines ended as Windows does.
func WriteCSV(w io.Writer, s Sheet) error {
	b := bufio.NewWriter(w)
	_, _ = b.WriteString("\ufeff") // an error stays in the writer until Flush
	titles := make([]string, len(s.Columns))
	for i, c := range s.Columns {
		titles[i] = harmless(c.heading())
	}
	csvLine(b, titles)
	for _, row := range s.Rows {
		cells := make([]string, len(s.Columns))
		for i := range cells[:min(len(row), len(cells))] {
			cells[i] = row[i].csv(s.Columns[i].Kind)
		}
		csvLine(b, cells)
	}
	return b.Flush()
}

func csvLine(b *bufio.Writer, cells []string) {
	for i, s := range cells {
		if i > 0 {
			_ = b.WriteByte(';') // as above
		}
		if strings.ContainsAny(s, ";\"\n\r") || strings.TrimSpace(s) != s {
			s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
		}
		_, _ = b.WriteString(s)
	}
	_, _ = b.WriteString("\r\n")
}

func (c Cell) csv(k Kind) string {
	switch {
	case !c.day.IsZero():
		return c.day.Time().Format("02/01/2006")
	case !c.figure:
		return harmless(c.text)
	case k == Percent:
		return strings.Replace(hundredfold(c.text), ".", ",", 1) + "%"
	}
	return strings.Replace(c.text, ".", ",", 1)
}

// hundredfold moves the point of a figure two places to the right, without the errors of floating point.
func hundredfold(s string) string {
	whole, part, _ := strings.Cut(s, ".")
	part += "00"
	sign := ""
	if rest, negative := strings.CutPrefix(whole, "-"); negative {
		sign, whole = "-", rest
	}
	whole = strings.TrimLeft(whole+part[:2], "0")
	if whole == "" {
		whole = "0"
	}
	if part = strings.TrimRight(part[2:], "0"); part != "" {
		part = "." + part
	}
	return sign + whole + part
}

var plainFigure = regexp.MustCompile(`^[+-][0-9]+([.,][0-9]+)?$`)

// harmless keeps a text from being read as a formula: an apostrophe goes before one that begins like one. A figure that stands
// as a text, such as "-3", is left alone.
func harmless(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\x00", "")
	if s == "" || !strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(s)[0]) {
		return s
	}
	if plainFigure.MatchString(s) {
		return s
	}
	return "'" + s
}
