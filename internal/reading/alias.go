package reading

import (
	"regexp"
	"slices"
	"strings"

	"entente/internal/reading/french"
)

// aliases gives each party the words by which the text may call it again. A word that could mean two parties means none.
func (r *reader) aliases() {
	owners := map[string][]int{}
	for i, s := range r.signers {
		for _, a := range r.callings(s) {
			if a = plain(a); len(a) >= 2 && !r.shares(a) && !slices.Contains(owners[a], i) {
				owners[a] = append(owners[a], i)
			}
		}
	}
	for a, who := range owners {
		// The name that the text gives one party is not that of another of its kind.
		if own := slices.DeleteFunc(slices.Clone(who), func(i int) bool { return plain(french.Key(french.WithoutArticle(r.signers[i].label()))) != a }); len(own) == 1 {
			owners[a] = own
		}
	}
	for a, who := range owners {
		if len(who) == 1 {
			s := &r.signers[who[0]]
			s.aliases = append(s.aliases, a)
		}
	}
	for i := range r.signers {
		slices.SortFunc(r.signers[i].aliases, func(a, b string) int { return len(b) - len(a) })
	}
}

// shares tells a word that means one of several parties which the text calls by one name: "la collectivité" where two
// parties are "les collectivités".
func (r *reader) shares(word string) bool {
	return slices.ContainsFunc(r.groups, func(g group) bool { return singular(g.name) == singular(word) })
}

// callings lists the names of a party: short, legal, that of its kind, and the abbreviation that follows its name anywhere.
func (r *reader) callings(s signer) []string {
	name := french.Key(french.WithoutArticle(s.name))
	out := []string{french.Key(s.short), french.Key(french.WithoutArticle(s.short)), name}
	if strings.Contains(s.headed, " ") {
		out = append(out, s.headed) // "la directrice académique" again at the foot of the text
	}
	if m, ok := r.book.First("institution", french.Key(s.name)); ok {
		out = append(out, strings.Split(m.Values["also"], "|")...)
	}
	if m, ok := r.book.First("institution", name); ok && m.To < len(name) && m.To >= 8 {
		out = append(out, name[:m.To]) // "Caisse de mutualité sociale agricole", without the place
	}
	if place, ok := strings.CutPrefix(name, "commune "); ok || strings.HasPrefix(name, "ville ") {
		place = strings.TrimPrefix(place, "ville ")
		out = append(out, "maire "+place, "ville "+place, "commune "+place)
	}
	if at := strings.Index(plain(r.doc.Fold.S), plain(name)+" ("); at >= 0 && name != "" {
		rest := plain(r.doc.Fold.S)[at+len(plain(name))+2:]
		if end := strings.IndexByte(rest, ')'); end > 1 && end < 20 {
			out = append(out, rest[:end])
		}
	}
	return out
}

// plain writes folded text with hyphens as spaces, byte for byte: "msa-idf" and "msa idf" are one.
func plain(s string) string { return strings.ReplaceAll(s, "-", " ") }

// mention is a place where a party is named.
type mention struct {
	signer   int
	from, to int // in the text that was searched
}

// mentions finds every party named in folded text, in order; where two names overlap the longer wins.
func (r *reader) mentions(s string) []mention {
	s = plain(s)
	for _, loc := range r.idiom.FindAllStringIndex(s, -1) {
		s = s[:loc[0]] + strings.Repeat("_", loc[1]-loc[0]) + s[loc[1]:]
	}
	var out []mention
	for i, sg := range r.signers {
		for _, a := range sg.aliases {
			for at := 0; ; {
				j := strings.Index(s[at:], a)
				if j < 0 {
					break
				}
				from := at + j
				at = from + len(a)
				if bounded(s, from, at) && !(a == "maire" && elsewhere.MatchString(s[at:])) {
					out = append(out, mention{i, from, at})
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b mention) int {
		if a.from != b.from {
			return a.from - b.from
		}
		return b.to - a.to
	})
	return apart(out)
}

// elsewhere matches the place after "maire": "le maire de Brume" is not the mayor of the commune that signs, unless its alias
// says so in full.
var elsewhere = regexp.MustCompile(`^ (?:de |d'|du |des )`)

// apart keeps of mentions that overlap the first.
func apart(in []mention) []mention {
	out := in[:0]
	for _, m := range in {
		if n := len(out); n == 0 || m.from >= out[n-1].to {
			out = append(out, m)
		}
	}
	return out
}

func bounded(s string, from, to int) bool {
	word := func(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' }
	return (from == 0 || !word(s[from-1])) && (to == len(s) || !word(s[to]))
}

// everyone matches words that mean all the parties.
var everyone = regexp.MustCompile(`\b(?:(?:les|l'ensemble des|chacune? des|chaque|toutes les|tous les|des|aux) (?:(?:deux|trois|quatre|cinq|six|sept|huit|differentes?|differents) )?(?:parties|partenaires|signataires|institutions|organismes|cocontractants|co-?signataires|partie|institution|signataire)|chaque (?:partie|institution|signataire|partenaire)|ils|elles)\b`)

// named lists the parties that a text names, once each; all reports that it means every party.
func (r *reader) named(s string) (who []int, all bool) {
	for _, m := range r.mentions(s) {
		if !slices.Contains(who, m.signer) {
			who = append(who, m.signer)
		}
	}
	for _, g := range r.groups {
		if at := strings.Index(plain(s), g.name); at >= 0 && bounded(plain(s), at, at+len(g.name)) {
			who = append(who, g.who...)
		}
	}
	for _, m := range r.book.All("collective", s) {
		who = append(who, r.ofKinds(m.Values["of"])...)
	}
	slices.Sort(who)
	who = slices.Compact(who)
	return who, len(who) == len(r.signers) || len(who) == 0 && everyone.MatchString(s)
}

// ofKinds lists the parties of kinds of institution, separated by bars.
func (r *reader) ofKinds(kinds string) []int {
	var who []int
	for i, s := range r.signers {
		if slices.Contains(strings.Split(kinds, "|"), s.kind) {
			who = append(who, i)
		}
	}
	return who
}

// ids joins the facts of parties.
func (r *reader) ids(who []int) string {
	var out []string
	for _, i := range who {
		out = append(out, r.signers[i].id)
	}
	return strings.Join(out, " ")
}

// partyCandidates offers every party as an answer.
func (r *reader) partyCandidates() []Candidate {
	var out []Candidate
	for _, s := range r.signers {
		out = append(out, Candidate{Value: s.id, Label: s.label()})
	}
	return out
}
