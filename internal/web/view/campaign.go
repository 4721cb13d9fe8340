package view

import (
	"net/url"

	"github.com/a-h/templ"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/evaluation"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
)

// CampaignsData lists the campaigns of evaluation of a space.
type CampaignsData struct {
	Text    *convention.Convention
	Root    string
	Today   calendar.Date
	Items   []evaluation.Campaign
	Span    calendar.Period // of the convention's duty that holds today
	Missing bool            // no campaign bears on the span
	Ends    calendar.Date   // of the convention, where its final evaluation is to be offered; zero otherwise
	May     bool
}

func campaignHref(root, id string) string { return root + "/evaluations/" + url.PathEscape(id) }

func (d CampaignsData) actions(p *i18n.Printer) []Link {
	if !d.May {
		return nil
	}
	return []Link{{Label: p.T("campaign.add"), Href: d.Root + "/evaluations/ajouter", Icon: "add"},
		{Label: p.T("evaluation.template"), Href: d.Root + "/evaluations/modele"}}
}

// duties are what the convention asks to evaluate, each with its clause.
func (d CampaignsData) duties(p *i18n.Printer) []templ.Component {
	var out []templ.Component
	for i := range d.Text.Evaluations {
		out = append(out, evaluationDuty(p, d, &d.Text.Evaluations[i]))
	}
	return out
}

func (d CampaignsData) table(p *i18n.Printer) Table {
	t := Table{Caption: p.T("evaluation.list"), Hidden: true, Columns: []Column{{Title: p.T("campaign.field.title")}, {Title: p.T("evaluation.span")},
		{Title: p.T("campaign.field.closes")}, {Title: p.T("campaign.field.due")}, {Title: p.T("evaluation.state")}}}
	for _, c := range d.Items {
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{LinkText(Link{Label: c.Title, Href: campaignHref(d.Root, c.ID)}), Text(p.Period(c.Span)),
			Text(p.Day(c.Closes)), Text(p.Day(c.Due)), CampaignBadge(p, c.State)}})
	}
	return t
}

// campaignBadges give each state of a campaign its tone and its icon.
var campaignBadges = map[evaluation.State]BadgeData{
	evaluation.Draft: {Tone: ToneNeutral, Icon: "clock"}, evaluation.Open: {Tone: ToneInfo, Icon: "on-course"}, evaluation.Closed: {Tone: ToneGood, Icon: "kept"},
}

// CampaignBadge says where a campaign stands.
func CampaignBadge(p *i18n.Printer, s evaluation.State) templ.Component {
	b := campaignBadges[s]
	b.Word = p.T("evaluation.state." + string(s))
	return Badge(p, b)
}

// CampaignData is the page of one campaign.
type CampaignData struct {
	Text      *convention.Convention
	Root      string
	Today     calendar.Date
	Campaign  evaluation.Campaign
	Sheets    []evaluation.Sheet // for who keeps the space alone
	People    map[string]directory.Person
	Own       *evaluation.Sheet // of the reader; nil where they are asked nothing
	Report    *evaluation.Report
	Proposal  *governance.Proposal
	Public    string // the public link, this once
	Published bool   // there is one that works
	Refused   fault.Message
	May       bool
}

func (d CampaignData) here() string { return campaignHref(d.Root, d.Campaign.ID) }

func (d CampaignData) actions(p *i18n.Printer) []Link {
	var out []Link
	c := d.Campaign
	if d.Own != nil && c.State != evaluation.Draft {
		key := "evaluation.answer"
		if !c.Takes(d.Today) {
			key = "evaluation.own-answers"
		}
		out = append(out, Link{Label: p.T(key), Href: d.here() + "/reponse", Icon: "change"})
	}
	if c.State == evaluation.Closed || c.State == evaluation.Open && d.May {
		out = append(out, Link{Label: p.T("evaluation.synthesis"), Href: d.here() + "/synthese"})
	}
	if d.May {
		switch c.State {
		case evaluation.Draft:
			out = append(out, Link{Label: p.T("evaluation.prepare-opening"), Href: d.here() + "/ouverture", Icon: "open"},
				Link{Label: p.T("campaign.change"), Href: d.here() + "/modifier", Icon: "change"})
		case evaluation.Open:
			out = append(out, Link{Label: p.T("evaluation.prepare-closing"), Href: d.here() + "/cloture"})
		}
	}
	return append(out, d.reportLink(p)...)
}

// reportLink leads to the report, or composes it.
func (d CampaignData) reportLink(p *i18n.Printer) []Link {
	switch {
	case d.Report != nil:
		return []Link{{Label: p.T("evaluation.report"), Href: d.here() + "/rapport"}}
	case d.May && d.Campaign.State == evaluation.Closed:
		return []Link{{Label: p.T("evaluation.compose"), Href: d.Root + "/evaluations/rapports/ajouter?campagne=" + url.QueryEscape(d.Campaign.ID), Icon: "add"}}
	}
	return nil
}

func (d CampaignData) definitions(p *i18n.Printer) []Definition {
	c := d.Campaign
	out := []Definition{{Term: p.T("evaluation.state"), Value: CampaignBadge(p, c.State)}, {Term: p.T("campaign.field.kind"), Text: p.T("evaluation.kind." + string(c.Kind))},
		{Term: p.T("evaluation.span"), Text: p.Period(c.Span)}, {Term: p.T("evaluation.scope"), Text: scopeWords(p, d.Text, c)},
		{Term: p.T("evaluation.who"), Text: groupWords(p, c.Groups)}, {Term: p.T("campaign.field.opens"), Text: p.Day(c.Opens)},
		{Term: p.T("campaign.field.closes"), Text: p.Day(c.Closes)}, {Term: p.T("campaign.field.due"), Text: p.Day(c.Due)},
		{Term: p.T("campaign.field.threshold"), Text: p.Number(c.Threshold)}}
	if c.State == evaluation.Closed {
		out = append(out, Definition{Term: p.T("evaluation.ended"), Text: p.Day(c.Ended)})
	}
	return out
}

// scopeWords are what a campaign bears on: its axes and objectives, and the actions where only some were chosen.
func scopeWords(p *i18n.Printer, text *convention.Convention, c evaluation.Campaign) string {
	var out []string
	for _, id := range c.Axes {
		out = append(out, aimName(p, text, id))
	}
	if len(out) == 0 {
		out = append(out, p.T("evaluation.all-axes"))
	}
	if c.State != evaluation.Draft {
		out = append(out, p.T("evaluation.covered", "count", len(c.Covers(evaluation.OfAction))))
	} else if len(c.Actions) > 0 {
		out = append(out, p.T("evaluation.chosen-actions", "count", len(c.Actions), "actions", c.Actions))
	}
	return p.List(out)
}

func groupWords(p *i18n.Printer, groups []evaluation.Group) string {
	var out []string
	for _, g := range groups {
		out = append(out, p.T("evaluation.group."+string(g)))
	}
	return p.List(out)
}

func (d CampaignData) turnout(p *i18n.Printer) Table {
	return turnoutTable(p, evaluation.Synthesize(d.Campaign, d.Sheets).Turnout)
}

func turnoutTable(p *i18n.Printer, list []evaluation.Turnout) Table {
	t := Table{Caption: p.T("evaluation.turnout"), Hidden: true, Columns: []Column{{Title: p.T("evaluation.column.group")},
		{Title: p.T("evaluation.column.asked"), Number: true}, {Title: p.T("evaluation.column.answered"), Number: true}}}
	for _, x := range list {
		asked := p.Number(x.Asked)
		if x.Group == evaluation.Inhabitants {
			asked = p.T("evaluation.open-to-all")
		}
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{Text(p.T("evaluation.group-head." + string(x.Group))), Text(asked), Text(p.Number(x.Answered))}})
	}
	return t
}

// respondents lists who is asked, with whether they have answered.
func respondents(p *i18n.Printer, root string, sheets []evaluation.Sheet, people map[string]directory.Person, text *convention.Convention, answered bool) Table {
	t := Table{Caption: p.T("evaluation.respondents"), Hidden: true, Columns: []Column{{Title: p.T("evaluation.person")}, {Title: p.T("evaluation.column.group")},
		{Title: p.T("evaluation.about-what")}}}
	if answered {
		t.Columns = append(t.Columns, Column{Title: p.T("evaluation.answer-state")})
	}
	for _, s := range sheets {
		if s.Person == "" {
			continue
		}
		about := p.T("evaluation.whole")
		if len(s.Actions) > 0 {
			about = p.T("evaluation.actions-count", "count", len(s.Actions))
		}
		group := p.T("evaluation.group-one." + string(s.Group))
		if text != nil {
			if x := text.Party(s.Party); x != nil {
				group += " · " + x.Short
			}
		}
		cells := []templ.Component{LinkText(Link{Label: people[s.Person].Name(), Href: root + "/annuaire/personnes/" + url.PathEscape(s.Person)}), Text(group), Text(about)}
		if answered {
			b := BadgeData{Tone: ToneNeutral, Icon: "clock", Word: p.T("evaluation.no-answer")}
			if s.Answered() {
				b = BadgeData{Tone: ToneGood, Icon: "kept", Word: p.T("evaluation.has-answered")}
			}
			cells = append(cells, Badge(p, b))
		}
		t.Rows = append(t.Rows, Row{Cells: cells})
	}
	return t
}

// late is how many of those who were asked have not answered.
func (d CampaignData) late() int {
	n := 0
	for _, s := range d.Sheets {
		if s.Silent() {
			n++
		}
	}
	return n
}

// OpeningData is what opening a campaign would do.
type OpeningData struct {
	Root      string
	Campaign  evaluation.Campaign
	Covered   []evaluation.Subject
	Sheets    []evaluation.Sheet
	People    map[string]directory.Person
	Questions []evaluation.Question
	Mails     bool
	Refused   fault.Message
}

func (d OpeningData) count(l evaluation.Level) int {
	n := 0
	for _, s := range d.Covered {
		if s.Level == l {
			n++
		}
	}
	return n
}

func (d OpeningData) form(p *i18n.Printer) Form {
	here := campaignHref(d.Root, d.Campaign.ID)
	return Form{Action: here + "/ouverture", Version: d.Campaign.Version, Submit: p.T("evaluation.open"), Cancel: here}
}

// mailless is how many of those asked no mail reaches.
func (d OpeningData) mailless() int {
	n := 0
	for _, s := range d.Sheets {
		if !d.Mails || d.People[s.Person].Email == "" {
			n++
		}
	}
	return n
}

// EndingData is what closing a campaign would freeze.
type EndingData struct {
	Root      string
	Campaign  evaluation.Campaign
	Today     calendar.Date
	Synthesis evaluation.Synthesis
	Years     []int
	Refused   fault.Message
}

func (d EndingData) years(p *i18n.Printer) string {
	var out []string
	for _, y := range d.Years {
		out = append(out, itoa(y))
	}
	return p.List(out)
}

func (d EndingData) form(p *i18n.Printer) Form {
	here := campaignHref(d.Root, d.Campaign.ID)
	return Form{Action: here + "/cloture", Version: d.Campaign.Version, Submit: p.T("evaluation.close"), Cancel: here}
}

// QuestionsData is the template of questions of a space.
type QuestionsData struct {
	Root      string
	Questions []evaluation.Question
	Own       bool // they are the space's own, and can be changed
}

func (d QuestionsData) actions(p *i18n.Printer) []Link {
	if !d.Own {
		return nil
	}
	return []Link{{Label: p.T("evaluation-question.add"), Href: d.Root + "/evaluations/questions/ajouter", Icon: "add"}}
}

func questionTable(p *i18n.Printer, root string, list []evaluation.Question, own bool) Table {
	t := Table{Caption: p.T("evaluation.questions"), Hidden: true, Columns: []Column{{Title: p.T("evaluation.column.question")}, {Title: p.T("evaluation.column.criterion")},
		{Title: p.T("evaluation-question.field.about")}, {Title: p.T("evaluation-question.field.kind")}, {Title: p.T("evaluation.who")}}}
	for _, q := range list {
		words := Text(q.Text)
		if own {
			words = LinkText(Link{Label: q.Text, Href: root + "/evaluations/questions/" + url.PathEscape(q.ID) + "/modifier"})
		}
		who := p.T("evaluation.everybody")
		if len(q.Groups) > 0 {
			who = groupWords(p, q.Groups)
		}
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{words, Text(p.T("evaluation.criterion." + string(q.Criterion))), Text(p.T("evaluation.about." + string(q.About))),
			Text(p.T("evaluation.answer." + string(q.Kind))), Text(who)}})
	}
	return t
}

func (d CampaignsData) finalLink(p *i18n.Printer) *Link {
	if !d.May {
		return nil
	}
	return &Link{Label: p.T("evaluation.final-add"), Href: d.Root + "/evaluations/ajouter?nature=" + string(evaluation.Final)}
}
