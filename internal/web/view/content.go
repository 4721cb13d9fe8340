package view

import (
	"github.com/a-h/templ"
)

// Heading is the head of a page.
type Heading struct {
	Kicker  string // what sort of page it is, above the title: "Comité"; may be empty
	Title   string
	Lede    string // one or two sentences; may be empty
	Actions []Link // what can be done from here
}

// Definition is a term with its value. Text is used where Value is nil; both empty say that it is not given.
type Definition struct {
	Term  string
	Text  string
	Value templ.Component
}

// Table is a table that becomes a list of cards at the width of a phone.
type Table struct {
	Caption string // says what the table lists; always there, for those who jump from table to table
	Hidden  bool   // the caption is for screen readers alone, where a heading just above says the same
	Columns []Column
	Rows    []Row
}

// Column is one column of a table.
type Column struct {
	Title  string
	Number bool // figures, set to the right
}

// Row is one row; its first cell is its heading.
type Row struct {
	Cells   []templ.Component // one for each column
	Current bool              // stands out: the row at hand
}

// Empty says that there is nothing, why, and what to do about it.
type Empty struct {
	Title  string
	Text   string
	Action *Link
}

// Paging leads through a long list. Previous and Next are addresses, empty at the ends.
type Paging struct {
	Previous string
	Next     string
	Back     string // words of the way back; "Précédent" where there are none
	Onward   string // words of the way on; "Suivant" where there are none
	Summary  string // "50 organismes sur 512"; may be empty
}

// Notice is something said about the page as a whole.
type Notice struct {
	Tone  Tone
	Title string // may be empty
	Text  string
	Link  *Link
}

func (n Notice) icon() string {
	switch n.Tone {
	case ToneGood, ToneWarning, ToneBad:
		return string(n.Tone)
	}
	return "info"
}

// role makes a fault be read out at once, anything else when there is time.
func (n Notice) role() string {
	if n.Tone == ToneBad {
		return "alert"
	}
	return "status"
}

// Tab is one of several views of the same thing, each with its address.
type Tab struct {
	Label   string
	Href    string
	Current bool
	Count   int
}
