package post

import (
	"context"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
	"entente/internal/job/runner"
	"entente/internal/office"
	"entente/internal/store"
)

// FollowUpPath begins, within a space, the addresses of what is to be done because of decisions.
const FollowUpPath = "/suites/"

// reminders reminds, once a day, those who have not answered a call or a poll, and those who have something to do. Begun again it passes over
// what it has done: what was just written about a thing keeps another reminder back.
func (p *Post) reminders(ctx context.Context, run *runner.Run) error {
	spaces, err := p.Store.AllSpaces(ctx)
	if err != nil {
		return err
	}
	for i, place := range spaces {
		r := reminding{Post: p, place: place, space: p.Store.In(place.ID), today: calendar.On(p.Clock(), calendar.Paris)}
		if err := r.all(ctx); err != nil {
			return err
		}
		if err := run.Progress(ctx, int64(i+1), int64(len(spaces)), "job.word.digests"); err != nil {
			return err
		}
	}
	return nil
}

// reminding is the reminders of one space on a day.
type reminding struct {
	*Post
	place store.SpaceInfo
	space *store.Space
	today calendar.Date
}

// by is the program, which speaks for the space.
func (r *reminding) by() store.Actor { return store.Actor{Name: r.place.Name} }

func (r *reminding) all(ctx context.Context) error {
	h, err := r.space.History(ctx)
	if err != nil {
		return err
	}
	if err := r.meetings(ctx, h); err != nil {
		return err
	}
	if err := r.polls(ctx, h); err != nil {
		return err
	}
	return r.followUps(ctx)
}

// written is the day on which something was last written about a thing, of a kind where one is given; zero where nothing was.
func written(ctx context.Context, sp *store.Space, subject string, kind governance.MessageKind) (calendar.Date, error) {
	page, err := sp.Messages(ctx, store.MessageFilter{Kind: kind, Subject: subject, Paging: store.Paging{Limit: 1}})
	if err != nil || len(page.Items) == 0 {
		return calendar.Date{}, err
	}
	return calendar.On(page.Items[0].At, calendar.Paris), nil
}

// once does something about a thing if nothing was written about it lately, in one transaction. A refusal says that there is nothing to do.
func (r *reminding) once(ctx context.Context, subject string, end calendar.Date, do func(sp *store.Space) error) error {
	err := r.space.Together(ctx, func(sp *store.Space) error {
		last, err := written(ctx, sp, subject, "")
		if err != nil || last.IsZero() || !governance.RemindsOn(r.today, last, end) {
			return err
		}
		return do(sp)
	})
	if fault.Is(err, fault.Invalid) {
		return nil
	}
	return err
}

// meetings reminds who has not answered the call to a meeting of the days to come.
func (r *reminding) meetings(ctx context.Context, h convention.History) error {
	list, err := r.space.Meetings(ctx, store.MeetingFilter{From: r.today.AddDays(1), To: r.today.AddDays(31)})
	if err != nil {
		return err
	}
	for _, m := range list {
		if m.State != governance.Planned {
			continue
		}
		err := r.once(ctx, m.ID, m.Day.AddDays(-1), func(sp *store.Space) error {
			_, err := office.Remind(ctx, sp, office.Convoking{History: h, Meeting: m.ID, By: r.by(), Now: r.Clock(), Write: r.Call}, "")
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// polls reminds who has not answered a poll that is open.
func (r *reminding) polls(ctx context.Context, h convention.History) error {
	list, err := r.space.Polls(ctx, "")
	if err != nil {
		return err
	}
	for _, x := range list {
		if x.Standing(r.today) != governance.PollOpen {
			continue
		}
		c := office.Polling{By: r.by(), Now: r.Clock(), Space: r.place.Name, Committee: x.Committee, Write: r.Poll}
		if v := h.On(r.today); v != nil {
			if k := v.Text.Committee(x.Committee); k != nil {
				c.Committee = k.Name
			}
		}
		err := r.once(ctx, x.ID, x.Closes, func(sp *store.Space) error {
			_, err := office.RemindPoll(ctx, sp, c, x.ID)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// followUps reminds whoever has something to do that is due soon, or late.
func (r *reminding) followUps(ctx context.Context) error {
	f := store.FollowUpFilter{State: governance.ToDo}
	for {
		page, err := r.space.FollowUps(ctx, f)
		if err != nil {
			return err
		}
		for _, u := range page.Items {
			if err := r.followUp(ctx, u); err != nil {
				return err
			}
		}
		if f.After = page.Next; f.After == "" {
			return nil
		}
	}
}

func (r *reminding) followUp(ctx context.Context, u governance.FollowUp) error {
	if !u.RemindsOn(r.today, calendar.Date{}) {
		return nil
	}
	return r.space.Together(ctx, func(sp *store.Space) error {
		last, err := written(ctx, sp, u.ID, governance.MessageFollowUp)
		if err != nil || !u.RemindsOn(r.today, last) {
			return err
		}
		who, err := sp.Person(ctx, u.Person)
		if fault.Is(err, fault.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		words := i18n.For(letterLanguage)
		key := "due"
		if u.Late(r.today) {
			key = "late"
		}
		about := []any{"day", u.Due, "text", u.Text, "link", r.URL("/espaces/" + r.place.Slug + FollowUpPath + u.ID), "space", r.place.Name}
		_, err = sp.CreateMessage(ctx, r.by(), governance.Message{Kind: governance.MessageFollowUp, Subject: u.ID, Person: u.Person, Email: who.Email,
			Title: words.T("mail.follow-up."+key+".title", about...), Body: words.T("mail.greeting-name", "name", who.Name()) + "\n\n" + words.T("mail.follow-up."+key+".text", about...)})
		return err
	})
}
