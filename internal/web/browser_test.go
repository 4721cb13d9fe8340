package web

import (
	"cmp"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// direct carries requests to a handler without a network.
type direct struct{ handler http.Handler }

// RoundTrip answers a request as the server would receive it.
func (d direct) RoundTrip(r *http.Request) (*http.Response, error) {
	in := httptest.NewRequestWithContext(r.Context(), r.Method, r.URL.String(), r.Body)
	in.Header, in.RemoteAddr = r.Header.Clone(), cmp.Or(r.Header.Get("Test-Remote-Addr"), "192.0.2.7:4711")
	in.RequestURI, in.ContentLength = r.URL.RequestURI(), r.ContentLength
	w := httptest.NewRecorder()
	d.handler.ServeHTTP(w, in)
	out := w.Result()
	out.Request = r
	return out, nil
}

// client is a browser without script.
type client struct {
	site *site
	who  string
	http *http.Client
}

// answer is what a browser received.
type answer struct {
	t      *testing.T
	asked  string
	status int
	header http.Header
	body   string
	root   *html.Node
}

// do sends a request as a page of the site itself would; headers are pairs of name and value.
func (c *client) do(method, path string, body io.Reader, headers ...string) *answer {
	t := c.site.t
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, siteAddress+path, body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	got, err := c.http.Do(r)
	if err != nil {
		t.Fatalf("%s %s as %s: %v", method, path, c.who, err)
	}
	defer got.Body.Close()
	text, err := io.ReadAll(got.Body)
	if err != nil {
		t.Fatal(err)
	}
	return &answer{t: t, asked: method + " " + path + " as " + c.who, status: got.StatusCode, header: got.Header, body: string(text)}
}

// get opens a page.
func (c *client) get(path string) *answer {
	c.site.t.Helper()
	return c.do(http.MethodGet, path, nil)
}

// post sends a form of pairs of name and value.
func (c *client) post(path string, pairs ...string) *answer {
	c.site.t.Helper()
	return c.postValues(path, values(pairs...))
}

func (c *client) postValues(path string, v url.Values) *answer {
	c.site.t.Helper()
	return c.do(http.MethodPost, path, strings.NewReader(v.Encode()), "Content-Type", "application/x-www-form-urlencoded")
}

// submit fills in the form of a page that goes to an address, and sends it as a browser does: fields that are not named
// keep what stands in them.
func (c *client) submit(page *answer, action string, pairs ...string) *answer {
	c.site.t.Helper()
	v := page.form(action)
	for name, list := range values(pairs...) {
		v[name] = list
	}
	return c.postValues(action, v)
}

// follow opens the page that a redirect leads to.
func (c *client) follow(a *answer) *answer {
	c.site.t.Helper()
	to, _, _ := strings.Cut(a.wants(http.StatusSeeOther).header.Get("Location"), "#")
	return c.get(to)
}

func values(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

// wants fails the test where the status is another.
func (a *answer) wants(status int) *answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("%s: status %d instead of %d, to %q\n%s", a.asked, a.status, status, a.header.Get("Location"), a.excerpt())
	}
	return a
}

// leadsTo fails the test where the answer does not redirect to an address.
func (a *answer) leadsTo(path string) *answer {
	a.t.Helper()
	if got := a.wants(http.StatusSeeOther).header.Get("Location"); got != path {
		a.t.Fatalf("%s: leads to %q instead of %q", a.asked, got, path)
	}
	return a
}

// says fails the test where the main part of the page does not have the words.
func (a *answer) says(text string) *answer {
	a.t.Helper()
	if !strings.Contains(a.words(), plainSpaces(text)) {
		a.t.Errorf("%s: the page does not say %q:\n%s", a.asked, text, a.excerpt())
	}
	return a
}

func (a *answer) excerpt() string {
	text := []rune(a.words())
	return string(text[:min(len(text), 900)])
}

// html is the page, read.
func (a *answer) html() *html.Node {
	a.t.Helper()
	if a.root == nil {
		root, err := html.Parse(strings.NewReader(a.body))
		if err != nil {
			a.t.Fatal(err)
		}
		a.root = root
	}
	return a.root
}

// words is the text of the main part of the page, with every blank as one space.
func (a *answer) words() string {
	a.t.Helper()
	if main := nodes(a.html(), tagged("main")); len(main) > 0 {
		return words(main[0])
	}
	return words(a.html())
}

// title is the heading of the page.
func (a *answer) title() string {
	a.t.Helper()
	if h := nodes(a.html(), tagged("h1")); len(h) > 0 {
		return words(h[0])
	}
	return ""
}

// field is the first control of a name that can be seen.
func (a *answer) field(name string) *html.Node {
	a.t.Helper()
	found := nodes(a.html(), func(n *html.Node) bool {
		return attr(n, "name") == name && n.Data != "meta" && attr(n, "type") != "hidden"
	})
	if len(found) == 0 {
		a.t.Fatalf("%s: no field %q", a.asked, name)
	}
	return found[0]
}

// form is what a browser would send of the form that goes to an address, before anything is typed.
func (a *answer) form(action string) url.Values {
	a.t.Helper()
	forms := nodes(a.html(), func(n *html.Node) bool { return n.Data == "form" && attr(n, "action") == action })
	if len(forms) == 0 {
		a.t.Fatalf("%s: no form to %s", a.asked, action)
	}
	v := url.Values{}
	for _, n := range nodes(forms[0], tagged("input", "select", "textarea")) {
		if value, sent := control(n); sent {
			v.Add(attr(n, "name"), value)
		}
	}
	return v
}

// control is what a control sends, and whether it sends anything.
func control(n *html.Node) (value string, sent bool) {
	switch kind := attr(n, "type"); {
	case n.Data == "textarea":
		return strings.TrimPrefix(text(n), "\n"), true
	case n.Data == "select":
		return selected(n), true
	case (kind == "checkbox" || kind == "radio") && !has(n, "value"):
		return "on", has(n, "checked")
	case kind == "checkbox" || kind == "radio":
		return attr(n, "value"), has(n, "checked")
	case kind == "submit" || kind == "file" || attr(n, "name") == "":
		return "", false
	}
	return attr(n, "value"), true
}

// selected is the value of a list of choices: of the one selected, else of the first.
func selected(n *html.Node) string {
	options := nodes(n, tagged("option"))
	for _, o := range options {
		if has(o, "selected") {
			return attr(o, "value")
		}
	}
	if len(options) == 0 {
		return ""
	}
	return attr(options[0], "value")
}

// nodes are the elements under a node that a test keeps, in the order of the page.
func nodes(n *html.Node, keep func(*html.Node) bool) []*html.Node {
	var out []*html.Node
	for x := range n.Descendants() {
		if x.Type == html.ElementNode && keep(x) {
			out = append(out, x)
		}
	}
	return out
}

func tagged(names ...string) func(*html.Node) bool {
	return func(n *html.Node) bool { return slices.Contains(names, n.Data) }
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

// text is the text of a node as it stands.
func text(n *html.Node) string {
	var b strings.Builder
	for x := range n.Descendants() {
		if x.Type == html.TextNode {
			b.WriteString(x.Data)
		}
	}
	return b.String()
}

// words is the text of a node, with every blank as one space.
func words(n *html.Node) string {
	var b strings.Builder
	for x := range n.Descendants() {
		if x.Type == html.TextNode {
			b.WriteString(x.Data)
			b.WriteByte(' ')
		}
	}
	return plainSpaces(b.String())
}

// plainSpaces makes one space of every run of blanks, so that a test need not type no-break spaces.
func plainSpaces(s string) string { return strings.Join(strings.Fields(s), " ") }
