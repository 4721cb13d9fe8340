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

// commandDir is where the command is built for the stories that run it.
var commandDir string

func TestMain(m *testing.M) {
	var err error
	if commandDir, err = os.MkdirTemp("", "entente-stories-"); err != nil {
		panic(err)
	}
	code := m.Run()
	_ = os.RemoveAll(commandDir)
	testkit.StopBrowser()
	os.Exit(code)
}

// site is a server on a store of its own, with a clock that stands.
type site struct {
	*httptest.Server
	store *store.Store
	clock *testkit.Clock
	file  string // of its database
}

func newSite(t *testing.T, now time.Time) *site {
	t.Helper()
	clock := testkit.NewClock(now)
	file := testkit.Database(t)
	st, err := store.Open(t.Context(), file, clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Errorf("closing the store: %v", err)
		}
	})
	server := httptest.NewUnstartedServer(nil)
	address := "http://" + server.Listener.Addr().String()
	server.Config.Handler = web.New(web.Options{Store: st, Config: config.Config{Address: address}, Clock: clock.Now,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	server.Start()
	t.Cleanup(server.Close)
	return &site{Server: server, store: st, clock: clock, file: file}
}

// words are those of the letters of the demonstration, with links to the site.
func (s *site) words() demo.Words {
	c := config.Config{Address: s.URL}
	return demo.Words{Call: web.Letters(c), Comments: web.CommentLetters(c)}
}
