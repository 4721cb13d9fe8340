// Package demo fills an installation with a demonstration: the shipped conventions, and around them invented people,
// meetings and papers, which stand in spaces/*.yaml and not in code.
//
// It is no fixture of the tests' and no import: a real installation never calls it. The invariant that it owns: it writes
// through the store as people would, each party's coordinator for its own party, so that the journal of a demonstration
// reads and verifies like any other.
package demo

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"time"

	"entente/conventions"
	"entente/internal/calendar"
	"entente/internal/compliance"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/office"
	"entente/internal/store"
)

//go:embed spaces/*.yaml
var spaces embed.FS

// Words are those of what people of the demonstration send to one another: the words of the pages (see web.Letters).
type Words struct {
	Call     office.Writer                                                                                  // to a meeting
	Comments func(a office.Assembly, space string, until calendar.Date, secret string) (title, body string) // on minutes
}

// Fill puts in the spaces of the demonstration that are not there yet.
func Fill(ctx context.Context, st *store.Store, words Words) error {
	files, err := fs.Glob(spaces, "spaces/*.yaml")
	if err != nil {
		return err
	}
	for _, name := range files {
		s, err := read(name)
		if err != nil {
			return err
		}
		_, err = st.SpaceBySlug(ctx, s.Slug)
		if err == nil {
			continue
		}
		if !fault.Is(err, fault.NotFound) {
			return err
		}
		if err := fill(ctx, st, s, words); err != nil {
			return fmt.Errorf("demo: %s: %w", name, err)
		}
	}
	return nil
}

// filling is a space of the demonstration while it is filled.
type filling struct {
	script
	ctx     context.Context
	words   Words
	now     time.Time // on which the clock of the store stands: what happened is dated as it happened
	st      *store.Store
	sp      *store.Space
	history convention.History
	text    *convention.Version
	orgs    map[string]string // identifier in the file, or party → identifier in the store
	people  map[string]directory.Person
	ids     map[string]string      // of meetings, items, proposals, panels, polls and follow-ups: in the file → in the store
	actors  map[string]store.Actor // by party
}

func fill(ctx context.Context, st *store.Store, s script, words Words) error {
	source, err := conventions.Read(s.Convention)
	if err != nil {
		return err
	}
	f := &filling{script: s, ctx: ctx, words: words, orgs: map[string]string{}, people: map[string]directory.Person{}, ids: map[string]string{}, actors: map[string]store.Actor{}}
	f.turn(s.Opened, "")
	f.st = st.At(func() time.Time { return f.now })
	info, err := f.st.CreateSpace(ctx, store.Actor{}, s.Slug, s.Name, source, s.Effective)
	if err != nil {
		return err
	}
	f.sp = f.st.In(info.ID)
	if f.history, err = f.sp.History(ctx); err != nil {
		return err
	}
	f.text = f.history[0]
	for _, step := range []func() error{f.accounts, f.organizations, f.persons, f.mandates, f.meetings, f.signatures, f.delegations, f.evidence, f.actions, f.chronicle} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// accounts makes the accounts first, because coordinators then write in their own name.
func (f *filling) accounts() error {
	for _, p := range f.People {
		if p.Account == "" {
			continue
		}
		name := p.Given + " " + p.Family
		a, err := f.st.AccountByEmail(f.ctx, p.Email)
		if fault.Is(err, fault.NotFound) {
			a, err = f.st.CreateAccount(f.ctx, store.Actor{}, store.Account{Email: p.Email, Name: name, Locale: "fr", Administrator: p.Account == "administrator"})
		}
		if err != nil {
			return fmt.Errorf("%s: %w", p.Email, err)
		}
		role := store.Grant{Account: a.ID, Role: store.Role(p.Account), Party: p.Party}
		switch role.Role {
		case store.Coordinator:
			f.actors[p.Party] = store.Actor{Account: a.ID, Name: name, For: p.Party}
		case store.Reader:
			role.Party = ""
		default:
			continue
		}
		if err := f.sp.SetGrant(f.ctx, store.Actor{}, role); err != nil {
			return err
		}
	}
	return nil
}

func (f *filling) organizations() error {
	parties, err := f.sp.Parties(f.ctx)
	if err != nil {
		return err
	}
	for party, o := range parties {
		f.orgs[party] = o.ID
		more := f.Parties[party]
		_, err := f.sp.UpdateOrganization(f.ctx, f.actors[party], o.ID, o.Version, func(x *directory.Organization) error {
			x.Email, x.Phone, x.Website = more.Email, more.Phone, more.Website
			return nil
		})
		if err != nil {
			return err
		}
	}
	for _, o := range f.Organizations {
		made, err := f.sp.CreateOrganization(f.ctx, f.anyone(), directory.Organization{Kind: directory.Kind(o.Kind), Name: o.Name, Short: o.Short,
			Address: o.Address, Email: o.Email, Phone: o.Phone, Website: o.Website})
		if err != nil {
			return fmt.Errorf("%s: %w", o.Name, err)
		}
		f.orgs[o.ID] = made.ID
	}
	return nil
}

// anyone is a coordinator who keeps what all the parties share: the first in the order of the convention.
func (f *filling) anyone() store.Actor {
	for _, p := range f.text.Text.Parties {
		if a, ok := f.actors[p.ID]; ok {
			return a
		}
	}
	return store.Actor{}
}

func (f *filling) actor(party string) store.Actor {
	if a, ok := f.actors[party]; ok {
		return a
	}
	return f.anyone()
}

func (f *filling) persons() error {
	for _, p := range f.People {
		x := directory.Person{Given: p.Given, Family: p.Family, Email: p.Email}
		if p.Account != "" {
			a, err := f.st.AccountByEmail(f.ctx, p.Email)
			if err != nil {
				return err
			}
			x.Account = a.ID
		}
		made, err := f.sp.CreatePerson(f.ctx, f.actor(p.Party), x)
		if err != nil {
			return fmt.Errorf("%s: %w", x.Name(), err)
		}
		f.people[p.ID] = made
		if p.Function == "" {
			continue
		}
		in := p.Party
		if in == "" {
			in = p.In
		}
		_, err = f.sp.CreateFunction(f.ctx, f.actor(p.Party), directory.Function{Person: made.ID, Organization: f.orgs[in], Title: p.Function,
			Period: calendar.Period{From: p.From, To: p.To}})
		if err != nil {
			return fmt.Errorf("%s: %w", x.Name(), err)
		}
	}
	return nil
}

func (f *filling) mandates() error {
	for _, p := range f.People {
		for _, s := range p.Seats {
			role := governance.Holder
			if s.Substitute {
				role = governance.Substitute
			}
			by := f.actor(p.Party)
			if found, ok := f.text.Text.Seat(s.Key); ok {
				by.Article = found.Place.Ref
			} else {
				return fmt.Errorf("%s: the convention has no seat %s", p.ID, s.Key)
			}
			_, err := f.sp.CreateMandate(f.ctx, by, governance.Mandate{Seat: s.Key, Person: f.people[p.ID].ID, Role: role,
				Period: calendar.Period{From: s.From, To: s.To}, CarriedOver: s.CarriedOver, ActDate: s.ActDate, ActDocument: s.Act})
			if err != nil {
				return fmt.Errorf("%s, %s: %w", p.ID, s.Key, err)
			}
		}
	}
	return nil
}

func (f *filling) meetings() error {
	for _, m := range f.Meetings {
		if err := f.plan(f.anyone(), m); err != nil {
			return fmt.Errorf("%s %s: %w", m.Committee, m.Day, err)
		}
	}
	return nil
}

func (f *filling) signatures() error {
	for _, s := range f.Signatures {
		p := f.text.Text.Party(s.Party)
		if p == nil {
			return fmt.Errorf("the convention has no party %s", s.Party)
		}
		_, err := f.sp.CreateSignature(f.ctx, f.actor(s.Party), governance.Signature{Text: f.text.ID, Party: s.Party, Date: s.Date, Place: s.Place,
			Function: p.Signatory, Document: s.Document})
		if err != nil {
			return fmt.Errorf("%s: %w", s.Party, err)
		}
	}
	return nil
}

func (f *filling) delegations() error {
	for _, d := range f.Delegations {
		_, err := f.sp.CreateDelegation(f.ctx, f.actor(d.Party), governance.Delegation{Party: d.Party, Person: f.people[d.Person].ID,
			Function: d.Function, Date: d.Date, Document: d.Document, Period: calendar.Period{From: d.From}})
		if err != nil {
			return fmt.Errorf("%s: %w", d.Document, err)
		}
	}
	return nil
}

func (f *filling) evidence() error {
	for _, r := range f.Evidence {
		if err := f.show(r); err != nil {
			return fmt.Errorf("%s: %w", r.Title, err)
		}
	}
	return nil
}

// show enters what shows that an obligation is kept.
func (f *filling) show(r record) error {
	_, err := f.sp.CreateEvidence(f.ctx, f.actor(r.Party), compliance.Record{Obligation: r.Obligation, Kind: convention.EvidenceKind(r.Kind),
		Party: r.Party, Day: r.Day, Title: r.Title, Note: r.Note})
	return err
}

// Link lets somebody of the demonstration sign in.
type Link struct {
	Who    fault.Message
	Email  string
	Secret string
}

// linkLife is how long a sign-in link of the demonstration can be used; each is good once.
const linkLife = 12 * time.Hour

// SignInLinks makes a sign-in link for each account of the demonstration, in the order of its files.
func SignInLinks(ctx context.Context, st *store.Store) ([]Link, error) {
	files, err := fs.Glob(spaces, "spaces/*.yaml")
	if err != nil {
		return nil, err
	}
	var out []Link
	seen := map[string]bool{}
	for _, name := range files {
		s, err := read(name)
		if err != nil {
			return nil, err
		}
		for _, p := range s.People {
			if p.Account == "" || seen[p.Email] {
				continue
			}
			seen[p.Email] = true
			a, err := st.AccountByEmail(ctx, p.Email)
			if err != nil {
				return nil, err
			}
			secret, err := st.IssueToken(ctx, store.Token{Kind: store.SignIn, Account: a.ID, Email: a.Email}, linkLife)
			if err != nil {
				return nil, err
			}
			who := fault.Say("demo.role."+p.Account, "name", a.Name, "space", s.Name, "party", s.partyName(p.Party))
			out = append(out, Link{Who: who, Email: a.Email, Secret: secret})
		}
	}
	return out, nil
}
