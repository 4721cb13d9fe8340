package governance

import (
	"regexp"
	"slices"
	"strings"

	"entente/internal/fault"
)

// FileType is a kind of document that an installation may admit.
type FileType struct {
	Key     string   // stem of its word in the catalogues, and its name in the setting: "pdf"
	Media   string   // media type
	Endings []string // of the names of its files, the usual one first
}

// FileTypes are the kinds that can be admitted, in the order of the screen. What runs a program of its own where
// a browser shows it (HTML, SVG) is not among them.
func FileTypes() []FileType { return fileTypes }

var fileTypes = []FileType{
	{"pdf", "application/pdf", []string{".pdf"}},
	{"odt", "application/vnd.oasis.opendocument.text", []string{".odt"}},
	{"ods", "application/vnd.oasis.opendocument.spreadsheet", []string{".ods"}},
	{"odp", "application/vnd.oasis.opendocument.presentation", []string{".odp"}},
	{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", []string{".docx"}},
	{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", []string{".xlsx"}},
	{"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", []string{".pptx"}},
	{"jpeg", "image/jpeg", []string{".jpg", ".jpeg", ".jpe", ".jfif"}},
	{"png", "image/png", []string{".png"}},
	{"text", "text/plain", []string{".txt", ".md", ".text", ".log"}},
	{"csv", "text/csv", []string{".csv"}},
	{"zip", "application/zip", []string{".zip"}},
}

// FileTypeOf finds the kind of a media type.
func FileTypeOf(media string) (FileType, bool) {
	i := slices.IndexFunc(fileTypes, func(t FileType) bool { return t.Media == media })
	if i < 0 {
		return FileType{}, false
	}
	return fileTypes[i], true
}

// Say names the kind in a sentence.
func (t FileType) Say() fault.Message { return fault.Say("attachment.type." + t.Key) }

// Bounds of what an administrator may set as the largest document, in bytes.
const (
	LeastMaxSize int64 = 1 << 20
	MostMaxSize  int64 = 500 << 20
)

// AttachmentLimits are what an installation admits as a document.
type AttachmentLimits struct {
	MaxSize int64    `json:"max_size"` // bytes
	Types   []string `json:"types"`    // keys of FileTypes
}

// DefaultAttachmentLimits are those of an installation whose administrator has set none: 40 MiB, every kind.
func DefaultAttachmentLimits() AttachmentLimits {
	l := AttachmentLimits{MaxSize: 40 << 20}
	for _, t := range fileTypes {
		l.Types = append(l.Types, t.Key)
	}
	return l
}

// MiB is the largest size in mebibytes, as the screen shows it.
func (l AttachmentLimits) MiB() int { return int(l.MaxSize >> 20) }

// Admits tells whether documents of the kind with that key are admitted.
func (l AttachmentLimits) Admits(key string) bool { return slices.Contains(l.Types, key) }

// Admitted lists the kinds that are admitted, in the order of the screen.
func (l AttachmentLimits) Admitted() []FileType {
	return slices.DeleteFunc(slices.Clone(fileTypes), func(t FileType) bool { return !l.Admits(t.Key) })
}

// Check tells what is wrong with the limits themselves.
func (l AttachmentLimits) Check() error {
	var f fault.Fields
	if l.MaxSize < LeastMaxSize || l.MaxSize > MostMaxSize {
		f.Add("max-size", "fault.attachment.max-size", "least", int(LeastMaxSize>>20), "most", int(MostMaxSize>>20))
	}
	if len(l.Admitted()) == 0 {
		f.Add("types", "fault.attachment.no-type")
	}
	for _, key := range l.Types {
		if !slices.ContainsFunc(fileTypes, func(t FileType) bool { return t.Key == key }) {
			f.Add("types", "fault.field.choice")
			break
		}
	}
	return f.Err()
}

// TooLarge is the refusal of a document that is larger than admitted, on the field of a form.
func (l AttachmentLimits) TooLarge(field string) error {
	var f fault.Fields
	f.Add(field, "fault.attachment.too-large", "max", l.MiB())
	return f.Err()
}

// textKinds are told apart by the name of the file: a table in text looks like any text.
var textKinds = []string{"text/plain", "text/csv", "text/tab-separated-values"}

// ending is what looks like the ending of a file name: "v1.2" has none.
var ending = regexp.MustCompile(`\.[A-Za-z][A-Za-z0-9]{0,4}$`)

// Admit decides by its content whether a document is admitted: detected is the media type that the content shows, name
// what its owner calls the file. It gives the media type under which the document is kept and the name with the ending
// that belongs to it. A name that promises another kind than the content is refused: whoever opens it would be misled.
func (l AttachmentLimits) Admit(detected, name, field string) (media, fileName string, err error) {
	var f fault.Fields
	media, _, _ = strings.Cut(detected, ";")
	fileName = CleanFileName(name)
	given := strings.ToLower(ending.FindString(fileName))
	if slices.Contains(textKinds, media) {
		if media = "text/plain"; given == ".csv" {
			media = "text/csv"
		}
	}
	kind, known := FileTypeOf(media)
	switch {
	case fileName == "":
		f.Add(field, "fault.attachment.file-name")
	case !known || !l.Admits(kind.Key):
		f.Add(field, "fault.attachment.type", "types", l.sayTypes())
	case given == "":
		fileName = shorten(fileName, MaxFileName-len(kind.Endings[0])) + kind.Endings[0]
	case !slices.Contains(kind.Endings, given):
		f.Add(field, "fault.attachment.ending", "ending", given, "type", kind.Say(), "right", kind.Endings[0])
	}
	return media, fileName, f.Err()
}

func (l AttachmentLimits) sayTypes() []fault.Message {
	var out []fault.Message
	for _, t := range l.Admitted() {
		out = append(out, t.Say())
	}
	return out
}

// AcceptedEndings lists the endings of the names of admitted files, as a file field of a form names them: ".pdf,.odt".
func (l AttachmentLimits) AcceptedEndings() string {
	var out []string
	for _, t := range l.Admitted() {
		out = append(out, t.Endings...)
	}
	return strings.Join(out, ",")
}
