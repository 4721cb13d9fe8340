package view

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/a-h/templ"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/i18n"
)

// LoadData is the loading of a text, for a new space or as a new version of an existing one: deposit, check, apply.
type LoadData struct {
	Action string // where the form is sent
	Cancel string
	Root   string // of the space; empty for a new one
	Draft  Draft
	Values LoadValues
	Faults fault.Fields  // what is wrong with the fields
	Notice fault.Message // said of the form as a whole
	Effect *Effect       // what it would change; nil for a new space, or where the text is not right yet
	Models []Link        // texts to start from
}

// Draft is a text on its way to be loaded.
type Draft struct {
	File   string // what it is called
	Text   string // with one sort of line end
	Read   *convention.Convention
	Faults convention.Faults // errors, then Read is nil; warnings
	Seal   string            // of the text as it was checked, so that nothing is applied unseen; empty until it is right
}

// LoadValues are what is typed beside the text.
type LoadValues struct {
	Effective string
	Name      string // of a new space
	Slug      string
}

// Effect is what a text would change in a space.
type Effect struct {
	Before  *convention.Version
	Changes []convention.Change
	Lost    []HeldSeat // mandates of seats that would no longer exist
	New     []convention.Seat
	People  map[string]directory.Person
	Other   bool // the text calls itself another convention
}

// fresh tells that the text makes a new space.
func (d LoadData) fresh() bool { return d.Root == "" }

// words is the part of the keys that tells the two uses of the page apart.
func (d LoadData) words() string {
	if d.fresh() {
		return "load.space."
	}
	return "load.version."
}

func (d LoadData) steps(p *i18n.Printer) []Step {
	at := 0
	switch {
	case d.Draft.Read != nil:
		at = 2
	case len(d.Draft.Faults) > 0:
		at = 1
	}
	states := []StepState{StepNext, StepNext, StepNext}
	for i := range states {
		switch {
		case i < at:
			states[i] = StepDone
		case i == at:
			states[i] = StepHere
		}
	}
	return []Step{
		{Title: p.T("load.step.deposit"), State: states[0]},
		{Title: p.T("load.step.check"), State: states[1]},
		{Title: p.T(d.words() + "step"), State: states[2]},
	}
}

// form is the whole form; the page sets its fields in two groups.
func (d LoadData) form(p *i18n.Printer) Form {
	return Form{Action: d.Action, Faults: d.Faults, Message: d.message(), Cancel: d.Cancel, Fields: append(d.details(p), d.deposit(p)...)}
}

// message is what is wrong as a whole: the faults of the text, where nothing else was said.
func (d LoadData) message() fault.Message {
	if n := len(d.Draft.Faults.Errors()); n > 0 && d.Notice.IsZero() {
		return fault.Say("load.faulty", "count", n)
	}
	return d.Notice
}

// deposit are the fields of the text.
func (d LoadData) deposit(p *i18n.Printer) []Field {
	rows := 16
	if d.Draft.Text == "" {
		rows = 8
	}
	return []Field{
		{Kind: FileField, Name: "file", Label: p.T("load.field.file"), Hint: p.T("load.hint.file"), Accept: ".md,.markdown,.txt,text/markdown,text/plain"},
		{Kind: TextAreaField, Name: "text", Label: p.T("load.field.text"), Hint: p.T("load.hint.text"), Value: d.Draft.Text, Rows: rows, Code: true},
	}
}

// details are the fields that a right text asks for: none before.
func (d LoadData) details(p *i18n.Printer) []Field {
	if d.Draft.Read == nil {
		return nil
	}
	out := []Field{{Kind: DateField, Name: "effective", Label: p.T("load.field.effective"), Hint: d.effectiveHint(p), Value: d.Values.Effective, Required: true}}
	if d.fresh() {
		out = append(out,
			Field{Name: "name", Label: p.T("load.field.name"), Hint: p.T("load.hint.name"), Value: d.Values.Name, Required: true, Autocomplete: "off"},
			Field{Name: "slug", Label: p.T("load.field.slug"), Hint: p.T("load.hint.slug"), Value: d.Values.Slug, Required: true, Autocomplete: "off"})
	}
	return out
}

// effectiveHint says what the text itself gives as its beginning; of an amendment, from when it may apply.
func (d LoadData) effectiveHint(p *i18n.Printer) string {
	if d.Effect != nil {
		return p.T("load.hint.effective.after", "day", d.Effect.Before.Effective)
	}
	x := d.Draft.Read.Duration
	switch {
	case x == nil:
		return p.T("load.hint.effective.none")
	case x.From == convention.FromSignature:
		return p.T("load.hint.effective.signature")
	}
	return p.T("load.hint.effective.date", "start", x.From.Say())
}

// preview is what the text establishes, in short.
func (d LoadData) preview(p *i18n.Printer) []Definition {
	c := d.Draft.Read
	objectives := 0
	for _, a := range c.Axes {
		objectives += len(a.Objectives)
	}
	out := []Definition{{Term: p.T("convention-page.identity.title"), Text: c.Identity.Title}}
	out = append(out, identityRows(p, convention.Facts{Identity: c.Identity})...)
	if c.Territory != nil {
		out = append(out, Definition{Term: p.T("convention-page.territory.name"), Text: c.Territory.Name})
	}
	out = append(out,
		Definition{Term: p.T("load.preview.parties"), Value: partyTags(p, c)},
		Definition{Term: p.T("load.preview.term"), Text: p.Say(c.Duration.Say())},
		Definition{Term: p.T("load.preview.axes"), Text: p.T("load.preview.axes-and-objectives",
			"axes", fault.Say("convention-page.axes", "count", len(c.Axes)), "objectives", fault.Say("load.preview.objectives", "count", objectives))},
	)
	for i := range c.Evaluations {
		out = append(out, Definition{Term: p.T("load.preview.evaluation"), Text: p.Say(c.Evaluations[i].Say())})
	}
	if c.Amendment != nil {
		out = append(out, Definition{Term: p.T("load.preview.amendment"), Text: p.Say(c.Amendment.SayAgreement())})
	}
	return out
}

// committees are the bodies that the text sets up, with how they are composed and how often they meet.
func (d LoadData) committees(p *i18n.Printer) Table {
	c := d.Draft.Read
	t := Table{Caption: p.T("load.preview.committees", "count", len(c.Committees)), Columns: []Column{{Title: p.T("load.preview.committee")},
		{Title: p.T("load.preview.composition")}, {Title: p.T("committee.cadence")}, {Title: p.T("load.preview.missions"), Number: true}}}
	for i := range c.Committees {
		k := &c.Committees[i]
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{Text(k.Name), composition(p, c, k), Text(p.Say(k.Cadence.Say())), Text(p.Number(len(k.Missions)))}})
	}
	return t
}

// partySeatCount is how many seats a party has in a committee.
type partySeatCount struct {
	party string // identifier
	seats int
}

// seatCounts counts the seats of a committee by party, in the order of the convention.
func seatCounts(c *convention.Convention, k *convention.Committee) []partySeatCount {
	var out []partySeatCount
	places := k.Places()
	for _, party := range c.Parties {
		n := 0
		for _, s := range places {
			if s.Party == party.ID {
				n++
			}
		}
		if n > 0 {
			out = append(out, partySeatCount{party.ID, n})
		}
	}
	return out
}

// lost lists the mandates that would have no seat any more.
func (d LoadData) lost(p *i18n.Printer) Table {
	t := Table{Caption: p.T("load.lost", "count", len(d.Effect.Lost)), Columns: []Column{{Title: p.T("mandate.field.seat")}, {Title: p.T("person.name")}, {Title: p.T("mandate.dates")}}}
	for _, x := range d.Effect.Lost {
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{Text(d.lostSeat(p, x)), personLink(d.Root, x.Mandate.Person, d.Effect.People[x.Mandate.Person].Name()),
			Text(mandateDates(p, x.Mandate))}})
	}
	return t
}

func (d LoadData) lostSeat(p *i18n.Printer, x HeldSeat) string {
	if x.Committee == nil {
		return x.Mandate.Seat
	}
	return p.T("load.seat", "committee", x.Committee.Name, "seat", x.Text.SaySeat(x.Seat))
}

// opened names a seat that the text adds.
func (d LoadData) opened(p *i18n.Printer, s convention.Seat) string {
	c := d.Draft.Read
	return p.T("load.seat", "committee", called(c, s.Committee), "seat", c.SaySeat(s))
}

// changeBadge tells what happened to a fact by a word and a sign.
func changeBadge(p *i18n.Printer, k convention.ChangeKind) BadgeData {
	icon := map[convention.ChangeKind]string{convention.Added: "add", convention.Removed: "remove", convention.Changed: "change"}[k]
	return BadgeData{Tone: ToneNeutral, Icon: icon, Word: p.T("load.change." + string(k))}
}

// Bounds of the extract of a faulty file: lines of context around a fault, faults shown, characters of a line.
const (
	sourceContext = 2
	sourceFaults  = 100
	sourceWidth   = 400
)

// Extract is the part of a file that faults stand in, each under its line. Left is how many faults are not in it, because
// there are too many to read.
func Extract(file, text string, faults convention.Faults) (src Source, left int) {
	left = max(len(faults)-sourceFaults, 0)
	lines := strings.Split(text, "\n")
	under := map[int][]SourceFault{}
	shown := map[int]bool{}
	for _, f := range faults[:len(faults)-left] {
		at := min(max(f.Line, 1), len(lines))
		under[at] = append(under[at], SourceFault{Column: f.Column, Warning: f.Severity == convention.Warning, Message: f.Message, Remedy: f.Remedy})
		for n := max(at-sourceContext, 1); n <= min(at+sourceContext, len(lines)); n++ {
			shown[n] = true
		}
	}
	src.File = file
	for n := range lines {
		if shown[n+1] {
			src.Lines = append(src.Lines, SourceLine{Number: n + 1, Text: clipped(lines[n]), Faults: under[n+1]})
		}
	}
	return src, left
}

// clipped cuts a line that is too long to be read.
func clipped(line string) string {
	if utf8.RuneCountInString(line) <= sourceWidth {
		return line
	}
	return string([]rune(line)[:sourceWidth]) + "…"
}

// startDay is the day that the text gives as its beginning; zero where it gives none.
func startDay(c *convention.Convention) calendar.Date {
	if c.Duration == nil {
		return calendar.Date{}
	}
	day, _ := c.Duration.From.Date()
	return day
}

// Proposed fills in what a right text proposes where nothing was typed.
func (v LoadValues) Proposed(p *i18n.Printer, c *convention.Convention) LoadValues {
	if v.Effective == "" {
		v.Effective = startDay(c).String()
	}
	if v.Name == "" {
		v.Name = c.Identity.Title
		if c.Identity.Short != "" && c.Territory != nil {
			v.Name = p.T("load.proposed-name", "short", c.Identity.Short, "territory", c.Territory.Name)
		}
	}
	if v.Slug == "" {
		v.Slug = strings.TrimRight(c.Identity.ID[:min(len(c.Identity.ID), slugLength)], "-")
	}
	return v
}

// slugLength is how long the address of a space may be, in characters.
const slugLength = 60

// Compared tells what a text would change after a version of a space, without the mandates.
func Compared(before *convention.Version, after *convention.Convention) *Effect {
	e := &Effect{Before: before, Changes: convention.Compare(before.Text, after), Other: before.Text.Identity.ID != after.Identity.ID}
	old := before.Text.Seats()
	for _, s := range after.Seats() {
		if !slices.ContainsFunc(old, func(o convention.Seat) bool { return o.Key == s.Key }) {
			e.New = append(e.New, s)
		}
	}
	return e
}

// checkButton sends the text to be checked: the main thing of the page until it is right.
func checkButton(p *i18n.Printer, d LoadData) ButtonData {
	if d.Draft.Read != nil {
		return ButtonData{Label: p.T("load.check-again")}
	}
	return ButtonData{Kind: Primary, Label: p.T("load.check")}
}
