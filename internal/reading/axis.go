package reading

import (
	"strconv"
	"strings"

	"entente/internal/reading/french"
	"entente/internal/reading/outline"
	"entente/internal/reading/rule"
)

// axisLine is a line that presents an axis.
type axisLine struct {
	block  int
	noun   string
	number int
	name   piece
	rule   *rule.Rule
}

// axes reads the axes and their objectives. A text may list its axes several times (preamble, table of contents, annex):
// the list of the terms with the most objectives is kept.
func (r *reader) axes() {
	if tabled := r.tabledAxes(); len(tabled) >= 2 {
		for k, a := range tabled {
			r.tabledAxis(k+1, a)
		}
		return
	}
	best, bare := r.bestRun(r.axisLines(r.body()))
	if len(best) < 2 || bare {
		// Some texts set their axes, or the objectives of these, in an annex.
		if annexed, _ := r.bestRun(r.axisLines(r.annexed("annex-plan"))); len(annexed) >= 2 && (len(best) < 2 || len(annexed) == len(best)) {
			best = annexed
		}
	}
	if len(best) >= 2 {
		for i, a := range best {
			r.axis(a, r.axisEnd(best, i))
		}
		return
	}
	r.announcedAxes()
}

// bestRun gives the list of axes with the most objectives, and tells that it has none.
func (r *reader) bestRun(lines []axisLine) (best []axisLine, bare bool) {
	bestScore := 0
	for _, run := range runs(lines) {
		under := r.objectivesUnder(run)
		if score := len(run)*2 + under*3; score > bestScore {
			best, bestScore, bare = run, score, under == 0
		}
	}
	return best, bare
}

// tabledAxis notes an axis of a table with its objectives.
func (r *reader) tabledAxis(number int, a tabledAxis) {
	section := r.doc.Blocks[a.block].Section
	id := r.add(KindAxis, "", a.name, section, a.rule, r.computed("number", strconv.Itoa(number), a.name), r.field("name", a.name))
	for _, o := range a.aims {
		r.add(KindObjective, id, o, section, a.rule, r.field("name", o))
	}
}

// axisLines lists the lines that begin with "Axe 1", "Orientation B"…
func (r *reader) axisLines(body []int) []axisLine {
	var out []axisLine
	for k, i := range body {
		p := r.lineTitle(i)
		m, ok := r.book.First("axis", r.text(p))
		if !ok || m.Values["sub"] != "" {
			continue
		}
		n, ok := axisNumber(m)
		if !ok {
			continue
		}
		a := axisLine{block: i, noun: strings.TrimSuffix(m.Values["noun"], "s"), number: n, rule: m.Rule}
		if g, ok := r.group(p, m, "name"); ok {
			a.name = g
		} else if k+1 < len(body) && r.doc.Blocks[body[k+1]].Kind == outline.Paragraph {
			a.name = r.trim(r.block(r.doc.Blocks[body[k+1]]))
		}
		if a.name.to-a.name.from > 3 && a.name.to-a.name.from < 300 {
			out = append(out, a)
		}
	}
	return out
}

// axisNumber reads the number of an axis, or the place of its letter in the alphabet.
func axisNumber(m rule.Match) (int, bool) {
	if l := m.Values["letter"]; l != "" {
		return int(l[0]-'a') + 1, true
	}
	return french.Rank(m.Values["number"])
}

// lineTitle is a line without the number of its heading.
func (r *reader) lineTitle(block int) piece {
	b := r.doc.Blocks[block]
	if b.Kind == outline.Heading {
		return r.headTitle(b.Section)
	}
	p := r.block(b)
	if i := strings.Index(r.text(p), " | "); b.Kind == outline.Row && i > 0 {
		p.to = p.from + i
	}
	return p
}

// runs cuts the lines in lists that count 1, 2, 3 with one noun.
func runs(lines []axisLine) [][]axisLine {
	var out [][]axisLine
	for _, noun := range nouns(lines) {
		var run []axisLine
		for _, a := range lines {
			if a.noun != noun {
				continue
			}
			if a.number != len(run)+1 {
				if len(run) > 0 {
					out = append(out, run)
				}
				run = nil
				if a.number != 1 {
					continue
				}
			}
			run = append(run, a)
		}
		if len(run) > 0 {
			out = append(out, run)
		}
	}
	return out
}

func nouns(lines []axisLine) []string {
	var out []string
	seen := map[string]bool{}
	for _, a := range lines {
		if !seen[a.noun] {
			seen[a.noun] = true
			out = append(out, a.noun)
		}
	}
	return out
}

// axisEnd is the block before which the objectives of an axis end: the next axis, or the next article.
func (r *reader) axisEnd(run []axisLine, i int) int {
	if i+1 < len(run) {
		return run[i+1].block
	}
	a := run[i]
	home := r.doc.Blocks[a.block].Section
	top := home
	if r.doc.Blocks[a.block].Kind != outline.Heading {
		for j := a.block + 1; j < len(r.doc.Blocks); j++ {
			if r.doc.Blocks[j].Section != home && !r.doc.Within(r.doc.Blocks[j].Section, top) {
				return j
			}
		}
		return len(r.doc.Blocks)
	}
	for j := a.block + 1; j < len(r.doc.Blocks); j++ {
		if !r.doc.Within(r.doc.Blocks[j].Section, top) {
			return j
		}
	}
	return len(r.doc.Blocks)
}

func (r *reader) objectivesUnder(run []axisLine) int {
	n := 0
	for i, a := range run {
		n += len(r.objectives(a, r.axisEnd(run, i)))
	}
	return n
}

func (r *reader) axis(a axisLine, end int) {
	section := r.doc.Blocks[a.block].Section
	line := r.block(r.doc.Blocks[a.block])
	id := r.add(KindAxis, "", r.trim(line), section, a.rule, r.computed("number", strconv.Itoa(a.number), r.trim(line)), r.field("name", a.name))
	for _, o := range r.objectives(a, end) {
		r.add(KindObjective, id, o.piece, r.doc.Blocks[o.block].Section, o.rule, r.field("name", o.piece))
	}
}

// aim is a line that states an objective.
type aim struct {
	piece
	block int
	rule  *rule.Rule
}

// objectives reads the objectives of an axis: numbered lines where there are any, else the items right under it.
func (r *reader) objectives(a axisLine, end int) []aim {
	if numbered := r.numberedAims(a, end); len(numbered) > 0 {
		return numbered
	}
	return r.bulletedAims(a, end)
}

func (r *reader) numberedAims(a axisLine, end int) []aim {
	var out []aim
	for i := a.block + 1; i < end; i++ {
		b := r.doc.Blocks[i]
		p := r.block(b)
		if b.Kind == outline.Row {
			out = append(out, r.aimsOfRow(i)...)
			continue
		}
		m, ok := r.book.First("objective", r.text(p))
		if !ok {
			if ax, isAxis := r.book.First("axis", r.text(p)); isAxis && ax.Values["noun"] != a.noun {
				m, ok = ax, true
			}
		}
		if !ok || r.book.Has("action-sheet", r.text(p)) {
			continue
		}
		g, ok := r.group(p, m, "name")
		if !ok && i+1 < end {
			g, ok = r.trim(r.block(r.doc.Blocks[i+1])), true
		}
		if ok && g.to-g.from < 400 {
			out = append(out, aim{g, i, m.Rule})
		}
	}
	return out
}

func (r *reader) aimsOfRow(i int) []aim {
	var out []aim
	for _, c := range r.cells(i) {
		if m, ok := r.book.First("objective", r.text(c)); ok {
			if g, ok := r.group(c, m, "name"); ok {
				out = append(out, aim{g, i, m.Rule})
			}
		}
	}
	return out
}

// cells cuts a row of a table.
func (r *reader) cells(i int) []piece {
	p := r.block(r.doc.Blocks[i])
	var out []piece
	from := p.from
	for {
		j := strings.Index(r.doc.Fold.S[from:p.to], " |")
		if j < 0 {
			return append(out, r.trim(piece{from, p.to}))
		}
		out = append(out, r.trim(piece{from, from + j}))
		from += j + 2
	}
}

var bulleted = &rule.Rule{Name: "objective.item", Confidence: 0.92}

func (r *reader) bulletedAims(a axisLine, end int) []aim {
	var out []aim
	depth, skipping := 0, false
	for i := a.block + 1; i < end; i++ {
		b := r.doc.Blocks[i]
		p := r.trim(r.block(b))
		s := r.text(r.block(b))
		switch {
		case p == a.name:
		case r.book.Has("action-sheet", s) || r.book.Has("detail", s):
			skipping = b.Kind != outline.Item || ends(s, ":")
		case r.book.Has("objectives-intro", s):
			skipping = false
		case b.Kind == outline.Item && !skipping:
			if depth == 0 {
				depth = b.Depth
			}
			if b.Depth <= depth && p.to-p.from < 400 {
				out = append(out, aim{p, i, bulleted})
			}
		case b.Kind == outline.Paragraph && len(out) == 0 && r.loose(i, a.block+1):
			out = append(out, aim{p, i, bulleted})
		case b.Kind == outline.Paragraph && len(out) > 0 && r.loose(i, a.block+1) && !skipping:
			out = append(out, aim{p, i, bulleted})
		case b.Kind == outline.Paragraph && len(out) > 0:
			return out
		}
	}
	return out
}

// announcedAxes reads axes that have no number of their own: "quatre orientations :" and as many items after it.
func (r *reader) announcedAxes() {
	for _, i := range r.body() {
		p := r.block(r.doc.Blocks[i])
		m, ok := r.book.First("axes-announced", r.text(p))
		if !ok {
			continue
		}
		section := r.doc.Blocks[i].Section
		items := r.outer(r.items(i+1, r.doc.Sections[section].Blocks[1]))
		if n, counted := strconv.Atoi(m.Values["n"]); counted == nil && n != len(items) || len(items) < 2 {
			continue
		}
		for k, b := range items {
			q := r.trim(r.block(b))
			r.add(KindAxis, "", q, section, m.Rule, r.computed("number", strconv.Itoa(k+1), q), r.field("name", q))
		}
		return
	}
}

// outer keeps the items of the first depth.
func (r *reader) outer(items []outline.Block) []outline.Block {
	var out []outline.Block
	for _, b := range items {
		if b.Depth <= items[0].Depth {
			out = append(out, b)
		}
	}
	return out
}
