package web

import (
	"bytes"
	"context"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/internal/document"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
	"entente/internal/paper"
	"entente/internal/store"
	"entente/internal/web/view"
)

// made is a paper that the visitor may have, before its words are set.
type made struct {
	day     string // that its file begins with: "2026-12-08"; may be empty
	name    func(p *i18n.Printer) string
	page    string // path at which the current one stands
	compose func(f paper.Frame) *document.Document
}

// papers is the one table of papers, by the last step but two of their address. Each function finds what its paper is made of,
// and refuses whoever may not read the page that the paper belongs to.
var papers = map[string]func(s *Server, v *visit) (made, error){
	view.PaperConvocation: (*Server).convocationPaper,
	view.PaperAgenda:      (*Server).agendaPaper,
	view.PaperAttendance:  (*Server).attendancePaper,
	view.PaperMinutes:     (*Server).minutesPaper,
	view.PaperPack:        (*Server).packPaper,
	view.PaperRegister:    (*Server).registerPaper,
	view.PaperDecision:    (*Server).decisionPaper,
	view.PaperConvention:  (*Server).conventionPaper,
	view.PaperCompliance:  (*Server).compliancePaper,
	view.PaperCommittees:  (*Server).committeesPaper,
	view.PaperProposal:    (*Server).proposalPaper,
	view.PaperEvaluation:  (*Server).evaluationPaper,
}

// paperFormat is a manner in which a paper is written.
type paperFormat struct {
	media string
	write func(ctx context.Context, s *Server, w io.Writer, d *document.Document) error
}

// paperFormats are the formats by the last step of the address, which is also the ending of the file.
var paperFormats = map[string]paperFormat{
	"odt":  {"application/vnd.oasis.opendocument.text", writer(document.WriteODT)},
	"docx": {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", writer(document.WriteDOCX)},
	"html": {"text/html; charset=utf-8", writer(document.WriteHTML)},
	"pdf": {"application/pdf", func(ctx context.Context, s *Server, w io.Writer, d *document.Document) error {
		return s.printer.Print(ctx, w, d)
	}},
}

func writer(write func(io.Writer, *document.Document) error) func(context.Context, *Server, io.Writer, *document.Document) error {
	return func(_ context.Context, _ *Server, w io.Writer, d *document.Document) error { return write(w, d) }
}

// paperLanguage is the language of a paper: that of the space, since papers go to people of whom no language is known; another
// where it is asked for (?langue=en).
func paperLanguage(v *visit) *i18n.Printer {
	if asked := v.URL.Query().Get("langue"); asked != "" {
		return i18n.For(asked)
	}
	return i18n.For(letterLanguage)
}

// paper gives a paper in a format.
func (s *Server) paper(w http.ResponseWriter, v *visit) error {
	find, known := papers[v.PathValue("paper")]
	format, written := paperFormats[v.PathValue("format")]
	if !known || !written {
		return fault.New(fault.NotFound, "fault.not-found")
	}
	m, err := find(s, v)
	if err != nil {
		return err
	}
	return s.sendPaper(w, v, format, m)
}

// sendPaper composes a paper and sends it in the format of the address.
func (s *Server) sendPaper(w http.ResponseWriter, v *visit, format paperFormat, m made) error {
	p := paperLanguage(v)
	d, err := s.compose(v, p, m)
	if err != nil {
		return err
	}
	if err := step(v.Context()); err != nil {
		return err
	}
	if err := s.draw(v.Context(), v.PathValue("format"), d); err != nil {
		return err
	}
	var b bytes.Buffer
	if err := format.write(v.Context(), s, &b, d); err != nil {
		return err
	}
	ending := v.PathValue("format")
	sendFile(w, sent{name: paperFile(m.day, m.name(p)) + "." + ending, media: format.media, inline: ending == "html", content: b.Bytes()})
	return nil
}

// compose makes the document of a paper under the letterhead of the space.
func (s *Server) compose(v *visit, p *i18n.Printer, m made) (*document.Document, error) {
	f, err := s.frame(v, p)
	if err != nil {
		return nil, err
	}
	f.Address = s.config.URL(m.page)
	return m.compose(f), nil
}

// pictureWidth is how wide the figures of word processors are made, in pixels.
const pictureWidth = 1600

// draw makes pictures of the figures of a document for word processors, which do not show drawings. Without a browser their alternative texts
// stand for them.
func (s *Server) draw(ctx context.Context, format string, d *document.Document) error {
	if format != "odt" && format != "docx" || !s.printer.Available() {
		return nil
	}
	for i, block := range d.Body {
		f, is := block.(document.Figure)
		if !is || f.SVG == "" || len(f.PNG) > 0 {
			continue
		}
		var err error
		if f.PNG, err = s.printer.PNG(ctx, f.SVG, pictureWidth); err != nil {
			return err
		}
		d.Body[i] = f
	}
	return nil
}

// frame is what the papers of the visit have around their matter.
func (s *Server) frame(v *visit, p *i18n.Printer) (paper.Frame, error) {
	text, err := v.text()
	if err != nil {
		return paper.Frame{}, err
	}
	l, err := v.space.Letterhead(v.Context())
	return paper.Frame{P: p, Letterhead: paper.Head(l, v.place.Name, text.Text), Author: v.account.Name, Made: v.now}, err
}

// sent is a file that is sent whole.
type sent struct {
	name, media string
	inline      bool // to be shown rather than kept
	content     []byte
}

// paperPolicy is that of a page which carries its own styles and pictures, and is shut off from this site: it runs nothing, sends
// nothing and reaches nothing.
const paperPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; " +
	"sandbox allow-top-navigation-by-user-activation allow-modals"

func sendFile(w http.ResponseWriter, f sent) {
	h := w.Header()
	how := "attachment"
	if f.inline {
		how = "inline"
		h.Set("Content-Security-Policy", paperPolicy)
	}
	h.Set("Content-Type", f.media)
	h.Set("Content-Disposition", mime.FormatMediaType(how, map[string]string{"filename": f.name}))
	h.Set("Content-Length", strconv.Itoa(len(f.content)))
	h.Set("Cache-Control", "no-store")
	_, _ = w.Write(f.content)
}

// maxFileName bounds the name of a file without its ending, in bytes: every system keeps that much.
const maxFileName = 180

// paperFile is the name of a file out of its parts, those that are there: "2026-12-08 Comité de pilotage – ordre du jour". What a
// system would not keep, or what would show a name other than it is, is left out.
func paperFile(parts ...string) string {
	var kept []string
	for _, s := range parts {
		if s != "" {
			kept = append(kept, s)
		}
	}
	name := strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`/\:*?"<>|`, r):
			return '-'
		case !unicode.IsPrint(r) && r != '\u00a0' && r != '\u202f': // controls, and what turns the direction of letters
			return -1
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, strings.ToValidUTF8(strings.Join(kept, " "), ""))
	for len(name) > maxFileName {
		_, size := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-size]
	}
	return strings.Trim(name, " .-")
}

// paperName is a name that stands in the catalogues, after what it is about where that is given.
func paperName(about, key string, pairs ...any) func(p *i18n.Printer) string {
	return func(p *i18n.Printer) string {
		if about == "" {
			return p.T(key, pairs...)
		}
		return about + " – " + p.T(key, pairs...)
	}
}

// sittingPath is the short address of the meeting of a committee on a day, and of a page of it.
func (v *visit) sittingPath(m governance.Meeting, tab string) string {
	parts := []string{"le", m.Day.String(), m.Committee}
	if tab != "" {
		parts = append(parts, tab)
	}
	return v.path(parts...)
}

// meetingOn leads from the short address of a meeting, which papers carry, to its page. Where a committee meets more than once on
// a day, it leads to the list of its meetings.
func (s *Server) meetingOn(w http.ResponseWriter, v *visit) error {
	f := &form{values: url.Values{"day": {v.PathValue("day")}}}
	day := f.date("day")
	if f.err() != nil || day.IsZero() {
		return fault.New(fault.NotFound, "fault.not-found")
	}
	list, err := v.space.Meetings(v.Context(), store.MeetingFilter{From: day, To: day, Committee: v.PathValue("committee")})
	if err != nil {
		return err
	}
	to := ""
	switch len(list) {
	case 0:
		return fault.New(fault.NotFound, "fault.not-found")
	case 1:
		to = view.MeetingHref(v.path(), list[0].ID, v.PathValue("tab"))
	default:
		to = v.path("reunions") + "?" + url.Values{"comite": {v.PathValue("committee")}, "annee": {strconv.Itoa(day.Year())}}.Encode()
	}
	http.Redirect(w, v.Request, to, http.StatusSeeOther)
	return nil
}
