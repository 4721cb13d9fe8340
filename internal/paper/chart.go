package paper

import (
	"fmt"
	"html"
	"strings"

	"entente/internal/document"
)

// bar is one bar of a chart: what it counts, and how many there are.
type bar struct {
	label string
	n     int
}

// Measures of a chart, in the units of its drawing; ten of them are a millimetre and a half.
const (
	chartWidth = 1000
	chartLabel = 420
	chartRow   = 52
	chartBar   = 30
)

// chart draws bars, one below the other, in one colour: lengths alone compare, and each bar says its number. The alternative text says all of
// it; where there is nothing to count nothing is drawn. Its table stands beside it, or comes with it: see counted.
func (b *body) chart(caption string, bars []bar) {
	most := 0
	var said []string
	for _, x := range bars {
		most = max(most, x.n)
		said = append(said, b.P.T("paper.chart.bar", "what", x.label, "count", b.P.Number(x.n)))
	}
	if most == 0 {
		return
	}
	height := chartRow * len(bars)
	var s strings.Builder
	fmt.Fprintf(&s, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="Liberation Sans, Arial, sans-serif" font-size="24" fill="#1c1c1c">`, chartWidth, height)
	for i, x := range bars {
		top := i * chartRow
		long := (chartWidth - chartLabel - 90) * x.n / most
		fmt.Fprintf(&s, `<text x="%d" y="%d" text-anchor="end">%s</text>`, chartLabel-16, top+34, html.EscapeString(x.label))
		if x.n > 0 {
			long = max(long, 2)
		}
		fmt.Fprintf(&s, `<rect x="%d" y="%d" width="%d" height="%d" fill="#1f4e5f"/>`, chartLabel, top+(chartRow-chartBar)/2, long, chartBar)
		fmt.Fprintf(&s, `<text x="%d" y="%d" font-weight="bold">%s</text>`, chartLabel+long+14, top+34, html.EscapeString(b.P.Number(x.n)))
	}
	s.WriteString(`</svg>`)
	b.add(document.Figure{SVG: s.String(), Width: chartWidth * 16 / 100, Height: height * 16 / 100, Caption: caption,
		Alt: b.P.T("paper.chart.alt", "caption", caption, "bars", b.P.List(said))})
}

// counted is a chart with its table.
func (b *body) counted(caption, what string, bars []bar) {
	b.chart(caption, bars)
	t := document.Table{RowHeaders: true, Columns: columns(b.P, what, 6, "paper.chart.number", -2)}
	for _, x := range bars {
		t.Rows = append(t.Rows, cells(x.label, b.P.Number(x.n)))
	}
	b.add(t)
}
