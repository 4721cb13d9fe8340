package governance

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/conventions"
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
)

// conventionOf reads a convention that is shipped.
func conventionOf(t testing.TB, name string) *convention.Convention {
	t.Helper()
	source, err := conventions.Read(name)
	if err != nil {
		t.Fatal(err)
	}
	c, faults := convention.Parse(name, source)
	if c == nil {
		t.Fatal(faults.Err())
	}
	return c
}

const (
	firstShipped  = "etampois-sud-essonne-2023-2026"
	secondShipped = "contrat-local-sante-val-ambre-2025-2029"
)

// said is a route in one line: "operationnel proposer-orientations > strategique valider-orientations!".
func said(route []Stage) string {
	parts := make([]string, len(route))
	for i, s := range route {
		parts[i] = s.Committee + " " + string(s.Power)
		if s.Settles {
			parts[i] += "!"
		}
	}
	return strings.Join(parts, " > ")
}

func TestRoutesOfTheShippedConventions(t *testing.T) {
	for _, c := range []struct {
		convention, author string
		subject            Subject
		want               string
	}{
		{firstShipped, "", AboutOrientation, "operationnel proposer-orientations > strategique valider-orientations!"},
		{firstShipped, "operationnel", AboutOrientation, "strategique valider-orientations!"},
		{firstShipped, "", AboutAction, "technique proposer-actions > operationnel adopter-actions!"},
		{firstShipped, "technique", AboutAction, "operationnel adopter-actions!"},
		{firstShipped, "", AboutDiagnosis, "operationnel actualiser-diagnostic!"},
		{firstShipped, "", AboutPlan, "operationnel actualiser-plan!"},
		{firstShipped, "", AboutCommunication, "operationnel proposer-communication > strategique valider-propositions!"},
		{firstShipped, "", AboutEvaluation, "technique evaluer-actions > operationnel coordonner > strategique valider-propositions!"},
		{firstShipped, "technique", AboutEvaluation, "operationnel coordonner > strategique valider-propositions!"},
		{firstShipped, "operationnel", AboutEvaluation, "strategique valider-propositions!"},
		{firstShipped, "", AboutAmendment, "strategique valider-propositions!"},
		{firstShipped, "", AboutFree, "strategique valider-propositions!"},
		{secondShipped, "", AboutOrientation, "suivi valider-orientations!"},
		{secondShipped, "suivi", AboutAction, "suivi adopter-actions!"},
		{secondShipped, "", AboutPlan, "suivi actualiser-plan!"},
		{secondShipped, "", AboutEvaluation, "suivi valider-evaluation!"},
		{secondShipped, "", AboutAmendment, "suivi valider-avenants!"},
		{secondShipped, "", AboutFree, ""},
	} {
		got := said(RouteOf(conventionOf(t, c.convention), Proposal{Subject: c.subject, Committee: c.author, Examined: true}))
		if got != c.want {
			t.Errorf("%s, %s by %q: %q, want %q", c.convention, c.subject, c.author, got, c.want)
		}
		member := said(RouteOf(conventionOf(t, c.convention), Proposal{Subject: c.subject, Committee: c.author}))
		if whole := said(Route(conventionOf(t, c.convention), c.subject)); member != whole {
			t.Errorf("%s, %s by a member of %q alone skips an examination: %q, want %q", c.convention, c.subject, c.author, member, whole)
		}
	}
}

func TestStagesCiteTheirClause(t *testing.T) {
	for _, s := range Route(conventionOf(t, firstShipped), AboutOrientation) {
		if s.Ref != "4-2" || s.Anchor == "" {
			t.Errorf("%s cites %q (%q)", s.Committee, s.Ref, s.Anchor)
		}
	}
}

// at makes a history of one text that applies from the start of 2025.
func at(texts ...*convention.Convention) convention.History {
	var h convention.History
	for i, c := range texts {
		h = append(h, &convention.Version{ID: fmt.Sprint(i), Number: i + 1, Effective: calendar.Of(2025+i, 3, 1), Text: c})
	}
	return h
}

func dated(s string) calendar.Date { return calendar.Must(s) }

// outcomeOf is the passage of an outcome.
func outcomeOf(c Course, p Proposal, meeting, committee, on string, o Outcome, reasons string) Passage {
	s := Settlement{Meeting: meeting, Decision: "d-" + meeting, Committee: committee, Day: dated(on), Outcome: o, Reasons: reasons}
	return Passage{Event: c.EventOf(p, s), Day: s.Day, By: "Camille", Reasons: reasons, Text: "Texte retenu", Settlement: s}
}

// walk takes passages one after the other.
type walk struct {
	t testing.TB
	c Course
	p Proposal
}

func (w *walk) take(x Passage) {
	w.t.Helper()
	p, step, err := w.c.Take(w.p, x)
	if err != nil {
		w.t.Fatalf("%s: %v", x.Event, err)
	}
	w.p, w.c.Steps = p, append(w.c.Steps, step)
}

func (w *walk) meets(meeting, committee, on string, o Outcome, reasons string) {
	w.t.Helper()
	w.take(outcomeOf(w.c, w.p, meeting, committee, on, o, reasons))
}

func (w *walk) stands(state ProposalState, turn, since string, postponed int) {
	w.t.Helper()
	want := fmt.Sprint(state, " ", turn, " ", since, " ", postponed)
	if got := fmt.Sprint(w.p.State, " ", w.p.Turn, " ", w.p.Since, " ", w.p.Postponed); got != want {
		w.t.Errorf("stands %q, want %q", got, want)
	}
}

func newWalk(t testing.TB, h convention.History, s Subject) *walk {
	t.Helper()
	w := &walk{t: t, c: Course{History: h}, p: Proposal{Subject: s, Title: "T", Text: "Texte proposé", State: ProposalDraft}}
	w.take(Passage{Event: Submit, Day: dated("2025-04-01")})
	return w
}

func TestAnOrientationGoesUpAndIsAdopted(t *testing.T) {
	w := newWalk(t, at(conventionOf(t, firstShipped)), AboutOrientation)
	w.stands(ProposalWaiting, "operationnel", "2025-04-01", 0)
	w.meets("m1", "operationnel", "2025-05-02", Postponed, "Dossier incomplet")
	w.meets("m2", "operationnel", "2025-06-02", Adopted, "")
	w.stands(ProposalWaiting, "strategique", "2025-06-02", 0)
	if last := w.c.Last(); last.Event != Favour || last.Power != string(convention.ProposeOrientations) || last.Article != "4-2" {
		t.Errorf("the opinion is recorded as %+v", *last)
	}
	w.meets("m3", "strategique", "2025-12-03", AdoptedWithChanges, "Pour tenir compte des communes")
	w.stands(ProposalAdopted, "", "2025-12-03", 0)
	if w.p.Text != "Texte proposé" || w.p.Decided != "Texte retenu" || w.p.Settled != dated("2025-12-03") {
		t.Errorf("adopted with changes as %+v", w.p)
	}
	if last := w.c.Last(); last.Power != string(convention.ValidateOrientations) || last.Decision != "d-m3" {
		t.Errorf("the adoption is recorded as %+v", *last)
	}
}

func TestAnUnfavourableOpinionReturnsToTheAuthor(t *testing.T) {
	w := newWalk(t, at(conventionOf(t, firstShipped)), AboutAction)
	w.meets("m1", "technique", "2025-05-02", Rejected, "Quel financement ?")
	w.stands(ProposalReturned, "", "2025-05-02", 0)
	if w.p.Answer != "Quel financement ?" {
		t.Errorf("the author is told %q", w.p.Answer)
	}
	w.take(Passage{Event: Resubmit, Day: dated("2025-05-20"), Reasons: "La CAF finance."})
	w.stands(ProposalWaiting, "technique", "2025-05-20", 0)
	w.meets("m2", "technique", "2025-06-02", Noted, "")
	w.stands(ProposalWaiting, "technique", "2025-05-20", 0)
	w.meets("m3", "technique", "2025-06-03", Adopted, "")
	w.meets("m4", "operationnel", "2025-07-02", Rejected, "Déjà faite")
	w.stands(ProposalRejected, "", "2025-07-02", 0)
}

func TestThreeTimesPostponedIsSaid(t *testing.T) {
	w := newWalk(t, at(conventionOf(t, secondShipped)), AboutAction)
	for i := range OftenPostponed {
		if w.p.Stuck() {
			t.Errorf("stuck after %d", i)
		}
		w.meets(fmt.Sprint("m", i), "suivi", "2025-05-02", Postponed, "Encore")
	}
	if !w.p.Stuck() {
		t.Error("three times postponed and nobody says so")
	}
}

func TestRefusals(t *testing.T) {
	first, second := at(conventionOf(t, firstShipped)), at(conventionOf(t, secondShipped))
	waiting := newWalk(t, first, AboutOrientation)
	for _, c := range []struct {
		name   string
		h      convention.History
		p      Proposal
		x      Passage
		reason string
	}{
		{"a draft is not adopted", first, Proposal{State: ProposalDraft}, Passage{Event: Adopt}, "circuit.refused.state"},
		{"nobody settles it", second, Proposal{State: ProposalDraft, Subject: AboutFree}, Passage{Event: Submit, Day: dated("2025-04-01")}, "circuit.refused.unsettled-free"},
		{"before the convention", first, Proposal{State: ProposalDraft, Subject: AboutFree}, Passage{Event: Submit, Day: dated("2025-02-01")}, "circuit.refused.no-convention"},
		{"after its end", first, Proposal{State: ProposalDraft, Subject: AboutFree}, Passage{Event: Submit, Day: dated("2027-01-01")}, "circuit.refused.no-convention"},
		{"without the power", first, waiting.p, Passage{Event: Adopt, Day: dated("2025-05-01"), Settlement: Settlement{Meeting: "m", Committee: "operationnel"}}, "circuit.refused.power"},
		{"somebody else’s turn", first, waiting.p, Passage{Event: Adopt, Day: dated("2025-05-01"), Settlement: Settlement{Meeting: "m", Committee: "strategique"}}, "circuit.refused.turn"},
		{"adopted by nobody", first, waiting.p, Passage{Event: Adopt, Day: dated("2025-05-01")}, "circuit.refused.turn"},
		{"postponed without reasons", first, waiting.p, Passage{Event: Postpone, Settlement: Settlement{Meeting: "m", Committee: "operationnel"}}, "circuit.refused.reasons"},
		{"returned without a question", first, waiting.p, Passage{Event: Return, Reasons: " "}, "circuit.refused.reasons"},
		{"passed over while it is there", first, waiting.p, Passage{Event: PassOver, Day: dated("2025-05-01")}, "circuit.refused.not-gone"},
		{"a rejected one is not withdrawn", first, Proposal{State: ProposalRejected}, Passage{Event: Withdraw}, "circuit.refused.state"},
	} {
		_, _, err := Course{History: c.h, Steps: waiting.c.Steps}.Take(c.p, c.x)
		var e *fault.Error
		if !fault.Is(err, fault.Invalid) || !errors.As(err, &e) || e.Message.Key != c.reason {
			t.Errorf("%s: %v, want %s", c.name, err, c.reason)
		}
	}
}

// without is a text in which a committee is gone, and its powers given to another.
func without(c *convention.Convention, gone, heir string) *convention.Convention {
	out := *c
	out.Committees = slices.Clone(c.Committees)
	from, to := out.Committee(gone), out.Committee(heir)
	to.Missions = append(slices.Clone(to.Missions), from.Missions...)
	out.Committees = slices.DeleteFunc(out.Committees, func(k convention.Committee) bool { return k.ID == gone })
	return &out
}

func TestAStageThatIsGoneIsPassedOver(t *testing.T) {
	text := conventionOf(t, firstShipped)
	h := at(text, without(text, "operationnel", "strategique"))
	w := newWalk(t, h, AboutAction)
	w.meets("m1", "technique", "2025-05-02", Adopted, "")
	w.stands(ProposalWaiting, "operationnel", "2025-05-02", 0)
	if w.c.Gone(w.p, dated("2026-02-28")) || !w.c.Gone(w.p, dated("2026-03-01")) {
		t.Error("gone on the wrong day")
	}
	w.take(Passage{Event: PassOver, Day: dated("2026-03-05")})
	w.stands(ProposalWaiting, "strategique", "2026-03-05", 0)
	w.meets("m2", "strategique", "2026-04-02", Adopted, "")
	w.stands(ProposalAdopted, "", "2026-04-02", 0)
}

func TestACommitteeThatLostThePowerGivesAnOpinion(t *testing.T) {
	text := conventionOf(t, firstShipped)
	changed := *text
	changed.Committees = slices.Clone(text.Committees)
	for i := range changed.Committees {
		k := &changed.Committees[i]
		k.Missions = slices.Clone(k.Missions)
		for j := range k.Missions {
			k.Missions[j].Powers = slices.DeleteFunc(slices.Clone(k.Missions[j].Powers), func(p convention.Power) bool { return p == convention.AdoptActions })
		}
	}
	w := newWalk(t, at(text, &changed), AboutAction)
	w.meets("m1", "technique", "2025-05-02", Adopted, "")
	w.meets("m2", "operationnel", "2026-05-02", Adopted, "")
	w.stands(ProposalWaiting, "strategique", "2026-05-02", 0)
}

func TestAMeetingThatClosesAgain(t *testing.T) {
	w := newWalk(t, at(conventionOf(t, firstShipped)), AboutOrientation)
	w.meets("m0", "operationnel", "2025-05-02", Postponed, "Encore")
	w.meets("m1", "operationnel", "2025-06-02", Adopted, "")
	again := outcomeOf(w.c, w.p, "m1", "operationnel", "2025-06-02", Adopted, "")
	if !w.c.Repeats(w.p, again) {
		t.Error("the same outcome is taken for another")
	}
	reopened := again
	reopened.Event = Reopen
	w.take(reopened)
	w.stands(ProposalWaiting, "operationnel", "2025-04-01", 1)
	w.meets("m1", "operationnel", "2025-06-02", Postponed, "Finalement")
	w.stands(ProposalWaiting, "operationnel", "2025-04-01", 2)
	reopened.Settlement.Meeting = "m0"
	if _, _, err := w.c.Take(w.p, reopened); !fault.Is(err, fault.Invalid) {
		t.Errorf("an earlier meeting reopens it: %v", err)
	}
	reopened.Settlement.Meeting = "m1"
	w.take(reopened)
	w.stands(ProposalWaiting, "operationnel", "2025-04-01", 1)
}

// drawn is a convention of a few committees with powers at random.
func drawn(t *rapid.T) *convention.Convention {
	levels := []convention.Level{convention.Strategic, convention.Operational, convention.Technical, convention.Single}
	var list []convention.Committee
	for i := range rapid.IntRange(1, 4).Draw(t, "committees") {
		powers := rapid.SliceOfNDistinct(rapid.SampledFrom(convention.Powers()), 0, 8, rapid.ID[convention.Power]).Draw(t, "powers")
		list = append(list, convention.Committee{ID: fmt.Sprint("k", i), Level: rapid.SampledFrom(levels).Draw(t, "level"),
			Missions: []convention.Mission{{ID: "m", Text: "m", Powers: powers, Place: convention.Place{Ref: "4"}}}})
	}
	return &convention.Convention{Facts: convention.Facts{Committees: list}}
}

// TestNoPathAdoptsWithoutThePower takes events at random, over the shipped conventions and drawn ones that change under the
// proposal, and looks at every step.
func TestNoPathAdoptsWithoutThePower(t *testing.T) {
	known := []*convention.Convention{conventionOf(t, firstShipped), conventionOf(t, secondShipped)}
	adopted := 0
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.Custom(func(t *rapid.T) *convention.Convention {
			if rapid.Bool().Draw(t, "shipped?") {
				return rapid.SampledFrom(known).Draw(t, "shipped")
			}
			return drawn(t)
		})
		h := at(rapid.SliceOfN(text, 1, 3).Draw(rt, "texts")...)
		p := Proposal{Subject: rapid.SampledFrom(Subjects()).Draw(rt, "subject"), State: ProposalDraft, Text: "T"}
		c := Course{History: h}
		on := dated("2025-03-01")
		for i := range rapid.IntRange(1, 25).Draw(rt, "events") {
			on = on.AddDays(rapid.IntRange(0, 60).Draw(rt, "days"))
			before := p
			x := Passage{Event: rapid.SampledFrom([]Event{Submit, Favour, Adopt, AdoptChanged, Postpone, TakeNote, Reject, Return, Resubmit, Withdraw, PassOver, Reopen}).Draw(rt, "event"),
				Day: on, Reasons: "parce que"}
			if rapid.Bool().Draw(rt, "meeting?") {
				committee := rapid.SampledFrom([]string{p.Turn, "k0", "k1", "strategique", "suivi"}).Draw(rt, "committee")
				outcome := rapid.SampledFrom(Outcomes()).Draw(rt, "outcome")
				x = outcomeOf(c, p, fmt.Sprint("m", i), committee, on.String(), outcome, "parce que")
				if p.Done() && rapid.Bool().Draw(rt, "again?") {
					x.Event, x.Settlement.Meeting = Reopen, c.Last().Meeting
				}
			}
			after, step, err := c.Take(p, x)
			if err != nil {
				if diff := cmp.Diff(before, after, cmp.AllowUnexported(calendar.Date{})); diff != "" {
					rt.Fatalf("a refused event changes the proposal: %s", diff)
				}
				continue
			}
			p, c.Steps = after, append(c.Steps, step)
			checkStep(rt, c, before, p, step)
			if p.State == ProposalAdopted {
				adopted++
			}
		}
		checkEnd(rt, c, p)
	})
	if adopted == 0 {
		t.Error("nothing was ever adopted: the test shows nothing")
	}
}

// Done tells a proposal at the end of its way.
func (p Proposal) Done() bool { return p.State.Done() }

func checkStep(t *rapid.T, c Course, before, after Proposal, step Step) {
	if after.State == ProposalAdopted && (!c.Settles(before, before.Turn, step.Day) || before.State != ProposalWaiting) {
		t.Fatalf("adopted by %q without the power", before.Turn)
	}
	if after.Text != before.Text {
		t.Fatal("the text as proposed is lost")
	}
	if step.Event == Postpone && (after.State != ProposalWaiting || after.Turn != before.Turn || after.Since != before.Since || after.Postponed != before.Postponed+1) {
		t.Fatalf("postponing loses the proposal: %+v", after)
	}
	if (after.State == ProposalWaiting) != (after.Turn != "") {
		t.Fatalf("in state %s it is the turn of %q", after.State, after.Turn)
	}
	if after.State == ProposalWaiting && after.Postponed < 0 {
		t.Fatalf("postponed %d times", after.Postponed)
	}
}

// checkEnd counts final steps, those that a reopened meeting has undone left out.
func checkEnd(t *rapid.T, c Course, p Proposal) {
	final := 0
	for i, s := range c.Steps {
		undone := i+1 < len(c.Steps) && c.Steps[i+1].Event == Reopen
		if s.To.Done() && !undone {
			final++
		}
	}
	want := 0
	if p.State.Done() {
		want = 1
	}
	if final != want {
		t.Fatalf("%d final steps in state %s", final, p.State)
	}
}
