package web

import (
	"net/http"
	"strings"
	"testing"

	"entente/internal/calendar"
	"entente/internal/store"
	"entente/internal/web/view"
)

// A file is looked at first, then confirmed; run again it changes nothing; the journal of the installation tells.
func TestImportSchoolHolidays(t *testing.T) {
	st := newSite(t)
	c := st.as(administrator)
	c.get(view.SchoolPath).wants(http.StatusOK).says("n’évitent pas les vacances scolaires")
	file := "Zone;Nom;Premier jour;Dernier jour\nC;Vacances d’hiver;2027-02-06;2027-02-21\nC;Vacances de printemps;2027-04-03;2027-04-18\n"
	plan := c.sendFile(c.get(view.SchoolPath), view.SchoolPath, "vacances.csv", []byte(file)).wants(http.StatusOK)
	plan.says("Ce qui va changer").says("du 6 février 2027 au 21 février 2027")
	known := func() int {
		list, err := st.store.SchoolHolidays(t.Context(), "", calendar.Period{})
		st.must(err)
		return len(list)
	}
	if known() != 0 {
		t.Fatal("a look at a file has kept it")
	}
	confirm := []string{"content", file, "name", "vacances.csv", "action", "confirmer"}
	c.post(view.SchoolPath, confirm...).leadsTo(view.SchoolPath)
	c.get(view.SchoolPath).says("2 périodes sont ajoutées").says("Vacances de printemps")
	c.sendFile(c.get(view.SchoolPath), view.SchoolPath, "vacances.csv", []byte(file)).wants(http.StatusOK).says("Ce fichier ne change rien")
	c.post(view.SchoolPath, confirm...).leadsTo(view.SchoolPath)
	entries, err := st.store.Installation().JournalEntries(t.Context(), store.JournalFilter{Subject: "school"})
	st.must(err)
	if known() != 2 || len(entries) != 1 || entries[0].Actor != st.accounts[administrator].ID || entries[0].Label != "vacances.csv" {
		t.Errorf("%d periods, journal %+v", known(), entries)
	}
	bad := c.post(view.SchoolPath, "content", file+"C;Été;2027-07-40;2027-08-31\nZ;Été;2027-07-03;2027-08-31\n", "action", "confirmer").wants(http.StatusUnprocessableEntity)
	bad.says("Le fichier contient 2 erreurs").says("Ligne 4 : « 2027-07-40 » n’est pas une date").says("Ligne 5")
	c.post(view.SchoolPath).wants(http.StatusUnprocessableEntity).says("Choisissez un fichier")
	c.post(view.SchoolPath, "content", strings.Repeat("a;b\n", 10)).wants(http.StatusUnprocessableEntity).says("La colonne de la zone manque")
	if known() != 2 {
		t.Error("a file with faults has changed something")
	}
	st.as(coordinator).get(view.SchoolPath).wants(http.StatusForbidden)
}
