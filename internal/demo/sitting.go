package demo

import (
	"fmt"
	"slices"
	"time"

	"entente/internal/governance"
	"entente/internal/office"
	"entente/internal/store"
)

// convoke sends the call to a meeting as it stands.
func (f *filling) convoke(e event) error {
	id := f.ids[e.Convoke]
	m, err := f.sp.Meeting(f.ctx, id)
	if err != nil {
		return err
	}
	c := office.Convoking{History: f.history, Meeting: id, By: f.under(f.actor(e.By), m.Committee), Now: f.now, Write: f.words.Call}
	call, err := office.CallOf(f.ctx, f.sp, f.history, id, c.By.For, e.On)
	if err != nil {
		return err
	}
	_, err = office.Convoke(f.ctx, f.sp, c, call.Manifest.SHA256())
	return err
}

// answer keeps what people answered to a call: from their links, or told to a coordinator.
func (f *filling) answer(e event) error {
	a, err := office.AssemblyOf(f.ctx, f.sp, f.history, f.ids[e.Answers.Meeting])
	if err != nil {
		return err
	}
	chairs, err := a.Eligible(f.ctx, f.sp)
	if err != nil {
		return err
	}
	for _, x := range e.Answers.List {
		seat := f.place(x.Seat)
		i := slices.IndexFunc(chairs, func(c governance.Chair) bool { return c.Seat == seat })
		if i < 0 {
			return fmt.Errorf("the meeting has no seat %s", x.Seat)
		}
		r := office.Reply{Seat: seat, Answer: governance.Answer(x.Answer), Substitute: f.people[x.Substitute].ID, Named: x.Named, ProxyTo: f.place(x.ProxyTo),
			Note: x.Note, Channel: governance.ByLink, At: f.now}
		by := store.Actor{Name: a.People[chairs[i].Holder].Name(), For: chairs[i].Party, Article: a.Article()}
		if x.Told {
			r.Channel, by = governance.ByCoordinator, f.under(f.actor(chairs[i].Party), a.Committee.ID)
		}
		if _, err := office.Answer(f.ctx, f.sp, by, &a, chairs, r); err != nil {
			return fmt.Errorf("%s: %w%s", x.Seat, err, faults(err))
		}
	}
	return nil
}

// sit runs a meeting from its opening to its closing, by the clock.
func (f *filling) sit(e event) error {
	id := f.ids[e.Sitting.Meeting]
	m, err := f.sp.Meeting(f.ctx, id)
	if err != nil {
		return err
	}
	by := f.under(f.actor(e.By), m.Committee)
	f.turn(m.Day, e.Sitting.Begins)
	if err := office.BeginSitting(f.ctx, f.sp, by, id, m.Version, f.now); err != nil {
		return err
	}
	if err := f.callRoll(by, id, e.Sitting.Seats); err != nil {
		return err
	}
	from := ""
	for _, t := range e.Sitting.Items {
		if from, err = f.treat(by, id, from, t); err != nil {
			return fmt.Errorf("%s: %w%s", t.Item, err, faults(err))
		}
	}
	return f.close(by, id)
}

// callRoll records who is there: as they had said, then as it was otherwise.
func (f *filling) callRoll(by store.Actor, meeting string, otherwise []presence) error {
	s, err := office.ReadSitting(f.ctx, f.sp, f.history, meeting, f.now)
	if err != nil {
		return err
	}
	return office.KeepOpen(f.ctx, f.sp, meeting, func(sp *store.Space) error {
		for _, t := range s.Roll.Seats {
			a, _ := s.Seat(t.Seat)
			i := slices.IndexFunc(otherwise, func(x presence) bool { return f.place(x.Seat) == t.Seat })
			if i < 0 && !a.Declared() {
				continue
			}
			_, err := sp.KeepAttendance(f.ctx, by, a, func(x *governance.Attendance) error {
				x.TakeAnswer()
				if i >= 0 {
					f.see(x, otherwise[i])
				}
				return nil
			})
			if err != nil {
				return fmt.Errorf("%s: %w", t.Seat, err)
			}
		}
		return nil
	})
}

func (f *filling) see(a *governance.Attendance, p presence) {
	a.Presence, a.Sitter, a.SitterName = governance.Presence(p.Presence), f.people[p.Sitter].ID, p.Name
	a.Arrived, a.Left = p.Arrived, p.Left
	if p.ProxyTo != "" {
		a.ProxyTo = f.place(p.ProxyTo)
	}
}

// treat turns to an item, keeps what is said of it and lets its minutes go by. It gives the item.
func (f *filling) treat(by store.Actor, meeting, from string, t treated) (string, error) {
	item, err := f.itemOf(meeting, t.Item)
	if err != nil {
		return "", err
	}
	if err := office.TurnTo(f.ctx, f.sp, by, meeting, from, item, f.now); err != nil {
		return "", err
	}
	s, err := office.ReadSitting(f.ctx, f.sp, f.history, meeting, f.now)
	if err != nil {
		return "", err
	}
	f.now = f.now.Add(time.Duration(t.Minutes) * time.Minute)
	return item, office.KeepOpen(f.ctx, f.sp, meeting, func(sp *store.Space) error {
		_, err := sp.KeepItemRecord(f.ctx, by, item, s.Record(item).Version, func(r *governance.ItemRecord) error {
			r.Notes, r.Outcome, r.Text, r.Reasons, r.Axis = t.Notes, governance.Outcome(t.Outcome), t.Text, t.Reasons, t.Axis
			return nil
		})
		if err != nil {
			return err
		}
		return f.record(sp, by, &s, item, t)
	})
}

// itemOf finds an item of the agenda: by its name in the file, or by the proposal that it carries on.
func (f *filling) itemOf(meeting, name string) (string, error) {
	list, err := f.sp.Items(f.ctx, meeting)
	for _, i := range list {
		if id := f.ids[name]; id != "" && (i.ID == id || i.Proposal == id) {
			return i.ID, err
		}
	}
	return "", fmt.Errorf("the agenda has no item %s", name)
}

// record keeps what the parties think, how the seats vote, and what is to be done.
func (f *filling) record(sp *store.Space, by store.Actor, s *office.Sitting, item string, t treated) error {
	for _, p := range f.text.Text.Parties {
		x, given := t.Positions[p.ID]
		if !given {
			continue
		}
		if _, err := sp.KeepPosition(f.ctx, by, governance.Position{Item: item, Party: p.ID, Stance: governance.Stance(x.Stance), Text: x.Text}); err != nil {
			return err
		}
	}
	for _, c := range s.Roll.Seats {
		choice, cast := t.Votes[c.Seat]
		if !cast {
			continue
		}
		b := governance.Ballot{Item: item, Seat: c.Seat, Holder: c.Holder, Choice: governance.Choice(choice)}
		b.Caster, _ = s.Now.Caster(c.Seat)
		if err := governance.CheckBallot(s.Committee, s.Now, b); err != nil {
			return err
		}
		if _, err := sp.KeepBallot(f.ctx, by, b); err != nil {
			return err
		}
	}
	for _, u := range t.FollowUps {
		made, err := sp.CreateFollowUp(f.ctx, by, governance.FollowUp{Meeting: s.Meeting.ID, Item: item, Text: u.Text, Person: f.people[u.Person].ID, Due: u.Due, State: governance.ToDo})
		if err != nil {
			return err
		}
		f.ids[u.ID] = made.ID
	}
	return nil
}

// close closes the meeting as its preview shows it.
func (f *filling) close(by store.Actor, meeting string) error {
	e, err := office.EndingOf(f.ctx, f.sp, f.history, meeting, f.now)
	if err != nil {
		return err
	}
	for _, r := range e.Closing.Refusals {
		i, _ := e.Item(r.Item)
		return fmt.Errorf("%s: %s", i.Title, r.Message.Key)
	}
	return office.CloseMeeting(f.ctx, f.sp, f.history, by, meeting, e.Digest, f.now, nil)
}

// writeMinutes begins the minutes of a meeting, or passes them on.
func (f *filling) writeMinutes(e event) error {
	x := e.Minutes
	a, err := office.AssemblyOf(f.ctx, f.sp, f.history, f.ids[x.Meeting])
	if err != nil {
		return err
	}
	by := f.under(f.actor(e.By), a.Committee.ID)
	if x.Body != "" {
		_, err := f.sp.CreateMinutes(f.ctx, by, governance.Minutes{ID: a.Meeting.ID, State: governance.MinutesDraft, Body: x.Body, Audience: governance.ForCommittee})
		return err
	}
	m, err := f.sp.Minutes(f.ctx, a.Meeting.ID)
	if err != nil {
		return err
	}
	terms := governance.MinutesTerms{Today: e.On, Until: x.Until}
	if terms.Custom, err = f.sp.Custom(f.ctx, a.Committee.ID); err != nil {
		return err
	}
	if to := governance.MinutesState(x.To); to != governance.MinutesComments {
		_, err = f.sp.UpdateMinutes(f.ctx, by, m.ID, m.Version, func(m *governance.Minutes) (err error) {
			*m, err = m.To(to, terms)
			m.Audience = governance.Audience(or(x.Audience, string(m.Audience)))
			return err
		})
		return err
	}
	_, err = f.sp.OpenComments(f.ctx, by, m.ID, m.Version, terms, func(_, secret string) governance.Message {
		title, body := f.words.Comments(a, f.Name, x.Until, secret)
		return governance.Message{Title: title, Body: body}
	})
	return err
}

func (f *filling) comment(e event) error {
	p := f.people[e.Comment.Person]
	_, err := f.sp.AddComment(f.ctx, store.Actor{Name: p.Name()}, governance.Comment{Minutes: f.ids[e.Comment.Meeting], Person: p.ID, Text: e.Comment.Text})
	return err
}
