package web

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"
	"sync"

	"github.com/a-h/templ"

	"entente/internal/authority"
	"entente/internal/fault"
	"entente/internal/web/view"
)

// buffers hold pages while they are rendered, so that a failure half-way shows an error page and no half page.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// keepBuffer bounds the buffers that are kept, in bytes.
const keepBuffer = 1 << 20

// render writes a page.
func (s *Server) render(w http.ResponseWriter, v *visit, status int, c templ.Component) {
	buf := buffers.Get().(*bytes.Buffer)
	buf.Reset()
	defer func() {
		if buf.Cap() <= keepBuffer {
			buffers.Put(buf)
		}
	}()
	if err := c.Render(v.Context(), buf); err != nil {
		s.log.Error("render", "ref", reference(v.Context()), "path", logPath(v.Request), "error", err)
		plain(w, http.StatusInternalServerError, v.p.T("error.internal.title")+" ("+reference(v.Context())+")\n")
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(buf.Len()))
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(buf.Bytes())
}

// show writes a page with status 200.
func (s *Server) show(w http.ResponseWriter, v *visit, c templ.Component) error {
	s.render(w, v, http.StatusOK, c)
	return nil
}

// page is what surrounds the content of the visit's page.
func (v *visit) page(title string, crumbs ...view.Crumb) view.Page {
	p := view.Page{P: v.p, Title: title, Path: v.URL.RequestURI(), Crumbs: crumbs, Notice: v.notice, Prints: v.prints}
	if v.account != nil {
		p.User = &view.UserNav{Name: v.account.Name, Administrator: v.account.Administrator}
	}
	p.Printed = v.p.Instant(v.now)
	if v.space != nil {
		p.Space = v.spaceNav()
	}
	return p
}

// chapter is one page of a space that its navigation leads to.
type chapter struct {
	key, path string
	task      authority.Task
}

// chapters is the navigation of a space, in its order.
var chapters = []chapter{
	{"home", "", authority.ReadSpace},
	{"convention", "convention", authority.ReadSpace},
	{"committees", "comites", authority.ReadSpace},
	{"compliance", "obligations", authority.ReadSpace},
	{"meetings", "reunions", authority.ReadSpace},
	{"plan", "actions", authority.ReadSpace},
	{"evaluations", "evaluations", authority.ReadSpace},
	{"decisions", "decisions", authority.ReadSpace},
	{"proposals", "propositions", authority.ReadSpace},
	{"directory", "annuaire", authority.ReadSpace},
	{"journal", "journal", authority.ReadJournal},
	{"access", "acces", authority.InviteReader},
}

// chapterPages are pages of a chapter that have an address of their own.
var chapterPages = map[string][]string{"reunions": {"calendrier", "sondages"}, "actions": {"pilotes", "etapes", "avancement"}}

func (v *visit) spaceNav() *view.SpaceNav {
	n := &view.SpaceNav{Name: v.place.Name, Href: v.path()}
	for _, c := range chapters {
		if !v.offers(c.task) {
			continue
		}
		href := v.path()
		if c.path != "" {
			href = v.path(c.path)
		}
		n.Items = append(n.Items, view.NavItem{Label: v.p.T("nav." + c.key), Href: href, Current: v.inChapter(c.path)})
	}
	return n
}

// inChapter tells whether the visit's page belongs to a chapter of the navigation.
func (v *visit) inChapter(path string) bool {
	here := v.URL.Path
	for _, under := range chapterPages[path] {
		if v.inChapter(under) {
			return true
		}
	}
	if path == "" {
		return here == v.path()
	}
	root := v.path(path)
	return here == root || len(here) > len(root) && here[:len(root)+1] == root+"/"
}

// redirect leads on after a change (303, so that reloading does not repeat it), with a word that the next page shows once.
func (s *Server) redirect(w http.ResponseWriter, v *visit, to string, notice fault.Message) error {
	if !notice.IsZero() {
		s.sessions.Put(v.Context(), keyNotice, v.p.Say(notice))
	}
	http.Redirect(w, v.Request, to, http.StatusSeeOther)
	return nil
}

// sendData gives data as a file of JSON to keep; name is that of the file, without its ending.
func sendData(w http.ResponseWriter, data any, name string) error {
	text, err := json.MarshalIndent(data, "", "  ")
	if err != nil {
		return fault.Of(fault.Internal, err, "web.sendData", name)
	}
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="`+name+`.json"`)
	h.Set("Cache-Control", "no-store")
	_, _ = w.Write(append(text, '\n'))
	return nil
}
