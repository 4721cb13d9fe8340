package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
	"time"

	"entente/internal/config"
	"entente/internal/demo"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/web"
)

// watchers watch the sitting, of whom half keep the meeting and half look on. Each asks for its state as often as the script
// of the page does; who looks on loads the page anew whenever something has changed, as the script does.
const (
	watchers   = 20
	watchEvery = 3 * time.Second
)

// crowd lets everybody of a committee of two hundred seats answer their personal link within a while, while others watch a
// sitting of the same committee, and prints how long each waited.
func crowd(ctx context.Context, within time.Duration) error {
	dir, err := os.MkdirTemp("", "entente-crowd-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "crowd.db")
	x, secrets, err := fillCrowd(ctx, file)
	if err != nil {
		return err
	}
	server, err := start(file)
	if err != nil {
		return err
	}
	defer server.stop()
	c := &waits{took: map[string][]time.Duration{}}
	clients := make([]*http.Client, len(secrets))
	for i, secret := range secrets {
		if clients[i], err = signIn(server.address, secret); err != nil {
			return err
		}
	}
	done := make(chan struct{})
	var watching, answering sync.WaitGroup
	for i := range watchers {
		watching.Go(func() {
			c.watch(clients[i%len(clients)], server.address+"/espaces/"+slug+"/reunions/"+x.sitting+"/seance", i%len(clients) > 0, done)
		})
	}
	watching.Go(func() { c.floor(done) })
	for _, secret := range x.links {
		answering.Go(func() {
			time.Sleep(rand.N(within))
			c.answer(server.address + "/lien/reponse/" + secret)
		})
	}
	answering.Wait()
	close(done)
	watching.Wait()
	fmt.Printf("\n%d people answer their links within %s, %d watch a sitting of %d seats (aim: no error, p99 50 ms)\n", len(x.links), within, watchers, len(x.chairs))
	c.print()
	fmt.Printf("resident memory after the run %.0f MB\n", server.resident())
	return nil
}

// fillCrowd makes the database, and gives the secrets of the sign-in links of a coordinator and of a reader.
func fillCrowd(ctx context.Context, file string) (x life, secrets []string, err error) {
	st, err := store.Open(ctx, file, time.Now)
	if err != nil {
		return x, nil, err
	}
	defer st.Close()
	if err := demo.Fill(ctx, st, demo.Words{Call: web.Letters(config.Config{}), Comments: web.CommentLetters(config.Config{})}); err != nil {
		return x, nil, err
	}
	space, err := st.SpaceBySlug(ctx, slug)
	if err != nil {
		return x, nil, err
	}
	if _, err := enlarge(ctx, st, space.ID, crowdSeatOfEach, &x); err != nil {
		return x, nil, err
	}
	if err := x.meet(ctx, st, space.ID); err != nil {
		return x, nil, err
	}
	for _, role := range []string{"demo.role.coordinator", "demo.role.reader"} {
		secret, err := signInSecret(ctx, st, role)
		if err != nil {
			return x, nil, err
		}
		secrets = append(secrets, secret)
	}
	return x, secrets, nil
}

// waits are how long requests took, by what was asked, and what went wrong.
type waits struct {
	mu     sync.Mutex
	took   map[string][]time.Duration
	failed []string
}

// ask sends a request and notes how long its answer took; any status but those expected is a failure.
func (c *waits) ask(client *http.Client, name, method, address string, form url.Values, expected ...int) []byte {
	begin := time.Now()
	status, body, err := send(client, method, address, form)
	took := time.Since(begin)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.took[name] = append(c.took[name], took)
	if err != nil || !slices.Contains(expected, status) {
		c.failed = append(c.failed, fmt.Sprintf("%s: status %d, %v", name, status, err))
	}
	return body
}

func send(client *http.Client, method, address string, form url.Values) (int, []byte, error) {
	var r *http.Response
	var err error
	if method == http.MethodPost {
		r, err = client.PostForm(address, form)
	} else {
		r, err = client.Get(address)
	}
	if err != nil {
		return 0, nil, err
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	return r.StatusCode, body, err
}

var (
	seatField = regexp.MustCompile(`name="seat"[^>]*value="([^"]+)"`)
	seenField = regexp.MustCompile(`name="seen"[^>]*value="([^"]*)"`)
)

// answer is one person with their own browser: they open their link, say that they come, and see that it was kept.
func (c *waits) answer(address string) {
	client := &http.Client{Transport: &http.Transport{}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	defer client.CloseIdleConnections()
	page := c.ask(client, "open the link", http.MethodGet, address, nil, http.StatusOK)
	form := url.Values{"answer": {string(governance.WillCome)}, "seat": {first(seatField, page)}, "seen": {first(seenField, page)}}
	c.ask(client, "answer", http.MethodPost, address, form, http.StatusSeeOther)
	c.ask(client, "see the answer kept", http.MethodGet, address, nil, http.StatusOK)
}

func first(re *regexp.Regexp, page []byte) string {
	if m := re.FindSubmatch(page); m != nil {
		return string(m[1])
	}
	return ""
}

// watch is one who watches the sitting until the others are done.
func (c *waits) watch(client *http.Client, address string, looksOn bool, done <-chan struct{}) {
	var state struct {
		Seq int64 `json:"seq"`
	}
	c.ask(client, "page of the sitting", http.MethodGet, address, nil, http.StatusOK)
	wait := time.NewTimer(rand.N(watchEvery))
	for {
		select {
		case <-done:
			return
		case <-wait.C:
		}
		wait.Reset(watchEvery)
		body := c.ask(client, "state of the sitting", http.MethodGet, fmt.Sprintf("%s/etat?depuis=%d", address, state.Seq), nil, http.StatusOK, http.StatusNotModified)
		if len(body) == 0 {
			continue
		}
		_ = json.Unmarshal(body, &state)
		if looksOn {
			c.ask(client, "page of the sitting", http.MethodGet, address, nil, http.StatusOK)
		}
	}
}

// floorEvery is how often the floor is asked beside the crowd.
const floorEvery = 50 * time.Millisecond

// floor asks a handler that writes a page from memory until the others are done: what this machine makes everybody wait.
func (c *waits) floor(done <-chan struct{}) {
	address, stop, err := floorServer(make([]byte, 20_000))
	if err != nil {
		c.failed = append(c.failed, err.Error())
		return
	}
	defer stop()
	client := &http.Client{Transport: &http.Transport{}}
	for tick := time.NewTicker(floorEvery); ; {
		select {
		case <-done:
			tick.Stop()
			return
		case <-tick.C:
			c.ask(client, floorName, http.MethodGet, address, nil, http.StatusOK)
		}
	}
}

// floorName is how the table calls the floor.
const floorName = "floor"

func (c *waits) print() {
	names := []string{"open the link", "answer", "see the answer kept", "page of the sitting", "state of the sitting"}
	fmt.Printf("%-22s %8s %9s %9s %9s\n", "request", "count", "p50 ms", "p99 ms", "max ms")
	var all []time.Duration
	for _, name := range names {
		c.row(name, c.took[name])
		all = append(all, c.took[name]...)
	}
	c.row("all", all)
	c.row(floorName, c.took[floorName])
	fmt.Printf("%d errors\n", len(c.failed))
	for _, f := range c.failed[:min(len(c.failed), 10)] {
		fmt.Println("  " + f)
	}
}

func (c *waits) row(name string, took []time.Duration) {
	slices.Sort(took)
	if len(took) == 0 {
		return
	}
	fmt.Printf("%-22s %8d %9.2f %9.2f %9.2f\n", name, len(took), ms(took, 50), ms(took, 99), ms(took, 100))
}
