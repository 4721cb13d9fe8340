package reading

import (
	"regexp"
	"slices"
	"strings"

	"entente/internal/reading/french"
	"entente/internal/reading/rule"
)

// manyTowns matches parties that the text names together: "les communes de Valmont, Brume et Sarne".
var manyTowns = regexp.MustCompile(`^(communes|villes|communautes de communes) (?:de |d')`)

// manyEnd is where the names of parties named together end.
func manyEnd(s string) int {
	if loc := introduced.FindStringIndex(s); loc != nil {
		return loc[0]
	}
	return len(s)
}

// between matches what stands between two names of one list.
var between = regexp.MustCompile(`(?:,|;|\n)? ?(?:\bet |ainsi que )?(?:de (?:la |l')?|d'|du |des )?`)

// separated matches the words that end a name of a list.
var separated = regexp.MustCompile(`, ?(?:et )?|; ?(?:et )?| et | ainsi que |\n`)

// together reads parties that one sentence names: each is a party of its own, and the name that they share means all of
// them. Where the names cannot be told apart it asks, and tells so.
func (r *reader) together(p piece, short *Field, section int) bool {
	s := r.text(p)
	all := r.trim(piece{p.from, p.from + manyEnd(s)})
	noun := manyTowns.FindStringSubmatchIndex(s)
	names := r.namesOf(piece{p.from + noun[3] + 1, all.to})
	if len(names) < 2 {
		if short != nil {
			return false
		}
		r.ask(KindParty, "", "name", all, section, nil, "reading.question.several-parties", "words", r.words(all))
		return true
	}
	kind, _ := r.book.First("institution", singular(s[noun[2]:noun[3]]))
	who := r.representative(p)
	for i := range who {
		who[i].Value = single(who[i].Value)
	}
	first := len(r.signers)
	for _, name := range names {
		r.oneOf(name, piece{p.from + noun[2], p.from + noun[3]}, kind, who, section)
	}
	group := group{name: s[noun[2]:noun[3]]}
	if short != nil {
		group.name = french.Key(short.Value)
	}
	for i := first; i < len(r.signers); i++ {
		group.who = append(group.who, i)
	}
	r.groups = append(r.groups, group)
	return true
}

var (
	respective = regexp.MustCompile(`(?:denommee?s|designee?s|appelee?s|nommee?s)[^"\n]{0,20} respectivement[^"\n]{0,20}|respectivement (?:denommee?s|designee?s|appelee?s|nommee?s)[^"\n]{0,20}`)
	quoted     = regexp.MustCompile(`"([^"\n]{1,60})"`)
)

// respectively gives the parties the short names that one sentence lists in their order: "ci-après dénommés respectivement
// « le Département », « la Caf » et « l’Udaf »". Another number of names than of parties tells nothing.
func (r *reader) respectively(region piece) {
	s := r.text(region)
	loc := respective.FindStringIndex(s)
	if loc == nil {
		return
	}
	line := s[loc[1]:]
	if i := strings.IndexByte(line, '\n'); i >= 0 {
		line = line[:i]
	}
	names := quoted.FindAllStringSubmatchIndex(line, -1)
	if len(names) != len(r.signers) {
		return
	}
	for i, m := range names {
		f := r.field("short", piece{region.from + loc[1] + m[2], region.from + loc[1] + m[3]})
		f.Value = french.WithoutArticle(f.Value)
		r.signers[i].short, r.signers[i].called = f.Value, true
		r.unset(r.signers[i].id, "short")
		r.set(r.signers[i].id, f)
		r.questions = slices.DeleteFunc(r.questions, func(q Question) bool { return q.Parent == r.signers[i].id && q.Field == "short" })
	}
}

// oneOf notes one party of several that share their noun and who represents them.
func (r *reader) oneOf(name, noun piece, kind rule.Match, who []Field, section int) {
	words := []rune(singularWords(r.words(noun)) + " ")
	full := string(words) + elided(r.words(name))
	f := Field{Name: "name", Value: full, Span: r.span(name)}
	fields := append([]Field{f, r.computed("kind", kind.Values["name"], noun)}, who...)
	sg := signer{name: full, kind: kind.Values["name"], called: true}
	sg.id = r.add(KindParty, "", name, section, &rule.Rule{Name: "party.together", Confidence: 0.85}, fields...)
	r.signers = append(r.signers, sg)
}

// namesOf cuts a list of names of places; each must begin with a capital, else there is none.
func (r *reader) namesOf(p piece) []piece {
	var out []piece
	s := r.text(p)
	from := 0
	for _, loc := range append(separated.FindAllStringIndex(s, -1), []int{len(s), len(s)}) {
		q := r.trim(piece{p.from + from, p.from + loc[0]})
		from = loc[1]
		if at := between.FindStringIndex(r.text(q)); at != nil && at[0] == 0 {
			q.from += at[1]
		}
		if q.to-q.from < 2 {
			continue
		}
		if !capital.MatchString(r.words(q)) || q.to-q.from > 50 {
			return nil
		}
		out = append(out, q)
	}
	return out
}

var (
	capital = regexp.MustCompile(`^(?:L[ae’']s? ?)?\p{Lu}`)
	vowel   = regexp.MustCompile(`^[aeiouyh]`)
)

// elided writes a name after "de": "de Brume", "d’Orvac".
func elided(name string) string {
	if vowel.MatchString(french.Key(name)) {
		return "d’" + name
	}
	return "de " + name
}

// singularWords takes the plural off the words of a kind of institution: "Communautés de communes" keeps its complement.
func singularWords(s string) string {
	head, tail, _ := strings.Cut(s, " ")
	return strings.TrimSpace(strings.TrimSuffix(head, "s") + " " + tail)
}

var each = regexp.MustCompile(`(?i)\s+respecti(?:fs|ves)$`)

// single writes the function of several representatives for one of them: "maires respectifs" is "maire".
func single(function string) string {
	function = each.ReplaceAllString(function, "")
	if strings.Contains(function, " ") {
		return function
	}
	return strings.TrimSuffix(function, "s")
}
