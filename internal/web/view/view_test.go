package view

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"golang.org/x/net/html"

	"entente/internal/fault"
	"entente/internal/i18n"
)

// render gives the tree of a component, and its text as it was written.
func render(t *testing.T, c templ.Component) (*html.Node, string) {
	t.Helper()
	var b strings.Builder
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	return root, b.String()
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// all lists the elements below n that keep accepts.
func all(n *html.Node, keep func(*html.Node) bool) []*html.Node {
	var out []*html.Node
	for x := range n.Descendants() {
		if x.Type == html.ElementNode && keep(x) {
			out = append(out, x)
		}
	}
	return out
}

func tagged(tags ...string) func(*html.Node) bool {
	return func(n *html.Node) bool { return slices.Contains(tags, n.Data) }
}

func withID(n *html.Node, id string) *html.Node {
	found := all(n, func(x *html.Node) bool { return attr(x, "id") == id })
	if len(found) == 0 {
		return nil
	}
	return found[0]
}

// words is the text below n, blanks gathered.
func words(n *html.Node) string {
	var b strings.Builder
	for x := range n.Descendants() {
		if x.Type == html.TextNode {
			b.WriteString(x.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func samplePage(lang string) Page {
	return Page{
		P: i18n.For(lang), Title: "Titre", Path: "/espaces/val/comites?page=2", Printed: "x",
		Space: &SpaceNav{Name: "Val", Href: "/espaces/val", Items: []NavItem{{Label: "A", Href: "/a", Current: true}, {Label: "B", Href: "/b", Count: 3}}},
		User:  &UserNav{Name: "Camille Aubry", Administrator: true}, Crumbs: []Crumb{{Label: "Espaces", Href: SpacesPath}},
		Notice: &Notice{Tone: ToneGood, Text: "Fait."},
	}
}

// pages are the pages of this package that need no database, in a state that shows all of them.
func samplePages(lang string) map[string]templ.Component {
	p := samplePage(lang)
	var f fault.Fields
	for _, name := range []string{"email", "password", "name", "family", "current"} {
		f.Add(name, "fault.field.required")
	}
	s := specimens{p.P}
	again := s.form()
	again.Cancel = "/x"
	return map[string]templ.Component{
		"components": ComponentsPage(p),
		"sign-in":    SignInPage(Page{P: p.P}, SignInData{Faults: f, Message: fault.Say("fault.sign-in"), LinkSent: true, Return: "/espaces"}),
		"link":       LinkPage(p, LinkData{Action: "/lien/connexion/x", Name: "Camille"}),
		"install":    InstallPage(p, InstallData{Action: "/x", Faults: f}),
		"invitation": InvitationPage(p, InvitationData{Action: "/x", Space: "Val", Faults: f}),
		"known":      InvitationPage(p, InvitationData{Action: "/x", Known: true}),
		"account":    AccountPage(p, AccountData{Name: "Camille", Locale: lang, Version: 2, Faults: f, PasswordFaults: f, DataHref: "/compte/donnees"}),
		"spaces":     SpacesPage(p, SpacesData{NewHref: "/n", Spaces: []SpaceRow{{Name: "Val", Href: "/v", Text: "t", Roles: []string{"a", "b"}, Ends: "e"}}, Paging: Paging{Next: "/n", Previous: "/p"}}),
		"no spaces":  SpacesPage(p, SpacesData{}),
		"forbidden":  ErrorPage(p, ErrorData{Status: 403, Message: fault.Say("fault.not-found")}),
		"internal":   ErrorPage(p, ErrorData{Status: 500, Reference: "1a2b"}),
		"conflict":   ConflictPage(p, ConflictData{Both: s.both(), Form: again, Current: Link{Href: "/x"}}),
	}
}

func TestPages(t *testing.T) {
	for _, lang := range i18n.Languages() {
		for name, c := range samplePages(lang) {
			t.Run(lang+"/"+name, func(t *testing.T) {
				root, src := render(t, c)
				checkIDs(t, root)
				checkLabels(t, root)
				checkHeadings(t, root)
				checkNothingInline(t, root)
				if i := strings.Index(src, "⟦"); i >= 0 {
					t.Errorf("a sentence is missing: %s", src[i:min(i+80, len(src))])
				}
				if got := attr(all(root, tagged("html"))[0], "lang"); got != lang {
					t.Errorf("lang is %q", got)
				}
			})
		}
	}
}

// checkIDs holds that ids are unique, and that what refers to one finds it.
func checkIDs(t *testing.T, root *html.Node) {
	t.Helper()
	seen := map[string]bool{}
	for _, n := range all(root, func(n *html.Node) bool { return has(n, "id") }) {
		id := attr(n, "id")
		if id == "" || seen[id] {
			t.Errorf("the id %q is empty or there twice", id)
		}
		seen[id] = true
	}
	for _, n := range all(root, func(*html.Node) bool { return true }) {
		refs := strings.Fields(attr(n, "aria-describedby") + " " + attr(n, "for"))
		if href := attr(n, "href"); strings.HasPrefix(href, "#") {
			refs = append(refs, href[1:])
		}
		for _, id := range refs {
			if !seen[id] {
				t.Errorf("<%s> refers to %q, which is not there", n.Data, id)
			}
		}
	}
}

// checkLabels holds that each control has its label.
func checkLabels(t *testing.T, root *html.Node) {
	t.Helper()
	labelled := map[string]bool{}
	for _, l := range all(root, tagged("label")) {
		if words(l) == "" {
			t.Error("an empty label")
		}
		labelled[attr(l, "for")] = true
	}
	for _, c := range all(root, tagged("input", "select", "textarea")) {
		if attr(c, "type") != "hidden" && !labelled[attr(c, "id")] {
			t.Errorf("the control %q has no label", attr(c, "name"))
		}
	}
	for _, b := range all(root, tagged("button", "a")) {
		if words(b) == "" {
			t.Errorf("a <%s> without words", b.Data)
		}
	}
}

// checkHeadings holds that there is one title, and that no level is jumped over.
func checkHeadings(t *testing.T, root *html.Node) {
	t.Helper()
	last, titles := 0, 0
	for _, h := range all(root, tagged("h1", "h2", "h3", "h4", "h5", "h6")) {
		level := int(h.Data[1] - '0')
		if level > last+1 {
			t.Errorf("<%s>%s after level %d", h.Data, words(h), last)
		}
		if level == 1 {
			titles++
		}
		last = level
	}
	if titles != 1 {
		t.Errorf("%d titles of the first level", titles)
	}
}

// checkNothingInline holds what the content policy refuses.
func checkNothingInline(t *testing.T, root *html.Node) {
	t.Helper()
	for _, n := range all(root, func(*html.Node) bool { return true }) {
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("<%s %s>", n.Data, a.Key)
			}
		}
		if n.Data == "style" || n.Data == "script" && n.FirstChild != nil {
			t.Errorf("inline <%s>", n.Data)
		}
	}
}

func TestLayout(t *testing.T) {
	p := samplePage("fr")
	root, _ := render(t, Layout(p))
	first := all(all(root, tagged("body"))[0], tagged("a"))[0]
	if attr(first, "href") != "#content" || withID(root, "content").Data != "main" {
		t.Error("the first link does not lead to the content")
	}
	current := all(root, func(n *html.Node) bool { return attr(n, "aria-current") == "page" })
	if len(current) != 1 || words(current[0]) != "A" {
		t.Error("the current entry is not said")
	}
	if got := words(all(root, tagged("title"))[0]); got != "Titre – Val – Entente" {
		t.Errorf("title %q", got)
	}
	back := all(root, func(n *html.Node) bool { return attr(n, "name") == "retour" })
	if len(back) != 1 || attr(back[0], "value") != p.Path {
		t.Error("the change of language does not come back")
	}
	stranger, _ := render(t, Layout(Page{P: p.P}))
	if len(all(stranger, tagged("nav"))) != 0 {
		t.Error("somebody not signed in is offered a way around")
	}
}
