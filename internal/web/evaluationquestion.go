package web

import (
	"net/http"
	"strconv"
	"strings"

	"entente/internal/authority"
	"entente/internal/evaluation"
	"entente/internal/fault"
	"entente/internal/store"
	"entente/internal/web/view"
)

// questionSheet keeps the questions that a space asks.
var questionSheet = &sheet[evaluation.Question]{
	noun: "evaluation-question", path: "evaluations/questions", task: authority.ManagePlan,
	ident: func(q *evaluation.Question) (*string, *int64) { return &q.ID, &q.Version },
	blank: func(v *visit) (evaluation.Question, error) {
		list, err := v.space.Questions(v.Context())
		return evaluation.Question{Rank: len(list) + 1, Kind: evaluation.Scale, About: evaluation.Whole}, err
	},
	fields: (*visit).questionFields,
	read: func(_ *visit, f *form, q *evaluation.Question) {
		q.Criterion, q.Kind, q.About = evaluation.Criterion(f.text("criterion")), evaluation.AnswerKind(f.text("kind")), evaluation.Level(f.text("about"))
		q.Text, q.Options, q.Groups = f.text("body"), nil, nil
		q.Rank, _ = strconv.Atoi(f.text("rank"))
		for line := range strings.SplitSeq(f.prose("options"), "\n") {
			if line = strings.TrimSpace(line); line != "" {
				q.Options = append(q.Options, line)
			}
		}
		for _, g := range evaluation.Groups() {
			if f.checked(groupPrefix + string(g)) {
				q.Groups = append(q.Groups, g)
			}
		}
		if len(q.Groups) == len(evaluation.Groups()) {
			q.Groups = nil
		}
	},
	back: func(v *visit, _ evaluation.Question) string { return v.path("evaluations", "modele") },
	crumbs: func(v *visit, _ evaluation.Question) []view.Crumb {
		return append(v.under("evaluations"), view.Crumb{Label: v.p.T("evaluation.template"), Href: v.path("evaluations", "modele")})
	},
	load: (*store.Space).Question, create: (*store.Space).CreateQuestion,
	update: (*store.Space).UpdateQuestion, remove: (*store.Space).RemoveQuestion,
}

func (v *visit) questionFields(q evaluation.Question) ([]view.Field, error) {
	const n = "evaluation-question"
	body := must(v.ask(n, "body", view.TextField, q.Text))
	options := v.ask(n, "options", view.TextAreaField, strings.Join(q.Options, "\n"))
	out := []view.Field{body,
		must(v.choose(n, "criterion", string(q.Criterion), "form.choose", wordOptions(v, "evaluation.criterion.", evaluation.Criteria()))),
		must(v.choose(n, "about", string(q.About), "", wordOptions(v, "evaluation.about.", evaluation.Asked()))),
		must(v.choose(n, "kind", string(q.Kind), "", wordOptions(v, "evaluation.answer.", evaluation.AnswerKinds()))),
		options, must(v.ask(n, "rank", view.NumberField, strconv.Itoa(q.Rank)))}
	for _, g := range evaluation.Groups() {
		out = append(out, view.Field{Kind: view.CheckboxField, Name: groupPrefix + string(g), Label: v.p.T("evaluation.ask." + string(g)), Checked: q.For(g)})
	}
	return out, nil
}

// wordOptions are the values of a closed set with their words.
func wordOptions[T ~string](v *visit, prefix string, all []T) []view.Option {
	out := make([]view.Option, 0, len(all))
	for _, x := range all {
		out = append(out, view.Option{Value: string(x), Label: v.p.T(prefix + string(x))})
	}
	return out
}

// questionsInUse are the questions of the space, or those of the house where it has none of its own.
func (v *visit) questionsInUse() (list []evaluation.Question, own bool, err error) {
	if list, err = v.space.Questions(v.Context()); err != nil || len(list) > 0 {
		return list, true, err
	}
	list = evaluation.DefaultQuestions()
	for i := range list {
		list[i].Text = v.p.T("evaluation.question." + list[i].ID)
	}
	return list, false, nil
}

// questionTemplate shows the questions that the next campaign asks.
func (s *Server) questionTemplate(w http.ResponseWriter, v *visit) error {
	list, own, err := v.questionsInUse()
	if err != nil {
		return err
	}
	page := v.page(v.p.T("evaluation.template"), v.under("evaluations")...)
	page.Wide = true
	return s.show(w, v, view.QuestionsPage(page, view.QuestionsData{Root: v.path(), Questions: list, Own: own}))
}

// ownQuestions makes the questions of the house those of the space, which may change them from then on.
func (s *Server) ownQuestions(w http.ResponseWriter, v *visit) error {
	usual, own, err := v.questionsInUse()
	if err != nil {
		return err
	}
	if own {
		return s.redirect(w, v, v.path("evaluations", "modele"), fault.Message{})
	}
	err = v.space.Together(v.Context(), func(sp *store.Space) error {
		list, err := sp.Questions(v.Context())
		if err != nil || len(list) > 0 {
			return err
		}
		for _, q := range usual {
			if err == nil {
				_, err = sp.CreateQuestion(v.Context(), v.actor("", ""), q)
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	return s.redirect(w, v, v.path("evaluations", "modele"), fault.Say("evaluation.template.owned"))
}
