package view

import (
	"entente/internal/calendar"
	"entente/internal/compliance"
	"entente/internal/fault"
	"entente/internal/i18n"
)

// SideNote is what stands in the margin of a clause: how it is kept today.
type SideNote struct {
	Status   compliance.Status
	Title    string
	Figures  fault.Message
	Next     fault.Message // the next useful step; may say nothing
	By       calendar.Date // by when; may be zero
	Evidence []Link
	More     string // address of the whole finding; empty leaves it out
}

// BothTexts are the two versions of something that two people changed at once.
type BothTexts struct {
	Who    string // who saved first
	When   string // when, as people read it
	Fields []TwoTexts
}

// TwoTexts are the two versions of one field.
type TwoTexts struct {
	Label  string
	Mine   string
	Theirs string
}

// Differs tells whether the versions differ.
func (t TwoTexts) Differs() bool { return t.Mine != t.Theirs }

// Source is an extract of a file with what is wrong in it.
type Source struct {
	File  string
	Lines []SourceLine // with gaps where the extract leaves lines out
}

// SourceLine is one line, with its faults under it.
type SourceLine struct {
	Number int
	Text   string
	Faults []SourceFault
}

// SourceFault is what is wrong on a line, and how to mend it.
type SourceFault struct {
	Column  int // from 1; 0 where the line as a whole is meant
	Warning bool
	Message fault.Message
	Remedy  fault.Message
}

func (f SourceFault) tone() string {
	if f.Warning {
		return string(ToneWarning)
	}
	return string(ToneBad)
}

// gap tells whether lines are left out before line i.
func (s Source) gap(i int) bool { return i > 0 && s.Lines[i].Number != s.Lines[i-1].Number+1 }

// place says where on the page's file a fault stands.
func (f SourceFault) place(p *i18n.Printer, line int) string {
	if f.Column == 0 {
		return p.T("components.source.line", "line", line)
	}
	return p.T("components.source.place", "line", line, "column", f.Column)
}
