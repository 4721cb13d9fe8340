package authority

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
)

func day(s string) calendar.Date { return calendar.Must(s) }

func at(ref string) convention.Place { return convention.Place{Ref: ref, Anchor: "art-" + ref} }

func mission(id string, powers ...convention.Power) convention.Mission {
	return convention.Mission{ID: id, Text: id, Powers: powers, Place: at("4-2")}
}

// text is a convention of three levels in force from 2 January 2024 to the end of 2026.
func text() *convention.Convention {
	organize := mission("organiser", convention.OrganizeCommittees)
	organize.Over = []string{"travail"}
	return &convention.Convention{Facts: convention.Facts{
		Parties: []convention.Party{
			{ID: "nord", Short: "Nord", Signatory: "Présidente", Delegate: "Vice-président", Place: at("0")},
			{ID: "sud", Short: "Sud", Signatory: "Directeur", Place: at("0")}},
		Committees: []convention.Committee{
			{ID: "haut", Name: "Comité de tête", Level: convention.Strategic, Substitution: convention.SubstitutionFree, Place: at("4-2"),
				Seats:    []convention.SeatRule{{Party: "nord", Count: 1, Place: at("4-2")}, {Party: "sud", Count: 1, Place: at("4-2")}},
				Missions: []convention.Mission{mission("valider", convention.ValidateOrientations, convention.ValidateProposals)}},
			{ID: "suivi", Name: "Comité de suivi", Level: convention.Operational, Place: at("4-2"),
				Seats:    []convention.SeatRule{{Party: "nord", Function: "directrice", ID: "dir", Place: at("4-2")}},
				Missions: []convention.Mission{mission("proposer", convention.ProposeOrientations, convention.Coordinate), organize}},
			{ID: "veille", Name: "Comité de veille", Level: convention.Operational, Substitution: convention.SubstitutionDelegation, Place: at("4-3"),
				Seats:    []convention.SeatRule{{Party: "nord", Count: 1, Place: at("4-3")}},
				Missions: []convention.Mission{mission("coordonner", convention.Coordinate)}},
			{ID: "travail", Name: "Comité de travail", Level: convention.Technical, Place: at("4-2"),
				Seats:    []convention.SeatRule{{Derived: convention.DerivedFromLeads, Place: at("4-2")}},
				Missions: []convention.Mission{mission("agir", convention.CarryOutActions, convention.ProposeActions)}},
		},
		Duration: &convention.Duration{From: "2024-01-02", To: day("2026-12-31"), Place: at("6")},
	}}
}

func history() convention.History {
	return convention.History{{ID: "v1", Number: 1, Effective: day("2024-01-02"), Text: text()}}
}

func mandate(person, seat string, role governance.Role, from, to string) governance.Mandate {
	return governance.Mandate{ID: person + seat, Seat: seat, Person: person, Role: role, Period: calendar.Period{From: day(from), To: day(to)}}
}

// rules seats Anne for Nord and Basile for Sud at the top, with Chloé as substitute for Anne; Diane below, with Émile as a
// substitute whom the convention does not admit; Fanny leads action 1 and Gaël action 2.
func rules() Rules {
	carried := mandate("basile", "haut/sud/1", governance.Holder, "2024-01-02", "2025-06-30")
	carried.CarriedOver = day("2025-09-30")
	return Rules{
		History: history(),
		Mandates: []governance.Mandate{
			mandate("anne", "haut/nord/1", governance.Holder, "2024-01-02", "2025-12-31"),
			carried,
			mandate("chloe", "haut/nord/1", governance.Substitute, "2024-01-02", "2025-12-31"),
			mandate("diane", "suivi/nord/dir", governance.Holder, "2024-01-02", ""),
			mandate("emile", "suivi/nord/dir", governance.Substitute, "2024-01-02", ""),
			mandate("hugo", "veille/nord/1", governance.Substitute, "2024-01-02", ""),
			mandate("anne", "disparu/nord/1", governance.Holder, "2024-01-02", ""),
		},
		Leads: []Lead{{"fanny", "action-1", calendar.Period{From: day("2024-06-01"), To: day("2025-05-31")}}, {"gael", "action-2", calendar.Period{From: day("2024-06-01")}}},
		Delegations: []governance.Delegation{
			{Party: "nord", Person: "hugo", Period: calendar.Period{From: day("2025-01-01"), To: day("2025-12-31")}},
			{Party: "sud", Person: "ines", Period: calendar.Period{From: day("2025-01-01")}}},
		Signatories: []Signatory{{"anne", "nord", calendar.Period{From: day("2024-01-02"), To: day("2025-12-31")}}},
	}
}

func TestMay(t *testing.T) {
	action := func(id string) Subject { return Subject{Kind: SubjectAction, ID: id} }
	tests := []struct {
		name    string
		person  string
		power   convention.Power
		subject Subject
		on      string
		want    Reason
	}{
		{"a holder", "anne", convention.ValidateOrientations, Subject{}, "2025-03-01", AsHolder},
		{"a holder of another committee", "diane", convention.ValidateOrientations, Subject{}, "2025-03-01", NotMember},
		{"a stranger", "zoe", convention.ValidateOrientations, Subject{}, "2025-03-01", NotMember},
		{"nobody", "", convention.ValidateOrientations, Subject{}, "2025-03-01", NotMember},
		{"the day before the effect", "anne", convention.ValidateOrientations, Subject{}, "2024-01-01", BeforeEffect},
		{"the day of the effect", "anne", convention.ValidateOrientations, Subject{}, "2024-01-02", AsHolder},
		{"the last day of the mandate", "anne", convention.ValidateOrientations, Subject{}, "2025-12-31", AsHolder},
		{"the day after the mandate", "anne", convention.ValidateOrientations, Subject{}, "2026-01-01", NotMember},
		{"carried over", "basile", convention.ValidateOrientations, Subject{}, "2025-07-01", AsHolder},
		{"carried over no longer", "basile", convention.ValidateOrientations, Subject{}, "2025-10-01", NotMember},
		{"the last day of the convention", "diane", convention.ProposeOrientations, Subject{}, "2026-12-31", AsHolder},
		{"the day after the convention", "diane", convention.ProposeOrientations, Subject{}, "2027-01-01", AfterEnd},
		{"a free substitute", "chloe", convention.ValidateOrientations, Subject{}, "2025-03-01", AsSubstitute},
		{"a substitute who is not admitted", "emile", convention.ProposeOrientations, Subject{}, "2025-03-01", NotAdmitted},
		{"a substitute before the delegation", "hugo", convention.Coordinate, Subject{}, "2024-12-31", NotAdmitted},
		{"a substitute with the delegation", "hugo", convention.Coordinate, Subject{}, "2025-01-01", AsSubstitute},
		{"a substitute after the delegation", "hugo", convention.Coordinate, Subject{}, "2026-01-01", NotAdmitted},
		{"a lead carries out its action", "fanny", convention.CarryOutActions, action("action-1"), "2025-05-31", AsLead},
		{"no longer once the lead has ended", "fanny", convention.CarryOutActions, action("action-1"), "2025-06-01", NotMember},
		{"nor the action of another", "fanny", convention.CarryOutActions, action("action-2"), "2025-03-01", NotMember},
		{"any lead proposes actions", "gael", convention.ProposeActions, action(""), "2025-03-01", AsLead},
		{"what settles without a committee of its own goes to those that validate", "anne", convention.AdoptActions, Subject{}, "2025-03-01", AsHolder},
		{"a power that nobody has", "anne", convention.UpdateDiagnosis, Subject{}, "2025-03-01", NotGranted},
		{"organising the committee named", "diane", convention.OrganizeCommittees, Subject{Committee: "travail"}, "2025-03-01", AsHolder},
		{"not another committee", "diane", convention.OrganizeCommittees, Subject{Committee: "haut"}, "2025-03-01", NotGranted},
	}
	for _, x := range tests {
		t.Run(x.name, func(t *testing.T) {
			a := rules().May(x.person, x.power, x.subject, day(x.on))
			allowed := slices.Contains([]Reason{AsHolder, AsSubstitute, AsLead}, x.want)
			if a.Reason != x.want || a.Allowed != allowed || (a.Err() == nil) != allowed {
				t.Errorf("%s (allowed %v), want %s", a.Reason, a.Allowed, x.want)
			}
			says(t, a)
		})
	}
}

// says checks that the answer has its sentence in both languages.
func says(t testing.TB, a Answer) {
	t.Helper()
	for _, lang := range i18n.Languages() {
		if s := i18n.For(lang).Say(a.Message); s == "" || strings.Contains(s, "⟦") {
			t.Errorf("%s: %q", a.Message, s)
		}
	}
}

func TestMaySaysByWhat(t *testing.T) {
	a := rules().May("chloe", convention.ValidateOrientations, Subject{}, day("2025-03-01"))
	if a.By == nil || a.By.Seat != "haut/nord/1" || a.By.Party != "nord" || !a.By.Substitute || a.Article() != "4-2" || a.By.Grant.Mission.ID != "valider" {
		t.Errorf("%+v", a.By)
	}
	if a := rules().May("basile", convention.ValidateOrientations, Subject{}, day("2025-07-01")); !a.By.Carried {
		t.Error("a mandate carried over does not say so")
	}
	if a := rules().May("fanny", convention.ProposeActions, Subject{}, day("2025-03-01")); a.By.Lead == nil || a.By.Lead.Action != "action-1" || a.By.Mandate != nil {
		t.Errorf("%+v", a.By)
	}
}

func TestMayNotSaysWhoCould(t *testing.T) {
	a := rules().May("diane", convention.ValidateOrientations, Subject{}, day("2025-03-01"))
	want := []Seated{{Person: "anne", Seat: "haut/nord/1", Party: "nord"}, {Person: "chloe", Seat: "haut/nord/1", Party: "nord", Substitute: true},
		{Person: "basile", Seat: "haut/sud/1", Party: "sud"}}
	if len(a.Could) != 1 || a.Article() != "4-2" {
		t.Fatalf("%+v", a.Could)
	}
	if diff := cmp.Diff(want, a.Could[0].Seated); diff != "" {
		t.Error(diff)
	}
	said := strings.ReplaceAll(i18n.For("fr").Say(a.Message), "\u00a0", " ")
	if want := "L’attribution « valider les orientations » appartient à l’instance « Comité de tête » (art. 4-2)."; said != want {
		t.Errorf("%q, want %q", said, want)
	}
}

// A holder's mandate goes before a substitute's, wherever each stands.
func TestHolderGoesFirst(t *testing.T) {
	r := rules()
	r.Mandates = append([]governance.Mandate{mandate("basile", "haut/nord/1", governance.Substitute, "2024-01-02", "")}, r.Mandates...)
	if a := r.May("basile", convention.ValidateOrientations, Subject{}, day("2025-03-01")); a.Reason != AsHolder || a.By.Seat != "haut/sud/1" {
		t.Errorf("%s by %+v", a.Reason, a.By)
	}
}

// The rules of a day are those of the version in force on it.
func TestRulesOfTheDay(t *testing.T) {
	amended := text()
	amended.Committees[1].Missions[0].Powers = append(amended.Committees[1].Missions[0].Powers, convention.ValidateOrientations)
	r := rules()
	r.History = append(r.History, &convention.Version{ID: "v2", Number: 2, Effective: day("2025-07-01"), Text: amended})
	for on, want := range map[string]bool{"2025-06-30": false, "2025-07-01": true} {
		if a := r.May("diane", convention.ValidateOrientations, Subject{}, day(on)); a.Allowed != want {
			t.Errorf("%s: %v", on, a.Allowed)
		}
	}
}

func TestMaySign(t *testing.T) {
	tests := []struct {
		name          string
		person, party string
		on            string
		want          Reason
	}{
		{"the signatory", "anne", "nord", "2025-03-01", AsSignatory},
		{"no longer in function", "anne", "nord", "2026-01-01", NotSignatory},
		{"the signatory of another party", "anne", "sud", "2025-03-01", NotSignatory},
		{"a delegate", "hugo", "nord", "2025-01-01", AsSignatory},
		{"a delegate too early", "hugo", "nord", "2024-12-31", NotSignatory},
		{"a delegate whom the text does not provide", "ines", "sud", "2025-03-01", NotAdmitted},
		{"before the effect, by the text to come", "anne", "nord", "2024-01-01", NotSignatory},
		{"an unknown party", "anne", "ouest", "2025-03-01", UnknownParty},
		{"nobody", "", "nord", "2025-03-01", NotSignatory},
	}
	for _, x := range tests {
		t.Run(x.name, func(t *testing.T) {
			a := rules().MaySign(x.person, x.party, day(x.on))
			if a.Reason != x.want || a.Allowed != (x.want == AsSignatory) || a.Party != x.party {
				t.Errorf("%s (allowed %v), want %s", a.Reason, a.Allowed, x.want)
			}
			says(t, a)
		})
	}
}

// people and seats from which rules are drawn.
var people = []string{"anne", "basile", "chloe", "fanny"}

func drawDay(t *rapid.T, label string) calendar.Date {
	return day("2023-10-01").AddDays(rapid.IntRange(0, 1400).Draw(t, label))
}

func drawPeriod(t *rapid.T) calendar.Period {
	p := calendar.Period{From: drawDay(t, "from")}
	if rapid.Bool().Draw(t, "ends") {
		p.To = p.From.AddDays(rapid.IntRange(0, 700).Draw(t, "days"))
	}
	return p
}

func drawRules(t *rapid.T) Rules {
	r := Rules{History: history()}
	for range rapid.IntRange(0, 8).Draw(t, "mandates") {
		r.Mandates = append(r.Mandates, governance.Mandate{
			Person: rapid.SampledFrom(people).Draw(t, "person"),
			Seat:   rapid.SampledFrom(text().Seats()).Draw(t, "seat").Key,
			Role:   rapid.SampledFrom([]governance.Role{governance.Holder, governance.Substitute}).Draw(t, "role"),
			Period: drawPeriod(t)})
	}
	for range rapid.IntRange(0, 3).Draw(t, "leads") {
		r.Leads = append(r.Leads, Lead{rapid.SampledFrom(people).Draw(t, "lead"), "action-1", drawPeriod(t)})
	}
	for range rapid.IntRange(0, 2).Draw(t, "delegations") {
		r.Delegations = append(r.Delegations, governance.Delegation{Person: rapid.SampledFrom(people).Draw(t, "delegate"), Party: "nord", Period: drawPeriod(t)})
	}
	return r
}

// No power without a mandate or a lead in force; no power outside the convention; and a refusal names exactly those who
// could.
func TestPowersFollowMandates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, on := drawRules(t), drawDay(t, "day")
		power := rapid.SampledFrom(convention.Powers()).Draw(t, "power")
		could := map[string]bool{}
		for _, p := range people {
			a := r.May(p, power, Subject{}, on)
			if could[p] = a.Allowed; !a.Allowed {
				continue
			}
			seated := slices.ContainsFunc(r.Mandates, func(m governance.Mandate) bool { return m.Person == p && m.InForce(on) })
			leads := slices.ContainsFunc(r.Leads, func(l Lead) bool { return l.Person == p && l.Period.Contains(on) })
			if !seated && !leads || r.History.InForce(on) == nil {
				t.Fatalf("%s has a power on %s without mandate, lead or convention", p, on)
			}
		}
		named := map[string]bool{}
		for _, b := range r.May("a stranger", power, Subject{}, on).Could {
			for _, s := range b.Seated {
				named[s.Person] = true
			}
		}
		for _, p := range people {
			if could[p] != named[p] {
				t.Fatalf("%s could %v and is named %v", p, could[p], named[p])
			}
		}
	})
}

// Another mandate never takes a power away.
func TestMandatesOnlyAdd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, on := drawRules(t), drawDay(t, "day")
		more := r
		more.Mandates = append(slices.Clone(r.Mandates), drawRules(t).Mandates...)
		for _, p := range people {
			for _, power := range convention.Powers() {
				if r.May(p, power, Subject{}, on).Allowed && !more.May(p, power, Subject{}, on).Allowed {
					t.Fatalf("%s lost %s", p, power)
				}
			}
		}
	})
}

func TestErrIsForbiddenWithItsReason(t *testing.T) {
	err := rules().May("diane", convention.ValidateOrientations, Subject{}, day("2025-03-01")).Err()
	var refused *fault.Error
	if !errors.As(err, &refused) || refused.Kind != fault.Forbidden || refused.Message.Key != "authority.no.not-member" {
		t.Error(err)
	}
}
