package web

import (
	"strconv"
	"time"

	"entente/internal/governance"
	"entente/internal/i18n"
	"entente/internal/office"
	"entente/internal/web/view"
)

// itemForms fills in the forms of the item shown, where there is one and the sitting is open.
func (v *visit) itemForms(d *view.SittingData) error {
	if d.Shown.ID == "" || d.Sitting.Meeting.State != governance.Open {
		return nil
	}
	people, err := v.sittingPeople(&d.Sitting)
	if err != nil {
		return err
	}
	forms := view.ItemForms{Record: v.recordForm(&d.Sitting, d.Shown), Positions: v.positionsForm(&d.Sitting, d.Shown), FollowUp: v.followUpForm(&d.Sitting, d.Shown, people)}
	if d.Sitting.Committee.Majority != nil {
		b := v.ballotsForm(&d.Sitting, d.Shown)
		forms.Ballots = &b
	}
	d.Forms = &forms
	return nil
}

// keepForm is a form of one item. Its versions are fields of their own, so that a script can send them and bring them up to date.
func (v *visit) keepForm(s *office.Sitting, item, id, step string, fields ...view.Field) view.Form {
	return view.Form{ID: id, Action: v.seance(s.Meeting.ID, step), Submit: v.p.T("sitting.keep." + id), Quiet: true,
		Fields: append([]view.Field{{Kind: view.HiddenField, Name: "point", Value: item}}, fields...)}
}

func versionField(name string, version int64) view.Field {
	return view.Field{Kind: view.HiddenField, Name: name, Value: strconv.FormatInt(version, 10)}
}

// recordForm is what the secretary writes of an item.
func (v *visit) recordForm(s *office.Sitting, i governance.Item) view.Form {
	const n = "sitting"
	r := s.Record(i.ID)
	notes := v.ask(n, "notes", view.TextAreaField, r.Notes)
	notes.Rows = 7
	outcome := v.ask(n, "outcome", view.RadioField, string(r.Outcome))
	outcome.Options = append(outcome.Options, view.Option{Label: v.p.T("sitting.outcome.none")})
	for _, o := range governance.Outcomes() {
		outcome.Options = append(outcome.Options, view.Option{Value: string(o), Label: v.p.T("sitting.outcome." + string(s.Reads(i, o)))})
	}
	text := v.ask(n, "text", view.TextAreaField, r.Text)
	text.Rows = 3
	reasons := v.ask(n, "reasons", view.TextAreaField, r.Reasons)
	reasons.Rows = 2
	axis := v.ask(n, "axis", view.SelectField, r.Axis)
	axis.Options = axisOptions(v.p, s, s.Proposals[i.Proposal].Objective)
	return v.keepForm(s, i.ID, "record", "point", versionField("version", r.Version), notes, outcome, text, reasons, axis)
}

// axisOptions are the axes and the objectives of the convention; the blank is that of the proposal, or none.
func axisOptions(p *i18n.Printer, s *office.Sitting, own string) []view.Option {
	blank := view.Option{Label: p.T("sitting.axis.none")}
	var out []view.Option
	for _, x := range s.Version.Text.Axes {
		group := p.T("sitting.axis.name", "number", x.Number, "name", x.Name)
		out = append(out, view.Option{Value: x.ID, Label: p.T("sitting.axis.whole", "number", x.Number, "name", x.Name), Group: group})
		if x.ID == own {
			blank.Label = p.T("sitting.axis.of-proposal", "name", x.Name)
		}
		for j, o := range x.Objectives {
			if o.ID == own {
				blank.Label = p.T("sitting.axis.of-proposal", "name", o.Name)
			}
			out = append(out, view.Option{Value: o.ID, Label: p.T("sitting.axis.objective", "number", x.Number, "rank", j+1, "name", o.Name), Group: group})
		}
	}
	return append([]view.Option{blank}, out...)
}

// positionsForm is what each institution thinks of an item.
func (v *visit) positionsForm(s *office.Sitting, i governance.Item) view.Form {
	var fields []view.Field
	for _, party := range positionParties(s) {
		p := positionOf(s, i.ID, party)
		name := s.Version.Text.Party(party).Short
		stance := view.Field{Kind: view.RadioField, Name: "stance-" + party, Value: string(p.Stance), Label: name}
		for _, x := range governance.Stances() {
			stance.Options = append(stance.Options, view.Option{Value: string(x), Label: view.StanceWord(v.p, x)})
		}
		fields = append(fields, versionField("version-"+party, p.Version), stance,
			view.Field{Name: "text-" + party, Value: p.Text, Label: v.p.T("sitting.position-text", "party", name)})
	}
	return v.keepForm(s, i.ID, "positions", "positions", fields...)
}

// positionParties are the institutions that have seats and that the convention knows.
func positionParties(s *office.Sitting) []string {
	var out []string
	for _, party := range s.Roll.Parties() {
		if s.Version.Text.Party(party) != nil {
			out = append(out, party)
		}
	}
	return out
}

func positionOf(s *office.Sitting, item, party string) governance.Position {
	for _, p := range s.Positions {
		if p.Item == item && p.Party == party {
			return p
		}
	}
	return governance.Position{Item: item, Party: party}
}

// ballotsForm is the vote of each seat that takes part now; a ballot that was cast by a seat that has left stays to be seen.
func (v *visit) ballotsForm(s *office.Sitting, i governance.Item) view.Form {
	said := view.SittingData{Root: v.path(), Sitting: *s}
	var fields []view.Field
	for _, t := range s.Now.Seats {
		b := ballotOf(s, i.ID, t.Seat)
		if !t.Counts() && b.Choice == governance.NoVote {
			continue
		}
		choice := view.Field{Kind: view.RadioField, Name: "choice-" + t.Seat, Value: string(b.Choice), Label: said.SeatName(v.p, t.Seat)}
		if t.Proxied {
			choice.Label = v.p.T("sitting.voted-by-proxy", "seat", choice.Label, "bearer", said.SeatName(v.p, t.Record.ProxyTo))
		}
		for _, x := range append(governance.Choices(), governance.NoVote) {
			word := v.p.T("sitting.choice.none")
			if x != governance.NoVote {
				word = v.p.T("sitting.choice." + string(x))
			}
			choice.Options = append(choice.Options, view.Option{Value: string(x), Label: word})
		}
		fields = append(fields, versionField("version-"+t.Seat, b.Version), choice)
	}
	return v.keepForm(s, i.ID, "ballots", "votes", fields...)
}

func ballotOf(s *office.Sitting, item, seat string) governance.Ballot {
	for _, b := range s.Ballots {
		if b.Item == item && b.Seat == seat {
			return b
		}
	}
	return governance.Ballot{Item: item, Seat: seat}
}

// followUpForm adds something that somebody has to do.
func (v *visit) followUpForm(s *office.Sitting, i governance.Item, people []view.Option) view.Form {
	const n = "sitting.follow-up"
	person := v.choose(n, "person", "", "sitting.nobody", people)
	f := v.keepForm(s, i.ID, "follow-up", "suites", must(v.ask(n, "text", view.TextField, "")), person, v.ask(n, "due", view.DateField, ""))
	return f
}

// sittingPeople are those who may be asked to do something: who sits first, then the directory.
func (v *visit) sittingPeople(s *office.Sitting) ([]view.Option, error) {
	var out []view.Option
	seen := map[string]bool{"": true}
	for _, t := range s.Roll.Seats {
		for _, id := range append([]string{t.Holder, t.Sitter}, t.Substitutes...) {
			if p, known := s.People[id]; known && !seen[id] {
				seen[id] = true
				out = append(out, view.Option{Value: id, Label: p.Name(), Group: v.p.T("sitting.group.committee")})
			}
		}
	}
	rest, err := v.personOptions("", "")
	for _, o := range rest {
		if !seen[o.Value] {
			out = append(out, o)
		}
	}
	return out, err
}

// formsOf are the values of the fields of an item, by form, as a browser would send them.
func formsOf(f *view.ItemForms) map[string]map[string]string {
	if f == nil {
		return nil
	}
	out := map[string]map[string]string{"record": valuesOf(f.Record), "positions": valuesOf(f.Positions)}
	if f.Ballots != nil {
		out["ballots"] = valuesOf(*f.Ballots)
	}
	return out
}

func valuesOf(f view.Form) map[string]string {
	out := make(map[string]string, len(f.Fields))
	for _, x := range f.Fields {
		out[x.Name] = x.Value
	}
	return out
}

// hour is an hour, as browsers send it ("14:05").
func (f *form) hour(name string) string {
	s := f.text(name)
	if _, err := time.Parse("15:04", s); s != "" && (err != nil || len(s) != len("15:04")) {
		f.faults.Add(name, "fault.field.time")
	}
	return s
}
