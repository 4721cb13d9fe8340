package view

import (
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"entente/internal/fault"
)

// FieldKind is the sort of control that a field is.
type FieldKind int

// The kinds of field. The zero value is one line of text.
const (
	TextField FieldKind = iota
	EmailField
	PasswordField
	DateField
	TimeField
	NumberField
	PhoneField
	SearchField
	SelectField
	TextAreaField
	CheckboxField
	RadioField
	FileField
	HiddenField
)

// inputTypes gives the type of the controls that are one input.
var inputTypes = [...]string{TextField: "text", EmailField: "email", PasswordField: "password", DateField: "date", TimeField: "time",
	NumberField: "number", PhoneField: "tel", SearchField: "search", SelectField: "", TextAreaField: "", CheckboxField: "checkbox",
	RadioField: "radio", FileField: "file", HiddenField: "hidden"}

// Field is one question of a form. Label, Hint and the labels of options are sentences already in the language of the page.
type Field struct {
	Kind         FieldKind
	Name         string // of the control; what is wrong with it is looked up under this name
	Label        string
	Hint         string // what to write, and an example; stays on screen while typing
	Value        string // what stands in it: the stored value, or what was typed into a form that was refused
	Checked      bool   // of a checkbox
	Options      []Option
	Required     bool
	Autocomplete string // "name", "email", "current-password"…
	Rows         int    // of a text area; 0 gives 5
	Accept       string // of a file: ".md,text/markdown"
	MaxSize      int64  // of a file, in bytes; 0 where the page does not say it
	Code         bool   // text of a file, in letters of one width
	Short        bool   // a narrow control, for a number or a code
}

// Option is one answer of a select or a set of radio buttons. Options with the same Group stand under its name.
type Option struct {
	Value string
	Label string
	Hint  string // radio only
	Group string // select only
}

// Form is a whole form: what is wrong at its top, its fields, its buttons.
type Form struct {
	ID        string // tells the forms of one page apart; empty for the only one
	Action    string
	Get       bool // a form that changes nothing and whose answer has an address
	Faults    fault.Fields
	Message   fault.Message // what is wrong with the form as a whole
	Fields    []Field
	Version   int64  // at which the thing was read; 0 leaves it out
	Submit    string // the verb on the button: "Enregistrer le mandat"
	Danger    bool   // the button removes something: it asks again where script runs
	Confirm   string // what it asks
	Cancel    string // address of the page to go back to; empty leaves it out
	Compact   bool   // on one line where there is room
	Quiet     bool   // the button is not the main thing of its page
	FirstPara string // what the form is for, above its fields; may be empty
}

// multipart tells whether the form carries a file.
func (f Form) multipart() bool {
	for _, x := range f.Fields {
		if x.Kind == FileField {
			return true
		}
	}
	return false
}

func (f Form) method() string {
	if f.Get {
		return "get"
	}
	return "post"
}

func (f Form) anyRequired() bool {
	for _, x := range f.Fields {
		if x.Required && !f.Get {
			return true
		}
	}
	return false
}

// label finds the label of a field by name; the name itself where the form has no such field.
func (f Form) label(name string) string {
	for _, x := range f.Fields {
		if x.Name == name {
			return x.Label
		}
	}
	return name
}

// has tells whether the form shows a field of that name, so that a fault can lead to it.
func (f Form) has(name string) bool {
	for _, x := range f.Fields {
		if x.Name == name && x.Kind != HiddenField {
			return true
		}
	}
	return false
}

// ordered gives the faults in the order of the fields, those on no field of the form first.
func (f Form) ordered() fault.Fields {
	rank := func(name string) int { return slices.IndexFunc(f.Fields, func(x Field) bool { return x.Name == name }) }
	out := slices.Clone(f.Faults)
	slices.SortStableFunc(out, func(a, b fault.Field) int { return rank(a.Name) - rank(b.Name) })
	return out
}

// fieldID is the id of a control. A set of radio buttons has that of its first button.
func fieldID(form, name string) string {
	if form == "" {
		return "f-" + name
	}
	return form + "-" + name
}

func optionID(field string, i int) string {
	if i == 0 {
		return field
	}
	return field + "-" + strconv.Itoa(i)
}

// describedBy names what explains a control: its hint, then what is wrong with it.
func describedBy(id string, hint, wrong bool) string {
	switch {
	case hint && wrong:
		return id + "-hint " + id + "-fault"
	case hint:
		return id + "-hint"
	case wrong:
		return id + "-fault"
	}
	return ""
}

func (x Field) rows() string {
	if x.Rows == 0 {
		return "5"
	}
	return strconv.Itoa(x.Rows)
}

func (x Field) inputClass() string {
	switch {
	case x.Short || x.Kind == DateField || x.Kind == TimeField || x.Kind == NumberField:
		return "short"
	case x.Code:
		return "code"
	}
	return ""
}

// optionGroup is a run of options under one name.
type optionGroup struct {
	name    string
	options []Option
}

// groups gathers the options that follow each other under one name.
func (x Field) groups() []optionGroup {
	var out []optionGroup
	for _, o := range x.Options {
		if n := len(out); n == 0 || out[n-1].name != o.Group {
			out = append(out, optionGroup{name: o.Group})
		}
		last := &out[len(out)-1]
		last.options = append(last.options, o)
	}
	return out
}

// ButtonKind is how much weight a button has.
type ButtonKind string

// The kinds of button: one primary a page.
const (
	Primary   ButtonKind = "primary"
	Secondary ButtonKind = "secondary"
	Danger    ButtonKind = "danger"
)

// ButtonData is a button of a form. The label is a verb.
type ButtonData struct {
	Kind    ButtonKind // the zero value is Secondary
	Label   string
	Icon    string
	Name    string // with Value, what the form sends
	Value   string
	Confirm string // asked again where script runs; empty asks nothing
}

func (b ButtonData) class() string {
	if b.Kind == "" {
		return "button " + string(Secondary)
	}
	return "button " + string(b.Kind)
}

// Link is an address with its words.
type Link struct {
	Label string
	Href  string
	Icon  string
}

// button is the one that submits the form.
func (f Form) button() ButtonData {
	b := ButtonData{Kind: Primary, Label: f.Submit, Confirm: f.Confirm}
	switch {
	case f.Danger:
		b.Kind = Danger
	case f.Quiet:
		b.Kind = Secondary
	}
	return b
}

// Filter narrows a list. Its fields are sent in the address of the page.
type Filter struct {
	Action string // address of the list without filter
	Fields []Field
	Active bool // something is filtered: offers the whole list again
}

// unfolded is how many fields of a filter stand open on a phone: more would push the list out of sight.
const unfolded = 3

// wiring are the attributes that tie a control to what explains it.
func wiring(id string, x Field, refused bool) templ.Attributes {
	a := templ.Attributes{}
	if by := describedBy(id, x.Hint != "", refused); by != "" {
		a["aria-describedby"] = by
	}
	if refused {
		a["aria-invalid"] = "true"
	}
	if x.Required {
		a["required"] = true
	}
	if x.Autocomplete != "" {
		a["autocomplete"] = x.Autocomplete
	}
	return a
}
