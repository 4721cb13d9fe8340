package view

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"entente/internal/calendar"
	"entente/internal/compliance"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/i18n"
	"entente/internal/journal"
)

// ComplianceData is how every obligation stands on a day.
type ComplianceData struct {
	Root    string                 // of the space
	Text    *convention.Convention // of the version judged; nil where none is on record
	Report  compliance.Report
	Today   calendar.Date
	Asked   ComplianceQuery
	Wrong   fault.Message                     // what is wrong with the day asked for; says nothing where it is right
	Records map[string]compliance.Record      // evidence filed, by identifier
	Files   map[string]int                    // documents attached to it, by identifier
	Keeps   bool                              // the reader keeps the space: offers what bears on one party
	May     func(party string) bool           // may change what was filed for a party; for the whole where it is empty
	Deed    func(compliance.Obligation) *Link // what would show an obligation kept, where the reader may do it; else nil
}

// ComplianceQuery is what the page of obligations is asked to show. Its zero value shows everything, today, in the order
// of the text.
type ComplianceQuery struct {
	Day       calendar.Date // zero for today
	Status    compliance.Status
	Committee string
	Party     string
	ByStatus  bool // worst first, instead of clause by clause
}

// Href is the address of the page of a space that answers the query.
func (q ComplianceQuery) Href(root string) string {
	order := ""
	if q.ByStatus {
		order = "etat"
	}
	return address(root+"/obligations", "comite", q.Committee, "etat", string(q.Status), "le", q.Day.String(), "partie", q.Party, "vue", order)
}

// narrowed tells whether the query leaves obligations out.
func (q ComplianceQuery) narrowed() bool { return q.Status != "" || q.Committee != "" || q.Party != "" }

// keeps tells whether the query shows the finding.
func (q ComplianceQuery) keeps(f compliance.Finding) bool {
	return (q.Status == "" || f.Status == q.Status) && (q.Committee == "" || f.Obligation.Committee == q.Committee) &&
		(q.Party == "" || f.Obligation.Party == q.Party)
}

// FindingAnchor is the place of an obligation on the page of obligations, from its key.
func FindingAnchor(key string) string { return "o-" + strings.ReplaceAll(key, "/", ".") }

// FindingHref is the address of an obligation on the page of obligations.
func FindingHref(root, key string) string {
	return root + "/obligations#" + url.PathEscape(FindingAnchor(key))
}

func (d ComplianceData) actions(p *i18n.Printer) []Link {
	href := d.Root + "/obligations/releve"
	if !d.Asked.Day.IsZero() {
		href += "?le=" + d.Asked.Day.String()
	}
	return []Link{{Label: p.T("obligation.statement"), Href: href, Icon: "document"}}
}

// tabs are the two orders in which findings are read.
func (d ComplianceData) tabs(p *i18n.Printer) []Tab {
	byClause, byStatus := d.Asked, d.Asked
	byClause.ByStatus, byStatus.ByStatus = false, true
	return []Tab{
		{Label: p.T("obligation.by-clause"), Href: byClause.Href(d.Root), Current: !d.Asked.ByStatus},
		{Label: p.T("obligation.by-status"), Href: byStatus.Href(d.Root), Current: d.Asked.ByStatus},
	}
}

func (d ComplianceData) filter(p *i18n.Printer) Filter {
	f := Filter{Action: d.Root + "/obligations", Active: d.Asked.narrowed() || !d.Asked.Day.IsZero()}
	status := Field{Kind: SelectField, Name: "etat", Value: string(d.Asked.Status), Label: p.T("obligation.status"),
		Options: []Option{{Label: p.T("obligation.all-statuses")}}}
	for _, s := range compliance.Statuses() {
		status.Options = append(status.Options, Option{Value: string(s), Label: p.T("compliance.status." + string(s))})
	}
	committee := Field{Kind: SelectField, Name: "comite", Value: d.Asked.Committee, Label: p.T("obligation.committee"),
		Options: []Option{{Label: p.T("obligation.all-committees")}}}
	for _, k := range d.Text.Committees {
		committee.Options = append(committee.Options, Option{Value: k.ID, Label: k.Name})
	}
	f.Fields = []Field{{Kind: DateField, Name: "le", Value: d.Report.Day.String(), Label: p.T("obligation.day")}, status, committee}
	if d.Keeps {
		f.Fields = append(f.Fields, d.partyField(p))
	}
	if d.Asked.ByStatus {
		f.Fields = append(f.Fields, Field{Kind: HiddenField, Name: "vue", Value: "etat"})
	}
	return f
}

func (d ComplianceData) partyField(p *i18n.Printer) Field {
	f := Field{Kind: SelectField, Name: "partie", Value: d.Asked.Party, Label: p.T("obligation.party"),
		Options: []Option{{Label: p.T("obligation.all-parties")}}}
	for _, x := range d.Text.Parties {
		f.Options = append(f.Options, Option{Value: x.ID, Label: x.Short})
	}
	return f
}

// breakdown counts the findings by status, each leading to them.
func (d ComplianceData) breakdown(p *i18n.Printer) Breakdown {
	return StatusBreakdown(p, d.Root, d.Report, d.Asked.Day)
}

// StatusBreakdown counts the findings of a report by status; each figure leads to the obligations that it counts, on the
// day given, today where it is zero.
func StatusBreakdown(p *i18n.Printer, root string, r compliance.Report, day calendar.Date) Breakdown {
	b := Breakdown{Caption: p.T("obligation.counts")}
	counts := r.Counts()
	for _, s := range compliance.Statuses() {
		b.Items = append(b.Items, BreakdownItem{Tone: Tone(s), Label: p.T("compliance.status." + string(s)), Count: counts[s],
			Href: ComplianceQuery{Day: day, Status: s}.Href(root)})
	}
	return b
}

// findings are those that the query shows, worst first.
func (d ComplianceData) findings() []compliance.Finding {
	if !d.Asked.narrowed() {
		return d.Report.Findings
	}
	var out []compliance.Finding
	for _, f := range d.Report.Findings {
		if d.Asked.keeps(f) {
			out = append(out, f)
		}
	}
	return out
}

// clauseFindings is a clause with the findings that rest on it.
type clauseFindings struct {
	compliance.Clause
	Findings []compliance.Finding
}

// byClause lists the clauses that the query shows something of, in the order of the text, and in each its obligations in
// the order of the text too: who reads clause by clause compares with the text, and no partner comes first for being late.
func (d ComplianceData) byClause() []clauseFindings {
	found := map[string][]compliance.Finding{}
	for _, f := range d.findings() {
		found[f.Obligation.Anchor] = append(found[f.Obligation.Anchor], f)
	}
	var out []clauseFindings
	for _, k := range d.Report.Clauses {
		if list := found[k.Anchor]; len(list) > 0 {
			out = append(out, clauseFindings{k, compliance.InTextOrder(d.Text, list)})
		}
	}
	return out
}

// silent lists the clauses that give no obligation, where the query shows everything.
func (d ComplianceData) silent() []compliance.Clause {
	var out []compliance.Clause
	for _, k := range d.Report.Clauses {
		if !d.Asked.narrowed() && !k.Nothing.IsZero() {
			out = append(out, k)
		}
	}
	return out
}

// statusFindings are the findings of one status.
type statusFindings struct {
	Status   compliance.Status
	Findings []compliance.Finding
}

// byStatus gathers the findings by status, worst first; a status that none has is left out.
func (d ComplianceData) byStatus() []statusFindings {
	var out []statusFindings
	for _, f := range d.findings() {
		if n := len(out); n == 0 || out[n-1].Status != f.Status {
			out = append(out, statusFindings{Status: f.Status})
		}
		last := &out[len(out)-1]
		last.Findings = append(last.Findings, f)
	}
	return out
}

// shownEvidence is how many pieces of evidence stand in the open; the others unfold.
const shownEvidence = 4

func openEvidence(f compliance.Finding) []compliance.Link {
	return f.Evidence[:min(len(f.Evidence), shownEvidence)]
}

func foldedEvidence(f compliance.Finding) []compliance.Link {
	return f.Evidence[min(len(f.Evidence), shownEvidence):]
}

// linkHref is the page of a piece of evidence; empty where it is kept on paper.
func (d ComplianceData) linkHref(o compliance.Obligation, l compliance.Link) string {
	switch l.Kind {
	case compliance.LinkMeeting:
		return MeetingHref(d.Root, l.ID, "")
	case compliance.LinkMandate:
		return committeeHref(d.Root, o.Committee)
	case compliance.LinkSignature:
		return d.Root + "/signatures"
	case compliance.LinkVersion:
		return d.Root + "/convention?le=" + l.Day.String()
	case compliance.LinkDecision:
		return d.Root + "/decisions/" + url.PathEscape(l.ID)
	case compliance.LinkProposal:
		return d.Root + "/propositions/" + url.PathEscape(l.ID)
	case compliance.LinkCampaign:
		return campaignHref(d.Root, l.ID)
	case compliance.LinkEvidence:
		if a := d.Records[l.ID].Address; isWeb(a) {
			return a
		}
	}
	return ""
}

// changes tells whether the reader may change what the link leads to: evidence that was filed here.
func (d ComplianceData) changes(l compliance.Link) bool {
	r, ok := d.Records[l.ID]
	return ok && l.Kind == compliance.LinkEvidence && d.May(r.Party)
}

func (d ComplianceData) changeHref(l compliance.Link) string {
	return d.Root + "/preuves/" + url.PathEscape(l.ID) + "/modifier"
}

// settled lists the kinds of obligation whose register has nothing to add once no step is left.
var settled = []compliance.Kind{compliance.KindTerm, compliance.KindSignatures, compliance.KindSeats, compliance.KindAmendment}

// deed is what the reader may do about a finding; nil where nothing is left to do, or not by them.
func (d ComplianceData) deed(f compliance.Finding) *Link {
	if f.Next == nil && slices.Contains(settled, f.Obligation.Kind) {
		return nil
	}
	return d.Deed(f.Obligation)
}

func (d ComplianceData) cite(p *i18n.Printer, o compliance.Obligation) Citation {
	return citation(p, d.Text, d.Root, convention.Place{Ref: o.Ref, Anchor: o.Anchor})
}

// history is how an obligation stood over earlier spans, newest first.
func historyTable(p *i18n.Printer, f compliance.Finding) Table {
	t := Table{Caption: p.T("obligation.history"), Hidden: true, Columns: []Column{{Title: p.T("obligation.span")},
		{Title: p.T("obligation.status")}, {Title: p.T("obligation.figures")}}}
	for _, r := range slices.Backward(f.History) {
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{Text(p.T("obligation.dates", "from", p.Short(r.From), "to", p.Short(r.To))),
			StatusBadge(p, r.Status), Text(p.Say(r.Figures))}})
	}
	return t
}

// StatementData is the statement of the obligations on a day, made for print: for an auditor, or for the file.
type StatementData struct {
	ComplianceData
	Space   string              // name
	Slug    string              // name in addresses and for the command that verifies
	Version *convention.Version // whose rules were judged; nil where none is on record
	Since   calendar.Date       // day on which the space began to record
	Made    string              // when the statement was made, as people read it
	Head    journal.Head        // end of the journal when it was made
}

// facts say what the statement is about and what it rests on.
func (d StatementData) facts(p *i18n.Printer) []Definition {
	out := []Definition{
		{Term: p.T("obligation.statement.space"), Text: d.Space},
		{Term: p.T("obligation.day"), Text: p.Date(d.Report.Day)},
		{Term: p.T("obligation.statement.made"), Text: d.Made},
		{Term: p.T("obligation.statement.state"), Text: p.Say(d.Report.State)},
	}
	if d.Version == nil {
		return out
	}
	return append(out,
		Definition{Term: p.T("obligation.statement.version"), Text: p.T("obligation.statement.version-text", "number", d.Version.Number, "from", d.Version.Effective)},
		Definition{Term: p.T("obligation.statement.parties"), Text: p.List(shortNames(d.Text))},
		Definition{Term: p.T("obligation.statement.fingerprint"), Value: fingerprint(hash(d.Version.Source))})
}

func shortNames(c *convention.Convention) []string {
	out := make([]string, len(c.Parties))
	for i, party := range c.Parties {
		out[i] = party.Name
	}
	return out
}

// hash is the fingerprint of a text, as the journal keeps it.
func hash(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// countTable says how many obligations have each status, and what the status means.
func (d StatementData) countTable(p *i18n.Printer) Table {
	t := Table{Caption: p.T("obligation.counts"), Hidden: true, Columns: []Column{{Title: p.T("obligation.status")},
		{Title: p.T("obligation.number"), Number: true}, {Title: p.T("obligation.meaning")}}}
	counts := d.Report.Counts()
	for _, s := range compliance.Statuses() {
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{StatusBadge(p, s), Text(p.Number(counts[s])), Text(p.T("obligation.meaning." + string(s)))}})
	}
	return t
}

// clauseTable is what the statement says of one clause.
func (d StatementData) clauseTable(p *i18n.Printer, k clauseFindings) Table {
	t := Table{Caption: p.T("obligation.of-clause", "clause", k.Heading), Hidden: true, Columns: []Column{{Title: p.T("obligation.obligation")},
		{Title: p.T("obligation.status")}, {Title: p.T("obligation.figures")}, {Title: p.T("components.evidence")}}}
	for _, f := range k.Findings {
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{statedObligation(p, f), StatusBadge(p, f.Status), statedFigures(p, f), statedEvidence(p, d, f)}})
	}
	return t
}

// title is the title of the convention judged.
func (d StatementData) title() string {
	if d.Text == nil || d.Text.Identity == nil {
		return d.Space
	}
	return d.Text.Identity.Title
}

func (d ComplianceData) lede(p *i18n.Printer) string {
	if d.Keeps {
		return p.T("obligation.lede", "day", p.Date(d.Report.Day))
	}
	return p.T("obligation.lede-facts", "day", p.Date(d.Report.Day))
}

// empty says that no obligation is shown: because the query leaves them all out, or because the text gives none.
func (d ComplianceData) empty(p *i18n.Printer) Empty {
	if !d.Asked.narrowed() {
		return Empty{Title: p.T("obligation.none"), Text: p.T("obligation.none-text")}
	}
	all := ComplianceQuery{Day: d.Asked.Day, ByStatus: d.Asked.ByStatus}
	return Empty{Title: p.T("obligation.none-found"), Text: p.T("obligation.none-found-text"),
		Action: &Link{Label: p.T("obligation.see-all"), Href: all.Href(d.Root)}}
}
