package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"entente/internal/fault"
	"entente/internal/i18n"
	"entente/internal/journal"
)

// A damaged journal is said in both languages, with the first faulty entry, as words and as data.
func TestDamageIsNamed(t *testing.T) {
	e := journal.Entry{Seq: 7, At: time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC), Name: "Camille Aubry", Action: "mandate.create", Label: "Mandat"}
	x := verification{"val", journal.Report{Head: journal.Head{Seq: 9, Hash: "ab"}, Checked: 6,
		Break: &journal.Break{Damage: journal.Altered, Seq: 7, Entry: e, Message: fault.Say("journal.damage.altered", "seq", 7, "label", "Mandat")}}}
	for _, lang := range i18n.Languages() {
		p := i18n.For(lang)
		var b strings.Builder
		x.write(&b, p)
		for _, want := range []string{"val", "6", "7", "Camille Aubry", p.T("journal.action.mandate.create"), p.Instant(e.At)} {
			if !strings.Contains(b.String(), want) {
				t.Errorf("%s: %q is not in\n%s", lang, want, &b)
			}
		}
		if strings.Contains(b.String(), "⟦") {
			t.Errorf("%s: %s", lang, &b)
		}
		var out bytes.Buffer
		if err := writeJSON(&out, x.json(p)); err != nil {
			t.Fatal(err)
		}
		var got verificationJSON
		if err := json.Unmarshal(out.Bytes(), &got); err != nil || got.Whole || got.Break.Seq != 7 || got.Break.Damage != journal.Altered {
			t.Errorf("%s: %v", out.String(), err)
		}
	}
}

// An entry that is missing, and an action that nobody knows, are said all the same.
func TestDamageWithoutWords(t *testing.T) {
	p := i18n.For("fr")
	var b strings.Builder
	verification{"", journal.Report{Break: &journal.Break{Damage: journal.Removed, Seq: 3, Message: fault.Say("journal.damage.removed", "seq", 3)}}}.write(&b, p)
	verification{"vide", journal.Report{}}.write(&b, p)
	if got := strings.Count(b.String(), "\n"); got != 2 || !strings.Contains(b.String(), "Installation") {
		t.Errorf("%s", &b)
	}
	if got := sayAction(p, journal.Entry{Action: "thing.bend"}); got != "thing.bend" {
		t.Errorf("%q", got)
	}
	if got := sayActor(p, journal.Entry{}); got != "Entente" {
		t.Errorf("%q", got)
	}
}
