package governance

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"entente/internal/calendar"
	"entente/internal/fault"
)

// waits is a committee with a meeting to come ("next"), another after it ("later") and one held and closed ("past").
func waits() Backlog {
	day := calendar.Must
	next := Meeting{ID: "next", Committee: "k", Day: day("2026-12-08"), State: Planned}
	return Backlog{Meeting: next, Today: day("2026-11-23"), Meetings: []Meeting{
		{ID: "past", Committee: "k", Day: day("2026-09-08"), State: Held, Closed: time.Unix(1, 0)}, next,
		{ID: "later", Committee: "k", Day: day("2027-03-08"), State: Planned}}}
}

func TestSuggest(t *testing.T) {
	day := calendar.Must
	item := func(id, meeting string) Item {
		return Item{ID: id, Meeting: meeting, Kind: ForDiscussion, Title: id, Audience: ForCommittee, Minutes: 10}
	}
	record := func(id string, s ItemState, o Outcome) ItemRecord {
		return ItemRecord{ID: id, Meeting: "past", State: s, Outcome: o}
	}
	proposal := Proposal{ID: "p", Title: "Une maison", State: ProposalWaiting, Turn: "k", Since: day("2026-10-01")}
	submitted := Minutes{ID: "past", State: MinutesSubmitted, Submitted: day("2026-10-02")}
	late := FollowUp{ID: "u", Text: "Écrire", State: ToDo, Due: day("2026-11-01")}
	for name, x := range map[string]struct {
		set  func(w *Backlog)
		want []string
	}{
		"nothing waits":                 {func(*Backlog) {}, nil},
		"a proposal whose turn it is":   {func(w *Backlog) { w.Proposals = []Proposal{proposal} }, []string{"proposal/p"}},
		"the turn of another committee": {func(w *Backlog) { p := proposal; p.Turn = "z"; w.Proposals = []Proposal{p} }, nil},
		"a proposal that is settled":    {func(w *Backlog) { p := proposal; p.State = ProposalAdopted; w.Proposals = []Proposal{p} }, nil},
		"a proposal on this agenda": {func(w *Backlog) {
			w.Proposals, w.Items = []Proposal{proposal}, []Item{{ID: "i", Meeting: "next", Proposal: "p"}}
		}, nil},
		"a proposal on a later agenda": {func(w *Backlog) {
			w.Proposals, w.Items = []Proposal{proposal}, []Item{{ID: "i", Meeting: "later", Proposal: "p"}}
		}, nil},
		"a proposal that a past one put off": {func(w *Backlog) {
			w.Proposals, w.Items = []Proposal{proposal}, []Item{{ID: "i", Meeting: "past", Proposal: "p"}}
			w.Records = []ItemRecord{record("i", Treated, Postponed)}
		}, []string{"proposal/p"}},
		"postponed": {func(w *Backlog) {
			w.Items, w.Records = []Item{item("i", "past")}, []ItemRecord{record("i", Treated, Postponed)}
		}, []string{"item/i"}},
		"postponed and carried on already": {func(w *Backlog) {
			w.Items, w.Records = []Item{item("i", "past"), {ID: "j", Meeting: "later", Carried: "i"}}, []ItemRecord{record("i", Treated, Postponed)}
		}, nil},
		"never come to": {func(w *Backlog) { w.Items = []Item{item("i", "past")} }, []string{"item/i"}},
		"treated": {func(w *Backlog) {
			w.Items, w.Records = []Item{item("i", "past")}, []ItemRecord{record("i", Treated, Noted)}
		}, nil},
		"of a meeting not closed": {func(w *Backlog) { w.Meetings[0].Closed = time.Time{}; w.Items = []Item{item("i", "past")} }, nil},
		"of a meeting to come":    {func(w *Backlog) { w.Items = []Item{item("i", "later")} }, nil},
		"minutes submitted":       {func(w *Backlog) { w.Minutes = []Minutes{submitted} }, []string{"minutes/past"}},
		"minutes approved":        {func(w *Backlog) { m := submitted; m.State = MinutesApproved; w.Minutes = []Minutes{m} }, nil},
		"minutes on the agenda": {func(w *Backlog) {
			w.Minutes, w.Items = []Minutes{submitted}, []Item{{ID: "i", Meeting: "next", Approves: "past"}}
		}, nil},
		"minutes of a meeting of another committee": {func(w *Backlog) { m := submitted; m.ID = "elsewhere"; w.Minutes = []Minutes{m} }, nil},
		"a follow-up that is late":                  {func(w *Backlog) { w.FollowUps = []FollowUp{late} }, []string{"follow-up/u"}},
		"a follow-up that is not due":               {func(w *Backlog) { u := late; u.Due = day("2026-11-23"); w.FollowUps = []FollowUp{u} }, nil},
		"a follow-up that is done":                  {func(w *Backlog) { u := late; u.State = Done; w.FollowUps = []FollowUp{u} }, nil},
		"a follow-up on this agenda": {func(w *Backlog) {
			w.FollowUps, w.Items = []FollowUp{late}, []Item{{ID: "i", Meeting: "next", Source: "follow-up/u"}}
		}, nil},
		"a follow-up still late after a meeting that had it": {func(w *Backlog) {
			w.FollowUps, w.Items = []FollowUp{late}, []Item{{ID: "i", Meeting: "past", Source: "follow-up/u"}}
			w.Records = []ItemRecord{record("i", Treated, Noted)}
		}, []string{"follow-up/u"}},
		"an obligation": {func(w *Backlog) { w.Duties = []Duty{{Key: "cadence/k", Kind: ForDiscussion}} }, []string{"obligation/cadence/k"}},
		"everything, in its order": {func(w *Backlog) {
			w.Proposals, w.Minutes, w.FollowUps = []Proposal{proposal}, []Minutes{submitted}, []FollowUp{late}
			w.Items, w.Duties = []Item{item("i", "past")}, []Duty{{Key: "c"}}
		}, []string{"minutes/past", "proposal/p", "item/i", "follow-up/u", "obligation/c"}},
	} {
		w := waits()
		x.set(&w)
		var got []string
		for _, s := range Suggest(w) {
			got = append(got, s.Key)
		}
		if !slices.Equal(got, x.want) {
			t.Errorf("%s: %v, want %v", name, got, x.want)
		}
	}
}

// An item put off comes back as it was: its kind, its words, who presents it and who may read it.
func TestWhatIsCarriedOnKeepsItsContent(t *testing.T) {
	w := waits()
	w.Items = []Item{{ID: "i", Meeting: "past", Kind: ForEvaluation, Title: "Bilan", Text: "Lire.", Presenter: "La CAF", Minutes: 20, Audience: ForCoordinators}}
	s := Suggest(w)
	if len(s) != 1 {
		t.Fatalf("%v", s)
	}
	got := s[0].On("next", "Bilan")
	want := Item{Meeting: "next", Kind: ForEvaluation, Title: "Bilan", Text: "Lire.", Presenter: "La CAF", Minutes: 20, Audience: ForCoordinators, Carried: "i", Source: "item/i"}
	if got != want {
		t.Errorf("%+v", got)
	}
	if err := got.Check(); err != nil {
		t.Error(err)
	}
}

// Whatever waits, nothing is suggested twice, and what was added is suggested no more.
func TestNothingIsSuggestedTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := waits()
		id := rapid.SampledFrom([]string{"a", "b", "c"})
		for range rapid.IntRange(0, 6).Draw(t, "waiting") {
			w.Proposals = append(w.Proposals, Proposal{ID: id.Draw(t, "proposal"), State: ProposalWaiting, Turn: "k"})
			w.FollowUps = append(w.FollowUps, FollowUp{ID: id.Draw(t, "follow-up"), State: ToDo, Due: calendar.Must("2026-01-01")})
			w.Duties = append(w.Duties, Duty{Key: id.Draw(t, "concern"), Kind: ForDiscussion, Title: fault.Say("x")})
		}
		for i := range rapid.IntRange(0, 5).Draw(t, "left over") {
			w.Items = append(w.Items, Item{ID: string(rune('p' + i)), Meeting: "past", Kind: ForDiscussion, Title: "x"})
		}
		w.Minutes = []Minutes{{ID: "past", State: MinutesSubmitted}}
		seen := map[string]bool{}
		for _, s := range Suggest(w) {
			if seen[s.Key] {
				t.Fatalf("%s twice", s.Key)
			}
			seen[s.Key] = true
			w.Items = append(w.Items, s.On("next", "titre"))
		}
		if again := Suggest(w); len(again) != 0 {
			t.Fatalf("suggested again: %v", again)
		}
	})
}

// A long follow-up becomes a title that can be read, with its whole text under it.
func TestLongFollowUpIsCutInTheTitle(t *testing.T) {
	for _, text := range []string{strings.Repeat("Écrire ", 60), "Écrire\nà tous les partenaires", "Écrire"} {
		w := waits()
		w.FollowUps = []FollowUp{{ID: "u", Text: text, State: ToDo, Due: calendar.Must("2026-11-01")}}
		s := Suggest(w)[0]
		title := s.Title.Args["text"].(string)
		if len([]rune(title)) > maxHeadline || strings.Contains(title, "\n") {
			t.Errorf("the title is %q", title)
		}
		if i := s.On("next", title); title != text && i.Text != text || title == text && i.Text != "" {
			t.Errorf("under %q stands %q", title, i.Text)
		}
	}
}
