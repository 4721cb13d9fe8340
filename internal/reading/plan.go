package reading

import (
	"regexp"
	"strings"

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

var aboutText = regexp.MustCompile(`^(?:la |le |cette |ce )(?:presente? )?(?:convention|contrat|accord|protocole|pacte|charte|document|projet (?:social|territorial|educatif)|ctg|cls|pedt)[a-z '-]{0,40}? (?:a (?:pour|vocation)|vise)`)

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
		if s.Part != outline.Body || !r.book.Has("goals-title", r.doc.Subject(i)) || r.holds(KindAxis, i) || r.holds(KindPurpose, i) {
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

// holds tells a section under which a fact of a kind was read.
func (r *reader) holds(kind Kind, section int) bool {
	for _, f := range r.facts {
		if f.Kind == kind && r.doc.Within(f.Section, section) {
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
