package paper

import (
	"fmt"
	"strings"

	"entente/internal/convention"
	"entente/internal/document"
	"entente/internal/evaluation"
	"entente/internal/i18n"
)

// EvaluationData is what a report is composed from: a closed campaign, the one before, and what was said.
type EvaluationData struct {
	Campaign evaluation.Campaign
	Before   *evaluation.Campaign // nil where there is none to compare with
	Quotes   []evaluation.Quote   // those that are chosen are quoted
}

// ComposeEvaluation writes the sections of a report out of a synthesis. They are a beginning: the coordinator goes on from there.
func ComposeEvaluation(p *i18n.Printer, d EvaluationData) []evaluation.ReportSection {
	c := d.Campaign
	if c.Figures == nil {
		return nil
	}
	w := reportWriter{p: p, c: c}
	texts := map[string]string{
		evaluation.SectionContext: p.T("evaluation.composed.context", "title", c.Title, "span", c.Span, "opened", c.Opened, "ended", c.Ended,
			"axes", len(c.Covers(evaluation.OfAxis)), "actions", len(c.Covers(evaluation.OfAction))),
		evaluation.SectionAnswers:      w.turnout(),
		evaluation.SectionCriteria:     w.criteria(),
		evaluation.SectionAxes:         w.aims(),
		evaluation.SectionDifferences:  w.differences(d.Before),
		evaluation.SectionVoices:       w.voices(d.Quotes),
		evaluation.SectionPerspectives: p.T("evaluation.composed.perspectives"),
	}
	var out []evaluation.ReportSection
	for _, key := range evaluation.Sections() {
		out = append(out, evaluation.ReportSection{Key: key, Text: texts[key]})
	}
	return out
}

// reportWriter writes parts of a report as Markdown.
type reportWriter struct {
	p *i18n.Printer
	c evaluation.Campaign
}

// grid is a table in Markdown; heads are keys, cells are words.
func (w reportWriter) grid(heads []string, rows [][]string) string {
	var b strings.Builder
	line := func(cells []string) {
		for _, x := range cells {
			b.WriteString("| " + strings.NewReplacer("|", "\\|", "\n", " ").Replace(x) + " ")
		}
		b.WriteString("|\n")
	}
	titles, rules := make([]string, len(heads)), make([]string, len(heads))
	for i, h := range heads {
		titles[i], rules[i] = w.p.T(h), "---"
	}
	line(titles)
	line(rules)
	for _, r := range rows {
		line(r)
	}
	return strings.TrimRight(b.String(), "\n")
}

func (w reportWriter) turnout() string {
	var rows [][]string
	for _, t := range w.c.Figures.Turnout {
		asked := w.p.Number(t.Asked)
		if t.Group == evaluation.Inhabitants {
			asked = w.p.T("evaluation.open-to-all")
		}
		rows = append(rows, []string{w.p.T("evaluation.group-head." + string(t.Group)), asked, w.p.Number(t.Answered)})
	}
	return w.grid([]string{"evaluation.column.group", "evaluation.column.asked", "evaluation.column.answered"}, rows) + "\n\n" +
		w.p.T("evaluation.composed.threshold", "count", w.c.Threshold)
}

// figures are how many answers say something and their mean, or that they are too few.
func (w reportWriter) figures(l evaluation.Line) []string {
	return []string{w.p.Number(l.Opinions()), MeanWords(w.p, l, w.c.Threshold)}
}

// MeanWords is the mean of a line in words: "3,25", or that answers are too few.
func MeanWords(p *i18n.Printer, l evaluation.Line, threshold int) string {
	mean, ok := l.Mean(threshold)
	if !ok {
		return p.T("evaluation.too-few")
	}
	return Hundredths(p, mean)
}

// Hundredths writes a number of hundredths: "3,25".
func Hundredths(p *i18n.Printer, n int) string {
	sign := ""
	if n < 0 {
		sign, n = "\u2212", -n
	}
	return sign + p.T("evaluation.mean", "whole", fmt.Sprint(n/100), "rest", fmt.Sprintf("%02d", n%100))
}

func (w reportWriter) criteria() string {
	by := w.c.Figures.ByCriterion(w.c.Questions)
	var rows [][]string
	for _, x := range evaluation.Criteria() {
		if l, asked := by[x]; asked {
			rows = append(rows, append([]string{w.p.T("evaluation.criterion." + string(x))}, w.figures(l)...))
		}
	}
	return w.grid([]string{"evaluation.column.criterion", "evaluation.column.opinions", "evaluation.column.mean"}, rows)
}

func (w reportWriter) aims() string {
	var rows [][]string
	for _, s := range w.c.Covered {
		if s.Level == evaluation.OfAxis || s.Level == evaluation.OfObjective {
			l := w.c.Figures.OfSubject(w.c.Questions, s.Level, s.ID)
			name := s.Name
			if s.Level == evaluation.OfAxis {
				name = "**" + name + "**"
			}
			rows = append(rows, append([]string{name}, w.figures(l)...))
		}
	}
	return w.grid([]string{"evaluation.column.aim", "evaluation.column.opinions", "evaluation.column.mean"}, rows)
}

func (w reportWriter) differences(before *evaluation.Campaign) string {
	if before == nil {
		return w.p.T("evaluation.composed.first")
	}
	list := evaluation.Compare(w.c, *before)
	if len(list) == 0 {
		return w.p.T("evaluation.composed.no-difference", "title", before.Title)
	}
	var rows [][]string
	for _, x := range list {
		q, _ := w.c.Question(x.Question)
		rows = append(rows, []string{q.Text, SubjectName(w.p, w.c, x.Subject), Hundredths(w.p, x.Before), Hundredths(w.p, x.Now)})
	}
	return w.p.T("evaluation.composed.compared", "title", before.Title) + "\n\n" +
		w.grid([]string{"evaluation.column.question", "evaluation.column.aim", "evaluation.column.before", "evaluation.column.now"}, rows)
}

// SubjectName is the name of what answers are about; of the whole, a word that says so.
func SubjectName(p *i18n.Printer, c evaluation.Campaign, id string) string {
	if s := c.Subject(id); s.ID != "" {
		return s.Name
	}
	return p.T("evaluation.whole")
}

func (w reportWriter) voices(list []evaluation.Quote) string {
	var b strings.Builder
	for _, q := range list {
		if q.Chosen {
			b.WriteString("> " + strings.ReplaceAll(q.Text, "\n", "\n> ") + "\n>\n> — " + w.p.T("evaluation.voice."+string(q.Group)) + "\n\n")
		}
	}
	if b.Len() == 0 {
		return w.p.T("evaluation.composed.no-voice")
	}
	return strings.TrimSpace(b.String())
}

// EvaluationMarkdown is a whole report as one text, for the proposal that carries it.
func EvaluationMarkdown(p *i18n.Printer, r evaluation.Report) string {
	var parts []string
	for _, s := range r.Sections {
		if strings.TrimSpace(s.Text) != "" {
			parts = append(parts, "## "+p.T("evaluation-report.field."+s.Key)+"\n\n"+s.Text)
		}
	}
	return strings.Join(parts, "\n\n")
}

// EvaluationReport is a report for its paper.
type EvaluationReport struct {
	Campaign evaluation.Campaign
	Report   evaluation.Report
	Text     *convention.Convention
	Adopted  bool
}

// Evaluation is the report of an evaluation as it is read and sent.
func Evaluation(f Frame, d EvaluationReport) *document.Document {
	p := f.P
	state := p.T("evaluation.paper.draft")
	if d.Adopted {
		state = p.T("evaluation.paper.adopted")
	}
	out := f.begin(d.Campaign.Title, title(d.Text), p.T("evaluation.paper.version", "number", d.Report.Version, "state", state),
		p.T("paper.foot-space", "what", p.T("evaluation.report"), "space", d.Campaign.Title))
	out.Contents = true
	if !d.Adopted {
		out.Watermark = p.T("evaluation.paper.watermark")
	}
	b := body{Frame: f}
	for _, s := range d.Report.Sections {
		if strings.TrimSpace(s.Text) != "" {
			b.heading(1, p.T("evaluation-report.field."+s.Key))
			b.add(prose(s.Text, 2)...)
		}
	}
	out.Body = b.blocks
	return out
}
