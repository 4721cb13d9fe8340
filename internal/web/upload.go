package web

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"time"

	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/office"
	"entente/internal/web/view"
)

// Bounds of a form that carries a document, beside the document itself.
const (
	attachmentForm  = 1 << 20 // the whole of its other fields and of what separates them, in bytes
	attachmentParts = 12      // how many fields it may have
	attachmentField = 4 << 10 // one of them, in bytes
)

// attaches tells whether a form at that path carries a document: /espaces/{space}/pieces/{owner}/{id}.
func attaches(path string) bool {
	parts := strings.Split(path, "/")
	if len(parts) != 6 || parts[1] != "espaces" || parts[3] != "pieces" {
		return false
	}
	_, known := view.OwnerKindOf(parts[4])
	return known
}

// addAttachment takes a document in while it arrives, and attaches it. What is refused comes back with the form filled, but
// for the file, which browsers do not let a page choose.
func (s *Server) addAttachment(w http.ResponseWriter, v *visit) error {
	o, err := v.ownerAsked()
	if err == nil {
		err = o.mayChange
	}
	if err != nil {
		return err
	}
	limits, _, err := s.store.AttachmentLimits(v.Context())
	if err != nil {
		return err
	}
	in, err := s.receive(w, v, limits)
	if in.upload != nil {
		defer in.upload.Close()
	}
	if err == nil {
		_, err = in.upload.Attach(v.Context(), v.space, o.actor, governance.Attachment{Owner: o.kind, OwnerID: o.id, Name: in.text("name"),
			Audience: governance.Audience(in.text("audience"))})
	}
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Unavailable) {
		return s.refuseAttachment(w, v, o, in, err)
	}
	if err != nil {
		return err
	}
	return s.redirect(w, v, s.afterAttachment(v, o, in.text("retour")), fault.Say("attachment.added"))
}

// refuseAttachment shows the page again with what is wrong.
func (s *Server) refuseAttachment(w http.ResponseWriter, v *visit, o owner, in incoming, refusal error) error {
	d, err := s.attachmentsOf(v, o)
	if err != nil {
		return err
	}
	d.Name, d.Return = in.text("name"), in.text("retour")
	if a := governance.Audience(in.text("audience")); a != "" {
		d.Audience = a
	}
	d.Faults, d.Message = explained(refusal)
	status := statuses[fault.KindOf(refusal)]
	if status >= http.StatusInternalServerError {
		s.log.Error("document not taken in", "ref", reference(v.Context()), "path", logPath(v.Request), "error", refusal)
	}
	s.showAttachments(w, v, status, o, d)
	return nil
}

// incoming is a form that carries a document, as far as it was read.
type incoming struct {
	form
	upload *office.Upload // nil where none came, or it was refused
}

// receive reads a form that carries a document, part by part. Nobody can make it read more than the limits admit, nor hold
// it up for long.
func (s *Server) receive(w http.ResponseWriter, v *visit, limits governance.AttachmentLimits) (incoming, error) {
	in := incoming{form: form{values: url.Values{}}}
	patience := newPatience(w)
	defer patience.end()
	most := limits.MaxSize + attachmentForm
	if v.ContentLength > most {
		patience.giveUp(v.Body)
		return in, limits.TooLarge("file")
	}
	whole := v.Body
	v.Body = http.MaxBytesReader(nil, io.NopCloser(patience.reader(whole)), most)
	err := s.readParts(v, &in, limits)
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		err = limits.TooLarge("file")
	}
	if err != nil {
		patience.giveUp(whole)
	}
	return in, err
}

func (s *Server) readParts(v *visit, in *incoming, limits governance.AttachmentLimits) error {
	parts, err := v.MultipartReader()
	if err != nil {
		return missingFile()
	}
	var refusal error // of the file; what follows it is still read, so that the form comes back filled
	for range attachmentParts {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return in.complete(refusal)
		}
		if err != nil {
			return unreadable(err)
		}
		switch {
		case part.FormName() != "file":
			err = in.field(part)
		case part.FileName() != "" && in.upload == nil && refusal == nil:
			in.upload, refusal = office.Receive(v.Context(), part, part.FileName(), limits, s.scanner)
			if tooMuch, _ := explained(refusal); refusal != nil && (len(tooMuch) == 0 || tooMuch[0].Message.Key == "fault.attachment.too-large") {
				return refusal // what follows is not worth waiting for
			}
		}
		if err != nil {
			return unreadable(err)
		}
	}
	return unreadable(errors.New("too many fields"))
}

// complete refuses a form that came without a document.
func (in *incoming) complete(refusal error) error {
	if refusal == nil && in.upload == nil {
		refusal = missingFile()
	}
	return refusal
}

// field reads a field of the form that is no file.
func (in *incoming) field(part *multipart.Part) error {
	text, err := io.ReadAll(io.LimitReader(part, attachmentField))
	in.values.Add(part.FormName(), string(text))
	return err
}

func missingFile() error {
	var f fault.Fields
	f.Add("file", "fault.attachment.missing")
	return f.Err()
}

// unreadable is a form that did not arrive whole. An error that has a kind keeps it.
func unreadable(err error) error {
	var known *fault.Error
	var tooLarge *http.MaxBytesError
	if errors.As(err, &known) || errors.As(err, &tooLarge) {
		return err
	}
	return &fault.Error{Kind: fault.Invalid, Op: "web.receive", Message: fault.Say("fault.form.unreadable"), Err: err}
}

// Times that a slow network is given. They count by the clock of the machine: they are the connection's, not the
// application's.
const (
	stallTime    = time.Minute      // in which something must move
	transferTime = 30 * time.Minute // for a whole document
	drainTime    = 5 * time.Second  // to read on what was refused
	drainSize    = 32 << 20         // how much of it, in bytes
)

// patience lets a document travel for longer than other requests may take, as long as something moves.
type patience struct {
	http.ResponseWriter
	conn *http.ResponseController
	over time.Time
}

func newPatience(w http.ResponseWriter) *patience {
	return &patience{ResponseWriter: w, conn: http.NewResponseController(w), over: time.Now().Add(transferTime)}
}

// until is the next deadline.
func (p *patience) until() time.Time {
	next := time.Now().Add(stallTime)
	if next.After(p.over) {
		return p.over
	}
	return next
}

// reader waits for each piece anew. Connections without deadlines, as in tests, have none to set.
func (p *patience) reader(r io.Reader) io.Reader {
	return readFunc(func(b []byte) (int, error) {
		_ = p.conn.SetReadDeadline(p.until())
		n, err := r.Read(b)
		_ = p.conn.SetReadDeadline(time.Time{}) // what is done between two pieces, a scan for instance, is not the network's time
		return n, err
	})
}

// Write implements io.Writer; it waits for each piece anew.
func (p *patience) Write(b []byte) (int, error) {
	_ = p.conn.SetWriteDeadline(p.until())
	return p.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the writer underneath.
func (p *patience) Unwrap() http.ResponseWriter { return p.ResponseWriter }

// end gives the rest of the request, the scan and the answer among it, its time: the deadlines that the server has set at
// its beginning may be past.
func (p *patience) end() {
	_ = p.conn.SetReadDeadline(time.Time{})
	_ = p.conn.SetWriteDeadline(time.Now().Add(stallTime))
}

// giveUp reads on a little of what was refused, because browsers show no answer while they are still sending, and has the
// connection closed after the answer.
func (p *patience) giveUp(body io.Reader) {
	p.Header().Set("Connection", "close")
	_ = p.conn.SetReadDeadline(time.Now().Add(drainTime))
	_, _ = io.CopyN(io.Discard, body, drainSize)
}

// readFunc is a reader from a function.
type readFunc func([]byte) (int, error)

// Read implements io.Reader.
func (f readFunc) Read(b []byte) (int, error) { return f(b) }
