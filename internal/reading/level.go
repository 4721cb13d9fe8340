package reading

import (
	"slices"
	"strings"

	"entente/internal/fault"
	"entente/internal/reading/french"
)

// level reads the rank of a committee from its name; other tells that another is strategic by name.
func (r *reader) level(name string, other bool) string {
	key := french.Key(name)
	if m, ok := r.book.First("level", key); ok {
		return m.Values["level"]
	}
	if m, ok := r.book.First("level-steering", key); ok && !other {
		return m.Values["level"]
	}
	return ""
}

func levelQuestion(f *Fact) Question {
	return Question{
		ID: "question-level-" + f.ID, Kind: KindCommittee, Parent: f.ID, Field: "level", Span: f.Span, Clause: f.Clause,
		Message: fault.Say("reading.question.level", "name", f.Get("name")),
		Candidates: []Candidate{
			{"strategique", "strategique"}, {"operationnel", "operationnel"}, {"technique", "technique"},
		},
	}
}

// organizers finds the committees that a mission to organise committees bears on; where its words name none, the power is
// asked for and not given.
func (r *reader) organizers() {
	for i := range r.facts {
		f := &r.facts[i]
		at := slices.IndexFunc(f.Fields, func(x Field) bool { return x.Name == "power" && x.Value == "organiser-comites" })
		if f.Kind != KindMission || at < 0 {
			continue
		}
		text := singular(french.Key(f.Get("text")))
		var over []Field
		var all []Candidate
		for _, k := range r.facts {
			if k.Kind != KindCommittee || k.ID == f.Parent {
				continue
			}
			all = append(all, Candidate{k.ID, k.Get("name")})
			if r.called(text, k) {
				over = append(over, Field{"over", k.ID, f.Fields[at].Span})
			}
		}
		if len(over) > 0 {
			f.Fields = append(f.Fields, over...)
			continue
		}
		f.Fields = slices.Delete(f.Fields, at, at+1)
		r.questions = append(r.questions, Question{ID: "question-over-" + f.ID, Kind: KindMission, Parent: f.ID, Field: "over", Span: f.Span,
			Clause: f.Clause, Candidates: all, Message: fault.Say("reading.question.over", "text", f.Get("text"))})
	}
}

// called tells whether words name a committee: by its name, or by the first words of it that no other committee has.
func (r *reader) called(text string, k Fact) bool {
	tokens := strings.Fields(canonical(french.Key(k.Get("name"))))
	for n := len(tokens); n >= 2; n-- {
		start := strings.Join(tokens[:n], " ")
		if slices.Contains([]string{"de", "du", "la", "des"}, tokens[n-1]) || strings.Count(start, " ") == 1 && strings.HasSuffix(start, " de") {
			continue
		}
		if strings.Contains(text, start) && r.alone(start) {
			return true
		}
	}
	return false
}

// alone tells the first words of one committee and no other.
func (r *reader) alone(start string) bool {
	n := 0
	for _, f := range r.facts {
		if f.Kind == KindCommittee && strings.HasPrefix(canonical(french.Key(f.Get("name"))), start) {
			n++
		}
	}
	return n == 1
}
