package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"time"

	"entente/internal/config"
	"entente/internal/demo"
	"entente/internal/fault"
	"entente/internal/store"
	"entente/internal/web"
)

// firstLife is how long the link of the first administrator can be used; each start prints a new one until it was.
const firstLife = 24 * time.Hour

// serveCmd serves a real installation.
type serveCmd struct {
	config.Config
}

// Run prints the link of the first administrator where there is none yet, and serves until it is told to stop.
func (c *serveCmd) Run(ctx context.Context, con *console) error {
	st, err := store.Open(ctx, c.Database, time.Now)
	if err != nil {
		return err
	}
	defer st.Close()
	needed, err := st.NeedsFirstAdministrator(ctx)
	if err != nil {
		return err
	}
	if needed {
		secret, err := st.IssueToken(ctx, store.Token{Kind: store.First}, firstLife)
		if err != nil {
			return err
		}
		fmt.Fprintf(con.out, "%s\n  %s\n", con.p.T("cli.first-administrator"), c.URL("/lien/installation/"+secret))
	}
	return serve(ctx, con, st, c.Config)
}

// demoCmd fills a demonstration and serves it.
type demoCmd struct {
	config.Config
	SeedOnly bool `help:"${cli_demo_seed_only}"`
}

// Run fills the database unless it is filled, and prints a sign-in link for each account of the demonstration.
func (c *demoCmd) Run(ctx context.Context, con *console) error {
	st, err := store.Open(ctx, c.Database, time.Now)
	if err != nil {
		return err
	}
	defer st.Close()
	if err := demo.Fill(ctx, st, demo.Words{Call: web.Letters(c.Config), Comments: web.CommentLetters(c.Config)}); err != nil {
		return err
	}
	links, err := demo.SignInLinks(ctx, st)
	if err != nil {
		return err
	}
	fmt.Fprintln(con.out, con.p.T("cli.demo.links"))
	for _, l := range links {
		fmt.Fprintf(con.out, "  %s\n    %s\n", con.p.Say(l.Who), c.URL("/lien/connexion/"+l.Secret))
	}
	if c.SeedOnly {
		return nil
	}
	return serve(ctx, con, st, c.Config)
}

// garbage lets the heap of a server grow threefold between collections: pages cost less, and the heap is small.
const garbage = 200

// stopTime is how long requests under way may take once the server was told to stop.
const stopTime = 10 * time.Second

// serve answers requests until the context ends, then lets those under way finish.
func serve(ctx context.Context, con *console, st *store.Store, c config.Config) error {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbage)
	}
	log := newLog(con, c)
	handler := web.New(web.Options{Store: st, Config: c, Log: log, Clock: time.Now, Announce: announcer(con)})
	defer handler.Close() //nolint:errcheck // the program ends, and the browser with it
	work, err := background(st, c, log, handler.Handlers())
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return &fault.Error{Kind: fault.Unavailable, Err: err, Message: fault.Say("cli.listen-failed", "address", c.Listen, "reason", err.Error())}
	}
	working := make(chan struct{})
	go func() {
		defer close(working)
		work.Work(ctx)
	}()
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute,
		WriteTimeout: time.Minute, IdleTimeout: 2 * time.Minute, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn)}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	fmt.Fprintln(con.out, con.p.T("cli.serving", "address", c.URL("/")))
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	stopping, cancel := context.WithTimeout(context.Background(), stopTime)
	defer cancel()
	err = server.Shutdown(stopping)
	<-working
	return err
}

// announcer prints personal links, where nothing leaves by mail.
func announcer(con *console) func(purpose, email, link string) {
	return func(purpose, email, link string) {
		fmt.Fprintf(con.out, "%s\n  %s\n", con.p.T("cli.link."+purpose, "email", email), link)
	}
}

func newLog(con *console, c config.Config) *slog.Logger {
	if c.LogJSON {
		return slog.New(slog.NewJSONHandler(os.Stderr, nil))
	}
	return slog.New(slog.NewTextHandler(con.err, nil))
}
