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

	"github.com/goccy/go-yaml"

	"entente/conventions"
	"entente/internal/calendar"
	"entente/internal/compliance"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
)

//go:embed spaces/*.yaml
var spaces embed.FS

// script is a space of the demonstration, as its file tells it.
type script struct {
	Slug          string         `yaml:"slug"`
	Name          string         `yaml:"name"`
	Convention    string         `yaml:"convention"` // name of a shipped file
	Effective     calendar.Date  `yaml:"effective"`
	Parties       map[string]org `yaml:"parties"`
	Organizations []org          `yaml:"organizations"`
	People        []person       `yaml:"people"`
	Meetings      []meeting      `yaml:"meetings"`
	Signatures    []signature    `yaml:"signatures"`
	Delegations   []delegation   `yaml:"delegations"`
	Evidence      []record       `yaml:"evidence"`
}

type org struct {
	ID      string `yaml:"id"` // within the file, for people to refer to
	Kind    string `yaml:"kind"`
	Name    string `yaml:"name"`
	Short   string `yaml:"short"`
	Address string `yaml:"address"`
	Email   string `yaml:"email"`
	Phone   string `yaml:"phone"`
	Website string `yaml:"website"`
}

type person struct {
	ID       string        `yaml:"id"`
	Given    string        `yaml:"given"`
	Family   string        `yaml:"family"`
	Email    string        `yaml:"email"`
	Party    string        `yaml:"party"`        // or Organization
	In       string        `yaml:"organization"` // identifier of an org of the file
	Function string        `yaml:"function"`
	From     calendar.Date `yaml:"from"`
	To       calendar.Date `yaml:"to"`
	Account  string        `yaml:"account"` // "administrator", "coordinator", "reader", "member"; empty for none
	Seats    []seat        `yaml:"seats"`
}

type seat struct {
	Key         string        `yaml:"key"`
	Substitute  bool          `yaml:"substitute"`
	From        calendar.Date `yaml:"from"`
	To          calendar.Date `yaml:"to"`
	CarriedOver calendar.Date `yaml:"carried-over"`
	ActDate     calendar.Date `yaml:"act-date"`
	Act         string        `yaml:"act"`
}

type meeting struct {
	Committee string        `yaml:"committee"`
	Day       calendar.Date `yaml:"day"`
	Time      string        `yaml:"time"`
	State     string        `yaml:"state"`
	Place     string        `yaml:"place"`
	Document  string        `yaml:"document"`
}

type signature struct {
	Party    string        `yaml:"party"`
	Date     calendar.Date `yaml:"date"`
	Place    string        `yaml:"place"`
	Document string        `yaml:"document"`
}

type delegation struct {
	Party    string        `yaml:"party"`
	Person   string        `yaml:"person"`
	Function string        `yaml:"function"`
	Date     calendar.Date `yaml:"date"`
	Document string        `yaml:"document"`
	From     calendar.Date `yaml:"from"`
}

type record struct {
	Obligation string        `yaml:"obligation"`
	Kind       string        `yaml:"kind"`
	Party      string        `yaml:"party"`
	Day        calendar.Date `yaml:"day"`
	Title      string        `yaml:"title"`
	Note       string        `yaml:"note"`
}

// Fill puts in the spaces of the demonstration that are not there yet.
func Fill(ctx context.Context, st *store.Store) error {
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
		if err := fill(ctx, st, s); err != nil {
			return fmt.Errorf("demo: %s: %w", name, err)
		}
	}
	return nil
}

func read(name string) (script, error) {
	var s script
	text, err := spaces.ReadFile(name)
	if err != nil {
		return s, err
	}
	if err := yaml.UnmarshalWithOptions(text, &s, yaml.Strict()); err != nil {
		return s, fmt.Errorf("demo: %s: %w", name, err)
	}
	return s, nil
}

// filling is a space of the demonstration while it is filled.
type filling struct {
	script
	ctx    context.Context
	st     *store.Store
	sp     *store.Space
	text   *convention.Version
	orgs   map[string]string // identifier in the file, or party → identifier in the store
	people map[string]string
	actors map[string]store.Actor // by party
}

func fill(ctx context.Context, st *store.Store, s script) error {
	source, err := conventions.Read(s.Convention)
	if err != nil {
		return err
	}
	info, err := st.CreateSpace(ctx, store.Actor{}, s.Slug, s.Name, source, s.Effective)
	if err != nil {
		return err
	}
	f := &filling{script: s, ctx: ctx, st: st, sp: st.In(info.ID), orgs: map[string]string{}, people: map[string]string{}, actors: map[string]store.Actor{}}
	history, err := f.sp.History(ctx)
	if err != nil {
		return err
	}
	f.text = history[0]
	for _, step := range []func() error{f.accounts, f.organizations, f.persons, f.mandates, f.meetings, f.signatures, f.delegations, f.evidence} {
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
		f.people[p.ID] = made.ID
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
			_, err := f.sp.CreateMandate(f.ctx, by, governance.Mandate{Seat: s.Key, Person: f.people[p.ID], Role: role,
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
		by := f.anyone()
		if k := f.text.Text.Committee(m.Committee); k != nil {
			by.Article = k.Place.Ref
		}
		_, err := f.sp.CreateMeeting(f.ctx, by, governance.Meeting{Committee: m.Committee, Day: m.Day, Time: m.Time,
			State: governance.MeetingState(m.State), Place: m.Place, Document: m.Document})
		if err != nil {
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
		_, err := f.sp.CreateDelegation(f.ctx, f.actor(d.Party), governance.Delegation{Party: d.Party, Person: f.people[d.Person],
			Function: d.Function, Date: d.Date, Document: d.Document, Period: calendar.Period{From: d.From}})
		if err != nil {
			return fmt.Errorf("%s: %w", d.Document, err)
		}
	}
	return nil
}

func (f *filling) evidence() error {
	for _, r := range f.Evidence {
		_, err := f.sp.CreateEvidence(f.ctx, f.actor(r.Party), compliance.Record{Obligation: r.Obligation, Kind: convention.EvidenceKind(r.Kind),
			Party: r.Party, Day: r.Day, Title: r.Title, Note: r.Note})
		if err != nil {
			return fmt.Errorf("%s: %w", r.Title, err)
		}
	}
	return nil
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

// partyName is what the file calls a party.
func (s script) partyName(id string) string {
	if o, ok := s.Parties[id]; ok {
		return o.Short
	}
	return id
}
