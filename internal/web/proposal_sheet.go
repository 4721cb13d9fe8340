package web

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"entente/internal/authority"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/web/view"
)

// proposalSheet keeps what a proposal says while its author has it. To take it away is to withdraw it: its number stays.
var proposalSheet = &sheet[governance.Proposal]{
	noun: "proposal", path: "propositions", task: authority.Propose,
	ident: func(p *governance.Proposal) (*string, *int64) { return &p.ID, &p.Version },
	party: func(v *visit, p governance.Proposal) (string, error) { return "", v.writes(p) },
	blank: func(v *visit) (governance.Proposal, error) {
		return governance.Proposal{Subject: governance.Subject(v.URL.Query().Get("objet")), Author: v.standing.Person}, nil
	},
	fields: (*visit).proposalFields,
	read: func(v *visit, f *form, p *governance.Proposal) {
		p.Subject, p.Title = governance.Subject(f.text("subject")), f.text("title")
		p.Text, p.Objective = f.prose("text"), f.text("objective")
		v.readAuthor(f, p)
		p.Examined = p.Committee != "" && v.offers(authority.RecordMeetings)
	},
	back: func(v *visit, p governance.Proposal) string { return view.ProposalHref(v.path(), p) },
	crumbs: func(v *visit, p governance.Proposal) []view.Crumb {
		out := v.under("proposals")
		if p.ID != "" {
			out = append(out, view.Crumb{Label: view.ProposalNumber(v.p, p), Href: view.ProposalHref(v.path(), p)})
		}
		return out
	},
	load: cited, create: (*store.Space).CreateProposal,
	update: func(sp *store.Space, ctx context.Context, by store.Actor, id string, version int64, fn func(*governance.Proposal) error) (governance.Proposal, error) {
		p, err := cited(sp, ctx, id)
		if err != nil {
			return p, err
		}
		return sp.UpdateProposal(ctx, by, p.ID, version, fn)
	},
	remove: func(sp *store.Space, ctx context.Context, by store.Actor, id string, version int64) error {
		p, err := cited(sp, ctx, id)
		if err == nil {
			_, err = sp.PassProposal(ctx, by, p.ID, version, governance.Withdraw, "")
		}
		return err
	},
}

var citation = regexp.MustCompile(`^([0-9]{4})-([0-9]{1,9})$`)

// cited reads a proposal by what it is cited by, or by its identifier.
func cited(sp *store.Space, ctx context.Context, id string) (governance.Proposal, error) { //nolint:revive // as the methods of the store, the space first
	m := citation.FindStringSubmatch(id)
	if m == nil {
		return sp.Proposal(ctx, id)
	}
	year, _ := strconv.Atoi(m[1]) // the form of the citation lets only numbers through
	number, _ := strconv.Atoi(m[2])
	return sp.ProposalByNumber(ctx, year, number)
}

// writes refuses who may not change what a proposal says: it is its author's, of those in whose committee's name it is made,
// and of who keeps the space for people who do not come here themselves.
func (v *visit) writes(p governance.Proposal) error {
	if p.ID != "" && !p.WithAuthor() {
		return fault.New(fault.Invalid, "store.proposal.on-its-way")
	}
	mine, err := v.isAuthor(p)
	if err == nil && !mine {
		err = fault.New(fault.Forbidden, "proposal.not-author")
	}
	return err
}

// isAuthor tells whether the visitor speaks for the author of a proposal.
func (v *visit) isAuthor(p governance.Proposal) (bool, error) {
	if p.ID == "" || v.offers(authority.RecordMeetings) || v.standing.Person != "" && v.standing.Person == p.Author {
		return true, nil
	}
	if p.Committee == "" {
		return false, nil
	}
	rules, err := v.rules()
	return rules.SitsIn(v.standing.Person, p.Committee, v.today), err
}

// In whose name a proposal is made, as the form sends it: oneself, or a kind and an identifier.
const (
	asSelf      = "moi"
	asCommittee = "comite:"
	asPartner   = "organisme:"
	asPerson    = "personne:"
)

func (v *visit) authorValue(p governance.Proposal) string {
	switch {
	case p.Committee != "":
		return asCommittee + p.Committee
	case p.Partner != "":
		return asPartner + p.Partner
	case p.Author == "":
		return ""
	case p.Author == v.standing.Person:
		return asSelf
	}
	return asPerson + p.Author
}

// readAuthor reads in whose name the proposal is made. A committee is spoken for only by who sits in it, and recorded by who keeps
// the space, for what the convention lets it propose; a partner and another person only by who keeps the space.
func (v *visit) readAuthor(f *form, p *governance.Proposal) {
	asked := f.text("author")
	if asked == v.authorValue(*p) && p.ID != "" && p.Committee == "" {
		return
	}
	committee, isCommittee := strings.CutPrefix(asked, asCommittee)
	partner, isPartner := strings.CutPrefix(asked, asPartner)
	person, isPerson := strings.CutPrefix(asked, asPerson)
	keeps := v.offers(authority.RecordMeetings)
	switch {
	case asked == "":
		f.faults.Add("author", "fault.field.required")
	case asked == asSelf && v.standing.Person != "":
		p.Author, p.Committee, p.Partner = v.standing.Person, "", ""
	case isCommittee:
		if same := committee == p.Committee && p.ID != ""; !same {
			p.Author = v.standing.Person
		}
		p.Committee, p.Partner = committee, ""
		v.speaksFor(f, *p)
	case isPartner && keeps:
		p.Author, p.Committee, p.Partner = "", "", partner
	case isPerson && keeps:
		p.Author, p.Committee, p.Partner = person, "", ""
	default:
		f.faults.Add("author", "fault.field.choice")
	}
}

// speaksFor finds fault with a proposal in the name of a committee that may not propose it, or in which the visitor does not sit.
func (v *visit) speaksFor(f *form, p governance.Proposal) {
	rules, err := v.rules()
	version := rules.History.InForce(v.today)
	if err != nil || version == nil {
		f.faults.Add("author", "fault.field.choice")
		return
	}
	may := slices.ContainsFunc(governance.Proposing(version.Text, p.Subject), func(k *convention.Committee) bool { return k.ID == p.Committee })
	k := version.Text.Committee(p.Committee)
	switch {
	case k == nil:
		f.faults.Add("author", "fault.field.choice")
	case !may:
		f.faults.Add("author", "proposal.committee-may-not", "committee", k.Name, "subject", p.Subject.Say())
	case !rules.SitsIn(v.standing.Person, p.Committee, v.today) && !v.offers(authority.RecordMeetings):
		f.faults.Add("author", "proposal.not-seated", "committee", k.Name)
	}
}

func (v *visit) proposalFields(p governance.Proposal) ([]view.Field, error) {
	text, err := v.text()
	if err != nil {
		return nil, err
	}
	authors, err := v.authorOptions(p)
	if err != nil {
		return nil, err
	}
	const n = "proposal"
	body := must(v.ask(n, "text", view.TextAreaField, p.Text))
	body.Rows = 12
	return []view.Field{
		must(v.choose(n, "subject", string(p.Subject), "form.choose", v.subjectOptions())),
		must(v.ask(n, "title", view.TextField, p.Title)),
		body,
		v.choose(n, "objective", p.Objective, "proposal.no-objective", v.aimOptions(text.Text)),
		must(v.choose(n, "author", v.authorValue(p), "form.choose", authors)),
	}, nil
}

func (v *visit) subjectOptions() []view.Option {
	var out []view.Option
	for _, s := range governance.Subjects() {
		out = append(out, view.Option{Value: string(s), Label: v.p.Say(s.Say())})
	}
	return out
}

// authorOptions are those in whose name the visitor may propose.
func (v *visit) authorOptions(p governance.Proposal) ([]view.Option, error) {
	var out []view.Option
	if v.standing.Person != "" {
		out = append(out, view.Option{Value: asSelf, Label: v.p.T("proposal.as.self")})
	}
	rules, err := v.rules()
	if err != nil {
		return nil, err
	}
	if version := rules.History.InForce(v.today); version != nil {
		for i := range version.Text.Committees {
			k := &version.Text.Committees[i]
			if rules.SitsIn(v.standing.Person, k.ID, v.today) || k.ID == p.Committee || v.offers(authority.RecordMeetings) {
				out = append(out, view.Option{Value: asCommittee + k.ID, Label: k.Name, Group: v.p.T("proposal.as.committee")})
			}
		}
	}
	if !v.offers(authority.RecordMeetings) {
		return out, nil
	}
	return v.addOthers(out, p)
}

// addOthers adds the partners and the people for whom who keeps the space may enter a proposal.
func (v *visit) addOthers(out []view.Option, p governance.Proposal) ([]view.Option, error) {
	partners, err := v.space.Organizations(v.Context(), store.OrganizationFilter{Paging: store.Paging{Limit: maxChoices}})
	if err != nil {
		return nil, err
	}
	for _, o := range partners.Items {
		if o.Party == "" {
			out = append(out, view.Option{Value: asPartner + o.ID, Label: o.Name, Group: v.p.T("proposal.as.partner")})
		}
	}
	people, err := v.personOptions("", p.Author)
	for _, o := range people {
		if o.Value != v.standing.Person {
			out = append(out, view.Option{Value: asPerson + o.Value, Label: o.Label, Group: v.p.T("proposal.as.person")})
		}
	}
	return out, err
}
