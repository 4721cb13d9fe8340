package reading

import (
	"regexp"
	"strings"

	"entente/internal/reading/french"
	"entente/internal/reading/outline"
	"entente/internal/reading/rule"
)

// seatItem reads one entry of a composition: the heading of a group ("Pour la CAF :"), or a seat.
func (c *council) seatItem(p piece, b outline.Block) {
	s := strings.TrimSpace(c.text(p))
	if m, ok := c.book.First("seat-group", s); ok {
		if who, _ := c.named(m.Group("who", s)); len(who) == 1 {
			c.current.header = who[0]
			return
		}
		if !c.book.Has("seat", s) {
			c.current.header = -1
			return
		}
	}
	if m, ok := c.book.First("seat-group-inline", s); ok && !c.book.Has("seat", s) {
		q := c.trimSpace(p)
		if who, _ := c.named(m.Group("who", s)); len(who) == 1 {
			c.current.header = who[0]
			if g, ok := c.group(q, m, "rest"); ok {
				c.seatList(g, b)
			}
			c.current.header = -1
			return
		}
	}
	c.seatList(p, b)
}

// seatList reads seats that stand in one line, cut where an entry begins.
func (c *council) seatList(p piece, b outline.Block) {
	c.substitutes(p)
	entries := c.entries(p)
	for i, q := range entries {
		k, was := c.current, c.current.header
		if i+1 < len(entries) && k.header < 0 && len(c.mentions(c.text(q))) == 0 && strings.Contains(c.doc.Fold.S[q.to:entries[i+1].from], "et ") {
			k.header = c.onBehalfOf(entries[i+1])
		}
		c.seat(q, b)
		k.header = was
	}
}

// onBehalfOf gives the party for which a seat stands that says so at its end: "deux administrateurs pour la Caf"; else -1.
// The seat joined to it by "et" stands for the same party.
func (c *council) onBehalfOf(p piece) int {
	s := c.text(p)
	m := c.mentions(s)
	if len(m) != 1 || m[0].to < len(s)-1 || !forParty.MatchString(s[:m[0].from]) {
		return -1
	}
	return m[0].signer
}

var forParty = regexp.MustCompile(` (?:pour|au titre de) (?:la |le |l'|les )?$`)

// entries cuts a line of seats.
func (c *council) entries(p piece) []piece {
	s := c.text(p)
	var out []piece
	from, depth := 0, 0
	for _, loc := range seatCut.FindAllStringIndex(s, -1) {
		depth = strings.Count(s[:loc[0]], "(") - strings.Count(s[:loc[0]], ")")
		if depth > 0 || loc[0] <= from || !c.entry(s[loc[1]:]) || !c.entry(s[from:loc[0]]) {
			continue
		}
		out = append(out, c.trim(piece{p.from + from, p.from + loc[0]}))
		from = loc[1]
	}
	return append(out, c.trim(piece{p.from + from, p.to}))
}

// entry tells words that may begin a seat, and are not a mere continuation ("du développement social").
func (c *council) entry(s string) bool {
	s = strings.TrimSpace(s)
	if loc := c.starts.FindStringIndex(s); loc == nil || loc[0] != 0 {
		return false
	}
	head := s
	if i := strings.IndexAny(s, ",;"); i > 0 {
		head = s[:i]
	}
	return c.book.Has("seat", head) || c.current.header >= 0 && c.book.Has("seat-count-bare", head) || c.book.Has("category", head) || c.namesFirst(head)
}

// namesFirst tells words that begin with the name of a party.
func (c *council) namesFirst(s string) bool {
	s = s[len(s)-len(determinerless(s)):]
	for _, m := range c.mentions(s) {
		return m.from == 0
	}
	return false
}

func determinerless(s string) string {
	if loc := determiner.FindStringIndex(s); loc != nil {
		return s[loc[1]:]
	}
	return s
}

var alternative = regexp.MustCompile(`,? (?:ou|et/ou) (?:de |d')?(?:leurs?|son|sa|ses|toute|tout|un|une|la|le) ?(?:ou (?:son|sa|leur) )?(?:propres? )?(?:representante?s?|suppleante?s?|delegue?e?s?|personnes?|adjointe?s?|remplacante?s?).*$`)

// seat reads one seat.
func (c *council) seat(p piece, b outline.Block) {
	s := c.text(p)
	if loc := alternative.FindStringIndex(s); loc != nil {
		p.to = p.from + loc[0]
	}
	p = c.trim(p)
	if p.to-p.from < 3 {
		return
	}
	s = c.text(p)
	m, ok := c.book.First("seat", s)
	bare, alone := c.book.First("seat-count-bare", s)
	switch {
	case alone && c.current.header >= 0:
		c.headed(p, bare, b)
	case ok && m.Values["derived"] != "":
		c.current.derived = true
		c.note(p, b, m.Rule, c.computed("derived", m.Values["derived"], p))
	case ok && m.Values["each"] != "":
		for _, sg := range c.eachOf(m.Values["of"]) {
			c.note(p, b, m.Rule, c.computed("party", sg.id, p), c.computed("count", m.Values["count"], p))
		}
	case ok && m.Values["count"] != "":
		c.counted(p, m, b)
	case ok && m.Values["function"] != "" && c.book.Has("seat-several", s):
		c.unclear(p, b)
	case ok && m.Values["function"] != "":
		c.held(p, m, b)
	case c.book.Has("category", s) && len(c.mentions(s)) == 1:
		c.unclear(p, b)
	case c.book.Has("category", s):
		c.asked(p, b, "reading.question.seat-category")
	default:
		c.unclear(p, b)
	}
}

// eachOf lists the parties that "chaque signataire", "chaque commune" means.
func (c *council) eachOf(word string) []signer {
	var kind string
	switch {
	case strings.HasPrefix(word, "commune"):
		kind = "les communes"
	case strings.HasPrefix(word, "collectivite"):
		kind = "les collectivites"
	default:
		return c.signers
	}
	var out []signer
	for _, m := range c.book.All("collective", kind) {
		for _, i := range c.ofKinds(m.Values["of"]) {
			out = append(out, c.signers[i])
		}
	}
	return out
}

// note adds a seat, once its committee is known.
func (c *council) note(p piece, b outline.Block, m *rule.Rule, fields ...Field) {
	k := c.current
	k.seats++
	k.found = append(k.found, func(id string) { c.add(KindSeat, id, p, b.Section, m, fields...) })
}

// asked notes a seat whose party the text does not tell, with what it does tell.
func (c *council) asked(p piece, b outline.Block, key string, draft ...Field) {
	k := c.current
	k.seats++
	k.found = append(k.found, func(id string) {
		c.ask(KindSeat, id, "party", p, b.Section, c.partyCandidates(), key, "words", c.words(p))
		c.questions[len(c.questions)-1].Draft = draft
	})
}

// headed reads a bare count under the name of a party: "deux administrateurs".
func (c *council) headed(p piece, m rule.Match, b outline.Block) {
	fields := []Field{c.computed("count", m.Values["count"], p), c.computed("party", c.signers[c.current.header].id, p)}
	if a, ok := c.group(p, m, "among"); ok {
		fields = append(fields, c.field("among", a))
	}
	c.note(p, b, m.Rule, fields...)
}

// among matches what may stand between a count and the party whose members these are.
var among = regexp.MustCompile(`^(?:,? ?(?:designee?s? |nommee?s? |issue?s? |representant )?(?:par |pour |de la |de l'|du |des |de |d'|la |le |l'|au titre de |au titre du |au sein de |parmi )*)(?P<among>(?:direction|conseil d'administration|conseil communautaire|conseil municipal|bureau|services?|equipe|commission|executif|assemblee|elus)\b(?: generale)?)?(?: ?(?:de la |de l'|du |des |de |d'|la |le |l'))* ?$`)

// counted reads seats by count: the party must stand right after, or head the group.
func (c *council) counted(p piece, m rule.Match, b outline.Block) {
	s := c.text(p)
	g, ok := m.Groups["rest"]
	if !ok {
		return
	}
	rest := s[g[0]:g[1]]
	fields := []Field{c.computed("count", m.Values["count"], p)}
	if a, ok := c.group(p, m, "among"); ok {
		fields = append(fields, c.field("among", a))
	}
	if f, ok := c.holder(rest, p.from+g[0]); ok {
		c.note(p, b, m.Rule, append(fields, f...)...)
		return
	}
	if h := c.current.header; h >= 0 {
		c.note(p, b, m.Rule, append(fields, c.computed("party", c.signers[h].id, p), c.field("among", c.trim(c.dropDeterminer(piece{p.from + g[0], p.from + g[1]}))))...)
		return
	}
	c.asked(p, b, "reading.question.seat-party", fields[0])
}

// holder finds the party whose members the words after a count are, and among whom they are chosen; from is where the
// words begin in the folded text.
func (c *council) holder(rest string, from int) ([]Field, bool) {
	found := c.mentions(rest)
	if len(found) == 0 {
		return nil, false
	}
	x := found[0]
	loc := among.FindStringSubmatchIndex(rest[:x.from])
	if loc == nil {
		return nil, false
	}
	var out []Field
	if loc[2] >= 0 {
		out = append(out, c.field("among", piece{from + loc[2], from + loc[3]}))
	}
	return append(out, c.computed("party", c.signers[x.signer].id, piece{from + x.from, from + x.to})), true
}

// another matches the seat that follows one by function in the same words.
var another = regexp.MustCompile(`(?:,| et|, et) (?:d'une?|de (?:deux|trois)) (?:representant|membre|elu|technicien)`)

// held reads a seat by function: the party heads the group, or is named in the words.
func (c *council) held(p piece, m rule.Match, b outline.Block) {
	fn, _ := c.group(p, m, "function")
	if loc := another.FindStringIndex(c.text(fn)); loc != nil {
		fn.to = fn.from + loc[0]
	}
	fn = c.withoutPerson(fn)
	if h := c.current.header; h >= 0 {
		c.note(p, b, m.Rule, c.computed("party", c.signers[h].id, fn), c.field("function", fn))
		return
	}
	s := c.text(fn)
	found := c.mentions(s)
	if len(found) == 0 {
		found = c.ofPlace(s)
	}
	if len(found) == 0 {
		c.asked(p, b, "reading.question.seat-party", c.field("function", fn))
		return
	}
	if several := found[0].signer != found[len(found)-1].signer; several && strings.Contains(s, ",") {
		c.asked(p, b, "reading.question.seat-party", c.field("function", fn)) // two seats that could not be told apart
		return
	}
	x := found[len(found)-1]
	party := c.computed("party", c.signers[x.signer].id, piece{fn.from + x.from, fn.from + x.to})
	if loc := c.whole.FindStringIndex(s); loc != nil && loc[1] >= x.to {
		c.note(p, b, m.Rule, party, c.field("function", fn))
		return
	}
	if x.from > 0 && x.to >= len(s)-1 && !isFunction(s[x.from:x.to]) {
		before := piece{fn.from, fn.from + x.from}
		if loc := preposition.FindStringIndex(c.text(before)); loc != nil {
			before.to = before.from + loc[0]
		}
		if t := c.trim(before); t.to-t.from > 2 {
			fn = t
		}
	}
	c.note(p, b, m.Rule, party, c.field("function", fn))
}

// ofPlace finds the commune whose place ends a function: "directrice générale des services de Brume".
func (c *council) ofPlace(s string) []mention {
	s = plain(s)
	for i, sg := range c.signers {
		if sg.kind != "commune" {
			continue
		}
		place := plain(french.Key(sg.name))
		place = strings.TrimPrefix(strings.TrimPrefix(place, "commune "), "ville ")
		if strings.HasSuffix(s, " "+place) && (strings.HasPrefix(place, "de ") || strings.HasPrefix(place, "d'") || strings.HasPrefix(place, "du ")) {
			return []mention{{i, len(s) - len(place), len(s)}}
		}
	}
	return nil
}

// unclear asks about words of a composition that give no seat by themselves: a party without a number.
func (c *council) unclear(p piece, b outline.Block) {
	s := c.text(p)
	found := c.mentions(s)
	if len(s) > 200 {
		return
	}
	if len(found) == 0 {
		if c.book.Has("seat-several", s) {
			c.asked(p, b, "reading.question.seat-category")
		}
		return
	}
	k := c.current
	k.seats++
	sg := c.signers[found[0].signer]
	k.found = append(k.found, func(id string) {
		c.ask(KindSeat, id, "count", p, b.Section, []Candidate{{"1", "1"}, {"2", "2"}}, "reading.question.seat-count", "party", sg.label())
		c.questions[len(c.questions)-1].Draft = []Field{c.computed("party", sg.id, p)}
	})
}
