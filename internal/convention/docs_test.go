package convention

import (
	"os"
	"reflect"
	"strings"
	"testing"
)

func formatPage(t *testing.T) string {
	t.Helper()
	src, err := os.ReadFile("../../docs/file-format.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

// The example that newcomers copy has no error, and is in canonical form.
func TestDocumentedExampleParses(t *testing.T) {
	_, rest, _ := strings.Cut(formatPage(t), "````markdown\n")
	example, _, ok := strings.Cut(rest, "````")
	if !ok {
		t.Fatal("the page has no example")
	}
	c, faults := Parse("example.md", []byte(example))
	if c == nil {
		t.Fatal(faults)
	}
	if got := string(c.Format()); got != example {
		t.Errorf("the example is not in canonical form:\n%s", got)
	}
}

// The page names every key and every word of the closed sets.
func TestEveryWordIsDocumented(t *testing.T) {
	page := formatPage(t)
	var walk func(typ reflect.Type)
	walk = func(typ reflect.Type) {
		for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice {
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct || typ == dateType {
			return
		}
		for _, f := range fieldsOf(typ) {
			if !strings.Contains(page, "`"+f.key+"`") && !strings.Contains(page, "`"+f.key+": ") {
				t.Errorf("%s.%s: the key %q is not documented", typ.Name(), f.name, f.key)
			}
			for _, word := range rules[typ.Name()+"."+f.name].oneOf {
				if !strings.Contains(page, "`"+word+"`") && !strings.Contains(page, ": "+word+"`") {
					t.Errorf("%s.%s: the word %q is not documented", typ.Name(), f.name, word)
				}
			}
			walk(typ.Field(f.index).Type)
		}
	}
	walk(reflect.TypeFor[Facts]())
}

// Every rule is one of a field that exists, so that a renamed field cannot lose its rule in silence; every field of a
// type with a closed set has one.
func TestRulesMatchFields(t *testing.T) {
	left := map[string]bool{}
	for name := range rules {
		left[name] = true
	}
	visit(reflect.ValueOf(full()), "", func(_ string, owner reflect.Type, f field, v reflect.Value) {
		name := owner.Name() + "." + f.name
		delete(left, name)
		elem := v.Type()
		if elem.Kind() == reflect.Slice {
			elem = elem.Elem()
		}
		if _, ok := rules[name]; !ok && elem.Kind() == reflect.String && elem.PkgPath() != "" {
			t.Errorf("%s has the type %s and no rule", name, elem.Name())
		}
	})
	for name := range left {
		t.Errorf("a rule for %s, which does not exist", name)
	}
}
