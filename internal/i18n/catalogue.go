package i18n

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/goccy/go-yaml"
	"golang.org/x/text/feature/plural"
)

//go:embed catalogue/*.yaml
var catalogues embed.FS

// formNames are the plural forms that a catalogue may give, by the names of the Unicode repository.
var formNames = map[string]plural.Form{"one": plural.One, "many": plural.Many, "other": plural.Other}

// load compiles every catalogue/<topic>.<lang>.yaml of files. A key that two topics define is an error, and so is
// whatever is neither a sentence nor a set of plural forms.
func load(files fs.FS, lang string) (map[string]*sentence, error) {
	names, err := fs.Glob(files, "catalogue/*."+lang+".yaml")
	if err != nil {
		return nil, err
	}
	out := make(map[string]*sentence, 1024)
	for _, name := range names {
		if err := loadTopic(files, name, out); err != nil {
			return nil, fmt.Errorf("i18n: %s: %w", path.Base(name), err)
		}
	}
	return out, nil
}

func loadTopic(files fs.FS, name string, out map[string]*sentence) error {
	src, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	entries, err := readTopic(src)
	if err != nil {
		return err
	}
	for key, v := range entries {
		if _, twice := out[key]; twice {
			return fmt.Errorf("%s is defined twice", key)
		}
		s, err := newSentence(v)
		if err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
		out[key] = s
	}
	return nil
}

// readTopic reads the flat map of a topic.
func readTopic(src []byte) (map[string]any, error) {
	entries := make(map[string]any)
	if len(strings.TrimSpace(string(src))) == 0 {
		return entries, nil
	}
	return entries, yaml.Unmarshal(src, &entries)
}

func newSentence(v any) (*sentence, error) {
	s := &sentence{forms: make(map[plural.Form][]part, 2)}
	texts, err := formTexts(v)
	if err != nil {
		return nil, err
	}
	for form, text := range texts {
		if s.forms[form], err = compile(text); err != nil {
			return nil, err
		}
	}
	if other := s.forms[plural.Other]; len(s.forms) == 1 && len(other) == 1 && other[0].name == "" {
		s.constant = other[0].text
	}
	return s, nil
}

// formTexts gives the texts of an entry by plural form; a plain sentence is its form "other".
func formTexts(v any) (map[plural.Form]string, error) {
	forms, isMap := v.(map[string]any)
	if !isMap {
		forms = map[string]any{"other": v}
	}
	out := make(map[plural.Form]string, len(forms))
	for name, x := range forms {
		form, known := formNames[name]
		text, isText := x.(string)
		if !known || !isText || text == "" {
			return nil, fmt.Errorf("%v is neither a sentence nor a plural form (quote a sentence that begins with { or has a colon before a space)", x)
		}
		out[form] = text
	}
	if out[plural.Other] == "" {
		return nil, fmt.Errorf("the form %q is missing", "other")
	}
	return out, nil
}
