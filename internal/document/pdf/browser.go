package pdf

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"
)

// BrowserPath finds an installed Chromium, Chrome or Edge; empty where there is none.
func BrowserPath() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge",
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// browser is one running process. It is born ready and dies once: by close, or by itself.
type browser struct {
	*client
	cmd     *exec.Cmd
	profile string // folder of its own, removed when it ends
	born    time.Time
	printed int // documents that it was given
	using   int // those that it works on now
	retired bool
	timer   *time.Timer // retires it when it is old
	rest    sync.Mutex
	resting []*tab // open, with nothing to do
}

// flags keep the browser quiet, and off any network. Its only proxy is a port where nothing listens, this machine included;
// no name resolves. A page is shut in a third way, by its own Content-Security-Policy.
func flags(profile string) []string {
	out := []string{"--headless", "--remote-debugging-pipe", "--user-data-dir=" + profile, "--no-first-run", "--no-default-browser-check",
		"--proxy-server=http://127.0.0.1:1", "--proxy-bypass-list=<-loopback>", "--host-resolver-rules=MAP * ~NOTFOUND", "--disable-quic",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions", "--disable-default-apps",
		"--disable-domain-reliability", "--disable-client-side-phishing-detection", "--disable-breakpad", "--no-pings", "--mute-audio",
		"--disable-gpu", "--in-process-gpu", "--disable-features=Translate,OptimizationHints,MediaRouter,BackForwardCache,PaintHolding", "--disable-dev-shm-usage", "--hide-scrollbars", "--font-render-hinting=none", "--force-color-profile=srgb"}
	if os.Geteuid() == 0 {
		out = append(out, "--no-sandbox") // Chromium refuses its sandbox to root
	}
	return out
}

// start runs a browser and waits until it answers. The process outlives ctx, which bounds the wait alone.
func start(ctx context.Context, path string) (*browser, error) {
	profile, err := os.MkdirTemp("", "entente-browser-")
	if err != nil {
		return nil, err
	}
	b := &browser{profile: profile, born: time.Now()}
	if err = b.launch(path); err != nil {
		_ = os.RemoveAll(profile) // the failure to start is what matters
		return nil, err
	}
	if err = b.call(ctx, "", "Browser.getVersion", nil, nil); err != nil {
		b.close()
		return nil, fmt.Errorf("the browser does not answer: %w", err)
	}
	return b, nil
}

func (b *browser) launch(path string) error {
	childIn, in, err := os.Pipe()
	if err != nil {
		return err
	}
	out, childOut, err := os.Pipe()
	if err != nil {
		_, _ = childIn.Close(), in.Close()
		return err
	}
	b.cmd = exec.Command(path, flags(b.profile)...)  //nolint:gosec // the path of the installed browser, from the configuration
	b.cmd.ExtraFiles = []*os.File{childIn, childOut} // descriptors 3 and 4 of the child
	b.cmd.Env = append(os.Environ(), "HOME="+b.profile, "XDG_CONFIG_HOME="+b.profile, "XDG_CACHE_HOME="+b.profile)
	err = b.cmd.Start()
	_, _ = childIn.Close(), childOut.Close()
	if err != nil {
		_, _ = in.Close(), out.Close()
		return err
	}
	b.client = newClient(in, out)
	go b.bury()
	return nil
}

// bury waits for the end of the process, whatever ends it, and leaves nothing behind.
func (b *browser) bury() {
	_ = b.cmd.Wait() // how it ended tells nothing: it is gone
	b.hangUp()
	for range 20 { // its children may still write for a moment
		if os.RemoveAll(b.profile) == nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// close ends the process at once; bury does the rest. It may be called again.
func (b *browser) close() {
	_ = b.cmd.Process.Kill() // already gone is as good
	b.hangUp()
}

// supported tells the systems on which a program can be handed the descriptors of the protocol.
const supported = runtime.GOOS != "windows"

// tab is one page of the browser, for one document at a time.
type tab struct {
	*browser
	target, session string
	resized         bool // it has the size of a picture, and is good for nothing else
}

// open makes a tab whose every request comes to us first, and that runs no script.
func (b *browser) open(ctx context.Context) (*tab, error) {
	t := &tab{browser: b}
	var target struct{ TargetID string }
	if err := b.call(ctx, "", "Target.createTarget", object{"url": "about:blank"}, &target); err != nil {
		return nil, err
	}
	t.target = target.TargetID
	var attached struct{ SessionID string }
	if err := b.call(ctx, "", "Target.attachToTarget", object{"targetId": t.target, "flatten": true}, &attached); err != nil {
		return nil, err
	}
	t.session = attached.SessionID
	for _, step := range []struct {
		method string
		params object
	}{
		{"Page.enable", nil},
		{"Emulation.setScriptExecutionDisabled", object{"value": true}},
		{"Fetch.enable", object{"patterns": []object{{"urlPattern": "*"}}}},
	} {
		if err := t.do(ctx, step.method, step.params, nil); err != nil {
			t.shut()
			return nil, err
		}
	}
	return t, nil
}

// shut closes the tab; a browser that does not even do that is ended.
func (t *tab) shut() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if t.call(ctx, "", "Target.closeTarget", object{"targetId": t.target}, nil) != nil {
		t.close()
	}
}

func (t *tab) do(ctx context.Context, method string, params object, result any) error {
	return t.call(ctx, t.session, method, params, result)
}

// place is the address that a page has while it is printed. The browser is never let out to look for it.
const place = "https://document.invalid/"

// policy is what a page may do: show what it carries.
const policy = "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'"

// load shows a page that carries everything, and waits until its pictures are there. Every request but the one for the page
// itself is refused.
func (t *tab) load(ctx context.Context, html []byte) error {
	events, unlisten := t.listen(t.session)
	defer unlisten()
	if err := t.send(ctx, t.session, "Page.navigate", object{"url": place}); err != nil {
		return err
	}
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-t.gone:
			return errGone
		case e := <-events:
			if done, err := t.answer(ctx, e, html); done || err != nil {
				return err
			}
		}
	}
}

// answer serves the page to the browser, and refuses it everything else; done when the page is loaded.
func (t *tab) answer(ctx context.Context, e event, html []byte) (done bool, err error) {
	switch e.Method {
	case "Page.loadEventFired":
		return true, nil
	case "Inspector.targetCrashed":
		return false, errGone
	case "Fetch.requestPaused":
		var paused struct {
			RequestID string
			Request   struct{ URL string }
		}
		if err := json.Unmarshal(e.Params, &paused); err != nil {
			return false, err
		}
		switch url := paused.Request.URL; {
		case strings.HasPrefix(url, "data:"):
			return false, t.send(ctx, t.session, "Fetch.continueRequest", object{"requestId": paused.RequestID})
		case url != place:
			return false, t.send(ctx, t.session, "Fetch.failRequest", object{"requestId": paused.RequestID, "errorReason": "AccessDenied"})
		}
		return false, t.send(ctx, t.session, "Fetch.fulfillRequest", object{"requestId": paused.RequestID, "responseCode": 200, "body": html,
			"responseHeaders": []object{{"name": "Content-Type", "value": "text/html; charset=utf-8"}, {"name": "Content-Security-Policy", "value": policy}}})
	}
	return false, nil
}

// leftovers removes the folders of browsers that a killed server left behind. A living browser is never as old.
func leftovers(olderThan time.Time) {
	found, _ := filepath.Glob(filepath.Join(os.TempDir(), "entente-browser-*")) // the pattern is right
	for _, dir := range found {
		if info, err := os.Stat(dir); err == nil && info.ModTime().Before(olderThan) {
			_ = os.RemoveAll(dir) // next time
		}
	}
}
