package evaluation

import (
	"slices"
	"strings"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/plan"
)

// Kind is what a campaign looks back on.
type Kind string

// The kinds of campaign.
const (
	Periodic Kind = "periodic" // one interval of the convention's duty to evaluate
	Final    Kind = "final"    // all the years of the convention
)

// Kinds lists the kinds.
func Kinds() []Kind { return []Kind{Periodic, Final} }

// State is where a campaign stands.
type State string

// The states of a campaign.
const (
	Draft  State = "draft"
	Open   State = "open"   // answers are taken
	Closed State = "closed" // its figures do not change any more
)

// transitions is the one table of the passages from state to state.
var transitions = map[State]State{Draft: Open, Open: Closed}

// Next is the state that follows; none after the last.
func (s State) Next() (State, bool) {
	to, ok := transitions[s]
	return to, ok
}

// Campaign is one evaluation: what it bears on, whom it asks what, and when.
type Campaign struct {
	ID        string
	Version   int64
	Kind      Kind
	Title     string
	Span      calendar.Period // what it looks back on
	Axes      []string        // identifiers of axes and objectives; none is all
	Actions   []string        // references of actions, where only some are chosen; none is all of the axes
	Groups    []Group         // who is asked
	Opens     calendar.Date
	Closes    calendar.Date // last day of answers
	Due       calendar.Date // of the report
	Threshold int           // answers below which no figure is shown

	State     State
	Opened    calendar.Date
	Ended     calendar.Date // day of closing
	Questions []Question    // as they were when it opened
	Covered   []Subject     // actions, objectives and axes, as they were when it opened
	Figures   *Synthesis    // from its closing on
	Voices    []Voice       // what was chosen to be quoted
}

// Subject is something that answers can be about.
type Subject struct {
	Level  Level  `json:"level"`
	ID     string `json:"id"`
	Parent string `json:"parent,omitempty"` // of an action its objective, of an objective its axis
	Name   string `json:"name"`
}

// Voice is a text that the coordinator quotes; it is given to a group and never to a person.
type Voice struct {
	Sheet    string `json:"sheet"`
	Question string `json:"question"`
	Subject  string `json:"subject,omitempty"`
}

// MinThreshold and DefaultThreshold are the least and the usual number of answers of which figures are shown.
const (
	MinThreshold     = 3
	DefaultThreshold = 5
	MaxThreshold     = 50
)

// Check tells what is wrong with the campaign, field by field.
func (c Campaign) Check() error {
	var f fault.Fields
	if !slices.Contains(Kinds(), c.Kind) {
		f.Add("kind", "fault.field.choice")
	}
	if strings.TrimSpace(c.Title) == "" {
		f.Add("title", "fault.field.required")
	}
	c.checkDays(&f)
	if len(c.Groups) == 0 {
		f.Add("group-"+string(Pilots), "fault.evaluation.nobody")
	}
	for _, g := range c.Groups {
		if !slices.Contains(Groups(), g) {
			f.Add("group-"+string(Pilots), "fault.field.choice")
		}
	}
	if c.Threshold < MinThreshold || c.Threshold > MaxThreshold {
		f.Add("threshold", "fault.field.range", "min", MinThreshold, "max", MaxThreshold)
	}
	return f.Err()
}

func (c Campaign) checkDays(f *fault.Fields) {
	for _, x := range []struct {
		name string
		day  calendar.Date
	}{{"from", c.Span.From}, {"to", c.Span.To}, {"opens", c.Opens}, {"closes", c.Closes}, {"due", c.Due}} {
		if x.day.IsZero() {
			f.Add(x.name, "fault.field.required")
		}
	}
	after := func(name string, first, second calendar.Date) {
		if _, said := f.On(name); !said && second.Before(first) {
			f.Add(name, "fault.field.end-before-start")
		}
	}
	after("to", c.Span.From, c.Span.To)
	after("closes", c.Opens, c.Closes)
	after("due", c.Closes, c.Due)
}

// Takes tells whether answers are taken on a day.
func (c Campaign) Takes(day calendar.Date) bool { return c.State == Open && !day.After(c.Closes) }

// Asks tells whether a group is asked.
func (c Campaign) Asks(g Group) bool { return slices.Contains(c.Groups, g) }

// Years are the years whose indicators a closing freezes, on a day: those of its span that have begun.
func (c Campaign) Years(day calendar.Date) []int {
	var out []int
	for y := c.Span.From.Year(); y <= min(c.Span.To.Year(), day.Year()); y++ {
		out = append(out, y)
	}
	return out
}

// Begin opens the campaign on a day with the questions to ask and what they are about.
func (c *Campaign) Begin(day calendar.Date, questions []Question, covered []Subject) error {
	if to, ok := c.State.Next(); !ok || to != Open {
		return fault.New(fault.Invalid, "fault.evaluation.not-draft")
	}
	if len(questions) == 0 {
		return fault.New(fault.Invalid, "fault.evaluation.no-question")
	}
	if day.After(c.Closes) {
		return fault.New(fault.Invalid, "fault.evaluation.over")
	}
	c.State, c.Opened, c.Questions, c.Covered = Open, day, slices.Clone(questions), slices.Clone(covered)
	return nil
}

// End closes the campaign on a day, with the figures of the answers that it has.
func (c *Campaign) End(day calendar.Date, sheets []Sheet) error {
	if to, ok := c.State.Next(); !ok || to != Closed {
		return fault.New(fault.Invalid, "fault.evaluation.not-open")
	}
	s := Synthesize(*c, sheets)
	c.State, c.Ended, c.Figures = Closed, day, &s
	return nil
}

// CoverOf lists what a campaign bears on, out of the text and of the actions that were adopted: the axes with their objectives in
// the order of the text, then the actions. Where some actions are chosen by reference, only those are taken.
func (c Campaign) CoverOf(text *convention.Convention, actions []plan.Action) []Subject {
	var out []Subject
	parents := map[string]bool{}
	for _, a := range text.Axes {
		all := len(c.Axes) == 0 || slices.Contains(c.Axes, a.ID)
		var objectives []Subject
		for _, o := range a.Objectives {
			if all || slices.Contains(c.Axes, o.ID) {
				objectives = append(objectives, Subject{Level: OfObjective, ID: o.ID, Parent: a.ID, Name: o.Name})
				parents[o.ID] = true
			}
		}
		if all || len(objectives) > 0 {
			out = append(append(out, Subject{Level: OfAxis, ID: a.ID, Name: a.Name}), objectives...)
			parents[a.ID] = all
		}
	}
	for _, a := range actions {
		judged := a.State.Live() || a.State == plan.Done || a.State == plan.Abandoned && c.Span.Contains(a.Since)
		chosen := len(c.Actions) == 0 || slices.Contains(c.Actions, a.Reference)
		if judged && chosen && parents[a.Objective] {
			out = append(out, Subject{Level: OfAction, ID: a.ID, Parent: a.Objective, Name: a.Label()})
		}
	}
	return out
}

// Covers lists the identifiers of what the campaign bears on at a level.
func (c Campaign) Covers(l Level) []string {
	var out []string
	for _, s := range c.Covered {
		if s.Level == l {
			out = append(out, s.ID)
		}
	}
	return out
}

// WholeAxes lists the axes that the campaign bore on as a whole: all of them, or those chosen as axes and not by one objective.
func (c Campaign) WholeAxes() []string {
	return slices.DeleteFunc(c.Covers(OfAxis), func(id string) bool { return len(c.Axes) > 0 && !slices.Contains(c.Axes, id) })
}

// Interval is every how many months the convention wants an evaluation: the shortest of its duties, or a year where it has none.
func Interval(text *convention.Convention) int {
	every := 0
	for _, e := range text.Evaluations {
		if e.EveryMonths > 0 && (every == 0 || e.EveryMonths < every) {
			every = e.EveryMonths
		}
	}
	if every == 0 {
		return 12
	}
	return every
}

// SpanOn is the span of the convention's duty that holds a day: the civil year where the interval is a year, else an interval
// counted from the day on which the convention took effect.
func SpanOn(start calendar.Date, every int, day calendar.Date) calendar.Period {
	if every == 12 || every <= 0 {
		return calendar.CivilYear(day.Year())
	}
	n := 0
	for ; !start.AddMonths((n + 1) * every).After(day); n++ {
	}
	return calendar.Period{From: start.AddMonths(n * every), To: start.AddMonths((n + 1) * every).AddDays(-1)}
}

// FinalMonths is how long before its end a convention is offered its final evaluation.
const FinalMonths = 12

// FinalDue tells whether a convention that ends on a day (zero where it has no end) is to be offered its final evaluation.
func FinalDue(end, day calendar.Date) bool {
	return !end.IsZero() && !day.Before(end.AddMonths(-FinalMonths))
}

// Rolls are where the respondents of a campaign are found.
type Rolls struct {
	Leads     []governance.Lead
	Mandates  []governance.Mandate
	Functions []directory.Function   // held in organizations that are partners of actions
	Actions   map[string]plan.Action // by identifier
	Party     func(seat string) string
}

// Respondents are the sheets of who is asked on a day: pilots and co-pilots about their actions, who sits for an institution, and
// the people of partners about the actions that they take part in. Who would be asked twice is asked once, about all of it.
func (c Campaign) Respondents(covered []Subject, r Rolls, day calendar.Date) []Sheet {
	x := roll{c: c, at: map[string]int{}}
	for _, s := range covered {
		if s.Level == OfAction {
			x.actions = append(x.actions, s.ID)
		}
	}
	for _, co := range []bool{false, true} {
		for _, l := range r.Leads {
			if l.CoLead == co && l.Period.Contains(day) && slices.Contains(x.actions, l.ActionID) {
				group := Pilots
				if co {
					group = CoPilots
				}
				x.ask(group, l.Person, "", l.ActionID)
			}
		}
	}
	for _, m := range r.Mandates {
		if m.InForce(day) && m.Role == governance.Holder {
			x.ask(Institutions, m.Person, r.Party(m.Seat), "")
		}
	}
	for _, f := range r.Functions {
		if f.Period.Contains(day) {
			x.partner(r, f)
		}
	}
	return x.sheets
}

// roll gathers sheets, one a person.
type roll struct {
	c       Campaign
	actions []string
	sheets  []Sheet
	at      map[string]int
}

func (x *roll) ask(g Group, person, party, action string) {
	if person == "" || !slices.Contains(x.c.Groups, g) {
		return
	}
	i, known := x.at[person]
	if !known {
		i = len(x.sheets)
		x.at[person] = i
		x.sheets = append(x.sheets, Sheet{Group: g, Person: person})
	}
	s := &x.sheets[i]
	if s.Party == "" {
		s.Party = party
	}
	if action != "" && !slices.Contains(s.Actions, action) {
		s.Actions = append(s.Actions, action)
	}
}

// partner asks somebody about the actions in which their organization takes part.
func (x *roll) partner(r Rolls, f directory.Function) {
	for _, id := range x.actions {
		for _, p := range r.Actions[id].Partners {
			if p.Organization != "" && p.Organization == f.Organization {
				x.ask(Partners, f.Person, "", id)
			}
		}
	}
}
