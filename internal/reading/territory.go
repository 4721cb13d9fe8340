package reading

import (
	"regexp"
	"slices"
	"strings"

	"entente/internal/reading/french"
	"entente/internal/reading/outline"
	"entente/internal/reading/rule"
)

var (
	intercommunal = regexp.MustCompile(`communaute|intercommunal|metropole|agglomeration|\bpays\b|petr|syndicat|commune|ville|departement|region`)
	inTitle       = []*regexp.Regexp{
		regexp.MustCompile(`(?m)(?:^|de |du |d'|des )(?:la |l'|les )?((?:communaute|metropole|pays|ville|commune|agglomeration|petr)\b[^,;.:()\n]{3,90})`),
		regexp.MustCompile(`(?:de |du |d'|des )(?:la |l'|les )?(territoire (?:de |du |des |d')[^,;.:()\n]{3,80})`),
	}
)

// territory reads where the convention applies: the institution or the place that the title names, else the
// intercommunality that signs.
func (r *reader) territory() {
	defer r.bareTerritory()
	at := r.titleLines()
	if len(at) > 0 {
		p := piece{r.doc.Blocks[at[0]].From, r.doc.Blocks[at[len(at)-1]].To}
		section := r.doc.Blocks[at[0]].Section
		if r.titled(p, section) || r.placed(p, section) || r.placeNoun(r.aboveTitle(at[0], p), section) {
			return
		}
	}
	r.signing()
}

// aboveTitle adds to the title the short lines above it.
func (r *reader) aboveTitle(first int, p piece) piece {
	for i := first - 1; i >= 0 && i >= first-3; i-- {
		b := r.doc.Blocks[i]
		if len(r.doc.Folded(b)) > 120 || r.doc.Sections[b.Section].Part != outline.Title {
			break
		}
		p.from = b.From
	}
	return p
}

// titled reads an institution or a territory that the title names.
func (r *reader) titled(p piece, section int) bool {
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
			r.add(KindTerritory, "", name, section, &rule.Rule{Name: "territory.title", Confidence: 0.9}, r.field("name", name))
			return true
		}
	}
	return false
}

// placeNoun reads a place whose first noun tells that it is one: "du Val d’Ornelle".
func (r *reader) placeNoun(p piece, section int) bool {
	m, ok := r.book.First("place", r.text(p))
	if !ok {
		return false
	}
	g, ok := r.group(p, m, "place")
	if g = r.yearless(g); ok && capital.MatchString(r.words(g)) {
		r.add(KindTerritory, "", g, section, m.Rule, r.field("name", g))
		return true
	}
	return false
}

// signing takes the territory of the intercommunality that signs, of the commune where none does, and so on; of two of one
// kind neither.
func (r *reader) signing() {
	var found []Fact
	for _, f := range r.facts {
		if f.Kind == KindParty && intercommunal.MatchString(french.Key(f.Get("kind"))) {
			found = append(found, f)
		}
	}
	slices.SortStableFunc(found, func(a, b Fact) int { return breadth(a) - breadth(b) })
	if len(found) > 1 && (breadth(found[0]) == breadth(found[1]) || breadth(found[0]) == 1 && breadth(found[1]) == 2) {
		return
	}
	if len(found) > 0 {
		f := found[0]
		name := Field{Name: "name", Value: f.Get("name"), Span: f.Fields[0].Span}
		r.facts = append(r.facts, Fact{ID: "territory-1", Kind: KindTerritory, Fields: []Field{name}, Span: name.Span, Confidence: 0.75,
			Section: f.Section, Clause: f.Clause, Rule: "territory.party"})
	}
}

var (
	placeAfter = regexp.MustCompile(`(?:contrat local de sante|contrat de ville|convention territoriale globale|projet (?:social|educatif) (?:de territoire|territorial))\s+(?:de la |de l'|du |des |de |d')([a-z][^,;:.()\n]{2,60})`)
	properName = regexp.MustCompile(`^\p{Lu}\p{Ll}+(?:[\s-].*)?$`)
)

// placed reads a place that follows the kind of convention in the title: its name begins with a capital.
func (r *reader) placed(p piece, section int) bool {
	m := placeAfter.FindStringSubmatchIndex(r.text(p))
	if m == nil {
		return false
	}
	name := r.yearless(piece{p.from + m[2], p.from + m[3]})
	if !properName.MatchString(r.words(name)) {
		return false
	}
	r.add(KindTerritory, "", name, section, &rule.Rule{Name: "territory.place", Confidence: 0.85}, r.field("name", name))
	return true
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
