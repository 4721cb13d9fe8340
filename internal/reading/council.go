package reading

import (
	"regexp"
	"strconv"
	"strings"

	"entente/internal/reading/outline"
	"entente/internal/reading/rule"
)

// read reads a line that stands under the committee: its composition, its missions, its meetings, its rules.
func (c *council) read(p piece, b outline.Block) {
	if b.Kind == outline.Item && !c.speaks(p) {
		c.item(p, b)
		return
	}
	if b.Kind != outline.Item && c.listed(p, b) {
		c.item(p, b)
		return
	}
	for n, s := range c.sentences(p) {
		if s = c.trimSpace(s); c.trim(s).from >= c.trim(s).to {
			continue
		}
		if n > 0 {
			c.turn(s)
		}
		if !c.mismatched(c.text(s)) {
			c.sentence(s, b)
		}
	}
}

// speaks tells an item that is a sentence about the committee and not an entry of a list.
func (c *council) speaks(p piece) bool {
	s := c.text(p)
	return c.book.Has("composition", s) && !c.book.Has("seat", s) || c.book.Has("missions", s) || c.book.Has("meets", s) && !c.book.Has("seat", s)
}

// listed tells an entry of a list without bullets.
func (c *council) listed(p piece, b outline.Block) bool {
	s := c.text(p)
	if c.current.mode == nothing || b.Kind != outline.Paragraph || c.speaks(p) {
		return false
	}
	return ends(s, ",") || ends(s, ";") || c.current.mode == composing && (c.book.Has("seat", c.text(c.trim(p))) || c.book.Has("seat-group", s)) && len(s) < 160 ||
		c.current.mode == charging && infinitive.MatchString(s)
}

// infinitive matches a line that begins with a verb in the infinitive.
var infinitive = regexp.MustCompile(`^(?:de |d'|a |s'|se )?(?:en |y )?(?:[a-z]{2,}(?:er|ir)|mettre|rendre|suivre|conduire|construire|definir|permettre|prendre|faire|etre|promouvoir|soumettre|produire|transmettre)\b`)

// sentence reads one sentence.
func (c *council) sentence(p piece, b outline.Block) {
	k := c.current
	s := c.text(p)
	subject := c.book.Has("pronoun", s) || strings.HasPrefix(s, "les ") || strings.HasPrefix(s, "le ") || strings.HasPrefix(s, "la ") || strings.HasPrefix(s, "l'") || strings.HasPrefix(s, "un ") || strings.HasPrefix(s, "une ")
	subject = subject || led.MatchString(s)
	met := c.meets(p, b)
	decided := c.decides(p, b)
	comp, hasComp := c.book.First("composition", s)
	miss, hasMiss := c.book.First("missions", s)
	if hasComp && hasMiss && comp.From > miss.From {
		hasComp = false
	}
	switch {
	case hasComp:
		k.mode, k.header = composing, -1
		rest, ok := c.group(p, comp, "rest")
		next := piece{}
		if loc := resumed.FindStringSubmatchIndex(c.text(rest)); ok && loc != nil {
			next = piece{rest.from + loc[2], p.to}
			rest.to = rest.from + loc[0]
		}
		if ok && hasMiss {
			rest.to = min(rest.to, p.from+miss.From)
		}
		if m, total := c.book.First("composition-total", c.text(rest)); ok && total {
			rest.from += m.To
		}
		if ok && rest.from < rest.to && !ends(s, ":") {
			c.seatList(rest, b)
			k.mode = nothing
		}
		if next.from < next.to {
			c.sentence(next, b)
			return
		}
		if hasMiss {
			c.charge(p, miss, b)
		}
	case hasMiss:
		c.charge(p, miss, b)
	case met:
		if k.mode != meeting {
			k.mode = nothing
		}
		if ends(s, ":") && k.mode != meeting {
			k.mode = aiming // "se réunit deux fois par an :", then "pour définir…"
		}
		if loc := inOrderTo.FindStringIndex(s); loc != nil && infinitive.MatchString(s[loc[1]:]) && !inBrackets(s, loc[0]) {
			for _, q := range c.split(piece{p.from + loc[1], p.to}, missionCut) {
				c.addMission(q, b)
			}
		}
	case subject && !decided:
		c.mission(p, b)
	case k.mode == composing && b.Kind != outline.Heading:
		c.seatList(c.trim(p), b)
	}
}

var (
	// resumed matches where a sentence that begins with who sits goes on with what the committee does.
	resumed = regexp.MustCompile(`(?: et (?:co-?)?(?:anime|preside|pilote)e?s? par [^,.;]{3,80})?, ((?:il|elle|ce comite|cette instance) .*)`)
	// inOrderTo matches what a meeting is for: "se réunit deux fois par an afin de suivre les actions".
	inOrderTo = regexp.MustCompile(`\b(?:afin de |afin d'|en vue de |pour (?:de )?)`)
)

// item reads one entry of the list under a committee.
func (c *council) item(p piece, b outline.Block) {
	k := c.current
	s := strings.TrimSpace(c.text(p))
	switch {
	case k.mode == composing:
		c.seatItem(p, b)
	case k.mode == charging:
		c.addMission(p, b)
	case k.mode == aiming:
		if loc := inOrderTo.FindStringIndex(s); loc != nil && loc[0] == 0 && infinitive.MatchString(s[loc[1]:]) {
			c.addMission(piece{p.to - len(strings.TrimLeft(c.text(p), " ")) + loc[1], p.to}, b)
		}
	case k.mode == meeting:
		c.meets(p, b)
	case c.book.Has("mission-verb", s) || infinitive.MatchString(s):
		c.addMission(p, b)
	case c.book.Has("seat", c.text(c.trim(p))):
		c.seatItem(p, b)
	}
}

// meets reads how often the committee meets, who calls it, and tells whether the sentence was about that.
func (c *council) meets(p piece, b outline.Block) bool {
	k, s := c.current, c.text(p)
	label := k.mode == meeting
	if !label && !c.book.Has("meets", s) {
		return false
	}
	found := false
	if m, ok := c.book.First("cadence", s); ok {
		found = true
		if k.cadence == nil {
			k.cadence = &hit{piece: p, m: m, section: b.Section}
		}
	}
	if m, ok := c.book.First("cadence-needed", s); ok {
		found = true
		if k.needed == nil {
			k.needed = &hit{piece: p, m: m, section: b.Section}
		}
	}
	if !found && c.book.Has("cadence-vague", s) {
		k.found = append(k.found, func(id string) {
			c.ask(KindCadence, id, "min", c.trim(p), b.Section, nil, "reading.question.cadence", "words", c.words(p))
		})
		found = true
	}
	if !found && c.book.Has("meets-label", s) {
		k.mode = meeting
		return true
	}
	if m, ok := c.book.First("convened", s); ok && found {
		c.convenes(p, m)
	}
	if found && label {
		k.mode = nothing
	}
	return found
}

func (c *council) convenes(p piece, m rule.Match) {
	g, ok := c.group(p, m, "who")
	if !ok {
		return
	}
	who, _ := c.named(c.text(g))
	if len(who) == 0 {
		return
	}
	k := c.current
	k.found = append(k.found, func(id string) { c.set(id, c.computed("convened-by", c.ids(who), g)) })
}

// timesAYear is how many times in a year a word of a rhythm stands for; 0 for a word that is not known.
func (r *reader) timesAYear(word string) int {
	m, _ := r.book.First("per-year", word)
	n, _ := strconv.Atoi(m.Values["n"])
	return n
}

// cadenceFields gives the least and the most meetings over a year; a rhythm slower than a year gives nothing.
func (r *reader) cadenceFields(h hit) []Field {
	v := h.m.Values
	whole := r.trim(h.piece)
	least := 0
	switch {
	case v["span"] != "":
		n, _ := strconv.Atoi(v["min"])
		least = n * r.timesAYear(v["span"])
	case v["adverb"] != "":
		least = r.timesAYear(v["adverb"])
	case v["every"] != "":
		n, _ := strconv.Atoi(v["every"])
		if year := map[string]int{"mois": 12, "semaines": 52}[v["unit"]]; n > 0 && year/n > 0 {
			least = year / n
		}
	default:
		least, _ = strconv.Atoi(v["min"])
	}
	var out []Field
	if least > 0 {
		out = append(out, r.computed("min", strconv.Itoa(least), whole))
	}
	for _, key := range []string{"max", "max2"} {
		if v[key] != "" {
			out = append(out, r.computed("max", v[key], whole))
		}
	}
	if len(out) > 0 && rolling.MatchString(r.text(h.piece)) {
		out = append(out, r.computed("over", "12-mois-glissants", whole))
	}
	return out
}

var rolling = regexp.MustCompile(`(?:periode de )?(?:douze|12) mois(?: (?:glissants?|consecutifs?))?`)

// decides reads rules of quorum, majority, notice and substitution, and tells whether there was one.
func (c *council) decides(p piece, b outline.Block) (found bool) {
	k, s := c.current, c.text(p)
	if m, ok := c.book.First("quorum", s); ok && !k.quorum && !strings.Contains(s, "aucun quorum") {
		k.quorum, found = true, true
		c.threshold(KindQuorum, p, m, b)
	}
	if m, ok := c.book.First("majority", s); ok && !k.majority {
		k.majority, found = true, true
		c.threshold(KindMajority, p, m, b)
	}
	if m, ok := c.book.First("notice", s); ok && !k.notice {
		k.notice, found = true, true
		n, _ := strconv.Atoi(m.Values["n"])
		if m.Values["unit"] == "semaines" {
			n *= 7
		}
		k.found = append(k.found, func(id string) {
			q := c.trim(p)
			c.add(KindNotice, id, q, b.Section, m.Rule, c.computed("days", strconv.Itoa(n), q))
		})
	}
	c.substitutes(p)
	return found
}

func (c *council) substitutes(p piece) {
	if c.current.subst != nil {
		return
	}
	if m, ok := c.book.First("substitution", c.text(p)); ok {
		f := c.computed("substitution", m.Values["substitution"], c.trim(piece{p.from + m.From, p.from + m.To}))
		c.current.subst = &f
	}
}

func (c *council) threshold(kind Kind, p piece, m rule.Match, b outline.Block) {
	part, _ := c.book.First("share", m.Values["share"])
	share, strict := part.Values["share"], m.Values["strict"] != ""
	if kind == KindMajority && share == "" {
		share, strict = "1/2", true
	}
	of := "sieges"
	switch w := m.Values["of"]; {
	case strings.Contains(w, "present") || strings.Contains(w, "exprim") || kind == KindMajority && w == "":
		of = "presents"
	case strings.Contains(w, "parti") || strings.Contains(w, "signataire") || strings.Contains(w, "institution"):
		of = "parties"
	}
	q := c.trim(p)
	fields := []Field{c.computed("share", share, q), c.computed("of", of, q)}
	if strict {
		fields = append(fields, c.computed("strict", "oui", q))
	}
	k := c.current
	k.found = append(k.found, func(id string) { c.add(kind, id, q, b.Section, m.Rule, fields...) })
}
