package view

import (
	"net/url"

	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
	"entente/internal/office"
)

// AnswerData is the page behind a personal link.
type AnswerData struct {
	Space    string // its name
	Action   string // address of the page
	Own      bool   // of somebody who is signed in, and needs no link
	Person   string // whose link it is
	Assembly *office.Assembly
	Sheet    AnswerSheet
	Items    []governance.ManifestItem
	Papers   []governance.Attachment // to be read from the link
	Seats    []AnswerSeat
	Closed   fault.Message // why there is nothing to answer any more; nothing while there is
	Refused  fault.Message // why what was sent is not kept, where no form of the page was sent
	Open     bool          // the meeting is still to come
}

// AnswerSeat is a seat for which the bearer of a link answers.
type AnswerSeat struct {
	Chair      governance.Chair
	Substitute bool
	Attendance governance.Attendance
	Concerns   []governance.Concern
	Form       *Form  // nil where there is nothing to answer
	Said       string // in its place
}

// paper is the address of a document, through the link.
func (d AnswerData) paper(a governance.Attachment) string {
	return d.Action + "/documents/" + url.PathEscape(a.ID)
}

// OwnAnswerHref is where somebody who is signed in answers the call to a meeting.
func OwnAnswerHref(root, meeting string) string { return MeetingHref(root, meeting, "ma-reponse") }

// noSeat is the key of what is said where nothing is asked of the reader.
func (d AnswerData) noSeat() string {
	if d.Own {
		return "answer.own-no-seat"
	}
	return "answer.no-seat"
}

func (d AnswerData) practical(p *i18n.Printer) []Definition {
	return meetingFacts(p, d.Assembly.Meeting)
}

// meetingFacts are when and where a meeting is held.
func meetingFacts(p *i18n.Printer, m governance.Meeting) []Definition {
	out := []Definition{{Term: p.T("convocation.when"), Text: meetingDay(p, m)}}
	if m.Minutes > 0 {
		out = append(out, Definition{Term: p.T("convocation.length"), Text: Duration(p, m.Minutes)})
	}
	if m.Place != "" || m.Remote == "" {
		out = append(out, Definition{Term: p.T("meeting.field.place"), Text: m.Place})
	}
	if m.Remote != "" {
		out = append(out, Definition{Term: p.T("convocation.remote"), Value: LinkText(Link{Label: m.Remote, Href: m.Remote})})
	}
	return out
}

// AnswerEntryData is the form of an answer that a coordinator enters.
type AnswerEntryData struct {
	Sheet      AnswerSheet
	Meeting    governance.Meeting
	Chair      governance.Chair
	Attendance governance.Attendance
	Form       Form
	Renew      []Form // one for each person called for the seat
}

// Fields of the form of an answer. What goes with one answer alone is shown with it, where the browser can.
const (
	AnswerField     = "answer"
	SubstituteField = "substitute"
	NamedField      = "named"
	ProxyField      = "proxy"
	NoteField       = "note"
	SeatField       = "seat"
	SeenField       = "seen"
)

// AnswerForm is the form with which a seat answers: all is what the others have answered, rule what the committee admits.
func AnswerForm(p *i18n.Printer, d AnswerSheet, a governance.Attendance, all []governance.Attendance, rule convention.Substitution) Form {
	c := d.chair(a.Seat)
	f := Form{Submit: p.T("answer.submit"), Fields: []Field{
		{Kind: HiddenField, Name: SeatField, Value: a.Seat},
		{Kind: HiddenField, Name: SeenField, Value: a.Mark()},
		answerField(p, a, rule),
	}}
	if rule != convention.SubstitutionNone && (len(c.Substitutes) > 0 || rule != convention.SubstitutionFree) {
		f.Fields = append(f.Fields, d.substituteField(p, c, a))
	}
	if rule == convention.SubstitutionFree {
		f.Fields = append(f.Fields, Field{Name: NamedField, Label: p.T("answer.field.named"), Hint: p.T("answer.hint.named"), Value: a.Named})
	}
	f.Fields = append(f.Fields, d.proxyField(p, a, all),
		Field{Kind: TextAreaField, Name: NoteField, Label: p.T("answer.field.note"), Hint: p.T("answer.hint.note"), Value: a.Note, Rows: 2})
	return f
}

func answerField(p *i18n.Printer, a governance.Attendance, rule convention.Substitution) Field {
	f := Field{Kind: RadioField, Name: AnswerField, Label: p.T("answer.field.answer"), Value: string(a.Answer), Required: true}
	for _, x := range governance.Answers() {
		if x == governance.WillBeSubst && rule == convention.SubstitutionNone {
			continue
		}
		f.Options = append(f.Options, Option{Value: string(x), Label: p.T("answer.option." + string(x))})
	}
	return f
}

func (d AnswerSheet) substituteField(p *i18n.Printer, c governance.Chair, a governance.Attendance) Field {
	f := Field{Kind: SelectField, Name: SubstituteField, Label: p.T("answer.field.substitute"), Value: a.Substitute, Options: []Option{{Label: p.T("form.choose")}}}
	if len(c.Substitutes) == 0 {
		f.Hint = p.T("answer.hint.no-substitute")
	}
	for _, person := range c.Substitutes {
		label := d.People[person].Name()
		for _, declined := range a.Declined {
			if declined == person {
				label = p.T("answer.declined", "person", label)
			}
		}
		f.Options = append(f.Options, Option{Value: person, Label: label})
	}
	return f
}

// proxyField offers the seats whose holders have not given a proxy.
func (d AnswerSheet) proxyField(p *i18n.Printer, a governance.Attendance, all []governance.Attendance) Field {
	f := Field{Kind: SelectField, Name: ProxyField, Label: p.T("answer.field.proxy"), Hint: p.T("answer.hint.proxy"), Value: a.ProxyTo, Options: []Option{{Label: p.T("form.choose")}}}
	given := map[string]governance.Answer{}
	for _, x := range all {
		given[x.Seat] = x.Answer
	}
	for _, c := range d.Chairs {
		if c.Holder == "" || c.Seat == a.Seat || given[c.Seat] == governance.GivesProxy {
			continue
		}
		label := p.T("answer.bearer", "person", d.People[c.Holder].Name(), "party", p.Say(ChairName(d.Text, c)))
		if given[c.Seat] == governance.WillNotCome {
			label = p.T("answer.will-be-away", "person", label)
		}
		f.Options = append(f.Options, Option{Value: c.Seat, Label: label})
	}
	return f
}

// StandInForm is the form with which a substitute says whether they will sit.
func StandInForm(p *i18n.Printer, d AnswerSheet, a governance.Attendance, person string) Form {
	holder := d.People[d.chair(a.Seat).Holder].Name()
	f := Field{Kind: RadioField, Name: AnswerField, Label: p.T("answer.field.answer"), Required: true, Options: []Option{
		{Value: StandsIn, Label: p.T("answer.stand-in.yes", "person", holder)}, {Value: StandsAside, Label: p.T("answer.stand-in.no")}}}
	if a.Answer == governance.WillBeSubst && a.Substitute == person {
		f.Value = StandsIn
	}
	for _, declined := range a.Declined {
		if declined == person {
			f.Value = StandsAside
		}
	}
	return Form{Submit: p.T("answer.submit"), Fields: []Field{{Kind: HiddenField, Name: SeatField, Value: a.Seat}, {Kind: HiddenField, Name: SeenField, Value: a.Mark()}, f}}
}

// The answers of a substitute.
const (
	StandsIn    = "sits"
	StandsAside = "cannot"
)
