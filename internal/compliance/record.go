package compliance

import (
	"strings"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/fault"
)

// Record is a piece of evidence that a coordinator filed for an obligation: a report, a decision, means declared.
type Record struct {
	ID         string
	Version    int64
	Obligation string // key of the obligation that it shows kept
	Kind       convention.EvidenceKind
	Party      string // party that it is about; empty where it is about the whole
	Day        calendar.Date
	Title      string
	Address    string // web address of the document; empty where it is kept on paper
	Note       string
}

// Check tells what is wrong with the record on a day, field by field. Only communication may lie in the future, because
// the clause asks to plan it; everything else is evidence of what was done.
func (r Record) Check(today calendar.Date) error {
	var f fault.Fields
	if strings.TrimSpace(r.Obligation) == "" {
		f.Add("obligation", "fault.field.required")
	}
	if !knownEvidence(r.Kind) {
		f.Add("kind", "fault.field.choice")
	}
	if strings.TrimSpace(r.Title) == "" {
		f.Add("title", "fault.field.required")
	}
	switch {
	case r.Day.IsZero():
		f.Add("day", "fault.field.required")
	case r.Day.After(today) && r.Kind != convention.EvidenceCommunication:
		f.Add("day", "fault.field.future")
	}
	if r.Address != "" && !directory.ValidWebsite(r.Address) {
		f.Add("address", "fault.field.website")
	}
	return f.Err()
}

func knownEvidence(k convention.EvidenceKind) bool {
	for _, x := range convention.EvidenceKinds() {
		if x == k {
			return true
		}
	}
	return false
}
