package calendar_test

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"

	. "entente/internal/calendar"
)

func anyDate(t *rapid.T, label string) Date {
	return Of(1990, time.January, 1).AddDays(rapid.IntRange(0, 30000).Draw(t, label))
}

func TestParseRefusesDaysThatDoNotExist(t *testing.T) {
	for _, s := range []string{"2026-02-29", "2026-13-01", "2026-1-1", "31/12/2026", "0001-01-01", "2026-12-31T00:00", " "} {
		if d, err := Parse(s); err == nil {
			t.Errorf("Parse(%q) = %v, want an error", s, d)
		}
	}
	if d, err := Parse(""); err != nil || !d.IsZero() {
		t.Errorf("Parse of nothing = %v, %v", d, err)
	}
}

func TestDateIsWrittenAsItIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDate(t, "d")
		back, err := Parse(d.String())
		if err != nil || back != d {
			t.Fatalf("%v came back as %v, %v", d, back, err)
		}
		if want := d.Time().AddDate(0, 0, 40); d.AddDays(40).Time() != want {
			t.Fatalf("%v and 40 days is %v, not %v", d, d.AddDays(40), want)
		}
		b, err := json.Marshal(struct{ D Date }{d})
		var out struct{ D Date }
		if err != nil || json.Unmarshal(b, &out) != nil || out.D != d {
			t.Fatalf("JSON of %v: %s, %v", d, b, err)
		}
		v, _ := d.Value()
		var scanned Date
		if err := scanned.Scan(v); err != nil || scanned != d {
			t.Fatalf("%v scanned as %v, %v", d, scanned, err)
		}
	})
}

func TestScanRefusesWhatIsNoDate(t *testing.T) {
	var d Date
	if d.Scan(12) == nil || d.Scan("tomorrow") == nil {
		t.Error("a number or a word was scanned as a date")
	}
	if err := d.Scan(nil); err != nil || !d.IsZero() {
		t.Errorf("nothing scanned as %v, %v", d, err)
	}
	if err := d.Scan([]byte("2026-12-31")); err != nil || d != Must("2026-12-31") {
		t.Errorf("bytes scanned as %v, %v", d, err)
	}
}

func TestAddMonthsStopsAtTheEndOfTheMonth(t *testing.T) {
	for _, c := range []struct {
		from   string
		months int
		want   string
	}{
		{"2026-01-31", 1, "2026-02-28"}, {"2028-01-31", 1, "2028-02-29"}, {"2026-12-31", 6, "2027-06-30"},
		{"2026-03-15", -12, "2025-03-15"}, {"2026-01-31", -2, "2025-11-30"}, {"2028-02-29", 12, "2029-02-28"},
	} {
		if got := Must(c.from).AddMonths(c.months).String(); got != c.want {
			t.Errorf("%s and %d months is %s, want %s", c.from, c.months, got, c.want)
		}
	}
}

func TestOnReadsTheCivilDayOfAPlace(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Skip("no zone files on this machine")
	}
	late := time.Date(2026, time.December, 31, 23, 30, 0, 0, time.UTC)
	if got := On(late, paris).String(); got != "2027-01-01" {
		t.Errorf("the day in Paris is %s", got)
	}
}

func TestPeriods(t *testing.T) {
	year := CivilYear(2026)
	if year.Days() != 365 || !year.Contains(Must("2026-12-31")) || year.Contains(Must("2027-01-01")) {
		t.Errorf("2026 is %v", year)
	}
	rolling := RollingMonths(Must("2026-11-23"), 12)
	if rolling.From != Must("2025-11-24") || rolling.Days() != 365 {
		t.Errorf("12 months that end on 23 November 2026 are %v", rolling)
	}
	open := Period{From: Must("2026-06-01")}
	if !open.Contains(Must("2100-01-01")) || open.Days() != 0 {
		t.Errorf("an open period: %v", open)
	}
	if got, ok := open.Overlap(year); !ok || got != (Period{Must("2026-06-01"), Must("2026-12-31")}) {
		t.Errorf("overlap is %v, %v", got, ok)
	}
	if _, ok := CivilYear(2025).Overlap(year); ok {
		t.Error("two years overlap")
	}
}

func TestOverlapHoldsWhatBothContain(t *testing.T) {
	period := func(t *rapid.T, label string) Period {
		p := Period{From: anyDate(t, label)}
		if rapid.Bool().Draw(t, label+" closed") {
			p.To = p.From.AddDays(rapid.IntRange(0, 2000).Draw(t, label+" days"))
		}
		return p
	}
	rapid.Check(t, func(t *rapid.T) {
		p, q, d := period(t, "p"), period(t, "q"), anyDate(t, "d")
		shared, ok := p.Overlap(q)
		if both := p.Contains(d) && q.Contains(d); both != (ok && shared.Contains(d)) {
			t.Fatalf("%v in %v and %v is %v; their overlap is %v, %v", d, p, q, both, shared, ok)
		}
	})
}
