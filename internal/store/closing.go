package store

import (
	"context"

	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/journal"
	"entente/internal/sqldb"
)

// JournalEnd is the number of the last entry of the journal: whoever has seen it has seen every change so far.
func (sp *Space) JournalEnd(ctx context.Context) (int64, error) {
	var seq int64
	err := sp.q().QueryRow(ctx, `SELECT seq FROM journal_head WHERE space_id = $1`, sp.id).Scan(&seq)
	return seq, fault.Wrap(sqldb.Classify(err), "store.journal.end", sp.id)
}

// JournalHead is the end of the journal of the space, with the hash that seals all of it.
func (sp *Space) JournalHead(ctx context.Context) (journal.Head, error) {
	var head journal.Head
	err := sp.q().QueryRow(ctx, `SELECT seq, hash FROM journal_head WHERE space_id = $1`, sp.id).Scan(&head.Seq, &head.Hash)
	return head, fault.Wrap(sqldb.Classify(err), "store.journal.head", sp.id)
}

// StepsOf gives the passages of several proposals, by proposal, oldest first.
func (sp *Space) StepsOf(ctx context.Context, proposals ...string) (map[string][]governance.Step, error) {
	out := make(map[string][]governance.Step, len(proposals))
	if len(proposals) == 0 {
		return out, nil
	}
	marks, args := sqldb.In(2, proposals)
	rows, err := sp.q().Query(ctx, `SELECT `+stepColumns+` FROM proposal_step WHERE space_id = $1 AND proposal_id IN (`+marks+`)
		ORDER BY proposal_id, seq`, append([]any{sp.id}, args...)...)
	if err != nil {
		return nil, fault.Wrap(err, "store.steps", "")
	}
	list, err := collect(rows, stepTargets)
	for _, s := range list {
		out[s.Proposal] = append(out[s.Proposal], s)
	}
	return out, fault.Wrap(err, "store.steps", "")
}

// MovedOn lists the proposals that received an outcome at a meeting and have gone on since, by identifier, with their title.
func (sp *Space) MovedOn(ctx context.Context, meeting string) (map[string]string, error) {
	out := map[string]string{}
	err := sp.pairs(ctx, `SELECT DISTINCT p.id, p.title FROM proposal_step s
		JOIN proposal p ON p.space_id = s.space_id AND p.id = s.proposal_id
		JOIN proposal_step later ON later.space_id = s.space_id AND later.proposal_id = s.proposal_id AND later.seq > s.seq
		WHERE s.space_id = $1 AND s.meeting_id = $2 AND later.meeting_id <> $2`,
		func(id, title string) { out[id] = title }, meeting)
	return out, fault.Wrap(err, "store.moved-on", meeting)
}

// Called tells whether a convocation went out for a meeting.
func (sp *Space) Called(ctx context.Context, meeting string) (bool, error) {
	var n int
	err := sp.q().QueryRow(ctx, `SELECT count(*) FROM convocation WHERE space_id = $1 AND meeting_id = $2`, sp.id, meeting).Scan(&n)
	return n > 0, fault.Wrap(sqldb.Classify(err), "store.called", meeting)
}

// CarriedFrom gives the items of later meetings that carry on those of a meeting, by the item that they carry on.
func (sp *Space) CarriedFrom(ctx context.Context, meeting string) (map[string]governance.Item, error) {
	list, err := items.find(ctx, sp, "AND carried IN (SELECT id FROM agenda_item WHERE space_id = $1 AND meeting_id = $2) ORDER BY carried, id", meeting)
	out := make(map[string]governance.Item, len(list))
	for _, i := range list {
		out[i.Carried] = i
	}
	return out, err
}

// pairs reads rows of two texts; $1 is the space.
func (sp *Space) pairs(ctx context.Context, query string, keep func(a, b string), args ...any) error {
	rows, err := sp.q().Query(ctx, query, append([]any{sp.id}, args...)...)
	if err != nil {
		return err
	}
	defer rows.Close() //nolint:errcheck // the error of rows.Err covers it
	for rows.Next() {
		var a, b string
		if err := rows.Scan(&a, &b); err != nil {
			return err
		}
		keep(a, b)
	}
	return sqldb.Classify(rows.Err())
}

// MinutesByID reads the minutes of several meetings at once; a meeting that has none is left out.
func (sp *Space) MinutesByID(ctx context.Context, meetings ...string) (map[string]governance.Minutes, error) {
	return byID(ctx, sp, &minutes, meetings)
}
