package web

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"entente/internal/fault"
	"entente/internal/reading"
	"entente/internal/store"
	"entente/internal/web/view"
)

// readingsPage takes a signed text to be read, and lists the reviews that were begun.
func (s *Server) readingsPage(w http.ResponseWriter, v *visit) error {
	return s.showReadings(w, v, http.StatusOK, view.ReadingsData{})
}

func (s *Server) showReadings(w http.ResponseWriter, v *visit, status int, d view.ReadingsData) error {
	kept, err := s.store.ReadingsOf(v.Context(), v.account.ID)
	if err != nil {
		return err
	}
	for _, r := range kept {
		d.Kept = append(d.Kept, view.KeptReading{ID: r.ID, Version: r.Version, Name: r.Name, Facts: r.Facts, Decided: r.Decided, At: r.UpdatedAt})
	}
	d.Most = store.MaxReadingSize >> 20
	s.render(w, v, status, view.ReadingsPage(v.page(v.p.T("reading-page.title"), newSpaceCrumbs(v)...), d))
	return nil
}

func newSpaceCrumbs(v *visit) []view.Crumb {
	return []view.Crumb{{Label: v.p.T("account.spaces.title"), Href: view.SpacesPath}, {Label: v.p.T("load.space.title"), Href: newSpacePath}}
}

// startReading reads a deposited or pasted text and begins its review. What is wrong with the text is said beside the field
// that it came by.
func (s *Server) startReading(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		f = &form{}
		f.faults.Add("file", "fault.file.too-large", "max", store.MaxReadingSize>>20)
	} else if err != nil {
		return err
	}
	d := view.ReadingsData{Text: f.prose("text"), Names: f.checked("names")}
	made, err := s.deposit(v, f, d)
	if err == nil {
		return s.redirect(w, v, reviewPath(made), fault.Message{})
	}
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	d.Faults, d.Notice = explained(err)
	return s.showReadings(w, v, http.StatusUnprocessableEntity, d)
}

// deposit reads the text of a form and keeps it for its account.
func (s *Server) deposit(v *visit, f *form, d view.ReadingsData) (store.Reading, error) {
	field := "file"
	data, name, ok := f.fileUpTo(field, store.MaxReadingSize)
	if !ok && len(f.faults) == 0 {
		field, name, data = "text", v.p.T("reading-page.pasted"), []byte(plainText([]byte(d.Text)))
		if len(data) == 0 {
			f.faults.Add("file", "reading-page.nothing")
		}
	}
	if err := f.err(); err != nil {
		return store.Reading{}, err
	}
	row := store.Reading{Account: v.account.ID, Name: fileName(name), Names: d.Names, Decisions: "{}"}
	row.Digest = store.ReadingDigest(row.Name, data)
	r, err := s.read(v, row, func() ([]byte, error) { return data, nil })
	var e *fault.Error
	if errors.As(err, &e) && e.Kind == fault.Invalid && !e.Message.IsZero() {
		f.faults = append(f.faults, fault.Field{Name: field, Message: e.Message})
		return row, f.err()
	}
	if err != nil {
		return row, err
	}
	row.Facts = len(r.Facts)
	return s.store.CreateReading(v.Context(), v.actor("", ""), row, data)
}

// fileName is the name of a chosen file, without folders and without what no name has.
func fileName(name string) string {
	name = filepath.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' {
			return -1
		}
		return r
	}, name)
	runes := []rune(name)
	return string(runes[max(0, len(runes)-200):]) // the end, where the kind of file stands
}

// read gives what was read of a kept text, from memory where it can.
func (s *Server) read(v *visit, row store.Reading, data func() ([]byte, error)) (*reading.Reading, error) {
	key := row.Digest
	if row.Names {
		key += " with names"
	}
	begin := time.Now()
	r, err := s.readings.read(v.Context(), key, row.Name, reading.Options{Names: row.Names}, data)
	if took := time.Since(begin); took > time.Second {
		s.log.Info("text read", "ref", reference(v.Context()), "bytes", row.Size, "ms", took.Milliseconds(), "refused", err != nil)
	}
	return r, err
}

// opened is a reading under review.
type opened struct {
	row  store.Reading
	base *reading.Reading // as the rules read it
	read *reading.Reading // with the facts that a person added
	kept keptReview
	lost int // decisions about facts that are read differently by now
}

// open loads the reading that the path names; another account's is not there.
func (s *Server) open(v *visit) (*opened, error) {
	row, err := s.store.Reading(v.Context(), v.account.ID, v.PathValue("reading"))
	if err != nil {
		return nil, err
	}
	r, err := s.read(v, row, func() ([]byte, error) { return s.store.ReadingData(v.Context(), v.account.ID, row.ID) })
	if err != nil {
		return nil, err
	}
	o := &opened{row: row, base: r, read: r}
	if o.kept, o.lost, err = keptOf(row, r); err == nil {
		o.read = o.kept.Decisions.With(r)
	}
	return o, err
}

// reviewPath is the address of a review, and of a page under it.
func reviewPath(r store.Reading, parts ...string) string {
	return strings.Join(append([]string{view.ReadingsPath, r.ID}, parts...), "/")
}

// review shows what was read, for a person to decide.
func (s *Server) review(w http.ResponseWriter, v *visit) error {
	o, err := s.open(v)
	if err != nil {
		return err
	}
	s.showReview(w, v, http.StatusOK, o, nil)
	return nil
}

func (s *Server) showReview(w http.ResponseWriter, v *visit, status int, o *opened, typed *view.TypedFact) {
	p := v.page(o.row.Name, append(newSpaceCrumbs(v), view.Crumb{Label: v.p.T("reading-page.title"), Href: view.ReadingsPath})...)
	p.Wide = true
	s.render(w, v, status, view.ReviewPage(p, view.ReviewData{Root: reviewPath(o.row), Name: o.row.Name, Read: o.read, Decisions: o.kept.Decisions, Lost: o.lost, Typed: typed}))
}

// proposedFile writes the convention file of what was decided, checks it as any file is checked, and hands it to the page
// that makes a space of it. What nobody has decided is left out, unless all of it is asked for.
func (s *Server) proposedFile(w http.ResponseWriter, v *visit) error {
	o, err := s.open(v)
	if err != nil {
		return err
	}
	decisions := o.kept.Decisions
	decisions.All = v.URL.Query().Get("tout") != ""
	d := v.newSpaceData()
	d.Cancel, d.Models = reviewPath(o.row), nil
	f := &form{values: url.Values{"text": {string(reading.File(o.read, decisions))}}}
	v.readLoad(f, &d, nil)
	if left := decisions.Pending(o.read); left > 0 {
		v.notice = &view.Notice{Tone: view.ToneWarning, Text: v.p.T("reading-page.left-out", "count", left),
			Link: &view.Link{Label: v.p.T("reading-page.back"), Href: reviewPath(o.row)}}
	}
	page := v.page(v.p.T("load.space.title"), append(newSpaceCrumbs(v)[:1], view.Crumb{Label: v.p.T("reading-page.title"), Href: view.ReadingsPath},
		view.Crumb{Label: cmp.Or(o.row.Name, o.row.ID), Href: reviewPath(o.row)})...)
	return s.show(w, v, view.LoadPage(page, d))
}

// removeReading deletes a reading that nobody needs any more, with its file.
func (s *Server) removeReading(w http.ResponseWriter, v *visit) error {
	row, err := s.store.Reading(v.Context(), v.account.ID, v.PathValue("reading"))
	if err != nil {
		return err
	}
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	err = s.store.RemoveReading(v.Context(), v.actor("", ""), v.account.ID, row.ID, f.version())
	if fault.Is(err, fault.Conflict) {
		return fault.New(fault.Conflict, "reading-page.remove-stale")
	}
	if err != nil {
		return err
	}
	return s.redirect(w, v, view.ReadingsPath, fault.Say("reading-page.removed", "name", row.Name))
}
