package view

import (
	"entente/internal/calendar"
	"entente/internal/i18n"
)

// SheetData is a record as a form: to add it, to change it, or to settle what two people changed at once.
type SheetData struct {
	Title  string
	Form   Form
	Remove *Form      // takes the record away; nil where there is none yet
	Both   *BothTexts // what was typed beside what somebody else kept meanwhile; nil otherwise
}

// Shown is the value of a field as people read it: the label of the choice made, a date in words.
func (x Field) Shown(p *i18n.Printer) string {
	switch x.Kind {
	case SelectField, RadioField:
		for _, o := range x.Options {
			if o.Value == x.Value && x.Value != "" {
				return o.Label
			}
		}
		return ""
	case CheckboxField:
		if x.Checked {
			return p.T("common.yes")
		}
		return p.T("common.no")
	case DateField:
		if d, err := calendar.Parse(x.Value); err == nil && !d.IsZero() {
			return p.Day(d)
		}
	}
	return x.Value
}
