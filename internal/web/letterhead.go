package web

import (
	"net/http"

	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/paper"
	"entente/internal/store"
	"entente/internal/web/view"
)

// letterhead is the page on which the letterhead of the space is set.
func (s *Server) letterhead(w http.ResponseWriter, v *visit) error {
	l, err := v.space.Letterhead(v.Context())
	if err != nil {
		return err
	}
	return s.showLetterhead(w, v, http.StatusOK, l, nil, nil, nil)
}

// showLetterhead shows the letterhead as it stands, or as it was typed (f) with what is wrong (refusal), or beside what somebody
// else has kept meanwhile (both).
func (s *Server) showLetterhead(w http.ResponseWriter, v *visit, status int, l governance.Letterhead, f *form, refusal error, both *view.BothTexts) error {
	text, err := v.text()
	if err != nil {
		return err
	}
	now, err := v.space.Letterhead(v.Context())
	if err != nil {
		return err
	}
	d := view.LetterheadData{Root: v.path(), Now: now, Both: both, Form: view.Form{Action: v.path("papier"), Fields: v.letterheadFields(l, now), Version: l.Version, Submit: v.p.T("letterhead.save")}}
	head := paper.Head(now, v.place.Name, text.Text)
	d.Name, d.Lines = head.Name, head.Lines
	if f != nil {
		d.Form.Fields = typed(d.Form.Fields, f)
		d.Form.Faults, d.Form.Message = explained(refusal)
	}
	page := v.page(v.p.T("letterhead.title"), view.Crumb{Label: v.p.T("nav.access"), Href: v.path("acces")})
	page.Path = v.path("papier")
	s.render(w, v, status, view.LetterheadPage(page, d))
	return nil
}

func (v *visit) letterheadFields(l, now governance.Letterhead) []view.Field {
	const n = "letterhead"
	if l.Version == 0 && l.Name == "" {
		l.Name = v.place.Name
	}
	lines, logo := v.ask(n, "lines", view.TextAreaField, l.Lines), v.ask(n, "file", view.FileField, "")
	lines.Rows, logo.Accept = 4, "image/png,.png"
	colour := v.ask(n, "colour", view.TextField, l.Colour)
	colour.Short = true
	out := []view.Field{must(v.ask(n, "name", view.TextField, l.Name)), lines, colour, logo}
	if now.LogoDigest != "" {
		out = append(out, v.ask(n, "remove-logo", view.CheckboxField, ""))
	}
	return out
}

// keepLetterhead sets the letterhead of the space. Without a new file the logo stays.
func (s *Server) keepLetterhead(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	now, err := v.space.Letterhead(v.Context())
	if err != nil {
		return err
	}
	l := governance.Letterhead{Version: f.version(), Name: f.text("name"), Lines: f.prose("lines"), Colour: f.text("colour")}.WithLogo(now.Logo)
	if logo, _, chosen := f.file("file"); chosen {
		l = l.WithLogo(logo)
	} else if f.checked("remove-logo") {
		l = l.WithLogo(nil)
	}
	if err = f.err(); err == nil {
		_, err = v.space.KeepLetterhead(v.Context(), v.actor("", ""), l)
	}
	switch current, conflict := store.Current[governance.Letterhead](err); {
	case conflict:
		l.Version = current.Version
		both, err := v.bothLetterheads(l, current)
		if err != nil {
			return err
		}
		return s.showLetterhead(w, v, http.StatusConflict, l, f, nil, both)
	case fault.Is(err, fault.Invalid):
		return s.showLetterhead(w, v, http.StatusUnprocessableEntity, l, f, err, nil)
	case err != nil:
		return err
	}
	return s.redirect(w, v, v.path("papier"), fault.Say("letterhead.saved"))
}

// bothLetterheads are what was typed and what somebody else kept meanwhile.
func (v *visit) bothLetterheads(mine, theirs governance.Letterhead) (*view.BothTexts, error) {
	last, err := v.space.JournalEntries(v.Context(), store.JournalFilter{Subject: "letterhead", Key: theirs.ID, Limit: 1})
	out := &view.BothTexts{}
	for _, e := range last {
		out.Who, out.When = e.Name, v.p.Instant(e.At)
	}
	for _, x := range []struct{ name, mine, theirs string }{{"name", mine.Name, theirs.Name}, {"lines", mine.Lines, theirs.Lines}, {"colour", mine.Colour, theirs.Colour}} {
		out.Fields = append(out.Fields, view.TwoTexts{Label: v.p.T("letterhead.field." + x.name), Mine: x.mine, Theirs: x.theirs})
	}
	return out, err
}

// letterheadLogo is the logo, for the preview.
func (s *Server) letterheadLogo(w http.ResponseWriter, v *visit) error {
	l, err := v.space.Letterhead(v.Context())
	if err == nil && l.Logo == nil {
		err = fault.New(fault.NotFound, "fault.not-found")
	}
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "image/png")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(l.Logo)
	return nil
}

// letterheadSample is a paper that shows what the letterhead looks like.
func (s *Server) letterheadSample(w http.ResponseWriter, v *visit) error {
	format, known := paperFormats[v.PathValue("format")]
	if !known {
		return fault.New(fault.NotFound, "fault.not-found")
	}
	return s.sendPaper(w, v, format, made{page: v.path("papier"), name: paperName(v.place.Name, "letterhead.title"), compose: paper.Specimen})
}
