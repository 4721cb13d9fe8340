package reading

import (
	"regexp"
	"strings"

	"entente/internal/reading/outline"
	"entente/internal/reading/rule"
)

// identity reads the title, what kind of convention it is and how people call it.
func (r *reader) identity() {
	at := r.titleLines()
	if len(at) == 0 {
		return
	}
	first, last := r.doc.Blocks[at[0]], r.doc.Blocks[at[len(at)-1]]
	p := r.trim(piece{first.From, last.To})
	fields := []Field{r.field("title", p)}
	if m, ok := r.nature(p); ok {
		where := piece{p.from + m.From, p.from + m.To}
		fields = append(fields, r.computed("kind", m.Values["nature"], where), r.computed("short", m.Values["short"], where))
	}
	r.add(KindIdentity, "", p, first.Section, &rule.Rule{Name: "identity.title", Confidence: 0.9}, fields...)
}

// nature finds the most telling kind of convention that the title names.
func (r *reader) nature(p piece) (rule.Match, bool) { return r.book.First("nature", r.text(p)) }

var (
	titleWord  = regexp.MustCompile(`\b(?:convention|contrat|protocole|accord|pacte|charte|projet (?:social|territorial|educatif)|ctg|cls)\b`)
	notTitle   = regexp.MustCompile(`^(?:vu |entre|la presente|considerant|preambule|article|sommaire|annexe|il (?:est|a)|conseil|deliberation|logo|sous-titre|version|projet de delib)`)
	titleTails = regexp.MustCompile(`^(?:20\d\d|du |de |des |pour |entre |relative|\(?periode|-|annees|au |sur |territoire|communaute|\(|et )`)
)

// titleLines finds the lines of the title: the first that calls itself a convention, and the short lines around it.
func (r *reader) titleLines() []int {
	for i := 0; i < len(r.doc.Blocks) && i < 25; i++ {
		b := r.doc.Blocks[i]
		s := r.doc.Folded(b)
		if r.doc.Sections[b.Section].Part == outline.Parties || r.doc.Sections[b.Section].Number != "" {
			break
		}
		if !titleWord.MatchString(s) || notTitle.MatchString(s) || len(s) > 250 || b.Kind == outline.Contents {
			continue
		}
		out := []int{i}
		for j := i + 1; j < len(r.doc.Blocks) && j < i+4; j++ {
			t := r.doc.Folded(r.doc.Blocks[j])
			if notTitle.MatchString(t) || len(t) > 120 || !titleTails.MatchString(t) || r.doc.Blocks[j].Kind == outline.Item || strings.HasSuffix(t, ".") {
				break
			}
			out = append(out, j)
		}
		return out
	}
	return nil
}

// lineage reads the earlier agreements that the preamble names.
func (r *reader) lineage() {
	var found []Fact
	for _, i := range r.in(outline.Preamble, outline.Title, outline.Body) {
		b := r.doc.Blocks[i]
		s := r.doc.Sections[b.Section]
		if s.Part == outline.Title || s.Part == outline.Body && s.Number != "1" && !r.book.Has("history-title", r.doc.Subject(b.Section)) {
			continue
		}
		p := r.block(b)
		for _, m := range r.book.All("lineage", r.text(p)) {
			found = r.predecessor(found, p, m, b.Section)
		}
		for _, m := range r.book.All("lineage-then", r.text(p)) {
			found = r.predecessor(found, p, m, b.Section)
		}
	}
	for _, f := range found {
		r.add(f.Kind, "", piece{}, f.Section, nil)
		last := &r.facts[len(r.facts)-1]
		id := last.ID
		*last = f
		last.ID, last.Clause = id, r.doc.Article(f.Section)
	}
	r.lineageAxes()
}

var notAgreement = regexp.MustCompile(`\b(?:loi|decret|arrete|deliberation|circulaire|code|present|presente|reglement)\b`)

var pointing = regexp.MustCompile(`\b(?:celle|celui)\b.*$`)

var afterAnd = regexp.MustCompile(`^.*\b(?:et|puis) (?:[a-z]+ )?(?:le |la |l'|un |une )`)

// predecessor adds an earlier agreement, or completes one of the same year.
func (r *reader) predecessor(found []Fact, p piece, m rule.Match, section int) []Fact {
	what, ok := r.group(p, m, "what")
	if !ok {
		if what, ok = r.group(p, m, "who"); !ok {
			return found
		}
	}
	if loc := afterAnd.FindStringIndex(r.text(what)); loc != nil {
		what.from += loc[1]
	}
	if loc := pointing.FindStringIndex(r.text(what)); loc != nil {
		what.from += loc[0]
	}
	when, _ := r.group(p, m, "when")
	if notAgreement.MatchString(r.text(what)) || r.own(m.Values["when"], m.Values["to"]) {
		return found
	}
	whole := piece{p.from + m.From, p.from + m.To}
	f := Fact{Kind: KindLineage, Span: r.span(whole), Confidence: m.Rule.Confidence, Section: section, Rule: m.Rule.Name}
	f.Fields = []Field{r.field("title", what), r.computed("from", m.Values["when"], when)}
	if strings.HasPrefix(m.Rule.Name, "lineage.then") {
		f.Fields[0] = r.field("title", whole)
	}
	if to := m.Values["to"]; to != "" {
		f.Fields[0] = r.field("title", piece{what.from, whole.to})
		f.Fields = append(f.Fields, r.computed("to", to, when))
	}
	for i := range found {
		if found[i].Get("from")[:4] == m.Values["when"][:4] {
			found[i] = merge(found[i], f)
			return found
		}
	}
	return append(found, f)
}

// merge keeps of two mentions of one agreement the finer date, the later end and the fuller title.
func merge(a, b Fact) Fact {
	if len(b.Get("from")) > len(a.Get("from")) {
		a, b = b, a
	}
	if to := b.Get("to"); to != "" && a.Get("to") == "" {
		a.Fields = append(a.Fields, b.Fields[len(b.Fields)-1])
	}
	if vague.MatchString(strings.ToLower(a.Fields[0].Value)) && !vague.MatchString(strings.ToLower(b.Fields[0].Value)) {
		a.Fields[0] = b.Fields[0]
	}
	return a
}

var vague = regexp.MustCompile(`^(?:celle|celui|puis|convention|contrat)\b.{0,3}$`)

// own tells the years of the convention itself, as its title gives them.
func (r *reader) own(from, to string) bool {
	if to == "" {
		return false
	}
	for _, f := range r.facts {
		if f.Kind == KindIdentity {
			t := f.Get("title")
			return strings.Contains(t, from) && strings.Contains(t, to)
		}
	}
	return false
}

// lineageAxes reads that an earlier agreement had so many axes, which the text may not name.
func (r *reader) lineageAxes() {
	for _, i := range r.in(outline.Preamble, outline.Body) {
		b := r.doc.Blocks[i]
		p := r.block(b)
		m, ok := r.book.First("lineage-axes", r.text(p))
		if !ok {
			continue
		}
		for _, f := range r.facts {
			if f.Kind == KindLineage && strings.HasPrefix(f.Get("from"), m.Values["when"]) {
				g, _ := r.group(p, m, "n")
				r.add(KindLineageAxis, f.ID, piece{p.from + m.From, p.from + m.To}, b.Section, m.Rule, r.computed("count", m.Values["n"], g))
				return
			}
		}
	}
}
