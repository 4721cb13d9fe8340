package testkit

import (
	"context"
	"fmt"
	"time"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/governance"
	"entente/internal/store"
)

// FillSeats gives a holder to each seat of a committee that has none from a day, and returns the holders in the order of the
// seats. Each works for the party of the seat and has an address.
func FillSeats(ctx context.Context, s *store.Store, space string, k *convention.Committee, from calendar.Date) ([]governance.Chair, error) {
	sp := s.In(space)
	held, err := sp.Mandates(ctx, store.MandateFilter{Committee: k.ID})
	if err != nil {
		return nil, err
	}
	parties, err := sp.Parties(ctx)
	if err != nil {
		return nil, err
	}
	chairs := governance.Chairs(k, held, from)
	err = sp.Together(ctx, func(sp *store.Space) error {
		for i := range chairs {
			if c := &chairs[i]; c.Holder == "" {
				if err := fillSeat(ctx, sp, c, i, parties[c.Party].ID, from); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return chairs, err
}

func fillSeat(ctx context.Context, sp *store.Space, c *governance.Chair, i int, organization string, from calendar.Date) error {
	p, err := sp.CreatePerson(ctx, filler, directory.Person{Given: words[i%len(words)], Family: fmt.Sprintf("%s-S%d", words[i*5%len(words)], i),
		Email: fmt.Sprintf("siege%d@exemple.fr", i)})
	if err != nil {
		return err
	}
	since := calendar.Period{From: from}
	if _, err = sp.CreateFunction(ctx, filler, directory.Function{Person: p.ID, Organization: organization, Title: "Membre", Period: since}); err != nil {
		return err
	}
	_, err = sp.CreateMandate(ctx, filler, governance.Mandate{Seat: c.Seat, Person: p.ID, Role: governance.Holder, Period: since})
	c.Holder = p.ID
	return err
}

// FillCalendar plans a meeting a month of each committee that sits by appointment, over the civil year of a day: those before
// the day were held.
func FillCalendar(ctx context.Context, s *store.Store, space string, text *convention.Convention, day calendar.Date) error {
	return s.In(space).Together(ctx, func(sp *store.Space) error {
		for i := range text.Committees {
			if text.Committees[i].Derived() {
				continue
			}
			for month := time.January; month <= time.December; month++ {
				m := governance.Meeting{Committee: text.Committees[i].ID, Day: calendar.Of(day.Year(), month, 10+i), Time: "14:00", State: governance.Planned}
				if m.Day.Before(day) {
					m.State = governance.Held
				}
				if _, err := sp.CreateMeeting(ctx, filler, m); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// FillProposals makes n proposals in the name of a person: each tenth waits for its committee, each tenth is a draft, the rest
// were withdrawn. It returns the last of those that wait.
func FillProposals(ctx context.Context, s *store.Store, space, author string, n int) (governance.Proposal, error) {
	var waiting governance.Proposal
	err := s.In(space).Together(ctx, func(sp *store.Space) error {
		for i := range n {
			p, err := sp.CreateProposal(ctx, filler, governance.Proposal{Subject: governance.AboutOrientation, Author: author,
				Title: fmt.Sprintf("%s et %s, proposition %d", words[i%len(words)], words[i/len(words)%len(words)], i),
				Text:  "Il est proposé au comité d’en faire une orientation, et d’en tirer le bilan à un an."})
			if err == nil && i%10 != 1 {
				p, err = sp.PassProposal(ctx, filler, p.ID, p.Version, governance.Submit, "")
			}
			if i%10 == 0 {
				waiting = p
			} else if err == nil && i%10 != 1 {
				_, err = sp.PassProposal(ctx, filler, p.ID, p.Version, governance.Withdraw, "")
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	return waiting, err
}

// FillFollowUps asks people in turn, at meetings in turn, for n things that are to be done around a day: four of five were
// done in time, and each fifteenth is late.
func FillFollowUps(ctx context.Context, s *store.Store, space string, meetings, people []string, n int, day calendar.Date) error {
	for done := 0; done < n; done += together {
		err := s.In(space).Together(ctx, func(sp *store.Space) error {
			for i := done; i < min(done+together, n); i++ {
				u := governance.FollowUp{Meeting: meetings[i%len(meetings)], Person: people[i%len(people)], State: governance.Done, Due: day.AddDays(i%90 - 30),
					Text: fmt.Sprintf("Réunir les éléments sur %s, suite %d", words[i%len(words)], i), DoneOn: day.AddDays(-31), Word: "Fait."}
				if i%5 == 0 {
					u.State, u.DoneOn, u.Word = governance.ToDo, calendar.Date{}, ""
				}
				if _, err := sp.CreateFollowUp(ctx, filler, u); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
