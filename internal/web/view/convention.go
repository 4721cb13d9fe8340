package view

import (
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"entente/internal/calendar"
	"entente/internal/compliance"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/i18n"
)

// ConventionData is the convention as a document, with the state of each clause on a day.
type ConventionData struct {
	Document *Document
	Version  *convention.Version // the one shown: that of the day, or the first where none applied yet
	History  convention.History
	Root     string        // of the space
	Day      calendar.Date // on which the text and its state are shown
	Today    calendar.Date
	Report   compliance.Report
	Seats    map[string][]SeatRow // by committee
	People   map[string]directory.Person
	Typed    string       // the day as it was asked
	Faults   fault.Fields // what is wrong with it
	MayLoad  bool         // the reader may load another version
}

// text is the convention shown.
func (d ConventionData) text() *convention.Convention { return d.Version.Text }

func (d ConventionData) heading(p *i18n.Printer) Heading {
	h := Heading{Kicker: p.T("convention-page.kicker"), Lede: p.Say(d.Report.State)}
	if id := d.text().Identity; id != nil {
		h.Title = id.Title
		if id.Kind != "" {
			h.Kicker = id.Kind
		}
	}
	h.Actions = []Link{
		{Label: p.T("convention-page.download"), Href: fileHref(d.Root, d.Version), Icon: "download"},
		{Label: p.T("signature.list"), Href: d.Root + "/signatures", Icon: "document"},
	}
	if d.MayLoad {
		h.Actions = append(h.Actions, Link{Label: p.T("convention-page.load"), Href: d.Root + "/convention/charger", Icon: "add"})
	}
	return h
}

func fileHref(root string, v *convention.Version) string {
	return root + "/convention/fichier?version=" + strconv.Itoa(v.Number)
}

// dayHref is the page of the convention as it stood on a day.
func dayHref(root string, day calendar.Date) string {
	return root + "/convention?" + url.Values{"le": {day.String()}}.Encode()
}

// notices say that the page does not show the text of today.
func (d ConventionData) notices(p *i18n.Printer) []Notice {
	var out []Notice
	if d.Day != d.Today {
		out = append(out, Notice{Tone: ToneInfo, Text: p.T("convention-page.other-day", "day", d.Day),
			Link: &Link{Label: p.T("convention-page.today"), Href: d.Root + "/convention"}})
	}
	if d.Version.Effective.After(d.Day) {
		out = append(out, Notice{Tone: ToneWarning, Text: p.T("convention-page.too-early", "day", d.Day, "from", d.Version.Effective)})
	}
	return out
}

// dayForm asks which rule applied on a day.
func (d ConventionData) dayForm(p *i18n.Printer) Form {
	return Form{ID: "day", Action: d.Root + "/convention", Get: true, Compact: true, Quiet: true, Faults: d.Faults, Submit: p.T("convention-page.day.submit"),
		Fields: []Field{{Kind: DateField, Name: "le", Label: p.T("convention-page.day.label"), Value: d.Typed}}}
}

// VersionName is how people call a version: the signed text, then its amendments.
func VersionName(p *i18n.Printer, v *convention.Version) string {
	if v.Number == 1 {
		return p.T("convention-page.version.first")
	}
	return p.T("convention-page.version.amendment", "number", v.Number, "rank", v.Number-1)
}

// Applies is when a version of the history gives the rules: until its own term, or until the next takes its place.
func Applies(h convention.History, v *convention.Version) calendar.Period {
	out := calendar.Period{From: v.Effective, To: v.Until()}
	for _, next := range h {
		if next.Number == v.Number+1 && (out.To.IsZero() || !next.Effective.After(out.To)) {
			out.To = next.Effective.AddDays(-1)
		}
	}
	return out
}

// span writes when a version applies; one that was replaced on its first day never did.
func span(p *i18n.Printer, h convention.History, v *convention.Version) string {
	when := Applies(h, v)
	if !when.To.IsZero() && when.To.Before(when.From) {
		return p.T("convention-page.version.replaced", "day", v.Effective)
	}
	return p.Period(when)
}

func (d ConventionData) versions(p *i18n.Printer) Table {
	t := Table{Caption: p.T("convention-page.versions"), Hidden: true, Columns: []Column{{Title: p.T("convention-page.version")},
		{Title: p.T("convention-page.version.applies")}, {Title: p.T("convention-page.version.loaded")}, {Title: p.T("convention-page.version.file")}}}
	for _, v := range d.History {
		t.Rows = append(t.Rows, Row{Current: v == d.Version, Cells: []templ.Component{
			LinkText(Link{Label: VersionName(p, v), Href: dayHref(d.Root, v.Effective)}), Text(span(p, d.History, v)), Text(p.ShortInstant(v.LoadedAt)),
			LinkText(Link{Label: p.T("convention-page.version.download", "number", v.Number), Href: fileHref(d.Root, v)}),
		}})
	}
	return t
}

// worst is the status that a clause is listed with, and whether it has one.
func (d ConventionData) worst(anchor string) (compliance.Status, bool) {
	for i := range d.Report.Findings { // worst first
		if f := &d.Report.Findings[i]; f.Obligation.Anchor == anchor {
			return f.Status, true
		}
	}
	return "", false
}

// shownNotes is how many obligations the margin of a clause shows before the reader asks for the others.
const shownNotes = 4

// notes are the findings of a clause as notes for its margin, worst first.
func (d ConventionData) notes(p *i18n.Printer, anchor string) []SideNote {
	var out []SideNote
	for _, f := range d.Report.ByClause(anchor) {
		n := SideNote{Status: f.Status, Title: p.Say(f.Obligation.Subject), Figures: f.Figures, More: d.obligationHref(f.Obligation),
			Evidence: d.proofs(p, f)}
		if f.Next != nil {
			n.Next = f.Next.Message
			if !f.Next.SaysBy() {
				n.By = f.Next.By
			}
		}
		out = append(out, n)
	}
	return out
}

// obligationHref is the place of an obligation on the page of obligations, on the day shown.
func (d ConventionData) obligationHref(o compliance.Obligation) string {
	var q ComplianceQuery
	if d.Day != d.Today {
		q.Day = d.Day
	}
	return q.Href(d.Root) + "#" + url.PathEscape(FindingAnchor(o.Key))
}

// shownProofs is how many pieces of evidence a note shows; its title leads to all of them.
const shownProofs = 2

// proofs are the newest pieces of evidence of a finding, with the pages that show them.
func (d ConventionData) proofs(p *i18n.Printer, f compliance.Finding) []Link {
	pages := ComplianceData{Root: d.Root}
	var out []Link
	for _, l := range f.Evidence[:min(shownProofs, len(f.Evidence))] {
		href := pages.linkHref(f.Obligation, l)
		if href == "" {
			href = d.obligationHref(f.Obligation)
		}
		out = append(out, Link{Label: p.Say(l.Label), Href: href, Icon: "document"})
	}
	return out
}

// nothing is why a clause has no note.
func (d ConventionData) nothing(anchor string) fault.Message {
	for _, c := range d.Report.Clauses {
		if c.Anchor == anchor {
			return c.Nothing
		}
	}
	return fault.Message{}
}
