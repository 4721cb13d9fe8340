package paper

import (
	"strings"

	"entente/internal/calendar"
	"entente/internal/compliance"
	"entente/internal/convention"
	"entente/internal/document"
)

// ConventionData is the text of the convention that applied on a day.
type ConventionData struct {
	Version *convention.Version
	Day     calendar.Date
	Name    string             // of the version, as people call it
	Applies calendar.Period    // of the version
	Live    *compliance.Report // what is on record of each clause; nil for the text alone
}

// Convention is the consolidated text of a day, clause by clause; with its live state, under each clause what is on record of
// it on that day.
func Convention(f Frame, d ConventionData) *document.Document {
	p, c := f.P, d.Version.Text
	subtitle := p.T("paper.convention.text", "day", d.Day)
	if d.Live != nil {
		subtitle = p.T("paper.convention.live", "day", d.Day)
	}
	out := f.begin(title(c), subtitle, p.T("paper.convention.version", "version", d.Name, "when", p.Period(d.Applies)),
		p.T("paper.foot-space", "what", p.T("nav.convention"), "space", p.Day(d.Day)))
	out.Contents = true
	b := body{Frame: f}
	under := 0
	if titled(c) {
		under = 1
	}
	for i, k := range c.Clauses {
		level := max(k.Level-under, 1)
		if i > 0 || under == 0 {
			b.heading(level, k.Heading)
		}
		b.clause(k, level)
		if d.Live != nil {
			b.state(d.Live.Findings, k.Anchor)
		}
	}
	out.Body = b.blocks
	return out
}

// titled tells whether the first clause is the title of the whole.
func titled(c *convention.Convention) bool {
	return len(c.Clauses) > 0 && c.Clauses[0].Level == 1 && c.Clauses[0].Heading == title(c)
}

func (b *body) clause(k convention.Clause, level int) {
	var text []string
	for _, part := range k.Parts {
		if part.Facts == nil {
			text = append(text, part.Text)
		}
	}
	b.add(prose(strings.Join(text, "\n\n"), level+1)...)
}

// state is what is on record of a clause: what it asks for, and the facts.
func (b *body) state(findings []compliance.Finding, anchor string) {
	for _, f := range findings {
		if f.Obligation.Anchor == anchor {
			b.add(document.Paragraph{Style: document.Note, Text: document.Text{{Text: b.P.T("paper.term", "term", b.P.Say(f.Obligation.Subject)), Bold: true}, {Text: " " + b.P.Say(f.Figures)}}})
		}
	}
}
