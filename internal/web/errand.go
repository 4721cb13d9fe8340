package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"mime"
	"net/http"

	"entente/internal/fault"
	"entente/internal/job"
	"entente/internal/job/runner"
	"entente/internal/store"
	"entente/internal/web/view"
)

// errand is a file that may take long to make: which route gives it at once, and the values of its address.
type errand struct {
	path   string // of the route
	values map[string]string
}

// errands are the files that can be asked for, by kind. What may have them is what their route admits.
var errands = map[string]errand{
	view.ErrandArchive:  {path: "/espaces/{space}/reunions/{id}/archive"},
	view.ErrandPack:     {path: "/espaces/{space}/papiers/{paper}/{id}/{format}", values: map[string]string{"paper": view.PaperPack, "format": "pdf"}},
	view.ErrandRegister: {path: "/espaces/{space}/papiers/{paper}/{id}/{format}", values: map[string]string{"paper": view.PaperRegister, "id": view.WholeRegister, "format": "pdf"}},
}

// maxErrand bounds a file that is kept for whoever asked for it, in bytes. A larger one is fetched at once from its page.
const maxErrand = 64 << 20

// errErrandSize says that a file is too large to be kept.
var errErrandSize = errors.New("the file is too large to be kept")

// askErrand asks for a file and leads to the page where it will be found.
func (s *Server) askErrand(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	e := job.Errand{Account: v.account.ID, Kind: f.text("what"), Subject: f.text("id")}
	if _, known := errands[e.Kind]; !known {
		return fault.New(fault.Invalid, "administration.action-unknown")
	}
	asked, err := s.onBehalf(v.Context(), e, *v.account, v.place)
	if err != nil {
		return err
	}
	e.Title = v.p.T("errand.kind." + e.Kind)
	if e.Subject != "" {
		a, err := asked.assembly()
		if err != nil {
			return err
		}
		e.Title = v.p.T("errand.about", "what", e.Title, "committee", a.Name(), "day", a.Meeting.Day)
	}
	if _, err := v.space.AskErrand(v.Context(), e); err != nil {
		return err
	}
	return s.redirect(w, v, view.ErrandsPath, fault.Say("errand.asked"))
}

// ownErrands lists what the visitor has asked for.
func (s *Server) ownErrands(w http.ResponseWriter, v *visit) error {
	return s.showErrands(w, v, fault.Message{})
}

// showErrands shows the list, with why what was just asked for is not given.
func (s *Server) showErrands(w http.ResponseWriter, v *visit, refused fault.Message) error {
	list, err := s.store.Errands(v.Context(), v.account.ID)
	if err != nil {
		return err
	}
	p := v.page(v.p.T("errand.list"), view.Crumb{Label: v.p.T("account.own.title"), Href: view.AccountPath})
	p.Path, p.Wide = view.ErrandsPath, true
	return s.show(w, v, view.ErrandsPage(p, view.ErrandsData{List: list, Refused: refused}))
}

// errandFile sends a file that was made, to who asked for it and may still read its space.
func (s *Server) errandFile(w http.ResponseWriter, v *visit) error {
	e, err := s.store.Errand(v.Context(), v.account.ID, v.PathValue("errand"))
	if err != nil {
		return err // that of another is not there
	}
	place, err := s.store.SpaceBySlug(v.Context(), e.Slug)
	if err == nil {
		_, err = s.onBehalf(v.Context(), e, *v.account, place)
	}
	if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Forbidden) || err == nil && !e.Ready() {
		return s.showErrands(w, v, fault.Say("errand.not-there"))
	}
	if err != nil {
		return err
	}
	content, err := s.store.ErrandContent(v.Context(), e)
	if err != nil {
		return err
	}
	sendFile(w, sent{name: e.Name, media: e.Media, content: content})
	return nil
}

// changeErrand stops what is being made, or takes away what was.
func (s *Server) changeErrand(w http.ResponseWriter, v *visit) error {
	e, err := s.store.Errand(v.Context(), v.account.ID, v.PathValue("errand"))
	if err == nil {
		err = s.store.RemoveErrand(v.Context(), e)
	}
	if err != nil {
		return err
	}
	return s.redirect(w, v, view.ErrandsPath, fault.Say("errand.removed"))
}

// onBehalf is the visit in which an account would fetch a file itself; it is refused as that visit would be.
func (s *Server) onBehalf(ctx context.Context, e job.Errand, a store.Account, place store.SpaceInfo) (*visit, error) {
	x := errands[e.Kind]
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "/", http.NoBody)
	if err != nil {
		return nil, err
	}
	r.SetPathValue("space", place.Slug)
	r.SetPathValue("id", e.Subject)
	for name, value := range x.values {
		r.SetPathValue(name, value)
	}
	standing, err := s.store.Standing(ctx, a.ID, place.ID, s.store.Today())
	if err != nil {
		return nil, err
	}
	if standing.Stranger() || a.Disabled() {
		return nil, fault.New(fault.NotFound, "fault.not-found")
	}
	v := s.anonymousVisit(r)
	v.account, v.place, v.space, v.standing = &a, place, s.store.In(place.ID), standing.Standing
	for _, rt := range s.routes() {
		if rt.method == http.MethodGet && rt.path == x.path {
			v.route = rt
			return v, v.allowed()
		}
	}
	return nil, fmt.Errorf("no route %s", x.path)
}

// Handlers are what the server does in the background, by kind of job.
func (s *Server) Handlers() map[string]runner.Handler {
	return map[string]runner.Handler{store.JobErrand: {Policy: job.Policy{Attempts: 3, Wait: job.Usual.Wait, Longest: job.Usual.Longest}, Do: s.doErrand}}
}

// doErrand makes a file and keeps it for whoever asked for it. Whoever has taken it back meanwhile, or may not have it any more, gets none.
func (s *Server) doErrand(ctx context.Context, run *runner.Run) (err error) {
	sp := s.store.In(run.Job.Space)
	e, err := sp.ErrandOf(ctx, run.Job.ID)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	account, err := s.store.Account(ctx, e.Account)
	if err != nil {
		return err
	}
	place, err := sp.Info(ctx)
	if err != nil {
		return err
	}
	steps := int64(0)
	ctx = context.WithValue(ctx, stepKey{}, func() error {
		steps++
		return run.Progress(ctx, steps, 0, "errand.making")
	})
	if err := run.Progress(ctx, 0, 0, "errand.making"); err != nil {
		return err
	}
	v, err := s.onBehalf(ctx, e, account, place)
	if err != nil {
		return job.Abandon(err)
	}
	out := &heldAnswer{header: http.Header{}}
	if err := s.make(out, v); err != nil {
		return err
	}
	_, parameters, err := mime.ParseMediaType(out.header.Get("Content-Disposition"))
	if err == nil {
		err = sp.KeepErrand(ctx, e.ID, parameters["filename"], out.header.Get("Content-Type"), out.content.Bytes())
	}
	return err
}

// make lets the route of a visit answer; an answer that is cut off is a failure.
func (s *Server) make(out *heldAnswer, v *visit) (err error) {
	defer func() {
		x := recover()
		if x == nil {
			return
		}
		if err = out.failed; err == nil {
			err = context.Cause(v.Context())
		}
		if err == nil {
			err = fmt.Errorf("the file was cut off: %v", x)
		}
	}()
	return v.route.handle(out, v)
}

// stepKey is where what makes a file finds how to say that another step is done.
type stepKey struct{}

// step says that another step of a long work is done; the error says to break it off.
func step(ctx context.Context) error {
	if done, asked := ctx.Value(stepKey{}).(func() error); asked {
		return done()
	}
	return nil
}

// heldAnswer is an answer that is kept instead of sent.
type heldAnswer struct {
	header  http.Header
	content bytes.Buffer
	failed  error
}

// Header implements http.ResponseWriter.
func (k *heldAnswer) Header() http.Header { return k.header }

// WriteHeader implements http.ResponseWriter.
func (k *heldAnswer) WriteHeader(int) {}

// Write keeps, up to the bound.
func (k *heldAnswer) Write(b []byte) (int, error) {
	if k.content.Len()+len(b) > maxErrand {
		k.failed = job.Abandon(errErrandSize)
		return 0, k.failed
	}
	return k.content.Write(b)
}
