package reading

import (
	"regexp"
	"slices"
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
		g = r.subject(g, strings.Contains(r.text(p), "s'engagent"))
		who, all := r.named(r.text(g))
		if personal.MatchString(r.text(g)) {
			who, all = r.antecedent(b, p, section), false
		}
		if len(who) == 0 && !all {
			continue
		}
		bound := r.who(who, all, g)
		stem, hasText := r.group(p, m, "text")
		if hasText && notPromise.MatchString(r.text(stem)) {
			continue
		}
		if hasText && stem.to-stem.from > 12 {
			r.promise(stem, section, m.Rule, bound)
		}
		if ends(r.text(p), ":") || !hasText {
			r.promises(b+1, r.doc.Sections[section].Blocks[1], section, m.Rule, bound)
		}
	}
}

// personal matches a subject that is a pronoun alone.
var personal = regexp.MustCompile(`^(?:il|elle|celui-ci|celle-ci)$`)

// antecedent finds the party that "il" or "elle" means: the one party that the sentences before it in its paragraph name as
// their subject, else the one that the title of its article names.
func (r *reader) antecedent(block int, p piece, section int) []int {
	before := piece{r.doc.Blocks[block].From, p.from}
	for _, s := range r.sentences(before) {
		if m := r.mentions(determinerless(strings.TrimSpace(r.text(s)))); len(m) > 0 && m[0].from == 0 {
			return []int{m[0].signer}
		}
	}
	if who, _ := r.named(r.doc.Subject(section)); len(who) == 1 && strings.TrimSpace(r.text(before)) == "" {
		return who
	}
	return nil
}

// notPromise matches what follows "s'engagent à" and is no act: "à travers leurs services", "à compter de 2024".
var notPromise = regexp.MustCompile(`^(?:travers|compter|partir|l'issue|l'egard|ce titre)\b`)

// circumstance matches the words before a subject: "Dans le cadre de ses missions, la Caf s'engage".
var circumstance = regexp.MustCompile(`^(?:a|au|aux|dans|en|de son cote|pour|par|afin|sur|lorsque|lors|des|conformement|compte tenu|outre|ainsi|apres|avec|sous|enfin|de plus|par ailleurs)\b[^,]*(?:, )?`)

// subject narrows the words before "s'engage" to who does. In the singular one party promises: the first where the
// subject begins with it, else the nearest to the verb.
func (r *reader) subject(p piece, several bool) piece {
	for {
		loc := circumstance.FindStringIndex(r.text(p))
		if loc == nil || p.from+loc[1] >= p.to {
			break
		}
		p.from += loc[1]
	}
	found := r.mentions(r.text(p))
	if several || len(found) < 2 {
		return p
	}
	m := found[len(found)-1]
	if found[0].from <= 4 {
		m = found[0]
	}
	return piece{p.from + m.from, p.from + m.to}
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
		if r.promised(r.block(b)) {
			continue
		}
		r.promise(r.trim(r.block(b)), section, m, bound)
	}
}

// promised tells an item that was read already, under the heading "Engagements de …".
func (r *reader) promised(p piece) bool {
	s := r.span(r.trim(p))
	return slices.ContainsFunc(r.facts, func(f Fact) bool { return f.Kind == KindCommitment && f.Span.Start < s.End && s.Start < f.Span.End })
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

// basis matches the words that say from what an evaluation is made, and not of what.
var basis = regexp.MustCompile(`\b(?:sur la base|a partir|au regard|au moyen|a l'aide|en lien avec)\b`)

// evaluated says what an evaluation bears on: what its sentence names, else what its article is about.
func (r *reader) evaluated(p piece, m rule.Match, section int) string {
	if pronounStart.MatchString(strings.TrimSpace(r.text(p))) && r.holds(KindAxis, section) {
		return "axes"
	}
	s := r.text(p)
	if loc := basis.FindStringIndex(s); loc != nil && loc[0] >= m.To {
		s = s[:loc[0]]
	}
	// What is evaluated stands after the word, or is the subject before it.
	after := s[m.From:min(m.To+80, len(s))]
	for _, t := range []string{after, s} {
		if o, ok := r.book.First("evaluation-object", t); ok {
			return o.Values["object"]
		}
	}
	if r.holds(KindAxis, section) {
		return "axes"
	}
	return "convention"
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
			if ok && m.Rule.Name == "amendment.plain" && !r.changes(p, b.Section) {
				continue
			}
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

var (
	changeTitle = regexp.MustCompile(`avenant|modif|revis|evolution|mise a jour|duree|execution|adaptation|reconduction|renouvel|prolong`)
	changeWords = regexp.MustCompile(`modif|revis|evolution|complet|prolong|reconduc|renouvel|toute? (?:autre )?(?:ajout|changement)|present|convention|contrat`)
)

// changes tells a sentence with "avenant" that is about changing the text, and not about one act that an amendment will settle.
func (r *reader) changes(p piece, section int) bool {
	s := strings.TrimSpace(r.text(p))
	return !strings.HasPrefix(s, "[") && (changeTitle.MatchString(r.doc.Subject(section)) || strings.Contains(s, "modifi") || strings.Contains(s, "revis")) && changeWords.MatchString(s)
}

// clauses reads the usual last clauses, of which the words are kept and nothing is computed but a period of notice.
func (r *reader) clauses() {
	for _, kind := range []Kind{KindTermination, KindCommunication, KindConfidentiality, KindDispute} {
		r.clause(kind)
	}
}

// clauseTitles are the titles of the articles where each clause stands, the most telling first; the last matches any.
var clauseTitles = map[Kind][]*regexp.Regexp{
	KindTermination:     {regexp.MustCompile(`resili|denonc|fin de la|retrait|rupture`), anyTitle},
	KindCommunication:   {regexp.MustCompile(`communication|publicite|promotion`)},
	KindConfidentiality: {regexp.MustCompile(`confidenti|secret|discretion`), regexp.MustCompile(`donnees`), anyTitle},
	KindDispute:         {regexp.MustCompile(`litige|recours|differend|contentieux`), anyTitle},
}

var (
	anyTitle  = regexp.MustCompile(``)
	ordinary  = regexp.MustCompile(`preavis|prevenance|avance|\bavant\b|auparavant`)
	forBreach = regexp.MustCompile(`mise en demeure|non[ -]respect|manquement|inexecution`)
)

// clause reads the clause of a kind. Of two ways to end a convention the ordinary one counts, not the one for breach.
func (r *reader) clause(kind Kind) {
	var best *hit
	for _, title := range clauseTitles[kind] {
		for _, h := range r.clauseHits(kind, title) {
			s := r.text(h.piece)
			if best == nil || kind == KindTermination && ordinary.MatchString(s) && forBreach.MatchString(r.text(best.piece)) {
				best = &h
			}
		}
		if best != nil {
			break
		}
	}
	if best == nil {
		return
	}
	q := r.trim(best.piece)
	fields := []Field{r.field("text", q)}
	if v := best.m.Values["n"]; v != "" {
		g, _ := r.group(best.piece, best.m, "n")
		fields = append(fields, r.computed("notice", v+" "+best.m.Values["unit"], g))
	}
	r.add(kind, "", q, best.section, best.m.Rule, fields...)
}

// clauseHits lists the sentences that read as a clause, in the articles with such a title.
func (r *reader) clauseHits(kind Kind, title *regexp.Regexp) (out []hit) {
	for _, i := range r.body() {
		b := r.doc.Blocks[i]
		if b.Kind == outline.Heading || r.inCommittee(b) || !title.MatchString(r.doc.Subject(b.Section)) {
			continue
		}
		for _, p := range r.sentences(r.block(b)) {
			if m, ok := r.book.First(string(kind), r.text(p)); ok && r.trim(p).to-r.trim(p).from >= 25 {
				out = append(out, hit{piece: p, m: m, section: b.Section})
			}
		}
	}
	return out
}
