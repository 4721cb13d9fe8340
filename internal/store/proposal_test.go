package store_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/conventions"
	"entente/internal/calendar"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/testkit"
)

// shippedSpace makes a space of a shipped convention, in force on the day of the tests.
func shippedSpace(t testing.TB, s *store.Store, slug, name string) *store.Space {
	t.Helper()
	source := must(conventions.Read(name))(t)
	info := must(s.CreateSpace(t.Context(), me, slug, "Espace "+slug, source, calendar.Must("2025-03-01")))(t)
	return s.In(info.ID)
}

const (
	firstShipped  = "etampois-sud-essonne-2023-2026"
	secondShipped = "contrat-local-sante-val-ambre-2025-2029"
)

func proposalOf(t testing.TB, sp *store.Space, s governance.Subject, title string) governance.Proposal {
	t.Helper()
	p := must(sp.CreateProposal(t.Context(), me, governance.Proposal{Subject: s, Title: title, Text: "Texte proposé", Author: somebody(t, sp).ID}))(t)
	return must(sp.PassProposal(t.Context(), me, p.ID, p.Version, governance.Submit, ""))(t)
}

// decided holds a meeting that decides on a proposal, as the closing of a meeting does: all together.
func decided(t testing.TB, sp *store.Space, p governance.Proposal, committee string, o governance.Outcome, reasons string) (governance.Proposal, governance.Settlement) {
	t.Helper()
	ctx := t.Context()
	var out governance.Proposal
	var s governance.Settlement
	err := sp.Together(ctx, func(sp *store.Space) error {
		m, err := sp.CreateMeeting(ctx, me, governance.Meeting{Committee: committee, Day: today, State: governance.Held})
		if err != nil {
			return err
		}
		d, err := sp.CreateDecision(ctx, me, governance.Decision{Meeting: m.ID, Committee: committee, Day: today, Title: p.Title, Text: "Texte retenu", Outcome: o, Proposal: p.ID})
		if err != nil {
			return err
		}
		s = governance.Settlement{Meeting: m.ID, Decision: d.ID, Committee: committee, Day: today, Outcome: o, Reasons: reasons}
		out, err = sp.SettleProposal(ctx, me, p.ID, s)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out, s
}

// TestProposalLife takes a proposal through both committees of the first convention and the one of the second, and looks at
// its steps and at the journal.
func TestProposalLife(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		for _, c := range []struct {
			convention string
			committees []string
			events     string
		}{
			{firstShipped, []string{"operationnel", "strategique"}, "submit favour adopt-changed"},
			{secondShipped, []string{"suivi"}, "submit adopt-changed"},
		} {
			sp := shippedSpace(t, s, c.convention[:7], c.convention)
			p := proposalOf(t, sp, governance.AboutOrientation, "Un guichet itinérant")
			if p.Year != today.Year() || p.Number != 1 {
				t.Errorf("numbered %s", p.Reference())
			}
			for _, committee := range c.committees {
				waiting := must(sp.ProposalsWaiting(t.Context(), committee))(t)
				if len(waiting) != 1 || !waiting[0].Awaits(committee) {
					t.Errorf("%s does not find what waits for it: %+v", committee, waiting)
				}
				p, _ = decided(t, sp, p, committee, governance.AdoptedWithChanges, "Pour les communes")
			}
			if p.State != governance.ProposalAdopted || p.Decided != "Texte retenu" || p.Text != "Texte proposé" {
				t.Errorf("it ends as %+v", p)
			}
			if diff := cmp.Diff(p, must(sp.Proposal(t.Context(), p.ID))(t), cmp.AllowUnexported(calendar.Date{})); diff != "" {
				t.Errorf("kept otherwise than given:\n%s", diff)
			}
			checkSteps(t, sp, p, c.events)
		}
	})
}

func checkSteps(t *testing.T, sp *store.Space, p governance.Proposal, want string) {
	t.Helper()
	steps := must(sp.ProposalSteps(t.Context(), p.ID))(t)
	var events []string
	for i, s := range steps {
		events = append(events, string(s.Event))
		if s.Seq != i+1 || s.By != me.Name || s.Day != today || !s.At.Equal(testkit.Noon) {
			t.Errorf("step %d does not say who and when: %+v", i, s)
		}
		if i > 0 && (s.Meeting == "" || s.Decision == "" || s.Power == "" || s.Article == "") {
			t.Errorf("step %d does not say where and under what: %+v", i, s)
		}
	}
	if got := strings.Join(events, " "); got != want {
		t.Errorf("steps %q, want %q", got, want)
	}
	list := must(sp.JournalEntries(t.Context(), store.JournalFilter{Key: p.ID}))(t)
	if len(list) != len(steps)+1 {
		t.Errorf("%d entries for %d steps", len(list), len(steps))
	}
	for _, e := range list {
		checkSentences(t, e)
	}
	whole(t, sp)
}

func TestSettlingAgain(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		sp := shippedSpace(t, s, "again", secondShipped)
		p, settlement := decided(t, sp, proposalOf(t, sp, governance.AboutAction, "Un minibus"), "suivi", governance.Adopted, "")
		same := must(sp.SettleProposal(t.Context(), me, p.ID, settlement))(t)
		if same.Version != p.Version {
			t.Error("the same outcome is recorded twice")
		}
		settlement.Outcome, settlement.Reasons = governance.Rejected, "Trop cher"
		other := must(sp.SettleProposal(t.Context(), me, p.ID, settlement))(t)
		if other.State != governance.ProposalRejected || other.Answer != "Trop cher" {
			t.Errorf("corrected as %+v", other)
		}
		checkSteps(t, sp, other, "submit adopt reopen reject")
	})
}

func TestProposalRefusals(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, sp := t.Context(), shippedSpace(t, s, "refusals", firstShipped)
		p := proposalOf(t, sp, governance.AboutOrientation, "Un guichet itinérant")
		_, err := sp.SettleProposal(ctx, me, p.ID, governance.Settlement{Meeting: "m", Committee: "strategique", Day: today, Outcome: governance.Adopted})
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("settled by a committee whose turn it is not: %v", err)
		}
		_, err = sp.UpdateProposal(ctx, me, p.ID, p.Version, func(p *governance.Proposal) error { p.Title = "Autre"; return nil })
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("its text changes on its way: %v", err)
		}
		_, err = sp.PassProposal(ctx, me, p.ID, p.Version-1, governance.Withdraw, "")
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("withdrawn as it was read before: %v", err)
		}
		draft := must(sp.CreateProposal(ctx, me, governance.Proposal{Subject: governance.AboutFree, Title: "T", Text: "T", Author: p.Author}))(t)
		draft = must(sp.UpdateProposal(ctx, me, draft.ID, draft.Version, func(p *governance.Proposal) error {
			p.Title, p.State, p.Number = "Autre", governance.ProposalAdopted, 99
			return nil
		}))(t)
		if draft.Title != "Autre" || draft.State != governance.ProposalDraft || draft.Number != 2 {
			t.Errorf("a form changes where it stands: %+v", draft)
		}
		other := shippedSpace(t, s, "other", firstShipped)
		if _, err := other.PassProposal(ctx, me, draft.ID, draft.Version, governance.Submit, ""); !fault.Is(err, fault.NotFound) {
			t.Errorf("submitted from another space: %v", err)
		}
		if _, err := other.SettleProposal(ctx, me, p.ID, governance.Settlement{}); !fault.Is(err, fault.NotFound) {
			t.Errorf("settled from another space: %v", err)
		}
	})
}

// TestSettlingIsPartOfTheWhole proves that what is undone together leaves the proposal as it was.
func TestSettlingIsPartOfTheWhole(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, sp := t.Context(), shippedSpace(t, s, "whole", secondShipped)
		p := proposalOf(t, sp, governance.AboutAction, "Un minibus")
		stop := errors.New("stop")
		err := sp.Together(ctx, func(sp *store.Space) error {
			_, err := sp.SettleProposal(ctx, me, p.ID, governance.Settlement{Meeting: "m", Committee: "suivi", Day: today, Outcome: governance.Adopted})
			return errors.Join(err, stop)
		})
		if !errors.Is(err, stop) {
			t.Fatal(err)
		}
		if now := must(sp.Proposal(ctx, p.ID))(t); now.State != governance.ProposalWaiting || now.Version != p.Version {
			t.Errorf("it stands as %+v", now)
		}
		checkSteps(t, sp, p, "submit")
	})
}

func TestProposalLists(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, sp := t.Context(), shippedSpace(t, s, "lists", firstShipped)
		a := proposalOf(t, sp, governance.AboutOrientation, "Guichet à Étampes")
		b := proposalOf(t, sp, governance.AboutAction, "Minibus")
		draft := must(sp.CreateProposal(ctx, me, governance.Proposal{Subject: governance.AboutAction, Title: "Brouillon", Text: "T", Author: b.Author}))(t)
		titles := func(f store.ProposalFilter) string {
			var out []string
			for _, p := range must(sp.Proposals(ctx, f))(t).Items {
				out = append(out, p.Title)
			}
			return strings.Join(out, ", ")
		}
		for _, c := range []struct {
			f    store.ProposalFilter
			want string
		}{
			{store.ProposalFilter{}, "Minibus, Guichet à Étampes"},
			{store.ProposalFilter{Drafts: draft.Author}, "Brouillon, Minibus, Guichet à Étampes"},
			{store.ProposalFilter{Drafts: a.Author}, "Minibus, Guichet à Étampes"},
			{store.ProposalFilter{AllDrafts: true, Paging: store.Paging{Limit: 1}}, "Brouillon"},
			{store.ProposalFilter{Text: "etampes"}, "Guichet à Étampes"},
			{store.ProposalFilter{Subject: governance.AboutAction}, "Minibus"},
			{store.ProposalFilter{Committee: "technique"}, "Minibus"},
			{store.ProposalFilter{State: governance.ProposalAdopted}, ""},
		} {
			if got := titles(c.f); got != c.want {
				t.Errorf("%+v finds %q, want %q", c.f, got, c.want)
			}
		}
		if own := must(sp.ProposalsWith(ctx, draft.Author))(t); len(own) != 1 || own[0].ID != draft.ID {
			t.Errorf("with its author: %+v", own)
		}
	})
}
