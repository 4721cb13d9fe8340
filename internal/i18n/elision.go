package i18n

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Elision: French writes "d’Agence" where a sentence says "de {party}". It is done where a value enters a sentence, so that
// no catalogue and no page has to think of it.

// eliding are the words that lose their vowel before another.
var eliding = map[string]bool{"de": true, "que": true, "le": true, "la": true, "jusque": true, "lorsque": true, "puisque": true}

// elides tells a text that ends with such a word and a space.
func elides(text string) bool {
	if !strings.HasSuffix(text, " ") {
		return false
	}
	words := strings.TrimSuffix(text, " ")
	from := strings.LastIndexFunc(words, func(r rune) bool { return !unicode.IsLetter(r) })
	if from >= 0 {
		_, size := utf8.DecodeRuneInString(words[from:])
		from += size
	}
	return eliding[strings.ToLower(words[max(from, 0):])]
}

// elide is a text that elides as it stands before a value.
func (p *Printer) elide(text, value string) string {
	if p.lang != "fr" || !vowelFirst(value) {
		return text
	}
	return text[:len(text)-len("e ")] + "’"
}

// notElided are words before which nothing is elided, although they begin with a vowel.
var notElided = map[string]bool{"oui": true, "onze": true, "onzième": true}

// vowelFirst tells a value that begins with the sound of a vowel. An h is left as it is: whether it is mute depends on the word.
// A y is a vowel before a consonant ("Yvelines", "Yves"), and none before a vowel ("Yonne").
func vowelFirst(value string) bool {
	word, _, _ := strings.Cut(value, " ")
	first, size := utf8.DecodeRuneInString(word)
	if notElided[strings.ToLower(word)] {
		return false
	}
	if first == 'Y' || first == 'y' {
		next, _ := utf8.DecodeRuneInString(word[size:])
		return unicode.IsLetter(next) && !isVowel(next)
	}
	return isVowel(first)
}

func isVowel(r rune) bool {
	return strings.ContainsRune("aeiouàâäéèêëîïôöùûüæœ", unicode.ToLower(r))
}
