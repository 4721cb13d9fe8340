package web

import (
	"net/http"
	"strings"

	"entente/internal/fault"
	"entente/internal/web/view"
)

// unknownPage answers what the table of routes does not name. Where it names the address for another method, most often
// that of a form opened as a page, the answer says so.
func (s *Server) unknownPage(table *http.ServeMux) handler {
	return func(w http.ResponseWriter, v *visit) error {
		allow := methodsOf(table, v.Request)
		if len(allow) == 0 {
			return fault.New(fault.NotFound, "fault.not-found")
		}
		w.Header().Set("Allow", strings.Join(allow, ", "))
		p := v.page(v.p.T("error.method.title"))
		p.Path = "/" // a change of language must not lead back here
		s.render(w, v, http.StatusMethodNotAllowed, view.ErrorPage(p,
			view.ErrorData{Status: http.StatusMethodNotAllowed, Message: fault.Say("error.method.message")}))
		return nil
	}
}

// methodsOf are the methods that an address answers to by a row of the table.
func methodsOf(table *http.ServeMux, r *http.Request) []string {
	var out []string
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost} {
		asked := *r
		asked.Method = method
		if _, pattern := table.Handler(&asked); pattern != "/" {
			out = append(out, method)
		}
	}
	return out
}
