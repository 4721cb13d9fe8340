package authority

import (
	"slices"
	"testing"
)

func TestEveryTaskHasItsRow(t *testing.T) {
	if len(tasks) != len(Tasks()) {
		t.Fatalf("%d rows for %d tasks", len(tasks), len(Tasks()))
	}
	for _, task := range Tasks() {
		row, ok := tasks[task]
		if !ok || !slices.Contains(row.roles, Administrator) {
			t.Errorf("%s has no row, or one that leaves the administrator out", task)
		}
		for _, s := range []Standing{{}, {Administrator: true}, {Coordinates: []string{"nord"}}, {Reader: true}, {Member: true}} {
			says(t, Can(s, task, "nord"))
			says(t, Can(s, task, "sud"))
			says(t, Can(s, task, ""))
		}
	}
}

func TestCan(t *testing.T) {
	nord := Standing{Coordinates: []string{"nord"}}
	both := Standing{Coordinates: []string{"nord", "sud"}}
	admin, reader, member := Standing{Administrator: true}, Standing{Reader: true}, Standing{Member: true, Person: "anne"}
	tests := []struct {
		name  string
		s     Standing
		task  Task
		party string
		want  Reason
	}{
		{"a stranger reads nothing", Standing{}, ReadSpace, "", RoleMissing},
		{"a person without role reads nothing", Standing{Person: "anne"}, ReadSpace, "", RoleMissing},
		{"a reader reads", reader, ReadSpace, "", AsRole},
		{"a reader changes nothing", reader, ManageDirectory, "", RoleMissing},
		{"a member reads the journal", member, ReadJournal, "", AsRole},
		{"a member records no meeting", member, RecordMeetings, "", RoleMissing},
		{"a member proposes", member, Propose, "", AsRole},
		{"a coordinator proposes", nord, Propose, "", AsRole},
		{"a reader does not propose", reader, Propose, "", RoleMissing},
		{"a coordinator keeps the directory", nord, ManageDirectory, "", AsRole},
		{"a coordinator keeps the mandates of its party", nord, ManageMandates, "nord", AsRole},
		{"and not those of another", nord, ManageMandates, "sud", OtherParty},
		{"nor those of no party", nord, ManageMandates, "", OtherParty},
		{"a coordinator of two parties keeps both", both, ManageMandates, "sud", AsRole},
		{"an administrator keeps any", admin, ManageMandates, "sud", AsRole},
		{"evidence of the whole is any coordinator's", nord, FileEvidence, "", AsRole},
		{"evidence of another party is not", nord, FileEvidence, "sud", OtherParty},
		{"a signature is the party's own", nord, RecordSignature, "sud", OtherParty},
		{"a coordinator does not put a text in force", nord, LoadConvention, "nord", RoleMissing},
		{"an administrator does", admin, LoadConvention, "", AsRole},
		{"a coordinator names peers of its party alone", nord, NameCoordinator, "sud", OtherParty},
		{"an unknown task", admin, "fly", "", TaskUndefined},
	}
	for _, x := range tests {
		t.Run(x.name, func(t *testing.T) {
			a := Can(x.s, x.task, x.party)
			if a.Reason != x.want || a.Allowed != (x.want == AsRole) {
				t.Errorf("%s (allowed %v), want %s", a.Reason, a.Allowed, x.want)
			}
			if !a.Allowed && x.want != TaskUndefined && len(a.Roles) == 0 {
				t.Error("a refusal names nobody who could")
			}
		})
	}
}

func TestStanding(t *testing.T) {
	if s := (Standing{Coordinates: []string{"nord"}}); !s.Coordinator("") || !s.Coordinator("nord") || s.Coordinator("sud") || s.Stranger() {
		t.Error("a coordinator of one party")
	}
	if s := (Standing{Person: "anne"}); !s.Stranger() || s.Coordinator("") {
		t.Error("a person without role")
	}
}
