// Package conventions carries the convention files that ship with Entente: the real one, and one of another shape.
//
// It holds files and nothing else: reading them into a convention is the work of package convention. The invariant that it
// owns, kept by its tests: every file here parses without error and is in canonical form.
package conventions

import (
	"embed"
	"strings"
)

// FS holds every shipped file, at its root, with the extension .md.
//
//go:embed *.md
var FS embed.FS

// Read gives the text of a shipped file by its name, with or without the extension .md. The error is that of fs.ReadFile.
func Read(name string) ([]byte, error) {
	return FS.ReadFile(strings.TrimSuffix(name, ".md") + ".md")
}

// Names lists the shipped files, without extension, in alphabetical order.
func Names() []string {
	entries, err := FS.ReadDir(".")
	if err != nil {
		panic(err) // the root of an embedded tree is always there
	}
	out := make([]string, len(entries))
	for i, e := range entries {
		out[i] = strings.TrimSuffix(e.Name(), ".md")
	}
	return out
}
