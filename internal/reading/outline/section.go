package outline

import (
	"strconv"
	"strings"

	"entente/internal/reading/french"
	"entente/internal/reading/rule"
)

// candidate is a line that looks like a heading.
type candidate struct {
	block  int
	class  string // article, top, decimal, roman, letter, number, named, annex, style, caps
	number string
	title  string
}

// sections finds the headings and cuts the text at them.
func (d *Document) sections() {
	heads := d.choose(d.candidates())
	d.Sections = []Section{{Head: -1, Level: 1, Parent: -1}}
	levels := d.levels(heads)
	for i, c := range heads {
		d.Sections[len(d.Sections)-1].Blocks[1] = c.block
		d.Blocks[c.block].Kind = Heading
		s := Section{Head: c.block, Level: levels[i], Number: c.number, Title: c.title, Blocks: [2]int{c.block, 0}}
		s.Parent = d.parent(s.Level)
		d.Sections = append(d.Sections, s)
	}
	d.Sections[len(d.Sections)-1].Blocks[1] = len(d.Blocks)
	if d.Sections[0].Blocks[1] == 0 && len(d.Sections) > 1 {
		d.Sections = d.Sections[1:]
		for i := range d.Sections {
			d.Sections[i].Parent = max(d.Sections[i].Parent-1, -1)
		}
	}
	for i, s := range d.Sections {
		for b := s.Blocks[0]; b < s.Blocks[1]; b++ {
			d.Blocks[b].Section = i
			if d.Blocks[b].Kind == Paragraph && d.Blocks[b].Mark != "" {
				d.unmark(&d.Blocks[b])
			}
		}
	}
}

func (d *Document) parent(level int) int {
	for i := len(d.Sections) - 1; i >= 0; i-- {
		if d.Sections[i].Level < level {
			return i
		}
	}
	return -1
}

// candidates lists the lines that look like headings, by the rules or by the style of the format.
func (d *Document) candidates() []candidate {
	var out []candidate
	for i, b := range d.Blocks {
		if b.Kind == Contents || b.Kind == Row || b.Kind == Item && b.Mark != "" && !strings.Contains("abcdefgh", b.Mark) && b.Mark < "0" {
			continue
		}
		text := strings.TrimSpace(d.Fold.S[d.index(b.Line[0]):b.To])
		m, ok := d.book.First("heading", text)
		switch {
		case ok && b.Kind == Item && m.Values["class"] != "article" && m.Values["class"] != "decimal":
		case ok && !d.sentence(m, text):
			out = append(out, candidate{block: i, class: m.Values["class"], number: number(m), title: title(m)})
		case b.Kind == Heading:
			out = append(out, candidate{block: i, class: "style", title: strings.Trim(text, " :.")})
		case d.capitals(i):
			out = append(out, candidate{block: i, class: "caps", title: strings.Trim(text, " :.")})
		}
	}
	return out
}

// sentence tells a line that only begins like a heading: "Article 4 de la convention qui précède".
func (d *Document) sentence(m rule.Match, text string) bool {
	bare := m.Values["bare"]
	for _, p := range []string{"de la", "de l'", "du ", "des ", "et ", "ci-", "de ce", "fixe", "prevoit", "s'applique"} {
		if strings.HasPrefix(bare, p) {
			return true
		}
	}
	switch m.Values["class"] {
	case "decimal", "number", "roman", "letter":
		return len(text) > 150 || strings.HasSuffix(text, ".") && len(text) > 90
	}
	return false
}

// capitals tells a short line in capitals with blank lines around it.
func (d *Document) capitals(i int) bool {
	b := d.Blocks[i]
	if b.Kind != Paragraph || i == 0 || !b.Gap || b.End-b.Start < 6 || b.End-b.Start > 90 {
		return false
	}
	upper, lower := 0, 0
	for _, r := range d.Words(b) {
		switch {
		case r >= 'A' && r <= 'Z' || r >= 'À' && r <= 'Þ':
			upper++
		case r >= 'a' && r <= 'z' || r >= 'ß' && r <= 'ÿ':
			lower++
		}
	}
	return lower == 0 && upper > 5
}

func title(m rule.Match) string {
	t := m.Values["title"]
	if t == "" {
		t = m.Values["bare"]
	}
	return strings.Trim(t, " :.-")
}

// number writes the number of a heading in one way: "4", "4-2", "1" for "premier".
func number(m rule.Match) string {
	raw := strings.NewReplacer(" ", "", ".", "-").Replace(m.Values["number"])
	if raw == "unique" {
		return "1"
	}
	if first, rest, ok := strings.Cut(raw, "-"); ok {
		if n, ok := french.Rank(first); ok {
			return strconv.Itoa(n) + "-" + rest
		}
		return raw
	}
	if m.Values["class"] == "letter" {
		return raw
	}
	if n, ok := french.Rank(raw); ok {
		return strconv.Itoa(n)
	}
	return raw
}

// choose keeps the candidates that are headings. Where the text has articles, lines numbered 1, 2, 3 are items; and
// lines numbered one right after the other are items everywhere.
func (d *Document) choose(cs []candidate) []candidate {
	count := map[string]int{}
	for _, c := range cs {
		count[c.class]++
	}
	main := mainClass(count)
	var out []candidate
	for i, c := range cs {
		if d.heads(cs, i, main, count) && !(c.class == "decimal" && d.underAxis(c, out)) {
			out = append(out, c)
		}
	}
	return out
}

// underAxis tells a line "3.1 …" that follows an axis of the same article: an objective, not an article.
func (d *Document) underAxis(c candidate, before []candidate) bool {
	from := 0
	if n := len(before); n > 0 {
		from = before[n-1].block
	}
	for i := c.block - 1; i >= from && i > c.block-40; i-- {
		if m, ok := d.book.First("axis", d.Folded(d.Blocks[i])); ok && m.Values["sub"] == "" {
			return true
		}
	}
	return false
}

// mainClass is what the articles of the text look like.
func mainClass(count map[string]int) string {
	switch {
	case count["article"] >= 2:
		return "article"
	case count["roman"] >= 3:
		return "roman"
	case count["number"] >= 3:
		return "number"
	case count["style"] >= 3:
		return "style"
	case count["caps"] >= 3:
		return "caps"
	}
	return "decimal"
}

func (d *Document) heads(cs []candidate, i int, main string, count map[string]int) bool {
	c := cs[i]
	switch c.class {
	case "article", "named", "annex", "top", "style":
		return true
	case "caps":
		return true
	case "decimal":
		return !d.listed(cs, i)
	case "letter":
		return !d.listed(cs, i) && count["letter"] > 1 && d.followed(c.block)
	}
	if c.class == main {
		return !d.listed(cs, i)
	}
	return !d.listed(cs, i) && d.followed(c.block) && d.apart(cs, i)
}

// listed tells a numbered line that stands right beside its brother: an item of a list.
func (d *Document) listed(cs []candidate, i int) bool {
	near := func(j int) bool {
		return j >= 0 && j < len(cs) && cs[j].class == cs[i].class && (cs[j].block == cs[i].block+1 || cs[j].block == cs[i].block-1)
	}
	return near(i-1) || near(i+1)
}

// followed tells a line with text of its own under it.
func (d *Document) followed(block int) bool {
	return block+1 < len(d.Blocks) && d.Blocks[block+1].Kind != Heading
}

// apart tells a numbered line whose words are a title and not a sentence.
func (d *Document) apart(cs []candidate, i int) bool {
	return len(cs[i].title) < 80 && !strings.HasSuffix(cs[i].title, ".") && d.Blocks[cs[i].block].Gap
}

// levels gives each heading its depth: 2 for articles, 3 for what divides them.
func (d *Document) levels(heads []candidate) []int {
	count := map[string]int{}
	for _, c := range heads {
		count[c.class]++
	}
	main := mainClass(count)
	base := 2
	if count["top"] > 0 {
		base = 3
	}
	out := make([]int, len(heads))
	for i, c := range heads {
		out[i] = d.level(c, main, base, heads[:i], out)
	}
	return out
}

func (d *Document) level(c candidate, main string, base int, before []candidate, levels []int) int {
	switch {
	case c.class == "top" || c.class == "named" || c.class == "annex":
		return 2
	case c.class == "style":
		return max(d.Text.Lines[c.block].Heading, 1)
	case c.class == "article" || c.class == "decimal" || c.class == main:
		return min(base+strings.Count(c.number, "-"), 6)
	case c.class == "caps":
		return base
	}
	for i := len(before) - 1; i >= 0; i-- {
		if before[i].class == c.class {
			return levels[i]
		}
		if before[i].class == main || before[i].class == "article" || before[i].class == "decimal" || before[i].class == "top" {
			return min(levels[i]+1, 6)
		}
	}
	return base
}
