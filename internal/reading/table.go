package reading

import (
	"entente/internal/reading/outline"
	"entente/internal/reading/rule"
)

// columns says what each column of a table holds, by its first row: "name", "seats", "axis"…; nothing where the first row
// does not name two columns or more.
func (r *reader) columnsOf(cells []piece) []string {
	out := make([]string, len(cells))
	named := 0
	for i, cell := range cells {
		if m, ok := r.book.First("column", r.text(cell)); ok {
			out[i] = m.Values["column"]
			named++
		}
	}
	if named < 2 {
		return []string{}
	}
	return out
}

// row reads a row of a table of committees, whose first row names its columns.
func (c *council) row(i int) {
	cells := c.cells(i)
	if c.labelled(i, cells) {
		return
	}
	if c.table == nil {
		if c.across = c.committeesOf(i, cells); len(c.across) > 0 {
			c.table = []string{}
			return
		}
		c.table = c.columnsOf(cells)
		return
	}
	if len(c.across) > 0 {
		c.acrossRow(cells, c.doc.Blocks[i])
		return
	}
	if len(c.table) == 0 || len(cells) > len(c.table) {
		return
	}
	b := c.doc.Blocks[i]
	for n, is := range c.table {
		if is == "name" && n < len(cells) {
			k, _, ok := c.opening(i, cells[n])
			if !ok {
				return
			}
			c.current = k
		}
	}
	if c.current == nil {
		return
	}
	for n, cell := range cells {
		if cell.from < cell.to {
			c.cell(cell, c.table[n], b)
		}
	}
	c.current.mode = nothing
	c.current = nil
}

// committeesOf reads the first row of a table with a committee in each column but the first; nothing where it is none.
func (c *council) committeesOf(i int, cells []piece) []*committee {
	names := cells
	if !c.book.Has("committee", c.text(cells[0])) {
		names = cells[1:] // the head of the first column stands in it; where that is blank, the row begins with a committee
	}
	if len(names) < 2 {
		return nil
	}
	var out []*committee
	for _, cell := range names {
		if !c.book.Has("committee", c.text(cell)) {
			return nil
		}
	}
	for _, cell := range names {
		k, _, ok := c.opening(i, cell)
		if !ok {
			return nil
		}
		out = append(out, k)
	}
	return out
}

// acrossRow reads a row of such a table: its first cell says what the others hold.
func (c *council) acrossRow(cells []piece, b outline.Block) {
	m, ok := c.book.First("column", c.text(cells[0]))
	if !ok || len(cells) > len(c.across)+1 {
		return
	}
	for n, cell := range cells[1:] {
		if cell.from < cell.to {
			c.current = c.across[n]
			c.cell(cell, m.Values["column"], b)
			c.current.mode = nothing
		}
	}
	c.current = nil
}

// labelled reads a row of a table about one committee, whose first cell says what the second holds.
func (c *council) labelled(i int, cells []piece) bool {
	if c.current == nil || len(cells) != 2 || cells[1].from >= cells[1].to {
		return false
	}
	m, ok := c.book.First("column", c.text(cells[0]))
	if _, heads := c.book.First("column", c.text(cells[1])); !ok || heads || m.Values["column"] == "name" {
		return false
	}
	c.cell(cells[1], m.Values["column"], c.doc.Blocks[i])
	c.current.mode = nothing
	return true
}

// cell reads what one cell says of the committee of its row.
func (c *council) cell(p piece, is string, b outline.Block) {
	switch is {
	case "seats":
		c.seatList(p, b)
	case "missions":
		for _, q := range c.split(p, missionCut) {
			c.addMission(q, b)
		}
	case "cadence":
		c.current.mode = meeting
		c.meets(p, b)
	}
}

// tabledAxes reads a table of axes: a column of axes, numbered or not, and a column of their objectives.
func (r *reader) tabledAxes() []tabledAxis {
	var out []tabledAxis
	var columns []string
	for _, i := range append(r.body(), r.annexed("annex-plan")...) {
		if r.doc.Blocks[i].Kind != outline.Row {
			columns = nil
			continue
		}
		cells := r.cells(i)
		if columns == nil {
			columns = r.columnsOf(cells)
			continue
		}
		if len(columns) != len(cells) || len(out) > 0 && out[len(out)-1].block < i-1 {
			continue
		}
		if a, ok := r.axisOfRow(i, cells, columns); ok {
			out = append(out, a)
		}
	}
	return out
}

// tabledAxis is an axis of a table with its objectives.
type tabledAxis struct {
	block int
	name  piece
	aims  []piece
	rule  *rule.Rule
}

var tabled = &rule.Rule{Name: "axis.table", Confidence: 0.9}

func (r *reader) axisOfRow(i int, cells []piece, columns []string) (tabledAxis, bool) {
	a := tabledAxis{block: i, rule: tabled}
	for n, cell := range cells {
		switch {
		case cell.from >= cell.to:
		case columns[n] == "axis" && a.name.to == 0:
			a.name = cell
			if m, ok := r.book.First("axis", r.text(cell)); ok {
				if g, ok := r.group(cell, m, "name"); ok {
					a.name = g
				}
			}
		case columns[n] == "objectives":
			a.aims = append(a.aims, r.cellItems(cell)...)
		}
	}
	return a, a.name.to > 0 && len(a.aims) > 0
}

// cellItems cuts a cell at its semicolons, and at the bullets that a cell keeps.
func (r *reader) cellItems(p piece) []piece {
	var out []piece
	s := r.text(p)
	from := 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && s[i] != ';' && !(s[i] == '-' && i > 0 && s[i-1] == ' ' && i+1 < len(s) && s[i+1] == ' ') {
			continue
		}
		if q := r.trim(piece{p.from + from, p.from + i}); q.to-q.from > 3 {
			if m, ok := r.book.First("objective", r.text(q)); ok {
				if g, ok := r.group(q, m, "name"); ok {
					q = g
				}
			}
			out = append(out, q)
		}
		from = i + 1
	}
	return out
}
