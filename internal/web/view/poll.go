package view

import (
	"net/url"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
)

// PollsData is the list of the polls of dates of a space.
type PollsData struct {
	Text  *convention.Convention
	Root  string
	Today calendar.Date
	Polls []governance.Poll
	Add   bool
}

func (d PollsData) actions(p *i18n.Printer) []Link {
	if !d.Add {
		return nil
	}
	return []Link{{Label: p.T("poll.add"), Href: d.Root + "/sondages/ajouter", Icon: "add"}}
}

func (d PollsData) table(p *i18n.Printer) Table {
	t := Table{Caption: p.T("poll.list"), Hidden: true, Columns: []Column{{Title: p.T("poll.field.title")}, {Title: p.T("meeting.field.committee")},
		{Title: p.T("poll.field.closes")}, {Title: p.T("meeting.field.state")}}}
	for _, x := range d.Polls {
		t.Rows = append(t.Rows, Row{Cells: []templ.Component{LinkText(Link{Label: x.Title, Href: d.Root + "/sondages/" + url.PathEscape(x.ID)}),
			committeeCell(d.Text, d.Root, x.Committee), Text(p.Day(x.Closes)), PollBadge(p, x.Standing(d.Today))}})
	}
	return t
}

// pollBadges give each state of a poll its tone and its icon.
var pollBadges = map[governance.PollState]BadgeData{
	governance.PollOpen: {Tone: ToneInfo, Icon: "on-course"}, governance.PollClosed: {Tone: ToneNeutral, Icon: "clock"},
	governance.PollPlanned: {Tone: ToneGood, Icon: "planned"}, governance.PollCancelled: {Tone: ToneNeutral, Icon: "cancelled"},
}

// PollBadge says where a poll stands.
func PollBadge(p *i18n.Printer, s governance.PollState) templ.Component {
	b := pollBadges[s]
	b.Word = p.T("poll.state." + string(s))
	return Badge(p, b)
}

// PollFormData is the form that opens a poll, as it is or as it was typed.
type PollFormData struct {
	Text      *convention.Convention
	Root      string
	Committee string
	Title     string
	Note      string
	Closes    string
	Lines     []PollLine
	Faults    fault.Fields
	Message   fault.Message
}

// PollLine is a line for a date.
type PollLine struct{ Day, Time string }

// form has every field, for the summary of what is wrong.
func (d PollFormData) form(p *i18n.Printer) Form {
	committee := Field{Kind: SelectField, Name: "committee", Value: d.Committee, Label: p.T("meeting.field.committee"), Hint: p.T("poll.hint.committee"),
		Required: true, Options: []Option{{Label: p.T("form.choose")}}}
	for _, k := range d.Text.Committees {
		committee.Options = append(committee.Options, Option{Value: k.ID, Label: k.Name})
	}
	return Form{Action: d.Root + "/sondages/ajouter", Faults: d.Faults, Message: d.Message, Fields: append([]Field{
		committee,
		{Name: "title", Value: d.Title, Label: p.T("poll.field.title"), Hint: p.T("poll.hint.title"), Required: true, Autocomplete: "off"},
		{Kind: TextAreaField, Name: "note", Value: d.Note, Label: p.T("poll.field.note"), Hint: p.T("poll.hint.note"), Rows: 3},
		{Kind: DateField, Name: "closes", Value: d.Closes, Label: p.T("poll.field.closes"), Hint: p.T("poll.hint.closes"), Required: true}}, d.lineFields(p)...)}
}

func (d PollFormData) lineFields(p *i18n.Printer) []Field {
	var out []Field
	for i, l := range d.Lines {
		out = append(out, Field{Kind: DateField, Name: "jour-" + strconv.Itoa(i), Value: l.Day, Label: p.T("poll.line.day", "rank", i+1)},
			Field{Kind: TimeField, Name: "heure-" + strconv.Itoa(i), Value: l.Time, Label: p.T("poll.line.time", "rank", i+1)})
	}
	return out
}

// more tells whether another line may be added.
func (d PollFormData) more() bool { return len(d.Lines) < governance.MaxSlots }

// PollData is the page of a poll.
type PollData struct {
	Text      *convention.Convention
	Root      string
	Today     calendar.Date
	May       bool // the reader keeps the poll
	Poll      governance.Poll
	Committee *convention.Committee // nil where the text no longer has it
	Calls     []governance.Asked
	Answers   governance.PollReplies
	Names     map[string]string // of people
	Asked     []PollAsked
	Counts    []governance.SlotCount
	Issued    []PollLink // links that were just made: shown this once
	Created   bool       // the poll was just opened
	Reminded  bool       // those who have not answered were just written to again
	Mailed    int        // people to whom a message leaves by mail just now
	Refused   fault.Message
}

// PollAsked is somebody who is asked.
type PollAsked struct {
	ID       string
	Name     string
	Seats    []governance.Asked
	Answered bool
	ByMail   bool      // what is written to them leaves by mail
	Linked   bool      // a link of theirs works
	Used     time.Time // when it was last opened; zero where never
}

// PollLink is a personal link to hand on.
type PollLink struct{ Name, Href string }

func (d PollData) here() string { return d.Root + "/sondages/" + url.PathEscape(d.Poll.ID) }

func (d PollData) standing() governance.PollState { return d.Poll.Standing(d.Today) }

func (d PollData) committeeName() string {
	if d.Committee != nil {
		return d.Committee.Name
	}
	return d.Poll.Committee
}

func (d PollData) definitions(p *i18n.Printer) []Definition {
	out := []Definition{{Term: p.T("meeting.field.committee"), Value: committeeCell(d.Text, d.Root, d.Poll.Committee)},
		{Term: p.T("meeting.field.state"), Value: PollBadge(p, d.standing())}, {Term: p.T("poll.field.closes"), Text: p.Date(d.Poll.Closes)},
		{Term: p.T("poll.asked"), Text: d.sayAsked(p)}}
	if d.Poll.Note != "" {
		out = append(out, Definition{Term: p.T("poll.field.note"), Text: d.Poll.Note})
	}
	if d.Committee != nil && d.Committee.Quorum != nil {
		out = append(out, Definition{Term: p.T("poll.quorum"), Text: p.T("poll.quorum.rule", "rule", d.Committee.Quorum.Say(), "cite", d.Text.Cite(d.Committee.Quorum.Place))})
	}
	return out
}

// sayAsked tells how many people are asked for how many seats, and which seats nobody is asked for.
func (d PollData) sayAsked(p *i18n.Printer) string {
	seats := map[string]bool{}
	for _, c := range d.Calls {
		seats[c.Seat] = true
	}
	said := p.T("poll.asked.some", "people", fault.Say("poll.people", "count", len(d.Asked)), "seats", fault.Say("poll.seats", "count", len(seats)))
	if d.Committee != nil {
		if vacant := len(d.Committee.Places()) - len(seats); vacant > 0 {
			said += " " + p.T("poll.vacant", "count", vacant)
		}
	}
	if n := d.several(); n > 0 {
		said += " " + p.T("poll.several", "count", n)
	}
	return said
}

// several counts the people who are asked for more than one seat.
func (d PollData) several() int {
	n := 0
	for _, x := range d.Asked {
		if len(x.Seats) > 1 {
			n++
		}
	}
	return n
}

// SlotWord is a date of a poll in words.
func SlotWord(p *i18n.Printer, s governance.Slot) string {
	return meetingDay(p, governance.Meeting{Day: s.Day, Time: s.Time})
}

// sayCounted says how many could sit, yes and if need be apart.
func sayCounted(p *i18n.Printer, c governance.Count) string {
	return p.T("poll.counted", "yes", c.Yes, "maybe", c.IfNeedBe)
}

// grid counts the answers date by date.
func (d PollData) grid(p *i18n.Printer) Table {
	t := Table{Caption: p.T("poll.grid"), Hidden: true, Columns: []Column{{Title: p.T("meeting.field.day")}, {Title: p.T("poll.column.institutions")},
		{Title: p.T("poll.column.seats")}, {Title: p.T("poll.column.people")}, {Title: p.T("poll.column.silent")}}}
	quorum := len(d.Counts) > 0 && d.Counts[0].Quorum != governance.ReachNone
	if quorum {
		t.Columns = append(t.Columns, Column{Title: p.T("poll.quorum")})
	}
	accepts := d.May && (d.Poll.State == governance.PollOpen || d.Poll.State == governance.PollClosed)
	if accepts {
		t.Columns = append(t.Columns, Column{Title: p.T("form.actions")})
	}
	for _, c := range d.Counts {
		row := Row{Current: c.Best, Cells: []templ.Component{slotCell(p, c), Text(sayCounted(p, c.Institutions)), Text(sayCounted(p, c.Seats)),
			Text(sayCounted(p, c.People)), Text(p.T("poll.silent", "silent", c.Silent, "refused", c.Refused))}}
		if quorum {
			row.Cells = append(row.Cells, quorumBadge(p, c.Quorum))
		}
		if accepts {
			row.Cells = append(row.Cells, acceptSlot(p, d, c.Slot))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// reachTones are the tones of a quorum that would be met or not.
var reachTones = map[governance.Reach]BadgeData{governance.ReachYes: {Tone: ToneGood, Icon: "kept"}, governance.ReachIfNeedBe: {Tone: ToneInfo, Icon: "on-course"},
	governance.ReachNo: {Tone: ToneWarning, Icon: "at-risk"}}

func quorumBadge(p *i18n.Printer, r governance.Reach) templ.Component {
	b := reachTones[r]
	b.Word = p.T("poll.reach." + string(r))
	return Badge(p, b)
}

// answered lists, for a date, the seats by answer; those that have none last. Where somebody else than the holder answers for
// a seat, or several do, each is named with their answer.
func (d PollData) answered(p *i18n.Printer, slot governance.Slot) []Definition {
	out := make([]Definition, 0, 4)
	for _, kind := range append(governance.PollAnswers(), "") {
		var names []string
		for _, x := range d.Asked {
			if d.Answers[x.ID][slot.Key()] == kind {
				names = append(names, p.T("poll.person", "name", x.Name, "seats", d.seats(p, x.Seats)))
			}
		}
		if len(names) > 0 {
			out = append(out, Definition{Term: answerWord(p, kind), Value: stacked(names)})
		}
	}
	return out
}

func answerWord(p *i18n.Printer, a governance.PollAnswer) string {
	if a == "" {
		return p.T("poll.answer.none")
	}
	return p.T("poll.answer." + string(a))
}

// seats names the seats that somebody is asked for.
func (d PollData) seats(p *i18n.Printer, calls []governance.Asked) string {
	return seatWords(p, d.Text, calls)
}

func seatWords(p *i18n.Printer, text *convention.Convention, calls []governance.Asked) string {
	out := ""
	for _, c := range calls {
		word := c.Seat
		if seat, ok := text.Seat(c.Seat); ok {
			word = p.Say(text.SaySeat(seat))
		}
		if c.Role == governance.Substitute {
			word = p.T("poll.substitute", "seat", word)
		}
		if out != "" {
			word = p.T("poll.seats-joined", "first", out, "next", word)
		}
		out = word
	}
	return out
}

// silent counts those who have not answered.
func (d PollData) silent() int {
	n := 0
	for _, x := range d.Asked {
		if !x.Answered {
			n++
		}
	}
	return n
}

// people lists who is asked, with what the coordinator can do for each.
func (d PollData) people(p *i18n.Printer) Table {
	t := Table{Caption: p.T("poll.asked"), Hidden: true, Columns: []Column{{Title: p.T("poll.column.person")}, {Title: p.T("poll.column.for")},
		{Title: p.T("poll.column.answer")}, {Title: p.T("poll.column.link")}}}
	open := d.standing() == governance.PollOpen
	if open {
		t.Columns = append(t.Columns, Column{Title: p.T("form.actions")})
	}
	for _, x := range d.Asked {
		row := Row{Cells: []templ.Component{personLink(d.Root, x.ID, x.Name), Text(d.seats(p, x.Seats)), answeredBadge(p, x.Answered), Text(x.link(p))}}
		if open {
			row.Cells = append(row.Cells, personActions(p, d, x))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func answeredBadge(p *i18n.Printer, answered bool) templ.Component {
	if answered {
		return Badge(p, BadgeData{Tone: ToneGood, Icon: "kept", Word: p.T("poll.answered")})
	}
	return Badge(p, BadgeData{Tone: ToneUnknown, Icon: "unknown", Word: p.T("poll.unanswered")})
}

func (x PollAsked) link(p *i18n.Printer) string {
	switch {
	case !x.Linked:
		return p.T("poll.link.none")
	case x.Used.IsZero():
		return p.T("poll.link.unopened")
	}
	return p.T("poll.link.opened", "at", p.ShortInstant(x.Used))
}

// message is what a coordinator sends with a link.
func (d PollData) message(p *i18n.Printer, l PollLink) string {
	return p.T("poll.message", "name", l.Name, "committee", d.committeeName(), "title", d.Poll.Title, "day", d.Poll.Closes, "link", l.Href)
}

// endings are the buttons that end the poll, or open it again.
func (d PollData) endings() []string {
	switch d.Poll.State {
	case governance.PollOpen:
		if d.standing() == governance.PollOpen {
			return []string{"clore", "annuler"}
		}
		return []string{"annuler"}
	case governance.PollClosed:
		if !d.Today.After(d.Poll.Closes) {
			return []string{"rouvrir", "annuler"}
		}
		return []string{"annuler"}
	}
	return nil
}

// PollAnswerData is the form on which somebody who is asked answers, or a coordinator for them.
type PollAnswerData struct {
	Text      *convention.Convention
	Poll      governance.Poll
	Committee *convention.Committee
	Today     calendar.Date
	Space     string // name of the space, on the page of a link
	Name      string // of whoever is asked
	Seats     []governance.Asked
	Answers   map[string]governance.PollAnswer
	Person    string // for whom a coordinator enters; empty on the page of a link
	Action    string
	Back      string // page of the poll; empty on the page of a link
	Until     time.Time
	Received  bool // the answer was just kept
	Meeting   *governance.Meeting
	Faults    fault.Fields
	Message   fault.Message
}

func (d PollAnswerData) open() bool { return d.Poll.Standing(d.Today) == governance.PollOpen }

func (d PollAnswerData) committeeName() string {
	if d.Committee != nil {
		return d.Committee.Name
	}
	return d.Poll.Committee
}

// who says for whom the answer counts.
func (d PollAnswerData) who(p *i18n.Printer) string {
	return p.T("poll.answer-for", "count", len(d.Seats), "name", d.Name, "seats", seatWords(p, d.Text, d.Seats))
}

func (d PollAnswerData) form(p *i18n.Printer) Form {
	f := Form{Action: d.Action, Faults: d.Faults, Message: d.Message, Submit: p.T("poll.answer.send"), Cancel: d.Back}
	if d.Person != "" {
		f.Submit = p.T("poll.enter.save")
		f.Fields = append(f.Fields, Field{Kind: HiddenField, Name: "person", Value: d.Person})
	}
	for i, s := range d.Poll.Slots {
		x := Field{Kind: RadioField, Name: "date-" + strconv.Itoa(i), Label: SlotWord(p, s), Value: string(d.Answers[s.Key()])}
		for _, a := range governance.PollAnswers() {
			x.Options = append(x.Options, Option{Value: string(a), Label: answerWord(p, a)})
		}
		f.Fields = append(f.Fields, x)
	}
	return f
}

// given are the answers once the poll takes no more.
func (d PollAnswerData) given(p *i18n.Printer) []Definition {
	out := make([]Definition, 0, len(d.Poll.Slots))
	for _, s := range d.Poll.Slots {
		out = append(out, Definition{Term: SlotWord(p, s), Text: answerWord(p, d.Answers[s.Key()])})
	}
	return out
}
