package paper

import (
	"crypto/sha256"
	"encoding/hex"

	"entente/internal/calendar"
	"entente/internal/compliance"
	"entente/internal/convention"
	"entente/internal/document"
	"entente/internal/journal"
)

// ComplianceData is how the clauses of a convention stand on a day, with what lets somebody verify it.
type ComplianceData struct {
	Report  compliance.Report
	Version *convention.Version // whose rules were judged; nil where none is on record
	Records map[string]compliance.Record
	Space   string
	Slug    string        // for the command that verifies
	Since   calendar.Date // day on which the space began to record
	Head    journal.Head  // end of its journal
}

// Compliance is the statement of the obligations on a day.
func Compliance(f Frame, d ComplianceData) *document.Document {
	p := f.P
	subtitle, version := d.Space, ""
	if d.Version != nil {
		subtitle = title(d.Version.Text)
		version = p.T("obligation.statement.version-text", "number", d.Version.Number, "from", d.Version.Effective)
	}
	out := f.begin(p.T("paper.compliance.title", "day", d.Report.Day), subtitle, version, p.T("paper.foot-space", "what", p.T("obligation.statement"), "space", p.Day(d.Report.Day)))
	b := body{Frame: f}
	b.add(document.P(p.Say(d.Report.State)))
	if d.Version != nil {
		b.clauses(d)
	}
	b.heading(1, p.T("obligation.statement.how"))
	b.say("obligation.statement.how-text")
	b.say("obligation.statement.since", "since", d.Since)
	b.heading(1, p.T("obligation.statement.check"))
	b.say("obligation.statement.check-text")
	print := ""
	if d.Version != nil {
		sum := sha256.Sum256(d.Version.Source)
		print = hex.EncodeToString(sum[:])
	}
	b.terms(p.T("obligation.statement.fingerprint"), print, p.T("obligation.statement.last-entry"), p.Number(int(d.Head.Seq)), p.T("obligation.statement.last-hash"), d.Head.Hash,
		p.T("obligation.statement.command"), "entente journal verify "+d.Slug)
	out.Body = b.blocks
	return out
}

func (b *body) clauses(d ComplianceData) {
	p := b.P
	b.heading(1, p.T("obligation.statement.counts"))
	t := document.Table{RowHeaders: true, Columns: columns(p, "obligation.status", 3, "obligation.number", -2, "obligation.meaning", 8)}
	counts := d.Report.Counts()
	var bars []bar
	for _, s := range compliance.Statuses() {
		bars = append(bars, bar{p.T("compliance.status." + string(s)), counts[s]})
		t.Rows = append(t.Rows, cells(p.T("compliance.status."+string(s)), p.Number(counts[s]), p.T("obligation.meaning."+string(s))))
	}
	b.chart(p.T("obligation.statement.counts"), bars)
	b.add(t)
	b.heading(1, p.T("obligation.statement.clauses"))
	var silent []string
	for _, k := range d.Report.Clauses {
		found := compliance.InTextOrder(d.Version.Text, d.Report.ByClause(k.Anchor))
		if len(found) == 0 {
			silent = append(silent, k.Heading)
			continue
		}
		b.heading(2, k.Heading)
		b.findings(d, found)
	}
	if len(silent) > 0 {
		b.heading(2, p.T("obligation.silent"))
		b.bullets(silent)
	}
}

func (b *body) findings(d ComplianceData, found []compliance.Finding) {
	p := b.P
	t := document.Table{RowHeaders: true,
		Columns: columns(p, "obligation.obligation", 5, "obligation.status", 2, "obligation.figures", 5, "components.evidence", 4)}
	for _, f := range found {
		t.Rows = append(t.Rows, []document.Text{document.T(p.Say(f.Obligation.Subject)), document.T(p.T("compliance.status." + string(f.Status))), b.figures(f), b.evidence(d, f)})
	}
	b.add(t)
}

func (b *body) figures(f compliance.Finding) document.Text {
	out := document.T(b.P.Say(f.Figures))
	more := func(s string) {
		out[len(out)-1].Break = true
		out = append(out, document.Span{Text: s})
	}
	if f.Next != nil {
		more(b.P.T("obligation.next", "step", f.Next.Message))
	}
	for _, r := range f.History {
		more(b.P.T("obligation.earlier", "from", b.P.Short(r.From), "to", b.P.Short(r.To), "status", b.P.T("compliance.status."+string(r.Status)), "figures", r.Figures))
	}
	return out
}

func (b *body) evidence(d ComplianceData, f compliance.Finding) document.Text {
	if len(f.Evidence) == 0 {
		return document.T(b.P.T("obligation.no-evidence"))
	}
	var out document.Text
	for _, l := range f.Evidence {
		if len(out) > 0 {
			out[len(out)-1].Break = true
		}
		out = append(out, document.Span{Text: b.P.Say(l.Label)})
		if a := d.Records[l.ID].Address; a != "" && l.Kind == compliance.LinkEvidence {
			out = append(out, document.Span{Text: " (" + a + ")"})
		}
	}
	return out
}
