// Package internal_test holds the arrows of the house: which package may know which. docs/architecture.md draws them.
package internal_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "entente/"

// pure packages do no I/O: each lists the packages of the house that it may import.
var pure = map[string][]string{
	"internal/fault":      {},
	"internal/calendar":   {},
	"internal/convention": {"internal/calendar", "internal/fault"},
	"internal/directory":  {"internal/calendar", "internal/convention", "internal/fault"},
	"internal/governance": {"internal/calendar", "internal/convention", "internal/fault"},
	"internal/job":        {},
	"internal/journal":    {"internal/calendar", "internal/fault"},
	"internal/plan":       {"internal/calendar", "internal/convention", "internal/fault"},
	"internal/evaluation": {"internal/calendar", "internal/convention", "internal/directory", "internal/fault", "internal/governance", "internal/plan"},
	"internal/authority":  {"internal/calendar", "internal/convention", "internal/fault", "internal/governance"},
	"internal/compliance": {"internal/calendar", "internal/convention", "internal/directory", "internal/fault", "internal/governance"},
}

// banned are what a pure package has no business with.
var banned = []string{"database/sql", "net/http", "os", "io/ioutil", "context"}

// edges are the other packages, outermost last: each may import the pure ones and any edge that its row names.
var edges = map[string][]string{
	"internal/config":           {},
	"internal/document":         {},
	"internal/paper":            {"internal/document", "internal/i18n"}, // as pure as the views: no store, no clock
	"internal/document/pdf":     {"internal/document"},
	"internal/i18n":             {},
	"internal/sqldb":            {},
	"internal/auth":             {},
	"internal/scan":             {},
	"internal/scan/scantest":    {},
	"internal/store":            {"internal/sqldb", "internal/store/migrations", "internal/auth"},
	"internal/store/migrations": {},
	"internal/job/runner":       {"internal/store"},
	"internal/mail":             {},
	"internal/mail/mailtest":    {},
	"internal/post":             {"internal/document", "internal/i18n", "internal/job/runner", "internal/mail", "internal/office", "internal/paper", "internal/store"},
	"internal/office":           {"internal/store", "internal/auth", "internal/scan"},
	"internal/reading/french":   {},
	"internal/reading/rule":     {"internal/reading/french"},
	"internal/reading/source":   {"internal/reading/french"},
	"internal/reading/outline":  {"internal/reading/french", "internal/reading/rule", "internal/reading/source"},
	"internal/reading":          {"internal/reading/french", "internal/reading/rule", "internal/reading/source", "internal/reading/outline"},
	"internal/web/static":       {},
	"internal/web/view":         {"internal/i18n", "internal/office", "internal/paper", "internal/reading", "internal/reading/source", "internal/web/static"},
	"internal/web": {"internal/auth", "internal/config", "internal/document", "internal/document/pdf", "internal/i18n", "internal/job/runner", "internal/office", "internal/paper", "internal/post", "internal/reading", "internal/reading/source",
		"internal/scan", "internal/store", "internal/web/static", "internal/web/view"},
	"internal/testkit": {"internal/auth", "internal/document/pdf", "internal/sqldb", "internal/store", "internal/store/migrations", "internal/i18n"},
	"internal/demo":    {"internal/store", "internal/office", "internal/auth", "conventions"},
	"conventions":      {},
	"cmd/entente": {"internal/auth", "internal/config", "internal/demo", "internal/i18n", "internal/job/runner", "internal/mail", "internal/office", "internal/post", "internal/reading",
		"internal/reading/source", "internal/sqldb", "internal/store", "internal/web", "conventions"},
}

func TestImports(t *testing.T) {
	seen := map[string]bool{}
	for dir, imports := range readImports(t, "..") {
		seen[dir] = true
		for _, path := range imports {
			checkImport(t, dir, path)
		}
	}
	for _, table := range []map[string][]string{pure, edges} {
		for dir := range table {
			if !seen[dir] {
				t.Errorf("%s stands in the table of arrows and has no Go file", dir)
			}
		}
	}
}

func checkImport(t *testing.T, dir, path string) {
	t.Helper()
	allowed, isPure := pure[dir]
	row, isEdge := edges[dir]
	if !isPure && !isEdge {
		if dir == "scripts/bench" || dir == "stories" {
			return
		}
		t.Errorf("%s is not in the table of arrows: say what it may import", dir)
		return
	}
	if isPure && slices.Contains(banned, path) {
		t.Errorf("%s is pure and imports %s", dir, path)
	}
	house, ours := strings.CutPrefix(path, module)
	if !ours {
		if dir == "internal/fault" && strings.Contains(path, ".") {
			t.Errorf("%s may use the standard library alone and imports %s", dir, path)
		}
		return
	}
	if isPure && slices.Contains(allowed, house) {
		return
	}
	if _, ok := pure[house]; !isPure && (ok || slices.Contains(row, house)) {
		return
	}
	t.Errorf("%s may not import %s", dir, house)
}

// readImports gives, for each folder that holds Go files, what its files other than tests import.
func readImports(t *testing.T, root string) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || d.Name() == "node_modules" || d.Name() == "tools" || strings.HasPrefix(d.Name(), ".") && len(d.Name()) > 2) {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		rel, _ := filepath.Rel(root, filepath.Dir(path))
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		dir := filepath.ToSlash(rel)
		out[dir] = append(out[dir], []string{}...)
		for _, spec := range f.Imports {
			p, _ := strconv.Unquote(spec.Path.Value)
			out[dir] = append(out[dir], p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
