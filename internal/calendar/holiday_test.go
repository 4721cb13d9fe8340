package calendar_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	. "entente/internal/calendar"
)

// Easter Sundays as the tables print them, the earliest and the latest possible among them.
func TestEaster(t *testing.T) {
	for year, want := range map[int]string{1818: "1818-03-22", 1886: "1886-04-25", 1943: "1943-04-25", 1954: "1954-04-18", 1981: "1981-04-19",
		2000: "2000-04-23", 2008: "2008-03-23", 2023: "2023-04-09", 2024: "2024-03-31", 2025: "2025-04-20", 2026: "2026-04-05", 2027: "2027-03-28",
		2038: "2038-04-25", 2049: "2049-04-18", 2076: "2076-04-19", 2100: "2100-03-28", 2285: "2285-03-22"} {
		if got := Easter(year); got != Must(want) || got.Weekday() != time.Sunday {
			t.Errorf("Easter of %d is %v, want %s", year, got, want)
		}
	}
}

func TestHolidaysOfAYear(t *testing.T) {
	want := []Holiday{{Must("2027-01-01"), "new-year"}, {Must("2027-03-29"), "easter-monday"}, {Must("2027-05-01"), "labour"},
		{Must("2027-05-06"), "ascension"}, {Must("2027-05-08"), "victory"}, {Must("2027-05-17"), "whit-monday"}, {Must("2027-07-14"), "national"},
		{Must("2027-08-15"), "assumption"}, {Must("2027-11-01"), "all-saints"}, {Must("2027-11-11"), "armistice"}, {Must("2027-12-25"), "christmas"}}
	if got := Holidays(2027); !slices.Equal(got, want) {
		t.Errorf("the holidays of 2027 are %v", got)
	}
	if h, ok := HolidayOn(Must("2008-05-01")); !ok || h.Key == "" {
		t.Error("1 May 2008 is no holiday")
	}
	if _, ok := HolidayOn(Must("2027-03-28")); ok {
		t.Error("Easter Sunday is a holiday by itself")
	}
}

// TestHolidaysAsPublished compares with the days that the administration publishes (a file of "date,name" lines, in the
// folder that CALENDAR_DATA names), where they are at hand.
func TestHolidaysAsPublished(t *testing.T) {
	file, err := os.Open(filepath.Join(os.Getenv("CALENDAR_DATA"), "jours_feries.csv"))
	if err != nil {
		t.Skip("the published holidays are not at hand: CALENDAR_DATA names no folder that holds them")
	}
	defer file.Close() //nolint:errcheck // it was read
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	published := map[int][]string{}
	for _, row := range rows[1:] {
		year, err := strconv.Atoi(row[0][:4])
		if err != nil {
			t.Fatal(err)
		}
		published[year] = append(published[year], row[0])
	}
	for year, want := range published {
		var got []string
		for _, h := range Holidays(year) {
			got = append(got, h.Day.String())
		}
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%d: computed %v, published %v", year, got, want)
		}
	}
}
