package i18n

import (
	"slices"
	"strings"
	"testing"
)

func TestKeysByPrefix(t *testing.T) {
	for _, lang := range Languages() {
		p := For(lang)
		keys := p.Keys("common.month.")
		if len(keys) != 12 || !slices.IsSorted(keys) {
			t.Errorf("%s: %v", lang, keys)
		}
		for _, key := range keys {
			if !strings.HasPrefix(key, "common.month.") || !p.Has(key) {
				t.Errorf("%s: %q has no sentence or another prefix", lang, key)
			}
		}
		if none := p.Keys("no-such-topic."); len(none) != 0 {
			t.Errorf("%s: %v", lang, none)
		}
	}
}
