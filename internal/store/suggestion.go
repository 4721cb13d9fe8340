package store

import (
	"context"

	"entente/internal/calendar"
	"entente/internal/governance"
)

// backlogMonths is how far back earlier agendas are looked through for what they left over.
const backlogMonths = 24

// Backlog reads what waits for the committee of a meeting, in six queries; the obligations that need somebody to act are
// added by who judges them. Earlier agendas are those of the last two years.
func (sp *Space) Backlog(ctx context.Context, m governance.Meeting, today calendar.Date) (b governance.Backlog, err error) {
	b = governance.Backlog{Meeting: m, Today: today}
	since := m.Day.AddMonths(-backlogMonths)
	const ofCommittee = "(SELECT id FROM meeting WHERE space_id = $1 AND committee = $2 AND panel = $3)"
	const lately = "AND meeting_id IN (SELECT id FROM meeting WHERE space_id = $1 AND committee = $2 AND panel = $3 AND held_on >= $4)"
	if b.Meetings, err = sp.MeetingsBeside(ctx, m); err != nil {
		return b, err
	}
	if b.Items, err = items.find(ctx, sp, lately+" ORDER BY meeting_id, item_rank, id", m.Committee, m.Panel, since); err != nil {
		return b, err
	}
	if b.Records, err = itemRecords.find(ctx, sp, lately+" ORDER BY meeting_id, id", m.Committee, m.Panel, since); err != nil {
		return b, err
	}
	if b.Minutes, err = minutes.find(ctx, sp, "AND state = $4 AND id IN "+ofCommittee+" ORDER BY submitted_on, id",
		m.Committee, m.Panel, governance.MinutesSubmitted); err != nil {
		return b, err
	}
	if b.FollowUps, err = followUps.find(ctx, sp, "AND state = $4 AND due <> '' AND due < $5 AND meeting_id IN "+ofCommittee+" ORDER BY due, id",
		m.Committee, m.Panel, governance.ToDo, today); err != nil {
		return b, err
	}
	b.Proposals, err = proposals.find(ctx, sp, "AND state = $2 AND turn = $3 ORDER BY since, id", governance.ProposalWaiting, m.Committee)
	return b, err
}

// MeetingsBeside lists the meetings of the committee of a meeting, and of the same technical committee, itself included, by day.
func (sp *Space) MeetingsBeside(ctx context.Context, m governance.Meeting) ([]governance.Meeting, error) {
	return meetings.find(ctx, sp, "AND committee = $2 AND panel = $3 ORDER BY held_on, start_time, id", m.Committee, m.Panel)
}
