package view

import (
	"time"

	"entente/internal/fault"
	"entente/internal/i18n"
)

// ReadingsPath is where signed texts are deposited to be read. It stands beside the spaces and not under them: what is read
// belongs to none yet.
const ReadingsPath = "/lectures"

// ReadingsData is the page that reads a signed text: the deposit, and what was left to be taken up again.
type ReadingsData struct {
	Text   string // pasted
	Names  bool   // keep names of persons
	Most   int    // megabytes of a file
	Faults fault.Fields
	Notice fault.Message
	Kept   []KeptReading
}

// KeptReading is a text whose review was begun.
type KeptReading struct {
	ID      string
	Version int64
	Name    string
	Facts   int
	Decided int
	At      time.Time // when it was last touched
}

// Href is the address of the review.
func (k KeptReading) Href() string { return ReadingsPath + "/" + k.ID }

func (d ReadingsData) form(p *i18n.Printer) Form {
	return Form{Action: ReadingsPath, Faults: d.Faults, Message: d.Notice, Submit: p.T("reading-page.read"), Cancel: SpacesPath, Fields: []Field{
		{Kind: FileField, Name: "file", Label: p.T("reading-page.file"), Hint: p.T("reading-page.file-hint", "most", d.Most),
			Accept: ".pdf,.docx,.odt,.md,.markdown,.txt,application/pdf,application/vnd.oasis.opendocument.text,application/vnd.openxmlformats-officedocument.wordprocessingml.document,text/markdown,text/plain"},
		{Kind: TextAreaField, Name: "text", Label: p.T("reading-page.text"), Hint: p.T("reading-page.text-hint"), Value: d.Text, Rows: 8},
		{Kind: CheckboxField, Name: "names", Label: p.T("reading-page.names"), Hint: p.T("reading-page.names-hint"), Checked: d.Names},
	}}
}

// removal takes a reading away.
func (k KeptReading) removal(p *i18n.Printer) ButtonData {
	return ButtonData{Kind: Danger, Icon: "remove", Label: p.T("reading-page.remove"), Confirm: p.T("reading-page.remove-sure", "name", k.Name)}
}
