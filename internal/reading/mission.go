package reading

import (
	"regexp"
	"strings"

	"entente/internal/reading/outline"
	"entente/internal/reading/rule"
)

// turn goes over to another committee where a sentence inside a paragraph has it as its subject.
func (c *council) turn(p piece) {
	if m, ok := c.presented(c.text(p)); !ok || m.Values["how"] == "heading" {
		return
	}
	if k, _, ok := c.opening(c.at, p); ok {
		c.current = k
	}
}

var (
	she       = regexp.MustCompile(`^(?:elle|celle-ci)\b`)
	he        = regexp.MustCompile(`^(?:il|celui-ci)\b`)
	feminine  = regexp.MustCompile(`\b(?:instance|commission|equipe|assemblee|cellule|pleniere|conference|coordination)\b`)
	masculine = regexp.MustCompile(`\b(?:comite|co-?pil|co-?tech?|groupe|bureau|secretariat|conseil)\b`)
)

// mismatched tells a sentence whose pronoun cannot mean the committee: "elle" after "le comité" means something else, unless
// the committee was called an instance on the way.
func (c *council) mismatched(s string) bool {
	said := c.doc.Fold.S[c.current.name.from:min(c.doc.Blocks[c.at].To, len(c.doc.Fold.S))]
	return she.MatchString(s) && !feminine.MatchString(said) || he.MatchString(s) && !masculine.MatchString(said)
}

// charge begins or reads the missions that follow "est chargé de".
func (c *council) charge(p piece, m rule.Match, b outline.Block) {
	c.current.mode = charging
	rest, ok := c.group(p, m, "rest")
	if !ok || rest.from >= rest.to || ends(c.text(p), ":") && rest.to-rest.from < 30 {
		return
	}
	if subjectWords.MatchString(c.text(rest)) {
		c.mission(rest, b) // "Rôle : il valide les orientations"
		c.current.mode = nothing
		return
	}
	for _, q := range c.split(rest, missionCut) {
		c.addMission(q, b)
	}
	c.current.mode = nothing
}

var (
	missionCut = regexp.MustCompile(`(?:[,;] (?:et )?(?:de |d'|a )|[,;] (?:et )?|\bet (?:de |d'|a )|\bet )`)
	seatCut    = regexp.MustCompile(`(?:[;,] ?(?:et |ainsi que )?|\bet |\bainsi que )`)
)

// split cuts a list that stands in a sentence, at the separators that are followed by the start of an entry.
func (c *council) split(p piece, at *regexp.Regexp) []piece {
	s := c.text(p)
	var out []piece
	from := 0
	for _, loc := range at.FindAllStringIndex(s, -1) {
		if !infinitive.MatchString(s[loc[1]:]) || loc[0] <= from || !strings.Contains(s[loc[0]:loc[1]], ",") && bareVerb.MatchString(strings.TrimSpace(s[from:loc[0]])) || inBrackets(s, loc[0]) {
			continue
		}
		out = append(out, c.trim(piece{p.from + from, p.from + loc[0]}))
		from = loc[1]
	}
	return append(out, c.trim(piece{p.from + from, p.to}))
}

// bareVerb matches a verb without what it bears on: "préparer" in "préparer et mettre en œuvre les décisions".
var bareVerb = regexp.MustCompile(`^ ?(?:de |d'|a )?[a-z-]+$`)

// inBrackets tells a place that stands in brackets.
func inBrackets(s string, at int) bool {
	return strings.Count(s[:at], "(") > strings.Count(s[:at], ")")
}

// mission reads a sentence whose subject is the committee: "il définit les orientations".
func (c *council) mission(p piece, b outline.Block) {
	if loc := led.FindStringSubmatchIndex(c.text(p)); loc != nil {
		p.from += loc[2]
	}
	q := p
	m, named := c.presented(c.text(p))
	if loc := subjectWords.FindStringIndex(c.text(p)); loc != nil && !named {
		q.from += loc[1]
	} else if named {
		if g, ok := c.group(p, m, "name"); ok {
			q.from = g.to
			if strings.HasPrefix(c.text(q), " (") {
				if i := strings.Index(c.text(q), ") "); i > 0 {
					q.from += i + 1
				}
			}
		}
	}
	q = c.trim(q)
	if loc := apposition.FindStringIndex(c.text(q)); loc != nil && q.from > p.from {
		q.from += loc[1]
	}
	if q.from == p.from || !c.book.Has("mission-verb", c.text(q)) {
		return
	}
	c.addMission(q, b)
}

// led matches what is said of a committee before it is named as the subject: "Présidée par le maire, elle débat…".
var led = regexp.MustCompile(`^(?:(?:co-?)?(?:presid|pilot|anim|dirig|conduit|convoqu|reuni|plac)e?e?s? [^,.;]{3,140}, )((?:il|elle|ils|elles|ce comite|cette instance|le comite|l'instance|la commission|l'assemblee)\b)`)

// apposition matches words between a committee and its verb: "présidé par le maire,".
var apposition = regexp.MustCompile(`^(?:(?:co-?)?(?:preside|pilote|anime|compose|copilote|reuni)e?s? (?:par|de|du|des) [^,.;]{3,120}|sous [^,.;]{3,120}|(?:re)?(?:unissant|groupant|assemblant|associant) [^,.;]{3,120}), `)

var subjectWords = regexp.MustCompile(`^(?:il|elle|ils|elles|ce comite|cette instance|cette equipe|celui-ci|celle-ci|ce groupe|ces groupes|cette commission|le comite|l'instance|la commission|l'equipe|le groupe) (?:y |en )?`)

var relative = regexp.MustCompile(` (?:qui|dont|que|afin|pour|en vue|charge|chargee|charges|chargees|permettant|visant|soumise?s?|lors|dans le cadre)\b`)

// dangling matches the words that join the last item of a list to the one before.
var dangling = regexp.MustCompile(`[;,. ]+(?:et|ainsi que|ou)?,?(?: ?le cas echeant| ?enfin)?[,: ]*$`)

// addMission notes a mission with the powers that its verbs grant; without a verb it is none.
func (c *council) addMission(p piece, b outline.Block) {
	p = c.trim(p)
	if loc := dangling.FindStringIndex(c.text(p)); loc != nil {
		p.to = p.from + loc[0]
	}
	k := c.current
	if p.to-p.from < 7 || p.to-p.from > 600 {
		return
	}
	k.missions++
	powers := c.powers(p)
	c.current.found = append(k.found, func(id string) {
		fields := []Field{c.field("text", p)}
		fields = append(fields, powers...)
		mission := c.add(KindMission, id, p, b.Section, missionRule, fields...)
		if len(powers) == 0 {
			c.ask(KindMission, mission, "power", p, b.Section, nil, "reading.question.power", "text", c.words(p))
		}
	})
}

var missionRule = &rule.Rule{Name: "mission", Confidence: 0.92}

// aside matches what a mission says by the way: what stands in brackets, and a call for projects, which is no project.
var aside = regexp.MustCompile(`\([^()]*\)?|appels? a projets?`)

// powers reads what the verbs of a mission allow, up to its first relative clause.
func (c *council) powers(p piece) (powers []Field) {
	s := c.text(p)
	head := aside.ReplaceAllStringFunc(s, func(x string) string { return strings.Repeat(".", len(x)) })
	if loc := relative.FindStringIndex(s); loc != nil {
		head = head[:loc[0]]
	}
	seen := map[string]bool{}
	for _, part := range c.verbs(head) {
		for _, m := range c.book.All("power", head[part.from:part.to]) {
			w := m.Values["power"]
			if seen[w] {
				continue
			}
			seen[w] = true
			powers = append(powers, c.computed("power", w, c.trim(piece{p.from + part.from + m.From, p.from + part.from + m.To})))
		}
	}
	return powers
}

var clauseCut = regexp.MustCompile(`, (?:et |puis )?| et | puis `)

// verbs cuts a mission where another verb begins, so that one verb does not take what the next one bears on; a verb without
// an object of its own stays with the next: "définir et valider les orientations".
func (c *council) verbs(s string) []piece {
	var out []piece
	from := 0
	for _, loc := range clauseCut.FindAllStringIndex(s, -1) {
		if loc[0] <= from || !c.book.Has("mission-verb", s[loc[1]:]) && !infinitive.MatchString(s[loc[1]:]) || bareVerb.MatchString(strings.TrimSpace(s[from:loc[0]])) {
			continue
		}
		out = append(out, piece{from, loc[0]})
		from = loc[1]
	}
	return append(out, piece{from, len(s)})
}
