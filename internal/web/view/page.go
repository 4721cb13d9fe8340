// Package view turns data into pages: data in, HTML out.
//
// It reads no request and asks no database; it holds no rule. Every sentence comes from the catalogues, through the
// printer of the page. The invariant that it owns: a page works without script, carries neither inline style nor inline
// code, binds every label to its field, and never says by colour alone.
package view

import (
	"context"
	"io"

	"github.com/a-h/templ"

	"entente/internal/i18n"
)

// Addresses that the layout leads to; the table of routes has them too, and a test there holds both together.
const (
	LanguagePath = "/langue"
	SignInPath   = "/connexion"
	SignOutPath  = "/deconnexion"
	AccountPath  = "/compte"
	SpacesPath   = "/espaces"
	AdminPath    = "/administration"
)

// Page is what surrounds the content of any page.
type Page struct {
	P       *i18n.Printer
	Title   string    // of the page, without the name of the space; the layout adds it
	Path    string    // address of the page with its query: where to come back to after a change of language
	Space   *SpaceNav // nil outside a space
	User    *UserNav  // nil when nobody is signed in
	Crumbs  []Crumb   // the way to the page, without the page itself; empty at the top
	Notice  *Notice   // what the change just made came to; nil where nothing was changed
	Wide    bool      // for tables and documents with a margin; text pages keep a short measure
	Prints  bool      // papers can be had as PDF
	Printed string    // when the page was made, for the foot of a print: "lundi 23 novembre 2026 à 14 h"
}

// SpaceNav is the way around a space.
type SpaceNav struct {
	Name  string
	Href  string // of the space's home
	Items []NavItem
}

// NavItem is one entry of a navigation.
type NavItem struct {
	Label   string
	Href    string
	Current bool
	Count   int // shown after the label where it is not 0
}

// UserNav is who is signed in.
type UserNav struct {
	Name          string
	Administrator bool // offers the administration
}

// Crumb is one step of the way to a page.
type Crumb struct {
	Label string
	Href  string
}

// Text is escaped text as a component, for cells and values.
func Text(s string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, templ.EscapeString(s))
		return err
	})
}

// title is what the window shows: the page, the space, the program.
func (p Page) title() string {
	program := p.P.T("layout.program")
	switch {
	case p.Space != nil && p.Title != p.Space.Name:
		return p.P.T("layout.title.space", "page", p.Title, "space", p.Space.Name, "program", program)
	case p.Title == "":
		return program
	}
	return p.P.T("layout.title", "page", p.Title, "program", program)
}

// homeHref is where the name of the program leads.
func (p Page) homeHref() string {
	if p.User != nil {
		return SpacesPath
	}
	return "/"
}

// otherLanguages lists the languages that the page is not in.
func (p Page) otherLanguages() []string {
	var out []string
	for _, lang := range i18n.Languages() {
		if lang != p.P.Lang() {
			out = append(out, lang)
		}
	}
	return out
}

// mainClass is the measure of the page.
func (p Page) mainClass() string {
	if p.Wide {
		return "page wide"
	}
	return "page"
}
