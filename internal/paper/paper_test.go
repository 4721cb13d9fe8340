package paper

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente/conventions"
	"entente/internal/calendar"
	"entente/internal/compliance"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/document"
	"entente/internal/governance"
	"entente/internal/i18n"
	"entente/internal/journal"
)

var update = flag.Bool("update", false, "write the golden texts anew")

// fixture is a space around a shipped convention, with one meeting of each kind of committee.
type fixture struct {
	text    *convention.Convention
	version *convention.Version
	meeting Meeting
	items   []governance.Item
	files   []governance.Attachment
	follow  []FollowUp
	report  compliance.Report
}

var day = calendar.Must

var fixtures = map[string]string{"etampois": "etampois-sud-essonne-2023-2026", "ambre": "contrat-local-sante-val-ambre-2025-2029"}

// people are invented; each seat takes the next.
var people = []string{"Hélène Arnaud", "Samir Moreau", "Béatrice Lenoir", "Awa Koné", "Paul Guérin", "Zoé Lefèvre", "Ømer Yıldız", "Noël Étienne"}

func newFixture(t testing.TB, file string) fixture {
	t.Helper()
	source, err := conventions.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	text, faults := convention.Parse(file, source)
	if text == nil {
		t.Fatal(faults)
	}
	x := fixture{text: text, version: &convention.Version{ID: "v1", Number: 1, Effective: day("2025-03-01"), Text: text, Source: source}}
	k := &text.Committees[0]
	for i := range text.Committees {
		if text.Committees[i].Majority != nil {
			k = &text.Committees[i]
		}
	}
	named := map[string]directory.Person{}
	var mandates []governance.Mandate
	for i, s := range k.Places() {
		if i == 1 {
			continue // a seat that nobody holds
		}
		given, family, _ := strings.Cut(people[i%len(people)], " ")
		id := "p" + strconv.Itoa(i)
		named[id] = directory.Person{ID: id, Given: given, Family: family}
		mandates = append(mandates, governance.Mandate{Seat: s.Key, Person: id, Role: governance.Holder, Period: calendar.Period{From: day("2025-01-01")}})
		if i == 0 {
			named["sub"] = directory.Person{ID: "sub", Given: "Léa", Family: "Suppléante"}
			mandates = append(mandates, governance.Mandate{Seat: s.Key, Person: "sub", Role: governance.Substitute, Period: calendar.Period{From: day("2025-01-01")}})
		}
	}
	x.meeting = Meeting{Meeting: governance.Meeting{ID: "m", Committee: k.ID, Day: day("2026-12-08"), Time: "14:00", Minutes: 110, Place: "Salle des fêtes, 4 place du Vieux-Lavoir", State: governance.Planned},
		Text: text, Committee: k, Name: k.Name, Chairs: governance.Chairs(k, mandates, day("2026-12-08")), People: named}
	x.items = []governance.Item{
		{ID: "i1", Rank: 1, Kind: governance.ForMinutes, Title: "Approbation du compte rendu du 10 mars 2026", Minutes: 5, Audience: governance.ForSpace},
		{ID: "i2", Rank: 2, Kind: governance.ForDecision, Title: "Guichet unique d’accès aux droits", Text: "Le comité est saisi d’une proposition.\n\n- ouvrir **deux** permanences ;\n- les évaluer dans un an.", Presenter: "Awa Koné", Minutes: 40, Audience: governance.ForSpace},
		{ID: "i3", Rank: 3, Kind: governance.ForDiscussion, Title: "Bilan & perspectives <2027>", Minutes: 30, Audience: governance.ForCommittee},
	}
	x.files = []governance.Attachment{{ID: "a1", Owner: governance.OwnerMeeting, OwnerID: "m", Name: "Rapport d’activité", FileName: "rapport.pdf", Digest: strings.Repeat("ab", 32), AddedAt: instant},
		{ID: "a2", Owner: governance.OwnerAgendaItem, OwnerID: "i2", Name: "Note sur le guichet", FileName: "note.odt", Digest: strings.Repeat("cd", 32), AddedAt: instant}}
	x.follow = []FollowUp{{FollowUp: governance.FollowUp{Text: "Écrire aux mairies", Due: day("2026-11-30"), State: governance.ToDo}, Name: "Paul Guérin", Decision: "2026-3"},
		{FollowUp: governance.FollowUp{Text: "Réunir le groupe", Due: day("2026-10-01"), State: governance.Done, DoneOn: day("2026-09-20")}, Name: "Hélène Arnaud", Decision: "2026-3"}}
	x.report = compliance.Assess(convention.History{x.version}, compliance.Evidence{Since: day("2025-03-01"), Mandates: mandates}, day("2026-11-23"))
	return x
}

var instant = time.Date(2026, 11, 23, 13, 5, 0, 0, time.UTC)

func (x fixture) frame(lang string) Frame {
	return Frame{P: i18n.For(lang), Letterhead: Head(governance.Letterhead{}, "Espace d’essai", x.text), Author: "Camille Aubry", Made: instant, Address: "https://entente.exemple.fr/espaces/essai/le/2026-12-08"}
}

func (x fixture) agenda() AgendaData {
	return AgendaData{Meeting: x.meeting, Items: x.items, Documents: x.files, Called: 1, Link: func(a governance.Attachment) string { return "https://entente.exemple.fr/" + a.ID }}
}

func (x fixture) convocation() ConvocationData {
	m := governance.Compose(governance.Convening{Meeting: x.meeting.Meeting, Name: x.meeting.Name, Text: x.text, Committee: x.meeting.Committee, Chairs: x.meeting.Chairs, Items: x.items,
		Today: day("2026-11-23"), ByMail: func(string) bool { return true }, Documents: []governance.ManifestDocument{{ID: "a1", Name: "Rapport d’activité", Digest: strings.Repeat("ab", 32)}}})
	return ConvocationData{Sent: governance.Convocation{Number: 2, Sent: instant, Manifest: m, Digest: m.SHA256()}, Text: x.text, Committee: x.meeting.Committee, People: x.meeting.People,
		By: "Camille Aubry", Changes: []string{"Le lieu change."}}
}

func (x fixture) decisions() []governance.Decision {
	k := x.meeting.Committee
	first := governance.Decision{ID: "d1", Year: 2026, Number: 3, Committee: k.ID, Day: day("2026-03-10"), Title: "Guichet unique", Text: "Deux permanences sont ouvertes.\nElles sont évaluées dans un an.",
		Outcome: governance.AdoptedWithChanges, Reasons: "Un an pour juger.", Article: k.Place.Ref, Audience: governance.ForSpace,
		Positions: []governance.Position{{Party: x.text.Parties[1].ID, Stance: governance.FavourableWithReservations, Text: "Sous réserve du budget."}, {Party: x.text.Parties[0].ID, Stance: governance.Favourable}}}
	if len(x.text.Axes) > 0 {
		first.Axis = x.text.Axes[0].ID
	}
	if k.Majority != nil {
		first.Vote = &governance.Vote{Seats: 8, Present: 6, For: 5, Blank: 1, Quorum: true, Carried: true}
	}
	return []governance.Decision{first, {ID: "d2", Year: 2026, Number: 2, Committee: k.ID, Day: day("2026-01-20"), Title: "Bilan", Text: "Le comité en prend acte.", Outcome: governance.Noted}}
}

func (x fixture) minutes(state governance.MinutesState) MinutesData {
	return MinutesData{Meeting: x.meeting, Minutes: governance.Minutes{Version: 4, State: state, Approved: day("2026-12-20"), Body: "## Présents\n\n- Hélène Arnaud\n\n## 1. Guichet unique\n\nLe comité *discute*.\n\n### Positions\n\n> Sous réserve."},
		Errata: []governance.Erratum{{Day: day("2027-01-05"), Text: "Lire « deux » au lieu de « trois »."}}}
}

func (x fixture) committees() CommitteesData {
	d := CommitteesData{Text: x.text, Day: day("2026-11-23"), People: x.meeting.People}
	for i := range x.text.Committees {
		k := &x.text.Committees[i]
		c := CommitteeSeats{Committee: k}
		for _, s := range k.Places() {
			var m []governance.Mandate
			for _, chair := range x.meeting.Chairs {
				if chair.Seat == s.Key && chair.Holder != "" {
					m = append(m, governance.Mandate{Seat: s.Key, Person: chair.Holder, Role: governance.Holder, Period: calendar.Period{From: day("2025-01-01")}})
				}
			}
			c.Seats = append(c.Seats, SeatOn{Seat: s, Occupation: governance.Occupy(s.Key, m, day("2026-11-23"))})
		}
		if k.Derived() {
			c.Members = []Member{{Name: "Noël Étienne", Party: x.text.Parties[0].ID, Actions: []string{"Ouvrir un guichet", "Former les accueils"}}}
		}
		d.Committees = append(d.Committees, c)
	}
	return d
}

func (x fixture) proposal() ProposalData {
	k := x.meeting.Committee
	return ProposalData{Proposal: governance.Proposal{Version: 2, Year: 2026, Number: 5, Subject: governance.AboutFree, Title: "Ouvrir le samedi", Text: "Parce que **beaucoup** travaillent.\n\n# Moyens\n\nAucun.", State: governance.ProposalWaiting},
		Text: x.text, Author: "Zoé Lefèvre", Line: "Au tour du comité", Stages: []string{k.Name + " : Décide"}, Name: func(id string) string { return committee(x.text, id) },
		Steps: []governance.Step{{Event: governance.Submit, Day: day("2026-10-01")}, {Event: governance.Postpone, Day: day("2026-10-20"), Committee: k.ID, Article: k.Place.Ref, Reasons: "Faute de temps."}}}
}

// all is every paper of a fixture.
func (x fixture) all(f Frame) map[string]*document.Document {
	register := RegisterData{Text: x.text, Space: "Espace d’essai", Chosen: []string{"Année = 2026"}, Decisions: x.decisions(), FollowUps: map[string][]FollowUp{"d1": x.follow}}
	meeting := governance.Meeting{Day: day("2026-03-10"), Time: "09:30"}
	live := ConventionData{Version: x.version, Day: day("2026-11-23"), Name: "Texte signé", Applies: calendar.Period{From: x.version.Effective}, Live: &x.report}
	alone := live
	alone.Live = nil
	return map[string]*document.Document{
		"convocation": Convocation(f, x.convocation()), "agenda": Agenda(f, x.agenda()), "attendance": Attendance(f, x.meeting), "minutes": Minutes(f, x.minutes(governance.MinutesPublished)),
		"minutes-draft": Minutes(f, x.minutes(governance.MinutesDraft)), "register": Register(f, register),
		"extract":    Extract(f, DecisionData{Decision: x.decisions()[0], Text: x.text, Meeting: meeting, Proposal: "Ouvrir un guichet", FollowUps: x.follow}),
		"convention": Convention(f, alone), "convention-live": Convention(f, live),
		"compliance": Compliance(f, ComplianceData{Report: x.report, Version: x.version, Space: "Espace d’essai", Slug: "essai", Since: day("2025-03-01"), Head: journal.Head{Seq: 42, Hash: strings.Repeat("0f", 32)}}),
		"committees": Committees(f, x.committees()), "proposal": Proposal(f, x.proposal()), "specimen": Specimen(f),
		"pack":  Pack(f, PackData{Agenda: x.agenda(), Decisions: x.decisions()[:1], FollowUps: x.follow[:1], Proposals: []governance.Proposal{x.proposal().Proposal}, Report: x.report}),
		"guide": Guide(f, x.meeting, []ArchiveFile{{"manifest.json", "Liste"}, {"reunion.json", "Données"}}, journal.Head{Seq: 42, Hash: strings.Repeat("0f", 32)}, "essai"),
	}
}

// TestGoldenTexts: each paper of both conventions says what it said. With -update they are written anew, to be read before they
// are kept.
func TestGoldenTexts(t *testing.T) {
	for name, file := range fixtures {
		x := newFixture(t, file)
		for kind, d := range x.all(x.frame("fr")) {
			var b bytes.Buffer
			if err := document.WriteText(&b, d); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join("testdata", name, kind+".txt")
			if *update {
				if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), b.String()); diff != "" {
				t.Errorf("%s of %s (-want +got)\n%s", kind, name, diff)
			}
		}
	}
}

// TestEveryPaperCarriesItsOrigin, in both languages, and lacks no sentence.
func TestEveryPaperCarriesItsOrigin(t *testing.T) {
	for _, file := range fixtures {
		x := newFixture(t, file)
		for _, lang := range i18n.Languages() {
			f := x.frame(lang)
			for kind, d := range x.all(f) {
				var b bytes.Buffer
				if err := document.WriteText(&b, d); err != nil {
					t.Fatal(err)
				}
				for _, want := range []string{f.Author, f.Address, f.P.Instant(f.Made), "Espace d’essai"} {
					if !strings.Contains(b.String(), want) {
						t.Errorf("%s in %s does not say %q", kind, lang, want)
					}
				}
				if strings.Contains(b.String(), "⟦") || d.Lang != lang || d.Title == "" || d.Footer == "" {
					t.Errorf("%s in %s: %q, %q, a sentence missing: %v", kind, lang, d.Lang, d.Title, strings.Contains(b.String(), "⟦"))
				}
			}
		}
	}
}

// TestOnlySettledMinutesAreWithoutMark: whoever holds a draft sees that it is one.
func TestOnlySettledMinutesAreWithoutMark(t *testing.T) {
	x := newFixture(t, fixtures["etampois"])
	for _, s := range governance.MinutesStates() {
		if d := Minutes(x.frame("fr"), x.minutes(s)); (d.Watermark == "") != s.Settled() {
			t.Errorf("%s has the mark %q", s, d.Watermark)
		}
	}
}

// TestPackJudgesNobody: no word of a status stands in what a committee is given.
func TestPackJudgesNobody(t *testing.T) {
	for _, file := range fixtures {
		x := newFixture(t, file)
		f := x.frame("fr")
		for _, b := range x.all(f)["pack"].Body {
			table, ok := b.(document.Table)
			if !ok {
				continue
			}
			for _, row := range table.Rows {
				for _, cell := range row {
					for _, s := range compliance.Statuses() {
						if word := f.P.T("compliance.status." + string(s)); strings.EqualFold(cell.String(), word) {
							t.Errorf("a cell says %q", word)
						}
					}
				}
			}
		}
	}
}

// TestAttendanceSheetHasARowForEverySeat, vacant or not, once.
func TestAttendanceSheetHasARowForEverySeat(t *testing.T) {
	for _, file := range fixtures {
		x := newFixture(t, file)
		rows := 0
		for _, b := range Attendance(x.frame("fr"), x.meeting).Body {
			if table, ok := b.(document.Table); ok {
				if !table.Tall {
					t.Error("a row is too low to sign in")
				}
				rows += len(table.Rows)
			}
		}
		if want := len(x.meeting.Chairs) + guests; rows != want {
			t.Errorf("%d rows, not %d", rows, want)
		}
	}
}

func TestProseBeginsAtTheLevelGiven(t *testing.T) {
	var got []int
	for _, b := range prose("## A\n\ntexte\n\n### B\n\n## C", 2) {
		if h, ok := b.(document.Heading); ok {
			got = append(got, h.Level)
		}
	}
	if diff := cmp.Diff([]int{2, 3, 2}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
