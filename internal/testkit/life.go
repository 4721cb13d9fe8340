package testkit

import (
	"context"
	"fmt"

	"entente/internal/calendar"
	"entente/internal/governance"
	"entente/internal/store"
)

// FillDecisions enters n decisions of a committee in the register, over closed meetings of the years before a day, fifty a
// meeting, each with a position of each party. They go the way of any change, in larger transactions.
func FillDecisions(ctx context.Context, s *store.Store, space, committee string, parties, axes []string, n int, until calendar.Date) error {
	sp := s.In(space)
	meeting := governance.Meeting{}
	for done := 0; done < n; done += together {
		err := sp.Together(ctx, func(sp *store.Space) (err error) {
			for i := done; i < min(done+together, n) && err == nil; i++ {
				if i%decisionsOfMeeting == 0 {
					day := until.AddDays(-(n - i) / decisionsOfMeeting * 7)
					meeting, err = sp.CreateMeeting(ctx, filler, governance.Meeting{Committee: committee, Day: day, State: governance.Held})
				}
				if err == nil {
					_, err = sp.CreateDecision(ctx, filler, fillDecision(meeting, parties, axes, i))
				}
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

const decisionsOfMeeting = 50

func fillDecision(m governance.Meeting, parties, axes []string, i int) governance.Decision {
	outcomes := governance.Outcomes()
	d := governance.Decision{Meeting: m.ID, Committee: m.Committee, Day: m.Day, Outcome: outcomes[i%len(outcomes)], Axis: axes[i%len(axes)],
		Title: fmt.Sprintf("%s et %s, point %d", words[i%len(words)], words[i/len(words)%len(words)], i),
		Text:  "Le comité approuve la mise en œuvre de ce qui lui a été présenté, et en demande le bilan à un an."}
	stances := governance.Stances()
	for n, party := range parties {
		d.Positions = append(d.Positions, governance.Position{Party: party, Stance: stances[(i+n)%len(stances)]})
	}
	return d
}

// FillAgenda puts n items on the agenda of a meeting.
func FillAgenda(ctx context.Context, sp *store.Space, meeting string, n int) error {
	return sp.Together(ctx, func(sp *store.Space) error {
		for i := range n {
			kinds := governance.ItemKinds()[:3]
			_, err := sp.CreateItem(ctx, filler, governance.Item{Meeting: meeting, Rank: i + 1, Kind: kinds[i%len(kinds)], Minutes: 10, Audience: governance.ForSpace,
				Title: fmt.Sprintf("%s, point %d", words[i%len(words)], i+1), Text: "Le comité prend connaissance de l’avancement, puis en discute."})
			if err != nil {
				return err
			}
		}
		return nil
	})
}
