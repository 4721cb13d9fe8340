package web

import (
	"net/http"
	"slices"

	"entente/internal/authority"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/web/view"
)

// byAuthor are the events that the author of a proposal makes happen, byKeeper those of who keeps the space. To return it
// is also in the hands of who sits in the committee whose turn it is.
var (
	byAuthor = []governance.Event{governance.Submit, governance.Resubmit, governance.Withdraw}
	byKeeper = []governance.Event{governance.Return, governance.PassOver}
)

// passes refuses who may not make an event happen to a proposal, and gives the clause under which who may does. What a meeting
// decides is not among them: it happens when the meeting is closed.
func (v *visit) passes(x desk, e governance.Event) (article string, err error) {
	if slices.Contains(byAuthor, e) {
		mine, err := v.isAuthor(x.p)
		if err == nil && !mine {
			err = fault.New(fault.Forbidden, "proposal.not-author")
		}
		return "", err
	}
	if !slices.Contains(byKeeper, e) {
		return "", fault.New(fault.Invalid, "proposal.no-event")
	}
	stage, ok := x.course.StageAt(x.p, x.p.Turn, v.today)
	if e == governance.Return && ok {
		if a := x.rules.May(v.standing.Person, stage.Power, authority.Subject{Kind: string(x.p.Subject)}, v.today); a.Allowed && a.By.Grant.Committee.ID == x.p.Turn {
			return a.By.Ref, nil
		}
	}
	return stage.Ref, v.may(authority.RecordMeetings, "")
}

// passProposal lets something happen to a proposal from its page.
func (s *Server) passProposal(w http.ResponseWriter, v *visit) error {
	x, err := v.readDesk()
	if err != nil {
		return err
	}
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	e := governance.Event(f.text("event"))
	article, err := v.passes(x, e)
	if err == nil {
		words := f.prose("words")
		if needsWords(e) && words == "" {
			f.faults.Add("words", "circuit.refused.reasons")
		}
		if err = f.err(); err == nil {
			x.p, err = v.pass(x.p, e, f.version(), words, article)
		}
	}
	switch current, conflict := store.Current[governance.Proposal](err); {
	case conflict:
		x.p = current
		return s.showProposal(w, v, http.StatusConflict, x, refusal{string(e), f, err})
	case fault.Is(err, fault.Invalid):
		return s.showProposal(w, v, http.StatusUnprocessableEntity, x, refusal{string(e), f, err})
	case err != nil:
		return err
	}
	return s.redirect(w, v, view.ProposalHref(v.path(), x.p), fault.Say("proposal.happened."+string(e)))
}

func needsWords(e governance.Event) bool { return e == governance.Return || e == governance.Resubmit }

// pass lets an event happen and tells the author of a return, all together.
func (v *visit) pass(p governance.Proposal, e governance.Event, version int64, words, article string) (governance.Proposal, error) {
	by := v.actor("", article)
	err := v.space.Together(v.Context(), func(sp *store.Space) (err error) {
		if p, err = sp.PassProposal(v.Context(), by, p.ID, version, e, words); err != nil || e != governance.Return {
			return err
		}
		return v.tellAuthor(sp, by, p)
	})
	return p, err
}

// tellAuthor writes to the author of a proposal what has become of it: returned, adopted, rejected. Nothing is written while it
// is on its way, nor where no person is known as its author.
func (v *visit) tellAuthor(sp *store.Space, by store.Actor, p governance.Proposal) error {
	if p.Author == "" || p.State == governance.ProposalWaiting || p.State == governance.ProposalDraft {
		return nil
	}
	people, err := sp.PeopleByID(v.Context(), p.Author)
	author, known := people[p.Author]
	if err != nil || !known {
		return err
	}
	m := governance.Message{Kind: governance.MessageProposal, Subject: p.ID, Person: p.Author, Email: author.Email,
		Title: v.p.T("proposal.message.title", "number", view.ProposalNumber(v.p, p), "state", p.State.Say()),
		Body:  v.p.T("proposal.message.body", "name", author.Name(), "title", p.Title, "number", view.ProposalNumber(v.p, p), "state", p.State.Say(), "space", v.place.Name)}
	if p.Answer != "" {
		m.Body += "\n\n" + p.Answer
	}
	_, err = sp.CreateMessage(v.Context(), by, m)
	return err
}

// putOnAgenda puts the proposal on the agenda of a planned meeting of the committee whose turn it is.
func (s *Server) putOnAgenda(w http.ResponseWriter, v *visit) error {
	x, err := v.readDesk()
	if err != nil {
		return err
	}
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	meeting := f.required("meeting")
	if err = f.err(); err == nil {
		err = v.addToAgenda(x, meeting)
	}
	if fault.Is(err, fault.Invalid) {
		return s.showProposal(w, v, http.StatusUnprocessableEntity, x, refusal{"agenda", f, err})
	}
	if err != nil {
		return err
	}
	return s.redirect(w, v, view.ProposalHref(v.path(), x.p), fault.Say("proposal.on-agenda"))
}

func (v *visit) addToAgenda(x desk, meeting string) error {
	m, err := v.space.Meeting(v.Context(), meeting)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	var f fault.Fields
	if err != nil || !m.Pending() || !x.p.Awaits(m.Committee) {
		f.Add("meeting", "fault.field.choice")
		return f.Err()
	}
	stage, _ := x.course.StageAt(x.p, x.p.Turn, v.today)
	return v.space.Together(v.Context(), func(sp *store.Space) error {
		agenda, err := sp.Items(v.Context(), m.ID)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(agenda, func(i governance.Item) bool { return i.Proposal == x.p.ID }) {
			var f fault.Fields
			f.Add("meeting", "proposal.already-on-agenda")
			return f.Err()
		}
		_, err = sp.CreateItem(v.Context(), v.actor("", stage.Ref), governance.Item{Meeting: m.ID, Rank: len(agenda) + 1, Kind: governance.ForDecision, Title: x.p.Title,
			Audience: governance.ForSpace, Proposal: x.p.ID})
		return err
	})
}

// proposalForms are the forms of what the visitor may do to the proposal as it stands.
func (v *visit) proposalForms(x desk, no refusal) ([]view.Form, error) {
	var out []view.Form
	action := view.ProposalHref(v.path(), x.p) + "/suite"
	agenda, err := v.agendaForm(x)
	if err != nil {
		return nil, err
	}
	for _, e := range []governance.Event{governance.Submit, governance.Resubmit, governance.PassOver, governance.Return, governance.Withdraw} {
		if e == governance.PassOver && agenda != nil {
			out = append(out, no.into(*agenda))
		}
		if _, err := v.passes(x, e); err != nil || !mayHappen(x, e, v) {
			continue
		}
		f := view.Form{ID: string(e), Action: action, Version: x.p.Version, Submit: v.p.T("proposal.do." + string(e)),
			Fields: []view.Field{{Kind: view.HiddenField, Name: "event", Value: string(e)}}, Quiet: e != governance.Submit && e != governance.Resubmit}
		if needsWords(e) {
			words := must(v.ask("proposal", "words", view.TextAreaField, ""))
			words.Label, words.Hint = v.p.T("proposal.words."+string(e)), ""
			f.Fields = append(f.Fields, words)
		}
		if e == governance.Withdraw {
			f.Danger, f.Confirm = true, v.p.T("proposal.remove-confirm")
		}
		out = append(out, no.into(f))
	}
	return out, nil
}

// mayHappen tells whether the circuit lets an event happen, words apart.
func mayHappen(x desk, e governance.Event, v *visit) bool {
	return x.course.Allows(x.p, governance.Passage{Event: e, Day: v.today, Reasons: "-"}).IsZero()
}

// into puts what was typed and what is wrong with it into the form that was refused.
func (no refusal) into(f view.Form) view.Form {
	if no.form != f.ID || no.f == nil {
		return f
	}
	f.Fields = typed(f.Fields, no.f)
	f.Faults, f.Message = explained(no.err)
	return f
}

// agendaForm offers the planned meetings of the committee whose turn it is, to who keeps them; nil where there is none.
func (v *visit) agendaForm(x desk) (*view.Form, error) {
	if x.p.State != governance.ProposalWaiting || !v.offers(authority.RecordMeetings) {
		return nil, nil //nolint:nilnil // no form is an answer, not a failure
	}
	list, err := v.space.Meetings(v.Context(), store.MeetingFilter{Committee: x.p.Turn, From: v.today})
	if err != nil {
		return nil, err
	}
	meeting := v.ask("proposal", "meeting", view.SelectField, "")
	for _, m := range list {
		if m.Pending() {
			meeting.Options = append(meeting.Options, view.Option{Value: m.ID, Label: view.MeetingTitle(v.p, m)})
		}
	}
	if len(meeting.Options) == 0 {
		return nil, nil //nolint:nilnil // the same
	}
	return &view.Form{ID: "agenda", Action: view.ProposalHref(v.path(), x.p) + "/ordre-du-jour", Submit: v.p.T("proposal.do.agenda"), Quiet: true,
		Fields: []view.Field{meeting}}, nil
}
