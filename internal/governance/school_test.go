package governance_test

import (
	"os"
	"path/filepath"
	"testing"

	"entente/internal/calendar"
	. "entente/internal/governance"
)

func TestReadSchoolHolidays(t *testing.T) {
	winter := SchoolHoliday{"C", "Vacances d’hiver", calendar.Period{From: day("2027-02-06"), To: day("2027-02-21")}}
	for name, source := range map[string]string{
		"plain":      "zone,nom,premier_jour,dernier_jour\nC,Vacances d’hiver,2027-02-06,2027-02-21\n",
		"other way":  "Dernier jour;Zone;Premier jour;Nom\n21/02/2027;c;06/02/2027;Vacances d’hiver\n\n",
		"a mark":     "\xef\xbb\xbfzone,nom,premier_jour,dernier_jour\r\nZone C,Vacances d’hiver,2027-02-06,2027-02-21\r\n",
		"ministry":   "Description;Population;Date de début;Date de fin;Académies;Zones;annee_scolaire\nVacances d’hiver;-;2027-02-05T23:00:00+00:00;2027-02-21T23:00:00+00:00;Paris;Zone C;2026-2027\nVacances d’hiver;-;2027-02-05T23:00:00+00:00;2027-02-21T23:00:00+00:00;Versailles;Zone C;2026-2027\nVacances d’hiver;Enseignants;2027-02-01T23:00:00+00:00;2027-02-21T23:00:00+00:00;Paris;Zone C;2026-2027\nVacances d’hiver;-;2027-02-05T23:00:00+00:00;2027-02-21T23:00:00+00:00;Corse;Corse;2026-2027\n",
		"in English": "description;population;start date;end date;location;zones;school year\nVacances d’hiver;Élèves;2027-02-06;2027-02-22;Paris;Zone C;2026-2027\n",
	} {
		got, faults := ReadSchoolHolidays([]byte(source))
		if len(faults) > 0 || len(got) != 1 || got[0] != winter {
			t.Errorf("%s: %v, %v", name, got, faults)
		}
	}
}

// A fault names its line, and nothing is given.
func TestReadSchoolHolidaysFaults(t *testing.T) {
	const head = "zone,nom,premier_jour,dernier_jour\n"
	for source, want := range map[string]LineFault{
		"":           {Line: 1},
		"a,b\n1,2\n": {Line: 1},
		head:         {Line: 1},
		head + "C,Hiver,2027-02-06,2027-02-21\nC,Printemps,2027-02-30,2027-04-18\n": {Line: 3},
		head + "\nC,Hiver,2027-02-06,2027-02-21\n\nC,,2027-04-03,2027-04-18\n":      {Line: 5},
		head + "D,Hiver,2027-02-06,2027-02-21\n":                                    {Line: 2},
		head + "C,,2027-02-06,2027-02-21\n":                                         {Line: 2},
		head + ",Hiver,2027-02-06,2027-02-21\n":                                     {Line: 2},
		head + "C,Hiver,2027-02-21,2027-02-06\n":                                    {Line: 2},
		head + "C,Hiver,2027-02-21\n":                                               {Line: 2},
		head + "C,Hiver,2027-02-21,2037-02-06\n":                                    {Line: 2},
		head + "C,Hiver,demain,2037-02-06\n":                                        {Line: 2},
		head + "Guyane,Hiver,2027-02-06,2027-02-21\n":                               {Line: 1},
	} {
		got, faults := ReadSchoolHolidays([]byte(source))
		if len(got) > 0 || len(faults) == 0 || faults[0].Line != want.Line {
			t.Errorf("%q: %v, %v", source, got, faults)
		}
	}
}

// TestSchoolHolidaysAsPublished reads a published file, where the folder that CALENDAR_DATA names holds one.
func TestSchoolHolidaysAsPublished(t *testing.T) {
	source, err := os.ReadFile(filepath.Join(os.Getenv("CALENDAR_DATA"), "vacances_scolaires_abc.csv"))
	if err != nil {
		t.Skip("the published school holidays are not at hand: CALENDAR_DATA names no folder that holds them")
	}
	list, faults := ReadSchoolHolidays(source)
	if len(faults) > 0 || len(list) < 100 {
		t.Errorf("%d holidays, faults %v", len(list), faults)
	}
}

func FuzzReadSchoolHolidays(f *testing.F) {
	f.Add([]byte("zone;nom;premier_jour;dernier_jour\nC;Hiver;2027-02-06;2027-02-21\n"))
	f.Fuzz(func(t *testing.T, source []byte) {
		list, faults := ReadSchoolHolidays(source)
		if len(list) > 0 == (len(faults) > 0) {
			t.Errorf("%d holidays and %d faults", len(list), len(faults))
		}
		for _, h := range list {
			if h.Period.To.Before(h.Period.From) || h.Name == "" {
				t.Errorf("%+v", h)
			}
		}
	})
}
