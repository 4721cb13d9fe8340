package reading

import (
	"regexp"
	"strconv"
	"strings"

	"entente/internal/reading/french"
	"entente/internal/reading/outline"
	"entente/internal/reading/rule"
)

// purposes reads what the convention is for.
func (r *reader) purposes() {
	for i, s := range r.doc.Sections {
		if s.Part != outline.Body || !r.book.Has("purpose-title", r.doc.Subject(i)) {
			continue
		}
		for b := s.Blocks[0] + 1; b < s.Blocks[1]; b++ {
			if r.purpose(b, s.Blocks[1], i) {
				return
			}
		}
	}
	r.declared()
}

// declared finds a purpose in an article that is not titled so: "la présente convention a pour but de …".
func (r *reader) declared() {
	for _, i := range r.body() {
		b := r.doc.Blocks[i]
		if b.Kind == outline.Paragraph && aboutText.MatchString(r.text(r.block(b))) && r.purpose(i, r.doc.Sections[b.Section].Blocks[1], b.Section) {
			return
		}
	}
}

var aboutText = regexp.MustCompile(`^(?:la |le |cette |ce )(?:presente? )?(?:convention|contrat|accord|protocole|pacte|charte|document)[a-z '-]{0,40}? (?:a (?:pour|vocation)|vise)`)

func (r *reader) purpose(at, end, section int) bool {
	p := r.block(r.doc.Blocks[at])
	m, ok := r.book.First("purpose", r.text(p))
	if !ok {
		return false
	}
	g, ok := r.group(p, m, "text")
	if ok && !strings.HasSuffix(strings.TrimSpace(r.text(p)), ":") {
		if ss := r.sentences(g); len(ss) > 0 {
			g = r.trim(ss[0])
		}
		r.add(KindPurpose, "", g, section, m.Rule, r.field("text", g))
		return true
	}
	found := false
	for _, b := range r.items(at+1, end) {
		q := r.trim(r.block(b))
		r.add(KindPurpose, "", q, section, m.Rule, r.field("text", q))
		found = true
	}
	return found
}

// items lists the items that follow, up to the first line that is none.
func (r *reader) items(from, end int) []outline.Block {
	var out []outline.Block
	for i := from; i < end; i++ {
		b := r.doc.Blocks[i]
		if b.Kind != outline.Item && !r.loose(i, from) {
			break
		}
		out = append(out, b)
	}
	return out
}

// loose tells an item of a list without bullets: a short line that ends with a comma or a semicolon, or the one after it.
func (r *reader) loose(i, from int) bool {
	b := r.doc.Blocks[i]
	if b.Kind != outline.Paragraph {
		return false
	}
	if ends(r.doc.Folded(b), ";") || ends(r.doc.Folded(b), ",") {
		return true
	}
	return i > from && r.doc.Blocks[i-1].Kind == outline.Paragraph && (ends(r.doc.Folded(r.doc.Blocks[i-1]), ";") || ends(r.doc.Folded(r.doc.Blocks[i-1]), ","))
}

func ends(s, with string) bool { return strings.HasSuffix(strings.TrimSpace(s), with) }

// stakes reads the stakes: the items of their article, the items after "… enjeux :", or lines "Enjeu 1 : …".
func (r *reader) stakes() {
	done := map[string]bool{}
	note := func(p piece, section int, m *rule.Rule) {
		p = r.trim(p)
		if key := r.text(p); key != "" && !done[key] {
			done[key] = true
			r.add(KindStake, "", p, section, m, r.field("text", p))
		}
	}
	for i, s := range r.doc.Sections {
		if s.Part != outline.Body {
			continue
		}
		titled := r.book.Has("stakes-title", r.doc.Subject(i))
		for b := s.Blocks[0]; b < s.Blocks[1]; b++ {
			p := r.block(r.doc.Blocks[b])
			if m, ok := r.book.First("stake", r.text(p)); ok {
				if g, ok := r.group(p, m, "name"); ok {
					note(g, i, m.Rule)
				}
				continue
			}
			m, announced := r.book.First("stakes-announced", r.text(p))
			if titled && b == s.Blocks[0] || announced {
				from := b + 1
				if titled && !announced && from < s.Blocks[1] && r.doc.Blocks[from].Kind == outline.Paragraph && ends(r.doc.Folded(r.doc.Blocks[from]), ":") {
					from++
				}
				for _, it := range r.items(from, s.Blocks[1]) {
					note(r.block(it), i, m.Rule)
				}
			}
		}
	}
}

// goals reads the governance objectives: the sub-articles of the article "Objectifs", or its items, where these are not
// objectives of axes.
func (r *reader) goals() {
	for i, s := range r.doc.Sections {
		if s.Part != outline.Body || !r.book.Has("goals-title", r.doc.Subject(i)) || r.holdsAxes(i) {
			continue
		}
		if subs := r.subsections(i); len(subs) > 0 {
			for _, j := range subs {
				r.goal(j)
			}
			continue
		}
		from := s.Blocks[0] + 1
		for from < s.Blocks[1] && r.doc.Blocks[from].Kind == outline.Paragraph && !r.loose(from, from) {
			from++
		}
		for _, b := range r.items(from, s.Blocks[1]) {
			p := r.trim(r.block(b))
			r.add(KindGoal, "", p, i, nil, r.field("text", p))
		}
	}
}

func (r *reader) holdsAxes(section int) bool {
	for _, f := range r.facts {
		if f.Kind == KindAxis && r.doc.Within(f.Section, section) {
			return true
		}
	}
	return false
}

func (r *reader) subsections(top int) []int {
	var out []int
	for i, s := range r.doc.Sections {
		if s.Parent == top && s.Title != "" {
			out = append(out, i)
		}
	}
	return out
}

// goal reads one sub-article as an objective with its bullets.
func (r *reader) goal(section int) {
	s := r.doc.Sections[section]
	p := r.headTitle(section)
	fields := []Field{r.field("text", p)}
	for _, b := range r.items(s.Blocks[0]+1, s.Blocks[1]) {
		fields = append(fields, r.field("item", r.trim(r.block(b))))
	}
	r.add(KindGoal, "", p, section, &rule.Rule{Name: "goal.section", Confidence: 0.9}, fields...)
}

// headTitle is the heading of a section without its number.
func (r *reader) headTitle(section int) piece {
	s := r.doc.Sections[section]
	p := r.block(r.doc.Blocks[s.Head])
	if at := strings.Index(r.text(p), s.Title); at >= 0 && s.Title != "" {
		return piece{p.from + at, p.from + at + len(s.Title)}
	}
	return r.trim(p)
}

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
	lines := r.axisLines()
	var best []axisLine
	bestScore := 0
	for _, run := range runs(lines) {
		score := len(run)*2 + r.objectivesUnder(run)*3
		if score > bestScore {
			best, bestScore = run, score
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

// axisLines lists the lines of the terms that begin with "Axe 1", "Orientation 2"…
func (r *reader) axisLines() []axisLine {
	var out []axisLine
	body := r.body()
	for k, i := range body {
		p := r.lineTitle(i)
		m, ok := r.book.First("axis", r.text(p))
		if !ok || m.Values["sub"] != "" {
			continue
		}
		n, ok := french.Rank(m.Values["number"])
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
		if n, _ := strconv.Atoi(m.Values["n"]); n != len(items) || n < 2 {
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
