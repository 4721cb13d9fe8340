package view

import (
	"slices"
	"strings"

	"entente/internal/i18n"
	"entente/internal/reading"
)

// The controls of the form of a question: what is chosen, and what is written where no candidate is right.
const (
	AnswerControl = "reponse"
	OtherControl  = "autre"
)

// Answerable tells that an answer can be given here. A question about something that the reader has no fact for can be
// settled in the proposed file alone.
func Answerable(q reading.Question) bool { return q.Field != "" }

// QuestionOptions are the answers that a question offers: its candidates, else the values of a closed field.
func QuestionOptions(p *i18n.Printer, r *reading.Reading, q reading.Question) []Option {
	field := FactFieldOf(q.Kind, q.Field)
	if len(q.Candidates) == 0 {
		return field.Options(p, r)
	}
	out := make([]Option, 0, len(q.Candidates))
	for _, c := range q.Candidates {
		o := Option{Value: c.Value, Label: c.Label}
		if said := field.say(p, r, c.Value); o.Label == o.Value && said != "" {
			o.Label = said
		}
		out = append(out, o)
	}
	return out
}

// question is the form that answers a question, filled with the answer given or typed.
func (d ReviewData) question(p *i18n.Printer, q reading.Question) Form {
	out := Form{ID: "q-" + q.ID, Action: d.Root + "/questions", Submit: p.T("reading-page.answer"), Quiet: true}
	chosen, other := d.Decisions.Answers[q.ID], ""
	options := QuestionOptions(p, d.Read, q)
	if !slices.ContainsFunc(options, func(o Option) bool { return o.Value == chosen }) {
		chosen, other = "", chosen
	}
	if t := d.typed(q.ID); t != nil {
		out.Faults, out.Message = t.Faults, t.Message
		chosen, other = first(t.Values[AnswerControl]), first(t.Values[OtherControl])
	}
	out.Fields = append(out.Fields, Field{Kind: HiddenField, Name: "question", Value: q.ID})
	if q.Several() {
		out.Fields = append(out.Fields, d.severalAnswers(p, q, options))
		return out
	}
	if len(options) > 0 {
		out.Fields = append(out.Fields, choiceOf(p, options, chosen))
	}
	if field := FactFieldOf(q.Kind, q.Field); !field.Closed() {
		x := field.control(p, d.Read, q.Kind, nil)
		x.Name, x.Value, x.Label = OtherControl, other, p.T("reading-page.answer.own")
		if len(options) > 0 {
			x.Label = p.T("reading-page.answer.other")
		}
		out.Fields = append(out.Fields, x)
	}
	return out
}

// severalAnswers is the field of a question that takes several answers: boxes where the answers are known, else a text with
// one answer a line.
func (d ReviewData) severalAnswers(p *i18n.Printer, q reading.Question, options []Option) Field {
	given := lines(d.Decisions.Answers[q.ID])
	t := d.typed(q.ID)
	if FactFieldOf(q.Kind, q.Field).Closed() {
		if t != nil {
			given = t.Values[AnswerControl]
		}
		return Field{Kind: checksField, Name: AnswerControl, Label: p.T("reading-page.answer.several"), Hint: p.T("reading-page.answer.several-hint"),
			Value: strings.Join(given, "\n"), Options: options}
	}
	if t != nil {
		given = t.Values[OtherControl]
	}
	return Field{Kind: TextAreaField, Name: OtherControl, Label: p.T("reading-page.answer.several"), Hint: p.T("reading-page.answer.line-hint"),
		Value: strings.Join(given, "\n"), Rows: 3}
}

// radioMost is up to how many answers stand as radio buttons; more make a list to choose from.
const radioMost = 6

func choiceOf(p *i18n.Printer, options []Option, chosen string) Field {
	x := Field{Kind: RadioField, Name: AnswerControl, Label: p.T("reading-page.answer.choice"), Value: chosen, Options: options}
	none := Option{Label: p.T("reading-page.answer.none")}
	if len(options) > radioMost {
		x.Kind, x.Options = SelectField, append([]Option{none}, options...)
		return x
	}
	x.Options = append(x.Options[:len(x.Options):len(x.Options)], none)
	return x
}

func first(all []string) string {
	if len(all) == 0 {
		return ""
	}
	return all[0]
}
