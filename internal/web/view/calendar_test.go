package view

import (
	"strings"
	"testing"

	"entente/internal/calendar"
	"entente/internal/governance"
	"entente/internal/i18n"
)

// TestMissingSchoolHolidaysAreSaid: a calendar that ends before the summer of the period is not enough.
func TestMissingSchoolHolidaysAreSaid(t *testing.T) {
	p := i18n.For("fr")
	spring := governance.SchoolHoliday{Zone: "C", Period: calendar.Period{From: calendar.Must("2027-04-17"), To: calendar.Must("2027-05-03")}}
	summer := governance.SchoolHoliday{Zone: "C", Period: calendar.Period{From: calendar.Must("2027-07-03"), To: calendar.Must("2027-08-31")}}
	for _, c := range []struct {
		list []governance.SchoolHoliday
		want string
	}{{nil, "ne sont pas enregistrées"}, {[]governance.SchoolHoliday{spring}, "celles de l’été 2027 manquent"}, {[]governance.SchoolHoliday{spring, summer}, ""}} {
		n := School{Zone: "C", Span: calendar.CivilYear(2027), Holidays: c.list}.notice(p)
		if (n == nil) != (c.want == "") || n != nil && !strings.Contains(n.Text, c.want) {
			t.Errorf("%d periods: %+v", len(c.list), n)
		}
	}
}
