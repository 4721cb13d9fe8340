package office

import (
	"testing"

	"entente/internal/authority"
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/governance"
	"entente/internal/store"
)

// TestRulesReadWhatPowersFollowFrom: a lead makes a member of the derived committee, a function a signatory, a mandate a
// member by seat; who only coordinates is none of these.
func TestRulesReadWhatPowersFollowFrom(t *testing.T) {
	ctx, sp, by := t.Context(), space(t), store.Actor{Name: "Essai"}
	h, err := sp.History(ctx)
	check(t, err)
	person, err := sp.CreatePerson(ctx, by, directory.Person{Given: "Anne", Family: "Aubier"})
	check(t, err)
	since := calendar.Period{From: calendar.Must("2024-01-01"), To: calendar.Must("2026-06-30")}
	_, err = sp.CreateLead(ctx, by, governance.Lead{Person: person.ID, Action: "Ludobus", Objective: "parentalite", Period: since})
	check(t, err)
	parties, err := sp.Parties(ctx)
	check(t, err)
	_, err = sp.CreateFunction(ctx, by, directory.Function{Person: person.ID, Organization: parties["caf"].ID, Title: "directeur général ", Period: since})
	check(t, err)
	rules, err := RulesOf(ctx, sp, h)
	check(t, err)
	for _, c := range []struct {
		day    string
		may    bool
		reason authority.Reason
	}{{"2026-06-30", true, authority.AsLead}, {"2026-07-01", false, authority.NotMember}} {
		day := calendar.Must(c.day)
		if a := rules.May(person.ID, convention.ProposeActions, authority.Subject{}, day); a.Allowed != c.may || a.Reason != c.reason {
			t.Errorf("%s: may propose actions %v (%s)", c.day, a.Allowed, a.Reason)
		}
		if rules.SitsIn(person.ID, "technique", day) != c.may || rules.SitsIn(person.ID, "operationnel", day) || rules.SitsIn("", "technique", day) {
			t.Errorf("%s: sits elsewhere than where they lead", c.day)
		}
		if a := rules.MaySign(person.ID, "caf", day); a.Allowed != c.may {
			t.Errorf("%s: may sign %v", c.day, a.Allowed)
		}
	}
	if rules.SitsIn(person.ID, "technique", calendar.Must("2027-01-01")) || rules.SitsIn(person.ID, "nulle-part", calendar.Must("2026-01-01")) {
		t.Error("sits without a convention, or in no committee")
	}
}
