package view

import (
	"strconv"

	"github.com/a-h/templ"

	"entente/internal/calendar"
	"entente/internal/evaluation"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
	"entente/internal/paper"
)

// SheetAnswerData is where somebody answers an evaluation.
type SheetAnswerData struct {
	Campaign evaluation.Campaign
	Sheet    evaluation.Sheet
	Today    calendar.Date
	Action   string
	Space    string // name of the space, on the page of a link; empty within the space
	Public   bool
	Sent     bool
	Answers  map[string]string // as kept, or as typed
	Theirs   map[string]string // kept meanwhile by somebody else; nil where nothing was
	Faults   fault.Fields
	Message  fault.Message
}

// answerPart is a run of questions about one subject.
type answerPart struct {
	title  string
	fields []Field
}

// parts are what is asked, by subject.
func (d SheetAnswerData) parts(p *i18n.Printer) []answerPart {
	var out []answerPart
	last := ""
	for i, x := range d.Campaign.Items(d.Sheet) {
		if i == 0 || x.Subject.ID != last {
			last = x.Subject.ID
			title := p.T("evaluation.part.whole")
			if last != "" {
				title = p.T("evaluation.part."+string(x.Subject.Level), "name", x.Subject.Name)
			}
			out = append(out, answerPart{title: title})
		}
		part := &out[len(out)-1]
		part.fields = append(part.fields, replyField(p, x, d.Answers[x.Key()]))
	}
	return out
}

func replyField(p *i18n.Printer, x evaluation.Item, value string) Field {
	f := Field{Kind: RadioField, Name: x.Key(), Label: x.Question.Text, Value: value}
	switch x.Question.Kind {
	case evaluation.Text:
		f.Kind, f.Rows = TextAreaField, 3
		f.Hint = p.T("evaluation.text-hint")
	case evaluation.Scale:
		for step := 1; step <= evaluation.MaxScale; step++ {
			f.Options = append(f.Options, Option{Value: itoa(step), Label: p.T("evaluation.scale." + itoa(step))})
		}
		f.Options = append(f.Options, Option{Value: evaluation.NoOpinion, Label: p.T("evaluation.scale.0")})
	default:
		for i, o := range x.Question.Options {
			f.Options = append(f.Options, Option{Value: itoa(i + 1), Label: o})
		}
	}
	return f
}

// form carries the faults and the labels of all parts, for the list at the top.
func (d SheetAnswerData) form(p *i18n.Printer) Form {
	f := Form{Faults: d.Faults, Message: d.Message}
	for _, x := range d.parts(p) {
		f.Fields = append(f.Fields, x.fields...)
	}
	return f
}

// open tells whether answers are taken.
func (d SheetAnswerData) open() bool { return d.Campaign.Takes(d.Today) }

// both are the answers that differ, typed beside kept.
func (d SheetAnswerData) both(p *i18n.Printer) *BothTexts {
	if d.Theirs == nil {
		return nil
	}
	b := &BothTexts{}
	for _, i := range d.Campaign.Items(d.Sheet) {
		mine, theirs := d.Answers[i.Key()], d.Theirs[i.Key()]
		if mine != theirs {
			b.Fields = append(b.Fields, TwoTexts{Label: i.Question.Text, Mine: replyField(p, i, mine).Shown(p), Theirs: replyField(p, i, theirs).Shown(p)})
		}
	}
	return b
}

// given are the answers as they were kept, once no more are taken.
func (d SheetAnswerData) given(p *i18n.Printer, part answerPart) []Definition {
	var out []Definition
	for _, f := range part.fields {
		out = append(out, Definition{Term: f.Label, Text: f.Shown(p)})
	}
	return out
}

// SynthesisData is what the answers to a campaign come to.
type SynthesisData struct {
	Root     string
	Campaign evaluation.Campaign // with its figures
	Before   *evaluation.Campaign
	Quotes   []evaluation.Quote
	May      bool
	Refused  fault.Message
}

func (d SynthesisData) here() string { return campaignHref(d.Root, d.Campaign.ID) }

// chartRow is one line of a chart: a name, and how answers spread over the scale.
type chartRow struct {
	name   string
	line   evaluation.Line
	strong bool
}

// chartWidth is the width of a bar, in its own units.
const chartWidth = 600

// chartPart is one stretch of a bar.
type chartPart struct {
	class    string
	x, width string
}

// parts are the stretches of a bar, from 1 to 4: opinions alone, each in its share.
func (r chartRow) parts(threshold int) []chartPart {
	n := r.line.Opinions()
	if _, ok := r.line.Mean(threshold); !ok {
		return nil
	}
	var out []chartPart
	sum := 0
	for step := 1; step <= evaluation.MaxScale; step++ {
		from := sum * chartWidth / n
		sum += r.line.Counts[step]
		if to := sum * chartWidth / n; to > from {
			out = append(out, chartPart{class: "scale-" + itoa(step), x: strconv.Itoa(from), width: strconv.Itoa(to - from)})
		}
	}
	return out
}

func (d SynthesisData) criteria(p *i18n.Printer) []chartRow {
	by := d.Campaign.Figures.ByCriterion(d.Campaign.Questions)
	var out []chartRow
	for _, x := range evaluation.Criteria() {
		if l, asked := by[x]; asked {
			out = append(out, chartRow{name: p.T("evaluation.criterion." + string(x)), line: l})
		}
	}
	return out
}

// subjects are the rows of axes and objectives, or of actions.
func (d SynthesisData) subjects(actions bool) []chartRow {
	at := map[string]evaluation.Line{}
	scale := map[string]bool{}
	for _, q := range d.Campaign.Questions {
		scale[q.ID] = q.Kind == evaluation.Scale
	}
	for _, l := range d.Campaign.Figures.Lines {
		if scale[l.Question] {
			at[l.Subject] = l.Plus(at[l.Subject])
		}
	}
	var out []chartRow
	for _, s := range d.Campaign.Covered {
		if (s.Level == evaluation.OfAction) == actions {
			out = append(out, chartRow{name: s.Name, line: at[s.ID], strong: s.Level == evaluation.OfAxis})
		}
	}
	return out
}

// questionRows are the answers to one question about the whole, axes and objectives.
func (d SynthesisData) questionRows(p *i18n.Printer, q evaluation.Question) []chartRow {
	var out []chartRow
	for _, l := range d.Campaign.Figures.Lines {
		if l.Question == q.ID && l.Level != evaluation.OfAction {
			out = append(out, chartRow{name: paper.SubjectName(p, d.Campaign, l.Subject), line: l, strong: l.Level == evaluation.OfAxis})
		}
	}
	return out
}

// of lists the questions that take a sort of answer.
func (d SynthesisData) of(kind evaluation.AnswerKind) []evaluation.Question {
	var out []evaluation.Question
	for _, q := range d.Campaign.Questions {
		if q.Kind == kind {
			out = append(out, q)
		}
	}
	return out
}

// scaleTable has the same figures as the chart above it.
func scaleTable(p *i18n.Printer, caption, first string, rows []chartRow, threshold int) Table {
	t := Table{Caption: caption, Hidden: true, Columns: []Column{{Title: first}, {Title: p.T("evaluation.column.opinions"), Number: true}}}
	for step := 1; step <= evaluation.MaxScale; step++ {
		t.Columns = append(t.Columns, Column{Title: p.T("evaluation.scale." + itoa(step)), Number: true})
	}
	t.Columns = append(t.Columns, Column{Title: p.T("evaluation.scale.0"), Number: true}, Column{Title: p.T("evaluation.column.mean"), Number: true})
	for _, r := range rows {
		cells := []templ.Component{chartName(r), Text(p.Number(r.line.Opinions()))}
		shown := r.line.Shown(threshold)
		for step := 1; step <= evaluation.MaxScale+1; step++ {
			n := "–"
			if shown && len(r.line.Counts) > evaluation.MaxScale {
				n = p.Number(r.line.Counts[step%(evaluation.MaxScale+1)])
			}
			cells = append(cells, Text(n))
		}
		t.Rows = append(t.Rows, Row{Cells: append(cells, Text(paper.MeanWords(p, r.line, threshold)))})
	}
	return t
}

func (d SynthesisData) choiceTable(p *i18n.Printer, q evaluation.Question) Table {
	t := Table{Caption: q.Text, Hidden: true, Columns: []Column{{Title: p.T("evaluation.column.aim")}}}
	for _, o := range q.Options {
		t.Columns = append(t.Columns, Column{Title: o, Number: true})
	}
	for _, r := range d.questionRows(p, q) {
		cells := []templ.Component{chartName(r)}
		for _, n := range r.line.Counts {
			said := p.T("evaluation.too-few")
			if r.line.Shown(d.Campaign.Threshold) {
				said = p.Number(n)
			}
			cells = append(cells, Text(said))
		}
		t.Rows = append(t.Rows, Row{Cells: cells})
	}
	return t
}

func (d SynthesisData) differences(p *i18n.Printer) Table {
	t := Table{Caption: p.T("evaluation.differences"), Hidden: true, Columns: []Column{{Title: p.T("evaluation.column.question")}, {Title: p.T("evaluation.column.aim")},
		{Title: p.T("evaluation.column.before"), Number: true}, {Title: p.T("evaluation.column.now"), Number: true}, {Title: p.T("evaluation.column.difference"), Number: true}}}
	for _, x := range evaluation.Compare(d.Campaign, *d.Before) {
		q, _ := d.Campaign.Question(x.Question)
		moved := paper.Hundredths(p, x.Now-x.Before)
		if x.Now > x.Before {
			moved = "+" + moved
		}
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{Text(q.Text), Text(paper.SubjectName(p, d.Campaign, x.Subject)), Text(paper.Hundredths(p, x.Before)),
			Text(paper.Hundredths(p, x.Now)), Text(moved)}})
	}
	return t
}

// quoteGroup is the texts that answer one question.
type quoteGroup struct {
	question string
	quotes   []evaluation.Quote
}

// quotes are the texts by question: all for who chooses, those chosen for everybody else.
func (d SynthesisData) quotes() []quoteGroup {
	var out []quoteGroup
	last := ""
	for _, q := range d.Quotes {
		if !d.May && !q.Chosen {
			continue
		}
		if q.Question != last {
			last = q.Question
			x, _ := d.Campaign.Question(last)
			out = append(out, quoteGroup{question: x.Text})
		}
		g := &out[len(out)-1]
		g.quotes = append(g.quotes, q)
	}
	return out
}

func voiceValue(q evaluation.Quote) string {
	return q.Sheet + "|" + evaluation.Key(q.Voice.Question, q.Subject)
}

// quoteFrom says from which group a text comes, and about what.
func (d SynthesisData) quoteFrom(p *i18n.Printer, q evaluation.Quote) string {
	from := p.T("evaluation.voice." + string(q.Group))
	if q.Subject == "" {
		return from
	}
	return p.T("evaluation.voice.about", "who", from, "subject", paper.SubjectName(p, d.Campaign, q.Subject))
}

// ReportData is the report of a campaign as it reads.
type ReportData struct {
	Root     string
	Campaign evaluation.Campaign
	Report   *evaluation.Report // nil where there is none yet
	Proposal *governance.Proposal
	Forward  *Form // puts it to the committees; nil where it may not be
	May      bool
}

func (d ReportData) actions(p *i18n.Printer) []Link {
	if d.Report == nil || !d.May || d.Forward == nil {
		return nil
	}
	return []Link{{Label: p.T("evaluation-report.change"), Href: d.Root + "/evaluations/rapports/" + d.Report.ID + "/modifier", Icon: "change"}}
}

// notice says where the report stands in its circuit.
func (d ReportData) notice(p *i18n.Printer) Notice {
	if d.Proposal == nil {
		return Notice{Tone: ToneInfo, Text: p.T("evaluation.report.draft")}
	}
	n := Notice{Tone: ToneInfo, Text: p.T("evaluation.report.carried", "number", d.Proposal.Reference(), "state", d.Proposal.State.Say()),
		Link: &Link{Label: p.T("evaluation.report.see-proposal"), Href: ProposalHref(d.Root, *d.Proposal)}}
	if d.Proposal.State == governance.ProposalAdopted {
		n.Tone = ToneGood
		n.Text = p.T("evaluation.report.adopted", "day", d.Proposal.Settled)
	}
	return n
}

func (d ReportData) composeHref() string {
	return d.Root + "/evaluations/rapports/ajouter?campagne=" + d.Campaign.ID
}

func (d ReportData) compose(p *i18n.Printer) *Link {
	if d.Campaign.State != evaluation.Closed {
		return nil
	}
	return &Link{Label: p.T("evaluation.compose"), Href: d.composeHref()}
}
