// Package stories_test lives the mission in a real browser: one file and one test a story, with no shortcut between the
// pages. The pages run none of their script, because every form must work without it.
package stories_test

import (
	"io"
	"log/slog"
	"net/http/httptest"
	"os"
	"testing"
	"time"

	"entente/internal/config"
	"entente/internal/demo"
	"entente/internal/store"
	"entente/internal/testkit"
	"entente/internal/web"
)

func TestMain(m *testing.M) {
	code := m.Run()
	testkit.StopBrowser()
	os.Exit(code)
}

// site is a server on a store of its own, with a clock that stands.
type site struct {
	*httptest.Server
	store *store.Store
	clock *testkit.Clock
}

func newSite(t *testing.T, now time.Time) *site {
	t.Helper()
	clock := testkit.NewClock(now)
	st := testkit.StoreAt(t, clock)
	server := httptest.NewUnstartedServer(nil)
	address := "http://" + server.Listener.Addr().String()
	server.Config.Handler = web.New(web.Options{Store: st, Config: config.Config{Address: address}, Clock: clock.Now,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	server.Start()
	t.Cleanup(server.Close)
	return &site{Server: server, store: st, clock: clock}
}

// words are those of the letters of the demonstration, with links to the site.
func (s *site) words() demo.Words {
	c := config.Config{Address: s.URL}
	return demo.Words{Call: web.Letters(c), Comments: web.CommentLetters(c)}
}
