package view

import (
	"net/http"

	"entente/internal/fault"
)

// ErrorData is a failure as its page tells it. The title of the page says what sort of failure it is.
type ErrorData struct {
	Status    int
	Reference string        // of the request, by which the log can be found
	Message   fault.Message // what happened, who may, and by which article; may say nothing
	Remedy    string        // key of what to do, where the sort of failure alone does not say it
	Actions   []Link        // where to go from here; none gives the way home
}

// errorKeys gives the middle of the catalogue keys "error.<kind>.text" by status.
var errorKeys = map[int]string{
	http.StatusForbidden:           "forbidden",
	http.StatusUnauthorized:        "sign-in",
	http.StatusNotFound:            "not-found",
	http.StatusMethodNotAllowed:    "method",
	http.StatusConflict:            "conflict",
	http.StatusUnprocessableEntity: "invalid",
	http.StatusTooManyRequests:     "too-many",
	http.StatusServiceUnavailable:  "unavailable",
}

// explanation is the key of the sentence that explains the sort of failure; an unknown one is our own fault.
func (d ErrorData) explanation() string {
	if d.Remedy != "" {
		return d.Remedy
	}
	if kind, ok := errorKeys[d.Status]; ok {
		return "error." + kind + ".text"
	}
	return "error.internal.text"
}

// ours tells a failure of the program's: only then does the reference help.
func (d ErrorData) ours() bool { return d.Status >= http.StatusInternalServerError }

// ConflictData is a change that came too late: somebody else saved first. The form carries what was typed and the version
// that stands now, so that sending it again replaces that version knowingly.
type ConflictData struct {
	Both    BothTexts
	Form    Form
	Current Link // the page of the thing as it stands
}
