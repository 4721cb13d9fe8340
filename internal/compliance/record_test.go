package compliance

import (
	"errors"
	"testing"

	"entente/internal/convention"
	"entente/internal/fault"
)

func TestRecordCheck(t *testing.T) {
	good := Record{Obligation: "term", Kind: convention.EvidenceDocument, Day: day("2025-06-01"), Title: "Rapport", Address: "https://exemple.fr/r.pdf"}
	with := func(change func(*Record)) Record {
		r := good
		change(&r)
		return r
	}
	tests := []struct {
		name   string
		record Record
		field  string
	}{
		{"whole", good, ""},
		{"on paper", with(func(r *Record) { r.Address = "" }), ""},
		{"without obligation", with(func(r *Record) { r.Obligation = " " }), "obligation"},
		{"of an unknown kind", with(func(r *Record) { r.Kind = "photo" }), "kind"},
		{"without title", with(func(r *Record) { r.Title = "" }), "title"},
		{"without day", with(func(r *Record) { r.Day = day("") }), "day"},
		{"of tomorrow", with(func(r *Record) { r.Day = day("2025-06-02") }), "day"},
		{"communication of tomorrow", with(func(r *Record) { r.Day, r.Kind = day("2025-06-02"), convention.EvidenceCommunication }), ""},
		{"with an address that is none", with(func(r *Record) { r.Address = "javascript:x" }), "address"},
	}
	for _, x := range tests {
		t.Run(x.name, func(t *testing.T) {
			err := x.record.Check(day("2025-06-01"))
			if (err == nil) != (x.field == "") {
				t.Fatalf("%v, want a fault on %q", err, x.field)
			}
			var refused *fault.Error
			if err != nil && (!errors.As(err, &refused) || refused.Kind != fault.Invalid || refused.Fields[0].Name != x.field) {
				t.Errorf("%v, want a fault on %q", err, x.field)
			}
		})
	}
}
