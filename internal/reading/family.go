package reading

import (
	"strings"

	"entente/internal/reading/french"
	"entente/internal/reading/outline"
	"entente/internal/reading/rule"
)

// common are words that a French text cannot do without, folded, and such words of other languages.
var (
	common  = wordSet("le la les de du des et un une est pour par dans que qui au aux sur avec ce cette ses sont en il elle ou leur leurs a")
	foreign = wordSet("the of and to is that for with this are was be by shall which from and or der die das und ist mit von den el los las y que con para una por il di che e per con non della delle het een van en de os das dos com uma nao und fur")
)

func wordSet(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

// looksFrench tells a text whose little words are French; a very short text is let through.
func looksFrench(s string) bool {
	words := strings.FieldsFunc(french.Key(s[:min(len(s), 40000)]), func(c rune) bool { return (c < 'a' || c > 'z') && c < 128 })
	if len(words) < 40 {
		return true
	}
	ours, theirs := 0, 0
	for _, w := range words {
		switch {
		case common[w]:
			ours++
		case foreign[w]:
			theirs++
		}
	}
	return ours*100 >= len(words)*18 && ours > 2*theirs
}

// looksLikeConvention tells a text with parties that agree on articles, and that calls itself an agreement.
func looksLikeConvention(d *outline.Document) bool {
	score := 0
	head := d.Fold.S[:min(len(d.Fold.S), 6000)]
	for _, w := range []string{"convention", "contrat", "accord", "protocole", "pacte", "charte"} {
		if strings.Contains(head, w) {
			score++
			break
		}
	}
	for _, w := range []string{"soussign", "ci-apres", "ci apres", "represente", "signataires", "les parties"} {
		if strings.Contains(d.Fold.S, w) {
			score++
			break
		}
	}
	numbered, parties := 0, 0
	for _, s := range d.Sections {
		if s.Number != "" && s.Part == outline.Body {
			numbered++
		}
		if s.Part == outline.Parties {
			parties++
		}
	}
	if numbered >= 3 {
		score++
	}
	if parties > 0 {
		score++
	} else if otherDocument(d) {
		return false
	}
	for _, w := range []string{"avenant", "comite de pilotage", "gouvernance", "s'engage", "resili", "duree de la convention", "a compter de", "il est convenu", "il a ete convenu"} {
		if strings.Contains(d.Fold.S, w) {
			score++
			break
		}
	}
	return score >= 4
}

// otherDocument tells a text whose first lines say that it is something else: minutes, a deliberation. A convention that
// stands behind its deliberation has parties, and is not asked.
func otherDocument(d *outline.Document) bool {
	for _, b := range d.Blocks[:min(len(d.Blocks), 8)] {
		if rule.Standard().Has("other-document", d.Folded(b)) {
			return true
		}
	}
	return false
}
