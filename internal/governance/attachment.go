package governance

import (
	"path"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"entente/internal/fault"
)

// OwnerKind is the kind of thing that a document is attached to.
type OwnerKind string

// The kinds of owner: the whole set, declared here alone. A kind is of use once the store knows its table and the web its
// rule of access.
const (
	OwnerMeeting    OwnerKind = "meeting"
	OwnerAgendaItem OwnerKind = "agenda-item"
	OwnerProposal   OwnerKind = "proposal"
	OwnerMinutes    OwnerKind = "minutes"
	OwnerEvidence   OwnerKind = "evidence"
)

// OwnerKinds lists the set.
func OwnerKinds() []OwnerKind {
	return []OwnerKind{OwnerMeeting, OwnerAgendaItem, OwnerProposal, OwnerMinutes, OwnerEvidence}
}

// AttachmentAudiences are who an attachment may be for: ForSpace is whoever may read what it is attached to, ForCoordinators only
// those who may change that, for a working paper.
func AttachmentAudiences() []Audience { return []Audience{ForSpace, ForCoordinators} }

// Attachment is a document attached to a thing of a space. Its content is kept once a space, whatever number of
// attachments have it.
type Attachment struct {
	ID       string
	Version  int64
	Owner    OwnerKind
	OwnerID  string
	Name     string // the title shown
	FileName string // what a browser saves it as, with its ending
	Type     string // media type, found in the content: "application/pdf"
	Size     int64  // bytes
	Digest   string // SHA-256 of the content, in hexadecimal
	Rank     int64  // place among the attachments of its owner, from 1; places may be missing
	AddedAt  time.Time
	Audience Audience
}

// Bounds of what an attachment is called, in characters.
const (
	MaxAttachmentName = 200
	MaxFileName       = 120
)

// Check tells what is wrong with the attachment, field by field. Whether its content is admitted is for
// AttachmentLimits.Check.
func (a Attachment) Check() error {
	var f fault.Fields
	if !slices.Contains(OwnerKinds(), a.Owner) || a.OwnerID == "" {
		f.Add("owner", "fault.field.choice")
	}
	switch {
	case strings.TrimSpace(a.Name) == "":
		f.Add("name", "fault.field.required")
	case utf8.RuneCountInString(a.Name) > MaxAttachmentName:
		f.Add("name", "fault.field.too-long", "max", MaxAttachmentName)
	}
	if a.FileName == "" || a.FileName != CleanFileName(a.FileName) {
		f.Add("file", "fault.attachment.file-name")
	}
	if a.Size <= 0 {
		f.Add("file", "fault.file.empty")
	}
	if !slices.Contains(AttachmentAudiences(), a.Audience) {
		f.Add("audience", "fault.field.choice")
	}
	return f.Err()
}

// Inline tells whether browsers may show the content in a window of theirs: what holds no program of its own.
func (a Attachment) Inline() bool {
	return a.Type == "application/pdf" || a.Type == "image/jpeg" || a.Type == "image/png"
}

// CleanFileName makes of any name one that every system keeps: the last part of a path, without signs that steer a
// terminal, turn the direction of writing or are refused by Windows, in MaxFileName characters with its ending kept. Of a
// name of which nothing stays, nothing stays.
func CleanFileName(name string) string {
	name = strings.ToValidUTF8(name, "")
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`<>:"|?*`, r):
			return '_'
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, name)
	return strings.Trim(shorten(strings.Trim(name, " ."), MaxFileName), " .")
}

// shorten cuts a file name to a number of characters, before its ending.
func shorten(name string, most int) string {
	if utf8.RuneCountInString(name) <= most {
		return name
	}
	ending := path.Ext(name)
	if utf8.RuneCountInString(ending) > 10 {
		ending = ""
	}
	stem := []rune(strings.TrimSuffix(name, ending))
	return string(stem[:most-utf8.RuneCountInString(ending)]) + ending
}

// TitleOf is the title that a document has where nobody gave it one: the name of its file without its ending, with spaces
// for underscores.
func TitleOf(fileName string) string {
	name := CleanFileName(fileName)
	title := strings.TrimSpace(strings.ReplaceAll(strings.TrimSuffix(name, path.Ext(name)), "_", " "))
	if title == "" {
		return name
	}
	return title
}
