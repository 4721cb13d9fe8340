package view

import (
	"net/url"
	"strconv"
	"strings"

	"entente/internal/calendar"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
)

// ownerPaths are how addresses name the kinds of thing that documents are attached to.
var ownerPaths = map[governance.OwnerKind]string{
	governance.OwnerMeeting:    "reunions",
	governance.OwnerAgendaItem: "points",
	governance.OwnerProposal:   "propositions",
	governance.OwnerMinutes:    "comptes-rendus",
	governance.OwnerEvidence:   "preuves",
}

// OwnerKindOf reads the kind that an address names.
func OwnerKindOf(path string) (governance.OwnerKind, bool) {
	for kind, p := range ownerPaths {
		if p == path {
			return kind, true
		}
	}
	return "", false
}

// AttachmentsHref is the page of the documents of a thing, and where its form goes; root is that of the space.
func AttachmentsHref(root string, kind governance.OwnerKind, id string) string {
	return root + "/pieces/" + ownerPaths[kind] + "/" + url.PathEscape(id)
}

// AttachmentHref is the address of the content of a document; root is that of the space. Its end is what a browser that
// knows nothing better calls the file.
func AttachmentHref(root string, a governance.Attachment) string {
	return attachmentRoot(root, a) + "/fichier/" + url.PathEscape(a.FileName)
}

func attachmentRoot(root string, a governance.Attachment) string {
	return root + "/pieces/" + url.PathEscape(a.ID)
}

// AttachmentsData is the documents of one thing, as AttachmentList shows them, with what was typed into its form.
type AttachmentsData struct {
	Root    string // of the space
	Owner   governance.OwnerKind
	OwnerID string
	List    []governance.Attachment // those that the reader may read
	May     bool                    // the reader may add, remove, rename and move
	Compact bool                    // the list alone: who may change it is led to the page of the documents
	Limits  governance.AttachmentLimits
	Return  string // page of the site to come back to after a change; empty for the page of the documents

	Name     string // typed
	Audience governance.Audience
	Changing string // identifier of the attachment whose form was refused; empty for the form that adds
	Faults   fault.Fields
	Message  fault.Message
	Link     func(governance.Attachment) string // address of a content; nil: the one of the space, for who is signed in
}

// filesOf is the documents of a thing as they stand on its own page: the list, and for who may change it the way to the page of
// the documents.
func filesOf(root string, kind governance.OwnerKind, id string, list []governance.Attachment, may bool) AttachmentsData {
	return AttachmentsData{Root: root, Owner: kind, OwnerID: id, List: list, May: may, Compact: true}
}

// AttachmentsPageData is the page of the documents of one thing.
type AttachmentsPageData struct {
	AttachmentsData
	Kicker governance.OwnerKind
	Thing  string // what it is called
	Back   string // page that shows it
}

func (d AttachmentsData) href(a governance.Attachment) string {
	if d.Link != nil {
		return d.Link(a)
	}
	return AttachmentHref(d.Root, a)
}

// id tells the forms of several lists on one page apart.
func (d AttachmentsData) id() string { return "attach-" + d.OwnerID }

// empty says that nothing is attached, to who may attach something and to who may not.
func (d AttachmentsData) empty(p *i18n.Printer) Empty {
	if d.May {
		return Empty{Title: p.T("attachment.none"), Text: p.T("attachment.none-text")}
	}
	return Empty{Title: p.T("attachment.none"), Text: p.T("attachment.none-read")}
}

// form adds a document.
func (d AttachmentsData) form(p *i18n.Printer) Form {
	f := Form{ID: d.id(), Action: AttachmentsHref(d.Root, d.Owner, d.OwnerID), Submit: p.T("attachment.submit")}
	if d.Changing == "" {
		f.Faults, f.Message = d.Faults, d.Message
	}
	types := make([]string, 0, len(d.Limits.Types))
	for _, t := range d.Limits.Admitted() {
		types = append(types, p.Say(t.Say()))
	}
	audience := Field{Kind: RadioField, Name: "audience", Label: p.T("attachment.field.audience"), Value: string(d.Audience), Required: true}
	for _, a := range governance.AttachmentAudiences() {
		o := Option{Value: string(a), Label: p.T("attachment.audience." + string(a))}
		if a == governance.ForCoordinators {
			o.Hint = p.T("attachment.hint.keepers")
		}
		audience.Options = append(audience.Options, o)
	}
	f.Fields = []Field{
		{Kind: FileField, Name: "file", Label: p.T("attachment.field.file"), Required: true, Accept: d.Limits.AcceptedEndings(), MaxSize: d.Limits.MaxSize,
			Hint: p.T("attachment.hint.file", "max", d.Limits.MiB(), "types", strings.Join(types, ", "))},
		{Name: "name", Label: p.T("attachment.field.name"), Hint: p.T("attachment.hint.name"), Value: d.Name, Autocomplete: "off"},
		audience,
	}
	return d.returning(f)
}

// renaming gives a document another title.
func (d AttachmentsData) renaming(p *i18n.Printer, a governance.Attachment) Form {
	f := Form{ID: "rename-" + a.ID, Action: attachmentRoot(d.Root, a) + "/renommer", Version: a.Version, Submit: p.T("attachment.rename-submit"), Quiet: true,
		Compact: true, Fields: []Field{{Name: "name", Label: p.T("attachment.field.name"), Value: a.Name, Autocomplete: "off"}}}
	if d.Changing == a.ID {
		f.Faults = d.Faults
	}
	return d.returning(f)
}

func (d AttachmentsData) returning(f Form) Form {
	if d.Return != "" {
		f.Fields = append(f.Fields, Field{Kind: HiddenField, Name: "retour", Value: d.Return})
	}
	return f
}

// about is what a document is, in one line: "PDF, 1,2 Mo, ajouté le 23/11/2026".
func about(p *i18n.Printer, a governance.Attachment) string {
	return p.T("attachment.file-of", "type", fileType(p, a.Type), "size", FileSize(p, a.Size), "day", p.Short(calendar.On(a.AddedAt, calendar.Paris)))
}

// fileType is a media type in words.
func fileType(p *i18n.Printer, media string) string {
	if t, ok := governance.FileTypeOf(media); ok {
		return p.Say(t.Say())
	}
	return p.T("attachment.type.other")
}

// FileSize is a size in bytes as people read it: "812 octets", "54 Ko", "1,2 Mo".
func FileSize(p *i18n.Printer, n int64) string {
	switch {
	case n < 1<<10:
		return p.T("attachment.size.bytes", "count", int(n))
	case n < 999<<10:
		return p.T("attachment.size.kilo", "size", p.Number(int((n+1<<9)>>10)))
	}
	tenths := (n*10 + 1<<19) >> 20
	size := p.Number(int(tenths / 10))
	switch {
	case tenths >= 1000:
		size = p.Number(int((n + 1<<19) >> 20))
	case tenths%10 != 0:
		size += p.T("attachment.decimal") + strconv.FormatInt(tenths%10, 10)
	}
	return p.T("attachment.size.mega", "size", size)
}

// documentsLink leads from a thing to its documents: how many there are, else, to who may attach some, the way to do it.
func documentsLink(p *i18n.Printer, root string, kind governance.OwnerKind, id string, count int, may bool) *Link {
	if count == 0 && !may {
		return nil
	}
	l := Link{Label: p.T("attachment.manage"), Href: AttachmentsHref(root, kind, id), Icon: "document"}
	if count > 0 {
		l.Label = p.T("attachment.count", "count", count)
	}
	return &l
}

// ScanState is how the virus scanner of an installation stands.
type ScanState string

// The states of the scanner.
const (
	ScanOff    ScanState = "off"    // none is configured
	ScanOn     ScanState = "on"     // it answers
	ScanSilent ScanState = "silent" // it does not answer
)

// DocumentSettings is what an installation admits as a document, on the page of its administration.
type DocumentSettings struct {
	MaxSize string // MiB, as typed
	Types   []string
	Version int64
	Scan    ScanState
	Faults  fault.Fields
	Message fault.Message
}

// head is the first part of the form: the faults, and the largest size.
func (d DocumentSettings) head(p *i18n.Printer) Form {
	f := Form{ID: "limits", Faults: d.Faults, Message: d.Message, Fields: []Field{{Kind: NumberField, Name: "max-size", Label: p.T("attachment.limits.max-size"),
		Hint: p.T("attachment.limits.max-size-hint"), Value: d.MaxSize, Required: true}}}
	return f
}

func (d DocumentSettings) admits(key string) bool {
	return governance.AttachmentLimits{Types: d.Types}.Admits(key)
}

// notice says how the scanner stands.
func (d DocumentSettings) notice(p *i18n.Printer) Notice {
	switch d.Scan {
	case ScanOn:
		return Notice{Tone: ToneGood, Text: p.T("attachment.scan.on")}
	case ScanSilent:
		return Notice{Tone: ToneBad, Title: p.T("attachment.scan.silent-title"), Text: p.T("attachment.scan.silent")}
	}
	return Notice{Tone: ToneWarning, Title: p.T("attachment.scan.off-title"), Text: p.T("attachment.scan.off")}
}
