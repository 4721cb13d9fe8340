package reading

import (
	"regexp"
	"strings"

	"entente/internal/reading/french"
	"entente/internal/reading/outline"
	"entente/internal/reading/rule"
)

// committee is a body of the convention while it is being read: what was found of it, and what the list being read is about.
type committee struct {
	key      string // folded name
	name     piece
	short    string
	opened   int // block
	section  int
	headed   bool // opened by a heading of the text
	mode     mode
	header   int // party named by the heading of a group of seats, -1 for none
	rule     *rule.Rule
	found    []func(id string) // facts, added once the committee is known to be one
	cadence  *hit
	needed   *hit
	derived  bool
	seats    int
	missions int
	subst    *Field
	quorum   bool
	majority bool
	notice   bool
}

// mode is what the items that follow are.
type mode int

const (
	nothing mode = iota
	composing
	charging
	meeting
	aiming // what a meeting is for
)

// committees reads the bodies that the convention sets up.
func (r *reader) committees() {
	c := &council{reader: r}
	for _, i := range append(r.body(), r.annexed("annex-governing")...) {
		c.block(i)
	}
	for _, k := range c.all {
		c.keep(k)
	}
	r.levels()
	r.organizers()
}

// council follows the committees through the text.
type council struct {
	*reader
	all     []*committee
	current *committee
	table   []string     // meaning of the columns of the table being read
	across  []*committee // of the table being read, where each has a column
	at      int          // block being read
}

// block reads one line of the terms.
func (c *council) block(i int) {
	b := c.doc.Blocks[i]
	c.at = i
	if b.Kind == outline.Row {
		c.row(i)
		return
	}
	c.table, c.across = nil, nil
	p := c.lineTitle(i)
	c.leave(b)
	if c.another(i) {
		c.current = nil
	}
	if k, rest, ok := c.opening(i, p); ok {
		c.current = k
		if rest.from < rest.to {
			c.read(rest, b)
		}
		return
	}
	if c.current == nil {
		c.created(i, p)
		return
	}
	c.read(p, b)
}

// leave ends the committee at the next article.
func (c *council) leave(b outline.Block) {
	if c.current == nil || b.Kind != outline.Heading {
		return
	}
	k := c.current
	if k.headed && c.doc.Within(b.Section, k.section) || !k.headed && c.doc.Sections[b.Section].Level > c.doc.Sections[k.section].Level {
		return
	}
	c.current = nil
}

// another tells a label that begins a body that the rules do not know: the lines after it are not about the committee before.
func (c *council) another(i int) bool {
	s := strings.TrimSpace(c.doc.Folded(c.doc.Blocks[i]))
	if c.current == nil || c.current.mode == composing || !c.book.Has("other-label", s) || i+1 >= len(c.doc.Blocks) {
		return false
	}
	for _, kind := range []string{"composition", "missions", "meets", "meets-label", "committee", "pronoun"} {
		if c.book.Has(kind, s) {
			return false
		}
	}
	return c.book.Has("about-label", strings.TrimSpace(c.doc.Folded(c.doc.Blocks[i+1])))
}

// presented finds the committee that a line begins with. Of several readings the shortest name is right: the others take
// the verb for a part of the name.
func (c *council) presented(s string) (best rule.Match, ok bool) {
	length := func(m rule.Match) int { return m.Groups["name"][1] - m.Groups["name"][0] }
	for _, m := range c.book.All("committee", s) {
		if !ok || length(m) < length(best) {
			best, ok = m, true
		}
	}
	return best, ok
}

// governing tells a section that may set up committees, by its title or by that of one above it.
func (c *council) governing(section int) bool {
	return c.book.Has("governing-title", c.subjects(section))
}

// opening tells a line that begins a committee, and what of the line is still to be read.
func (c *council) opening(i int, p piece) (*committee, piece, bool) {
	m, ok := c.presented(c.text(p))
	if !ok {
		return nil, piece{}, false
	}
	name, _ := c.group(p, m, "name")
	name = c.tidyName(name)
	how := m.Values["how"]
	if how != "heading" && !c.governing(c.doc.Blocks[i].Section) || c.generic(c.text(name)) {
		return nil, piece{}, false
	}
	if how == "heading" && c.doc.Blocks[i].Kind == outline.Item && c.current != nil && c.current.mode == composing && !ends(c.text(p), ":") {
		return nil, piece{}, false
	}
	rest := p
	if how == "heading" {
		rest = piece{}
	}
	if k := c.known(c.text(name), m.Values["short"]); k != nil {
		if how == "heading" {
			k.mode = nothing
			k.header = -1
		}
		return k, rest, true
	}
	k := &committee{key: c.text(name), name: name, short: m.Values["short"], opened: i, section: c.doc.Blocks[i].Section, headed: c.doc.Blocks[i].Kind == outline.Heading, header: -1, rule: m.Rule}
	c.all = append(c.all, k)
	return k, rest, true
}

// created tells a committee that a sentence sets up: "les parties mettent en place un comité de pilotage".
func (c *council) created(i int, p piece) {
	m, ok := c.book.First("committee-created", c.text(p))
	if !ok || c.doc.Blocks[i].Kind == outline.Heading || !c.governing(c.doc.Blocks[i].Section) {
		return
	}
	name, _ := c.group(p, m, "name")
	name = c.tidyName(name)
	if c.generic(c.text(name)) {
		return
	}
	k := c.known(c.text(name), m.Values["short"])
	if k == nil {
		k = &committee{key: c.text(name), name: name, short: m.Values["short"], opened: i, section: c.doc.Blocks[i].Section, header: -1, rule: m.Rule}
		c.all = append(c.all, k)
	}
	if c.doc.Blocks[i].Kind == outline.Item {
		return // the items that follow are not about it
	}
	c.current = k
	rest := c.trimSpace(piece{name.to, p.to})
	c.read(rest, c.doc.Blocks[i])
}

// plural names that announce committees and are none.
var announces = regexp.MustCompile(`^(?:instances?(?: (?:de|du|d'|et|pleni|politique).*)?|comites|comite|commissions?|les instances.*|groupes?)$`)

func (c *council) generic(name string) bool {
	return announces.MatchString(name) && name != "instance pleniere" && !strings.HasPrefix(name, "instance de pilotage") && !strings.HasPrefix(name, "instance politique") && !strings.HasPrefix(name, "instance de suivi")
}

var (
	andOther  = regexp.MustCompile(` (?:et (?:une?|des|les?|la|l') |(?:associant|reunissant|regroupant|rassemblant|compose|constitue|preside) ?|(?:dont|qui|auquel|charge|selon|afin|lequel)\b).*$`)
	nameTail  = regexp.MustCompile(`(?: (?:de|du|des|la|le|les|l'|et|d'|a|au|ou|en|pour|commun|dedie|specifique|partenarial qui|annuel|sont|est|ainsi|qui|se|ont))+$`)
	ofTheText = regexp.MustCompile(` (?:de la (?:presente )?(?:convention|ctg|demarche)|du (?:present )?(?:contrat|pst|cls|projet)|des (?:parties|signataires)|de la ctg|du contrat local de sante)$`)
)

// tidyName ends the name of a committee before words that are not part of it.
func (c *council) tidyName(p piece) piece {
	if loc := andOther.FindStringIndex(c.text(p)); loc != nil {
		p.to = p.from + loc[0]
	}
	if loc := nameTail.FindStringIndex(c.text(p)); loc != nil {
		p.to = p.from + loc[0]
	}
	return c.trim(p)
}

// canonical writes a name so that two ways of saying it compare equal.
func canonical(name string) string {
	if bare := ofTheText.ReplaceAllString(name, ""); strings.Contains(bare, " ") {
		name = bare
	}
	return singular(name)
}

// singular spells abbreviations out and takes the plural off every word.
func singular(name string) string {
	words := strings.Fields(name)
	for i, w := range words {
		w = strings.TrimRight(w, ",;:.")
		words[i] = strings.TrimSuffix(w, "s")
		if m, ok := rule.Standard().First("abbreviation", words[i]); ok {
			words[i] = m.Values["full"]
		}
	}
	return strings.Join(words, " ")
}

// known finds a committee by its name, its abbreviation, or the first words of its name where these are enough.
func (c *council) known(name, short string) *committee {
	key := canonical(name)
	var partial []*committee
	for _, k := range c.all {
		kk := canonical(k.key)
		switch {
		case kk == key || short != "" && k.short == short || k.short != "" && name == k.short:
			return k
		case strings.HasPrefix(kk, key+" "):
			partial = append(partial, k)
		}
	}
	for _, k := range partial {
		if k == c.current {
			return k
		}
	}
	if len(partial) == 1 {
		return partial[0]
	}
	return nil
}

// keep adds a committee of which the text says something: who sits in it, what it does or when it meets.
func (c *council) keep(k *committee) {
	if k.seats+k.missions == 0 && k.cadence == nil && k.needed == nil && !k.derived {
		if k.rule.Name == "committee.heading" || k.rule.Name == "committee.created" {
			c.ask(KindCommittee, "", "", k.name, k.section, nil, "reading.question.committee", "name", c.words(k.name))
		}
		return
	}
	id := c.add(KindCommittee, "", k.name, k.section, k.rule, c.field("name", k.name))
	if k.subst != nil {
		c.set(id, *k.subst)
	}
	for _, note := range k.found {
		note(id)
	}
	c.rhythm(id, k)
}

// rhythm adds how often a committee meets.
func (c *council) rhythm(id string, k *committee) {
	switch {
	case k.cadence != nil:
		h := k.cadence
		whole := c.trim(h.piece)
		fields := c.cadenceFields(*h)
		if len(fields) > 0 {
			c.add(KindCadence, id, whole, h.section, h.m.Rule, fields...)
		}
	case k.needed != nil:
		whole := c.trim(k.needed.piece)
		c.add(KindCadence, id, whole, k.needed.section, k.needed.m.Rule, c.computed("as-needed", "oui", whole))
	}
}

// levels gives each committee its rank, by its name, and asks where the name does not tell.
func (r *reader) levels() {
	var ids []string
	for _, f := range r.facts {
		if f.Kind == KindCommittee {
			ids = append(ids, f.ID)
		}
	}
	strategic := false
	for _, id := range ids {
		m, ok := r.book.First("level", french.Key(r.find(id).Get("name")))
		strategic = strategic || ok && m.Values["level"] == "strategique"
	}
	for _, id := range ids {
		f := r.find(id)
		name := f.Fields[0]
		level := r.level(name.Value, strategic)
		if len(ids) == 1 {
			level = "unique"
		}
		if level != "" {
			r.set(id, Field{"level", level, name.Span})
			continue
		}
		r.questions = append(r.questions, levelQuestion(f))
	}
}
