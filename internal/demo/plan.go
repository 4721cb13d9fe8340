package demo

import (
	"embed"
	"fmt"
	"io/fs"

	"github.com/goccy/go-yaml"

	"entente/internal/calendar"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/plan"
)

//go:embed plans/*.yaml
var plans embed.FS

// actionPlan is the plan of actions of a space: what was taken over on the day on which it was entered, then what followed.
type actionPlan struct {
	Entered calendar.Date `yaml:"entered"`
	Actions []action      `yaml:"actions"`
}

type action struct {
	Objective     string         `yaml:"objective"`
	Title         string         `yaml:"title"`
	Finding       string         `yaml:"finding"`
	Description   string         `yaml:"description"`
	Audience      string         `yaml:"audience"`
	Communes      []string       `yaml:"communes"`
	Partners      []planPartner  `yaml:"partners"`
	Participation string         `yaml:"participation"`
	Involvement   string         `yaml:"involvement"`
	From          calendar.Date  `yaml:"from"`
	To            calendar.Date  `yaml:"to"`
	State         string         `yaml:"state"` // under way where nothing is said
	Since         calendar.Date  `yaml:"since"` // of the state; the first day where nothing is said
	Reason        string         `yaml:"reason"`
	Resume        string         `yaml:"resume"`
	Leads         []lead         `yaml:"leads"` // those of the chronicle stand there
	Milestones    []milestone    `yaml:"milestones"`
	Means         []means        `yaml:"means"`
	Indicators    []planMeasure  `yaml:"indicators"`
	Notes         []progressNote `yaml:"notes"`
}

type planPartner struct {
	Name     string `yaml:"name"`
	In       string `yaml:"organization"`
	Category string `yaml:"category"`
	Role     string `yaml:"role"`
}

type milestone struct {
	Name string        `yaml:"name"`
	Due  calendar.Date `yaml:"due"`
	Done calendar.Date `yaml:"done"`
}

type means struct {
	Funder   string `yaml:"funder"` // party
	Year     int    `yaml:"year"`
	Kind     string `yaml:"kind"` // money where nothing is said
	Label    string `yaml:"label"`
	Promised int64  `yaml:"promised"` // euros, or hundredths of a post
	Granted  int64  `yaml:"granted"`
	Spent    int64  `yaml:"spent"`
}

type planMeasure struct {
	Name     string        `yaml:"name"`
	Kind     string        `yaml:"kind"` // output where nothing is said
	Unit     string        `yaml:"unit"`
	Source   string        `yaml:"source"`
	Falls    bool          `yaml:"falls"`
	Baseline int64         `yaml:"baseline"`
	Targets  map[int]int64 `yaml:"targets"`
	Values   map[int]int64 `yaml:"values"`
}

type progressNote struct {
	Day     calendar.Date `yaml:"day"`
	Weather string        `yaml:"weather"`
	Did     string        `yaml:"did"`
	Blocks  string        `yaml:"blocks"`
	Next    string        `yaml:"next"`
	Person  string        `yaml:"person"`
}

// readPlan reads the plan of a space; a space may have none.
func readPlan(slug string) (actionPlan, error) {
	var p actionPlan
	text, err := fs.ReadFile(plans, "plans/"+slug+".yaml")
	if err != nil {
		return p, err
	}
	return p, yaml.UnmarshalWithOptions(text, &p, yaml.Strict())
}

// actions puts the plan into the chronicle: the sheets on the day on which they were entered, what came later on its own day.
func (f *filling) actions() error {
	p, err := readPlan(f.Slug)
	if err != nil {
		return err
	}
	for i := range p.Actions {
		a := &p.Actions[i]
		f.Chronicle = append(f.Chronicle, event{On: p.Entered, At: "08:00", Then: func() error { return f.enter(a, p.Entered) }})
		for _, n := range a.Notes {
			if n.Day.After(p.Entered) {
				f.Chronicle = append(f.Chronicle, event{On: n.Day, Then: func() error { return f.note(f.ids[a.Title], n) }})
			}
		}
		for _, m := range a.Milestones {
			if m.Done.After(p.Entered) {
				f.Chronicle = append(f.Chronicle, event{On: m.Done, Then: func() error { return f.reach(f.ids[a.Title], m) }})
			}
		}
	}
	return nil
}

// enter writes a sheet and what was known of it on the day.
func (f *filling) enter(a *action, day calendar.Date) error {
	x := plan.Action{Objective: a.Objective, Title: a.Title, Finding: a.Finding, Description: a.Description, Audience: a.Audience, Communes: a.Communes,
		Participation: plan.Participation(a.Participation), Involvement: a.Involvement, Period: calendar.Period{From: a.From, To: a.To},
		State: plan.State(or(a.State, string(plan.UnderWay))), Since: a.Since, Reason: a.Reason, Resume: a.Resume}
	if x.Since.IsZero() && x.State.Live() {
		x.Since = a.From
	}
	for _, p := range a.Partners {
		x.Partners = append(x.Partners, plan.Partner{Name: p.Name, Organization: f.orgs[p.In], Category: plan.PartnerCategory(p.Category), Role: p.Role})
	}
	made, err := f.sp.CreateAction(f.ctx, f.anyone(), x)
	if err != nil {
		return fmt.Errorf("%s: %w", a.Title, err)
	}
	f.ids[a.Title] = made.ID
	for _, l := range a.Leads {
		_, err := f.sp.CreateLead(f.ctx, f.anyone(), governance.Lead{Person: f.people[l.Person].ID, Action: a.Title, Objective: a.Objective, ActionID: made.ID,
			CoLead: l.CoLead, Period: calendar.Period{From: l.From, To: l.To}})
		if err != nil {
			return fmt.Errorf("%s, %s: %w", l.Person, a.Title, err)
		}
	}
	if err := f.equip(a, made.ID, day); err != nil {
		return fmt.Errorf("%s: %w", a.Title, err)
	}
	return nil
}

// equip enters milestones, means, indicators and the notes that were there on the day.
func (f *filling) equip(a *action, id string, day calendar.Date) error {
	for _, m := range a.Milestones {
		x := plan.Milestone{Action: id, Name: m.Name, Due: m.Due}
		if !m.Done.After(day) {
			x.Done = m.Done
		}
		if _, err := f.sp.CreateMilestone(f.ctx, f.anyone(), x); err != nil {
			return err
		}
	}
	for _, m := range a.Means {
		x := plan.Means{Action: id, Organization: f.orgs[m.Funder], Funder: f.partyName(m.Funder), Year: m.Year, Kind: plan.MeansKind(or(m.Kind, string(plan.Money))),
			Label: m.Label, Promised: m.Promised, Granted: m.Granted, Spent: m.Spent}
		if x.Kind != plan.Staff {
			x.Promised, x.Granted, x.Spent = 100*m.Promised, 100*m.Granted, 100*m.Spent
		}
		if _, err := f.sp.CreateMeans(f.ctx, f.actor(m.Funder), x); err != nil {
			return err
		}
	}
	for _, i := range a.Indicators {
		if err := f.measure(id, i); err != nil {
			return fmt.Errorf("%s: %w", i.Name, err)
		}
	}
	for _, n := range a.Notes {
		if n.Day.After(day) {
			continue
		}
		if err := f.note(id, n); err != nil {
			return err
		}
	}
	return nil
}

// measure enters an indicator and its yearly values.
func (f *filling) measure(id string, i planMeasure) error {
	baseline := plan.Quantity(i.Baseline) * plan.Thousandth
	x := plan.Indicator{Action: id, Name: i.Name, Kind: plan.IndicatorKind(or(i.Kind, string(plan.OfOutput))), Unit: i.Unit, Source: i.Source, Decreasing: i.Falls,
		Baseline: &baseline, Rhythm: plan.Yearly, Targets: map[int]plan.Quantity{}}
	for year, n := range i.Targets {
		x.Targets[year] = plan.Quantity(n) * plan.Thousandth
	}
	made, err := f.sp.CreateIndicator(f.ctx, f.anyone(), x)
	if err != nil {
		return err
	}
	for year := 2023; year <= f.now.Year(); year++ {
		n, ok := i.Values[year]
		if !ok {
			continue
		}
		_, err := f.sp.CreateValue(f.ctx, f.anyone(), plan.Value{Indicator: made.ID, Year: year, Period: fmt.Sprint(year), Amount: plan.Quantity(n) * plan.Thousandth,
			State: plan.ValueApproved})
		if err != nil {
			return err
		}
	}
	return nil
}

func (f *filling) note(id string, n progressNote) error {
	_, err := f.sp.CreateNote(f.ctx, f.anyone(), plan.Note{Action: id, Day: n.Day, Weather: plan.Weather(n.Weather), Did: n.Did, Blocks: n.Blocks, Next: n.Next,
		Person: f.people[n.Person].ID})
	return err
}

// reach dates a milestone that was reached after the sheet was entered.
func (f *filling) reach(id string, m milestone) error {
	all, err := f.sp.MilestonesOf(f.ctx, id)
	if err != nil {
		return err
	}
	for _, x := range all {
		if x.Name == m.Name {
			_, err := f.sp.UpdateMilestone(f.ctx, f.anyone(), x.ID, x.Version, func(x *plan.Milestone) error { x.Done = m.Done; return nil })
			return err
		}
	}
	return fault.New(fault.NotFound, "store.not-found")
}
