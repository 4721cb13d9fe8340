package i18n

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// texts gives every form of every sentence of a language, by "key" or "key (form)".
func texts(t *testing.T, lang string) map[string]string {
	t.Helper()
	out := map[string]string{}
	names, err := fs.Glob(catalogues, "catalogue/*."+lang+".yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		src, err := fs.ReadFile(catalogues, name)
		if err != nil {
			t.Fatal(err)
		}
		entries, err := readTopic(src)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for key, v := range entries {
			forms, err := formTexts(v)
			if err != nil {
				t.Fatalf("%s: %s: %v", name, key, err)
			}
			for form, text := range forms {
				out[key+" ("+string(rune('0'+int(form)))+")"] = text
			}
		}
	}
	return out
}

func placeholders(s *sentence) []string {
	names := map[string]bool{}
	for _, parts := range s.forms {
		for _, x := range parts {
			if x.name != "" {
				names[x.name] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// differing lists the placeholders that a language may need and the other not: English writes "09:00" from hour2 where
// French writes "9 h" from hour.
var differing = []string{"common.clock.sharp", "common.clock.minutes"}

func TestLanguagesAgree(t *testing.T) {
	fr, en := For("fr").sentences, For("en").sentences
	keys := func(m map[string]*sentence) []string { return slices.Sorted(maps.Keys(m)) }
	if diff := cmp.Diff(keys(fr), keys(en)); diff != "" {
		t.Fatalf("keys (-French +English):\n%s", diff)
	}
	for key, s := range fr {
		if slices.Contains(differing, key) {
			continue
		}
		if diff := cmp.Diff(placeholders(s), placeholders(en[key])); diff != "" {
			t.Errorf("%s: placeholders (-French +English):\n%s", key, diff)
		}
	}
}

func TestKeysAreWellFormed(t *testing.T) {
	form := regexp.MustCompile(`^[a-z][a-z0-9-]*(\.[a-z0-9][a-z0-9_-]*)+$`)
	for key := range For("fr").sentences {
		if !form.MatchString(key) {
			t.Errorf("%q: a key is dotted, in lower case", key)
		}
	}
}

// frenchFaults are the slips of typing that French typography does not allow.
var frenchFaults = []struct {
	name string
	find *regexp.Regexp
}{
	{"an ordinary space (or none) before a high sign", regexp.MustCompile(`(^|[^\x{00a0}\x{202f};:?»])[;?»]|[ \pL\d»]:( |$)`)},
	{"« without a no-break space after it", regexp.MustCompile(`«[^\x{00a0}\x{202f}]`)},
	{"straight quotation marks", regexp.MustCompile(`"`)},
	{"three dots for …", regexp.MustCompile(`\.\.\.`)},
}

// plainFaults are slips in either language.
var plainFaults = []struct {
	name string
	find *regexp.Regexp
}{
	{"a straight apostrophe", regexp.MustCompile(`'`)},
	{"an exclamation mark", regexp.MustCompile(`!`)},
	{"two spaces", regexp.MustCompile(`  `)},
	{"a space at an end", regexp.MustCompile(`^ | $`)},
}

// withoutAddresses hides web addresses, whose signs are not punctuation.
func withoutAddresses(s string) string {
	return regexp.MustCompile(`https?://\S*|\?[a-z]+=\S*`).ReplaceAllString(s, "x")
}

func TestTypography(t *testing.T) {
	for _, lang := range Languages() {
		for key, text := range texts(t, lang) {
			text = withoutAddresses(text)
			rules := plainFaults
			if lang == "fr" {
				rules = append(slices.Clone(plainFaults), frenchFaults...)
			}
			for _, rule := range rules {
				if rule.find.MatchString(text) {
					t.Errorf("%s: %s: %s: %q", lang, key, rule.name, text)
				}
			}
			if !utf8.ValidString(text) {
				t.Errorf("%s: %s is not UTF-8", lang, key)
			}
		}
	}
}

// uses are the ways in which the sources name a key.
var uses = []*regexp.Regexp{
	regexp.MustCompile(`\.T\(\s*"([^"]+)"(\s*\+)?`),
	regexp.MustCompile(`\bSay\(\s*"([^"]+)"(\s*\+)?`),
	regexp.MustCompile(`\bfault\.New\(\s*[\w.]+,\s*"([^"]+)"(\s*\+)?`),
	regexp.MustCompile(`\.Add\(\s*[^,()]+,\s*"([a-z-]+\.[^"]+)"(\s*\+)?`),
}

func TestEveryKeyUsedExists(t *testing.T) {
	have := For("fr").sentences
	for file, src := range sources(t) {
		for _, use := range uses {
			for _, m := range use.FindAllStringSubmatch(src, -1) {
				if key, joined := m[1], m[2] != ""; !exists(have, key, joined) {
					t.Errorf("%s: no sentence for %q", file, key)
				}
			}
		}
	}
}

// exists tells whether the key has a sentence; of a key joined from two pieces, whether the first piece begins one.
func exists(have map[string]*sentence, key string, joined bool) bool {
	if !joined {
		return have[key] != nil
	}
	for k := range have {
		if strings.HasPrefix(k, key) {
			return true
		}
	}
	return false
}

// sources reads the Go and templ files of the program: not the tests, not what templ generated.
func sources(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, root := range []string{"..", filepath.Join("..", "..", "cmd")} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !isSource(path) {
				return err
			}
			src, err := os.ReadFile(path)
			out[path] = string(src)
			return err
		})
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	return out
}

func isSource(path string) bool {
	return strings.HasSuffix(path, ".templ") ||
		strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") && !strings.HasSuffix(path, "_templ.go")
}
