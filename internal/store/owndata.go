package store

import (
	"cmp"
	"context"
	"slices"

	"entente/internal/evaluation"
	"entente/internal/fault"
	"entente/internal/governance"
)

// OwnLife is what the life of the committees keeps about a person, for the file of their own data.
type OwnLife struct {
	Attendance []governance.Attendance // of the seats that they held, or sat in
	FollowUps  []governance.FollowUp
	Proposals  []governance.Proposal
	Comments   []governance.Comment // on minutes
	Leads      []governance.Lead
	Messages   []governance.Message // written to them
	Sheets     []evaluation.Sheet   // that ask them about an evaluation, with what they answered
}

// OwnLife reads what the life of the committees keeps about a person. It reads whole lists: not for a page.
func (sp *Space) OwnLife(ctx context.Context, person string) (OwnLife, error) {
	var out OwnLife
	var err error
	if out.Attendance, err = attendances.find(ctx, sp, "AND holder = $2", person); err != nil {
		return out, fault.Wrap(err, "store.own", person)
	}
	sat, err := attendances.find(ctx, sp, "AND sitter = $2", person)
	for _, a := range sat {
		if a.Holder != person {
			out.Attendance = append(out.Attendance, a)
		}
	}
	if err == nil {
		out.FollowUps, err = followUps.find(ctx, sp, "AND person_id = $2 ORDER BY due, id", person)
	}
	if err == nil {
		out.Proposals, err = proposals.find(ctx, sp, "AND author = $2 ORDER BY year, number", person)
	}
	if err == nil {
		out.Comments, err = comments.find(ctx, sp, "AND person_id = $2 ORDER BY at, id", person)
	}
	if err == nil {
		out.Leads, err = leads.find(ctx, sp, "AND person_id = $2 ORDER BY from_day, id", person)
	}
	if err == nil {
		out.Messages, err = messages.find(ctx, sp, "AND person_id = $2", person)
	}
	if err == nil {
		out.Sheets, err = sheets.find(ctx, sp, "AND person_id = $2 ORDER BY id", person)
	}
	// Put in order here: asked for it, the database would read the whole list in that order to find one person.
	slices.SortFunc(out.Attendance, func(a, b governance.Attendance) int {
		return cmp.Or(cmp.Compare(a.Meeting, b.Meeting), cmp.Compare(a.Seat, b.Seat))
	})
	slices.SortFunc(out.Messages, func(a, b governance.Message) int { return cmp.Compare(a.ID, b.ID) }) // identifiers sort by the time of their making
	return out, fault.Wrap(err, "store.own", person)
}
