package reading

import (
	"regexp"
	"slices"
	"strings"

	"entente/internal/reading/french"
	"entente/internal/reading/rule"
)

// signer is a party as the rest of the reading knows it: the fact, and the words by which the text calls it.
type signer struct {
	id      string // of the fact
	name    string
	short   string
	kind    string
	aliases []string // folded, hyphens as spaces
	headed  string   // folded function of who heads it, where the text names the party so
	called  bool     // the text says how it calls this party, alone or with others
}

// group is several parties that the text calls by one name: "ci-après dénommées « les collectivités »".
type group struct {
	name string // folded, hyphens as spaces
	who  []int
}

// label is what a person calls the party.
func (s signer) label() string {
	if s.short != "" {
		return s.short
	}
	return s.name
}

// parties reads who signs.
func (r *reader) parties() {
	region, section, ok := r.partiesRegion()
	if !ok {
		return
	}
	for _, p := range r.segments(region) {
		r.party(p, section)
	}
	r.respectively(region)
	r.aliases()
}

// cutShort matches the first word of a name that the layout broke off.
var cutShort = regexp.MustCompile(`^(?:agence|caisse|communaute|syndicat|centre|direction|conseil|office|services?)$`)

func (r *reader) party(p piece, section int) {
	function, headed, ok := r.headed(p)
	if ok {
		p = headed
	}
	s := r.text(p)
	end := len(s)
	if loc := nameEnd.FindStringIndex(s); loc != nil {
		end = loc[0]
	}
	name := r.trim(piece{p.from, p.from + end})
	name = r.wholeName(name, p)
	if name.to-name.from < 3 || name.to-name.from > 160 || cutShort.MatchString(r.text(name)) {
		return
	}
	fields := []Field{r.field("name", name)}
	sg := signer{name: r.words(name)}
	confidence := 0.85
	if m, ok := r.book.First("institution", r.text(name)); ok {
		sg.kind = m.Values["name"]
		fields = append(fields, r.computed("kind", sg.kind, name))
	}
	short, shared, rest := r.short(p)
	if manyTowns.MatchString(r.text(name)) && r.together(p, short, section) {
		return
	}
	if short != nil {
		fields = append(fields, *short)
		sg.short = short.Value
	}
	if m, ok := r.book.First("seat-address", rest); ok {
		if g, ok := r.group(p, m, "seat"); ok {
			fields = append(fields, r.field("seat", g))
		}
	}
	who := r.representative(p)
	if ok && len(who) == 0 {
		who = []Field{r.field("signatory", function)}
	}
	fields = append(fields, who...)
	if short != nil && len(who) > 0 {
		confidence = 0.97
	}
	sg.called = short != nil && short.Name == "short" && r.book.Has("short", s)
	sg.id = r.add(KindParty, "", p, section, &rule.Rule{Name: "party", Confidence: confidence}, fields...)
	r.trimSpan(sg.id)
	if sg.short == "" {
		r.ask(KindParty, sg.id, "short", name, section, nil, "reading.question.short-name", "name", sg.name)
	}
	if ok {
		sg.headed = r.text(function)
	}
	r.signers = append(r.signers, sg)
	if shared != "" {
		r.share(shared)
	}
}

// share gives the parties since the last one that has a name of its own the name that they share.
func (r *reader) share(name string) {
	g := group{name: plain(name)}
	for i := len(r.signers) - 1; i >= 0 && !r.signers[i].called; i-- {
		g.who = append(g.who, i)
	}
	for _, i := range g.who {
		r.signers[i].called = true
	}
	slices.Sort(g.who)
	r.groups = append(r.groups, g)
}

// trimSpan ends the span of a fact with the last of its fields.
func (r *reader) trimSpan(id string) {
	for i := range r.facts {
		if f := &r.facts[i]; f.ID == id && len(f.Fields) > 0 {
			s := f.Fields[0].Span
			for _, x := range f.Fields {
				s = Span{min(s.Start, x.Span.Start), max(s.End, x.Span.End)}
			}
			f.Span = s
		}
	}
}

// calledOn matches the end of a line after which a party is given its short name.
var calledOn = regexp.MustCompile(`((?:denomme|designe|appele|nomme)e?s?(?: par)?)\n"`)

var (
	pluralName = regexp.MustCompile(`^(?:les |[a-z]+s\b)`)
	pluralCall = regexp.MustCompile(`(?:denomme|designe|appele|nomme)e?s\b`)
)

// short reads the short name that a party is given, the name that it shares with those before it where the words are in
// the plural and its own name is not, and gives the text before.
func (r *reader) short(p piece) (own *Field, shared, before string) {
	s := calledOn.ReplaceAllString(r.text(p), "$1 \"")
	for _, kind := range []string{"short", "short-acronym"} {
		m, ok := r.book.First(kind, s)
		if !ok {
			continue
		}
		g, found := r.group(p, m, "quoted")
		if !found {
			g, found = r.group(p, m, "bare")
		}
		if !found || g.to-g.from < 2 || kind == "short-acronym" && strings.HasPrefix(m.Group("quoted", s), "ou ") {
			continue
		}
		f := r.field("short", g)
		f.Value = french.WithoutArticle(f.Value)
		if kind != "short" {
			return &f, shared, s
		}
		bare := strings.TrimPrefix(r.text(g), "les ")
		several := m.Values["art"] == "les " || m.Values["art"] == "les" || bare != r.text(g) || pluralCall.MatchString(s[m.From:m.To])
		if several && !pluralName.MatchString(s) {
			shared = bare
			continue
		}
		return &f, shared, s[:m.From]
	}
	return nil, shared, s
}

// representative reads the functions of who represents a party, and of whom they may delegate to; never a name, unless
// the options keep names.
func (r *reader) representative(p piece) []Field {
	m, ok := r.book.First("represented", carried(r.text(p)))
	if !ok {
		return nil
	}
	who, ok := r.group(p, m, "who")
	if !ok {
		return nil
	}
	var out []Field
	// The delegation often stands after the words that end the name.
	if d, ok := r.book.First("delegate", r.text(piece{who.from, min(who.to+60, p.to)})); ok {
		if g, ok := r.group(who, d, "who"); ok {
			f := r.field("delegate", r.dropDeterminer(g))
			out = append(out, f)
			who.to = min(who.to, who.from+d.From)
		}
	}
	if f, ok := r.functions(who); ok {
		out = append(out, f)
	}
	if r.opts.Names {
		if m, ok := r.book.First("person", r.text(who)); ok {
			if g, ok := r.group(who, m, "who"); ok {
				out = append(out, r.field("person", g))
			}
		}
	}
	return out
}

// carriedOn matches a line that goes on with who represents a party.
var carriedOn = regexp.MustCompile(`\n((?:en (?:sa |leur )?qualite|agissant en|et par |son |sa |(?:le |la )?(?:` + titleWords + `)))`)

// carried joins lines that go on with who represents a party; every byte keeps its place.
func carried(s string) string { return carriedOn.ReplaceAllString(s, " $1") }

// unfinished matches a name whose place is blank: "La Commune de , représentée par".
var unfinished = regexp.MustCompile(` (?:de|du|des|d'|de la|de l')$`)

// wholeName takes the short name for the name where the text left the place of the name blank.
func (r *reader) wholeName(name, p piece) piece {
	if !unfinished.MatchString(r.text(name)) {
		return name
	}
	if m, ok := r.book.First("short", r.text(p)); ok {
		if g, ok := r.group(p, m, "quoted"); ok {
			return r.dropDeterminer(g)
		}
	}
	return piece{}
}

var inOffice = regexp.MustCompile(` en exercice$`)

// dropDeterminer takes "son", "sa", "le"… off a function.
func (r *reader) dropDeterminer(p piece) piece {
	if loc := determiner.FindStringIndex(r.text(p)); loc != nil {
		p.from += loc[1]
	}
	return r.trim(p)
}

var determiner = regexp.MustCompile(`^(?:par )?(?:de |d')?(?:son |sa |ses |leurs? |le |la |les |l'|un |une |du |de la |de l'|des |tout |monsieur le |madame la )*`)

// functions reads one or more functions of representatives, joined by "et".
func (r *reader) functions(who piece) (Field, bool) {
	var found []piece
	for _, m := range r.book.All("function", carried(r.text(who))) {
		g, ok := r.group(who, m, "who")
		if g = r.dropDeterminer(g); ok && isFunction(r.text(g)) && !overlaps(found, g) {
			found = append(found, r.withoutPerson(g))
		}
	}
	if len(found) == 0 {
		return Field{}, false
	}
	slices.SortFunc(found, func(a, b piece) int { return a.from - b.from })
	var values []string
	for _, g := range found {
		if loc := inOffice.FindStringIndex(r.text(g)); loc != nil {
			g.to = g.from + loc[0]
		}
		if w := r.words(g); w != "" && !slices.Contains(values, w) {
			values = append(values, w)
		}
	}
	if len(values) == 0 {
		return Field{}, false
	}
	f := r.field("signatory", piece{found[0].from, found[len(found)-1].to})
	f.Value = strings.Join(values, " et ")
	return f, true
}

var functionWord = regexp.MustCompile(`^(?:` + titleWords + `)`)

const titleWords = `premier|premiere|representante? legal|president|vice|directeur|directrice|maire|prefet|sous-prefet|responsable|chef|delegue|rect|inspect|coord|charge|conseiller|elu|adjoint|administrat|secretaire|medecin|referent|procureur|doyen|gerant|premier|premiere|haut|administration|assistant|travailleu|puericultrice|infirmi|proviseur|principal|commissaire|juriste`

func isFunction(s string) bool { return functionWord.MatchString(s) }

func overlaps(ps []piece, g piece) bool {
	return slices.ContainsFunc(ps, func(p piece) bool { return g.from < p.to && p.from < g.to })
}

// plainName matches a person written in small letters after a title of one word: "maire Lise Dupont", but not "Directeur
// Général Adjoint".
var (
	plainName  = regexp.MustCompile(`^(?i:maire|pr[ée]sidente?|directeur|directrice|pr[ée]f[eè]te?)(?i: (?:g[ée]n[ée]rale?|d[ée]partementale?|r[ée]gionale?|adjointe?))*(\s+\p{Lu}\p{Ll}[\p{L}'’-]*(?:\s+(?:de |du |de la |le |la |des )?\p{Lu}[\p{L}'’-]+){1,2})$`)
	titleWord2 = regexp.MustCompile(`(?i)g[ée]n[ée]ral|adjoint|d[ée]l[ée]gu|d[ée]partement|r[ée]gion|communaut|municipal|ex[ée]cutif|conseil|commission|\bdu\b|\bdes\b|pôle|territorial|acad[ée]mi|commun|ville|caisse`)
)

// personTail matches a name of a person at the end of a function, by its capitals.
var personTail = regexp.MustCompile(`[\s,]+(?:(?:Monsieur|Madame|M\.|Mme\.?|Mr\.?|Dr\.?)\s+)?\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+)*\s+\p{Lu}{2,}[\p{Lu}\s'’-]*$`)

// withoutPerson ends a function before the name of the person that holds it.
func (r *reader) withoutPerson(p piece) piece {
	s := r.span(p)
	words := r.doc.Text.Body[s.Start:s.End]
	loc := personTail.FindStringIndex(words)
	if m := plainName.FindStringSubmatchIndex(words); m != nil && !titleWord2.MatchString(words[m[2]:m[3]]) {
		loc = m[2:4]
	}
	if loc == nil {
		return p
	}
	for p.to > p.from {
		if _, end := r.doc.Fold.Span(p.from, p.to); end <= s.Start+loc[0] {
			break
		}
		p.to--
	}
	return r.trim(p)
}
