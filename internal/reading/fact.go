package reading

import (
	"entente/internal/fault"
)

// Kind says what a fact is about. The names are those of the JSON that the command line prints.
type Kind string

// The kinds of fact, in the order in which a convention is read.
const (
	KindIdentity        Kind = "identity"
	KindTerritory       Kind = "territory"
	KindLineage         Kind = "lineage"
	KindLineageAxis     Kind = "lineage-axis"
	KindParty           Kind = "party"
	KindPurpose         Kind = "purpose"
	KindStake           Kind = "stake"
	KindGoal            Kind = "goal" // governance objective
	KindCommitment      Kind = "commitment"
	KindCommittee       Kind = "committee"
	KindSeat            Kind = "seat"
	KindMission         Kind = "mission"
	KindCadence         Kind = "cadence"
	KindQuorum          Kind = "quorum"
	KindMajority        Kind = "majority"
	KindNotice          Kind = "notice"
	KindAxis            Kind = "axis"
	KindObjective       Kind = "objective"
	KindEvaluation      Kind = "evaluation"
	KindPeriod          Kind = "period"
	KindAmendment       Kind = "amendment"
	KindTermination     Kind = "termination"
	KindCommunication   Kind = "communication"
	KindConfidentiality Kind = "confidentiality"
	KindDispute         Kind = "dispute"
	KindSignature       Kind = "signature"
)

// Expected are the kinds that a convention of the family usually has: those not found are listed.
var Expected = []Kind{
	KindIdentity, KindTerritory, KindLineage, KindParty, KindPurpose, KindStake, KindGoal, KindCommitment, KindCommittee, KindSeat,
	KindMission, KindCadence, KindQuorum, KindMajority, KindNotice, KindAxis, KindObjective, KindEvaluation, KindPeriod,
	KindAmendment, KindTermination, KindCommunication, KindConfidentiality, KindSignature,
}

// Span is a run of bytes of Text.Body: the exact words that something was read from.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Field is one value of a fact, as text, with the words that it was read from. A value that was computed from the words
// (a number, a date, a power) keeps their span.
type Field struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Span  Span   `json:"span"`
}

// Fact is something that the text says. It is never without its words.
type Fact struct {
	ID         string  `json:"id"` // "committee-2/mission-1": the same each time that the same text is read
	Kind       Kind    `json:"kind"`
	Parent     string  `json:"parent,omitempty"` // the fact that this one belongs to: the committee of a mission
	Fields     []Field `json:"fields"`
	Span       Span    `json:"span"`
	Confidence float64 `json:"confidence"`       // 0 to 1: how sure the rule is of itself
	Clause     string  `json:"clause,omitempty"` // number of the article; empty where it has none
	Section    int     `json:"section"`          // index in Reading.Clauses
	Rule       string  `json:"rule"`             // the rule that read it
}

// Get gives the value of a field, or nothing.
func (f *Fact) Get(name string) string {
	for _, x := range f.Fields {
		if x.Name == name {
			return x.Value
		}
	}
	return ""
}

// Candidate is a possible answer to a question.
type Candidate struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

// Question is what the text leaves open: the words, what is asked, and the answers that can be thought of. Nothing is
// proposed for it until a person answers.
type Question struct {
	ID         string        `json:"id"`
	Kind       Kind          `json:"kind"`
	Parent     string        `json:"parent,omitempty"`
	Field      string        `json:"field,omitempty"` // of the parent that the answer fills
	Message    fault.Message `json:"message"`
	Candidates []Candidate   `json:"candidates,omitempty"`
	Draft      []Field       `json:"draft,omitempty"` // what the text does tell; with the answer it makes a fact
	Span       Span          `json:"span"`
	Clause     string        `json:"clause,omitempty"`
}

// Several tells that a question takes several answers: the powers of a mission, the committees that it organises, the parties
// that hold a kind of seat, parties that are named together.
func (q Question) Several() bool {
	switch {
	case q.Field == "power" || q.Field == "over":
		return true
	case q.Kind == KindSeat && q.Field == "party":
		return len(q.Draft) == 0
	}
	return q.Kind == KindParty && q.Field == "name" && q.Parent == ""
}

// Clause is a heading of the text with what stands under it, up to the next heading.
type Clause struct {
	Level   int    `json:"level"`
	Heading string `json:"heading"` // as written; empty for the first lines
	Number  string `json:"number,omitempty"`
	Annex   bool   `json:"annex,omitempty"` // not part of the terms
	Span    Span   `json:"span"`            // heading and text
	Body    Span   `json:"body"`            // text alone
}
