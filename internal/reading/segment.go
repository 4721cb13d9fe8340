package reading

import (
	"regexp"
	"slices"
	"strings"

	"entente/internal/reading/outline"
	"entente/internal/reading/rule"
)

// partiesRegion is where the parties stand: their section, or the lines between the title and the first article.
func (r *reader) partiesRegion() (piece, int, bool) {
	for _, parts := range [][]outline.Part{{outline.Parties}, {outline.Preamble, outline.Title}} {
		at := r.in(parts...)
		if len(at) == 0 {
			continue
		}
		if telling := slices.DeleteFunc(slices.Clone(at), func(i int) bool { return !r.presentsSomebody(r.doc.Blocks[i].Section) }); len(telling) > 0 {
			at = telling // "Article 1 – Parties signataires" may only point to the lines above it
		}
		p := piece{r.doc.Blocks[at[0]].From, r.doc.Blocks[at[0]].From}
		for _, i := range at {
			p.to = r.doc.Blocks[i].To
		}
		if strings.Contains(r.text(p), "represent") || strings.Contains(r.text(p), "apres") || strings.Contains(r.text(p), "conviennent") || parts[0] == outline.Parties {
			return p, r.doc.Blocks[at[0]].Section, true
		}
	}
	return piece{}, 0, false
}

// presentsSomebody tells a section with the words by which parties are presented.
func (r *reader) presentsSomebody(section int) bool {
	s := r.doc.Sections[section]
	return introduced.MatchString(r.text(piece{r.doc.Blocks[s.Blocks[0]].From, r.doc.Blocks[s.Blocks[1]-1].To}))
}

// partyStart finds where a party may begin: at a line, after a comma, after "et".
var partyStart = regexp.MustCompile(`(?:^|\n|[,;.:] |\bet |\bentre )(?:(?:et|ou|entre|d'une part|d'autre part|de premiere part|de seconde part)[ ,:]* |[-•>➤*o] |\d{1,2}[.)°] ?|pour )*(?:la |le |l'|les )?`)

var (
	introduced = regexp.MustCompile(`represent|ci-?apres|ci apres|denomm|designe|agit par`)
	nameEnd    = regexp.MustCompile(`\n|[,;(:]| (?:dont (?:le|les)|situee?\b|sise?\b|ayant (?:son|leur)|represente|domicilie|ci-?apres|ci apres|denommee?|etablissement public|etablie?\b|et represente|en la personne|agissant)`)
)

// visas matches the line where the parties end and the texts that they rely on begin.
var visas = regexp.MustCompile(`\n\[?(?:vu|considerant|preambule|conviennent|il (?:est|a ete))\b`)

// untilVisas ends the region where the texts that the parties rely on begin, if no party is presented after them.
func (r *reader) untilVisas(region piece) piece {
	s := r.text(region)
	first := introduced.FindStringIndex(s)
	if first == nil {
		return region
	}
	if loc := visas.FindStringIndex(s[first[1]:]); loc != nil && !strings.Contains(s[first[1]+loc[1]:], "represent") {
		region.to = region.from + first[1] + loc[0]
	}
	return region
}

// segments cuts the parties one by one.
func (r *reader) segments(region piece) []piece {
	region = r.untilVisas(region)
	s := r.text(region)
	var starts []int
	for _, loc := range partyStart.FindAllStringIndex(s, -1) {
		from := loc[1]
		if strings.Contains(s[max(0, from-1):min(from+12, len(s))], "prefet") && !lineStart(s, from) || statusOnly.MatchString(s[from:]) {
			continue
		}
		if !r.institutional(s[from:min(from+90, len(s))]) && !r.headedLine(region, from) && !r.determined(s, loc) {
			continue
		}
		if n := len(starts); n > 0 && !introduced.MatchString(s[starts[n-1]:from]) && !lineStart(s, from) {
			continue
		}
		starts = append(starts, from)
	}
	var out []piece
	for i, from := range starts {
		to := len(s)
		if i+1 < len(starts) {
			to = starts[i+1]
		}
		if loc := visas.FindStringIndex(s[from:to]); loc != nil {
			to = from + loc[0]
		}
		out = append(out, piece{region.from + from, region.from + to})
	}
	return r.properParties(out)
}

var presented = regexp.MustCompile(`[;,(]|\s(?:represente|ci-?apres|ci apres)`)

// statusOnly matches what a party is, said after its name.
var statusOnly = regexp.MustCompile(`^(?:association loi|etablissement public (?:de cooperation|a caractere|local|industriel|administratif|territorial)|etablissement public ?[,;\n]|groupement d'interet|loi (?:de )?1901)`)

var nextDetermined = regexp.MustCompile(`\n(?:- ?)?(?:la |le |l'|les )`)

// determined tells a line that begins with "La", "Le"… and goes on, before the next such line, with who represents it or how
// it is called: a party, whatever kind of institution it is.
func (r *reader) determined(s string, at []int) bool {
	line := s[strings.LastIndexByte(s[:at[1]], '\n')+1 : at[1]]
	if !lineStart(s, at[1]) || !strings.HasSuffix(line, "la ") && !strings.HasSuffix(line, "le ") && !strings.HasSuffix(line, "l'") || isFunction(s[at[1]:]) {
		return false
	}
	window := s[at[1]:min(at[1]+400, len(s))]
	if loc := nextDetermined.FindStringIndex(window); loc != nil {
		window = window[:loc[0]]
	}
	loc := introduced.FindStringIndex(window)
	return loc != nil && loc[0] > 4 && !strings.Contains(window[:loc[0]], ". ") && !summing.MatchString(window)
}

// institutional tells words that begin with the name of an institution: the name alone, else with what follows.
func (r *reader) institutional(s string) bool {
	flat := strings.ReplaceAll(s, "\n", " ")
	if loc := presented.FindStringIndex(flat); loc != nil {
		if m, ok := r.book.First("institution", flat[:loc[0]]); ok && r.startsWith(flat, m) {
			return true
		}
	}
	line, _, _ := strings.Cut(s, "\n")
	for _, t := range []string{line, flat} {
		if m, ok := r.book.First("institution", t); ok && r.startsWith(t, m) {
			return true
		}
	}
	return false
}

// headOf matches a party that is named by who heads it: "Le directeur de la Caisse d'allocations familiales".
var headOf = regexp.MustCompile(`^((?:monsieur |madame )?(?:le |la |l')?(?:(?:president|directeur|directrice|maire|recteur|rectrice)[a-z]*)(?: (?:general|academique)e?)?) (?:de la |de l'|du |des |de )`)

// headed gives the function and the institution of a party that is named by who heads it, at the start of a line.
func (r *reader) headed(p piece) (function, name piece, ok bool) {
	loc := headOf.FindStringSubmatchIndex(r.text(p))
	if loc == nil {
		return piece{}, piece{}, false
	}
	name = piece{p.from + loc[1], p.to}
	return r.dropDeterminer(piece{p.from, p.from + loc[3]}), name, r.institutional(r.text(name))
}

// headedLine tells a line of its own that names a party by who heads it, and does not go on with "représentée par".
func (r *reader) headedLine(region piece, from int) bool {
	s := r.text(region)
	line := strings.LastIndexByte(s[:from], '\n') + 1
	before := strings.TrimRight(s[:line], " \n,")
	if !lineStart(s, from) || strings.HasSuffix(before, " par") || strings.HasSuffix(before, " et") && introduced.MatchString(s[max(0, line-200):line]) {
		return false
	}
	_, _, ok := r.headed(piece{region.from + from, region.from + min(from+120, len(s))})
	return ok
}

// startsWith tells an institution whose name begins right here, or after a few words of the same name.
func (r *reader) startsWith(s string, m rule.Match) bool {
	return m.From == 0 || m.From < 60 && !strings.ContainsAny(s[:m.From], ",;:.\n\"") && strings.Count(s[:m.From], " ") <= 6 && startNoun.MatchString(s)
}

// startNoun are first words of legal names that do not tell the kind themselves.
var startNoun = regexp.MustCompile(`^(?:direction|delegation|centre|groupement|union|comite|federation|office|conseil|caisse|agence|etablissement|chambre|maison|services?)\b`)

func lineStart(s string, from int) bool {
	line := s[strings.LastIndexByte(s[:from], '\n')+1 : from]
	return len(line) < 12
}

// summing matches the sentence that calls the parties together by one name, once they are presented.
var summing = regexp.MustCompile(`(?:etant|sont)(?: ensemble)? (?:ci-?apres|denommee?s|designee?s)|\b(?:collectivement|individuellement|ensemble)\b`)

// stateHead matches a party that is the prefect and is called so.
var stateHead = regexp.MustCompile(`^(?:sous-)?prefete? (?:de |du |des |d')`)

// properParties keeps the segments that present a party; where none does, a plain list of names will do.
func (r *reader) properParties(in []piece) []piece {
	in = slices.DeleteFunc(in, func(p piece) bool { return summing.MatchString(r.text(p)) && !strings.Contains(r.text(p), "represent") })
	proper := slices.DeleteFunc(slices.Clone(in), func(p piece) bool {
		_, _, headed := r.headed(p)
		return !headed && !stateHead.MatchString(r.text(p)) && !introduced.MatchString(r.text(p))
	})
	if len(proper) >= 2 {
		return proper
	}
	if len(in) >= 2 {
		return in
	}
	return proper
}
