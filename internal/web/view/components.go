package view

import (
	"time"

	"github.com/a-h/templ"

	"entente/internal/calendar"
	"entente/internal/compliance"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
)

// specimens are the examples of the components page: invented, the same on any day, every sentence from the catalogues.
type specimens struct{ p *i18n.Printer }

func (s specimens) t(key string, pairs ...any) string { return s.p.T("specimen."+key, pairs...) }

// day is the day on which the examples stand.
func (s specimens) day() calendar.Date { return calendar.Must("2026-11-23") }

func (s specimens) parties() []Party {
	out := make([]Party, partyColours)
	for i := range out {
		out[i] = Party{Short: s.t("party.short", "rank", i+1), Rank: i}
	}
	out[0].Name = s.t("party.name")
	return out
}

func (s specimens) cite() Citation { return Citation{Text: s.t("cite"), Href: "#margin"} }

func (s specimens) form() Form {
	var faults fault.Fields
	faults.Add("to", "fault.field.end-before-start")
	faults.Add("role", "fault.field.choice")
	return Form{
		ID: "mandate", Action: "#forms", Faults: faults, Version: 3, Submit: s.t("form.submit"), Cancel: "#forms",
		Fields: []Field{
			{Kind: SelectField, Name: "seat", Label: s.t("form.seat"), Value: "b", Options: s.seats()},
			{Name: "person", Label: s.t("form.person"), Hint: s.t("form.person-hint"), Value: s.t("person"), Required: true, Autocomplete: "off"},
			{Kind: EmailField, Name: "email", Label: s.t("form.email"), Autocomplete: "off"},
			{Kind: RadioField, Name: "role", Label: s.t("form.role"), Options: []Option{
				{Value: "holder", Label: s.t("form.holder")}, {Value: "substitute", Label: s.t("form.substitute"), Hint: s.t("form.substitute-hint")}}},
			{Kind: DateField, Name: "from", Label: s.t("form.from"), Value: "2026-09-01", Required: true},
			{Kind: DateField, Name: "to", Label: s.t("form.to"), Hint: s.t("form.to-hint"), Value: "2026-06-30"},
			{Kind: CheckboxField, Name: "act", Label: s.t("form.act"), Checked: true},
			{Kind: FileField, Name: "file", Label: s.t("form.file"), Accept: ".pdf,.odt"},
			{Kind: TextAreaField, Name: "note", Label: s.t("form.note"), Rows: 3},
		},
	}
}

func (s specimens) seats() []Option {
	return []Option{
		{Value: "a", Label: s.t("seat.one"), Group: s.t("committee.strategic")},
		{Value: "b", Label: s.t("seat.two"), Group: s.t("committee.strategic")},
		{Value: "c", Label: s.t("seat.three"), Group: s.t("committee.operational")},
	}
}

func (s specimens) filter() Filter {
	return Filter{Action: "#lists", Active: true, Fields: []Field{
		{Kind: SearchField, Name: "q", Label: s.t("filter.text"), Value: s.t("filter.value")},
		{Kind: SelectField, Name: "kind", Label: s.t("filter.kind"), Options: []Option{{Label: s.t("filter.all")}, {Value: "a", Label: s.t("filter.association")}}},
	}}
}

func (s specimens) table() Table {
	row := func(current bool, seat string, rank int, who string, state governance.SeatState, n int) Row {
		return Row{Current: current, Cells: []templ.Component{
			LinkText(Link{Label: s.t(seat), Href: "#lists"}), PartyTag(s.p, s.parties()[rank]), Text(who), SeatBadge(s.p, state), Text(s.p.Number(n))}}
	}
	return Table{
		Caption: s.t("table.caption"),
		Columns: []Column{{Title: s.t("table.seat")}, {Title: s.t("table.party")}, {Title: s.t("table.holder")}, {Title: s.t("table.state")}, {Title: s.t("table.attended"), Number: true}},
		Rows: []Row{
			row(false, "seat.one", 1, s.t("person"), governance.Filled, 7),
			row(true, "seat.two", 2, s.t("person-two"), governance.EndsSoon, 12),
			row(false, "seat.three", 3, s.p.T("common.none"), governance.Vacant, 0),
		},
	}
}

func (s specimens) definitions() []Definition {
	return []Definition{
		{Term: s.t("definition.kind"), Text: s.t("definition.kind-value")},
		{Term: s.t("definition.site"), Value: LinkText(Link{Label: s.t("definition.site-value"), Href: "#lists"})},
		{Term: s.t("definition.phone")},
	}
}

func (s specimens) tally() []Tally {
	return []Tally{
		{Label: s.t("committee.operational"), Held: 2, Planned: 1, Min: 4},
		{Label: s.t("committee.strategic"), Held: 1, Planned: 2, Min: 1, Max: 2},
		{Label: s.t("committee.technical"), Held: 3},
	}
}

func (s specimens) breakdown() Breakdown {
	b := Breakdown{Caption: s.t("breakdown.caption")}
	for i, status := range compliance.Statuses() {
		b.Items = append(b.Items, BreakdownItem{Tone: Tone(status), Label: s.p.T("compliance.status." + string(status)), Count: []int{1, 3, 9, 4, 6, 2}[i]})
	}
	return b
}

func (s specimens) countdown() Countdown {
	end := calendar.Must("2026-12-31")
	return Countdown{Days: end.DaysSince(s.day()), Until: end, Label: s.t("countdown"), Start: calendar.Must("2023-01-01"), Day: s.day()}
}

func (s specimens) events() []Event {
	return []Event{
		{When: "2014", Title: s.t("event.first"), Body: s.t("event.first-body")},
		{Day: calendar.Must("2026-11-17"), Title: s.t("event.meeting"), Href: "#time", Badge: MeetingBadge(s.p, governance.Held)},
		{Day: s.day(), Title: s.t("event.today"), Current: true},
		{Day: calendar.Must("2026-12-08"), Title: s.t("event.next"), Href: "#time", Badge: MeetingBadge(s.p, governance.Planned)},
	}
}

func (s specimens) steps() []Step {
	return []Step{
		{Title: s.t("step.propose"), Body: s.t("committee.operational"), State: StepDone},
		{Title: s.t("step.validate"), Body: s.t("committee.strategic"), State: StepHere},
		{Title: s.t("step.carry"), Body: s.t("committee.technical"), State: StepNext},
	}
}

func (s specimens) sideNote() SideNote {
	return SideNote{
		Status: compliance.AtRisk, Title: s.t("note.title"), Figures: fault.Say("specimen.note.figures"), Next: fault.Say("specimen.note.next"),
		By: calendar.Must("2026-12-31"), More: "#margin",
		Evidence: []Link{{Label: s.t("note.evidence-one"), Href: "#margin", Icon: "held"}, {Label: s.t("note.evidence-two"), Href: "#margin", Icon: "planned"}},
	}
}

func (s specimens) sideNotes() SideNote {
	return SideNote{Status: compliance.Unknown, Title: s.t("note.unknown-title"), Figures: fault.Say("specimen.note.unknown")}
}

func (s specimens) both() BothTexts {
	return BothTexts{Who: s.t("person"), When: s.p.Day(s.day()), Fields: []TwoTexts{
		{Label: s.t("form.person"), Mine: s.t("person"), Theirs: s.t("person")},
		{Label: s.t("form.note"), Mine: s.t("both.mine"), Theirs: s.t("both.theirs")},
	}}
}

func (s specimens) source() Source {
	return Source{File: s.t("source.file"), Lines: []SourceLine{
		{Number: 41, Text: "cadence:"},
		{Number: 42, Text: "    minimun: 4", Faults: []SourceFault{{Column: 14, Message: fault.Say("specimen.source.fault"), Remedy: fault.Say("specimen.source.remedy")}}},
		{Number: 43, Text: "    sur: annee-civile"},
		{Number: 97, Text: "axes: []", Faults: []SourceFault{{Warning: true, Message: fault.Say("specimen.source.warning")}}},
	}}
}

func (s specimens) issued() IssuedLink {
	return IssuedLink{Email: s.t("form.issued-to"), Link: s.t("copy"), Until: calendar.Must("2026-11-30")}
}

func (s specimens) todos() []Todo {
	cite := s.cite()
	return []Todo{
		{Title: s.t("todo.plan"), Href: "#time", Body: s.t("todo.plan-body"), By: calendar.Must("2026-12-31"), Cite: &cite},
		{Title: s.t("todo.late"), Href: "#time", By: calendar.Must("2026-11-16"), Late: true},
	}
}

func (s specimens) attachments() AttachmentsData {
	at := time.Date(2026, time.November, 23, 11, 0, 0, 0, time.UTC)
	document := func(id, key, media string, size int64, audience governance.Audience) governance.Attachment {
		return governance.Attachment{ID: id, Version: 1, Name: s.t(key), FileName: id + ".pdf", Type: media, Size: size, AddedAt: at, Audience: audience}
	}
	return AttachmentsData{Root: "/espaces/exemple", Owner: governance.OwnerMeeting, OwnerID: "exemple", May: true, Audience: governance.ForSpace,
		Limits: governance.DefaultAttachmentLimits(), Link: func(governance.Attachment) string { return "#attachments" }, List: []governance.Attachment{
			document("a", "attachment.agenda", "application/pdf", 1_258_291, governance.ForSpace),
			document("b", "attachment.note", "application/vnd.oasis.opendocument.text", 45_000, governance.ForCoordinators),
			document("c", "attachment.photo", "image/jpeg", 812, governance.ForSpace),
		}}
}

func (s specimens) tabs() []Tab {
	return []Tab{
		{Label: s.t("tab.members"), Href: "#lists", Current: true, Count: 8},
		{Label: s.t("tab.meetings"), Href: "#lists"},
		{Label: s.t("tab.powers"), Href: "#lists"},
	}
}
