package reading

import (
	"regexp"
	"slices"
	"strings"

	"entente/internal/reading/french"
	"entente/internal/reading/outline"
	"entente/internal/reading/rule"
)

var signLine = regexp.MustCompile(`^(?:p(?:our|/) (?:la |le |l'|les )?|(?:le |la |les |l')?(?:vice-)?(?:` + titleWords + `)|monsieur le |madame la )`)

func date(s string) (string, bool) { return french.Date(s) }

// signatures reads the places at the foot of the text where parties sign, by function.
func (r *reader) signatures() {
	at := r.in(outline.Signature)
	done := map[int]bool{}
	for k := 0; k < len(at); k++ {
		if r.headedColumns(at, k, done) {
			continue
		}
		for _, p := range r.columns(at[k]) {
			if !signLine.MatchString(r.text(p)) && !r.partyAlone(p) {
				continue
			}
			first := r.doc.Blocks[at[k]]
			p = r.withNext(p, at, k)
			if r.signature(p, first.Section, done) && first.Kind != outline.Row {
				for k+1 < len(at) && r.doc.Blocks[at[k+1]].To <= p.to {
					k++ // the function that follows its party is not the beginning of the next signature
				}
			}
		}
	}
}

// partyAlone tells words that name a party and nothing else.
func (r *reader) partyAlone(p piece) bool {
	s := determinerless(r.text(p))
	m := r.mentions(s)
	if len(m) == 0 {
		return r.groupAlone(s)
	}
	// "la Caf de l’Ambre" is the short name with the place of the legal one.
	rest := plain(s[m[0].to:])
	return m[0].from == 0 && !isFunction(s) && (rest == "" || strings.HasSuffix(plain(french.Key(r.signers[m[0].signer].name)), rest))
}

// groupAlone tells the name that several parties share.
func (r *reader) groupAlone(s string) bool {
	s = strings.TrimPrefix(plain(strings.TrimPrefix(s, "pour ")), "les ")
	return slices.ContainsFunc(r.groups, func(g group) bool { return g.name == s })
}

// headedColumns reads a row of parties over a row of functions, as blocks of signatures are often set.
func (r *reader) headedColumns(at []int, k int, done map[int]bool) bool {
	if k+1 >= len(at) || r.doc.Blocks[at[k]].Kind != outline.Row || r.doc.Blocks[at[k+1]].Kind != outline.Row {
		return false
	}
	heads, functions := r.cells(at[k]), r.cells(at[k+1])
	for i, h := range heads {
		if loc := onBehalf.FindStringIndex(r.text(h)); loc != nil {
			heads[i].from += loc[1]
		}
	}
	if len(heads) < len(functions) {
		functions = r.ofHeads(heads, functions)
	}
	if len(heads) != len(functions) {
		return false
	}
	for i := range heads {
		if !r.partyAlone(heads[i]) || !functionLine.MatchString(r.text(functions[i])) {
			return false
		}
	}
	for i, h := range heads {
		found := r.mentions(r.text(h))
		if len(found) == 0 {
			r.signsTogether(h, functions[i], r.doc.Blocks[at[k]].Section, done)
			continue
		}
		m := found[0]
		if done[m.signer] {
			continue
		}
		done[m.signer] = true
		fn := r.withoutPerson(r.dropDeterminer(functions[i]))
		r.add(KindSignature, "", functions[i], r.doc.Blocks[at[k]].Section, &rule.Rule{Name: "signature.columns", Confidence: 0.9},
			r.computed("party", r.signers[m.signer].id, h), r.field("function", fn))
	}
	return true
}

// ofHeads finds, where a party signs by more than one hand, the first function of each party: that of who represents it.
func (r *reader) ofHeads(heads, functions []piece) []piece {
	var out []piece
	next := 0
	for _, h := range heads {
		m := r.mentions(r.text(h))
		if len(m) == 0 {
			return nil
		}
		roles := french.Key(r.find(r.signers[m[0].signer].id).Get("signatory"))
		for next < len(functions) && !strings.HasPrefix(roles, firstWord(determinerless(r.text(functions[next])))) {
			next++
		}
		if next == len(functions) {
			return nil
		}
		out = append(out, functions[next])
		next++
	}
	return out
}

// firstWord is the first word of a function, in the form that both genders share: "maire", "direct", "president".
func firstWord(s string) string {
	w, _, _ := strings.Cut(s, " ")
	for _, end := range []string{"rice", "eur", "e"} {
		if strings.HasSuffix(w, end) && len(w) > len(end)+3 {
			return strings.TrimSuffix(w, end)
		}
	}
	return w
}

var onBehalf = regexp.MustCompile(`^(?:pour|p/) `)

// columns cuts a line at the cells of a table.
func (r *reader) columns(block int) []piece {
	if r.doc.Blocks[block].Kind == outline.Row {
		return r.cells(block)
	}
	return []piece{r.trim(r.block(r.doc.Blocks[block]))}
}

// withNext adds the lines that go on with a signature: neither a new one nor a name alone.
func (r *reader) withNext(p piece, at []int, k int) piece {
	if r.doc.Blocks[at[k]].Kind == outline.Row {
		return p
	}
	for j := k + 1; j < len(at) && j <= k+3; j++ {
		b := r.doc.Blocks[at[j]]
		s := r.doc.Folded(b)
		named := len(r.mentions(r.text(p))) > 0 || r.groupAlone(r.text(piece{p.from, r.lineEnd(p)}))
		switch {
		case (strings.HasPrefix(r.text(p), "p") || r.partyAlone(p)) && named && functionLine.MatchString(s) && r.sameParty(r.text(p), s):
			p.to = b.To
		case signLine.MatchString(s) || r.personal(b):
			return p
		case !named || !b.Gap:
			p.to = r.trim(r.block(b)).to
		default:
			return p
		}
	}
	return p
}

// sameParty tells a line that names no party, or the one that the lines before it name.
func (r *reader) sameParty(before, line string) bool {
	a, b := r.mentions(before), r.mentions(line)
	return len(b) == 0 || len(a) > 0 && a[0].signer == b[0].signer
}

var functionLine = regexp.MustCompile(`^(?:le |la |les |l'|son |sa )?(?:vice-)?(?:` + titleWords + `)`)

var personAlone = regexp.MustCompile(`^\s*(?:(?:Monsieur|Madame|M\.|Mme\.?)\s+)?\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+)*\s*$`)

// personal tells a line that holds the name of a person and nothing else.
func (r *reader) personal(b outline.Block) bool {
	return personAlone.MatchString(r.doc.Words(b)) && len(r.mentions(r.doc.Folded(b))) == 0
}

// signature notes one place, where its party is known, and tells whether it did.
func (r *reader) signature(p piece, section int, done map[int]bool) bool {
	p = r.trim(p)
	s := strings.ReplaceAll(r.text(p), "\n", " ")
	found := r.mentions(s)
	if len(found) == 0 {
		return r.signedTogether(p, section, done)
	}
	m := found[len(found)-1]
	for i := len(found) - 2; i >= 0 && found[i].signer == m.signer; i-- {
		m.from = found[i].from // "la présidente du PETR du Pays d’Aulne" names its party twice
	}
	if strings.HasPrefix(s, "p") && strings.HasPrefix(strings.TrimPrefix(s, "p"), "our") || strings.HasPrefix(s, "p/") ||
		r.partyAlone(piece{p.from, r.lineEnd(p)}) {
		m = found[0]
	}
	if done[m.signer] {
		return false
	}
	fn, ok := r.signFunction(p, s, m)
	if !ok {
		return false
	}
	done[m.signer] = true
	sg := r.signers[m.signer]
	fields := []Field{r.computed("party", sg.id, piece{p.from + m.from, p.from + m.to})}
	if fn.from < fn.to {
		fields = append(fields, r.field("function", fn))
	}
	r.add(KindSignature, "", p, section, &rule.Rule{Name: "signature.line", Confidence: 0.92}, fields...)
	return true
}

// signedTogether notes one place where parties sign that the text calls by one name: "Pour les Communes, les maires".
func (r *reader) signedTogether(p piece, section int, done map[int]bool) bool {
	s := plain(strings.ReplaceAll(r.text(p), "\n", " "))
	for _, g := range r.groups {
		at := strings.Index(s, g.name)
		if at < 0 || !bounded(s, at, at+len(g.name)) {
			continue
		}
		fn, ok := r.signFunction(p, s, mention{g.who[0], at, at + len(g.name)})
		if !ok {
			continue
		}
		for _, i := range g.who {
			if !done[i] {
				done[i] = true
				r.signs(i, piece{p.from + at, p.from + at + len(g.name)}, fn, p, section)
			}
		}
		return true
	}
	return false
}

// signsTogether notes the column of a block of signatures under the name that several parties share.
func (r *reader) signsTogether(head, function piece, section int, done map[int]bool) {
	for _, g := range r.groups {
		if !r.groupAlone(r.text(head)) || !strings.HasSuffix(plain(r.text(head)), g.name) {
			continue
		}
		for _, i := range g.who {
			if !done[i] {
				done[i] = true
				r.signs(i, head, r.withoutPerson(r.dropDeterminer(function)), function, section)
			}
		}
	}
}

// signs notes the signature of one party of several.
func (r *reader) signs(signer int, named, fn, p piece, section int) {
	fields := []Field{r.computed("party", r.signers[signer].id, named)}
	if fn.from < fn.to {
		f := r.field("function", fn)
		f.Value = single(f.Value)
		fields = append(fields, f)
	}
	r.add(KindSignature, "", p, section, &rule.Rule{Name: "signature.together", Confidence: 0.88}, fields...)
}

var preposition = regexp.MustCompile(`[ ,]*(?:\b(?:de la|de l'|du|des|de|d'|pour la|pour le|pour l'|pour|a la|au))? *$`)

// signFunction is the function of a line: before the party ("Le Président de la CAESE") or after it ("Pour la Caf, le
// directeur"). A line that gives a party alone has none.
func (r *reader) signFunction(p piece, s string, m mention) (piece, bool) {
	if strings.HasPrefix(s, "pour") || strings.HasPrefix(s, "p/") || r.partyAlone(piece{p.from, r.lineEnd(p)}) {
		after := piece{p.from + m.to, p.to}
		for after.from < after.to {
			q := r.dropDeterminer(r.trim(after))
			if functionWord.MatchString(r.text(q)) {
				if i := strings.IndexAny(r.text(q), "\n,"); i > 0 {
					q.to = q.from + i
				}
				return r.withoutPerson(q), true
			}
			i := strings.IndexAny(r.text(after), ",\n")
			if i < 0 {
				break
			}
			after.from += i + 1
		}
		return piece{}, true
	}
	before := piece{p.from, p.from + m.from}
	if m.from == 0 {
		return r.dropDeterminer(piece{p.from, p.from + m.to}), functionWord.MatchString(s)
	}
	if loc := preposition.FindStringIndex(r.text(before)); loc != nil {
		before.to = before.from + loc[0]
	}
	q := r.dropDeterminer(r.trim(before))
	if strings.TrimSpace(determinerless(r.text(q)+" ")) == "" {
		// "La préfète de la Brume": the function is the name of the party.
		q = r.withoutPerson(piece{p.from + m.from, r.lineEnd(p)})
	}
	return q, functionWord.MatchString(r.text(q))
}

// lineEnd is the end of the first line of a piece.
func (r *reader) lineEnd(p piece) int {
	if i := strings.IndexAny(r.text(p), ",\n"); i > 0 {
		return p.from + i
	}
	return p.to
}
