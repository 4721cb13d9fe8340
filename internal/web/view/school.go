package view

import (
	"slices"

	"github.com/a-h/templ"

	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
)

// SchoolData is the page of the school holidays of the installation: those known, and a file at hand.
type SchoolData struct {
	Known   []governance.SchoolHoliday
	Name    string // of the file at hand
	Content string
	Plan    *SchoolPlan            // what it would change; nil where there is none
	Lines   []governance.LineFault // what is wrong with it
	Faults  fault.Fields
}

// SchoolPlan is what an import would change.
type SchoolPlan struct {
	Added, Removed []governance.SchoolHoliday
	Same           int
}

func (d SchoolData) form(p *i18n.Printer) Form {
	return Form{ID: "import", Action: SchoolPath, Faults: d.Faults, Submit: p.T("school.check"), Quiet: d.Plan != nil, Fields: []Field{
		{Kind: FileField, Name: "file", Label: p.T("school.field.file"), Accept: ".csv,text/csv", Required: true}}}
}

// schoolTable lists holidays by zone, the latest first.
func schoolTable(p *i18n.Printer, caption string, list []governance.SchoolHoliday) Table {
	t := Table{Caption: caption, Hidden: true, Columns: []Column{{Title: p.T("school.column.name")}, {Title: p.T("school.column.zone")}, {Title: p.T("school.column.days")}}}
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b governance.SchoolHoliday) int { return b.Period.From.Compare(a.Period.From) })
	for _, h := range sorted {
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{Text(h.Name), Text(p.T("school.unit", "zone", h.Zone)), Text(p.Period(h.Period))}})
	}
	return t
}

func (x SchoolPlan) nothing() bool { return len(x.Added)+len(x.Removed) == 0 }
