package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"sync"

	"entente/internal/authority"
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/web/view"
)

// conventionPage shows the text that applied on a day, each clause beside its state on that day.
func (s *Server) conventionPage(w http.ResponseWriter, v *visit) error {
	history, err := v.history()
	if err != nil {
		return err
	}
	day, wrong := v.reportDay(&form{values: v.URL.Query()})
	d := view.ConventionData{History: history, Root: v.path(), Day: day, Today: v.today, Typed: v.URL.Query().Get("le"),
		MayLoad: v.offers(authority.LoadConvention)}
	if d.Typed == "" {
		d.Typed = day.String()
	}
	if d.Version, err = applied(history, day); err != nil {
		return err
	}
	if d.Document, err = documents.of(d.Version); err != nil {
		return err
	}
	e, err := v.evidence(day)
	if err != nil {
		return err
	}
	d.Report, d.People = e.Assess(history, day), e.Holders
	d.Seats = make(map[string][]view.SeatRow, len(d.Version.Text.Committees))
	for i := range d.Version.Text.Committees {
		k := &d.Version.Text.Committees[i]
		d.Seats[k.ID] = occupations(k, e.Mandates, day)
	}
	status := http.StatusOK
	if !wrong.IsZero() {
		d.Faults, status = fault.Fields{{Name: "le", Message: wrong}}, http.StatusUnprocessableEntity
	}
	page := v.page(v.p.T("nav.convention"))
	page.Wide = true
	s.render(w, v, status, view.ConventionPage(page, d))
	return nil
}

// applied is the version whose rules applied on a day; before the first took effect, the first.
func applied(h convention.History, day calendar.Date) (*convention.Version, error) {
	if found := h.On(day); found != nil {
		return found, nil
	}
	if len(h) == 0 {
		return nil, fault.New(fault.NotFound, "fault.no-convention")
	}
	return h[0], nil
}

// conventionFile gives the literate file of a version: the one asked by its number, else the one that applies today.
func (s *Server) conventionFile(w http.ResponseWriter, v *visit) error {
	history, err := v.history()
	if err != nil {
		return err
	}
	version, err := applied(history, v.today)
	if err != nil {
		return err
	}
	if asked := v.URL.Query().Get("version"); asked != "" {
		if version = numbered(history, asked); version == nil {
			return fault.New(fault.NotFound, "convention-page.no-version", "number", asked)
		}
	}
	name := fmt.Sprintf("%s-v%d.md", version.Text.Identity.ID, version.Number)
	h := w.Header()
	h.Set("Content-Type", "text/markdown; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	h.Set("Content-Length", strconv.Itoa(len(version.Source)))
	h.Set("Cache-Control", "no-store")
	_, err = w.Write(version.Source)
	if err != nil {
		s.log.Info("file not sent", "ref", reference(v.Context()), "error", err)
	}
	return nil
}

// numbered is the version with a number; nil where there is none.
func numbered(h convention.History, number string) *convention.Version {
	for _, x := range h {
		if strconv.Itoa(x.Number) == number {
			return x
		}
	}
	return nil
}

// dayPath is the page of the convention as it stands on a day.
func (v *visit) dayPath(day calendar.Date) string {
	return v.path("convention") + "?" + url.Values{"le": {day.String()}}.Encode()
}

// maxDocuments bounds the documents that are kept, some hundred kilobytes each.
const maxDocuments = 64

// documents are the versions that were set for reading, for the whole process: a version never changes and its identifier
// is its own in the world, so that nothing here has to be refreshed and no two servers can disagree.
var documents = newDocumentCache(maxDocuments)

// documentCache keeps documents by version, the oldest giving place.
type documentCache struct {
	mu    sync.Mutex
	max   int
	known map[string]*view.Document
	order []string // oldest first
}

func newDocumentCache(n int) *documentCache {
	return &documentCache{max: n, known: make(map[string]*view.Document, n)}
}

// of gives the document of a version, set now where nobody has read it yet.
func (c *documentCache) of(v *convention.Version) (*view.Document, error) {
	c.mu.Lock()
	found := c.known[v.ID]
	c.mu.Unlock()
	if found != nil {
		return found, nil
	}
	made, err := view.NewDocument(v.Text)
	if err != nil {
		return nil, fault.Wrap(err, "web.document", v.ID)
	}
	c.put(v.ID, made)
	return made, nil
}

func (c *documentCache) put(id string, d *view.Document) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known[id] != nil {
		return
	}
	if len(c.order) >= c.max {
		delete(c.known, c.order[0])
		c.order = c.order[1:]
	}
	c.known[id] = d
	c.order = append(c.order, id)
}
