package view

import (
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"entente/internal/authority"
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
)

// ProposalStates are the states in the order of the screen.
var ProposalStates = []governance.ProposalState{governance.ProposalDraft, governance.ProposalWaiting, governance.ProposalReturned, governance.ProposalAdopted,
	governance.ProposalRejected, governance.ProposalWithdrawn}

// AnyState is what the filter of proposals sends for all of them; with nothing sent, those that are not settled are shown.
const AnyState = "toutes"

// ProposalsData is a page of the list of proposals.
type ProposalsData struct {
	Text      *convention.Convention
	Root      string // of the space
	Today     calendar.Date
	Subject   governance.Subject // the only one shown; empty for all, as the others below
	State     string             // a state, AnyState, or empty for those that are not settled
	Committee string
	Search    string
	Items     []governance.Proposal
	Customs   map[string]governance.Custom // those that the space has set, by committee
	Paging    Paging
	May       bool // the reader may propose
}

// ProposalData is the page of one proposal.
type ProposalData struct {
	Text        *convention.Convention
	Root        string // of the space
	Today       calendar.Date
	Proposal    governance.Proposal
	Course      governance.Course
	Stage       *governance.Stage // of the committee whose turn it is; nil where it is nobody's
	Answer      *authority.Answer // whether the reader may exercise its power, and who may
	Custom      governance.Custom // of that committee
	Gone        bool              // the convention gives that committee no part in it any more
	Unsettled   fault.Message     // why it cannot be submitted; says nothing where it can
	AuthorName  string
	PartnerName string
	Author      bool // the reader speaks for its author
	Decisions   []governance.Decision
	Meetings    map[string]governance.Meeting
	Planned     []governance.Meeting // of the committee whose turn it is, on whose agenda it stands
	Files       []governance.Attachment
	MayAttach   bool
	Forms       []Form // what the reader may do
}

// ProposalHref is the permanent address of a proposal.
func ProposalHref(root string, p governance.Proposal) string {
	return root + "/propositions/" + url.PathEscape(p.Reference())
}

// ProposalNumber is how a proposal is cited: "P-2026-3".
func ProposalNumber(p *i18n.Printer, x governance.Proposal) string {
	return p.T("proposal.number", "number", x.Reference())
}

func (d ProposalsData) actions(p *i18n.Printer) []Link {
	if !d.May {
		return nil
	}
	return []Link{{Label: p.T("proposal.add"), Href: d.Root + "/propositions/ajouter", Icon: "add"}}
}

func (d ProposalsData) filtered() bool {
	return d.Subject != "" || d.State != "" || d.Committee != "" || d.Search != ""
}

func (d ProposalsData) filter(p *i18n.Printer) Filter {
	subject := Field{Kind: SelectField, Name: "objet", Value: string(d.Subject), Label: p.T("proposal.field.subject"), Options: []Option{{Label: p.T("proposal.any-subject")}}}
	for _, s := range governance.Subjects() {
		subject.Options = append(subject.Options, Option{Value: string(s), Label: p.Say(s.Say())})
	}
	state := Field{Kind: SelectField, Name: "etat", Value: d.State, Label: p.T("proposal.state"), Options: []Option{{Label: p.T("proposal.open")}}}
	for _, s := range ProposalStates {
		state.Options = append(state.Options, Option{Value: string(s), Label: p.T("proposal.badge." + string(s))})
	}
	state.Options = append(state.Options, Option{Value: AnyState, Label: p.T("proposal.any-state")})
	turn := Field{Kind: SelectField, Name: "comite", Value: d.Committee, Label: p.T("proposal.turn-of"), Options: []Option{{Label: p.T("meeting.all-committees")}}}
	for _, k := range d.Text.Committees {
		turn.Options = append(turn.Options, Option{Value: k.ID, Label: k.Name})
	}
	return Filter{Action: d.Root + "/propositions", Active: d.filtered(),
		Fields: []Field{{Kind: SearchField, Name: "q", Value: d.Search, Label: p.T("proposal.search")}, subject, state, turn}}
}

func (d ProposalsData) table(p *i18n.Printer) Table {
	t := Table{Caption: p.T("proposal.list"), Hidden: true, Columns: []Column{{Title: p.T("proposal.one")}, {Title: p.T("proposal.field.subject")},
		{Title: p.T("proposal.state")}, {Title: p.T("proposal.turn-of")}, {Title: p.T("proposal.since")}}}
	for _, x := range d.Items {
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{
			LinkText(Link{Label: p.T("proposal.cited", "number", ProposalNumber(p, x), "title", x.Title), Href: ProposalHref(d.Root, x)}),
			Text(p.Say(x.Subject.Say())), Badge(p, proposalBadge(p, x.State)), d.turnCell(p, x), waitCell(p, x, d.custom(x.Turn), d.Today)}})
	}
	return t
}

func (d ProposalsData) custom(committee string) governance.Custom {
	if c, set := d.Customs[committee]; set {
		return c
	}
	return governance.Usual(committee)
}

func (d ProposalsData) turnCell(p *i18n.Printer, x governance.Proposal) templ.Component {
	switch {
	case x.Turn != "":
		return committeeCell(d.Text, d.Root, x.Turn)
	case x.WithAuthor():
		return Text(p.T("proposal.author"))
	}
	return Text(p.T("common.none"))
}

// late says in words that a proposal has waited longer than its committee is used to answer in; empty where it has not.
func late(p *i18n.Printer, x governance.Proposal, c governance.Custom, today calendar.Date) string {
	if !x.Late(c, today) {
		return ""
	}
	return p.T("proposal.late", "count", today.DaysSince(x.Since), "custom", c.AnswerDays)
}

// proposalBadge is a state as a badge.
func proposalBadge(p *i18n.Printer, s governance.ProposalState) BadgeData {
	b := BadgeData{Tone: ToneNeutral, Icon: "not-applicable", Word: p.T("proposal.badge." + string(s))}
	switch s {
	case governance.ProposalWaiting:
		b.Tone, b.Icon = ToneInfo, "on-course"
	case governance.ProposalReturned:
		b.Tone, b.Icon = ToneWarning, "at-risk"
	case governance.ProposalAdopted:
		b.Tone, b.Icon = ToneGood, "kept"
	case governance.ProposalRejected:
		b.Tone, b.Icon = ToneBad, "broken"
	case governance.ProposalDraft:
		b.Tone, b.Icon = ToneUnknown, "change"
	}
	return b
}

func (d ProposalData) kicker(p *i18n.Printer) string {
	return p.T("proposal.kicker", "number", ProposalNumber(p, d.Proposal), "subject", d.Proposal.Subject.Say())
}

func (d ProposalData) actions(p *i18n.Printer) []Link {
	if !d.Author || !d.Proposal.WithAuthor() {
		return nil
	}
	return []Link{{Label: p.T("proposal.change"), Href: ProposalHref(d.Root, d.Proposal) + "/modifier", Icon: "change"}}
}

// committee names a committee as the last version that knows it does.
func (d ProposalData) committee(id string) string {
	if k := d.Text.Committee(id); k != nil {
		return k.Name
	}
	for i := len(d.Course.History) - 1; i >= 0; i-- {
		if k := d.Course.History[i].Text.Committee(id); k != nil {
			return k.Name
		}
	}
	return id
}

// line says in one sentence whose turn it is, since when.
func (d ProposalData) line(p *i18n.Printer) string {
	x := d.Proposal
	last := d.Course.Last()
	switch {
	case x.State == governance.ProposalWaiting:
		return p.T("proposal.line.waiting", "of", of(p, d.committee(x.Turn)), "day", x.Since)
	case last == nil || x.State == governance.ProposalDraft:
		return p.T("proposal.line.draft")
	case x.State == governance.ProposalReturned:
		return p.T("proposal.line.returned", "day", x.Since, "by", by(p, d.committee(last.Committee)))
	case x.State == governance.ProposalWithdrawn:
		return p.T("proposal.line.withdrawn", "day", x.Settled)
	}
	return p.T("proposal.line."+string(last.Event), "day", x.Settled, "by", by(p, d.committee(last.Committee)))
}

// cite is the clause under which the committee acts or has acted; nil where none is.
func (d ProposalData) cite(p *i18n.Printer) *Citation {
	if d.Stage != nil {
		c := citation(p, d.Text, d.Root, convention.Place{Ref: d.Stage.Ref, Anchor: d.Stage.Anchor})
		return &c
	}
	if last := d.Course.Last(); last != nil && last.Article != "" {
		c := d.citeStep(p, *last)
		return &c
	}
	return nil
}

// citeStep names the clause of a step; it leads to the text where the text has it.
func (d ProposalData) citeStep(p *i18n.Printer, s governance.Step) Citation {
	for i := range d.Text.Clauses {
		if k := &d.Text.Clauses[i]; k.Ref == s.Article {
			return citation(p, d.Text, d.Root, convention.Place{Ref: k.Ref, Anchor: k.Anchor})
		}
	}
	return Citation{Text: p.Say(convention.Cite(s.Article)), Href: d.Root + "/convention"}
}

// of and by put the name of a committee into a sentence: languages with genders choose by its first word.
func of(p *i18n.Printer, name string) string { return gendered(p, "proposal.of.", name) }
func by(p *i18n.Printer, name string) string { return gendered(p, "proposal.by.", name) }

func gendered(p *i18n.Printer, key, name string) string {
	first, rest, _ := strings.Cut(name, " ")
	word := strings.ReplaceAll(strings.ToLower(first), "é", "e") // keys have no accents
	if p.Has(key + word) {
		return p.T(key+word, "rest", rest)
	}
	return p.T(key+"other", "name", name)
}

// author says whose proposal it is.
func (d ProposalData) author(p *i18n.Printer) string {
	x := d.Proposal
	switch {
	case x.Committee != "":
		return d.committee(x.Committee)
	case x.Partner != "":
		return d.PartnerName
	}
	return d.AuthorName
}

func (d ProposalData) definitions(p *i18n.Printer) []Definition {
	aim := Definition{Term: p.T("proposal.field.objective"), Text: p.T("proposal.no-objective")}
	if d.Proposal.Objective != "" {
		aim.Text = aimName(p, d.Text, d.Proposal.Objective)
	}
	return []Definition{{Term: p.T("proposal.state"), Value: Badge(p, proposalBadge(p, d.Proposal.State))}, {Term: p.T("proposal.field.author"), Text: d.author(p)}, aim}
}

// who says whether the reader may decide, and who may. Nothing is said where it is no committee's turn.
func (d ProposalData) who(p *i18n.Printer) string {
	if d.Answer == nil {
		return ""
	}
	return p.Say(d.Answer.Message)
}

// elsewhere says who may do what the reader is not offered; empty where nothing is missing.
func (d ProposalData) elsewhere(p *i18n.Printer) string {
	switch {
	case d.Proposal.State.Done() || len(d.Forms) > 0:
		return ""
	case d.Proposal.WithAuthor() && !d.Author:
		return p.T("proposal.not-author")
	}
	return ""
}
