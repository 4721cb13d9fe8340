package view

import (
	"maps"
	"slices"

	"github.com/a-h/templ"

	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
)

// AnswerCounts is what the seats of a meeting answered, by institution.
type AnswerCounts struct {
	Text    *convention.Convention
	Tallies []governance.Tally // from governance.Expected
}

// answerColumn is a sort of answer that is counted.
type answerColumn struct {
	key    string
	always bool // shown where it counts nothing
	of     func(governance.Tally) int
}

var answerColumns = []answerColumn{
	{"present", true, func(t governance.Tally) int { return t.Present }},
	{"remote", true, func(t governance.Tally) int { return t.Remote }},
	{"represented", true, func(t governance.Tally) int { return t.Represented }},
	{"proxy", true, func(t governance.Tally) int { return t.Proxy }},
	{"absent", true, func(t governance.Tally) int { return t.Absent }},
	{"silent", true, func(t governance.Tally) int { return t.Silent }},
	{"doubled", false, func(t governance.Tally) int { return t.Doubled }},
	{"vacant", false, func(t governance.Tally) int { return t.Vacant }},
}

func (d AnswerCounts) table(p *i18n.Printer) Table {
	sum := governance.Sum(d.Tallies)
	t := Table{Caption: p.T("answer.summary"), Hidden: true, Columns: []Column{{Title: p.T("answer.institution")}}}
	columns := slices.DeleteFunc(slices.Clone(answerColumns), func(c answerColumn) bool { return !c.always && c.of(sum) == 0 })
	for _, c := range columns {
		t.Columns = append(t.Columns, Column{Title: p.T("answer.count." + c.key), Number: true})
	}
	row := func(head templ.Component, x governance.Tally, stands bool) {
		cells := []templ.Component{head}
		for _, c := range columns {
			cells = append(cells, figure(p, c.of(x)))
		}
		t.Rows = append(t.Rows, Row{Cells: cells, Current: stands})
	}
	for _, x := range d.Tallies {
		row(institution(p, d.Text, x.Party), x, false)
	}
	if len(d.Tallies) > 1 {
		row(Text(p.T("answer.total")), sum, true)
	}
	return t
}

// institution names a party, or says that there is none: members of a derived committee may work for no party.
func institution(p *i18n.Printer, c *convention.Convention, party string) templ.Component {
	if party == "" {
		return Text(p.T("answer.no-institution"))
	}
	return partyTag(p, c, party)
}

// ChairName is a seat with the short name of its institution.
func ChairName(c *convention.Convention, x governance.Chair) fault.Message {
	if party := c.Party(x.Party); party != nil {
		return fault.Say("convention.seat.of", "party", party.Short, "seat", x.Name)
	}
	return x.Name
}

// SayAbout says a message of governance, in which a person is named by identifier and an hour is as it is kept.
func SayAbout(p *i18n.Printer, m fault.Message, people map[string]directory.Person) string {
	if m.Args == nil {
		return p.Say(m)
	}
	args := maps.Clone(m.Args)
	if id, ok := args["person"].(string); ok {
		args["person"] = people[id].Name()
	}
	if m.Key == "convocation.change.time" || m.Key == "convocation.change.time-set" {
		for name, v := range args {
			if s, ok := v.(string); ok {
				args[name] = p.Clock(s)
			}
		}
	}
	return p.Say(fault.Message{Key: m.Key, Args: args})
}

// AnswerSheet is what is needed to name the seats and people of a meeting.
type AnswerSheet struct {
	Text   *convention.Convention
	Chairs []governance.Chair
	People map[string]directory.Person
}

// chair finds a seat; one that is not there has no name.
func (d AnswerSheet) chair(seat string) governance.Chair {
	for _, c := range d.Chairs {
		if c.Seat == seat {
			return c
		}
	}
	return governance.Chair{Seat: seat}
}

// bearer names who holds a seat: "Odile Valmont (le Nord)".
func (d AnswerSheet) bearer(p *i18n.Printer, seat string) string {
	c := d.chair(seat)
	name := d.People[c.Holder].Name()
	switch party := d.Text.Party(c.Party); {
	case c.Holder == "":
		return p.T("answer.vacant")
	case party == nil:
		return name
	default:
		return p.T("answer.bearer", "person", name, "party", party.Short)
	}
}

// say puts the answer of a seat in words.
func (d AnswerSheet) say(p *i18n.Printer, a governance.Attendance) string {
	switch {
	case a.Answer == governance.WillBeSubst && a.Named != "":
		return p.T("answer.said.represented", "person", a.Named)
	case a.Answer == governance.WillBeSubst:
		return p.T("answer.said.represented", "person", d.People[a.Substitute].Name())
	case a.Answer == governance.GivesProxy:
		return p.T("answer.said.proxy", "person", d.bearer(p, a.ProxyTo))
	case a.Answer == governance.NoAnswer:
		return p.T("answer.said.none")
	}
	return p.T("answer.said." + string(a.Answer))
}

// formerly says what was answered for a date that is not that of the meeting any more; empty where nothing was.
func (d AnswerSheet) formerly(p *i18n.Printer, a governance.Attendance, m governance.Meeting) string {
	answer := a.Former
	if a.Stale(m) {
		answer = a.Answer
	}
	if answer == governance.NoAnswer {
		return ""
	}
	return p.T("answer.former", "date", meetingDay(p, governance.Meeting{Day: a.ForDay, Time: a.ForTime}), "answer", p.T("answer.short."+string(answer)))
}

// concern says what is to be known of an answer.
func (d AnswerSheet) concern(p *i18n.Printer, c governance.Concern) string {
	other := d.People[c.Other].Name()
	if c.Kind == governance.BearerAway {
		other = d.bearer(p, c.Other)
	}
	return p.T("answer.concern."+string(c.Kind), "person", other)
}

// answerBadge is the tone and icon of an answer.
func answerBadge(a governance.Answer) BadgeData {
	switch a {
	case governance.WillCome, governance.WillComeRemote:
		return BadgeData{Tone: ToneGood, Icon: "kept"}
	case governance.WillBeSubst, governance.GivesProxy:
		return BadgeData{Tone: ToneInfo, Icon: "on-course"}
	case governance.WillNotCome:
		return BadgeData{Tone: ToneNeutral, Icon: "not-applicable"}
	}
	return BadgeData{Tone: ToneUnknown, Icon: "unknown"}
}

// badge shows an answer: shape, word and colour.
func (d AnswerSheet) badge(p *i18n.Printer, a governance.Attendance) templ.Component {
	b := answerBadge(a.Answer)
	b.Word = d.say(p, a)
	return Badge(p, b)
}
