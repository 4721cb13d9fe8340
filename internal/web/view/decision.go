package view

import (
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/governance"
	"entente/internal/i18n"
)

// DecisionQuery is what the register is asked to show, as it stands in the address; empty fields choose all.
type DecisionQuery struct {
	Text      string
	Committee string
	Axis      string // axis or objective
	Position  string // "party:stance"
	Outcome   string
	FollowUp  string
	Year      string
}

// DecisionsData is a page of the register of decisions.
type DecisionsData struct {
	Text      *convention.Convention
	Root      string // of the space
	Today     calendar.Date
	Asked     DecisionQuery
	Decisions []governance.Decision
	FollowUps map[string][]governance.FollowUp // by decision
	Total     int
	More      bool // there are more than Total
	Paging    Paging
}

// DecisionHref is the address of a decision, for ever.
func DecisionHref(root string, d governance.Decision) string {
	return root + "/decisions/" + d.Reference()
}

// decisionBadge says the outcome.
func decisionBadge(p *i18n.Printer, o governance.Outcome) templ.Component {
	tone, icon := ToneNeutral, "not-applicable"
	switch o {
	case governance.Adopted:
		tone, icon = ToneGood, "kept"
	case governance.AdoptedWithChanges:
		tone, icon = ToneGood, "change"
	case governance.FavourableOpinion, governance.FavourableOpinionWithChanges:
		tone, icon = ToneInfo, "next"
	case governance.UnfavourableOpinion:
		tone, icon = ToneWarning, "previous"
	case governance.Postponed:
		tone, icon = ToneWarning, "clock"
	case governance.Rejected:
		tone, icon = ToneBad, "broken"
	case governance.Noted:
		tone, icon = ToneInfo, "info"
	}
	return Badge(p, BadgeData{Tone: tone, Icon: icon, Word: OutcomeWord(p, o)})
}

// OutcomeWord says what became of an item.
func OutcomeWord(p *i18n.Printer, o governance.Outcome) string {
	if o == governance.NoOutcome {
		return p.T("decision.outcome.none")
	}
	return p.T("decision.outcome." + string(o))
}

// stanceBadge says what an institution thinks. Icon and word carry it; the colour blames nobody.
func stanceBadge(p *i18n.Printer, s governance.Stance) templ.Component {
	tone, icon := ToneUnknown, "unknown"
	switch s {
	case governance.Favourable:
		tone, icon = ToneGood, "kept"
	case governance.FavourableWithReservations:
		tone, icon = ToneGood, "change"
	case governance.Unfavourable:
		tone, icon = ToneWarning, "broken"
	case governance.Abstains:
		tone, icon = ToneNeutral, "not-applicable"
	}
	return Badge(p, BadgeData{Tone: tone, Icon: icon, Word: stanceWord(p, s)})
}

func stanceWord(p *i18n.Printer, s governance.Stance) string {
	if s == governance.NotGiven {
		return p.T("decision.stance.none")
	}
	return p.T("decision.stance." + string(s))
}

func (d DecisionsData) filter(p *i18n.Printer) Filter {
	q := d.Asked
	choose := func(name, value string, options ...Option) Field {
		return Field{Kind: SelectField, Name: name, Value: value, Label: p.T("decision.filter." + name),
			Options: append([]Option{{Label: p.T("decision.filter.any")}}, options...)}
	}
	var outcomes, follow []Option
	for _, o := range governance.RegisterOutcomes() {
		outcomes = append(outcomes, Option{Value: string(o), Label: p.T("decision.outcome." + string(o))})
	}
	for _, x := range []string{"to-do", "late", "done", "none"} {
		follow = append(follow, Option{Value: x, Label: p.T("decision.follow." + x)})
	}
	var committees []Option
	for _, k := range d.Text.Committees {
		committees = append(committees, Option{Value: k.ID, Label: k.Name})
	}
	return Filter{Action: d.Root + "/decisions", Active: q != (DecisionQuery{}), Fields: []Field{
		{Kind: SearchField, Name: "texte", Value: q.Text, Label: p.T("decision.filter.texte")},
		choose("comite", q.Committee, committees...),
		choose("axe", q.Axis, axisOptions(p, d.Text)...),
		choose("position", q.Position, positionOptions(p, d.Text)...),
		choose("issue", q.Outcome, outcomes...),
		choose("suites", q.FollowUp, follow...),
		{Kind: NumberField, Name: "annee", Value: q.Year, Label: p.T("decision.filter.annee"), Short: true}}}
}

// axisOptions are the axes, each with its objectives under its name.
func axisOptions(p *i18n.Printer, c *convention.Convention) []Option {
	var out []Option
	for _, x := range c.Axes {
		out = append(out, Option{Value: x.ID, Label: p.T("decision.whole-axis", "axis", x.Name), Group: x.Name})
		for _, o := range x.Objectives {
			out = append(out, Option{Value: o.ID, Label: o.Name, Group: x.Name})
		}
	}
	return out
}

// positionOptions are what each institution may have thought.
func positionOptions(p *i18n.Printer, c *convention.Convention) []Option {
	var out []Option
	for _, party := range c.Parties {
		for _, s := range governance.Stances() {
			out = append(out, Option{Value: party.ID + ":" + string(s), Label: p.T("decision.position-of", "party", party.Short, "stance", stanceWord(p, s)), Group: party.Short})
		}
	}
	return out
}

func (d DecisionsData) table(p *i18n.Printer) Table {
	t := Table{Caption: p.T("decision.list"), Hidden: true, Columns: []Column{{Title: p.T("decision.field.reference")}, {Title: p.T("decision.field.title")},
		{Title: p.T("decision.field.committee")}, {Title: p.T("decision.field.day")}, {Title: p.T("decision.field.outcome")}, {Title: p.T("decision.field.follow")}}}
	for _, x := range d.Decisions {
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{LinkText(Link{Label: x.Reference(), Href: DecisionHref(d.Root, x)}), Text(x.Title),
			committeeCell(d.Text, d.Root, x.Committee), Text(p.Day(x.Day)), decisionBadge(p, x.Outcome), followCell(p, d.FollowUps[x.ID], d.Today)}})
	}
	return t
}

// followCell says what remains to be done about a decision.
func followCell(p *i18n.Printer, list []governance.FollowUp, today calendar.Date) templ.Component {
	open, late := 0, 0
	for _, u := range list {
		if u.State == governance.ToDo {
			open++
		}
		if u.Late(today) {
			late++
		}
	}
	switch {
	case late > 0:
		return Badge(p, BadgeData{Tone: ToneWarning, Icon: "clock", Word: p.T("decision.late", "count", late)})
	case open > 0:
		return Badge(p, BadgeData{Tone: ToneInfo, Icon: "on-course", Word: p.T("decision.open", "count", open)})
	case len(list) > 0:
		return Badge(p, BadgeData{Tone: ToneGood, Icon: "kept", Word: p.T("decision.follow.done")})
	}
	return Text("–")
}

// DecisionData is the page of one decision.
type DecisionData struct {
	Decision  governance.Decision
	Text      *convention.Convention // of its day
	Root      string                 // of the space
	Space     string                 // its name
	Today     calendar.Date
	Meeting   governance.Meeting
	Proposal  string // title of the proposal that it settles; empty where none
	FollowUps []FollowUpRow
	Keeps     bool // the reader may add a follow-up
	Journal   bool // the reader may read the journal
}

func (d DecisionData) facts(p *i18n.Printer) []Definition {
	x := d.Decision
	out := []Definition{
		{Term: p.T("decision.field.outcome"), Value: decisionBadge(p, x.Outcome)},
		{Term: p.T("decision.field.committee"), Value: committeeCell(d.Text, d.Root, x.Committee)},
		{Term: p.T("decision.field.meeting"), Value: LinkText(Link{Label: meetingDay(p, d.Meeting), Href: MeetingHref(d.Root, d.Meeting.ID, "")})},
	}
	if x.Article != "" {
		at := d.Text.ClauseOf(x.Article)
		out = append(out, Definition{Term: p.T("decision.field.article"), Value: Cite(p, citation(p, d.Text, d.Root, at))})
	}
	if x.Power != "" {
		out = append(out, Definition{Term: p.T("decision.field.power"), Text: p.Say(convention.Power(x.Power).Say())})
	}
	if x.Axis != "" {
		out = append(out, Definition{Term: p.T("decision.field.axis"), Text: d.Text.AimName(x.Axis)})
	}
	if d.Proposal != "" {
		out = append(out, Definition{Term: p.T("decision.field.proposal"), Value: LinkText(Link{Label: d.Proposal, Href: d.Root + "/propositions/" + url.PathEscape(x.Proposal)})})
	}
	return out
}

func (d DecisionData) positions(p *i18n.Printer) Table {
	t := Table{Caption: p.T("decision.positions"), Hidden: true, Columns: []Column{{Title: p.T("decision.field.party")}, {Title: p.T("decision.field.stance")}, {Title: p.T("decision.field.words")}}}
	for _, x := range d.Decision.Positions {
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{partyTag(p, d.Text, x.Party), stanceBadge(p, x.Stance), Text(x.Text)}})
	}
	return t
}

func (d DecisionData) vote(p *i18n.Printer) []Definition {
	v := d.Decision.Vote
	yes := func(key string, is bool) string {
		if is {
			return p.T(key)
		}
		return p.T(key + "-not")
	}
	return []Definition{
		{Term: p.T("decision.vote.for"), Text: p.Number(v.For)},
		{Term: p.T("decision.vote.against"), Text: p.Number(v.Against)},
		{Term: p.T("decision.vote.blank"), Text: p.Number(v.Blank)},
		{Term: p.T("decision.vote.present"), Text: p.T("decision.vote.present-of", "present", v.Present, "seats", v.Seats)},
		{Term: p.T("decision.vote.quorum"), Text: yes("decision.vote.reached", v.Quorum)},
		{Term: p.T("decision.vote.majority"), Text: yes("decision.vote.reached", v.Carried)},
	}
}

func (d DecisionData) links(p *i18n.Printer) []Link {
	out := []Link{{Label: p.T("decision.minutes"), Href: MeetingHref(d.Root, d.Meeting.ID, "compte-rendu"), Icon: "document"}}
	if d.Keeps {
		out = append(out, Link{Label: p.T("follow-up.add"), Href: d.Root + "/suites/ajouter?decision=" + d.Decision.Reference(), Icon: "add"})
	}
	if d.Journal {
		out = append(out, Link{Label: p.T("decision.journal"), Href: d.Root + "/journal?objet=decision&cle=" + url.QueryEscape(d.Decision.ID), Icon: "clock"})
	}
	return out
}

// PositionWords is what an institution thought of a decision, in one line; empty where nothing is recorded.
func PositionWords(p *i18n.Printer, d governance.Decision, party string) string {
	for _, x := range d.Positions {
		if x.Party == party {
			if x.Text == "" {
				return stanceWord(p, x.Stance)
			}
			return p.T("decision.position-words", "stance", stanceWord(p, x.Stance), "text", strings.TrimSpace(x.Text))
		}
	}
	return ""
}
