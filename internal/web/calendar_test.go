package web

import (
	"net/http"
	"strings"
	"testing"

	"entente/internal/calendar"
	"entente/internal/governance"
	"entente/internal/store"
)

// importSchool puts holidays of zone C in.
func (st *site) importSchool(list ...[2]string) {
	st.t.Helper()
	var out []governance.SchoolHoliday
	for _, x := range list {
		out = append(out, governance.SchoolHoliday{Zone: "C", Name: "Vacances", Period: calendar.Period{From: calendar.Must(x[0]), To: calendar.Must(x[1])}})
	}
	_, err := st.store.ImportSchoolHolidays(st.t.Context(), store.Actor{}, "vacances.csv", nil, out)
	st.must(err)
}

func TestCalendarOfAYear(t *testing.T) {
	st := newSite(t)
	c := st.as(reader)
	page := c.get(st.path("calendrier") + "?annee=2026").wants(http.StatusOK)
	page.says("La convention prévoit que ce comité se réunit de 1 à 2 fois par an (art. 4-2).").says("En 2026, 1 réunion a eu lieu et aucune n’est prévue.").
		says("Il reste 4 réunions à prévoir").says("Lundi de Pâques").says("ne sont pas enregistrées pour cette période").says("mardi 10 mars 2026")
	if strings.Contains(page.words(), "Proposer des dates") {
		t.Error("a reader is offered to plan")
	}
	c.get(st.path("calendrier") + "?annee=2026&vue=mois").says("mars 2026").says("Jour de l’an : jeudi 1er janvier 2026")
	c.get(st.path("calendrier") + "?annee=2027").says("Elle ne s’applique pas en 2027")
	st.importSchool([2]string{"2026-12-19", "2027-01-03"})
	c.get(st.path("calendrier") + "?annee=2026").says("Vacances : du 19 décembre 2026 au 3 janvier 2027")
	c.get(st.path("reunions")).says("Calendrier")
	// A convention without a school zone says so, and twelve months that roll ask for nothing of a year.
	other := st.as(administrator).get(spacePath(st.other.Slug, "calendrier") + "?annee=2026").wants(http.StatusOK)
	other.says("3 fois sur douze mois consécutifs")
}

// proposed is the page of dates for the end of the own convention.
func (st *site) proposed(c *client) *answer {
	return c.get(st.path("calendrier", "proposer") + "?periode=2026").wants(http.StatusOK)
}

// Dates are proposed, adjusted and accepted: every meeting is there, under its article, or none is.
func TestProposedDatesAreAccepted(t *testing.T) {
	st := newSite(t)
	st.importSchool([2]string{"2026-12-19", "2027-01-03"})
	c := st.as(coordinator)
	page := st.proposed(c)
	page.says("Comité de pilotage opérationnel, ").says("Aucune date n’est proposée pour un comité qui se réunit autant que de besoin").says("Répartit également")
	action := st.path("calendrier", "reunions")
	form := page.form(action)
	if form.Get("lignes") != "4" {
		t.Fatalf("%s dates are proposed", form.Get("lignes"))
	}
	c.submit(page, action, "date-0", "2026-11-30", "heure-0", "10:00", "retenir-3", "").leadsTo(st.path("calendrier") + "?annee=2026")
	meetings, err := st.store.In(st.own.ID).Meetings(t.Context(), store.MeetingFilter{Committee: "operationnel"})
	st.must(err)
	if len(meetings) != 3 || meetings[0].Day != calendar.Must("2026-11-30") || meetings[0].Time != "10:00" || meetings[0].State != governance.Planned {
		t.Errorf("planned %+v", meetings)
	}
	entries, err := st.store.In(st.own.ID).JournalEntries(t.Context(), store.JournalFilter{Subject: "meeting", Key: meetings[0].ID})
	st.must(err)
	if len(entries) != 1 || entries[0].Article != "4-2" {
		t.Errorf("the journal says %+v", entries)
	}
	c.get(st.path("calendrier") + "?annee=2026").says("3 réunions sont ajoutées au calendrier").says("Il reste 1 réunion à prévoir")
}

// A past date is a fault beside its field and nothing is kept; a holiday is said and accepted.
func TestAcceptedDatesFaultsAndWarnings(t *testing.T) {
	st := newSite(t)
	c := st.as(coordinator)
	page, action := st.proposed(c), st.path("calendrier", "reunions")
	refused := c.submit(page, action, "date-0", "2026-11-20", "heure-1", "25:00", "date-2", "demain").wants(http.StatusUnprocessableEntity)
	for _, id := range []string{"dates-date-0-fault", "dates-heure-1-fault", "dates-date-2-fault"} {
		if byID(refused.html(), id) == nil {
			t.Errorf("no fault %s", id)
		}
	}
	if got := refused.form(action); got.Get("date-0") != "2026-11-20" || got.Get("date-2") != "demain" {
		t.Errorf("the form came back as %v", got)
	}
	c.submit(page, action, "retenir-0", "", "retenir-1", "", "retenir-2", "", "retenir-3", "").wants(http.StatusUnprocessableEntity).says("Retenez au moins une date")
	checked := c.submit(page, action, "action", "verifier", "date-0", "2026-12-25").wants(http.StatusOK)
	checked.says("Le 25 décembre 2026 est férié (Noël)").says("Aucune réunion n’est encore ajoutée")
	if list, err := st.store.In(st.own.ID).Meetings(t.Context(), store.MeetingFilter{Committee: "operationnel"}); err != nil || len(list) != 0 {
		t.Fatalf("%d meetings were kept (%v)", len(list), err)
	}
	// One committee three times where two are allowed: accepted, and said.
	c.post(action, "periode", "2026", "lignes", "2", "retenir-0", "oui", "comite-0", "strategique", "date-0", "2026-12-25",
		"retenir-1", "oui", "comite-1", "strategique", "date-1", "2026-12-15").wants(http.StatusSeeOther)
	c.get(st.path("calendrier") + "?annee=2026").says("2 réunions sont ajoutées").says("est férié").says("le maximum de la convention serait dépassé (2 réunions)").
		says("C’est plus que le maximum de la convention")
}

func TestProposalsOfARollingConvention(t *testing.T) {
	st := newSite(t)
	page := st.as(administrator).get(spacePath(st.other.Slug, "calendrier", "proposer") + "?periode=12-mois").wants(http.StatusOK)
	page.says("les douze mois écoulés compteront 3 réunions de moins que le minimum").says("Garde un rythme régulier")
	st.as(reader).get(st.path("calendrier", "proposer")).wants(http.StatusForbidden)
}
