// Package web answers requests: it reads forms, asks the store, and hands what a page shows to the views.
//
// routes.go is the one table of routes, with the access that each needs; one file of handlers a resource. It holds no
// rule of the convention and no SQL. The invariant that it owns: nothing is served to somebody who may not have it: every
// request passes through admit, which knows no route that the table does not name.
package web

import (
	"context"
	"log/slog"
	"net/http"
	"runtime"
	"time"

	"github.com/alexedwards/scs/v2"

	"entente/internal/auth"
	"entente/internal/config"
	"entente/internal/document/pdf"
	"entente/internal/office"
	"entente/internal/scan"
	"entente/internal/store"
	"entente/internal/web/static"
)

// Server is the application as an http.Handler.
type Server struct {
	store    *store.Store
	hasher   *auth.Hasher
	sessions *scs.SessionManager
	config   config.Config
	log      *slog.Logger
	clock    func() time.Time
	announce func(purpose, email, link string)
	handler  http.Handler
	readings *readingDesk
	scanner  *scan.Clamd // nil where documents are not scanned
	printer  *pdf.Printer
	assessor *office.Assessor
	hall     *office.Hall
}

// Options are what a server is made of. Every field is needed but Announce.
type Options struct {
	Store  *store.Store
	Config config.Config
	Log    *slog.Logger
	Clock  func() time.Time
	// Announce gives a personal link to whoever runs the server, where nothing leaves by mail. Nil: they go to the log.
	Announce func(purpose, email, link string)
}

// New makes the server.
func New(o Options) *Server {
	s := &Server{store: o.Store, hasher: auth.NewHasher(auth.Default, runtime.NumCPU()), config: o.Config, log: o.Log, clock: o.Clock, announce: o.Announce,
		readings: newReadingDesk(), scanner: scan.At(o.Config.Clamd), printer: pdf.New(pdf.Options{}), assessor: office.NewAssessor(), hall: office.NewHall()}
	if s.announce == nil {
		s.announce = func(purpose, email, link string) {
			s.log.Info("personal link", "purpose", purpose, "email", email, "link", link)
		}
	}
	s.sessions = auth.NewSessions(o.Store.Sessions(), o.Config.SecureCookies())
	s.handler = s.wrap(s.mux())
	return s
}

// Close ends what the server keeps running beside itself: the browser that prints. It is called once no request is served any more.
func (s *Server) Close() error { return s.printer.Close() }

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// mux registers every route of the table, and the static files, which need no session.
func (s *Server) mux() http.Handler {
	dynamic := http.NewServeMux()
	for _, rt := range s.routes() {
		dynamic.Handle(rt.method+" "+rt.path, s.admit(rt))
	}
	dynamic.Handle("/", s.admit(route{access: open, handle: s.unknownPage(dynamic)}))

	all := http.NewServeMux()
	all.Handle("GET /static/", static.Handler())
	all.HandleFunc("GET /healthz", s.healthy)
	all.HandleFunc("GET /readyz", s.ready)
	all.Handle("/", s.sessions.LoadAndSave(s.recovered(s.sameSite(dynamic))))
	return all
}

// healthy says that the process answers.
func (s *Server) healthy(w http.ResponseWriter, _ *http.Request) { plain(w, http.StatusOK, "ok\n") }

// ready says that the process can do its work: the database answers.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if err := s.store.Ping(ctx); err != nil {
		s.log.Error("not ready", "error", err)
		plain(w, http.StatusServiceUnavailable, "database\n")
		return
	}
	plain(w, http.StatusOK, "ok\n")
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text))
}
