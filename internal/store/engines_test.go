package store_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/internal/calendar"
	"entente/internal/compliance"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
	"entente/internal/journal"
	"entente/internal/store"
	"entente/internal/testkit"
)

// kept is a kind of thing of a space, as the same four methods handle it.
type kept struct {
	name   string
	create func(t testing.TB, sp *store.Space) (id string, version int64)
	read   func(sp *store.Space, id string) error
	update func(sp *store.Space, id string, version int64) error
	remove func(sp *store.Space, id string, version int64) error
}

// kindOf fits the methods of one kind to the table.
func kindOf[T any](name string, sample func(testing.TB, *store.Space) T, ident func(T) (string, int64), change func(*T),
	create func(*store.Space, context.Context, store.Actor, T) (T, error),
	read func(*store.Space, context.Context, string) (T, error),
	update func(*store.Space, context.Context, store.Actor, string, int64, func(*T) error) (T, error),
	remove func(*store.Space, context.Context, store.Actor, string, int64) error) kept {
	ctx := context.Background()
	return kept{
		name: name,
		create: func(t testing.TB, sp *store.Space) (string, int64) {
			made := must(create(sp, ctx, me, sample(t, sp)))(t)
			id, version := ident(made)
			if diff := cmp.Diff(made, must(read(sp, ctx, id))(t), cmp.AllowUnexported(calendar.Date{})); diff != "" {
				t.Errorf("%s read is not the one created (-created +read):\n%s", name, diff)
			}
			return id, version
		},
		read: func(sp *store.Space, id string) error { _, err := read(sp, ctx, id); return err },
		update: func(sp *store.Space, id string, version int64) error {
			x, err := update(sp, ctx, me, id, version, func(x *T) error { change(x); return nil })
			if err != nil {
				return err
			}
			if _, now := ident(x); now != version+1 {
				return errors.New("the version did not rise by one")
			}
			back, err := read(sp, ctx, id)
			if diff := cmp.Diff(x, back, cmp.AllowUnexported(calendar.Date{})); diff != "" {
				return errors.New("what was read is not what was changed:\n" + diff)
			}
			return err
		},
		remove: func(sp *store.Space, id string, version int64) error { return remove(sp, ctx, me, id, version) },
	}
}

func somebody(t testing.TB, sp *store.Space) directory.Person {
	t.Helper()
	return must(sp.CreatePerson(t.Context(), me, directory.Person{Given: "Zoé", Family: "Œuvrard", Email: "zoe@exemple.fr"}))(t)
}

func firstVersion(t testing.TB, sp *store.Space) string {
	t.Helper()
	return must(sp.History(t.Context()))(t)[0].ID
}

func kinds() []kept {
	open := calendar.Period{From: start}
	return []kept{
		kindOf("organization", func(testing.TB, *store.Space) directory.Organization {
			return directory.Organization{Kind: directory.Association, Name: "Crèche des Lilas", Short: "Lilas", SIREN: "732829320",
				Address: "3 rue Haute", Email: "lilas@exemple.fr", Phone: "01 02 03 04 05", Website: "https://lilas.exemple.fr"}
		}, func(o directory.Organization) (string, int64) { return o.ID, o.Version }, func(o *directory.Organization) { o.Name += " 2" },
			(*store.Space).CreateOrganization, (*store.Space).Organization, (*store.Space).UpdateOrganization, (*store.Space).RemoveOrganization),
		kindOf("person", func(testing.TB, *store.Space) directory.Person {
			return directory.Person{Given: "Zoé", Family: "Œuvrard", Email: "zoe@exemple.fr", Phone: "0102030405"}
		}, func(p directory.Person) (string, int64) { return p.ID, p.Version }, func(p *directory.Person) { p.Phone = "+33 1" },
			(*store.Space).CreatePerson, (*store.Space).Person, (*store.Space).UpdatePerson, (*store.Space).RemovePerson),
		kindOf("function", func(t testing.TB, sp *store.Space) directory.Function {
			o := must(sp.CreateOrganization(t.Context(), me, directory.Organization{Kind: directory.Other, Name: "Ici"}))(t)
			return directory.Function{Person: somebody(t, sp).ID, Organization: o.ID, Title: "Directrice", Period: open}
		}, func(n directory.Function) (string, int64) { return n.ID, n.Version }, func(n *directory.Function) { n.Period.To = start },
			(*store.Space).CreateFunction, (*store.Space).Function, (*store.Space).UpdateFunction, (*store.Space).RemoveFunction),
		kindOf("mandate", func(t testing.TB, sp *store.Space) governance.Mandate {
			return governance.Mandate{Seat: "pilotage/nord/1", Person: somebody(t, sp).ID, Role: governance.Holder, Period: open,
				ActDate: start, ActDocument: "Délibération 12"}
		}, func(m governance.Mandate) (string, int64) { return m.ID, m.Version }, func(m *governance.Mandate) { m.Period.To = today },
			(*store.Space).CreateMandate, (*store.Space).Mandate, (*store.Space).UpdateMandate, (*store.Space).RemoveMandate),
		kindOf("delegation", func(t testing.TB, sp *store.Space) governance.Delegation {
			return governance.Delegation{Party: "nord", Person: somebody(t, sp).ID, Function: "vice-présidente", Date: start, Document: "A-1", Period: open}
		}, func(d governance.Delegation) (string, int64) { return d.ID, d.Version }, func(d *governance.Delegation) { d.Document = "A-2" },
			(*store.Space).CreateDelegation, (*store.Space).Delegation, (*store.Space).UpdateDelegation, (*store.Space).RemoveDelegation),
		kindOf("meeting", func(testing.TB, *store.Space) governance.Meeting {
			return governance.Meeting{Committee: "pilotage", Day: today, Time: "14:00", State: governance.Planned, Place: "Mairie", Document: "CR 1"}
		}, func(m governance.Meeting) (string, int64) { return m.ID, m.Version }, func(m *governance.Meeting) { m.State = governance.Held },
			(*store.Space).CreateMeeting, (*store.Space).Meeting, (*store.Space).UpdateMeeting, (*store.Space).RemoveMeeting),
		kindOf("signature", func(t testing.TB, sp *store.Space) governance.Signature {
			return governance.Signature{Text: firstVersion(t, sp), Party: "nord", Date: start, Place: "Ici", Function: "présidente", Document: "S-1"}
		}, func(s governance.Signature) (string, int64) { return s.ID, s.Version }, func(s *governance.Signature) { s.Place = "Là" },
			(*store.Space).CreateSignature, (*store.Space).Signature, (*store.Space).UpdateSignature, (*store.Space).RemoveSignature),
		kindOf("lead", func(t testing.TB, sp *store.Space) governance.Lead {
			return governance.Lead{Person: somebody(t, sp).ID, Action: "Ludobus", Objective: "axe", CoLead: true, Period: open}
		}, func(l governance.Lead) (string, int64) { return l.ID, l.Version }, func(l *governance.Lead) { l.Period.To = today },
			(*store.Space).CreateLead, (*store.Space).Lead, (*store.Space).UpdateLead, (*store.Space).RemoveLead),
		kindOf("panel", func(testing.TB, *store.Space) governance.Panel {
			return governance.Panel{Committee: "pilotage", Name: "Jeu", Scope: []string{"axe"}, Actions: []string{"Ludobus"}, Period: open, By: "pilotage"}
		}, func(p governance.Panel) (string, int64) { return p.ID, p.Version }, func(p *governance.Panel) { p.Actions = nil },
			(*store.Space).CreatePanel, (*store.Space).Panel, (*store.Space).UpdatePanel, (*store.Space).RemovePanel),
		kindOf("evidence", func(testing.TB, *store.Space) compliance.Record {
			return compliance.Record{Obligation: "evaluation/axes", Kind: convention.EvidenceEvaluation, Party: "sud", Day: start,
				Title: "Rapport 2025", Address: "https://exemple.fr/r", Note: "reçu"}
		}, func(r compliance.Record) (string, int64) { return r.ID, r.Version }, func(r *compliance.Record) { r.Note = "" },
			(*store.Space).CreateEvidence, (*store.Space).EvidenceRecord, (*store.Space).UpdateEvidence, (*store.Space).RemoveEvidence),
		kindOf("attachment", paper, func(a governance.Attachment) (string, int64) { return a.ID, a.Version }, func(a *governance.Attachment) { a.Name = "Titre" },
			attachPaper, (*store.Space).Attachment, (*store.Space).UpdateAttachment, (*store.Space).RemoveAttachment),
	}
}

// TestLife takes each kind of thing from its making to its removal, and looks at what the journal says of it.
func TestLife(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		for _, k := range kinds() {
			t.Run(k.name, func(t *testing.T) { live(t, newSpace(t, s, k.name), k) })
		}
	})
}

func live(t *testing.T, sp *store.Space, k kept) {
	id, version := k.create(t, sp)
	if err := k.update(sp, id, version); err != nil {
		t.Fatal(err)
	}
	if err := k.remove(sp, id, version+1); err != nil {
		t.Fatal(err)
	}
	if err := k.read(sp, id); !fault.Is(err, fault.NotFound) {
		t.Errorf("after its removal: %v, want not found", err)
	}
	list := must(sp.JournalEntries(t.Context(), store.JournalFilter{Key: id}))(t)
	var actions []string
	for _, e := range list {
		actions = append(actions, e.Action)
		checkSentences(t, e)
		if e.Actor != me.Account || e.Name != me.Name || e.For != me.For || e.Article != me.Article || e.Label == "" || !e.At.Equal(testkit.Noon) {
			t.Errorf("the entry does not say who, for whom, when and why: %+v", e)
		}
		if (e.Before == nil) != (e.Action == k.name+".create") || (e.After == nil) != (e.Action == k.name+".remove") {
			t.Errorf("%s: before %s, after %s", e.Action, e.Before, e.After)
		}
	}
	if diff := cmp.Diff([]string{k.name + ".remove", k.name + ".update", k.name + ".create"}, actions); diff != "" {
		t.Errorf("journal (-want +got):\n%s", diff)
	}
	whole(t, sp)
}

// checkSentences proves that the action of an entry, and each field that it shows, has its words in both languages.
func checkSentences(t testing.TB, e journal.Entry) {
	t.Helper()
	keys := []string{"journal.action." + e.Action, "journal.subject." + e.Subject}
	for _, side := range []json.RawMessage{e.Before, e.After} {
		var fields map[string]any
		if err := json.Unmarshal(side, &fields); side != nil && err != nil {
			t.Error(err)
		}
		for name := range fields {
			keys = append(keys, "journal.field."+name)
		}
	}
	for _, key := range keys {
		for _, lang := range []string{"fr", "en"} {
			if s := i18n.For(lang).T(key); strings.Contains(s, "⟦") {
				t.Errorf("no sentence for %s in %s", key, lang)
			}
		}
	}
}

// whole fails the test where the journal does not verify.
func whole(t testing.TB, sp *store.Space) {
	t.Helper()
	if r := must(sp.VerifyJournal(t.Context()))(t); !r.Whole() {
		t.Errorf("the journal does not verify: %v", r.Break.Message)
	}
}

// TestIsolation proves that what belongs to one space is not there for another, by any method.
func TestIsolation(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		for _, k := range kinds() {
			own, other := newSpace(t, s, k.name+"-own"), newSpace(t, s, k.name+"-other")
			id, version := k.create(t, own)
			before := must(other.VerifyJournal(t.Context()))(t).Head
			for what, err := range map[string]error{
				"read":   k.read(other, id),
				"update": k.update(other, id, version),
				"remove": k.remove(other, id, version),
				"ghost":  k.update(s.In("no-such-space"), id, version),
			} {
				if !fault.Is(err, fault.NotFound) {
					t.Errorf("%s %s from another space: %v, want not found", what, k.name, err)
				}
			}
			if after := must(other.VerifyJournal(t.Context()))(t).Head; after != before {
				t.Errorf("%s: the journal of the other space has grown", k.name)
			}
			if err := k.read(own, id); err != nil {
				t.Errorf("%s is gone from its own space: %v", k.name, err)
			}
		}
	})
}

// TestIsolationOfLists proves the same of lists.
func TestIsolationOfLists(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		own, other := newSpace(t, s, "own"), newSpace(t, s, "other")
		for _, k := range kinds() {
			k.create(t, own)
		}
		person := must(own.People(t.Context(), store.PersonFilter{}))(t).Items[0].ID
		ctx := t.Context()
		for name, n := range map[string]int{
			"people":        len(must(other.People(ctx, store.PersonFilter{}))(t).Items),
			"functions":     len(must(other.FunctionsOf(ctx, person))(t)),
			"mandates":      len(must(other.Mandates(ctx, store.MandateFilter{}))(t)),
			"delegations":   len(must(other.Delegations(ctx))(t)),
			"meetings":      len(must(other.Meetings(ctx, store.MeetingFilter{}))(t)),
			"signatures":    len(must(other.Signatures(ctx, ""))(t)),
			"evidence":      len(must(other.Evidence(ctx, ""))(t)),
			"attachments":   len(must(other.AttachmentCounts(ctx, governance.OwnerMeeting, true))(t)),
			"people by id":  len(must(other.PeopleByID(ctx, person))(t)),
			"organizations": must(other.Organizations(ctx, store.OrganizationFilter{}))(t).Total - 2, // the parties
		} {
			if n != 0 {
				t.Errorf("%s: %d of another space", name, n)
			}
		}
		_, err := other.CreateMandate(ctx, me, governance.Mandate{Seat: "pilotage/nord/2", Person: person, Role: governance.Holder, Period: calendar.Period{From: start}})
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("a mandate for somebody of another space: %v, want invalid", err)
		}
	})
}

// TestConflict proves that of two who changed the same reading, the second is refused and sees what stands.
func TestConflict(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		sp := newSpace(t, s, "conflict")
		p := somebody(t, sp)
		set := func(phone string) func(*directory.Person) error {
			return func(p *directory.Person) error { p.Phone = phone; return nil }
		}
		now := must(sp.UpdatePerson(t.Context(), me, p.ID, p.Version, set("01")))(t)
		_, err := sp.UpdatePerson(t.Context(), me, p.ID, p.Version, set("02"))
		if !fault.Is(err, fault.Conflict) {
			t.Fatalf("second change: %v, want conflict", err)
		}
		if current, ok := store.Current[directory.Person](err); !ok || current != now {
			t.Errorf("the error carries %+v, %v; want %+v", current, ok, now)
		}
		if err := sp.RemovePerson(t.Context(), me, p.ID, p.Version); !fault.Is(err, fault.Conflict) {
			t.Errorf("removal of an old reading: %v, want conflict", err)
		}
		if must(sp.Person(t.Context(), p.ID))(t) != now {
			t.Error("a refused change was kept")
		}
	})
}

// TestNoChange proves that saving a form as it was leaves no trace.
func TestNoChange(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, s *store.Store) {
		sp := newSpace(t, s, "same")
		p := somebody(t, sp)
		before := must(sp.VerifyJournal(t.Context()))(t).Head
		got := must(sp.UpdatePerson(t.Context(), me, p.ID, p.Version, func(p *directory.Person) error { p.ID = "other"; return nil }))(t)
		if got != p || must(sp.VerifyJournal(t.Context()))(t).Head != before {
			t.Errorf("nothing changed, yet: %+v", got)
		}
	})
}
