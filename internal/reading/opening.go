package reading

import (
	"regexp"
	"slices"
	"strings"

	"entente/internal/reading/french"
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

var (
	intercommunal = regexp.MustCompile(`communaute|intercommunal|metropole|agglomeration|\bpays\b|petr|syndicat|commune|ville|departement|region`)
	inTitle       = []*regexp.Regexp{
		regexp.MustCompile(`(?:de |du |d'|des )(?:la |l'|les )?((?:communaute|metropole|pays|ville|commune|agglomeration|petr)\b[^,;.:()\n]{3,90})`),
		regexp.MustCompile(`(?:de |du |d'|des )(?:la |l'|les )?(territoire (?:de |du |des |d')[^,;.:()\n]{3,80})`),
	}
)

// territory reads where the convention applies: as the title says, else the intercommunality that signs, else the place
// that the title names.
func (r *reader) territory() {
	defer r.bareTerritory()
	if at := r.titleLines(); len(at) > 0 {
		p := piece{r.doc.Blocks[at[0]].From, r.doc.Blocks[at[len(at)-1]].To}
		for _, re := range inTitle {
			for _, m := range re.FindAllStringSubmatchIndex(r.text(p), -1) {
				name := r.yearless(piece{p.from + m[2], p.from + m[3]})
				if contractOf.MatchString(r.text(p)[:m[0]]) {
					loc := afterKind.FindStringIndex(r.text(name))
					if loc == nil {
						continue // "contrat de ville « … »" names no town
					}
					name.from += loc[1]
				}
				r.add(KindTerritory, "", name, r.doc.Blocks[at[0]].Section, &rule.Rule{Name: "territory.title", Confidence: 0.9}, r.field("name", name))
				return
			}
		}
	}
	if r.signing() {
		return
	}
	if at := r.titleLines(); len(at) > 0 {
		r.placed(piece{r.doc.Blocks[at[0]].From, r.doc.Blocks[at[len(at)-1]].To}, r.doc.Blocks[at[0]].Section)
	}
}

// signing takes the territory of the intercommunality that signs, of the commune where none does, and so on; of two of one
// kind neither.
func (r *reader) signing() bool {
	var found []Fact
	for _, f := range r.facts {
		if f.Kind == KindParty && intercommunal.MatchString(french.Key(f.Get("kind"))) {
			found = append(found, f)
		}
	}
	slices.SortStableFunc(found, func(a, b Fact) int { return breadth(a) - breadth(b) })
	if len(found) > 1 && (breadth(found[0]) == breadth(found[1]) || breadth(found[0]) == 1 && breadth(found[1]) == 2) {
		return false
	}
	if len(found) > 0 {
		f := found[0]
		name := Field{Name: "name", Value: f.Get("name"), Span: f.Fields[0].Span}
		r.facts = append(r.facts, Fact{ID: "territory-1", Kind: KindTerritory, Fields: []Field{name}, Span: name.Span, Confidence: 0.75,
			Section: f.Section, Clause: f.Clause, Rule: "territory.party"})
	}
	return len(found) > 0
}

var (
	placeAfter = regexp.MustCompile(`(?:contrat local de sante|contrat de ville|convention territoriale globale|projet (?:social|educatif) (?:de territoire|territorial))\s+(?:de la |de l'|du |des |de |d')([a-z][^,;:.()\n]{2,60})`)
	properName = regexp.MustCompile(`^\p{Lu}\p{Ll}+(?:[\s-].*)?$`)
)

// placed reads a place that follows the kind of convention in the title: its name begins with a capital.
func (r *reader) placed(p piece, section int) {
	m := placeAfter.FindStringSubmatchIndex(r.text(p))
	if m == nil {
		return
	}
	name := r.yearless(piece{p.from + m[2], p.from + m[3]})
	if !properName.MatchString(r.words(name)) {
		return
	}
	r.add(KindTerritory, "", name, section, &rule.Rule{Name: "territory.place", Confidence: 0.85}, r.field("name", name))
}

// breadth orders the kinds of party by how likely the convention applies to their territory.
func breadth(f Fact) int {
	switch k := french.Key(f.Get("kind")); {
	case strings.HasPrefix(k, "communaute") || k == "metropole" || k == "intercommunalite":
		return 0
	case k == "syndicat":
		return 1
	case k == "commune":
		return 2
	case k == "departement":
		return 3
	}
	return 4
}

// contractOf matches the words of a kind of convention before "de ville", "de territoire".
var contractOf = regexp.MustCompile(`(?:contrat|politique) $`)

// afterKind matches the end of "contrat de ville" with the preposition that leads to the place.
var afterKind = regexp.MustCompile(`^ville (?:de (?:la |l')?|d'|du |des )`)

// territoryOf matches the word before the name of a territory.
var territoryOf = regexp.MustCompile(`(?i)^territoire (?:de la |de l['’]|des |du |de |d['’])`)

// bareTerritory takes "territoire de" off the name of the territory.
func (r *reader) bareTerritory() {
	for i := range r.facts {
		f := &r.facts[i]
		if f.Kind != KindTerritory {
			continue
		}
		x := &f.Fields[0]
		if loc := territoryOf.FindStringIndex(x.Value); loc != nil {
			words := r.doc.Text.Body[x.Span.Start:x.Span.End]
			if at := territoryOf.FindStringIndex(words); at != nil {
				x.Span.Start += at[1]
			}
			x.Value = x.Value[loc[1]:]
		}
	}
}

var years = regexp.MustCompile(`[\s–-]*\(?(?:pour la periode |annees )?(?:19|20)\d\d.*$`)

// yearless ends a name before the years of the convention.
func (r *reader) yearless(p piece) piece {
	if loc := years.FindStringIndex(r.text(p)); loc != nil && loc[0] > 0 {
		p.to = p.from + loc[0]
	}
	return r.trim(p)
}

// lineage reads the earlier agreements that the preamble names.
func (r *reader) lineage() {
	var found []Fact
	for _, i := range r.in(outline.Preamble, outline.Title, outline.Body) {
		b := r.doc.Blocks[i]
		s := r.doc.Sections[b.Section]
		if s.Part == outline.Title || s.Part == outline.Body && s.Number != "1" {
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
