package web

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"

	"entente/internal/document"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
	"entente/internal/journal"
	"entente/internal/paper"
	"entente/internal/web/view"
)

// archiveFormat names the layout of an archive in its manifest; another layout would have another name.
const archiveFormat = "entente-meeting-archive-1"

// archived is one file of an archive, as its manifest lists it.
type archived struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"`
	Digest string `json:"sha256"`
	Holds  string `json:"holds"`
}

// archiveManifest is manifest.json.
type archiveManifest struct {
	Format  string         `json:"format"`
	Made    time.Time      `json:"made"`
	By      string         `json:"by"`
	Space   string         `json:"space"`
	Address string         `json:"address"`
	Meeting string         `json:"meeting"`
	Files   []archived     `json:"files"`
	Journal map[string]any `json:"journal"`
}

// archivist writes an archive file by file while it is sent; after the first error it writes nothing more.
type archivist struct {
	zip   *zip.Writer
	step  func() error // says that another file is written; its error breaks off
	p     *i18n.Printer
	at    time.Time
	files []archived
	err   error
}

// add writes a file; what copies its content to the writer that it is given.
func (a *archivist) add(path, holds string, what func(io.Writer) error) {
	if a.err = firstOf(a.err, a.step()); a.err != nil {
		return
	}
	w, err := a.zip.CreateHeader(&zip.FileHeader{Name: path, Method: zip.Deflate, Modified: a.at})
	if err == nil {
		h, n := sha256.New(), sizer{}
		err = what(io.MultiWriter(w, h, &n))
		a.files = append(a.files, archived{Path: path, Size: n.n, Digest: hex.EncodeToString(h.Sum(nil)), Holds: holds})
	}
	a.err = fault.Wrap(err, "web.archive", path)
}

func (a *archivist) bytes(path, holds string, content []byte) {
	a.add(path, holds, func(w io.Writer) error { _, err := w.Write(content); return err })
}

func (a *archivist) json(path, holds string, value any) {
	a.add(path, holds, func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(value)
	})
}

// sizer counts what is written to it, in bytes.
type sizer struct{ n int64 }

// Write counts the bytes.
func (c *sizer) Write(b []byte) (int, error) { c.n += int64(len(b)); return len(b), nil }

// archive sends everything that the space keeps of a meeting, with what it takes to check it elsewhere. It is made while it is
// sent: what fails on the way cuts it off, and whoever receives it knows that it is not whole.
func (s *Server) archive(w http.ResponseWriter, v *visit) error {
	d, err := v.meetingFile()
	if err != nil {
		return err
	}
	p := paperLanguage(v)
	f, err := s.frame(v, p)
	if err != nil {
		return err
	}
	m := d.desk.assembly.Meeting
	h := w.Header()
	h.Set("Content-Type", "application/zip")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": paperFile(m.Day.String(), d.desk.assembly.Name()+" – "+p.T("paper.name.archive")) + ".zip"}))
	h.Set("Cache-Control", "no-store")
	a := &archivist{zip: zip.NewWriter(newPatience(w)), p: p, at: v.now.UTC(), step: func() error { return step(v.Context()) }}
	s.fillArchive(v, a, f, d)
	if a.err == nil {
		a.err = a.zip.Close()
	}
	if a.err != nil {
		s.log.Error("archive cut off", "ref", reference(v.Context()), "path", logPath(v.Request), "error", a.err)
		panic(http.ErrAbortHandler)
	}
	return nil
}

// fillArchive writes the files: papers, data, documents, the journal, and last what lists them.
func (s *Server) fillArchive(v *visit, a *archivist, f paper.Frame, d meetingFile) {
	s.archivePapers(v, a, f, d)
	for _, c := range d.Convocations {
		a.bytes(fmt.Sprintf("convocations/%d.json", c.Number), a.p.T("archive.holds.call"), c.Manifest.Canonical())
	}
	a.json("reunion.json", a.p.T("archive.holds.data"), d)
	a.json("envois.json", a.p.T("archive.holds.sent"), d.sent)
	for i, x := range d.Documents {
		a.add(fmt.Sprintf("pieces/%02d %s", i+1, paperFile(x.FileName)), a.p.T("archive.holds.attached", "name", x.Name), func(w io.Writer) error {
			r, err := v.space.OpenFile(v.Context(), x.Digest)
			if err == nil {
				_, err = io.Copy(w, r)
			}
			return err
		})
	}
	a.journal(d.entries, d.head)
	s.closeArchive(v, a, f, d)
}

// journal writes the entries, and beside them the bytes that their hashes are made of.
func (a *archivist) journal(entries []journal.Entry, head journal.Head) {
	a.json("journal.json", a.p.T("archive.holds.journal"), map[string]any{"head": head, "entries": entries})
	var sums strings.Builder
	for _, e := range entries {
		name := fmt.Sprintf("%08d.bin", e.Seq)
		a.bytes("journal/"+name, a.p.T("archive.holds.entries"), e.Hashed())
		sums.WriteString(e.Hash + "  " + name + "\n")
	}
	a.bytes("journal/SHA256SUMS", a.p.T("archive.holds.sums"), []byte(sums.String()))
}

// archivePapers writes the papers of the meeting, each to be changed and, where that can be made, as PDF.
func (s *Server) archivePapers(v *visit, a *archivist, f paper.Frame, d meetingFile) {
	x := &d.desk.assembly
	put := func(path string, m made, err error) {
		if a.err = firstOf(a.err, err); a.err != nil {
			return
		}
		f.Address = s.config.URL(m.page)
		s.archivePaper(v, a, path, m.compose(f))
	}
	for i, c := range d.Convocations {
		m, err := v.convocationMade(x, c, d.Convocations[:i])
		put(fmt.Sprintf("convocations/%d", c.Number), m, err)
	}
	agenda, err := s.agendaPaper(v)
	put("ordre-du-jour", agenda, err)
	put("emargement", made{page: v.sittingPath(x.Meeting, "seance"), compose: func(f paper.Frame) *document.Document { return paper.Attendance(f, paperMeeting(x)) }}, nil)
	if d.desk.kept != nil {
		put("compte-rendu", v.minutesMade(d.desk), nil)
	}
	if len(d.Decisions) > 0 {
		follow, err := v.followUpsByDecision(idsOf(d.Decisions))
		put("decisions", made{page: v.path("decisions"), compose: func(f paper.Frame) *document.Document {
			return paper.Register(f, paper.RegisterData{Text: x.Version.Text, Space: v.place.Name, Decisions: d.Decisions, FollowUps: follow,
				Chosen: []string{f.P.T("paper.at", "committee", x.Name(), "when", f.P.Date(x.Meeting.Day))}})
		}}, err)
	}
}

func (s *Server) archivePaper(v *visit, a *archivist, path string, d *document.Document) {
	formats := []string{"odt"}
	if s.printer.Available() {
		formats = append(formats, "pdf")
	}
	for _, ending := range formats {
		var b bytes.Buffer
		if err := paperFormats[ending].write(v.Context(), s, &b, d); err != nil {
			a.err = firstOf(a.err, err)
			return
		}
		a.bytes(path+"."+ending, a.p.T("archive.holds.paper"), b.Bytes())
	}
}

func firstOf(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

func idsOf(list []governance.Decision) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = x.ID
	}
	return out
}

// closeArchive writes the page that explains the archive, then the list of its files in both manners.
func (s *Server) closeArchive(v *visit, a *archivist, f paper.Frame, d meetingFile) {
	m := d.desk.assembly.Meeting
	list := []paper.ArchiveFile{{Path: "manifest.json", Holds: a.p.T("archive.holds.manifest")}, {Path: "SHA256SUMS", Holds: a.p.T("archive.holds.sums")}}
	entries := false
	for _, x := range a.files {
		if strings.HasPrefix(x.Path, "journal/") { // one line for all of them
			if !entries {
				list = append(list, paper.ArchiveFile{Path: "journal/", Holds: a.p.T("archive.holds.entries")})
			}
			entries = true
			continue
		}
		list = append(list, paper.ArchiveFile{Path: x.Path, Holds: x.Holds})
	}
	f.Address = s.config.URL(view.MeetingHref(v.path(), m.ID, ""))
	a.add("LISEZ-MOI.html", a.p.T("archive.title"), func(w io.Writer) error {
		return document.WriteHTML(w, paper.Guide(f, paperMeeting(&d.desk.assembly), list, d.head, v.place.Slug))
	})
	a.json("manifest.json", a.p.T("archive.holds.manifest"), archiveManifest{Format: archiveFormat, Made: a.at, By: v.account.Name, Space: v.place.Name, Address: f.Address, Meeting: m.ID,
		Files: a.files, Journal: map[string]any{"last_entry": d.head.Seq, "last_hash": d.head.Hash, "entries": len(d.entries)}})
	var sums strings.Builder
	for _, x := range a.files {
		sums.WriteString(x.Digest + "  " + x.Path + "\n")
	}
	a.bytes("SHA256SUMS", "", []byte(sums.String()))
}
