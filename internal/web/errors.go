package web

import (
	"errors"
	"net/http"
	"net/url"

	"entente/internal/fault"
	"entente/internal/web/view"
)

// statuses gives the HTTP status of each kind of failure.
var statuses = map[fault.Kind]int{
	fault.Internal:    http.StatusInternalServerError,
	fault.Invalid:     http.StatusUnprocessableEntity,
	fault.NotFound:    http.StatusNotFound,
	fault.Forbidden:   http.StatusForbidden,
	fault.SignIn:      http.StatusUnauthorized,
	fault.Conflict:    http.StatusConflict,
	fault.TooMany:     http.StatusTooManyRequests,
	fault.Unavailable: http.StatusServiceUnavailable,
}

// showError turns an error into the page of its kind. Somebody not signed in is led to sign in, and back.
func (s *Server) showError(w http.ResponseWriter, v *visit, err error) {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		err = fault.New(fault.Invalid, "fault.too-large", "max", tooLarge.Limit>>20)
	}
	kind := fault.KindOf(err)
	status := statuses[kind]
	if kind == fault.SignIn && v.Method == http.MethodGet {
		http.Redirect(w, v.Request, "/connexion?retour="+url.QueryEscape(v.URL.RequestURI()), http.StatusSeeOther)
		return
	}
	if status >= 500 {
		s.log.Error("failed", "ref", reference(v.Context()), "path", logPath(v.Request), "error", err)
	}
	d := view.ErrorData{Status: status, Reference: reference(v.Context())}
	var e *fault.Error
	if errors.As(err, &e) {
		d.Message = e.Message
	}
	s.render(w, v, status, view.ErrorPage(v.page(v.p.T("error."+kindKey(kind)+".title")), d))
}

// kindKey is the part of a catalogue key that names a kind.
func kindKey(k fault.Kind) string {
	return map[fault.Kind]string{fault.Internal: "internal", fault.Invalid: "invalid", fault.NotFound: "not-found",
		fault.Forbidden: "forbidden", fault.SignIn: "sign-in", fault.Conflict: "conflict", fault.TooMany: "too-many",
		fault.Unavailable: "unavailable"}[k]
}

// explained splits a refusal into what a form says beside its fields and what it says of itself.
func explained(err error) (fault.Fields, fault.Message) {
	var e *fault.Error
	if !errors.As(err, &e) {
		return nil, fault.Message{}
	}
	return e.Fields, e.Message
}
