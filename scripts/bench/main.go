// Command bench measures the real binary as its users meet it: over HTTP, on this machine, beside a floor that the same
// run measures (a handler that writes the same bytes from memory). Machines are noisy: quote ratios to the floor.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"entente/conventions"
	"entente/internal/calendar"
	"entente/internal/config"
	"entente/internal/demo"
	"entente/internal/store"
	"entente/internal/testkit"
	"entente/internal/web"
)

var (
	binary   = flag.String("binary", "bin/entente", "the program to measure")
	requests = flag.Int("requests", 300, "requests counted for each page")
	only     = flag.String("only", "", "measure one part alone: sizes, crowd")
	answers  = flag.Duration("answers", 20*time.Second, "within how long two hundred people answer their links")
	load     = flag.Duration("load", 2*time.Second, "how long each page is asked for at once by several readers")
)

// readers is how many ask at once when pages per second are counted.
const readers = 4

func main() {
	flag.Parse()
	if err := bench(context.Background()); err != nil {
		log.Fatal("bench: ", err)
	}
}

func bench(ctx context.Context) error {
	info, err := os.Stat(*binary)
	if err != nil {
		return fmt.Errorf("build it first (make build): %w", err)
	}
	fmt.Printf("%s, %d processors, %s\n", runtime.Version(), runtime.NumCPU(), time.Now().Format(time.DateTime))
	fmt.Printf("binary %.1f MB (aim 40)\n", float64(info.Size())/1e6)
	if *only != "crowd" {
		if err := sizes(ctx); err != nil {
			return err
		}
	}
	if *only == "sizes" {
		return nil
	}
	return crowd(ctx, *answers)
}

// extent is how large the installation is: the directory and the journal of the space that is measured, and how many spaces
// there are in all.
type extent struct{ entries, journal, spaces int }

// sizes measures every page at several extents. What all have in common is made once.
func sizes(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "entente-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	base := filepath.Join(dir, "base.db")
	x, err := fillBase(ctx, base)
	if err != nil {
		return err
	}
	for i, e := range []extent{{10, 0, 2}, {500, 50_000, 2}, {5000, 50_000, 2}, {500, 50_000, 1000}} {
		file := filepath.Join(dir, fmt.Sprintf("bench-%d.db", i))
		if err := copyFile(file, base); err != nil {
			return err
		}
		if err := size(ctx, file, e, &x); err != nil {
			return err
		}
		if err := os.Remove(file); err != nil {
			return err
		}
	}
	return nil
}

func copyFile(to, from string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o600)
}

// size measures every page of a space of an installation of that extent.
func size(ctx context.Context, file string, e extent, x *life) error {
	secret, kept, err := fill(ctx, file, e)
	if err != nil {
		return err
	}
	server, err := start(file)
	if err != nil {
		return err
	}
	defer server.stop()
	fmt.Printf("\n%d directory entries, %d journal entries, %d spaces; %d decisions: start-up to first page %d ms (aim 300)\n", e.entries, kept, e.spaces, decisionsKept,
		server.started.Milliseconds())
	client, err := signIn(server.address, secret)
	if err != nil {
		return err
	}
	fmt.Printf("%-22s %8s %9s %9s %9s %11s %11s %7s\n", "page", "bytes", "p50 ms", "p99 ms", "pages/s", "floor p50", "floor p99", "ratio")
	for _, p := range slices.Concat(pages, x.pages()) {
		if err := page(client, server.address, p.name, "/espaces/"+slug+p.path); err != nil {
			return err
		}
	}
	fmt.Printf("resident memory after the run %.0f MB (aim 80)\n", server.resident())
	return nil
}

// slug names the space of the demonstration that is measured.
const slug = "etampois-sud-essonne"

// target is a page of the space, by its path within.
type target struct{ name, path string }

// pages are those whose figures are promised.
var pages = []target{
	{"home", ""},
	{"convention", "/convention"},
	{"committees", "/comites"},
	{"committee", "/comites/operationnel"},
	{"compliance", "/obligations"},
	{"directory", "/annuaire"},
	{"directory, people", "/annuaire?vue=personnes"},
	{"directory, search", "/annuaire?q=a"},
	{"journal", "/journal"},
}

// fillBase makes a database with the demonstration, whose first space has the life of its committees.
func fillBase(ctx context.Context, file string) (life, error) {
	st, err := store.Open(ctx, file, time.Now)
	if err != nil {
		return life{}, err
	}
	defer st.Close()
	if err := demo.Fill(ctx, st, demo.Words{Call: web.Letters(config.Config{}), Comments: web.CommentLetters(config.Config{})}); err != nil {
		return life{}, err
	}
	space, err := st.SpaceBySlug(ctx, slug)
	if err != nil {
		return life{}, err
	}
	return live(ctx, st, space.ID)
}

// fill brings the database to the extent asked for, and gives the secret of a coordinator's sign-in link and the number of
// entries of the journal.
func fill(ctx context.Context, file string, e extent) (secret string, entries int64, err error) {
	st, err := store.Open(ctx, file, time.Now)
	if err != nil {
		return "", 0, err
	}
	defer st.Close()
	space, err := st.SpaceBySlug(ctx, slug)
	if err != nil {
		return "", 0, err
	}
	if err := testkit.Fill(ctx, st, space.ID, e.entries, e.journal); err != nil {
		return "", 0, err
	}
	if err := more(ctx, st, e.spaces-2); err != nil {
		return "", 0, err
	}
	if entries, err = st.In(space.ID).JournalEnd(ctx); err != nil {
		return "", 0, err
	}
	secret, err = signInSecret(ctx, st, "demo.role.coordinator")
	return secret, entries, err
}

// signInSecret is the secret of a sign-in link of somebody of a role.
func signInSecret(ctx context.Context, st *store.Store, role string) (string, error) {
	links, err := demo.SignInLinks(ctx, st)
	if err != nil {
		return "", err
	}
	for _, l := range links {
		if strings.HasPrefix(l.Who.Key, role) {
			return l.Secret, nil
		}
	}
	return "", fmt.Errorf("the demonstration has nobody of %s", role)
}

// more adds spaces beside the two of the demonstration.
func more(ctx context.Context, st *store.Store, n int) error {
	source, err := conventions.Read("contrat-local-sante-val-ambre-2025-2029")
	for i := 0; i < n && err == nil; i++ {
		name := fmt.Sprintf("espace-%04d", i)
		_, err = st.CreateSpace(ctx, store.Actor{}, name, name, source, calendar.Must("2025-03-01"))
	}
	return err
}

// process is the program under measure.
type process struct {
	cmd     *exec.Cmd
	address string
	started time.Duration
}

// start runs the program and waits for its first page.
func start(file string) (*process, error) {
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		return nil, err
	}
	listen := l.Addr().String()
	if err := l.Close(); err != nil {
		return nil, err
	}
	cmd := exec.Command(*binary, "serve", "--database", file, "--listen", listen)
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{cmd: cmd, address: "http://" + listen}
	for time.Since(begin) < 20*time.Second {
		r, err := http.Get(p.address + "/connexion")
		if err == nil {
			_, _ = io.Copy(io.Discard, r.Body)
			_ = r.Body.Close()
			p.started = time.Since(begin)
			return p, nil
		}
		time.Sleep(2 * time.Millisecond)
	}
	p.stop()
	return nil, fmt.Errorf("the program did not answer within 20 s")
}

func (p *process) stop() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	_ = p.cmd.Wait()
}

// resident is the memory that the program holds, in MB; 0 where the system does not tell.
func (p *process) resident() float64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, _ := strconv.Atoi(strings.Fields(rest)[0])
			return float64(kb) / 1000
		}
	}
	return 0
}

// signIn uses the link, and gives a client that stays signed in.
func signIn(address, secret string) (*http.Client, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	client := &http.Client{Jar: &insecureJar{jar}, Transport: &http.Transport{MaxIdleConnsPerHost: readers, DisableCompression: true}}
	r, err := client.PostForm(address+"/lien/connexion/"+secret, url.Values{})
	if err != nil {
		return nil, err
	}
	defer r.Body.Close()
	if r.StatusCode != http.StatusOK || !strings.HasPrefix(r.Request.URL.Path, "/espaces") {
		return nil, fmt.Errorf("not signed in: %s at %s", r.Status, r.Request.URL)
	}
	return client, nil
}

// insecureJar keeps Secure cookies on this machine without TLS, as browsers do for localhost.
type insecureJar struct{ *cookiejar.Jar }

// SetCookies keeps cookies without their Secure attribute.
func (j *insecureJar) SetCookies(u *url.URL, cookies []*http.Cookie) {
	for _, c := range cookies {
		c.Secure = false
	}
	j.Jar.SetCookies(u, cookies)
}

// page measures one page beside the floor.
func page(client *http.Client, address, name, path string) error {
	body, err := get(client, address+path)
	if err != nil {
		return err
	}
	floor, stop, err := floorServer(body)
	if err != nil {
		return err
	}
	defer stop()
	real, err := times(client, address+path)
	if err != nil {
		return err
	}
	base, err := times(client, floor)
	if err != nil {
		return err
	}
	rate, err := throughput(client, address+path)
	if err != nil {
		return err
	}
	fmt.Printf("%-22s %8d %9.2f %9.2f %9.0f %11.2f %11.2f %7.1f\n", name, len(body), ms(real, 50), ms(real, 99), rate, ms(base, 50), ms(base, 99), ms(real, 50)/ms(base, 50))
	return nil
}

// floorServer writes the same bytes from memory.
func floorServer(body []byte) (address string, stop func(), err error) {
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(body)
	})}
	go func() { _ = server.Serve(l) }()
	return "http://" + l.Addr().String() + "/", func() { _ = server.Close() }, nil
}

func get(client *http.Client, address string) ([]byte, error) {
	r, err := client.Get(address)
	if err != nil {
		return nil, err
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err == nil && r.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", address, r.Status)
	}
	return body, err
}

// times asks for the page again and again, after some that do not count.
func times(client *http.Client, address string) ([]time.Duration, error) {
	out := make([]time.Duration, 0, *requests)
	for i := range *requests + 20 {
		begin := time.Now()
		if _, err := get(client, address); err != nil {
			return nil, err
		}
		if i >= 20 {
			out = append(out, time.Since(begin))
		}
	}
	slices.Sort(out)
	return out, nil
}

func ms(sorted []time.Duration, percentile int) float64 {
	i := min(len(sorted)*percentile/100, len(sorted)-1)
	return float64(sorted[i].Microseconds()) / 1000
}

// throughput counts the pages that several readers get in a second.
func throughput(client *http.Client, address string) (float64, error) {
	var n atomic.Int64
	var wait sync.WaitGroup
	failed := make(chan error, readers)
	begin := time.Now()
	for range readers {
		wait.Go(func() {
			for time.Since(begin) < *load {
				if _, err := get(client, address); err != nil {
					failed <- err
					return
				}
				n.Add(1)
			}
		})
	}
	wait.Wait()
	select {
	case err := <-failed:
		return 0, err
	default:
		return float64(n.Load()) / time.Since(begin).Seconds(), nil
	}
}
