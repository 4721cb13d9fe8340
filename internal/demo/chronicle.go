package demo

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"entente/internal/calendar"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
)

// morning is when something happens of which the file says no hour.
const morning = "09:00"

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// turn sets the clock to an hour of a day in Paris.
func (f *filling) turn(day calendar.Date, hour string) {
	at, err := time.ParseInLocation("2006-01-02 15:04", day.String()+" "+or(hour, morning), calendar.Paris)
	if err == nil {
		f.now = at
	}
}

// chronicle lets everything happen that the file tells, day by day.
func (f *filling) chronicle() error {
	slices.SortStableFunc(f.Chronicle, func(a, b event) int {
		return cmp.Or(a.On.Compare(b.On), cmp.Compare(or(a.At, morning), or(b.At, morning)))
	})
	for _, e := range f.Chronicle {
		f.turn(e.On, e.At)
		if err := f.happen(e); err != nil {
			return fmt.Errorf("%s: %w%s", e.On, err, faults(err))
		}
	}
	return nil
}

// faults are what is wrong with the fields of something that was refused, for who writes the file.
func faults(err error) string {
	var e *fault.Error
	if !errors.As(err, &e) {
		return ""
	}
	var out strings.Builder
	for _, x := range e.Fields {
		fmt.Fprintf(&out, " (%s: %s)", x.Name, x.Message.Key)
	}
	return out.String()
}

func (f *filling) happen(e event) error {
	for _, part := range []struct {
		told   bool
		happen func(event) error
	}{
		{e.Then != nil, func(e event) error { return e.Then() }},
		{e.Custom != nil, f.keepCustom},
		{len(e.Leads) > 0, f.lead},
		{e.Panel != nil, f.setUp},
		{e.Meeting != nil, func(e event) error { return f.plan(f.actor(e.By), *e.Meeting) }},
		{e.Agenda != nil, f.addToAgenda},
		{e.Proposal != nil, f.propose},
		{e.Pass != nil, f.pass},
		{e.Convoke != "", f.convoke},
		{e.Answers != nil, f.answer},
		{e.Sitting != nil, f.sit},
		{e.Minutes != nil, f.writeMinutes},
		{e.Comment != nil, f.comment},
		{e.Done != nil, f.finish},
		{e.Poll != nil, f.poll},
		{e.Reply != nil, f.reply},
		{e.Paper != nil, f.attach},
		{e.Evidence != nil, func(e event) error { return f.show(*e.Evidence) }},
	} {
		if part.told {
			return part.happen(e)
		}
	}
	return errors.New("an event that says nothing")
}

// under is a coordinator who acts for a committee, under the clause that sets it up.
func (f *filling) under(by store.Actor, committee string) store.Actor {
	if k := f.text.Text.Committee(committee); k != nil {
		by.Article = k.Place.Ref
	}
	return by
}

// place is a seat as the store names it: in the file, one of a derived committee ends with the identifier of a person.
func (f *filling) place(key string) string {
	head, last, found := strings.Cut(key, "/")
	if p, known := f.people[last]; found && known {
		return head + "/" + p.ID
	}
	return key
}

func (f *filling) keepCustom(e event) error {
	c := e.Custom
	_, err := f.sp.KeepCustom(f.ctx, f.under(f.actor(e.By), c.Committee), governance.Custom{Committee: c.Committee, ConvocationDays: c.Convocation, DocumentDays: c.Documents,
		CommentDays: c.Comments, SilenceDays: c.Silence, AnswerDays: c.Answer, Time: c.Time, Minutes: c.Minutes, Place: c.Place})
	return err
}

func (f *filling) lead(e event) error {
	for _, l := range e.Leads {
		_, err := f.sp.CreateLead(f.ctx, f.actor(e.By), governance.Lead{Person: f.people[l.Person].ID, Action: l.Action, ActionID: f.ids[l.Action],
			Objective: l.Objective, CoLead: l.CoLead, Period: calendar.Period{From: l.From, To: l.To}})
		if err != nil {
			return fmt.Errorf("%s, %s: %w", l.Person, l.Action, err)
		}
	}
	return nil
}

func (f *filling) setUp(e event) error {
	p := e.Panel
	made, err := f.sp.CreatePanel(f.ctx, f.under(f.actor(e.By), p.SetUpBy), governance.Panel{Committee: p.Committee, Name: p.Name, Scope: p.Scope, Actions: p.Actions,
		Period: calendar.Period{From: p.From}, By: p.SetUpBy, Meeting: f.ids[p.Meeting]})
	f.ids[p.ID] = made.ID
	return err
}

// plan enters a meeting with its agenda.
func (f *filling) plan(by store.Actor, m meeting) error {
	by = f.under(by, m.Committee)
	made, err := f.sp.CreateMeeting(f.ctx, by, governance.Meeting{Committee: m.Committee, Panel: f.ids[m.Panel], Day: m.Day, Time: m.Time, Minutes: m.Minutes,
		State: governance.MeetingState(or(m.State, string(governance.Planned))), Place: m.Place, Remote: m.Remote, Document: m.Document, Reason: m.Reason})
	if err != nil {
		return err
	}
	if m.ID != "" {
		f.ids[m.ID] = made.ID
	}
	return f.list(by, made.ID, m.Agenda)
}

func (f *filling) addToAgenda(e event) error {
	m, err := f.sp.Meeting(f.ctx, f.ids[e.Agenda.Meeting])
	if err != nil {
		return err
	}
	return f.list(f.under(f.actor(e.By), m.Committee), m.ID, e.Agenda.Items)
}

// list adds items at the end of an agenda.
func (f *filling) list(by store.Actor, meeting string, items []item) error {
	for _, i := range items {
		kept, err := f.sp.CreateItem(f.ctx, by, governance.Item{Meeting: meeting, Kind: governance.ItemKind(i.Kind), Title: i.Title, Text: i.Text, Presenter: i.Presenter,
			Minutes: i.Minutes, Audience: governance.Audience(or(i.Audience, string(governance.ForSpace))), Proposal: f.ids[i.Proposal], Approves: f.ids[i.Approves]})
		if err != nil {
			return fmt.Errorf("%s: %w", i.Title, err)
		}
		f.ids[i.ID] = kept.ID
	}
	return nil
}

// propose keeps a proposal, and sends it on its way unless it stays a draft.
func (f *filling) propose(e event) error {
	p := e.Proposal
	made, err := f.sp.CreateProposal(f.ctx, f.actor(e.By), governance.Proposal{Examined: p.Committee != "", Subject: governance.Subject(p.Subject), Title: p.Title, Text: p.Text, Objective: p.Objective,
		Author: f.people[p.Author].ID, Committee: p.Committee, Partner: f.orgs[p.Partner]})
	if err != nil {
		return err
	}
	f.ids[p.ID] = made.ID
	if p.Draft {
		return nil
	}
	_, err = f.sp.PassProposal(f.ctx, f.actor(e.By), made.ID, made.Version, governance.Submit, "")
	return err
}

func (f *filling) pass(e event) error {
	p, err := f.sp.Proposal(f.ctx, f.ids[e.Pass.Proposal])
	if err != nil {
		return err
	}
	_, err = f.sp.PassProposal(f.ctx, f.actor(e.By), p.ID, p.Version, governance.Event(e.Pass.Event), e.Pass.Words)
	return err
}

func (f *filling) poll(e event) error {
	p := e.Poll
	made := governance.Poll{Committee: p.Committee, Title: p.Title, Note: p.Note, Closes: p.Closes}
	for _, key := range p.Slots {
		day, hour, _ := strings.Cut(key, " ")
		on, err := calendar.Parse(day)
		if err != nil {
			return err
		}
		made.Slots = append(made.Slots, governance.Slot{Day: on, Time: hour})
	}
	made.State = governance.PollOpen
	mandates, err := f.sp.Mandates(f.ctx, store.MandateFilter{Committee: p.Committee})
	if err != nil {
		return err
	}
	calls, _ := governance.AskedFor(f.text.Text.Committee(p.Committee).Places(), mandates, made.Slots[0].Day)
	made, _, err = f.sp.CreatePoll(f.ctx, f.under(f.actor(e.By), p.Committee), made, calls)
	f.ids[p.ID] = made.ID
	return err
}

func (f *filling) reply(e event) error {
	p, err := f.sp.Poll(f.ctx, f.ids[e.Reply.Poll])
	if err != nil {
		return err
	}
	for _, who := range f.People {
		list := e.Reply.List[who.ID]
		answers := map[string]governance.PollAnswer{}
		for i, x := range list {
			if x != "" {
				answers[p.Slots[i].Key()] = governance.PollAnswer(x)
			}
		}
		if len(list) == 0 {
			continue
		}
		person := f.people[who.ID]
		by := store.Actor{Name: person.Name(), For: who.Party}
		if err := f.sp.AnswerPoll(f.ctx, by, p.ID, person.ID, store.AnsweredByLink, answers); err != nil {
			return fmt.Errorf("%s: %w", who.ID, err)
		}
	}
	return nil
}

func (f *filling) finish(e event) error {
	u, err := f.sp.FollowUp(f.ctx, f.ids[e.Done.FollowUp])
	if err != nil {
		return err
	}
	_, err = f.sp.UpdateFollowUp(f.ctx, f.actor(e.By), u.ID, u.Version, func(u *governance.FollowUp) error {
		u.State, u.DoneOn, u.Word = governance.Done, e.On, e.Done.Word
		return nil
	})
	return err
}
