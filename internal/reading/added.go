package reading

import (
	"slices"
	"strconv"
	"strings"

	"entente/internal/reading/french"
)

// Added is a fact that the rules missed and a person adds, with the words of the text that it rests on.
type Added struct {
	ID     string            `json:"id"`
	Kind   Kind              `json:"kind"`
	Parent string            `json:"parent,omitempty"` // the fact that it belongs to, read or added
	Values map[string]string `json:"values"`           // by field; several values on lines of their own
	Span   Span              `json:"span"`
	Words  string            `json:"words"` // of the span, so that it is found again where the text is cut otherwise
}

// parents are the kinds of fact that others belong to.
var parents = map[Kind]Kind{KindSeat: KindCommittee, KindMission: KindCommittee, KindCadence: KindCommittee, KindQuorum: KindCommittee,
	KindMajority: KindCommittee, KindNotice: KindCommittee, KindObjective: KindAxis, KindLineageAxis: KindLineage}

// ParentOf is the kind of fact that facts of a kind belong to; none for those that stand alone.
func ParentOf(kind Kind) Kind { return parents[kind] }

// Addable are the kinds of fact that a person may add, in the order of a convention: those that have a place in its file.
var Addable = []Kind{KindIdentity, KindTerritory, KindLineage, KindParty, KindPurpose, KindStake, KindGoal, KindCommitment, KindCommittee,
	KindSeat, KindMission, KindCadence, KindQuorum, KindMajority, KindNotice, KindAxis, KindObjective, KindEvaluation, KindPeriod, KindAmendment, KindSignature}

// Add notes a fact that the rules missed, confirmed by who adds it, and gives its identifier.
func (d *Decisions) Add(a Added) string {
	for n := len(d.Added) + 1; ; n++ {
		a.ID = "added-" + strconv.Itoa(n)
		if !slices.ContainsFunc(d.Added, func(x Added) bool { return x.ID == a.ID }) {
			break
		}
	}
	d.Added = append(d.Added, a)
	d.Decide(a.ID, Decision{Verdict: Confirmed})
	return a.ID
}

// Withdraw takes an added fact away, with the added facts that belong to it.
func (d *Decisions) Withdraw(id string) {
	d.Added = slices.DeleteFunc(d.Added, func(a Added) bool { return a.ID == id })
	delete(d.Facts, id)
	for _, a := range slices.Clone(d.Added) {
		if a.Parent == id {
			d.Withdraw(a.ID)
		}
	}
}

// With gives the reading with the added facts in it; the reading itself stays as it is.
func (d *Decisions) With(r *Reading) *Reading {
	if len(d.Added) == 0 {
		return r
	}
	out := *r
	out.Facts = slices.Clone(r.Facts)
	for _, a := range d.Added {
		if out.Find(a.ID) == nil {
			out.Facts = append(out.Facts, a.fact(r))
			out.NotFound = slices.DeleteFunc(slices.Clone(out.NotFound), func(k Kind) bool { return k == a.Kind })
		}
	}
	return &out
}

// fact makes a fact of what a person added; its fields keep the span of its words.
func (a Added) fact(r *Reading) Fact {
	f := Fact{ID: a.ID, Kind: a.Kind, Parent: a.Parent, Span: a.Span, Confidence: 1, Rule: "person"}
	f.correct(a.Values)
	for i, c := range r.Clauses {
		if c.Span.Start <= a.Span.Start {
			f.Section, f.Clause = i, c.Number
		}
	}
	return f
}

// Locate finds words in the text, whatever their capitals, accents, spaces and line breaks; false where they do not stand
// there one after the other.
func (r *Reading) Locate(words string) (Span, bool) {
	key := strings.Trim(oneLine(french.Fold(words).S), " ")
	folded := french.Fold(r.Text.Body)
	at := strings.Index(oneLine(folded.S), key)
	if len(key) < 3 || at < 0 {
		return Span{}, false
	}
	start, end := folded.Span(at, at+len(key))
	return Span{start, end}, true
}

// oneLine writes line breaks as spaces, byte for byte.
func oneLine(s string) string { return strings.ReplaceAll(s, "\n", " ") }

// Settle keeps the added facts whose words still stand in the text, where they stand now, and counts those lost.
func (d *Decisions) Settle(r *Reading) (lost int) {
	for _, a := range slices.Clone(d.Added) {
		if a.Span.End <= len(r.Text.Body) && a.Span.Start < a.Span.End && r.Words(a.Span) == a.Words {
			continue
		}
		if s, ok := r.Locate(a.Words); ok {
			i := slices.IndexFunc(d.Added, func(x Added) bool { return x.ID == a.ID })
			if i >= 0 {
				d.Added[i].Span = s
			}
			continue
		}
		d.Withdraw(a.ID)
		lost++
	}
	return lost
}
