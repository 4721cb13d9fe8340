package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/web/view"
)

// newSpaceForm asks for the text that a new space is made of.
func (s *Server) newSpaceForm(w http.ResponseWriter, v *visit) error {
	s.showLoad(w, v, http.StatusOK, v.newSpaceData())
	return nil
}

// createSpace checks the text of a new space, then makes the space once somebody has seen what the text says.
func (s *Server) createSpace(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	d := v.newSpaceData()
	apply := v.readLoad(f, &d, nil)
	if !apply {
		s.showLoad(w, v, loadStatus(d), d)
		return nil
	}
	effective, name, slug := effectiveDay(f, d.Draft.Read), f.required("name"), f.required("slug")
	if err = f.err(); err == nil {
		_, err = s.store.CreateSpace(v.Context(), v.actor("", ""), slug, name, []byte(d.Draft.Text), effective)
	}
	if err != nil {
		return s.refuseLoad(w, v, d, err)
	}
	return s.redirect(w, v, spacePath(slug, "acces"), fault.Say("load.space.done", "name", name))
}

// loadConventionForm asks for the text of a new version of the space's convention.
func (s *Server) loadConventionForm(w http.ResponseWriter, v *visit) error {
	history, err := v.history()
	if err != nil {
		return err
	}
	d := v.newVersionData(history)
	if model := numbered(history, v.URL.Query().Get("depuis")); model != nil {
		d.Draft.Text = string(model.Source)
	}
	s.showLoad(w, v, http.StatusOK, d)
	return nil
}

// loadConvention checks the text of a new version, shows what it changes, then puts it in force from a day.
func (s *Server) loadConvention(w http.ResponseWriter, v *visit) error {
	history, err := v.history()
	if err != nil {
		return err
	}
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	d := v.newVersionData(history)
	apply := v.readLoad(f, &d, history)
	if d.Effect != nil {
		if err := v.lostSeats(&d, history); err != nil {
			return err
		}
	}
	if !apply {
		s.showLoad(w, v, loadStatus(d), d)
		return nil
	}
	effective := effectiveDay(f, d.Draft.Read)
	var made *convention.Version
	if err = f.err(); err == nil {
		made, err = v.space.AddVersion(v.Context(), v.actor("", amendmentRef(history)), []byte(d.Draft.Text), effective)
	}
	if err != nil {
		return s.refuseLoad(w, v, d, err)
	}
	return s.redirect(w, v, v.dayPath(effective), fault.Say("load.version.done", "number", made.Number, "day", effective))
}

// newSpaceData offers to read a signed text to whoever has no convention file yet.
func (v *visit) newSpaceData() view.LoadData {
	return view.LoadData{Action: newSpacePath, Cancel: view.SpacesPath,
		Models: []view.Link{{Label: v.p.T("reading-page.offer"), Href: view.ReadingsPath, Icon: "document"}}}
}

func (v *visit) newVersionData(h convention.History) view.LoadData {
	d := view.LoadData{Action: v.path("convention", "charger"), Cancel: v.path("convention"), Root: v.path()}
	if last := lastOf(h); last != nil {
		d.Models = []view.Link{{Label: v.p.T("load.model"), Icon: "document",
			Href: v.path("convention", "charger") + "?depuis=" + strconv.Itoa(last.Number)}}
	}
	return d
}

// lastOf is the newest version; nil where there is none.
func lastOf(h convention.History) *convention.Version {
	if len(h) == 0 {
		return nil
	}
	return h[len(h)-1]
}

// amendmentRef is the clause under which the text changes: what the last version says of amendments.
func amendmentRef(h convention.History) string {
	if last := lastOf(h); last != nil && last.Text.Amendment != nil {
		return last.Text.Amendment.Place.Ref
	}
	return ""
}

// readLoad reads the text and what was typed beside it, and tells whether it is to be applied: the text is right, and it is
// the one that was shown with the effect that was shown.
func (v *visit) readLoad(f *form, d *view.LoadData, h convention.History) (apply bool) {
	d.Draft = readDraft(f)
	d.Values = view.LoadValues{Effective: f.values.Get("effective"), Name: f.values.Get("name"), Slug: f.values.Get("slug")}
	if before := lastOf(h); before != nil && d.Draft.Read != nil {
		d.Effect = view.Compared(before, d.Draft.Read)
		if len(d.Effect.Changes) == 0 {
			f.faults.Add("text", "load.same", "number", before.Number)
			d.Draft.Read, d.Effect = nil, nil
		}
	}
	d.Faults = f.faults
	if d.Draft.Read == nil || len(f.faults) > 0 {
		d.Draft.Read = nil
		return false
	}
	d.Draft.Seal = seal(d.Draft.Text, lastOf(h))
	if !f.checked("apply") {
		d.Values = d.Values.Proposed(v.p, d.Draft.Read)
		return false
	}
	if f.values.Get("seal") != d.Draft.Seal {
		d.Notice = fault.Say("load.stale")
		return false
	}
	return true
}

// readDraft reads the text from the file chosen, else from what was typed.
func readDraft(f *form) view.Draft {
	x := view.Draft{File: "convention.md", Text: plainText([]byte(f.values.Get("text")))}
	if content, name, ok := f.file("file"); ok {
		if !utf8.Valid(content) || bytes.IndexByte(content, 0) >= 0 {
			f.faults.Add("file", "load.not-text", "name", name)
			return x
		}
		x.File, x.Text = name, plainText(content)
	}
	switch {
	case len(f.faults) > 0:
	case strings.TrimSpace(x.Text) == "":
		x.Text = ""
		f.faults.Add("text", "load.nothing")
	default:
		x.Read, x.Faults = convention.Parse(x.File, []byte(x.Text))
	}
	return x
}

// plainText gives a text with one sort of line end, without the mark that some editors put first, and with one line end at
// its foot: what a form sends and what a file holds become the same.
func plainText(b []byte) string {
	s := strings.TrimPrefix(string(b), "\ufeff")
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	if s = strings.Trim(s, "\n"); s == "" {
		return ""
	}
	return s + "\n"
}

// seal is the fingerprint of a text and of what it would come after.
func seal(text string, before *convention.Version) string {
	id := ""
	if before != nil {
		id = before.ID
	}
	sum := sha256.Sum256([]byte(id + "\x00" + text))
	return hex.EncodeToString(sum[:])
}

// effectiveDay reads the day from which a text is to apply, and refuses one after the end that the text itself gives.
func effectiveDay(f *form, c *convention.Convention) calendar.Date {
	if f.required("effective") == "" {
		return calendar.Date{}
	}
	day := f.date("effective")
	if end := endFrom(c, day); !end.IsZero() && day.After(end) {
		f.faults.Add("effective", "load.after-end", "end", end)
	}
	return day
}

// endFrom is the last day of a text that takes effect on a day; zero where it gives none.
func endFrom(c *convention.Convention, day calendar.Date) calendar.Date {
	if c.Duration == nil || day.IsZero() {
		return calendar.Date{}
	}
	return c.Duration.End(day)
}

// lostSeats finds the mandates, in force or to come, whose seats the text no longer has.
func (v *visit) lostSeats(d *view.LoadData, h convention.History) error {
	from, err := calendar.Parse(d.Values.Effective)
	if err != nil || from.IsZero() {
		from = v.today
	}
	all, err := v.space.Mandates(v.Context(), store.MandateFilter{})
	if err != nil {
		return err
	}
	var lost []governance.Mandate
	for _, m := range all {
		if _, stays := d.Draft.Read.Seat(m.Seat); !stays && (m.Last().IsZero() || !m.Last().Before(from)) {
			lost = append(lost, m)
		}
	}
	d.Effect.Lost = seatsHeld(h, lost)
	d.Effect.People, err = v.peopleOf(lost)
	return err
}

// refuseLoad shows the page again, filled, where the refusal can be mended there.
func (s *Server) refuseLoad(w http.ResponseWriter, v *visit, d view.LoadData, err error) error {
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	d.Faults, d.Notice = explained(err)
	s.showLoad(w, v, http.StatusUnprocessableEntity, d)
	return nil
}

// loadStatus is the status of a page that applied nothing: 422 where something has to be mended first.
func loadStatus(d view.LoadData) int {
	if d.Draft.Read == nil || len(d.Faults) > 0 || !d.Notice.IsZero() {
		return http.StatusUnprocessableEntity
	}
	return http.StatusOK
}

func (s *Server) showLoad(w http.ResponseWriter, v *visit, status int, d view.LoadData) {
	title, crumbs := v.p.T("load.space.title"), []view.Crumb{{Label: v.p.T("account.spaces.title"), Href: view.SpacesPath}}
	if v.space != nil {
		title, crumbs = v.p.T("load.version.title"), v.under("convention")
	}
	s.render(w, v, status, view.LoadPage(v.page(title, crumbs...), d))
}
