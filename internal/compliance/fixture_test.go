package compliance

import (
	"testing"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/governance"
	"entente/internal/i18n"
)

// day reads a date written in a test.
func day(s string) calendar.Date { return calendar.Must(s) }

func at(ref string) convention.Place { return convention.Place{Ref: ref, Anchor: "art-" + ref} }

// shared is a convention of the civil year: two parties, a strategic committee that meets once or twice a year, an
// operational one that meets four times, a technical one derived from the leads.
func shared() *convention.Convention {
	c := &convention.Convention{Facts: convention.Facts{
		Parties: []convention.Party{{ID: "nord", Short: "Nord", Place: at("0")}, {ID: "sud", Short: "Sud", Place: at("0")}},
		Commitments: []convention.Commitment{
			{ID: "moyens", Text: "mettre des moyens à disposition", Evidence: convention.EvidenceMeans, Place: at("4-1")},
			{ID: "presence", Text: "siéger", Parties: []string{"nord"}, Evidence: convention.EvidenceAttendance, Place: at("4-1")},
			{ID: "information", Text: "communiquer ensemble", Evidence: convention.EvidenceCommunication, Place: at("4-1")},
		},
		Committees: []convention.Committee{
			{ID: "haut", Name: "Comité de tête", Level: convention.Strategic, Place: at("4-2"),
				Seats:   []convention.SeatRule{{Party: "nord", Count: 1, Place: at("4-2")}, {Party: "sud", Function: "directeur", ID: "dir", Place: at("4-2")}},
				Cadence: &convention.Cadence{Min: 1, Max: 2, Place: at("4-2")},
				Missions: []convention.Mission{{ID: "valider", Text: "valider les orientations", Powers: []convention.Power{convention.ValidateOrientations},
					Place: at("4-2")}}},
			{ID: "suivi", Name: "Comité de suivi", Level: convention.Operational, Place: at("4-2"),
				Cadence: &convention.Cadence{Min: 4, Place: at("4-2")},
				Missions: []convention.Mission{{ID: "organiser", Text: "organiser les travaux", Powers: []convention.Power{convention.OrganizeCommittees},
					Over: []string{"travail"}, Place: at("4-2")}}},
			{ID: "travail", Name: "Comité de travail", Level: convention.Technical, Place: at("4-2"),
				Seats:   []convention.SeatRule{{Derived: convention.DerivedFromLeads, Place: at("4-2")}},
				Cadence: &convention.Cadence{AsNeeded: true, Place: at("4-2")}},
		},
		Evaluations: []convention.Evaluation{{ID: "axes", Object: "axes", EveryMonths: 12, Place: at("5")}},
		Duration:    &convention.Duration{From: convention.FromSignature, To: day("2026-12-31"), Place: at("6")},
		Amendment:   &convention.AmendmentRule{Agreement: "toutes-les-parties", Place: at("6")},
		Signatures:  []convention.SignatureLine{{Party: "nord", Function: "présidente", Place: at("7")}, {Party: "sud", Function: "directeur", Place: at("7")}},
	}}
	for _, ref := range []string{"0", "1", "4-1", "4-2", "5", "6", "7"} {
		c.Clauses = append(c.Clauses, convention.Clause{Ref: ref, Anchor: "art-" + ref, Heading: "Article " + ref, Level: 2})
	}
	return c
}

// rolling is a convention of twelve months that roll: one committee, three meetings at least and five at most, an
// evaluation every two years, a length in months.
func rolling() *convention.Convention {
	c := &convention.Convention{Facts: convention.Facts{
		Parties: []convention.Party{{ID: "est", Short: "Est", Place: at("0")}, {ID: "ouest", Short: "Ouest", Place: at("0")}},
		Committees: []convention.Committee{{ID: "comite", Name: "Comité", Level: convention.Single, Notice: 15, Place: at("3"),
			Seats:   []convention.SeatRule{{Party: "est", Count: 2, Place: at("3")}},
			Cadence: &convention.Cadence{Min: 3, Max: 5, Over: convention.Rolling12, Place: at("3")}}},
		Evaluations: []convention.Evaluation{{ID: "ensemble", Object: "convention", EveryMonths: 24, Place: at("4")}},
		Duration:    &convention.Duration{From: "2024-03-15", Months: 60, Tacit: 12, Place: at("5")},
	}}
	for _, ref := range []string{"0", "3", "4", "5"} {
		c.Clauses = append(c.Clauses, convention.Clause{Ref: ref, Anchor: "art-" + ref, Heading: "Article " + ref, Level: 2})
	}
	return c
}

// version puts a text in force from a day.
func version(n int, effective string, text *convention.Convention) *convention.Version {
	return &convention.Version{ID: "v" + string(rune('0'+n)), Number: n, Effective: day(effective), Text: text}
}

// sharedHistory is the civil-year convention from 3 April 2023 to the end of 2026.
func sharedHistory() convention.History {
	return convention.History{version(1, "2023-04-03", shared())}
}

// rollingHistory is the rolling convention from 15 March 2024 to 14 March 2029.
func rollingHistory() convention.History {
	return convention.History{version(1, "2024-03-15", rolling())}
}

// held and planned make meetings of a committee on days.
func held(committee string, days ...string) []governance.Meeting {
	return meetingsOn(committee, governance.Held, days)
}

func planned(committee string, days ...string) []governance.Meeting {
	return meetingsOn(committee, governance.Planned, days)
}

func meetingsOn(committee string, state governance.MeetingState, days []string) []governance.Meeting {
	var out []governance.Meeting
	for _, d := range days {
		out = append(out, governance.Meeting{ID: committee + d, Committee: committee, Day: day(d), State: state})
	}
	return out
}

func join[T any](lists ...[]T) []T {
	var out []T
	for _, l := range lists {
		out = append(out, l...)
	}
	return out
}

// finding gives the finding of a key, which must be there.
func finding(t *testing.T, r Report, key string) Finding {
	t.Helper()
	f, ok := r.Of(key)
	if !ok {
		t.Fatalf("no finding for %s", key)
	}
	return f
}

// french renders what people read.
var french = i18n.For("fr")
