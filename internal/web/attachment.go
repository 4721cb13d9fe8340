package web

import (
	"context"
	"errors"
	"mime"
	"net/http"
	"slices"

	"entente/internal/authority"
	"entente/internal/compliance"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/office"
	"entente/internal/store"
	"entente/internal/web/view"
)

// owner is a thing that documents are attached to, as a visitor meets it.
type owner struct {
	kind      governance.OwnerKind
	id        string
	title     string       // what the thing is called
	back      string       // page that shows it
	crumbs    []view.Crumb // the way to that page
	mayRead   error        // why the visitor may not read what is attached; nil where they may
	mayChange error        // why the visitor may not add or remove; nil where they may
	actor     store.Actor  // as the journal names the visitor when they change something of it
}

// owners finds a thing of each kind that documents are attached to, by its identifier: one function a kind. Whoever has no
// access to the space does not come this far.
var owners = map[governance.OwnerKind]func(v *visit, id string) (owner, error){
	governance.OwnerMeeting: ownedBySheet(meetingSheet, func(v *visit, m governance.Meeting) (string, error) {
		text, err := v.text()
		if err != nil {
			return "", err
		}
		if k := text.Text.Committee(m.Committee); k != nil {
			return v.p.T("attachment.meeting", "committee", k.Name, "day", m.Day), nil
		}
		return v.p.Date(m.Day), nil
	}),
	governance.OwnerAgendaItem: ownedByItem,
	governance.OwnerProposal:   ownedByProposal,
	governance.OwnerMinutes:    ownedByMinutes,
	governance.OwnerEvidence:   ownedBySheet(evidenceSheet, func(_ *visit, r compliance.Record) (string, error) { return r.Title, nil }),
}

// ownedByItem finds an item of an agenda: its documents are read by who may read the item.
func ownedByItem(v *visit, id string) (owner, error) {
	i, err := v.space.Item(v.Context(), id)
	if err != nil {
		return owner{}, err
	}
	h, err := v.history()
	if err != nil {
		return owner{}, err
	}
	a, err := office.AssemblyOf(v.Context(), v.space, h, i.Meeting)
	if err != nil {
		return owner{}, err
	}
	o := v.ownedByMeeting(&a, view.MeetingHref(v.path(), i.Meeting, "")+"#"+view.ItemAnchor(i.ID))
	o.title = i.Title
	if !v.reads(i.Audience, &a) {
		o.mayRead = fault.New(fault.NotFound, "store.not-found")
	}
	return o, nil
}

// ownedByMinutes finds the minutes of a meeting: their documents are read by who may read them.
func ownedByMinutes(v *visit, id string) (owner, error) {
	v.SetPathValue("id", id)
	d, err := v.minutesDesk()
	if err != nil {
		return owner{}, err
	}
	if d.kept == nil {
		return owner{}, fault.New(fault.NotFound, "store.not-found")
	}
	o := v.ownedByMeeting(&d.assembly, view.MeetingHref(v.path(), id, "compte-rendu"))
	o.title = v.p.T("attachment.minutes", "committee", d.assembly.Name(), "day", d.assembly.Meeting.Day)
	if !v.readsMinutes(d) {
		o.mayRead = fault.New(fault.NotFound, "store.not-found")
	}
	return o, nil
}

// ownedByMeeting is what belongs to a meeting: who keeps meetings adds to it, while the meeting is not closed or after.
func (v *visit) ownedByMeeting(a *office.Assembly, back string) owner {
	return owner{back: back, crumbs: v.underMeeting(a), mayChange: v.may(authority.RecordMeetings, ""), actor: v.actor("", a.Article())}
}

// ownedByProposal finds a proposal: its author and who keeps the space add to it while its text may change.
func ownedByProposal(v *visit, id string) (owner, error) {
	v.SetPathValue("id", id)
	x, err := v.readDesk()
	if err != nil {
		return owner{}, err
	}
	o := owner{title: x.p.Title, back: view.ProposalHref(v.path(), x.p), actor: v.actor("", ""),
		crumbs: []view.Crumb{{Label: v.p.T("nav.proposals"), Href: v.path("propositions")}, {Label: view.ProposalNumber(v.p, x.p), Href: view.ProposalHref(v.path(), x.p)}}}
	mine, err := v.isAuthor(x.p)
	switch {
	case err != nil:
		return o, err
	case !mine:
		o.mayChange = fault.New(fault.Forbidden, "attachment.proposal.not-author")
	case x.p.State != governance.ProposalDraft && x.p.State != governance.ProposalReturned && !v.offers(authority.RecordMeetings):
		o.mayChange = fault.New(fault.Forbidden, "store.proposal.on-its-way")
	}
	return o, nil
}

// ownedBySheet finds a record kept by a sheet: documents are attached to it by whoever may change it.
func ownedBySheet[T any](sh *sheet[T], title func(v *visit, x T) (string, error)) func(v *visit, id string) (owner, error) {
	return func(v *visit, id string) (owner, error) {
		x, err := sh.load(v.space, v.Context(), id)
		if err != nil {
			return owner{}, err
		}
		o := owner{back: sh.back(v, x), crumbs: sh.crumbs(v, x), mayChange: sh.may(v, x), actor: sh.actor(v, x)}
		o.title, err = title(v, x)
		return o, err
	}
}

// owner finds the thing that documents are attached to, and refuses whoever may not read them.
func (v *visit) owner(kind governance.OwnerKind, id string) (owner, error) {
	find, ok := owners[kind]
	if !ok {
		return owner{}, fault.New(fault.NotFound, "fault.not-found")
	}
	o, err := find(v, id)
	if err != nil {
		return o, err
	}
	o.kind, o.id = kind, id
	return o, o.mayRead
}

// ownerAsked is the thing that the address names.
func (v *visit) ownerAsked() (owner, error) {
	kind, _ := view.OwnerKindOf(v.PathValue("owner"))
	return v.owner(kind, v.PathValue("id"))
}

// attachmentAsked is the attachment that the address names, with what it is attached to. A working paper is not there for
// who may not change that.
func (v *visit) attachmentAsked() (governance.Attachment, owner, error) {
	a, err := v.space.Attachment(v.Context(), v.PathValue("id"))
	if err != nil {
		return a, owner{}, err
	}
	o, err := v.owner(a.Owner, a.OwnerID)
	if err == nil && a.Audience == governance.ForCoordinators && o.mayChange != nil {
		err = fault.New(fault.NotFound, "store.not-found")
	}
	return a, o, err
}

// attachmentsOf is what the visitor sees of the documents of a thing, for a page to show by view.AttachmentList.
func (s *Server) attachmentsOf(v *visit, o owner) (view.AttachmentsData, error) {
	d := view.AttachmentsData{Root: v.path(), Owner: o.kind, OwnerID: o.id, May: o.mayChange == nil, Audience: governance.ForSpace}
	list, err := v.space.Attachments(v.Context(), o.kind, o.id)
	if err != nil {
		return d, err
	}
	for _, a := range list {
		if d.May || a.Audience == governance.ForSpace {
			d.List = append(d.List, a)
		}
	}
	if d.May {
		d.Limits, _, err = s.store.AttachmentLimits(v.Context())
	}
	return d, err
}

// filesOf lists the documents of several things of a kind that the visitor may read: without the working papers, for who does not
// keep meetings. Whether they may read the things themselves was asked before.
func (v *visit) filesOf(kind governance.OwnerKind, ids ...string) (map[string][]governance.Attachment, error) {
	list, err := v.space.AttachmentsByOwner(v.Context(), kind, ids...)
	if v.offers(authority.RecordMeetings) {
		return list, err
	}
	for id, files := range list {
		list[id] = slices.DeleteFunc(files, func(a governance.Attachment) bool { return a.Audience == governance.ForCoordinators })
	}
	return list, err
}

// attachmentCounts tells how many documents each thing of a kind has, for a list of such things.
func (v *visit) attachmentCounts(kind governance.OwnerKind) (map[string]int, error) {
	return v.space.AttachmentCounts(v.Context(), kind, v.offers(authority.AttachDocuments))
}

// attachments is the page of the documents of one thing.
func (s *Server) attachments(w http.ResponseWriter, v *visit) error {
	o, err := v.ownerAsked()
	if err != nil {
		return err
	}
	d, err := s.attachmentsOf(v, o)
	if err != nil {
		return err
	}
	s.showAttachments(w, v, http.StatusOK, o, d)
	return nil
}

func (s *Server) showAttachments(w http.ResponseWriter, v *visit, status int, o owner, d view.AttachmentsData) {
	p := v.page(v.p.T("attachment.title", "thing", o.title), o.crumbs...)
	p.Path = view.AttachmentsHref(v.path(), o.kind, o.id)
	s.render(w, v, status, view.AttachmentsPage(p, view.AttachmentsPageData{AttachmentsData: d, Kicker: o.kind, Thing: o.title, Back: o.back}))
}

// attachment gives the content of a document.
func (s *Server) attachment(w http.ResponseWriter, v *visit) error {
	a, _, err := v.attachmentAsked()
	if err != nil {
		return err
	}
	return s.serveAttachment(w, v.Request, v.space, a)
}

// sandboxed keeps whatever a document holds from acting as a page of this site. Browsers show no PDF in a sandbox, and run
// nothing of one as a page.
const sandboxed = policy + "; sandbox"

// serveAttachment writes the content of an attachment, whole or the range that was asked for. Whether the visitor may have
// it was asked before. A content that proves damaged on the way is cut off: whoever receives it knows that it is not whole.
func (s *Server) serveAttachment(w http.ResponseWriter, r *http.Request, space *store.Space, a governance.Attachment) error {
	f, err := space.OpenFile(r.Context(), a.Digest)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", contentType(a.Type))
	h.Set("Content-Disposition", mime.FormatMediaType(disposition(a), map[string]string{"filename": a.FileName}))
	h.Set("Content-Security-Policy", sandboxed)
	if a.Type == "application/pdf" {
		h.Set("Content-Security-Policy", policy)
	}
	h.Set("Cache-Control", "private, no-cache") // kept, and asked for again each time: access may have ended
	h.Set("ETag", `"`+a.Digest+`"`)
	http.ServeContent(newPatience(w), r, "", a.AddedAt, f)
	if f.Err() == nil {
		return nil
	}
	if !errors.Is(f.Err(), context.Canceled) {
		s.log.Error("document cut off", "ref", reference(r.Context()), "path", logPath(r), "error", f.Err())
	}
	panic(http.ErrAbortHandler)
}

func disposition(a governance.Attachment) string {
	if a.Inline() {
		return "inline"
	}
	return "attachment"
}

// contentType is the media type as a header names it: of a text, the letters are left to the browser to guess.
func contentType(media string) string {
	if _, known := governance.FileTypeOf(media); !known {
		return "application/octet-stream"
	}
	return media
}

// removeAttachment takes a document away.
func (s *Server) removeAttachment(w http.ResponseWriter, v *visit) error {
	return s.changeAttachment(w, v, "attachment.removed", func(f *form, a governance.Attachment, by store.Actor) error {
		return v.space.RemoveAttachment(v.Context(), by, a.ID, f.version())
	})
}

// renameAttachment gives a document another title.
func (s *Server) renameAttachment(w http.ResponseWriter, v *visit) error {
	return s.changeAttachment(w, v, "attachment.renamed", func(f *form, a governance.Attachment, by store.Actor) error {
		name := f.text("name")
		_, err := v.space.UpdateAttachment(v.Context(), by, a.ID, f.version(), func(a *governance.Attachment) error {
			a.Name = name
			return f.err()
		})
		return err
	})
}

// moveAttachment puts a document one place up or down.
func (s *Server) moveAttachment(up bool) handler {
	return func(w http.ResponseWriter, v *visit) error {
		return s.changeAttachment(w, v, "attachment.moved", func(_ *form, a governance.Attachment, by store.Actor) error {
			return v.space.MoveAttachment(v.Context(), by, a.ID, up)
		})
	}
}

// changeAttachment is what all changes of an attachment have in common: who may not is refused, what is refused or was
// changed by somebody else meanwhile is said above the list as it stands.
func (s *Server) changeAttachment(w http.ResponseWriter, v *visit, done string, change func(*form, governance.Attachment, store.Actor) error) error {
	a, o, err := v.attachmentAsked()
	if err == nil {
		err = o.mayChange
	}
	if err != nil {
		return err
	}
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	err = change(f, a, o.actor)
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		d, listErr := s.attachmentsOf(v, o)
		if listErr != nil {
			return listErr
		}
		d.Changing = a.ID
		d.Faults, d.Message = explained(err)
		if fault.Is(err, fault.Conflict) {
			d.Message = fault.Say("attachment.conflict")
		}
		s.showAttachments(w, v, statuses[fault.KindOf(err)], o, d)
		return nil
	}
	if err != nil {
		return err
	}
	return s.redirect(w, v, s.afterAttachment(v, o, f.text("retour")), fault.Say(done))
}

// afterAttachment is the page to go to after a change: the one that the form came from, where it says so.
func (s *Server) afterAttachment(v *visit, o owner, asked string) string {
	return localPath(asked, view.AttachmentsHref(v.path(), o.kind, o.id))
}
