package web

import (
	"net/http"
	"strings"
	"testing"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/governance"
)

func TestCommitteesShowSeatsByInstitution(t *testing.T) {
	st := newSite(t)
	page := st.as(reader).get(st.path("comites")).wants(http.StatusOK)
	page.says("Comité de pilotage stratégique").says("sur 8").says("pilotes et co-pilotes des actions").says("de 1 à 2 attendues")
	for _, p := range st.text.Parties {
		page.says(p.Short)
	}
}

func TestCommitteeShowsWhoSits(t *testing.T) {
	st := newSite(t)
	seat := st.seat(st.party())
	page := st.as(coordinator).get(st.path("comites", seat.Committee)).wants(http.StatusOK)
	page.says("Camille Member").says("Personne n’occupe ce siège").says("La convention ne prévoit pas de vote").says("Attributions")
	if n := strings.Count(page.words(), "Attribuer ce siège"); n != 1 {
		t.Errorf("%d seats are offered to the coordinator of a party that has two, one of which is filled", n)
	}
	if strings.Contains(st.as(reader).get(st.path("comites", seat.Committee)).words(), "Attribuer ce siège") {
		t.Error("a reader is offered to fill a seat")
	}
	st.as(reader).get(st.path("comites", "inconnu")).wants(http.StatusNotFound)
}

func TestTallyCountsOverTheWindowOfTheCadence(t *testing.T) {
	day := calendar.Must("2026-11-23")
	meetings := []governance.Meeting{
		{Committee: "k", Day: calendar.Must("2025-11-23"), State: governance.Held},
		{Committee: "k", Day: calendar.Must("2025-12-02"), State: governance.Held},
		{Committee: "k", Day: calendar.Must("2026-03-02"), State: governance.Held},
		{Committee: "k", Day: calendar.Must("2026-06-02"), State: governance.Cancelled},
		{Committee: "k", Day: calendar.Must("2026-12-02"), State: governance.Planned},
		{Committee: "other", Day: calendar.Must("2026-03-02"), State: governance.Held},
	}
	for _, c := range []struct {
		cadence       *convention.Cadence
		held, planned int
	}{
		{nil, 1, 1},
		{&convention.Cadence{Min: 4, Over: convention.CivilYear}, 1, 1},
		{&convention.Cadence{Min: 3, Over: convention.Rolling12}, 2, 1},
	} {
		got := tally(&convention.Committee{ID: "k", Cadence: c.cadence}, meetings, day)
		if got.Held != c.held || got.Planned != c.planned {
			t.Errorf("%+v: %d held, %d planned, want %d and %d", c.cadence, got.Held, got.Planned, c.held, c.planned)
		}
	}
}

func TestMeetingsOfAYear(t *testing.T) {
	st := newSite(t)
	c := st.as(reader)
	c.get(st.path("reunions")).wants(http.StatusOK).says("mardi 10 mars 2026").says("tenue")
	c.get(st.path("reunions") + "?annee=2025").says("Aucune réunion n’est enregistrée en 2025")
	c.get(st.path("reunions") + "?annee=quatre").says("2026") // what is no year is the present one
	if page := c.get(st.path("reunions") + "?comite=technique"); len(rowsOf(page)) != 0 {
		t.Error("the meetings of one committee are those of another")
	}
}

func TestSignaturesAreOneRowAParty(t *testing.T) {
	st := newSite(t)
	page := st.as(coordinator).get(st.path("signatures")).wants(http.StatusOK)
	if rows := rowsOf(page); len(rows) != len(st.text.Parties) {
		t.Errorf("%d rows for %d parties", len(rows), len(st.text.Parties))
	}
	page.says("14 mars 2023").says("Signature non enregistrée").says("1 partie sur 4 a signé")
	st.as(reader).get(st.path("delegations")).wants(http.StatusOK).says("Arrêté 2024-12, du 15 janvier 2024")
}
