package web

import (
	"net/url"
	"strings"
	"testing"

	"entente/internal/calendar"
)

func TestFormReadsDatesAsBrowsersSendAndPeopleTypeThem(t *testing.T) {
	for typed, want := range map[string]string{
		"2026-12-08": "2026-12-08", "8/12/2026": "2026-12-08", "08.12.2026": "2026-12-08", "8 12 2026": "2026-12-08", "": "",
		"31/12/2026": "2026-12-31",
	} {
		f := &form{values: url.Values{"day": {typed}}}
		if got := f.date("day"); got.String() != want || f.err() != nil {
			t.Errorf("%q is read as %v, %v", typed, got, f.err())
		}
	}
	for _, typed := range []string{"2026-02-30", "30/02/2026", "demain", "12/2026", "1/1/26", "999999/1/2026", "//"} {
		f := &form{values: url.Values{"day": {typed}}}
		if got := f.date("day"); got != (calendar.Date{}) || f.err() == nil {
			t.Errorf("%q is read as %v without a fault", typed, got)
		}
	}
}

func FuzzTypedDate(f *testing.F) {
	for _, s := range []string{"8/12/2026", "2026-12-08", "31.02.2026", "0/0/0000", "1-1-1111"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := typedDate(s)
		if err == nil && !d.IsZero() && (d.Year() < 1793 || d.Year() > 9999) {
			t.Errorf("%q became %v", s, d)
		}
	})
}

func TestFormLinesAndTexts(t *testing.T) {
	f := &form{values: url.Values{"name": {"  Crèche  "}, "blank": {" "}, "text": {" un\r\ndeux "}, "long": {strings.Repeat("é", maxField+1)}, "version": {"7"}, "odd": {"x"}}}
	if f.text("name") != "Crèche" || f.prose("text") != "un\ndeux" || f.version() != 7 || !f.checked("odd") || f.checked("absent") {
		t.Error("lines, texts, versions and boxes")
	}
	if f.required("blank") != "" || f.text("long") == "" {
		t.Error("what is refused must still be there")
	}
	for _, name := range []string{"blank", "long"} {
		if _, ok := f.faults.On(name); !ok {
			t.Errorf("no fault on %s", name)
		}
	}
}
