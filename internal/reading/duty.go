package reading

import (
	"regexp"
	"strconv"
	"strings"

	"entente/internal/convention"
	"entente/internal/reading/outline"
	"entente/internal/reading/rule"
)

// commitments reads what the parties promise: "… s'engagent à …", with the items that follow, and lists under
// "Engagements de la Caf".
func (r *reader) commitments() {
	for i, s := range r.doc.Sections {
		if s.Part != outline.Body {
			continue
		}
		for b := s.Blocks[0]; b < s.Blocks[1]; b++ {
			p := r.lineTitle(b)
			if m, ok := r.book.First("commitment-label", r.text(p)); ok {
				who, all := r.named(m.Group("who", r.text(p)))
				if len(who) > 0 || all {
					r.promises(b+1, s.Blocks[1], i, m.Rule, r.who(who, all, p))
				}
				continue
			}
			if r.doc.Blocks[b].Kind != outline.Heading {
				r.engagement(b, i)
			}
		}
	}
}

// who makes the field of the parties bound; none is needed where all are.
func (r *reader) who(who []int, all bool, p piece) Field {
	if all || len(who) == 0 {
		return Field{}
	}
	return r.computed("parties", r.ids(who), r.trim(p))
}

// engagement reads one paragraph that binds parties.
func (r *reader) engagement(b, section int) {
	for _, p := range r.sentences(r.block(r.doc.Blocks[b])) {
		p = r.trimSpace(p)
		m, ok := r.book.First("commitment", r.text(p))
		if !ok {
			continue
		}
		g, hasWho := r.group(p, m, "who")
		if !hasWho {
			continue
		}
		who, all := r.named(r.text(g))
		if len(who) == 0 && !all {
			continue
		}
		bound := r.who(who, all, g)
		stem, hasText := r.group(p, m, "text")
		if hasText && stem.to-stem.from > 12 {
			r.promise(stem, section, m.Rule, bound)
		}
		if ends(r.text(p), ":") || !hasText {
			r.promises(b+1, r.doc.Sections[section].Blocks[1], section, m.Rule, bound)
		}
	}
}

func (r *reader) trimSpace(p piece) piece {
	for p.from < p.to && (r.doc.Fold.S[p.from] == ' ' || r.doc.Fold.S[p.from] == '\n') {
		p.from++
	}
	return p
}

func (r *reader) promises(from, end, section int, m *rule.Rule, bound Field) {
	for from < end && r.doc.Blocks[from].Kind == outline.Paragraph && ends(r.doc.Folded(r.doc.Blocks[from]), ":") {
		from++
	}
	for _, b := range r.items(from, end) {
		r.promise(r.trim(r.block(b)), section, m, bound)
	}
}

func (r *reader) promise(p piece, section int, m *rule.Rule, bound Field) {
	fields := []Field{r.field("text", p), bound}
	if e, ok := r.book.First("evidence", r.text(p)); ok {
		fields = append(fields, r.computed("evidence", e.Values["kind"], piece{p.from + e.From, p.from + e.To}))
	}
	id := r.add(KindCommitment, "", p, section, m, fields...)
	if len(fields) == 2 {
		r.ask(KindCommitment, id, "evidence", p, section, evidenceCandidates(), "reading.question.evidence", "text", r.words(p))
	}
}

func evidenceCandidates() []Candidate {
	var out []Candidate
	for _, e := range convention.EvidenceKinds() {
		out = append(out, Candidate{string(e), string(e)})
	}
	return out
}

// months gives the interval that words say: "annuelle" is 12.
func months(span, every, unit string) int {
	n, _ := strconv.Atoi(every)
	switch {
	case n > 0 && unit == "ans":
		return 12 * n
	case n > 0:
		return n
	case strings.HasPrefix(span, "semestr") || strings.Contains(span, "semestre") || strings.Contains(span, "six mois"):
		return 6
	case strings.HasPrefix(span, "bienn") || strings.HasPrefix(span, "bisann"):
		return 24
	case strings.HasPrefix(span, "trienn"):
		return 36
	}
	return 12
}

// evaluations reads the duties to evaluate, one for each thing that is evaluated.
func (r *reader) evaluations() {
	done := map[string]bool{}
	var once []func()
	for _, i := range r.body() {
		b := r.doc.Blocks[i]
		if b.Kind == outline.Heading || b.Kind == outline.Row || r.inCommittee(b) {
			continue
		}
		for _, p := range r.sentences(r.block(b)) {
			m, ok := r.book.First("evaluation", r.text(p))
			if !ok {
				if m, ok := r.book.First("evaluation-once", r.text(p)); ok {
					g, _ := r.group(p, m, "when")
					once = append(once, func() {
						r.ask(KindEvaluation, "", "months", r.trim(p), b.Section, nil, "reading.question.evaluation-once", "when", r.words(g))
					})
				}
				continue
			}
			object := r.evaluated(p, m, b.Section)
			if done[object] {
				continue
			}
			done[object] = true
			whole := r.trim(p)
			span, _ := r.group(p, m, "span")
			r.add(KindEvaluation, "", whole, b.Section, m.Rule, r.computed("object", object, whole),
				r.computed("months", strconv.Itoa(months(m.Values["span"], m.Values["every"], m.Values["unit"])), span), r.field("text", whole))
		}
	}
	for _, ask := range once {
		ask()
	}
}

// inCommittee tells a block that a committee took as one of its missions.
func (r *reader) inCommittee(b outline.Block) bool {
	s := r.span(r.block(b))
	for _, f := range r.facts {
		if f.Kind == KindMission && f.Span.Start < s.End && s.Start < f.Span.End {
			return true
		}
	}
	return false
}

var pronounStart = regexp.MustCompile(`^(?:ils|elles|ceux-ci|celles-ci)\b`)

// evaluated says what an evaluation bears on: what its sentence names, else what its article is about.
func (r *reader) evaluated(p piece, m rule.Match, section int) string {
	if pronounStart.MatchString(strings.TrimSpace(r.text(p))) && r.holdsAxes(section) {
		return "axes"
	}
	s := r.text(p)
	// What is evaluated stands after the word, or is the subject before it.
	after := s[m.From:min(m.To+80, len(s))]
	for _, t := range []string{after, s} {
		if o, ok := r.book.First("evaluation-object", t); ok {
			return o.Values["object"]
		}
	}
	if r.holdsAxes(section) {
		return "axes"
	}
	return "convention"
}

var periodTitle = regexp.MustCompile(`duree|validite|entree en vigueur|prise d'effet|date d'effet|periode|effet|terme|engagement dans le temps|calendrier`)

// period reads when the convention applies. Only the terms count: never a heading, a footer, the preamble or an annex.
func (r *reader) period() {
	var hits []hit
	for _, i := range r.body() {
		b := r.doc.Blocks[i]
		if b.Kind == outline.Heading || b.Kind == outline.Row {
			continue
		}
		titled := periodTitle.MatchString(r.subjects(b.Section))
		for _, p := range r.sentences(r.block(b)) {
			if m, ok := r.book.First("period", r.text(p)); ok && (titled || r.aboutText(p)) {
				hits = append(hits, hit{p, m, b.Section, titled})
			}
		}
	}
	if best, ok := bestPeriod(hits); ok {
		r.addPeriod(best, hits)
	}
}

type hit struct {
	piece
	m       rule.Match
	section int
	titled  bool
}

var aboutConvention = regexp.MustCompile(`\b(?:(?:la |le |cette |ce )(?:presente? )?(?:convention|contrat|accord|protocole|pacte|charte|ctg|cls)|elle|il)\b`)

func (r *reader) aboutText(p piece) bool {
	s := r.text(p)
	return aboutConvention.MatchString(s) && (strings.Contains(s, "conclu") || strings.Contains(s, "signature") || strings.Contains(s, "en vigueur") || strings.Contains(s, "effet") || strings.Contains(s, "valable"))
}

// subjects joins the titles of a section and of those above it.
func (r *reader) subjects(section int) string {
	var out []string
	for ; section >= 0; section = r.doc.Sections[section].Parent {
		out = append(out, r.doc.Subject(section))
	}
	return strings.Join(out, " / ")
}

func bestPeriod(hits []hit) (hit, bool) {
	best, score := hit{}, -1.0
	for _, h := range hits {
		s := h.m.Rule.Confidence
		if h.titled {
			s++
		}
		if s > score {
			best, score = h, s
		}
	}
	return best, score >= 0
}

func (r *reader) addPeriod(h hit, all []hit) {
	whole := r.trim(h.piece)
	v := h.m.Values
	var fields []Field
	put := func(name, value, group string) {
		g, ok := r.group(h.piece, h.m, group)
		if !ok {
			g = whole
		}
		fields = append(fields, r.computed(name, value, g))
	}
	put("from", v["from"], "from")
	put("to", v["to"], "to")
	if v["n"] != "" {
		n, _ := strconv.Atoi(v["n"])
		if v["unit"] != "mois" {
			n *= 12
		}
		put("months", strconv.Itoa(n), "n")
	}
	if v["year-from"] != "" {
		r.ask(KindPeriod, "", "from", whole, h.section, []Candidate{{v["year-from"] + "-01-01", "1er janvier " + v["year-from"]}, {"signature", "signature"}}, "reading.question.period-years", "from", v["year-from"], "to", v["year-to"])
	}
	id := r.add(KindPeriod, "", whole, h.section, h.m.Rule, fields...)
	r.complete(id, h, all)
	r.tacit(id, h.section)
	if f := r.find(id); f.Get("from") == "" {
		r.ask(KindPeriod, id, "from", whole, h.section, []Candidate{{"signature", "signature"}}, "reading.question.start")
	}
}

func (r *reader) find(id string) *Fact {
	for i := range r.facts {
		if r.facts[i].ID == id {
			return &r.facts[i]
		}
	}
	return &Fact{}
}

// complete takes from the other sentences of the same article what the first does not say, and asks where they disagree.
func (r *reader) complete(id string, h hit, all []hit) {
	for _, o := range all {
		if o.piece == h.piece || o.section != h.section {
			continue
		}
		if to := o.m.Values["to"]; to != "" {
			f := r.find(id)
			if had := f.Get("to"); had != "" && had != to {
				r.ask(KindPeriod, id, "to", r.trim(o.piece), o.section, []Candidate{{had, had}, {to, to}}, "reading.question.two-ends", "one", had, "other", to)
				continue
			}
			if g, ok := r.group(o.piece, o.m, "to"); ok && f.Get("months") == "" {
				r.set(id, r.computed("to", to, g))
			}
		}
		if from := o.m.Values["from"]; from != "" {
			if g, ok := r.group(o.piece, o.m, "from"); ok || from == "signature" {
				if !ok {
					g = r.trim(o.piece)
				}
				r.set(id, r.computed("from", from, g))
			}
		}
	}
	r.startInSection(id, h.section)
}

var startAlone = regexp.MustCompile(`(?:prend(?:ra)? effet|entre(?:ra)? en vigueur|a compter|est valable|a partir)[^.\n]{0,40}?(?:(signature)|(\d{1,2}(?:er)? (?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre) 20\d\d))`)

// startInSection finds a start that stands in a sentence of its own.
func (r *reader) startInSection(id string, section int) {
	if r.find(id).Get("from") != "" {
		return
	}
	s := r.doc.Sections[section]
	for b := s.Blocks[0]; b < s.Blocks[1]; b++ {
		p := r.block(r.doc.Blocks[b])
		m := startAlone.FindStringSubmatchIndex(r.text(p))
		switch {
		case m == nil:
		case m[2] >= 0:
			r.set(id, r.computed("from", "signature", piece{p.from + m[2], p.from + m[3]}))
		default:
			g := piece{p.from + m[4], p.from + m[5]}
			if d, ok := date(r.text(g)); ok {
				r.set(id, r.computed("from", d, g))
			}
		}
	}
}

// tacit reads whether and for how long the convention renews itself.
func (r *reader) tacit(id string, section int) {
	s := r.doc.Sections[section]
	for b := s.Blocks[0]; b < s.Blocks[1]; b++ {
		for _, p := range r.sentences(r.block(r.doc.Blocks[b])) {
			text := r.text(p)
			if r.book.Has("no-tacit", text) {
				continue
			}
			if m, ok := r.book.First("tacit", text); ok {
				n, _ := strconv.Atoi(m.Values["n"])
				if m.Values["unit"] != "mois" {
					n *= 12
				}
				r.set(id, r.computed("tacit", strconv.Itoa(n), r.trim(p)))
				return
			}
			if r.book.Has("tacit-same", text) && r.find(id).Get("months") != "" {
				r.set(id, r.computed("tacit", r.find(id).Get("months"), r.trim(p)))
				return
			}
			if r.book.Has("tacit-bare", text) {
				r.ask(KindPeriod, id, "tacit", r.trim(p), section, []Candidate{{"12", "12"}, {r.find(id).Get("months"), r.find(id).Get("months")}}, "reading.question.tacit")
				return
			}
		}
	}
}

// amendment reads how the text may change.
func (r *reader) amendment() {
	var best *hit
	for _, i := range r.body() {
		b := r.doc.Blocks[i]
		if b.Kind == outline.Heading || b.Kind == outline.Row || r.inCommittee(b) {
			continue
		}
		for _, p := range r.sentences(r.block(b)) {
			m, ok := r.book.First("amendment", r.text(p))
			if ok && (best == nil || m.Rule.Confidence > best.m.Rule.Confidence) {
				best = &hit{piece: p, m: m, section: b.Section}
			}
		}
	}
	if best == nil {
		return
	}
	p := r.trim(best.piece)
	r.add(KindAmendment, "", p, best.section, best.m.Rule, r.computed("agreement", best.m.Values["agreement"], p), r.field("text", p))
}

// clauses reads the usual last clauses, of which the words are kept and nothing is computed but a period of notice.
func (r *reader) clauses() {
	for _, kind := range []Kind{KindTermination, KindCommunication, KindConfidentiality, KindDispute} {
		r.clause(kind)
	}
}

var clauseTitles = map[Kind]*regexp.Regexp{
	KindTermination:     regexp.MustCompile(`resili|denonc|fin de la|retrait|rupture`),
	KindCommunication:   regexp.MustCompile(`communication|publicite|promotion`),
	KindConfidentiality: regexp.MustCompile(`confidenti|secret|donnees|discretion`),
	KindDispute:         regexp.MustCompile(`litige|recours|differend|contentieux`),
}

func (r *reader) clause(kind Kind) {
	for _, titledOnly := range []bool{true, false} {
		for _, i := range r.body() {
			b := r.doc.Blocks[i]
			if b.Kind == outline.Heading || r.inCommittee(b) || titledOnly && !clauseTitles[kind].MatchString(r.doc.Subject(b.Section)) {
				continue
			}
			if !titledOnly && kind == KindCommunication {
				continue
			}
			for _, p := range r.sentences(r.block(b)) {
				if m, ok := r.book.First(string(kind), r.text(p)); ok {
					q := r.trim(p)
					if q.to-q.from < 25 {
						continue
					}
					fields := []Field{r.field("text", q)}
					if v := m.Values["n"]; v != "" {
						g, _ := r.group(p, m, "n")
						fields = append(fields, r.computed("notice", v+" "+m.Values["unit"], g))
					}
					r.add(kind, "", q, b.Section, m.Rule, fields...)
					return
				}
			}
		}
	}
}
