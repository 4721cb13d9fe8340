package reading

import (
	"regexp"
	"strconv"
	"strings"

	"entente/internal/reading/outline"
	"entente/internal/reading/rule"
)

// period reads when the convention applies. Only the terms count: never a heading, a footer, the preamble or an annex.
func (r *reader) period() {
	var hits []hit
	for _, i := range r.body() {
		b := r.doc.Blocks[i]
		if b.Kind == outline.Heading || b.Kind == outline.Row {
			continue
		}
		titled := r.book.Has("period-title", r.subjects(b.Section))
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
	return aboutConvention.MatchString(s) && (strings.Contains(s, "conclu") || strings.Contains(s, "signature") || strings.Contains(s, "en vigueur") || strings.Contains(s, "effet") || strings.Contains(s, "valable") || strings.Contains(s, "s'applique") || strings.Contains(s, "duree"))
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
