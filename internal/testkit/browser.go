package testkit

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"entente/internal/document/pdf"
)

// Tab is a page of a real browser with cookies of its own. Its methods stop the test on a failure, and name what a person
// would: labels, buttons, links, words on the screen.
type Tab struct {
	t      testing.TB
	ctx    context.Context
	base   string
	within string // words that the part of the page begins with to which the tab keeps; empty for the whole
}

// Within is the tab kept to one part of the page: the set of fields, the row, the place in a list or the section of which the
// words are the name.
func (b *Tab) Within(words string) *Tab {
	part := *b
	part.within = words
	return &part
}

// browser is the one process of the test binary.
var browser struct {
	once sync.Once
	ctx  context.Context
	stop func()
	err  error
}

// BrowserPath finds an installed Chromium, Chrome or Edge; empty where there is none.
func BrowserPath() string { return pdf.BrowserPath() }

// Skipping skips the test because of something that is missing on this machine, with its word; in continuous integration
// (CI=true) nothing may be missing, and the test fails.
func Skipping(t testing.TB, missing string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal("in continuous integration nothing may be skipped: " + missing)
	}
	t.Skip(missing)
}

// pageTime is how long one step on a page may take.
const pageTime = 30 * time.Second

// NewTab opens a tab on a site; base is its address, to which paths are added.
func NewTab(t testing.TB, base string) *Tab {
	t.Helper()
	browser.once.Do(startBrowser)
	if browser.err != nil {
		Skipping(t, browser.err.Error())
	}
	ctx, cancel := chromedp.NewContext(browser.ctx, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	tab := &Tab{t: t, ctx: ctx, base: strings.TrimRight(base, "/")}
	tab.do("open a tab") // allocates it, without the limit of time that would end it
	return tab
}

func startBrowser() {
	path := BrowserPath()
	if path == "" {
		browser.err = errors.New("no Chromium, Chrome or Edge is installed (Debian package chromium)")
		return
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.Flag("no-sandbox", os.Geteuid() == 0),
		chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.Flag("lang", "fr-FR"), chromedp.Flag("accept-lang", "fr-FR,fr"))
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stop := chromedp.NewContext(allocator)
	browser.ctx, browser.stop = ctx, func() { stop(); stopAllocator() }
	browser.err = chromedp.Do(ctx)
}

// StopBrowser ends the browser of the test binary; TestMain calls it once all tests have run.
func StopBrowser() {
	if browser.stop != nil {
		browser.stop()
	}
}

func (b *Tab) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx := b.ctx
	if len(steps) > 0 {
		limited, cancel := context.WithTimeout(b.ctx, pageTime)
		defer cancel()
		ctx = limited
	}
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatalf("%s: %v", what, err)
	}
}

// call sends a command of the protocol to the tab.
func call[P, R any](cmd cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, cmd, params)
		return chromedp.Void{}, err
	}
}

// WithoutScript makes the pages of the tab run none of their script.
func (b *Tab) WithoutScript() {
	b.t.Helper()
	b.do("switch script off", call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
}

// Size sets the width and height of the window, in CSS pixels.
func (b *Tab) Size(width, height int) {
	b.t.Helper()
	b.do("size", chromedp.EmulateViewport(int64(width), int64(height)))
}

// Dark makes the tab ask for dark pages, or light ones.
func (b *Tab) Dark(dark bool) {
	b.t.Helper()
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	b.do("colour scheme", call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}))
}

// Open goes to a path of the site, or to a whole address.
func (b *Tab) Open(path string) {
	b.t.Helper()
	if !strings.Contains(path, "://") {
		path = b.base + path
	}
	b.do("open "+path, chromedp.Navigate(path))
}

// Ask runs script in the page from outside and decodes what it gives into out; nil passes it over.
func (b *Tab) Ask(script string, out any) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, pageTime)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](`Promise.resolve((() => { `+script+` })()).then(x => JSON.stringify(x === undefined ? null : x))`, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("ask the page %s: %v", b.Address(), err)
	}
	if out == nil {
		return
	}
	if err := json.Unmarshal([]byte(text), out); err != nil {
		b.t.Fatalf("the page answered %.200s: %v", text, err)
	}
}

// Address is where the tab is, without the site.
func (b *Tab) Address() string {
	ctx, cancel := context.WithTimeout(b.ctx, pageTime)
	defer cancel()
	at, err := chromedp.Run(ctx, chromedp.Location())
	if err != nil {
		return "?"
	}
	return strings.TrimPrefix(at, b.base)
}

// Words is what the page shows of itself as text, or the part to which the tab is kept.
func (b *Tab) Words() string {
	b.t.Helper()
	var s string
	b.Ask(b.find()+`return root ? (root.body || root).innerText : ''`, &s)
	return s
}

// Sees stops the test unless the page shows each of the words; white space of any sort counts as one blank.
func (b *Tab) Sees(words ...string) {
	b.t.Helper()
	page := blanks(b.Words())
	for _, w := range words {
		if !strings.Contains(page, blanks(w)) {
			b.t.Fatalf("at %s the page does not say %q; it says:\n%s", b.Address(), w, b.Words())
		}
	}
}

// SeesNot stops the test where the page shows any of the words.
func (b *Tab) SeesNot(words ...string) {
	b.t.Helper()
	page := blanks(b.Words())
	for _, w := range words {
		if strings.Contains(page, blanks(w)) {
			b.t.Fatalf("at %s the page says %q", b.Address(), w)
		}
	}
}

func blanks(s string) string { return strings.Join(strings.Fields(s), " ") }

// find is the part of the page's own language that looks for things as people name them.
const find = `
const same = (a, b) => a.replace(/[\s\u00a0\u202f]+/g, ' ').trim() === b.replace(/[\s\u00a0\u202f]+/g, ' ').trim();
const begins = (a, b) => a.replace(/[\s\u00a0\u202f]+/g, ' ').trim().startsWith(b.replace(/[\s\u00a0\u202f]+/g, ' ').trim());
const shown = e => e.getClientRects().length > 0;
const pick = (all, name) => all.find(e => shown(e) && same(e.textContent, name)) || all.find(e => shown(e) && begins(e.textContent, name));
const part = name => { const e = pick([...document.querySelectorAll('main :is(legend, h2, h3, h4, strong, th, td, summary, dt)')], name);
  return e && e.closest('fieldset, tr, li, section, form'); };
const all = what => root ? [...root.querySelectorAll(what)] : [];
const control = name => { const l = pick(all('label'), name);
  if (l) return l.control;
  const g = pick(all('legend'), name); return g && g.closest('fieldset'); };
`

// find is the language with the part of the page to which the tab is kept as its root.
func (b *Tab) find() string {
	if b.within == "" {
		return find + "const root = document;\n"
	}
	return find + "const root = part(" + quote(b.within) + ");\n"
}

// act runs a step on the page that answers whether it could.
func (b *Tab) act(what, script string) {
	b.t.Helper()
	var ok bool
	b.Ask(b.find()+script, &ok)
	if !ok {
		b.t.Fatalf("%s: not possible at %s; the page says:\n%s", what, b.Address(), b.Words())
	}
}

// Fill writes into the field of a label.
func (b *Tab) Fill(label, value string) {
	b.t.Helper()
	b.act(fmt.Sprintf("fill %q", label), `const c = control(`+quote(label)+`); if (!c || !('value' in c)) return false;
		c.focus(); c.value = `+quote(value)+`; c.dispatchEvent(new Event('input', {bubbles: true})); return true;`)
}

// Choose takes the option of a list, or the button of a set, by their labels.
func (b *Tab) Choose(label, option string) {
	b.t.Helper()
	b.act(fmt.Sprintf("choose %q for %q", option, label), `const c = control(`+quote(label)+`); if (!c) return false;
		if (c.tagName === 'FIELDSET') { const l = pick([...c.querySelectorAll('label')], `+quote(option)+`); if (!l) return false; l.control.checked = true; return true; }
		const o = [...c.options].find(o => same(o.textContent, `+quote(option)+`)); if (!o) return false; c.value = o.value; return true;`)
}

// Tick marks the boxes with the labels.
func (b *Tab) Tick(labels ...string) {
	b.t.Helper()
	for _, l := range labels {
		b.act(fmt.Sprintf("tick %q", l), `const c = control(`+quote(l)+`); if (!c || c.type !== 'checkbox') return false; c.checked = true; return true;`)
	}
}

// Upload chooses a file of this machine in the field of a label.
func (b *Tab) Upload(label, file string) {
	b.t.Helper()
	what := fmt.Sprintf("upload %s in %q", file, label)
	b.act(what, `const c = control(`+quote(label)+`); if (!c || c.type !== 'file') return false; c.setAttribute('data-upload', ''); return true;`)
	b.do(what, chromedp.SetUploadFiles(chromedp.CSS(`input[data-upload]`), []string{file}))
	b.act(what, `document.querySelector('input[data-upload]').removeAttribute('data-upload'); return true;`)
}

// Press submits by the button with the words, and waits for the page that comes.
func (b *Tab) Press(button string) {
	b.t.Helper()
	b.leave(fmt.Sprintf("press %q", button), `const e = pick(all('button'), `+quote(button)+`); if (!e) return false;
		window.__left = true; e.click(); return true;`)
}

// Follow goes where the link with the words leads.
func (b *Tab) Follow(link string) {
	b.t.Helper()
	b.leave(fmt.Sprintf("follow %q", link), `const e = pick(all('a'), `+quote(link)+`); if (!e) return false;
		window.__left = true; e.click(); return true;`)
}

// Leaving runs script that leads to another page, and waits for the page that comes.
func (b *Tab) Leaving(what, script string) {
	b.t.Helper()
	b.leave(what, `window.__left = true; `+script+`; return true;`)
}

// leave runs a step that leads to another page and waits until that one is there.
func (b *Tab) leave(what, script string) {
	b.t.Helper()
	b.act(what, script)
	deadline := time.Now().Add(pageTime)
	for time.Now().Before(deadline) {
		ctx, cancel := context.WithTimeout(b.ctx, 5*time.Second)
		there, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`!window.__left && document.readyState === 'complete'`))
		cancel()
		if err == nil && there {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	b.t.Fatalf("%s: no page came", what)
}

func quote(s string) string {
	out, _ := json.Marshal(s)
	return string(out)
}

// Picture writes the whole page as a PNG file, where the variable ENTENTE_PICTURES names a folder for such files.
func (b *Tab) Picture(name string) {
	b.t.Helper()
	dir := os.Getenv("ENTENTE_PICTURES")
	if dir == "" {
		return
	}
	ctx, cancel := context.WithTimeout(b.ctx, pageTime)
	defer cancel()
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644)
	}
	if err != nil {
		b.t.Fatalf("picture %s: %v", name, err)
	}
}

// axeFile is where npm puts axe-core, from the root of the repository.
const axeFile = "node_modules/axe-core/axe.min.js"

var axe = sync.OnceValues(func() (string, error) {
	dir, err := os.Getwd()
	for err == nil && dir != filepath.Dir(dir) {
		if text, found := os.ReadFile(filepath.Join(dir, axeFile)); found == nil {
			return string(text), nil
		}
		dir = filepath.Dir(dir)
	}
	return "", errors.New("axe-core is not installed (npm ci)")
})

// Axe checks the page against the rules of WCAG 2.2 A and AA and the good practices of axe, and tells each violation.
func (b *Tab) Axe() []string {
	b.t.Helper()
	script, err := axe()
	if err != nil {
		Skipping(b.t, err.Error())
	}
	ctx, cancel := context.WithTimeout(b.ctx, pageTime)
	defer cancel()
	if err := chromedp.Do(ctx, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Evaluate[chromedp.Void](script)(ctx, t)
		return chromedp.Void{}, err
	}); err != nil {
		b.t.Fatalf("load axe: %v", err)
	}
	var found []struct {
		ID, Help string
		Nodes    []struct{ HTML, FailureSummary string }
	}
	b.Ask(`return axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)`, &found)
	var out []string
	for _, v := range found {
		for _, n := range v.Nodes {
			out = append(out, fmt.Sprintf("%s: %s: %.200s: %s", v.ID, v.Help, n.HTML, blanks(n.FailureSummary)))
		}
	}
	return out
}
