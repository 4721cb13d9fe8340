// Package evaluation holds the yearly evaluation of what a convention does: campaigns, the questions that they ask, the answers
// that they gather, the synthesis of those answers and the report made of it. It keeps nothing and knows no screen; actions,
// axes and people are known by their identifiers.
//
// The invariants that it owns: a campaign passes from draft to open to closed and never back; the synthesis depends on the
// answers alone, whatever their order; and no figure is shown of so few answers that they could be told apart.
package evaluation

import (
	"slices"
	"strings"

	"entente/internal/fault"
)

// Criterion is what a question judges.
type Criterion string

// The criteria, as evaluations of public policies use them.
const (
	Relevance     Criterion = "relevance"
	Coherence     Criterion = "coherence"
	Effectiveness Criterion = "effectiveness"
	Efficiency    Criterion = "efficiency"
	Durability    Criterion = "durability"
	Participation Criterion = "participation"
	Partnership   Criterion = "partnership"
)

// Criteria lists the criteria in the order of the screen.
func Criteria() []Criterion {
	return []Criterion{Relevance, Coherence, Effectiveness, Efficiency, Durability, Participation, Partnership}
}

// AnswerKind is the sort of answer that a question takes.
type AnswerKind string

// The sorts of answer.
const (
	Scale  AnswerKind = "scale"  // 1 to 4, or no opinion
	Choice AnswerKind = "choice" // one of its options
	Text   AnswerKind = "text"
)

// AnswerKinds lists the sorts of answer.
func AnswerKinds() []AnswerKind { return []AnswerKind{Scale, Choice, Text} }

// MaxScale is the best answer on the scale; NoOpinion is an answer beside it, which counts in no mean.
const (
	MaxScale  = 4
	NoOpinion = "0"
)

// Level is what a question is asked about.
type Level string

// The levels. Objectives are never asked about: what is said of their actions adds up to them.
const (
	Whole       Level = "whole"  // the convention as it lives
	OfAxis      Level = "axis"   // each axis of the campaign
	OfAction    Level = "action" // each action that the respondent is asked about
	OfObjective Level = "objective"
)

// Asked lists the levels at which questions are asked.
func Asked() []Level { return []Level{Whole, OfAxis, OfAction} }

// Question is one question of the template of a space, or of a campaign. Its identifier stays from year to year: by it the
// answers of two campaigns are compared.
type Question struct {
	ID        string     `json:"id"`
	Version   int64      `json:"-"`
	Rank      int        `json:"rank"`
	Criterion Criterion  `json:"criterion"`
	Kind      AnswerKind `json:"kind"`
	About     Level      `json:"about"`
	Text      string     `json:"text"`
	Options   []string   `json:"options,omitempty"` // of a choice
	Groups    []Group    `json:"groups,omitempty"`  // who is asked; none is everybody
}

// MaxOptions bounds the options of a choice.
const MaxOptions = 12

// Check tells what is wrong with the question, field by field.
func (q Question) Check() error {
	var f fault.Fields
	if !slices.Contains(Criteria(), q.Criterion) {
		f.Add("criterion", "fault.field.choice")
	}
	if !slices.Contains(AnswerKinds(), q.Kind) {
		f.Add("kind", "fault.field.choice")
	}
	if !slices.Contains(Asked(), q.About) {
		f.Add("about", "fault.field.choice")
	}
	if strings.TrimSpace(q.Text) == "" {
		f.Add("body", "fault.field.required")
	}
	if n := len(q.Options); q.Kind == Choice && (n < 2 || n > MaxOptions) {
		f.Add("options", "fault.evaluation.options", "max", MaxOptions)
	}
	for _, g := range q.Groups {
		if !slices.Contains(Groups(), g) {
			f.Add("groups", "fault.field.choice")
			break
		}
	}
	return f.Err()
}

// Accepts tells whether a value answers the question: a step of the scale, the rank of an option from 1, any text.
func (q Question) Accepts(value string) bool {
	switch q.Kind {
	case Scale:
		return len(value) == 1 && value[0] >= '0' && value[0] <= '0'+MaxScale
	case Choice:
		_, ok := rankOf(value, len(q.Options))
		return ok
	}
	return true
}

// For tells whether a group is asked the question.
func (q Question) For(g Group) bool { return len(q.Groups) == 0 || slices.Contains(q.Groups, g) }

// DefaultQuestions are the questions of a space that has set none of its own. Their words stand in the catalogues, under their
// identifiers.
func DefaultQuestions() []Question {
	list := []Question{
		{ID: "relevance-action", Criterion: Relevance, Kind: Scale, About: OfAction},
		{ID: "effectiveness-action", Criterion: Effectiveness, Kind: Scale, About: OfAction},
		{ID: "efficiency-action", Criterion: Efficiency, Kind: Scale, About: OfAction},
		{ID: "durability-action", Criterion: Durability, Kind: Scale, About: OfAction},
		{ID: "participation-action", Criterion: Participation, Kind: Scale, About: OfAction},
		{ID: "lesson-action", Criterion: Effectiveness, Kind: Text, About: OfAction},
		{ID: "coherence-axis", Criterion: Coherence, Kind: Scale, About: OfAxis},
		{ID: "effectiveness-axis", Criterion: Effectiveness, Kind: Scale, About: OfAxis},
		{ID: "relevance-whole", Criterion: Relevance, Kind: Scale, About: Whole},
		{ID: "partnership-whole", Criterion: Partnership, Kind: Scale, About: Whole},
		{ID: "participation-whole", Criterion: Participation, Kind: Scale, About: Whole},
		{ID: "next-whole", Criterion: Durability, Kind: Text, About: Whole},
	}
	for i := range list {
		list[i].Rank = i + 1
	}
	return list
}

// Group is on what ground somebody is asked.
type Group string

// The groups.
const (
	Pilots       Group = "pilot"
	CoPilots     Group = "co-pilot"
	Institutions Group = "institution"
	Partners     Group = "partner"
	Inhabitants  Group = "inhabitant" // by the public link, without account or name
)

// Groups lists the groups in the order of the screen; who belongs to several is asked once, in the first.
func Groups() []Group { return []Group{Pilots, CoPilots, Institutions, Partners, Inhabitants} }
